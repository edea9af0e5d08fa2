"""Elements as values, and how they are written: for TEI, Akoma Ntoso and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import attrs

__all__ = ["Child", "El", "el", "serialize"]

#: The ampersand first, since the others' entities hold one.
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_QUOTED: Final = "".join(_ENTITIES)


@attrs.frozen
class El:
    """An element.

    Args:
        tag: Its name.
        attributes: Its attributes.
        children: Elements and texts.
    """

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Child, ...]


Child = El | str


def el(tag: str, attributes: Mapping[str, str | None] | None = None, *children: Child | None) -> El:
    """An element; attributes that are ``None`` and empty children are left out.

    >>> "".join(serialize(el("p", {"n": "1", "type": None}, "a<b", None)))
    '<p n="1">a&lt;b</p>\\n'
    """
    kept: Mapping[str, str] = {}
    if attributes:
        kept = {name: value for name, value in attributes.items() if value is not None}
    return El(tag, kept, tuple([x for x in children if x is not None and x != ""]))


def serialize(
    element: El,
    depth: int = 0,
    inline: frozenset[str] = frozenset(),
    *,
    void: frozenset[str] | None = None,
) -> Iterator[str]:
    """An element as text, in pieces.

    Args:
        element: The element; its texts hold nothing that XML forbids.
        depth: How far it is indented.
        inline: Names of elements that hold running text: inside them no blank is put.
        void: In HTML, the elements without an end tag; in XML any empty element has none.
    """
    indent = "  " * depth
    inside = [child for child in element.children if isinstance(child, El)]
    if element.tag in inline or not inside or len(inside) < len(element.children):
        yield f"{indent}{_flat(element, void)}\n"
    else:
        yield f"{indent}<{element.tag}{_attributes(element)}>\n"
        for child in inside:
            yield from serialize(child, depth + 1, inline, void=void)
        yield f"{indent}</{element.tag}>\n"


def _flat(element: El, void: frozenset[str] | None) -> str:
    """An element on one line."""
    head = f"{element.tag}{_attributes(element)}"
    if not element.children and (void is None or element.tag in void):
        return f"<{head}/>" if void is None else f"<{head}>"
    inside = "".join(
        [
            _written(child, "&<>") if isinstance(child, str) else _flat(child, void)
            for child in element.children
        ]
    )
    return f"<{head}>{inside}</{element.tag}>"


def _attributes(element: El) -> str:
    named = element.attributes.items()
    return "".join([f' {name}="{_written(value, _QUOTED)}"' for name, value in named])


def _written(text: str, signs: str) -> str:
    """A text with these signs as entities."""
    for sign in signs:
        if sign in text:
            text = text.replace(sign, _ENTITIES[sign])
    return text
