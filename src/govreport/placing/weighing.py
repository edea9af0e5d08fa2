"""What each line says for figures having stood on it: the odds of its places, and its width."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import floor
from typing import Final, NamedTuple

from govreport.placing.evidence import (
    LAST_STEP,
    MANY_LETTERS,
    NO_FITS,
    NO_ODDS,
    SHORT_OVER,
    TOP,
    WORDS,
    Fits,
    Odds,
    bare_share,
    edges,
    fits,
    spaced_fits,
)
from govreport.placing.figures import figure_width
from govreport.placing.lines import Lines, Slot
from govreport.typography import TERMINAL

__all__ = ["Place", "weigh"]

_ENDS = TERMINAL | {"：", "；"}


class Place(NamedTuple):
    """What a line says for figures having stood on it.

    Args:
        line: The line.
        start: The odds of a place at its start.
        inner: Its other places.
        end: The odds of a place at its end.
        total: The odds of all places but the end, added up.
        slack: How far it stays behind the measure, in em; 0 where that tells nothing.
        fits: How often such a line with figures stays behind the measure.
        bare: How often it stays as far behind as it does, without figures.
        most: The odds of a figure on it, at most.
        glued: Whether it may be several printed lines.
    """

    line: int
    start: Odds
    inner: tuple[Slot, ...]
    end: Odds
    total: Odds
    slack: float
    fits: Fits
    bare: float
    most: float
    glued: bool

    def room(self, size: float) -> tuple[float, float]:
        """What the width of figures says for them: with the line's end empty, and with one there.

        Args:
            size: Their width in em.
        """
        left = min(max(floor(self.slack + 0.1 - size) + 2, 0), LAST_STEP)
        return self.fits[0][left] / self.bare, self.fits[1][left] / self.bare


#: A line with odds up to this takes no figure.
_ACTIVE: Final = 1e-2
#: What the narrowest figure, and a usual one, leave over on a full line, in em from -2 on.
_NARROW: Final = 2.1 - figure_width("8")
_USUAL: Final = 2.1 - figure_width("300")


def weigh(
    lines: Lines, seen: float, torn: frozenset[int] = frozenset()
) -> tuple[list[Place | None], list[float]]:
    """What each line says for figures, and the probability of one on it as far as that tells.

    The first is left out for lines that can hardly have one.

    Args:
        lines: The lines.
        seen: What a blank speaks for a figure.
        torn: The fragments of figures that stand at their places. No other stands beside them, and
            the widths of the lines that they are torn from tell nothing.
    """
    inner = {k: lines.inner(k, seen) for k in (*lines.holes, *lines.spaced)}
    firsts = ["" if text[:2] in WORDS else text[0] for text in lines.texts]
    lasts = [text[-1] for text in lines.texts]
    at_edges = list(edges(["", *lasts], [*firsts, ""]))
    if torn:
        for k, number in enumerate(lines.index):
            if number - 1 in torn:
                at_edges[k] = at_edges[k][0], NO_ODDS
            if number + 1 in torn:
                at_edges[k + 1] = NO_ODDS, at_edges[k + 1][1]
    places: list[Place | None] = [None] * len(lasts)
    shares = [0.0] * len(lasts)
    for k, (room, (_, start), (end, _)) in enumerate(
        zip(_rooms(lines, lasts, torn), at_edges[:-1], at_edges[1:], strict=True)
    ):
        slots, total = inner.get(k, ()), start
        if slots:
            total = tuple(map(sum, zip(start, *[odds for _, _, odds in slots], strict=True)))
        slack, fit, bare, narrow, usual = room
        most = total[TOP] * narrow[0] + end[TOP] * narrow[1]
        if most > _ACTIVE:
            glued = fit is NO_FITS and lines.glued(k)
            places[k] = Place(k, start, slots, end, total, slack, fit, bare, most, glued)
            odds = total[TOP] * usual[0] + end[TOP] * usual[1]
            shares[k] = odds / (1 + odds)
    return places, shares


class _Room(NamedTuple):
    """What a line's width says for figures.

    Args:
        slack: How far it stays behind the measure, in em; 0 where that tells nothing.
        fits: How often such a line with figures stays behind the measure.
        bare: How often it stays as far behind as it does, without figures.
        narrow: At most, against none: the odds of figures inside it, and at its end.
        usual: The same of a figure of a usual width.
    """

    slack: float
    fits: Fits
    bare: float
    narrow: tuple[float, float]
    usual: tuple[float, float]


_ANY_ROOM: Final = _Room(0.0, NO_FITS, 1.0, (1.0, 1.0), (1.0, 1.0))


def _rooms(lines: Lines, lasts: Sequence[str], torn: frozenset[int]) -> Iterator[_Room]:
    """What the width of each line says for figures."""
    holes, spaced = lines.holes, lines.spaced
    opens = 0.02
    parts = {k for k, n in enumerate(lines.index) if n - 1 in torn or n + 1 in torn} if torn else ()
    columns = zip(lines.letters, lasts, lines.widths, lines.measures, strict=True)
    for k, (letters, sign, size, measure) in enumerate(columns):
        slack = measure - size
        ends = sign in _ENDS
        if measure <= 0 or slack < -1 or k in parts:
            yield _ANY_ROOM
        else:
            yield _room(slack, opens, ends, letters, 0.0 if k in spaced else measure)
        opens = 0.02
        if ends:
            opens = 0.7 if slack > 2 + 3 * len(holes.get(k, ())) else 0.15


@lru_cache(maxsize=8192)
def _room(slack: float, opens: float, ends: bool, letters: int, measure: float) -> _Room:
    """What a line's width says for figures.

    Args:
        slack: How far it stays behind the measure, in em.
        opens: How likely it opens a paragraph.
        ends: Whether it ends in a mark that ends a paragraph.
        letters: Its signs without blanks.
        measure: The column's width in em; 0 where blanks stand between its letters.
    """
    behind = floor(slack + 0.1)
    if measure:
        last = 0.35 if ends else 0.03
        bare = (1 - last) * bare_share(behind, opens, letters)
        bare += last * (1 / measure if behind >= 0 else SHORT_OVER)
        fit = fits(opens, last, min(letters, MANY_LETTERS), measure)
    else:
        fit, bare = spaced_fits(behind, opens, letters)
    inside, at_end, most_inside, most_at_end = fit
    left = min(int(slack + _NARROW), LAST_STEP)
    narrow = most_inside[left] / bare, most_at_end[left] / bare
    left = min(max(int(slack + _USUAL), 0), LAST_STEP)
    return _Room(slack, fit, bare, narrow, (inside[left] / bare, at_end[left] / bare))
