"""One exact inference over all line ends of a text.

The lines are a chain. Each line is in one of four states: the first line of a paragraph or a later
one, the first line of a heading or a later one. Each line end joins two states, and the weights of
the features that hold there (see :mod:`govreport.cues`) say how likely each pair is. Forward and
backward sums give every line end its probability.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice
from math import exp
from typing import Final

from govreport.cues import Filling, Group, LineEnds, Marks, in_order
from govreport.hints import Forced

__all__ = ["KINDS", "inferred", "posteriors", "weights"]

#: The kinds of line end, one column of the weights each: two soft ones inside a paragraph (after
#: its first line, after a later one), one inside a heading, and four hard ones by what they part.
KINDS: Final = (
    "soft-first",
    "soft-inner",
    "soft-heading",
    "paragraph-paragraph",
    "paragraph-heading",
    "heading-paragraph",
    "heading-heading",
)
_PP: Final = KINDS.index("paragraph-paragraph")
#: What features say that have no weights.
_SILENT: Final = (0.0,) * len(KINDS)
#: The feature of a line that was never wrapped.
_FREE_LINE: Final = "unwrapped"
#: The weight of what cannot be.
_NEVER: Final = -700.0
_FLOOR: Final = 1e-300
#: Sums below it are scaled, so that no line end can bring them to nothing.
_SMALL: Final = 1e-4
_FREE: Final = Forced()


@cache
def weights() -> dict[str, tuple[float, ...]]:
    """The table of weights: for each feature one number per kind of line end."""
    text = files("govreport").joinpath("weights.json").read_text("utf-8")
    return {name: tuple(row) for name, row in json.loads(text)["weights"].items()}


def inferred(ends: LineEnds, forced: Forced = _FREE) -> tuple[list[float], list[float]]:
    """For each line, the probability that its end is hard, and that it belongs to a heading.

    Args:
        ends: What speaks at the line ends, weighed by the fitted weights.
        forced: Line ends that are settled beforehand.
    """
    return _sums(_forced([*map(_chances, ends.fillings, ends.marks, ends.rest)], forced))


def posteriors(
    names: Sequence[tuple[str, ...]],
    table: dict[str, tuple[float, ...]],
    forced: Forced = _FREE,
) -> tuple[list[float], list[float]]:
    """For each line, the probability that its end is hard, and that it belongs to a heading.

    Args:
        names: The features of each line end.
        table: The weights.
        forced: Line ends that are settled beforehand.
    """
    memo = {
        active: _potentials([_summed(active, table)], free=_FREE_LINE in active)
        for active in set(names)
    }
    return _sums(_forced([memo[active] for active in names], forced))


#: How the pairs of states share a line end's weight, by its kind of end; see ``KINDS``.
_Edge = tuple[float, ...]


def _forced(edges: list[_Edge], forced: Forced) -> list[_Edge]:
    """Leave no chance to what hints exclude."""
    for k in forced.soft:
        edges[k] = (*edges[k][:_PP], 0.0, 0.0, 0.0, 0.0)
    for k in forced.hard:
        edges[k] = (0.0, 0.0, 0.0, *edges[k][_PP:])
    for k, _ in forced.headings:
        _, _, go_on, _, _, to_paragraph, to_heading = edges[k]
        edges[k] = (0.0, 0.0, go_on, 0.0, 0.0, to_paragraph, to_heading)
        if k:
            *_, ph, _, hh = edges[k - 1]
            edges[k - 1] = (0.0, 0.0, 0.0, 0.0, ph, 0.0, hh)
    return edges


@lru_cache(maxsize=1 << 10)
def _chances(filling: Filling, marks: Marks, rest: Group) -> _Edge:
    """The potentials by the fitted weights. Pages are alike: most line ends were seen before."""
    free = _FREE_LINE in filling.column.names
    return _potentials([_said(each) for each in in_order(filling, marks, rest)], free=free)


@cache
def _said(group: Group) -> tuple[float, ...]:
    """What the features of a group say together, by the fitted weights."""
    return _summed(group.names, weights())


def _summed(active: tuple[str, ...], table: dict[str, tuple[float, ...]]) -> tuple[float, ...]:
    """What features say together for each kind of line end; those without a weight say nothing."""
    rows = [table[name] for name in active if name in table]
    return tuple(map(sum, zip(*rows, strict=True))) if rows else _SILENT


def _potentials(rows: Iterable[tuple[float, ...]], *, free: bool) -> _Edge:
    """How likely each kind of line end is, scaled so that no sum over the chain can grow.

    Args:
        rows: What some groups of features say.
        free: The line was never wrapped, so it cannot go on.
    """
    sums: list[float] = list(map(sum, zip(*rows, strict=True))) or [0.0] * len(KINDS)
    if free:
        sums[:_PP] = [_NEVER] * _PP
    top = max(sums)
    edge = [exp(value - top) for value in sums]
    soft_first, soft_inner, soft_head, pp, ph, hp, hh = edge
    most = max(max(soft_first, soft_inner) + pp + ph, soft_head + hp + hh)
    return tuple([value / most for value in edge])


def _sums(edges: Sequence[_Edge]) -> tuple[list[float], list[float]]:
    """Forward and backward sums over the chain, scaled where they get small.

    Returns, for each line, the probability that its end is hard, and that it belongs to a heading.
    """
    if not edges:
        return [], []
    # A heading's first line and its later ones have the same ways on, so they share one sum.
    paragraphs: list[float] = []
    headings: list[float] = []
    scaled = [(-1, 1.0)]
    p1, p2, h = 0.5, 0.0, 0.5  # the text begins with a first line
    for soft_first, soft_inner, soft_head, pp, ph, hp, hh in edges:
        p = p1 + p2
        paragraphs.append(p)
        headings.append(h)
        p1, p2, h = (
            p * pp + h * hp,
            p1 * soft_first + p2 * soft_inner,
            p * ph + h * (hh + soft_head),
        )
        if p2 < _SMALL and p1 < _SMALL and h < _SMALL and len(headings) < len(edges):
            scale = 1.0 / (p1 + p2 + h + _FLOOR)
            p1, p2, h = p1 * scale, p2 * scale, h * scale
            scaled.append((len(headings) - 1, scale))
    _backward(edges, paragraphs, headings, scaled)
    return _clipped(paragraphs), _clipped(headings)


def _clipped(chances: list[float]) -> list[float]:
    """Probabilities that rounding may have brought a little above one."""
    return chances if max(chances) <= 1.0 else [min(1.0, chance) for chance in chances]


def _backward(
    edges: Sequence[_Edge],
    paragraphs: list[float],
    headings: list[float],
    scaled: list[tuple[int, float]],
) -> None:
    """What forward and backward sums say together, put in place of the forward sums.

    Their product, summed over the states, is the same at each line but for the scaling, so it is
    reckoned at the last line only.

    Args:
        edges: The potentials of each line end.
        paragraphs: The sums before each of them for paragraphs; then the chances of hard ends.
        headings: The sums for headings; then the chances that each line belongs to one.
        scaled: The lines after which those sums were scaled, and by what; taken up here.
    """
    _, _, _, pp, ph, hp, hh = edges[-1]
    q1 = q2 = pp + ph  # the end of the text is hard, whatever comes
    g = hp + hh
    k = len(edges) - 1
    p, h = paragraphs[k], headings[k]
    share = 1.0 / (p * q1 + h * g + _FLOOR)
    paragraphs[k], headings[k] = 1.0, h * g * share
    event, factor = scaled.pop()
    for soft_first, soft_inner, soft_head, pp, ph, hp, hh in islice(reversed(edges), 1, None):
        k -= 1
        if k == event:
            share = min(share * factor, 1.0 / _FLOOR)
            event, factor = scaled.pop()
        p, h = paragraphs[k], headings[k]
        p_hard, h_hard = pp * q1 + ph * g, hp * q1 + hh * g
        paragraphs[k] = (p * p_hard + h * h_hard) * share
        q1, q2, g = p_hard + soft_first * q2, p_hard + soft_inner * q2, h_hard + soft_head * g
        headings[k] = h * g * share
        if q2 < _SMALL and q1 < _SMALL and g < _SMALL:
            scale = 1.0 / (q1 + q2 + g + _FLOOR)
            q1, q2, g = q1 * scale, q2 * scale, g * scale
            share /= scale
