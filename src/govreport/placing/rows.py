"""The fragments that are no figures, and the blanks that figures may have left in them.

That is all that a page asks for whose figures plainly stand beside their lines; how wide the lines
are (`govreport.placing.lines`) is read only where some may be displaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, count
from operator import ne
from typing import Final

import attrs

from govreport.placing.evidence import MARKS
from govreport.placing.figures import FIGURE_SIGNS
from govreport.typography import OPENING

__all__ = ["Hole", "Rows", "read"]

Hole = tuple[int, int]
"""A blank that a figure may have left: two offsets of the line's text."""

#: A blank that is no space.
_ODD_BLANK = re.compile(r"[^\S \n]")
_BLANKS = re.compile(r"\s+")
#: The label of a part, which a blank parts from its heading by habit.
_LABEL = re.compile(r"第[〇零一二三四五六七八九十百]{1,6}(?:[编編篇章节節條条回]|部分)(?=\s)")
_PAUSES = ("，", "。", "、", "；")
_SPACED_PAUSES = ("， ", "。 ", "、 ", "； ")
#: Lines whose habits are looked at together.
_WINDOW: Final = 32
#: A line with fewer blanks is not one whose letters are spaced; one less will do where a blank
#: stands between all of them.
_FEWEST_GAPS: Final = 4


@attrs.frozen(slots=True, kw_only=True)
class Rows:
    """The fragments that are no figures, in columns.

    Args:
        first: The number of the first one among all of a text.
        index: Their numbers among the fragments.
        texts: Their texts.
        bare: The same without blanks.
        letters: The number of their signs then.
        spaced: Those with blanks between their letters.
        holes: The blanks of each that figures may have left; none where it has none.
    """

    first: int
    index: Sequence[int]
    texts: Sequence[str]
    bare: Sequence[str]
    letters: Sequence[int]
    spaced: frozenset[int]
    holes: Mapping[int, Sequence[Hole]]

    def part(self, start: int, stop: int) -> Rows:
        """Some of them: from one on, as far as one past the last."""
        if stop - start == len(self.texts):
            return self
        return Rows(
            first=self.first + start,
            index=self.index[start:stop],
            texts=self.texts[start:stop],
            bare=self.bare[start:stop],
            letters=self.letters[start:stop],
            spaced=frozenset([k - start for k in range(start, stop) if k in self.spaced]),
            holes={k - start: self.holes[k] for k in range(start, stop) if k in self.holes},
        )

    def blanks(self, start: int, stop: int) -> int:
        """How many blanks of some of them figures may have left."""
        if stop - start == len(self.texts):
            return sum(map(len, self.holes.values()))
        return sum([len(self.holes[k]) for k in range(start, stop) if k in self.holes])


def read(index: Sequence[int], texts: Sequence[str]) -> Rows:
    """Read fragments that are no figures.

    Args:
        index: Their numbers.
        texts: Their texts, none of which is empty.

    >>> read([0, 2], ["全镇新修水渠 条，年均增长", "受益农田亩。"]).holes
    {0: [(6, 7)]}
    """
    rows, bare = _closed_up(texts)
    sizes, letters = list(map(len, texts)), list(map(len, bare))
    blank = compress(count(), map(ne, sizes, letters))
    # of s signs and l letters at most s - l gaps: `_is_spaced` asks for 5 gaps to 3 (l - 1) at least
    spaced = frozenset(
        [k for k in blank if 8 * letters[k] <= 5 * sizes[k] + 3 and _is_spaced(texts[k])]
    )
    starts = [
        start
        for start in range(0, len(texts), _WINDOW)
        if sizes[start : start + _WINDOW] != letters[start : start + _WINDOW]
    ]
    holes = {k: some for k, some in _all_holes(texts, rows, starts) if k not in spaced}
    return Rows(
        first=0, index=index, texts=texts, bare=bare, letters=letters, spaced=spaced, holes=holes
    )


def _closed_up(texts: Sequence[str]) -> tuple[Sequence[str], list[str]]:
    """Texts with a space for each of their blanks, and without them."""
    whole = "\n".join(texts)
    bare = whole.replace(" ", "").split()
    if len(bare) == len(texts):
        return texts, bare
    whole = _ODD_BLANK.sub(" ", whole)  # there are blanks that are no spaces
    return whole.split("\n"), whole.replace(" ", "").split("\n")


def _is_spaced(text: str) -> bool:
    """Whether blanks stand at most places between a line's letters: at three of five, or more."""
    gaps = len(text.split()) - 1
    between = len(text) - gaps - 1
    return (
        gaps >= (_FEWEST_GAPS if gaps < between else _FEWEST_GAPS - 1) and 5 * gaps >= 3 * between
    )


@cache
def _between() -> re.Pattern[str]:
    """A blank between two signs that are no marks."""
    marks, opening = (re.escape("".join(sorted(signs))) for signs in (MARKS, OPENING))
    return re.compile(rf" (?<=[^ {marks}] ) *+[^{marks}{opening}]")


def _all_holes(
    texts: Sequence[str], rows: Sequence[str], starts: Sequence[int]
) -> Iterator[tuple[int, Sequence[Hole]]]:
    """The blanks that figures may have left, by line.

    Args:
        texts: The lines.
        rows: The same with a space for each of their blanks.
        starts: The first lines of the windows that have some.
    """
    between = _between()
    for first, part, habit in _windows(rows, starts):
        if not habit or between.search(part):
            for k, row in enumerate(part.split("\n"), first):
                seen = between.search(row) if habit else " " in row
                if seen and (some := _holes(texts[k], habit=habit)):
                    yield k, some


def _windows(rows: Sequence[str], starts: Sequence[int]) -> Iterator[tuple[int, str, bool]]:
    """Windows: their first lines, their texts, whether blanks are habit in them.

    They are where they stand behind marks by habit in a window or one beside it; pages with such a
    habit and without it may be in one text.

    Args:
        rows: The lines, with a space for each of their blanks.
        starts: The first lines of the windows that have some.
    """
    parts = ["\n".join(rows[start : start + _WINDOW]) for start in starts]
    habits: set[int] = set()
    for start, part in zip(starts, parts, strict=True):
        # such blanks behind a third of all marks are no figure's
        marks = sum(map(part.count, _PAUSES))
        if 3 * part.count(" ") > marks and 3 * sum(map(part.count, _SPACED_PAUSES)) > marks:
            habits.update((start - _WINDOW, start, start + _WINDOW))
    return zip(starts, parts, map(habits.__contains__, starts), strict=True)


def _holes(text: str, *, habit: bool) -> Sequence[Hole]:
    """The blanks of a line that a figure may have left."""
    out: list[Hole] = []
    label = _LABEL.match(text) if text[0] == "第" else None
    for blank in _BLANKS.finditer(text, label.end() + 1 if label else 0):
        start, end = blank.span()
        left, right = text[start - 1], text[end]
        if left in FIGURE_SIGNS or right.isdigit():
            return ()
        if habit and (left in MARKS or right in MARKS or right in OPENING):
            continue  # where blanks stand after marks by habit, they tell nothing
        if left.isascii() and right.isascii() and left.isalpha() and right.isalpha():
            continue
        if text[start:end] != "\u3000" and (right != "—" or not text.startswith("——", end)):
            out.append((start, end))
    return out
