"""A page of columns in reading order: its headline, column by column, its foot.

Cells count the code points of a line, from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from govreport.gutters import HEAD_ROWS, LOOSE, RUN, Page, centred, column_of, ems

__all__ = ["Piece", "pieces"]


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


def pieces(page: Page) -> list[Piece]:
    """The page's text in reading order: the headline, column by column, the foot.

    >>> from govreport.gutters import Row, alone
    >>> rows = [Row(9 * k, "一二三四五六七   甲乙丙丁戊己庚") for k in range(4)]
    >>> [(p.column, p.row) for p in pieces(alone(rows))]
    [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (1, 2), (1, 3)]
    """
    head = _head(page)
    begin, centre = _centre(page, head)
    foot = max(head, _foot(page))
    out: list[Piece] = []
    edges = page.edges
    last = len(edges) - 1
    for number, ((at, _), segments) in enumerate(zip(page.rows, page.segments, strict=True)):
        if number < head:
            out.extend(_head_pieces(page, number, centre if number >= begin else None))
            continue
        if number >= foot and segments:
            (start, *_), (_, end, _) = segments[0], segments[-1]
            out.append(Piece(at + start, at + end, number, len(edges), at + start))
            continue
        for start, end, column in segments:
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
    for number, text in islice(inked, HEAD_ROWS):
        begun = begun or not centred(text)
        if not begun or any(_crosses(page, start, end) for start, end, _ in page.segments[number]):
            last = number + 1
    return last


def _foot(page: Page) -> int:
    """The row from which on nothing but lines across columns follow: the page's foot."""
    numbers = range(len(page.rows), 0, -1)
    return next((k for k in numbers if _is_of_columns(page, page.rows[k - 1].text)), 0)


def _is_of_columns(page: Page, row: str) -> bool:
    """Whether a row holds more than one line across columns."""
    text = row.lstrip(" ")
    if not text:
        return False
    across = _crosses(page, len(row) - len(text), len(row)) and RUN.fullmatch(text)
    return not across or len(_glued(text, page.measure)) > 1


def _crosses(page: Page, start: int, end: int) -> bool:
    return column_of(start, page.edges) < column_of(end - 1, page.edges)


def _head_pieces(page: Page, number: int, centre: float | None) -> Iterable[Piece]:
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
    if centred(text):
        return start not in page.edges or ems(text[start:end]) < page.measure - 2 * LOOSE
    return start - page.edges[column_of(start, page.edges)] > 4


def _centre(page: Page, head: int) -> tuple[int, float | None]:
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


def _split(page: Page, number: int, start: int, end: int) -> Iterable[Piece]:
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


def _fits(page: Page, text: str) -> bool:
    return ems(text) <= page.measure + LOOSE


def _piece(
    page: Page, number: int, span: tuple[int, int], column: int, *, sure: bool = True
) -> Piece:
    at = page.rows[number].start
    edge = min(page.edges[column], span[0]) if column >= 0 else span[0]
    return Piece(
        start=at + span[0], end=at + span[1], row=number, column=column, edge=at + edge, sure=sure
    )
