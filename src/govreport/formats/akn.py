"""Akoma Ntoso 1.0: a ``statement``, valid by the strict OASIS schema, whatever the report.

Sections are ``section``, ``subsection``, ``paragraph``, ``subparagraph`` and then ``level`` by their
depth; enumerations are ``blockList``; gaps ``omissis``; figures ``quantity``. What belongs to the
page stands in the ``conclusions``. Element ids follow the naming convention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from govreport.formats.akn_ids import Ids
from govreport.formats.akn_meta import Identity, meta, preface
from govreport.formats.common import clean, is_run_in
from govreport.formats.markup import Child, El, el, serialize
from govreport.formats.values import full_date, number_text
from govreport.nodes import (
    Block,
    Contents,
    Date,
    Furniture,
    Gap,
    Item,
    Label,
    Leaf,
    Note,
    Number,
    Paragraph,
    Section,
    Supplied,
)
from govreport.visitors import label_of

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: Elements that hold running text.
INLINE: Final = frozenset({"p", "num", "heading"})
#: Names and their short forms in ids, by depth.
LADDER: Final = (
    ("section", "sec"),
    ("subsection", "subsec"),
    ("paragraph", "para"),
    ("subparagraph", "subpara"),
    ("level", "lvl"),
)


def write(report: Report, *, country: str = "cn", name: str = "report") -> str:
    """The report as Akoma Ntoso.

    Args:
        report: The report.
        country: The country code in the document's URI.
        name: The document's name in its URI.
    """
    return "".join(iter_write(report, country=country, name=name))


def iter_write(report: Report, *, country: str = "cn", name: str = "report") -> Iterator[str]:
    """The report as Akoma Ntoso, in pieces."""
    identity = Identity.of(report, country, name)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<akomaNtoso xmlns="{NAMESPACE}">\n'
    yield f'  <statement name="{identity.name}">\n'
    yield from serialize(meta(report, identity), 2, INLINE)
    writer = _Writer()
    head = preface(report.front, writer.ids)
    if head is not None:
        yield from serialize(head, 2, INLINE)
    yield '    <mainBody eId="body">\n'
    for part in writer.main(report.body):
        yield from serialize(part, 3, INLINE)
    yield "    </mainBody>\n"
    if report.furniture:
        yield from serialize(writer.conclusions(report.furniture), 2, INLINE)
    yield "  </statement>\n</akomaNtoso>\n"


class _Writer:
    """Makes elements of nodes."""

    def __init__(self) -> None:
        self.ids = Ids()

    def main(self, body: Sequence[Block]) -> list[El]:
        """The body: sections and blocks as they come."""
        out: list[El] = []
        for run in _runs(body):
            if isinstance(run, Section):
                out.append(self._section(run, "", 0))
            else:
                out.extend(self._blocks(run, "body"))
        return out or [self._p("body")]

    def _section(self, node: Section, parent: str, depth: int) -> El:
        tag, short = LADDER[min(depth, len(LADDER) - 1)]
        label = label_of(node)
        own = self.ids.numbered(parent, short, None if label is None else label.value)
        children: Sequence[Block] = node.children
        head: list[El] = []
        if node.label is not None:
            head.append(el("num", {"eId": self.ids.of(own, "num")}, *_leaf(node.label)))
        if node.heading is not None:
            words = self._inline(node.heading.content, own)
            head.append(el("heading", {"eId": self.ids.of(own, "heading")}, *words))
        elif node.label is None and is_run_in(node):
            run_in, children = self._run_in(children, own)
            head.extend(run_in)
        return el(tag, {"eId": own}, *head, *self._inside(children, own, depth))

    def _run_in(self, children: Sequence[Block], own: str) -> tuple[list[El], Sequence[Block]]:
        """The heading that the first paragraph opens with, and what is left of the children."""
        first = children[0]
        assert isinstance(first, Paragraph)
        assert first.lead is not None
        head = []
        if first.label is not None:
            head.append(el("num", {"eId": self.ids.of(own, "num")}, *_leaf(first.label)))
        words = self._inline(first.lead.content, own)
        head.append(el("heading", {"eId": self.ids.of(own, "heading")}, *words))
        rest = (Paragraph(content=first.content),) if first.content else ()
        return head, (*rest, *children[1:])

    def _inside(self, children: Sequence[Block], own: str, depth: int) -> list[El]:
        """What a section holds: content alone, or an introduction, sections and a wrap-up."""
        runs = list(_runs(children))
        if not any(isinstance(run, Section) for run in runs):
            return [self._container("content", children, own)]
        out: list[El] = []
        for k, run in enumerate(runs):
            if isinstance(run, Section):
                out.append(self._section(run, own, depth + 1))
            elif k == 0:
                out.append(self._container("intro", run, own))
            elif k == len(runs) - 1:
                out.append(self._container("wrapUp", run, own))
            else:
                inner = self.ids.numbered(own, "hcontainer", None)
                content = self._container("content", run, inner)
                out.append(el("hcontainer", {"eId": inner, "name": "continuation"}, content))
        return out

    def _container(self, tag: str, children: Sequence[Block], parent: str) -> El:
        own = self.ids.single(parent, tag)
        return el(tag, {"eId": own}, *(self._blocks(children, own) or [self._p(own)]))

    def _blocks(self, children: Sequence[Block], parent: str) -> list[El]:
        out: list[El] = []
        items: list[Item] = []
        for child in children:
            if isinstance(child, Item):
                items.append(child)
                continue
            if items:
                out.append(self._list(items, parent))
                items = []
            out.extend(self._block(child, parent))
        return [*out, self._list(items, parent)] if items else out

    def _block(self, node: Block, parent: str) -> list[El]:
        if isinstance(node, Contents):
            return [self._p(parent, *_leaf(entry), kind="contents") for entry in node.entries]
        own = self.ids.of(parent, "p")
        words: list[Child] = []
        if isinstance(node, Paragraph | Note):
            label = node.label if isinstance(node, Paragraph) else node.marker
            words += self._num(label, own)
        if isinstance(node, Paragraph) and node.lead is not None:
            words.append(self._named("lead", self._inline(node.lead.content, own), own))
        assert not isinstance(node, Section | Item)
        words += self._inline(node.content, own)
        kind = None if isinstance(node, Paragraph) else type(node).__name__.lower()
        return [el("p", {"eId": own, "class": kind}, *words)]

    def _list(self, items: Sequence[Item], parent: str) -> El:
        own = self.ids.of(parent, "list")
        return el("blockList", {"eId": own}, *(self._item(item, own) for item in items))

    def _item(self, node: Item, parent: str) -> El:
        own = self.ids.numbered(parent, "item", node.marker.value)
        inner = self.ids.of(own, "p")
        words: list[Child] = []
        if node.lead is not None:
            words.append(self._named("lead", self._inline(node.lead.content, inner), inner))
        words += self._inline(node.content, inner)
        num = el("num", {"eId": self.ids.of(own, "num")}, *_leaf(node.marker))
        return el("item", {"eId": own}, num, el("p", {"eId": inner}, *words))

    def _p(self, parent: str, *words: Child, kind: str | None = None) -> El:
        return el("p", {"eId": self.ids.of(parent, "p"), "class": kind}, *words)

    def _num(self, label: Label | None, parent: str) -> list[Child]:
        return [] if label is None else [self._named("num", _leaf(label), parent)]

    def _named(self, name: str, words: Sequence[Child], parent: str) -> El:
        return el("inline", {"eId": self.ids.of(parent, "inline"), "name": name}, *words)

    def _inline(self, content: Sequence[Leaf], parent: str) -> list[Child]:
        out: list[Child] = []
        for leaf in content:
            words = _leaf(leaf)
            match leaf:
                case Gap():
                    out.append(el("omissis", {"eId": self.ids.of(parent, "omissis")}, *words))
                case Supplied():
                    out.append(self._named("supplied", words, parent))
                case Number():
                    own = {"eId": self.ids.of(parent, "quantity"), "refersTo": "#figure"}
                    value = number_text(leaf.value)
                    out.append(el("quantity", {**own, "normalized": value}, *words))
                case Date() if full_date(leaf.iso):
                    own = {"eId": self.ids.of(parent, "date")}
                    out.append(el("date", {**own, "date": full_date(leaf.iso)}, *words))
                case _:
                    out += words
        return out

    def conclusions(self, furniture: Sequence[Furniture]) -> El:
        """What belongs to the page."""
        lines = [
            self._p("conclusions", *_leaf(x), kind=type(x).__name__.lower()) for x in furniture
        ]
        return el("conclusions", {"eId": "conclusions"}, *lines)


def _leaf(leaf: Leaf) -> list[Child]:
    text = clean(leaf.text)
    return [text] if text else []


def _runs(children: Sequence[Block]) -> Iterator[Section | list[Block]]:
    """Sections, and between them the blocks that stand together."""
    run: list[Block] = []
    for child in children:
        if isinstance(child, Section):
            if run:
                yield run
            run = []
            yield child
        else:
            run.append(child)
    if run:
        yield run
