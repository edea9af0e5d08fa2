"""The figures of a report in order, each with the sections it stands in and its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, Literal

import attrs

from govreport.nodes import Block, Date, Node, Number, Section
from govreport.source import Span

__all__ = ["FigureRow", "figures"]

#: A sentence ends behind the closing marks that follow its stop.
_SENTENCE_END: Final = re.compile(r"[。！？；]+[”’」』）》]*")
#: Of a longer sentence only the words around the figure are given, in code points on either side:
#: damaged text may have none that ends.
_AROUND: Final = 250


@attrs.frozen(kw_only=True)
class FigureRow:
    """A figure or date where it stands.

    Args:
        kind: A number or a date.
        text: As printed.
        value: What it comes to; the low end of a range; none for a date.
        high: The high end of a range.
        unit: The unit without factors.
        approximate: Whether it is printed as approximate.
        iso: A date's ISO 8601 form, where the text gives it.
        section: The headings above it, outermost first.
        sentence: The sentence around it, closing marks included; of an endless one 250 code points
            on either side.
        span: Where it stands in the source.
    """

    kind: Literal["number", "date"]
    text: str
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    approximate: bool = False
    iso: str | None = None
    section: tuple[str, ...] = ()
    sentence: str = ""
    span: Span | None = None


def figures(body: Sequence[Block]) -> Iterator[FigureRow]:
    """All figures and dates below some blocks, in reading order.

    >>> from govreport.nodes import Paragraph, Text
    >>> tree = (Paragraph(content=(Text(text="建成"), Number(text="3座", unit="座"))),)
    >>> [(row.text, row.sentence) for row in figures(tree)]
    [('3座', '建成3座')]
    """
    stack: list[tuple[Node, tuple[str, ...]]] = [(block, ()) for block in reversed(body)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, Section):
            below = (*path, node.title) if node.title else path
            if node.heading is not None:
                yield from _rows(node.heading, path)
            stack.extend((child, below) for child in reversed(node.children))
        else:
            yield from _rows(node, path)


def _rows(block: Node, path: tuple[str, ...]) -> Iterator[FigureRow]:
    leaves = list(block.leaves())
    text = "".join(leaf.text for leaf in leaves)
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    at = 0
    for leaf in leaves:
        end = at + len(leaf.text)
        if isinstance(leaf, Number | Date):
            k = bisect_right(ends, at)
            start, stop = ends[k - 1] if k else 0, ends[k] if k < len(ends) else len(text)
            yield _row(leaf, path, text[max(start, at - _AROUND) : min(stop, end + _AROUND)])
        at = end


def _row(leaf: Number | Date, path: tuple[str, ...], sentence: str) -> FigureRow:
    if isinstance(leaf, Date):
        return FigureRow(
            kind="date",
            text=leaf.text,
            iso=leaf.iso,
            section=path,
            sentence=sentence,
            span=leaf.span,
        )
    return FigureRow(
        kind="number",
        text=leaf.text,
        value=leaf.value,
        high=leaf.high,
        unit=leaf.unit,
        approximate=leaf.approximate,
        section=path,
        sentence=sentence,
        span=leaf.span,
    )
