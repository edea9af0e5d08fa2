"""Fragments to printed lines: torn numbers close up, glued lines part, lost numbers leave a gap.

A number that extraction put on a line of its own is put between its neighbours so that the lines
come out as wide as the column: a small best-path search over each run of torn fragments.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import regex

from govreport import measure
from govreport.characters import Clean, clean
from govreport.columns import Fragment
from govreport.source import Traced, join
from govreport.typography import (
    HALF_WIDTH_NOT_LINE_START,
    NOT_LINE_END,
    NOT_LINE_START,
    SQUEEZABLE,
    TERMINAL,
    width,
)

__all__ = ["LineGap", "PrintedLine", "assemble"]

#: A fragment that is nothing but a figure, as extraction tears them out.
_FIGURE: Final = regex.compile(r"[0-9０-９]+(?:[.．,:：/][0-9０-９]+)*+[.．]?[%％‰]?")
#: What a unit or sign that was cut off its figure begins with; such a line was torn.
_SIGN: Final = regex.compile(r"[%％‰℃]")

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
#: What a paragraph that extraction glued to the one before it may begin with.
_DASHES: Final = ("——", "──", "――")

#: Costs of a printed line, by how it fills the column (see _fill).
_FULL, _CUT, _SQUEEZED, _SHORT, _OVER = 0.0, 0.7, 1.0, 3.0, 6.0
#: Costs of a line end where the rules of setting allow none, and inside a run without a measure.
_FORBIDDEN: Final = 6.0
_LOOSE: Final = 0.6
#: The space between a figure and Chinese characters that some pages are set with (CLREQ: 1/4 em).
_SPACE: Final = 0.25
#: A line end between a year and its 年 is allowed, but seldom.
_UNIT_CUT: Final = 1.5
_YEAR: Final = regex.compile(r"(?:19|20)[0-9]{2}")
_MARK: Final = regex.compile(r"[，。、；：！？“”（）]")
#: The width of a number that is gone: two digits.
_LOST_WIDTH: Final = 1.0
#: How far a line may reach beyond the measure before it must be two.
_GLUED: Final = 1.5


@attrs.frozen(kw_only=True)
class LineGap:
    """A place in a printed line where something is missing.

    Args:
        at: Offset in the line's text.
        evidence: Names of the signs that speak for it.
        probability: That something is missing here.
    """

    at: int
    evidence: tuple[str, ...] = ()
    probability: float = 1.0


@attrs.frozen(kw_only=True)
class PrintedLine:
    """What stood on one line of the column.

    Args:
        text: The repaired text, torn numbers in their place.
        width: Its width in em.
        indent: Blanks before it in em, none where the source cannot tell.
        blanks: Empty source lines before it.
        spaced: Its characters were spaced apart, so that the setting filled it.
        loose: A blank stood before a mark: the line was set loose, wider than its characters.
        closed: Offsets in the text where blanks were closed up.
        gaps: Places where a number is missing.
        page: Counted from 0.
        column: Counted from 0 on its page.
        first: Index of its first fragment.
        last: Index of its last fragment.
    """

    text: Traced
    width: float
    indent: float | None = None
    blanks: int = 0
    spaced: bool = False
    loose: bool = False
    closed: tuple[int, ...] = ()
    gaps: tuple[LineGap, ...] = ()
    page: int = 0
    column: int = 0
    first: int = 0
    last: int = 0


def assemble(fragments: Sequence[Fragment]) -> tuple[PrintedLine, ...]:
    """Put the fragments' characters right, and the fragments together to printed lines.

    Args:
        fragments: In reading order, displaced figures already in their places.

    >>> from govreport.columns import fragments
    >>> [line.text.text for line in assemble(fragments("同时分\\n\\n4\\n\\n批，\\n"))]
    ['同时分4批，']
    """
    parts = [
        _Part.of(index, fragment, cleaned)
        for index, fragment in enumerate(fragments)
        if (cleaned := clean(fragment.text)).text
    ]
    torn = _torn(parts)
    known = [not (a or b) for a, b in zip(torn, [*torn[1:], _WHOLE], strict=False)]
    measures = measure.track([part.width for part in parts], known=known)
    out: list[PrintedLine] = []
    start = 0
    for stop in range(1, len(parts) + 1):
        if stop == len(parts) or not torn[stop]:
            out.extend(_set(parts[start:stop], torn[start:stop], measures[start]))
            start = stop
    return tuple(out)


#: How a fragment is tied to the one before it.
_WHOLE, _TORN, _LOST = 0, 1, 2


@attrs.frozen
class _Part:
    """A cleaned fragment with what the search asks of it."""

    index: int
    fragment: Fragment
    clean: Clean
    text: str
    width: float
    figure: bool

    @classmethod
    def of(cls, index: int, fragment: Fragment, cleaned: Clean) -> _Part:
        """The part of a fragment."""
        text = cleaned.text.text
        figure = text[0] in _DIGITS and bool(_FIGURE.fullmatch(text))
        return cls(index, fragment, cleaned, text, width(text) + _spaces(cleaned), figure)


def _spaces(cleaned: Clean) -> float:
    """What the spaces beside figures add to a line, as far as extraction shows them."""
    if not cleaned.closed or cleaned.spaced:
        return 0.0
    text = cleaned.text.text
    wide = 0.0
    for at in cleaned.closed:
        if 0 < at < len(text):
            if (text[at] in _DIGITS) != (text[at - 1] in _DIGITS):
                wide += _SPACE
    return wide


def _is_loose(cleaned: Clean) -> bool:
    """Whether a blank stood before a mark, where damage leaves none but loose setting does."""
    text = cleaned.text.text
    return not cleaned.spaced and any(
        0 < at < len(text) and text[at] in NOT_LINE_START for at in cleaned.closed
    )


def _torn(parts: Sequence[_Part]) -> list[int]:
    """For each part whether it may stand on the printed line of the one before it."""
    apart = sum(part.fragment.blanks > 0 for part in parts) * 2 > len(parts)
    few = apart and sum(part.fragment.lead == " " for part in parts) * 30 < len(parts)
    out = [_WHOLE] * len(parts)
    spaced = False
    for k in range(1, len(parts)):
        before, part = parts[k - 1], parts[k]
        if part.figure != before.figure:
            out[k] = _TORN
            spaced = spaced if before.figure else before.clean.spaced
        elif _SIGN.match(part.text) and before.text[-1] in _DIGITS:
            out[k] = _TORN
        elif part.figure and spaced and len(part.text) == len(before.text) == 1:
            out[k] = _TORN  # a number of a letter-spaced line, torn digit by digit
        if part.fragment.lead == " " and few:
            out[k] = _LOST  # the blank that stood after a number which is gone
    return out


def _set(
    parts: Sequence[_Part], torn: Sequence[int], column: float | None
) -> list[PrintedLine]:
    """The printed lines of a run of fragments that may belong together."""
    if len(parts) == 1:
        return _unglued(_printed(parts, torn), column)
    starts = _best_starts(parts, torn, column)
    out = []
    for start, stop in zip(starts, [*starts[1:], len(parts)], strict=True):
        out.extend(_unglued(_printed(parts[start:stop], torn[start:stop]), column))
    return out


def _best_starts(
    parts: Sequence[_Part], torn: Sequence[int], column: float | None
) -> list[int]:
    """Where the printed lines of a run start: the cheapest way to set the run."""
    n = len(parts)
    heads = _heads(parts)
    cost = [0.0] + [float("inf")] * n
    origin = [0] * (n + 1)
    for start in range(n):
        base = cost[start] + (_end_cost(parts[start - 1], parts[start]) if start else 0.0)
        total = 0.0
        for stop in range(start + 1, n + 1):
            if stop > start + 1:
                total += _LOST_WIDTH if torn[stop - 1] == _LOST else 0.0
            total += parts[stop - 1].width
            if column is not None and total > column + 4 and stop > start + 1:
                break
            price = base + _fill(total, column, parts[stop - 1], stop - start)
            if heads and not heads.isdisjoint(range(start + 1, stop)):
                price += _FORBIDDEN
            if stop == n and _runs_out(parts[start:stop], total, column):
                price += _FORBIDDEN
            if price < cost[stop]:
                cost[stop], origin[stop] = price, start
    starts = [n]
    while starts[-1]:
        starts.append(origin[starts[-1]])
    return starts[:0:-1]


def _runs_out(parts: Sequence[_Part], total: float, column: float | None) -> bool:
    """Whether a line holds a sentence's end and then a year and words that fill no line."""
    if len(parts) < 3 or column is None or total > column - 2.5:
        return False
    *_, ended, year, words = parts
    return (
        ended.text[-1] in TERMINAL
        and bool(_YEAR.fullmatch(year.text))
        and words.text[0] == "年"
        and not _MARK.search(words.text)
    )


