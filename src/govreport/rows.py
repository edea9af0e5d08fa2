"""A report as rows, one a block: what tables, data frames and engines hold.

The columns are declared once, here; Parquet files, Arrow tables and Spark's data frames have the
same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

import attrs

from govreport.nodes import Block, Contents, Heading, Leaf, Node, Section
from govreport.paths import Index
from govreport.report import Report

__all__ = ["COLUMNS", "BlockRow", "Column", "block_rows"]


class Column(NamedTuple):
    """A column: its name, its type, whether it may hold nothing, and what it means."""

    name: str
    type: Literal["string", "strings", "int", "long", "double"]
    nullable: bool
    meaning: str


#: The columns, in their order.
COLUMNS: Final = (
    Column("report", "string", False, "the report's id: its name, or SHA-256 of its source"),
    Column("block", "int", False, "the block's place in the report, from 0"),
    Column("part", "string", False, "front, body or furniture"),
    Column("path", "string", False, "the way to the block from the top: s1.s2.p3"),
    Column("level", "int", False, "depth of the section it opens or stands in; 0 outside of all"),
    Column("kind", "string", False, "heading, paragraph, item, salutation, title, page_jump, ..."),
    Column("label", "string", True, "the number of a heading, paragraph or item, as printed"),
    Column("lead", "string", True, "the run-in heading, part of the text"),
    Column("headings", "strings", False, "the headings above the block, outermost first"),
    Column("text", "string", False, "the block's text, label and run-in heading included"),
    Column("start", "long", True, "the first code point of the source that it came from"),
    Column("end", "long", True, "one past the last"),
    Column("probability", "double", True, "that the block was read right; none outside the body"),
)


@attrs.frozen(kw_only=True)
class BlockRow:
    """A block with its place: a heading, a paragraph, a line of the headline block, a jump line.

    Args:
        report: The report's id.
        block: Its place in the report, from 0: front matter, then body, then furniture.
        part: What it belongs to.
        path: The way to it from the top, as ``report.index`` has it.
        level: The depth of the section that it opens or stands in; 0 outside of all.
        kind: The node's class in small letters, words apart by ``_``; ``heading`` for a section.
        label: Its number as printed.
        lead: Its run-in heading.
        headings: The headings above it, outermost first.
        text: Its text, label and run-in heading included.
        start: The first code point of the source that it came from; none for what was supplied.
        end: One past the last.
        probability: That it was read right; none where the reader gives none.
    """

    report: str
    block: int
    part: Literal["front", "body", "furniture"]
    path: str
    level: int
    kind: str
    label: str | None
    lead: str | None
    headings: tuple[str, ...]
    text: str
    start: int | None
    end: int | None
    probability: float | None


def block_rows(report: Report, *, id: str | None = None) -> tuple[BlockRow, ...]:  # noqa: A002 - the column's word
    """The report's blocks as rows, in order: every text of the report is in just one.

    Args:
        report: The report.
        id: What the rows call it; its source's name, or else the SHA-256 of the source.

    >>> from govreport import parse
    >>> rows = block_rows(parse("一、工作回顾\\n修路架桥。\\n（下转第4版）"), id="a")
    >>> [(row.kind, row.path, row.headings) for row in rows]
    [('heading', 's1', ()), ('paragraph', 's1.p1', ('一、工作回顾',)), ('page_jump', 'pagejump1', ())]
    """
    name = id or report.source.name or _digest(report.source.text)
    index = report.index
    return tuple(
        _row(node, place, report=name, block=k, index=index)
        for k, (node, place) in enumerate(_placed(report))
    )


class _Place(NamedTuple):
    part: Literal["front", "body", "furniture"]
    level: int = 0
    headings: tuple[str, ...] = ()


def _placed(report: Report) -> Iterator[tuple[Node, _Place]]:
    yield from ((line, _Place("front")) for line in report.front.lines)
    yield from _body(report.body)
    yield from ((line, _Place("furniture")) for line in report.furniture)


def _body(body: Iterable[Block]) -> Iterator[tuple[Node, _Place]]:
    stack: list[tuple[Block, _Place]] = [(block, _Place("body")) for block in body][::-1]
    while stack:
        node, place = stack.pop()
        if isinstance(node, Section):
            inner = _Place("body", node.level, (*place.headings, node.title))
            if node.heading or node.label:
                yield node, inner._replace(headings=place.headings)
            stack.extend((child, inner) for child in node.children[::-1])
        elif isinstance(node, Contents):
            yield from ((entry, place) for entry in node.entries)
        else:
            yield node, place


def _row(node: Node, place: _Place, *, report: str, block: int, index: Index) -> BlockRow:
    label = getattr(node, "label", None) or getattr(node, "marker", None)
    leaves = _leaves(node)
    spans = [span for leaf in leaves for span in leaf.spans]
    lead = getattr(node, "lead", None)
    judged: Node | None = node.heading if isinstance(node, Section) else node
    return BlockRow(
        report=report,
        block=block,
        part=place.part,
        path=index.path(node),
        level=place.level,
        kind=_kind(type(node)),
        label=label.text if label else None,
        lead=lead.plain if lead else None,
        headings=place.headings,
        text="".join(leaf.text for leaf in leaves),
        start=min((span.start for span in spans), default=None),
        end=max((span.end for span in spans), default=None),
        probability=getattr(judged, "probability", None),
    )


def _leaves(node: Node) -> tuple[Leaf, ...]:
    """The leaves of the block's own line; a section's is its heading."""
    if not isinstance(node, Section):
        return tuple(node.leaves())
    heading = tuple(node.heading.leaves()) if node.heading else ()
    return (node.label, *heading) if node.label else heading


def _kind(kind: type[Node]) -> str:
    """A class as the column has it.

    >>> from govreport.nodes import PageJump
    >>> _kind(PageJump), _kind(Section)
    ('page_jump', 'heading')
    """
    name = (Heading if kind is Section else kind).__name__
    return "".join("_" + x.lower() if x.isupper() and k else x.lower() for k, x in enumerate(name))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
