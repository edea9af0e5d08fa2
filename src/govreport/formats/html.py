"""HTML: one page that needs nothing else, to be read on the screen and in print.

On request the page's line ends are shown, or every edit inside the text, as ``del`` and ``ins``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from govreport.formats.common import clean, front_name
from govreport.formats.marks import Mark, Marker
from govreport.formats.markup import Child, El, el, serialize
from govreport.formats.values import iso_date, number_text
from govreport.nodes import (
    Block,
    Contents,
    Date,
    Furniture,
    Gap,
    Item,
    Label,
    Lead,
    Leaf,
    Node,
    Note,
    Number,
    Paragraph,
    Section,
    Speaker,
    Supplied,
    Title,
)

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

#: Elements that hold running text.
INLINE: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "title"})
_VOID: Final = frozenset({"meta", "br", "wbr"})
#: HTML knows six levels; the first is the title's.
DEEPEST: Final = 6


def write(report: Report, *, lines: bool = False, edits: bool = False) -> str:
    """The report as a page.

    Args:
        report: The report.
        lines: Whether the page's line ends are shown inside paragraphs.
        edits: Whether what was taken away and put in is shown.
    """
    return "".join(iter_write(report, lines=lines, edits=edits))


def iter_write(report: Report, *, lines: bool = False, edits: bool = False) -> Iterator[str]:
    """The report as a page, in pieces."""
    kinds = {"edit"} if edits else {"line"} if lines else set()
    writer = _Writer(Marker(report, kinds))
    style = (files("govreport.formats") / "report.css").read_text(encoding="utf-8")
    yield '<!DOCTYPE html>\n<html lang="zh">\n<head>\n  <meta charset="utf-8">\n'
    yield from serialize(el("title", None, clean(front_name(report))), 1, INLINE, void=_VOID)
    yield f"  <style>\n{style}  </style>\n</head>\n<body>\n<article>\n"
    parts = [writer.header(report), *writer.children(report.body, ""), writer.footer(report)]
    for part in parts:
        if part is not None:
            yield from serialize(part, 1, INLINE, void=_VOID)
    yield "</article>\n</body>\n</html>\n"


class _Writer:
    """Makes elements of nodes."""

    def __init__(self, marker: Marker) -> None:
        self.marker = marker

    def header(self, report: Report) -> El | None:
        """The headline block."""
        lines = []
        for line in report.front.lines:
            if isinstance(line, Speaker) and line.repeated:
                continue
            self.marker.start_block()
            tag = "h1" if isinstance(line, Title) else "p"
            lines.append(el(tag, {"class": type(line).__name__.lower()}, *self._leaf(line)))
        return el("header", None, *lines) if lines else None

    def footer(self, report: Report) -> El | None:
        """What belongs to the page."""
        lines = [self._furniture(line) for line in report.furniture]
        return el("footer", None, *lines) if lines else None

    def _furniture(self, line: Furniture) -> El:
        self.marker.start_block()
        return el("p", {"class": type(line).__name__.lower()}, *self._leaf(line))

    def children(self, nodes: Sequence[Block], prefix: str, depth: int = 2) -> list[El]:
        """Blocks and sections; ids are paths."""
        out: list[El] = []
        sections = 0
        for node in nodes:
            self.marker.start_block()
            if isinstance(node, Section):
                sections += 1
                out.append(self._section(node, f"{prefix}s{sections}", depth))
            elif isinstance(node, Contents):
                lines = [el("li", None, *self._leaf(entry)) for entry in node.entries]
                out.append(el("ol", {"class": "contents"}, *lines))
            else:
                out.append(self._block(node))
        return out

    def _section(self, node: Section, path: str, depth: int) -> El:
        heading: El | None = None
        if node.heading is not None or node.label is not None:
            words = self._texts(node.heading.content) if node.heading else []
            tag = f"h{min(depth, DEEPEST)}"
            heading = el(tag, _spanned(node.heading), *self._label(node.label), *words)
        inside = self.children(node.children, path + ".", depth + 1)
        return el("section", {"id": path}, heading, *inside)

    def _block(self, node: Block) -> El:
        assert not isinstance(node, Section | Contents)
        words: list[Child] = []
        if isinstance(node, Paragraph):
            words += self._label(node.label)
        elif isinstance(node, Item | Note):
            words += self._label(node.marker)
        if isinstance(node, Paragraph | Item):
            words += self._lead(node.lead)
        kind = None if isinstance(node, Paragraph) else type(node).__name__.lower()
        return el("p", {"class": kind, **_spanned(node)}, *words, *self._texts(node.content))

    def _label(self, label: Label | None) -> list[Child]:
        return [] if label is None else [el("span", {"class": "num"}, *self._leaf(label))]

    def _lead(self, lead: Lead | None) -> list[Child]:
        return [] if lead is None else [el("b", {"class": "lead"}, *self._texts(lead.content))]

    def _texts(self, content: Sequence[Leaf]) -> list[Child]:
        return [child for leaf in content for child in self._typed(leaf)]

    def _typed(self, leaf: Leaf) -> list[Child]:
        """A leaf, its type as an element around its words."""
        words = self._leaf(leaf)
        match leaf:
            case Gap():
                title = f"{leaf.kind}, {leaf.probability:.2f}"
                return [el("span", {"class": "gap", "title": title}, *words)]
            case Supplied():
                return [el("ins", {"class": "supplied"}, *words)]
            case Number() if leaf.value is not None and leaf.high is None:
                return [el("data", {"value": number_text(leaf.value)}, *words)]
            case Date() if iso_date(leaf.iso):
                return [el("time", {"datetime": iso_date(leaf.iso)}, *words)]
        return words

    def _leaf(self, leaf: Leaf) -> list[Child]:
        """A leaf's words with the marks inside."""
        if not self.marker.kinds:
            return [clean(leaf.text)]
        out: list[Child] = []
        at = 0
        for mark in self.marker.marks(leaf):
            out.append(clean(leaf.text[at : mark.at]))
            at = mark.at + mark.size
            out.extend(_shown(mark, clean(leaf.text[mark.at : at])))
        out.append(clean(leaf.text[at:]))
        return [child for child in out if child]


def _shown(mark: Mark, after: str) -> Iterator[Child]:
    if mark.kind == "line":
        yield el("span", {"class": "line-end"}, "¶")
        return
    if mark.source:
        yield el("del", {"title": mark.rule}, _visible(mark.source))
    if after:
        yield el("ins", {"title": mark.rule}, after)


def _visible(text: str) -> str:
    """What was taken away, so that it can be seen: line ends as ¶, what shows nothing as ␣."""
    ends = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return clean(
        "".join("¶" if x == "\n" else x if x.isprintable() and x.strip() else "␣" for x in ends)
    )


def _spanned(node: Node | None) -> dict[str, str]:
    span = node.span if node is not None else None
    return {} if span is None else {"data-span": f"{span.start}:{span.end}"}
