"""Native XML: the tree as it is, nothing lost, to be read back equal.

Each node is an element named after its class (``PageJump``: ``page-jump``); a leaf's text is the
element's text, other plain fields are attributes, nodes are children. Fields that have their
default are left out. Running text stands on one line: the string value of a ``paragraph`` is its
text. Spans are written ``12-40``. Characters that XML cannot hold are ``\\{0}``,
a backslash is doubled, everywhere in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import regex

from govreport.formats.escaping import escape
from govreport.formats.json import anything
from govreport.formats.limits import DEFAULT, Limits
from govreport.formats.model import SCHEMA_VERSION, Field, model
from govreport.formats.reading_xml import read_xml

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "read", "write"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TEXT: Final = regex.compile(r"[&<>\r]")
_ATTRIBUTE: Final = regex.compile(r'[&<>"\t\n\r]')
_ENTITIES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
#: Blanks inside a word of a list of words.
_BLANK: Final = regex.compile(r"\s")


def write(report: Report, *, edits: bool = True, decisions: bool = False) -> str:
    """The report as XML.

    Args:
        report: The report.
        edits: Whether the edits are written out; a reader makes them anew from tree and source.
        decisions: Whether each decision is written with its evidence.
    """
    return "".join(iter_write(report, edits=edits, decisions=decisions))


def iter_write(report: Report, *, edits: bool = True, decisions: bool = False) -> Iterator[str]:
    """The report as XML, block by block."""
    yield f'{DECLARATION}<report schema-version="{SCHEMA_VERSION}">\n'
    yield from element(report.front, 1)
    parts: list[tuple[str, Iterable[Any]]] = [
        ("body", report.body),
        ("furniture", report.furniture),
        ("diagnostics", report.diagnostics),
    ]
    if edits:
        parts.append(("edits", report.edits))
    for name, values in parts:
        yield f"  <{name}>\n"
        for value in values:
            yield from element(value, 2)
        yield f"  </{name}>\n"
    if decisions:
        yield "  <decisions>\n"
        for each in report.decisions:
            yield from _open("decision", anything(each), 2)
        yield "  </decisions>\n"
    yield from element(report.source, 1)
    yield "</report>\n"


def element(value: Any, depth: int = 0) -> Iterator[str]:
    """A node (diagnostic, edit, source) as an element, in pieces.

    >>> from govreport.nodes import Text
    >>> from govreport.source import Span
    >>> print("".join(element(Text(text="工作", spans=(Span(0, 2),)))), end="")
    <text spans="0-2">工作</text>
    """
    shape = model(type(value))
    indent = "  " * depth
    words: str | None = None
    children: list[Any] = []
    out = [indent, "<", shape.tag]
    for field in shape.fields:
        held = getattr(value, field.name)
        if field.name == "text":
            words = _TEXT.sub(_entity, escape(held))
        elif held is None or held == field.default:
            continue
        elif field.kind == "nodes":
            children.extend(held)
        elif field.kind == "node":
            children.append(held)
        else:
            out.append(f' {field.name}="{_attribute(field, held)}"')
    if words:
        yield f"{''.join(out)}>{words}</{shape.tag}>\n"
    elif not children:
        yield f"{''.join(out)}/>\n"
    elif shape.is_running:
        # On one line, so that an element's string value in XPath is the text and nothing else.
        inside = "".join(line.removesuffix("\n") for each in children for line in element(each))
        yield f"{''.join(out)}>{inside}</{shape.tag}>\n"
    else:
        yield f"{''.join(out)}>\n"
        for child in children:
            yield from element(child, depth + 1)
        yield f"{indent}</{shape.tag}>\n"


def _attribute(field: Field, held: Any) -> str:
    match field.kind:
        case "text":
            return quote(held)
        case "texts":
            return " ".join(_word(each) for each in held)
        case "boolean":
            return "true" if held else "false"
        case "choice":
            return str(held if isinstance(held, str) else held.name.lower())
        case "span":
            return f"{held.start}-{held.end}"
        case "spans":
            return " ".join(f"{span.start}-{span.end}" for span in held)
    return str(held)


def _word(text: str) -> str:
    """A text as one word of a list: blanks escaped, an empty text ``\\{}``."""
    words = _BLANK.sub(lambda m: f"\\{{{ord(m[0]):x}}}", escape(text))
    return _ATTRIBUTE.sub(_entity, words) or "\\{}"


def quote(text: str) -> str:
    """A text as an attribute's value."""
    return _ATTRIBUTE.sub(_entity, escape(text))


def _entity(match: regex.Match[str]) -> str:
    return _ENTITIES[match[0]]


def _open(tag: str, value: Any, depth: int) -> Iterator[str]:
    """A value of any shape: its plain fields as attributes, the others as elements."""
    indent = "  " * depth
    if not isinstance(value, dict | list):
        yield f"{indent}<{tag}>{_TEXT.sub(_entity, escape(_string(value)))}</{tag}>\n"
        return
    pairs = list(value.items()) if isinstance(value, dict) else [("item", x) for x in value]
    simple = [] if isinstance(value, list) else [p for p in pairs if not _nested(p[1])]
    attributes = "".join(f' {key}="{quote(_string(held))}"' for key, held in simple)
    rest = [pair for pair in pairs if pair not in simple]
    if not rest:
        yield f"{indent}<{tag}{attributes}/>\n"
        return
    yield f"{indent}<{tag}{attributes}>\n"
    for key, held in rest:
        yield from _open(key, held, depth + 1)
    yield f"{indent}</{tag}>\n"


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def _string(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def read(data: str | bytes, *, limits: Limits = DEFAULT) -> Report:
    """Read native XML.

    Args:
        data: The document.
        limits: What is too much.

    Raises:
        FormatError: With every fault, its XPath and its line.
    """
    return read_xml(data, limits)
