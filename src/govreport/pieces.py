"""Blocks cut into pieces that stand together in the source, and the order the pieces take."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, compress, count, pairwise
from operator import attrgetter, le, lt, ne
from typing import Final

import attrs
import regex

from govreport.alignment import Aligner, Change, merged
from govreport.nodes import Gap, Leaf
from govreport.ordering import heaviest_rising
from govreport.said import Changes, Effect, taken
from govreport.source import Span

__all__ = ["Piece", "arranged"]

#: No text is longer than 2 to the power of this.
_BITS: Final = 40
_SPANS: Final = attrgetter("spans")
_START: Final = attrgetter("start")
_END: Final = attrgetter("end")
_TEXT: Final = attrgetter("text")
_FIGURE: Final = regex.compile(r"[\p{N}\p{P}\p{S}\s]*+")


@attrs.define
class Piece:
    """A stretch of the source that stands in one block, with the changes inside it."""

    #: The number of its block.
    block: int
    start: int
    end: int
    text: list[str]
    changes: Changes
    #: Whether it stands in the source at all.
    found: bool = True
    #: Whether it stays in its place there.
    stays: bool = True


class _Claims:
    """The spans of all leaves, in order, with what overlaps or runs over the end cut off.

    Args:
        spans: The spans.
        size: The length of the source.
    """

    def __init__(self, spans: Sequence[Span], size: int) -> None:
        starts, ends = as_given = [*map(_START, spans)], [*map(_END, spans)]
        if ends and max(ends) > size:
            starts, ends = [min(at, size) for at in starts], [min(at, size) for at in ends]
        rising = all(map(le, ends, starts[1:]))
        if not rising:
            starts, ends = _apart(starts, ends)
        self.starts, self.ends = starts, ends
        #: Whether all are as the leaves have them.
        self.whole = starts is as_given[0]
        self._sorted = sorted(starts)
        #: The claims that the next one does not follow.
        self.breaks: list[int] = []
        if not all(map(lt, starts, ends)):  # one that is empty has no place of its own
            self.breaks = [k for k in range(len(starts) - 1) if not self._goes_on(k)]
        elif not rising:
            after = dict(pairwise(self._sorted))
            self.breaks = [*compress(count(), map(ne, map(after.get, starts), starts[1:]))]

    def _goes_on(self, k: int) -> bool:
        start, end = self.starts[k + 1], self.ends[k]
        return start == end or self.follows(end, start)

    def follows(self, end: int, start: int) -> bool:
        """Whether no other leaf has a span between the end of one and the start of another."""
        starts = self._sorted
        return start > end and bisect_left(starts, start) == bisect_left(starts, end)


def _apart(starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Claims out of order, with what overlaps cut off."""
    # None is empty, and as many have ended as have begun before the next begins: none overlap.
    if all(map(lt, starts, ends)) and all(map(le, sorted(ends), sorted(starts)[1:])):
        return starts, ends
    # Where two start at one place, what ends first comes first.
    by_end = sorted(range(len(ends)), key=ends.__getitem__)
    order = sorted(by_end, key=starts.__getitem__)
    starts, ends, edge = starts[:], ends[:], 0
    for k in order:
        starts[k] = max(starts[k], edge)
        ends[k] = edge = max(ends[k], starts[k])
    return starts, ends


