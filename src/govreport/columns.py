"""Columns side by side taken apart: the source's lines in reading order, as fragments.

A fragment is what stands between two line ends of the source (or between two gutters, where
extraction kept the page's layout), blanks trimmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import attrs

from govreport.gutters import Page, Piece, Row, ems, laid_out, measured, pieces
from govreport.source import Box, Traced

__all__ = ["Fragment", "Reading", "fragments", "read"]


@attrs.frozen(kw_only=True)
class Fragment:
    """What stands between two line ends of the source, blanks trimmed.

    Args:
        text: The text and where it stood; blanks inside it are still there.
        indent: Blanks before it in em (U+3000 is one em, a space half an em), as far as they can
            be the page's own; where columns stand side by side, counted from the column's edge:
            0, 1, 2 or more. None where the source cannot tell.
        blanks: Line ends between the fragment before and this one, less one: the number of empty
            lines before it (in its column, where columns stand side by side).
        lead: The blanks cut off before the text, as they stand in the source, from the line's
            start or the column's edge.
        page: Pages counted from 0, apart by form feeds.
        column: Columns of the page, from 0; 0 where columns do not stand side by side.
        box: Where it stood, where a reader of a page format knows.
    """

    text: Traced
    indent: float | None = None
    blanks: int = 0
    lead: str = ""
    page: int = 0
    column: int = 0
    box: Box | None = None


@attrs.frozen(kw_only=True)
class Reading:
    """The fragments in reading order, and where that order is a guess.

    Args:
        fragments: In reading order; each character of the source that is no blank is in one.
        remarks: Pairs (source offset, what is uncertain there), in reading order.
    """

    fragments: tuple[Fragment, ...]
    remarks: tuple[tuple[int, str], ...] = ()


_ACROSS: Final = "columns run together on this line; where they part is a guess"


def fragments(source: str) -> tuple[Fragment, ...]:
    """The source's fragments in reading order.

    >>> [f.text.text for f in fragments("一、\\n\\n　　二。\\n")]
    ['一、', '二。']
    """
    return read(source).fragments


def read(source: str) -> Reading:
    """The source's fragments in reading order, with remarks where the order is uncertain.

    >>> page = "上文上文上文上文   下文下文下文下文\\n" * 4
    >>> [f.column for f in read(page).fragments]
    [0, 0, 0, 0, 1, 1, 1, 1]
    """
    # CR LF and CR read as line ends of the same length, so that offsets stay.
    text = source
    if "\r" in source:
        text = source.replace("\r\n", " \n").replace("\r", "\n")
    if laid_out(text):
        pages = measured(_rows(text))
        if any(page.edges for page in pages):
            return _columns(source, pages)
    return Reading(fragments=_lines(text))


def _lines(source: str) -> tuple[Fragment, ...]:
    """A fragment a line, in the source's order. The way that nearly all texts take."""
    out: list[Fragment] = []
    add = out.append
    at = blanks = 0
    for number, page in enumerate(source.split("\f")):
        for line in page.split("\n"):
            text = line.strip()
            if text:
                lead = "" if line[0] == text[0] else line[: len(line) - len(line.lstrip())]
                add(
                    Fragment(
                        text=Traced(text, ((0, at + len(lead)),)),
                        indent=_indent(lead) if lead else 0.0,
                        blanks=blanks if out else 0,
                        lead=lead,
                        page=number,
                    )
                )
                blanks = 0
            else:
                blanks += 1
            at += len(line) + 1
    return tuple(out)


def _indent(lead: str) -> float:
    return lead.count("\u3000") + lead.count(" ") / 2


def _rows(source: str) -> list[tuple[Row, ...]]:
    """The source's pages as rows."""
    pages: list[tuple[Row, ...]] = []
    at = 0
    for page in source.split("\f"):
        rows: list[Row] = []
        for line in page.split("\n"):
            rows.append(Row(at, line.rstrip()))
            at += len(line) + 1
        pages.append(tuple(rows))
    return pages


def _columns(source: str, pages: Sequence[Page]) -> Reading:
    """A source on some of whose pages columns stand side by side."""
    out: list[Fragment] = []
    remarks: list[tuple[int, str]] = []
    for number, page in enumerate(pages):
        found = pieces(page) if page.edges else _whole(page)
        for column, group in groupby(found, key=_column_of):
            members = list(group)
            indents = [None] * len(members) if column < 0 else _indents(source, members)
            above = members[0].row - 1
            for piece, indent in zip(members, indents, strict=True):
                fragment = _fragment(source, piece, indent, piece.row - above - 1, number)
                above = piece.row
                if fragment is None:
                    continue
                out.append(fragment)
                if not piece.sure:
                    remarks.append((fragment.text.start, _ACROSS))
    return Reading(fragments=tuple(out), remarks=tuple(remarks))


def _column_of(piece: Piece) -> int:
    return piece.column


def _whole(page: Page) -> list[Piece]:
    """The pieces of a page without columns: its rows."""
    out: list[Piece] = []
    for number, row in enumerate(page.rows):
        ink = row.text.lstrip(" ")
        if ink:
            end = row.start + len(row.text)
            start = end - len(ink)
            out.append(Piece(start=start, end=end, row=number, column=0, edge=row.start))
    return out


def _fragment(
    source: str, piece: Piece, indent: float | None, blanks: int, page: int
) -> Fragment | None:
    text = Traced(source[piece.start : piece.end], ((0, piece.start),)).strip()
    if not text:
        return None
    typed = source[piece.start : text.start].count("\u3000")
    return Fragment(
        text=text,
        indent=None if indent is None else indent + typed,
        blanks=max(0, blanks),
        lead=source[piece.edge : text.start],
        page=page,
        column=max(0, piece.column),
    )


def _indents(source: str, members: Sequence[Piece]) -> list[float | None]:
    """The indents of a column's pieces in em, from cells."""
    leads = [piece.start - piece.edge for piece in members]
    flush = [source[p.start : p.start + 6] for p, x in zip(members, leads, strict=True) if not x]
    one = max((_room(text, 1) for text in flush), default=1)
    two = max((_room(text, 2) for text in flush), default=2)
    return [_em(lead, one, two) for lead in leads]


def _room(text: str, em: float) -> int:
    """How many of the text's first characters begin within so many em.

    >>> _room("2021年", 2), _room("工作", 2)
    (4, 2)
    """
    for count in range(len(text)):
        if ems(text[:count]) >= em:
            return count
    return len(text)


def _em(lead: int, one: int, two: int) -> float:
    """Cells as em, where one em takes ``one`` cells and two em take ``two``."""
    if lead <= 0:
        return 0.0
    if lead > two + 1:
        return 2.0 + (lead - two) / 2
    return 1.0 if abs(lead - one) < abs(lead - two) else 2.0
