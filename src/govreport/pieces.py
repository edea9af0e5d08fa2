"""Blocks cut into pieces that stand together in the source, and the order the pieces take."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from operator import le, lt
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


#: Of a piece that says what the source says there: its changes are looked up if it stays in place.
_ITS_OWN: Final = Changes.none()


class _Claims:
    """The spans of all leaves, in order, with what overlaps or runs over the end cut off.

    Args:
        spans: For each block the spans of each leaf.
        size: The length of the source.
    """

    def __init__(self, spans: Sequence[Sequence[tuple[Span, ...]]], size: int) -> None:
        flat = [*chain.from_iterable(chain.from_iterable(spans))]
        starts, ends = [span.start for span in flat], [span.end for span in flat]
        if ends and max(ends) > size:
            starts, ends = [min(at, size) for at in starts], [min(at, size) for at in ends]
        rising = all(map(le, ends, starts[1:]))
        if not rising:
            starts, ends = _apart(starts, ends)
        self.starts, self.ends = starts, ends
        self._sorted = sorted(starts)
        #: The claims that the next one does not follow.
        self.breaks: list[int] = []
        if not all(map(lt, starts, ends)):  # one that is empty has no place of its own
            self.breaks = [k for k in range(len(starts) - 1) if not self._goes_on(k)]
        elif not rising:
            after = dict(pairwise(self._sorted))
            pairs = enumerate(pairwise(starts))
            self.breaks = [k for k, (here, there) in pairs if after.get(here) != there]

    def _goes_on(self, k: int) -> bool:
        start, end = self.starts[k + 1], self.ends[k]
        return start == end or self.follows(end, start)

    def follows(self, end: int, start: int) -> bool:
        """Whether no other leaf has a span between the end of one and the start of another."""
        starts = self._sorted
        return start > end and bisect_left(starts, start) == bisect_left(starts, end)

    def stretches(self, low: int, high: int) -> list[tuple[int, int]]:
        """Where some claims stand, those made one that follow each other."""
        if low == high:
            return []
        first = bisect_left(self.breaks, low)
        last = bisect_left(self.breaks, high - 1, first)
        if first == last:
            return [(self.starts[low], self.ends[high - 1])]
        cuts = self.breaks[first:last]
        heads, tails = [low, *[k + 1 for k in cuts]], [*cuts, high - 1]
        return [(self.starts[a], self.ends[b]) for a, b in zip(heads, tails, strict=True)]


def _apart(starts: list[int], ends: list[int]) -> tuple[list[int], list[int]]:
    """Claims out of order, with what overlaps cut off."""
    order = sorted(range(len(starts)), key=[*zip(starts, ends, strict=True)].__getitem__)
    lows, highs = [starts[k] for k in order], [ends[k] for k in order]
    if all(map(le, highs, lows[1:])) and all(map(le, lows, highs)):
        return starts, ends
    starts, ends, edge = starts[:], ends[:], 0
    for k in order:
        starts[k] = max(starts[k], edge)
        ends[k] = edge = max(ends[k], starts[k])
    return starts, ends


class _Cutter:
    """Cuts blocks into pieces; one for a whole document, since spans are counted along."""

    def __init__(
        self, source: str, readings: Mapping[str, str], blocks: Sequence[Sequence[Leaf]]
    ) -> None:
        self.source = source
        self.aligner = Aligner(source, readings)
        self.said = self.aligner.said
        self.spans = [[leaf.spans for leaf in block] for block in blocks]
        self.claims = _Claims(self.spans, len(source))
        #: Claims that were given out.
        self.given = 0

    def pieces(self, index: int, block: Sequence[Leaf]) -> list[Piece]:
        """The pieces of a block, in reading order."""
        given = self.given
        spans = self.spans[index]
        out = self._read(index, block) if () in spans else self._whole(index, sum(map(len, spans)))
        read = "".join([text for piece in out for text in piece.text])
        if read != "".join([leaf.text for leaf in block]):
            self.given = given
            out = self._aligned(index, block)
        return out

    def _whole(self, index: int, count: int) -> list[Piece]:
        """The pieces of a block whose every leaf has a place, if the source says what it says."""
        self.given += count
        out: list[Piece] = []
        read = self.said.read
        for start, end in self.claims.stretches(self.given - count, self.given):
            out.append(Piece(index, start, end, [read(start, end)], _ITS_OWN))
        return out

    def _read(self, index: int, block: Sequence[Leaf]) -> list[Piece]:
        """The same of a block some of whose leaves have no place; no leaf is looked into."""
        out: list[Piece] = []
        waiting: list[tuple[str, str]] = []
        for each in self._stretches(block):
            if isinstance(each, Leaf):
                waiting.append(_unplaced(each))
                continue
            start, end = each
            piece = self._place(out, index, start)
            _put(piece, waiting, start)
            piece.text.append(self.said.read(start, end))
            piece.changes.extend(self.said.changes(start, end))
            piece.end = end
        return _finished(out, index, waiting)

    def _stretches(self, block: Sequence[Leaf]) -> list[tuple[int, int] | Leaf]:
        """Where a block stands, neighbours with nothing held between made one; and what has no place."""
        out: list[tuple[int, int] | Leaf] = []
        for leaf in block:
            if not leaf.spans:
                out.append(leaf)
            for start, end in self._next(len(leaf.spans)):
                last = out[-1] if out else None
                if isinstance(last, tuple) and (
                    start == last[1] or self.claims.follows(last[1], start)
                ):
                    out[-1] = last[0], end
                else:
                    out.append((start, end))
        return out

    def _aligned(self, index: int, block: Sequence[Leaf]) -> list[Piece]:
        """The pieces, each leaf held against its stretches of the source."""
        out: list[Piece] = []
        waiting: list[tuple[str, str]] = []
        for leaf in block:
            if not leaf.spans:
                waiting.append(_unplaced(leaf))
                continue
            at = 0
            last = len(leaf.spans) - 1
            for k, claim in enumerate(self._next(last + 1)):
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

    def _next(self, count: int) -> list[tuple[int, int]]:
        """The claims of the next leaf."""
        low = self.given
        self.given += count
        claims = self.claims
        return [*zip(claims.starts[low : low + count], claims.ends[low : low + count], strict=True)]

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
    if not piece.found:
        return 0
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
        out.append(Piece(index, 0, 0, [], Changes.none(), found=False))
    if waiting:
        _put(out[-1], waiting, out[-1].end)
    return out


# ---- the order of pieces


def arranged(
    source: str,
    body: Sequence[Sequence[Leaf]],
    apart: Sequence[Sequence[Leaf]],
    readings: Mapping[str, str],
) -> tuple[list[Piece], set[int]]:
    """All pieces in the order of the text, and the indexes of those that stay in place.

    Args:
        source: The source text.
        body: The leaves of each block, blocks in reading order.
        apart: The leaves of each line of front matter and furniture.
        readings: What a character may be read as.
    """
    blocks = [*body, *apart]
    cutter = _Cutter(source, readings, blocks)
    held = [cutter.pieces(k, block) for k, block in enumerate(blocks)]
    order = _merged(held, len(body))
    stays = set(_staying(order, len(body)))
    for piece in [piece for k, piece in enumerate(order) if k in stays]:
        if piece.changes is _ITS_OWN:
            piece.changes = cutter.said.changes(piece.start, piece.end)
    return order, stays


def _merged(held: list[list[Piece]], body: int) -> list[Piece]:
    """All pieces in the order of the text: the body's, with the others where they stand."""
    flow = [*chain.from_iterable(held[:body])]
    fixed = [flow[k] for k in _staying(flow, body)]
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
    return out


def _staying(pieces: Sequence[Piece], body: int) -> Sequence[int]:
    """The indexes of the pieces that stay in place."""
    # Start and end as one number: what is empty stands before what begins at the same place.
    places = [(piece.start << _BITS) + piece.end for piece in pieces]
    if all(map(lt, places, places[1:])) and all([piece.found for piece in pieces]):  # noqa: C419
        return range(len(pieces))
    return heaviest_rising(places, [_weight(piece, body) for piece in pieces])
