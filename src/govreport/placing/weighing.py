"""What each line says for figures having stood on it: the odds of its places, and its width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count
from math import floor
from operator import add, itemgetter, sub
from typing import Final, NamedTuple

from govreport.placing.evidence import (
    LAST_STEP,
    MANY_LETTERS,
    NO_FITS,
    NO_ODDS,
    SHORT_OVER,
    TOP,
    WORD_OPENERS,
    WORDS,
    Fits,
    Odds,
    bare_share,
    edges,
    fits,
    spaced_fits,
)
from govreport.placing.figures import figure_width
from govreport.placing.lines import Inner, Lines
from govreport.placing.rows import Hole
from govreport.typography import TERMINAL

__all__ = ["Place", "weigh"]

_ENDS = TERMINAL | {"：", "；"}


class Place(NamedTuple):
    """What a line says for figures having stood on it.

    Args:
        line: The line.
        slots: The odds of its places: at its start, inside, at its end.
        spans: What of its text a figure at each takes the place of, from an offset to another.
        total: The odds of all places but the end, added up.
        slack: How far it stays behind the measure, in em; 0 where that tells nothing.
        fits: How often such a line with figures stays behind the measure.
        bare: How often it stays as far behind as it does, without figures.
        most: The odds of a figure on it, at most.
        glued: Whether it may be several printed lines.
    """

    line: int
    slots: tuple[Odds, ...]
    spans: tuple[Hole, ...]
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
        left = int(self.slack + 2.1 - size)
        if not 0 <= left <= LAST_STEP:
            left = 0 if left < 0 else LAST_STEP
        return self.fits[0][left] / self.bare, self.fits[1][left] / self.bare


#: A line with odds up to this takes no figure.
_ACTIVE: Final = 3e-2
_NONE: Final[Inner] = (), ()
#: How likely a line opens a paragraph: where the one before does not end one by its mark; where it
#: does and is short; where it does and is full.
_INSIDE, _AFTER_SHORT, _AFTER_FULL = 0.02, 0.7, 0.15
#: What the narrowest figure, and a usual one, leave over on a full line, in em from -2 on.
_NARROW: Final = 2.1 - figure_width("8")
_USUAL: Final = 2.1 - figure_width("300")


def weigh(
    lines: Lines, seen: float, torn: frozenset[int] = frozenset()
) -> tuple[list[Place], list[float]]:
    """What lines say for figures, and the probability of one on each as far as that tells.

    The first is left out for lines that can hardly have one.

    Args:
        lines: The lines.
        seen: What a blank speaks for a figure.
        torn: The fragments of figures that stand at their places. No other stands beside them, and
            the widths of the lines that they are torn from tell nothing.
    """
    inner = {k: lines.inner(k, seen) for k in (*lines.holes, *lines.spaced)}
    lasts = list(map(itemgetter(-1), lines.texts))
    starts, ends = _edges(lines, lasts, torn)
    rooms = _rooms(lines, lasts, torn)
    active = [
        k
        for k, (start, end, (_, _, _, (inside, at_end), _)) in enumerate(
            zip(starts, ends, rooms, strict=True)
        )
        if start[TOP] * inside + end[TOP] * at_end > _ACTIVE
    ]
    places: list[Place] = []
    shares = [0.0] * len(lasts)
    for k in sorted({*active, *inner}):
        start, end, size = starts[k], ends[k], len(lines.texts[k])
        holes, odds = inner.get(k, _NONE)
        total = start
        for each in odds:
            total = tuple(map(add, total, each))
        slack, fit, bare, narrow, usual = rooms[k]
        most = total[TOP] * narrow[0] + end[TOP] * narrow[1]
        if most > _ACTIVE:
            glued = fit is NO_FITS and lines.glued(k)
            slots, spans = (start, *odds, end), ((0, 0), *holes, (size, size))
            places.append(Place(k, slots, spans, total, slack, fit, bare, most, glued))
            likely = total[TOP] * usual[0] + end[TOP] * usual[1]
            shares[k] = likely / (1 + likely)
    return places, shares


def _edges(
    lines: Lines, lasts: Sequence[str], torn: frozenset[int]
) -> tuple[Sequence[Odds], Sequence[Odds]]:
    """The odds of a place at the start of each line, and at its end.

    Args:
        lines: The lines.
        lasts: Their last characters.
        torn: The fragments of figures that stand at their places.
    """
    firsts = list(map(itemgetter(0), lines.texts))
    for k in compress(count(), map(WORD_OPENERS.__contains__, firsts)):
        if lines.texts[k][:2] in WORDS:
            firsts[k] = ""
    found = list(edges(["", *lasts], [*firsts, ""]))
    starts, ends = [start for _, start in found], [end for end, _ in found]
    del starts[-1], ends[0]
    if torn:
        starts = [
            NO_ODDS if number - 1 in torn else odds
            for number, odds in zip(lines.index, starts, strict=True)
        ]
        ends = [
            NO_ODDS if number + 1 in torn else odds
            for number, odds in zip(lines.index, ends, strict=True)
        ]
    return starts, ends


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


def _rooms(lines: Lines, lasts: Sequence[str], torn: frozenset[int]) -> list[_Room]:
    """What the width of each line says for figures."""
    holes, measures = lines.holes, list(lines.measures)
    slacks = list(map(sub, measures, lines.widths))
    ends = list(map(_ENDS.__contains__, lasts))
    opens = [_INSIDE] * (len(lasts) + 1)
    for k in compress(range(len(lasts)), ends):
        opens[k + 1] = _AFTER_SHORT if slacks[k] > 2 + 3 * len(holes.get(k, ())) else _AFTER_FULL
    for k in lines.spaced:
        measures[k] *= -1
    if torn:
        for k, number in enumerate(lines.index):
            if number - 1 in torn or number + 1 in torn:
                measures[k] = 0.0
    return list(map(_room, slacks, opens, ends, lines.letters, measures))


@lru_cache(maxsize=1024)
def _room(slack: float, opens: float, ends: bool, letters: int, measure: float) -> _Room:
    """What a line's width says for figures.

    Args:
        slack: How far it stays behind the measure, in em.
        opens: How likely it opens a paragraph.
        ends: Whether it ends in a mark that ends a paragraph.
        letters: Its signs without blanks.
        measure: The column's width in em; 0 where that tells nothing, and below 0 where blanks
            stand between its letters.
    """
    if not measure or slack < -1:
        return _ANY_ROOM
    behind = floor(slack + 0.1)
    if measure > 0:
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
