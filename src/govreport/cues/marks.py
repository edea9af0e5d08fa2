"""Punctuation: how lines end, how they begin, and what spans a line end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from string import ascii_letters
from typing import Final

from govreport.typography import CLOSING, NOT_LINE_END, NOT_LINE_START, OPENING

__all__ = [
    "EARLY_STOP",
    "GROUPS",
    "end_kinds",
    "inside",
    "marks",
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

_SHUTTING: Final = frozenset([sign for sign, kind in _ENDS.items() if kind in ("quote", "bracket")])

#: Ends that sentences have, ends that they have not, and the rest.
GROUPS: Final = {"stop": "full", "call": "full", "closed-stop": "full", "comma": "pause"}

#: Kinds of ends that a figure or a word may go on from.
_SPANNING: Final = frozenset({"digit", "latin"})

#: By whether sentences end inside a line, and clauses on it, the features that say so.
_INSIDE: Final = {
    (True, True): ("inside:some-comma",),
    (True, False): ("inside:some-plain",),
    (False, True): ("inside:none-comma",),
    (False, False): ("inside:none-plain",),
}

_YEAR: Final = re.compile(r"[12１２][0-9０-９]{3}年|[一二][〇○零0一二三四五六七八九]{3}年")

#: A sentence that ends early on a line: the first line of a paragraph may open with its lead.
EARLY_STOP: Final = re.compile(r"[^。！？]{4,18}[。！？]")

_PAIRS: Final = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


def inside(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Whether sentences end inside each line, and whether clauses do on it."""
    return [
        _INSIDE[
            ("。" in text or "；" in text) and ("。" in text[:-1] or "；" in text[:-1]),
            "，" in text,
        ]
        for text in texts
    ]


def marks(
    texts: Sequence[str], firsts: Sequence[str], lasts: Sequence[str], ends: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """What the marks and figures around each line end but the last say.

    Args:
        texts: The lines.
        firsts: Their first signs.
        lasts: Their last signs.
        ends: The kinds of these.
    """
    starts = [_STARTS.get(first, "plain") for first in firsts[1:]]
    spans = _spans(lasts, ends, firsts)
    return map(_marks, ends, starts, spans, _quoted(texts), _years(texts[1:], firsts[1:]))


@cache
def _marks(end: str, start: str, span: str, quoted: bool, year: bool) -> tuple[str, ...]:
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


def end_kinds(texts: Sequence[str], lasts: Sequence[str]) -> list[str]:
    """How lines end: the names of their last signs' kinds.

    Args:
        texts: The lines.
        lasts: Their last signs.
    """
    kinds = [_ENDS.get(last, "plain") for last in lasts]
    for k, last in enumerate(lasts):
        if last in _SHUTTING and _ENDS.get(texts[k][-2:-1]) in ("stop", "call"):
            kinds[k] = "closed-stop"
    return kinds


def _spans(lasts: Sequence[str], ends: Sequence[str], firsts: Sequence[str]) -> list[str]:
    """The features of figures and words that go on over line ends; empty where none does.

    Args:
        lasts: The lines' last signs.
        ends: Their kinds.
        firsts: The lines' first signs.
    """
    return [
        _spanning(last, after) if end in _SPANNING else ""
        for last, end, after in zip(lasts, ends, firsts[1:], strict=False)
    ]


def _spanning(last: str, first: str) -> str:
    """The feature of a figure or word that goes on over a line end, by the signs beside it."""
    if last in _DIGITS and first in _DIGITS:
        return "digits-across"
    if last in _DIGITS and first in "年月日%％":
        return "figure-across"
    return "latin-across" if last in _LATIN and first in _LATIN else ""


def _quoted(texts: Sequence[str]) -> list[bool]:
    """Whether a quotation or bracket is open at each line's end, and the next line closes one."""
    return [
        ("”" in after or "）" in after or "》" in after or "」" in after)
        and _closes_first(after)
        and _open_at_end(text)
        for text, after in pairwise(texts)
    ]


def _years(texts: Sequence[str], firsts: Sequence[str]) -> list[bool]:
    """Whether each line begins with a year."""
    return [
        first in "12１２一二" and _YEAR.match(text) is not None
        for text, first in zip(texts, firsts, strict=True)
    ]


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
