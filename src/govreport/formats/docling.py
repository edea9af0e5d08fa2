"""DoclingDocument JSON, as docling-core loads it; docling itself is not needed.

Every text item has ``orig``, what stands in the source, and ``text``, what was made of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from govreport.alignment import joined
from govreport.formats.common import clean, front_name, is_run_in
from govreport.nodes import (
    Block,
    Contents,
    Item,
    Leaf,
    Note,
    PageDate,
    PageNumber,
    Paragraph,
    RunningHead,
    Section,
    Speaker,
    Title,
)
from govreport.nodes.deferred import rough
from govreport.visitors import line

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["write"]

#: The version of DoclingDocument that is written.
VERSION: Final = "1.10.0"
#: DoclingDocument counts levels from 1 to 100.
DEEPEST: Final = 100

Ref = dict[str, str]


def write(report: Report, *, indent: int | None = None) -> str:
    """The report as a DoclingDocument.

    Args:
        report: The report.
        indent: Blanks for each level.
    """
    document = _Document(report.source.text)
    document.front(report)
    document.blocks(report.body, "#/body", 1)
    for each in report.furniture:
        head = isinstance(each, RunningHead | PageDate | PageNumber)
        label = "page_header" if head else "page_footer"
        document.text(label, (each,), "#/body", content_layer="furniture")
    return json.dumps(document.made(front_name(report)), ensure_ascii=False, indent=indent) + "\n"


class _Document:
    """The flat lists of a document, and who holds whom."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.texts: list[dict[str, Any]] = []
        self.groups: list[dict[str, Any]] = []
        self.body: dict[str, Any] = _root("#/body", "body")
        self.held: dict[str, dict[str, Any]] = {"#/body": self.body}

    def made(self, name: str) -> dict[str, Any]:
        """The document as plain values."""
        return {
            "schema_name": "DoclingDocument",
            "version": VERSION,
            "name": name,
            "furniture": _root("#/furniture", "furniture"),
            "body": self.body,
            "groups": self.groups,
            "texts": self.texts,
            "pictures": [],
            "tables": [],
            "key_value_items": [],
            "form_items": [],
            "pages": {},
        }

    def front(self, report: Report) -> None:
        """The headline block."""
        for each in report.front.lines:
            if not (isinstance(each, Speaker) and each.repeated):
                self.text("title" if isinstance(each, Title) else "text", (each,), "#/body")

    def text(self, label: str, leaves: Iterable[Leaf], parent: str, **more: Any) -> str:
        """Add a text item; its reference."""
        held = tuple(leaves)
        spans = [span for leaf in held for span in leaf.spans]
        orig = "".join(span.of(self.source) for span in joined(self.source, spans))
        item = {
            "label": label,
            "prov": [],
            "orig": _utf8(orig),
            "text": clean("".join(leaf.text for leaf in held)),
        }
        return self._add(self.texts, "texts", parent, {**item, **more})

    def _add(
        self, items: list[dict[str, Any]], kind: str, parent: str, values: dict[str, Any]
    ) -> str:
        ref = f"#/{kind}/{len(items)}"
        item = {
            "self_ref": ref,
            "parent": {"$ref": parent},
            "children": [],
            "content_layer": "body",
            **values,
        }
        items.append(item)
        self.held[ref] = item
        self.held[parent]["children"].append({"$ref": ref})
        return ref

    def blocks(self, children: Sequence[Block], parent: str, depth: int) -> None:
        """Add blocks and sections; items that stand together are a list."""
        group: str | None = None
        for child in children:
            if isinstance(child, Item):
                if group is None:
                    values = {"name": "group", "label": "list"}
                    group = self._add(self.groups, "groups", parent, values)
                words = line(child, roughly=True)[1:]
                marker = clean(child.marker.text)
                numbered = child.marker.value is not None
                self.text("list_item", words, group, enumerated=numbered, marker=marker)
                continue
            group = None
            if isinstance(child, Section):
                self._section(child, parent, depth)
            elif isinstance(child, Contents):
                for entry in child.entries:
                    self.text("text", (entry,), parent)
            else:
                label = "footnote" if isinstance(child, Note) else "text"
                self.text(label, line(child, roughly=True), parent)

    def _section(self, node: Section, parent: str, depth: int) -> None:
        children: Sequence[Block] = node.children
        head: list[Leaf] = [node.label] if node.label else []
        if node.heading is not None:
            head += line(node.heading, roughly=True)
        elif not head and is_run_in(node):
            first = children[0]
            assert isinstance(first, Paragraph)
            assert first.lead is not None
            head += [first.label] if first.label else []
            head += line(first.lead, roughly=True)
            words = rough(first)
            rest = (Paragraph(content=words),) if words else ()
            children = (*rest, *children[1:])
        if head:
            level = min(depth, DEEPEST)
            parent = self.text("section_header", head, parent, level=level)
        self.blocks(children, parent, depth + 1)


def _root(ref: str, layer: str) -> dict[str, Any]:
    return {
        "self_ref": ref,
        "children": [],
        "content_layer": layer,
        "name": "_root_",
        "label": "unspecified",
    }


def _utf8(text: str) -> str:
    """A text as it is, but for lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
