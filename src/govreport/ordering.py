"""Which of many things can stay in place: the heaviest rising subsequence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise

__all__ = ["heaviest_rising"]


def heaviest_rising(places: Sequence[int], weigh: Callable[[range], Sequence[int]]) -> list[int]:
    """The indexes of a strictly rising subsequence of the greatest weight; n log n.

    Args:
        places: Where each thing stands.
        weigh: What it is worth to leave some of the things there; asked only of those that stand in
            the way of each other.

    >>> heaviest_rising([3, 1, 2], lambda some: [1 for _ in some])
    [1, 2]
    >>> heaviest_rising([3, 1, 2], lambda some: [9 if k == 0 else 1 for k in some])
    [0]
    """
    out: list[int] = []
    for part in _tangles(places):
        out += part if len(part) == 1 else _heaviest(places, weigh, part)
    return out


def _tangles(places: Sequence[int]) -> Iterator[range]:
    """The things parted where all before stand lower than all after: each part is for itself."""
    lowest = [*accumulate(reversed(places), min)][::-1]
    edge = enumerate(zip(accumulate(places, max), lowest[1:], strict=False), 1)
    cuts = [n for n, (high, low) in edge if high < low]
    edges = [0, *cuts, len(places)] if places else []
    return map(range, edges, edges[1:])


def _runs(places: Sequence[int], part: range) -> list[range]:
    """Things that stay together or not at all: nothing else stands between their places."""
    order = sorted(part, key=places.__getitem__)
    heads = [*part[1:]]
    if len({*map(places.__getitem__, part)}) == len(part):
        above = dict(pairwise(order))
        heads = [k for k in heads if above.get(k - 1) != k]
    return [*map(range, [part.start, *heads], [*heads, part.stop])]


def _heaviest(
    places: Sequence[int], weigh: Callable[[range], Sequence[int]], part: range
) -> list[int]:
    runs = _runs(places, part)
    upto = [0, *accumulate(weigh(part))]
    weights = [upto[run.stop - part.start] - upto[run.start - part.start] for run in runs]
    heads = [places[run.start] for run in runs]
    rank = {place: r for r, place in enumerate(sorted({*heads}), 1)}
    # A Fenwick tree of the best over all places up to a rank: the weight, and in the lowest digits
    # (of base ``size``) the number of the run that comes last, from 1.
    size = len(runs) + 1
    tree = [0] * (len(rank) + 1)
    before: list[int] = []
    best = 0
    for n, (head, weight) in enumerate(zip(heads, weights, strict=True), 1):
        r = rank[head]
        below, s = 0, r - 1
        while s:
            if tree[s] > below:  # noqa: PLR1730 - calls of max would take most of the time
                below = tree[s]
            s &= s - 1
        total, last = divmod(below, size)
        before.append(last)
        entry = (total + weight) * size + n
        best = max(best, entry)
        while r <= len(rank):
            if tree[r] < entry:  # noqa: PLR1730
                tree[r] = entry
            r += r & -r
    kept: list[range] = []
    n = best % size
    while n:
        kept.append(runs[n - 1])
        n = before[n - 1]
    return [*chain.from_iterable(reversed(kept))]
