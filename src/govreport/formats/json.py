"""Native JSON: the tree as it is, nothing lost, to be read back equal.

Each node is an object with its class name under ``type`` and its fields under their names; fields
that have their default are left out. Spans are pairs. Numbers whose digits matter are strings. A
text with lone surrogates, which no JSON file can hold, is ``{"escaped": "…"}`` with the surrogates
as ``\\{d800}`` and backslashes doubled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

import attrs

from govreport.formats.escaping import escape, has_surrogates
from govreport.formats.limits import DEFAULT, Limits
from govreport.formats.model import SCHEMA_VERSION, Field, model
from govreport.formats.reading import read_json

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "plain", "read", "write"]

_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def write(
    report: Report, *, edits: bool = True, decisions: bool = False, indent: int | None = None
) -> str:
    """The report as JSON.

    Args:
        report: The report.
        edits: Whether the edits are written out; a reader makes them anew from tree and source.
        decisions: Whether each decision is written with its evidence.
        indent: Blanks for each level; ``None`` puts a block on a line.
    """
    text = "".join(iter_write(report, edits=edits, decisions=decisions))
    if indent is None:
        return text
    return json.dumps(json.loads(text), ensure_ascii=False, indent=indent) + "\n"


def iter_write(report: Report, *, edits: bool = True, decisions: bool = False) -> Iterator[str]:
    """The report as JSON, block by block."""
    encode = _COMPACT.encode
    yield f'{{"schema_version":{encode(SCHEMA_VERSION)},"type":"Report"'
    yield f',\n"front":{encode(plain(report.front))}'
    parts: list[tuple[str, Iterable[Any]]] = [
        ("body", report.body),
        ("furniture", report.furniture),
        ("diagnostics", report.diagnostics),
    ]
    if edits:
        parts.append(("edits", report.edits))
    for name, values in parts:
        yield from _listed(name, (plain(value) for value in values))
    if decisions:
        yield from _listed("decisions", (anything(each) for each in report.decisions))
    yield f',\n"source":{encode(plain(report.source))}}}\n'


def _listed(name: str, values: Iterable[Any]) -> Iterator[str]:
    yield f',\n"{name}":['
    apart = "\n"
    for value in values:
        yield apart + _COMPACT.encode(value)
        apart = ",\n"
    yield "]"


def plain(value: Any) -> dict[str, Any]:
    """A node (diagnostic, edit, source) as plain values, its class under ``type``.

    >>> from govreport.nodes import Text
    >>> plain(Text(text="工作"))
    {'type': 'Text', 'text': '工作'}
    """
    shape = model(type(value))
    out: dict[str, Any] = {"type": shape.name}
    for field in shape.fields:
        held = getattr(value, field.name)
        if held is None or held == field.default:
            continue
        out[field.name] = _plain_field(field, held)
    return out


def _plain_field(field: Field, held: Any) -> Any:
    match field.kind:
        case "text":
            return _text(held)
        case "texts":
            return [_text(each) for each in held]
        case "decimal":
            return str(held)
        case "choice":
            return held if isinstance(held, str) else held.name.lower()
        case "span":
            return [held.start, held.end]
        case "spans":
            return [[span.start, span.end] for span in held]
        case "node":
            return plain(held)
        case "nodes":
            return [plain(each) for each in held]
    return held


def _text(text: str) -> str | dict[str, str]:
    return {"escaped": escape(text, json=True)} if has_surrogates(text) else text


def anything(value: Any) -> Any:
    """A value of any class as plain values, for what the schema leaves open."""
    cls: Any = type(value)
    if attrs.has(cls):
        names = [a.name for a in attrs.fields(cls) if not a.name.startswith("_")]
        return {name: anything(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {str(key): anything(held) for key, held in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [anything(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _text(str(value))


def read(data: str | bytes, *, limits: Limits = DEFAULT) -> Report:
    """Read native JSON.

    Args:
        data: The document; bytes are UTF-8.
        limits: What is too much.

    Raises:
        FormatError: With every fault and its JSON path.
    """
    return read_json(data, limits)
