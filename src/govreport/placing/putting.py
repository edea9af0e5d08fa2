"""Displaced figures put back into the lines that they were set in.

Where figures were set on another layer, extraction gives the text first, with a blank where each
figure stood (none at a line's start or end), and the figures later: after the line, after the
paragraph, or all of them at the page's end. Here they are aligned with the places, in order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log
from typing import Final

import attrs

from govreport.columns import Fragment
from govreport.placing.evidence import boundary
from govreport.placing.figures import FIGURE_SIGNS, Figures, figure_width, kinds, pieces
from govreport.placing.filling import Fill, Page, filled
from govreport.placing.lattice import align
from govreport.placing.lines import Lines, read
from govreport.placing.slots import torn
from govreport.placing.weighing import weigh
from govreport.source import Span, Traced, join
from govreport.typography import TERMINAL

__all__ = ["Placed", "PlacedFigure", "Unplaced", "place"]

#: A place less sure than this is no place. Where few blanks show that figures were displaced at
#: all, it must be surer, and more so where it is no blank itself, and most places are none.
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
    texts = {k: text for k, f in enumerate(fragments) if (text := f.text.text)}
    found = {
        k: some
        for k, text in texts.items()
        if text[-1] in FIGURE_SIGNS and (some := pieces(fragments[k].text))
    }
    if not found or len(found) == len(fragments):
        return Placed(fragments=fragments)
    for k in found:
        del texts[k]
    lines = read(texts)
    count = sum([len(figures) for figures in found.values()])
    stays, fitting = _stays(found, lines, lines.visible(count))
    blanks = sum(map(len, lines.holes.values()))
    if _torn(len(found), max(_likely(stays), fitting), blanks):
        return Placed(fragments=fragments)
    staying, habit = _staying(stays, len(found))
    if staying:
        found = {k: some for k, some in found.items() if k not in staying}
        if min(blanks, len(found)) <= _STRAY * len(staying):
            return Placed(fragments=fragments)
    figures = _figures(fragments, found, lines, {k: exp(w + habit) for k, w in stays.items()})
    places, shares = weigh(lines, sum(map(len, figures.texts)), staying)
    page = Page(lines=lines, places=places, figures=figures)
    fills = filled(page, align(lines, places, shares, figures))
    return _result(fragments, figures, fills)


# --- a figure at its place, torn from its line ----------------------------------------------------

_NEVER: Final = exp(-14.0)
_UNSEEN: Final = -99.0
#: More figures than so many that follow each other are torn from no line, unless they are the digits
#: of one number.
_LONGEST_TORN: Final = 3
#: Weights from which a figure seems to stand at its place, and does stand there on a page of torn
#: figures; and the fewest that make such a page.
_LIKELY: Final = 1.5
_SURE: Final = 2.0
_ENOUGH_TORN: Final = 3
_TORN_SHARE: Final = 0.1
#: The share of a torn page's figures that the others, and its blanks, may be and tell nothing.
_STRAY: Final = 0.01
#: Where this share of the figures seem to stand at their places, all but one of them, and blanks
#: are fewer than half of them, none is displaced.
_FITTING: Final = 0.7
_HALF: Final = 0.5


def _torn(found: int, fitting: int, blanks: int) -> bool:
    """Whether a page's figures are torn from their lines, and none is displaced.

    Args:
        found: The fragments of figures.
        fitting: How many of them seem to stand at their places.
        blanks: The blanks that figures may have left.
    """
    few = max(1.0, _STRAY * found)
    return fitting > _FITTING * found and found - fitting <= few and blanks < _HALF * found


def _staying(stays: Mapping[int, float], found: int) -> tuple[frozenset[int], float]:
    """The figures that stand at their places, where a page's figures are torn from their lines.

    With what the page speaks for the others doing so.
    """
    likely = _likely(stays)
    if likely < max(_ENOUGH_TORN, _TORN_SHARE * found) or 2 * likely < len(stays):
        return frozenset(), _habit(likely, found)
    habit = _habit(likely, len(stays))
    return frozenset([k for k, weight in stays.items() if weight + habit > _SURE]), habit


def _likely(stays: Mapping[int, float]) -> int:
    return sum([1 for weight in stays.values() if weight > _LIKELY])


def _habit(likely: int, found: int) -> float:
    return max(-12.0, 3 * log((likely + 0.5) / (found - likely + 3.0)))


def _figures(
    fragments: Sequence[Fragment],
    found: Mapping[int, tuple[Traced, ...]],
    lines: Lines,
    stays: Mapping[int, float],
) -> Figures:
    """The fragments of figures, with the odds that each stands where it belongs."""
    texts = [[figure.text for figure in figures] for figures in found.values()]
    of_kinds = list(map(kinds, texts))
    apart = [fragments[index].blanks > 0 for index in found]
    single = [
        kind[0] if len(kind) == 1 and not more else -1
        for kind, more in zip(of_kinds, [*apart[1:], False], strict=True)
    ]
    return Figures(
        index=tuple(found),
        texts=tuple(found.values()),
        kinds=of_kinds,
        widths=[sum(map(figure_width, some)) for some in texts],
        lone=single,
        behind=list(_behind(found, lines)),
        apart=apart,
        stays=[stays.get(index, _NEVER) for index in found],
    )


def _stays(
    found: Mapping[int, tuple[Traced, ...]], lines: Lines, visible: float
) -> tuple[dict[int, float], int]:
    """What speaks for each figure fragment standing at its place; none where nothing can.

    With the number of those that fill up the line that they would belong to.
    """
    numbers = {index: k for k, index in enumerate(lines.index)}
    out: dict[int, float] = {}
    fitting = 0
    for run in _runs(found):
        digits = len(run) > 1 and all(len(found[k]) == len(found[k][0]) == 1 for k in run)
        if len(run) > _LONGEST_TORN and not digits:
            continue
        before, after = numbers.get(run[0] - 1), numbers.get(run[-1] + 1)
        size = sum([figure_width(f.text) for index in run for f in found[index]])
        # where digits are spaced, letters are: their blanks tell nothing
        weight = torn(lines, before, after, size, _UNSEEN if digits else visible)
        if weight is None:
            continue
        fitting += len(run) if weight > 0 else 0
        # behind a text's last sentence nothing follows that a figure could belong to
        if before is not None and (after is not None or lines.texts[before][-1] in TERMINAL):
            following = "" if after is None else lines.texts[after][:2]
            weight += 4.0 + boundary(lines.texts[before][-1], following)
        out.update(dict.fromkeys(run, weight))
    return out, fitting


def _behind(found: Iterable[int], lines: Lines) -> Iterator[int]:
    """The line right before each figure of a few between two lines; else -1."""
    numbers = {index: k for k, index in enumerate(lines.index)}
    for run in _runs(found):
        between = len(run) <= _LONGEST_TORN and run[-1] + 1 in numbers
        yield from [numbers.get(run[0] - 1, -1) if between else -1] * len(run)


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


def _result(
    fragments: Sequence[Fragment],
    figures: Figures,
    fills: Sequence[Sequence[Fill]],
) -> Placed:
    into: dict[int, list[Fill]] = defaultdict(list)
    used: set[int] = set()
    seen = sum([1 for some in fills if any(fill.end > fill.start for fill in some)])
    for some in fills:
        blank = any(fill.end > fill.start for fill in some)
        likely = blank or 2 * seen > len(
            fills
        )  # most stand in blanks, so the others were displaced too
        least = _LEAST if seen >= _ENOUGH_BLANKS else _LEAST_RARE if likely else _LEAST_UNSEEN
        if min([fill.probability for fill in some]) >= least:
            into[some[0].fragment].extend(some)
            used.update([figures.index[fill.row] for fill in some])
    if not used:
        return Placed(fragments=tuple(fragments))
    left = _left(figures, used)
    out: list[Fragment] = []
    told: list[PlacedFigure] = []
    for k, fragment in enumerate(fragments):
        if k in into:
            text, inserted = _insert(fragment.text, into[k], len(out))
            told.extend(inserted)
            out.append(fragment._replace(text=text))
        elif k not in used and k not in left:
            out.append(fragment)
    return Placed(
        fragments=tuple(out),
        figures=tuple(told),
        unplaced=tuple(Unplaced(fragment=fragments[k], reason=left[k]) for k in sorted(left)),
    )


def _left(figures: Figures, used: set[int]) -> dict[int, str]:
    """The figures without a place among such as have one, by fragment; with the reason."""
    out: dict[int, str] = {}
    for run in _runs(figures.index):
        if any(index in used for index in run):
            out.update({k: "no place in the text" for k in run if k not in used})
    return out


def _insert(text: Traced, fills: Sequence[Fill], number: int) -> tuple[Traced, list[PlacedFigure]]:
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
