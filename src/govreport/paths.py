"""Parents and paths of a tree's nodes.

A node is frozen, knows what is below it, and may stand in several trees; so it knows no parent and
no path. A tree's index knows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from govreport.nodes import Block, Front, Furniture, Node

__all__ = ["Index", "sign_of"]

#: What the classes are called in paths; the others by their names in small letters.
_SIGNS: Final[dict[str, str]] = {
    "Section": "s",
    "Paragraph": "p",
    "Item": "i",
    "Text": "t",
    "Number": "n",
    "Gap": "gap",
    "Date": "date",
}


def sign_of(node: Node) -> str:
    """What a node of its class is called in paths.

    >>> from govreport.nodes import Paragraph, Salutation
    >>> sign_of(Paragraph()), sign_of(Salutation(content=()))
    ('p', 'salutation')
    """
    name = type(node).__name__
    return _SIGNS.get(name) or name.lower()


class Index:
    """Parents and paths of a tree's nodes, found by identity.

    A path names the way to a node from the top: ``s1.s2.p3`` is the third paragraph in the second
    section of the first. Every node that stands once in the tree has its own.

    Args:
        front: The headline block.
        body: Blocks and sections.
        furniture: What belongs to the page.

    >>> from govreport.nodes import Paragraph, Section, Text
    >>> words = Text(text="工作")
    >>> paragraph = Paragraph(content=(words,))
    >>> index = Index(Front(), (Section(level=1, children=(paragraph,)),), ())
    >>> index.path(words), index.parent(words) is paragraph
    ('s1.p1.t1', True)
    >>> index.node("s1.p1") is paragraph
    True
    """

    def __init__(self, front: Front, body: Iterable[Block], furniture: Iterable[Furniture]) -> None:
        self._parents: dict[int, Node | None] = {}
        self._paths: dict[int, str] = {}
        self._found: dict[str, Node] = {}
        #: Nodes are kept, so that no identity is used twice.
        self._nodes = (front, tuple(body), tuple(furniture))
        self._fill(None, "", self._nodes[1])
        self._fill(None, "", (front,))
        self._fill(None, "", self._nodes[2])

    def _fill(self, parent: Node | None, path: str, nodes: Iterable[Node]) -> None:
        stack: list[tuple[Node | None, str, Iterable[Node]]] = [(parent, path, nodes)]
        while stack:
            parent, path, nodes = stack.pop()
            counts: dict[str, int] = {}
            for node in nodes:
                sign = sign_of(node)
                counts[sign] = counts.get(sign, 0) + 1
                own = f"{path}.{sign}{counts[sign]}" if path else f"{sign}{counts[sign]}"
                self._parents.setdefault(id(node), parent)
                self._paths.setdefault(id(node), own)
                self._found[own] = node
                if node.PARTS:
                    stack.append((node, own, node.children_nodes))

    def parent(self, node: Node) -> Node | None:
        """The node that holds this one; none at the top.

        Raises:
            KeyError: The node does not stand in this tree.
        """
        return self._parents[id(node)]

    def parents(self, node: Node) -> Iterator[Node]:
        """The nodes around this one, the nearest first."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def path(self, node: Node) -> str:
        """The way to a node from the top.

        Raises:
            KeyError: The node does not stand in this tree.
        """
        return self._paths[id(node)]

    def node(self, path: str) -> Node:
        """The node at a path: also that of an id in TEI or HTML, which are paths.

        Raises:
            KeyError: Nothing in this tree has that path.
        """
        return self._found[path]
