"""The contents of blocks, typed when they are first asked for: figures, dates, gaps, text.

The blocks of a batch are typed together: one search finds the figures of all, one more where the
leaves stood. Every character between the edges of a block's parts is in exactly one leaf, and each
leaf has the spans that its slice of the traced text has. Gaps hold no text of the source but the
sign □, where the source itself has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

import attrs

from govreport.bulk import made
from govreport.figures import Figure, scan
from govreport.nodes import Date, Gap, Inline, Number, Text
from govreport.printed import LineGap
from govreport.source import Span, Traced
from govreport.stretches import Stretches
from govreport.uncollected import uncollected

__all__ = ["SIGN", "Cut", "Parts", "Typed", "place_of"]

#: The sign that the source itself may hold where something is missing.
SIGN: Final = "□"


class Parts(NamedTuple):
    """The parts of a block, as offsets in its text: label, run-in heading, the rest."""

    #: Where the label ends, without and with the blanks after it; 0 where there is none.
    label: int
    start: int
    #: Where the run-in heading ends; ``start`` where there is none.
    lead: int
    stop: int


Cut = tuple[int, int, Figure | LineGap | str]
"""What stands in a text apart from text: its offsets, and what it is, or the sign □ itself."""

_Leaf = tuple[int, int, Figure | LineGap | str | None]
"""The same, or text by itself."""


@attrs.frozen(kw_only=True, eq=False)
class Typed:
    """The contents of some blocks: of block k the run-in heading's is number 2k, the rest's 2k + 1.

    Args:
        texts: The blocks' texts.
        parts: What each is made of.
        holes: The gaps of all, as offsets in the texts with a line end between two, in order.
        source: The source, for the spans.
    """

    texts: Sequence[Traced]
    parts: Sequence[Parts]
    holes: Sequence[Cut]
    source: str

    def content(self, at: int, /) -> tuple[Inline, ...]:
        """The content of that number; the first one asked for has all of them read."""
        return self._contents[at]

    def rough(self, at: int, /) -> tuple[Inline, ...]:
        """The content of that number with figures and dates left in the text around them."""
        return self._rough[at]

    @cached_property
    def _contents(self) -> list[tuple[Inline, ...]]:
        with uncollected():
            stretches = Stretches.of(self.texts, self.source)
            edges = self._edges(stretches.bases)
            return self._made(edges, _figures(edges, stretches.whole), stretches)

    @cached_property
    def _rough(self) -> list[tuple[Inline, ...]]:
        with uncollected():
            stretches = Stretches.of(self.texts, self.source)
            edges = self._edges(stretches.bases)
            return self._made(edges, [[] for _ in edges], stretches)

    def _edges(self, bases: Sequence[int]) -> list[tuple[int, int]]:
        """Where each content begins and ends, by where each text does."""
        return [
            (base + low, base + high)
            for (_, start, lead, stop), base in zip(self.parts, bases, strict=False)
            for low, high in ((start, lead), (lead, stop))
        ]

    def _made(
        self, edges: Sequence[tuple[int, int]], cuts: list[list[Cut]], stretches: Stretches
    ) -> list[tuple[Inline, ...]]:
        """The contents between edges, by the figures that are told apart in each."""
        if self.holes:
            cuts = [*_with_gaps(edges, cuts, self.holes)]
        leaves = [[*_tiled(low, high, cut)] for (low, high), cut in zip(edges, cuts, strict=True)]
        nodes = _nodes([leaf for each in leaves for leaf in each], stretches)
        sizes = accumulate(map(len, leaves), initial=0)
        return [tuple(nodes[start:end]) for start, end in pairwise(sizes)]


def _figures(edges: Iterable[tuple[int, int]], whole: str) -> list[list[Cut]]:
    """The figures between each two edges; all are read in one text, a line for each two."""
    found = iter(scan("\n".join([whole[low:high] for low, high in edges])))
    out: list[list[Cut]] = []
    figure = next(found, None)
    at = 0
    for low, high in edges:
        here: list[Cut] = []
        ahead = low - at
        while figure is not None and figure.end + ahead <= high:
            here.append((figure.start + ahead, figure.end + ahead, figure))
            figure = next(found, None)
        out.append(here)
        at += high - low + 1
    return out


def _with_gaps(
    edges: Iterable[tuple[int, int]], cuts: Iterable[list[Cut]], holes: Sequence[Cut]
) -> Iterator[list[Cut]]:
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
        yield sorted([*whole, *here], key=place_of)


def place_of(cut: Cut) -> tuple[int, int]:
    """What cuts are put in order by."""
    return cut[0], cut[1]


def _parted(sides: Sequence[int], start: int, end: int) -> bool:
    """Whether a side of a gap lies inside a stretch."""
    at = bisect_left(sides, start + 1)
    return at < len(sides) and sides[at] < end


def _tiled(at: int, stop: int, cuts: Iterable[Cut]) -> Iterator[_Leaf]:
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
