"""What first sentences of paragraphs have in common: how many are alike, and in what.

A run-in heading mostly has its likes beside it; these are the features that tell of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

__all__ = ["UNLIKE", "Chorus", "Likes", "Opening", "alike", "share"]

T = TypeVar("T", str, int)

_LIKES: Final = ("like:0", "like:1", "like:2")
#: Says that no other is like a sentence.
UNLIKE: Final = _LIKES[0]
#: So many others of one make show that one of another make stands apart.
_CHORUS: Final = 3


class Opening(NamedTuple):
    """The first sentence of a block, as a heading would look.

    Args:
        end: Where it ends in the block.
        lead: The sentence.
        length: How long it is, its mark aside.
        pauses: How many commas it has.
        style: How the block is marked; empty where it is not.
        rest: How much follows it.
    """

    end: int
    lead: str
    length: int
    pauses: int
    style: str
    rest: int


class Likes:
    """How many sentences, marked alike, are like one of them; hardly more than constant time each."""

    def __init__(self, forms: Iterable[Opening]) -> None:
        self._lengths: dict[int, list[int]] = {}
        for form in forms:
            self._lengths.setdefault(form.pauses, []).append(form.length)
        for lengths in self._lengths.values():
            lengths.sort()

    def count(self, form: Opening) -> int:
        """The number of like sentences, itself included."""
        spread, found = _spread(form), 0
        for pauses in (form.pauses - 1, form.pauses, form.pauses + 1):
            if lengths := self._lengths.get(pauses):
                high = bisect_right(lengths, form.length + spread)
                found += high - bisect_left(lengths, form.length - spread)
        return found


def _spread(form: Opening) -> int:
    """How far apart like sentences' lengths may be."""
    return max(3, form.length // 3)


def alike(one: Opening, other: Opening | None) -> bool:
    """Whether a sentence beside another is like it: as marked, about as long, as many commas.

    >>> short = Opening(end=6, lead="架好桥梁。", length=4, pauses=0, style="", rest=40)
    >>> alike(short, short._replace(length=7)), alike(short, short._replace(style="dash"))
    (True, False)
    """
    return (
        other is not None
        and one.style == other.style
        and abs(one.length - other.length) <= _spread(one)
        and abs(one.pauses - other.pauses) <= 1
    )


class Chorus:
    """The sentences of a group that are marked alike, and what they have in common.

    Args:
        forms: The sentences.
        count: How many paragraphs of the group are marked so.
    """

    def __init__(self, forms: Sequence[Opening], count: int) -> None:
        self._others = len(forms) - 1
        self._marked = count - 1
        self._usual = share("series" if forms[0].style else "forms", self._others, self._marked)
        forms = forms if self._others else ()  # by itself a sentence shares nothing
        self._likes = Likes(forms)
        self._openings = _repeated([form.lead[:2] for form in forms])
        self._closings = _repeated([form.lead[-3:] for form in forms])
        self._commas = _repeated([form.lead.find("，") for form in forms])
        self._apart = _apart([form.pauses for form in forms])

    def names(self, form: Opening) -> Iterator[str]:
        """What the others say of one of them; first how many are like it."""
        like = self._likes.count(form) - 1 if self._others else 0
        yield _LIKES[min(like, 2)]
        yield share("share", like, self._marked)
        yield self._usual
        if not self._others:
            return
        if form.lead[:2] in self._openings:
            yield "echo:opening"
        if form.lead[-3:] in self._closings:
            yield "echo:closing"
        if form.pauses and form.lead.find("，") in self._commas:
            yield "echo:comma"
        if form.pauses == self._apart:
            yield "apart"


def _apart(pauses: Sequence[int]) -> int | None:
    """How many commas a single sentence has where all others agree in another number of them."""
    if len(pauses) <= _CHORUS:
        return None
    counts = Counter(pauses)
    single = [count for count, times in counts.items() if times == 1]
    return single[0] if single and len(counts) == 2 else None


def _repeated(values: Sequence[T]) -> Collection[T]:
    """The values that come more than once; mostly none does."""
    if len(set(values)) == len(values):
        return ()
    return {value for value, count in Counter(values).items() if count > 1}


@lru_cache(maxsize=1024)
def share(name: str, count: int, others: int) -> str:
    """The name of a feature that tells how many of the others do as one does.

    >>> share("series", 1, 2), share("series", 0, 0)
    ('series:half', 'series:alone')
    """
    if not others:
        return f"{name}:alone"
    part = count / others
    return f"{name}:" + ("all" if part > 0.75 else "half" if part > 0.4 else "few")
