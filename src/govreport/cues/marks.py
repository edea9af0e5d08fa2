"""Punctuation: how lines end, how they begin, and what spans a line end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from string import ascii_letters
from typing import Final

from govreport.cues.groups import Group, Marks, group, marks_of
from govreport.typography import CLOSING, NOT_LINE_END, NOT_LINE_START, OPENING

__all__ = [
    "EARLY_STOP",
    "GROUPS",
    "end_kinds",
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

_ENDING: Final = re.compile(f"[{re.escape(''.join(_ENDS))}]")
_STARTING: Final = re.compile(f"[{re.escape(''.join(_STARTS))}]")
#: Ends that sentences have, ends that they have not, and the rest.
GROUPS: Final = {"stop": "full", "call": "full", "closed-stop": "full", "comma": "pause"}

#: Last signs that a figure or a word may go on from.
_SPANNING: Final = re.compile(f"[{_DIGITS}{_LATIN}]")


@cache
def _beside(inside: Group, end: str, start: str) -> Marks:
    """The marks in a line; how it ends, and how the next begins, by the kinds of these signs."""
    pair = f"pair:{GROUPS.get(end, 'open')}-{start}"
    return marks_of(inside, group(f"end:{end}", f"start:{start}", pair))


#: What a line says in which sentences end, and in which none does; with commas, and without.
_SOME_COMMA, _SOME_PLAIN, _NONE_COMMA, _NONE_PLAIN = [
    group(f"inside:{told}") for told in ("some-comma", "some-plain", "none-comma", "none-plain")
]

#: What a year begins with, and years.
_YEAR_FIRST: Final = re.compile("[12１２一二]")
_YEAR: Final = re.compile(r"[12１２][0-9０-９]{3}年|[一二][〇○零0一二三四五六七八九]{3}年")

#: A sentence that ends early on a line: the first line of a paragraph may open with its lead.
EARLY_STOP: Final = re.compile(r"[^。！？]{4,18}[。！？]")

#: Where a quotation or bracket is open at a line's end, and the next line closes it. (Patterns that
#: begin with a sign each are looked for faster than one that begins with any of them.)
_ACROSS: Final = tuple(
    [
        re.compile(rf"{one}(?=[^{one}{other}\n]*+\n[^{one}{other}\n]*+{other})")
        for one, other in ("“”", "（）", "《》", "「」")
    ]
)


def marks(texts: Sequence[str], firsts: str, lasts: str, ends: Sequence[str]) -> list[Marks]:
    """What the marks and figures in and around each line end but the last say.

    Args:
        texts: The lines.
        firsts: Their first signs.
        lasts: Their last signs.
        ends: The kinds of these.
    """
    starts = ["plain"] * (len(texts) - 1)
    for match in _STARTING.finditer(firsts, 1):
        starts[match.start() - 1] = _STARTS[match.group()]
    out = list(map(_beside, inside(texts), ends, starts))
    for k, name in (*_spans(firsts, lasts), *_quoted(texts), *_years(texts, firsts)):
        out[k] = marks_of(out[k].inside, group(*out[k].around.names, name))
    return out


def inside(texts: Sequence[str]) -> list[Group]:
    """Whether sentences end inside each line, and whether clauses do on it."""
    return [
        (_SOME_COMMA if "，" in text else _SOME_PLAIN)
        if ("。" in text and text.find("。", 0, -1) >= 0)
        or ("；" in text and text.find("；", 0, -1) >= 0)
        else (_NONE_COMMA if "，" in text else _NONE_PLAIN)
        for text in texts
    ]


def end_kinds(texts: Sequence[str], lasts: str) -> list[str]:
    """How lines end: the names of their last signs' kinds.

    Args:
        texts: The lines.
        lasts: Their last signs.
    """
    kinds = ["plain"] * len(texts)
    for match in _ENDING.finditer(lasts):
        k = match.start()
        kinds[k] = kind = _ENDS[lasts[k]]
        if kind in ("quote", "bracket") and _ENDS.get(texts[k][-2:-1]) in ("stop", "call"):
            kinds[k] = "closed-stop"
    return kinds


def _spans(firsts: str, lasts: str) -> Iterator[tuple[int, str]]:
    """The line ends over which a figure or word goes on, by the signs beside them."""
    for match in _SPANNING.finditer(lasts, 0, len(lasts) - 1):
        k = match.start()
        last, first = lasts[k], firsts[k + 1]
        if last in _LATIN:
            if first in _LATIN:
                yield k, "latin-across"
        elif first in _DIGITS:
            yield k, "digits-across"
        elif first in "年月日%％":
            yield k, "figure-across"


def _quoted(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The line ends at which a quotation or bracket is open that the next line closes."""
    whole = "\n".join(texts)
    k = at = 0
    for found in sorted([match.start() for each in _ACROSS for match in each.finditer(whole)]):
        more = whole.count("\n", at, found)
        if more or not at:
            k += more
            yield k, "quote-across"
        at = found + 1


def _years(texts: Sequence[str], firsts: str) -> Iterator[tuple[int, str]]:
    """The line ends after which a line begins with a year."""
    for match in _YEAR_FIRST.finditer(firsts, 1):
        if _YEAR.match(texts[match.start()]):
            yield match.start() - 1, "start-year"
