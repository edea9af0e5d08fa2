"""Columns side by side taken apart: the source's lines in reading order, as fragments.

A fragment is what stands between two line ends of the source (or between two gutters, where
extraction kept the page's layout), blanks trimmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress, count, groupby, islice, pairwise, repeat
from operator import add, is_not
from typing import Final, NamedTuple

import attrs

from govreport.bulk import made, tuples
from govreport.glued import bands, run_together, topped
from govreport.gutters import Page, Row, ems, laid_out, measured
from govreport.side_by_side import Piece, pieces
from govreport.source import Box, Traced
from govreport.stand_ins import read_plainly

__all__ = ["Fragment", "Reading", "fragments", "read"]


class Fragment(NamedTuple):
    """What stands between two line ends of the source, blanks trimmed.

    Args:
        text: The text and where it stood; blanks inside it are still there, and signs that stand for
            one other (radicals and the like) are read.
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


#: Blocks apart by empty lines that a page may have and be a page of columns.
_BLOCKS: Final = 8
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
    # CR LF and CR read as line ends of the same length, so that offsets stay; so do signs that
    # stand for one other, which are read here, once for the whole text.
    text = read_plainly(source)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if laid_out(text):
        pages = measured(_rows(text))
        if any(page.edges for page in pages):
            return _columns(text, pages)
    found = _Lines.of(text)
    torn = _topped(found.lines) if found.apart else None
    if torn is None and not found.glued:
        return Reading(fragments=tuple(found.lines))
    return _unglued(text, found.lines, torn)


class _Lines(NamedTuple):
    """A text's lines in its own order, the way that nearly all texts take.

    Args:
        lines: A fragment a line.
        apart: Whether empty lines stand between some.
        glued: Whether columns may run together on lines.
    """

    lines: list[Fragment]
    apart: bool
    glued: bool

    @classmethod
    def of(cls, source: str) -> _Lines:
        """The lines of a text."""
        out: list[Fragment] = []
        apart = glued = False
        at, row, above = 0, 0, -1
        for number, page in enumerate(source.split("\f")):
            rows = page.split("\n")
            inks = list(map(str.strip, rows))
            places = list(compress(count(row), inks))
            if places:
                above = above if out else places[0] - 1
                empty = [place - up - 1 for up, place in pairwise((above, *places))]
                starts = map(add, accumulate(map(len, rows), initial=at), count())
                held = list(compress(rows, inks))
                out += _fragments(held, list(compress(starts, inks)), empty, number)
                apart = apart or any(empty)
                glued = glued or (" " in page and run_together(held))
                above = places[-1]
            at += len(page) + 1
            row += len(rows)
        return cls(out, apart, glued)


def _fragments(
    rows: Sequence[str], starts: list[int], blanks: Sequence[int], page: int
) -> Iterator[Fragment]:
    """The fragments of a page's lines with text.

    Args:
        rows: The lines.
        starts: Where each starts in the source.
        blanks: How many empty lines are before each.
        page: The page's number.
    """
    texts = list(map(str.strip, rows))
    leads, indents = [""] * len(rows), [0.0] * len(rows)
    for k in compress(count(), map(is_not, rows, texts)):  # where there were blanks
        row, first = rows[k], texts[k][0]
        if row[0] != first:
            leads[k] = lead = row[: row.index(first)]
            starts[k] += len(lead)
            indents[k] = _indent(lead)
    traced = made(Traced, len(texts), text=texts, where=starts)
    return tuples(Fragment, traced, indents, blanks, leads, repeat(page), repeat(0), repeat(None))


def _topped(lines: Sequence[Fragment]) -> Sequence[Piece] | None:
    """The first page's pieces in order, if a headline tore off the tops of its columns."""
    gaps = (k for k, line in enumerate(lines) if line.blanks and k)
    opens = list(islice(gaps, _BLOCKS + 1))
    if not opens:
        return None
    page = lines[0].page
    end = next((k for k, line in enumerate(lines) if line.page != page), len(lines))
    opens = [k for k in opens if k < end]
    if not 0 < len(opens) <= _BLOCKS:
        return None
    return topped([_row_of(line) for line in lines[:end]], opens) or None


