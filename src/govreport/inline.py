"""Typed content of a block: label, run-in heading, gaps, figures, text.

Every character of a block is in exactly one leaf, and each leaf has the spans that its slice of the
traced text has. Gaps hold no text of the source but the sign □, where the source itself has it.
The blocks are taken together: one search finds the figures of all, one more where the leaves stood.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import attrs

from govreport.bulk import made
from govreport.figures import Figure, scan
from govreport.gaps import find_gaps
from govreport.leads import leads
from govreport.lines import LineGap
from govreport.nodes import Date, Gap, Inline, Label, Lead, Number, Text
from govreport.roles import CUES, Cued, RoledBlock
from govreport.source import Span
from govreport.stretches import Stretches

__all__ = ["Inlined", "inlined"]

#: The sign that the source itself may hold where something is missing.
_SIGN: Final = "□"
#: Characters of the blocks that are worked together.
_BATCH: Final = 20_000
_WHOLE: Final = frozenset(("salutation", "closing", "contents"))


@attrs.frozen(kw_only=True)
class Inlined:
    """What stands inside a block.

    Args:
        label: Its label.
        lead: Its run-in heading.
        content: The rest.
    """

    label: Label | None = None
    lead: Lead | None = None
    content: tuple[Inline, ...] = ()


class _Parts(NamedTuple):
    """The parts of a block, as offsets in its text: label, run-in heading, the rest."""

    #: Where the label ends, without and with the blanks after it; 0 where there is none.
    label: int
    start: int
    #: Where the run-in heading ends; ``start`` where there is none.
    lead: int
    stop: int


_Cut = tuple[int, int, Figure | LineGap | str]
"""What stands in a text apart from text: its offsets, and what it is, or the sign □ itself."""

_Leaf = tuple[int, int, Figure | LineGap | str | None]
"""The same, or text by itself."""


def inlined(
    blocks: Sequence[RoledBlock], source: str, *, grammar: bool = False, cues: Cued = CUES
) -> tuple[Inlined, ...]:
    """The typed content of each block.

    Args:
        blocks: Blocks with their roles, in reading order.
        source: The source, for the spans.
        grammar: Whether grammar alone may show that a figure is missing.
        cues: The forms of salutations, which are no run-in headings.

    >>> from govreport.breaks import TextBlock
    >>> from govreport.source import Traced
    >>> block = TextBlock(text=Traced("一是新建学校12所。", 0))
    >>> [found] = inlined([RoledBlock(role="paragraph", block=block)], "一是新建学校12所。")
    >>> [(type(node).__name__, node.text) for node in found.content]
    [('Text', '一是新建学校'), ('Number', '12所'), ('Text', '。')]
    """
    opened = leads(blocks, cues)
    return tuple(
        [
            each
            for low, high in _batches(blocks)
            for each in _inlined(blocks[low:high], opened[low:high], source, grammar=grammar)
        ]
    )


def _batches(blocks: Sequence[RoledBlock]) -> Iterator[tuple[int, int]]:
    """Blocks that are worked together: enough to be quick, too few to take much memory."""
    low = size = 0
    for k, roled in enumerate(blocks, 1):
        size += len(roled.block.text.text)
        if size > _BATCH or k == len(blocks):
            yield low, k
            low, size = k, 0


def _inlined(
    blocks: Sequence[RoledBlock],
    opened: Sequence[tuple[int, float]],
    source: str,
    *,
    grammar: bool,
) -> Iterator[Inlined]:
    """The typed content of some blocks, by where their run-in headings end, and how sure that is."""
    parts = [_parts(roled, lead) for roled, (lead, _) in zip(blocks, opened, strict=True)]
    stretches = Stretches.of([roled.block.text for roled in blocks], source)
    labels = _labels(blocks, parts, stretches)
    contents = _contents(blocks, parts, stretches, grammar=grammar)
    for label, (_, chance), (lead, content) in zip(labels, opened, contents, strict=True):
        opening = Lead(content=lead, probability=chance) if lead else None
        yield Inlined(label=label, lead=opening, content=content)


def _parts(roled: RoledBlock, lead: int) -> _Parts:
    label, stop = roled.label, len(roled.block.text.text)
    if label is None or roled.role in _WHOLE:
        return _Parts(0, 0, lead, stop)
    start = min(label.end, stop)
    return _Parts(min(len(label.text), stop), start, max(lead, start), stop)


def _labels(
    blocks: Sequence[RoledBlock], parts: Sequence[_Parts], stretches: Stretches
) -> list[Label | None]:
    found = [k for k, each in enumerate(parts) if each.label]
    lows = [stretches.bases[k] for k in found]
    highs = [stretches.bases[k] + parts[k].label for k in found]
    out: list[Label | None] = [None] * len(blocks)
    for k, low, high, spans in zip(found, lows, highs, stretches.spans(lows, highs), strict=True):
        label = blocks[k].label
        assert label is not None
        text = stretches.whole[low:high]
        out[k] = Label(text=text, spans=spans, style=label.style, value=label.value)
    return out


# ---- run-in headings and the rest


def _contents(
    blocks: Sequence[RoledBlock], parts: Sequence[_Parts], stretches: Stretches, *, grammar: bool
) -> Iterator[tuple[tuple[Inline, ...], tuple[Inline, ...]]]:
    """What stands in each block's run-in heading, and in the rest of it."""
    edges = [
        (base + low, base + high)
        for (_, start, lead, stop), base in zip(parts, stretches.bases, strict=False)
        for low, high in ((start, lead), (lead, stop))
    ]
    cuts = _figures(edges, stretches.whole)
    if holes := _holes(blocks, parts, stretches, grammar=grammar):
        cuts = [*_with_gaps(edges, cuts, holes)]
    leaves: list[_Leaf] = []
    sizes = [0]
    for (low, high), found in zip(edges, cuts, strict=True):
        leaves += _tiled(low, high, found)
        sizes.append(len(leaves))
    nodes = _nodes(leaves, stretches)
    contents = (tuple(nodes[start:end]) for start, end in pairwise(sizes))
    return zip(contents, contents, strict=True)


