"""Reading the native formats: plain values to a report, every fault told with its place.

JSON comes here as it is; XML is first made into the same plain values. What is wrong is noted with
the way to it and reading goes on, so that all faults are told at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Final, NoReturn

from govreport.diagnostics import Diagnostic, Severity
from govreport.edits import Edit
from govreport.errors import FormatError
from govreport.formats.escaping import unescape
from govreport.formats.limits import Limits
from govreport.formats.model import SCHEMA_VERSION, Field, Model, model, top
from govreport.nodes import Front
from govreport.report import Report
from govreport.source import Source, Span

__all__ = ["BAD", "Reading", "Way", "read_json"]

#: A value whose fault has been told already.
BAD: Final = object()

#: The way to a value: the way to what holds it, and the key or index there.
Way = tuple[Any, ...] | None


def read_json(data: str | bytes, limits: Limits) -> Report:
    """A report out of native JSON.

    Raises:
        FormatError: With every fault and its JSON path.
    """
    if len(data) > limits.size:
        raise FormatError((f"$: {len(data)} characters; at most {limits.size} are read",))
    reading = Reading(limits, json_path)
    try:
        if isinstance(data, bytes):
            data = data.decode("utf-8-sig")
        value = json.loads(data, object_pairs_hook=reading.unique, parse_constant=_no_constant)
    except RecursionError:
        raise FormatError((f"$: deeper than {limits.depth} levels",)) from None
    except UnicodeDecodeError as error:
        raise FormatError((f"$: not UTF-8 at byte {error.start}",)) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FormatError((f"$: {place}: {error.msg}",)) from None
    except ValueError as error:
        raise FormatError((f"$: {error}",)) from None
    return reading.report(value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def json_path(way: Way, _owner: Any = None) -> str:
    """The way to a value as a JSON path.

    >>> json_path(((None, "body"), 2))
    '$.body[2]'
    """
    keys = []
    while way is not None:
        way, key = way
        keys.append(f"[{key}]" if isinstance(key, int) else f".{key}")
    return "$" + "".join(reversed(keys))


class Reading:
    """One reading of a document: what was found wrong so far.

    Args:
        limits: What is too much.
        place: Makes words of the way to a value and the object that holds it.
    """

    def __init__(self, limits: Limits, place: Callable[[Way, Any], str]) -> None:
        self.limits = limits
        self.place = place
        self.problems: list[str] = []
        self.count = 0
        self.objects = 0

    def wrong(self, way: Way, message: str, owner: Any = None) -> Any:
        """Note a fault."""
        self.count += 1
        if len(self.problems) < self.limits.problems:
            self.problems.append(f"{self.place(way, owner)}: {message}")
        return BAD

    def unique(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object out of its pairs; a key that comes twice is a fault."""
        self.objects += 1
        if self.objects > self.limits.nodes:
            raise ValueError(f"more than {self.limits.nodes} objects")
        out = dict(pairs)
        if len(out) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self.wrong(None, f"the key {_short(twice)} stands twice in one object")
        return out

    def finish(self) -> None:
        """Raise what was found wrong."""
        more = self.count - len(self.problems)
        if self.problems:
            told = (*self.problems, f"and {more} more") if more else tuple(self.problems)
            raise FormatError(told)

    # ---- from plain values to the classes

    def report(self, value: Any) -> Report:
        """The report that plain values stand for.

        Raises:
            FormatError: With every fault and its place.
        """
        way: Way = None
        made: dict[str, Any] = {}
        if not isinstance(value, dict):
            self.wrong(way, f"expected an object, got {_kind(value)}")
            value = {}
        elif self._version(value):
            for key in sorted(value.keys() - _TOP.keys()):
                self.wrong(way, f"unknown field {_short(key)}", value)
            for key, classes in _TOP.items():
                if classes is not None and key in value:
                    made[key] = self._part(key, classes, value[key], (way, key), value)
            for key in ("front", "body", "source"):
                if key not in value:
                    self.wrong(way, f"the field {key} is missing", value)
        self.finish()
        made.pop("edits", None)
        return Report(**made)

    def _version(self, value: dict[str, Any]) -> bool:
        if value.get("type") != "Report":
            self.wrong((None, "type"), "expected Report", value)
            return False
        version = value.get("schema_version")
        if not isinstance(version, str) or version.partition(".")[0] != _MAJOR:
            known = f"this library reads {_MAJOR}.x"
            self.wrong((None, "schema_version"), f"got {_short(version)}; {known}", value)
            return False
        return True

    def _part(self, key: str, classes: tuple[type, ...], value: Any, way: Way, owner: Any) -> Any:
        """A part of the report: one object, or a list of them."""
        if key in ("front", "source"):
            return self.node(classes, value, way, owner, 2)
        return self._many(classes, value, way, owner, 2)

    def node(self, classes: tuple[type, ...], value: Any, way: Way, owner: Any, depth: int) -> Any:
        """The node that an object stands for."""
        if not isinstance(value, dict):
            return self.wrong(way, f"expected an object, got {_kind(value)}", owner)
        if depth > self.limits.depth:
            return self.wrong(way, f"deeper than {self.limits.depth} levels", value)
        name = value.get("type", classes[0].__name__ if len(classes) == 1 else None)
        shape = next((model(cls) for cls in classes if cls.__name__ == name), None)
        if shape is None:
            known = ", ".join(cls.__name__ for cls in classes)
            problem = "missing" if name is None else f"unknown: {_short(name)}"
            return self.wrong((way, "type"), f"{problem}; expected {known}", value)
        return self._made(shape, value, way, depth)

    def _made(self, shape: Model, value: dict[str, Any], way: Way, depth: int) -> Any:
        before = self.count
        made: dict[str, Any] = {}
        left = len(value) - ("type" in value)
        for field in shape.fields:
            if field.name in value:
                left -= 1
                held = value[field.name]
                if held is not None or not field.optional:
                    held = self._field(field, held, (way, field.name), value, depth)
                made[field.name] = held
            elif field.required:
                self.wrong(way, f"the field {field.name} is missing", value)
        if left:
            known = {"type", *(field.name for field in shape.fields)}
            for key in sorted(value.keys() - known):
                self.wrong((way, key), f"unknown field of {shape.name}", value)
        return BAD if self.count > before else shape.cls(**made)

    def _many(self, classes: tuple[type, ...], value: Any, way: Way, owner: Any, depth: int) -> Any:
        if not isinstance(value, list):
            return self.wrong(way, f"expected a list, got {_kind(value)}", owner)
        return tuple(
            [self.node(classes, each, (way, k), owner, depth) for k, each in enumerate(value)]
        )

    def _field(self, field: Field, held: Any, way: Way, owner: Any, depth: int) -> Any:
        match field.kind:
            case "text":
                return self._text(held, way, owner)
            case "spans":
                return self._spans(held, way, owner)
            case "nodes":
                return self._many(field.classes, held, way, owner, depth + 1)
            case "node":
                return self.node(field.classes, held, way, owner, depth + 1)
            case "texts" if isinstance(held, list):
                return tuple(self._text(x, (way, k), owner) for k, x in enumerate(held))
            case "span":
                return self._span(held, way, owner)
        return self._scalar(field, held, way, owner)

    def _text(self, held: Any, way: Way, owner: Any) -> Any:
        if isinstance(held, str):
            return held
        if isinstance(held, dict) and [*held] == ["escaped"] and isinstance(held["escaped"], str):
            try:
                return unescape(held["escaped"])
            except ValueError as error:
                return self.wrong((way, "escaped"), str(error), owner)
        return (
            held if held is BAD else self.wrong(way, f"expected a text, got {_kind(held)}", owner)
        )

    def _spans(self, held: Any, way: Way, owner: Any) -> Any:
        if not isinstance(held, list):
            return held if held is BAD else self.wrong(way, "expected a list of spans", owner)
        return tuple([self._span(each, (way, k), owner) for k, each in enumerate(held)])

    def _span(self, held: Any, way: Way, owner: Any) -> Any:
        match held:
            case [int(start), int(end)] if 0 <= start <= end and not _flag(start, end):
                return Span(start, end)
        if held is BAD:
            return held
        return self.wrong(way, "expected a span [start, end], 0 ≤ start ≤ end", owner)

    def _scalar(self, field: Field, held: Any, way: Way, owner: Any) -> Any:
        if held is BAD:
            return held
        if field.kind == "choice":
            if held not in field.values or not isinstance(held, str):
                wanted = " or ".join(field.values)
                return self.wrong(way, f"expected {wanted}, got {_short(held)}", owner)
            return Severity[held.upper()] if field.name == "severity" else held
        if not _FITS[field.kind](held):
            wanted = _NAMES[field.kind]
            return self.wrong(way, f"expected {wanted}, got {_kind(held)}", owner)
        if field.kind == "decimal":
            return Decimal(held)
        if field.kind == "number":
            held = float(held)
        low, high = field.least, field.most
        if (low is not None and held < low) or (high is not None and held > high):
            bounds = f"from {low}" if high is None else f"from {low} to {high}"
            return self.wrong(way, f"expected {bounds}, got {held}", owner)
        return held


