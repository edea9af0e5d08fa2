"""A small compositor: sets a copy into lines, columns and pages by the rules of setting Chinese.

Lines are filled greedily, as a compositor fills them: a line ends only where the next unbreakable
unit would not have fitted, and where the block ends. That is the fact from which a reader of the
page infers the paragraphs.
"""

from __future__ import annotations

import re
from random import Random
from typing import Final, Literal

import attrs

from govreport.testing.copy import Copy, CopyBlock, front_blocks
from govreport.typography import SQUEEZABLE, first_unit, width

HEADLINE: Final = -1  # the column of lines that stand across all columns
FULLWIDTH: Final = str.maketrans("0123456789%", "０１２３４５６７８９％")
_POINT: Final = re.compile(r"(?<=[０-９])\.(?=[０-９])")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=[0-9０-９])(?=[0-9０-９])")


@attrs.frozen(slots=True, kw_only=True)
class Layout:
    """How a page is set. Measures are in em.

    indent          what stands before a paragraph: 0, 1 or 2 em, or "typed" for two ideographic spaces
    squeeze         a closing mark at a line's end takes half an em
    break_numbers   a number may be cut at a line's end, as newspapers do
    stretch         share of the lines that are set loose, up to an em short of what would fit
    headings        where headings stand: "indented" like paragraphs, "flush", or "centred"
    measures        measures as they change through the text: (share of the text, measure), in order
    rows            lines a column; 0 for one page whatever its length
    headline        the headline block before the text or after it, `headline_measure` em wide

    >>> Layout(measure=17, columns=6, rows=60).measure_at(0.5)
    17
    >>> Layout(measures=((0.7, 20), (0.3, 24))).measure_at(0.9)
    24
    """

    measure: float = 20
    indent: Literal[0, 1, 2, "typed"] = 2
    squeeze: bool = True
    break_numbers: bool = False
    stretch: float = 0.0
    fullwidth: bool = False
    columns: int = 1
    rows: int = 0
    headings: Literal["indented", "flush", "centred"] = "indented"
    measures: tuple[tuple[float, float], ...] = ()
    headline: Literal["head", "end"] = "head"
    headline_measure: float = 36
    seed: int = 0

    def measure_at(self, share: float) -> float:
        """The measure where `share` of the text has been set."""
        end = 0.0
        for part, measure in self.measures:
            end += part
            if share < end:
                return measure
        return self.measures[-1][1] if self.measures else self.measure


@attrs.frozen(slots=True, kw_only=True)
class SetLine:
    """A printed line: `text` from character `start` of block `block`, `indent` em in from the edge.

    `column` counts through the page, `HEADLINE` for a line across the columns; `typed` is an indent set in spaces.

    >>> SetLine(text="修桥", block=0, start=0, first=True, last=True, measure=8, indent=2).width
    2.0
    """

    text: str
    block: int
    start: int
    first: bool
    last: bool
    measure: float
    indent: float = 0
    column: int = 0
    page: int = 0
    typed: str = ""

    @property
    def width(self) -> float:
        """The width of the text in em, no mark squeezed."""
        return width(self.typed + self.text)


@attrs.frozen(slots=True, kw_only=True)
class Page:
    """A set copy: all blocks in reading order (headline block first), all lines in the page's.

    >>> copy = Copy(blocks=(CopyBlock(kind="paragraph", text="一二三四五六七八九十"),))
    >>> [line.text for line in set_page(copy, Layout(measure=8)).lines]
    ['一二三四五六', '七八九十']
    """

    copy: Copy
    layout: Layout
    blocks: tuple[CopyBlock, ...]
    lines: tuple[SetLine, ...]


def units(text: str, *, break_numbers: bool = False) -> tuple[str, ...]:
    """The text cut wherever a line may end.

    >>> units("增长5.2%，达到“优”。")
    ('增', '长', '5.2%，', '达', '到', '“优”。')
    >>> units("12人", break_numbers=True)
    ('1', '2', '人')
    """
    out: list[str] = []
    while text:
        unit = first_unit(text)
        out += _BETWEEN_DIGITS.split(unit) if break_numbers else [unit]
        text = text[len(unit) :]
    return tuple(out)


