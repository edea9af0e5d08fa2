"""Nodes as elements of the native XML, by a function made for each class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final

from govreport.formats.compiling import SAVED, choice, compiled, flag, part
from govreport.formats.escaping import UNWRITABLE, escape
from govreport.formats.model import Field, Model, model
from govreport.nodes import Leaf
from govreport.source import Span

__all__ = ["element", "quote", "words", "writer"]

# The standard library's patterns: they look for a sign of a set several times as fast as regex.
_IN_TEXT: Final = re.compile(rf"[&<>\r{UNWRITABLE}]")
_IN_ATTRIBUTE: Final = re.compile(rf'[&<>"\t\n\r{UNWRITABLE}]')
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
_BLANK: Final = re.compile(r"\s")


def element(value: Any, depth: int = 0) -> Iterator[str]:
    """A node (diagnostic, edit, source) as an element, in pieces.

    >>> from govreport.nodes import Text
    >>> from govreport.source import Span
    >>> print("".join(element(Text(text="工作", spans=(Span(0, 2),)))), end="")
    <text spans="0-2">工作</text>
    """
    cls: type = type(value)
    indent = "  " * depth
    opened = _opened(cls)
    children = _children(value) if opened else []
    if opened is None or not children:
        yield f"{indent}{_WRITERS[cls](value)}\n"
        return
    yield f"{indent}{opened(value)}>\n"
    for child in children:
        if _opened(child.__class__) is None:
            yield f"{indent}  {_WRITERS[child.__class__](child)}\n"
        else:
            yield from element(child, depth + 1)
    yield f"{indent}</{model(cls).tag}>\n"


def _children(value: Any) -> list[Any]:
    out: list[Any] = []
    for field in model(type(value)).fields:
        if field.kind == "nodes":
            out += getattr(value, field.name)
        elif field.kind == "node" and (child := getattr(value, field.name)) is not None:
            out.append(child)
    return out


# ---- functions for the classes


@cache
def _opened(cls: type) -> Callable[[Any], str] | None:
    """What writes the start tag, its end aside, where nodes stand on lines of their own."""
    shape = model(cls)
    if shape.is_running or not any(field.classes for field in shape.fields):
        return None
    names = dict(_NAMES)
    lines, tag = _head(shape, names)
    return compiled(shape.name, [*lines, f"return f'<{tag}'"], names)


class _Writers(dict[type, Callable[[Any], str]]):
    """What writes the nodes of each class on one line: looked up for each of thousands of leaves.

    Args:
        plain: Whether the texts are known to hold no sign that XML writes otherwise.
    """

    def __init__(self, *, plain: bool) -> None:
        super().__init__()
        self._plain = plain

    def __missing__(self, cls: type) -> Callable[[Any], str]:
        shape = model(cls)
        names = {**_NAMES, "leaves": _leaves, "writers": _WRITERS}
        lines, tag = _head(shape, names)
        if any(field.name == "text" for field in shape.fields):
            lines.append("inside = node.text")
            lines += [] if self._plain else ["if special(inside):", "    inside = words(inside)"]
        else:
            lines += ["inside = ''", *_inside(shape)]
        end = f"return f'<{tag}>{{inside}}</{shape.tag}>' if inside else f'<{tag}/>'"
        made = self[cls] = compiled(shape.name, [*lines, end], names)
        return made


_WRITERS: Final = _Writers(plain=False)
_PLAIN_WRITERS: Final = _Writers(plain=True)


def writer(cls: type) -> Callable[[Any], str]:
    """What writes an element on one line, so that its string value in XPath is its text.

    >>> from govreport.nodes import Text
    >>> writer(Text)(Text(text="工作"))
    '<text>工作</text>'
    """
    return _WRITERS[cls]


def _leaves(nodes: Iterable[Any]) -> str:
    """Leaves as elements on one line; their texts are looked through together."""
    special = _IN_TEXT.search("".join([node.text for node in nodes]))
    writers = _WRITERS if special else _PLAIN_WRITERS
    return "".join([writers[node.__class__](node) for node in nodes])


def _head(shape: Model, names: dict[str, Any]) -> tuple[list[str], str]:
    """The statements that make the attributes, and the inside of the start tag made of them."""
    fields = [field for field in shape.fields if field.name != "text" and not field.classes]
    lines = [part(field, f' {field.name}="{_value(field)}"', names) for field in fields]
    return lines, shape.tag + "".join(f"{{of_{field.name}}}" for field in fields)


def _inside(shape: Model) -> Iterator[str]:
    """The statements that write what a node holds, one after the other."""
    for field in shape.fields:
        if field.kind == "nodes" and all(issubclass(each, Leaf) for each in field.classes):
            yield f"inside += leaves(node.{field.name})"
        elif field.kind == "nodes":
            yield f"for child in node.{field.name}:"
            yield "    inside += writers[child.__class__](child)"
        elif field.kind == "node":
            yield f"if (child := node.{field.name}) is not None:"
            yield "    inside += writers[child.__class__](child)"


def _value(field: Field) -> str:
    """The replacement field that makes an attribute's value, by the field's kind."""
    made = _VALUES.get(field.kind)
    return f"{{{SAVED}!s}}" if made is None else made


_VALUES: Final = {
    "text": f"{{{SAVED} if {SAVED}.isalnum() else quote({SAVED})}}",
    "texts": f"{{listed({SAVED})}}",
    "boolean": f"{{flag({SAVED})}}",
    "choice": f"{{choice({SAVED})}}",
    "span": f"{{{SAVED}.start}}-{{{SAVED}.end}}",
    "spans": f"{{(one := {SAVED}[0]).start}}-{{one.end}}{{more({SAVED}) if len({SAVED}) > 1 else none}}",
}


# ---- values


def words(text: str) -> str:
    """A text as an element's text.

    >>> print(words("a<b\\x00"))
    a&lt;b\\{0}
    """
    return escape(_marked(text, "&<>\r")) if _IN_TEXT.search(text) else text


def quote(text: str) -> str:
    """A text as an attribute's value.

    >>> print(quote('a"b\\n'))
    a&quot;b&#10;
    """
    if not _IN_ATTRIBUTE.search(text):
        return text
    return escape(_marked(text, '&<>"\t\n\r'))


def _marked(text: str, signs: str) -> str:
    """A text with these signs as entities."""
    for sign in signs:  # the ampersand first
        if sign in text:
            text = text.replace(sign, _ENTITIES[sign])
    return text


def _listed(texts: tuple[str, ...]) -> str:
    return " ".join(map(_word, texts))


def _word(text: str) -> str:
    """A text as one word of a list: blanks escaped, an empty text ``\\{}``."""
    whole = _BLANK.sub(lambda match: f"\\{{{ord(match[0]):x}}}", escape(text))
    return _marked(whole, '&<>"') or "\\{}"


def _more(spans: tuple[Span, ...]) -> str:
    """All spans but the first, as words behind it."""
    return "".join([f" {span.start}-{span.end}" for span in spans[1:]])


#: What the functions made for the classes use.
_NAMES: Final[dict[str, Any]] = {
    "choice": choice,
    "flag": flag,
    "listed": _listed,
    "more": _more,
    "none": "",
    "quote": quote,
    "special": _IN_TEXT.search,
    "words": words,
}
