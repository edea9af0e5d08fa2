"""Soft or hard: one exact inference over all line ends of a text.

The lines are a chain. Each line is in one of four states: the first line of a paragraph or a later
one, the first line of a heading or a later one. Each line end joins two states, and the weights of
the features that hold there (see :mod:`govreport.cues`) say how likely each pair is. Forward and
backward sums give every line end its probability; what is likelier than not is decided so.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, chain, pairwise
from math import exp
from typing import Final

import attrs

from govreport.characters import clean, repairs
from govreport.cues import Group, gather
from govreport.hints import Forced
from govreport.lines import LineGap, PrintedLine
from govreport.measure import never_wrapped
from govreport.misread import MISREAD
from govreport.numbering import Form, Numbering
from govreport.source import Traced, join
from govreport.stacked import Stack
from govreport.typography import width

__all__ = ["KINDS", "Blocks", "TextBlock", "break_lines", "posteriors"]

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
#: How often blocks are read back at most: pages settle in one or two rounds, and a text where each
#: round undoes one end more must not take a round for each of its lines.
_ROUNDS: Final = 12
_SOFT_FIRST, _SOFT_INNER, _SOFT_HEAD, _PP, _PH, _HP, _HH = range(7)
_FLOOR: Final = 1e-300
_FREE: Final = Forced()


@attrs.frozen(kw_only=True)
class TextBlock:
    """The printed lines of one heading or paragraph, joined.

    Args:
        text: The text, nothing put between the lines.
        heading: The probability that it is a heading.
        probability: That both its ends are right.
        gaps: Places where a number is missing, as offsets in the text.
        label: The label that it begins with.
        indent: Its first line's indent in em, where the source tells.
        first: Index of its first printed line.
        last: Index of its last printed line.
    """

    text: Traced
    heading: float = 0.0
    probability: float = 1.0
    gaps: tuple[LineGap, ...] = ()
    label: Numbering | None = None
    indent: float | None = None
    first: int = 0
    last: int = 0


@attrs.frozen(kw_only=True)
class Blocks:
    """The blocks of a text, and how certain each line end is.

    Args:
        blocks: In reading order.
        hard: For each printed line the probability that its end is hard.
    """

    blocks: tuple[TextBlock, ...]
    hard: tuple[float, ...]


@cache
def weights() -> dict[str, tuple[float, ...]]:
    """The table of weights: for each feature one number per kind of line end."""
    text = files("govreport").joinpath("weights.json").read_text("utf-8")
    return {name: tuple(row) for name, row in json.loads(text)["weights"].items()}


def break_lines(
    lines: Sequence[PrintedLine],
    forced: Forced = _FREE,
    forms: Sequence[Form] = (),
    measures: Sequence[float | None] = (),
) -> Blocks:
    """Decide every line end and join the lines to blocks.

    Args:
        lines: Printed lines in reading order, front matter and furniture taken out.
        forced: What the caller knows better.
        forms: Other prints of labels than the general ones.
        measures: The measure at each fragment in em, where :func:`govreport.lines.assembled` found
            it out; else it is found out here.
    """
    cues = gather(lines, forms, measures)
    hard, heading = _sums(_forced(list(map(_chances, *cues.columns)), forced))
    ends = _settle(lines, hard, forced, forms)
    blocks = []
    start = 0
    before = 1.0
    for end, (text, gaps) in zip(ends, _joined(lines, ends), strict=True):
        blocks.append(
            TextBlock(
                text=text,
                heading=heading[start],
                probability=before * hard[end],
                gaps=gaps,
                label=_within(cues.labels[start], text.text),
                indent=lines[start].indent,
                first=start,
                last=end,
            )
        )
        start, before = end + 1, hard[end]
    return Blocks(blocks=tuple(blocks), hard=tuple(hard))


def _settle(
    lines: Sequence[PrintedLine], hard: list[float], forced: Forced, forms: Sequence[Form]
) -> list[int]:
    """Read the blocks as lines of a clean text, until they stay as they are.

    What the library wrote it must read back the same; so ends that would not last are soft now.
    Returns the indices of the lines that end a block.
    """
    kept = {k - 1 for k, _ in forced.headings} | {k for k, _ in forced.headings} | forced.hard
    for _ in range(_ROUNDS):
        ends = [k for k, p in enumerate(hard) if p >= 0.5]
        widths = _clean_widths(lines, ends)
        if never_wrapped(widths):
            return ends
        cues = gather(_as_clean(lines, ends, widths), forms)
        again, _ = _sums(list(map(_chances, *cues.columns)))
        soft = [k for k, end in enumerate(ends[:-1]) if again[k] < 0.5 and end not in kept]
        if not soft:
            return ends
        for k in soft:
            hard[ends[k]] = again[k]
    return [k for k, p in enumerate(hard) if p >= 0.5]


def _clean_widths(lines: Sequence[PrintedLine], ends: Sequence[int]) -> list[float]:
    """The widths of the blocks in em, were each written as one line."""
    upto = [
        *accumulate(
            [_clean_width(x) if x.closed or x.gaps else x.width for x in lines], initial=0.0
        )
    ]
    reached = [upto[end + 1] for end in ends]
    return [high - low for low, high in pairwise([0.0, *reached])]


def _clean_width(line: PrintedLine) -> float:
    """A printed line's width as text that is written out has it: with a sign for each gap."""
    return width(_marked(line))


