"""The headline block, wherever it stands (first version: takes nothing)."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govreport.lines import PrintedLine
from govreport.nodes import Front

__all__ = ["Fronted", "take"]


@attrs.frozen(kw_only=True)
class Fronted:
    """Lines without the headline block.

    Args:
        lines: What is left, in reading order.
        front: The headline block.
        position: Index in ``lines`` where the headline block stood; none without one.
    """

    lines: tuple[PrintedLine, ...]
    front: Front
    position: int | None = None


def take(lines: Sequence[PrintedLine], source: str) -> Fronted:
    """Take the headline block out of printed lines."""
    del source
    return Fronted(lines=tuple(lines), front=Front())
