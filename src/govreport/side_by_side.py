"""A page of columns in reading order: its headline, column by column, its foot.

Cells count the code points of a line, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice, repeat
from operator import add, eq, itemgetter, sub
from typing import NamedTuple

from govreport.bulk import tuples
from govreport.gutters import HEAD_ROWS, LOOSE, RUN, Grid, centred, column_of, ems, segments

__all__ = ["Piece", "Strip", "indents_of", "pieces", "strips"]


class Piece(NamedTuple):
    """What one row gives to one column.

    Args:
        start: Source offset of the first character.
        end: One past the last.
        row: The row's number on its page.
        column: Columns from 0; -1 for a line of a headline across columns, and one past the last
            for a line of the foot.
        edge: Source offset of the column's left edge on this row, at most ``start``.
        sure: False where the page does not tell where the columns part.
    """

    start: int
    end: int
    row: int
    column: int
    edge: int
    sure: bool = True


class Strip(NamedTuple):
    """What rows give to one column, from top to bottom: of each member of its pieces a list.

    Args:
        column: As of each piece.
        texts: What stands between their starts and ends.
        starts: Source offsets of their first characters.
        rows: Their rows.
        edges: Source offsets of the column's left edge on these.
        sure: Whether the page tells where the columns part.
    """

    column: int
    texts: list[str]
    starts: list[int]
    rows: list[int]
    edges: list[int]
    sure: list[bool]

    @classmethod
    def of(cls, pieces: Iterable[Piece], texts: list[str]) -> Strip:
        """The strip of pieces of one column, one or more, with their texts."""
        starts, _, rows, columns, edges, sure = map(list, zip(*pieces, strict=True))
        return cls(columns[0], texts, starts, rows, edges, sure)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its pieces one by one."""
        column, texts, starts, rows, edges, sure = self
        ends = map(add, starts, map(len, texts))
        return tuples(Piece, starts, ends, rows, repeat(column), edges, sure)


def pieces(page: Grid) -> list[Piece]:
    """The page's text in reading order: the headline, column by column, the foot.

    >>> from govreport.gutters import Row, alone
    >>> rows = [Row(9 * k, "一二三四五六七   甲乙丙丁戊己庚") for k in range(4)]
    >>> [(p.column, p.row) for p in pieces(alone(rows))]
    [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    """
    return [piece for strip in strips(page) for piece in strip.pieces]


def strips(page: Grid) -> Iterator[Strip]:
    """The same column by column, the headline and the foot each as one."""
    head = _head(page)
    foot = max(head, _foot(page))
    others: dict[int, list[Piece]] = {}
    for piece in _others(page, head, foot):
        others.setdefault(piece.column, []).append(piece)
    columns = range(len(page.edges))
    for column in sorted({*columns, *others}):
        found = others.get(column, [])
        if column not in columns:
            yield _strip(page, found)
            continue
        flush = _flush(page, column, head, foot)
        if found:
            yield _strip(page, [*flush.pieces, *found])
        elif flush.texts:
            yield flush


def _strip(page: Grid, found: Sequence[Piece]) -> Strip:
    """Some pieces of a column, put in order by their rows."""
    found = sorted(found, key=itemgetter(2))
    rows = [page.rows[piece.row] for piece in found]
    texts = [
        row.text[piece.start - row.start : piece.end - row.start]
        for row, piece in zip(rows, found, strict=True)
    ]
    return Strip.of(found, texts)


def _others(page: Grid, head: int, foot: int) -> Iterator[Piece]:
    """The pieces of the headline's rows, of rows that something runs across, and of the foot.

    Args:
        page: The page.
        head: The first row after the headline's.
        foot: The first row of the foot.
    """
    begin, centre = _centre(page, head)
    for number in range(head):
        yield from _head_pieces(page, number, centre if number >= begin else None)
    for number in page.crossed:
        if head <= number < foot:
            yield from _across(page, number)
    yield from _foot_pieces(page, foot)


def _flush(page: Grid, column: int, head: int, foot: int) -> Strip:
    """A column's pieces on rows that nothing runs across.

    Args:
        page: The page.
        column: The column.
        head: The first row after the headline's.
        foot: The first row of the foot.
    """
    cells = page.cells[column][head:foot]
    inks = list(map(str.strip, cells, repeat(" ")))
    numbers = list(compress(range(head, foot), inks))
    cells = list(compress(cells, inks))
    inks = list(filter(None, inks))
    blanks = list(map(str.find, cells, inks))
    edge = page.edges[column]
    low = edge if column else 0  # blanks before the first edge are in the first column's cells
    lefts = [page.rows[number].start + low for number in numbers]
    starts = list(map(add, lefts, blanks))
    flush = lefts if column else list(map(add, lefts, map(min, blanks, repeat(edge))))
    return Strip(column, inks, starts, numbers, flush, [True] * len(inks))


def _across(page: Grid, number: int) -> Iterator[Piece]:
    """The pieces of a row with ink on both sides of an edge."""
    edges = page.edges
    for start, end, column in segments(page.rows[number].text, edges):
        if column < len(edges) - 1 and end > edges[column + 1]:
            yield from _split(page, number, start, end)
        else:
            yield _piece(page, number, (start, end), column)


def _foot_pieces(page: Grid, foot: int) -> Iterator[Piece]:
    """The lines of the foot."""
    for number, (at, text) in enumerate(page.rows[foot:], foot):
        if text:
            start = at + len(text) - len(text.lstrip(" "))
            yield Piece(start, at + len(text), number, len(page.edges), start)


