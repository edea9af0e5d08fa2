"""The lattice of figures and lines: which figures stood on which line, with probabilities.

A state is the number of figure lines dealt with so far. Each line of text takes the next figure
line, or none; a figure line that no line takes stays where it is or is skipped. States far below
the best are dropped, and the rest keep to a band, so the way is linear in lines and figures.

The states' masses change in place, and each change that adds to a mass is an event: the events
read backwards give the posteriors. A line that changes nothing costs next to nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from math import exp
from typing import Final, NamedTuple

import attrs

from govreport.placing.evidence import LAST_STEP
from govreport.placing.figures import MORE, SEVERAL, Figures
from govreport.placing.lines import Lines
from govreport.placing.plan import Step, planned
from govreport.placing.slots import BEHIND, EARLY, EDGES, MOST_LINES, ratio, taken
from govreport.placing.weighing import Place

__all__ = ["Choice", "align"]

#: The odds of a figure line being skipped, and how many may be after one that is taken or stays.
_SKIP: Final = exp(-9.0)
_SKIPPED: Final = 2
#: Odds under which nothing happens, and the share of the best state under which one is dropped.
_DROP: Final = 1e-5
#: The share of the best state that an event must add to matter.
_FAINT: Final = 1e-5
#: The least odds of many figure lines being skipped: a mass must stay above 0.
_TINY: Final = 1e-200
#: Masses outside of these bounds are scaled.
_SMALL: Final = 1e-60
_GREAT: Final = 1e60
#: Steps after which they are scaled whatever they are.
_STRIDE: Final = 256
#: Steps after which states far below the best are dropped.
_SWEEP: Final = 8
#: Events that are packed together.
_PACK: Final = 4096
#: A choice less likely than this is not told.
_TOLD: Final = 1e-3


class Choice(NamedTuple):
    """One thing that may have happened to figure lines.

    Args:
        line: The line that took them; -1 where they stay.
        low: The first figure line.
        high: One past the last.
        probability: Its posterior.
        best: Whether it is on the best way.
    """

    line: int
    low: int
    high: int
    probability: float
    best: bool


_Event = tuple[int, int, int, int, float, float, int]
"""What happened: a line, or one of `_STAY`, `_LOST`, `_FORCED`, `_SCALED`; from a state to a state
and, with figure lines skipped, as far as a state; the weight; the mass of the first state; and the
number of the last event on the best way to it."""
_Packed = list["array[int] | array[float]"]
"""Events by columns."""
_Offer = tuple[int, int, float]
"""Figure lines that may be taken, or stay: the first, one past the last, and the odds."""
_STAY: Final = -1
_LOST: Final = -2
_FORCED: Final = -3
_SCALED: Final = -4
#: No event.
_NONE: Final = -1


def align(
    lines: Lines, places: Sequence[Place], shares: Sequence[float], figures: Figures
) -> list[Choice]:
    """What the lines took and which figures stay, with posteriors, in the order of the text.

    Args:
        lines: The lines.
        places: What those say that can have figures.
        shares: The probability of a figure on each line, as far as the line tells.
        figures: The figures.
    """
    ways = _walk(planned(lines, places, shares, figures), figures)
    return _choices(ways.events, ways.mass[-1], ways.last[-1], len(figures.index))


@attrs.frozen(slots=True)
class _Events:
    """All events, in order; where there are very many, all but the last are packed.

    Args:
        packed: So many together as `_PACK` says, a column for each part of an event.
        fresh: Those after them.
    """

    packed: list[_Packed] = attrs.field(factory=list)
    fresh: list[_Event] = attrs.field(factory=list)

    def pack(self) -> None:
        """Pack the last events, where they are enough."""
        while len(self.fresh) >= _PACK:
            columns = zip(*self.fresh[:_PACK], strict=True)
            self.packed.append([array(*column) for column in zip("iiiiddi", columns, strict=True)])
            del self.fresh[:_PACK]

    def unwound(self) -> Iterator[tuple[int, _Event]]:
        """The events from the last to the first, with their numbers; afterwards they are gone."""
        number = len(self.packed) * _PACK + len(self.fresh)
        while self.fresh or self.packed:
            some = self.fresh or list(zip(*self.packed.pop(), strict=True))
            while some:
                number -= 1
                yield number, some.pop()


# --- forward, with the best way -------------------------------------------------------------------


@attrs.define(slots=True)
class _Ways:
    """All ways so far; what they are changes in place.

    Args:
        figures: The figures.
        mass: The mass of all ways to each state.
        best: The weight of the best one.
        last: The number of the last event on that one.
        top: The highest state that has mass.
        bottom: The lowest.
        greatest: The greatest mass.
        events: What happened.
    """

    figures: Figures
    mass: list[float]
    best: list[float]
    last: list[int]
    top: int
    bottom: int = 0
    greatest: float = 1.0
    events: _Events = attrs.field(factory=_Events)


def _walk(plan: Iterable[Step], figures: Figures) -> _Ways:
    """All ways through a text."""
    count = len(figures.index)
    mass = [_SKIP**k if k <= MOST_LINES else 0.0 for k in range(count + 1)]
    ways = _Ways(figures, mass, mass.copy(), [_NONE] * (count + 1), min(MOST_LINES, count))
    for number, step in enumerate(plan, 1):
        place, at, low, high = step
        if not number % _SWEEP:
            _drop(ways)
            ways.events.pack()
        if place:
            if offers := _offers(ways, place, at, low, high):
                _add(ways, place.line, offers, high)
        elif low <= at < high and mass[at]:
            _add(ways, _STAY, [(at, at + 1, figures.stays[at])], high)
        if ways.bottom < low:
            _force(ways, low)
        if not _SMALL < ways.greatest < _GREAT or not number % _STRIDE:
            _scale(ways)
    return ways


def _drop(ways: _Ways) -> None:
    """The states far below the best dropped."""
    mass, bottom, top = ways.mass, ways.bottom, ways.top
    least = _DROP * ways.greatest
    for state, m in enumerate(mass[bottom : top + 1], bottom):
        if 0.0 < m <= least:
            ways.events.fresh.append((_LOST, state, state, state, 0.0, m, _NONE))
            mass[state] = ways.best[state] = 0.0
    while not mass[bottom]:
        bottom += 1
    while not mass[top]:
        top -= 1
    ways.bottom, ways.top = bottom, top


def _offers(ways: _Ways, place: Place, at: int, low: int, high: int) -> list[_Offer]:
    """The figures that a line may take, from the highest state to the lowest.

    Args:
        ways: All ways so far.
        place: The line.
        at: The number of figure lines before it.
        low: The lowest state that is possible.
        high: The highest that is considered.
    """
    line, slots, _, total, (width, inside, at_end, bare, _, _), most, glued = place
    figures, mass, last = ways.figures, ways.mass, slots[-1]
    widths, lone, behind = figures.widths, figures.lone, figures.behind
    faint = _FAINT * ways.greatest
    least = _DROP * ways.greatest
    if len(slots) == EDGES:
        least = max(least, faint / (most * BEHIND))
    out: list[_Offer] = []
    for state in range(min(ways.top, high - 1), max(ways.bottom, low) - 1, -1):
        m = mass[state]
        if m <= least:
            continue
        kind = lone[state]
        if kind == MORE or glued:
            for stop, weight in taken(place, figures, state, at, high):
                if weight > _DROP and m * weight > faint:
                    out.append((state, stop, weight))
            continue
        if kind == SEVERAL:
            weight = ratio(place, figures.kinds[state], widths[state])
        else:
            left = int(width - widths[state])
            if not 0 <= left <= LAST_STEP:
                left = 0 if left < 0 else LAST_STEP
            weight = (total[kind] * inside[left] + last[kind] * at_end[left]) / bare
        if behind[state] == line:
            weight *= BEHIND
        elif state < at:
            weight *= EARLY
        if weight > _DROP and m * weight > faint:
            out.append((state, state + 1, weight))
    return out


def _add(ways: _Ways, line: int, offers: Sequence[_Offer], high: int) -> None:
    """The ways on which some figures are taken or stay, and those with the next ones skipped after.

    Args:
        ways: All ways so far.
        line: The line, or `_STAY`.
        offers: What may happen, from the highest state to the lowest, so that none goes on from
            where another has just come to.
        high: The highest state that is considered.
    """
    mass, best, last, fresh = ways.mass, ways.best, ways.last, ways.events.fresh
    top, greatest = ways.top, ways.greatest
    first = len(ways.events.packed) * _PACK + len(fresh)
    for number, (state, stop, weight) in enumerate(offers, first):
        m = mass[state]
        gain, value, before = m * weight, best[state] * weight, last[state]
        faint = _FAINT * greatest
        end = stop
        while True:
            mass[end] = grown = mass[end] + gain
            if grown > greatest:  # noqa: PLR1730 - a call costs as much as all else here
                greatest = grown
            if value >= best[end]:
                best[end], last[end] = value, number
            gain *= _SKIP
            if gain <= faint or end == stop + _SKIPPED or end == high:
                break
            value *= _SKIP
            end += 1
        if end > top:  # noqa: PLR1730
            top = end
        fresh.append((line, state, stop, end, weight, m, before))
    ways.top, ways.greatest = top, greatest


def _force(ways: _Ways, low: int) -> None:
    """The figure lines up to a state skipped, since no line may take them any more."""
    mass, best, last = ways.mass, ways.best, ways.last
    for state in range(ways.bottom, min(low, ways.top + 1)):
        m = mass[state]
        if m:
            weight = max(_SKIP ** (low - state), _TINY)
            ways.events.fresh.append((_FORCED, state, low, low, weight, m, _NONE))
            mass[low] += m * weight
            if best[state] * weight >= best[low]:
                best[low], last[low] = best[state] * weight, last[state]
            mass[state] = best[state] = 0.0
    ways.bottom, ways.top = low, max(low, ways.top)
    ways.greatest = max(mass[low : ways.top + 1])


def _scale(ways: _Ways) -> None:
    """The masses scaled so that the greatest is one."""
    mass, best, bottom, top, greatest = ways.mass, ways.best, ways.bottom, ways.top, ways.greatest
    likely = max(best[bottom : top + 1]) or 1.0
    for state in range(bottom, top + 1):
        mass[state] /= greatest
        best[state] /= likely
    ways.events.fresh.append((_SCALED, bottom, top + 1, 0, greatest, 0.0, _NONE))
    ways.greatest = 1.0


# --- backward -------------------------------------------------------------------------------------


def _choices(events: _Events, whole: float, last: int, count: int) -> list[Choice]:
    """What may have happened to figures, in the order of the text, with posteriors.

    Args:
        events: All that may have.
        whole: The mass of all ways.
        last: The number of the last event on the best way.
        count: The number of figure lines.
    """
    behind = [0.0] * count + [1.0, 0.0, 0.0]
    out: list[Choice] = []
    for number, (line, start, stop, end, weight, m, before) in events.unwound():
        if line >= _STAY:
            after = behind[stop]
            if end > stop:
                after += _SKIP * behind[stop + 1]
                if end > stop + 1:
                    after += _SKIP * _SKIP * behind[end]
            after *= weight
            behind[start] += after
            share = m * after / whole
            if number == last:
                last = before
                out.append(Choice(line, start, stop, min(1.0, share), best=True))
            elif share > _TOLD:
                out.append(Choice(line, start, stop, min(1.0, share), best=False))
        elif line == _LOST:
            behind[start] = 0.0
        elif line == _FORCED:
            behind[start] = weight * behind[stop]
        else:
            behind[start:stop] = [value / weight for value in behind[start:stop]]
    return out[::-1]
