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

from govreport.edits import Edit
from govreport.formats.compiling import around
from govreport.formats.elements import element, quote, words, writer
from govreport.formats.json import anything
from govreport.formats.limits import DEFAULT, Limits
from govreport.formats.model import SCHEMA_VERSION
from govreport.formats.reading_xml import read_xml

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "read", "write"]

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


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
    for name, values in parts:
        yield f"  <{name}>\n"
        for value in values:
            yield from element(value, 2)
        yield f"  </{name}>\n"
    if edits:
        yield "  <edits>\n"
        yield from around(report.effects, _edit, "-")
        yield "  </edits>\n"
    if decisions:
        yield "  <decisions>\n"
        for each in report.decisions:
            yield from _open("decision", anything(each), 2)
        yield "  </decisions>\n"
    yield from element(report.source, 1)
    yield "</report>\n"


def _edit(edit: Any) -> str:
    """An edit on a line of its own."""
    return f"    {writer(Edit)(edit)}\n"


def _open(tag: str, value: Any, depth: int) -> Iterator[str]:
    """A value of any shape: its plain fields as attributes, the others as elements."""
    indent = "  " * depth
    if not isinstance(value, dict | list):
        yield f"{indent}<{tag}>{words(_string(value))}</{tag}>\n"
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
