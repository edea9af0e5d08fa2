"""TEI P5: valid by ``tei_all``, whatever the report.

Sections are nested ``div`` with ``head`` and ``num``, run-in headings ``head`` or ``label`` with
``rend="run-in"``, gaps ``gap``, figures ``measure`` or ``num``, dates ``date``, what stands in
quotation marks ``quote``, in title marks ``title``; the headline block is the ``front``, furniture
stands as ``fw`` in the ``back``. Ids are paths. On request printed line ends are
``lb break="no"``, page ends ``pb``, and signs that were read as others ``choice``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import attrs

from govreport.formats.common import clean, is_run_in
from govreport.formats.marks import Marker
from govreport.formats.markup import Child, El, el, serialize
from govreport.formats.quoting import marked
from govreport.formats.tei_front import front_matter, header
from govreport.formats.values import iso_date, number_text, word
from govreport.nodes import (
    Block,
    Closing,
    Contents,
    Credit,
    Date,
    Furniture,
    Gap,
    Heading,
    Item,
    Label,
    Lead,
    Leaf,
    Node,
    Note,
    Number,
    PageDate,
    PageJump,
    PageNumber,
    Paragraph,
    RunningHead,
    Salutation,
    Section,
    Supplied,
    Text,
    Unplaced,
)
from govreport.paths import sign_of

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

NAMESPACE: Final = "http://www.tei-c.org/ns/1.0"
#: Elements that hold running text.
INLINE: Final = frozenset(
    [
        "p",
        "head",
        "item",
        "label",
        "salute",
        "titlePart",
        "byline",
        "docDate",
        "docAuthor",
        "fw",
        "note",
        "title",
        "author",
        "name",
        "resp",
        "date",
        "idno",
        "publisher",
        "persName",
    ]
)
_FORME: Final[dict[type, str]] = {
    PageJump: "jump",
    PageDate: "date",
    Credit: "credit",
    PageNumber: "pageNum",
    RunningHead: "header",
    Unplaced: "unplaced",
}


def write(
    report: Report,
    *,
    lines: bool = False,
    pages: bool = False,
    repairs: bool = False,
    prefix: str = "",
) -> str:
    """The report as TEI.

    Args:
        report: The report.
        lines: Whether the page's line ends are shown inside paragraphs, as ``lb break="no"``.
        pages: Whether page ends are shown, as ``pb``.
        repairs: Whether signs that were read as others are shown, as ``choice`` of ``orig`` and
            ``reg``.
        prefix: What every ``xml:id`` begins with, so that several texts can stand in one corpus.
    """
    pieces = iter_write(report, lines=lines, pages=pages, repairs=repairs, prefix=prefix)
    return "".join(pieces)


def iter_write(
    report: Report,
    *,
    lines: bool = False,
    pages: bool = False,
    repairs: bool = False,
    prefix: str = "",
) -> Iterator[str]:
    """The report as TEI, in pieces."""
    asked = {"line": lines, "page": pages, "reading": repairs}
    writer = _Writer(Marker(report, {kind for kind, wanted in asked.items() if wanted}))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<TEI xmlns="{NAMESPACE}" xml:lang="zh">\n'
    changed = Counter([effect.rule for effect in report.effects.effects])
    yield from serialize(header(report, changed), 1, INLINE)
    yield "  <text>\n"
    if report.front.lines:
        yield from serialize(front_matter(report.front), 2, INLINE)
    yield "    <body>\n"
    for part in writer.division(report.body, prefix):
        yield from serialize(part, 3, INLINE)
    yield "    </body>\n"
    if report.furniture:
        yield from serialize(writer.back(report.furniture), 2, INLINE)
    yield "  </text>\n</TEI>\n"


@attrs.define
class _Counter:
    """Ids by path: ``s1.s2.p3``."""

    prefix: str
    counts: Counter[str] = attrs.field(factory=Counter)

    def of(self, node: Node) -> str:
        return self.next(sign_of(node))

    def next(self, sign: str) -> str:
        self.counts[sign] += 1
        return f"{self.prefix}{sign}{self.counts[sign]}"


class _Writer:
    """Makes elements of nodes."""

    def __init__(self, marker: Marker) -> None:
        self.marker = marker

    def division(
        self, children: Sequence[Block], prefix: str, done: Paragraph | None = None
    ) -> list[El]:
        """The contents of a div or of the body; blocks behind a section get a div of their own.

        Args:
            children: The blocks.
            prefix: The path of what holds them.
            done: One of them of which nothing is left.
        """
        ids = _Counter(prefix)
        out: list[El] = []
        loose: list[El] = []
        divided = False
        k = 0
        while k < len(children):
            child = children[k]
            if child is done:
                ids.of(child)
                k += 1
            elif isinstance(child, Section):
                out.extend(self._gathered(loose, divided, ids))
                out.append(self._section(child, ids.of(child)))
                loose, divided = [], True
                k += 1
            elif isinstance(child, Item):
                end = k + 1
                while end < len(children) and isinstance(children[end], Item):
                    end += 1
                loose.append(self._list(children[k:end], ids))
                k = end
            else:
                loose.append(self._block(child, ids, first=not out and not loose))
                k += 1
        out.extend(self._gathered(loose, divided, ids))
        # An opener alone is no division.
        return [*out, el("p")] if all(x.tag == "opener" for x in out) else out

    def _gathered(self, loose: list[El], divided: bool, ids: _Counter) -> list[El]:
        if not loose or not divided:
            return loose
        return [el("div", {"type": "continuation", "xml:id": ids.next("c")}, *loose)]

    def _section(self, node: Section, path: str) -> El:
        self.marker.start_block()
        children: Sequence[Block] = node.children
        head: El | None = None
        done: Paragraph | None = None
        if node.heading is not None or node.label is not None:
            words = self._inline(node.heading) if node.heading else []
            head = el("head", None, self._num(node.label), *words)
        elif is_run_in(node):
            first = children[0]
            assert isinstance(first, Paragraph)
            assert first.lead is not None
            words = self._inline(first.lead)
            head = el("head", {"rend": "run-in"}, self._num(first.label), *words)
            rest = attrs.evolve(first, label=None, lead=None)
            children = (rest, *children[1:])
            done = None if rest.content else rest
        attributes = {"type": "section", "xml:id": path, "n": str(node.level)}
        return el("div", attributes, head, *self.division(children, path + ".", done))

    def _block(self, node: Block, ids: _Counter, *, first: bool) -> El:
        self.marker.start_block()
        attributes = {"xml:id": ids.of(node)}
        rend = type(node).__name__.lower()
        match node:
            case Salutation() if first:
                return el("opener", attributes, el("salute", None, *self._inline(node)))
            case Salutation() | Closing():
                return el("p", {"rend": rend, **attributes}, *self._inline(node))
            case Note():
                words = self._texts(node.content)
                return el("p", {"rend": rend, **attributes}, self._num(node.marker), *words)
            case Contents():
                items = [el("item", None, *self._leaf(entry)) for entry in node.entries]
                return el("list", {"rend": rend, **attributes}, *(items or [el("item")]))
        assert isinstance(node, Paragraph)
        words = self._texts(node.content)
        return el("p", attributes, self._num(node.label), self._lead(node.lead), *words)

    def _list(self, items: Sequence[Block], ids: _Counter) -> El:
        return el("list", None, *(self._item(x, ids) for x in items if isinstance(x, Item)))

    def _item(self, node: Item, ids: _Counter) -> El:
        self.marker.start_block()
        value = node.marker.value
        attributes = {"xml:id": ids.of(node), "n": None if value is None else str(value)}
        marker = el("label", None, *self._leaf(node.marker))
        return el("item", attributes, marker, self._lead(node.lead), *self._texts(node.content))

    def _lead(self, lead: Lead | None) -> El | None:
        return None if lead is None else el("label", {"rend": "run-in"}, *self._inline(lead))

    def _num(self, label: Label | None) -> El | None:
        if label is None:
            return None
        value = None if label.value is None else str(label.value)
        return el("num", {"type": "ordinal", "value": value}, *self._leaf(label))

    def _inline(self, node: Heading | Lead | Salutation | Closing) -> list[Child]:
        return self._texts(node.content)

    def _texts(self, content: Sequence[Leaf]) -> list[Child]:
        return marked(child for leaf in content for child in self._typed(leaf))

    def _typed(self, leaf: Leaf) -> list[Child]:
        """A leaf, its type as an element around its words."""
        words = self._leaf(leaf)
        match leaf:
            case Text():  # most are
                return words
            case Gap():
                attributes = {
                    "reason": "illegible",
                    "unit": "chars" if leaf.kind == "character" else None,
                }
                return [*(x for x in words if not isinstance(x, str)), el("gap", attributes)]
            case Supplied():
                return [el("supplied", {"reason": "illegible"}, *words)]
            case Date():
                return [el("date", {"when": iso_date(leaf.iso)}, *words)]
        assert isinstance(leaf, Number)
        return [_figure(leaf, words)]

    def _leaf(self, leaf: Leaf) -> list[Child]:
        """A leaf's words with the marks inside."""
        if not self.marker.kinds:
            return [clean(leaf.text)]
        out: list[Child] = []
        at = 0
        for mark in self.marker.marks(leaf):
            out.append(clean(leaf.text[at : mark.at]))
            at = mark.at
            if mark.kind == "reading":
                at += mark.size
                plain = el("reg", None, clean(leaf.text[mark.at : at]))
                out.append(el("choice", None, el("orig", None, clean(mark.source)), plain))
            else:
                out.append(el("lb", {"break": "no"}) if mark.kind == "line" else el("pb"))
        out.append(clean(leaf.text[at:]))
        return out

    def back(self, furniture: Sequence[Furniture]) -> El:
        """What belongs to the page, behind the text."""
        self.marker.kinds = set()
        lines = [
            el("p", None, el("fw", {"type": _FORME[type(x)]}, *self._leaf(x))) for x in furniture
        ]
        return el("back", None, el("div", {"type": "furniture"}, *lines))


def _figure(leaf: Number, words: list[Child]) -> El:
    """A figure: ``measure`` where it has a unit or is a range, else ``num``."""
    value, high = number_text(leaf.value), number_text(leaf.high)
    attributes = {"type": "approximate" if leaf.approximate else None}
    if high is not None and value is not None:
        return el(
            "measure",
            {"atLeast": value, "atMost": high, "unit": word(leaf.unit), **attributes},
            *words,
        )
    if leaf.unit:
        return el("measure", {"quantity": value, "unit": word(leaf.unit), **attributes}, *words)
    return el("num", {"value": value, **attributes}, *words)
