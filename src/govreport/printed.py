"""Printed lines: what stood on one line of the column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import attrs

from govreport.source import Traced

__all__ = ["Columns", "LineGap", "PrintedLine", "RepairedFragments"]


@attrs.frozen(kw_only=True)
class LineGap:
    """A place in a printed line where something is missing.

    Args:
        at: Offset in the line's text.
        evidence: Names of the signs that speak for it.
        probability: That something is missing here.
    """

    at: int
    evidence: tuple[str, ...] = ()
    probability: float = 1.0


class PrintedLine(NamedTuple):
    """What stood on one line of the column; a tuple, since a page has thousands of them.

    Args:
        text: The repaired text, torn numbers in their place.
        width: Its width in em.
        indent: Blanks before it in em, none where the source cannot tell.
        blanks: Empty source lines before it.
        spaced: Its characters were spaced apart, so that the setting filled it.
        loose: A blank stood before a mark: the line was set loose, wider than its characters.
        closed: Offsets in the text where blanks were closed up.
        gaps: Places where a number is missing.
        page: Counted from 0.
        column: Counted from 0 on its page.
        first: Index of its first fragment.
        last: Index of its last fragment.
        torn: Source offsets of the line ends inside it, where extraction tore it.
    """

    text: Traced
    width: float
    indent: float | None = None
    blanks: int = 0
    spaced: bool = False
    loose: bool = False
    closed: tuple[int, ...] = ()
    gaps: tuple[LineGap, ...] = ()
    page: int = 0
    column: int = 0
    first: int = 0
    last: int = 0
    torn: tuple[int, ...] = ()


class Columns(NamedTuple):
    """The printed lines of a text, column by column: each field of all lines, as a line has it."""

    text: Sequence[Traced]
    width: Sequence[float]
    indent: Sequence[float | None]
    blanks: Sequence[int]
    spaced: Sequence[bool]
    loose: Sequence[bool]
    closed: Sequence[tuple[int, ...]]
    gaps: Sequence[tuple[LineGap, ...]]
    page: Sequence[int]
    column: Sequence[int]
    first: Sequence[int]
    last: Sequence[int]
    torn: Sequence[tuple[int, ...]]

    @classmethod
    def of(cls, lines: Sequence[PrintedLine]) -> Columns:
        """Turn lines to columns.

        >>> Columns.of([PrintedLine(Traced("修路", 0), 2.0), PrintedLine(Traced("。", 3), 1.0)]).width
        (2.0, 1.0)
        """
        return cls(*zip(*lines, strict=True)) if lines else cls(*[()] * len(cls._fields))


class RepairedFragments(NamedTuple):
    """A page's repaired fragments, each as a line of its own.

    Args:
        texts: Their texts, none of them empty.
        widths: Their widths in em.
        leads: The blanks before each.
        blanks: Empty source lines before each.
        closed: By a fragment's number the offsets where blanks were closed up, where some were.
        spaced: The numbers of those that were spaced out letter by letter.
    """

    texts: Sequence[str]
    widths: Sequence[float]
    leads: Sequence[str]
    blanks: Sequence[int]
    closed: Mapping[int, tuple[int, ...]]
    spaced: AbstractSet[int]

    @classmethod
    def of(cls, lines: Sequence[PrintedLine], leads: Sequence[str]) -> RepairedFragments:
        """The columns of lines, with the blanks before each."""
        return cls(
            texts=[line.text.text for line in lines],
            widths=[line.width for line in lines],
            leads=leads,
            blanks=[line.blanks for line in lines],
            closed={k: line.closed for k, line in enumerate(lines) if line.closed},
            spaced={k for k, line in enumerate(lines) if line.spaced},
        )
