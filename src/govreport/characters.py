"""Repairs inside a fragment: look-alike signs, blanks, letter-spacing, invisible signs.

Nothing is normalized wholesale: full-width digits, marks and brackets stay as they were printed.
"""

from __future__ import annotations

from typing import Final

import attrs
import regex

from govreport.source import Traced
from govreport.unicode_tables import READINGS

__all__ = ["Clean", "clean"]

#: Signs with a reading of one character, for ``str.translate``; and the longer readings.
_SINGLE: Final = {ord(sign): plain for sign, plain in READINGS.items() if len(plain) == 1}
_LONGER: Final = {sign: plain for sign, plain in READINGS.items() if len(plain) > 1}

_WIDE: Final = r"[\p{Han}\u2010-\u2027\u2E80-\u2FFF\u3001-\u303F\u25A1\uFF01-\uFF60·℃‰㎡]"
_INVISIBLE: Final = r"[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF--[\t\x20]]"

#: Whether a fragment needs any repair at all; one search settles it for most.
_SUSPECT: Final = regex.compile(
    r"[\s\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2E3A\u2E80-\u2FDF\uF900-\uFAFF\uFE10-\uFE6F\uFFFE\uFFFF"
    r"\U0002F800-\U0002FA1F]"
)
_HAN: Final = regex.compile(r"\p{Han}")

#: Blanks that the setting never had: beside Han or a full-width sign.
_DROP: Final = regex.compile(
    rf"""
      (?P<invisible> {_INVISIBLE}+ )
    | (?P<longer> [{"".join(_LONGER)}] )
    | (?<={_WIDE}) (?P<after> [\s--[\n\r]]+ )
    | (?P<before> [\s--[\n\r]]+ ) (?={_WIDE})
    """,
    regex.VERBOSE | regex.V1,
)
#: Blanks inside a figure that stands in a Chinese line: digit by digit, or before its sign.
_IN_FIGURE: Final = regex.compile(
    r"""
      (?<= (?<![0-9０-９.．]) [0-9０-９.．] ) (?P<after_one> [^\S\n\r]+ ) (?= [0-9０-９.．%％] )
    | (?<= [0-9０-９] ) (?P<before_one> [^\S\n\r]+ ) (?= [.．%％‰] | [0-9０-９] (?![0-9０-９]) )
    """,
    regex.VERBOSE | regex.V1,
)
#: A name set out with an ideographic space (市长　张三) on a short line of its own.
_PADDED: Final = regex.compile(r"^\S{2,}(?:\u3000+\S+)+$")
_SENTENCE: Final = regex.compile(r"[，。；！？]")


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
    invisible signs and controls are left out. Blanks between words of another script stay.

    Args:
        text: The fragment, as it stands in the source.

    >>> clean(Traced("⼈⺠ 民 监 督，  共 4 批", ((0, 0),))).text.text
    '人民民监督，共4批'
    """
    if not _SUSPECT.search(text.text):
        return Clean(text)
    plain = text.text.translate(_SINGLE)
    if len(plain) <= 30 and "\u3000" in plain and _is_padded(plain):
        return Clean(Traced(plain, text.anchors))
    return _close(Traced(plain, text.anchors))


def _is_padded(text: str) -> bool:
    return bool(_PADDED.match(text)) and not _SENTENCE.search(text)


def _close(text: Traced) -> Clean:
    """Leave out what does not belong, keeping the anchors."""
    pieces: list[str] = []
    anchors: list[tuple[int, int]] = []
    closed: list[int] = []
    at = done = 0
    for start, end, instead in _drops(text.text):
        if start < done:
            continue
        if start > done:
            anchors.extend((a + at, s) for a, s in text[done:start].anchors)
            pieces.append(text.text[done:start])
            at += start - done
        if instead:
            anchors.extend((at + k, text.offset(start)) for k in range(len(instead)))
            pieces.append(instead)
            at += len(instead)
        elif text.text[start].isspace():
            closed.append(at)
        done = end
    if done < len(text.text):
        anchors.extend((a + at, s) for a, s in text[done:].anchors)
        pieces.append(text.text[done:])
    out = Traced("".join(pieces), tuple(anchors))
    spaced = len(closed) >= 4 and len(closed) * 2 >= len(out.text) - 2
    return Clean(out, tuple(closed), spaced)


def _drops(text: str) -> list[tuple[int, int, str]]:
    """What to leave out or replace: (start, end, replacement), ascending, apart."""
    found = [
        (m.start(), m.end(), _LONGER.get(m["longer"], "") if m["longer"] else "")
        for m in _DROP.finditer(text)
    ]
    if _HAN.search(text):
        inside = [(m.start(), m.end(), "") for m in _IN_FIGURE.finditer(text)]
        if inside:
            found = sorted({*found, *inside})
    return found
