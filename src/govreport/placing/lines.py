"""Lines that figures may have been displaced from: their widths, and their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import Final

import attrs

from govreport.measure import track
from govreport.placing.evidence import MARKS, TOP, Odds, blank_odds, boundary, odds_of
from govreport.placing.figures import FIGURE_SIGNS
from govreport.placing.rows import Hole, Rows
from govreport.typography import widths

__all__ = ["Inner", "Lines", "measured", "visible"]

Inner = tuple[Sequence[Hole], Sequence[Odds]]
"""Blanks of a line where figures may have stood, and the odds of each."""

_BLANKS = re.compile(r"\s+")
_RATIO = frozenset(":∶+")
#: So many places inside a line are looked at, the likeliest.
_MOST_SLOTS: Final = 10


@attrs.frozen(slots=True, kw_only=True)
class Lines(Rows):
    """Fragments that are no figures, measured.

    Args:
        widths: Those of the texts without blanks, in em.
        measures: The column's width at each, in em; 0 where the text was never wrapped.
    """

    widths: Sequence[float]
    measures: Sequence[float]

    def part(self, start: int, stop: int) -> Lines:
        """Some of the lines: from one on, as far as one past the last."""
        if stop - start == len(self.texts):
            return self
        return Lines(
            first=self.first + start,
            index=self.index[start:stop],
            texts=self.texts[start:stop],
            bare=self.bare[start:stop],
            letters=self.letters[start:stop],
            widths=self.widths[start:stop],
            measures=self.measures[start:stop],
            spaced=frozenset([k - start for k in range(start, stop) if k in self.spaced]),
            holes={k - start: self.holes[k] for k in range(start, stop) if k in self.holes},
        )

    def slack(self, k: int) -> float | None:
        """How far a line stays behind the measure, in em; none where that tells nothing."""
        measure, size = self.measures[k], self.widths[k]
        return measure - size if measure > 0 and size <= measure + 1 else None

    def glued(self, k: int) -> bool:
        """Whether a line is wider than the column, so that it may be several printed lines."""
        return 0 < self.measures[k] < self.widths[k] - 1

    def inner(self, k: int, visible: float) -> Inner:
        """A line's places but its start and its end, by what a blank speaks."""
        text = self.texts[k]
        spans: Sequence[Hole]
        if k in self.holes:
            spans = self.holes[k]
            slots = [blank_odds(text[a - 1], text[b : b + 2], visible) for a, b in spans]
        elif k in self.spaced:
            spans = [blank.span() for blank in _BLANKS.finditer(text)]
            slots = [_gap(text, start, end) for start, end in spans]
        else:
            return (), ()
        if len(slots) > _MOST_SLOTS:
            least = sorted([odds[TOP] for odds in slots], reverse=True)[_MOST_SLOTS - 1]
            kept = [j for j, odds in enumerate(slots) if odds[TOP] >= least][:_MOST_SLOTS]
            return [spans[j] for j in kept], [slots[j] for j in kept]
        return spans, slots


def visible(blanks: int, figures: int) -> float:
    """What a blank that a figure may have left speaks for one.

    Args:
        blanks: How many there are.
        figures: How many figures are to be placed.
    """
    spare = max(0, blanks - figures)
    return min(5.0, max(-3.0, log(12 * (figures + 1) / (spare + 1))))


def measured(rows: Rows) -> Lines:
    """Measure fragments.

    >>> from govreport.placing.rows import read
    >>> measured(read([0], ["全镇新修水渠 条"])).widths
    [7.0]
    """
    ems = widths(rows.bare)
    known = [True] * len(ems)
    for k in rows.holes:
        known[k] = False
    return Lines(
        first=rows.first,
        index=rows.index,
        texts=rows.texts,
        bare=rows.bare,
        letters=rows.letters,
        spaced=rows.spaced,
        holes=rows.holes,
        widths=ems,
        measures=[measure or 0.0 for measure in track(ems, known=known)],
    )


def _gap(text: str, start: int, end: int) -> Odds:
    """The odds of a blank in a line whose letters are spaced: most are no figure's place."""
    left, right = text[start - 1], text[end]
    if left in FIGURE_SIGNS or right.isdigit():
        return odds_of(-12.0, right)
    weight = boundary(left, text[end : end + 2])
    if left in _RATIO or right in _RATIO:
        # a ratio's sign has a figure on either side
        weight = 3.0 if left in _RATIO and right in MARKS | _RATIO else 1.0
    elif right in MARKS:
        # inside a line, a mark needs no figure before it
        weight -= 5.0
    return odds_of(weight, right)
