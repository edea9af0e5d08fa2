"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govreport import measure
from govreport.cues.facts import Facts
from govreport.cues.geometry import (
    LOOSE,
    SET_LOOSE,
    SPACED,
    beside,
    first_line_indent,
    geometry,
    is_loose,
    local,
    setting,
)
from govreport.cues.labels import numbered, opened
from govreport.cues.marks import (
    SPANNING,
    begins_with_year,
    inside,
    is_quoted,
    marks,
    spanning,
    start_kind,
)
from govreport.lines import PrintedLine
from govreport.numbering import Form, Numbering

__all__ = ["Cues", "gather", "never_wrapped"]


@attrs.frozen
class Cues:
    """The features of every line end of a text, and the geometry behind them.

    Args:
        names: For each line end the names of the features that hold there; the last is the end
            of the text.
        measures: The measure at each line in em; none where the text was never wrapped.
        slacks: Measure less width less the next line's first unit, in em; none with the measure.
        indent: The first-line indent of the text's paragraphs in em, as inferred.
        labels: The label that each line begins with, none where it begins with none.
    """

    names: tuple[tuple[str, ...], ...]
    measures: tuple[float | None, ...]
    slacks: tuple[float | None, ...]
    indent: float
    labels: tuple[Numbering | None, ...]


def gather(lines: Sequence[PrintedLine], forms: Sequence[Form] = ()) -> Cues:
    """Gather what each line end says.

    Args:
        lines: Printed lines in reading order, front matter and furniture taken out.
        forms: Other prints of labels than the general ones.
    """
    facts = Facts.of(lines, forms)
    indent = first_line_indent(facts)
    slacks: list[float | None] = []
    names: list[tuple[str, ...]] = []
    for (slack, filled), told, placed in zip(
        _filled(facts, indent), _marked(facts), setting(lines), strict=True
    ):
        slacks.append(slack)
        names.append((*filled, *told, *placed))
    for told_by in (numbered(facts, slacks), opened(facts)):
        for k, more in told_by.items():
            names[k] = (*names[k], *more)
    if lines:
        names.append(("end-of-text",))
        slacks.append(None)
    return Cues(tuple(names), tuple(facts.measures), tuple(slacks), indent, tuple(facts.labels))


def _filled(facts: Facts, indent: float) -> Iterator[tuple[float | None, tuple[str, ...]]]:
    """How each line fills its column, and what room it leaves in em; none without a measure."""
    lines = facts.lines
    free = unwrapped(lines, facts.measures)
    any_loose = any(line.loose for line in lines)
    columns = zip(
        lines,
        facts.texts,
        facts.widths,
        facts.units[1:],
        facts.measures,
        beside(facts.widths),
        strict=False,
    )
    for k, (line, text, width, unit, column, widest) in enumerate(columns):
        slack, fill, length = geometry(width, unit, column, indent)
        near = () if widest is None else local(widest - width - unit)
        if slack is None:
            fill = ("unwrapped",) if free[k] else ("unknown",)
        elif line.spaced:
            fill = SPACED
        if any_loose and slack is not None and 0 <= slack <= LOOSE and is_loose(lines, k):
            fill, near = SET_LOOSE, ()
        yield slack, (*fill, length, inside(text), *near)


def _marked(facts: Facts) -> Iterator[tuple[str, ...]]:
    """What the marks and figures around each line end say."""
    for text, after, end in zip(facts.texts, facts.texts[1:], facts.ends, strict=False):
        start = start_kind(after)
        span = spanning(text[-1], after[0]) if end in SPANNING else ""
        yield marks(end, start, span, is_quoted(text, after), begins_with_year(after))


def unwrapped(lines: Sequence[PrintedLine], measures: Sequence[float | None]) -> list[bool]:
    """Whether each line stands in a stretch that was never wrapped.

    Such a stretch has no measure and a line wider than any column; without one nothing is known.
    """
    out = [False] * len(lines)
    if None not in measures:
        return out
    start = 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or (measures[stop] is None) != (measures[start] is None):
            if measures[start] is None:
                wide = any(line.width > measure.MAXIMUM + 2 for line in lines[start:stop])
                out[start:stop] = [wide] * (stop - start)
            start = stop
    return out


def never_wrapped(lines: Sequence[PrintedLine]) -> bool:
    """Whether none of the lines was wrapped: each line end but the last would say so."""
    return all(unwrapped(lines, measure.track([line.width for line in lines]))[:-1])
