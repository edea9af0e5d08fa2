"""Repairs inside a fragment: look-alike signs, blanks, letter-spacing, invisible signs, OCR.

Nothing is normalized wholesale: full-width digits, marks and brackets stay as they were printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count, repeat
from operator import add, sub
from typing import Final

import attrs
import regex

from govreport.bulk import made, tuples
from govreport.lazy import pattern
from govreport.misread import OCR_READINGS, misread, misread_in, read_right
from govreport.signs import DIGITS, HAN, SILENT
from govreport.source import Anchors, Traced, join
from govreport.stacked import Stack
from govreport.stand_ins import read_plainly
from govreport.unicode_tables import READINGS
from govreport.widths import strange_in

__all__ = ["OCR_READINGS", "Clean", "Repaired", "clean", "repairs"]

#: Signs that stand for several.
_LONGER: Final = {sign: plain for sign, plain in READINGS.items() if len(plain) > 1}

#: What is as wide as Han, with the marks set between them.
_WIDE: Final = rf"{HAN}\u2010-\u2027\u2e3a\u2e80-\u2fff\u3001-\u303f\u25a1\uff01-\uff60·℃‰㎡"

#: Whether a text may need any repair, in one search that settles it for most: what shows nothing, and
#: signs that stand for several.
_UNSEEN_BUT_SPACE: Final = re.compile(
    rf"[\t\x0b-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
    rf"{SILENT}{''.join(_LONGER)}]"
)
#: A run of what shows nothing, or a sign that stands for several.
_RUN: Final = re.compile(rf"[\s{SILENT}]++|[{''.join(_LONGER)}]")
_INVISIBLE: Final = re.compile(rf"[{SILENT}\x1c-\x1f]++")
#: A blank that does not stand alone between two signs of which one is Han or a usual mark.
_BESIDE: Final = "\u4e00-\u9fff、。，；：？！“”‘’（）《》「」『』〈〉【】…—·"
_UNUSUAL: Final = re.compile(rf" (?: |(?<![^\n]\ )|(?![^\n])|(?<![{_BESIDE}]\ )(?![{_BESIDE}]))")
#: What of such a run is a blank, and what of that stands for one only by its kind: vertical tab,
#: next line, line separator and the like, which no XML or no line may hold.
_BLANK: Final = re.compile(r"\s")
_LINE_LIKE: Final = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\r\n]")
_IS_WIDE: Final = re.compile(f"[{_WIDE}]")
_IS_HAN: Final = re.compile(f"[{HAN}]")
#: Joiners, where a script needs them: between letters or pictures that are neither Han nor Latin.
_JOINER: Final = (
    r"(?<=[\p{L}\p{M}\p{So}\p{Sk}--\p{Han}--\p{Latin}])[\u200C\u200D]"
    r"(?=[\p{L}\p{M}\p{So}--\p{Han}--\p{Latin}])"
)

_POINTS: Final = frozenset(".．")
_FIGURE: Final = DIGITS | _POINTS
_PERCENT: Final = frozenset("%％‰")
#: Decimals that a blank cut off: so many digits, and a unit that decimals have.
_DECIMALS: Final = re.compile(r"[0-9]{1,4}[^\S\n\r]?(?:[%％‰万亿]|个百分点)")

#: A name set out with an ideographic space (市长　张三) on a short line of its own.
_PADDED: Final = re.compile(r"^\S{2,}(?:\u3000+\S+)+$")
_SENTENCE: Final = re.compile(r"[，。；！？]")


#: No line is spaced out letter by letter with fewer blanks.
_SPACED: Final = 4


@attrs.frozen(weakref_slot=False)
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

    >>> clean(Traced("⼈⺠ 民 监 督，  共 4 批", 0)).text.text
    '人民民监督，共4批'
    >>> clean(Traced("分别增长4%、工0 %", 0)).text.text
    '分别增长4%、10%'
    """
    read = read_plainly(text.text)
    if read is not text.text:
        text = Traced(read, text.where)
    if " " in read or "\n" in read or _UNSEEN_BUT_SPACE.search(read) or misread(read):
        return _mended(Clean(text))
    return Clean(text)


