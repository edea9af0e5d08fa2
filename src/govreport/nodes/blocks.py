"""Blocks: sections, paragraphs, items, and the blocks of fixed form."""

from __future__ import annotations

import attrs

from govreport.nodes.base import Leaf, Node
from govreport.nodes.deferred import Wording
from govreport.nodes.inline import Inline, Label, Lead

__all__ = [
    "Block",
    "Closing",
    "Contents",
    "ContentsEntry",
    "Heading",
    "Item",
    "Note",
    "Paragraph",
    "Salutation",
    "Section",
]


@attrs.frozen(kw_only=True)
class Heading(Wording):
    """The words of a heading, its label aside."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Paragraph(Wording):
    """A paragraph.

    Args:
        label: The number of a numbered run-in heading or of a numbered paragraph.
        lead: The run-in heading that opens it.
        content: The rest.
        probability: That the block's two ends are right.
    """

    PARTS = ("label", "lead", "content")
    label: Label | None = None
    lead: Lead | None = None
    content: tuple[Inline, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Item(Wording):
    """A paragraph of an enumeration (一是 / 第一 / —— / ①)."""

    PARTS = ("marker", "lead", "content")
    marker: Label
    lead: Lead | None = None
    content: tuple[Inline, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Salutation(Wording):
    """Those who are spoken to (各位代表：), as a block of its own."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Closing(Wording):
    """A closing formula as a block of its own (谢谢大家！)."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Note(Wording):
    """An explanation at the end (名词解释, 注释)."""

    PARTS = ("marker", "content")
    marker: Label | None = None
    content: tuple[Inline, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class ContentsEntry(Leaf):
    """A line of a table of contents."""


@attrs.frozen(kw_only=True)
class Contents(Node):
    """A table of contents, set apart from the body."""

    PARTS = ("entries",)
    entries: tuple[ContentsEntry, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Section(Node):
    """A heading and what stands under it.

    Args:
        level: Depth in the outline, from 1.
        label: The heading's number.
        heading: The heading's words; none where a numbered run-in heading opens the section, which
            then stands as the first child's label and lead.
        children: Blocks and deeper sections.
    """

    PARTS = ("label", "heading", "children")
    level: int
    label: Label | None = None
    heading: Heading | None = None
    children: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        """The heading as printed, label and all; of a run-in section, its label and lead."""
        if self.heading is not None:
            return (self.label.text if self.label else "") + self.heading.plain
        first = self.children[0] if self.children else None
        if isinstance(first, Paragraph) and first.lead:
            return (first.label.text if first.label else "") + first.lead.plain
        return ""


Block = Section | Paragraph | Item | Salutation | Closing | Note | Contents
