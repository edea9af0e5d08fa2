"""Where the parts of many texts stood in their source, asked for all at once.

The same as slicing each `Traced` and asking the slice for its spans, for a fraction of the price:
a search through all anchors for each part's ends, and nothing copied.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, count, islice, repeat
from operator import add, sub
from typing import Final

import attrs

from govreport.bulk import made
from govreport.source import DELETABLE, Span, Traced

__all__ = ["Stretches"]

#: So much of what stands between two stretches is looked at first, in code points.
_GLANCE: Final = 64


@attrs.frozen(kw_only=True)
class Stretches:
    """Texts one after the other, and their ways through the source.

    Args:
        whole: The texts, a line end between two.
        bases: Where each text begins in it, and where one more would.
        starts: Where each piece begins that stood in the source in one.
        shifts: How much further on each piece stands in the source.
        parted: The pieces, by number, that more than blanks part from the piece before.

    >>> from govreport.source import Anchors
    >>> texts = [Traced("提高", 0), Traced("二点", Anchors((0, 1), (3, 6)))]
    >>> part = Stretches.of(texts, "提高 二\\n\\n点")
    >>> part.spans([0, 3], [1, 5])
    [(Span(0, 1),), (Span(3, 7),)]
    """

    whole: str
    bases: Sequence[int]
    starts: Sequence[int]
    shifts: Sequence[int]
    parted: Sequence[int]

    @classmethod
    def of(cls, texts: Sequence[Traced], source: str) -> Stretches:
        """The ways of texts through a source."""
        printed = [traced.text for traced in texts]
        bases = [*map(add, accumulate(map(len, printed), initial=0), count())]
        starts: list[int] = []
        places: list[int] = []
        heads: list[int] = []
        for base, traced in zip(bases, texts, strict=False):
            heads.append(len(starts))
            where = traced.where
            if isinstance(where, int):
                starts.append(base)
                places.append(where)
            else:
                starts += map(base.__add__, where.places)
                places += where.sources
        shifts = [*map(sub, places, starts)]
        ends = [*map(add, starts[1:], shifts)]
        for head in heads[1:]:
            ends[head - 1] -= 1  # the line end before a text stands in none
        parted = _parted(source, ends, places[1:])
        return cls(
            whole="\n".join(printed), bases=bases, starts=starts, shifts=shifts, parted=parted
        )

    def spans(self, lows: Sequence[int], highs: Sequence[int]) -> list[tuple[Span, ...]]:
        """The spans of parts, as a slice of their text has them.

        Args:
            lows: Where each part begins in the whole, ascending.
            highs: Where each ends; none goes on into another text, and none is empty.
        """
        starts, shifts = self.starts, [0, *self.shifts]  # found by how many pieces have begun
        firsts = [*map(bisect_right, repeat(starts), lows)]
        lasts = [*map(bisect_left, repeat(starts), highs)]
        begins = [*map(add, lows, map(shifts.__getitem__, firsts))]
        ends = [*map(add, highs, map(shifts.__getitem__, lasts))]
        # Most end where the next begins: one number in memory in place of two.
        after = zip(ends, begins[1:], strict=False)
        ends[:-1] = [there if here == there else here for here, there in after]
        out: list[tuple[Span, ...]] = [*zip(made(Span, len(lows), start=begins, end=ends))]
        if self.parted:
            self._part(out, firsts, lasts)
        return out

    def _part(
        self, spans: list[tuple[Span, ...]], firsts: Sequence[int], lasts: Sequence[int]
    ) -> None:
        """Breaks the spans of parts where pieces inside them are parted.

        Args:
            spans: The span of each part as a whole.
            firsts: How many pieces have begun where each part begins.
            lasts: And before its end.
        """
        starts, shifts = self.starts, self.shifts
        inside: dict[int, list[int]] = {}
        begun = map(bisect_right, repeat(firsts), self.parted)
        for piece, k in zip(self.parted, begun, strict=True):
            if k and piece < lasts[k - 1]:
                inside.setdefault(k - 1, []).append(piece)
        begins: list[int] = []
        ends: list[int] = []
        for k, pieces in inside.items():
            begins.append(spans[k][0].start)
            begins += [starts[piece] + shifts[piece] for piece in pieces]
            ends += [starts[piece] + shifts[piece - 1] for piece in pieces]
            ends.append(spans[k][0].end)
        broken = iter(made(Span, len(begins), start=begins, end=ends))
        for k, pieces in inside.items():
            spans[k] = tuple(islice(broken, len(pieces) + 1))


def _parted(source: str, ends: Sequence[int], places: Sequence[int]) -> list[int]:
    """The pieces before which the way through the source breaks off.

    Args:
        source: The source.
        ends: Where each piece but the last ends in it.
        places: Where the piece after it begins.
    """
    between = [
        source[end : place if place - end < _GLANCE else end + _GLANCE]
        for end, place in zip(ends, places, strict=True)
    ]
    # Of what stands there, nearly all is the same few blanks and line ends.
    told = {each: _glance(each) for each in set(between)}
    if not {True, None} & {*told.values()}:
        return []
    return [
        k
        for k, (each, end, place) in enumerate(zip(between, ends, places, strict=True), 1)
        if told[each] or (told[each] is None and _breaks(source, end, place))
    ]


def _glance(between: str) -> bool | None:
    """Whether what stands between two pieces parts them; none where a glance does not tell."""
    blank = between.isspace() or DELETABLE.fullmatch(between) is not None
    return None if blank and len(between) in (0, _GLANCE) else not blank


def _breaks(source: str, end: int, place: int) -> bool:
    """Whether more than blanks, line ends and invisible signs stand between, or the way goes back."""
    return place < end - 1 or (place > end and not DELETABLE.fullmatch(source, end, place))
