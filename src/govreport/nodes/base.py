"""What every node can do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

import attrs

from govreport.source import Span

__all__ = [
    "Leaf",
    "Node",
]


N = TypeVar("N", bound="Node")


@attrs.frozen(kw_only=True)
class Node:
    """What every node can do."""

    #: The fields that hold nodes (one, none or a tuple of them), in reading order.
    PARTS: ClassVar[tuple[str, ...]] = ()

    @property
    def children_nodes(self) -> Iterator[Node]:
        """The nodes directly below this one, in reading order."""
        for name in self.PARTS:
            held = getattr(self, name)
            if isinstance(held, tuple):
                yield from held
            elif held is not None:
                yield held

    def walk(self) -> Iterator[Node]:
        """This node and all below it, depth first, in reading order."""
        stack: list[Node] = [self]
        while stack:
            top = stack.pop()
            yield top
            for name in reversed(top.PARTS):
                held = getattr(top, name)
                if isinstance(held, tuple):
                    stack += reversed(held)
                elif held is not None:
                    stack.append(held)

    def leaves(self) -> Iterator[Leaf]:
        """The leaves below this node (itself, if it is one), in reading order."""
        for each in self.walk():
            if isinstance(each, Leaf):
                yield each

    def find(self, kind: type[N], /, **attributes: Any) -> Iterator[N]:
        """The nodes of a kind at or below this one whose attributes have the values given.

        Args:
            kind: A node class.
            attributes: Field names and the values they must equal.
        """
        for each in self.walk():
            if isinstance(each, kind) and all(
                getattr(each, name) == value for name, value in attributes.items()
            ):
                yield each

    @property
    def plain(self) -> str:
        """The node's text: its leaves' texts, one after the other; a gap is ``□``."""
        return "".join(leaf.text for leaf in self.leaves())

    @property
    def all_spans(self) -> tuple[Span, ...]:
        """The spans of the leaves, in reading order."""
        return tuple(span for leaf in self.leaves() for span in leaf.spans)

    @property
    def span(self) -> Span | None:
        """From the first to the last code point of the source that the node came from."""
        spans = self.all_spans
        if not spans:
            return None
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@attrs.frozen(kw_only=True)
class Leaf(Node):
    """A node with text of its own.

    Args:
        text: The text, repaired.
        spans: Where it stood in the source, in the text's order; mostly one span.
    """

    text: str
    spans: tuple[Span, ...] = ()
