"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, compress, count, repeat

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
from govreport.cues.groups import NOTHING, Group, group
from govreport.cues.habits import HUNG
from govreport.cues.labels import numbered, opened
from govreport.cues.marks import inside, marks
from govreport.numbering import Form, Numbering
from govreport.printed import Columns, PrintedLine
from govreport.typography import SQUEEZABLE

__all__ = ["Cues", "gather"]


@attrs.frozen
class Cues:
    """The features of every line end of a text, and the geometry behind them.

    Args:
        columns: For each kind of features the groups of all line ends: how the lines fill their
            column, the marks inside them, how they fill what the lines around them fill, the marks
            around their ends, and the rest; the last is the end of the text.
        facts: What is known of the lines.
        indent: The first-line indent of the text's paragraphs in em, as inferred.
    """

    columns: tuple[Sequence[Group], ...]
    facts: Facts
    indent: float

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each line end the names of the features that hold there."""
        return tuple(
            tuple(chain.from_iterable([each.names for each in groups]))
            for groups in zip(*self.columns, strict=True)
        )

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
    def labels(self) -> Sequence[Numbering | None]:
        """The label that each line begins with, none where it begins with none."""
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
    by_column = Columns.of(lines)
    facts = Facts.of(by_column, forms, measures)
    indent = first_line_indent(facts)
    if not lines:
        return Cues(((),), facts, indent)
    fills, near = _filled(facts, indent, loosely_set(by_column.loose, facts.lasts))
    rest = setting(by_column)
    del by_column
    for told_by in (numbered(facts), opened(facts)):
        for k, more in told_by.items():
            rest[k] = rest.get(k, ()) + more
    others = [NOTHING] * len(fills)
    for k, names in rest.items():
        others[k] = group(*names)
    told = marks(facts.texts, facts.firsts, facts.lasts, facts.ends)
    columns = (fills, inside(facts.texts[:-1]), near, told, others)
    for column, end in zip(columns, (group("end-of-text"), *repeat(NOTHING, 4)), strict=True):
        column.append(end)
    return Cues(columns, facts, indent)


def _filled(facts: Facts, indent: float, loose: set[int]) -> tuple[list[Group], list[Group]]:
    """How each line but the last fills its column, and what the lines around it fill."""
    gives = (
        [HUNG if last in SQUEEZABLE else 0.0 for last in facts.lasts]
        if facts.hanging
        else repeat(0.0)
    )
    pairs = map(geometry, facts.widths, facts.units[1:], facts.measures, repeat(indent), gives)
    fills, near = [list(column) for column in zip(*pairs, strict=True)] or ([], [])
    for k, told in local(facts).items():
        near[k] = told
    for k in {*loose, *compress(count(), facts.spaced)} - {len(fills)}:
        slack = facts.slack(k)
        if slack is not None and k in loose and 0 <= slack <= LOOSE:
            fills[k], near[k] = group(*SET_LOOSE, fills[k].names[-1]), NOTHING
        elif slack is not None and facts.spaced[k]:
            fills[k] = group(*SPACED, fills[k].names[-1])
    if any(facts.unwrapped):
        for k, free in enumerate(facts.unwrapped[:-1]):
            if free and facts.measures[k] is None:
                fills[k] = group("unwrapped", fills[k].names[-1])
    return fills, near