def _figures(edges: Iterable[tuple[int, int]], whole: str) -> list[list[_Cut]]:
    """The figures between each two edges; all are read in one text, a line for each two."""
    found = iter(scan("\n".join([whole[low:high] for low, high in edges])))
    out: list[list[_Cut]] = []
    figure = next(found, None)
    at = 0
    for low, high in edges:
        here: list[_Cut] = []
        ahead = low - at
        while figure is not None and figure.end + ahead <= high:
            here.append((figure.start + ahead, figure.end + ahead, figure))
            figure = next(found, None)
        out.append(here)
        at += high - low + 1
    return out


def _holes(
    blocks: Sequence[RoledBlock], parts: Sequence[_Parts], stretches: Stretches, *, grammar: bool
) -> list[_Cut]:
    """The gaps of all blocks behind their labels, in order; signs □ are gaps of their own."""
    whole, bases = stretches.whole, stretches.bases
    holes: list[_Cut] = [
        (at, at, gap)
        for roled, part, base in zip(blocks, parts, bases, strict=False)
        for gap in roled.block.gaps
        for at in (base + max(gap.at, part.start),)
    ]

    def counts(at: int) -> bool:
        k = bisect_right(bases, at) - 1
        return at >= bases[k] + parts[k].start

    signs = (found.start() for found in re.finditer(_SIGN, whole))
    holes += [(at, at + 1, _SIGN) for at in signs if counts(at)]
    if grammar:
        known = {at for hole in holes for at in hole[:2]}
        holes += [
            (at, at, LineGap(at=at, evidence=evidence, probability=chance))
            for at, evidence, chance in find_gaps(whole)
            if at not in known and counts(at)
        ]
    return sorted(holes, key=_place)


def _place(cut: _Cut) -> tuple[int, int]:
    return cut[0], cut[1]


def _with_gaps(
    edges: Iterable[tuple[int, int]], cuts: Iterable[list[_Cut]], holes: Sequence[_Cut]
) -> Iterator[list[_Cut]]:
    """Figures and gaps between each two edges, in order.

    A gap inside a figure parts it, and it is text like other text. One right behind a run-in
    heading stands in the rest of the paragraph.
    """
    at = 0
    for n, ((_, high), figures) in enumerate(zip(edges, cuts, strict=True)):
        first, last = at, high if n % 2 else high - 1
        while at < len(holes) and holes[at][0] <= last:
            at += 1
        if at == first:
            yield figures
            continue
        here = holes[first:at]
        sides = sorted(side for hole in here for side in hole[:2])
        whole = [cut for cut in figures if not _parted(sides, cut[0], cut[1])]
        yield sorted([*whole, *here], key=_place)


def _parted(sides: Sequence[int], start: int, end: int) -> bool:
    """Whether a side of a gap lies inside a stretch."""
    at = bisect_left(sides, start + 1)
    return at < len(sides) and sides[at] < end


def _tiled(at: int, stop: int, cuts: Iterable[_Cut]) -> Iterator[_Leaf]:
    """A stretch parted into what stands in it and the text between."""
    for cut in cuts:
        if cut[0] > at:
            yield at, cut[0], None
        yield cut
        at = max(at, cut[1])
    if stop > at:
        yield at, stop, None


def _nodes(leaves: Sequence[_Leaf], stretches: Stretches) -> list[Inline]:
    whole = stretches.whole
    spans = stretches.spans([leaf[0] for leaf in leaves], [leaf[1] for leaf in leaves])
    texts = [whole[low:high] for low, high, _ in leaves]
    nodes: list[Inline] = [*made(Text, len(leaves), text=texts, spans=spans)]
    numbers: dict[int, Figure] = {}
    for k, (_, _, what) in enumerate(leaves):
        if isinstance(what, Figure) and what.kind == "number":
            numbers[k] = what
        elif what is not None:
            nodes[k] = _typed(texts[k], spans[k], what)
    for k, number in zip(numbers, _numbers(numbers, texts, spans), strict=True):
        nodes[k] = number
    return nodes


def _numbers(
    figures: Mapping[int, Figure], texts: Sequence[str], spans: Sequence[tuple[Span, ...]]
) -> list[Number]:
    """The nodes of figures, by the leaf that each is."""
    if not figures:
        return []
    _, _, _, values, highs, units, approximate, _ = zip(*figures.values(), strict=True)
    return made(
        Number,
        len(figures),
        text=map(texts.__getitem__, figures),
        spans=map(spans.__getitem__, figures),
        value=values,
        high=highs,
        unit=units,
        approximate=approximate,
    )


def _typed(text: str, spans: tuple[Span, ...], what: Figure | LineGap | str) -> Inline:
    if isinstance(what, Figure):
        return Date(text=text, spans=spans, iso=what.iso)
    if isinstance(what, LineGap):
        return Gap(evidence=what.evidence, probability=what.probability)
    return Gap(text=text, spans=spans, evidence=("sign",))
