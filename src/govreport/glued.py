"""Lines of two columns that extraction ran together, where a page's cells do not tell the columns.

On some pages reading order fails: each line holds the left column's line, one blank, and the right
column's. Where the left line was short, extraction often kept the two apart, as lines of their own,
left before right. The sign is a run of lines with one blank in their middle and the same width, a
full line's, on either side of it; no other text looks so.

Widths in em, offsets in code points of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from govreport.gutters import Row, alone, ems
from govreport.side_by_side import Piece, pieces
from govreport.stacked import line_numbers

__all__ = ["Band", "bands", "cut", "run_together"]

#: Em under which half a line is no line of a column.
_LEAST: Final = 9.0
#: Em by which the two halves of a full line may differ, and a line may pass the measure.
_LOOSE: Final = 1.5
#: Rows that a band needs, and rows without halves that it may have between two with.
_ROWS: Final = 6
#: A blank after one of these is damage of its own kind; few lines of a column end in one.
_MARKS: Final = frozenset("，。、；：！？）》”,.;:!?)")
#: A blank that is not after one. Seven in ten of a band's rows are full, so that their halves part
#: at a blank, and half of them at most part after a mark: so a fifth of them have such a blank.
_UNMARKED: Final = re.compile(f" (?<=[^{''.join(sorted(_MARKS))}\n] )")
#: A blank with room for a line on either side, and the rest of its row.
_MIDDLE: Final = re.compile(r" (?=[^\n]{9})(?<=[^\n]{9} )[^\n]++")
#: How near two rows are of those which a fifth of a band's rows are like.
_NEAR: Final = 19


@attrs.frozen(kw_only=True)
class Band:
    """Rows of which each holds two columns.

    Args:
        low: The first row.
        high: One past the last.
        pieces: What they give, the left column before the right.
    """

    low: int
    high: int
    pieces: tuple[Piece, ...]


def run_together(lines: Sequence[str]) -> bool:
    """Whether enough lines are wide, or look like two lines, for a band.

    Args:
        lines: A page's lines with text.

    >>> line = "上文上文上文上文上文 下文下文下文下文下文"
    >>> run_together([line] * 6), run_together(["上 下"] * 6)
    (True, False)
    """
    whole = "\n".join(lines)
    if "  " in whole and sum(["  " in line.strip() for line in lines if "  " in line]) >= _ROWS:
        return True
    rows = dict(_parted(whole))
    halved = [at for at, row in rows.items() if _is_unmarked(row) and _halves(row.rstrip())]
    unmarked = set(line_numbers(whole, halved))
    # A fifth of a band's rows are such, and at least every second row looks like two lines.
    if not any(below - above <= _NEAR for above, below in pairwise(sorted(unmarked))):
        return False
    halved = [at for at, row in rows.items() if _halves(row.rstrip())]
    return any(
        _is_dense(group) and 5 * len(unmarked.intersection(group)) >= len(group)
        for group in _groups(line_numbers(whole, halved))
    )


def _parted(whole: str) -> Iterator[tuple[int, str]]:
    """The rows with a blank in their middle, and where each begins."""
    for match in _MIDDLE.finditer(whole):
        start = whole.rfind("\n", 0, match.start()) + 1
        yield start, whole[start : match.end()]


def _is_unmarked(row: str) -> bool:
    """Whether a row has a blank that is after no mark."""
    return _UNMARKED.search(row.strip(" ")) is not None


def _is_dense(marks: Sequence[int]) -> bool:
    """Whether rows are enough for a band, and few others stand between them."""
    return len(marks) >= _ROWS and 2 * len(marks) >= marks[-1] + 1 - marks[0]


def bands(rows: Sequence[Row]) -> Iterator[Band]:
    """The bands among a page's rows (those with text), in order.

    >>> left, right = "上文上文上文上文上文", "下文下文下文下文下文"
    >>> rows = [Row(22 * k, f"{left} {right}") for k in range(6)]
    >>> [(b.low, b.high, len(b.pieces), b.pieces[6].start) for b in bands(rows)]
    [(0, 6, 12, 11)]
    """
    done = 0
    wide = [k for k, row in enumerate(rows) if "  " in row.text.strip(" ")]
    for group in _groups(wide):
        page = alone(rows[group[0] : group[-1] + 1]) if len(group) >= _ROWS else None
        if page is not None and page.edges:
            yield from _run_together(rows, done, group[0])
            done = group[-1] + 1
            found = (p._replace(row=p.row + group[0]) for p in pieces(page))
            yield Band(low=group[0], high=done, pieces=tuple(found))
    yield from _run_together(rows, done, len(rows))


def _groups(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Rows that stand near each other."""
    group: list[int] = []
    for number in numbers:
        if group and number - group[-1] > _ROWS:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _run_together(rows: Sequence[Row], low: int, high: int) -> Iterator[Band]:
    """The bands with one blank between columns, from one row to another."""
    part = rows[low:high]
    marks = [k for k, row in enumerate(part) if " " in row.text and _halves(row.text)]
    for group in _groups(marks):
        for band in _band(part, group):
            found = (p._replace(row=p.row + low) for p in band.pieces)
            yield Band(low=band.low + low, high=band.high + low, pieces=tuple(found))