def _head(page: Grid) -> int:
    """The number of rows at the page's top that a headline reaches over or stands beside."""
    last = 0
    begun = False
    inked = ((n, row.text) for n, row in enumerate(page.rows) if row.text)
    for number, text in islice(inked, HEAD_ROWS):
        begun = begun or not centred(text)
        if not begun or (number in page.crossed and _reaches_over(page, text)):
            last = number + 1
    return last


def _foot(page: Grid) -> int:
    """The row from which on nothing but lines across columns follow: the page's foot."""
    numbers = range(len(page.rows), 0, -1)
    return next((k for k in numbers if _is_of_columns(page, page.rows[k - 1].text)), 0)


def _is_of_columns(page: Grid, row: str) -> bool:
    """Whether a row holds more than one line across columns."""
    text = row.lstrip(" ")
    if not text:
        return False
    across = _crosses(page, len(row) - len(text), len(row)) and RUN.fullmatch(text)
    return not across or len(_glued(text, page.measure)) > 1


def _reaches_over(page: Grid, text: str) -> bool:
    """Whether a run of a crossed row reaches over an edge: it may end with the column."""
    return any(_crosses(page, start, end) for start, end, _ in segments(text, page.edges))


def _crosses(page: Grid, start: int, end: int) -> bool:
    return column_of(start, page.edges) < column_of(end - 1, page.edges)


def _head_pieces(page: Grid, number: int, centre: float | None) -> Iterable[Piece]:
    """The pieces of a row in the headline's zone: the headline's own, and columns beside it.

    Args:
        page: The page.
        number: The row.
        centre: The cell that the headline is centred on, once a column has begun; until then all
            that crosses an edge is headline.
    """
    row, edges = page.rows[number], page.edges
    for match in RUN.finditer(row.text):
        start, end = match.span()
        column = column_of(start, edges)
        parts = _glued(match[0], page.measure)
        if len(parts) == 1 and _is_headline(page, number, match.span(), centre):
            yield _piece(page, number, (start, end), -1)
            continue
        if _crosses(page, start, end) or len(parts) > 1:
            nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - start))
            column = min(nearest, max(0, len(edges) - len(parts)))
        for k, (low, high) in enumerate(parts, column):
            # More lines than the page has columns: the last ones stand in the last.
            of, sure = min(k, len(edges) - 1), len(parts) == 1
            yield _piece(page, number, (start + low, start + high), of, sure=sure)


def _is_headline(page: Grid, number: int, span: tuple[int, int], centre: float | None) -> bool:
    """Whether a run in the headline's zone is the headline's."""
    start, end = span
    if centre is not None:
        return start > 4 and abs((start + end) / 2 - centre) <= 4
    if _crosses(page, start, end):
        return True
    text = page.rows[number].text
    if centred(text):
        return start not in page.edges or ems(text[start:end]) < page.measure - 2 * LOOSE
    return start - page.edges[column_of(start, page.edges)] > 4


def _centre(page: Grid, head: int) -> tuple[int, float | None]:
    """The row in which the first column begins beside the headline, and the headline's centre."""
    centres: list[float] = []
    for number, row in enumerate(page.rows[:head]):
        run = RUN.search(row.text)
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
    if " " not in text or ems(text) <= measure + LOOSE:
        return whole
    out: list[tuple[int, int]] = []
    low = 0
    for word in text.split(" "):
        out.append((low, low + len(word)))
        low += len(word) + 1
    widths = [ems(text[low:high]) for low, high in out]
    fits = max(widths) <= measure + LOOSE and min(widths[:-1]) >= measure * 0.8
    return out if fits else whole


def _split(page: Grid, number: int, start: int, end: int) -> Iterable[Piece]:
    """A segment that runs across an edge, cut in two there."""
    column = column_of(start, page.edges)
    text = page.rows[number].text[start:end]
    edge = page.edges[column + 1] - start
    blanks = [m.span() for m in re.finditer(r" ++", text) if _fits(page, text[: m.start()])]
    if not blanks:
        yield _piece(page, number, (start, end), column, sure=False)
        return
    low, high = max(blanks, key=lambda span: (span[1] - span[0], -abs(span[1] - edge)))
    yield _piece(page, number, (start, start + low), column, sure=False)
    yield _piece(page, number, (start + high, end), column + 1, sure=False)


def _fits(page: Grid, text: str) -> bool:
    return ems(text) <= page.measure + LOOSE


def _piece(
    page: Grid, number: int, span: tuple[int, int], column: int, *, sure: bool = True
) -> Piece:
    at = page.rows[number].start
    edge = min(page.edges[column], span[0]) if column >= 0 else span[0]
    return Piece(
        start=at + span[0], end=at + span[1], row=number, column=column, edge=at + edge, sure=sure
    )


def indents_of(source: str, starts: Sequence[int], edges: Sequence[int]) -> list[float | None]:
    """The indents of a column's pieces in em, from cells.

    Args:
        source: The source.
        starts: Where each piece starts in it.
        edges: Where the column's edge is on each piece's row.
    """
    leads = list(map(sub, starts, edges))
    two = 2
    if max(leads) > 2:  # up to two cells are as many em
        begins = {source[start : start + 6] for start in compress(starts, map(eq, starts, edges))}
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
