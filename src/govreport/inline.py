"""Typed content of a block: label, run-in heading, gaps, figures, text.

Every character of a block is in exactly one leaf; the leaves' spans come from slices of its traced
text. Gaps hold no text of the source but the sign □, where the source itself has it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import sub
from typing import Final

import attrs

from govreport.breaks import TextBlock
from govreport.figures import Figure, scan
from govreport.gaps import find_gaps
from govreport.leads import leads
from govreport.lines import LineGap
from govreport.nodes import Date, Gap, Inline, Label, Lead, Number, Text
from govreport.roles import CUES, Cued, RoledBlock
from govreport.source import DELETABLE, Span, Traced

__all__ = ["Inlined", "inlined"]

#: The sign that the source itself may hold where something is missing.
_SIGN: Final = "□"
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


def inlined(
    blocks: Sequence[RoledBlock], source: str, *, grammar: bool = False, cues: Cued = CUES
) -> tuple[Inlined, ...]:
    """The typed content of each block.

    Args:
        blocks: Blocks with their roles, in reading order.
        source: The source, for the spans.
        grammar: Whether grammar alone may show that a figure is missing.
        cues: The forms of salutations, which are no run-in headings.

    >>> block = TextBlock(text=Traced("一是新建学校12所。", 0))
    >>> [found] = inlined([RoledBlock(role="paragraph", block=block)], "一是新建学校12所。")
    >>> [(type(node).__name__, node.text) for node in found.content]
    [('Text', '一是新建学校'), ('Number', '12所'), ('Text', '。')]
    """
    return tuple(
        _inlined(roled, end, chance, source, grammar)
        for roled, (end, chance) in zip(blocks, leads(blocks, cues), strict=True)
    )


def _inlined(roled: RoledBlock, lead: int, chance: float, source: str, grammar: bool) -> Inlined:
    text = roled.block.text
    places = _Places(text, source)
    label, start = None, 0
    if roled.label is not None and roled.role not in _WHOLE:
        end = min(len(roled.label.text), len(text))
        start = min(roled.label.end, len(text))
        label = Label(
            text=text.text[:end],
            spans=places.spans(0, end),
            style=roled.label.style,
            value=roled.label.value,
        )
    cuts = _cuts(roled.block, start, lead, grammar)
    opening = None
    if lead > start:
        head = [cut for cut in cuts if cut[0] < lead]
        opening = Lead(content=_content(places, start, lead, head), probability=chance)
        cuts = cuts[len(head) :]
        start = lead
    content = _content(places, start, len(text), cuts)
    return Inlined(label=label, lead=opening, content=content)


_Cut = tuple[int, int, Figure | LineGap | None]


def _cuts(block: TextBlock, start: int, lead: int, grammar: bool) -> list[_Cut]:
    """What stands in a block behind its label, in order, apart from text.

    A gap inside a figure or at its edge parts it from the text; signs □ are gaps of their own.
    """
    text = block.text.text
    holes: list[_Cut] = [(max(gap.at, start), max(gap.at, start), gap) for gap in block.gaps]
    if _SIGN in text:
        holes += [
            (at, at + 1, None) for at, sign in enumerate(text) if sign == _SIGN and at >= start
        ]
    if grammar:
        holes += _grammar_gaps(text, start, holes)
    parts = (start, lead, len(text)) if lead > start else (start, len(text))
    figures: list[_Cut] = [
        (figure.start + low, figure.end + low, figure)
        for low, high in pairwise(parts)
        for figure in scan(text[low:high])
    ]
    if not holes:
        return figures
    edges = sorted(at for hole in holes for at in hole[:2])
    whole = [cut for cut in figures if not _parted(edges, cut[0], cut[1])]
    return sorted([*whole, *holes], key=_place)


def _parted(edges: Sequence[int], start: int, end: int) -> bool:
    """Whether an edge of a gap lies inside a stretch."""
    at = bisect_left(edges, start + 1)
    return at < len(edges) and edges[at] < end


def _grammar_gaps(text: str, start: int, known: Sequence[_Cut]) -> list[_Cut]:
    """The gaps that grammar shows where none is known yet."""
    taken = {at for low, high, _ in known for at in (low, high)}
    return [
        (at, at, LineGap(at=at, evidence=evidence, probability=chance))
        for at, evidence, chance in find_gaps(text)
        if at >= start and at not in taken
    ]


def _place(cut: _Cut) -> tuple[int, int]:
    return cut[0], cut[1]


def _content(places: _Places, start: int, stop: int, cuts: Sequence[_Cut]) -> tuple[Inline, ...]:
    """Text, figures and gaps between two offsets of a block."""
    out: list[Inline] = []
    printed, at = places.text, start
    for low, high, what in cuts:
        if low > at:
            out.append(Text(text=printed[at:low], spans=places.spans(at, low)))
        out.append(_typed(printed[low:high], places.spans(low, high), what))
        at = max(at, high)
    if stop > at:
        out.append(Text(text=printed[at:stop], spans=places.spans(at, stop)))
    return tuple(out)


class _Places:
    """Where the parts of a text stood: ``spans(a, b)`` are those of ``text[a:b]``."""

    def __init__(self, text: Traced, source: str) -> None:
        self.text = text.text
        self._starts, sources = text.anchors
        self._shifts = list(map(sub, sources, self._starts))
        self._parted = self._partings(source)

    def _partings(self, source: str) -> list[int]:
        """The anchors before which the text's way through the source breaks off."""
        steps = [*zip(self._starts[1:], self._shifts, self._shifts[1:], strict=False)]
        between = "".join([source[at + before : at + after] for at, before, after in steps])
        if _nothing(between) and self._shifts == sorted(self._shifts):
            return []
        return [
            k
            for k, (at, before, after) in enumerate(steps, 1)
            if after < before - 1
            or (after > before and not _nothing(source[at + before : at + after]))
        ]

    def spans(self, start: int, stop: int) -> tuple[Span, ...]:
        """The spans of a part, as ``text[start:stop].spans(source)`` has them."""
        if stop <= start:
            return ()
        starts, shifts, parted = self._starts, self._shifts, self._parted
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, stop) - 1
        begin, end = start + shifts[first], stop + shifts[last]
        if not parted:
            return (Span(begin, end),)
        out = []
        for k in parted[bisect_right(parted, first) : bisect_right(parted, last)]:
            out.append(Span(begin, starts[k] + shifts[k - 1]))
            begin = starts[k] + shifts[k]
        return (*out, Span(begin, end))


def _nothing(between: str) -> bool:
    """Whether only blanks, line ends and invisible signs stand between two stretches."""
    return between.isspace() or DELETABLE.fullmatch(between) is not None


def _typed(text: str, spans: tuple[Span, ...], what: Figure | LineGap | None) -> Inline:
    if what is None:
        return Gap(text=text, spans=spans, evidence=("sign",))
    if isinstance(what, LineGap):
        return Gap(evidence=what.evidence, probability=what.probability)
    if what.kind == "date":
        return Date(text=text, spans=spans, iso=what.iso)
    return Number(
        text=text,
        spans=spans,
        value=what.value,
        high=what.high,
        unit=what.unit,
        approximate=what.approximate,
    )
