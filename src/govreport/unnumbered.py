"""Headings without a number: where they stand among the numbered ones, and above each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs

from govreport.numbering import STYLES
from govreport.rungs import TOP, Rung

__all__ = ["unnumbered"]

#: Divisions of a document, whose neighbours without a number (序言, 结束语) are their equals.
_DIVISIONS: Final = STYLES["chapter"].rank

#: So many headings of one make are no chance; so many signs at least they share at like places.
_CHORUS, _SHARED = 3, 2
#: How far apart their lengths may be.
_SPREAD: Final = 2


def unnumbered(rungs: Sequence[Rung], order: dict[str, int]) -> dict[int, float]:
    """The rank of each heading without a number.

    It stands at the top; below the deepest series that runs on over it, where no heading without a
    number opens such a series; or beside the document's numbered divisions. Several of one make
    stand below the heading before them, where a single paragraph under that one introduces them.

    Args:
        rungs: The headings in reading order.
        order: The rank of each series.
    """
    opened = _openers(rungs)
    beside = _division(rungs, order)
    spanned = _spanned(rungs, order)
    out: dict[int, float] = {}
    for k, rung in enumerate(rungs):
        if rung.key is not None:
            continue
        over = [order[key] for key in spanned[k] if key not in opened or key == beside]
        out[k] = max(over) + 0.5 if over else TOP if beside is None else float(order[beside])
    for above, members in _choruses(rungs):
        out |= dict.fromkeys(members, out[above] + 0.25)
    return out


# ---- parallel headings under one


def _choruses(rungs: Sequence[Rung]) -> Iterator[tuple[int, range]]:
    """Headings of one make in a row, and the heading before them that they stand under.

    That heading is not the document's first, and has a single paragraph of its own or none, as no
    other heading without a number has outside.
    """
    start = 0
    while start < len(rungs):
        stop = _alike_until(rungs, start)
        if stop - start >= _CHORUS and start >= 2 and rungs[start - 1].key is None:
            others = [
                rung.blocks
                for k, rung in enumerate(rungs)
                if rung.key is None and not start - 1 <= k < stop and k < len(rungs) - 1
            ]
            if rungs[start - 1].blocks <= 1 < min(others, default=0):
                yield start - 1, range(start, stop)
        start = max(stop, start + 1)


def _alike_until(rungs: Sequence[Rung], start: int) -> int:
    """The end of the headings that are of one make with the one at ``start``."""
    first, stop = rungs[start], start + 1
    if first.key is not None or stop == len(rungs) or not _is_near(first, rungs[stop]):
        return stop
    heads: set[tuple[int, str]] = set(enumerate(first.words))
    tails: set[tuple[int, str]] = set(enumerate(reversed(first.words)))
    while stop < len(rungs) and _is_near(first, rungs[stop]):
        words = rungs[stop].words
        heads &= set(enumerate(words))
        tails &= set(enumerate(reversed(words)))
        if max(sum(not sign.isdecimal() for _, sign in each) for each in (heads, tails)) < _SHARED:
            break
        stop += 1
    return stop


def _is_near(first: Rung, other: Rung) -> bool:
    """Whether a heading has no number either, and words about as long."""
    return other.key is None and abs(len(other.words) - len(first.words)) <= _SPREAD


# ---- headings among numbered ones


def _openers(rungs: Sequence[Rung]) -> set[str]:
    """The series that begin right below a heading without a number."""
    return {
        rung.key
        for before, rung in pairwise(rungs)
        if before.key is None and rung.key is not None and rung.value == 1
    }


def _division(rungs: Sequence[Rung], order: dict[str, int]) -> str | None:
    """The series of the document's divisions (编, 部分, 章), if it is the highest and runs once."""
    top = [rung for rung in rungs if rung.key is not None and order[rung.key] == 1]
    if not top or top[0].base > _DIVISIONS or sum(rung.value == 1 for rung in top) > 1:
        return None
    return top[0].key


@attrs.define
class _Series:
    """A series while it is read.

    Args:
        value: Its last number.
        open: Whether its last heading is still open: no higher series came since.
        waiting: The headings without a number since.
        behind: Those behind a last number, when a higher series closed it.
        intervals: From number to number.
        covered: Intervals that hold headings without a number.
    """

    value: int = 0
    open: bool = True
    waiting: list[int] = attrs.field(factory=list)
    behind: list[int] = attrs.field(factory=list)
    intervals: int = 0
    covered: int = 0

    def shut(self) -> None:
        """A higher series goes on."""
        self.open = False
        self.behind += self.waiting
        self.waiting = []


def _spanned(rungs: Sequence[Rung], order: dict[str, int]) -> dict[int, list[str]]:
    """For each heading without a number, the series that go on over it.

    Where most intervals of a series hold such headings, those behind its last number count as well;
    at the end of the document, where a closing part may stand, two intervals are asked.
    """
    series: dict[str, _Series] = {}
    out: dict[int, list[str]] = {k: [] for k, rung in enumerate(rungs) if rung.key is None}
    for k, rung in enumerate(rungs):
        if rung.key is None:
            for each in series.values():
                if each.open:
                    each.waiting.append(k)
            continue
        for key, each in series.items():
            if order[key] > order[rung.key]:
                each.shut()
        if rung.value is not None:
            one = series.setdefault(rung.key, _Series())
            if rung.value == one.value + 1:
                one.intervals += one.value > 0
                one.covered += bool(one.waiting)
                for place in one.waiting:
                    out[place].append(rung.key)
            one.value, one.waiting, one.open = rung.value, [], True
    for key, each in series.items():
        usual = each.covered * 2 >= each.intervals
        for place in (
            *(each.behind if usual and each.covered else ()),
            *(each.waiting if usual and each.covered > 1 else ()),
        ):
            out[place].append(key)
    return out
