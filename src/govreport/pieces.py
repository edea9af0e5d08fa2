"""Blocks cut into pieces that stand together in the source, and the order the pieces take."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import Final

import attrs
import regex

from govreport.alignment import Aligner, Change, Effect, Placed, merged, taken
from govreport.nodes import Gap, Leaf
from govreport.ordering import heaviest_rising

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
    changes: list[Placed]
    #: Whether it stands in the source at all.
    found: bool = True

    #: What it is worth to leave it in its place.
    weight: int = 0


def _claims(blocks: Sequence[Sequence[Leaf]], size: int) -> list[tuple[int, int]]:
    """The spans of all leaves, in order, with what overlaps or runs over the end cut off."""
    flat = [(span.start, span.end) for block in blocks for leaf in block for span in leaf.spans]
    if any(end > size for _, end in flat):
        flat = [(min(start, size), min(end, size)) for start, end in flat]
    if all(before[1] <= after[0] for before, after in pairwise(flat)):
        return flat
    edge = 0
    for k in sorted(range(len(flat)), key=flat.__getitem__):
        start = max(flat[k][0], edge)
        edge = max(flat[k][1], start)
        flat[k] = (start, edge)
    return flat


class _Cutter:
    """Cuts blocks into pieces; one for a whole document, since spans are counted along."""

    def __init__(
        self, source: str, readings: Mapping[str, str], claims: list[tuple[int, int]]
    ) -> None:
        self.source = source
        self.aligner = Aligner(source, readings)
        self.claims = claims
        self.starts = sorted(start for start, _ in claims)
        #: Claims that were given out.
        self.given = 0

    def pieces(self, index: int, block: Sequence[Leaf]) -> list[Piece]:
        """The pieces of a block, in reading order."""
        given = self.given
        out = self._read(index, block)
        read = "".join(chain.from_iterable(piece.text for piece in out))
        if read != "".join([leaf.text for leaf in block]):
            self.given = given
            out = self._aligned(index, block)
        for piece in out:
            piece.weight = _weight(piece)
        return out

    def _read(self, index: int, block: Sequence[Leaf]) -> list[Piece]:
        """The pieces, if the source says by itself what the block says; no leaf is looked into."""
        out: list[Piece] = []
        waiting: list[tuple[str, str]] = []
        for each in self._stretches(block):
            if isinstance(each, Leaf):
                waiting.append(_unplaced(each))
                continue
            start, end = each
            piece = self._place(out, index, start)
            _put(piece, waiting, start)
            text, changes = self.aligner.read(start, end)
            piece.text.append(text)
            piece.changes += changes
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
                if isinstance(last, tuple) and (start == last[1] or self._follows(last[1], start)):
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
                piece.changes += [change[1:] for change in found]
                piece.text.append(leaf.text[at:reached])
                piece.end = claim[1]
                at = reached
        out = _finished(out, index, waiting)
        for piece in out:
            changes = [Change(0, *change) for change in piece.changes]
            piece.changes = [change[1:] for change in merged(self.source, changes)]
        return out

    def _next(self, count: int) -> list[tuple[int, int]]:
        """The claims of the next leaf."""
        self.given += count
        return self.claims[self.given - count : self.given]

    def _place(self, out: list[Piece], index: int, start: int) -> Piece:
        """The piece that a span goes on, or a new one."""
        piece = out[-1] if out else None
        if piece is not None and start == piece.end:
            return piece
        if piece is not None and self._follows(piece.end, start):
            piece.changes.append(taken(self.source, piece.end, start))
            piece.end = start
            return piece
        out.append(Piece(index, start, start, [], []))
        return out[-1]

    def _follows(self, end: int, start: int) -> bool:
        """Whether no other leaf has a span between the end of one and the start of another."""
        return start > end and bisect_left(self.starts, start) == bisect_left(self.starts, end)


def _weight(piece: Piece) -> int:
    """What it is worth to leave a piece in its place: figures move before words do."""
    if not piece.found:
        return 0
    for text in piece.text:
        if not _FIGURE.fullmatch(text):
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
            piece.changes.append((place, place, Effect(rule, "", text)))
    waiting.clear()


def _finished(out: list[Piece], index: int, waiting: list[tuple[str, str]]) -> list[Piece]:
    """The pieces of a block, with the texts at its end that have no place."""
    if waiting and not out:
        out.append(Piece(index, 0, 0, [], [], found=False))
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
    cutter = _Cutter(source, readings, _claims([*body, *apart], len(source)))
    held = [cutter.pieces(k, block) for k, block in enumerate([*body, *apart])]
    for piece in chain.from_iterable(held[len(body) :]):
        piece.weight = min(piece.weight, 1)  # the body stays before these do
    order = _merged(held[: len(body)], held[len(body) :])
    return order, set(_staying(order))


def _merged(body: list[list[Piece]], apart: list[list[Piece]]) -> list[Piece]:
    """All pieces in the order of the text: the body's, with the others where they stand."""
    flow = [piece for block in body for piece in block]
    fixed = [flow[k] for k in _staying(flow)]
    starts = [piece.start for piece in fixed]
    after: dict[int, list[list[Piece]]] = {}
    for block in sorted((b for b in apart if b), key=lambda b: b[0].start):
        k = bisect_left(starts, block[0].start) - 1
        after.setdefault(fixed[k].block if k >= 0 else -1, []).append(block)
    out = [piece for block in after.get(-1, ()) for piece in block]
    for index, pieces in enumerate(body):
        out.extend(pieces)
        out.extend(piece for block in after.get(index, ()) for piece in block)
    return out


def _staying(pieces: Sequence[Piece]) -> list[int]:
    """The indexes of the pieces that stay in place."""
    # Start and end as one number: what is empty stands before what begins at the same place.
    places = [(piece.start << _BITS) + piece.end for piece in pieces]
    return heaviest_rising(places, [piece.weight for piece in pieces])
