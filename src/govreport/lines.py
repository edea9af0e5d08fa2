"""Fragments to printed lines: torn numbers close up, glued lines part, lost numbers leave a gap.

A number that extraction put on a line of its own is put between its neighbours so that the lines
come out as wide as the column: a small best-path search over each run of torn fragments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby, pairwise, repeat
from typing import Final

import attrs

from govreport import measure
from govreport.bulk import tuples
from govreport.characters import repairs
from govreport.columns import Fragment
from govreport.printed import LineGap, PrintedLine, RepairedFragments
from govreport.refit import LOST_WIDTH, begins
from govreport.signs import DIGITS
from govreport.source import Traced, through
from govreport.stacked import Stack
from govreport.torn import LOST, ties
from govreport.typography import NOT_LINE_START, widths
from govreport.unglued import may_part, unglued

__all__ = ["Assembled", "LineGap", "PrintedLine", "assemble", "assembled"]

#: Where less than one line in so many has a blank in it, the blank tells of what was glued.
_RARE: Final = 4
#: So many full lines show a measure where most are torn.
_FULL: Final = 3
_TELLING: Final = re.compile(
    rf" (?:[0-9０-９{re.escape(''.join(sorted(NOT_LINE_START)))}]|(?<=[0-9０-９] ))"
)
#: The space between a figure and Chinese characters that some pages are set with (CLREQ: 1/4 em).
_SPACE: Final = 0.25
#: So many more lines must be full without these blanks than with them, that none was printed.
_DOUBT: Final = 1
_LOST: Final = ("blank-left",)


@attrs.frozen
class Assembled:
    """The printed lines of a page, and what was found out on the way.

    Args:
        lines: The lines, in reading order.
        measures: The measure at each fragment, in em; none at all where it was not asked for, or
            lines that nothing tore do not tell it everywhere.
    """

    lines: tuple[PrintedLine, ...]
    measures: Sequence[float | None] = ()


def assemble(fragments: Sequence[Fragment]) -> tuple[PrintedLine, ...]:
    """Put the fragments' characters right, and the fragments together to printed lines.

    Args:
        fragments: In reading order, displaced figures already in their places.

    >>> from govreport.columns import fragments
    >>> [line.text.text for line in assemble(fragments("同时分\\n\\n4\\n\\n批，\\n"))]
    ['同时分4批，']
    """
    return assembled(fragments).lines


def assembled(fragments: Sequence[Fragment]) -> Assembled:
    """As :func:`assemble`, with what it found out of the measure."""
    if not fragments:
        return Assembled(())
    count = len(fragments)
    lines, page = _singles(fragments)
    del fragments  # as heavy as the lines, and needed no more
    torn, figures = ties(page)
    glued = [k for k in sorted(page.closed) if k not in page.spaced]
    if not torn and not glued:
        return Assembled(tuple(lines))
    measures, sure = _measures(page.widths, torn)
    begun = begins(page, torn, figures, measures)
    out: list[PrintedLine] = []
    done = 0
    rare = _RARE * len(glued) < len(lines)
    gone = {k for k, tie in torn.items() if tie == LOST}
    for start, stop in _runs(torn, may_part(page, glued, measures, rare)):
        out += lines[done:start]
        done = stop
        cuts = [start, *[k for k in range(start + 1, stop) if k in begun], stop]
        for low, high in pairwise(cuts):
            line = lines[low]
            if high > low + 1 or low in gone:
                line = _joined(page, lines[low:high], low, gone)
            out += unglued(line, measures[start], rare)
    out += lines[done:]
    sure = sure and len(lines) == count
    return Assembled(tuple(out), measures if sure else ())


def _measures(ems: Sequence[float], torn: Mapping[int, int]) -> tuple[list[float | None], bool]:
    """The measure at each fragment, from the lines that nothing tore; and whether all have one."""
    known: list[bool] | None = None
    if torn:
        known = [True] * len(ems)
        for k in torn:
            known[k - 1] = known[k] = False
    found = measure.track(ems, known=known)
    if known is None or None not in found:
        return found, None not in found
    out = list(found)
    start = 0
    for column, group in groupby(found):
        stop = start + len(list(group))
        if column is None:  # few lines are whole: some of them fill the column, none exceeds it
            top = max(ems[start:stop])
            full = sum([known[k] and ems[k] >= top - 1 for k in range(start, stop)])
            if full >= _FULL and measure.MINIMUM <= top <= measure.MAXIMUM:
                out[start:stop] = [top] * (stop - start)
        start = stop
    return out, False


def _singles(fragments: Sequence[Fragment]) -> tuple[list[PrintedLine], RepairedFragments]:
    """Each fragment with text as a printed line of its own."""
    found, indents, blanks, leads, pages, columns, _ = zip(*fragments, strict=True)
    repaired = repairs(found)
    texts = [text.text for text in repaired.texts]
    ems = widths(texts, repaired.strange)
    closed: list[tuple[int, ...]] = [()] * len(texts)
    spaced, loose = [False] * len(texts), [False] * len(texts)
    for k, places in repaired.closed.items():
        closed[k] = places
    for k in repaired.spaced:
        spaced[k] = True
    wider: dict[int, float] = {}
    parted = [k for k in repaired.closed if k not in repaired.spaced]
    for n in _telling([found[k].text for k in parted]):
        k = parted[n]
        more, loose[k] = _blanks_tell(texts[k], closed[k])
        if more:
            wider[k] = more
    if wider and _printed_apart(ems, wider):
        for k, more in wider.items():
            ems[k] += more
    none, own = repeat(()), list(range(len(texts)))
    lines = list(
        tuples(
            *(PrintedLine, repaired.texts, ems, indents, blanks, spaced, loose, closed, none),
            *(pages, columns, own, own, none),
        )
    )
    if "" in texts:
        lines = [line for line in lines if line.text.text]
        return lines, RepairedFragments.of(lines, [leads[line.first] for line in lines])
    return lines, RepairedFragments(texts, ems, leads, blanks, repaired.closed, repaired.spaced)


def _telling(texts: Sequence[str]) -> Iterable[int]:
    """The numbers of lines whose blanks may tell of their setting.

    Those with a blank beside a figure or before a mark; and those that hold what shows nothing,
    which may stand between.
    """
    unseen = [k for k, text in enumerate(texts) if not text.isprintable()]
    return {*unseen, *Stack.of(texts).having(_TELLING)}


def _printed_apart(ems: Sequence[float], wider: Mapping[int, float]) -> bool:
    """Whether blanks beside figures were printed: whether lines fill the column with them.

    Args:
        ems: The lines' widths without them, in em.
        wider: What they would add to some, in em.
    """
    much = [(ems[k], more) for k, more in wider.items() if more > _SPACE]
    if len(much) <= _DOUBT or len(wider) == len(ems):
        return True
    plain = Counter(ems)
    plain.subtract([ems[k] for k in wider])
    column = max(plain, key=lambda em: (plain[em], em))
    told = [(column - em, more) for em, more in much]
    without = sum([abs(left) < _SPACE for left, _ in told])
    return sum([abs(left - more) < _SPACE for left, more in told]) >= without - _DOUBT


def _blanks_tell(text: str, closed: Sequence[int]) -> tuple[float, bool]:
    """What blanks that were closed up tell of a line's setting, were it not spaced by letters.

    Those beside figures were printed narrow, as far as extraction shows them; and where one stood
    before a mark, the line was set loose: damage leaves none there.

    Returns:
        How much wider the line was, in em; whether it was set loose.
    """
    more, loose = 0.0, False
    for at in closed:
        if 0 < at < len(text):
            before, after = text[at - 1], text[at]
            loose = loose or after in NOT_LINE_START
            if (after in DIGITS) != (before in DIGITS):
                more += _SPACE
    return more, loose


def _runs(torn: Mapping[int, int], glued: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and one past the last of each run that may not stay as it is."""
    stop = 0
    for start in sorted({*glued, *(k - 1 for k in torn)}):
        if start >= stop:
            stop = start + 1
            while stop in torn:
                stop += 1
            yield start, stop


