"""What a caller knows better than the page: hints that the inference runs around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govreport.diagnostics import Diagnostic
from govreport.lines import PrintedLine
from govreport.source import Source, Span

__all__ = ["Forced", "Hard", "HeadingHint", "Hint", "Soft", "Supply", "forced"]


@attrs.frozen
class Soft:
    """The paragraph goes on after this source line (counted from 1).

    >>> Soft(12).line
    12
    """

    line: int


@attrs.frozen
class Hard:
    """The paragraph or heading ends with this source line (counted from 1)."""

    line: int


@attrs.frozen
class HeadingHint:
    """A heading begins on this source line (counted from 1).

    Args:
        line: The source line.
        level: Its level in the outline, where the caller knows it.
    """

    line: int
    level: int | None = None


@attrs.frozen
class Supply:
    """What a gap held. It is marked as supplied in every format.

    Args:
        gap: Which gap, counted from 0 in reading order, as ``report.find(Gap)`` gives them.
        text: The reading.
    """

    gap: int
    text: str


Hint = Soft | Hard | HeadingHint | Supply


@attrs.frozen
class Forced:
    """The hints, as far as they say something of printed lines.

    Args:
        soft: Indices of lines whose end is soft.
        hard: Indices of lines whose end is hard.
        headings: Indices of lines that begin a heading, with their levels.
        supplies: Readings of gaps by their number.
        diagnostics: Hints that name no place of this text.
    """

    soft: frozenset[int] = frozenset()
    hard: frozenset[int] = frozenset()
    headings: tuple[tuple[int, int | None], ...] = ()
    supplies: tuple[tuple[int, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def forced(hints: Iterable[Hint], lines: Sequence[PrintedLine], source: str) -> Forced:
    """Find the printed lines that hints speak of.

    Args:
        hints: The hints, in any order.
        lines: The body's printed lines.
        source: The source, whose lines the hints count.
    """
    hints = tuple(hints)
    if not hints:
        return Forced()
    where = Source(source)
    starts = {
        p[0]: k for k, p in reversed([*enumerate(where.positions([x.text.start for x in lines]))])
    }
    ends = {p[0]: k for k, p in enumerate(where.positions([x.text.end - 1 for x in lines]))}
    soft: set[int] = set()
    hard: set[int] = set()
    lost: list[Diagnostic] = []
    headings: list[tuple[int, int | None]] = []
    supplies: list[tuple[int, str]] = []
    for hint in hints:
        if isinstance(hint, Supply):
            supplies.append((hint.gap, hint.text))
            continue
        found = (starts if isinstance(hint, HeadingHint) else ends).get(hint.line)
        if found is None:
            lost.append(_lost(hint.line))
        elif isinstance(hint, HeadingHint):
            headings.append((found, hint.level))
        else:
            (soft if isinstance(hint, Soft) else hard).add(found)
    return Forced(frozenset(soft), frozenset(hard), tuple(headings), tuple(supplies), tuple(lost))


def _lost(line: int) -> Diagnostic:
    message = f"a hint speaks of line {line}, where no line of the body begins or ends"
    return Diagnostic.of("hint", message, Span(0, 0))
