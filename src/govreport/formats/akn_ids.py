"""Element ids by the Akoma Ntoso naming convention."""

from __future__ import annotations

from collections import Counter

__all__ = ["Ids"]


class Ids:
    """Gives every element of a document an id of its own.

    An id is the parent's, two underscores, a short form of the element's name and its number. The
    number is the one printed, in Arabic digits (一、 is 1); where none is printed, ``nn_`` and the
    rank; a number that comes a second time gets ``_2``.

    >>> ids = Ids()
    >>> ids.numbered("", "sec", 1), ids.numbered("sec_1", "subsec", 2), ids.numbered("", "sec", 1)
    ('sec_1', 'sec_1__subsec_2', 'sec_1_2')
    >>> ids.numbered("", "sec", None), ids.of("body", "p"), ids.of("body", "p")
    ('sec_nn_1', 'body__p_1', 'body__p_2')
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._taken: set[str] = set()

    def numbered(self, parent: str, short: str, number: int | None) -> str:
        """The id of an element that may have a number."""
        base = f"{parent}__{short}" if parent else short
        if number is None:
            self._counts[base] += 1
            return self._free(f"{base}_nn_{self._counts[base]}")
        return self._free(f"{base}_{number}")

    def of(self, parent: str, short: str) -> str:
        """The id of an element that is counted."""
        base = f"{parent}__{short}"
        self._counts[base] += 1
        return self._free(f"{base}_{self._counts[base]}")

    def single(self, parent: str, short: str) -> str:
        """The id of an element that stands once in its parent."""
        return self._free(f"{parent}__{short}")

    def _free(self, wanted: str) -> str:
        found, k = wanted, self._counts.get("=" + wanted, 1)
        while found in self._taken:
            k += 1
            found = f"{wanted}_{k}"
        self._counts["=" + wanted] = k
        self._taken.add(found)
        return found
