"""Which of many things can stay in place: the heaviest rising subsequence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

__all__ = ["heaviest_rising"]


def heaviest_rising(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The indexes of a strictly rising subsequence of the greatest weight; n log n.

    Args:
        places: Where each thing stands.
        weights: What it is worth to leave it there; what is worth nothing is never left.

    >>> heaviest_rising([3, 1, 2], [1, 1, 1])
    [1, 2]
    >>> heaviest_rising([3, 1, 2], [9, 1, 1])
    [0]
    """
    chosen = [k for k, weight in enumerate(weights) if weight > 0]
    out: list[int] = []
    for part in _tangles(places, chosen):
        out += part if len(part) == 1 else _heaviest(places, weights, part)
    return out


def _tangles(places: Sequence[int], chosen: list[int]) -> Iterator[list[int]]:
    """The things parted where all before stand lower than all after: each part is for itself."""
    if not chosen:
        return
    values = [places[k] for k in chosen]
    lowest = [*accumulate(reversed(values), min)][::-1]
    highest = zip(accumulate(values, max), lowest[1:], strict=False)
    cuts = [n for n, (high, low) in enumerate(highest, 1) if high < low]
    for start, end in pairwise([0, *cuts, len(chosen)]):
        yield chosen[start:end]


def _heaviest(places: Sequence[int], weights: Sequence[int], chosen: list[int]) -> list[int]:
    rank = {place: r for r, place in enumerate(sorted({places[k] for k in chosen}), 1)}
    # A Fenwick tree of the best over all places up to a rank: the weight, and in the lowest digits
    # (of base ``size``) the index of what comes last, from 1.
    size = chosen[-1] + 2
    tree = [0] * (len(rank) + 1)
    before: dict[int, int] = {}
    best = 0
    for k in chosen:
        r = rank[places[k]]
        below, s = 0, r - 1
        while s:
            if tree[s] > below:  # noqa: PLR1730 - calls of max would take most of the time
                below = tree[s]
            s &= s - 1
        total, last = divmod(below, size)
        before[k] = last - 1
        entry = (total + weights[k]) * size + k + 1
        best = max(best, entry)
        while r <= len(rank):
            if tree[r] < entry:  # noqa: PLR1730
                tree[r] = entry
            r += r & -r
    out = []
    k = best % size - 1
    while k >= 0:
        out.append(k)
        k = before[k]
    return out[::-1]
