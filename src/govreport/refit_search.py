"""The cheapest way to set a run of torn fragments: where its lines end.

Most runs lie inside a paragraph, and each of their lines can be as full as the next unit allows:
then nothing need be weighed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from math import inf
from typing import Final, NamedTuple

from govreport.refit_costs import (
    FLUSH,
    FORBIDDEN,
    HEADED,
    in_date,
    is_ended,
    is_marked,
    line_end,
    of_end,
    of_opening,
    of_over,
    of_soft,
)
from govreport.typography import SQUEEZABLE, first_unit_width

__all__ = ["LOST_WIDTH", "Beside", "Fragments", "Run", "line_starts"]

#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0
#: How far beyond the measure a line is looked for, in em.
_REACH: Final = 4.0
#: So many signs an unbreakable unit may go on for after a figure.
_UNIT: Final = 16
#: What a way costs at most where most runs find theirs.
_CHEAP: Final = 6.0


class Beside(NamedTuple):
    """A printed line beside a run: its first and its last fragment, its width in em."""

    first: str
    last: str
    width: float


class Fragments(NamedTuple):
    """A page's fragments as the search asks for them.

    Args:
        texts: Their texts.
        widths: Their widths in em, each with that of a figure lost before it.
        figures: The numbers of figures, and of the signs between two.
        heads: The numbers of those that begin a line as headings do.
        indent: What a paragraph's first line is indented by, in em.
    """

    texts: Sequence[str]
    widths: Sequence[float]
    figures: set[int]
    heads: set[int]
    indent: float


class Run(NamedTuple):
    """Fragments that may belong together.

    Args:
        page: The page's fragments.
        start: The number of the first.
        stop: One past the number of the last.
        measure: The column's width in em.
        bounds: The numbers of those that surely begin a line, beside the first.
    """

    page: Fragments
    start: int
    stop: int
    measure: float
    bounds: Container[int] = ()

    def unit(self, at: int, after: str) -> float:
        """The width in em of the first unbreakable unit from a fragment on.

        Args:
            at: The fragment's number; one past the last stands for what follows the run.
            after: What follows the run.
        """
        if at == self.stop:
            return first_unit_width(after)
        texts, figures = self.page.texts, self.page.figures
        if at not in figures:
            return first_unit_width(texts[at])
        rest = ""
        for k in range(at + 1, self.stop):
            rest += texts[k]
            if k not in figures or len(rest) >= _UNIT:
                break
        else:
            rest += after
        return first_unit_width(texts[at] + rest[:_UNIT])

    def figured(self, at: int) -> tuple[bool, bool]:
        """Whether the fragments before and after a place are figures."""
        figures = self.page.figures
        return at - 1 in figures, at in figures


def line_starts(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
    """The numbers of the fragments inside a run that begin a line.

    Args:
        run: The run.
        before: The printed line before it.
        after: The printed line after it.
    """
    found = _filled(run, before, after)
    if found is None:
        found = _cheapest(run, before, after)
    return found


def _filled(run: Run, before: Beside | None, after: Beside | None) -> list[int] | None:
    """Where lines begin if all are as full as can be, amid a paragraph; none where some are not.

    This way costs nothing beyond that the paragraph goes on in the run, and all others more.
    """
    following = after.first if after else ""
    soft, hard = _opening(run, before, run.unit(run.start, following))
    if soft >= hard:
        return None
    came = {run.start: run.start}
    for start in range(run.start, run.stop):
        if start in came:
            for stop, room in _full(run, start):
                if stop not in came and _goes_on(run, stop) and room <= run.unit(stop, following):
                    came[stop] = start
    if run.stop not in came:
        return None
    out: list[int] = []
    at = came[run.stop]
    while at != run.start:
        out.append(at)
        at = came[at]
    return out


def _full(run: Run, start: int) -> list[tuple[int, float]]:
    """Where a line from a fragment on may stop and be full, and the room in em that it leaves.

    Before a fragment that is no figure it does not, if all of that would have fitted.
    """
    page, room = run.page, run.measure
    out: list[tuple[int, float]] = []
    for at in range(start, run.stop):
        if at > start and (at in run.bounds or at in page.heads):
            break
        room -= page.widths[at]
        if room < 0:
            break
        if room > 0 and at not in page.figures:
            out.clear()
        out.append((at + 1, room))
    return out


def _goes_on(run: Run, stop: int) -> bool:
    """Whether a line end before a fragment speaks for nothing but a paragraph that goes on there."""
    texts = run.page.texts
    if is_ended(texts[stop - 1]) or stop in run.page.heads:
        return False
    if stop == run.stop or stop in run.bounds:
        return True
    return not line_end(texts[stop - 1], texts[stop], figures=run.figured(stop))


class _End(NamedTuple):
    """What a line end in a run, or its own end, costs.

    Args:
        soft: A paragraph goes on there, besides what its line says.
        heading: A heading ends there, without a mark in it.
        hard: A paragraph ends there.
        unit: The width in em of the first unbreakable unit after it.
        squeezable: Whether the line's last mark may lose its blank half.
    """

    soft: float
    heading: float
    hard: float
    unit: float
    squeezable: bool


def _opening(run: Run, before: Beside | None, unit: float) -> tuple[float, float]:
    """What it costs that the paragraph before the run goes on in it, and that it ended there."""
    if before is None:
        return FORBIDDEN, 0.0
    soft, heading, hard = of_end(before.last)
    soft += of_soft(run.measure - before.width - unit)
    hard = hard if is_marked(before.first + before.last) else heading
    opens = of_opening(run.page.texts[run.start])
    return soft + opens, max(hard - opens, 0.0)


def _closing(run: Run, after: Beside) -> float:
    """What it costs more that a paragraph ends with the run, before a line that may be too full."""
    return FLUSH if after.width > run.measure - run.page.indent + 0.5 else 0.0


def _cheapest(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
    """Where lines begin inside a run by the cheapest way."""
    unit = run.unit(run.start, after.first if after else "")
    search = _Search(
        run=run,
        after=after,
        opening=_opening(run, before, unit),
        second=before is not None and not is_marked(before.first + before.last),
        marked=[is_marked(text) for text in run.page.texts[run.start : run.stop]],
        ends={},
    )
    found = search.way(_CHEAP)
    if found is None:
        found = search.way(inf)
    assert found is not None
    return found


class _Search(NamedTuple):
    """The search for the cheapest way.

    Each line end is soft or hard, and a line after a hard one has less room by the indent.

    Args:
        run: The run.
        after: The printed line after it.
        opening: What it costs that a paragraph goes on in the run, and that one begins there.
        second: Whether the first line may be a heading's second.
        marked: Which of its fragments hold a mark.
        ends: What line ends cost, as far as asked, by how many fragments are before them.
    """

    run: Run
    after: Beside | None
    opening: tuple[float, float]
    second: bool
    marked: Sequence[bool]
    ends: dict[int, _End]

    def way(self, most: float) -> list[int] | None:
        """Where lines begin by the cheapest way, if it costs no more than so much."""
        ends, indent, size = self.ends, self.run.page.indent, len(self.marked)
        soft, hard = [inf] * (size + 1), [inf] * (size + 1)
        soft[0], hard[0] = self.opening
        from_soft, from_hard = [(0, False)] * (size + 1), [(0, False)] * (size + 1)
        for start in range(size):
            if soft[start] > most and hard[start] > most:
                continue  # it lies on no way that costs so little
            flush = hard[start] + FLUSH < soft[start]
            inner = hard[start] + FLUSH if flush else soft[start]
            headed = flush or (self.second and not start)
            for stop, room, inside, plain in self._lines(start):
                end = ends.get(stop) or self._end(stop)
                over, deep = inner + inside, hard[start] + inside
                alone = stop == start + 1
                if room < 0:
                    more = of_over(-room, end.squeezable)
                    over += min(more, 1.0) if alone else more
                if room < indent:
                    more = of_over(indent - room, end.squeezable)
                    deep += min(more, 1.0 + FLUSH) if alone else more
                titled = deep + (end.heading if plain else end.hard)
                ended = over + (end.heading if plain and headed else end.hard)
                if min(ended, titled) < hard[stop]:
                    hard[stop] = min(ended, titled)
                    from_hard[stop] = (start, flush or titled < ended)
                over += end.soft
                deep += end.soft
                left = room - end.unit
                if left > 0:
                    over += of_soft(left)
                    deep += of_soft(left - indent)
                if min(over, deep) < soft[stop]:
                    soft[stop] = min(over, deep)
                    from_soft[stop] = (start, flush or deep < over)
        if min(soft[size], hard[size]) > most:
            return None
        at, ended_hard = size, hard[size] < soft[size]
        out: list[int] = []
        while at:
            at, ended_hard = (from_hard if ended_hard else from_soft)[at]
            out.append(self.run.start + at)
        return out[:-1]

    def _lines(self, start: int) -> Iterator[tuple[int, float, float, bool]]:
        """The lines that may start there: where each stops, the room that it leaves in em.

        With what it costs that a heading begins inside, and whether no mark is on it.
        """
        run, marked = self.run, self.marked
        widths, heads, bounds, first = run.page.widths, run.page.heads, run.bounds, run.start
        room, inside, plain = run.measure, 0.0, True
        for k in range(start, len(marked)):
            room -= widths[first + k]
            if k > start:
                if room < -_REACH or first + k in bounds:
                    return
                if first + k in heads:
                    inside += FORBIDDEN
            plain = plain and not marked[k]
            yield k + 1, room, inside, plain

    def _end(self, stop: int) -> _End:
        """What the line end costs that so many fragments are before."""
        run, after = self.run, self.after
        at = run.start + stop
        text = run.page.texts[at - 1]
        soft, heading, hard = of_end(text)
        if at == run.stop:
            more = _closing(run, after) if after else -hard
            heading, hard = max(heading + more, 0.0), hard + more
        elif at not in run.bounds:
            rest, figures = run.page.texts[at], run.figured(at)
            end = line_end(text, rest, figures=figures)
            dated = in_date(text, rest, figures=figures) if True in figures else 0.0
            soft, heading, hard = soft + end, heading + end + dated, hard + end + dated
            if at in run.page.heads:
                soft, heading, hard = soft + FORBIDDEN, min(heading, HEADED), min(hard, HEADED)
        unit = run.unit(at, after.first if after else "")
        out = self.ends[stop] = _End(soft, heading, hard, unit, text[-1] in SQUEEZABLE)
        return out