@attrs.frozen
class Repaired:
    """The repaired fragments of a page; :class:`Clean` for each, held by kinds.

    Args:
        texts: The repaired texts; those that need no repair are the same objects.
        closed: By a fragment's number the offsets where blanks were closed up, where some were.
        spaced: The numbers of those that were spaced out letter by letter.
        strange: The numbers of those that may hold strange characters
            (:func:`govreport.widths.strange_in`), if that was asked.
    """

    texts: list[Traced]
    closed: dict[int, tuple[int, ...]] = attrs.field(factory=dict)
    spaced: set[int] = attrs.field(factory=set)
    strange: list[int] | None = None

    def put(self, number: int, clean: Clean) -> None:
        """Take in a fragment."""
        self.texts[number] = clean.text
        if clean.closed:
            self.closed[number] = clean.closed
        if clean.spaced:
            self.spaced.add(number)


def repairs(texts: Iterable[Traced]) -> Repaired:
    """Repair a page's fragments: as :func:`clean` does each, many times as fast.

    Args:
        texts: The fragments, signs that stand for one other already read
            (:func:`govreport.stand_ins.read_plainly`).

    >>> found = repairs([Traced("工作", 0), Traced("报 告", 3)])
    >>> [text.text for text in found.texts], found.closed
    (['工作', '报告'], {1: (1,)})
    """
    held = list(texts)
    lines = [text.text for text in held]
    stack = Stack.of(lines)
    if stack.whole.count("\n") >= max(1, len(lines)):  # inside fragments, as no source has them
        out = Repaired(held)
        for k, text in enumerate(held):
            out.put(k, clean(text))
        return out
    strange = strange_in(stack)
    out = Repaired(held, strange=strange)
    odd = misread_in(stack).union([k for k in strange if _UNSEEN_BUT_SPACE.search(lines[k])])
    if "⸺" in stack.whole:
        odd.update([k for k, line in enumerate(lines) if "⸺" in line])
    if " " in stack.whole:
        odd.update(stack.having(_UNUSUAL))
        usual = []
        for k in [k for k, line in enumerate(lines) if " " in line and k not in odd]:
            if isinstance(out.texts[k].where, int):
                usual.append(k)
            else:
                odd.add(k)
        _close_spaces(out, usual)
        near = Stack.of([out.texts[k].text for k in usual])
        for n in misread_in(near):  # what closed up may have brought together what is misread
            k = usual[n]
            out.put(k, _mended(Clean(out.texts[k], out.closed[k])))
    for k in odd:
        out.put(k, _mended(Clean(out.texts[k])))
    return out


def _mended(before: Clean) -> Clean:
    """What repair makes of a fragment that may need some."""
    out = _close(before)
    for _ in range(3):  # a figure read right may close up, and then be read on
        read = read_right(out.text.text)
        if read == out.text.text:
            break
        out = _close(Clean(Traced(read, out.text.where), out.closed))
    return Clean(out.text, out.closed, _is_spaced(out.text.text, out.closed))


def _is_spaced(text: str, closed: Sequence[int]) -> bool:
    return len(closed) >= _SPACED and len(closed) * 2 >= len(text) - 2


def _is_padded(text: str) -> bool:
    if "\u3000" not in text or len(text) > 40:
        return False
    shown = _INVISIBLE.sub("", text)
    return len(shown) <= 30 and bool(_PADDED.match(shown)) and not _SENTENCE.search(shown)


# ---- what shows nothing


