"""Between the set page and the damaged text: cells that know where they come from.

A damage moves, adds and drops cells; none keeps books about it. The truth is read off the cells
that are left, so it cannot disagree with the text.
"""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import Any, Final, Literal, NamedTuple

import attrs

from govreport.testing.compositor import HEADLINE, Page
from govreport.testing.copy import Copy, CopyBlock, write_markdown
from govreport.typography import width

GAP: Final = "□"
NOWHERE: Final = -1
_GUTTER: Final = 3  # blanks between columns where the layout is kept
_CENTRED: Final = 3  # em from which an indent is no paragraph's
_CONTEXT: Final = 8


class Cell(NamedTuple):
    """A character of the damaged text and its place in the copy; `NOWHERE` for the page's own.

    A named tuple for its speed: a page has many thousands of them.
    """

    char: str
    block: int = NOWHERE
    offset: int = NOWHERE


@attrs.frozen(slots=True, kw_only=True)
class Fragment:
    """What will stand between two line ends, and what follows it.

    `tight`: a single line end follows, whatever the dialect puts elsewhere (a number was lost here).
    """

    cells: tuple[Cell, ...]
    role: Literal["text", "moved", "furniture"] = "text"
    after: str = "\n"
    tight: bool = False
    page: int = 0
    column: int = 0
    indent: float = 0

    @property
    def text(self) -> str:
        """The fragment's characters."""
        return "".join(cell.char for cell in self.cells)

    def cut(self, start: int, end: int) -> Fragment:
        """A part of the fragment as a fragment of its own."""
        return attrs.evolve(
            self, cells=self.cells[start:end], indent=self.indent if start == 0 else 0
        )


@attrs.frozen(slots=True, kw_only=True)
class LineEnd:
    """A line end of the damaged text: `at` is the offset right after the fragment's last character.

    soft        the block goes on after it
    hard        the block ends here (where lines were glued, `text[at]` is a blank)
    furniture   one side belongs to the page
    displaced   one side is a figure out of its place
    """

    at: int
    kind: Literal["soft", "hard", "furniture", "displaced"]


@attrs.frozen(slots=True, kw_only=True)
class LostNumber:
    """A number that the page lost: where it stood in its block, and what stands around it."""

    number: str
    block: int
    offset: int
    before: str
    after: str


