"""Features that hold together: made once for each set of names, and shared by all line ends."""

from __future__ import annotations

from functools import cache

import attrs

__all__ = ["NOTHING", "Group", "LineEnd", "Marks", "group", "line_end", "marks_of"]


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
class LineEnd:
    """All that speaks at a line end, by kinds. Line ends at which the same speaks mostly share one.

    Args:
        fills: How the line fills its column.
        near: How it fills what the lines around it fill.
        marks: The marks beside it.
        rest: The rest: the page's setting, labels, openings.
    """

    fills: Group
    near: Group
    marks: Marks
    rest: Group

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups, in the order in which what they say is summed."""
        return self.fills, self.marks.inside, self.near, self.marks.around, self.rest

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all features."""
        return tuple([name for each in self.groups for name in each.names])


def line_end(fills: Group, near: Group, marks: Marks, rest: Group = NOTHING) -> LineEnd:
    """A line end at which these speak.

    >>> full, stop = group("slack-inner:0"), group("end:stop")
    >>> line_end(full, NOTHING, marks_of(NOTHING, stop)).names
    ('slack-inner:0', 'end:stop')
    """
    return LineEnd(fills, near, marks, rest)
