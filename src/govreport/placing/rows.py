"""The fragments that are no figures, and the blanks that figures may have left in them.

That is all that a page asks for whose figures plainly stand beside their lines; how wide the lines
are (`govreport.placing.lines`) is read only where some may be displaced.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, count, groupby
from operator import add, itemgetter
from typing import Final

import attrs

from govreport.placing.evidence import MARKS
from govreport.placing.figures import FIGURE_SIGNS
from govreport.typography import OPENING

__all__ = ["Hole", "Rows", "closed_up", "read"]

Hole = tuple[int, int]
"""A blank that a figure may have left: two offsets of the line's text."""

#: A blank that is no space.
_ODD_BLANK = re.compile(r"[^\S \n]")
_BLANKS = re.compile(r"\s+")
#: The label of a part, which a blank parts from its heading by habit.
_LABEL = re.compile(r"第[〇零一二三四五六七八九十百]{1,6}(?:[编編篇章节節條条回]|部分)(?=\s)")
_PAUSES = frozenset("，。、；")
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
        letters: The number of their signs without blanks.
        spaced: Those with blanks between their letters.
        holes: The blanks of each that figures may have left; none where it has none.
    """

    first: int
    index: Sequence[int]
    texts: Sequence[str]
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
    whole, bare = _closed_up(texts)
    letters = list(map(len, bare))
    spaced, holes = frozenset[int](), dict[int, Sequence[Hole]]()
    if " " in whole:
        spaced = frozenset(_spaced_lines(texts, letters))
        holes = {k: some for k, some in _all_holes(texts, whole) if k not in spaced}
    return Rows(first=0, index=index, texts=texts, letters=letters, spaced=spaced, holes=holes)


def closed_up(texts: Sequence[str]) -> list[str]:
    """Texts, none of which is empty, without their blanks.

    >>> closed_up(["全镇新修水渠 条", "受益\u3000农田"])
    ['全镇新修水渠条', '受益农田']
    """
    return _closed_up(texts)[1]


def _closed_up(texts: Sequence[str]) -> tuple[str, list[str]]:
    """Texts as one, with a space for each blank inside a line; and each without its blanks."""
    whole = "\n".join(texts)
    bare = whole.replace(" ", "").split()
    if len(bare) != len(texts):  # there are blanks that are no spaces
        whole = _ODD_BLANK.sub(" ", whole)
        bare = whole.replace(" ", "").split("\n")
    return whole, bare


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
    """A blank behind a pause; any; one between two signs that are no marks.

    Each begins with the blank itself, which a search finds many times as fast as a class.
    """
    pauses, marks = (re.escape("".join(sorted(signs))) for signs in (_PAUSES, MARKS))
    opening = re.escape("".join(sorted(OPENING)))
    return (
        re.compile(rf" (?<=[{pauses}] )"),
        re.compile(r" "),
        re.compile(rf" (?<=[^ {marks}] ) *+[^{marks}{opening}]"),
    )


def _all_holes(texts: Sequence[str], whole: str) -> Iterator[tuple[int, Sequence[Hole]]]:
    """The blanks that figures may have left, by line.

    Args:
        texts: The lines.
        whole: The same, spaces for their blanks, line ends between them.
    """
    _, blank, between = _patterns()
    starts = list(map(add, accumulate(map(len, texts), initial=0), count()))
    for habit, start, stop in _habits(whole, starts):
        end = 0
        for found in (between if habit else blank).finditer(whole, starts[start], starts[stop]):
            at = found.start()
            if at >= end:
                k = bisect_right(starts, at, start, stop) - 1
                end = starts[k + 1]
                if some := _holes(texts[k], habit=habit):
                    yield k, some


def _habits(whole: str, starts: Sequence[int]) -> Iterator[tuple[bool, int, int]]:
    """Whether blanks stand behind marks by habit, and the lines from which on and up to which.

    Pages with such a habit and without it may be in one text.
    """
    paused, _, _ = _patterns()
    lines = len(starts) - 1
    windows = range(0, lines, _WINDOW)
    found: list[bool] = []
    for k in windows:
        part = whole[starts[k] : starts[min(k + _WINDOW, lines)]]
        blanks = len(paused.findall(part))
        # such blanks behind a third of all marks are no figure's
        found.append(blanks > 0 and 3 * blanks > sum(map(part.count, _PAUSES)))
    near = map(any, zip([False, *found[:-1]], found, [*found[1:], False], strict=True))
    for habit, some in groupby(zip(near, windows, strict=True), key=itemgetter(0)):
        first, *more = some
        yield habit, first[1], min((more[-1] if more else first)[1] + _WINDOW, lines)


def _holes(text: str, *, habit: bool) -> Sequence[Hole]:
    """The blanks of a line that a figure may have left."""
    out: list[Hole] = []
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
