"""Displaced figures put back into the lines that they were set in.

Where figures were set on another layer, extraction gives the text first, with a blank where each
figure stood (none at a line's start or end), and the figures later: after the line, after the
paragraph, or all of them at the page's end. Here they are aligned with the places, in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, log
from typing import Final

import attrs

from govreport.columns import Fragment
from govreport.placing_evidence import (
    Line,
    boundary,
    figure_width,
    kinds,
    pieces,
    read,
)
from govreport.placing_lattice import Choice, Figures, align, arrange, torn
from govreport.source import Span, Traced, join

__all__ = ["Placed", "PlacedFigure", "Unplaced", "place"]

#: A place less sure than this is no place. Where few blanks show that figures were displaced at
#: all, it must be surer, and more so where none does.
_LEAST: Final = 0.2
_LEAST_RARE: Final = 0.5
_LEAST_UNSEEN: Final = 0.9
_ENOUGH_BLANKS: Final = 3


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
    found = {k: figures for k, f in enumerate(fragments) if (figures := pieces(f.text))}
    if not found or len(found) == len(fragments):
        return Placed(fragments=fragments)
    texts = {k: f.text.text for k, f in enumerate(fragments) if k not in found and f.text}
    lines = read(texts, sum([len(figures) for figures in found.values()]))
    stays, fitting = _stays(fragments, found, lines)
    likely = sum([1 for weight in stays if weight is not None and weight > _LIKELY])
    share = _TORN_SHARE if len(found) < _MANY else _TORN_SHARE_OF_MANY
    if len(found) > 2 and max(likely, fitting) > share * len(found):
        return Placed(fragments=fragments)
    rows = _rows(fragments, found, stays, likely)
    return _result(fragments, rows, _fills(fragments, rows, align(lines, rows), list(texts)))


# --- a figure at its place, torn from its line ----------------------------------------------------

_NEVER: Final = exp(-14.0)
_LONGEST_TORN: Final = 3
#: Where this share of the figures seems to stand at its place, none is displaced.
_LIKELY: Final = 1.5
_TORN_SHARE: Final = 0.7
_TORN_SHARE_OF_MANY: Final = 0.5
_MANY: Final = 8


def _rows(
    fragments: Sequence[Fragment],
    found: Mapping[int, tuple[Traced, ...]],
    stays: Sequence[float | None],
    likely: int,
) -> list[Figures]:
    """The fragments of figures, with the odds that each stands where it belongs."""
    habit = 3 * log((likely + 0.5) / (len(found) - likely + 3.0))
    return [
        Figures(
            index=index,
            texts=(texts := tuple([figure.text for figure in figures])),
            kinds=kinds(texts),
            apart=fragments[index].blanks > 0,
            stay=_NEVER if weight is None else exp(weight + max(-12.0, habit)),
        )
        for (index, figures), weight in zip(found.items(), stays, strict=True)
    ]


def _stays(
    fragments: Sequence[Fragment],
    found: Mapping[int, tuple[Traced, ...]],
    lines: Sequence[Line],
) -> tuple[list[float | None], int]:
    """What speaks for each figure fragment standing at its place; none where nothing can.

    With the number of those that fill up the line that they would belong to.
    """
    of_fragment = {line.index: line for line in lines}
    out: list[float | None] = []
    fitting = 0
    for run in _runs(found):
        before, after = of_fragment.get(run[0] - 1), of_fragment.get(run[-1] + 1)
        weight: float | None = None
        if len(run) <= _LONGEST_TORN:
            size = sum([figure_width(f.text) for index in run for f in found[index]])
            weight = torn(before, after, size)
            fitting += len(run) if weight is not None and weight > 0 else 0
            if weight is not None and before and after:
                left, right = fragments[before.index].text.text, fragments[after.index].text.text
                weight += 4.0 + boundary(left[-1], right[0])
        out.extend([weight] * len(run))
    return out, fitting


def _runs(found: Iterable[int]) -> list[list[int]]:
    """Fragments of figures that follow each other."""
    out: list[list[int]] = []
    for index in found:
        if out and out[-1][-1] == index - 1:
            out[-1].append(index)
        else:
            out.append([index])
    return out


# --- filling in -----------------------------------------------------------------------------------


@attrs.frozen(slots=True, kw_only=True)
class _Fill:
    """A figure and where it goes: code points of the fragment's text given up for it."""

    row: int
    fragment: int
    start: int
    end: int
    figure: Traced
    probability: float


_Place = tuple[int, int]
"""A fragment and an offset; the end of one text is the start of the next."""


