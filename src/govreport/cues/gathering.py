"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
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
from govreport.cues.groups import NOTHING, Filling, LineEnds, filling, group, marks_of
from govreport.cues.habits import HUNG
from govreport.cues.labels import numbered, opened
from govreport.cues.marks import marks
from govreport.numbering import Form, Numbering
from govreport.printed import Columns, PrintedLine
from govreport.typography import SQUEEZABLE

__all__ = ["Cues", "gather"]


#: What the last line's end says, and that no marks are around it.
_END_OF_TEXT: Final = filling(group("end-of-text"), NOTHING)
_SILENT: Final = marks_of(NOTHING, NOTHING)


@attrs.frozen
class Cues:
    """The features of every line end of a text, and the geometry behind them.

    Args:
        ends: What speaks at the line ends; the last is the end of the text.
        facts: What is known of the lines.
        indent: The first-line indent of the text's paragraphs in em, as inferred.
    """

    ends: LineEnds
    facts: Facts
    indent: float

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each line end the names of the features that hold there."""
        return self.ends.names

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
        return Cues(LineEnds((), (), ()), facts, indent)
    loose = loosely_set(columns.loose, facts.lasts)
    said = setting(columns)
    del columns
    for told_by in (numbered(facts), opened(facts)):
        for k, more in told_by.items():
            said[k] = said.get(k, ()) + more
    rest = [NOTHING] * len(lines)
    for k, names in said.items():
        rest[k] = group(*names)
    around = marks(facts.texts, facts.firsts, facts.lasts, facts.ends)
    around.append(_SILENT)
    return Cues(LineEnds(_filled(facts, indent, loose), around, rest), facts, indent)


def _filled(facts: Facts, indent: float, loose: set[int]) -> list[Filling]:
    """How each line fills its column; the last one's end is that of the text."""
    widths, units, measures = facts.widths, facts.units, facts.measures
    out = list(map(geometry, widths, islice(units, 1, None), measures, repeat(indent)))
    if facts.hanging:
        for k in [k for k, last in enumerate(facts.lasts[:-1]) if last in SQUEEZABLE]:
            out[k] = geometry(widths[k], units[k + 1], measures[k], indent, HUNG)
    for k, near in local(facts).items():
        out[k] = filling(out[k].column, near)
    for k in (loose | facts.spaced) - {len(out)}:
        near, slack, length = out[k].near, facts.slack(k), out[k].column.names[-1]
        if slack is not None and k in loose and 0 <= slack <= LOOSE:
            out[k] = filling(group(*SET_LOOSE, length), NOTHING)
        elif slack is not None and k in facts.spaced:
            out[k] = filling(group(*SPACED, length), near)
    if any(facts.unwrapped):
        for k in compress(count(), facts.unwrapped[:-1]):
            if measures[k] is None:
                out[k] = filling(group("unwrapped", out[k].column.names[-1]), out[k].near)
    out.append(_END_OF_TEXT)
    return out
