"""Pages put together: a report that goes on on another page, also in the middle of a sentence.

Each page is read by itself as far as its lines, its furniture is taken out, and what stands
between its jumps (下转, 上接) is a part. The parts are put in reading order; the source is the
pages' texts in that order with form feeds between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs
import regex

from govreport import furniture
from govreport.columns import Fragment, read
from govreport.furniture import Furnished, FurnitureTables
from govreport.hints import Forced
from govreport.joining.chains import Part, order
from govreport.lines import PrintedLine, assemble
from govreport.nodes import Leaf, PageJump, PageNumber
from govreport.numbering import read as read_label
from govreport.placing import Placed, place
from govreport.source import Traced
from govreport.typography import CLOSING, TERMINAL

__all__ = ["Joined", "forced", "joined"]

#: How a folio is printed that names the page: 第4版, A3版.
_FOLIO: Final = regex.compile(r"第?\s*([A-Z]?)\s*0*([0-9]+)\s*版|([A-Z])0*([0-9]+)")


@attrs.frozen(kw_only=True)
class Joined:
    """Pages as far as their lines, furniture taken out, in reading order.

    Args:
        source: The pages' texts, form feeds between them, in reading order.
        placed: The fragments, displaced figures in their places.
        whole: All printed lines, page by page.
        furnished: The lines without furniture, in reading order, and the furniture.
        remarks: Pairs (source offset, what is uncertain about the reading order there).
        goes_on: Source offsets: the ends of lines whose sentence goes on on another page.
        ends: Source offsets: the ends of lines behind which another text begins.
    """

    source: str
    placed: Placed
    whole: tuple[PrintedLine, ...]
    furnished: Furnished
    remarks: tuple[tuple[int, str], ...] = ()
    goes_on: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()


@attrs.frozen
class _Before:
    """What stands before a page in the joined source: code points, form feeds, fragments."""

    signs: int = 0
    feeds: int = 0
    fragments: int = 0


@attrs.frozen(kw_only=True)
class _Page:
    """A page at its place in the joined source."""

    placed: Placed
    whole: tuple[PrintedLine, ...]
    furnished: Furnished
    remarks: tuple[tuple[int, str], ...]


def joined(texts: Sequence[str], *, tables: FurnitureTables = furniture.TABLES) -> Joined:
    """Put pages together across their jumps.

    Args:
        texts: The pages' texts, in any order.
        tables: The words that furniture is known by.

    >>> pages = ["的河道治理，\\n完成任务。", "加快城区\\n（下转第4版）", ]
    >>> done = joined(["（上接第1版）\\n" + pages[0], pages[1]])
    >>> [line.text.text for line in done.furnished.lines]
    ['加快城区', '的河道治理，', '完成任务。']
    """
    chains = order([part for n, text in enumerate(texts) for part in _parts(n, text, tables)])
    sequence = list(dict.fromkeys(part.page for chain in chains for part in chain))
    sequence += [n for n in range(len(texts)) if n not in sequence]
    source = "\f".join(texts[n] for n in sequence)
    pages: dict[int, _Page] = {}
    before = _Before()
    for n in sequence:
        page = pages[n] = _page(texts[n], source, before, tables)
        before = _Before(
            before.signs + len(texts[n]) + 1,
            before.feeds + texts[n].count("\f") + 1,
            before.fragments + len(page.placed.fragments),
        )
    lines, goes_on, ends = _lines(chains, pages)
    in_order = [pages[n] for n in sequence]
    return Joined(
        source=source,
        placed=Placed(
            fragments=tuple(f for page in in_order for f in page.placed.fragments),
            figures=tuple(f for page in in_order for f in page.placed.figures),
            unplaced=tuple(f for page in in_order for f in page.placed.unplaced),
        ),
        whole=tuple(line for page in in_order for line in page.whole),
        furnished=Furnished(
            lines=tuple(lines),
            furniture=tuple(x for page in in_order for x in page.furnished.furniture),
            diagnostics=tuple(x for page in in_order for x in page.furnished.diagnostics),
        ),
        remarks=tuple(x for page in in_order for x in page.remarks),
        goes_on=frozenset(goes_on),
        ends=frozenset(ends),
    )


def forced(done: Joined, lines: Sequence[PrintedLine]) -> Forced:
    """What the jumps say of line ends: where a sentence goes on, where another text begins.

    Args:
        done: The pages put together.
        lines: The body's printed lines.
    """
    ends = [line.text.end for line in lines]
    return Forced(
        soft=frozenset(k for k, end in enumerate(ends) if end in done.goes_on),
        hard=frozenset(k for k, end in enumerate(ends) if end in done.ends),
    )


def _page(text: str, source: str, before: _Before, tables: FurnitureTables) -> _Page:
    """Read a page as far as its lines without furniture.

    Args:
        text: Its text.
        source: The joined source.
        before: What stands before the page there.
        tables: The words that furniture is known by.
    """
    reading = read(text)
    placed = place(tuple(_moved(fragment, before) for fragment in reading.fragments))
    count = before.fragments
    whole = tuple(
        attrs.evolve(line, first=line.first + count, last=line.last + count)
        for line in assemble(placed.fragments)
    )
    return _Page(
        placed=placed,
        whole=whole,
        furnished=furniture.take(whole, source, tables=tables),
        remarks=tuple((at + before.signs, said) for at, said in reading.remarks),
    )


def _moved(fragment: Fragment, before: _Before) -> Fragment:
    anchors = tuple((at, offset + before.signs) for at, offset in fragment.text.anchors)
    text = Traced(fragment.text.text, anchors)
    return attrs.evolve(fragment, text=text, page=fragment.page + before.feeds)


# ---- the parts of a page


def _parts(number: int, text: str, tables: FurnitureTables) -> Iterator[Part]:
    """The parts of a page that hold lines."""
    page = _page(text, text, _Before(), tables)
    names = {name for x in page.furnished.furniture if (name := _folio(x))}
    name = names.pop() if len(names) == 1 else ""
    for index, (before, lines, after) in enumerate(_cut(page)):
        opens = before.page if before is not None and before.direction == "from" else None
        closes = after.page if after is not None and after.direction == "to" else None
        if lines:
            yield Part(page=number, name=name, index=index, opens=opens, closes=closes)


def _folio(node: Leaf) -> str:
    """The number of a page as its folio names it."""
    found = _FOLIO.search(node.text) if isinstance(node, PageNumber) else None
    return "".join(group for group in found.groups() if group) if found else ""


def _cut(
    page: _Page,
) -> Iterator[tuple[PageJump | None, tuple[PrintedLine, ...], PageJump | None]]:
    """A page's lines cut at its jumps: the jump before, the lines, the jump after."""
    index = {line.first: k for k, line in enumerate(page.whole)}
    jumps = [x for x in page.furnished.furniture if isinstance(x, PageJump)]
    where = sorted((_line_of(jump, page.whole), n) for n, jump in enumerate(jumps))
    bounds: list[tuple[tuple[int, int], PageJump | None]] = [((-1, 0), None)]
    bounds += [((k, jumps[n].spans[0].start), jumps[n]) for k, n in where]
    bounds.append(((len(page.whole), 0), None))
    lines = [((index[line.first], line.text.start), line) for line in page.furnished.lines]
    for (low, before), (high, after) in pairwise(bounds):
        yield before, tuple(line for at, line in lines if low <= at < high), after


