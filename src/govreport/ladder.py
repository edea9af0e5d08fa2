"""The ladder of a document: the rank of each heading, read off which series runs on over which.

A series that begins anew between two neighbours of another stands below it. Where the document
shows nothing, the official ladder decides (GB/T 9704-2012 §7.3.3).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import attrs

from govreport.numbering import STYLES
from govreport.rungs import Rung
from govreport.unnumbered import unnumbered

__all__ = ["ranks"]

#: What a series inside an interval of another counts, and one that begins right below another.
_INSIDE, _BELOW = 2, 1
#: So much evidence turns the official order around.
_ENOUGH: Final = 2
#: The series of boxes, which are set into the text.
_ASIDE: Final = "box"


def ranks(rungs: Sequence[Rung], ladder: Sequence[str] = ()) -> list[float]:
    """The rank of each heading; a heading stands under the nearest one before it of a lower rank.

    Args:
        rungs: The headings in reading order.
        ladder: Styles whose order is known beforehand, the highest first.

    >>> from govreport.numbering import read
    >>> heads = ["（一）回顾", "一、农业", "二、工业", "（二）安排", "一、农业", "结束语"]
    >>> ranks([Rung.of(read(head)) for head in heads])
    [1.0, 2.0, 2.0, 1.0, 2.0, 0.0]
    """
    merged = _merged(_within_itself(rungs))
    order = _order(merged, _places(ladder))
    without = unnumbered(merged, order)
    return [
        without[k] if rung.key is None else float(order[rung.key]) for k, rung in enumerate(merged)
    ]


# ---- a series within itself


def _within_itself(rungs: Sequence[Rung]) -> Sequence[Rung]:
    """The rungs, with a key of their own for series that stand inside their like.

    一、 right above 一、 二、 三、 is the outer one where 二、 follows once more: it goes on with it. A
    document that is set so is set so under more than one heading; a single case is a slip.
    """
    inner: set[int] = set()
    for key in {rung.key for rung in rungs if rung.key is not None}:
        groups = list(_inner(rungs, key))
        if len(groups) > 1:
            inner.update(k for group in groups for k in group)
    return [
        attrs.evolve(rung, key=f"{rung.key}+", base=rung.base + 0.05) if k in inner else rung
        for k, rung in enumerate(rungs)
    ]


def _inner(rungs: Sequence[Rung], key: str) -> Iterator[list[int]]:
    """The runs of a series that stand inside a series of the same print.

    The outer one must go on behind them; the last run may end with the document.
    """
    inside: list[int] = []  # since the outer heading last seen
    found = False
    outer = last = 0
    for k, rung in enumerate(rungs):
        value = rung.value
        if rung.key != key or value is None:
            continue
        above = rungs[k - 1] if k else Rung()
        if value == 1 and not inside and (above.key, above.value) == (key, outer):
            inside, last = [k], 1
        elif inside and value == last + 1:
            inside.append(k)
            last = value
        else:
            if len(inside) > 1 and value == outer + 1:
                found = True
                yield inside
            inside, outer = [], value
    if found and len(inside) > 1:
        yield inside


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


def _places(ladder: Sequence[str]) -> dict[str, int]:
    """The place of each style that is known, and of its family."""
    places = {style: place for place, style in enumerate(ladder)}
    for place, style in enumerate(ladder):
        places.setdefault(_family(style), place)
    return places


def _order(rungs: Sequence[Rung], known: Mapping[str, int]) -> dict[str, int]:
    """The rank of each series, from 1."""
    base: dict[str, float] = {}
    for rung in rungs:
        if rung.key is not None:
            base.setdefault(rung.key, rung.base)
    evidence = _evidence(rungs)
    boxed = _boxed(rungs)
    keys = sorted(base, key=base.__getitem__)

    def above(one: str, other: str) -> bool:
        if one in known and other in known and known[one] != known[other]:
            return known[one] < known[other]
        if _ASIDE in (one, other):
            return (other == _ASIDE) == ((one if other == _ASIDE else other) not in boxed)
        here, there = evidence[one, other], evidence[other, one]
        if max(here, there) >= _ENOUGH and here != there:
            return here > there
        return base[one] < base[other]

    wins = {key: sum(above(other, key) for other in keys if other != key) for key in keys}
    steps = sorted(set(wins.values()))
    return {key: steps.index(wins[key]) + 1 for key in keys}


def _boxed(rungs: Sequence[Rung]) -> set[str]:
    """The series that mostly begin right below the head of a box; boxes run through all others."""
    begun: Counter[str] = Counter()
    for before, rung in pairwise((Rung(), *rungs)):
        if rung.key is not None and rung.value == 1:
            begun[rung.key] += 1 if before.key == _ASIDE else -1
    return {key for key, count in begun.items() if count >= 0}


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