def _joined(
    page: RepairedFragments, parts: Sequence[PrintedLine], start: int, gone: set[int]
) -> PrintedLine:
    """One printed line out of its parts.

    Args:
        page: The fragments.
        parts: Some of them, each as a line of its own.
        start: The number of the first.
        gone: The numbers of those before which a figure is lost.
    """
    stop, head = start + len(parts), parts[0]
    texts = page.texts[start:stop]
    places = list(accumulate(map(len, texts[:-1]), initial=0))
    closed = [at + k for at, part in zip(places, parts, strict=True) for k in part.closed]
    gaps = [
        LineGap(at=at, evidence=_LOST, probability=0.97)
        for k, at in enumerate(places, start)
        if k in gone
    ]
    return PrintedLine(
        text=Traced("".join(texts), through(places, [part.text.where for part in parts])),
        width=sum(page.widths[start:stop]) + LOST_WIDTH * len(gaps),
        indent=head.indent,
        blanks=head.blanks,
        spaced=not page.spaced.isdisjoint(range(start, stop)),
        loose=True in [part.loose for part in parts],
        closed=tuple(closed),
        gaps=tuple(gaps),
        page=head.page,
        column=head.column,
        first=head.first,
        last=parts[-1].last,
        torn=tuple([part.text.end for part in parts[:-1]]),
    )
