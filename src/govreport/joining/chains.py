"""The order of the parts that pages are cut into by their jumps (下转, 上接)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from operator import itemgetter
from typing import Final

import attrs

__all__ = ["Part", "order"]

#: Parts that pages can have which are pages of papers; where there are more, none is joined.
_MOST: Final = 600


@attrs.frozen(kw_only=True)
class Part:
    """What stands on a page between two jumps.

    Args:
        page: Index of the page.
        name: The page's number, where it is known (4, A3).
        index: Which part of its page it is.
        opens: The page that it comes from by its 上接; none where it has none, empty where the
            jump names no page.
        closes: The page that it goes on on by its 下转; as above.
    """

    page: int
    name: str = ""
    index: int = 0
    opens: str | None = None
    closes: str | None = None


def order(parts: Sequence[Part]) -> tuple[tuple[Part, ...], ...]:
    """Chains of parts, in reading order: each goes on where its jumps say so.

    Jumps are matched by page numbers where those are given, or else by order. Parts without a
    jump stand by themselves; those of a page that a chain goes through come after the chains.

    Args:
        parts: The parts, page by page.

    >>> four = Part(page=0, name="4", opens="1")
    >>> one = Part(page=1, closes="4")
    >>> [[part.page for part in chain] for chain in order([four, one])]
    [[1, 0]]
    """
    parts = _named(parts)
    after: dict[Part, Part] = {}
    led: set[Part] = set()
    pairs = _pairs(parts) if len(parts) <= _MOST else ()
    for _, part, other in sorted(pairs, key=itemgetter(0)):
        if part not in after and other not in led and not _leads(other, part, after):
            after[part] = other
            led.add(other)
    chains: list[tuple[Part, ...]] = []
    for part in parts:
        if part in led:
            continue
        chain = [part]
        while chain[-1] in after:
            chain.append(after[chain[-1]])
        chains.append(tuple(chain))
    through = {part.page for chain in chains if len(chain) > 1 for part in chain}
    # A stable sort: what a page holds beside a chain's part of it comes last.
    return tuple(sorted(chains, key=lambda c: len(c) == 1 and c[0].page in through))


def _named(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with the numbers of their pages, as far as jumps to and from them tell."""
    names = {part.page: part.name for part in parts}
    for field, back in (("closes", "opens"), ("opens", "closes")):
        said = {getattr(part, field) for part in parts} - {None, "", *names.values()}
        open_ = {p.page for p in parts if getattr(p, back) is not None and not names[p.page]}
        if len(said) == len(open_):
            names.update(zip(sorted(open_), sorted(said, key=_by_number), strict=True))
    return tuple(attrs.evolve(part, name=names[part.page]) for part in parts)


def _by_number(name: str) -> tuple[str, int, str]:
    digits = "".join(sign for sign in name if sign.isdecimal())
    return name[:1] if name[:1].isalpha() else "", int(digits or 0), name


def _pairs(parts: Sequence[Part]) -> Iterator[tuple[tuple[int, ...], Part, Part]]:
    """Parts of which one may go on in the other, the likeliest with the least rank.

    Both say so; or one does, and the other ends or begins its page.
    """
    first = {part.page: part for part in reversed(parts)}
    last = {part.page: part for part in parts}
    closing = [part for part in parts if part.closes is not None]
    opening = [part for part in parts if part.opens is not None]
    both = product(closing, opening)
    halves = (
        *product(closing, (p for p in first.values() if p.opens is None)),
        *product((p for p in last.values() if p.closes is None), opening),
    )
    for half, (part, other) in (*((0, pair) for pair in both), *((1, pair) for pair in halves)):
        said = ((part.closes, other.name), (other.opens, part.name))
        if part.page == other.page or any(x and name and x != name for x, name in said):
            continue
        sure = sum(bool(x) and x == name for x, name in said)
        if half and not sure and other.page != part.page + 1:
            continue
        far = (other.page - part.page) % len(first)
        yield (half, -sure, far, part.page, part.index, other.page, other.index), part, other


def _leads(first: Part, last: Part, after: dict[Part, Part]) -> bool:
    """Whether one part leads to another, so that joining them would make a ring."""
    at: Part | None = first
    while at is not None and at != last:
        at = after.get(at)
    return at is not None
