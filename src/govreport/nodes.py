"""The tree: frozen nodes with tuple children, each knowing where it stood in the source.

Leaves hold text and the spans it came from; what holds other nodes has the spans of its leaves.
The field names are the contract of every format: native XML and JSON mirror them one to one.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypeVar

import attrs

from govreport.source import Span

__all__ = [
    "Adoption",
    "Block",
    "Closing",
    "Contents",
    "ContentsEntry",
    "Credit",
    "Date",
    "DocumentDate",
    "Front",
    "FrontNote",
    "FrontValues",
    "Furniture",
    "Gap",
    "Heading",
    "Inline",
    "Item",
    "Kicker",
    "Label",
    "Lead",
    "Leaf",
    "Node",
    "Note",
    "Number",
    "Occasion",
    "PageDate",
    "PageJump",
    "PageNumber",
    "Paragraph",
    "RunningHead",
    "Salutation",
    "Section",
    "Speaker",
    "Subtitle",
    "Supplied",
    "Text",
    "Title",
    "Unplaced",
]

N = TypeVar("N", bound="Node")


@attrs.frozen(kw_only=True)
class Node:
    """What every node can do."""

    #: The fields that hold nodes (one, none or a tuple of them), in reading order.
    PARTS: ClassVar[tuple[str, ...]] = ()

    @property
    def children_nodes(self) -> Iterator[Node]:
        """The nodes directly below this one, in reading order."""
        for name in self.PARTS:
            held = getattr(self, name)
            if isinstance(held, tuple):
                yield from held
            elif held is not None:
                yield held

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first, in reading order."""
        stack: list[Node] = [self]
        while stack:
            top = stack.pop()
            yield top
            if top.PARTS:
                stack.extend(reversed(tuple(top.children_nodes)))

    def leaves(self) -> Iterator[Leaf]:
        """The leaves below this node (itself, if it is one), in reading order."""
        for each in self.walk():
            if isinstance(each, Leaf):
                yield each

    def find(self, kind: type[N], **attributes: Any) -> Iterator[N]:
        """The nodes of a kind at or below this one whose attributes have the values given.

        Args:
            kind: A node class.
            attributes: Field names and the values they must equal.
        """
        for each in self.walk():
            if isinstance(each, kind) and all(
                getattr(each, name) == value for name, value in attributes.items()
            ):
                yield each

    @property
    def plain(self) -> str:
        """The node's text: its leaves' texts, one after the other; a gap is ``□``."""
        return "".join(leaf.text for leaf in self.leaves())

    @property
    def all_spans(self) -> tuple[Span, ...]:
        """The spans of the leaves, in reading order."""
        return tuple(span for leaf in self.leaves() for span in leaf.spans)

    @property
    def span(self) -> Span | None:
        """From the first to the last code point of the source that the node came from."""
        spans = self.all_spans
        if not spans:
            return None
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@attrs.frozen(kw_only=True)
class Leaf(Node):
    """A node with text of its own.

    Args:
        text: The text, repaired.
        spans: Where it stood in the source, in the text's order; mostly one span.
    """

    text: str
    spans: tuple[Span, ...] = ()


# ---- inside a paragraph


@attrs.frozen(kw_only=True)
class Text(Leaf):
    """Running text."""


