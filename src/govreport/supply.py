"""Readings that a caller supplies for gaps, put into the tree and marked as supplied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import attrs

from govreport.nodes import Block, Gap, Node, Supplied

__all__ = ["supplied"]


def supplied(body: tuple[Block, ...], readings: Mapping[int, str]) -> tuple[Block, ...]:
    """The body with some of its gaps filled.

    Args:
        body: The blocks.
        readings: The readings by the gaps' number, counted from 0 in reading order.

    >>> from govreport.nodes import Paragraph
    >>> (block,) = supplied((Paragraph(content=(Gap(),)),), {0: "40"})
    >>> block.plain
    '40'
    """
    if not readings:
        return body
    numbers = count()
    return tuple(_filled(block, readings, numbers) for block in body)


def _filled(node: Any, readings: Mapping[int, str], numbers: Iterator[int]) -> Any:
    if isinstance(node, Gap):
        reading = readings.get(next(numbers))
        return node if reading is None else Supplied(text=reading, kind=node.kind)
    changes = {}
    for name in node.PARTS:
        held = getattr(node, name)
        if isinstance(held, tuple):
            changes[name] = tuple(_filled(each, readings, numbers) for each in held)
        elif isinstance(held, Node):
            changes[name] = _filled(held, readings, numbers)
    return attrs.evolve(node, **changes) if changes else node
