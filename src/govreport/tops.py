"""Columns whose tops a headline tore off, so that extraction set these before all the rest.

Where a headline's last line (a name, mostly) stands between the columns' first two lines,
extraction reads those across the page first and sets them before the rest of the columns: blocks of
the same number of lines, apart by empty lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from govreport.glued import cut
from govreport.gutters import LOOSE, Row, ems
from govreport.side_by_side import Piece

__all__ = ["height", "topped"]

#: Lines that a column has at least, and lines that may stand before the columns.
_COLUMN: Final = 12
_HEAD: Final = 18
_COLONS: Final = "：:"


def height(count: int, opens: Sequence[int]) -> int:
    """The rows of a page before its columns, if it may be one whose columns lost their tops.

    Args:
        count: The page's rows with text.
        opens: The rows that stand under an empty line, ascending.

    >>> height(27, [3, 15]), height(27, [3, 14])
    (3, 0)
    """
    return max((head for head, _ in _splits(count, opens)), default=0)


def _splits(count: int, opens: Sequence[int]) -> Iterator[tuple[int, list[range]]]:
    """How a page may part into the rows before its columns, and the rows of each column."""
    blocks = [range(*pair) for pair in pairwise([0, *opens, count])]
    tall = len(blocks[-1])
    if len(blocks) < 2 or tall < _COLUMN or any(len(b) != tall for b in blocks[1:]):
        return
    first = len(blocks[0])
    for head in (first, first - tall):
        columns = [range(head, first), *blocks[1:]] if head < first else blocks[1:]
        if 0 < head <= _HEAD and len(columns) > 1:
            yield head, columns


def topped(rows: Sequence[Row], opens: Sequence[int]) -> tuple[Piece, ...]:
    """A page's pieces in order, if a headline tore off the tops of its columns; else none.

    Args:
        rows: The page's rows with text.
        opens: The rows that stand under an empty line, ascending.
    """
    measure = sorted(ems(row.text) for row in rows)[len(rows) * 3 // 4]
    for split, columns in _splits(len(rows), opens):
        across = [
            Row(row.start + low, row.text[low:high])
            for row in rows[:split]
            for low, high in (cut(row.text, measure) if " " in row.text else [(0, len(row.text))])
        ]
        head, tops = across[: -2 * len(columns) - 1], across[-2 * len(columns) - 1 :]
        if head and _torn([row.text for row in tops], measure):
            return tuple(_put_back(rows, head, tops, columns))
    return ()


def _torn(texts: Sequence[str], measure: float) -> bool:
    """Whether lines are the first of each column, a headline's line, and the second of each."""
    count = len(texts) // 2
    others = [ems(text) for text in (*texts[1:count], *texts[count + 2 :])]
    full = sum(width >= measure - 2 * LOOSE for width in others)
    return (
        texts[0][-1] in _COLONS
        and ems(texts[count]) < measure - 2 * LOOSE
        and max(others) <= measure + LOOSE
        and full >= max(2, len(others) - 1)
    )


def _put_back(
    rows: Sequence[Row], head: Sequence[Row], tops: Sequence[Row], columns: Sequence[range]
) -> Iterator[Piece]:
    """The headline's lines, then each column under its first two lines."""
    count = len(columns)
    order = [(row, -1, True) for row in (*head, tops[count])]
    for column, block in enumerate(columns):
        order += [(tops[column], column, False), (tops[count + 1 + column], column, False)]
        order += [(rows[k], column, True) for k in block]
    for number, (row, column, sure) in enumerate(order):
        start = row.start + len(row.text) - len(row.text.lstrip(" "))
        end = row.start + len(row.text)
        edge = min(start, row.start)
        yield Piece(start=start, end=end, row=number, column=column, edge=edge, sure=sure)
