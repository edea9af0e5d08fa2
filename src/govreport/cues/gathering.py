"""Every line end of a text with the features that hold there."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govreport import measure
from govreport.cues.geometry import (
    LOOSE,
    beside,
    first_line_indent,
    geometry,
    is_loose,
    setting,
    shape,
    usual_blanks,
    visible_indents,
)
from govreport.cues.labels import labelled, lead_habit, peers, second, series
from govreport.cues.marks import marks, opening
from govreport.lines import PrintedLine
from govreport.numbering import Form, Numbering, read

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
    measures = measure.track([line.width for line in lines])
    found = [read(line.text.text, forms=forms) for line in lines]
    runs = series(found)
    likes = peers(lines, found, measures)
    habit = lead_habit(lines, found, measures)
    indent = first_line_indent(lines, measures)
    free = unwrapped(lines, measures)
    visible = visible_indents(lines)
    usual = usual_blanks(lines)
    names: list[tuple[str, ...]] = []
    slacks: list[float | None] = []
    for k in range(len(lines) - 1):
        line, after = lines[k], lines[k + 1]
        slack, fill = geometry(line, after, measures[k], indent)
        near = beside(lines, k)
        if slack is not None and 0 <= slack <= LOOSE and is_loose(lines, k):
            fill, near = ("slack-inner:-0.5", "slack-first:-0.5"), ()
        if measures[k] is None:
            fill = ("unwrapped",) if free[k] else ("unknown",)
        slacks.append(slack)
        names.append(
            (
                *fill,
                *shape(line, measures[k]),
                *near,
                *marks(line.text.text, after.text.text),
                *setting(line, after, visible, usual),
                *runs[k + 1],
                *labelled(found[k], likes[k], slack, line.text.text, after.text.text),
                *second(line.text.text, found[k - 1] if k else None, lines[k - 1].text.text),
                *opening(line.text.text, after.text.text, found[k + 1], habit),
            )
        )
    if lines:
        names.append(("end-of-text",))
        slacks.append(None)
    return Cues(tuple(names), tuple(measures), tuple(slacks), indent, tuple(found))


def unwrapped(lines: Sequence[PrintedLine], measures: Sequence[float | None]) -> list[bool]:
    """Whether each line stands in a stretch that was never wrapped.

    Such a stretch has no measure and a line wider than any column; without one nothing is known.
    """
    out = [False] * len(lines)
    start = 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or (measures[stop] is None) != (measures[start] is None):
            if measures[start] is None:
                wide = any(line.width > measure.MAXIMUM + 2 for line in lines[start:stop])
                out[start:stop] = [wide] * (stop - start)
            start = stop
    return out