class _Cutter:
    """Cuts blocks into pieces; one for a whole document, since it works on whole columns.

    Its arguments are those of :func:`arranged`, the body's blocks and the others in one list.
    """

    def __init__(
        self,
        source: str,
        readings: Mapping[str, str],
        blocks: Sequence[Sequence[Leaf]],
        finer: Callable[[int], Sequence[Leaf]],
    ) -> None:
        self.source = source
        self.aligner = Aligner(source, readings)
        self.said = self.aligner.said
        self._finer = finer
        self._claim(blocks)
        if not self.claims.whole:  # what is cut off depends on where leaves end
            self._claim([*map(finer, range(len(blocks)))])

    def _claim(self, blocks: Sequence[Sequence[Leaf]]) -> None:
        self.blocks = blocks
        spans = [*map(_SPANS, chain.from_iterable(blocks))]
        self.claims = _Claims([*chain.from_iterable(spans)], len(self.source))
        #: How many claims were given out to the blocks before each.
        counts = [0, *accumulate(map(len, spans))]
        sizes = [0, *accumulate(map(len, blocks))]
        self.lows = [*map(counts.__getitem__, sizes)]
        #: Blocks some of whose leaves have no place.
        placeless = [k for k, held in enumerate(spans) if not held] if () in spans else []
        self.partly = {bisect_right(sizes, k) - 1 for k in placeless}

    def cut(self) -> list[list[Piece]]:
        """The pieces of each block, in reading order."""
        held: list[list[Piece]] = [[] for _ in self.blocks]
        for piece in self._whole():
            held[piece.block].append(piece)
        for k in self.partly:
            held[k] = self._read(k)
        for k, (pieces, block) in enumerate(zip(held, self.blocks, strict=True)):
            read = pieces[0].text if len(pieces) == 1 else [t for p in pieces for t in p.text]
            if "".join(read) != "".join(map(_TEXT, block)):
                held[k] = self._aligned(k)
        return held

    def _whole(self) -> Iterator[Piece]:
        """The pieces of all blocks, if each of their leaves has a place and the source says it."""
        heads = [low for low, high in pairwise(self.lows) if low < high]
        if self.claims.breaks:
            heads = sorted({*heads, *[k + 1 for k in self.claims.breaks]})
        tails = [k - 1 for k in [*heads[1:], self.lows[-1]]]
        starts = map(self.claims.starts.__getitem__, heads)
        ends = map(self.claims.ends.__getitem__, tails)
        for head, start, end in zip(heads, starts, ends, strict=False):
            block = bisect_right(self.lows, head) - 1
            text, changes = self.said.stretch(start, end)
            yield Piece(block, start, end, [text], changes)

    def _read(self, index: int) -> list[Piece]:
        """The same of a block some of whose leaves have no place; no leaf is looked into."""
        out: list[Piece] = []
        waiting: list[tuple[str, str]] = []
        for each in self._stretches(index):
            if isinstance(each, Leaf):
                waiting.append(_unplaced(each))
                continue
            start, end = each
            piece = self._place(out, index, start)
            _put(piece, waiting, start)
            text, changes = self.said.stretch(start, end)
            piece.text.append(text)
            piece.changes.extend(changes)
            piece.end = end
        return _finished(out, index, waiting)

    def _stretches(self, index: int) -> list[tuple[int, int] | Leaf]:
        """Where a block stands, neighbours with nothing held between made one; and what has no place."""
        out: list[tuple[int, int] | Leaf] = []
        for leaf, claims in self._claimed(index):
            if not claims:
                out.append(leaf)
            for start, end in claims:
                last = out[-1] if out else None
                if isinstance(last, tuple) and (
                    start == last[1] or self.claims.follows(last[1], start)
                ):
                    out[-1] = last[0], end
                else:
                    out.append((start, end))
        return out

    def _aligned(self, index: int) -> list[Piece]:
        """The pieces, each leaf held against its stretches of the source."""
        out: list[Piece] = []
        waiting: list[tuple[str, str]] = []
        for leaf, claims in self._claimed(index, finely=True):
            if not claims:
                waiting.append(_unplaced(leaf))
            at = 0
            last = len(claims) - 1
            for k, claim in enumerate(claims):
                piece = self._place(out, index, claim[0])
                _put(piece, waiting, claim[0])
                reached, found = self.aligner.span(leaf, at, claim, last=k == last)
                for _, low, high, effect in found:
                    piece.changes.add(low, high, effect)
                piece.text.append(leaf.text[at:reached])
                piece.end = claim[1]
                at = reached
        out = _finished(out, index, waiting)
        for piece in out:
            changes = [Change(0, *change) for change in piece.changes.rows()]
            piece.changes = Changes.none()
            for _, low, high, effect in merged(self.source, changes):
                piece.changes.add(low, high, effect)
        return out

    def _claimed(
        self, index: int, *, finely: bool = False
    ) -> Iterator[tuple[Leaf, list[tuple[int, int]]]]:
        """The leaves of a block, each with its claims."""
        if finely and self.claims.whole:
            for leaf in self._finer(index):
                yield leaf, [(span.start, span.end) for span in leaf.spans]
            return
        claims, low = self.claims, self.lows[index]
        for leaf in self.blocks[index]:
            high = low + len(leaf.spans)
            yield leaf, [*zip(claims.starts[low:high], claims.ends[low:high], strict=True)]
            low = high

    def _place(self, out: list[Piece], index: int, start: int) -> Piece:
        """The piece that a span goes on, or a new one."""
        piece = out[-1] if out else None
        if piece is not None and start == piece.end:
            return piece
        if piece is not None and self.claims.follows(piece.end, start):
            piece.changes.add(piece.end, start, taken(self.source[piece.end : start]))
            piece.end = start
            return piece
        out.append(Piece(index, start, start, [], Changes.none()))
        return out[-1]


