"""What stands inside a block: its label, its run-in heading, gaps, and content typed on demand.

Where a label ends, where a run-in heading does and where something is missing is found out at once,
since outline and remarks ask for it. Figures and text are typed when they are first asked for
(:mod:`govreport.typed`): headings by themselves, other blocks some pages at a time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, repeat
from typing import Final

import attrs

from govreport.bulk import made
from govreport.gaps import find_gaps
from govreport.leads import leads
from govreport.nodes import Inline, Label, Lead
from govreport.nodes.deferred import Words, all_deferred
from govreport.printed import LineGap
from govreport.roles import CUES, Cued, RoledBlock
from govreport.source import Span, Traced
from govreport.typed import SIGN, Cut, Parts, Typed, place_of

__all__ = ["Inlined", "Missing", "inlined"]

#: Characters of the blocks that are worked together.
_BATCH: Final = 20_000
_WHOLE: Final = frozenset(("salutation", "closing", "contents"))


@attrs.frozen
class Missing:
    """A place where something is missing.

    Args:
        at: Where the sign for it stands in the source, or where what stands before it ends; none
            where the block begins with it.
        evidence: Names of the signs that speak for it.
        probability: That something is missing there.
    """

    at: Span | None
    evidence: tuple[str, ...]
    probability: float


@attrs.frozen(kw_only=True, eq=False)
class Inlined:
    """What stands inside a block.

    Args:
        label: Its label.
        lead: Its run-in heading.
        words: Where the content of the rest is to be had.
        at: The number of that content there.
        gaps: Where something is missing in it or its run-in heading, as the source places it.
    """

    label: Label | None = None
    lead: Lead | None = None
    words: Words
    at: int
    gaps: tuple[Missing, ...] = ()

    @property
    def content(self) -> tuple[Inline, ...]:
        """The rest, typed."""
        return self.words.content(self.at)


def inlined(
    blocks: Sequence[RoledBlock], source: str, *, grammar: bool = False, cues: Cued = CUES
) -> tuple[Inlined, ...]:
    """What stands inside each block.

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
    out: dict[int, Inlined] = {}
    for batch in _batches(blocks):
        some, opens = [blocks[k] for k in batch], [opened[k] for k in batch]
        out.update(zip(batch, _together(some, opens, source, grammar=grammar), strict=True))
    return tuple([out[k] for k in range(len(blocks))])


def _together(
    blocks: Sequence[RoledBlock], opens: Sequence[tuple[int, float]], source: str, *, grammar: bool
) -> list[Inlined]:
    """What stands inside each block of a batch.

    Args:
        blocks: The blocks.
        opens: Where the run-in heading of each ends, and how sure that is.
        source: The source.
        grammar: Whether grammar alone may show that a figure is missing.
    """
    parts = [_parts(roled, lead) for roled, (lead, _) in zip(blocks, opens, strict=True)]
    texts = [roled.block.text for roled in blocks]
    bases = list(accumulate([len(text.text) + 1 for text in texts], initial=0))
    holes = _holes(blocks, parts, bases, grammar=grammar)
    missing = _missing(texts, parts, bases, holes)
    typed = Typed(texts=texts, parts=parts, holes=holes, source=source)
    led = [n for n, part in enumerate(parts) if part.lead > part.start]
    sure = [opens[n][1] for n in led]
    heads = all_deferred(Lead, repeat(typed), [2 * n for n in led], probability=sure)
    head_of = dict(zip(led, heads, strict=True))
    return made(
        Inlined,
        len(blocks),
        label=[
            _label(roled, part, source) if part.label else None
            for roled, part in zip(blocks, parts, strict=True)
        ],
        lead=map(head_of.get, range(len(blocks))),
        words=repeat(typed),
        at=range(1, 2 * len(blocks), 2),
        gaps=map(missing.get, range(len(blocks)), repeat(())),
    )


def _batches(blocks: Sequence[RoledBlock]) -> Iterator[list[int]]:
    """Blocks that are typed together, by number: all headings, which many ask for alone, and others.

    Of these there are enough to be quick, too few to take much memory.
    """
    headings = [k for k, roled in enumerate(blocks) if roled.role == "heading"]
    if headings:
        yield headings
    batch: list[int] = []
    size = 0
    for k, roled in enumerate(blocks):
        if roled.role == "heading":
            continue
        batch.append(k)
        size += len(roled.block.text.text)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parts(roled: RoledBlock, lead: int) -> Parts:
    label, stop = roled.label, len(roled.block.text.text)
    if label is None or roled.role in _WHOLE:
        return Parts(0, 0, lead, stop)
    start = min(label.end, stop)
    return Parts(min(len(label.text), stop), start, max(lead, start), stop)


def _label(roled: RoledBlock, part: Parts, source: str) -> Label:
    label, text = roled.label, roled.block.text[: part.label]
    assert label is not None
    return Label(text=text.text, spans=text.spans(source), style=label.style, value=label.value)


def _holes(
    blocks: Sequence[RoledBlock], parts: Sequence[Parts], bases: Sequence[int], *, grammar: bool
) -> list[Cut]:
    """The gaps of blocks behind their labels, in order; signs □ are gaps of their own.

    Args:
        blocks: The blocks.
        parts: What each is made of.
        bases: Where each begins in their texts with a line end between two; offsets are in these.
        grammar: Whether grammar alone may show that a figure is missing.
    """
    holes: list[Cut] = [
        (at, at, gap)
        for roled, part, base in zip(blocks, parts, bases, strict=False)
        for gap in roled.block.gaps
        for at in (base + max(gap.at, part.start),)
    ]
    whole = "\n".join([roled.block.text.text for roled in blocks])

    def counts(at: int) -> bool:
        k = bisect_right(bases, at) - 1
        return at >= bases[k] + parts[k].start

    signs = (found.start() for found in re.finditer(SIGN, whole))
    holes += [(at, at + 1, SIGN) for at in signs if counts(at)]
    if grammar:
        known = {at for hole in holes for at in hole[:2]}
        holes += [
            (at, at, LineGap(at=at, evidence=evidence, probability=chance))
            for at, evidence, chance in find_gaps(whole)
            if at not in known and counts(at)
        ]
    return sorted(holes, key=place_of)


def _missing(
    texts: Sequence[Traced], parts: Sequence[Parts], bases: Sequence[int], holes: Iterable[Cut]
) -> dict[int, tuple[Missing, ...]]:
    """The gaps of blocks, by their number, as the source places them."""
    out: dict[int, list[Missing]] = {}
    for low, high, what in holes:
        k = bisect_right(bases, low) - 1
        text, begin = texts[k], low - bases[k]
        # Blanks behind a label are nobody's: what stands before a gap there is the label.
        end = parts[k].label if begin == parts[k].start else begin
        place: Span | None = None
        if high > low:
            place = text[begin : begin + 1].spans("")[0]
        elif end:
            before = text.offset(end - 1) + 1
            place = Span(before, before)
        missing = Missing(place, ("sign",), 1.0)
        if isinstance(what, LineGap):
            missing = Missing(place, what.evidence, what.probability)
        out.setdefault(k, []).append(missing)
    return {k: tuple(found) for k, found in out.items()}
