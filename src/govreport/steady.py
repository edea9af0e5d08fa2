"""Whether one measure holds for all lines, as on most pages: told by bounds, and by few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import Final

from govreport.likelihood import BEST, CHANGE, MAXIMUM, SLIGHT, STAY, TOP, UNWRAPPED, table, told

__all__ = ["steady", "unrivalled"]

#: What it costs to change to another measure, rather than to stay.
_COST: Final = STAY - CHANGE


def steady(lines: Sequence[int], stretches: Sequence[Sequence[float]]) -> float | None:
    """The measure that is likeliest for all lines, if that is plain.

    A way through other measures leaves that one and comes back, but for where the lines begin and
    end. So only lines on which the most that any other gains adds up to two changes are doubtful, and
    only there the others are reckoned one by one.

    Args:
        lines: Their widths in half em; the complement (``~``) of it where a line is torn.
        stretches: The measures that each stretch of lines puts forward.

    >>> steady([38, 40, 39, 40, 12, 40, 40], [(0.0, 19.5, 20.0)])
    20.0
    """
    counts = Counter(lines)
    measure = max(set(stretches[0]).intersection(*stretches), key=lambda m: counts[round(2 * m)])
    others = set().union(*stretches) - {measure}
    if not others:
        return measure
    rows = _rows(counts, others)
    own = {line: told(measure, line) for line in counts}
    most = {line: max(row) - own[line] for line, row in rows.items()}
    if min(counts) < 0:  # parts that fit into every measure tell nothing
        silent = {line for line in counts if line < 0 and not own[line] and not any(rows[line])}
        lines = [line for line in lines if line not in silent]
    start, doubtful = 0, False
    bound = _COST  # how far the best of the others lies above a change, at most: at first as far
    for k, line in enumerate(lines):
        bound += most[line]
        if bound <= 0.0:
            if doubtful and not _holds(lines[start:k], own, rows, first=not start):
                return None
            bound, start, doubtful = 0.0, k + 1, False
        elif bound > 2 * _COST - SLIGHT:
            doubtful = True
    if (doubtful or bound > _COST - SLIGHT) and not _holds(
        lines[start:], own, rows, first=not start, last=True
    ):
        return None
    return measure


def _rows(lines: Collection[int], measures: Collection[float]) -> dict[int, Sequence[float]]:
    """The log-likelihoods of each line under some measures."""
    tables = list(zip(*map(table, measures), strict=True))
    return {
        line: tables[line] if 0 <= line <= TOP else [told(m, line) for m in measures]
        for line in lines
    }


def _holds(
    lines: Sequence[int],
    own: Mapping[int, float],
    rows: Mapping[int, Sequence[float]],
    *,
    first: bool,
    last: bool = False,
) -> bool:
    """Whether a measure holds for some lines, where the lines around do not speak for another.

    Args:
        lines: The lines.
        own: The log-likelihoods of each under the measure.
        rows: Those under the others.
        first: Whether they are a text's first.
        last: Whether they are its last.
    """
    floor = 0.0 if first else -_COST
    leads: Sequence[float] = [floor] * len(next(iter(rows.values())))
    top = floor
    for line in lines:
        less = own[line]
        leads = [
            lead + more - less if lead > floor else floor + more - less
            for lead, more in zip(leads, rows[line], strict=True)
        ]
        top = max(leads)
        if top > _COST - SLIGHT:
            return False
        floor = max(top, 0.0) - _COST
    return top < -SLIGHT or not last


def unrivalled(lines: Sequence[int]) -> bool:
    """Whether it is plain that no measure is likelier anywhere than none: told by bounds.

    Args:
        lines: Widths in half em.

    >>> unrivalled([260, 24, 480, 16, 154]), unrivalled([38, 40, 39, 40, 12])
    (True, False)
    """
    sums = list(accumulate(map(_at_most, lines), initial=0.0))
    total = sums[-1]
    low = list(accumulate(sums, min))
    change = _COST - SLIGHT
    # A measure that holds from the first line on, or to the last, costs one change; else two.
    return (
        total < 0.0
        and max(sums) < change
        and total - low[-1] < change
        and max(map(sub, sums, low)) < 2 * change
    )


@lru_cache(maxsize=1 << 12)
def _at_most(line: int) -> float:
    """The most that any measure gains on none with a line."""
    widest = round(2 * MAXIMUM)
    return (BEST if line <= widest else told(MAXIMUM, line)) - told(UNWRAPPED, line)
