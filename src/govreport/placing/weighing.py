"""What each line says for figures having stood on it: the odds of its places, and its width."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress, count, islice
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

__all__ = ["ANY_ROOM", "Place", "Room", "weigh"]

_ENDS = TERMINAL | {"：", "；"}
#: Widths are told from two em less than none on; a little more is no whole em.
_FROM: Final = 2.1


class Room(NamedTuple):
    """What a line's width says for figures.

    Args:
        width: How far it stays behind the measure, in em, from -2 on.
        inside: By whole em left over, how often such a line stays so far behind with figures.
        at_end: The same with one at its end.
        bare: How often it stays as far behind as it does, without figures.
        narrow: At most, against none: the odds of figures inside it, and at its end.
        usual: The same of a figure of a usual width.
    """

    width: float
    inside: Sequence[float]
    at_end: Sequence[float]
    bare: float
    narrow: tuple[float, float]
    usual: tuple[float, float]

    def odds(self, size: float) -> tuple[float, float]:
        """What the width of figures says for them: with the line's end empty, and with one there.

        Args:
            size: Their width in em.
        """
        left = int(self.width - size)
        if not 0 <= left <= LAST_STEP:
            left = 0 if left < 0 else LAST_STEP
        return self.inside[left] / self.bare, self.at_end[left] / self.bare


#: Where the width tells nothing.
ANY_ROOM: Final = Room(_FROM, *NO_FITS[:2], 1.0, (1.0, 1.0), (1.0, 1.0))


class Place(NamedTuple):
    """What a line says for figures having stood on it.

    Args:
        line: The line.
        slots: The odds of its places: at its start, in its blanks, at its end.
        holes: Those blanks.
        total: The odds of all places but the end, added up.
        room: What its width says.
        most: The odds of a figure on it, at most.
        glued: Whether it may be several printed lines.
    """

    line: int
    slots: tuple[Odds, ...]
    holes: Sequence[Hole]
    total: Odds
    room: Room
    most: float
    glued: bool


#: A line with odds up to this takes no figure.
_ACTIVE: Final = 3e-2
_NONE: Final[Inner] = (), ()
#: How likely a line opens a paragraph: where the one before does not end one by its mark; where it
#: does and is short; where it does and is full.
_INSIDE, _AFTER_SHORT, _AFTER_FULL = 0.02, 0.7, 0.15
#: The widths of the narrowest figure, and of a usual one, in em.
_NARROW: Final = figure_width("8")
_USUAL: Final = figure_width("300")


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
    between, rooms = _between(lines, lasts, torn), _rooms(lines, lasts, torn)
    places: list[Place] = []
    shares = [0.0] * len(lasts)
    for k, ((_, start), (end, _), room) in enumerate(
        zip(between, islice(between, 1, None), rooms, strict=False)
    ):
        _, _, _, _, (inside, at_end), usual = room
        last = end[TOP]
        if start[TOP] * inside + last * at_end <= _ACTIVE and k not in inner:
            continue
        holes, odds = inner.get(k, _NONE)
        total = start
        for each in odds:
            total = tuple(map(add, total, each))
        top = total[TOP]
        most = top * inside + last * at_end
        if most > _ACTIVE:
            glued = room is ANY_ROOM and lines.glued(k)
            places.append(Place(k, (start, *odds, end), holes, total, room, most, glued))
            likely = top * usual[0] + last * usual[1]
            shares[k] = likely / (1 + likely)
    return places, shares


def _between(lines: Lines, lasts: Sequence[str], torn: frozenset[int]) -> list[tuple[Odds, Odds]]:
    """The odds of places at the end of each line and at the start of the next, from before the first.

    Args:
        lines: The lines.
        lasts: Their last characters.
        torn: The fragments of figures that stand at their places.
    """
    firsts = list(map(itemgetter(0), lines.texts))
    for k in compress(count(), map(WORD_OPENERS.__contains__, firsts)):
        if lines.texts[k][:2] in WORDS:
            firsts[k] = ""
    out = list(edges(["", *lasts], [*firsts, ""]))
    if torn:
        for k, number in enumerate(lines.index):
            if number - 1 in torn:
                out[k] = out[k][0], NO_ODDS
            if number + 1 in torn:
                out[k + 1] = NO_ODDS, out[k + 1][1]
    return out


def _rooms(lines: Lines, lasts: Sequence[str], torn: frozenset[int]) -> list[Room]:
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
def _room(slack: float, opens: float, ends: bool, letters: int, measure: float) -> Room:
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
        return ANY_ROOM
    behind = floor(slack + 0.1)
    if measure > 0:
        last = 0.35 if ends else 0.03
        bare = (1 - last) * bare_share(behind, opens, letters)
        bare += last * (1 / measure if behind >= 0 else SHORT_OVER)
        fit = fits(opens, last, min(letters, MANY_LETTERS), measure)
    else:
        fit, bare = spaced_fits(behind, opens, letters)
    inside, at_end, most_inside, most_at_end = fit
    width = slack + _FROM
    left = min(int(width - _NARROW), LAST_STEP)
    narrow = most_inside[left] / bare, most_at_end[left] / bare
    left = min(max(int(width - _USUAL), 0), LAST_STEP)
    return Room(width, inside, at_end, bare, narrow, (inside[left] / bare, at_end[left] / bare))
