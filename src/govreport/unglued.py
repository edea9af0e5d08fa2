"""Printed lines that extraction put on one source line: which may be two, and where they part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from govreport._label_tables import FIRST
from govreport.numbering import read
from govreport.printed import PrintedLine, RepairedFragments
from govreport.signs import DIGITS
from govreport.typography import PAUSE, TERMINAL, width

__all__ = ["may_part", "unglued"]

#: What a paragraph that extraction glued to the one before it may begin with.
_DASHES: Final = ("——", "──", "――")
#: How far a line may reach beyond the measure before it must be two.
_GLUED: Final = 1.5
#: What a heading does not hold behind its label.
_PUNCTUATED: Final = PAUSE | TERMINAL


def may_part(
    page: RepairedFragments, glued: Sequence[int], measures: Sequence[float | None], rare: bool
) -> set[int]:
    """Which lines with blanks may be two that extraction put on one source line.

    Args:
        page: The lines.
        glued: The numbers of those with blanks.
        measures: The measure at each line, in em.
        rare: Whether few lines of the page have blanks in them.
    """
    ems, texts = page.widths, [page.texts[k] for k in glued]
    out = {k for k in glued if (column := measures[k]) is not None and ems[k] > column + _GLUED}
    whole = "\n".join(texts)
    for dash in [dash for dash in _DASHES if dash in whole]:
        out.update([k for k, text in zip(glued, texts, strict=True) if dash in text])
    if rare:
        out.update(
            [
                k
                for k, text in zip(glued, texts, strict=True)
                if any(_beside_heading(text, at) for at in page.closed[k] if 0 < at < len(text))
            ]
        )
    return out


def _beside_heading(text: str, at: int) -> bool:
    """Whether a heading ends or begins in a line: told by its label, and that no mark is in it.

    >>> [_beside_heading(text, 7) for text in ("修路。架桥。二、任务", "一、回顾与展望修路。", "一、回顾与展望三十年")]
    [False, True, False]
    >>> _beside_heading("修路。架桥。二、任务", 6)
    True
    """
    left, right = text[:at], text[at:]
    if _is_heading(right):
        return left[-1] in TERMINAL or _is_heading(left)
    figures = left[-1] in DIGITS or right[0] in DIGITS
    return not figures and not _PUNCTUATED.isdisjoint(right) and _is_heading(left)


def _is_heading(text: str) -> bool:
    """Whether a text is a label of headings and words without a mark."""
    label = read(text) if text[0] in FIRST else None
    if label is None or label.kind != "heading":
        return False
    words = text[label.end :]
    return bool(words) and _PUNCTUATED.isdisjoint(words)


def unglued(line: PrintedLine, column: float | None, rare: bool) -> list[PrintedLine]:
    """The line, or the two that extraction put on one source line."""
    if not line.closed or line.spaced:
        return [line]
    text = line.text.text
    over = column is not None and line.width > column + _GLUED
    for at in line.closed:
        if not 0 < at < len(text):
            continue
        if (
            text.startswith(_DASHES, at)
            or (over and _fit(text[:at], text[at:], column))
            or (rare and _beside_heading(text, at))
        ):
            return [_piece(line, 0, at), *unglued(_piece(line, at, len(text)), column, rare)]
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
