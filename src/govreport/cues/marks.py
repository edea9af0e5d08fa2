"""Punctuation: how lines end, how they begin, and what spans a line end."""

from __future__ import annotations

import re
from functools import cache
from string import ascii_letters
from typing import Final

from govreport.typography import CLOSING, NOT_LINE_END, NOT_LINE_START, OPENING

__all__ = [
    "EARLY_STOP",
    "GROUPS",
    "SPANNING",
    "begins_with_year",
    "end_kind",
    "inside",
    "is_quoted",
    "marks",
    "spanning",
    "start_kind",
]

_DIGITS: Final = "0123456789０１２３４５６７８９"
_LATIN: Final = ascii_letters + "".join([chr(ord(c) + 0xFEE0) for c in ascii_letters])

#: The kind of a line's last sign, and of its first; all others are plain.
_ENDS: Final = {
    **dict.fromkeys(_LATIN, "latin"),
    **dict.fromkeys(NOT_LINE_END, "opening"),
    **dict.fromkeys(CLOSING, "quote"),
    "）": "bracket",
    **dict.fromkeys("。", "stop"),
    **dict.fromkeys("！？!?", "call"),
    **dict.fromkeys("；;", "semicolon"),
    **dict.fromkeys("：:∶", "colon"),
    **dict.fromkeys("，,、", "comma"),
    **dict.fromkeys("—…─", "dash"),
    **dict.fromkeys(_DIGITS + ".．%％‰", "digit"),
}
_STARTS: Final = {
    **dict.fromkeys(_LATIN, "latin"),
    **dict.fromkeys("—─…", "dash"),
    **dict.fromkeys(_DIGITS, "digit"),
    **dict.fromkeys(OPENING, "bracket"),
    **dict.fromkeys("“‘「『", "quote"),
    **dict.fromkeys(NOT_LINE_START, "prohibited"),
}

#: Ends that sentences have, ends that they have not, and the rest.
GROUPS: Final = {"stop": "full", "call": "full", "closed-stop": "full", "comma": "pause"}

#: Kinds of ends that a figure or a word may go on from.
SPANNING: Final = frozenset({"digit", "latin"})

_YEAR: Final = re.compile(r"[12１２][0-9０-９]{3}年|[一二][〇○零0一二三四五六七八九]{3}年")

#: A sentence that ends early on a line: the first line of a paragraph may open with its lead.
EARLY_STOP: Final = re.compile(r"[^。！？]{4,18}[。！？]")

_PAIRS: Final = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


@cache
def marks(end: str, start: str, span: str, quoted: bool, year: bool) -> tuple[str, ...]:
    """How a line ends, how the next begins, and what spans the line end.

    Args:
        end: The kind of the line's last sign.
        start: The kind of the next line's first sign.
        span: The feature of a figure or word that would be parted; empty for none.
        quoted: Whether a quotation or bracket is open over the line end.
        year: Whether the next line begins with a year.
    """
    out = [f"end:{end}", f"start:{start}", f"pair:{GROUPS.get(end, 'open')}-{start}"]
    if span:
        out.append(span)
    if quoted:
        out.append("quote-across")
    if year:
        out.append("start-year")
    return tuple(out)


def end_kind(text: str) -> str:
    """How a line ends: the name of its last sign's kind."""
    kind = _ENDS.get(text[-1], "plain")
    if kind in ("quote", "bracket") and _ENDS.get(text[-2:-1]) in ("stop", "call"):
        return "closed-stop"
    return kind


def start_kind(text: str) -> str:
    """How a line begins: the name of its first sign's kind."""
    return _STARTS.get(text[0], "plain")


def spanning(last: str, first: str) -> str:
    """The feature of a figure or word that goes on over a line end, by the signs beside it."""
    if last in _DIGITS and first in _DIGITS:
        return "digits-across"
    if last in _DIGITS and first in "年月日%％":
        return "figure-across"
    return "latin-across" if last in _LATIN and first in _LATIN else ""


def is_quoted(text: str, after: str) -> bool:
    """Whether a quotation or bracket is open at the line's end, and one closes after it.

    Args:
        text: The line.
        after: The next line.
    """
    if not ("”" in after or "）" in after or "》" in after or "」" in after):
        return False
    return _closes_first(after) and _open_at_end(text)


def begins_with_year(text: str) -> bool:
    """Whether a line begins with a year."""
    return text[0] in "12１２一二" and _YEAR.match(text) is not None


def inside(text: str) -> str:
    """The feature of the marks inside a line: whether sentences or clauses end there."""
    stops = ("。" in text or "；" in text) and ("。" in text[:-1] or "；" in text[:-1])
    if "，" in text:
        return "inside:some-comma" if stops else "inside:none-comma"
    return "inside:some-plain" if stops else "inside:none-plain"


def _open_at_end(text: str) -> bool:
    """Whether a quotation or bracket is open where the text ends."""
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in _PAIRS)


def _closes_first(text: str) -> bool:
    """Whether the text closes a quotation or bracket before it opens one."""
    for opening, closing in _PAIRS:
        at = text.find(closing)
        if at >= 0 and not 0 <= text.find(opening) < at:
            return True
    return False
