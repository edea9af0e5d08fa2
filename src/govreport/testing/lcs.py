"""A longest common subsequence of two texts, exact and without a package to install.

The rows of the dynamic programme are bit vectors in Python's long integers (Hyyrö 2004), so that a
report of 20,000 characters is aligned with another in a fraction of a second. Only every 256th row
is kept; the rows between are computed again on the way back.
"""

from __future__ import annotations

from typing import Final

_STRIDE: Final = 256


def matches(one: str, two: str) -> list[tuple[int, int]]:
    """The pairs of places of a longest common subsequence, in order.

    >>> matches("修建桥梁7座", "修桥7座")
    [(0, 0), (2, 1), (4, 2), (5, 3)]
    """
    head = _common(one, two)
    tail = _common(one[head:][::-1], two[head:][::-1])
    first, second = one[head : len(one) - tail], two[head : len(two) - tail]
    inner = [(head + a, head + b) for a, b in _inner(first, second)]
    ends = ((len(one) - k, len(two) - k) for k in range(tail, 0, -1))
    return [*((k, k) for k in range(head)), *inner, *ends]


def _common(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((k for k, (a, b) in pairs if a != b), min(len(one), len(two)))


def _inner(one: str, two: str) -> list[tuple[int, int]]:
    places: dict[str, int] = {}
    for at, char in enumerate(one):
        places[char] = places.get(char, 0) | 1 << at
    full = (1 << len(one)) - 1
    kept = [full]
    for start in range(0, len(two), _STRIDE):
        kept.append(_rows(kept[-1], two[start : start + _STRIDE], places, full)[-1])
    out: list[tuple[int, int]] = []
    column, row, base = len(one), len(two), len(two)
    rows: list[int] = []
    while row and column:
        if row <= base:  # the rows above are not at hand
            base = (row - 1) // _STRIDE * _STRIDE
            before = kept[base // _STRIDE]
            rows = [before, *_rows(before, two[base : base + _STRIDE], places, full)]
        bit = 1 << column - 1
        if rows[row - base] & bit:
            column -= 1
        elif rows[row - base - 1] & bit or row == 1:
            row, column = row - 1, column - 1
            out.append((column, row))
        else:
            row -= 1
    return out[::-1]


def _rows(before: int, text: str, places: dict[str, int], full: int) -> list[int]:
    """The rows for each character of `text`: a zero bit is where the subsequence grows."""
    rows, row = [], before
    for char in text:
        hit = row & places.get(char, 0)
        row = (row + hit | row - hit) & full
        rows.append(row)
    return rows or [before]