def _weight(piece: Piece, body: int) -> int:
    """What it is worth to leave a piece in its place: figures move before words do.

    Args:
        piece: The piece.
        body: The number of the body's blocks; they stay before the others do.
    """
    if piece.block < body:
        for text in piece.text:
            if text and ("一" <= text[0] <= "鿿" or not _FIGURE.fullmatch(text)):
                return piece.end - piece.start + 2
    return 1


def _unplaced(leaf: Leaf) -> tuple[str, str]:
    """A text without a place of its own, and the rule by which it is put in."""
    return leaf.text, "gap" if isinstance(leaf, Gap) else "supplied"


def _put(piece: Piece, waiting: list[tuple[str, str]], place: int) -> None:
    """Put texts without a place of their own into a piece."""
    for text, rule in waiting:
        if text:
            piece.text.append(text)
            piece.changes.add(place, place, Effect(rule, "", text))
    waiting.clear()


def _finished(out: list[Piece], index: int, waiting: list[tuple[str, str]]) -> list[Piece]:
    """The pieces of a block, with the texts at its end that have no place."""
    if waiting and not out:
        out.append(Piece(index, 0, 0, [], Changes.none(), found=False, stays=False))
    if waiting:
        _put(out[-1], waiting, out[-1].end)
    return out


# ---- the order of pieces


def arranged(
    source: str,
    body: Sequence[Sequence[Leaf]],
    apart: Sequence[Sequence[Leaf]],
    readings: Mapping[str, str],
    finer: Callable[[int], Sequence[Leaf]] | None = None,
) -> list[Piece]:
    """All pieces in the order of the text, those marked that stay in place.

    Args:
        source: The source text.
        body: The leaves of each block, blocks in reading order.
        apart: The leaves of each line of front matter and furniture.
        readings: What a character may be read as.
        finer: What gives all leaves of a block of the body, where those given are rough.
    """
    blocks = [*body, *apart]

    def whole(index: int) -> Sequence[Leaf]:
        return blocks[index] if finer is None or index >= len(body) else finer(index)

    cutter = _Cutter(source, readings, blocks, whole)
    return _merged(cutter.cut(), len(body))


def _merged(held: list[list[Piece]], body: int) -> list[Piece]:
    """All pieces in the order of the text: the body's, with the others where they stand."""
    flow = [*chain.from_iterable(held[:body])]
    fixed = _stay(flow, body)
    if body == len(held):
        return flow
    starts = [piece.start for piece in fixed]
    after: dict[int, list[Piece]] = {}
    for block in sorted((b for b in held[body:] if b), key=lambda b: b[0].start):
        k = bisect_left(starts, block[0].start) - 1
        after.setdefault(fixed[k].block if k >= 0 else -1, []).extend(block)
    out = after.get(-1, [])
    for index, pieces in enumerate(held[:body]):
        out += pieces
        if index in after:
            out += after[index]
    # If all of the others can stay beside what stays of the body, there is no better choice.
    places = [_place_of(piece) for piece in out if piece.stays]
    if not all(map(lt, places, places[1:])):
        _stay(out, body)
    return out


def _place_of(piece: Piece) -> int:
    """Start and end as one number: what is empty stands before what begins at the same place."""
    return (piece.start << _BITS) + piece.end


def _stay(pieces: Sequence[Piece], body: int) -> list[Piece]:
    """Mark the pieces that stay in place, and give them; what is not in the source has none."""
    there = [piece for piece in pieces if piece.found]
    places = [*map(_place_of, there)]
    if all(map(lt, places, places[1:])):
        return there
    kept = heaviest_rising(places, lambda some: [_weight(there[k], body) for k in some])
    for piece in there:
        piece.stays = False
    stay = [there[k] for k in kept]
    for piece in stay:
        piece.stays = True
    return stay
