"""The lines that may have lost figures, in columns: their widths, and the blanks inside them.

That is all that figures torn from their lines ask for; what the odds of each place are
(`govreport.placing.weighing`) is read only where some are displaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

import attrs

from govreport.measure import track
from govreport.placing.evidence import (
    HIDDEN,
    MARKS,
    TOP,
    Odds,
    boundary,
    odds_of,
)
from govreport.placing.figures import FIGURE_SIGNS
from govreport.typography import OPENING, widths

__all__ = ["Lines", "Slot", "read"]

Slot = tuple[int, int, Odds]
"""A place where a figure may have stood: two offsets of the line's text, and its odds."""

_BLANKS = re.compile(r"\s+")
#: The label of a part, which a blank parts from its heading by habit.
_LABEL = re.compile(r"第[〇零一二三四五六七八九十百]{1,6}(?:[编編篇章节節条條回]|部分)(?=\s)")
_PAUSES = frozenset("，。、；")
_RATIO = frozenset(":∶+")
_MOST_SLOTS: Final = 10
#: A line with fewer blanks is not one whose letters are spaced; one less will do where a blank
#: stands between all of them.
_FEWEST_GAPS: Final = 4


@attrs.frozen(slots=True, kw_only=True)
class Lines:
    """The fragments that are no figures, in columns.

    Args:
        index: Their numbers among the fragments.
        texts: Their texts.
        widths: Those of the texts without blanks, in em.
        measures: The column's width at each, in em; 0 where the text was never wrapped.
        gaps: The number of blanks inside a line, by the line; none where there is no blank.
        holes: Its blanks that a figure may have left.
    """

    index: Sequence[int]
    texts: Sequence[str]
    widths: Sequence[float]
    measures: Sequence[float]
    gaps: Mapping[int, int]
    holes: Mapping[int, Sequence[tuple[int, int]]]

    def slack(self, k: int) -> float | None:
        """How far a line stays behind the measure, in em; none where that tells nothing."""
        measure, size = self.measures[k], self.widths[k]
        return measure - size if measure > 0 and size <= measure + 1 else None

    def glued(self, k: int) -> bool:
        """Whether a line is wider than the column, so that it may be several printed lines."""
        return 0 < self.measures[k] < self.widths[k] - 1

    def spaced(self, k: int) -> bool:
        """Whether blanks stand between a line's letters."""
        return k in self.gaps and _spaced(self.texts[k], self.gaps[k])

    def visible(self, figures: int) -> float:
        """What a blank speaks for a figure, where so many figures are to be placed."""
        spare = max(0, sum([len(holes) for holes in self.holes.values()]) - figures)
        return min(5.0, max(-3.0, log(12 * (figures + 1) / (spare + 1))))

    def inner(self, k: int, visible: float) -> tuple[Slot, ...]:
        """A line's places but its start and its end, by what a blank speaks."""
        holes = self.holes.get(k)
        if holes is None:
            return ()
        text = self.texts[k]
        slots = [_hole(text, start, end, visible) for start, end in holes]
        if not slots and self.spaced(k):
            slots = [_gap(text, *blank.span()) for blank in _BLANKS.finditer(text)]
        if len(slots) > _MOST_SLOTS:
            least = sorted([odds[TOP] for _, _, odds in slots], reverse=True)[_MOST_SLOTS - 1]
            slots = [slot for slot in slots if slot[2][TOP] >= least][:_MOST_SLOTS]
        return tuple(slots)


def read(texts: Mapping[int, str]) -> Lines:
    """The lines that texts (by fragment, in order) make.

    >>> read({0: "全镇新修水渠 条，年均增长", 2: "受益农田亩。"}).holes
    {0: [(6, 7)]}
    """
    rows = list(texts.values())
    parted = {k: parts for k, parts in enumerate(map(str.split, rows)) if len(parts) > 1}
    bare = rows.copy()
    for k, parts in parted.items():
        bare[k] = "".join(parts)
    habit = _is_habit(rows, parted.values())
    holes = {k: _holes(rows[k], parts, habit=habit) for k, parts in parted.items()}
    gaps = {k: len(parts) - 1 for k, parts in parted.items()}
    ems = widths(bare)
    known = [True] * len(rows)
    for k, some in holes.items():
        known[k] = not some
    return Lines(
        index=tuple(texts),
        texts=rows,
        widths=ems,
        measures=[measure or 0.0 for measure in track(ems, known=known)],
        gaps=gaps,
        holes=holes,
    )


def _is_habit(rows: Sequence[str], parted: Iterable[Sequence[str]]) -> bool:
    """Whether blanks stand after a third of all marks: such blanks are no figure's."""
    blanks = sum([part[-1] in _PAUSES for parts in parted for part in parts[:-1]])
    return blanks > 0 and 3 * blanks > sum(map("".join(rows).count, _PAUSES))


def _holes(text: str, parts: Sequence[str], *, habit: bool) -> Sequence[tuple[int, int]]:
    """The blanks of a line that a figure may have left; none where its letters are spaced."""
    if _spaced(text, len(parts) - 1):
        return ()
    if habit and MARKS.issuperset([part[-1] for part in parts[:-1]]):
        return ()
    out: list[tuple[int, int]] = []
    label = _LABEL.match(text)
    for blank in _BLANKS.finditer(text, label.end() + 1 if label else 0):
        start, end = blank.span()
        left, right = text[start - 1], text[end]
        if left in FIGURE_SIGNS or right.isdigit():
            return ()
        none = (left + right).isascii() and (left + right).isalpha()
        # where blanks stand after marks by habit, they tell nothing
        none |= habit and (left in MARKS or right in MARKS or right in OPENING)
        if not none and blank[0] != "\u3000" and not text.startswith("——", end):
            out.append((start, end))
    return out


def _spaced(text: str, gaps: int) -> bool:
    between = len(text) - gaps - 1
    return gaps >= (_FEWEST_GAPS if gaps < between else _FEWEST_GAPS - 1) and gaps >= 0.6 * between


def _hole(text: str, start: int, end: int, visible: float) -> Slot:
    hint = boundary(text[start - 1], text[end : end + 2]) - HIDDEN
    return start, end, odds_of(visible + min(2.0, max(-2.0, 0.4 * hint)), text[end])


def _gap(text: str, start: int, end: int) -> Slot:
    """A blank of a line whose letters are spaced: most are nobody's place."""
    left, right = text[start - 1], text[end]
    if left in FIGURE_SIGNS or right.isdigit():
        return start, end, odds_of(-12.0, right)
    weight = boundary(left, text[end : end + 2])
    if left in _RATIO or right in _RATIO:
        # a ratio's sign has a figure on either side
        weight = 3.0 if left in _RATIO and right in MARKS | _RATIO else 1.0
    elif right in MARKS:
        # inside a line, a mark needs no figure before it
        weight -= 5.0
    return start, end, odds_of(weight, right)
