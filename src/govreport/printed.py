"""Printed lines: what stood on one line of the column."""

from __future__ import annotations

from typing import NamedTuple

import attrs

from govreport.source import Traced

__all__ = ["LineGap", "PrintedLine"]


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
