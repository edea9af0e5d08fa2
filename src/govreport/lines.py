"""Fragments to printed lines: torn numbers close up, glued lines part, lost numbers leave a gap.

A number that extraction put on a line of its own is put between its neighbours so that the lines
come out as wide as the column: a small best-path search over each run of torn fragments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

import attrs

from govreport import measure
from govreport.characters import Clean, repairs
from govreport.columns import Fragment
from govreport.printed import LineGap, PrintedLine
from govreport.source import join
from govreport.torn import LOST, LOST_WIDTH, best_starts, ties
from govreport.typography import NOT_LINE_START, width, widths

__all__ = ["LineGap", "PrintedLine", "assemble"]

#: What a paragraph that extraction glued to the one before it may begin with.
_DASHES: Final = ("——", "──", "――")
#: How far a line may reach beyond the measure before it must be two.
_GLUED: Final = 1.5
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
#: The space between a figure and Chinese characters that some pages are set with (CLREQ: 1/4 em).
_SPACE: Final = 0.25
_LOST: Final = ("blank-left",)


def assemble(fragments: Sequence[Fragment]) -> tuple[PrintedLine, ...]:
    """Put the fragments' characters right, and the fragments together to printed lines.

    Args:
        fragments: In reading order, displaced figures already in their places.

    >>> from govreport.columns import fragments
    >>> [line.text.text for line in assemble(fragments("同时分\\n\\n4\\n\\n批，\\n"))]
    ['同时分4批，']
    """
    lines = _singles(fragments)
    torn = ties(lines, [fragments[line.first].lead for line in lines])
    glued = {k for k, line in enumerate(lines) if line.closed and not line.spaced}
    if not torn and not glued:
        return tuple(lines)
    known = [not (k in torn or k + 1 in torn) for k in range(len(lines))]
    measures = measure.track([line.width for line in lines], known=known)
    out: list[PrintedLine] = []
    done = 0
    for start, stop in _runs(torn, glued):
        out += lines[done:start]
        out += _set(lines[start:stop], torn, start, measures[start])
        done = stop
    out += lines[done:]
    return tuple(out)


def _singles(fragments: Sequence[Fragment]) -> list[PrintedLine]:
    """Each fragment with text as a printed line of its own."""
    texts = [fragment.text for fragment in fragments]
    mended = repairs(texts)
    for k, clean in mended.items():
        texts[k] = clean.text
    ems = widths([text.text for text in texts])
    out = [
        PrintedLine(
            text,
            em,
            f.indent,
            f.blanks,
            False,
            False,
            (),
            (),
            f.page,
            f.column,
            k,
            k,
        )
        for k, (f, text, em) in enumerate(zip(fragments, texts, ems, strict=True))
    ]
    for k, clean in mended.items():
        if clean.closed:
            out[k] = _with_blanks(out[k], clean)
    return out if all(texts) else [line for line in out if line.text.text]


def _with_blanks(line: PrintedLine, clean: Clean) -> PrintedLine:
    """A line with what the blanks that were closed up tell of its setting.

    Where it was not spaced letter by letter, those beside figures were printed narrow, as far as
    extraction shows them; and where one stood before a mark, the line was set loose: damage leaves
    none there.
    """
    text = clean.text.text
    if clean.spaced:
        return line._replace(closed=clean.closed, spaced=True)
    wide, loose = line.width, False
    for at in clean.closed:
        if 0 < at < len(text):
            loose = loose or text[at] in NOT_LINE_START
            if (text[at] in _DIGITS) != (text[at - 1] in _DIGITS):
                wide += _SPACE
    return line._replace(width=wide, closed=clean.closed, loose=loose)


def _runs(torn: Mapping[int, int], glued: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """First and one past the last of each run that may not stay as it is."""
    stop = 0
    for start in sorted(glued | {k - 1 for k in torn}):
        if start >= stop:
            stop = start + 1
            while stop in torn:
                stop += 1
            yield start, stop


def _set(
    parts: Sequence[PrintedLine], torn: Mapping[int, int], at: int, column: float | None
) -> Iterator[PrintedLine]:
    """The printed lines of a run of fragments that may belong together.

    Args:
        parts: The fragments.
        torn: How the page's fragments are tied.
        at: The number of the first.
        column: The measure, in em.
    """
    if len(parts) == 1:
        yield from _unglued(parts[0], column)
        return
    lost = [torn.get(k) == LOST for k in range(at, at + len(parts))]
    starts = best_starts(parts, lost, column)
    for start, stop in zip(starts, [*starts[1:], len(parts)], strict=True):
        yield from _unglued(_joined(parts[start:stop], lost[start:stop]), column)


def _joined(parts: Sequence[PrintedLine], lost: Sequence[bool]) -> PrintedLine:
    """One printed line out of its parts, and where before one of them a figure is lost."""
    if len(parts) == 1 and not lost[0]:
        return parts[0]
    at = 0
    gaps: list[LineGap] = []
    closed: list[int] = []
    for part, gap in zip(parts, lost, strict=True):
        if gap:
            gaps.append(LineGap(at=at, evidence=_LOST, probability=0.97))
        closed.extend([at + c for c in part.closed])
        at += len(part.text.text)
    return parts[0]._replace(
        text=join([part.text for part in parts]),
        width=sum([part.width for part in parts]) + LOST_WIDTH * len(gaps),
        spaced=any(part.spaced for part in parts),
        loose=any(part.loose for part in parts),
        closed=tuple(closed),
        gaps=tuple(gaps),
        last=parts[-1].last,
    )


def _unglued(line: PrintedLine, column: float | None) -> list[PrintedLine]:
    """The line, or the two that extraction put on one source line."""
    if not line.closed or line.spaced:
        return [line]
    text = line.text.text
    over = column is not None and line.width > column + _GLUED
    for at in line.closed:
        if not 0 < at < len(text):
            continue
        if text.startswith(_DASHES, at) or (over and _fit(text[:at], text[at:], column)):
            return [_piece(line, 0, at), *_unglued(_piece(line, at, len(text)), column)]
    return [line]


def _fit(left: str, right: str, column: float | None) -> bool:
    """Whether two texts are lines of the column, rather than one."""
    return column is not None and max(width(left), width(right)) <= column + 1


def _piece(line: PrintedLine, start: int, stop: int) -> PrintedLine:
    """A part of a glued line as a line of its own; its indent is not known."""
    text = line.text[start:stop]
    return line._replace(
        text=text,
        width=width(text.text),
        indent=line.indent if start == 0 else None,
        closed=tuple([c - start for c in line.closed if start < c < stop]),
        gaps=tuple([attrs.evolve(g, at=g.at - start) for g in line.gaps if start <= g.at <= stop]),
    )
