"""Displaced figures put back into the lines that they were set in.

Where figures were set on another layer, extraction gives the text first, with a blank where each
figure stood (none at a line's start or end), and the figures later: after the line, after the
paragraph, or all of them at the page's end. Here they are aligned with the places, in order,
stretch by stretch, where a stretch (`govreport.placing.stretches`) shows that some were displaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress, count, filterfalse
from math import exp
from operator import itemgetter
from typing import Final, NamedTuple

import attrs

from govreport.columns import Fragment
from govreport.placing.figures import (
    FIGURE_OPENERS,
    FIGURE_SIGNS,
    MORE,
    SEVERAL,
    Figures,
    figure_width,
    kinds,
    pieces,
)
from govreport.placing.filling import Fill, Slotted, filled
from govreport.placing.lattice import align
from govreport.placing.lines import Lines, visible
from govreport.placing.rows import read
from govreport.placing.stretches import LONGEST_TORN, Found, Stretch, runs, unsettled
from govreport.placing.weighing import weigh
from govreport.source import Anchors, Span, Traced, through

__all__ = ["Placed", "PlacedFigure", "Unplaced", "place"]

#: A place less sure than this is no place. Where few blanks show that figures were displaced at
#: all, it must be surer, and more so where it is no blank itself, and most places are none.
_LEAST: Final = 0.2
_LEAST_RARE: Final = 0.5
_LEAST_UNSEEN: Final = 0.9
_ENOUGH_BLANKS: Final = 3
#: The odds of a figure at its place where nothing speaks for it.
_NEVER: Final = exp(-14.0)


class PlacedFigure(NamedTuple):
    """A figure put into its place.

    Args:
        figure: The figure.
        fragment: The number of its fragment among `Placed.fragments`.
        offset: Code points of that fragment's text before it.
        probability: How sure the place is, between 0 and 1.
    """

    figure: Traced
    fragment: int
    offset: int
    probability: float

    @property
    def span(self) -> Span:
        """Where it stood in the source."""
        return Span(self.figure.start, self.figure.end)


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
    texts = [fragment.text.text for fragment in fragments]
    signs = map(FIGURE_SIGNS.__contains__, map(itemgetter(-1), texts))
    rows = {
        k: some
        for k in compress(count(), signs)
        if texts[k][0] in FIGURE_OPENERS and (some := pieces(fragments[k].text))
    }
    if not rows or len(rows) == len(fragments):
        return Placed(fragments=fragments)
    after = [k - j for j, k in enumerate(rows)]
    found = Found(index=list(rows), texts=list(rows.values()), after=after)
    index = list(filterfalse(rows.__contains__, range(len(texts))))
    lines = read(index, [texts[k] for k in index])
    searched = [_searched(fragments, *each) for each in unsettled(lines, found)]
    return _result(fragments, searched)


@attrs.frozen(slots=True, kw_only=True)
class _Searched:
    """What became of a stretch's figures.

    Args:
        into: The fragments that figures go into, each with these.
        used: The fragments of figures that are gone from their places.
        left: Those among them that found no place.
    """

    into: Sequence[tuple[int, Sequence[Fill]]]
    used: Sequence[int]
    left: Sequence[int]


def _searched(
    fragments: Sequence[Fragment], lines: Lines, found: Found, stretch: Stretch
) -> _Searched:
    """The places of a stretch's figures."""
    staying, habit = stretch.staying()
    rows = [j for j in range(len(found.index)) if j not in staying]
    stays = [None if (weight := stretch.stays[j]) is None else weight + habit for j in rows]
    figures = _figures(fragments, found, rows, stays, lines.first)
    torn = frozenset([found.index[j] for j in staying])
    seen = visible(stretch.blanks, sum(map(len, figures.texts)))
    places, shares = weigh(lines, seen, torn)
    choices = align(lines, places, shares, figures)
    slotted = Slotted(lines=lines, places={place.line: place for place in places}, figures=figures)
    return _taken(figures, filled(slotted, choices))


