"""A copy as the tree that a perfect reader would give of it, standing in its own clean text."""

from __future__ import annotations

from collections.abc import Iterator

from govreport.nodes import (
    Block,
    DocumentDate,
    Front,
    FrontNote,
    Heading,
    Item,
    Kicker,
    Label,
    Lead,
    Paragraph,
    Salutation,
    Section,
    Speaker,
    Subtitle,
    Text,
    Title,
)
from govreport.nodes import FrontLine as Line
from govreport.numbering import Numbering, read
from govreport.report import Report
from govreport.source import Source, Span
from govreport.testing.copy import Copy, CopyBlock, front_blocks


def as_report(copy: Copy) -> Report:
    """The tree of a copy. Its source is the copy's text, one block a line; every span is true.

    Paragraphs hold plain text: figures and dates are not typed.

    >>> from govreport.testing import read_markdown
    >>> report = as_report(read_markdown("# 一、回顾\\n\\n## （一）修路\\n\\n通车3条。\\n"))
    >>> [(section.level, section.title) for section in report.sections()]
    [(1, '一、回顾'), (2, '（一）修路')]
    >>> report.source.text
    '一、回顾\\n（一）修路\\n通车3条。\\n'
    """
    front = front_blocks(copy)
    text = "".join(f"{block.text}\n" for block in (*front, *copy.blocks))
    lines, at = [], 0
    for block in front:
        lines.append(_front_line(block, copy, at))
        at += len(block.text) + 1
    placed = []
    for block in copy.blocks:
        placed.append((block, at))
        at += len(block.text) + 1
    return Report(front=Front(lines=tuple(lines)), body=_nested(placed), source=Source(text))


def _nested(placed: list[tuple[CopyBlock, int]]) -> tuple[Block, ...]:
    """Blocks under their headings; a heading deeper than any above it stands one below that."""
    top: list[Block] = []
    open_: list[tuple[int, CopyBlock, int, list[Block]]] = []

    def close(level: int) -> None:
        while open_ and open_[-1][0] >= level:
            _, block, at, children = open_.pop()
            above = open_[-1][3] if open_ else top
            above.append(_section(block, at, len(open_) + 1, tuple(children)))

    for block, at in placed:
        if block.kind == "heading":
            close(block.level)
            open_.append((block.level, block, at, []))
        else:
            (open_[-1][3] if open_ else top).append(_block(block, at))
    close(0)
    return tuple(top)


def _section(block: CopyBlock, at: int, level: int, children: tuple[Block, ...]) -> Section:
    label = read(block.text)
    label = label if label and label.kind == "heading" and label.end < len(block.text) else None
    words = block.text[label.end :] if label else block.text
    start = at + (label.end if label else 0)
    return Section(
        level=level,
        label=_label(label, at) if label else None,
        heading=Heading(content=tuple(_text(words, start))),
        children=children,
    )


def _block(block: CopyBlock, at: int) -> Block:
    text, end = block.text, len(block.lead)
    label = read(text) if block.kind == "item" else None
    if block.kind == "salutation":
        return Salutation(content=tuple(_text(text, at)))
    lead = Lead(content=tuple(_text(block.lead, at))) if block.lead else None
    if label is None or lead is not None:
        return Paragraph(lead=lead, content=tuple(_text(text[end:], at + end)))
    skip = label.end
    return Item(marker=_label(label, at), content=tuple(_text(text[skip:], at + skip)))


def _label(label: Numbering, at: int) -> Label:
    span = Span(at, at + len(label.text))
    return Label(text=label.text, style=label.style, value=label.value, spans=(span,))


def _text(text: str, at: int) -> Iterator[Text]:
    if text:
        yield Text(text=text, spans=(Span(at, at + len(text)),))


def _front_line(block: CopyBlock, copy: Copy, at: int) -> Line:
    text, spans = block.text, (Span(at, at + len(block.text)),)
    match block.kind:
        case "kicker":
            return Kicker(text=text, spans=spans)
        case "title":
            return Title(text=text, spans=spans)
        case "subtitle":
            return Subtitle(text=text, spans=spans)
        case "byline":
            name, office = copy.value("author"), copy.value("office")
            return Speaker(text=text, spans=spans, name=name, office=office)
        case "date":
            return DocumentDate(text=text, spans=spans, iso=copy.value("date"))
        case _:
            return FrontNote(text=text, spans=spans)