def _fill(total: float, column: float | None, last: _Part, count: int) -> float:
    """What a printed line of that width costs."""
    if column is None:
        return _LOOSE
    slack = column - total
    if slack >= 0:
        if slack <= 1:
            return _FULL
        if slack <= 2:
            return _CUT
        ended = last.text[-1] in TERMINAL
        return _SHORT - (1.0 if ended else 0.0) + min(slack, 8.0) * 0.05
    if slack >= -0.5 or (slack >= -1 and last.text[-1] in SQUEEZABLE):
        return _FULL
    return _SQUEEZED if slack >= -1 else (_OVER + 2 * -slack if count > 1 else _SQUEEZED)


def _end_cost(before: _Part, after: _Part) -> float:
    """What a line end between two parts costs by the rules of setting."""
    first = after.text[0]
    if before.text[-1] in NOT_LINE_END or first in NOT_LINE_START:
        return _FORBIDDEN
    if before.figure and first in HALF_WIDTH_NOT_LINE_START:
        return _FORBIDDEN
    if before.figure and (_SIGN.match(after.text) or after.text[0] in "年月日"):
        return _FORBIDDEN / 3 if _SIGN.match(after.text) else _UNIT_CUT
    return 0.0


def _heads(parts: Sequence[_Part]) -> set[int]:
    """Where lines start by a heading with a year: 2033 | 年工作回顾 | 2033 | 年，我们……

    Words that begin with 年 and hold no mark, between two years, are a heading, and what comes
    after them is another line; so are they themselves where a sentence has ended before.
    """
    starts = set()
    for k in range(len(parts) - 2):
        year, words, again = parts[k : k + 3]
        if not (_YEAR.fullmatch(year.text) and _YEAR.fullmatch(again.text)):
            continue
        if words.text[0] == "年" and 2 < len(words.text) < 16 and not _MARK.search(words.text):
            starts.add(k + 2)
            if k and parts[k - 1].text[-1] in TERMINAL:
                starts.add(k)
    return starts



