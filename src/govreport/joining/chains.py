"""The order of the parts that pages are cut into by their jumps (下转, 上接)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

__all__ = ["Part", "order"]

#: Parts that pages can have which are pages of papers; where there are more, none is joined.
_MOST: Final = 80
#: Ways to match jumps that are looked at.
_BUDGET: Final = 1000


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
    after: dict[Part, Part] = {}
    if len(parts) <= _MOST:
        names = {part.page: part.name for part in parts if part.name}
        closing = [part for part in parts if part.closes is not None]
        best = max(_matches(closing, parts, names), key=_Match.worth, default=_Match())
        after.update(best.after)
        after.update(_halves(parts, best))
    led = set(after.values())
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


@attrs.frozen(kw_only=True)
class _Match:
    """One way to match jumps.

    Args:
        after: Which part goes on with which.
        names: The numbers of pages, those that the jumps tell among them.
    """

    after: Mapping[Part, Part] = attrs.field(factory=dict)
    names: Mapping[int, str] = attrs.field(factory=dict)

    def worth(self) -> tuple[int, int, int]:
        """The more the better: jumps matched, pages in the order of their numbers, pages near."""
        numbers = [_number(name) for _, name in sorted(self.names.items())]
        falls = sum(a > b for k, a in enumerate(numbers) for b in numbers[k + 1 :])
        far = sum(abs(other.page - part.page) for part, other in self.after.items())
        return len(self.after), -falls, -far

    def joined(self, part: Part, other: Part) -> _Match | None:
        """The match with one part going on with another; none where page numbers speak against."""
        names = dict(self.names)
        for page, said in ((other.page, part.closes), (part.page, other.opens)):
            if not said or names.get(page) == said:
                continue
            if page in names or said in names.values():
                return None
            names[page] = said
        return _Match(after={**self.after, part: other}, names=names)


def _matches(
    closing: Sequence[Part], parts: Sequence[Part], names: Mapping[int, str]
) -> Iterator[_Match]:
    """Ways to match jumps from a page with jumps to one, as many as there is time for."""
    opening = [part for part in parts if part.opens is not None]
    stack = [(0, _Match(names=names))]
    budget = _BUDGET
    while stack and budget:
        k, match = stack.pop()
        budget -= 1
        if k == len(closing):
            yield match
            continue
        part, led = closing[k], set(match.after.values())
        stack.append((k + 1, match))
        for other in reversed(opening):
            if other.page == part.page or other in led or _leads(other, part, match.after):
                continue
            found = match.joined(part, other)
            if found is not None:
                stack.append((k + 1, found))


def _halves(parts: Sequence[Part], match: _Match) -> Iterator[tuple[Part, Part]]:
    """Jumps whose other half is lost: the page's end, or its beginning, stands in for it."""
    after, led = dict(match.after), set(match.after.values())
    first = {part.page: part for part in reversed(parts)}
    last = {part.page: part for part in parts}
    for part in parts:
        to = _other_page(part.closes, part.page + 1, match.names)
        if part not in after and to in first and first[to].opens is None:
            pair = part, first[to]
        else:
            source = _other_page(part.opens, part.page - 1, match.names)
            if part in led or source not in last or last[source].closes is not None:
                continue
            pair = last[source], part
        if pair[0] not in after and pair[1] not in led and not _leads(pair[1], pair[0], after):
            after[pair[0]] = pair[1]
            led.add(pair[1])
            yield pair


def _other_page(said: str | None, beside: int, names: Mapping[int, str]) -> int | None:
    """The page that a jump names, or else the one beside it; none without a jump."""
    if said is None:
        return None
    named = next((page for page, name in names.items() if said and name == said), None)
    if named is not None:
        return named
    return beside if not said or beside not in names else None


def _number(name: str) -> tuple[str, int, str]:
    digits = "".join(sign for sign in name if sign.isdecimal())
    return name[:1] if name[:1].isalpha() else "", int(digits or 0), name


def _leads(first: Part, last: Part, after: Mapping[Part, Part]) -> bool:
    """Whether one part leads to another, so that joining them would make a ring."""
    at: Part | None = first
    while at is not None and at != last:
        at = after.get(at)
    return at is not None
