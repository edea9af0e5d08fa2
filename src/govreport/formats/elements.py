"""Nodes as elements of the native XML, by a function made for each class."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Final

from govreport.formats.compiling import SAVED, choice, compiled, flag, held
from govreport.formats.escaping import UNWRITABLE, escape
from govreport.formats.model import Field, Model, model
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
        yield f"{indent}{writer(cls)(value)}\n"
        return
    yield f"{indent}{opened(value)}>\n"
    for child in children:
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
    return compiled(shape.name, [*_head(shape, names), "return out"], names)


@cache
def writer(cls: type) -> Callable[[Any], str]:
    """What writes an element on one line, so that its string value in XPath is its text.

    >>> from govreport.nodes import Text
    >>> writer(Text)(Text(text="工作"))
    '<text>工作</text>'
    """
    shape = model(cls)
    names = {**_NAMES, "whole": writer}
    lines = _head(shape, names)
    if any(field.name == "text" for field in shape.fields):
        lines += ["inside = node.text", "if special(inside):", "    inside = words(inside)"]
    else:
        lines += ["inside = ''", *_inside(shape)]
    end = f"return f'{{out}}>{{inside}}</{shape.tag}>' if inside else out + '/>'"
    return compiled(shape.name, [*lines, end], names)


def _head(shape: Model, names: dict[str, Any]) -> list[str]:
    """The statements that make the start tag, its end aside."""
    lines = [f"out = '<{shape.tag}'"]
    for field in shape.fields:
        if field.name != "text" and not field.classes:
            lines.append(held(field, names))
            lines.append(f"    out += f' {field.name}=\"{_value(field)}\"'")
    return lines


def _inside(shape: Model) -> Iterator[str]:
    """The statements that write what a node holds, one after the other."""
    for field in shape.fields:
        if field.kind == "nodes":
            yield f"for child in node.{field.name}:"
            yield "    inside += whole(child.__class__)(child)"
        elif field.kind == "node":
            yield f"if (child := node.{field.name}) is not None:"
            yield "    inside += whole(child.__class__)(child)"


def _value(field: Field) -> str:
    """The replacement field that makes an attribute's value, by the field's kind."""
    made = _VALUES.get(field.kind)
    return f"{{{SAVED}!s}}" if made is None else made


_VALUES: Final = {
    "text": f"{{quote({SAVED})}}",
    "texts": f"{{listed({SAVED})}}",
    "boolean": f"{{flag({SAVED})}}",
    "choice": f"{{choice({SAVED})}}",
    "span": f"{{{SAVED}.start}}-{{{SAVED}.end}}",
    "spans": f"{{{SAVED}[0].start}}-{{{SAVED}[0].end}}{{more({SAVED}) if {SAVED}[1:] else none}}",
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
    if text.isalnum() or not _IN_ATTRIBUTE.search(text):
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
