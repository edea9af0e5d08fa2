"""What a page leaves open: the reasons why nobody could tell its blocks from its lines.

The words of the text are not asked, only what a compositor leaves behind: widths, indents that
survive, marks at line ends, labels. A page without an open point can be read exactly, whoever reads it; how
often a parser does so is its share of exact recoveries (`tools/recovery.py`).
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

import attrs

from govreport.numbering import read
from govreport.testing.compositor import HEADLINE, Layout, Page, SetLine, set_page, units
from govreport.testing.copy import Copy, CopyBlock
from govreport.typography import SQUEEZABLE, TERMINAL, width

ENOUGH: Final = 12  # lines of a measure, from which it can be told
FULL: Final = 6  # full ones among them
_MORE: Final = 8  # characters that are put in at most to leave room on a last line
_FILLER: Final = "再接再厉不停步"


@attrs.frozen(slots=True, kw_only=True)
class OpenPoint:
    """Why a page cannot be read with certainty, and the block or line where."""

    reason: str
    block: int = -1

    def __str__(self) -> str:
        return self.reason if self.block < 0 else f"block {self.block}: {self.reason}"


def open_points(page: Page) -> tuple[OpenPoint, ...]:
    """What the undamaged page leaves open; nothing where it determines its blocks.

    It determines them where

    - each measure has twelve lines and six full ones to be told by, and no line is set loose;
    - each block's last line would have held the next block's first unit, with an em to spare,
      or the next block shows itself by a typed indent;
    - no line ends inside a block as a block would: after 。！？ with room to spare;
    - paragraphs end with a mark; headings bear a label and no mark at their end, and no other
      block begins with a label of the headings' styles.

    >>> from govreport.testing import read_markdown
    >>> copy = read_markdown("全市上下团结奋斗。\\n\\n好。\\n")
    >>> [str(point) for point in open_points(set_page(copy, Layout(measure=9, indent=0)))]
    ['9 em has 2 lines, 0 of them full', 'block 0: its last line is full']
    """
    body = [line for line in page.lines if line.column != HEADLINE]
    points = [*_measures(body), *_loose(page)]
    for line, after in pairwise(body):
        points += _line_end(line, after)
    points += _roles(page)
    return tuple(points)


def is_determined(page: Page) -> bool:
    """Whether the page determines its blocks; see `open_points`."""
    return not open_points(page)


def determine(copy: Copy, layout: Layout) -> Copy:
    """The copy, with some characters more in blocks whose last line would be full.

    >>> copy = Copy(blocks=(CopyBlock(kind="paragraph", text="全市上下团结奋斗。"),) * 2)
    >>> [block.text for block in determine(copy, Layout(measure=9, indent=0)).blocks]
    ['全市上下团结奋斗再。', '全市上下团结奋斗。']
    """
    blocks = list(copy.blocks)
    front = len(set_page(attrs.evolve(copy, blocks=()), layout).blocks)
    for _ in range(_MORE):
        page = set_page(attrs.evolve(copy, blocks=tuple(blocks)), layout)
        full = {p.block for p in open_points(page) if p.block >= 0 and "line" in p.reason}
        if not full:
            break
        for n in full:
            blocks[n - front] = _longer(blocks[n - front])
    return attrs.evolve(copy, blocks=tuple(blocks))


def _longer(block: CopyBlock) -> CopyBlock:
    text, mark = block.text, block.text[-1] if block.text[-1] in TERMINAL else ""
    words = text[: len(text) - len(mark)]
    have = next((n for n in range(len(_FILLER), 0, -1) if words.endswith(_FILLER[:n])), 0)
    more = _FILLER[have % len(_FILLER)]
    return attrs.evolve(block, text=f"{words}{more}{mark}")


def _room(line: SetLine) -> float:
    return line.measure - line.indent - width(line.typed)


def _slack(line: SetLine, after: str) -> float:
    """How much room the unit that follows would have left, its last mark squeezed."""
    unit = units(after)[0]
    wide = width(unit) - (0.5 if unit[-1] in SQUEEZABLE else 0)
    return _room(line) - width(line.text) - wide


def _measures(body: list[SetLine]) -> list[OpenPoint]:
    lines = Counter(line.measure for line in body)
    full = Counter(line.measure for line in body if not line.last)
    return [
        OpenPoint(reason=f"{measure:g} em has {count} lines, {full[measure]} of them full")
        for measure, count in lines.items()
        if count < ENOUGH or full[measure] < FULL
    ]


def _loose(page: Page) -> list[OpenPoint]:
    return [OpenPoint(reason="lines are set loose")] if page.layout.stretch else []


def _line_end(line: SetLine, after: SetLine) -> list[OpenPoint]:
    slack = _slack(line, after.text)
    if line.last:
        told = slack >= 1 or bool(after.typed)
        return [] if told else [OpenPoint(reason="its last line is full", block=line.block)]
    # a first line with its indent is as short as a last one may be; the mark at its end decides
    short = slack + line.indent >= 1 and line.text[-1] in TERMINAL
    return [OpenPoint(reason="a line ends like a block", block=line.block)] if short else []


def _roles(page: Page) -> list[OpenPoint]:
    styles = set()
    for block in page.blocks:
        label = read(block.text) if block.kind == "heading" else None
        styles.add(label.style if label else "")
    points = []
    for n, block in enumerate(page.blocks):
        label, end = read(block.text), block.text[-1:] in TERMINAL | {"：", "；"}
        if block.kind == "heading" and (label is None or end):
            points.append(OpenPoint(reason="a heading without a label, or with a mark", block=n))
        if block.kind in ("paragraph", "item", "salutation"):
            if not end:
                points.append(OpenPoint(reason="a paragraph without a mark", block=n))
            if label and label.style in styles:
                points.append(OpenPoint(reason="a paragraph with a heading's label", block=n))
    return points
