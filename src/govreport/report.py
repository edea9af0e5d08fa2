"""The report: the tree as a whole, with its source, its edits and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from typing import Any, Protocol

import attrs

from govreport.alignment import joined
from govreport.diagnostics import Diagnostic
from govreport.edits import Edit, apply, edits, effects
from govreport.listing import FigureRow, figures
from govreport.nodes import Block, Front, Furniture, Leaf, Node, Section
from govreport.nodes.base import N
from govreport.paths import Index
from govreport.registry import load, load_reader
from govreport.said import Changes
from govreport.source import Source
from govreport.visitors import blocks, line, section, sections

__all__ = ["Repaired", "Report"]


class Evidence(Protocol):
    """What a report keeps of the way it was read, to be asked why."""

    def decisions(self) -> tuple[Any, ...]:
        """Each decision with its evidence and its probability."""


@attrs.frozen(kw_only=True)
class Repaired:
    """A repaired text.

    Args:
        text: One paragraph a line.
        edits: What was changed; ``apply(source, edits) == text``.
    """

    text: str
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of(cls, source: str, found: tuple[Edit, ...]) -> Repaired:
        """The text that edits make of a source."""
        return cls(text=apply(source, found), edits=found)


@attrs.frozen(kw_only=True)
class Report:
    """A report: what its page said, and where it stood.

    Args:
        front: The headline block.
        body: Blocks and sections, in reading order.
        furniture: What belongs to the page: credits, jumps, dates, page numbers.
        diagnostics: What is uncertain or wrong.
        source: The text as given.

    >>> from govreport.nodes import Paragraph, Text
    >>> from govreport.source import Span
    >>> words = Text(text="各位代表", spans=(Span(0, 5),))
    >>> report = Report(body=(Paragraph(content=(words,)),), source=Source("各位\\n代表"))
    >>> report.to_text()
    '各位代表\\n'
    >>> [edit.rule for edit in report.edits]
    ['line-end']
    """

    front: Front = attrs.field(factory=Front)
    body: tuple[Block, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    source: Source = attrs.field(factory=lambda: Source(""))
    evidence: Evidence | None = attrs.field(default=None, eq=False, repr=False)

    def walk(self) -> Iterator[Node]:
        """All nodes: front matter, body, furniture, each depth first in reading order."""
        for top in chain((self.front,), self.body, self.furniture):
            yield from top.walk()

    def leaves(self) -> Iterator[Leaf]:
        """All nodes with text of their own."""
        return (each for each in self.walk() if isinstance(each, Leaf))

    def find(self, kind: type[N], /, **attributes: Any) -> Iterator[N]:
        """The nodes of a kind whose attributes have the values given.

        >>> from govreport.nodes import PageJump
        >>> jump = PageJump(text="（下转第4版）", direction="to", page="4")
        >>> next(Report(furniture=(jump,)).find(PageJump, direction="to")).page
        '4'
        """
        for top in chain((self.front,), self.body, self.furniture):
            yield from top.find(kind, **attributes)

    def sections(self) -> Iterator[Section]:
        """All sections, in reading order."""
        return sections(self.body)

    def section(self, where: str) -> Section | None:
        """The first section at a place: numbers or headings, apart by dots (``"一.2"``).

        See :func:`govreport.visitors.section`.
        """
        return section(self.body, where)

    def figures(self) -> tuple[FigureRow, ...]:
        """All figures and dates of the body in order, with their sections and sentences."""
        return tuple(figures(self.body))

    @cached_property
    def index(self) -> Index:
        """Parents and paths of the nodes; the node at a path.

        >>> from govreport.nodes import Paragraph
        >>> report = Report(body=(Paragraph(), Paragraph()))
        >>> report.index.path(report.body[1]), report.index.node("p2") is report.body[1]
        ('p2', True)
        """
        return Index(self.front, self.body, self.furniture)

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What was changed on the way from the source to the text, in the order of the text."""
        return edits(self.effects)

    @cached_property
    def effects(self) -> Changes:
        """The edits as writers take them: in columns, and those that do the same in one object."""
        body = [*blocks(self.body, roughly=True)]
        return effects(
            self.source.text,
            [leaves for _, leaves in body],
            [(each,) for each in (*self.front.lines, *self.furniture)],
            readings=readings(),
            finer=lambda k: line(body[k][0]),
        )

    @property
    def decisions(self) -> tuple[Any, ...]:
        """Each decision with its evidence; empty for a report that was not just parsed.

        The text is read again when they are first asked for.
        """
        return () if self.evidence is None else self.evidence.decisions()

    def source_of(self, node: Node) -> str:
        """What stands in the source where the node came from, its stretches joined.

        Blanks and line ends between stretches that follow one another are part of it.
        """
        source = self.source.text
        return "".join(span.of(source) for span in joined(source, node.all_spans))

    def to(self, format: str, **options: Any) -> str:  # noqa: A002 - the word users know
        """The report in a format, by its name.

        Args:
            format: One of :func:`govreport.formats`.
            options: What the format's writer takes.

        Raises:
            UnknownFormat: No format has that name.
        """
        return load(format)(self, **options)

    def to_xml(self, **options: Any) -> str:
        """Native XML: everything, to be read back by :meth:`from_xml`."""
        return self.to("xml", **options)

    def to_json(self, **options: Any) -> str:
        """Native JSON: everything, to be read back by :meth:`from_json`."""
        return self.to("json", **options)

    def to_markdown(self, **options: Any) -> str:
        """Markdown for people: front matter, headings, one paragraph a line."""
        return self.to("markdown", **options)

    def to_text(self, **options: Any) -> str:
        """Plain text: front lines, then one block a line; furniture is left out."""
        return self.to("text", **options)

    @classmethod
    def from_xml(cls, data: str | bytes) -> Report:
        """Read native XML.

        Raises:
            FormatError: With every fault and its place.
        """
        report: Report = load_reader("xml")(data)
        return report

    @classmethod
    def from_json(cls, data: str | bytes) -> Report:
        """Read native JSON.

        Raises:
            FormatError: With every fault and its place.
        """
        report: Report = load_reader("json")(data)
        return report


@cache
def readings() -> Mapping[str, str]:
    """What damaged characters are read as; loaded when first asked for."""
    from govreport.characters import OCR_READINGS  # noqa: PLC0415 - large tables, and
    from govreport.unicode_tables import READINGS  # noqa: PLC0415 - seldom needed

    return {**OCR_READINGS, **READINGS}
