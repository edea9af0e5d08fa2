"""How a page is set: what its own lines show of figures and of marks at line ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from itertools import compress, count
from math import inf
from operator import gt, ne
from typing import Final

from govreport.measure import known_or
from govreport.stacked import Stack
from govreport.typography import SQUEEZABLE

__all__ = ["HUNG", "as_set"]

_FIGURE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*[%％‰]?")
#: What figures take beyond half an em a digit, in em: the space between a figure and Chinese
#: (CLREQ: up to a quarter), a sign of per cent, a point.
_SPACE: Final = 0.25
_PERCENT: Final = 0.3
_POINT: Final = -0.2
#: The least signs of a habit, in lines and in em.
_LEAST: Final = 4
_TELLING: Final = 0.4
_NEAR: Final = 0.25
_INDENT: Final = 2.0
_CHINESE: Final = "\u2e80"


#: How far a mark may hang over the column's edge, in em.
HUNG: Final = 1.0


def as_set(
    texts: Sequence[str],
    widths: Sequence[float],
    measures: Sequence[float | None],
    patched: Mapping[int, tuple[int, ...]],
) -> tuple[Sequence[float], bool]:
    """The lines' widths as the page was set, and whether marks hang over the column's edge.

    Text tells neither how wide the digits of the font are nor what space is left beside figures;
    whether they are wider than half an em, and marks hang over the column's edge, full lines tell.

    Args:
        texts: The texts of the lines.
        widths: Their widths by the characters alone, in em.
        measures: The measure at each, in em.
        patched: Where blanks were closed up in lines whose widths may not be those of their signs.
    """
    beyond = _beyond(texts, widths, patched)
    wide = _with_figures(widths, measures, beyond)
    unhung = _unhung(texts, wide, measures, beyond)
    return unhung, unhung is not wide


def _with_figures(
    widths: Sequence[float], measures: Sequence[float | None], beyond: Mapping[int, float]
) -> Sequence[float]:
    """The widths with what figures take beyond half an em a digit, where full lines show it."""
    plain = wide = 0
    for k, more in beyond.items():
        column = measures[k]
        if column is not None and more >= _TELLING:
            left = column - widths[k]
            plain += _is_full(left)
            wide += _is_full(left - more)
    if wide < _LEAST or wide <= plain:
        return widths
    out = list(widths)
    for k, more in beyond.items():
        out[k] += more
    return out


def _is_full(left: float) -> bool:
    """Whether so much room, in em, is none: on a line, or on a paragraph's first."""
    return abs(left) <= _NEAR or abs(left - _INDENT) <= _NEAR


def _beyond(
    texts: Sequence[str], widths: Sequence[float], patched: Mapping[int, tuple[int, ...]]
) -> dict[int, float]:
    """What each line's figures would take beyond half an em a digit, in em."""
    # Signs that are one em wide each hold no figure, if nothing else was added to their width.
    narrow = compress(count(), map(ne, map(len, texts), widths))
    asked = sorted({*narrow, *patched})
    stack = Stack.of([texts[k] for k in asked])
    whole, starts = stack.whole + "\n", stack.starts
    out: dict[int, float] = {}
    n = k = first = below = 0
    closed: tuple[int, ...] = ()
    for match in _FIGURE.finditer(whole):
        start, end = match.span()
        if start >= below:
            n = bisect_right(starts, start, n) - 1
            k, first, below = asked[n], starts[n], starts[n + 1]
            closed = patched.get(k, ())
            out[k] = 0.0
        more = _PERCENT if whole[end - 1] in "%％‰" else 0.0
        if end - start > 2:
            more += _POINT * whole.count(".", start, end)
        if whole[start - 1] >= _CHINESE and start - first not in closed:
            more += _SPACE
        if whole[end] >= _CHINESE and end - first not in closed:
            more += _SPACE
        out[k] += more
    return out


def _unhung(
    texts: Sequence[str],
    widths: Sequence[float],
    measures: Sequence[float | None],
    figured: Container[int],
) -> Sequence[float]:
    """The widths without the marks that hang over the column's edge, where this is the habit."""
    columns = known_or(measures, inf)
    beyond = compress(count(), map(gt, widths, columns))
    over = {k: by for k in beyond if (by := widths[k] - columns[k]) > _NEAR}
    marked = {k for k in over if texts[k][-1] in SQUEEZABLE}
    told = [k for k, by in over.items() if k not in figured and by <= HUNG + _NEAR]
    hung = sum([k in marked for k in told])
    if hung < _LEAST or hung <= 4 * (len(told) - hung):
        return widths
    out = list(widths)
    for k in marked:
        out[k] = max(measures[k] or 0.0, out[k] - HUNG)
    return out
