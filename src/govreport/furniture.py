"""Furniture: page jumps, page dates, credits, folios, running heads and page numbers, taken out.

Works on printed lines, before anything is known of paragraphs. A line is taken whole only where
every piece of it is furniture and one piece is beyond doubt, or where its neighbour is such a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from govreport.dates import weekday_of
from govreport.diagnostics import Diagnostic
from govreport.front_cuts import without
from govreport.furniture_heads import repeated
from govreport.furniture_jumps import jumps
from govreport.furniture_tables import TABLES, FurnitureTables, compile_tables
from govreport.furniture_tokens import Reading, Strength, read
from govreport.lines import PrintedLine
from govreport.nodes import Furniture, PageDate, PageJump
from govreport.source import Span

__all__ = ["TABLES", "Furnished", "FurnitureTables", "take"]

#: No line of furniture is longer than this, in characters.
LONGEST = 160


@attrs.frozen(kw_only=True)
class Furnished:
    """Lines without their furniture.

    Args:
        lines: What is left, in reading order.
        furniture: What was taken out, in reading order.
        diagnostics: Page jumps, and dates whose weekday is another.
    """

    lines: tuple[PrintedLine, ...]
    furniture: tuple[Furniture, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@attrs.frozen(kw_only=True)
class Cut:
    """A part of a line that is furniture.

    Args:
        start: First code point in the line's text.
        end: One past the last.
        nodes: What stood there; empty for the second half of something that two lines hold.
    """

    start: int
    end: int
    nodes: tuple[Furniture, ...]


def take(
    lines: Sequence[PrintedLine], source: str, *, tables: FurnitureTables = TABLES
) -> Furnished:
    """Take the furniture out of printed lines.

    Args:
        lines: The printed lines, in reading order.
        source: The text that they came from, for the spans.
        tables: The words that furniture is known by.

    >>> from govreport.columns import fragments
    >>> from govreport.lines import assemble
    >>> page = "完成任务。（下转第4版）\\n2018年1月9日 星期二 校对／王小明\\n"
    >>> done = take(assemble(fragments(page)), page)
    >>> [line.text.text for line in done.lines]
    ['完成任务。']
    >>> [type(node).__name__ for node in done.furniture]
    ['PageJump', 'PageDate', 'Credit']
    """
    cuts: list[list[Cut]] = [[] for _ in lines]
    _whole_lines(lines, source, tables, cuts)
    for k, start, end, node in jumps(lines, source, compile_tables(tables), _free(cuts)):
        cuts[k].append(Cut(start=start, end=end, nodes=() if node is None else (node,)))
    free = _free(cuts)
    for k, nodes in repeated(lines, source, free):
        cuts[k].append(Cut(start=0, end=len(lines[k].text), nodes=nodes))
    left = []
    for line, parts in zip(lines, cuts, strict=True):
        if not parts:
            left.append(line)
        elif (rest := without(line, [(c.start, c.end) for c in parts])) is not None:
            left.append(rest)
    furniture = tuple(node for parts in cuts for cut in parts for node in cut.nodes)
    return Furnished(
        lines=tuple(left), furniture=furniture, diagnostics=tuple(_remarks(furniture))
    )


def _free(cuts: Sequence[Sequence[Cut]]) -> list[bool]:
    return [not parts for parts in cuts]


def _whole_lines(
    lines: Sequence[PrintedLine], source: str, tables: FurnitureTables, cuts: list[list[Cut]]
) -> None:
    """Cut the lines that hold furniture alone; doubtful ones only beside a line that is sure."""
    token = compile_tables(tables).token
    readings = [
        read(line, source, token, tables) if len(line.text) <= LONGEST else None for line in lines
    ]
    for k in _chosen(readings, lines):
        reading = readings[k]
        assert reading is not None
        cuts[k].append(Cut(start=0, end=len(lines[k].text), nodes=reading.nodes))


def _chosen(readings: Sequence[Reading | None], lines: Sequence[PrintedLine]) -> list[int]:
    """Which lines to take: the sure ones, and from them outwards the weak ones beside them."""
    taken = [
        r is not None and r.strength is Strength.SURE and not _goes_on(r, lines, k)
        for k, r in enumerate(readings)
    ]
    for order in (range(1, len(readings)), range(len(readings) - 2, -1, -1)):
        step = order.step
        for k in order:
            here, near = readings[k], readings[k - step]
            if taken[k] or here is None or near is None:
                continue
            taken[k] = (taken[k - step] and here.strength is Strength.WEAK) or (
                # A date and its weekday on two lines; the next pass takes the other one.
                here.strength is Strength.HALF and near.strength is Strength.HALF
                and here.half != near.half
            )
    return [k for k, yes in enumerate(taken) if yes]


def _goes_on(reading: Reading, lines: Sequence[PrintedLine], k: int) -> bool:
    """Whether a bare date is the end of a line whose sentence goes on in the next one."""
    if not reading.bare or k + 1 == len(lines):
        return False
    after = lines[k + 1].text.text
    return after.startswith(("，", "、", "。", "；", "上午", "下午", "晚", "召开", "举行", "在", "至"))


def _remarks(furniture: Sequence[Furniture]) -> Iterator[Diagnostic]:
    for node in furniture:
        span = node.spans[0] if node.spans else Span(0, 0)
        if isinstance(node, PageJump):
            way = "goes on on" if node.direction == "to" else "comes from"
            page = f"page {node.page}" if node.page else "another page"
            yield Diagnostic.of("page-jump", f"the text {way} {page}", span)
        elif isinstance(node, PageDate) and node.iso and node.weekday:
            falls = weekday_of(node.iso)
            if falls and falls != node.weekday:
                said = f"{node.iso} falls on weekday {falls} of 7, the page says {node.weekday}"
                yield Diagnostic.of("weekday", said, span)


