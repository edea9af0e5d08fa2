"""Blocks to sections: what is under what.

The level of a numbered heading comes from its style's place among the styles of the document (see
:mod:`govreport.ladder`). A heading without a number stands at the top, unless a numbered series
goes on over it. Sections open and close on a stack, so that a section is one level below its
parent, whatever rungs the document leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

import attrs

from govreport.inline import Inlined
from govreport.ladder import ranks
from govreport.lazy import pattern
from govreport.nodes import (
    Block,
    Closing,
    Contents,
    ContentsEntry,
    Heading,
    Item,
    Label,
    Note,
    Paragraph,
    Salutation,
    Section,
)
from govreport.nodes.deferred import all_deferred, deferred
from govreport.roles import RoledBlock
from govreport.rungs import Rung

__all__ = ["outline"]

_DEEPEST: Final = 12
#: A rank so much greater is that of a section below; the ladder's own steps are larger.
_STEP: Final = 0.01
#: The entries of a table of contents that stand in one block: each ends in a page number.
_ENTRY: Final = (
    r"\s*(?:.*?(?<![.．·…‥—\-])(?:[.．·…‥—\-]{2,}+|…)\s*[（(]?\d{1,3}[）)]?(?!\d)|\S.*$)"
)


@attrs.define
class _Open:
    """A section that is still being filled."""

    rank: float
    level: int
    label: Label | None = None
    heading: Heading | None = None
    children: list[Block] = attrs.field(factory=list)

    def close(self) -> Section:
        """The finished section."""
        return Section(
            level=self.level,
            label=self.label,
            heading=self.heading,
            children=tuple(self.children),
        )


def outline(
    blocks: Sequence[RoledBlock],
    contents: Sequence[Inlined],
    source: str,
    levels: Mapping[int, int] = MappingProxyType({}),
    ladder: Sequence[str] = (),
) -> tuple[Block, ...]:
    """Build the body: sections with their blocks.

    Args:
        blocks: Blocks with their roles, in reading order.
        contents: What stands inside each of them.
        source: The source.
        levels: The levels of headings that are known beforehand, by their first printed line. A
            heading comes no deeper than one below the section it stands in.
        ladder: Styles of labels whose order is known beforehand, the highest first.

    >>> from govreport.breaks import TextBlock
    >>> from govreport.inline import inlined
    >>> from govreport.numbering import read
    >>> from govreport.source import Traced
    >>> heads = [
    ...     RoledBlock(role="heading", block=TextBlock(text=Traced(t, 0)), label=read(t))
    ...     for t in ("一、回顾", "（一）农业", "（二）工业", "二、安排")
    ... ]
    >>> [(s.level, s.title) for b in outline(heads, inlined(heads, ""), "") for s in b.find(Section)]
    [(1, '一、回顾'), (2, '（一）农业'), (2, '（二）工业'), (1, '二、安排')]
    """
    opens = [_opens(roled, content) for roled, content in zip(blocks, contents, strict=True)]
    places = [k for k, kind in enumerate(opens) if kind]
    rank_of = dict(zip(places, ranks(tuple(_rungs(blocks, places)), ladder), strict=True))
    ends = _run_in_ends(blocks, opens)
    innermost = _innermost(blocks, contents)
    root = _Open(rank=-1, level=0)
    stack = [root]
    entries: list[ContentsEntry] = []
    for k, (roled, content) in enumerate(zip(blocks, contents, strict=True)):
        if roled.role == "contents":
            entries.extend(_entries(roled, source))
            continue
        _flush(stack[-1], entries)
        if k in ends:
            _pop(stack)
        if not opens[k]:
            stack[-1].children.append(innermost[k])
            continue
        rank = _close(stack, rank_of[k], levels.get(roled.block.first))
        stack.append(_open(roled, content, rank, len(stack)))
        if opens[k] == "run-in":
            stack[-1].children.append(innermost[k])
    _flush(stack[-1], entries)
    while len(stack) > 1:
        _pop(stack)
    return tuple(root.children)


def _run_in_ends(
    blocks: Sequence[RoledBlock], opens: Sequence[Literal["heading", "run-in"] | None]
) -> frozenset[int]:
    """The blocks before which the last run-in heading of a series ends.

    Where each one before it has its own paragraph and no more, so has the last.
    """
    out: set[int] = set()
    places = [k for k, kind in enumerate(opens) if kind]
    count, single = 0, True  # of the series so far, and whether each had one paragraph
    for n, k in enumerate(places):
        before = places[n - 1] if n else None
        after = places[n + 1] if n + 1 < len(places) else len(blocks)
        if opens[k] != "run-in":
            count = 0
            continue
        if before is not None and count and _follows(blocks[before], blocks[k]):
            count, single = count + 1, single and before + 1 == k
        else:
            count, single = 1, True
        last = after == len(blocks) or opens[after] == "heading"
        if last and count > 1 and single and k + 1 < after:
            out.add(k + 1)
    return frozenset(out)


def _follows(one: RoledBlock, other: RoledBlock) -> bool:
    """Whether the labels of two blocks are neighbours in a series."""
    first, second = one.label, other.label
    return (
        first is not None
        and second is not None
        and first.value is not None
        and first.family == second.family
        and second.value == first.value + 1
    )


def _rungs(blocks: Sequence[RoledBlock], places: Sequence[int]) -> Iterator[Rung]:
    """The headings as the ladder sees them."""
    for k, following in pairwise([*places, len(blocks)]):
        yield Rung.of(blocks[k].label, blocks[k].block.text.text, following - k - 1)


def _flush(parent: _Open, entries: list[ContentsEntry]) -> None:
    if entries:
        parent.children.append(Contents(entries=tuple(entries)))
        entries.clear()


def _close(stack: list[_Open], rank: float, level: int | None) -> float:
    """Close the sections that a heading ends, and give the rank that it opens one with.

    Where its level is given, what stands above it stays open for those of a lower rank only.
    """
    while len(stack) > 1 and (
        len(stack) > _DEEPEST
        or (stack[-1].rank >= rank if level is None else stack[-1].level >= level)
    ):
        _pop(stack)
    return rank if level is None else max(rank, stack[-1].rank + _STEP)


def _pop(stack: list[_Open]) -> None:
    done = stack.pop()
    stack[-1].children.append(done.close())


def _opens(roled: RoledBlock, content: Inlined) -> Literal["heading", "run-in"] | None:
    """Whether a block opens a section: a heading, or a numbered run-in heading."""
    if roled.role == "heading":
        return "heading"
    label = roled.label
    if roled.role == "paragraph" and content.lead and label and label.kind == "heading":
        return "run-in"
    return None


def _open(roled: RoledBlock, content: Inlined, rank: float, level: int) -> _Open:
    if roled.role != "heading":
        return _Open(rank=rank, level=level)
    sure = round(roled.probability, 4)
    heading = deferred(Heading, content.words, content.at, probability=sure)
    return _Open(rank=rank, level=level, label=content.label, heading=heading)


def _entries(roled: RoledBlock, source: str) -> Iterator[ContentsEntry]:
    text = roled.block.text
    for found in pattern(_ENTRY).finditer(text.text):
        entry = text[found.start() : found.end()].strip()
        yield ContentsEntry(text=entry.text, spans=entry.spans(source))


def _innermost(blocks: Sequence[RoledBlock], contents: Sequence[Inlined]) -> dict[int, Block]:
    """The blocks that hold no others, by number; paragraphs all at once."""
    out = {
        k: _fixed(roled, contents[k])
        for k, roled in enumerate(blocks)
        if roled.role not in ("paragraph", "heading", "contents")
    }
    plain = [k for k, roled in enumerate(blocks) if roled.role == "paragraph"]
    inside = [contents[k] for k in plain]
    paragraphs = all_deferred(
        Paragraph,
        [each.words for each in inside],
        [each.at for each in inside],
        label=[each.label for each in inside],
        lead=[each.lead for each in inside],
        probability=[round(blocks[k].block.probability, 4) for k in plain],
    )
    out.update(zip(plain, paragraphs, strict=True))
    return out


def _fixed(roled: RoledBlock, content: Inlined) -> Block:
    """A block of a fixed form."""
    words, at = content.words, content.at
    sure = round(roled.block.probability, 4)
    if roled.role == "salutation":
        return deferred(Salutation, words, at, probability=sure)
    if roled.role == "closing":
        return deferred(Closing, words, at, probability=sure)
    if roled.role == "note":
        return deferred(Note, words, at, marker=content.label, probability=sure)
    assert content.label is not None  # an item
    return deferred(Item, words, at, marker=content.label, lead=content.lead, probability=sure)
