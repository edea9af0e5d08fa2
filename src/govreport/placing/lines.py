"""The lines that may have lost figures: their places, and how far they stay behind the measure.

Read in two steps. `read` measures every line, which is all that figures torn from their lines ask
for; `weigh` tells each place's odds, and is for pages whose figures are displaced. Both keep what
they know of the lines in columns, one value a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import floor, log
from typing import Final, NamedTuple

import attrs

from govreport.measure import track
from govreport.placing.evidence import (
    HIDDEN,
    LAST_STEP,
    MANY_LETTERS,
    MARKS,
    NO_FITS,
    NO_ODDS,
    SHORT_OVER,
    TOP,
    Fits,
    Odds,
    bare_share,
    boundary,
    edges,
    fits,
    odds_of,
    spaced_fits,
)
from govreport.placing.figures import FIGURE_SIGNS, figure_width
from govreport.typography import OPENING, TERMINAL, width

__all__ = ["Lines", "Place", "Slot", "read", "weigh"]

Slot = tuple[int, int, Odds]
"""A place where a figure may have stood: two offsets of the line's text, and its odds."""

_BLANKS = re.compile(r"\s+")
#: The label of a part, which a blank parts from its heading by habit.
_LABEL = re.compile(r"第[〇零一二三四五六七八九十百]{1,6}(?:[编編篇章节節条條回]|部分)(?=\s)")
_PAUSES = frozenset("，。、；")
_RATIO = frozenset(":∶+")
_ENDS = TERMINAL | {"：", "；"}
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
    bare = rows.copy()
    blanks = after_marks = 0
    gaps: dict[int, int] = {}
    for k, text in enumerate(rows):
        parts = text.split()
        if len(parts) > 1:
            bare[k] = "".join(parts)
            gaps[k] = len(parts) - 1
            blanks += sum([part[-1] in _PAUSES for part in parts[:-1]])
    if blanks:
        after_marks = sum(map("".join(rows).count, _PAUSES))
    habit = 3 * blanks > after_marks
    holes = {k: _holes(rows[k], many, habit=habit) for k, many in gaps.items()}
    widths = list(map(width, bare))
    known = [True] * len(rows)
    for k, some in holes.items():
        known[k] = not some
    return Lines(
        index=tuple(texts),
        texts=rows,
        widths=widths,
        measures=[measure or 0.0 for measure in track(widths, known=known)],
        gaps=gaps,
        holes=holes,
    )


def _holes(text: str, gaps: int, *, habit: bool) -> list[tuple[int, int]]:
    """The blanks of a line that a figure may have left; none where its letters are spaced."""
    if _spaced(text, gaps):
        return []
    out: list[tuple[int, int]] = []
    label = _LABEL.match(text)
    for blank in _BLANKS.finditer(text, label.end() + 1 if label else 0):
        start, end = blank.span()
        left, right = text[start - 1], text[end]
        if left in FIGURE_SIGNS or right.isdigit():
            return []
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
    hint = boundary(text[start - 1], text[end]) - HIDDEN
    return start, end, odds_of(visible + min(2.0, max(-2.0, 0.4 * hint)), text[end])


def _gap(text: str, start: int, end: int) -> Slot:
    """A blank of a line whose letters are spaced: most are nobody's place."""
    left, right = text[start - 1], text[end]
    if left in FIGURE_SIGNS or right.isdigit():
        return start, end, odds_of(-12.0, right)
    weight = boundary(left, right)
    if left in _RATIO or right in _RATIO:
        # a ratio's sign has a figure on either side
        weight = 3.0 if left in _RATIO and right in MARKS | _RATIO else 1.0
    elif right in MARKS:
        # inside a line, a mark needs no figure before it
        weight -= 5.0
    return start, end, odds_of(weight, right)


# --- the odds of each line ------------------------------------------------------------------------


class Place(NamedTuple):
    """What a line says for figures having stood on it.

    Args:
        line: The line.
        start: The odds of a place at its start.
        inner: Its other places.
        end: The odds of a place at its end.
        total: The odds of all places but the end, added up.
        slack: How far it stays behind the measure, in em; 0 where that tells nothing.
        fits: How often such a line with figures stays behind the measure.
        bare: How often it stays as far behind as it does, without figures.
        most: The odds of a figure on it, at most.
        glued: Whether it may be several printed lines.
    """

    line: int
    start: Odds
    inner: tuple[Slot, ...]
    end: Odds
    total: Odds
    slack: float
    fits: Fits
    bare: float
    most: float
    glued: bool

    def room(self, size: float) -> tuple[float, float]:
        """What the width of figures says for them: with the line's end empty, and with one there.

        Args:
            size: Their width in em.
        """
        left = min(max(floor(self.slack + 0.1 - size) + 2, 0), LAST_STEP)
        return self.fits[0][left] / self.bare, self.fits[1][left] / self.bare

    def slots(self, size: int) -> tuple[Slot, ...]:
        """All places of a line of so many code points, in order; the last is its end."""
        return (0, 0, self.start), *self.inner, (size, size, self.end)


