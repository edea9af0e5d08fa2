"""Native XML as plain values, for :mod:`govreport.formats.reading` to make a report of."""

from __future__ import annotations

from typing import Any, Final

from govreport.diagnostics import Diagnostic
from govreport.edits import Edit
from govreport.errors import FormatError
from govreport.formats.escaping import unescape
from govreport.formats.limits import Limits
from govreport.formats.model import Field, Model, model, top
from govreport.formats.parsing import Element, Parser
from govreport.formats.reading import BAD, Reading, Way
from govreport.nodes import Front
from govreport.report import Report
from govreport.source import Source

__all__ = ["made", "read_xml"]


class _Object(dict[str, Any]):
    """Plain values that know the element they came from."""

    element: Element


def read_xml(data: str | bytes, limits: Limits) -> Report:
    """A report out of native XML.

    Raises:
        FormatError: With every fault, its XPath and its line.
    """
    if len(data) > limits.size:
        raise FormatError((f"/: {len(data)} characters; at most {limits.size} are read",))
    encoding = "utf-8" if isinstance(data, str) else None
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    roots = list(Parser(limits, encoding=encoding).parse([data]))
    if len(roots) != 1 or roots[0].number is not None:
        raise FormatError(("/reports: many reports; read_many reads them one by one",))
    return made(roots[0], limits)


def made(root: Element, limits: Limits) -> Report:
    """The report that an element stands for.

    Raises:
        FormatError: With every fault, its XPath and its line.
    """
    reading = Reading(limits, _place)
    if root.tag != "report":
        reading.wrong(None, f"expected the element report, got {root.tag}", _owner(root))
        reading.finish()
    return reading.report(_report(root, reading))


def _place(way: Way, owner: Any) -> str:
    """The place of a fault: the XPath of its element, the field, the line."""
    element: Element = owner.element
    fields: list[str] = []
    while way is not None and not fields:
        way, key = way
        if isinstance(key, str) and key in element.attributes:
            fields.append(f"/@{key}")
    return f"{element.path}{''.join(fields)} (line {element.line})"


# ---- elements to plain values

_LISTS: Final[dict[str, tuple[type, ...]]] = {
    "body": top("body"),
    "furniture": top("furniture"),
    "diagnostics": (Diagnostic,),
    "edits": (Edit,),
}
_SINGLE: Final[dict[str, type]] = {"front": Front, "source": Source}


def _owner(element: Element) -> _Object:
    out = _Object()
    out.element = element
    return out


def _report(root: Element, reading: Reading) -> _Object:
    out = _owner(root)
    out["type"] = "Report"
    for name, value in root.attributes.items():
        out["schema_version" if name == "schema-version" else name] = value
    for part in root.children:
        if part.tag in out:
            reading.wrong(None, "stands twice", _owner(part))
        elif part.tag in _LISTS:
            _no_text(part, reading)
            shapes = {model(cls).tag: model(cls) for cls in _LISTS[part.tag]}
            out[part.tag] = _children(part, shapes, reading)
        elif part.tag in _SINGLE:
            out[part.tag] = _plain(part, model(_SINGLE[part.tag]), reading)
        elif part.tag != "decisions":
            reading.wrong(None, "unknown element", _owner(part))
    return out


def _children(element: Element, shapes: dict[str, Model], reading: Reading) -> list[Any]:
    out: list[Any] = []
    for child in element.children:
        shape = shapes.get(child.tag)
        if shape is None:
            wanted = ", ".join(shapes) or "none"
            reading.wrong(None, f"unknown element; expected {wanted}", _owner(child))
        else:
            out.append(_plain(child, shape, reading))
    return out


def _no_text(element: Element, reading: Reading) -> None:
    if any(not words.isspace() for words in element.words):
        reading.wrong(None, "text stands where only elements may", _owner(element))


def _plain(element: Element, shape: Model, reading: Reading) -> _Object:
    """The plain values of an element, fields by their kind."""
    out = _owner(element)
    out["type"] = shape.name
    fields = {field.name: field for field in shape.fields}
    held_by = {model(cls).tag: field for field in shape.fields for cls in field.classes}
    shapes = {model(cls).tag: model(cls) for field in shape.fields for cls in field.classes}
    for name, words in element.attributes.items():
        field = fields.get(name)
        if field is None or field.kind in ("node", "nodes") or name == "text":
            reading.wrong((None, name), f"unknown attribute of {shape.tag}", out)
        else:
            out[name] = _value(field, words, reading, out)
    if "text" in fields:
        out["text"] = _value(fields["text"], "".join(element.words), reading, out)
    else:
        _no_text(element, reading)
    for made in _children(element, shapes, reading):
        field = held_by[made.element.tag]
        if field.kind == "nodes":
            out.setdefault(field.name, []).append(made)
        elif field.name in out:
            reading.wrong(None, "stands twice", made)
        else:
            out[field.name] = made
    for field in shape.fields:
        if field.kind == "nodes" and field.required:
            out.setdefault(field.name, [])
    return out


def _value(field: Field, words: str, reading: Reading, owner: _Object) -> Any:
    """What an attribute's words stand for."""
    try:
        match field.kind:
            case "integer":
                return int(words) if len(words) < 20 else words
            case "number":
                return float(words)
            case "boolean":
                return {"true": True, "false": False}.get(words, words)
            case "span":
                return _span(words)
            case "spans":
                return [_span(word) for word in words.split(" ")] if words else []
            case "texts":
                return [unescape(_EMPTY.get(word, word)) for word in words.split(" ") if word]
            case "text":
                return unescape(words)
    except ValueError:
        told = words if len(words) <= 40 else words[:37] + "…"
        return reading.wrong((None, field.name), f"cannot read {told!r}", owner) or BAD
    return words


_EMPTY: Final = {"\\{}": ""}


def _span(word: str) -> list[int]:
    start, dash, end = word.partition("-")
    if not dash or not (start.isascii() and end.isascii()):
        raise ValueError(word)
    return [int(start), int(end)]
