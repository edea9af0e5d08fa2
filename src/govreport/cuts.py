"""Parts taken out of printed lines, and what is left of them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govreport.lines import PrintedLine
from govreport.source import Traced, join
from govreport.typography import width

__all__ = ["Squeezed", "without"]


@attrs.frozen
class Squeezed:
    """A text without its blanks, and where each character stood.

    Args:
        text: The text, blanks left out.
        places: For each character its offset in the text with blanks.

    >>> s = Squeezed.of("市长　张 三")
    >>> s.text, s.span(2, 4)
    ('市长张三', (3, 6))
    """

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Squeezed:
        """Leave the blanks out of a text."""
        if text.split(maxsplit=1) == [text]:
            return cls(text, range(len(text)))
        places = tuple(k for k, sign in enumerate(text) if not sign.isspace())
        return cls("".join(text[k] for k in places), places)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch with blanks that a stretch without blanks stands for (never empty)."""
        return self.places[start], self.places[end - 1] + 1


def without(line: PrintedLine, cuts: Sequence[tuple[int, int]]) -> PrintedLine | None:
    """What is left of a printed line when parts are taken out; none where nothing is left.

    Args:
        line: The line.
        cuts: Stretches of its text, in code points, ascending and apart.

    >>> line = PrintedLine(text=Traced("台。（下转4版）", 0), width=7.5)
    >>> left = without(line, [(2, 8)])
    >>> left.text.text, left.width
    ('台。', 2.0)
    """
    kept: list[tuple[int, int]] = []
    at = 0
    text = line.text
    for start, end in (*cuts, (len(text), len(text))):
        low, high = _trim(text, at, start)
        if low < high:
            kept.append((low, high))
        at = end
    if not kept:
        return None
    rest = join(text[low:high] for low, high in kept)
    moved = _Moved(tuple(kept))
    closed = (moved.at(k) for k in line.closed)
    gaps = ((gap, moved.at(gap.at)) for gap in line.gaps)
    return line._replace(
        text=rest,
        width=width(rest.text),
        indent=line.indent if kept[0][0] == 0 else None,
        closed=tuple(k for k in closed if k is not None),
        gaps=tuple(attrs.evolve(gap, at=k) for gap, k in gaps if k is not None),
    )


def _trim(text: Traced, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends."""
    while start < end and text.text[start].isspace():
        start += 1
    while end > start and text.text[end - 1].isspace():
        end -= 1
    return start, end


@attrs.frozen
class _Moved:
    """Where offsets of a text are after parts of it were left out."""

    kept: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int | None:
        """The new offset; none where the place is gone."""
        before = 0
        for low, high in self.kept:
            if low <= offset <= high:
                return before + offset - low
            before += high - low
        return None
