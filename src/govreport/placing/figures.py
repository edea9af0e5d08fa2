"""Figures that stand apart from their lines.

A fragment of figures may hold several: those that stood on one printed line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import attrs

from govreport.source import Traced, join

__all__ = [
    "FIGURE_OPENERS",
    "FIGURE_SIGNS",
    "MORE",
    "SEVERAL",
    "Figures",
    "figure_width",
    "kinds",
    "pieces",
]

_FIGURE: Final = r"[+\-−±＋－]?+[0-9０-９][0-9０-９,]*+(?:[.．][0-9０-９]++)?+(?:\s?[%‰％])?+"
_PLAIN: Final = re.compile(r"[0-9]++(?:\.[0-9]++)?+%?+")
_ONE: Final = re.compile(_FIGURE)
_FIGURES: Final = re.compile(rf"{_FIGURE}(?:\s++{_FIGURE})*+")
#: No printed line has more figures than so many characters hold.
_LONGEST: Final = 120
#: What a figure may begin with, and end with.
FIGURE_OPENERS: Final = frozenset("0123456789０１２３４５６７８９+-−±＋－")
FIGURE_SIGNS: Final = frozenset("0123456789０１２３４５６７８９.．%‰％")

#: A figure set on a layer of its own stands in a sans serif: its characters' widths in em.
_DIGIT: Final = 0.556
_SIGN_WIDTHS = (0.278, 0.278, 0.889, 1.0, 1.0, 0.584, 0.333, 0.584, 0.549)
_WIDTHS: Final = MappingProxyType(
    dict(zip(".,%‰％+-−±", _SIGN_WIDTHS, strict=True))
    | dict.fromkeys("０１２３４５６７８９．＋－", 1.0)
)


def pieces(text: Traced) -> tuple[Traced, ...]:
    """The figures of a fragment that holds nothing else; none where it holds anything else.

    >>> [piece.text for piece in pieces(Traced("92 51.2%", 0))]
    ['92', '51.2%']
    """
    line = text.text
    if line[-1:] not in FIGURE_SIGNS or len(line) > _LONGEST:
        return ()
    if _PLAIN.fullmatch(line):
        return (text,)
    if not _FIGURES.fullmatch(line):
        return ()
    return tuple([_closed_up(text[m.start() : m.end()]) for m in _ONE.finditer(line)])


def _closed_up(figure: Traced) -> Traced:
    """A figure without a blank before its sign."""
    if not figure.text[-2:-1].isspace():
        return figure
    return join([figure[:-2], figure[-1:]])


@lru_cache(maxsize=1024)
def figure_width(figure: str) -> float:
    """The width of a figure as set, in em.

    >>> round(figure_width("12.5%"), 3)
    2.835
    >>> figure_width("１２")
    2.0
    """
    return sum([_WIDTHS.get(sign, _DIGIT) for sign in figure])


#: What kind a figure is of, as far as that decides what may follow it.
_PERCENT, _YEAR, _DECIMAL, _SMALL, _DAY, _WHOLE = range(6)


def kinds(figures: Sequence[str]) -> tuple[int, ...]:
    """The kind of each figure, as far as it decides what may follow it."""
    return tuple(map(_kind, figures))


@lru_cache(maxsize=1024)
def _kind(figure: str) -> int:
    if figure[-1] in "%‰％":
        return _PERCENT
    if not figure.isdigit():
        return _DECIMAL
    if len(figure) > 4:
        return _WHOLE
    value = int(figure)
    if value <= 31:
        return _SMALL if value <= 12 else _DAY
    return _YEAR if 1900 <= value < 2100 else _WHOLE


#: Instead of the kind of one figure.
SEVERAL: Final = -1
MORE: Final = -2


@attrs.frozen(slots=True, kw_only=True)
class Figures:
    """The fragments of nothing but figures, in columns.

    Args:
        index: Their numbers among the fragments.
        texts: The figures of each.
        kinds: The kinds of each one's figures.
        widths: The width of each one's figures, in em.
        lone: The kind of each that is one figure; `SEVERAL` for others, and `MORE` for those that
            take the next with them.
        behind: The line right before each, where a few stand between two lines; else -1.
        apart: Whether blank lines set it off.
        stays: The odds that it stands at its place, torn from its line.
    """

    index: Sequence[int]
    texts: Sequence[tuple[Traced, ...]]
    kinds: Sequence[tuple[int, ...]]
    widths: Sequence[float]
    lone: Sequence[int]
    behind: Sequence[int]
    apart: Sequence[bool]
    stays: Sequence[float]
