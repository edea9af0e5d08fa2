"""By which measures the widths of lines are likeliest: the best way through a hidden chain.

The chain's states are the measures that each stretch of lines puts forward, and one for text that was
never wrapped; it changes state seldom.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from operator import le
from typing import Final, NamedTuple

from govreport.likelihood import CHANGE, NEAR, SLIGHT, STAY, TOP, UNWRAPPED, table, told

__all__ = ["STRETCH", "best_path"]

#: Lines that put measures forward together.
STRETCH: Final = 240


class _Run(NamedTuple):
    """A measure, the line from which on it holds, and what held before."""

    measure: float
    start: int
    before: _Run | None


def best_path(lines: Sequence[int], stretches: Sequence[tuple[float, ...]]) -> list[float]:
    """The measures by which the widths are likeliest.

    This is the Viterbi recursion, told by how far the other measures lie behind the best one. Most
    lie so far behind that their best past is the best measure's own, and a change; the others are
    its rivals, and only of them a line need be reckoned.

    Args:
        lines: Their widths in half em; the complement (``~``) of it where a line is torn.
        stretches: The measures that each stretch of lines puts forward.
    """
    best = _Run(UNWRAPPED, 0, None)
    rivals: dict[float, tuple[float, _Run]] = {}
    met: dict[tuple[float, tuple[float, ...]], _Gains] = {}
    for start, candidates in zip(range(0, len(lines), STRETCH), stretches, strict=True):
        best, rivals = _entered(best, rivals, candidates, lines[start], start)
        at, stop = start + 1, min(start + STRETCH, len(lines))
        while at < stop:
            key = best.measure, candidates
            gains = met.get(key) or met.setdefault(key, _Gains(*key))
            at, best, rivals = _followed(best, rivals, gains, lines, at=at, stop=stop)
    path: list[float] = []
    run: _Run | None = best
    while run is not None:
        path += [run.measure] * (len(lines) - len(path) - run.start)
        run = run.before
    path.reverse()
    return path


def _floors(best: float, candidates: Sequence[float]) -> dict[float, float]:
    """How far behind the best measure each other one would start after a change from it."""
    base = CHANGE - STAY
    return {
        m: base + NEAR if best and m and abs(m - best) <= 2.5 else base
        for m in candidates
        if m != best
    }


def _entered(
    best: _Run,
    rivals: dict[float, tuple[float, _Run]],
    candidates: Sequence[float],
    line: int,
    at: int,
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best measure and its rivals after the first line of a stretch with other candidates."""
    before = best if at else None
    field: dict[float, tuple[float, _Run]] = {}
    if at and best.measure in candidates:
        field[best.measure] = (told(best.measure, line), best)
    for m, floor in _floors(best.measure if at else inf, candidates).items():
        lead, run = rivals.get(m, (-inf, best))
        if lead <= floor:
            lead, run = floor, _Run(m, at, before)
        field[m] = (lead + told(m, line), run)
    return _ranked(field, candidates)


def _ranked(
    field: dict[float, tuple[float, _Run]], candidates: Sequence[float]
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best of a field, and the others behind it."""
    first = max([m for m in candidates if m in field], key=lambda m: field[m][0])
    top, best = field.pop(first)
    return best, {m: (score - top, run) for m, (score, run) in field.items()}


def _followed(
    best: _Run,
    rivals: dict[float, tuple[float, _Run]],
    gains: _Gains,
    lines: Sequence[int],
    *,
    at: int,
    stop: int,
) -> tuple[int, _Run, dict[float, tuple[float, _Run]]]:
    """Follow a race until another measure comes out best or the stretch of lines ends.

    Returns the place after the last line reckoned, and the best measure and its rivals there.
    """
    floors, rows = gains.floors, gains.rows
    if not floors:  # no other measure
        return stop, best, {}
    lowest = min(floors)
    leads = [rivals[m][0] for m in gains.others]
    before: list[list[float]] = []  # how they lay before each line from the first one on
    first = k = asked = at
    while k < stop:
        if k >= asked and all(map(le, leads, floors)):
            k, asked = gains.doubtful(lines, k, stop)
            first, before = k, []
        top = inf
        while k < stop and (top > lowest or k < asked):
            before.append(leads)
            row = rows.get(lines[k])
            if row is None:
                row = gains.by(lines[k])
            k += 1
            if not row:
                continue  # it tells nothing
            leads = [
                lead + more if lead > floor else floor + more
                for lead, floor, more in zip(leads, floors, row, strict=True)
            ]
            top = max(leads)
            if top > 0.0:
                return k, *_outcome(best, rivals, gains, leads, (first, before))
    return k, *_outcome(best, rivals, gains, leads, (first, before))


def _outcome(
    best: _Run,
    rivals: dict[float, tuple[float, _Run]],
    gains: _Gains,
    leads: Sequence[float],
    before: tuple[int, Sequence[Sequence[float]]],
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best measure of a race and its rivals, each with its past.

    Args:
        best: The best one so far.
        rivals: Its rivals when the race began.
        gains: What they gain on it.
        leads: How they lie now.
        before: The first of the last lines, and how they lay before each of them; a change to a
            measure was its best past where it lay no higher than its floor.
    """
    start, lays = before
    field: dict[float, tuple[float, _Run]] = {best.measure: (0.0, best)}
    for n, (m, floor) in enumerate(zip(gains.others, gains.floors, strict=True)):
        k = len(lays) - 1
        while k >= 0 and lays[k][n] > floor:
            k -= 1
        field[m] = leads[n], _Run(m, start + k, best) if k >= 0 else rivals[m][1]
    return _ranked(field, gains.candidates)


class _Gains:
    """What measures gain on the best one, line by line.

    The sum of the most that any of them gains, since all last lay as far behind as a change, bounds
    each one's lead; so where it stays low no measure need be reckoned by itself.

    Args:
        best: The best measure.
        candidates: All measures.
    """

    def __init__(self, best: float, candidates: tuple[float, ...]) -> None:
        floors = _floors(best, candidates)
        self.candidates = candidates
        #: The other measures, and how far behind the best one each would start after a change.
        self.others, self.floors = tuple(floors), tuple(floors.values())
        self._best = best
        self._own, self._tables = table(best), [table(m) for m in floors]
        #: So large a sum of gains would bring one of them near the best.
        self._near = -max(self.floors, default=-inf) - SLIGHT
        #: What each of the others gains with a line, as far as asked; nothing where none tells of it.
        self.rows: dict[int, Sequence[float]] = {}
        self._most: dict[int, float] = {}

    def by(self, line: int) -> Sequence[float]:
        """What each of the others gains with a line; nothing at all with parts that fit all."""
        row = self.rows.get(line)
        if row is None:
            if 0 <= line <= TOP:
                own = self._own[line]
                row = [table[line] - own for table in self._tables]
            else:
                own = told(self._best, line)
                row = [told(m, line) - own for m in self.others]
                row = row if any(row) else ()
            self.rows[line] = row
        return row

    def doubtful(self, lines: Sequence[int], start: int, stop: int) -> tuple[int, int]:
        """The first stretch from a line on where one might come near, or how the lines end.

        All others lie as far behind as a change before the line, and before the stretch.
        """
        most, near = self._most, self._near
        part = lines[start:stop]
        for line in set(part).difference(most):
            most[line] = max(self.by(line), default=0.0)
        bound = 0.0
        for k, more in enumerate(map(most.__getitem__, part), start):
            bound = more + bound if bound > 0.0 else more
            if bound < -SLIGHT:
                start = k + 1
            elif bound > near:
                return start, k + 1
        return min(start, stop - 1), stop
