"""Where in a text figures were displaced, and where they only stand apart from their lines.

Pages in one text may have come from anywhere, each with its own damage. So a text is cut into
stretches where it shows that a page may end, and each is judged by itself: where its figures stand
torn from their lines, right behind or before what they belong to, none needs a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import log
from typing import Final

import attrs

from govreport.placing.evidence import boundary
from govreport.placing.figures import figure_width
from govreport.placing.lines import Lines, visible
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
#: Lines behind a stretch that its figures may stand before.
_TAIL: Final = 8

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
        low: The first of its fragments of figures among all.
        high: One past the last.
        start: The first of the lines that they may belong to.
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

        With what the page speaks for the others doing so.
        """
        found, likely = self.high - self.low, self.likely
        known = sum([1 for weight in self.stays if weight is not None])
        if likely < max(_ENOUGH_TORN, _TORN_SHARE * found) or 2 * likely < known:
            return frozenset(), _habit(likely, found)
        habit = _habit(likely, known)
        some = enumerate(self.stays, self.low)
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
    """The fragments of figures in a text, in columns.

    Args:
        index: Their numbers among the fragments.
        texts: The figures of each.
    """

    index: Sequence[int]
    texts: Sequence[tuple[Traced, ...]]

    def line(self, row: int) -> int:
        """The first line behind the fragment of figures before one."""
        return self.index[row - 1] + 1 - row if row else 0


def unsettled(lines: Lines, found: Found) -> Iterator[Stretch]:
    """The stretches in which figures may be displaced; such as follow each other are one.

    Args:
        lines: The lines.
        found: The figures.
    """
    stretches = [_stretch(lines, found, low, high) for low, high in pairwise(cuts(found.index))]
    if len(stretches) > 1 and _together(stretches).torn():
        return
    for settled, some in groupby(stretches, key=Stretch.settled):
        if not settled:
            first, *more = some
            yield _stretch(lines, found, first.low, more[-1].high) if more else first


def _stretch(lines: Lines, found: Found, low: int, high: int) -> Stretch:
    """How the figures from one fragment of figures on, as far as one past the last, stand."""
    start = found.line(low)
    stop = found.line(high) if high < len(found.index) else len(lines.texts)
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
    index, texts = found.index, found.texts
    size = len(lines.texts)
    out: list[float | None] = []
    fitting = 0
    for start, stop in runs(index[low:high]):
        some = texts[low + start : low + stop]
        digits = len(some) > 1 and all(len(each) == len(each[0]) == 1 for each in some)
        if len(some) > LONGEST_TORN and not digits:
            out += [None] * len(some)
            continue
        after = index[low + start] - low - start
        behind = after - 1 if after else None
        next_ = after if after < size else None
        ems = sum([figure_width(figure.text) for each in some for figure in each])
        # where digits are spaced, letters are: their blanks tell nothing
        weight = torn(lines, behind, next_, ems, _UNSEEN if digits else seen)
        if weight is not None:
            fitting += len(some) if weight > 0 else 0
            # behind a text's last sentence nothing follows that a figure could belong to
            if behind is not None and (next_ is not None or lines.texts[behind][-1] in TERMINAL):
                following = "" if next_ is None else lines.texts[next_][:2]
                weight += 4.0 + boundary(lines.texts[behind][-1], following)
        out += [weight] * len(some)
    return out, fitting


def _habit(likely: int, found: int) -> float:
    return max(-12.0, 3 * log((likely + 0.5) / (found - likely + 3.0)))
