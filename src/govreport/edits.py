"""The edits: what lies between the source and the text, as a function of tree and source.

Nothing is stored on the way. Each block's leaves say where they stood; what differs from the
source there is an edit, what stands between two blocks is left alone, and what does not stand in
reading order is moved. ``apply(source, edits(...))`` is the source with one paragraph a line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import attrs
import regex

from govreport.nodes import Leaf
from govreport.pieces import Piece, arranged
from govreport.said import Changes, Effect, taken
from govreport.source import Span

__all__ = ["RULES", "Edit", "apply", "edits", "effects"]

#: The rules that an edit may name, and what they say.
RULES: Final[dict[str, str]] = {
    "line-end": "a line end of the column, with the blanks around it",
    "blank": "blanks between characters that belong together",
    "invisible": "signs that show nothing: zero-width, soft hyphen, byte order mark",
    "control": "control characters, lone surrogates, noncharacters",
    "reading": "a character that stands for another: a radical for its Han character",
    "moved": "a stretch that stood out of reading order",
    "split": "a line end put between two blocks that stood on one line",
    "gap": "the sign for a place where the page lost something",
    "supplied": "text that does not stand in the source",
    "left-out": "text of the source that no leaf holds",
}

#: Blanks and line ends that mostly stand between two blocks, and stay there.
_PLAIN: Final = " \t\r\n\u3000"
#: What may not stay between two blocks: all but blanks and line ends.
_JUNK: Final = regex.compile(r"[^\p{Zs}\t\r\n]++")
_SPLIT: Final = Effect("split", "", "\n")


@attrs.frozen(kw_only=True)
class Edit:
    """One change on the way from the source to the text.

    Args:
        rule: A key of :data:`RULES`.
        span: What is changed, in code points of the source; empty where something is put in.
        before: What stands there.
        after: What is put in its place; of a move, what is put at ``target``.
        target: Where a moved stretch goes, as an offset into the source.

    >>> Edit(rule="blank", span=Span(1, 2), before=" ", after="").target is None
    True
    """

    rule: str
    span: Span
    before: str
    after: str
    target: int | None = None


def effects(
    source: str,
    body: Iterable[Sequence[Leaf]],
    apart: Iterable[Sequence[Leaf]] = (),
    *,
    readings: Mapping[str, str],
    finer: Callable[[int], Sequence[Leaf]] | None = None,
) -> Changes:
    """What leads from a source to its text, in the order of the text.

    A page has thousands of edits and a few dozen kinds of them: those that only write them out
    are spared an object for each.

    Args:
        source: The source text.
        body: The leaves of each block, blocks in reading order.
        apart: The leaves of each line of front matter and furniture; they stay where they stand.
        readings: What a character may be read as.
        finer: What gives all leaves of a block of the body, by its number, where those given are
            rough (:func:`govreport.nodes.deferred.rough`).

    >>> from govreport.nodes import Text
    >>> found = effects("提 高\\n二\\n", [[Text(text="提高二", spans=(Span(0, 5),))]], readings={})
    >>> [(effect.rule, start, end) for start, end, effect in found.rows()]
    [('blank', 1, 2), ('line-end', 3, 4)]
    >>> apply("提 高\\n二\\n", edits(found))
    '提高二\\n'
    """
    order = arranged(source, [*body], [*apart], readings, finer)
    return _Way(source, order).walked()


def edits(found: Changes) -> tuple[Edit, ...]:
    """The changes as edits."""
    return tuple(
        [
            Edit(rule=rule, span=Span(start, end), before=before, after=after, target=target)
            for start, end, (rule, before, after, target) in found.rows()
        ]
    )


class _Way:
    """The way through the pieces in the order of the text, and the changes met on it."""

    def __init__(self, source: str, order: list[Piece]) -> None:
        self._source = source
        self._order = order
        movers = [piece for piece in order if piece.found and not piece.stays]
        self._moved = sorted([(piece.start, piece.end) for piece in movers])
        self._out = Changes.none()
        self._known: dict[str, Effect] = {}

    def walked(self) -> Changes:
        """Past the pieces that stay, and what lies between them."""
        before: Piece | None = None
        movers: list[Piece] = []
        for piece in self._order:
            if not piece.stays:
                movers.append(piece)
                continue
            if movers or before is None or not self._parted(before, piece):
                self._between(before, movers, piece)
                movers = []
            self._out.extend(piece.changes)
            before = piece
        self._between(before, movers, None)
        return self._out

    def _parted(self, before: Piece, after: Piece) -> bool:
        """Whether two pieces are of two blocks, with blanks and a line end between: as most are."""
        found = self._source[before.end : after.start]
        return (
            before.block != after.block
            and ("\n" in found or "\r" in found)
            and not found.strip(_PLAIN)
            and not self._moved
        )

    def _between(self, before: Piece | None, movers: list[Piece], after: Piece | None) -> None:
        """Between two pieces that stay: what is moved here, and what is taken away."""
        start = before.end if before else 0
        end = after.start if after else len(self._source)
        inside = before is not None and after is not None and before.block == after.block
        head, tail = movers, movers[:0]
        if movers and after and not inside:
            tail = [piece for piece in movers if piece.block == after.block]
            head = movers[: len(movers) - len(tail)]
        if head and before:
            self._move(before, head, start)
        if inside:
            for low, high in self._uncovered(start, end):
                self._take(low, high)
        elif not self._cleared(start, end) and before and after:
            self._out.add(end, end, _SPLIT)
        if head and before is None:
            self._move(None, head, after.start if after else start)
        if tail:
            self._move(after, tail, end)

    def _take(self, start: int, end: int) -> None:
        """Take a stretch away; there are many of a few kinds."""
        found = self._source[start:end]
        effect = self._known.get(found)
        if effect is None:
            effect = self._known[found] = taken(found)
        self._out.add(start, end, effect)

    def _move(self, neighbour: Piece | None, movers: list[Piece], target: int) -> None:
        """Moves to one place; a block's start gets the line end that it needs."""
        last = neighbour.block if neighbour else None
        following = [*[piece.block for piece in movers[1:]], None]
        for piece, following_block in zip(movers, following, strict=True):
            text = "".join(piece.text)
            if neighbour is None:
                text = text if following_block == piece.block else text + "\n"
            elif last != piece.block:
                text = "\n" + text
                last = piece.block
            start, end = (piece.start, piece.end) if piece.found else (target, target)
            rule = "moved" if piece.found else "supplied"
            if end > start or text:
                self._out.add(start, end, Effect(rule, self._source[start:end], text, target))

    def _uncovered(self, start: int, end: int) -> list[tuple[int, int]]:
        """What is left of a stretch between two pieces that stay, the moved ones taken out."""
        moved = self._moved
        k = bisect_left(moved, (start, start))
        out: list[tuple[int, int]] = []
        while k < len(moved) and moved[k][0] < end:
            low, high = moved[k]
            if low > start:
                out.append((start, low))
            start = max(start, high)
            k += 1
        if start < end:
            out.append((start, end))
        return out

    def _cleared(self, start: int, end: int) -> bool:
        """Between two blocks only what is neither blank nor line end goes; whether a line ends."""
        ended = False
        for low, high in self._uncovered(start, end):
            found = self._source[low:high]
            if found.strip(_PLAIN):
                for junk in _JUNK.finditer(self._source, low, high):
                    self._take(*junk.span())
            ended = ended or "\n" in found or "\r" in found
        return ended


def apply(source: str, found: Iterable[Edit]) -> str:
    """The text that edits make of the source; edits at one place work in the order given.

    >>> move = Edit(rule="moved", span=Span(0, 2), before="二 ", after="二", target=3)
    >>> apply("二 一三", [move])
    '一二三'
    """
    effects: list[tuple[int, int, int, str]] = []
    for k, edit in enumerate(found):
        if edit.target is None:
            effects.append((edit.span.start, k, edit.span.end, edit.after))
        else:
            effects.append((edit.span.start, k, edit.span.end, ""))
            effects.append((edit.target, k, edit.target, edit.after))
    out: list[str] = []
    at = 0
    for place, _, end, text in sorted(effects):
        if place > at:
            out.append(source[at:place])
        out.append(text)
        at = max(at, end)
    out.append(source[at:])
    return "".join(out)
