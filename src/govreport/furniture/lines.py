"""Lines that hold nothing but furniture, and furniture that extraction put behind other text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs
import regex

from govreport.furniture.tables import FurnitureTables, Patterns, compile_tables
from govreport.furniture.tokens import Reading, Strength, read
from govreport.lines import PrintedLine
from govreport.nodes import Furniture
from govreport.source import Traced, join
from govreport.stacked import Stack
from govreport.typography import CLOSING, TERMINAL

__all__ = ["Cut", "whole_lines"]

#: No line of furniture is longer than this, in characters.
_LONGEST: Final = 160
#: How much of the line before can belong to a date that the line's end cut.
_REACH: Final = 12
#: What comes after a date that ends a line of running text.
_GOES_ON: Final = (
    "，", "、", "。", "；", "上午", "下午", "晚", "召开", "举行", "在", "至", "起", "前", "后",
)  # fmt: skip
#: How many lines a torn date can stand on.
_BACK: Final = 6
_HAN: Final = regex.compile(r"\p{Han}")


@attrs.frozen
class Cut:
    """A part of a line that is furniture.

    Args:
        line: Index of the line.
        start: First code point in the line's text.
        end: One past the last.
        nodes: What stood there; empty for the second half of something that two lines hold.
    """

    line: int
    start: int
    end: int
    nodes: tuple[Furniture, ...]


def whole_lines(
    lines: Sequence[PrintedLine], stack: Stack, source: str, tables: FurnitureTables
) -> Iterator[Cut]:
    """Lines of furniture alone, doubtful ones only beside a sure one; and ends of lines.

    Args:
        lines: The printed lines.
        stack: Their texts.
        source: The text that they came from.
        tables: The words that furniture is known by.
    """
    patterns = compile_tables(tables)
    ends = _apart(_ends(lines, stack, source, patterns, tables))
    covered = {cut.line for cut in ends}
    readings: dict[int, Reading] = {}
    named = [k for k in stack.holding(patterns.papers) if patterns.paper.match(stack.texts[k])]
    for k in sorted({*stack.opening(patterns.first), *named}):
        if len(stack.texts[k]) <= _LONGEST and k not in covered:
            reading = read(lines[k].text, lines[k].closed, source, patterns, tables)
            if reading is not None:
                readings[k] = reading
    for k in _chosen(readings, lines, covered):
        yield Cut(k, 0, readings[k].end, readings[k].nodes)
    yield from ends


def _apart(found: Iterable[tuple[Cut, ...]]) -> list[Cut]:
    """The cuts without those that reach into lines which an earlier one took."""
    out: list[Cut] = []
    done: set[int] = set()
    for cuts in found:
        here = {cut.line for cut in cuts}
        if not here & done:
            done |= here
            out.extend(cuts)
    return out


def _chosen(
    readings: Mapping[int, Reading], lines: Sequence[PrintedLine], sure: set[int]
) -> list[int]:
    """Which lines to take: the sure ones, and from them outwards the weak ones beside them.

    Args:
        readings: What lines can be read as, in reading order.
        lines: The printed lines.
        sure: Lines of which furniture was taken already.
    """
    taken = sure | {
        k for k, r in readings.items() if r.strength is Strength.SURE and not _goes_on(r, lines, k)
    }
    there = list(readings)
    for step in (1, -1):
        for k in there[::step]:
            here, near = readings[k], readings.get(k - step)
            beside = k - step in taken and here.strength is Strength.WEAK
            # A date and its weekday on two lines; the other one is taken on the way back.
            halves = near is not None and {here.half, near.half} == {"date", "weekday"}
            if beside or halves:
                taken.add(k)
    return [k for k in readings if k in taken]


def _goes_on(reading: Reading, lines: Sequence[PrintedLine], k: int) -> bool:
    """Whether a bare date is the end of a line whose sentence goes on in the next one."""
    if not reading.bare or k + 1 == len(lines):
        return False
    return lines[k + 1].text.text.startswith(_GOES_ON)


def _ends(
    lines: Sequence[PrintedLine],
    stack: Stack,
    source: str,
    patterns: Patterns,
    tables: FurnitureTables,
) -> Iterator[tuple[Cut, ...]]:
    """Furniture behind other text, or with its date begun on the lines before.

    Extraction glues a page's foot to the last line of its text, tears figures off it, and takes
    apart what is wider than the column.
    """
    for k in sorted(stack.holding(patterns.openings)):
        text = stack.texts[k]
        if len(text) <= _LONGEST and patterns.opening.search(text):
            after = lines[k + 1].text if k + 1 < len(lines) else Traced("", 0)
            credited = bool(patterns.opening.match(after.text))
            cuts = _end(_Window.of(lines, k), credited, source, patterns, tables)
            if cuts:
                yield cuts


@attrs.frozen
class _Window:
    """A line with the short lines before it, back into the end of a longer one, joined.

    Args:
        text: The joined text.
        closed: Offsets of closed blanks in it.
        parts: For each line that it holds: index, offset of its part in the joined text, offset
            of the part in the line.
        bodied: What the first line holds before its part.
    """

    text: Traced
    closed: tuple[int, ...]
    parts: tuple[tuple[int, int, int], ...]
    bodied: str

    @classmethod
    def of(cls, lines: Sequence[PrintedLine], k: int) -> _Window:
        """The window that ends with line ``k``."""
        first = k
        while first and k - first < _BACK and (first == k or len(lines[first].text) <= _REACH):
            first -= 1
        texts: list[Traced] = []
        closed: list[int] = []
        parts: list[tuple[int, int, int]] = []
        at = 0
        for n in range(first, k + 1):
            skip = max(0, len(lines[n].text) - _REACH) if n == first < k else 0
            part = lines[n].text[skip:]
            closed.extend(c - skip + at for c in lines[n].closed if c >= skip)
            parts.append((n, at, skip))
            texts.append(part)
            at += len(part)
        bodied = lines[first].text.text[: parts[0][2]]
        return cls(join(texts), tuple(closed), tuple(parts), bodied)


def _end(
    window: _Window, credited: bool, source: str, patterns: Patterns, tables: FurnitureTables
) -> tuple[Cut, ...]:
    """The furniture that begins somewhere in a window and ends with it.

    Args:
        window: A line and what stands before it.
        credited: The line after it begins with credits.
        source: The text that the lines came from.
        patterns: The compiled tables.
        tables: The words that furniture is known by.
    """
    text = window.text
    _, last, _ = window.parts[-1]
    match = next((m for m in patterns.opening.finditer(text.text) if m.end() > last), None)
    if match is None or match.start() == last:
        return ()
    start = match.start()
    # The line on which it begins, and what stands there before it.
    k = max(n for n, (_, at, _) in enumerate(window.parts) if at <= start)
    front = text.text[window.parts[k][1] : start]
    if k == 0:
        front = window.bodied + front
    closed = tuple(at - start for at in window.closed if at >= start)
    reading = read(text[start:], closed, source, patterns, tables)
    if reading is None or reading.strength is not Strength.SURE:
        return ()
    if _HAN.search(front) and (
        front.rstrip()[-1] not in TERMINAL | CLOSING or (reading.bare and not credited)
    ):
        return ()
    stop = start + reading.end
    out: list[Cut] = []
    for (line, at, skip), after in zip(
        window.parts[k:], (*window.parts[k + 1 :], None), strict=True
    ):
        low = max(start, at)
        high = min(stop, after[1] if after else len(text))
        out.append(Cut(line, low - at + skip, high - at + skip, () if out else reading.nodes))
    return tuple(out)