def _fills(
    fragments: Sequence[Fragment],
    rows: Sequence[Figures],
    choices: Sequence[Choice],
    order: Sequence[int],
) -> list[list[_Fill]]:
    """What goes where: the figures of each line that takes some on the best way."""
    following = dict(pairwise(order))
    masses: dict[tuple[int, int, _Place], float] = defaultdict(float)
    ways = _arranged(rows, choices, following)
    for choice, names, _, shares in ways:
        assert choice.line is not None
        places = _places(choice.line, following)
        for (j, t), row in zip(names, shares, strict=True):
            for slot, share in row.items():
                masses[j, t, places[slot]] += share * choice.probability
    out: list[list[_Fill]] = []
    for choice, names, slots, _ in ways:
        line = choice.line
        if not choice.best or line is None:
            continue
        places = _places(line, following)
        figures = {j: pieces(fragments[rows[j].index].text) for j, _ in names}
        out.append(
            [
                _Fill(
                    row=j,
                    fragment=line.index,
                    start=line.slots[slot].start,
                    end=line.slots[slot].end,
                    figure=figures[j][t],
                    probability=min(1.0, masses[j, t, places[slot]]),
                )
                for (j, t), slot in zip(names, slots, strict=True)
            ]
        )
    return out


_Way = tuple[Choice, list[tuple[int, int]], tuple[int, ...], list[dict[int, float]]]
"""A choice, its figures (row and number), their best slots, their probabilities by slot."""


def _arranged(
    rows: Sequence[Figures], choices: Sequence[Choice], following: Mapping[int, int]
) -> list[_Way]:
    """The figures of each choice in the slots of its line.

    The end of a line and the start of the next are one place: where the best way would fill both,
    the less likely of the two figures goes elsewhere.
    """
    out: list[_Way] = []
    best = -1
    for choice in choices:
        if choice.line is None:
            continue
        way = _way(rows, choice, None)
        if choice.best:
            if best >= 0 and _meet(out[best], way, following):
                before = out[best]
                taken = before[2][-1]
                if way[3][0][0] < before[3][-1][taken]:
                    way = _way(rows, choice, 0)
                else:
                    out[best] = _way(rows, before[0], taken)
            best = len(out)
        out.append(way)
    return out


def _way(rows: Sequence[Figures], choice: Choice, without: int | None) -> _Way:
    assert choice.line is not None
    names = [(j, t) for j in range(choice.low, choice.high) for t in range(len(rows[j].texts))]
    slots, shares = arrange(choice.line, [rows[j].texts[t] for j, t in names], without)
    return choice, names, slots, shares


def _meet(one: _Way, other: _Way, following: Mapping[int, int]) -> bool:
    """Whether the last figure of one line and the first of the next are at the same place."""
    before, after = one[0].line, other[0].line
    assert before is not None
    assert after is not None
    met = one[2][-1] == len(before.slots) - 1 and other[2][0] == 0
    return met and following.get(before.index) == after.index


def _places(line: Line, following: Mapping[int, int]) -> list[_Place]:
    out = [(line.index, slot.start) for slot in line.slots]
    if line.index in following:
        out[-1] = (following[line.index], 0)
    return out


def _result(
    fragments: Sequence[Fragment],
    rows: Sequence[Figures],
    fills: Sequence[Sequence[_Fill]],
) -> Placed:
    into: dict[int, list[_Fill]] = defaultdict(list)
    used: set[int] = set()
    seen = sum([1 for some in fills if any(fill.end > fill.start for fill in some)])
    for some in fills:
        blank = any(fill.end > fill.start for fill in some)
        least = _LEAST if seen >= _ENOUGH_BLANKS else _LEAST_RARE if blank else _LEAST_UNSEEN
        if min([fill.probability for fill in some]) >= least:
            into[some[0].fragment].extend(some)
            used.update([rows[fill.row].index for fill in some])
    if not used:
        return Placed(fragments=tuple(fragments))
    left = _left(rows, used)
    out: list[Fragment] = []
    told: list[PlacedFigure] = []
    for k, fragment in enumerate(fragments):
        if k in into:
            text, figures = _insert(fragment.text, into[k], len(out))
            told.extend(figures)
            out.append(attrs.evolve(fragment, text=text))
        elif k not in used and k not in left:
            out.append(fragment)
    return Placed(
        fragments=tuple(out),
        figures=tuple(told),
        unplaced=tuple(Unplaced(fragment=fragments[k], reason=left[k]) for k in sorted(left)),
    )


def _left(rows: Sequence[Figures], used: set[int]) -> dict[int, str]:
    """The figures without a place among such as have one, by fragment; with the reason."""
    out: dict[int, str] = {}
    for run in _runs([row.index for row in rows]):
        if any(index in used for index in run):
            out.update({k: "no place in the text" for k in run if k not in used})
    return out


def _insert(text: Traced, fills: Sequence[_Fill], number: int) -> tuple[Traced, list[PlacedFigure]]:
    """The text with the figures in it, and what to tell of them."""
    parts: list[Traced] = []
    told: list[PlacedFigure] = []
    at = size = 0
    for fill in sorted(fills, key=lambda fill: (fill.start, fill.figure.start)):
        parts += [text[at : fill.start], fill.figure]
        size += fill.start - at
        told.append(
            PlacedFigure(
                span=Span(fill.figure.start, fill.figure.end),
                fragment=number,
                offset=size,
                probability=fill.probability,
            )
        )
        size += len(fill.figure)
        at = fill.end
    parts.append(text[at:])
    return join(parts), told
