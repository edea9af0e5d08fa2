"""The node classes as data, for everything that mirrors them: readers, writers, schemas.

One walker reads the attrs classes; native JSON, native XML and their schemas know a class only
through what it found. A class or a field added to the tree is in all of them.
"""

from __future__ import annotations

import types
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import attrs

from govreport import nodes
from govreport.diagnostics import Diagnostic, Severity
from govreport.edits import Edit
from govreport.source import Source, Span

__all__ = ["SCHEMA_VERSION", "Field", "Model", "model", "models", "top"]

#: The version of both native formats; a reader takes what has the same first number.
SCHEMA_VERSION: Final = "1.0"

#: Kinds of fields by their plain Python type.
_PLAIN: Final[dict[Any, str]] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Decimal: "decimal",
    Span: "span",
    Severity: "severity",
}
#: Least values of fields, by name.
_LEAST: Final[dict[str, int]] = {"level": 1, "probability": 0, "target": 0}
_MOST: Final[dict[str, int]] = {"probability": 1}


@attrs.frozen(kw_only=True)
class Field:
    """A field of a class.

    Args:
        name: Its name.
        kind: text, texts, integer, number, boolean, decimal, choice, span, spans, node or nodes.
        values: What a choice may be.
        classes: What a node may be.
        optional: Whether it may be ``None``.
        default: Its default; ``attrs.NOTHING`` where it must be given.
    """

    name: str
    kind: str
    values: tuple[str, ...] = ()
    classes: tuple[type, ...] = ()
    optional: bool = False
    default: Any = attrs.NOTHING

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return self.default is attrs.NOTHING

    @property
    def least(self) -> int | None:
        """The least value of a number."""
        return _LEAST.get(self.name)

    @property
    def most(self) -> int | None:
        """The greatest value of a number."""
        return _MOST.get(self.name)


@attrs.frozen(kw_only=True)
class Model:
    """A class: its name in JSON, its element in XML, its fields.

    >>> model(nodes.PageJump).tag, [field.name for field in model(nodes.PageJump).fields]
    ('page-jump', ['text', 'spans', 'direction', 'page'])
    """

    cls: type
    name: str
    tag: str
    fields: tuple[Field, ...]
    doc: str

    @property
    def is_running(self) -> bool:
        """Whether it holds running text, in parts that follow without a break."""
        return any(field.name == "content" for field in self.fields)


def model(cls: type) -> Model:
    """What the walker found in a class."""
    found = _MODELS.get(cls)
    if found is None:
        found = _MODELS[cls] = _walked(cls)
    return found


_MODELS: Final[dict[type, Model]] = {}


def _walked(cls: Any) -> Model:
    hints = get_type_hints(cls)
    fields = tuple(_field(a.name, hints[a.name], a.default) for a in attrs.fields(cls))
    doc = (cls.__doc__ or "").strip().split("\n")[0]
    return Model(cls=cls, name=cls.__name__, tag=_tag(cls.__name__), fields=fields, doc=doc)


@cache
def models() -> tuple[Model, ...]:
    """The models of all classes below the top, each once, in the order they are met."""
    found: dict[type, Model] = {}
    waiting: list[type] = [nodes.Front, *top("body"), *top("furniture")]
    waiting += [Diagnostic, Edit, Source]
    while waiting:
        cls = waiting.pop(0)
        if cls not in found:
            found[cls] = model(cls)
            waiting += [c for field in found[cls].fields for c in field.classes]
    return tuple(found.values())


def top(part: str) -> tuple[type, ...]:
    """The classes that may stand in a part of the report.

    >>> [cls.__name__ for cls in top("furniture")][:2]
    ['PageJump', 'PageDate']
    """
    unions: dict[str, Any] = {"body": nodes.Block, "furniture": nodes.Furniture}
    return get_args(unions[part])


def _field(name: str, hint: Any, default: Any) -> Field:
    optional = False
    if get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint):
        optional = True
        rest = tuple(x for x in get_args(hint) if x is not type(None))
        hint = rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007 - of a tuple
    kind, values, classes = _kind(hint)
    return Field(
        name=name, kind=kind, values=values, classes=classes, optional=optional, default=default
    )


def _kind(hint: Any) -> tuple[str, tuple[str, ...], tuple[type, ...]]:
    """A type's kind, the values of a choice, the classes of nodes."""
    if hint is Severity:
        return "choice", tuple(each.name.lower() for each in Severity), ()
    if hint in _PLAIN:
        return _PLAIN[hint], (), ()
    if get_origin(hint) is Literal:
        return "choice", get_args(hint), ()
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        if inner is str:
            return "texts", (), ()
        if inner is Span:
            return "spans", (), ()
        return "nodes", (), _members(inner)
    return "node", (), _members(hint)


def _members(hint: Any) -> tuple[type, ...]:
    return get_args(hint) or (hint,)


def _tag(name: str) -> str:
    """A class name as an element's name.

    >>> _tag("ContentsEntry")
    'contents-entry'
    """
    return "".join("-" + x.lower() if x.isupper() and k else x.lower() for k, x in enumerate(name))
