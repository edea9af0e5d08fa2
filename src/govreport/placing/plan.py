"""In which order the lattice looks at lines and figures, and how far it looks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from govreport.placing.figures import Figures
from govreport.placing.lines import Lines
from govreport.placing.weighing import Place

__all__ = ["Step", "planned"]

#: So many more figure lines, or fewer, than a line expects before it may be dealt with.
_BAND: Final = 24
#: Odds under which no figure stays at its place.
_LEAST: Final = 1e-7

Step = tuple[Place | None, int, int, int]
"""A line that may take figures and the number of figure lines before it, or none and a figure line
that may stay; the lowest state that is possible there, and the highest that is considered."""


def planned(
    lines: Lines, places: Sequence[Place], shares: Sequence[float], figures: Figures
) -> Iterator[Step]:
    """The steps through a text.

    Args:
        lines: The lines.
        places: What those say that can have figures.
        shares: The probability of a figure on each line, as far as the line tells.
        figures: The figures.
    """
    return _steps(_expected(lines.index, places, shares, figures.index), lines.index, figures)


def _steps(
    expected: Iterable[tuple[Place, int]], numbers: Sequence[int], figures: Figures
) -> Iterator[Step]:
    """The steps in the order of the source.

    Args:
        expected: The lines that may take figures, with the number of figure lines expected before.
        numbers: The fragments of the lines.
        figures: The figures.
    """
    index, stays = figures.index, figures.stays
    count = len(index)
    low = at = 0
    for place, middle in expected:
        number = numbers[place.line]
        while at < count and index[at] < number:
            low = _lowest(index, low, at, index[at])
            if stays[at] > _LEAST:
                yield None, at, low, count
            at += 1
        if low < at:
            low = _lowest(index, low, at, number)
        if low == count:  # no figure is left for this line, nor for those after it
            break
        yield place, at, max(low, middle - _BAND), min(count, middle + _BAND)
    for j in range(at, count):
        low = _lowest(index, low, j, index[j])
        if stays[j] > _LEAST:
            yield None, j, low, count
    yield None, -1, count, count


def _lowest(index: Sequence[int], low: int, at: int, number: int) -> int:
    """The first figure line that may stand before its line, and before a fragment: only just."""
    while low < at and number - index[low] > at - low:
        low += 1
    return low


def _expected(
    numbers: Sequence[int], places: Sequence[Place], shares: Sequence[float], index: Sequence[int]
) -> Iterator[tuple[Place, int]]:
    """The lines that may take figures, with the number of figure lines expected before each.

    Args:
        numbers: The fragments of the lines.
        places: The lines that may take figures.
        shares: The probability of a figure on each line.
        index: The fragments of the figures.
    """
    sums = [0.0, *accumulate(shares)]
    lines = [place.line for place in places]
    start = first = at = 0
    while at < len(index):
        stop = bisect_left(numbers, index[at])
        if stop == len(numbers):
            break
        at = bisect_left(index, numbers[stop])
        # a stray fragment among the figures ends no run
        if sums[stop] - sums[first] <= 1.5 * (at - start) + 8:
            some = places[bisect_left(lines, first) : bisect_left(lines, stop)]
            yield from _spread(some, sums, (start, at), (sums[first], sums[stop]))
            start, first = at, stop
    rest = places[bisect_left(lines, first) :]
    yield from _spread(rest, sums, (start, len(index)), (sums[first], sums[-1]))


def _spread(
    places: Sequence[Place],
    sums: Sequence[float],
    counts: tuple[int, int],
    expected: tuple[float, float],
) -> Iterator[tuple[Place, int]]:
    """Some lines with the number of figure lines that each expects before it.

    Args:
        places: The lines.
        sums: The figures expected before each line of a text.
        counts: The number of figure lines before the first, and before the end.
        expected: The figures expected before the first, and before the end.
    """
    (low, high), (before, after) = counts, expected
    rate = (high - low) / ((after - before) or 1.0)
    for place in places:
        yield place, low + round(rate * (sums[place.line] - before))