@attrs.frozen(slots=True, kw_only=True)
class Truth:
    """What a perfect reader would say of a damaged page.

    copy      the report as it can be had from the page, a `□` for each lost number
    blocks    the set blocks, headline block first, nothing lost
    ends      every line end of the text, in reading order
    lost      the lost numbers
    origins   for each character of the text its block and offset, `None` for what the page added
    """

    copy: Copy
    blocks: tuple[CopyBlock, ...] = attrs.field(repr=False)
    ends: tuple[LineEnd, ...] = attrs.field(repr=False)
    lost: tuple[LostNumber, ...]
    origins: tuple[tuple[int, int] | None, ...] = attrs.field(repr=False)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What hypothesis prints: the report, not the place of each character."""
        printer.text("..." if cycle else repr(self))

    @property
    def headings(self) -> tuple[tuple[int, str], ...]:
        """Level and text of each heading."""
        return tuple((block.level, block.text) for block in self.blocks if block.kind == "heading")

    @property
    def markdown(self) -> str:
        """The Markdown that a parser should give for the page."""
        return write_markdown(self.copy)


@attrs.frozen(slots=True, kw_only=True)
class DamagedPage:
    """A text as it comes off a page, and the truth about it."""

    text: str
    truth: Truth


def fragments(page: Page) -> list[Fragment]:
    """The printed lines of a page as fragments, undamaged."""
    out = []
    for line in page.lines:
        cells = [Cell(char) for char in line.typed]
        cells += [Cell(c, line.block, line.start + n) for n, c in enumerate(line.text)]
        out.append(
            Fragment(cells=tuple(cells), page=line.page, column=line.column, indent=line.indent)
        )
    return out


def finish(page: Page, parts: list[Fragment], *, side_by_side: bool = False) -> DamagedPage:
    """Print the fragments, one after the other or columns side by side, and state the truth."""
    parts = [part for part in parts if part.cells]
    rows = _rows(parts) if side_by_side else [[n] for n in range(len(parts))]
    starts = _starts(parts) if side_by_side else {}
    printed: list[Cell] = []
    ends = [0] * len(parts)
    for number, row in enumerate(rows):
        used = 0
        if side_by_side and _turns(parts, rows, number):
            printed.append(Cell("\f"))
        for n in row:
            blanks = max(2 if used else 0, starts[n] - used) if side_by_side else 0
            printed += [Cell(" ")] * blanks
            printed += parts[n].cells
            used += blanks + len(parts[n].cells)
            ends[n] = len(printed)
        if number < len(rows) - 1:
            printed += [Cell(char) for char in ("\n" if side_by_side else parts[row[-1]].after)]
    return DamagedPage(
        text="".join(cell.char for cell in printed), truth=_truth(page, parts, printed, ends)
    )


def _truth(page: Page, parts: list[Fragment], printed: list[Cell], ends: list[int]) -> Truth:
    pairs = zip(parts, parts[1:], ends, strict=False)
    lost = _lost(page, printed)
    front = len(page.blocks) - len(page.copy.blocks)
    blocks = tuple(
        attrs.evolve(block, text=_with_gaps(block.text, [x for x in lost if x.block == n]))
        for n, block in enumerate(page.copy.blocks, front)
    )
    return Truth(
        copy=attrs.evolve(page.copy, blocks=blocks),
        blocks=page.blocks,
        ends=tuple(LineEnd(at=at, kind=_kind(one, two)) for one, two, at in pairs),
        lost=lost,
        origins=tuple((c.block, c.offset) if c.block != NOWHERE else None for c in printed),
    )


def _kind(one: Fragment, two: Fragment) -> Literal["soft", "hard", "furniture", "displaced"]:
    roles = {one.role, two.role}
    if "furniture" in roles:
        return "furniture"
    if "moved" in roles:
        return "displaced"
    mine = [cell.block for cell in one.cells if cell.block != NOWHERE]
    yours = [cell.block for cell in two.cells if cell.block != NOWHERE]
    # a fragment of signs that the page added (a jump torn apart) goes on as it does in the text
    return "soft" if not mine or not yours or mine[-1] == yours[0] else "hard"


def _lost(page: Page, printed: list[Cell]) -> tuple[LostNumber, ...]:
    kept = {(cell.block, cell.offset) for cell in printed}
    lost = []
    for n, block in enumerate(page.blocks):
        gone = [offset for offset in range(len(block.text)) if (n, offset) not in kept]
        for _, run in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0]):
            offsets = [offset for _, offset in run]
            start, end = offsets[0], offsets[-1] + 1
            lost.append(
                LostNumber(
                    number=block.text[start:end], block=n, offset=start,
                    before=block.text[max(0, start - _CONTEXT) : start],
                    after=block.text[end : end + _CONTEXT],
                )
            )  # fmt: skip
    return tuple(lost)


def _with_gaps(text: str, lost: list[LostNumber]) -> str:
    for x in reversed(lost):
        text = text[: x.offset] + GAP + text[x.offset + len(x.number) :]
    return text


def _rows(parts: list[Fragment]) -> list[list[int]]:
    """Which fragments share a source line where columns stand side by side."""
    rows: list[list[int]] = []
    across = [part.role == "furniture" or part.column == HEADLINE for part in parts]
    for key, run in groupby(range(len(parts)), key=lambda n: (across[n], parts[n].page)):
        members = list(run)
        if key[0]:
            rows += [[n] for n in members]
            continue
        columns = [list(c) for _, c in groupby(members, key=lambda n: parts[n].column)]
        height = max(len(column) for column in columns)
        rows += [[c[r] for c in columns if r < len(c)] for r in range(height)]
    return rows


def _turns(parts: list[Fragment], rows: list[list[int]], number: int) -> bool:
    """Whether a new page begins with this row, and no running head says so."""
    first = parts[rows[number][0]]
    before = parts[rows[number - 1][0]] if number else first
    return before.page != first.page and not first.text.startswith("\f")


def _starts(parts: list[Fragment]) -> dict[int, int]:
    """In which cell each fragment begins: at its column's edge, or its indent further in.

    As `pdftotext -layout` prints: a code point takes a cell, whatever its width, and a column
    begins past the longest line of the one to its left.
    """
    out: dict[int, int] = {}
    edges = dict.fromkeys((part.page for part in parts), 0)
    across = [part.role == "furniture" or part.column == HEADLINE for part in parts]
    order = sorted(range(len(parts)), key=lambda n: (across[n], parts[n].page, parts[n].column))
    for key, run in groupby(order, key=lambda n: (across[n], parts[n].page, parts[n].column)):
        members = list(run)
        edge = 0 if key[0] else edges[key[1]]
        rooms = {part.indent: 0 for part in (parts[n] for n in members)}
        for indent in (each for each in rooms if each < _CENTRED):
            rooms[indent] = max(_cells(parts[n].text, indent) for n in members)
        for n in members:
            indent, text = parts[n].indent, parts[n].text
            out[n] = edge + (rooms[indent] if indent < _CENTRED else _cells(text, indent))
        longest = max(out[n] + len(parts[n].cells) for n in members)
        edges[key[1]] = edges[key[1]] if key[0] else longest + _GUTTER
    return out


def _cells(text: str, room: float) -> int:
    """How many characters stand in so many em, a cell for each em at least."""
    fits = takewhile(lambda n: width(text[:n]) <= room, range(len(text) + 1))
    return max(int(room), *fits)