def _line_of(jump: PageJump, whole: Sequence[PrintedLine]) -> int:
    """The index of the line that a jump begins on."""
    at = jump.spans[0].start
    found = (k for k, line in enumerate(whole) if line.text.start <= at < line.text.end)
    return next(found, len(whole) - 1 if jump.direction == "to" else 0)


def _lines(
    chains: Sequence[Sequence[Part]], pages: dict[int, _Page]
) -> tuple[list[PrintedLine], set[int], set[int]]:
    """The lines in reading order, where sentences go on, and where other texts begin."""
    lines: list[PrintedLine] = []
    goes_on: set[int] = set()
    ends: set[int] = set()
    parts = [part for chain in chains for part in chain]
    jumping = {x.page for x in parts if x.opens is not None or x.closes is not None}
    cuts = {n: [part for _, part, _ in _cut(page)] for n, page in pages.items()}
    for chain in chains:
        if lines and chain[0].page in jumping:
            ends.add(lines[-1].text.end)
        for part in chain:
            here = _as_set(cuts[part.page][part.index], pages[part.page].whole)
            if part is not chain[0] and _is_open(lines[-1], here[0]):
                goes_on.add(lines[-1].text.end)
            lines += here
    return lines, goes_on, ends


def _as_set(lines: tuple[PrintedLine, ...], whole: Sequence[PrintedLine]) -> list[PrintedLine]:
    """A part's lines, with the first and the last as wide as they were before a jump left them."""
    widths = {line.first: line.width for line in whole}
    out = list(lines)
    for k in {0, len(out) - 1}:
        out[k] = attrs.evolve(out[k], width=widths[out[k].first])
    return out


def _is_open(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether a sentence goes on from one line to the next, beyond doubt."""
    ended = above.text.text[-1] in TERMINAL | CLOSING | {"：", ":"}
    return not ended and read_label(below.text.text) is None