def _unglued(source: str, lines: Sequence[Fragment], first: Sequence[Piece] | None) -> Reading:
    """The lines, with bands of lines that hold two columns each taken apart.

    Args:
        source: The source.
        lines: Its lines.
        first: The first page's pieces, where they are known.
    """
    out: list[Fragment] = []
    remarks: list[tuple[int, str]] = []
    for page, group in groupby(lines, key=_page_of):
        members = list(group)
        if first is not None and not out:
            _add(source, first, page, out, remarks)
            continue
        done = 0
        for band in bands([_row_of(line) for line in members]):
            out.extend(members[done : band.low])
            _add(source, band.pieces, page, out, remarks)
            done = band.high
        out.extend(members[done:])
    return Reading(fragments=tuple(out), remarks=tuple(remarks))


def _row_of(line: Fragment) -> Row:
    return Row(line.text.start - len(line.lead), line.lead + line.text.text)


def _page_of(fragment: Fragment) -> int:
    return fragment.page


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
        _add(source, found, number, out, remarks)
    return Reading(fragments=tuple(out), remarks=tuple(remarks))


def _add(
    source: str,
    found: Iterable[Piece],
    page: int,
    out: list[Fragment],
    remarks: list[tuple[int, str]],
) -> None:
    """Puts the fragments of a page's pieces, column by column, at the end of ``out``."""
    for column, group in groupby(found, key=_column_of):
        members = list(group)
        indents: list[float | None] = [None] * len(members)
        if column >= 0:
            indents = _indents(source, members)
        above = members[0].row - 1
        for piece, indent in zip(members, indents, strict=True):
            fragment = _fragment(source, piece, indent, piece.row - above - 1, page)
            above = piece.row
            if fragment is not None:
                out.append(fragment)
                if not piece.sure:
                    remarks.append((fragment.text.start, _ACROSS))


def _column_of(piece: Piece) -> int:
    return piece.column


def _whole(page: Page) -> list[Piece]:
    """The pieces of a page without columns: its rows, but for bands that hold two columns."""
    numbers = [number for number, row in enumerate(page.rows) if row.text]
    rows = [page.rows[number] for number in numbers]
    out: list[Piece] = []
    done = 0
    for band in bands(rows):
        out.extend(map(_row, numbers[done : band.low], rows[done : band.low]))
        out.extend(band.pieces)
        done = band.high
    out.extend(map(_row, numbers[done:], rows[done:]))
    return out


def _row(number: int, row: Row) -> Piece:
    start = row.start + len(row.text) - len(row.text.lstrip(" "))
    end = row.start + len(row.text)
    return Piece(start=start, end=end, row=number, column=0, edge=row.start)


def _fragment(
    source: str, piece: Piece, indent: float | None, blanks: int, page: int
) -> Fragment | None:
    start, end, _, column, edge, _ = piece
    text = source[start:end]
    ink = text.strip()
    if not ink:
        return None
    if len(ink) < len(text):
        typed = text[: text.index(ink[0])]
        start += len(typed)
        indent = None if indent is None else indent + typed.count("\u3000")
    lead = ""
    if edge < start:
        before = source[edge:start]
        lead = before[len(before.rstrip()) :]
    return Fragment(Traced(ink, start), indent, max(0, blanks), lead, page, max(0, column))


def _indents(source: str, members: Sequence[Piece]) -> list[float | None]:
    """The indents of a column's pieces in em, from cells."""
    leads = [piece.start - piece.edge for piece in members]
    begins = {
        source[piece.start : piece.start + 6] for piece in members if piece.start == piece.edge
    }
    two = max(map(_two_em, begins), default=2)
    em = {lead: _em(lead, two) for lead in set(leads)}
    return [em[lead] for lead in leads]


def _two_em(text: str) -> int:
    """How many of the text's first characters begin within two em.

    >>> _two_em("2021年"), _two_em("工作")
    (4, 2)
    """
    if text[:2] > "\u2000" and text[1:2] > "\u2000":
        return 2
    return next((count for count in range(len(text)) if ems(text[:count]) >= 2), len(text))


def _em(lead: int, two: int) -> float:
    """Cells as em, where two em take at most ``two`` cells and at least two."""
    if lead <= two + 1:
        return min(2.0, float(lead))
    return 2.0 + (lead - two) / 2