def _as_clean(
    lines: Sequence[PrintedLine], ends: Sequence[int], widths: Sequence[float]
) -> list[PrintedLine]:
    """The blocks as lines, as a text that is written out would have them."""
    texts = [_marked(line) for line in lines]
    out = []
    start = 0
    for end, wide in zip(ends, widths, strict=True):
        text = "".join(texts[start : end + 1])
        out.append(PrintedLine(text=Traced(text, 0), width=wide, indent=0.0))
        start = end + 1
    return out


def _marked(line: PrintedLine) -> str:
    """The line's text with the gap sign where something is missing."""
    text = line.text.text
    for gap in reversed(line.gaps):
        text = text[: gap.at] + "□" + text[gap.at :]
    return text


def _within(label: Numbering | None, text: str) -> Numbering | None:
    """A first line's label in the block's text, which may have lost the blank behind the label."""
    if label is None:
        return None
    end = len(text) - len(text[len(label.text) :].lstrip())
    return label if end == label.end else attrs.evolve(label, end=end)


def _joined(
    lines: Sequence[PrintedLine], ends: Sequence[int]
) -> list[tuple[Traced, tuple[LineGap, ...]]]:
    """Each block's text in one, put right once more where its lines met, and its gaps."""
    starts = [0, *(end + 1 for end in ends)]
    texts = [line.text for line in lines]
    wholes = [join(texts[low:high]) for low, high in pairwise(starts)]
    out: list[tuple[Traced, tuple[LineGap, ...]]] = [(text, ()) for text in wholes]
    again = sorted(_to_repair([whole.text for whole in wholes]))
    for k, text in zip(again, repairs([wholes[k] for k in again]).texts, strict=True):
        out[k] = text, ()
    gapped = [k for k, line in enumerate(lines) if line.gaps]
    for k in sorted({bisect_left(ends, at) for at in gapped}):
        out[k] = _around_gaps(wholes[k], lines[starts[k] : starts[k + 1]])
    return out


def _to_repair(texts: Sequence[str]) -> set[int]:
    """The numbers of texts that may need repair, though each of their lines had its own.

    These are such as hold a blank or what shows nothing, or may hold a misread sign.
    """
    out = {k for k, text in enumerate(texts) if " " in text or not text.isprintable()}
    stack = Stack.of(texts)
    return out.union(*map(stack.having, MISREAD))


def _around_gaps(whole: Traced, lines: Sequence[PrintedLine]) -> tuple[Traced, tuple[LineGap, ...]]:
    """A block's text, put right between its gaps, and the gaps in it."""
    begins = accumulate([len(line.text) for line in lines], initial=0)
    places = [
        (at + gap.at, gap) for at, line in zip(begins, lines, strict=False) for gap in line.gaps
    ]
    cuts = [0, *(place for place, _ in places), len(whole)]
    pieces = [clean(whole[low:high]).text for low, high in pairwise(cuts)]
    ends = accumulate([len(piece) for piece in pieces[:-1]])
    gaps = tuple([attrs.evolve(gap, at=end) for (_, gap), end in zip(places, ends, strict=True)])
    return join(pieces), gaps


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
    memo = {active: _potentials(active, table) for active in set(names)}
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


@lru_cache(maxsize=1 << 14)
def _chances(*groups: Group) -> _Edge:
    """The potentials by the fitted weights. Pages are alike: most line ends were seen before."""
    return _potentials(tuple(chain.from_iterable([each.names for each in groups])), weights())


def _potentials(active: tuple[str, ...], table: dict[str, tuple[float, ...]]) -> _Edge:
    rows = [table[name] for name in active if name in table]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(KINDS)
    if "unwrapped" in active:  # never wrapped: no line goes on
        sums[:_PP] = [-700.0] * _PP
    top = max(sums)
    return tuple(exp(max(value - top, -700.0)) for value in sums)


def _sums(edges: Sequence[_Edge]) -> tuple[list[float], list[float]]:
    """Forward and backward sums over the chain, scaled at every step."""
    if not edges:
        return [], []
    # A heading's first line and its later ones have the same ways on, so they share one sum.
    forward = []
    p1, p2, h = 0.5, 0.0, 0.5  # the text begins with a first line
    for soft_first, soft_inner, soft_head, pp, ph, hp, hh in edges:
        forward.append((p1, p2, h))
        p = p1 + p2
        a, b, c = p * pp + h * hp, p1 * soft_first + p2 * soft_inner, p * ph + h * (hh + soft_head)
        scale = 1.0 / (a + b + c + _FLOOR)
        p1, p2, h = a * scale, b * scale, c * scale
    hard, heading = [1.0] * len(edges), [0.0] * len(edges)
    _, _, _, pp, ph, hp, hh = edges[-1]
    q1 = q2 = pp + ph  # the end of the text is hard, whatever comes
    g = hp + hh
    p1, p2, h = forward[-1]
    heading[-1] = h * g / ((p1 + p2) * q1 + h * g + _FLOOR)
    for k in range(len(edges) - 2, -1, -1):
        soft_first, soft_inner, soft_head, pp, ph, hp, hh = edges[k]
        p1, p2, h = forward[k]
        p_hard, h_hard = pp * q1 + ph * g, hp * q1 + hh * g
        f1, f2, fh = soft_first * q2, soft_inner * q2, soft_head * g
        ended = (p1 + p2) * p_hard + h * h_hard
        total = ended + p1 * f1 + p2 * f2 + h * fh + _FLOOR
        hard[k] = ended / total
        q1, q2, g = p_hard + f1, p_hard + f2, h_hard + fh
        heading[k] = h * g / total
        scale = 1.0 / (q1 + q2 + g + _FLOOR)
        q1, q2, g = q1 * scale, q2 * scale, g * scale
    return hard, heading