def _figures(
    fragments: Sequence[Fragment],
    found: Found,
    rows: Sequence[int],
    stays: Sequence[float | None],
    first: int,
) -> Figures:
    """Fragments of figures that are to be placed.

    Args:
        fragments: All fragments.
        found: The fragments of figures of a stretch.
        rows: Those of them that are to be placed.
        stays: What speaks for each standing where it belongs; none where nothing can.
        first: The number of the stretch's first line.
    """
    index = [found.index[j] for j in rows]
    texts = [[figure.text for figure in found.texts[j]] for j in rows]
    of_kinds = list(map(kinds, texts))
    apart = [fragments[k].blanks > 0 for k in index]
    single = [
        MORE if more else kind[0] if len(kind) == 1 else SEVERAL
        for kind, more in zip(of_kinds, [*apart[1:], False], strict=True)
    ]
    return Figures(
        index=index,
        texts=[found.texts[j] for j in rows],
        kinds=of_kinds,
        widths=[sum(map(figure_width, some)) for some in texts],
        lone=single,
        behind=[line - first for line in _behind(found, rows, len(fragments))],
        apart=apart,
        stays=[_NEVER if weight is None else exp(weight) for weight in stays],
    )


def _behind(found: Found, rows: Sequence[int], count: int) -> Iterator[int]:
    """The line right before each figure of a few between two lines; else one before all lines.

    Args:
        found: The fragments of figures of a stretch.
        rows: Some of them.
        count: The number of fragments.
    """
    index, known = found.index, set(found.index)
    for start, stop in runs([index[j] for j in rows]):
        before, after = index[rows[start]] - 1, index[rows[stop - 1]] + 1
        few = stop - start <= LONGEST_TORN and after < count
        between = few and before not in known and after not in known
        yield from [found.after[rows[start]] - 1 if between else -count] * (stop - start)


def _taken(figures: Figures, fills: Sequence[tuple[int, Sequence[Fill]]]) -> _Searched:
    """What is sure enough of what goes where."""
    blank = [True in [end > start for _, start, end, _, _ in some] for _, some in fills]
    seen = sum(blank)
    likely = 2 * seen > len(fills)  # most stand in blanks, so the others were displaced too
    into: list[tuple[int, Sequence[Fill]]] = []
    used: set[int] = set()
    for (fragment, some), in_blank in zip(fills, blank, strict=True):
        least = _LEAST_RARE if in_blank or likely else _LEAST_UNSEEN
        least = _LEAST if seen >= _ENOUGH_BLANKS else least
        if min([sure for _, _, _, _, sure in some]) >= least:
            into.append((fragment, some))
            used.update([row for row, _, _, _, _ in some])
    # a figure without a place among such as have one stands in the text's way
    left: list[int] = []
    if len(used) < len(figures.index):
        for start, stop in runs(figures.index):
            none = [row for row in range(start, stop) if row not in used]
            left += none if len(none) < stop - start else []
    index = figures.index
    gone = [index[row] for row in (*used, *left)]
    return _Searched(into=into, used=gone, left=[index[row] for row in left])


# --- filling in -----------------------------------------------------------------------------------


def _result(fragments: tuple[Fragment, ...], searched: Sequence[_Searched]) -> Placed:
    """The fragments with what was found for each stretch's figures."""
    used = {k for each in searched for k in each.used}
    if not used:
        return Placed(fragments=fragments)
    changed: list[Fragment | None] = list(fragments)
    for k in used:
        changed[k] = None
    gone = sorted(used)
    told: list[PlacedFigure] = []
    for each in searched:
        for k, fills in each.into:
            number = k - bisect_left(gone, k)
            before = fragments[k]
            text = _insert(before.text, fills, number, told)
            changed[k] = Fragment(text, *before[1:])
    return Placed(
        fragments=tuple(filter(None, changed)),
        figures=tuple(told),
        unplaced=tuple(
            [
                Unplaced(fragment=fragments[k], reason="no place in the text")
                for each in searched
                for k in each.left
            ]
        ),
    )


def _insert(text: Traced, fills: Sequence[Fill], number: int, told: list[PlacedFigure]) -> Traced:
    """The text with the figures in it.

    Args:
        text: The text.
        fills: The figures.
        number: The number of its fragment.
        told: What to tell of the figures, where these are added.
    """
    if len(fills) > 1:
        fills = sorted(fills, key=lambda fill: (fill.start, fill.figure.start))
    plain, run = text.text, text.where
    texts: list[str] = []
    places: list[int] = []
    wheres: list[int | Anchors] = []
    at = size = 0
    for _, start, end, figure, sure in fills:
        if start > at:
            texts.append(plain[at:start])
            places.append(size)
            wheres.append(run + at if isinstance(run, int) else text[at:start].where)
            size += start - at
        told.append(PlacedFigure(figure, number, size, sure))
        texts.append(figure.text)
        places.append(size)
        wheres.append(figure.where)
        size += len(figure.text)
        at = end
    if at < len(plain):
        texts.append(plain[at:])
        places.append(size)
        wheres.append(run + at if isinstance(run, int) else text[at:].where)
    return Traced("".join(texts), through(places, wheres))
