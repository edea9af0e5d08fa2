"""Which of many things can stay in place: the heaviest rising subsequence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

__all__ = ["heaviest_rising"]


def heaviest_rising(places: Sequence[Any], weights: Sequence[int]) -> list[int]:
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
    if all(places[a] < places[b] for a, b in pairwise(chosen)):
        return chosen
    rank = {place: r for r, place in enumerate(sorted({places[k] for k in chosen}), 1)}
    # A Fenwick tree of the best (weight, last index) over all places up to a rank.
    tree: list[tuple[int, int]] = [(0, -1)] * (len(rank) + 1)
    before: dict[int, int] = {}
    best = (0, -1)
    for k in chosen:
        r = rank[places[k]]
        total, before[k] = _best_below(tree, r - 1)
        entry = (total + weights[k], k)
        best = max(best, entry)
        while r < len(tree):
            tree[r] = max(tree[r], entry)
            r += r & -r
    out = []
    k = best[1]
    while k >= 0:
        out.append(k)
        k = before[k]
    return out[::-1]


def _best_below(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    best = (0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best
