"""Pandoc's JSON: from here pandoc writes DOCX, EPUB, LaTeX and what else it knows.

``pandoc -f json -t docx -o report.docx report.pandoc.json``
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import regex

from govreport.formats.common import clean, front_values
from govreport.formats.values import number_text
from govreport.nodes import (
    Block,
    Contents,
    Date,
    Gap,
    Heading,
    Item,
    Label,
    Lead,
    Leaf,
    Note,
    Number,
    Paragraph,
    Section,
    Supplied,
)

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["write"]

#: Pandoc 3 reads 1.23.x, pandoc 2.11 to 2.19 read 1.22.x.
API: Final = (1, 23, 1)
_SPACES: Final = regex.compile(r"( +)")

Value = dict[str, Any]


def write(report: Report, *, api: tuple[int, ...] = API, indent: int | None = None) -> str:
    """The report as Pandoc JSON.

    Args:
        report: The report.
        api: The version of pandoc's types.
        indent: Blanks for each level.
    """
    meta = {name: _meta(value) for name, value in front_values(report.front).items()}
    if not report.body:
        blocks: list[Value] = []
    else:
        blocks = list(_blocks(report.body, ""))
    document = {"pandoc-api-version": list(api), "meta": meta, "blocks": blocks}
    return json.dumps(document, ensure_ascii=False, indent=indent) + "\n"


def _meta(value: str | int | list[str]) -> Value:
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_meta(each) for each in value]}
    return {"t": "MetaInlines", "c": _words(str(value))}


def _blocks(children: Sequence[Block], prefix: str) -> Iterator[Value]:
    """Blocks as they come; a section's heading has its path for an id."""
    sections = 0
    for child in children:
        match child:
            case Section():
                sections += 1
                path = f"{prefix}s{sections}"
                if child.heading is not None or child.label is not None:
                    words = [*_label(child.label), *_inline(child.heading)]
                    level = min(max(child.level, 1), 6)
                    yield {"t": "Header", "c": [level, [path, [], []], words]}
                yield from _blocks(child.children, path + ".")
            case Contents():
                for entry in child.entries:
                    yield {"t": "Para", "c": _words(entry.text)}
            case Paragraph():
                yield _para(child.label, child.lead, child.content, "")
            case Item():
                yield _para(child.marker, child.lead, child.content, "item")
            case Note():
                yield _para(child.marker, None, child.content, "note")
            case _:
                yield _para(None, None, child.content, type(child).__name__.lower())


def _para(label: Label | None, lead: Lead | None, content: Sequence[Leaf], kind: str) -> Value:
    opening = _label(label)
    if lead is not None:
        opening = [{"t": "Strong", "c": [*opening, *_inline(lead)]}]
    words = [*opening, *(each for leaf in content for each in _typed(leaf))]
    block = {"t": "Para", "c": words}
    return {"t": "Div", "c": [["", [kind], []], [block]]} if kind else block


def _label(label: Label | None) -> list[Value]:
    return [] if label is None else [_span("label", {}, _words(label.text))]


def _inline(node: Heading | Lead | None) -> list[Value]:
    return [] if node is None else [each for leaf in node.content for each in _typed(leaf)]


def _typed(leaf: Leaf) -> list[Value]:
    """A leaf, its type as a span around its words."""
    words = _words(leaf.text)
    match leaf:
        case Gap():
            return [_span("gap", {"kind": leaf.kind}, words)]
        case Supplied():
            return [_span("supplied", {"kind": leaf.kind}, words)]
        case Number():
            values = {"value": number_text(leaf.value), "high": number_text(leaf.high)}
            return [_span("number", {**values, "unit": leaf.unit or None}, words)]
        case Date():
            return [_span("date", {"iso": leaf.iso}, words)]
    return words


def _span(kind: str, values: dict[str, str | None], words: list[Value]) -> Value:
    pairs = [[name, clean(value)] for name, value in values.items() if value is not None]
    return {"t": "Span", "c": [["", [kind], pairs], words]}


def _words(text: str) -> list[Value]:
    """A text as pandoc wants it: words, and spaces between them."""
    parts = _SPACES.split(clean(text))
    return [
        {"t": "Space"} if part.startswith(" ") else {"t": "Str", "c": part}
        for part in parts
        if part
    ]