def set_page(copy: Copy, layout: Layout) -> Page:
    """Set the copy by the layout: same copy and layout, same page.

    >>> copy = Copy(
    ...     front=(("title", "报告"),), blocks=(CopyBlock(kind="paragraph", text="共建12座桥。"),)
    ... )
    >>> [line.text for line in set_page(copy, Layout(measure=8, indent=0, headline="end")).lines]
    ['共建12座桥。', '报告']
    """
    rng = Random(layout.seed)
    front = front_blocks(copy)
    total = sum(len(block.text) for block in copy.blocks)
    done, body = 0, list[SetLine]()
    for index, block in enumerate(copy.blocks, len(front)):
        body += _set_block(index, block, layout, (done, total), rng)
        done += len(block.text)
    placed = _in_columns(body, layout)
    last = placed[-1].page if placed and layout.headline == "end" else 0
    head = [line for i, block in enumerate(front) for line in _set_front(i, block, layout, last)]
    lines = placed + head if layout.headline == "end" else head + placed
    return Page(copy=copy, layout=layout, blocks=front + copy.blocks, lines=tuple(lines))


def _set_block(
    index: int, block: CopyBlock, layout: Layout, progress: tuple[int, int], rng: Random
) -> list[SetLine]:
    """The lines of one block; the measure is looked up for each: it may change in a paragraph."""
    done, total = progress
    plain = block.kind == "heading" and layout.headings != "indented"
    typed = "\u3000\u3000" if layout.indent == "typed" and not plain else ""
    indent = 0.0 if plain or layout.indent == "typed" else float(layout.indent)
    rest = list(units(_set_text(block.text, layout), break_numbers=layout.break_numbers))
    lines: list[SetLine] = []
    start = 0
    while rest:
        measure = layout.measure_at((done + start) / max(1, total))
        inset, prefix = (0.0, "") if lines else (indent, typed)
        room = measure - inset - width(prefix) - _looseness(layout, rng)
        part = _take(rest, max(1, room), squeeze=layout.squeeze)
        if plain and layout.headings == "centred":
            inset = max(0.0, (measure - width(part)) / 2)
        line = SetLine(
            text=part,
            block=index,
            start=start,
            first=not lines,
            last=not rest,
            measure=measure,
            indent=inset,
            typed=prefix,
        )
        lines.append(line)
        start += len(part)
    return lines


def _set_front(index: int, block: CopyBlock, layout: Layout, page: int) -> list[SetLine]:
    """The lines of one line of the headline block, centred across the columns."""
    rest = list(units(_set_text(block.text, layout)))
    lines: list[SetLine] = []
    start, room = 0, layout.headline_measure
    while rest:
        part = _take(rest, room, squeeze=layout.squeeze)
        line = SetLine(
            text=part,
            block=index,
            start=start,
            first=not lines,
            last=not rest,
            measure=room,
            indent=max(0.0, (room - width(part)) / 2),
            column=HEADLINE,
            page=page,
        )
        lines.append(line)
        start += len(part)
    return lines


def _take(rest: list[str], room: float, *, squeeze: bool) -> str:
    """Take from `rest` what fits on a line of `room` em; a unit wider than the line is cut."""
    line, used = "", 0.0
    while rest:
        wide = width(rest[0])
        spare = 0.5 if squeeze and rest[0][-1] in SQUEEZABLE else 0.0
        if used + wide - spare > room:
            break
        line, used = line + rest.pop(0), used + wide
    if not line:
        unit = rest.pop(0)
        fits = next((n for n in range(len(unit) - 1, 0, -1) if width(unit[:n]) <= room), 1)
        line = unit[:fits]
        rest[:0] = [unit[fits:]] if unit[fits:] else []
    return line


def _set_text(text: str, layout: Layout) -> str:
    """Full-width digits one for one, so that every character keeps its place in the block."""
    return _POINT.sub("．", text.translate(FULLWIDTH)) if layout.fullwidth else text


def _looseness(layout: Layout, rng: Random) -> float:
    return 1.0 if layout.stretch and rng.random() < layout.stretch else 0.0


def _in_columns(lines: list[SetLine], layout: Layout) -> list[SetLine]:
    """Lines into columns and pages; without a number of rows all columns are equally long."""
    rows = layout.rows or -(-len(lines) // layout.columns) or 1
    placed = []
    for n, line in enumerate(lines):
        page, column = divmod(n // rows, layout.columns)
        placed.append(attrs.evolve(line, page=page, column=column))
    return placed
