"""Features that hold together: made once for each set of names, and shared by all line ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import attrs

__all__ = [
    "NOTHING",
    "Filling",
    "Group",
    "LineEnds",
    "Marks",
    "filling",
    "group",
    "in_order",
    "marks_of",
]


@attrs.frozen(eq=False)
class Group:
    """Features of one kind that hold at a line end.

    Groups of the same names are the same object (:func:`group`), so what several say together can
    be looked up by themselves, not by what they hold.

    Args:
        names: The features.
    """

    names: tuple[str, ...]


@cache
def group(*names: str) -> Group:
    """The group of some features.

    >>> group("end:stop", "start:plain") is group("end:stop", "start:plain")
    True
    """
    return Group(names)


#: What a line end says that has no feature of a kind.
NOTHING = group()


@attrs.frozen(eq=False)
class Marks:
    """What the marks beside a line end say. Where the same stand, line ends share one.

    Args:
        inside: Those inside the line.
        around: Those at its end, and at the next line's start.
    """

    inside: Group
    around: Group


@cache
def marks_of(inside: Group, around: Group) -> Marks:
    """The marks that say this."""
    return Marks(inside, around)


@attrs.frozen(eq=False)
class Filling:
    """How a line fills its column. Where it is the same, line ends share one.

    Args:
        column: How it fills the column, and how long it is.
        near: How it fills what the lines around it fill.
    """

    column: Group
    near: Group


@cache
def filling(column: Group, near: Group) -> Filling:
    """The filling that says this."""
    return Filling(column, near)


@attrs.frozen
class LineEnds:
    """All that speaks at the line ends of a text, a column for each kind.

    Args:
        fillings: How each line fills its column.
        marks: The marks beside each end.
        rest: The rest: the page's setting, labels, openings.

    >>> stop = marks_of(NOTHING, group("end:stop"))
    >>> LineEnds([filling(group("slack-inner:0"), NOTHING)], [stop], [NOTHING]).names
    (('slack-inner:0', 'end:stop'),)
    """

    fillings: Sequence[Filling]
    marks: Sequence[Marks]
    rest: Sequence[Group]

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """For each line end the names of all features that hold there."""
        ends = zip(self.fillings, self.marks, self.rest, strict=True)
        return tuple(
            [tuple([name for each in in_order(*end) for name in each.names]) for end in ends]
        )


def in_order(filling: Filling, marks: Marks, rest: Group) -> tuple[Group, ...]:
    """What speaks at a line end, in the order in which what it says is summed."""
    return filling.column, marks.inside, filling.near, marks.around, rest
