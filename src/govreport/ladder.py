"""The ladder of a document: the rank of each heading, read off which series runs on over which.

A series that begins anew between two neighbours of another stands below it. Where the document
shows nothing, the official ladder decides (GB/T 9704-2012 §7.3.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import attrs

from govreport.headings import series_key
from govreport.numbering import STYLES, Numbering

__all__ = ["Rung", "ranks"]

#: The rank of a heading without a number that stands above every label.
_TOP: Final = 0.0
#: What a series inside an interval of another counts, and one that begins right below another.
_INSIDE, _BELOW = 2, 1
#: So much evidence turns the official order around.
_ENOUGH: Final = 2
#: Divisions of a document, whose neighbours without a number (序言, 结束语) are their equals.
_DIVISIONS: Final = STYLES["chapter"].rank


@attrs.frozen
class Rung:
    """A heading as the ladder sees it.

    Args:
        key: Its series; none for a heading without a number.
        value: Its number.
        base: The usual place of its style in the ladder.
    """

    key: str | None = None
    value: int | None = None
    base: float = _TOP

    @classmethod
    def of(cls, label: Numbering | None) -> Rung:
        """The rung of a label."""
        if label is None:
            return cls()
        base = STYLES[label.style].rank + 0.1 * len(label.path)
        return cls(label.style if not label.path else series_key(label), label.value, base)


def ranks(rungs: Sequence[Rung]) -> list[float]:
    """The rank of each heading; a heading stands under the nearest one before it of a lower rank.

    Args:
        rungs: The headings in reading order.

    >>> from govreport.numbering import read
    >>> heads = ["（一）回顾", "一、农业", "二、工业", "（二）安排", "一、农业", "结束语"]
    >>> ranks([Rung.of(read(head)) for head in heads])
    [1.0, 2.0, 2.0, 1.0, 2.0, 0.0]
    """
    merged = _merged(rungs)
    order = _order(merged)
    plain = _plain(merged, order)
    return [
        plain[k] if rung.key is None else float(order[rung.key]) for k, rung in enumerate(merged)
    ]


# ---- one series in several prints


def _merged(rungs: Sequence[Rung]) -> list[Rung]:
    """The rungs, with one key for the prints of a series that mixes them (1. and 2、).

    Prints of a family are one series unless one of them begins anew inside the other.
    """
    family = {key: _family(key) for key in {rung.key for rung in rungs if rung.key is not None}}
    prints = Counter(family.values())
    nested, joint = _mixing(rungs, family)
    base = {name: min(r.base for r in rungs if r.key and family[r.key] == name) for name in prints}
    out = []
    for rung in rungs:
        name = family[rung.key] if rung.key is not None else ""
        if rung.key is not None and prints[name] > 1 and joint[name] >= nested[name]:
            out.append(attrs.evolve(rung, key=name, base=base[name]))
        else:
            out.append(rung)
    return out


def _family(key: str) -> str:
    return STYLES[key].family if key in STYLES else key


def _mixing(rungs: Sequence[Rung], family: dict[str, str]) -> tuple[Counter[str], Counter[str]]:
    """How often a print begins anew after another of its family, and how often it goes on."""
    nested: Counter[str] = Counter()
    joint: Counter[str] = Counter()
    last: dict[str, Rung] = {}
    for rung in rungs:
        if rung.key is None:
            continue
        name = family[rung.key]
        before = last.get(name)
        if before is not None and before.key != rung.key and rung.value and before.value:
            nested[name] += rung.value == 1
            joint[name] += rung.value == before.value + 1
        last[name] = rung
    return nested, joint


# ---- the order of the series


def _order(rungs: Sequence[Rung]) -> dict[str, int]:
    """The rank of each series, from 1."""
    base: dict[str, float] = {}
    for rung in rungs:
        if rung.key is not None:
            base.setdefault(rung.key, rung.base)
    evidence = _evidence(rungs)
    keys = sorted(base, key=base.__getitem__)

    def above(one: str, other: str) -> bool:
        here, there = evidence[one, other], evidence[other, one]
        if max(here, there) >= _ENOUGH and here != there:
            return here > there
        return base[one] < base[other]

    wins = {key: sum(above(other, key) for other in keys if other != key) for key in keys}
    steps = sorted(set(wins.values()))
    return {key: steps.index(wins[key]) + 1 for key in keys}


def _evidence(rungs: Sequence[Rung]) -> Counter[tuple[str, str]]:
    """For each pair of series, how much speaks for the first above the second."""
    out: Counter[tuple[str, str]] = Counter()
    last: dict[str, int] = {}
    begun: dict[str, set[str]] = {}  # by series, those that began since its last heading
    before: str | None = None
    for rung in rungs:
        key, value = rung.key, rung.value
        if key is not None and value is not None:
            if value == last.get(key, 0) + 1 and key in begun:
                out.update({(key, other): _INSIDE for other in begun[key]})
            if value == 1:
                for other, inside in begun.items():
                    if other != key:
                        inside.add(key)
                if before is not None and before != key:
                    out[before, key] += _BELOW
            begun[key] = set()
            last[key] = value
        before = key
    return out


# ---- headings without a number


def _plain(rungs: Sequence[Rung], order: dict[str, int]) -> dict[int, float]:
    """The rank of each heading without a number.

    It stands at the top; below the deepest series that runs on over it, where no heading without a
    number opens such a series; or beside the document's numbered divisions.
    """
    opened = _openers(rungs)
    beside = _division(rungs, order)
    spanned = _spanned(rungs, order)
    out: dict[int, float] = {}
    for k, rung in enumerate(rungs):
        if rung.key is not None:
            continue
        over = [order[key] for key in spanned[k] if key not in opened or key == beside]
        out[k] = max(over) + 0.5 if over else _TOP if beside is None else float(order[beside])
    return out


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
