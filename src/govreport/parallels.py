"""What first sentences of paragraphs have in common: how many are alike, and in what.

A run-in heading mostly has its likes beside it; these are the features that tell of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar

__all__ = ["UNLIKE", "Likes", "Opening", "alike", "chorus", "share"]

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

    def __init__(self, forms: Sequence[Opening]) -> None:
        #: For each number of commas, how long those are that have about as many.
        self._lengths = {
            pauses: sorted([form.length for form in forms if -1 <= form.pauses - pauses <= 1])
            for pauses in {form.pauses for form in forms}
        }

    def count(self, form: Opening) -> int:
        """The number of like sentences, itself included."""
        lengths, length = self._lengths[form.pauses], form.length
        spread = _spread(length)
        return bisect_right(lengths, length + spread) - bisect_left(lengths, length - spread)


def _spread(length: int) -> int:
    """How far apart like sentences' lengths may be."""
    return length // 3 if length > 9 else 3


def alike(one: Opening, other: Opening | None) -> bool:
    """Whether a sentence beside another is like it: as marked, about as long, as many commas.

    >>> short = Opening(end=6, lead="架好桥梁。", length=4, pauses=0, style="", rest=40)
    >>> alike(short, short._replace(length=7)), alike(short, short._replace(style="dash"))
    (True, False)
    """
    return (
        other is not None
        and one.style == other.style
        and abs(one.length - other.length) <= _spread(one.length)
        and abs(one.pauses - other.pauses) <= 1
    )


def chorus(forms: Sequence[Opening], count: int) -> Iterator[list[str]]:
    """What a group's sentences that are marked alike say of each: first how many are like it.

    Args:
        forms: The sentences.
        count: How many paragraphs of the group are marked so.
    """
    others, marked = len(forms) - 1, count - 1
    usual = share("series" if forms[0].style else "forms", others, marked)
    if not others:  # by itself a sentence shares nothing
        yield [UNLIKE, share("share", 0, marked), usual]
        return
    likes = Likes(forms)
    leads = [form.lead for form in forms]
    openings = _repeated([lead[:2] for lead in leads])
    closings = _repeated([lead[-3:] for lead in leads])
    pauses = [form.pauses for form in forms]
    commas = _repeated([lead.find("，") for lead in leads]) if any(pauses) else ()
    apart = _apart(pauses)
    for form, lead, number in zip(forms, leads, pauses, strict=True):
        like = likes.count(form) - 1
        names = [_LIKES[min(like, 2)], share("share", like, marked), usual]
        if openings and lead[:2] in openings:
            names.append("echo:opening")
        if closings and lead[-3:] in closings:
            names.append("echo:closing")
        if number and commas and lead.find("，") in commas:
            names.append("echo:comma")
        if number == apart:
            names.append("apart")
        yield names


def _apart(pauses: Sequence[int]) -> int | None:
    """How many commas a single sentence has where all others agree in another number of them."""
    if len(pauses) <= _CHORUS or len(numbers := set(pauses)) != 2:
        return None
    return next((number for number in numbers if pauses.count(number) == 1), None)


def _repeated(values: Sequence[T]) -> Collection[T]:
    """The values that come more than once; mostly none does."""
    if len(set(values)) == len(values):
        return ()
    return {one for one, other in pairwise(sorted(values)) if one == other}


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
