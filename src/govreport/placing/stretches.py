"""Where in a text figures were displaced, and where they only stand apart from their lines.

Pages in one text may have come from anywhere, each with its own damage. So a text is cut into
stretches where it shows that a page may end, and each is judged by itself: where its figures stand
torn from their lines, right behind or before what they belong to, none needs a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import log
from typing import Final

import attrs

from govreport.measure import MINIMUM
from govreport.placing.evidence import boundary
from govreport.placing.figures import figure_width
from govreport.placing.lines import Lines, measured, visible
from govreport.placing.rows import Rows
from govreport.placing.slots import torn
from govreport.source import Traced
from govreport.typography import TERMINAL

__all__ = ["LONGEST_TORN", "Found", "Stretch", "cuts", "runs", "unsettled"]

#: More figures than so many that follow each other are torn from no line, unless they are the digits
#: of one number.
LONGEST_TORN: Final = 3
#: A stretch has at least so many fragments of figures, and goes no further where they are so many,
#: or where so many lines have none, or where more follow each other than are torn from a line.
_FEWEST: Final = 16
_MOST: Final = 96
_FAR: Final = 40
#: The least share of the lines that have as many signs as the column is wide, where that is plain;
#: and so far figures may reach over their line, in em.
_USUAL: Final = 0.1
_NEARLY: Final = 0.3
#: What blanks speak for figures where they tell nothing.
_UNSEEN: Final = -99.0
#: Weights from which a figure seems to stand at its place, and does stand there on a page of torn
#: figures; and the fewest that make such a page.
_LIKELY: Final = 1.5
_SURE: Final = 2.0
_ENOUGH_TORN: Final = 3
_TORN_SHARE: Final = 0.1
#: The share of a torn page's figures that the others, and its blanks, may be and tell nothing.
_STRAY: Final = 0.01
#: Where this share of the figures seem to stand at their places, all but one of them, and blanks
#: are fewer than half of them, none is displaced.
_FITTING: Final = 0.7
_HALF: Final = 0.5


@attrs.frozen(slots=True, kw_only=True)
class Stretch:
    """A part of a text, and how its figures stand.

    Args:
        low: The first of its fragments of figures among given ones.
        high: One past the last.
        start: The first of the lines that they may belong to, among given ones.
        stop: One past the last.
        blanks: The blanks in them that figures may have left.
        stays: What speaks for each fragment standing at its place; none where nothing can.
        fitting: How many of them fill up the line that they would belong to.
    """

    low: int
    high: int
    start: int
    stop: int
    blanks: int
    stays: Sequence[float | None]
    fitting: int

    @property
    def likely(self) -> int:
        """How many seem to stand at their places."""
        return sum([1 for weight in self.stays if weight is not None and weight > _LIKELY])

    def torn(self) -> bool:
        """Whether its figures are torn from their lines, and none is displaced."""
        found = self.high - self.low
        fitting = max(self.likely, self.fitting)
        few = max(1.0, _STRAY * found)
        return fitting > _FITTING * found and found - fitting <= few and self.blanks < _HALF * found

    def staying(self) -> tuple[frozenset[int], float]:
        """The figures that stand at their places, where most of a page's are torn from their lines.

        They are counted from the stretch's first. With what the page speaks for the others doing so.
        """
        found, likely = self.high - self.low, self.likely
        known = sum([1 for weight in self.stays if weight is not None])
        if likely < max(_ENOUGH_TORN, _TORN_SHARE * found) or 2 * likely < known:
            return frozenset(), _habit(likely, found)
        habit = _habit(likely, known)
        some = enumerate(self.stays)
        return frozenset([j for j, w in some if w is not None and w + habit > _SURE]), habit

    def settled(self) -> bool:
        """Whether none of its figures asks for a place."""
        if self.torn():
            return True
        staying, _ = self.staying()
        left = self.high - self.low - len(staying)
        return bool(staying) and min(self.blanks, left) <= _STRAY * len(staying)


def cuts(index: Sequence[int]) -> list[int]:
    """The fragments of figures with which stretches begin, and their number.

    Args:
        index: The numbers of the fragments of figures among all.

    >>> cuts([*range(10, 30, 2), 90, *range(95, 150, 5), *range(200, 220)])
    [0, 22, 42]
    """
    out = [0]
    for start, stop in runs(index):
        if start - out[-1] >= _FEWEST and (
            start - out[-1] >= _MOST or index[start] - index[start - 1] > _FAR
        ):
            out.append(start)
        if stop - start > LONGEST_TORN and stop - out[-1] >= _FEWEST:
            out.append(stop)
    if len(out) > 1 and len(index) - out[-1] < _FEWEST:
        out.pop()
    return [*out, len(index)]


def runs(index: Sequence[int]) -> list[tuple[int, int]]:
    """Fragments of figures that follow each other: the first of each run, and one past its last.

    >>> runs([3, 4, 7])
    [(0, 2), (2, 3)]
    """
    starts = [j for j, (one, other) in enumerate(pairwise(index), 1) if other != one + 1]
    return list(pairwise([0, *starts, len(index)]))


@attrs.frozen(slots=True, kw_only=True)
class Found:
    """Fragments of figures, in columns.

    Args:
        index: Their numbers among the fragments.
        texts: The figures of each.
        after: The number of the line after each among all, other figures aside.
    """

    index: Sequence[int]
    texts: Sequence[tuple[Traced, ...]]
    after: Sequence[int]

    def part(self, low: int, high: int) -> Found:
        """Some of them: from one on, as far as one past the last."""
        return Found(
            index=self.index[low:high], texts=self.texts[low:high], after=self.after[low:high]
        )


def unsettled(rows: Rows, found: Found) -> Iterator[tuple[Lines, Found, Stretch]]:
    """The stretches in which figures may be displaced; such as follow each other are one.

    Args:
        rows: The fragments that are no figures.
        found: Those that are.

    Returns:
        The lines and the figures of each, and how they stand.
    """
    for plain, some in groupby(
        pairwise(cuts(found.index)), key=lambda bounds: _plain(rows, found, *bounds)
    ):
        if not plain:
            bounds = sorted({row for pair in some for row in pair})
            start, stop = _reach(rows, found, bounds[0], bounds[-1])
            lines = measured(rows.part(start, stop))
            part = found.part(bounds[0], bounds[-1])
            yield from _judged(lines, part, [row - bounds[0] for row in bounds])


def _reach(rows: Rows, found: Found, low: int, high: int) -> tuple[int, int]:
    """The lines that figures may belong to, among given ones: the first, and one past the last."""
    start = found.after[low - 1] - rows.first if low else 0
    stop = found.after[high - 1] + 1 - rows.first if high < len(found.after) else len(rows.texts)
    return start, min(stop, len(rows.texts))


def _plain(rows: Rows, found: Found, low: int, high: int) -> bool:
    """Whether figures plainly stand where they belong, by the number of signs of the lines alone.

    Most lines of a column have as many signs as it is wide, and digits make more of them.
    """
    if high - low < _FEWEST:
        return False
    start, stop = _reach(rows, found, low, high)
    if rows.blanks(start, stop) >= _HALF * (high - low):
        return False
    letters = rows.letters
    usual, times = Counter(letters[start:stop]).most_common(1)[0]
    if usual < MINIMUM or times < _USUAL * (stop - start):
        return False
    misfits = max(1.0, _STRAY * (high - low))
    for k, run in _gathered(found, low, high, rows.first):
        behind = letters[k - 1] if k and k - 1 not in rows.holes else usual
        before = letters[k] if k < len(letters) else usual
        if _is_list(run) or _size(run) - _NEARLY > usual - min(behind, before):
            misfits -= len(run)
            if misfits < 0:
                return False
    return True


def _judged(
    lines: Lines, found: Found, bounds: Sequence[int]
) -> Iterator[tuple[Lines, Found, Stretch]]:
    """The stretches between given fragments of figures in which some may be displaced."""
    stretches = [_stretch(lines, found, low, high) for low, high in pairwise(bounds)]
    if len(stretches) > 1 and _together(stretches).torn():
        return
    for settled, some in groupby(stretches, key=Stretch.settled):
        if not settled:
            first, *more = some
            each = _stretch(lines, found, first.low, more[-1].high) if more else first
            # a figure stands before its line only where that follows at once
            stop = min(each.stop, found.after[each.high - 1] - lines.first + 1)
            yield lines.part(each.start, stop), found.part(each.low, each.high), each


def _stretch(lines: Lines, found: Found, low: int, high: int) -> Stretch:
    """How the figures from one fragment of figures on, as far as one past the last, stand."""
    start, stop = _reach(lines, found, low, high)
    blanks = lines.blanks(start, stop)
    figures = sum(map(len, found.texts[low:high]))
    stays, fitting = _stays(lines, found, low, high, visible(blanks, figures))
    return Stretch(
        low=low, high=high, start=start, stop=stop, blanks=blanks, stays=stays, fitting=fitting
    )


def _together(stretches: Sequence[Stretch]) -> Stretch:
    """All stretches of a text as one."""
    return Stretch(
        low=0,
        high=stretches[-1].high,
        start=0,
        stop=stretches[-1].stop,
        blanks=sum([each.blanks for each in stretches]),
        stays=[weight for each in stretches for weight in each.stays],
        fitting=sum([each.fitting for each in stretches]),
    )


_Run = Sequence[tuple[Traced, ...]]
"""Fragments of figures that follow each other."""


def _gathered(found: Found, low: int, high: int, first: int) -> Iterator[tuple[int, _Run]]:
    """Fragments of figures that follow each other, with the line after them.

    Args:
        found: The figures.
        low: The first fragment of figures.
        high: One past the last.
        first: The number of the first line.
    """
    after, texts = found.after[low:high], found.texts[low:high]
    for start, stop in runs(found.index[low:high]):
        yield after[start] - first, texts[start:stop]


def _size(run: _Run) -> float:
    """The width of figures, in em."""
    return sum([figure_width(figure.text) for each in run for figure in each])


def _is_list(run: _Run) -> bool:
    """Whether figures are too many for having been torn from one line."""
    return len(run) > LONGEST_TORN and not _digits(run)


def _digits(run: _Run) -> bool:
    """Whether figures are the digits of one."""
    return len(run) > 1 and all(len(each) == len(each[0]) == 1 for each in run)


def _stays(
    lines: Lines, found: Found, low: int, high: int, seen: float
) -> tuple[list[float | None], int]:
    """What speaks for fragments of figures standing at their places; none where nothing can.

    With the number of those that fill up the line that they would belong to.

    Args:
        lines: The lines.
        found: The figures.
        low: The first fragment of figures.
        high: One past the last.
        seen: What a blank speaks for a figure.
    """
    out: list[float | None] = []
    fitting = 0
    for after, run in _gathered(found, low, high, lines.first):
        weight = None
        if not _is_list(run):
            before = after - 1 if after else None
            next_ = after if after < len(lines.texts) else None
            # where digits are spaced, letters are: their blanks tell nothing
            visibly = _UNSEEN if _digits(run) else seen
            weight = torn(lines, before, next_, _size(run), visibly)
            if weight is not None:
                fitting += len(run) if weight > 0 else 0
                weight += _neighbours(lines, before, next_)
        out += [weight] * len(run)
    return out, fitting


def _neighbours(lines: Lines, before: int | None, after: int | None) -> float:
    """What the neighbours of figures say for their standing at their place."""
    if before is None:
        return 0.0
    last = lines.texts[before][-1]
    if after is None:
        # behind a text's last sentence nothing follows that a figure could belong to
        return 4.0 + boundary(last, "") if last in TERMINAL else 0.0
    return 4.0 + boundary(last, lines.texts[after][:2])


def _habit(likely: int, found: int) -> float:
    """What a page speaks for a figure standing at its place, by how many of its figures seem to."""
    return max(-12.0, 3 * log((likely + 0.5) / (found - likely + 3.0)))