@attrs.frozen(kw_only=True)
class Gap(Leaf):
    """A place where the page lost something; nothing is guessed into it.

    Args:
        kind: What is missing: a number, a character that could not be read, or unknown.
        evidence: Names of the signs that speak for it (see the docs' page on gaps).
        probability: That something is missing here.
        spans: Empty, or the sign ``□`` that the source itself holds.
    """

    text: str = "□"
    kind: Literal["number", "character", "unknown"] = "number"
    evidence: tuple[str, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Supplied(Leaf):
    """A reading that the caller supplied for a gap; it does not stand in the source."""

    kind: Literal["number", "character", "unknown"] = "number"


@attrs.frozen(kw_only=True)
class Number(Leaf):
    """A figure with its unit.

    Args:
        value: What it comes to, factors such as 万 and 亿 included; the low end of a range.
        high: The high end of a range.
        unit: The unit without factors (元, %, 个百分点, 件); empty where none stands.
        approximate: Printed with 多, 余, 近, 约, 左右 and the like.
    """

    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    approximate: bool = False


@attrs.frozen(kw_only=True)
class Date(Leaf):
    """A date or year; ``iso`` (2018, 2018-01, 2018-01-02) where the text alone gives it."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class Label(Leaf):
    """A heading's or item's number, as printed (一、 （二） 3． 第四章 —— 一是).

    Args:
        style: The name of its style (see ``govreport.numbering``).
        value: Its number; none for dashes.
    """

    style: str
    value: int | None = None


Inline = Text | Gap | Supplied | Number | Date


@attrs.frozen(kw_only=True)
class Lead(Node):
    """A run-in heading: the first sentence of a paragraph that stood there as its heading."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


# ---- blocks


@attrs.frozen(kw_only=True)
class Heading(Node):
    """The words of a heading, its label aside."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Paragraph(Node):
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
class Item(Node):
    """A paragraph of an enumeration (一是 / 第一 / —— / ①)."""

    PARTS = ("marker", "lead", "content")
    marker: Label
    lead: Lead | None = None
    content: tuple[Inline, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Salutation(Node):
    """Those who are spoken to (各位代表：), as a block of its own."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Closing(Node):
    """A closing formula as a block of its own (谢谢大家！)."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Note(Node):
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


# ---- front matter


@attrs.frozen(kw_only=True)
class Kicker(Leaf):
    """A line above the title (引题, 眉题)."""


@attrs.frozen(kw_only=True)
class Title(Leaf):
    """The title, its lines joined."""


@attrs.frozen(kw_only=True)
class Subtitle(Leaf):
    """The subtitle, with its dashes as printed."""

    @property
    def plain(self) -> str:
        """The words without the dashes and brackets around them."""
        return self.text.strip("—─―－-（）() 　")


@attrs.frozen(kw_only=True)
class Speaker(Leaf):
    """Who speaks.

    Args:
        name: The name, blanks closed up; empty where only an office stands.
        office: The office, as printed.
        repeated: The name stands on the page once more than it is needed.
    """

    name: str = ""
    office: str = ""
    repeated: bool = False


@attrs.frozen(kw_only=True)
class DocumentDate(Leaf):
    """The date of the report."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class Adoption(Leaf):
    """By whom and when the text was adopted (（……会议通过）)."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class FrontNote(Leaf):
    """A line of the headline block that is none of the others."""


@attrs.frozen(kw_only=True)
class Occasion(Node):
    """The meeting, read out of the front matter; holds values, no text of its own.

    Args:
        assembly: The body that met (政协衡阳市第十二届委员会).
        session: Its number (第十二届: 12).
        meeting: The meeting's number (第二次会议: 2).
        date: ISO 8601.
    """

    assembly: str = ""
    session: int | None = None
    meeting: int | None = None
    date: str | None = None


@attrs.frozen(kw_only=True)
class FrontValues(Node):
    """What a headline says that is set in the text as a paragraph of it; no text of its own.

    Args:
        title: The title.
        subtitle: The subtitle without its dashes.
        author: The speaker's name.
        office: The speaker's office.
        date: ISO 8601.
    """

    title: str | None = None
    subtitle: str | None = None
    author: str | None = None
    office: str | None = None
    date: str | None = None


FrontLine = Kicker | Title | Subtitle | Speaker | DocumentDate | Adoption | FrontNote


@attrs.frozen(kw_only=True)
class Front(Node):
    """The headline block, wherever it stood.

    Args:
        lines: Its lines in reading order, each typed by what it is.
        occasion: The meeting, as values.
        values: What headlines say that are paragraphs of the text and stay in the body.
    """

    PARTS = ("lines",)
    lines: tuple[FrontLine, ...] = ()
    occasion: Occasion | None = None
    values: FrontValues | None = None

    def _first(self, kind: type[N]) -> N | None:
        return next((line for line in self.lines if isinstance(line, kind)), None)

    def _said(self, name: str) -> str | None:
        """What a headline in the text says."""
        said: str | None = getattr(self.values, name, None)
        return said

    @property
    def title(self) -> str | None:
        """The title."""
        line = self._first(Title)
        return line.text if line else self._said("title")

    @property
    def subtitle(self) -> str | None:
        """The subtitle without its dashes."""
        line = self._first(Subtitle)
        return line.plain if line else self._said("subtitle")

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Each speaker once."""
        return tuple(x for x in self.lines if isinstance(x, Speaker) and not x.repeated)

    @property
    def author(self) -> str | None:
        """The first speaker's name."""
        return next((x.name for x in self.speakers if x.name), None) or self._said("author")

    @property
    def date(self) -> str | None:
        """The report's date, ISO 8601: its own line, or else the meeting's."""
        line = self._first(DocumentDate)
        if line is not None and line.iso:
            return line.iso
        return self.occasion.date if self.occasion and self.occasion.date else self._said("date")


# ---- furniture


@attrs.frozen(kw_only=True)
class PageJump(Leaf):
    """下转 (``to``) or 上接 (``from``) another page."""

    direction: Literal["to", "from"]
    page: str = ""


@attrs.frozen(kw_only=True)
class PageDate(Leaf):
    """The date that the page bears.

    Args:
        iso: ISO 8601.
        weekday: As printed, 1 for Monday to 7 for Sunday.
    """

    iso: str | None = None
    weekday: int | None = None


@attrs.frozen(kw_only=True)
class Credit(Leaf):
    """Who did what for the page (校对／…): role and names."""

    role: str = ""
    names: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PageNumber(Leaf):
    """A page number (— 3 —, ·4·)."""

    value: int | None = None


@attrs.frozen(kw_only=True)
class RunningHead(Leaf):
    """A line that comes back at the head or foot of pages."""


@attrs.frozen(kw_only=True)
class Unplaced(Leaf):
    """A figure that was moved out of its place and could not be put back; nothing is dropped."""


Furniture = PageJump | PageDate | Credit | PageNumber | RunningHead | Unplaced
