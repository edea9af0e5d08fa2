"""Gutters: where columns stand side by side on a page whose layout was kept as blanks.

``pdftotext -layout`` sets one code point a cell, whatever its width, and begins each column of a
page in the same cell on every line: past the longest line of the column to its left. So a column's
left edge is a cell where many lines begin a run and nearly none has ink in the cell before it.
An indent takes as many cells as the column's densest line has characters in that room: 4 where a
line begins with a year, 2 where all lines begin with Han.

Cells count the code points of a line, from 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

import attrs
import regex

__all__ = ["Page", "Piece", "Row", "alone", "ems", "laid_out", "measured", "pieces"]

#: Words with single blanks between them: what stands between wide blanks.
_RUN: Final = regex.compile(r"[^ ]++(?: [^ ]++)*+")
#: A wide blank inside a line: the sign that a text may have columns.
_WIDE: Final = regex.compile(r"(?<=[^ \r\n\f])  ++(?=[^ \r\n\f])")
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
#: Lines of a page's last column that are too few to be a column anywhere but at the top.
_FEW: Final = 3


@attrs.frozen
class Row:
    """A source line: the offset of its first code point, and its text without blanks at the end."""

    start: int
    text: str


@attrs.frozen(kw_only=True)
class Piece:
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
    """

    rows: tuple[Row, ...]
    edges: tuple[int, ...] = ()
    measure: float = 0.0


def ems(text: str) -> float:
    """The text's width in em: half an em a character below U+2000, one em above.

    >>> ems("增长12%")
    3.5
    """
    return len(text) - sum(map("\u2000".__gt__, text)) / 2


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
    first = [alone(rows) for rows in pages]
    if not any(page.edges for page in first):
        return tuple(first)
    return tuple(_page(rows, need=0.0) for rows in pages)


def alone(rows: Sequence[Row]) -> Page:
    """A page, or a part of one, with its edges, judged by nothing but itself."""
    return _page(tuple(rows), need=_SHARE)


def _page(rows: tuple[Row, ...], need: float) -> Page:
    """The page with its edges; ``need`` is the share of its rows that must begin at each."""
    inked = [row.text for row in rows if row.text]
    if len(inked) < 3:
        return Page(rows=rows)
    body = [text for k, text in enumerate(inked) if not (k < _HEAD_ROWS and _centred(text))]
    starts: Counter[int] = Counter()
    first: dict[int, int] = {}
    for number, text in enumerate(body):
        for match in _RUN.finditer(text):
            starts[match.start()] += 1
            first.setdefault(match.start(), number)
    least = max(4, need * len(inked)) if need else 1
    often = [
        cell
        for cell, count in starts.most_common(_CANDIDATES)
        if cell and count >= least and (count > _FEW or first[cell] <= _FEW)
    ]
    if not often:
        return Page(rows=rows)
    found = [min(starts)]
    for cell in often:
        if all(abs(cell - x) > _NARROW for x in found) and _clear(body, cell, starts[cell] // 10):
            found.append(cell)
    return _running(Page(rows=rows, edges=tuple(sorted(found))), narrow_too=not need)


def _centred(text: str) -> bool:
    """Whether a row is one run, well off the left edge, as a headline's lines are."""
    first = text.lstrip(" ")
    return len(text) - len(first) > 4 and _RUN.fullmatch(first) is not None


def _clear(texts: Iterable[str], cell: int, allowed: int) -> bool:
    """Whether no more than so many rows have ink just before the cell."""
    crossed = (True for text in texts if len(text) >= cell and text[cell - 1] != " ")
    return next(islice(crossed, allowed, None), None) is None


def _running(page: Page, *, narrow_too: bool) -> Page:
    """The page, its edges kept if running text stands between them: a table's cells are narrow.

    Args:
        page: The page.
        narrow_too: Whether some columns may be narrow, as one of a line or two can be.
    """
    if len(page.edges) > 1:
        widths: list[list[float]] = [[] for _ in page.edges]
        for row in page.rows:
            for start, end in _segments(row.text, page.edges):
                column = _column(start, page.edges)
                widths[column].append(ems(row.text[start:end]))
        usual = sorted(sorted(column)[len(column) * 3 // 4] for column in widths if column)
        measure = usual[len(usual) // 2]
        least = measure if narrow_too else usual[0]
        if least >= _NARROW and len(usual) > 1:
            return attrs.evolve(page, measure=measure)
    return Page(rows=page.rows)


def _segments(text: str, edges: tuple[int, ...]) -> list[tuple[int, int]]:
    """The row's stretches of ink between edges, as (start, end) cells without blanks around."""
    out: list[tuple[int, int]] = []
    low = 0
    for edge in (*edges[1:], len(text)):
        if edge < len(text) and text[edge - 1] != " ":
            continue
        part = text[low:edge]
        ink = part.strip(" ")
        if ink:
            start = low + len(part) - len(part.lstrip(" "))
            out.append((start, start + len(ink)))
        low = min(edge, len(text))
    return out


def _column(cell: int, edges: tuple[int, ...]) -> int:
    """The column that a cell stands in."""
    return max(0, bisect_right(edges, cell) - 1)


def pieces(page: Page) -> list[Piece]:
    """The page's text in reading order: the headline, then column by column.

    >>> rows = [Row(9 * k, "一二三四五六七   甲乙丙丁戊己庚") for k in range(4)]
    >>> [(p.column, p.row) for p in pieces(Page(rows=tuple(rows), edges=(0, 10), measure=7))]
    [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    """
    head = _head(page)
    begin, centre = _centre(page, head)
    out: list[Piece] = []
    for number, row in enumerate(page.rows):
        if number < head:
            out.extend(_head_pieces(page, number, centre if number >= begin else None))
        else:
            for start, end in _segments(row.text, page.edges):
                out.extend(_split(page, number, start, end))
    out.sort(key=lambda piece: piece.column)
    return out


def _head(page: Page) -> int:
    """The number of rows at the page's top that a headline reaches over or stands beside."""
    last = 0
    begun = False
    inked = ((n, row.text) for n, row in enumerate(page.rows) if row.text)
    for number, text in islice(inked, _HEAD_ROWS):
        begun = begun or not _centred(text)
        segments = _segments(text, page.edges)
        if not begun or any(_crosses(page, *segment) for segment in segments):
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
    """A segment as the piece of its column, or cut in two where it runs across an edge."""
    column = _column(start, page.edges)
    if not _crosses(page, start, end):
        yield _piece(page, number, (start, end), column)
        return
    text = page.rows[number].text[start:end]
    edge = page.edges[column + 1] - start
    blanks = [m.span() for m in regex.finditer(r" ++", text) if _fits(page, text[: m.start()])]
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
