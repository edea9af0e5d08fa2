"""Typed content of a block: label, run-in heading, gaps, figures, text.

Every character of a block is in exactly one leaf; the leaves' spans come from slices of its traced
text. Gaps hold no text of the source but the sign □, where the source itself has it.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
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
#: Beyond every offset, so that a search for an anchor ends behind the one that has the offset.
_FAR: Final = sys.maxsize
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

    >>> block = TextBlock(text=Traced("一是新建学校12所。", ((0, 0),)))
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
    label, start = None, 0
    if roled.label is not None and roled.role not in _WHOLE:
        end = min(len(roled.label.text), len(text))
        start = min(roled.label.end, len(text))
        label = Label(
            text=text.text[:end],
            spans=_spans(text, 0, end, source),
            style=roled.label.style,
            value=roled.label.value,
        )
    cuts = _cuts(roled.block, start, lead, grammar)
    opening = None
    if lead > start:
        head = [cut for cut in cuts if cut[0] < lead]
        opening = Lead(content=_content(text, start, lead, head, source), probability=chance)
        cuts = cuts[len(head) :]
        start = lead
    return Inlined(
        label=label, lead=opening, content=_content(text, start, len(text), cuts, source)
    )


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


def _content(
    text: Traced, start: int, stop: int, cuts: Sequence[_Cut], source: str
) -> tuple[Inline, ...]:
    """Text, figures and gaps between two offsets of a block."""
    out: list[Inline] = []
    printed, at = text.text, start
    for low, high, what in cuts:
        if low > at:
            out.append(Text(text=printed[at:low], spans=_spans(text, at, low, source)))
        out.append(_typed(printed[low:high], _spans(text, low, high, source), what))
        at = max(at, high)
    if stop > at:
        out.append(Text(text=printed[at:stop], spans=_spans(text, at, stop, source)))
    return tuple(out)


def _spans(text: Traced, start: int, stop: int, source: str) -> tuple[Span, ...]:
    """The spans of a part of a text, as ``text[start:stop].spans(source)`` has them."""
    if stop <= start:
        return ()
    where = text.where
    if isinstance(where, int):
        return (Span(where + start, where + stop),)
    k = bisect_right(where, (start, _FAR))
    place, begin = where[k - 1]
    begin += start - place
    shift, out = begin - start, []
    for place, low in where[k : bisect_left(where, (stop,), k)]:
        high = place + shift
        if low != high and (low < high - 1 or (low > high and not _nothing(source[high:low]))):
            out.append(Span(begin, high))
            begin = low
        shift = low - place
    out.append(Span(begin, stop + shift))
    return tuple(out)


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
