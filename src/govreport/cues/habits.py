"""How a page is set: what its own lines show of figures and of marks at line ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Mapping, Sequence
from typing import Final

from govreport.printed import PrintedLine
from govreport.stacked import Stack
from govreport.typography import SQUEEZABLE

__all__ = ["HUNG", "as_set"]

_FIGURE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*[%％‰]?")
#: How figures may be set: what a digit, a sign of per cent and a point take beyond half an em, and
#: the space between a figure and Chinese (CLREQ: 1/8 to 1/4 em), in em. The digits of Chinese fonts
#: are half an em wide, those of fonts with Latin of their own a little wider.
_SETTINGS: Final = ((0.0, 0.3, -0.2, 0.25),)
#: The least signs of a habit, in lines and in em.
_LEAST: Final = 4
_TELLING: Final = 0.4
_NEAR: Final = 0.25
_INDENT: Final = 2.0
_CHINESE: Final = "\u2e80"


#: How far a mark may hang over the column's edge, in em.
HUNG: Final = 1.0


def as_set(
    lines: Sequence[PrintedLine], widths: Sequence[float], measures: Sequence[float | None]
) -> tuple[Sequence[float], bool]:
    """The lines' widths as the page was set, and whether marks hang over the column's edge.

    Text tells neither how wide the digits of the font are nor what space is left beside figures;
    whether they are wider than half an em, and marks hang over the column's edge, full lines tell.

    Args:
        lines: The printed lines.
        widths: Their widths by the characters alone, in em.
        measures: The measure at each, in em.
    """
    beyond = _beyond(lines)
    wide = _with_figures(widths, measures, beyond)
    unhung = _unhung(lines, wide, measures, beyond)
    return unhung, unhung is not wide


def _with_figures(
    widths: Sequence[float],
    measures: Sequence[float | None],
    beyond: Mapping[int, Sequence[float]],
) -> Sequence[float]:
    """The widths with what figures take beyond half an em a digit, where full lines show it."""
    plain, votes = 0, [0] * len(_SETTINGS)
    for k, mores in beyond.items():
        column = measures[k]
        if column is None or max(mores) < _TELLING:
            continue
        left = column - widths[k]
        plain += _is_full(left)
        for n, more in enumerate(mores):
            votes[n] += _is_full(left - more)
    most = max(votes)
    if most < _LEAST or most <= plain:
        return widths
    out, chosen = list(widths), votes.index(most)
    for k, mores in beyond.items():
        out[k] += mores[chosen]
    return out


def _is_full(left: float) -> bool:
    """Whether so much room, in em, is none: on a line, or on a paragraph's first."""
    return abs(left) <= _NEAR or abs(left - _INDENT) <= _NEAR


def _beyond(lines: Sequence[PrintedLine]) -> dict[int, list[float]]:
    """What each line's figures would take beyond half an em a digit, in em, by each setting."""
    stack = Stack.of([line.text.text for line in lines])
    whole, starts = stack.whole, stack.starts
    out: dict[int, list[float]] = {}
    for match in _FIGURE.finditer(whole):
        start, end = match.span()
        k = bisect_right(starts, start) - 1
        figure = match.group()
        percents, points = int(figure[-1] in "%％‰"), figure.count(".")
        digits, spaces = end - start - points - percents, 0
        closed = lines[k].closed
        for at, beside in ((start, whole[start - 1 : start]), (end, whole[end : end + 1])):
            if beside >= _CHINESE and not (closed and at - starts[k] in closed):
                spaces += 1
        mores = out.setdefault(k, [0.0] * len(_SETTINGS))
        for n, (digit, percent, point, space) in enumerate(_SETTINGS):
            mores[n] += digits * digit + percents * percent + points * point + spaces * space
    return out


def _unhung(
    lines: Sequence[PrintedLine],
    widths: Sequence[float],
    measures: Sequence[float | None],
    figured: Container[int],
) -> Sequence[float]:
    """The widths without the marks that hang over the column's edge, where this is the habit."""
    over: list[int] = []
    hung = bare = 0
    for k, (width, column) in enumerate(zip(widths, measures, strict=True)):
        if column is not None and width - column > _NEAR:
            marked = lines[k].text.text[-1] in SQUEEZABLE
            if marked:
                over.append(k)
            if k not in figured and width - column <= HUNG + _NEAR:
                hung += marked
                bare += not marked
    if hung < _LEAST or hung <= 4 * bare:
        return widths
    out = list(widths)
    for k in over:
        out[k] = max(measures[k] or 0.0, out[k] - HUNG)
    return out
