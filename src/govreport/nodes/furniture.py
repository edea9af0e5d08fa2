"""Furniture: what belongs to the page and not to the report."""

from __future__ import annotations

from typing import Literal

import attrs

from govreport.nodes.base import Leaf

__all__ = [
    "Credit",
    "Furniture",
    "PageDate",
    "PageJump",
    "PageNumber",
    "RunningHead",
    "Unplaced",
]


@attrs.frozen(kw_only=True)
class PageJump(Leaf):
    """下转 (``to``) or 上接 (``from``) another page."""

    direction: Literal["to", "from"]
    page: str = ""


@attrs.frozen(kw_only=True)
class PageDate(Leaf):
    """The date that the page bears.

    Args:
        iso: ISO 8601.
        weekday: As printed, 1 for Monday to 7 for Sunday.
    """

    iso: str | None = None
    weekday: int | None = None


@attrs.frozen(kw_only=True)
class Credit(Leaf):
    """Who did what for the page (校对／…): role and names."""

    role: str = ""
    names: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class PageNumber(Leaf):
    """A page number (— 3 —, ·4·)."""

    value: int | None = None


@attrs.frozen(kw_only=True)
class RunningHead(Leaf):
    """A line that comes back at the head or foot of pages."""


@attrs.frozen(kw_only=True)
class Unplaced(Leaf):
    """A figure that was moved out of its place and could not be put back; nothing is dropped."""


Furniture = PageJump | PageDate | Credit | PageNumber | RunningHead | Unplaced
