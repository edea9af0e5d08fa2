"""Torn lines set again: where the printed lines of a run of fragments end.

A compositor fills each line. So of all ways to join a run of fragments that one is taken whose line
ends the setting explains best: a line is no wider than the column, the next unbreakable unit would
not have fitted, or the paragraph ends there, and then the next line begins with the indent.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf
from typing import Final, NamedTuple

import attrs

from govreport.printed import PrintedLine
from govreport.refit_costs import (
    FLUSH,
    FORBIDDEN,
    HEADED,
    Part,
    first_line_indent,
    in_date,
    is_ended,
    is_marked,
    line_end,
    of_end,
    of_opening,
    of_over,
    of_soft,
    starts_of_headings,
)
from govreport.torn import CONNECTORS, LOST, is_figure, unwrapped_starts
from govreport.typography import SQUEEZABLE, first_unit_width

__all__ = ["LOST_WIDTH", "begins"]

#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0
#: How far beyond the measure a line is looked for, in em; a fragment beyond the second is of no such
#: column.
_REACH, _WIDER = 4.0, 1.0
#: So many signs an unbreakable unit may go on for after a figure.
_UNIT: Final = 16


def begins(
    lines: Sequence[PrintedLine],
    torn: Mapping[int, int],
    measures: Sequence[float | None],
) -> set[int]:
    """Which of the torn fragments begin a printed line, and are not the rest of the one before.

    Args:
        lines: A page's fragments, each as a line of its own.
        torn: How they are tied to the one before.
        measures: The measure at each, in em; none where the text was never wrapped.

    Returns:
        Their numbers.
    """
    if not torn:
        return set()
    indent = first_line_indent(lines, measures, torn)
    out: set[int] = set()
    open_runs: list[_Run] = []
    runs = tuple(_runs(torn))
    inside = [k for start, stop in runs for k in range(start, stop)]
    figures = {k for k in inside if is_figure(lines[k].text.text)}
    page = _Page(lines, torn, figures, starts_of_headings(lines, torn, figures))
    for start, stop in runs:
        run = _Run.of(page, start, stop, (measures[start], indent))
        settled = run.settled()
        if settled is None:
            open_runs.append(run)
        else:
            out.update([start + k for k in settled])
    for run in _touching(open_runs):
        before = _beside(lines, torn, out, run.start - 1) if run.start else None
        after = _beside(lines, torn, out, run.stop) if run.stop < len(lines) else None
        out.update([run.start + k for k in _cheapest(run, before, after)])
    return out


def _runs(torn: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and one past the last fragment of each run of torn ones, of which there are some."""
    start = stop = -1
    for k in sorted(torn):
        if k != stop:
            if stop > 0:
                yield start, stop
            start = k - 1
        stop = k + 1
    yield start, stop


class _Beside(NamedTuple):
    """A printed line beside a run: its first and its last fragment, its width in em."""

    first: str
    last: str
    width: float


def _beside(
    lines: Sequence[PrintedLine], torn: Container[int], begun: Container[int], at: int
) -> _Beside:
    """The printed line that a fragment belongs to."""
    low, high = at, at + 1
    while low in torn and low not in begun:
        low -= 1
    while high in torn and high not in begun:
        high += 1
    whole = [line.width for line in lines[low:high]]
    return _Beside(lines[low].text.text, lines[high - 1].text.text, sum(whole))


# ---- the cheapest way


class _Page(NamedTuple):
    """A page's fragments: how they are tied, which are figures, which begin a line as headings do."""

    lines: Sequence[PrintedLine]
    torn: Mapping[int, int]
    figures: AbstractSet[int]
    heads: AbstractSet[int]


_Place = tuple[float | None, float]
"""The column's width and what a first line is indented by, in em."""


