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
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, compress, count, islice, pairwise, repeat
from operator import itemgetter
from typing import Final, NamedTuple

import attrs

__all__ = [
    "HEAD_ROWS",
    "LOOSE",
    "RUN",
    "Grid",
    "Row",
    "alone",
    "centred",
    "column_of",
    "ems",
    "laid_out",
    "measured",
    "segments",
]

#: Words with single blanks between them: what stands between wide blanks.
RUN: Final = re.compile(r"[^ ]++(?: [^ ]++)*+")
#: A wide blank inside a line: the sign that a text may have columns.
_WIDE: Final = re.compile(r"(?<=[^ \r\n\f])  ++(?=[^ \r\n\f])")
#: What takes half an em.
_HALF_EM: Final = re.compile("[\x00-\u1fff]")
#: What takes one.
_FULL_EM: Final = re.compile("[\u2000-\U0010ffff]++")
#: Rows from a page's top among which a headline across columns is looked for.
HEAD_ROWS: Final = 12
#: Candidates for edges looked at on one page; more is no page of columns.
_CANDIDATES: Final = 64
#: Cells, or em, under which nothing is a column of running text.
_NARROW: Final = 7
#: Em by which a line may pass the measure.
LOOSE: Final = 1.5
#: The share of a page's lines that begin at an edge, where no other page has shown columns.
_SHARE: Final = 0.25
#: Lines that a page of columns has at least; a column of no more lines stands at the page's top.
_FEW: Final = 3


class Row(NamedTuple):
    """A source line: the offset of its first code point, and its text without blanks at the end."""

    start: int
    text: str


@attrs.frozen(kw_only=True)
class Grid:
    """A page's rows, and the cells its columns begin at (none: columns do not stand side by side).

    Args:
        rows: Every line of the page, empty ones too.
        edges: Ascending; two or more, or none.
        measure: The columns' usual width in em.
        cells: Each column's cells on each row, as they stand; empty on rows that are crossed.
        crossed: The rows whose ink runs across an edge, ascending.
    """

    rows: tuple[Row, ...]
    edges: tuple[int, ...] = ()
    measure: float = 0.0
    cells: Sequence[Sequence[str]] = ()
    crossed: tuple[int, ...] = ()


_Segments = Sequence[tuple[int, int, int]]
"""Stretches of a row, without blanks around: first cell, one past the last, column."""


class _Ink(NamedTuple):
    """A page's rows, and where its runs begin.

    Args:
        rows: Every line of the page.
        lines: How many of them are not empty.
        body: Those that are not empty, and not a headline's.
        starts: How many runs of these begin in each cell.
        early: The cells that one of the first of these begins in.
    """

    rows: tuple[Row, ...]
    lines: int
    body: Sequence[str]
    starts: Counter[int]
    early: Collection[int]


def ems(text: str) -> float:
    """The text's width in em: half an em a character below U+2000, one em above.

    >>> ems("增长12%")
    3.5
    """
    return len(text) - len(_HALF_EM.findall(text)) / 2


def _widths(texts: Iterable[str]) -> list[float]:
    """The widths of many texts in em, line ends in none of them."""
    held = list(texts)
    halves = _FULL_EM.sub("", "\n".join(held)).split("\n")
    return [size - half / 2 for size, half in zip(map(len, held), map(len, halves), strict=False)]


def laid_out(source: str) -> bool:
    """Whether a line has a wide blank inside; cheap for texts that have none.

    >>> laid_out("    一行\\n"), laid_out("一行    二行\\n")
    (False, True)
    """
    return "  " in source and _WIDE.search(source) is not None


def measured(pages: Sequence[tuple[Row, ...]]) -> tuple[Grid, ...]:
    """The pages with their edges, where columns stand side by side.

    A page on its own needs many lines for each edge; once one page has columns, the last column of
    another may hold a line or two.
    """
    inks = [_ink(rows) for rows in pages]
    first = [_page(ink, _edges(ink, _SHARE), narrow_too=False) for ink in inks]
    if not any(page.edges for page in first):
        return tuple(first)
    out: list[Grid] = []
    for ink, page in zip(inks, first, strict=True):
        edges = _edges(ink, 0.0)
        out.append(page if edges == page.edges else _page(ink, edges, narrow_too=True))
    return tuple(out)


