"""The figures of each line put into its places, with probabilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from govreport.placing.figures import Figures
from govreport.placing.lattice import Choice
from govreport.placing.lines import Lines
from govreport.placing.slots import arrange
from govreport.placing.weighing import Place
from govreport.source import Traced

__all__ = ["Fill", "Page", "filled"]


@attrs.frozen(slots=True, kw_only=True)
class Fill:
    """A figure and where it goes: code points of the fragment's text given up for it."""

    row: int
    fragment: int
    start: int
    end: int
    figure: Traced
    probability: float


@attrs.frozen(slots=True, kw_only=True)
class Page:
    """The lines with their places, and the figures."""

    lines: Lines
    places: Sequence[Place | None]
    figures: Figures

    def place(self, line: int) -> Place:
        """The place that a line is, which has taken a figure."""
        found = self.places[line]
        assert found is not None
        return found

    def where(self, line: int, slot: int) -> _Where:
        """A slot of a line, the same for the end of a line and the start of the next."""
        inner = self.place(line).inner
        if not slot:
            return line, 0
        if slot <= len(inner):
            return line, inner[slot - 1][0]
        if line + 1 < len(self.places):
            return line + 1, 0
        return line, -1


_FAR: Final = 1 << 60
_Where = tuple[int, int]
"""A line and an offset; the end of one text is the start of the next."""


def filled(page: Page, choices: Sequence[Choice]) -> list[list[Fill]]:
    """What goes where: the figures of each line that takes some on the best way."""
    best = _arranged(page, [c for c in choices if c.best and c.line >= 0])
    masses = _masses(page, choices, best)
    texts = page.figures.texts
    out: list[list[Fill]] = []
    for choice, names, slots, _ in best:
        line = choice.line
        cuts = page.place(line).slots(len(page.lines.texts[line]))
        out.append(
            [
                Fill(
                    row=j,
                    fragment=page.lines.index[line],
                    start=cuts[slot][0],
                    end=cuts[slot][1],
                    figure=texts[j][t],
                    probability=min(1.0, masses[j, t, page.where(line, slot)]),
                )
                for (j, t), slot in zip(names, slots, strict=True)
            ]
        )
    return out


_Way = tuple[Choice, list[tuple[int, int]], tuple[int, ...], list[dict[int, float]]]
"""A choice, its figures (row and number), their best slots, their probabilities by slot."""


def _masses(
    page: Page, choices: Sequence[Choice], best: Sequence[_Way]
) -> Mapping[tuple[int, int, _Where], float]:
    """How likely a figure is at a place, for each that some choice may bring to its best line."""
    masses: dict[tuple[int, int, _Where], float] = defaultdict(float)
    known = {(way[0].line, way[0].low, way[0].high): way for way in best}
    lines = {j: way[0].line for way in best for j in range(way[0].low, way[0].high)}
    for choice in choices:
        line, low, high = choice.line, choice.low, choice.high
        if line < 0 or not any([abs(lines.get(j, -_FAR) - line) <= 1 for j in range(low, high)]):  # noqa: C419 - quicker
            continue
        _, names, _, shares = known.get((line, low, high)) or _way(page, choice, None)
        for (j, t), row in zip(names, shares, strict=True):
            for slot, share in row.items():
                masses[j, t, page.where(line, slot)] += share * choice.probability
    return masses


def _arranged(page: Page, choices: Sequence[Choice]) -> list[_Way]:
    """The figures of each choice of the best way in the slots of its line.

    The end of a line and the start of the next are one place: where both would be filled, the less
    likely of the two figures goes elsewhere.
    """
    out: list[_Way] = []
    for choice in choices:
        way = _way(page, choice, None)
        if out and _meet(page, out[-1], way):
            before = out[-1]
            taken = before[2][-1]
            if way[3][0][0] < before[3][-1][taken]:
                way = _way(page, choice, 0)
            else:
                out[-1] = _way(page, before[0], taken)
        out.append(way)
    return out


def _way(page: Page, choice: Choice, without: int | None) -> _Way:
    low, high, figures = choice.low, choice.high, page.figures
    names = [(j, t) for j in range(low, high) for t in range(len(figures.texts[j]))]
    kind = [each for some in figures.kinds[low:high] for each in some]
    size = sum(figures.widths[low:high])
    slots, shares = arrange(page.place(choice.line), kind, size, without)
    return choice, names, slots, shares


def _meet(page: Page, one: _Way, other: _Way) -> bool:
    """Whether the last figure of one line and the first of the next are at the same place."""
    before, after = one[0].line, other[0].line
    ends = one[2][-1] == len(page.place(before).inner) + 1
    return ends and other[2][0] == 0 and before + 1 == after