@attrs.frozen(kw_only=True)
class _Run:
    """Fragments that may belong together.

    Args:
        start: The number of the first.
        parts: The fragments.
        widths: Their widths in em, each with that of a figure lost before it.
        bounds: Which of them surely begin a line, counted from the first.
        heads: Which of them begin one as headings do.
        measure: The column's width in em; none where the text was never wrapped, or not there.
        indent: What a paragraph's first line is indented by, in em.
    """

    start: int
    parts: tuple[Part, ...]
    widths: tuple[float, ...]
    bounds: frozenset[int]
    heads: frozenset[int]
    measure: float | None
    indent: float

    @classmethod
    def of(cls, page: _Page, start: int, stop: int, place: _Place) -> _Run:
        """The run of a page's fragments from ``start`` to ``stop``."""
        measure, indent = place
        parts: list[Part] = []
        widths: list[float] = []
        wide = False
        for k in range(start, stop):
            line = page.lines[k]
            text = line.text.text
            parts.append(Part(text, line.width, k in page.figures or text in CONNECTORS))
            widths.append(line.width + LOST_WIDTH * (page.torn.get(k) == LOST))
            wide = wide or (
                measure is not None and line.width > measure + _WIDER and not line.closed
            )
        return cls(
            start=start,
            parts=tuple(parts),
            widths=tuple(widths),
            bounds=frozenset(),
            heads=frozenset([k - start for k in range(start + 1, stop) if k in page.heads]),
            measure=None if wide else measure,
            indent=indent,
        )

    @property
    def stop(self) -> int:
        """One past the number of the last."""
        return self.start + len(self.parts)

    def settled(self) -> list[int] | None:
        """Where lines begin inside, if that needs no search."""
        if self.measure is None:
            return sorted({*unwrapped_starts([part.text for part in self.parts]), *self.heads})
        fits = sum(self.widths) <= self.measure - self.indent
        if fits and not self.heads and not any(is_ended(part.text) for part in self.parts[:-1]):
            return []
        return None

    def units(self, after: str) -> list[float]:
        """The first unbreakable unit from each part on, and after the run."""
        out = [first_unit_width(after)]
        following = after
        for part in reversed(self.parts):
            following = part.text + following if part.figure else part.text
            out.append(first_unit_width(following))
            following = following[:_UNIT]
        return out[::-1]


def _touching(runs: Iterable[_Run]) -> Iterator[_Run]:
    """The runs, those made one that follow each other: how one ends tells how the next begins."""
    held: list[_Run] = []
    for run in runs:
        if held and (held[-1].stop != run.start or held[-1].measure != run.measure):
            yield _one(held)
            held = []
        held.append(run)
    if held:
        yield _one(held)


def _one(runs: Sequence[_Run]) -> _Run:
    head = runs[0]
    if len(runs) == 1:
        return head
    return attrs.evolve(
        head,
        parts=tuple([part for run in runs for part in run.parts]),
        widths=tuple([width for run in runs for width in run.widths]),
        bounds=frozenset([run.start - head.start for run in runs[1:]]),
        heads=frozenset([run.start - head.start + k for run in runs for k in run.heads]),
    )


class _Ends(NamedTuple):
    """What each line end inside a run costs, by the part after it; the last is the run's own end.

    Args:
        soft: A paragraph goes on there, besides what its line says.
        heading: A heading ends there, without a mark in it.
        hard: A paragraph ends there.
        mark: The number of the last part before it that holds a mark.
        units: The width in em of the first unbreakable unit after it.
        squeezable: Whether the line's last mark may lose its blank half.
    """

    soft: list[float]
    heading: list[float]
    hard: list[float]
    mark: list[int]
    units: list[float]
    squeezable: list[bool]


