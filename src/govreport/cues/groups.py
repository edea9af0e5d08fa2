"""Features that hold together: made once for each set of names, and shared by all line ends."""

from __future__ import annotations

from functools import cache

import attrs

__all__ = ["NOTHING", "Group", "group"]


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
