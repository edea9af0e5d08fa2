"""The measure: the column's width in em, as it changes through a text.

The text's own widths put measures forward, stretch by stretch; the likeliest way through them
(:mod:`govreport.likeliest`), or the one that plainly holds all along, gives each line its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, groupby
from operator import not_
from typing import Final

from govreport.likeliest import STRETCH, best_path
from govreport.likelihood import MAXIMUM, TWO_LINES, UNWRAPPED
from govreport.steady import steady, unrivalled

__all__ = [
    "MAXIMUM",
    "MINIMUM",
    "TWO_LINES",
    "known_or",
    "lent",
    "never_wrapped",
    "track",
    "unwrapped",
]

#: The narrowest column, in em.
MINIMUM: Final = 7.0

#: So many measures a stretch of lines may put forward.
_CANDIDATES: Final = 7

#: So far a line may reach over a measure and still be a line of it, in em.
_FITS: Final = 1.5
#: A line wider than this, in em, was never wrapped.
_SURELY_LONG: Final = MAXIMUM + 2


def track(widths: Sequence[float], *, known: Sequence[bool] | None = None) -> list[float | None]:
    """The measure at each line, in em; none where the text was never wrapped.

    Args:
        widths: The lines' widths in em, in reading order.
        known: Whether a line's width can be trusted (a torn line's cannot); all, if left out.

    >>> track([19, 20, 19.5, 20, 6, 18, 20, 20, 20, 3])[0]
    20.0
    >>> track([130, 12, 240, 8, 77])[0] is None
    True
    """
    steps = {width: round(2 * width) for width in set(widths)}
    lines = list(map(steps.__getitem__, widths))
    if known is not None:
        for k in compress(range(len(lines)), map(not_, known)):
            lines[k] = ~lines[k]
    stretches = [
        _candidates(lines[max(0, start - STRETCH // 2) : start + 3 * STRETCH // 2])
        for start in range(0, len(lines), STRETCH)
    ]
    if all(len(candidates) == 1 for candidates in stretches):
        return [None] * len(lines)
    measure = steady(lines, stretches)
    if measure is None:
        return _wrapped(best_path(lines, stretches), widths)
    return [measure or None] * len(lines)


def _wrapped(path: list[float], widths: Sequence[float]) -> list[float | None]:
    """A stretch without a measure whose lines all fit beside it takes its neighbour's."""
    out: list[float | None] = [m or None for m in path]
    for start, stop, beside in _open_stretches(out):
        if beside and max(widths[start:stop]) <= beside + _FITS:
            out[start:stop] = [beside] * (stop - start)
    return out


def _open_stretches(
    measures: Sequence[float | None],
) -> Iterator[tuple[int, int, float | None]]:
    """First and one past the last of each run of lines without a measure, and the one beside it.

    A run too long to go by its neighbours has none.
    """
    if None not in measures:
        return
    stop = 0
    for none, run in groupby(measures, key=lambda measure: measure is None):
        start, stop = stop, stop + sum(1 for _ in run)
        if none:
            near = (*measures[stop : stop + 1], *measures[max(0, start - 1) : start], None)
            yield start, stop, near[0] if stop - start < STRETCH else None


def known_or(measures: Sequence[float | None], none: float) -> list[float]:
    """Measures with a number where there is none.

    Args:
        measures: What :func:`track` gives.
        none: The number.

    >>> known_or([20.0, None], -1.0)
    [20.0, -1.0]
    """
    first = measures[0] if measures else None
    if measures.count(first) == len(measures):  # as on most pages
        return [none if first is None else first] * len(measures)
    return [none if column is None else column for column in measures]


def unwrapped(widths: Sequence[float], measures: Sequence[float | None]) -> list[bool]:
    """Whether each line stands in a stretch that was never wrapped.

    Such a stretch has no measure and a line wider than any column; without one nothing is known.

    Args:
        widths: The lines' widths in em.
        measures: What :func:`track` gives for them.
    """
    out = [False] * len(widths)
    for start, stop, _ in _open_stretches(measures):
        out[start:stop] = [max(widths[start:stop]) > _SURELY_LONG] * (stop - start)
    return out


def lent(
    widths: Sequence[float], measures: Sequence[float | None], free: Sequence[bool]
) -> list[float | None]:
    """The measures, where lines that were never wrapped stand amid such as were.

    A line of such a stretch that would fit into the column beside it may be one of that column:
    a list of long items, one a line, and a short paragraph under it.

    Args:
        widths: The lines' widths in em.
        measures: What :func:`track` gives for them.
        free: What :func:`unwrapped` gives for them.
    """
    out = list(measures)
    for start, stop, beside in _open_stretches(measures):
        if beside and free[start]:
            fits = [width <= beside + _FITS for width in widths[start:stop]]
            out[start:stop] = [beside if fit else None for fit in fits]
    return out


def never_wrapped(widths: Sequence[float]) -> bool:
    """Whether none of some lines was wrapped; the last one tells nothing by itself.

    Args:
        widths: The lines' widths in em.

    >>> never_wrapped([130, 12, 240, 8, 77]), never_wrapped([20, 20, 19.5, 20, 6])
    (True, False)
    """
    if len(widths) > 1 and unrivalled([round(2 * width) for width in widths]):
        return max(widths) > _SURELY_LONG
    return all(unwrapped(widths, track(widths))[:-1])


def _candidates(lines: Sequence[int]) -> tuple[float, ...]:
    """The measures that a stretch of lines puts forward: peaks of its widths."""
    low, high = 2 * MINIMUM, 2 * MAXIMUM
    counts = {step: count for step, count in Counter(lines).items() if low <= step <= high}
    peaks = []
    for step, count in counts.items():
        if count < 2:
            continue
        below = counts.get(step - 1, 0) + counts.get(step - 2, 0)
        if count >= counts.get(step + 1, 0) and count + below >= max(3, len(lines) // 100):
            peaks.append((2 * count + below, step))
    best = sorted(peaks, reverse=True)[:_CANDIDATES]
    return (UNWRAPPED, *sorted(step / 2 for _, step in best))
