"""Gutters: where columns stand side by side on a page whose layout was kept as blanks.

``pdftotext -layout`` sets one code point a cell, whatever its width, and begins each column of a
page in the same cell on every line: past the longest line of the column to its left. So a column's
left edge is a cell where many lines begin a run and nearly none has ink in the cell before it.
An indent takes as many cells as the column's densest line has characters in that room: 4 where a
line begins with a year, 2 where all lines begin with Han.

Cells count the code points of a line, from 0.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

import attrs

__all__ = ["Page", "Piece", "Row", "alone", "ems", "laid_out", "measured", "pieces"]

#: Words with single blanks between them: what stands between wide blanks.
_RUN: Final = re.compile(r"[^ ]++(?: [^ ]++)*+")
#: A wide blank inside a line: the sign that a text may have columns.
_WIDE: Final = re.compile(r"(?<=[^ \r\n\f])  ++(?=[^ \r\n\f])")
#: What takes half an em.
_HALF_EM: Final = re.compile("[\x00-\u1fff]")
#: Rows from a page's top among which a headline across columns is looked for.
_HEAD_ROWS: Final = 12
#: Candidates for edges looked at on one page; more is no page of columns.
_CANDIDATES: Final = 64
#: Cells, or em, under which nothing is a column of running text.
_NARROW: Final = 7
#: Em by which a line may pass the measure.
_LOOSE: Final = 1.5
#: The share of a page's lines that begin at an edge, where no other page has shown columns.
_SHARE: Final = 0.25
#: Lines that a page has at least, and lines of its last column that are too few to be a column anywhere but at the top.
_FEW: Final = 3


class Row(NamedTuple):
    """A source line: the offset of its first code point, and its text without blanks at the end."""

    start: int
    text: str


class Piece(NamedTuple):
    """What one row gives to one column.

    Args:
        start: Source offset of the first character.
        end: One past the last.
        row: The row's number on its page.
        column: Columns from 0; -1 for a line of a headline across columns.
        edge: Source offset of the column's left edge on this row, at most ``start``.
        sure: False where the page does not tell where the columns part.
    """

    start: int
    end: int
    row: int
    column: int
    edge: int
    sure: bool = True


@attrs.frozen(kw_only=True)
class Page:
    """A page's rows, and the cells its columns begin at (none: columns do not stand side by side).

    Args:
        rows: Every line of the page, empty ones too.
        edges: Ascending; two or more, or none.
        measure: The columns' usual width in em.
        segments: Each row's stretches of ink between edges, where there are edges.
    """

    rows: tuple[Row, ...]
    edges: tuple[int, ...] = ()
    measure: float = 0.0
    segments: tuple[_Segments, ...] = ()


_Segments = Sequence[tuple[int, int]]
"""Stretches of a row as (start, end) cells, without blanks around."""


class _Ink(NamedTuple):
    """A page's rows, and where its runs begin.

    Args:
        rows: Every line of the page.
        lines: How many of them are not empty.
        body: Those that are not empty, and not a headline's.
        starts: How many runs of these begin in each cell.
        first: The number of the first of these that does.
    """

    rows: tuple[Row, ...]
    lines: int
    body: Sequence[str]
    starts: Mapping[int, int]
    first: Mapping[int, int]


def ems(text: str) -> float:
    """The text's width in em: half an em a character below U+2000, one em above.

    >>> ems("增长12%")
    3.5
    """
    return len(text) - len(_HALF_EM.findall(text)) / 2


def laid_out(source: str) -> bool:
    """Whether a line has a wide blank inside; cheap for texts that have none.

    >>> laid_out("    一行\\n"), laid_out("一行    二行\\n")
    (False, True)
    """
    return "  " in source and _WIDE.search(source) is not None


def measured(pages: Sequence[tuple[Row, ...]]) -> tuple[Page, ...]:
    """The pages with their edges, where columns stand side by side.

    A page on its own needs many lines for each edge; once one page has columns, the last column of
    another may hold a line or two.
    """
    inks = [_ink(rows) for rows in pages]
    first = [_page(ink, _edges(ink, _SHARE), narrow_too=False) for ink in inks]
    if not any(page.edges for page in first):
        return tuple(first)
    out: list[Page] = []
    for ink, page in zip(inks, first, strict=True):
        edges = _edges(ink, 0.0)
        out.append(page if edges == page.edges else _page(ink, edges, narrow_too=True))
    return tuple(out)


def alone(rows: Sequence[Row]) -> Page:
    """A page, or a part of one, with its edges, judged by nothing but itself."""
    ink = _ink(tuple(rows))
    return _page(ink, _edges(ink, _SHARE), narrow_too=False)


def _ink(rows: tuple[Row, ...]) -> _Ink:
    inked = [text for _, text in rows if text]
    body = [text for k, text in enumerate(inked) if not (k < _HEAD_ROWS and _centred(text))]
    starts: Counter[int] = Counter()
    first: dict[int, int] = {}
    for number, text in enumerate(body):
        cells = [match.start() for match in _RUN.finditer(text)]
        starts.update(cells)
        for cell in cells:
            first.setdefault(cell, number)
    return _Ink(rows, len(inked), body, starts, first)


def _edges(ink: _Ink, need: float) -> tuple[int, ...]:
    """The cells that columns may begin at; ``need`` is the share of rows that begin at each."""
    if ink.lines < _FEW:
        return ()
    starts, first = ink.starts, ink.first
    least = max(4, need * ink.lines) if need else 1
    often = [
        cell
        for cell, count in Counter(starts).most_common(_CANDIDATES)
        if cell and count >= least and (count > _FEW or first[cell] <= _FEW)
    ]
    if not often:
        return ()
    found = [min(starts)]
    for cell in often:
        if all(abs(cell - x) > _NARROW for x in found) and _clear(
            ink.body, cell, starts[cell] // 10
        ):
            found.append(cell)
    return tuple(sorted(found))


def _centred(text: str) -> bool:
    """Whether a row is one run, well off the left edge, as a headline's lines are."""
    first = text.lstrip(" ")
    return len(text) - len(first) > 4 and _RUN.fullmatch(first) is not None


