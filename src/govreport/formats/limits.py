"""What a reader refuses because it is too much."""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["DEFAULT", "Limits"]


@attrs.frozen(kw_only=True)
class Limits:
    """What a reader takes at most.

    Args:
        size: Characters or bytes of the document.
        depth: Levels of elements or objects.
        nodes: Elements or objects.
        problems: Faults that are told; what comes after is only counted.
    """

    size: int = 64 * 2**20
    depth: int = 100
    nodes: int = 2_000_000
    problems: int = 50


#: 64 million characters, 100 levels, 2 million nodes.
DEFAULT: Final = Limits()
