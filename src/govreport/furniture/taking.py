"""Furniture: page jumps, page dates, credits, folios, running heads and page numbers, taken out.

Works on printed lines, before anything is known of paragraphs. A line is taken whole only where
every piece of it is furniture and one piece is beyond doubt, or where its neighbour is such a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from govreport.cuts import without
from govreport.dates import weekday_of
from govreport.diagnostics import Diagnostic
from govreport.furniture.heads import repeated
from govreport.furniture.jumps import jumps
from govreport.furniture.lines import Cut, whole_lines
from govreport.furniture.tables import TABLES, FurnitureTables
from govreport.lines import PrintedLine
from govreport.nodes import Furniture, PageDate, PageJump
from govreport.source import Span
from govreport.stacked import Stack

__all__ = ["TABLES", "Furnished", "FurnitureTables", "take"]


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
    cuts = _cuts(lines, source, tables)
    if not cuts:
        return Furnished(lines=tuple(lines))
    left: list[PrintedLine] = []
    furniture: list[Furniture] = []
    done = 0
    for k in sorted(cuts):
        left.extend(lines[done:k])
        done = k + 1
        parts = sorted(cuts[k], key=lambda cut: cut.start)
        furniture.extend(node for cut in parts for node in cut.nodes)
        rest = without(lines[k], [(cut.start, cut.end) for cut in parts])
        if rest is not None:
            left.append(rest)
    left.extend(lines[done:])
    return Furnished(
        lines=tuple(left), furniture=tuple(furniture), diagnostics=tuple(_remarks(furniture))
    )


def _cuts(
    lines: Sequence[PrintedLine], source: str, tables: FurnitureTables
) -> dict[int, list[Cut]]:
    """What to take out of each line; a line that one search took from, the next leaves alone."""
    cuts: dict[int, list[Cut]] = defaultdict(list)
    stack = Stack.of([line.text.text for line in lines])
    for cut in whole_lines(lines, stack, source, tables):
        cuts[cut.line].append(cut)
    for cut in tuple(jumps(lines, stack, source, tables, cuts.keys())):
        cuts[cut.line].append(cut)
    for cut in tuple(repeated(lines, stack, source, cuts.keys())):
        cuts[cut.line].append(cut)
    return cuts


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
