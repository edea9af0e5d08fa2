"""Soft or hard: every line end of a text decided, and the lines joined to blocks.

What the features of a line end say (see :mod:`govreport.cues`) is weighed together with all others
in one exact inference (:mod:`govreport.chain`); what is likelier than not is decided so.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise, repeat
from operator import mul
from typing import Final

import attrs

from govreport.bulk import made, tuples
from govreport.chain import inferred
from govreport.characters import clean, repairs
from govreport.cues import gather
from govreport.hints import Forced
from govreport.lines import LineGap, PrintedLine
from govreport.measure import never_wrapped
from govreport.misread import misread_in
from govreport.numbering import Form, Numbering
from govreport.source import Anchors, Traced, join, through
from govreport.stacked import Stack
from govreport.typography import widths

__all__ = ["Blocks", "TextBlock", "break_lines"]

#: How often blocks are read back at most: pages settle in one or two rounds, and a text where each
#: round undoes one end more must not take a round for each of its lines.
_ROUNDS: Final = 12
_FREE: Final = Forced()
_DIGIT: Final = re.compile("[0-9０-９]")


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
    labels, said, facts = cues.labels, cues.ends, cues.facts
    texts, patched, gapped = facts.texts, facts.patched, facts.gapped
    del cues, facts  # the most of what is held here, and the rest needs its room
    hard, heading = inferred(said, forced)
    del said
    ends = _settle(lines, hard, forced, forms, _doubtful(texts, patched, gapped))
    starts = [0, *[end + 1 for end in ends]]
    heading = list(map(heading.__getitem__, starts[:-1]))
    of = list(map(labels.get, starts[:-1]))
    del labels
    wholes, gaps = _joined(lines, texts, ends, gapped)
    sure = [1.0, *map(hard.__getitem__, ends)]
    blocks = made(
        TextBlock,
        len(ends),
        text=wholes,
        heading=heading,
        probability=map(mul, sure, sure[1:]),
        gaps=map(gaps.get, range(len(ends)), repeat(())),
        label=[
            label and _within(label, whole.text) for label, whole in zip(of, wholes, strict=True)
        ],
        indent=[lines[start].indent for start in starts[:-1]],
        first=starts,
        last=ends,
    )
    return Blocks(blocks=tuple(blocks), hard=tuple(hard))


def _settle(
    lines: Sequence[PrintedLine],
    hard: list[float],
    forced: Forced,
    forms: Sequence[Form],
    doubtful: Sequence[int],
) -> list[int]:
    """Read the blocks as lines of a clean text, until they stay as they are.

    What the library wrote it must read back the same; so ends that would not last are soft now.
    Returns the indices of the lines that end a block.
    """
    kept = {k - 1 for k, _ in forced.headings} | {k for k, _ in forced.headings} | forced.hard
    for _ in range(_ROUNDS):
        ends = [k for k, p in enumerate(hard) if p >= 0.5]
        ems = _clean_widths(lines, ends, doubtful)
        if never_wrapped(ems):
            return ends
        cues = gather(_as_clean(lines, ends, ems), forms)
        again, _ = inferred(cues.ends)
        soft = [k for k, end in enumerate(ends[:-1]) if again[k] < 0.5 and end not in kept]
        if not soft:
            return ends
        for k in soft:
            hard[ends[k]] = again[k]
    return [k for k, p in enumerate(hard) if p >= 0.5]


def _doubtful(texts: Sequence[str], patched: Iterable[int], gapped: Iterable[int]) -> Sequence[int]:
    """The numbers of lines whose widths may not be those of their signs.

    Those in which something is missing; and of those in which blanks were closed up such as have
    figures, beside which blanks count.
    """
    asked = list(patched)
    figured = Stack.of([texts[k] for k in asked]).having(_DIGIT)
    return [*{*gapped, *map(asked.__getitem__, figured)}]


def _clean_widths(
    lines: Sequence[PrintedLine], ends: Sequence[int], doubtful: Sequence[int]
) -> list[float]:
    """The widths of the blocks in em, were each written as one line, with a sign for each gap."""
    ems = [line.width for line in lines]
    clean = widths([_marked(lines[k]) for k in doubtful])
    for k, em in zip(doubtful, clean, strict=True):
        ems[k] = em
    return [sum(ems[start:stop]) for start, stop in _bounds(ends)]


def _bounds(ends: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first line of each block, and the one past its last."""
    return pairwise([0, *[end + 1 for end in ends]])


