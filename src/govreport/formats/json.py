"""Native JSON: the tree as it is, nothing lost, to be read back equal.

Each node is an object with its class name under ``type`` and its fields under their names; fields
that have their default are left out. Spans are pairs. Numbers whose digits matter are strings. A
text with lone surrogates, which no JSON file can hold, is ``{"escaped": "…"}`` with the surrogates
as ``\\{d800}`` and backslashes doubled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

import attrs

from govreport.edits import Edit
from govreport.formats.compiling import SAVED, around, choice, compiled, flag, part
from govreport.formats.escaping import escape, has_surrogates
from govreport.formats.limits import DEFAULT, Limits
from govreport.formats.model import SCHEMA_VERSION, model
from govreport.formats.reading import read_json
from govreport.source import Span

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "node", "read", "write", "writer"]

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
    yield f'{{"schema_version":"{SCHEMA_VERSION}","type":"Report",\n"front":{node(report.front)}'
    parts: list[tuple[str, Iterable[Any]]] = [
        ("body", report.body),
        ("furniture", report.furniture),
        ("diagnostics", report.diagnostics),
    ]
    for name, values in parts:
        yield from _listed(name, map(node, values))
    if edits:
        yield from _listed("edits", around(report.effects, writer(Edit), ",", ",\n"))
    if decisions:
        encode = _COMPACT.encode
        yield from _listed("decisions", (encode(anything(each)) for each in report.decisions))
    yield f',\n"source":{node(report.source)}}}\n'


def _listed(name: str, values: Iterable[str]) -> Iterator[str]:
    yield f',\n"{name}":['
    apart = "\n"
    for value in values:
        yield apart + value
        apart = ",\n"
    yield "]"


# ---- functions for the classes


def node(value: Any) -> str:
    """A node (diagnostic, edit, source) as an object, its class under ``type``.

    >>> from govreport.nodes import Text
    >>> print(node(Text(text="工作")))
    {"type":"Text","text":"工作"}
    """
    cls: type = type(value)
    return writer(cls)(value)


@cache
def writer(cls: type) -> Callable[[Any], str]:
    """What writes the nodes of a class.

    >>> from govreport.nodes import Text
    >>> writer(Text)(Text(text="工作"))
    '{"type":"Text","text":"工作"}'
    """
    shape = model(cls)
    names = dict(_NAMES)
    forms = [(field, f',"{field.name}":{_VALUES[field.kind]}') for field in shape.fields]
    lines = [part(field, form, names) for field, form in forms]
    fields = "".join(f"{{of_{field.name}}}" for field in shape.fields)
    end = f'return f\'{{{{"type":"{shape.name}"{fields}}}}}\''
    return compiled(shape.name, [*lines, end], names)


_VALUES: Final = {
    "text": f"{{encode({SAVED}) if {SAVED}.isprintable() else text({SAVED})}}",
    "texts": f"[{{listed(map(text, {SAVED}))}}]",
    "integer": f"{{{SAVED}}}",
    "number": f"{{number({SAVED})}}",
    "boolean": f"{{flag({SAVED})}}",
    "decimal": f'"{{{SAVED}!s}}"',
    "choice": f"{{text(choice({SAVED}))}}",
    "span": f"[{{{SAVED}.start}},{{{SAVED}.end}}]",
    "spans": f"[[{{(one := {SAVED}[0]).start}},{{one.end}}]{{more({SAVED}) if len({SAVED}) > 1 else none}}]",
    "node": f"{{whole({SAVED})}}",
    "nodes": f"[{{listed(map(whole, {SAVED}))}}]",
}


def _text(text: str) -> str:
    if has_surrogates(text):
        return f'{{"escaped":{encode_basestring(escape(text, json=True))}}}'
    return encode_basestring(text)


def _more(spans: tuple[Span, ...]) -> str:
    """All spans but the first, behind it."""
    return "".join([f",[{span.start},{span.end}]" for span in spans[1:]])


#: What the functions made for the classes use.
_NAMES: Final[dict[str, Any]] = {
    "choice": choice,
    "flag": flag,
    "encode": encode_basestring,
    "listed": ",".join,
    "more": _more,
    "none": "",
    "number": _COMPACT.encode,
    "text": _text,
    "whole": node,
}


# ---- values of other classes


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
    text = str(value)
    return {"escaped": escape(text, json=True)} if has_surrogates(text) else text


def read(data: str | bytes, *, limits: Limits = DEFAULT) -> Report:
    """Read native JSON.

    Args:
        data: The document; bytes are UTF-8.
        limits: What is too much.

    Raises:
        FormatError: With every fault and its JSON path.
    """
    return read_json(data, limits)
