"""Repairs inside a fragment: look-alike signs, blanks, letter-spacing, invisible signs, OCR.

Nothing is normalized wholesale: full-width digits, marks and brackets stay as they were printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

import attrs
import regex

from govreport.source import Traced
from govreport.unicode_tables import READINGS

__all__ = ["OCR_READINGS", "Clean", "clean"]

#: What character recognition takes for another sign, and only where a figure, a bracket's other
#: half or a line's start says so; each sign for one sign.
OCR_READINGS: Final[dict[str, str]] = {
    "O": "0",
    "o": "0",
    "l": "1",
    "I": "1",
    "|": "1",
    "]": "1",
    "工": "1",
    "○": "〇",
    "。": ".",
    "·": ".",
    "•": ".",
    "〈": "（",
    "《": "（",
    "-": "—",
    "一": "—",
}

#: Signs with a reading of one character, for ``str.translate``; and the longer readings.
_SINGLE: Final = {ord(sign): plain for sign, plain in READINGS.items() if len(plain) == 1}
_LONGER: Final = {sign: plain for sign, plain in READINGS.items() if len(plain) > 1}
_OCR: Final = {ord(sign): plain for sign, plain in OCR_READINGS.items()}

#: Whether a fragment may need any repair; one search settles it for most. (``re`` is many times as
#: quick as ``regex`` with such sets.)
_MISREAD: Final = re.compile(
    r"[0-9][OolI|。·•]|[lI|][0-9]|工0|(?:^-一|^一-)|[]○〈《]"  # what _damage() may begin with
)
_SUSPECT: Final = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u0600-\u08ff\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2e3a"
    "\u2e80-\u2fdf\u3000\ud800-\ufaff\ufe00-\ufe6f\ufeff\ufff0-\uffff\U00010000-\U0010ffff]"
    rf"|{_MISREAD.pattern}"
)
_WIDE: Final = regex.compile(
    r"[\p{Han}\u2010-\u2027\u2E3A\u2E80-\u2FFF\u3001-\u303F\u25A1\uFF01-\uFF60·℃‰㎡]"
)
_HAN: Final = regex.compile(r"\p{Han}")

#: A run of what shows nothing, or a sign that stands for several.
_RUN: Final = regex.compile(
    rf"[\s\p{{Cc}}\p{{Cf}}\p{{Cs}}\uFFFE\uFFFF]++|[{''.join(_LONGER)}]", regex.V1
)
_INVISIBLE: Final = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF--\s]++", regex.V1)
#: What of such a run is a blank, and what of that stands for one only by its kind: vertical tab,
#: next line, line separator and the like, which no XML or no line may hold.
_BLANK: Final = regex.compile(r"[\s\x1c-\x1f]")
_LINE_LIKE: Final = regex.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\r\n]")
#: Joiners, where a script needs them: between letters or pictures that are neither Han nor Latin.
_JOINER: Final = regex.compile(
    r"(?<=[\p{L}\p{M}\p{So}\p{Sk}--\p{Han}--\p{Latin}])[\u200C\u200D]"
    r"(?=[\p{L}\p{M}\p{So}--\p{Han}--\p{Latin}])",
    regex.V1,
)

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
_POINTS: Final = frozenset(".．")
_FIGURE: Final = _DIGITS | _POINTS
_PERCENT: Final = frozenset("%％‰")
#: Decimals that a blank cut off: so many digits, and a unit that decimals have.
_DECIMALS: Final = regex.compile(r"[0-9]{1,4}[^\S\n\r]?(?:[%％‰万亿]|个百分点)")

#: A name set out with an ideographic space (市长　张三) on a short line of its own.
_PADDED: Final = regex.compile(r"^\S{2,}(?:\u3000+\S+)+$")
_SENTENCE: Final = regex.compile(r"[，。；！？]")

_UNITS: Final = "[%％‰年月日号万亿元个人项家户倍件公千平吨所条名次届亩米]"


@attrs.frozen
class Clean:
    """A repaired fragment.

    Args:
        text: The repaired text.
        closed: Offsets in it where blanks were closed up, ascending.
        spaced: The fragment was spaced out letter by letter.
    """

    text: Traced
    closed: tuple[int, ...] = ()
    spaced: bool = False


def clean(text: Traced) -> Clean:
    """Repair a fragment's characters.

    Radicals and compatibility forms become the characters that they look like, blanks between
    Chinese characters, marks and figures are closed up, a run of letter-spaced characters too, and
    invisible signs and controls are left out. Blanks between words of another script stay. What
    recognition misread in a figure is read as its neighbours ask.

    Args:
        text: The fragment, as it stands in the source.

    >>> clean(Traced("⼈⺠ 民 监 督，  共 4 批", ((0, 0),))).text.text
    '人民民监督，共4批'
    >>> clean(Traced("分别增长4%、工0 %", ((0, 0),))).text.text
    '分别增长4%、10%'
    """
    if not _SUSPECT.search(text.text):
        return Clean(text)
    out = _close(Clean(Traced(text.text.translate(_SINGLE), text.anchors)))
    for _ in range(3):  # a figure read right may close up, and then be read on
        read = _read(out.text.text)
        if read == out.text.text:
            break
        out = _close(Clean(Traced(read, out.text.anchors), out.closed))
    spaced = len(out.closed) >= 4 and len(out.closed) * 2 >= len(out.text) - 2
    return Clean(out.text, out.closed, spaced)


def _is_padded(text: str) -> bool:
    if "\u3000" not in text or len(text) > 40:
        return False
    shown = _INVISIBLE.sub("", text)
    return len(shown) <= 30 and bool(_PADDED.match(shown)) and not _SENTENCE.search(shown)


# ---- what shows nothing


def _close(before: Clean) -> Clean:
    """Leave out what does not belong, keeping the anchors and what was closed before."""
    text = before.text
    pieces: list[str] = []
    anchors: list[tuple[int, int]] = []
    cuts: list[tuple[int, int]] = []
    closed: list[int] = []
    at = done = 0
    for start, end, instead in _drops(text.text):
        if start > done:
            anchors.extend((a + at, s) for a, s in text[done:start].anchors)
            pieces.append(text.text[done:start])
            at += start - done
        if instead:
            anchors.extend((at + k, text.offset(start)) for k in range(len(instead)))
            pieces.append(instead)
            at += len(instead)
        elif _BLANK.search(text.text, start, end):
            closed.append(at)
        cuts.append((end, end - at))
        done = end
    if not cuts:
        return before
    if done < len(text):
        anchors.extend((a + at, s) for a, s in text[done:].anchors)
        pieces.append(text.text[done:])
    out = Traced("".join(pieces), tuple(anchors))
    if before.closed:
        closed = sorted({*closed, *_moved(before.closed, cuts)})
    return Clean(out, tuple(closed))


def _moved(offsets: tuple[int, ...], cuts: list[tuple[int, int]]) -> list[int]:
    """Offsets after cuts, given where each cut ends and how far it and those before it move."""
    out: list[int] = []
    k = shift = 0
    for offset in offsets:
        while k < len(cuts) and cuts[k][0] <= offset:
            shift = cuts[k][1]
            k += 1
        out.append(offset - shift)
    return out


def _drops(text: str) -> Iterator[tuple[int, int, str]]:
    """What to leave out or replace: (start, end, replacement), ascending, apart."""
    padded = _is_padded(text)
    chinese = _HAN.search(text) is not None
    for match in _RUN.finditer(text):
        run, (start, end) = match.group(), match.span()
        if run in _LONGER:
            yield start, end, _LONGER[run]
        elif start == 0 or end == len(text):
            yield start, end, ""
        elif not _BLANK.search(run):
            if end - start > 1 or not _JOINER.match(text, start):
                yield start, end, ""
        elif (padded and "\u3000" in run) or not _closes(text, start, end, chinese):
            yield from _kept(run, start)
        else:
            yield start, end, ""


def _kept(run: str, start: int) -> Iterator[tuple[int, int, str]]:
    """A run of blanks that stays: what it holds besides goes, one by one, and its places stay."""
    for at, sign in enumerate(run, start):
        if not sign.isspace():
            yield at, at + 1, ""
        elif _LINE_LIKE.match(sign):
            yield at, at + 1, " "


def _closes(text: str, start: int, end: int, chinese: bool) -> bool:
    """Whether a run of blanks was never set: beside Han, a full-width sign, or in a figure."""
    if _WIDE.match(text, start - 1) or _WIDE.match(text, end):
        return True
    before, after = text[start - 1], text[end]
    if not chinese or before not in _FIGURE or not (after in _FIGURE or after in _PERCENT):
        return False
    if (start < 2 or text[start - 2] not in _FIGURE) and after != "‰":
        return True  # after a single digit
    if before in _DIGITS:
        alone = end + 1 == len(text) or text[end + 1] not in _DIGITS
        return after not in _DIGITS or alone  # before a sign or a single digit
    return _DECIMALS.match(text, end) is not None and not _is_label(text, start - 1)


def _is_label(text: str, point: int) -> bool:
    """Whether digits before a point begin the fragment, as those of a label do."""
    start = point
    while start and point - start < 8 and text[start - 1] in _DIGITS:
        start -= 1
    return start in (point, 0) or text[start - 1].isspace()


# ---- what recognition misread


@cache
def _damage() -> regex.Pattern[str]:
    """Damage that its surroundings give away, one kind a line; compiled when first asked for."""
    return regex.compile(
        rf"""
          (?<![A-Za-z0-9.|]) [0-9] [0-9.]*+ [OolI|] [0-9OolI|.]*+ (?= {_UNITS} )   # 2O1l年
        | (?<![A-Za-z0-9.|]) [lI|] [0-9][0-9OolI|.]*+ (?= [%％‰] )                 # l0.5%
        | (?<= ^ | [0-9，、；：。（] ) 工 (?= 0[%％‰] )                              # 、工0%
        | (?<= [0-9] ) 。 (?= [0-9]{{1,4}}[%％‰] )                                  # 5。2%
        | (?<= [0-9] ) [·•] (?= [0-9]{{1,4}}(?:[%％‰万亿]|个百分点) )               # 1234·56亿
        | (?<= [一二三四五六七八九] ) ○++                                           # 二○一四
        | [〈《] (?= [^()（）〈〉《》“”\s]{{1,12}} [)）] )                           # 〈市)
        | ^ -一 (?= \p{{Han}} (?<! [是要方年季月个些批次线] ) )                      # -一经济运行
        | ^ 一- (?= [\p{{Han}}0-9] (?<! [一二三四五六七八九十] ) )                   # 一-人民生活
        | (?P<bracket> (?<= [\p{{Han}}，、；：。] ) \] (?= [万亿]\p{{Han}} | [-—][0-9]++{_UNITS} ) )
        """,
        regex.VERBOSE,
    )


def _read(text: str) -> str:
    """The text with misread signs read as what they stand for; as long as it was."""
    if not _MISREAD.search(text):
        return text
    out: list[str] = []
    done = 0
    for match in _damage().finditer(text):
        if match["bracket"] and "[" in text:
            continue
        out += [text[done : match.start()], match.group().translate(_OCR)]
        done = match.end()
    return "".join([*out, text[done:]]) if out else text
