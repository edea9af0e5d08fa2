"""How figures go with the places of a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import exp, prod
from typing import Final

from govreport.placing.evidence import TOP
from govreport.placing.figures import Figures
from govreport.placing.lines import Lines
from govreport.placing.weighing import Place

__all__ = ["BEHIND", "EARLY", "MOST_LINES", "arrange", "taken", "torn"]

#: A figure that stands before its line.
EARLY: Final = exp(-2.5)
#: A figure that stands right behind its line, though others stand further on.
BEHIND: Final = exp(3.0)
#: One more figure line on a printed line, where figure lines stand apart from each other or
#: printed lines are glued; and how many there may be.
_MORE: Final = exp(-1.0)
MOST_LINES: Final = 5
#: The start and the end of a line.
_EDGES: Final = 2


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
    most = len(place.inner) + _EDGES
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
    inside, at_end = place.room(size)
    if not place.inner and count > 1:
        return place.start[kind[0]] * place.end[kind[1]] * at_end if count == _EDGES else 0.0
    ways = [1.0] + [0.0] * count
    for odds in (place.start, *[odds for _, _, odds in place.inner]):
        for j in range(count - 1, -1, -1):
            if ways[j]:
                ways[j + 1] += ways[j] * odds[kind[j]]
    return ways[count] * inside + ways[count - 1] * place.end[kind[-1]] * at_end


def arrange(
    place: Place, kind: Sequence[int], size: float, without: int | None = None
) -> tuple[tuple[int, ...], list[dict[int, float]]]:
    """The best slots for the figures of a line, and each figure's probabilities by slot.

    Args:
        place: The line.
        kind: Its figures' kinds.
        size: Their width in em.
        without: A slot that another line's figure has taken.
    """
    inside, at_end = place.room(size)
    slots = (place.start, *[odds for _, _, odds in place.inner], place.end)
    table = [[odds[each] for odds in slots] for each in kind]
    table[-1][-1] *= at_end / inside
    if len(table) == 1:
        return _arrange_one(table[0], without)
    ways = _ways(table, [slot for slot in range(len(slots)) if slot != without])
    if not sum(ways.values()):
        ways = _ways(table, range(len(slots)))
    whole = sum(ways.values())
    shares: list[dict[int, float]] = [{} for _ in kind]
    for way, weight in ways.items():
        for share, slot in zip(shares, way, strict=True):
            share[slot] = share.get(slot, 0.0) + weight / whole
    return max(ways, key=ways.__getitem__), shares


def _arrange_one(
    odds: Sequence[float], without: int | None
) -> tuple[tuple[int, ...], list[dict[int, float]]]:
    """The same for a single figure, as most are, by its odds at each slot."""
    open_ = {slot: each for slot, each in enumerate(odds) if slot != without}
    whole = sum(open_.values())
    if not whole:
        open_, whole = dict(enumerate(odds)), sum(odds)
    best = max(open_, key=open_.__getitem__)
    return (best,), [{slot: each / whole for slot, each in open_.items()}]


def _ways(table: Sequence[Sequence[float]], open_: Sequence[int]) -> dict[tuple[int, ...], float]:
    """The ways to set figures into some of a line's slots, in order, with their odds."""
    return {
        way: prod([row[s] for row, s in zip(table, way, strict=True)])
        for way in combinations(open_, len(table))
    }


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
        inner = lines.inner(before, visible)
        if any(odds[TOP] > 1 for _, _, odds in inner):
            return -2.0
    for k, weight in ((before, 3.0), (after, 1.0)):
        if k is not None:
            slack = lines.slack(k)
            if slack is None:
                return -3.0 if lines.glued(k) else 0.0
            if slack > size - 0.3:
                return weight
    return None