def _clear(texts: Iterable[str], cell: int, allowed: int) -> bool:
    """Whether no more than so many rows have ink just before the cell."""
    crossed = (True for text in texts if len(text) >= cell and text[cell - 1] != " ")
    return next(islice(crossed, allowed, None), None) is None


def _page(ink: _Ink, edges: tuple[int, ...], *, narrow_too: bool) -> Page:
    """The page, with edges if running text stands between them: a table's cells are narrow.

    Args:
        ink: The page.
        edges: The cells that columns may begin at.
        narrow_too: Whether some columns may be narrow, as one of a line or two can be.
    """
    if len(edges) > 1:
        segments = tuple([_segments(text, edges) for _, text in ink.rows])
        widths: list[list[float]] = [[] for _ in edges]
        for (_, text), some in zip(ink.rows, segments, strict=True):
            for start, end in some:
                widths[_column(start, edges)].append(ems(text[start:end]))
        usual = sorted(sorted(column)[len(column) * 3 // 4] for column in widths if column)
        measure = usual[len(usual) // 2]
        least = measure if narrow_too else usual[0]
        if least >= _NARROW and len(usual) > 1:
            return Page(rows=ink.rows, edges=edges, measure=measure, segments=segments)
    return Page(rows=ink.rows)


def _segments(text: str, edges: tuple[int, ...]) -> _Segments:
    """The row's stretches of ink between edges."""
    if not text:
        return ()
    out: list[tuple[int, int]] = []
    low = 0
    size = len(text)
    for edge in (*edges[1:], size):
        if edge < size and text[edge - 1] != " ":
            continue
        part = text[low:edge]
        ink = part.strip(" ")
        if ink:
            start = low + part.index(ink[0])
            out.append((start, start + len(ink)))
        low = edge
        if low >= size:
            break
    return out


def _column(cell: int, edges: tuple[int, ...]) -> int:
    """The column that a cell stands in."""
    return max(0, bisect_right(edges, cell) - 1)


def pieces(page: Page) -> list[Piece]:
    """The page's text in reading order: the headline, then column by column.

    >>> rows = [Row(9 * k, "一二三四五六七   甲乙丙丁戊己庚") for k in range(4)]
    >>> [(p.column, p.row) for p in pieces(alone(rows))]
    [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    """
    head = _head(page)
    begin, centre = _centre(page, head)
    out: list[Piece] = []
    edges = page.edges
    last = len(edges) - 1
    for number, ((at, _), segments) in enumerate(zip(page.rows, page.segments, strict=True)):
        if number < head:
            out.extend(_head_pieces(page, number, centre if number >= begin else None))
            continue
        for start, end in segments:
            column = _column(start, edges)
            if column < last and end > edges[column + 1]:
                out.extend(_split(page, number, start, end))
            else:
                edge = at + min(edges[column], start)
                out.append(Piece(at + start, at + end, number, column, edge))
    out.sort(key=attrgetter("column"))
    return out


def _head(page: Page) -> int:
    """The number of rows at the page's top that a headline reaches over or stands beside."""
    last = 0
    begun = False
    inked = ((n, row.text) for n, row in enumerate(page.rows) if row.text)
    for number, text in islice(inked, _HEAD_ROWS):
        begun = begun or not _centred(text)
        if not begun or any(_crosses(page, *segment) for segment in page.segments[number]):
            last = number + 1
    return last


def _crosses(page: Page, start: int, end: int) -> bool:
    return _column(start, page.edges) < _column(end - 1, page.edges)


def _head_pieces(page: Page, number: int, centre: float | None) -> Iterable[Piece]:
    """The pieces of a row in the headline's zone: the headline's own, and columns beside it.

    Args:
        page: The page.
        number: The row.
        centre: The cell that the headline is centred on, once a column has begun; until then all
            that crosses an edge is headline.
    """
    row, edges = page.rows[number], page.edges
    for match in _RUN.finditer(row.text):
        start, end = match.span()
        column = _column(start, edges)
        parts = _glued(match[0], page.measure)
        if len(parts) == 1 and _is_headline(page, number, match.span(), centre):
            yield _piece(page, number, (start, end), -1)
            continue
        if _crosses(page, start, end) or len(parts) > 1:
            nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - start))
            column = min(nearest, max(0, len(edges) - len(parts)))
        for k, (low, high) in enumerate(parts):
            sure = len(parts) == 1
            yield _piece(page, number, (start + low, start + high), column + k, sure=sure)


def _is_headline(page: Page, number: int, span: tuple[int, int], centre: float | None) -> bool:
    """Whether a run in the headline's zone is the headline's."""
    start, end = span
    if centre is not None:
        return start > 4 and abs((start + end) / 2 - centre) <= 4
    if _crosses(page, start, end):
        return True
    text = page.rows[number].text
    if _centred(text):
        return start not in page.edges or ems(text[start:end]) < page.measure - 2 * _LOOSE
    return start - page.edges[_column(start, page.edges)] > 4


def _centre(page: Page, head: int) -> tuple[int, float | None]:
    """The row in which the first column begins beside the headline, and the headline's centre."""
    centres: list[float] = []
    for number, row in enumerate(page.rows[:head]):
        run = _RUN.search(row.text)
        if run is None:
            continue
        start, end = run.span()
        if start <= 4 and not _crosses(page, start, end):
            return number, sorted(centres)[len(centres) // 2] if centres else None
        centres.append((start + end) / 2)
    return head, None


def _glued(text: str, measure: float) -> list[tuple[int, int]]:
    """The lines that a run holds, if it is lines of several columns with one blank between."""
    whole = [(0, len(text))]
    if " " not in text or ems(text) <= measure + _LOOSE:
        return whole
    out: list[tuple[int, int]] = []
    low = 0
    for word in text.split(" "):
        out.append((low, low + len(word)))
        low += len(word) + 1
    widths = [ems(text[low:high]) for low, high in out]
    fits = max(widths) <= measure + _LOOSE and min(widths[:-1]) >= measure * 0.8
    return out if fits else whole


def _split(page: Page, number: int, start: int, end: int) -> Iterable[Piece]:
    """A segment that runs across an edge, cut in two there."""
    column = _column(start, page.edges)
    text = page.rows[number].text[start:end]
    edge = page.edges[column + 1] - start
    blanks = [m.span() for m in re.finditer(r" ++", text) if _fits(page, text[: m.start()])]
    if not blanks:
        yield _piece(page, number, (start, end), column, sure=False)
        return
    low, high = max(blanks, key=lambda span: (span[1] - span[0], -abs(span[1] - edge)))
    yield _piece(page, number, (start, start + low), column, sure=False)
    yield _piece(page, number, (start + high, end), column + 1, sure=False)


def _fits(page: Page, text: str) -> bool:
    return ems(text) <= page.measure + _LOOSE


def _piece(
    page: Page, number: int, span: tuple[int, int], column: int, *, sure: bool = True
) -> Piece:
    at = page.rows[number].start
    edge = min(page.edges[column], span[0]) if column >= 0 else span[0]
    return Piece(
        start=at + span[0], end=at + span[1], row=number, column=column, edge=at + edge, sure=sure
    )
