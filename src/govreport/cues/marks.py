"""Punctuation: how lines end, how they begin, and what spans a line end."""

from __future__ import annotations

from typing import Final

import regex

from govreport.numbering import Numbering
from govreport.typography import CLOSING, NOT_LINE_END, NOT_LINE_START, OPENING

__all__ = ["EARLY_STOP", "GROUPS", "end_kind", "marks", "opening"]

_ENDS: Final = {
    **dict.fromkeys("。", "stop"),
    **dict.fromkeys("！？!?", "call"),
    **dict.fromkeys("；;", "semicolon"),
    **dict.fromkeys("：:∶", "colon"),
    **dict.fromkeys("，,、", "comma"),
    **dict.fromkeys("—…─", "dash"),
    **dict.fromkeys("0123456789０１２３４５６７８９.．", "digit"),
}

#: Ends that sentences have, ends that they have not, and the rest.
GROUPS: Final = {"stop": "full", "call": "full", "closed-stop": "full", "comma": "pause"}

LATIN: Final = regex.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")

_YEAR: Final = regex.compile(r"[12１２][0-9０-９]{3}年|[一二][〇○零0一二三四五六七八九]{3}年")

DIGITS: Final = frozenset("0123456789０１２３４５６７８９")

#: A sentence that ends early on a line: the first line of a paragraph may open with its lead.
EARLY_STOP: Final = regex.compile(r"[^。！？]{4,18}[。！？]")
_STOP_INSIDE: Final = regex.compile(r"[。；！？].")
_FIRST_STOP: Final = regex.compile(r"[^。！？；]*[。！？；]")

_PAIRS: Final = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


def marks(text: str, after: str) -> tuple[str, ...]:
    """How the line ends, how the next begins, and what spans the line end."""
    last, first = text[-1], after[0]
    end, start = end_kind(text), start_kind(after)
    out = [f"end:{end}", f"start:{start}", f"pair:{GROUPS.get(end, 'open')}-{start}"]
    if last in DIGITS and first in DIGITS:
        out.append("digits-across")
    elif last in DIGITS and first in "年月日%％":
        out.append("figure-across")
    elif LATIN.match(last) and LATIN.match(first):
        out.append("latin-across")
    if _open_at_end(text) and _closes_first(after):
        out.append("quote-across")
    if _YEAR.match(after):
        out.append("start-year")
    return tuple(out)


def end_kind(text: str) -> str:
    """How a line ends: the name of its last sign's kind."""
    last = text[-1]
    kind = _ENDS.get(last)
    if kind:
        return kind
    if last in CLOSING:
        inner = _ENDS.get(text[-2:-1])
        if inner in ("stop", "call"):
            return "closed-stop"
        return "bracket" if last in "）)" else "quote"
    if last in NOT_LINE_END:
        return "opening"
    if last in "%％‰":
        return "digit"
    return "latin" if LATIN.match(last) else "plain"


def start_kind(text: str) -> str:
    first = text[0]
    if first in NOT_LINE_START:
        return "prohibited"
    if first in "“‘「『":
        return "quote"
    if first in OPENING:
        return "bracket"
    if first in DIGITS:
        return "digit"
    if first in "—─…":
        return "dash"
    return "latin" if LATIN.match(first) else "plain"


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


def opening(text: str, after: str, label: Numbering | None, habit: str) -> tuple[str, ...]:
    """Whether the next line opens as paragraphs with a run-in heading do."""
    if label is not None or text[-1] not in "。！？”":
        return ()
    early = EARLY_STOP.match(after)
    if early is None:
        return ()
    form = "comma" if "，" in early[0] or "、" in early[0] else "plain"
    return (f"opening:{form}", f"opening:{form}-{habit}")
