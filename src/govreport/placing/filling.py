"""The figures of each line put into its places, with probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import attrs

from govreport.placing.figures import Figures
from govreport.placing.lattice import Choice
from govreport.placing.lines import Lines
from govreport.placing.slots import arrange, spread
from govreport.placing.weighing import Place
from govreport.source import Traced

__all__ = ["Fill", "Slotted", "filled"]


class Fill(NamedTuple):
    """A figure and where it goes.

    Args:
        row: Its fragment's number among those of figures.
        start: Code points of the line's text before it.
        end: The end of what of the line's text is given up for it.
        figure: The figure.
        probability: How sure the place is, between 0 and 1.
    """

    row: int
    start: int
    end: int
    figure: Traced
    probability: float


@attrs.frozen(slots=True, kw_only=True)
class Slotted:
    """Lines with slots, and the figures that may stand in them.

    Args:
        lines: The lines.
        places: What those say that can have figures, by their numbers.
        figures: The figures.
    """

    lines: Lines
    places: Mapping[int, Place]
    figures: Figures

    def cut(self, line: int, slot: int) -> tuple[int, int]:
        """What of a line's text a figure takes the place of."""
        holes = self.places[line].holes
        if not slot:
            return 0, 0
        if slot <= len(holes):
            return holes[slot - 1]
        size = len(self.lines.texts[line])
        return size, size

    def where(self, line: int, slot: int) -> _Where:
        """A slot of a line, the same for the end of a line and the start of the next."""
        holes = self.places[line].holes
        if not slot:
            return line, 0
        if slot <= len(holes):
            return line, holes[slot - 1][0]
        return (line + 1, 0) if line + 1 < len(self.lines.texts) else (line, -1)


_Where = tuple[int, int]
"""A line and an offset; the end of one text is the start of the next."""
_Name = tuple[int, int]
"""A figure: its fragment's number among those of figures, and its own in it."""


def filled(slotted: Slotted, choices: Sequence[Choice]) -> list[tuple[int, list[Fill]]]:
    """What goes where: for each line that takes figures on the best way, its fragment and figures."""
    best = _arranged(slotted, [choice for choice in choices if choice.best and choice.line >= 0])
    rivals = _rivals(slotted, choices, best)
    texts, index = slotted.figures.texts, slotted.lines.index
    out: list[tuple[int, list[Fill]]] = []
    for choice, slots, shares in best:
        line, low, high, probability, _ = choice
        if high == low + 1 and len(slots) == 1 and low not in rivals:
            start, end = slotted.cut(line, slots[0])
            sure = min(1.0, shares[0] * probability)
            out.append((index[line], [Fill(low, start, end, texts[low][0], sure)]))
            continue
        some: list[Fill] = []
        for (row, number), slot, share in zip(_names(slotted, choice), slots, shares, strict=True):
            sure = share * probability
            if row in rivals:
                sure += rivals[row].get((number, slotted.where(line, slot)), 0.0)
            start, end = slotted.cut(line, slot)
            some.append(Fill(row, start, end, texts[row][number], min(1.0, sure)))
        out.append((index[line], some))
    return out


def _names(slotted: Slotted, choice: Choice) -> list[_Name]:
    """The figures of a choice."""
    texts = slotted.figures.texts
    return [(j, t) for j in range(choice.low, choice.high) for t in range(len(texts[j]))]


class _Way(NamedTuple):
    """The figures of a choice in the slots of its line, with their probabilities there."""

    choice: Choice
    slots: Sequence[int]
    shares: Sequence[float]


def _rivals(
    slotted: Slotted, choices: Sequence[Choice], best: Sequence[_Way]
) -> Mapping[int, Mapping[tuple[int, _Where], float]]:
    """How likely other choices than the best bring figures to places of the same line or the next.

    By the figures' fragments; then by their numbers in them and their places.
    """
    lines = {j: way.choice.line for way in best for j in range(way.choice.low, way.choice.high)}
    masses: dict[int, dict[tuple[int, _Where], float]] = {}
    for choice in choices:
        line = choice.line
        if choice.best or line < 0:
            continue
        if all(abs(lines.get(j, -2) - line) > 1 for j in range(choice.low, choice.high)):
            continue
        shares = spread(slotted.places[line], *_kinds(slotted, choice))
        for (j, t), row in zip(_names(slotted, choice), shares, strict=True):
            mass = masses.setdefault(j, {})
            for slot, share in enumerate(row):
                where = t, slotted.where(line, slot)
                mass[where] = mass.get(where, 0.0) + share * choice.probability
    return masses


def _kinds(slotted: Slotted, choice: Choice) -> tuple[Sequence[int], float]:
    """The kinds and the width of a choice's figures."""
    low, high, figures = choice.low, choice.high, slotted.figures
    if high == low + 1:
        return figures.kinds[low], figures.widths[low]
    return [each for some in figures.kinds[low:high] for each in some], sum(
        figures.widths[low:high]
    )


def _arranged(slotted: Slotted, choices: Sequence[Choice]) -> list[_Way]:
    """The figures of each choice of the best way in the slots of its line.

    The end of a line and the start of the next are one place: where both would be filled, the less
    likely of the two figures goes elsewhere.
    """
    out: list[_Way] = []
    for choice in choices:
        way = _way(slotted, choice, None)
        if out and not way.slots[0] and _meet(slotted, out[-1], way):
            before = out[-1]
            if way.shares[0] < before.shares[-1]:
                way = _way(slotted, choice, 0)
            else:
                out[-1] = _way(slotted, before.choice, before.slots[-1])
        out.append(way)
    return out


def _way(slotted: Slotted, choice: Choice, without: int | None) -> _Way:
    """The figures of a choice in the best slots, but for one that another line's figure has taken."""
    return _Way(choice, *arrange(slotted.places[choice.line], *_kinds(slotted, choice), without))


def _meet(slotted: Slotted, one: _Way, other: _Way) -> bool:
    """Whether the last figure of one line and the first of the next are at the same place."""
    before, after = one.choice.line, other.choice.line
    return before + 1 == after and one.slots[-1] == len(slotted.places[before].slots) - 1
