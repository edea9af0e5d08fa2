"""How figures go with the places of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import exp
from operator import mul
from typing import Final

from govreport.placing.evidence import TOP
from govreport.placing.figures import Figures
from govreport.placing.lines import Lines
from govreport.placing.weighing import Place

__all__ = ["BEHIND", "EARLY", "EDGES", "MOST_LINES", "arrange", "ratio", "spread", "taken", "torn"]

#: A figure that stands before its line.
EARLY: Final = exp(-2.5)
#: A figure that stands right behind its line, though others stand further on.
BEHIND: Final = exp(3.0)
#: One more figure line on a printed line, where figure lines stand apart from each other or
#: printed lines are glued; and how many there may be.
_MORE: Final = exp(-1.0)
MOST_LINES: Final = 5
#: The start and the end of a line.
EDGES: Final = 2


def taken(
    place: Place, figures: Figures, state: int, at: int, high: int
) -> Iterator[tuple[int, float]]:
    """How many figure lines a line may take from a state on: one past the last, and the weight.

    Args:
        place: The line.
        figures: The figures.
        state: The first figure line.
        at: The number of figure lines before the line.
        high: The highest state that is considered.
    """
    kind = figures.kinds[state]
    most = len(place.slots)
    if len(kind) > most:
        return
    size = figures.widths[state]
    cost = BEHIND if figures.behind[state] == place.line else EARLY if state < at else 1.0
    yield state + 1, cost * ratio(place, kind, size)
    for j in range(state + 1, min(state + MOST_LINES, high)):
        kind += figures.kinds[j]
        if not (place.glued or figures.apart[j]) or len(kind) > most:
            return
        size += figures.widths[j]
        cost *= _MORE * EARLY if j < at else _MORE
        yield j + 1, cost * ratio(place, kind, size)


def ratio(place: Place, kind: Sequence[int], size: float) -> float:
    """The odds of figures, and no others, having stood on a line, against none.

    Args:
        place: The line.
        kind: The figures' kinds.
        size: Their width in em.
    """
    count = len(kind)
    if count > len(place.slots):
        return 0.0
    inside, at_end = place.room.odds(size)
    *before, end = place.slots
    ways = [1.0] + [0.0] * count
    for odds in before:
        for j in range(count - 1, -1, -1):
            if ways[j]:
                ways[j + 1] += ways[j] * odds[kind[j]]
    return ways[count] * inside + ways[count - 1] * end[kind[-1]] * at_end


def arrange(
    place: Place, kind: Sequence[int], size: float, without: int | None = None
) -> tuple[Sequence[int], Sequence[float]]:
    """The best slots for the figures of a line, and each figure's probability there.

    Args:
        place: The line.
        kind: Its figures' kinds.
        size: Their width in em.
        without: A slot that another line's figure has taken.
    """
    if len(kind) == 1:
        odds = _row(place, kind[0], size)
        if without is not None and sum(odds) > odds[without]:
            odds[without] = 0.0
        top = max(odds)
        return (odds.index(top),), (top / sum(odds),)
    table = _table(place, kind, size)
    ways = _sums(table)
    if without is not None:
        rest = [[*odds[:without], 0.0, *odds[without + 1 :]] for odds in table]
        if (fewer := _sums(rest))[-1][-1]:
            table, ways = rest, fewer
    best = _best(table)
    whole = ways[-1][-1]
    shares = [
        before[slot] * odds[slot] * after[slot + 1] / whole
        for before, odds, after, slot in zip(ways, table, _sums_behind(table), best, strict=False)
    ]
    return best, shares


def spread(place: Place, kind: Sequence[int], size: float) -> list[list[float]]:
    """The probabilities of the figures of a line by slot.

    Args:
        place: The line.
        kind: Its figures' kinds.
        size: Their width in em.
    """
    if len(kind) == 1:
        row = _row(place, kind[0], size)
        whole = sum(row)
        return [[odds / whole for odds in row]]
    table = _table(place, kind, size)
    ways = _sums(table)
    whole = ways[-1][-1]
    return [
        [
            one * odd * other / whole
            for one, odd, other in zip(before, odds, after[1:], strict=False)
        ]
        for before, odds, after in zip(ways, table, _sums_behind(table), strict=False)
    ]


def _row(place: Place, kind: int, size: float) -> list[float]:
    """The odds of the last figure of a line at each slot, as the width of all lets them."""
    inside, at_end = place.room.odds(size)
    row = [odds[kind] for odds in place.slots]
    row[-1] *= at_end / inside
    return row


def _table(place: Place, kind: Sequence[int], size: float) -> list[list[float]]:
    """The odds of each figure of a line at each slot."""
    slots = place.slots
    return [*[[odds[each] for odds in slots] for each in kind[:-1]], _row(place, kind[-1], size)]


def _sums(table: Sequence[Sequence[float]]) -> list[list[float]]:
    """The odds of all ways to set the first so many figures, in order, before each slot."""
    ways = [[1.0] * (len(table[0]) + 1)]
    for odds in table:
        ways.append(list(accumulate(map(mul, ways[-1], odds), initial=0.0)))
    return ways


def _sums_behind(table: Sequence[Sequence[float]]) -> list[list[float]]:
    """The same of the figures after the first so many (and that one), from each slot on."""
    ways = _sums([odds[::-1] for odds in table[:0:-1]])
    return [way[::-1] for way in ways[::-1]]


def _best(table: Sequence[Sequence[float]]) -> list[int]:
    """The likeliest way to set figures into slots, in order."""
    ways = [1.0] * len(table[0])
    last: list[list[int]] = []
    for row in table:
        top, slot = 0.0, 0
        tops, slots = [0.0], [0]
        for k, odds in enumerate(map(mul, ways, row)):
            if odds > top:
                top, slot = odds, k
            tops.append(top)
            slots.append(slot)
        ways = tops
        last.append(slots)
    out: list[int] = []
    end = -1
    for slots in reversed(last):
        end = slots[end]
        out.append(end)
    return out[::-1]


def torn(
    lines: Lines, before: int | None, after: int | None, size: float, visible: float
) -> float | None:
    """What figures between two lines say for being torn from one of them.

    Args:
        lines: All lines.
        before: The line before the figures.
        after: The line after them.
        size: Their width in em.
        visible: What a blank speaks for a figure.
    """
    if before is not None:
        _, inner = lines.inner(before, visible)
        if any(odds[TOP] > 1 for odds in inner):
            return -2.0
    for k, weight in ((before, 3.0), (after, 1.0)):
        if k is not None:
            slack = lines.slack(k)
            if slack is None:
                return -3.0 if lines.glued(k) else 0.0
            if slack > size - 0.3:
                return weight
    return None
