"""The cheapest way to set a run of torn fragments: where its lines end.

Most runs lie inside a paragraph, and each of their lines can be as full as the next unit allows:
then nothing need be weighed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf
from typing import Final, NamedTuple

from govreport.printed import PrintedLine
from govreport.refit_costs import (
    FLUSH,
    FORBIDDEN,
    HEADED,
    Part,
    in_date,
    is_ended,
    is_marked,
    line_end,
    of_end,
    of_opening,
    of_over,
    of_soft,
)
from govreport.torn import CONNECTORS, LOST, unwrapped_starts
from govreport.typography import SQUEEZABLE, first_unit_width

__all__ = ["LOST_WIDTH", "Beside", "Page", "Run", "line_starts"]

#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0
#: How far beyond the measure a line is looked for, in em; a fragment beyond the second is of no such
#: column.
_REACH, _WIDER = 4.0, 1.0
#: So many signs an unbreakable unit may go on for after a figure.
_UNIT: Final = 16


class Beside(NamedTuple):
    """A printed line beside a run: its first and its last fragment, its width in em."""

    first: str
    last: str
    width: float


class Page(NamedTuple):
    """A page's fragments: how they are tied, which are figures, which begin a line as headings do."""

    lines: Sequence[PrintedLine]
    torn: Mapping[int, int]
    figures: AbstractSet[int]
    heads: AbstractSet[int]


_Place = tuple[float | None, float]
"""The column's width and what a first line is indented by, in em."""


class Run(NamedTuple):
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
    def of(cls, page: Page, start: int, stop: int, place: _Place) -> Run:
        """The run of a page's fragments from ``start`` to ``stop``."""
        measure, indent = place
        parts: list[Part] = []
        widths: list[float] = []
        wide = False
        for k in range(start, stop):
            line = page.lines[k]
            text = line.text.text
            parts.append(Part(text, k in page.figures or text in CONNECTORS))
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

    def unit(self, start: int, after: str) -> float:
        """The width of the first unbreakable unit from a part on, with what follows the run."""
        rest: list[str] = []
        for part in self.parts[start : start + _UNIT + 2]:  # no text is empty
            rest.append(part.text)
            if not part.figure:
                break
        else:
            rest.append(after)
        return first_unit_width(rest[0] + "".join(rest[1:])[:_UNIT] if rest[1:] else rest[0])

    def units(self, after: str) -> list[float]:
        """The first unbreakable unit from each part on, and after the run."""
        out = [first_unit_width(after)]
        following = after
        for part in reversed(self.parts):
            following = part.text + following if part.figure else part.text
            out.append(first_unit_width(following))
            following = following[:_UNIT]
        return out[::-1]


def line_starts(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
    """Where lines begin inside a run, counted from its first part.

    Args:
        run: The run; it has a measure.
        before: The printed line before it.
        after: The printed line after it.
    """
    found = _filled(run, before, after)
    return _cheapest(run, before, after) if found is None else found


def _filled(run: Run, before: Beside | None, after: Beside | None) -> list[int] | None:
    """Where lines begin if all are as full as can be, amid a paragraph; none where some are not.

    This way costs nothing beyond that the paragraph goes on in the run, and all others more.
    """
    assert run.measure is not None
    following = after.first if after else ""
    soft, hard = _opening(run, before, run.unit(0, following))
    if soft >= hard:
        return None
    came = {0: 0}
    for start in range(len(run.parts)):
        if start not in came:
            continue
        for stop, room, inside in _lines(run, start):
            if room < 0 or inside:
                break
            if stop not in came and _goes_on(run, stop) and room <= run.unit(stop, following):
                came[stop] = start
    at = len(run.parts)
    if at not in came:
        return None
    out: list[int] = []
    while at:
        at = came[at]
        out.append(at)
    return out[:-1]


def _goes_on(run: Run, stop: int) -> bool:
    """Whether a line end before a part speaks for nothing but a paragraph that goes on there."""
    before = run.parts[stop - 1]
    if is_ended(before.text) or stop in run.heads:
        return False
    whole = stop == len(run.parts) or stop in run.bounds
    return whole or not line_end(before, run.parts[stop])


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


def _ends(run: Run, after: Beside | None) -> _Ends:
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


def _opening(run: Run, before: Beside | None, unit: float) -> tuple[float, float]:
    """What it costs that the paragraph before the run goes on in it, and that it ended there."""
    if before is None or run.measure is None:
        return FORBIDDEN, 0.0
    soft, heading, hard = of_end(before.last)
    soft += of_soft(run.measure - before.width - unit)
    hard = hard if is_marked(before.first + before.last) else heading
    opens = of_opening(run.parts[0].text)
    return soft + opens, max(hard - opens, 0.0)


def _closing(run: Run, after: Beside) -> float:
    """What it costs more that a paragraph ends with the run, before a line that may be too full."""
    return FLUSH if run.measure and after.width > run.measure - run.indent + 0.5 else 0.0


def _cheapest(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
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
            over += ends.soft[stop]
            deep += ends.soft[stop]
            if left > 0:
                over += of_soft(left)
                deep += of_soft(left - run.indent)
            if min(over, deep) < soft[stop]:
                soft[stop] = min(over, deep)
                from_soft[stop] = (start, flush or deep < over)
    at, ended_hard = n, hard[n] < soft[n]
    out: list[int] = []
    while at:
        at, ended_hard = (from_hard if ended_hard else from_soft)[at]
        out.append(at)
    return out[:-1]


def _lines(run: Run, start: int) -> Iterator[tuple[int, float, float]]:
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
