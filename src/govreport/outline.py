"""Blocks to sections: what is under what.

The level of a numbered heading comes from its style's place among the styles of the document: a
style whose series restarts under another is below it; else the official ladder decides. A heading
without a number stands at the top, unless the series around it goes on over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs

from govreport.inline import Inlined
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
from govreport.numbering import STYLES, Numbering
from govreport.roles import RoledBlock

__all__ = ["outline"]

#: The rank of a heading without a number: above every label.
_TOP: Final = 0
_DEEPEST: Final = 12


@attrs.define
class _Open:
    """A section that is still being filled."""

    rank: int
    style: str | None
    value: int | None
    level: int
    label: Label | None
    heading: Heading | None
    children: list[Block]

    def close(self) -> Section:
        """The finished section."""
        return Section(
            level=self.level,
            label=self.label,
            heading=self.heading,
            children=tuple(self.children),
        )


def outline(
    blocks: Sequence[RoledBlock], contents: Sequence[Inlined], source: str
) -> tuple[Block, ...]:
    """Build the body: sections with their blocks.

    Args:
        blocks: Blocks with their roles, in reading order.
        contents: What stands inside each of them.
        source: The source.
    """
    ranks = _ranks(blocks, contents)
    root = _Open(-1, None, None, 0, None, None, [])
    stack = [root]
    entries: list[ContentsEntry] = []
    for k, (roled, content) in enumerate(zip(blocks, contents, strict=True)):
        if roled.role == "contents":
            text = roled.block.text
            entries.append(ContentsEntry(text=text.text, spans=text.spans(source)))
            continue
        _flush(stack[-1], entries)
        opens = _opens(roled, content)
        if opens is None:
            stack[-1].children.append(_leaf_block(roled, content))
            continue
        rank = _rank(k, blocks, ranks, stack)
        while len(stack) > 1 and stack[-1].rank >= rank:
            _pop(stack)
        if len(stack) > _DEEPEST:
            _pop(stack)
        stack.append(_open(roled, content, rank, len(stack)))
        if opens == "run-in":
            stack[-1].children.append(_leaf_block(roled, content))
    _flush(stack[-1], entries)
    while len(stack) > 1:
        _pop(stack)
    return tuple(root.children)


def _flush(parent: _Open, entries: list[ContentsEntry]) -> None:
    if entries:
        parent.children.append(Contents(entries=tuple(entries)))
        entries.clear()


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


def _open(roled: RoledBlock, content: Inlined, rank: int, level: int) -> _Open:
    label = roled.label
    heading = None
    if roled.role == "heading":
        heading = Heading(content=content.content, probability=round(roled.probability, 4))
    return _Open(
        rank=rank,
        style=label.style if label else None,
        value=label.value if label else None,
        level=level,
        label=content.label if heading else None,
        heading=heading,
        children=[],
    )


def _leaf_block(roled: RoledBlock, content: Inlined) -> Block:
    sure = round(roled.block.probability, 4)
    if roled.role == "salutation":
        return Salutation(content=content.whole, probability=sure)
    if roled.role == "closing":
        return Closing(content=content.whole, probability=sure)
    if roled.role == "note":
        return Note(marker=content.label, content=content.content, probability=sure)
    if roled.role == "item" and content.label is not None:
        return Item(
            marker=content.label, lead=content.lead, content=content.content, probability=sure
        )
    return Paragraph(
        label=content.label, lead=content.lead, content=content.content, probability=sure
    )


# ---- ranks


def _numbered(
    blocks: Sequence[RoledBlock], contents: Sequence[Inlined]
) -> Iterator[Numbering]:
    for roled, content in zip(blocks, contents, strict=True):
        if roled.label is not None and _opens(roled, content):
            yield roled.label


def _ranks(blocks: Sequence[RoledBlock], contents: Sequence[Inlined]) -> dict[str, int]:
    """The rank of each style in this document.

    The ladder's own order holds, but a style whose series starts anew under each number of another
    stands below it, whatever the ladder says.
    """
    sequence = list(_numbered(blocks, contents))
    ranks = {label.style: STYLES[label.style].rank for label in sequence}
    starts: dict[tuple[str, str], int] = {}
    seen: dict[str, int] = {}
    for label in sequence:
        if label.value == 1:
            for style, number in seen.items():
                if style != label.style and number:
                    starts[label.style, style] = starts.get((label.style, style), 0) + 1
                    seen[style] = 0
        seen[label.style] = 1
    for (below, above), times in starts.items():
        if times > 1 and ranks[below] < ranks[above] and not starts.get((above, below), 0) > 1:
            ranks[below] = ranks[above] + 1
    return ranks


def _rank(
    k: int, blocks: Sequence[RoledBlock], ranks: dict[str, int], stack: Sequence[_Open]
) -> int:
    label = blocks[k].label
    if label is not None:
        return ranks.get(label.style, STYLES[label.style].rank)
    after = next((b.label for b in blocks[k + 1 :] if b.role == "heading" and b.label), None)
    if after is not None and after.value is not None and after.value > 1:
        for opened in reversed(stack):
            if opened.style == after.style and opened.value == after.value - 1:
                return opened.rank + 1  # the series goes on over this heading
    return _TOP