def _close_spaces(page: Repaired, numbers: Iterable[int]) -> None:
    """Close up the usual damage, without the long way: single spaces beside Han or a mark.

    Args:
        page: The fragments.
        numbers: Those that hold such blanks and nothing else unseen.
    """
    by_count: dict[int, list[int]] = {}
    for k in numbers:
        by_count.setdefault(min(page.texts[k].text.count(" "), _SPACED), []).append(k)
    for spaces, some in by_count.items():
        held = [page.texts[k] for k in some]
        texts, starts = [text.text for text in held], [text.start for text in held]
        apart = _many if spaces == _SPACED else _few
        closed, sources = apart(texts, starts, spaces)
        anchors = tuples(Anchors, [(0, *places) for places in closed], sources)
        closed_up = map(str.replace, texts, repeat(" "), repeat(""))
        for k, text in zip(
            some, made(Traced, len(held), text=closed_up, where=anchors), strict=True
        ):
            page.texts[k] = text
        page.closed.update(zip(some, closed, strict=True))
    for k in by_count.get(_SPACED, ()):
        if _is_spaced(page.texts[k].text, page.closed[k]):
            page.spaced.add(k)


_Columns = tuple[Sequence[tuple[int, ...]], Iterable[tuple[int, ...]]]
"""Where spaces in texts close up, and what the parts of each stood at in the source."""


def _few(texts: Sequence[str], starts: Sequence[int], spaces: int) -> _Columns:
    """Texts with so many spaces each, the first, the second and so on of all of them at once."""
    places, behind = [], []
    after: Iterable[int] = repeat(0)
    for k in range(spaces):
        found = list(map(str.find, texts, repeat(" "), after))
        after = list(map(add, found, repeat(1)))
        places.append(map(sub, found, repeat(k)))
        behind.append(map(add, starts, after))
    return list(zip(*places, strict=True)), zip(starts, *behind, strict=True)


def _many(texts: Sequence[str], starts: Sequence[int], _spaces: int) -> _Columns:
    """Texts with several spaces each, one by one."""
    closed = [tuple(accumulate(map(len, text.split(" ")[:-1]))) for text in texts]
    sources = [
        (start, *map(add, places, count(start + 1)))
        for start, places in zip(starts, closed, strict=True)
    ]
    return closed, sources


def _close(before: Clean) -> Clean:
    """Leave out what does not belong, keeping the anchors and what was closed before."""
    text = before.text
    pieces: list[Traced] = []
    cuts: list[tuple[int, int]] = []
    closed: list[int] = []
    at = done = 0
    for start, end, instead in _drops(text.text):
        if start > done:
            pieces.append(text[done:start])
            at += start - done
        if instead:
            pieces += [Traced(sign, text.offset(start)) for sign in instead]
            at += len(instead)
        elif _BLANK.search(text.text, start, end):
            closed.append(at)
        cuts.append((end, end - at))
        done = end
    if not cuts:
        return before
    out = join([*pieces, text[done:]])
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
    chinese = _IS_HAN.search(text) is not None
    for match in _RUN.finditer(text):
        run, (start, end) = match.group(), match.span()
        if run in _LONGER:
            yield start, end, _LONGER[run]
        elif start == 0 or end == len(text):
            yield start, end, ""
        elif not _BLANK.search(run):
            if end - start > 1 or not pattern(_JOINER, regex.V1).match(text, start):
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
    if _IS_WIDE.match(text, start - 1) or _IS_WIDE.match(text, end):
        return True
    before, after = text[start - 1], text[end]
    if not chinese or before not in _FIGURE or not (after in _FIGURE or after in _PERCENT):
        return False
    if (start < 2 or text[start - 2] not in _FIGURE) and after != "‰":
        return True  # after a single digit
    if before in DIGITS:
        alone = end + 1 == len(text) or text[end + 1] not in DIGITS
        return after not in DIGITS or alone  # before a sign or a single digit
    return _DECIMALS.match(text, end) is not None and not _is_label(text, start - 1)


def _is_label(text: str, point: int) -> bool:
    """Whether digits before a point begin the fragment, as those of a label do."""
    start = point
    while start and point - start < 8 and text[start - 1] in DIGITS:
        start -= 1
    return start in (point, 0) or text[start - 1].isspace()
