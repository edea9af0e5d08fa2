"""Lines stacked into one text, so that one search looks through all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

import attrs

__all__ = ["Stack", "by_last_sign", "line_numbers"]


@attrs.frozen
class Stack:
    """Lines as one text, a line end between them.

    A search through a whole text costs a fraction of as many searches as it has lines.

    Args:
        texts: The lines, none of which holds a line end.
        whole: The text.
    """

    texts: tuple[str, ...]
    whole: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> Stack:
        """Stack lines."""
        lines = tuple(texts)
        return cls(lines, "\n".join(lines))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line begins in the text, and where one more would."""
        return tuple(accumulate([len(line) + 1 for line in self.texts], initial=0))

    def having(self, pattern: re.Pattern[str]) -> list[int]:
        """The indices of the lines in which a pattern is found, ascending.

        Args:
            pattern: What it matches begins on the line; ``^`` and ``$`` are a line's with
                ``re.M``.

        >>> Stack.of(["工作报告", "各位代表：", "报告工作"]).having(re.compile("^报|：$", re.M))
        [1, 2]
        """
        return _found(pattern, self.whole)

    def holding(self, signed: Mapping[str, re.Pattern[str]]) -> set[int]:
        """The indices of the lines in which one of several patterns is found.

        To look for single signs one after the other is many times as fast as to look for all at
        once; for signs that most lines do not hold.

        Args:
            signed: Patterns that begin with one sign each, under that sign, or with more.

        >>> sorted(Stack.of(["甲：乙", "丙", "丁／戊"]).holding(by_last_sign("：／")))
        [0, 2]
        """
        whole = self.whole
        places: list[int] = []
        for sign, pattern in signed.items():
            at = whole.find(sign)
            while at >= 0:
                if pattern.match(whole, at):
                    places.append(at)
                    at = whole.find("\n", at)
                at = whole.find(sign, at + 1) if at >= 0 else at
        return set(line_numbers(whole, sorted(places)))

    def opening(self, pattern: re.Pattern[str]) -> list[int]:
        """The indices of the lines that begin as a pattern says, ascending.

        Args:
            pattern: Begins with the line end before the line, which a search finds many times as
                fast as a place that has no sign of its own.

        >>> Stack.of(["报告", "工作报告", "报告工作"]).opening(re.compile("\\n报"))
        [0, 2]
        """
        return _found(pattern, "\n" + self.whole)

    def closing(self, pattern: re.Pattern[str]) -> list[int]:
        """The indices of the lines that end as a pattern says, ascending.

        Args:
            pattern: Begins with the line end after the line, and looks back from there.

        >>> Stack.of(["报告", "工作报告", "报告工作"]).closing(re.compile("\\n(?<=告\\n)"))
        [0, 1]
        """
        return _found(pattern, self.whole + "\n")


def _found(pattern: re.Pattern[str], whole: str) -> list[int]:
    return list(line_numbers(whole, [match.start() for match in pattern.finditer(whole)]))


def line_numbers(whole: str, places: Iterable[int]) -> Iterator[int]:
    """The numbers of the lines that some places of a text are on, each once, ascending.

    Counting the line ends between costs less than a list of where all lines begin.

    Args:
        whole: The text.
        places: Offsets in it, ascending; a line end is on the line before it.

    >>> list(line_numbers("\\n".join(["修路", "架桥", "种树"]), [3, 4, 6]))
    [1, 2]
    """
    last, number, seen = -1, 0, 0
    for at in places:
        number += whole.count("\n", seen, at)
        seen = at
        if number != last:
            last = number
            yield number


def by_last_sign(words: Iterable[str], after: str = "") -> dict[str, re.Pattern[str]]:
    """Patterns that find some words, one for all that end in the same sign, under that sign.

    Each begins with it, and looks back for the rest.

    Args:
        words: The words.
        after: What must follow a word, as a regular expression.

    >>> [found.pattern for found in by_last_sign(["日报", "晚报", "广播"]).values()]
    ['报(?:(?<=日报)|(?<=晚报))', '播(?:(?<=广播))']
    """
    groups: dict[str, list[str]] = {}
    for word in words:
        groups.setdefault(word[-1], []).append(f"(?<={re.escape(word)})")
    return {
        last: re.compile(f"{re.escape(last)}(?:{'|'.join(backs)}){after}")
        for last, backs in groups.items()
    }
