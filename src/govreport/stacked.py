"""Lines stacked into one text, so that one search looks through all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, count
from operator import add

import attrs

__all__ = ["Stack"]


@attrs.frozen
class Stack:
    """Lines as one text, a line end between them.

    A search through a whole text costs a fraction of as many searches as it has lines.

    Args:
        texts: The lines, none of which holds a line end.
        whole: The text.
        starts: Where each line begins in it, and where one more would.
    """

    texts: tuple[str, ...]
    whole: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Stack:
        """Stack lines."""
        lines = tuple(texts)
        ends = accumulate(map(len, lines), initial=0)
        return cls(lines, "\n".join(lines), tuple(map(add, ends, count())))

    def having(self, pattern: re.Pattern[str]) -> list[int]:
        """The indices of the lines in which a pattern is found, ascending.

        Args:
            pattern: Never matches a line end; ``^`` and ``$`` are a line's with ``re.M``.

        >>> Stack.of(["工作报告", "各位代表：", "报告工作"]).having(re.compile("^报|：$", re.M))
        [1, 2]
        """
        return self._found(pattern, self.whole)

    def opening(self, pattern: re.Pattern[str]) -> list[int]:
        """The indices of the lines that begin as a pattern says, ascending.

        Args:
            pattern: Begins with the line end before the line, which a search finds many times as
                fast as a place that has no sign of its own.

        >>> Stack.of(["报告", "工作报告", "报告工作"]).opening(re.compile("\\n报"))
        [0, 2]
        """
        return self._found(pattern, "\n" + self.whole)

    def _found(self, pattern: re.Pattern[str], whole: str) -> list[int]:
        out: list[int] = []
        end = 0
        for match in pattern.finditer(whole):
            at = match.start()
            if at >= end:
                k = bisect_right(self.starts, at) - 1
                out.append(k)
                end = self.starts[k + 1]
        return out
