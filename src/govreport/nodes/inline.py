"""What stands inside a paragraph: text, figures, dates, gaps, labels, run-in headings."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import attrs

from govreport.nodes.base import Leaf
from govreport.nodes.deferred import Wording

__all__ = [
    "Date",
    "Gap",
    "Inline",
    "Label",
    "Lead",
    "Number",
    "Supplied",
    "Text",
]


@attrs.frozen(kw_only=True)
class Text(Leaf):
    """Running text."""


@attrs.frozen(kw_only=True)
class Gap(Leaf):
    """A place where the page lost something; nothing is guessed into it.

    Args:
        kind: What is missing: a number, a character that could not be read, or unknown.
        evidence: Names of the signs that speak for it (see the docs' page on gaps).
        probability: That something is missing here.
        spans: Empty, or the sign ``□`` that the source itself holds.
    """

    text: str = "□"
    kind: Literal["number", "character", "unknown"] = "number"
    evidence: tuple[str, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class Supplied(Leaf):
    """A reading that the caller supplied for a gap; it does not stand in the source."""

    kind: Literal["number", "character", "unknown"] = "number"


@attrs.frozen(kw_only=True)
class Number(Leaf):
    """A figure with its unit.

    Args:
        value: What it comes to, factors such as 万 and 亿 included; the low end of a range.
        high: The high end of a range.
        unit: The unit without factors (元, %, 个百分点, 件); empty where none stands.
        approximate: Printed with 多, 余, 近, 约, 左右 and the like.
    """

    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    approximate: bool = False


@attrs.frozen(kw_only=True)
class Date(Leaf):
    """A date or year; ``iso`` (2018, 2018-01, 2018-01-02) where the text alone gives it."""

    iso: str | None = None


@attrs.frozen(kw_only=True)
class Label(Leaf):
    """A heading's or item's number, as printed (一、 （二） 3． 第四章 —— 一是).

    Args:
        style: The name of its style (see ``govreport.numbering``).
        value: Its number; none for dashes.
    """

    style: str
    value: int | None = None


Inline = Text | Gap | Supplied | Number | Date


@attrs.frozen(kw_only=True)
class Lead(Wording):
    """A run-in heading: the first sentence of a paragraph that stood there as its heading."""

    PARTS = ("content",)
    content: tuple[Inline, ...]
    probability: float = 1.0