#: A line with odds up to this takes no figure.
_ACTIVE: Final = 1e-3
#: What the narrowest figure, and a usual one, leave over on a full line, in em from -2 on.
_NARROW: Final = 2.1 - figure_width("8")
_USUAL: Final = 2.1 - figure_width("300")


def weigh(
    lines: Lines, figures: int, torn: frozenset[int] = frozenset()
) -> tuple[list[Place | None], list[float]]:
    """What each line says for figures, and the probability of one on it as far as that tells.

    The first is left out for lines that can hardly have one.

    Args:
        lines: The lines.
        figures: The number of figures to be placed.
        torn: The fragments of figures that stand at their places. No other stands beside them, and
            the widths of the lines that they are torn from tell nothing.
    """
    visible = lines.visible(figures)
    inner = {k: slots for k in lines.gaps if (slots := lines.inner(k, visible))}
    firsts = [text[0] for text in lines.texts]
    lasts = [text[-1] for text in lines.texts]
    at_edges = list(edges(["", *lasts], [*firsts, ""]))
    if torn:
        for k, number in enumerate(lines.index):
            if number - 1 in torn:
                at_edges[k] = at_edges[k][0], NO_ODDS
            if number + 1 in torn:
                at_edges[k + 1] = NO_ODDS, at_edges[k + 1][1]
    places: list[Place | None] = []
    shares: list[float] = []
    for k, (slack, fit, bare) in enumerate(_fits(lines, lasts, torn)):
        start, end = at_edges[k][1], at_edges[k + 1][0]
        slots, total = (), start
        if k in inner:
            slots = inner[k]
            total = tuple(map(sum, zip(start, *[odds for _, _, odds in slots], strict=True)))
        top, top_end = total[TOP], end[TOP]
        inside, at_end, most_inside, most_at_end = fit
        left = min(int(slack + _NARROW), LAST_STEP)
        most = (top * most_inside[left] + top_end * most_at_end[left]) / bare
        if most > _ACTIVE:
            glued = fit is NO_FITS and lines.glued(k)
            place = Place(k, start, slots, end, total, slack, fit, bare, most, glued)
            places.append(place)
        else:
            places.append(None)
        left = int(slack + _USUAL)
        if not 0 <= left <= LAST_STEP:
            left = 0 if left < 0 else LAST_STEP
        odds = (top * inside[left] + top_end * at_end[left]) / bare
        shares.append(odds / (1 + odds))
    return places, shares


def _fits(
    lines: Lines, lasts: Sequence[str], torn: frozenset[int]
) -> Iterator[tuple[float, Fits, float]]:
    """The slack of each line, how often it is filled up with figures, and how often without."""
    gaps, holes = lines.gaps, lines.holes
    opens = 0.02
    parts = {k for k, n in enumerate(lines.index) if n - 1 in torn or n + 1 in torn} if torn else ()
    columns = zip(lines.texts, lasts, lines.widths, lines.measures, strict=True)
    for k, (text, sign, size, measure) in enumerate(columns):
        slack = measure - size
        ends = sign in _ENDS
        if measure <= 0 or slack < -1 or k in parts:
            yield 0.0, NO_FITS, 1.0
        else:
            behind = floor(slack + 0.1)
            last = 0.35 if ends else 0.03
            letters = len(text)
            if k in gaps:
                letters -= gaps[k]
            if k in gaps and _spaced(text, gaps[k]):
                fit, bare = spaced_fits(behind, opens, letters)
                yield slack, fit, bare
            else:
                bare = (1 - last) * bare_share(behind, opens, letters)
                bare += last * (1 / measure if behind >= 0 else SHORT_OVER)
                letters = min(letters, MANY_LETTERS)
                yield slack, fits(opens, last, letters, measure), bare
        opens = 0.02
        if ends:
            opens = 0.7 if slack > 2 + 3 * len(holes.get(k, ())) else 0.15