def _printed(parts: Sequence[_Part], torn: Sequence[int]) -> PrintedLine:
    """One printed line out of its parts."""
    head = parts[0]
    if len(parts) == 1 and torn[0] != _LOST:
        gaps: tuple[LineGap, ...] = ()
        text, closed, wide = head.clean.text, head.clean.closed, head.width
    else:
        text = join(part.clean.text for part in parts)
        at, found, shut = 0, [], []
        for k, part in enumerate(parts):
            if torn[k] == _LOST:
                found.append(LineGap(at=at, evidence=("blank-left",), probability=0.97))
            shut.extend(at + c for c in part.clean.closed)
            at += len(part.text)
        gaps, closed, wide = tuple(found), tuple(shut), sum(part.width for part in parts)
        wide += _LOST_WIDTH * len(gaps)
    return PrintedLine(
        text=text,
        width=wide,
        indent=head.fragment.indent,
        blanks=head.fragment.blanks,
        spaced=any(part.clean.spaced for part in parts),
        loose=any(_is_loose(part.clean) for part in parts),
        closed=closed,
        gaps=gaps,
        page=head.fragment.page,
        column=head.fragment.column,
        first=head.index,
        last=parts[-1].index,
    )


def _unglued(line: PrintedLine, column: float | None) -> list[PrintedLine]:
    """The line, or the two that extraction put on one source line."""
    if not line.closed or line.spaced:
        return [line]
    text = line.text.text
    for at in line.closed:
        left, right = width(text[:at]), width(text[at:])
        dashed = text.startswith(_DASHES, at)
        over = column is not None and line.width > column + _GLUED
        fits = column is not None and max(left, right) <= column + 1
        if 0 < at < len(text) and (dashed or (over and fits)):
            return [_piece(line, 0, at), *_unglued(_piece(line, at, len(text)), column)]
    return [line]


def _piece(line: PrintedLine, start: int, stop: int) -> PrintedLine:
    """A part of a glued line as a line of its own; its indent is not known."""
    text = line.text[start:stop]
    return attrs.evolve(
        line,
        text=text,
        width=width(text.text),
        indent=line.indent if start == 0 else None,
        closed=tuple(c - start for c in line.closed if start < c < stop),
        gaps=tuple(
            attrs.evolve(g, at=g.at - start) for g in line.gaps if start <= g.at <= stop
        ),
    )
