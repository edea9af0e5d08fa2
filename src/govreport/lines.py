"""Fragments to printed lines: torn numbers close up, glued lines part, lost numbers leave a gap.

A number that extraction put on a line of its own is put between its neighbours so that the lines
come out as wide as the column: a small best-path search over each run of torn fragments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from govreport import measure
from govreport.characters import clean
from govreport.columns import Fragment
from govreport.source import Traced, join
from govreport.torn import LOST, LOST_WIDTH, WHOLE, Part, best_starts, is_loose, ties
from govreport.typography import width

__all__ = ["LineGap", "PrintedLine", "assemble"]

#: What a paragraph that extraction glued to the one before it may begin with.
_DASHES: Final = ("——", "──", "――")
#: How far a line may reach beyond the measure before it must be two.
_GLUED: Final = 1.5


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


@attrs.frozen(kw_only=True)
class PrintedLine:
    """What stood on one line of the column.

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


def assemble(fragments: Sequence[Fragment]) -> tuple[PrintedLine, ...]:
    """Put the fragments' characters right, and the fragments together to printed lines.

    Args:
        fragments: In reading order, displaced figures already in their places.

    >>> from govreport.columns import fragments
    >>> [line.text.text for line in assemble(fragments("同时分\\n\\n4\\n\\n批，\\n"))]
    ['同时分4批，']
    """
    parts = [
        Part.of(index, fragment, cleaned)
        for index, fragment in enumerate(fragments)
        if (cleaned := clean(fragment.text)).text
    ]
    torn = ties(parts)
    known = [not (a or b) for a, b in zip(torn, [*torn[1:], WHOLE], strict=False)]
    measures = measure.track([part.width for part in parts], known=known)
    out: list[PrintedLine] = []
    start = 0
    for stop in range(1, len(parts) + 1):
        if stop == len(parts) or not torn[stop]:
            out.extend(_set(parts[start:stop], torn[start:stop], measures[start]))
            start = stop
    return tuple(out)


def _set(parts: Sequence[Part], torn: Sequence[int], column: float | None) -> list[PrintedLine]:
    """The printed lines of a run of fragments that may belong together."""
    if len(parts) == 1:
        return _unglued(_printed(parts, torn), column)
    starts = best_starts(parts, torn, column)
    out = []
    for start, stop in zip(starts, [*starts[1:], len(parts)], strict=True):
        out.extend(_unglued(_printed(parts[start:stop], torn[start:stop]), column))
    return out


def _printed(parts: Sequence[Part], torn: Sequence[int]) -> PrintedLine:
    """One printed line out of its parts."""
    head = parts[0]
    if len(parts) == 1 and torn[0] != LOST:
        gaps: tuple[LineGap, ...] = ()
        text, closed, wide = head.clean.text, head.clean.closed, head.width
    else:
        text = join(part.clean.text for part in parts)
        at = 0
        found: list[LineGap] = []
        shut: list[int] = []
        for k, part in enumerate(parts):
            if torn[k] == LOST:
                found.append(LineGap(at=at, evidence=("blank-left",), probability=0.97))
            shut.extend(at + c for c in part.clean.closed)
            at += len(part.text)
        gaps, closed, wide = tuple(found), tuple(shut), sum(part.width for part in parts)
        wide += LOST_WIDTH * len(gaps)
    return PrintedLine(
        text=text,
        width=wide,
        indent=head.fragment.indent,
        blanks=head.fragment.blanks,
        spaced=any(part.clean.spaced for part in parts),
        loose=any(is_loose(part.clean) for part in parts),
        closed=closed,
        gaps=gaps,
        page=head.fragment.page,
        column=head.fragment.column,
        first=head.index,
        last=parts[-1].index,
    )


def _unglued(line: PrintedLine, column: float | None) -> list[PrintedLine]:
    """The line, or the two that extraction put on one source line."""
    if not line.closed or line.spaced:
        return [line]
    text = line.text.text
    for at in line.closed:
        left, right = width(text[:at]), width(text[at:])
        dashed = text.startswith(_DASHES, at)
        over = column is not None and line.width > column + _GLUED
        fits = column is not None and max(left, right) <= column + 1
        if 0 < at < len(text) and (dashed or (over and fits)):
            return [_piece(line, 0, at), *_unglued(_piece(line, at, len(text)), column)]
    return [line]


def _piece(line: PrintedLine, start: int, stop: int) -> PrintedLine:
    """A part of a glued line as a line of its own; its indent is not known."""
    text = line.text[start:stop]
    return attrs.evolve(
        line,
        text=text,
        width=width(text.text),
        indent=line.indent if start == 0 else None,
        closed=tuple(c - start for c in line.closed if start < c < stop),
        gaps=tuple(attrs.evolve(g, at=g.at - start) for g in line.gaps if start <= g.at <= stop),
    )
