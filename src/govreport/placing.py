"""Displaced figures put back into the lines that they were set in.

Where figures were set on another layer, extraction gives the text first, with a blank where each
figure stood (none at a line's start or end), and the figures later: after the line, after the
paragraph, or all of them at the page's end. Here they are aligned with the places, in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Final

import attrs

from govreport.columns import Fragment
from govreport.placing_evidence import (
    Line,
    arrange,
    boundary,
    figure_width,
    kinds,
    pieces,
    read,
)
from govreport.placing_lattice import Choice, Figures, align
from govreport.source import Span, Traced, join
from govreport.typography import width

__all__ = ["Placed", "PlacedFigure", "Unplaced", "place"]

#: A way below this is no way: its figures are left unplaced.
_LEAST: Final = 0.2


@attrs.frozen(slots=True, kw_only=True)
class PlacedFigure:
    """A figure put into its place.

    Args:
        span: Where it stood in the source.
        fragment: The number of its fragment among `Placed.fragments`.
        offset: Code points of that fragment's text before it.
        probability: How sure the place is, between 0 and 1.
    """

    span: Span
    fragment: int
    offset: int
    probability: float


@attrs.frozen(slots=True, kw_only=True)
class Unplaced:
    """Figures that stood apart from their line and found no place.

    Args:
        fragment: The figures as they stood.
        reason: Why they have no place.
    """

    fragment: Fragment
    reason: str


@attrs.frozen(slots=True, kw_only=True)
class Placed:
    """Fragments with their figures.

    Args:
        fragments: The fragments; those without change are the same objects.
        figures: The figures that were put into them.
        unplaced: The figures that were taken out of the text's way without a place.
    """

    fragments: tuple[Fragment, ...]
    figures: tuple[PlacedFigure, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


def place(fragments: tuple[Fragment, ...]) -> Placed:
    """Put each displaced figure into the line it was set in.

    >>> from govreport.columns import fragments
    >>> page = "全镇新修水渠 条，年均增\\n长 ，受益农田\\n亩。\\n12\\n4.5%\\n3000\\n"
    >>> [f.text.text for f in place(fragments(page)).fragments]
    ['全镇新修水渠12条，年均增', '长4.5%，受益农田', '3000亩。']
    """
    found = {k: figures for k, f in enumerate(fragments) if (figures := pieces(f.text.text))}
    if not found or len(found) == len(fragments):
        return Placed(fragments=fragments)
    texts = {k: f.text.text for k, f in enumerate(fragments) if k not in found and f.text}
    lines = read(texts, sum([len(figures) for figures in found.values()]))
    rows = _rows(fragments, found, lines)
    choices = align(lines, rows)
    return _Filling(fragments, rows, choices).placed()


# --- a figure at its place, torn from its line ----------------------------------------------------

_NEVER: Final = exp(-14.0)
_LONGEST_TORN: Final = 3


def _rows(
    fragments: Sequence[Fragment],
    found: Mapping[int, tuple[str, ...]],
    lines: Sequence[Line],
) -> list[Figures]:
    """The fragments of figures, with the odds that each stands where it belongs."""
    at_place = _stays(fragments, found, lines)
    likely = sum([1 for weight in at_place if weight is not None and weight > 0])
    habit = 2 * log((likely + 0.5) / (len(found) - likely + 0.5))
    prior = min(6.0, max(-6.0, habit))
    return [
        Figures(
            index=index,
            texts=texts,
            apart=fragments[index].blanks > 0,
            stay=_NEVER if weight is None else exp(min(8.0, weight + prior)),
        )
        for (index, texts), weight in zip(found.items(), at_place, strict=True)
    ]


def _stays(
    fragments: Sequence[Fragment],
    found: Mapping[int, tuple[str, ...]],
    lines: Sequence[Line],
) -> list[float | None]:
    """What speaks for each figure fragment standing at its place; none where nothing can."""
    of_fragment = {line.index: line for line in lines}
    out: list[float | None] = []
    for run in _runs(found):
        before, after = of_fragment.get(run[0] - 1), of_fragment.get(run[-1] + 1)
        weight: float | None = None
        if len(run) <= _LONGEST_TORN:
            size = sum([figure_width(text) for index in run for text in found[index]])
            weight = _torn(before, after, size)
            if weight is not None and before and after:
                left, right = fragments[before.index].text.text, fragments[after.index].text.text
                weight += 4.0 + boundary(left[-1], right[0])
        out.extend([weight] * len(run))
    return out


def _runs(found: Mapping[int, tuple[str, ...]]) -> list[list[int]]:
    """Fragments of figures that follow each other."""
    out: list[list[int]] = []
    for index in found:
        if out and out[-1][-1] == index - 1:
            out[-1].append(index)
        else:
            out.append([index])
    return out


def _torn(before: Line | None, after: Line | None, size: float) -> float | None:
    """Whether a figure of that width fills up the line before it, or the line after it."""
    if before is not None and (before.slack is None or before.slack > size - 0.3):
        return -3.0 if before.glued else 3.0
    if after is not None and (after.slack is None or after.slack > size - 0.3):
        return -3.0 if after.glued else 1.0
    return None


# --- filling in -----------------------------------------------------------------------------------


@attrs.frozen(slots=True)
class _Filling:
    """Fragments, their rows of figures, and what was found about them."""

    fragments: Sequence[Fragment]
    rows: Sequence[Figures]
    choices: Sequence[Choice]

    def placed(self) -> Placed:
        """The fragments with the figures in their places."""
        sure = self._probabilities()
        filled: dict[int, list[_Filled]] = defaultdict(list)
        gone: set[int] = set()
        for choice in self.choices:
            if choice.best and choice.line is not None:
                fills = self._fill(choice, sure)
                if min([fill.probability for fill in fills]) >= _LEAST:
                    filled[choice.line.index].extend(fills)
                    gone.update([self.rows[j].index for j in range(choice.low, choice.high)])
        return self._result(filled, gone)
