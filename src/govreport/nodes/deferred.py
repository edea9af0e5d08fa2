"""Nodes whose content is read when it is first asked for.

To type the content of its paragraphs is a good part of what a page costs to read and of what its
tree weighs, and many who parse want headings and blocks alone. So a node may be made without its
content, and with where that is to be had; the first look at ``content`` puts it in its slot, and
from then on the node is as any other. Equality, ``repr``, pickling and the formats are such looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, Protocol, TypeVar

from govreport.bulk import made
from govreport.nodes.base import Node

__all__ = ["Wording", "Words", "all_deferred", "deferred", "rough"]


class Words(Protocol):
    """Where the contents of some nodes are to be had."""

    def content(self, at: int, /) -> tuple[Any, ...]:
        """The content of the node of that number; the same each time."""

    def rough(self, at: int, /) -> tuple[Any, ...]:
        """The same with figures and dates left in the text around them, where that is less work."""
        return self.content(at)


class Wording(Node):
    """A node with words of its own, its ``content``, which may not have been read yet."""

    __slots__ = ("_later",)


def _read(node: Wording, name: str) -> Any:
    """The content, if it is asked for and in no slot yet: all that Python asks for here."""
    if name != "content":
        raise AttributeError(f"{type(node).__name__} has no attribute {name!r}")
    later = _later(node)
    if later is not None:
        words, at = later
        _fill(node, words.content(at))
    return type(node).content.__get__(node)  # type: ignore[attr-defined]


#: Not in the class's body, where a checker would take every name for an attribute.
Wording.__getattr__ = _read  # type: ignore[attr-defined]


def _fill(node: Wording, content: tuple[Any, ...]) -> None:
    """Put the content into its slot; only then forget where it was to be had, for other threads."""
    type(node).content.__set__(node, content)  # type: ignore[attr-defined]
    _LATER.__set__(node, None)


#: The slot's own descriptor: a frozen node's ``__setattr__`` only forbids.
_LATER: Any = Wording.__dict__["_later"]
W = TypeVar("W", bound=Wording)


def _later(node: Wording) -> tuple[Words, int] | None:
    """Where the content is to be had, if it is not read yet; a node made with it has no such place."""
    try:
        found: tuple[Words, int] | None = _LATER.__get__(node)
    except AttributeError:
        return None
    return found


def rough(node: Wording) -> tuple[Any, ...]:
    """A node's leaves; while nobody has asked for them, figures and dates stay in the text around.

    For those who ask what is said and where it stood, not what it is: that costs a fraction.
    """
    later = _later(node)
    if later is None:
        return node.content  # type: ignore[attr-defined, no-any-return]
    words, at = later
    return words.rough(at)


def deferred(kind: type[W], words: Words, at: int, /, **fields: Any) -> W:
    """A node whose content is read when it is first asked for.

    Args:
        kind: Its class.
        words: Where its content is to be had.
        at: The number of its content there.
        fields: Its other fields.

    >>> from govreport.nodes import Paragraph, Text
    >>> class Loud:
    ...     def content(self, at):
    ...         print("read")
    ...         return (Text(text="修路"),)
    >>> node = deferred(Paragraph, Loud(), 0, probability=0.9)
    >>> node.probability
    0.9
    >>> node.plain
    read
    '修路'
    >>> node.plain
    '修路'
    """
    node = kind(content=(), **fields)  # type: ignore[call-arg]
    kind.content.__delete__(node)  # type: ignore[attr-defined]
    _LATER.__set__(node, (words, at))
    return node


def all_deferred(
    kind: type[W], words: Iterable[Words], at: Sequence[int], /, **fields: Iterable[object]
) -> list[W]:
    """As :func:`deferred` makes them one by one, in a third of the time for many.

    Args:
        kind: Their class.
        words: For each where its content is to be had.
        at: For each the number of its content there.
        fields: For each other field of the class as many values.
    """
    nodes = made(kind, len(at), content=repeat(()), **fields)
    deque(map(kind.content.__delete__, nodes), maxlen=0)  # type: ignore[attr-defined]
    deque(map(_LATER.__set__, nodes, zip(words, at, strict=False)), maxlen=0)
    return nodes