def _flag(*values: Any) -> bool:
    return any(isinstance(value, bool) for value in values)


def _is_number(held: Any) -> bool:
    try:
        return isinstance(held, int | float) and not _flag(held) and isfinite(held)
    except OverflowError:
        return False


def _is_decimal(held: Any) -> bool:
    try:
        return isinstance(held, str) and Decimal(held).is_finite()
    except InvalidOperation:
        return False


_FITS: Final[dict[str, Callable[[Any], bool]]] = {
    "integer": lambda held: isinstance(held, int) and not _flag(held),
    "number": _is_number,
    "boolean": lambda held: isinstance(held, bool),
    "decimal": _is_decimal,
    "texts": lambda _: False,
}
_NAMES: Final = {
    "integer": "an integer",
    "number": "a number",
    "boolean": "true or false",
    "decimal": "a decimal number as a text",
    "texts": "a list of texts",
}
_MAJOR: Final = SCHEMA_VERSION.partition(".")[0]
#: The parts of a report and what they hold; the others are not read back.
_TOP: Final[dict[str, tuple[type, ...] | None]] = {
    "schema_version": None,
    "type": None,
    "front": (Front,),
    "body": top("body"),
    "furniture": top("furniture"),
    "diagnostics": (Diagnostic,),
    "edits": (Edit,),
    "decisions": None,
    "source": (Source,),
}


def _kind(held: Any) -> str:
    """What a value is, in words.

    >>> _kind(3), _kind([])
    ('3', 'a list')
    """
    if isinstance(held, dict):
        return "an object"
    if isinstance(held, list):
        return "a list"
    return _short(held)


def _short(held: Any) -> str:
    text = json.dumps(held, ensure_ascii=False, default=str)
    return text if len(text) <= 40 else text[:37] + "…"
