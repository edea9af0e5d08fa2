"""Torn numbers: which fragments stood on one printed line.

A best-path search over each run of torn fragments: the lines come out as wide as the column, and
line ends stand where the rules of setting allow them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import regex

from govreport import measure
from govreport.characters import Clean
from govreport.columns import Fragment
from govreport.typography import (
    HALF_WIDTH_NOT_LINE_START,
    NOT_LINE_END,
    NOT_LINE_START,
    SQUEEZABLE,
    TERMINAL,
    width,
)

__all__ = ["LOST", "LOST_WIDTH", "WHOLE", "Part", "best_starts", "is_loose", "ties"]

#: A fragment that is nothing but a figure, as extraction tears them out.
_FIGURE: Final = regex.compile(r"[0-9０-９]+(?:[.．,:：/][0-9０-９]+)*+[.．]?[%％‰]?")
#: What a unit or sign that was cut off its figure begins with; such a line was torn.
_SIGN: Final = regex.compile(r"[%％‰℃]")

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")

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
#: What a label goes on with whose number was torn off.
_LABEL_REST: Final = regex.compile(r"[.．、](?=[\p{Han}“《「])")
_MARK: Final = regex.compile(r"[，。、；：！？“”（）]")
#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0

#: How a fragment is tied to the one before it.
WHOLE, TORN, LOST = 0, 1, 2


@attrs.frozen
class Part:
    """A cleaned fragment with what the search asks of it."""

    index: int
    fragment: Fragment
    clean: Clean
    text: str
    width: float
    figure: bool

    @classmethod
    def of(cls, index: int, fragment: Fragment, cleaned: Clean) -> Part:
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
        if 0 < at < len(text) and (text[at] in _DIGITS) != (text[at - 1] in _DIGITS):
            wide += _SPACE
    return wide


def is_loose(cleaned: Clean) -> bool:
    """Whether a blank stood before a mark, where damage leaves none but loose setting does."""
    text = cleaned.text.text
    return not cleaned.spaced and any(
        0 < at < len(text) and text[at] in NOT_LINE_START for at in cleaned.closed
    )


def ties(parts: Sequence[Part]) -> list[int]:
    """For each part whether it may stand on the printed line of the one before it."""
    apart = sum(part.fragment.blanks > 0 for part in parts) * 2 > len(parts)
    few = apart and sum(part.fragment.lead == " " for part in parts) * 30 < len(parts)
    out = [WHOLE] * len(parts)
    spaced = False
    for k in range(1, len(parts)):
        before, part = parts[k - 1], parts[k]
        if part.figure != before.figure:
            out[k] = TORN
            spaced = spaced if before.figure else before.clean.spaced
        elif _SIGN.match(part.text) and before.text[-1] in _DIGITS:
            out[k] = TORN
        elif part.figure and spaced and len(part.text) == len(before.text) == 1:
            out[k] = TORN  # a number of a letter-spaced line, torn digit by digit
        if part.fragment.lead == " " and few:
            out[k] = LOST  # the blank that stood after a number which is gone
    return out


def best_starts(parts: Sequence[Part], torn: Sequence[int], column: float | None) -> list[int]:
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
                total += LOST_WIDTH if torn[stop - 1] == LOST else 0.0
            total += parts[stop - 1].width
            if total > (column or measure.MAXIMUM) + 4 and stop > start + 1:
                break
            price = base + _fill(total, column, parts[stop - 1], stop - start)
            if column is None and stop > start + 1 and _parted(parts[stop - 2], parts[stop - 1]):
                price += _FORBIDDEN
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


def _parted(before: Part, part: Part) -> bool:
    """Whether two fragments that no measure holds together are better apart."""
    return part.figure and before.text[-1] in TERMINAL


def _runs_out(parts: Sequence[Part], total: float, column: float | None) -> bool:
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


def _fill(total: float, column: float | None, last: Part, count: int) -> float:
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


def _end_cost(before: Part, after: Part) -> float:
    """What a line end between two parts costs by the rules of setting."""
    first = after.text[0]
    if before.text[-1] in NOT_LINE_END or first in NOT_LINE_START:
        return _FORBIDDEN
    if before.figure and first in HALF_WIDTH_NOT_LINE_START:
        return _FORBIDDEN
    if before.figure and (_SIGN.match(after.text) or after.text[0] in "年月日"):
        return _FORBIDDEN / 3 if _SIGN.match(after.text) else _UNIT_CUT
    return 0.0


def _heads(parts: Sequence[Part]) -> set[int]:
    """Where lines start by a torn label (3 | ．教育) or a heading with a year.

    The latter stands so: 2033 | 年工作回顾 | 2033 | 年，我们…… Words that begin with 年 and hold no mark, between two years, are a heading, and what comes
    after them is another line; so are they themselves where a sentence has ended before.
    """
    starts = {
        k
        for k in range(1, len(parts) - 1)
        if parts[k].figure and len(parts[k].text) < 4 and _LABEL_REST.match(parts[k + 1].text)
    }
    for k in range(len(parts) - 2):
        year, words, again = parts[k : k + 3]
        if not (_YEAR.fullmatch(year.text) and _YEAR.fullmatch(again.text)):
            continue
        if words.text[0] == "年" and 2 < len(words.text) < 16 and not _MARK.search(words.text):
            starts.add(k + 2)
            if k and parts[k - 1].text[-1] in TERMINAL:
                starts.add(k)
    return starts