def _as_clean(
    lines: Sequence[PrintedLine], ends: Sequence[int], ems: Sequence[float]
) -> list[PrintedLine]:
    """The blocks as lines, as a text that is written out would have them."""
    texts = [_marked(line) for line in lines]
    blocks = ["".join(texts[start:stop]) for start, stop in _bounds(ends)]
    return [
        PrintedLine(text=Traced(text, 0), width=wide, indent=0.0)
        for text, wide in zip(blocks, ems, strict=True)
    ]


def _marked(line: PrintedLine) -> str:
    """The line's text with the gap sign where something is missing."""
    text = line.text.text
    for gap in reversed(line.gaps):
        text = text[: gap.at] + "□" + text[gap.at :]
    return text


def _within(label: Numbering, text: str) -> Numbering:
    """A first line's label in the block's text, which may have lost the blank behind the label."""
    end = len(text) - len(text[len(label.text) :].lstrip())
    return label if end == label.end else attrs.evolve(label, end=end)


def _joined(
    lines: Sequence[PrintedLine], texts: Sequence[str], ends: Sequence[int], gapped: Iterable[int]
) -> tuple[list[Traced], dict[int, tuple[LineGap, ...]]]:
    """Each block's text in one, put right once more where its lines met, and its gaps, if any."""
    bounds = list(_bounds(ends))
    wholes = _wholes([line.text for line in lines], texts, bounds)
    again = sorted(_to_repair([whole.text for whole in wholes]))
    repaired = repairs([wholes[k] for k in again]).texts
    gaps: dict[int, tuple[LineGap, ...]] = {}
    asked = {bisect_left(ends, k) for k in gapped}
    around = [(k, _around_gaps(wholes[k], lines[slice(*bounds[k])])) for k in asked]
    for k, text in zip(again, repaired, strict=True):
        wholes[k] = text
    for k, found in around:
        wholes[k], gaps[k] = found
    return wholes, gaps


def _wholes(
    parts: Sequence[Traced], texts: Sequence[str], bounds: Sequence[tuple[int, int]]
) -> list[Traced]:
    """The lines of each block in one, as :func:`join` does; quicker for many.

    Args:
        parts: The lines.
        texts: Their texts.
        bounds: The first line of each block, and the one past its last.
    """
    out = [parts[start] for start, _ in bounds]
    several = [n for n, (start, stop) in enumerate(bounds) if stop - start > 1]
    within = [bounds[n] for n in several]
    sizes, wheres = list(map(len, texts)), tuple([part.where for part in parts])
    places = [tuple(accumulate(sizes[start : stop - 1], initial=0)) for start, stop in within]
    sources: list[tuple[object, ...]] = [wheres[start:stop] for start, stop in within]
    del sizes
    for k, (start, stop) in enumerate(within):
        if Anchors in set(map(type, sources[k])):
            places[k], sources[k] = through(places[k], wheres[start:stop])
    joined = ["".join(texts[start:stop]) for start, stop in within]
    anchors = tuples(Anchors, places, sources)
    wholes = made(Traced, len(several), text=joined, where=anchors)
    for n, whole in zip(several, wholes, strict=True):
        out[n] = whole
    return out


def _to_repair(texts: Sequence[str]) -> set[int]:
    """The numbers of texts that may need repair, though each of their lines had its own.

    These are such as hold a blank or what shows nothing, or may hold a misread sign.
    """
    out = {k for k, text in enumerate(texts) if " " in text or not text.isprintable()}
    return out | misread_in(Stack.of(texts))


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
