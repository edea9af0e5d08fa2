"""Typed content of a block: label, run-in heading, gaps, figures, text.

Every character of a block is in exactly one leaf; the leaves' spans come from slices of its traced
text. Gaps hold no text of the source but the sign □, where the source itself has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import attrs
import regex

from govreport.breaks import TextBlock
from govreport.figures import Figure, scan
from govreport.gaps import find_gaps
from govreport.leads import leads
from govreport.lines import LineGap
from govreport.nodes import Date, Gap, Inline, Label, Lead, Number, Text
from govreport.roles import CUES, Cued, RoledBlock
from govreport.source import Traced

__all__ = ["Inlined", "inlined"]

#: The sign that the source itself may hold where something is missing.
_SIGN: Final = regex.compile("□")
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
        printed = text[: len(roled.label.text)]
        start = min(roled.label.end, len(text))
        label = Label(
            text=printed.text,
            spans=printed.spans(source),
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
    holes: list[_Cut] = [(sign.start(), sign.end(), None) for sign in _SIGN.finditer(text, start)]
    holes += [(max(gap.at, start), max(gap.at, start), gap) for gap in block.gaps]
    if grammar:
        holes += _grammar_gaps(text, start, holes)
    holes.sort(key=_place)
    edges = sorted(at for hole in holes for at in hole[:2])
    parts = (start, lead, len(text)) if lead > start else (start, len(text))
    out: list[_Cut] = []
    for low, high in pairwise(parts):
        for figure in scan(text[low:high]):
            begin, end = figure.start + low, figure.end + low
            at = bisect_left(edges, begin + 1)
            if at == len(edges) or edges[at] >= end:
                out.append((begin, end, figure))
    return sorted([*out, *holes], key=_place)


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
    return tuple(_pieces(text, start, stop, cuts, source))


def _pieces(
    text: Traced, start: int, stop: int, cuts: Sequence[_Cut], source: str
) -> Iterator[Inline]:
    at = start
    for low, high, what in cuts:
        if low > at:
            yield _text(text[at:low], source)
        yield _typed(text[low:high], what, source)
        at = max(at, high)
    if stop > at:
        yield _text(text[at:stop], source)


def _text(text: Traced, source: str) -> Text:
    return Text(text=text.text, spans=text.spans(source))


def _typed(text: Traced, what: Figure | LineGap | None, source: str) -> Inline:
    if what is None:
        return Gap(text=text.text, spans=text.spans(source), evidence=("sign",))
    if isinstance(what, LineGap):
        return Gap(evidence=what.evidence, probability=what.probability)
    if what.kind == "date":
        return Date(text=text.text, spans=text.spans(source), iso=what.iso)
    return Number(
        text=text.text,
        spans=text.spans(source),
        value=what.value,
        high=what.high,
        unit=what.unit,
        approximate=what.approximate,
    )