def alone(rows: Sequence[Row]) -> Grid:
    """A page, or a part of one, with its edges, judged by nothing but itself."""
    ink = _ink(tuple(rows))
    return _page(ink, _edges(ink, _SHARE), narrow_too=False)


def _ink(rows: tuple[Row, ...]) -> _Ink:
    inked = [text for _, text in rows if text]
    body = [text for text in inked[:HEAD_ROWS] if not centred(text)] + inked[HEAD_ROWS:]
    starts = [[match.start() for match in RUN.finditer(text)] for text in body]
    early = set(chain.from_iterable(starts[: _FEW + 1]))
    return _Ink(rows, len(inked), body, Counter(chain.from_iterable(starts)), early)


def _edges(ink: _Ink, need: float) -> tuple[int, ...]:
    """The cells that columns may begin at; ``need`` is the share of rows that begin at each."""
    if ink.lines < _FEW:
        return ()
    starts = ink.starts
    least = max(4, need * ink.lines) if need else 1
    often = [
        cell
        for cell, times in starts.most_common(_CANDIDATES)
        if cell and times >= least and (times > _FEW or cell in ink.early)
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


def centred(text: str) -> bool:
    """Whether a row is one run, well off the left edge, as a headline's lines are."""
    first = text.lstrip(" ")
    return len(text) - len(first) > 4 and RUN.fullmatch(first) is not None


def _clear(texts: Iterable[str], cell: int, allowed: int) -> bool:
    """Whether no more than so many rows have ink just before the cell."""
    crossed = (True for text in texts if len(text) >= cell and text[cell - 1] != " ")
    return next(islice(crossed, allowed, None), None) is None


def _page(ink: _Ink, edges: tuple[int, ...], *, narrow_too: bool) -> Grid:
    """The page, with edges if running text stands between them: a table's cells are narrow.

    Args:
        ink: The page.
        edges: The cells that columns may begin at.
        narrow_too: Whether some columns may be narrow, as one of a line or two can be.
    """
    if len(edges) > 1:
        texts = [text for _, text in ink.rows]
        crossed = _crossed(texts, edges)
        cells = _cells(texts, edges, crossed)
        widths = [
            _widths(filter(None, map(str.strip, filter(None, column), repeat(" "))))
            for column in cells
        ]
        for text in map(texts.__getitem__, crossed):
            for start, end, column in segments(text, edges):
                widths[column].append(ems(text[start:end]))
        usual = sorted(sorted(column)[len(column) * 3 // 4] for column in widths if column)
        measure = usual[len(usual) // 2]
        least = measure if narrow_too else usual[0]
        if least >= _NARROW and len(usual) > 1:
            return Grid(rows=ink.rows, edges=edges, measure=measure, cells=cells, crossed=crossed)
    return Grid(rows=ink.rows)


def _crossed(texts: Sequence[str], edges: tuple[int, ...]) -> tuple[int, ...]:
    """The rows with ink on both sides of an edge, ascending."""
    out: set[int] = set()
    for edge in edges[1:]:
        seams = list(map(itemgetter(slice(edge - 1, edge + 1)), texts))
        odd = {seam for seam in set(seams) if len(seam) == 2 and seam[0] != " "}
        if odd:
            out.update(compress(count(), map(odd.__contains__, seams)))
    return tuple(sorted(out))


def _cells(
    texts: Sequence[str], edges: tuple[int, ...], crossed: Iterable[int]
) -> tuple[list[str], ...]:
    """Each column's cells on each row, from its left edge to the next one's."""
    bounds = pairwise([0, *edges[1:], None])
    out = tuple([list(map(itemgetter(slice(*pair)), texts)) for pair in bounds])
    for column in out:
        for k in crossed:
            column[k] = ""
    return out


def segments(text: str, edges: tuple[int, ...]) -> _Segments:
    """The row's stretches of ink between edges: start, end and column of each."""
    out: list[tuple[int, int, int]] = []
    low = column = 0
    size = len(text)
    for number, edge in enumerate((*edges[1:], size), 1):
        if low >= size:
            break
        if edge < size and text[edge - 1] != " ":
            continue
        part = text[low:edge]
        ink = part.strip(" ")
        if ink:
            start = low + part.index(ink[0])
            out.append((start, start + len(ink), column))
        low, column = edge, number
    return out


def column_of(cell: int, edges: tuple[int, ...]) -> int:
    """The column that a cell stands in."""
    return max(0, bisect_right(edges, cell) - 1)
