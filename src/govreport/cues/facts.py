"""What is known of each printed line by itself, found out once for all features."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govreport import measure
from govreport._label_tables import FIRST
from govreport.cues.habits import as_set
from govreport.cues.marks import end_kinds
from govreport.lines import PrintedLine
from govreport.numbering import Form, Numbering, read
from govreport.typography import first_unit_widths

__all__ = ["Facts"]


@attrs.frozen(kw_only=True)
class Facts:
    """The lines of a text, and one column for each thing that features ask of them.

    Args:
        lines: The printed lines in reading order.
        texts: Their texts.
        widths: Their widths in em, as the page is set.
        hanging: Whether marks at line ends hang over the column's edge.
        units: The widths of their first unbreakable units in em.
        firsts: Their first signs, one for each line.
        lasts: Their last signs.
        ends: The kinds of their last signs.
        labels: The labels that they begin with.
        measures: The measure at each in em, none where the text was never wrapped.
        unwrapped: Whether each stands amid lines that were never wrapped.
    """

    lines: Sequence[PrintedLine]
    texts: Sequence[str]
    widths: Sequence[float]
    hanging: bool
    units: Sequence[float]
    firsts: str
    lasts: str
    ends: Sequence[str]
    labels: Sequence[Numbering | None]
    measures: Sequence[float | None]
    unwrapped: Sequence[bool]

    @classmethod
    def of(
        cls,
        lines: Sequence[PrintedLine],
        forms: Sequence[Form],
        measures: Sequence[float | None] = (),
    ) -> Facts:
        """Find them out.

        Args:
            lines: Printed lines in reading order.
            forms: Other prints of labels than the general ones.
            measures: The measure at each fragment in em, if it is known already.
        """
        texts = [line.text.text for line in lines]
        firsts = "".join([text[0] for text in texts])
        lasts = "".join([text[-1] for text in texts])
        widths: Sequence[float] = [line.width for line in lines]
        if measures:
            measures = [measures[line.first] for line in lines]
        else:
            measures = measure.track(_told(lines, widths))
        unwrapped = measure.unwrapped(widths, measures)
        if any(unwrapped):
            measures = measure.lent(widths, measures, unwrapped)
        wide, hanging = as_set(lines, texts, widths, measures)
        return cls(
            lines=lines,
            texts=texts,
            widths=wide,
            hanging=hanging,
            units=first_unit_widths(texts),
            firsts=firsts,
            lasts=lasts,
            ends=end_kinds(texts, lasts),
            labels=_labels(texts, firsts, forms),
            measures=measures,
            unwrapped=unwrapped,
        )

    def slack(self, k: int) -> float | None:
        """The room that a line but the last leaves in its column, in em; none without a measure."""
        column = self.measures[k]
        return None if column is None else column - self.widths[k] - self.units[k + 1]


def _labels(texts: Sequence[str], firsts: str, forms: Sequence[Form]) -> Sequence[Numbering | None]:
    """The labels that lines begin with."""
    if forms:
        return [read(text, forms=forms) for text in texts]
    out: list[Numbering | None] = [None] * len(texts)
    for k in [k for k, first in enumerate(firsts) if first in FIRST]:
        out[k] = read(texts[k])
    return out


def _told(lines: Sequence[PrintedLine], widths: Sequence[float]) -> Sequence[float]:
    """The widths as they tell the measure: one of torn pieces may be several lines put together."""
    widest = measure.TWO_LINES
    if not widths or max(widths) <= widest:
        return widths
    return [
        min(width, widest) if line.torn else width
        for line, width in zip(lines, widths, strict=True)
    ]
