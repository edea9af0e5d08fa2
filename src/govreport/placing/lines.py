"""The lines that may have lost figures, in columns: their widths, and the blanks inside them.

That is all that figures torn from their lines ask for; what the odds of each place are
(`govreport.placing.weighing`) is read only where some are displaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from math import log
from operator import itemgetter
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
from govreport.stacked import Stack
from govreport.typography import OPENING, widths

__all__ = ["Lines", "Slot", "read", "visible"]

Slot = tuple[int, int, Odds]
"""A place where a figure may have stood: two offsets of the line's text, and its odds."""

_BLANKS = re.compile(r"\s+")
#: A blank that is no space.
_ODD_BLANK = re.compile(r"[^\S \n]")
#: The label of a part, which a blank parts from its heading by habit.
_LABEL = re.compile(r"第[〇零一二三四五六七八九十百]{1,6}(?:[编編篇章节節條条回]|部分)(?=\s)")
_PAUSES = frozenset("，。、；")
_RATIO = frozenset(":∶+")
#: Lines whose habits are looked at together.
_WINDOW: Final = 32
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
        letters: The number of their signs without blanks.
        widths: Those of the texts without blanks, in em.
        measures: The column's width at each, in em; 0 where the text was never wrapped.
        spaced: The lines with blanks between their letters.
        holes: A line's blanks that a figure may have left; none where it has none.
    """

    index: Sequence[int]
    texts: Sequence[str]
    letters: Sequence[int]
    widths: Sequence[float]
    measures: Sequence[float]
    spaced: frozenset[int]
    holes: Mapping[int, Sequence[tuple[int, int]]]

    def part(self, start: int, stop: int) -> Lines:
        """Some of the lines: from one on, as far as one past the last."""
        if stop - start == len(self.texts):
            return self
        return Lines(
            index=self.index[start:stop],
            texts=self.texts[start:stop],
            letters=self.letters[start:stop],
            widths=self.widths[start:stop],
            measures=self.measures[start:stop],
            spaced=frozenset([k - start for k in self.spaced if start <= k < stop]),
            holes={k - start: some for k, some in self.holes.items() if start <= k < stop},
        )

    def blanks(self, start: int, stop: int) -> int:
        """How many blanks of some lines a figure may have left."""
        if stop - start == len(self.texts):
            return sum(map(len, self.holes.values()))
        return sum([len(self.holes[k]) for k in range(start, stop) if k in self.holes])

    def slack(self, k: int) -> float | None:
        """How far a line stays behind the measure, in em; none where that tells nothing."""
        measure, size = self.measures[k], self.widths[k]
        return measure - size if measure > 0 and size <= measure + 1 else None

    def glued(self, k: int) -> bool:
        """Whether a line is wider than the column, so that it may be several printed lines."""
        return 0 < self.measures[k] < self.widths[k] - 1

    def inner(self, k: int, visible: float) -> tuple[Slot, ...]:
        """A line's places but its start and its end, by what a blank speaks."""
        text = self.texts[k]
        if k in self.holes:
            slots = [_hole(text, start, end, visible) for start, end in self.holes[k]]
        elif k in self.spaced:
            slots = [_gap(text, *blank.span()) for blank in _BLANKS.finditer(text)]
        else:
            return ()
        if len(slots) > _MOST_SLOTS:
            least = sorted([odds[TOP] for _, _, odds in slots], reverse=True)[_MOST_SLOTS - 1]
            slots = [slot for slot in slots if slot[2][TOP] >= least][:_MOST_SLOTS]
        return tuple(slots)


def visible(blanks: int, figures: int) -> float:
    """What a blank that a figure may have left speaks for one.

    Args:
        blanks: How many there are.
        figures: How many figures are to be placed.
    """
    spare = max(0, blanks - figures)
    return min(5.0, max(-3.0, log(12 * (figures + 1) / (spare + 1))))


def read(index: Sequence[int], texts: Sequence[str]) -> Lines:
    """The lines that texts make.

    Args:
        index: The numbers of their fragments.
        texts: The texts, none of which is empty.

    >>> read([0, 2], ["全镇新修水渠 条，年均增长", "受益农田亩。"]).holes
    {0: [(6, 7)]}
    """
    whole = "\n".join(texts)
    closed = whole.replace(" ", "")
    if _ODD_BLANK.search(closed):
        closed = _ODD_BLANK.sub("", closed)
    bare = closed.split("\n")
    letters = list(map(len, bare))
    spaced, holes = frozenset[int](), dict[int, Sequence[tuple[int, int]]]()
    if len(closed) < len(whole):
        spaced = frozenset(_spaced_lines(texts, letters))
        holes = {k: some for k, some in _all_holes(texts) if k not in spaced}
    ems = widths(bare)
    known = [True] * len(texts)
    for k in holes:
        known[k] = False
    return Lines(
        index=index,
        texts=texts,
        letters=letters,
        widths=ems,
        measures=[measure or 0.0 for measure in track(ems, known=known)],
        spaced=spaced,
        holes=holes,
    )


def _spaced_lines(texts: Sequence[str], letters: Sequence[int]) -> Iterator[int]:
    """The lines with blanks between their letters."""
    for k, (text, size) in enumerate(zip(texts, letters, strict=True)):
        if len(text) - size >= _FEWEST_GAPS - 1 and _is_spaced(text):
            yield k


def _is_spaced(text: str) -> bool:
    gaps = len(text.split()) - 1
    between = len(text) - gaps - 1
    return gaps >= (_FEWEST_GAPS if gaps < between else _FEWEST_GAPS - 1) and gaps >= 0.6 * between


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A blank after a pause; a blank; a blank between two signs that are no marks."""
    pauses, marks = (re.escape("".join(sorted(signs))) for signs in (_PAUSES, MARKS))
    opening = re.escape("".join(sorted(OPENING)))
    return (
        re.compile(rf"[{pauses}](?=[^\S\n])"),
        re.compile(r"[^\S\n]"),
        re.compile(rf"[^\s{marks}][^\S\n]++[^\s{marks}{opening}]"),
    )


def _all_holes(texts: Sequence[str]) -> Iterator[tuple[int, Sequence[tuple[int, int]]]]:
    """The blanks that figures may have left, by line."""
    _, blank, between = _patterns()
    stack = Stack.of(texts)
    for habit, start, stop in _habits(stack):
        part = Stack.of(texts[start:stop]) if stop - start < len(texts) else stack
        for k in part.having(between if habit else blank):
            if some := _holes(part.texts[k], habit=habit):
                yield start + k, some


def _habits(stack: Stack) -> Iterator[tuple[bool, int, int]]:
    """Whether blanks stand behind marks by habit, and the lines from which on and up to which.

    Pages with such a habit and without it may be in one text.
    """
    paused, _, _ = _patterns()
    whole, starts = stack.whole, stack.starts
    count = len(stack.texts)
    windows = range(0, count, _WINDOW)
    found: list[bool] = []
    for k in windows:
        part = whole[starts[k] : starts[min(k + _WINDOW, count)]]
        blanks = len(paused.findall(part))
        # such blanks behind a third of all marks are no figure's
        found.append(blanks > 0 and 3 * blanks > sum(map(part.count, _PAUSES)))
    near = map(any, zip([False, *found[:-1]], found, [*found[1:], False], strict=True))
    for habit, some in groupby(zip(near, windows, strict=True), key=itemgetter(0)):
        first, *more = some
        yield habit, first[1], min((more[-1] if more else first)[1] + _WINDOW, count)


def _holes(text: str, *, habit: bool) -> Sequence[tuple[int, int]]:
    """The blanks of a line that a figure may have left."""
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
