"""What is known of each printed line by itself, found out once for all features."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count
from typing import Final

import attrs

from govreport import measure
from govreport._label_tables import FIRST, LIKELY
from govreport.cues.habits import as_set
from govreport.cues.marks import end_kinds
from govreport.numbering import Form, Numbering, read
from govreport.printed import Columns
from govreport.stacked import Stack
from govreport.typography import first_unit_widths

__all__ = ["Facts"]

_FIRST: Final = re.compile(f"[{re.escape(''.join(FIRST))}]")


@attrs.frozen(kw_only=True)
class Facts:
    """The lines of a text, and one column for each thing that features ask of them.

    Args:
        texts: The texts of the lines in reading order.
        widths: Their widths in em, as the page is set.
        patched: Where blanks were closed up in lines, by the numbers of all those whose widths may
            not be those of their signs: blanks were closed up, or something is missing.
        gapped: The numbers of those in which something is missing.
        spaced: The numbers of those whose characters were spaced apart.
        hanging: Whether marks at line ends hang over the column's edge.
        units: The widths of their first unbreakable units in em.
        firsts: Their first signs, one for each line.
        lasts: Their last signs.
        ends: The kinds of their last signs.
        labels: The labels that some begin with, by their numbers.
        measures: The measure at each in em, none where the text was never wrapped.
        unwrapped: Whether each stands amid lines that were never wrapped.
    """

    texts: Sequence[str]
    widths: Sequence[float]
    patched: Mapping[int, tuple[int, ...]]
    gapped: Sequence[int]
    spaced: frozenset[int]
    hanging: bool
    units: Sequence[float]
    firsts: str
    lasts: str
    ends: Sequence[str]
    labels: Mapping[int, Numbering]
    measures: Sequence[float | None]
    unwrapped: Sequence[bool]

    @classmethod
    def of(
        cls,
        lines: Columns,
        forms: Sequence[Form],
        measures: Sequence[float | None] = (),
    ) -> Facts:
        """Find them out.

        Args:
            lines: Printed lines in reading order.
            forms: Other prints of labels than the general ones.
            measures: The measure at each fragment in em, if it is known already.
        """
        texts = [text.text for text in lines.text]
        stack = Stack.of(texts)
        firsts = "".join([text[0] for text in texts])
        lasts = "".join([text[-1] for text in texts])
        widths = lines.width
        if measures:
            measures = list(map(measures.__getitem__, lines.first))
        else:
            measures = measure.track(_told(lines))
        unwrapped = measure.unwrapped(widths, measures)
        if any(unwrapped):
            measures = measure.lent(widths, measures, unwrapped)
        gapped = list(compress(count(), lines.gaps))
        some = sorted({*compress(count(), lines.closed), *gapped})
        patched = dict(zip(some, map(lines.closed.__getitem__, some), strict=True))
        wide, hanging = as_set(texts, widths, measures, patched)
        return cls(
            texts=texts,
            widths=wide,
            patched=patched,
            gapped=gapped,
            spaced=frozenset(compress(count(), lines.spaced)),
            hanging=hanging,
            units=first_unit_widths(stack),
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


def _labels(texts: Sequence[str], firsts: str, forms: Sequence[Form]) -> dict[int, Numbering]:
    """The labels that lines begin with, by the lines' numbers."""
    asked: Iterable[int] = range(len(texts))
    if not forms:
        signed = [match.start() for match in _FIRST.finditer(firsts)]
        asked = [k for k in signed if LIKELY.match(texts[k])]
    found = [(k, read(texts[k], forms=forms)) for k in asked]
    return {k: label for k, label in found if label is not None}


def _told(lines: Columns) -> Sequence[float]:
    """The widths as they tell the measure: one of torn pieces may be several lines put together."""
    widest = measure.TWO_LINES
    if not lines.width or max(lines.width) <= widest:
        return lines.width
    return [
        min(width, widest) if torn else width
        for torn, width in zip(lines.torn, lines.width, strict=True)
    ]
