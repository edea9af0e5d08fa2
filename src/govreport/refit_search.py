"""The cheapest way to set a run of torn fragments: where its lines end.

Every way must pay something at the run's ends and where paragraphs surely begin, and the cheapest mostly
pays little more: so ways that cost much more are not followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
from typing import Final, NamedTuple

from govreport.refit_costs import (
    ENDED,
    FLUSH,
    FORBIDDEN,
    HEADED,
    HEADING,
    OPEN,
    in_date,
    is_ended,
    is_marked,
    line_end,
    of_end,
    of_over,
    of_soft,
    soft_room,
)
from govreport.refit_filled import filled
from govreport.refit_runs import Beside, Run, begins_paragraph, closing_costs, opening_costs
from govreport.typography import SQUEEZABLE

__all__ = ["line_starts"]

#: How far beyond the measure a line is looked for, in em.
_REACH: Final = 4.0
#: What the cheapest way costs at most beyond what any must: one after the other is tried.
_MORE: Final = (2.5, 7.0, inf)


def line_starts(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
    """The numbers of the fragments inside a run that begin a line.

    Args:
        run: The run.
        before: The printed line before it.
        after: The printed line after it.
    """
    opening = opening_costs(run, before, run.unit(run.start, after.first if after else ""))
    found = filled(run, opening, after)
    if found is None:
        second = before is not None and not is_marked(before.first + before.last)
        found = _cheapest(_Search.of(run, after, opening, second=second))
    return found


class _End(NamedTuple):
    """What a line end in a run, or its own end, costs.

    Args:
        soft: A paragraph goes on there, besides what its line says.
        heading: A heading ends there, without a mark in it.
        hard: A paragraph ends there.
        unit: The width in em of the first unbreakable unit after it.
    """

    soft: float
    heading: float
    hard: float
    unit: float


class _Start(NamedTuple):
    """How a line may start: amid a paragraph, or with the indent.

    Args:
        cost: What the way up to it costs.
        room: The line's room in em.
        alone: What it costs at most that a single fragment is wider.
        headed: Whether it may be of a heading, if no mark is on it.
        begins: Whether the line end before it is hard.
    """

    cost: float
    room: float
    alone: float
    headed: bool
    begins: bool


def _cheapest(search: _Search) -> list[int]:
    """Where lines begin inside a run by the cheapest way."""
    ways = map(search.way, _MORE)
    return next(way for way in ways if way is not None)


class _Search(NamedTuple):
    """The search for the cheapest way.

    Each line end is soft or hard, and a line after a hard one has less room by the indent.

    Args:
        run: The run.
        after: The printed line after it.
        opening: What it costs that a paragraph goes on in the run, and that one begins there.
        second: Whether the first line may be a heading's second.
        due: What must be paid behind each fragment, and last behind the run.
        until: The width in em from each fragment up to the first that is no figure, and with it.
        ends: What line ends cost, as far as asked, by the numbers of the fragments after them.
    """

    run: Run
    after: Beside | None
    opening: tuple[float, float]
    second: bool
    due: Sequence[float]
    until: Sequence[float]
    ends: dict[int, _End]

    @classmethod
    def of(
        cls, run: Run, after: Beside | None, opening: tuple[float, float], *, second: bool
    ) -> _Search:
        """Prepare a search."""
        page = run.page
        sure, reach = min(closing_costs(run, after)), inf
        due, until = [0.0], [inf]
        for k in range(run.stop - 1, run.start - 1, -1):
            reach = page.widths[k] + (reach if k in page.figures else 0.0)
            until.append(reach)
            due.append(sure)
            if k in page.heads:
                sure += HEADED
            elif begins_paragraph(run, k):
                sure += ENDED
        return cls(run, after, opening, second, due[::-1], until[::-1], {})

    def way(self, more: float) -> list[int] | None:
        """Where lines begin by the cheapest way, if it costs so little more than any must."""
        ends, due, first, last = self.ends, self.due, self.run.start, self.run.stop
        most = min(self.opening) + due[0] + more
        soft, hard = {first: self.opening[0]}, {first: self.opening[1]}
        from_soft, from_hard = dict[int, tuple[int, bool]](), dict[int, tuple[int, bool]]()
        for at in range(first, last):
            if at not in soft and at not in hard:
                continue
            for start in self._starts(at, soft.get(at, inf), hard.get(at, inf)):
                for stop, room, paid, plain in self._lines(at, start, most):
                    limit = most - due[stop - first]
                    end = ends.get(stop) or self._end(stop)
                    ended = paid + (end.heading if plain else end.hard)
                    if ended <= limit and ended < hard.get(stop, inf):
                        hard[stop] = ended
                        from_hard[stop] = at, start.begins
                    goes_on = paid + end.soft + of_soft(room - end.unit)
                    if goes_on <= limit and goes_on < soft.get(stop, inf):
                        soft[stop] = goes_on
                        from_soft[stop] = at, start.begins
        if last not in soft and last not in hard:
            return None
        at, begins = last, hard.get(last, inf) < soft.get(last, inf)
        out: list[int] = []
        while at > first:
            at, begins = (from_hard if begins else from_soft)[at]
            out.append(at)
        return out[:-1]

    def _starts(self, at: int, soft: float, hard: float) -> Iterator[_Start]:
        """How a line may start before a fragment: after a soft, and after a hard line end."""
        run = self.run
        flush = hard + FLUSH < soft
        headed = flush or (self.second and at == run.start)
        yield _Start(hard + FLUSH if flush else soft, run.measure, 1.0, headed, flush)
        if hard < inf:
            yield _Start(hard, run.measure - run.page.indent, 1.0 + FLUSH, headed=True, begins=True)

    def _lines(
        self, at: int, start: _Start, most: float
    ) -> Iterator[tuple[int, float, float, bool]]:
        """The lines that may start there: where each stops, the room that it leaves in em.

        With what the way to its end costs, and whether it may be of a heading.
        """
        run, first = self.run, self.run.start
        texts, widths, heads, bounds = run.page.texts, run.page.widths, run.page.heads, run.bounds
        base, room, alone, plain, _ = start
        if base > most - self.due[at - first]:
            return
        lowest = room - run.measure - _REACH
        inside = 0.0
        for k in range(at, run.stop):
            room -= widths[k]
            if k > at:
                if room < lowest or k in bounds:
                    return
                if k in heads:
                    inside += FORBIDDEN
            plain = plain and not is_marked(texts[k])
            cost = base + inside
            if room < 0:
                over = of_over(-room, texts[k][-1] in SQUEEZABLE)
                cost += over if k > at else min(over, alone)
            left = most - self.due[k + 1 - first] - cost
            if left >= 0.0 and (
                room <= self.until[k + 1 - first] + soft_room(left)
                or self._may_end(k + 1, left, plain=plain)
            ):
                yield k + 1, room, cost, plain

    def _may_end(self, at: int, cost: float, *, plain: bool) -> bool:
        """Whether a line end before a fragment can be hard and cost no more than so much."""
        return (
            cost >= (HEADING if plain else OPEN)
            or at == self.run.stop
            or at in self.run.page.heads
            or is_ended(self.run.page.texts[at - 1])
        )

    def _end(self, at: int) -> _End:
        """What the line end before a fragment costs."""
        run, after = self.run, self.after
        text = run.page.texts[at - 1]
        soft, heading, hard = closing_costs(run, after) if at == run.stop else of_end(text)
        if at < run.stop and at not in run.bounds:
            rest, figures = run.page.texts[at], run.figured(at)
            end = line_end(text, rest, figures=figures)
            dated = in_date(text, rest, figures=figures) if True in figures else 0.0
            soft, heading, hard = soft + end, heading + end + dated, hard + end + dated
            if at in run.page.heads:
                soft, heading, hard = soft + FORBIDDEN, min(heading, HEADED), min(hard, HEADED)
        unit = run.unit(at, after.first if after else "")
        out = self.ends[at] = _End(soft, heading, hard, unit)
        return out