def _halves(text: str) -> tuple[float, float] | None:
    """The widths on either side of a line's middle blank, if it looks like two full lines."""
    if len(text) < 2 * _LEAST:
        return None
    words = text.strip(" ").split(" ")
    if not 2 <= len(words) <= 3:
        return None
    if max(map(len, words)) > len(text) - _LEAST:
        return None
    widths = [ems(word) for word in words]
    for cut in range(1, len(words)):
        left, right = sum(widths[:cut]), sum(widths[cut:])
        if min(left, right) >= _LEAST and abs(left - right) <= 2 * _LOOSE:
            return left, right
    return None


def _band(rows: Sequence[Row], marks: list[int]) -> Iterator[Band]:
    """The band that the marked rows make, if they do."""
    if not _is_dense(marks):
        return
    halves = [half for k in marks if (half := _halves(rows[k].text))]
    measure = sorted(max(pair) for pair in halves)[len(halves) // 2]
    full = sum(abs(measure - left) <= _LOOSE >= abs(measure - right) for left, right in halves)
    low, high = _reach(rows, marks)
    cuts = [cut(row.text, measure) for row in rows[low:high]]
    lone = [k for k, cut in enumerate(cuts, low) if len(cut) == 1]
    wide = sum(ems(rows[k].text.strip(" ")) > measure + _LOOSE for k in lone)
    after_mark = sum(rows[k].text[cuts[k - low][0][1] - 1] in _MARKS for k in marks)
    if 10 * full < 7 * len(marks) or 20 * wide > len(marks) or 2 * after_mark > len(marks):
        return
    yield Band(low=low, high=high, pieces=tuple(_placed(rows[low:high], cuts, low, measure)))


def _reach(rows: Sequence[Row], marks: list[int]) -> tuple[int, int]:
    """The band's rows: a pair of lone lines at the page's own edge belongs to it."""
    low, high = marks[0], marks[-1] + 1
    return (0 if low == 2 else low), (len(rows) if len(rows) - high == 2 else high)


def cut(text: str, measure: float) -> list[tuple[int, int]]:
    """The one or two lines on a row, as (start, end) code points of it."""
    start = len(text) - len(text.lstrip(" "))
    ink = text[start:]
    gap = ink.find("  ")
    if gap > 0 and ink[gap:].lstrip(" ").find("  ") < 0:
        right = len(text) - len(ink[gap:].lstrip(" "))
        return [(start, start + gap), (right, len(text))]
    width = ems(ink.replace(" ", ""))
    if width <= measure + _LOOSE:
        return [(start, len(text))]
    best: list[tuple[float, int]] = []
    left = 0.0
    for at, sign in enumerate(ink):
        if sign != " ":
            left += 0.5 if sign < "\u2000" else 1.0
        elif width - left <= measure + _LOOSE and left >= measure / 2:
            best.append((abs(measure - left), at))
    if best:
        at = start + min(best)[1]
        return [(start, at), (at + 1, len(text))]
    if " " not in ink and width > measure * 1.3:
        return _overfull(text, start, measure)
    return [(start, len(text))]


def _overfull(text: str, start: int, measure: float) -> list[tuple[int, int]]:
    """A row whose left line ran into the right one: the right one is taken to be full."""
    right = 0.0
    at = len(text)
    while at > start and right < measure:
        at -= 1
        right += 0.5 if text[at] < "\u2000" else 1.0
    return [(start, at), (at, len(text))] if at > start else [(start, len(text))]


def _placed(
    rows: Sequence[Row], cuts: Sequence[list[tuple[int, int]]], low: int, measure: float
) -> list[Piece]:
    """The band's pieces, the left column before the right.

    Args:
        rows: The band's rows.
        cuts: The lines on each.
        low: The number of the first.
        measure: The columns' width.
    """
    # The right column's cell shows only where a wide blank kept it; elsewhere its line is flush.
    wide = {k: c[1][0] for k, c in enumerate(cuts) if len(c) == 2 and c[1][0] - c[0][1] > 1}
    edge = min(wide.values(), default=0)
    columns: tuple[list[Piece], list[Piece]] = ([], [])
    for number, (start, end), column, sure in _turns(rows, cuts, measure):
        cell = (edge if number in wide else start) if column else 0
        at = rows[number].start
        columns[column].append(
            Piece(
                start=at + start,
                end=at + end,
                row=low + len(columns[column]),
                column=column,
                edge=at + cell,
                sure=sure,
            )
        )
    return [*columns[0], *columns[1]]


def _turns(
    rows: Sequence[Row], cuts: Sequence[list[tuple[int, int]]], measure: float
) -> Iterator[tuple[int, tuple[int, int], int, bool]]:
    """Row, stretch, column and whether that is sure, for each line on the rows.

    Of two lone lines between full rows, one is left and one right.
    """
    number = 0
    while number < len(cuts):
        parts = cuts[number]
        if len(parts) == 2:
            sure = parts[0][1] < parts[1][0]
            yield number, parts[0], 0, sure
            yield number, parts[1], 1, sure
            number += 1
        elif number + 1 < len(cuts) and len(cuts[number + 1]) == 1:
            near = range(max(0, number - 1), min(len(cuts), number + 3))
            context = [[rows[k].text[slice(*c)] for c in cuts[k]] for k in near]
            left = _first_is_left(context, measure)
            yield number, parts[0], int(not left), False
            yield number + 1, cuts[number + 1][0], int(left), False
            number += 2
        else:
            yield number, parts[0], int(parts[0][0] > measure / 2), False
            number += 1


def _first_is_left(context: list[list[str]], measure: float) -> bool:
    """Whether, of two lone lines, the first is the left column's, as is usual.

    Args:
        context: The lines of the rows from the one before to the one after.
        measure: The columns' width.
    """
    lone = [parts[0] for parts in context if len(parts) == 1]
    above = context[0] if len(context[0]) == 2 else None
    below = context[-1] if len(context[-1]) == 2 else None

    def strain(order: list[str]) -> int:
        pairs = zip(above, order, strict=True) if above else ()
        more = zip(order, below, strict=True) if below else ()
        return sum(_strain(a, b, measure) for a, b in (*pairs, *more))

    return len(lone) != 2 or strain(lone) <= strain(lone[::-1])


def _strain(upper: str, lower: str, measure: float) -> int:
    """How badly a line stands under another: an indented first line belongs under a short line."""
    ends = upper[-1] in "。！？"
    short = ems(upper) < measure - (_LOOSE if ends else 2 * _LOOSE)
    width = ems(lower.replace(" ", ""))
    if short and width > measure - 1:
        return 2
    return int(not short and not ends and abs(width - measure + 2) < 1)
