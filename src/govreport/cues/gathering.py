"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import compress, count, islice, repeat
from typing import Final

import attrs

from govreport.cues.facts import Facts
from govreport.cues.geometry import (
    LOOSE,
    SET_LOOSE,
    SPACED,
    first_line_indent,
    geometry,
    local,
    loosely_set,
    setting,
)
from govreport.cues.groups import NOTHING, LineEnd, Marks, group, line_end, marks_of
from govreport.cues.habits import HUNG
from govreport.cues.labels import numbered, opened
from govreport.cues.marks import marks
from govreport.numbering import Form, Numbering
from govreport.printed import Columns, PrintedLine
from govreport.typography import SQUEEZABLE

__all__ = ["Cues", "gather"]


#: What the last line's end says.
_END_OF_TEXT: Final = line_end(group("end-of-text"), NOTHING, marks_of(NOTHING, NOTHING))


@attrs.frozen
class Cues:
    """The features of every line end of a text, and the geometry behind them.

    Args:
        ends: What speaks at each line end; the last is the end of the text.
        facts: What is known of the lines.
        indent: The first-line indent of the text's paragraphs in em, as inferred.
    """

    ends: Sequence[LineEnd]
    facts: Facts
    indent: float

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each line end the names of the features that hold there."""
        return tuple([end.names for end in self.ends])

    @property
    def measures(self) -> Sequence[float | None]:
        """The measure at each line in em; none where the text was never wrapped."""
        return self.facts.measures

    @cached_property
    def slacks(self) -> tuple[float | None, ...]:
        """Measure less width less the next line's first unit, in em; none with the measure."""
        ends = range(len(self.facts.texts) - 1)
        return (*map(self.facts.slack, ends), *([None] if self.facts.texts else []))

    @property
    def labels(self) -> Mapping[int, Numbering]:
        """The labels that lines begin with, by the lines' numbers."""
        return self.facts.labels


def gather(
    lines: Sequence[PrintedLine], forms: Sequence[Form] = (), measures: Sequence[float | None] = ()
) -> Cues:
    """Gather what each line end says.

    Args:
        lines: Printed lines in reading order, front matter and furniture taken out.
        forms: Other prints of labels than the general ones.
        measures: The measure at each fragment in em, if it is known already.
    """
    columns = Columns.of(lines)
    facts = Facts.of(columns, forms, measures)
    indent = first_line_indent(facts)
    if not lines:
        return Cues((), facts, indent)
    loose = loosely_set(columns.loose, facts.lasts)
    rest = setting(columns)
    del columns
    for told_by in (numbered(facts), opened(facts)):
        for k, more in told_by.items():
            rest[k] = rest.get(k, ()) + more
    ends = _filled(facts, indent, loose)
    for k, names in rest.items():
        ends[k] = _with(ends[k], names)
    ends.append(_END_OF_TEXT)
    return Cues(ends, facts, indent)


def _filled(facts: Facts, indent: float, loose: set[int]) -> list[LineEnd]:
    """What each line end but the last says by how the line fills its column, and by marks."""
    widths, units, measures = facts.widths, facts.units, facts.measures
    told = marks(facts.texts, facts.firsts, facts.lasts, facts.ends)
    ends = list(map(_usual, widths, islice(units, 1, None), measures, told, repeat(indent)))
    if facts.hanging:
        for k in [k for k, last in enumerate(facts.lasts[:-1]) if last in SQUEEZABLE]:
            fills, near = geometry(widths[k], units[k + 1], measures[k], indent, HUNG)
            ends[k] = line_end(fills, near, told[k])
    for k, near in local(facts).items():
        ends[k] = line_end(ends[k].fills, near, told[k])
    for k in (loose | facts.spaced) - {len(ends)}:
        fills, near, slack = ends[k].fills, ends[k].near, facts.slack(k)
        if slack is not None and k in loose and 0 <= slack <= LOOSE:
            ends[k] = line_end(group(*SET_LOOSE, fills.names[-1]), NOTHING, told[k])
        elif slack is not None and k in facts.spaced:
            ends[k] = line_end(group(*SPACED, fills.names[-1]), near, told[k])
    if any(facts.unwrapped):
        for k in compress(count(), facts.unwrapped[:-1]):
            if measures[k] is None:
                fills, near = ends[k].fills, ends[k].near
                ends[k] = line_end(group("unwrapped", fills.names[-1]), near, told[k])
    return ends


@lru_cache(maxsize=1 << 9)
def _usual(width: float, unit: float, column: float | None, marks: Marks, indent: float) -> LineEnd:
    """What a line end says where nothing else speaks; pages are alike, most were seen before."""
    fills, near = geometry(width, unit, column, indent)
    return line_end(fills, near, marks)


@lru_cache(maxsize=1 << 9)
def _with(end: LineEnd, rest: tuple[str, ...]) -> LineEnd:
    """The line end at which more speaks."""
    return line_end(end.fills, end.near, end.marks, group(*rest))