def _ends(run: _Run, after: _Beside | None) -> _Ends:
    out = _Ends([inf], [inf], [inf], [-1], run.units(after.first if after else ""), [False])
    mark = -1
    n = len(run.parts)
    for stop, part in enumerate(run.parts, 1):
        if is_marked(part.text):
            mark = stop - 1
        soft, heading, hard = of_end(part.text)
        if stop == n:
            more = _closing(run, after) if after else -hard
            heading, hard = max(heading + more, 0.0), hard + more
        elif stop not in run.bounds:
            end, dated = line_end(part, run.parts[stop]), in_date(part, run.parts[stop])
            soft, heading, hard = soft + end, heading + end + dated, hard + end + dated
        if stop in run.heads:
            soft, heading, hard = soft + FORBIDDEN, min(heading, HEADED), min(hard, HEADED)
        out.soft.append(soft)
        out.heading.append(heading)
        out.hard.append(hard)
        out.mark.append(mark)
        out.squeezable.append(part.text[-1] in SQUEEZABLE)
    return out


def _opening(run: _Run, before: _Beside | None, unit: float) -> tuple[float, float]:
    """What it costs that the paragraph before the run goes on in it, and that it ended there."""
    if before is None or run.measure is None:
        return FORBIDDEN, 0.0
    soft, heading, hard = of_end(before.last)
    soft += of_soft(run.measure - before.width - unit)
    hard = hard if is_marked(before.first + before.last) else heading
    opens = of_opening(run.parts[0].text)
    return soft + opens, max(hard - opens, 0.0)


def _closing(run: _Run, after: _Beside) -> float:
    """What it costs more that a paragraph ends with the run, before a line that may be too full."""
    return FLUSH if run.measure and after.width > run.measure - run.indent + 0.5 else 0.0


def _cheapest(run: _Run, before: _Beside | None, after: _Beside | None) -> list[int]:
    """Where lines begin inside a run by the cheapest way.

    Each line end is soft or hard, and a line after a hard one has less room by the indent.
    """
    assert run.measure is not None
    n = len(run.parts)
    ends = _ends(run, after)
    soft, hard = [inf] * (n + 1), [inf] * (n + 1)
    soft[0], hard[0] = _opening(run, before, ends.units[0])
    second = 1 if before and not is_marked(before.first + before.last) else 0  # of a heading
    from_soft, from_hard = [(0, False)] * (n + 1), [(0, False)] * (n + 1)
    for start in range(n):
        flush = hard[start] + FLUSH < soft[start]
        inner = hard[start] + FLUSH if flush else soft[start]
        for stop, room, inside in _lines(run, start):
            left = room - ends.units[stop]
            squeezable, alone = ends.squeezable[stop], stop == start + 1
            over, deep = inner + inside, hard[start] + inside
            if room < 0:
                more = of_over(-room, squeezable)
                over += min(more, 1.0) if alone else more
            if room < run.indent:
                more = of_over(run.indent - room, squeezable)
                deep += min(more, 1.0 + FLUSH) if alone else more
            plain = ends.mark[stop] < start
            titled = deep + (ends.heading if plain else ends.hard)[stop]
            ended = (
                over + (ends.heading if plain and (flush or second > start) else ends.hard)[stop]
            )
            if min(ended, titled) < hard[stop]:
                hard[stop] = min(ended, titled)
                from_hard[stop] = (start, flush or titled < ended)
            over += of_soft(left) + ends.soft[stop]
            deep += of_soft(left - run.indent) + ends.soft[stop]
            if min(over, deep) < soft[stop]:
                soft[stop] = min(over, deep)
                from_soft[stop] = (start, flush or deep < over)
    at, ended_hard = n, hard[n] < soft[n]
    out: list[int] = []
    while at:
        at, ended_hard = (from_hard if ended_hard else from_soft)[at]
        out.append(at)
    return out[:-1]


def _lines(run: _Run, start: int) -> Iterator[tuple[int, float, float]]:
    """The lines that may start there: where each stops, the room that it leaves in em, its cost."""
    assert run.measure is not None
    room, inside = run.measure, 0.0
    for stop in range(start + 1, len(run.parts) + 1):
        room -= run.widths[stop - 1]
        if stop > start + 1:
            if room < -_REACH or stop - 1 in run.bounds:
                return
            if stop - 1 in run.heads:
                inside += FORBIDDEN
        yield stop, room, inside
