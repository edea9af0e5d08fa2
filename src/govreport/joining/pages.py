"""Pages put together: a report that goes on on another page, also in the middle of a sentence.

Each page is read by itself as far as its lines, its furniture is taken out, and what stands
between its jumps (下转, 上接) is a part. The parts are put in reading order; the source is the
pages' texts in that order with form feeds between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import regex

from govreport import furniture
from govreport.columns import Fragment, read
from govreport.furniture import Furnished, FurnitureTables
from govreport.furniture.jumps import page_name
from govreport.hints import Forced
from govreport.joining.chains import Part, order
from govreport.lines import PrintedLine, assemble
from govreport.nodes import Leaf, PageJump, PageNumber
from govreport.numbering import read as read_label
from govreport.placing import Placed, place
from govreport.typography import CLOSING, TERMINAL

__all__ = ["Joined", "forced", "joined"]

#: A page's number in the one form that jumps and folios are brought into, and its other name.
_NUMBER: Final = regex.compile(r"[A-Z]?[0-9]+")
_FRONT_PAGE: Final = {"头版": "1", "頭版": "1"}


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
        line._replace(first=line.first + count, last=line.last + count)
        for line in assemble(placed.fragments)
    )
    return _Page(
        placed=placed,
        whole=whole,
        furnished=furniture.take(whole, source, tables=tables),
        remarks=tuple((at + before.signs, said) for at, said in reading.remarks),
    )


def _moved(fragment: Fragment, before: _Before) -> Fragment:
    text = fragment.text.moved(before.signs)
    return fragment._replace(text=text, page=fragment.page + before.feeds)


# ---- the parts of a page


def _parts(number: int, text: str, tables: FurnitureTables) -> Iterator[Part]:
    """The parts of a page that hold lines."""
    page = _page(text, text, _Before(), tables)
    names = {name for x in page.furnished.furniture if (name := _folio(x))}
    name = names.pop() if len(names) == 1 else ""
    for index, (before, lines, after) in enumerate(_cut(page)):
        opens = _page_name(before.page) if before and before.direction == "from" else None
        closes = _page_name(after.page) if after and after.direction == "to" else None
        if lines:
            yield Part(page=number, name=name, index=index, opens=opens, closes=closes)


def _folio(node: Leaf) -> str:
    """The number of a page as its folio names it."""
    name = _page_name(node.text) if isinstance(node, PageNumber) else ""
    return name if _NUMBER.fullmatch(name) else ""


def _page_name(text: str) -> str:
    name = page_name(text)
    return _FRONT_PAGE.get(name, name)


def _cut(
    page: _Page,
) -> Iterator[tuple[PageJump | None, tuple[PrintedLine, ...], PageJump | None]]:
    """A page's lines cut at its jumps: the jump before, the lines, the jump after."""
    index = {line.first: k for k, line in enumerate(page.whole)}
    starts = sorted((line.text.start, k) for k, line in enumerate(page.whole))
    jumps = [x for x in page.furnished.furniture if isinstance(x, PageJump)]
    places = []
    for n, jump in enumerate(jumps):
        at = jump.spans[0].start
        _, k = starts[max(0, bisect_right(starts, (at, len(starts))) - 1)]
        places.append((k, at, n))
    lines = page.furnished.lines
    keys = [(index[line.first], line.text.start) for line in lines]
    before, low = None, 0
    for k, at, n in sorted(places):
        high = max(low, bisect_left(keys, (k, at)))
        yield before, lines[low:high], jumps[n]
        before, low = jumps[n], high
    yield before, lines[low:], None


def _lines(
    chains: Sequence[Sequence[Part]], pages: dict[int, _Page]
) -> tuple[list[PrintedLine], set[int], set[int]]:
    """The lines in reading order, where sentences go on, and where other texts begin."""
    lines: list[PrintedLine] = []
    goes_on: set[int] = set()
    ends: set[int] = set()
    through = {part.page for chain in chains if len(chain) > 1 for part in chain}
    cuts = {n: [part for _, part, _ in _cut(page)] for n, page in pages.items()}
    above: Part | None = None
    for chain in chains:
        if above is not None and (above.page in through or chain[0].page in through):
            ends.add(lines[-1].text.end)
        for above, part in zip((None, *chain), chain, strict=False):
            here = list(cuts[part.page][part.index])
            if above is not None:
                lines[-1] = _as_set(lines[-1], pages[above.page].whole)
                here[0] = _as_set(here[0], pages[part.page].whole)
                if _is_open(lines[-1], here[0]):
                    goes_on.add(lines[-1].text.end)
            lines += here
        above = chain[-1]
    return lines, goes_on, ends


def _as_set(line: PrintedLine, whole: Sequence[PrintedLine]) -> PrintedLine:
    """A line as wide as it was before a jump was taken out of it."""
    k = bisect_left(whole, line.first, key=_first)
    return line._replace(width=whole[k].width)


def _first(line: PrintedLine) -> int:
    return line.first


def _is_open(above: PrintedLine, below: PrintedLine) -> bool:
    """Whether a sentence goes on from one line to the next, beyond doubt."""
    ended = above.text.text[-1] in TERMINAL | CLOSING | {"：", ":"}
    return not ended and read_label(below.text.text) is None
