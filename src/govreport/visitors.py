"""Ways through a tree: blocks in order, sections by number, visitors and transformers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import attrs

from govreport.nodes import (
    Block,
    Contents,
    ContentsEntry,
    Label,
    Leaf,
    Node,
    Paragraph,
    Section,
)
from govreport.nodes.deferred import Wording, rough

__all__ = [
    "REMOVE",
    "Removal",
    "Transformer",
    "Visitor",
    "blocks",
    "label_of",
    "line",
    "section",
    "sections",
    "walked_roughly",
]


def blocks(
    body: Iterable[Block], *, roughly: bool = False
) -> Iterator[tuple[Block | ContentsEntry, tuple[Leaf, ...]]]:
    """Each printed block with its leaves, in reading order, sections opened up.

    A section stands for its heading line, where it has one; a table of contents comes entry by
    entry.

    Args:
        body: Blocks and sections.
        roughly: Whether figures and dates may stay in the text around them (:func:`line`).

    >>> from govreport.nodes import Heading, Paragraph, Text
    >>> words = (Text(text="工作回顾"),)
    >>> section = Section(level=1, heading=Heading(content=words), children=(Paragraph(),))
    >>> [type(node).__name__ for node, _ in blocks([section])]
    ['Section', 'Paragraph']
    """
    stack: list[Block] = list(body)[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Contents):
            for entry in node.entries:
                yield entry, line(entry)
            continue
        leaves = line(node, roughly=roughly)
        if not isinstance(node, Section):
            yield node, leaves
            continue
        if leaves:
            yield node, leaves
        stack.extend(node.children[::-1])


def line(node: Node, *, roughly: bool = False) -> tuple[Leaf, ...]:
    """The leaves of a printed block; of a section, those of its heading line.

    Args:
        node: The block, or a part of one.
        roughly: Whether figures and dates may stay in the text around them, where nobody has asked
            for them yet: where a text stood, and what it says, is found for a fraction of the price.
    """
    if isinstance(node, Section):
        return (*_held(node.label, roughly), *_held(node.heading, roughly))
    return _held(node, roughly)


def _held(node: Node | None, roughly: bool) -> tuple[Leaf, ...]:
    """The leaves of a block or of a part of one: beside leaves it holds at most a run-in heading."""
    if node is None:
        return ()
    if isinstance(node, Leaf):
        return (node,)
    out: list[Any] = []
    for name in node.PARTS:
        held = _part(node, name, roughly)
        out += held if isinstance(held, tuple) else _held(held, roughly)
    return tuple(out)


def _part(node: Node, name: str, roughly: bool) -> Any:
    if roughly and name == "content" and isinstance(node, Wording):
        return rough(node)
    return getattr(node, name)


def walked_roughly(tops: Iterable[Node]) -> Iterator[Node]:
    """Nodes and all below them, as :meth:`Node.walk`, figures and dates left in their text.

    >>> from govreport.nodes import Text
    >>> [type(node).__name__ for node in walked_roughly([Paragraph(content=(Text(text="修路"),))])]
    ['Paragraph', 'Text']
    """
    stack = list(tops)[::-1]
    while stack:
        top = stack.pop()
        yield top
        for name in top.PARTS[::-1]:
            held = _part(top, name, roughly=True)
            if isinstance(held, tuple):
                stack += held[::-1]
            elif held is not None:
                stack.append(held)


def sections(body: Iterable[Block]) -> Iterator[Section]:
    """All sections, in reading order."""
    stack = [node for node in body if isinstance(node, Section)][::-1]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(x for x in node.children[::-1] if isinstance(x, Section))


def label_of(node: Section) -> Label | None:
    """A section's number; of a run-in section, its first paragraph's."""
    if node.label is not None or node.heading is not None:
        return node.label
    first = node.children[0] if node.children else None
    return first.label if isinstance(first, Paragraph) else None


def section(body: Iterable[Block], where: str) -> Section | None:
    """The first section at a place.

    Args:
        body: Blocks and sections.
        where: Steps from outer to inner, apart by dots. A step is a number, Chinese or Arabic,
            which a section's label must have (or its rank, where no section beside it has a
            label), or the section's title. The first step may stand at any depth.

    >>> from govreport.nodes import Heading, Text
    >>> def made(level, style, value, words, *children):
    ...     label = Label(text=words[:2], style=style, value=value)
    ...     heading = Heading(content=(Text(text=words[2:]),))
    ...     return Section(level=level, label=label, heading=heading, children=children)
    >>> body = [made(1, "han", 1, "一、回顾", made(2, "dot", 1, "1.农业"), made(2, "dot", 2, "2.工业"))]
    >>> section(body, "一.2").title
    '2.工业'
    """
    top = [node for node in body if isinstance(node, Section)]
    steps = [step.strip() for step in where.split(".")]
    stack = [top]
    while stack:
        group = stack.pop()
        found = _down(group, steps)
        if found is not None:
            return found
        below = ([x for x in node.children if isinstance(x, Section)] for node in group)
        stack.extend([g for g in below if g][::-1])
    return None


def _down(group: Sequence[Section], steps: Sequence[str]) -> Section | None:
    """The section that the steps lead to, the first of them within ``group``."""
    numbered = any(label_of(node) for node in group)
    number = _number(steps[0])
    for rank, node in enumerate(group, 1):
        label = label_of(node)
        value = (label.value if label else None) if numbered else rank
        if node.title != steps[0] and (number is None or value != number):
            continue
        if len(steps) == 1:
            return node
        below = [x for x in node.children if isinstance(x, Section)]
        found = _down(below, steps[1:])
        if found is not None:
            return found
    return None


def _number(text: str) -> int | None:
    """A number up to 9999 in Arabic or Chinese digits; none for other words.

    >>> _number("二十三"), _number("12"), _number("回顾")
    (23, 12, None)
    """
    if text.isascii() and text.isdigit():
        return int(text) if len(text) < 10 else None
    total = digit = 0
    for sign in text:
        try:
            value = int(unicodedata.numeric(sign))
        except ValueError:
            return None
        if value >= 10:
            total += max(digit, 1) * value
            digit = 0
        else:
            digit = digit * 10 + value
    return total + digit if text else None


# ---- visitors


class Visitor:
    """Walks a tree and calls ``visit_x`` before and ``leave_x`` after each node of class ``X``.

    Names are the class names in small letters, words apart by ``_`` (``visit_page_jump``); where
    there is no method for a class, ``visit`` and ``leave`` are called. A ``visit`` that returns
    ``False`` keeps the walk out of what is below the node.

    >>> class Figures(Visitor):
    ...     def __init__(self):
    ...         self.texts = []
    ...     def visit_number(self, node):
    ...         self.texts.append(node.text)
    >>> from govreport.nodes import Number
    >>> figures = Figures()
    >>> figures.walk(Paragraph(content=(Number(text="3万"),)))
    >>> figures.texts
    ['3万']
    """

    def visit(self, node: Node) -> bool | None:
        """Called before what is below a node that has no method of its own."""

    def leave(self, node: Node) -> None:
        """Called after what is below a node that has no method of its own."""

    def walk(self, node: Node) -> None:
        """Walk the tree under a node, the node itself included."""
        name = _method(type(node))
        if getattr(self, "visit_" + name, self.visit)(node) is not False:
            for child in node.children_nodes:
                self.walk(child)
        getattr(self, "leave_" + name, self.leave)(node)


class Removal:
    """The type of :data:`REMOVE`."""

    def __repr__(self) -> str:
        return "REMOVE"


#: What a transformer returns to take a node out; ``None`` is an error, so that a forgotten
#: ``return`` removes nothing.
REMOVE: Final = Removal()


class Transformer:
    """Makes a new tree: ``leave_x`` gets each node, what is below it done, and returns the new one.

    Returns a node, :data:`REMOVE`, or a tuple of nodes to put in its place.

    >>> from govreport.nodes import Gap, Supplied, Text
    >>> class Fill(Transformer):
    ...     def leave_gap(self, node):
    ...         return Supplied(text="40", kind=node.kind)
    >>> Fill().transform(Paragraph(content=(Gap(), Text(text="周年")))).plain
    '40周年'
    """

    def leave(self, node: Node) -> Node | Removal | tuple[Node, ...]:
        """Called for a node that has no method of its own."""
        return node

    def transform(self, node: Node) -> Any:
        """The new node for a node (or :data:`REMOVE`, or a tuple)."""
        changed: dict[str, Any] = {}
        for name in node.PARTS:
            held = getattr(node, name)
            new = self._many(held) if isinstance(held, tuple) else self._one(held)
            if new is not held:
                changed[name] = new
        node = attrs.evolve(node, **changed) if changed else node
        made = getattr(self, "leave_" + _method(type(node)), self.leave)(node)
        if made is None:
            raise TypeError(
                f"leave of {type(node).__name__} returned None; return REMOVE to remove"
            )
        return made

    def _one(self, node: Node | None) -> Node | None:
        made = None if node is None else self.transform(node)
        if isinstance(made, tuple):
            raise TypeError(f"one node stands here, not {len(made)}")
        return None if made is REMOVE else made

    def _many(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        out: list[Node] = []
        for node in nodes:
            made = self.transform(node)
            if isinstance(made, tuple):
                out.extend(made)
            elif made is not REMOVE:
                out.append(made)
        same = len(out) == len(nodes) and all(a is b for a, b in zip(out, nodes, strict=True))
        return nodes if same else tuple(out)


def _method(kind: type) -> str:
    """A class name as part of a method's name.

    >>> _method(Section), _method(ContentsEntry)
    ('section', 'contents_entry')
    """
    name = kind.__name__
    return "".join("_" + x.lower() if x.isupper() and k else x.lower() for k, x in enumerate(name))
