"""Columns side by side taken apart: the source's lines in reading order, as fragments.

A fragment is what stands between two line ends of the source (or between two gutters, where
extraction kept the page's layout), blanks trimmed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress, count, groupby, pairwise, repeat
from operator import add, is_not, lt, not_
from typing import Final, NamedTuple

import attrs

from govreport.bulk import made, tuples
from govreport.glued import bands, run_together
from govreport.gutters import Grid, Row, laid_out, measured
from govreport.side_by_side import Piece, Strip, indents_of, strips
from govreport.source import Box, Traced
from govreport.stand_ins import read_plainly
from govreport.tops import height, topped

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
#: A line that begins with a blank, the first one aside.
_INDENTED: Final = re.compile(r"\n[^\S\n]")
#: What is remarked where a page's cells do not tell the columns apart.
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
    torn = _topped(found.lines[: found.first], found.opens)
    if not torn and not found.glued:
        return Reading(fragments=tuple(found.lines))
    return _unglued(text, found.lines, torn)


class _Lines(NamedTuple):
    """A text's lines in its own order, the way that nearly all texts take.

    Args:
        lines: A fragment a line.
        first: How many lines the first page with text has.
        opens: Those of them that stand under an empty line, ascending.
        glued: Whether columns may run together on lines.
    """

    lines: list[Fragment]
    first: int
    opens: Sequence[int]
    glued: bool

    @classmethod
    def of(cls, source: str) -> _Lines:
        """The lines of a text."""
        out: list[Fragment] = []
        opens: Sequence[int] = ()
        first, glued = 0, False
        at, row, above = 0, 0, -1
        for number, page in enumerate(source.split("\f")):
            rows = page.split("\n")
            inks = list(map(str.strip, rows))
            places = list(compress(count(row), inks))
            if places:
                above = above if out else places[0] - 1
                empty = _empty(above, places)
                starts = map(add, accumulate(map(len, rows), initial=at), count())
                held = list(compress(rows, inks))
                if not out:
                    first, opens = len(places), tuple(compress(count(), empty))
                lines = _Inked(held, list(filter(None, inks)), list(compress(starts, inks)), empty)
                indented = page[0].isspace() or _INDENTED.search(page) is not None
                out += _fragments(lines, number, indented=indented)
                glued = glued or (" " in page and run_together(held))
                above = places[-1]
            at += len(page) + 1
            row += len(rows)
        return cls(out, first, opens, glued)


def _empty(above: int, places: Sequence[int]) -> Sequence[int]:
    """How many empty lines stand before each line with text; often none stands before any.

    Args:
        above: The place of the last line with text before these.
        places: Their places, ascending.
    """
    if places[-1] - above == len(places):
        return [0] * len(places)
    return [place - up - 1 for up, place in pairwise((above, *places))]


class _Inked(NamedTuple):
    """A page's lines with text.

    Args:
        rows: The lines.
        texts: The lines without the blanks around them.
        starts: Where each line starts in the source.
        blanks: How many empty lines are before each.
    """

    rows: Sequence[str]
    texts: list[str]
    starts: list[int]
    blanks: Sequence[int]


def _fragments(lines: _Inked, page: int, *, indented: bool) -> Iterator[Fragment]:
    """The fragments of a page.

    Args:
        lines: Its lines.
        page: Its number.
        indented: Whether one of them begins with a blank.
    """
    rows, texts, starts, blanks = lines
    leads, indents = [""] * len(rows), [0.0] * len(rows)
    for k in compress(count(), map(is_not, rows, map(str.lstrip, rows))) if indented else ():
        leads[k] = lead = rows[k][: rows[k].index(texts[k][0])]
        starts[k] += len(lead)
        indents[k] = _indent(lead)
    traced = made(Traced, len(texts), text=texts, where=starts)
    return tuples(Fragment, traced, indents, blanks, leads, repeat(page), repeat(0), repeat(None))


def _topped(page: Sequence[Fragment], opens: Sequence[int]) -> Sequence[Piece]:
    """A page's pieces in order, if a headline tore off the tops of its columns; else none.

    Args:
        page: The page's lines.
        opens: Those that stand under an empty line, ascending.
    """
    if not 0 < len(opens) <= _BLOCKS:
        return ()
    above = [line.text.text for line in page[: height(len(page), opens)]]
    if not any("：" in text or ":" in text for text in above):
        return ()
    return topped([_row_of(line) for line in page], opens)


def _unglued(source: str, lines: Sequence[Fragment], first: Sequence[Piece]) -> Reading:
    """The lines, with bands of lines that hold two columns each taken apart.

    Args:
        source: The source.
        lines: Its lines.
        first: The first page's pieces, where they are known; else none.
    """
    out: list[Fragment] = []
    remarks: list[tuple[int, str]] = []
    for page, group in groupby(lines, key=_page_of):
        members = list(group)
        if first and not out:
            _add(source, _strips(source, first), page, out, remarks)
            continue
        done = 0
        for band in bands([_row_of(line) for line in members]):
            out.extend(members[done : band.low])
            _add(source, _strips(source, band.pieces), page, out, remarks)
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
        lines = page.split("\n")
        starts = map(add, accumulate(map(len, lines), initial=at), count())
        pages.append(tuple(tuples(Row, starts, map(str.rstrip, lines))))
        at += len(page) + 1
    return pages


def _columns(source: str, pages: Sequence[Grid]) -> Reading:
    """A source on some of whose pages columns stand side by side."""
    out: list[Fragment] = []
    remarks: list[tuple[int, str]] = []
    for number, page in enumerate(pages):
        found = strips(page) if page.edges else _strips(source, _whole(page))
        _add(source, found, number, out, remarks)
    return Reading(fragments=tuple(out), remarks=tuple(remarks))


def _strips(source: str, pieces: Sequence[Piece]) -> Iterator[Strip]:
    """Pieces in order, those of one column together."""
    for _, group in groupby(pieces, key=_column_of):
        found = list(group)
        yield Strip.of(found, [source[piece.start : piece.end] for piece in found])


def _add(
    source: str,
    found: Iterable[Strip],
    page: int,
    out: list[Fragment],
    remarks: list[tuple[int, str]],
) -> None:
    """Put the fragments of a page, column by column, at the end of ``out``."""
    for column, texts, starts, rows, edges, sure in found:
        indents: list[float | None] = [None] * len(rows)
        if column >= 0:
            indents = indents_of(source, starts, edges)
        inks = _trimmed(texts, starts, indents)
        traced = made(Traced, len(rows), text=inks, where=starts)
        blanks = [max(0, row - above - 1) for above, row in pairwise((rows[0] - 1, *rows))]
        rest = _leads(source, edges, starts), repeat(page), repeat(max(0, column)), repeat(None)
        out.extend(compress(tuples(Fragment, traced, indents, blanks, *rest), inks))
        guesses = compress(zip(starts, inks, strict=True), map(not_, sure))
        remarks.extend((start, _ACROSS) for start, ink in guesses if ink)


def _trimmed(texts: Sequence[str], starts: list[int], indents: list[float | None]) -> list[str]:
    """The texts of pieces, with starts and indents moved past blanks that are no cells' own."""
    inks = list(map(str.strip, texts))
    for k in compress(count(), map(is_not, inks, texts)):
        typed = texts[k][: texts[k].index(inks[k][0])] if inks[k] else ""
        starts[k] += len(typed)
        indent = indents[k]
        indents[k] = None if indent is None else indent + typed.count("\u3000")
    return inks


def _leads(source: str, edges: Sequence[int], starts: Sequence[int]) -> list[str]:
    """The blanks before each piece, from its column's edge on."""
    leads = [""] * len(starts)
    for k in compress(count(), map(lt, edges, starts)):
        before = source[edges[k] : starts[k]]
        leads[k] = before[len(before.rstrip()) :]
    return leads


def _column_of(piece: Piece) -> int:
    return piece.column


def _whole(page: Grid) -> list[Piece]:
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
