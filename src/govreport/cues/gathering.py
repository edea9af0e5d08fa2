"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govreport.cues.facts import Facts
from govreport.cues.geometry import (
    LOOSE,
    SET_LOOSE,
    SPACED,
    beside,
    first_line_indent,
    geometry,
    local,
    loosely_set,
    setting,
)
from govreport.cues.habits import HUNG
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
from govreport.typography import SQUEEZABLE

__all__ = ["Cues", "gather"]


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
    slacks, filled = _filled(facts, indent)
    names = [
        (*fill, *told, *placed)
        for fill, told, placed in zip(filled, _marked(facts), setting(lines), strict=True)
    ]
    for told_by in (numbered(facts, slacks), opened(facts)):
        for k, more in told_by.items():
            names[k] = (*names[k], *more)
    if lines:
        names.append(("end-of-text",))
        slacks.append(None)
    return Cues(tuple(names), tuple(facts.measures), tuple(slacks), indent, tuple(facts.labels))


def _filled(facts: Facts, indent: float) -> tuple[list[float | None], list[tuple[str, ...]]]:
    """What room each line leaves in its column, in em, and how it fills it."""
    lines, widths = facts.lines, facts.widths
    loose = loosely_set(lines)
    slacks: list[float | None] = []
    names: list[tuple[str, ...]] = []
    columns = zip(lines, facts.texts, widths, facts.units[1:], beside(widths), strict=False)
    for k, (line, text, width, unit, widest) in enumerate(columns):
        give = HUNG if facts.hanging and text[-1] in SQUEEZABLE else 0.0
        slack, fill, length = geometry(width, unit, facts.measures[k], indent, give)
        near = local(width, unit, widest)
        if slack is None:
            fill = ("unwrapped",) if facts.unwrapped[k] else ("unknown",)
        elif k in loose and 0 <= slack <= LOOSE:
            fill, near = SET_LOOSE, ()
        elif line.spaced:
            fill = SPACED
        slacks.append(slack)
        names.append((*fill, length, inside(text), *near))
    return slacks, names


def _marked(facts: Facts) -> list[tuple[str, ...]]:
    """What the marks and figures around each line end say."""
    out = []
    for text, after, end in zip(facts.texts, facts.texts[1:], facts.ends, strict=False):
        span = spanning(text[-1], after[0]) if end in SPANNING else ""
        out.append(
            marks(end, start_kind(after), span, is_quoted(text, after), begins_with_year(after))
        )
    return out
