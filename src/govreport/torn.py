"""Torn numbers: which fragments stood on one printed line.

A best-path search over each run of torn fragments: the lines come out as wide as the column, and
line ends stand where the rules of setting allow them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from govreport import measure
from govreport.printed import PrintedLine
from govreport.typography import (
    HALF_WIDTH_NOT_LINE_START,
    NOT_LINE_END,
    NOT_LINE_START,
    SQUEEZABLE,
    TERMINAL,
)

__all__ = ["LOST", "LOST_WIDTH", "TORN", "best_starts", "ties"]

#: A fragment that is nothing but a figure, as extraction tears them out.
_FIGURE: Final = re.compile(r"[0-9０-９]+(?:[.．,:：/][0-9０-９]+)*+[.．]?[%％‰]?")
#: What a unit or sign that was cut off its figure begins with; such a line was torn.
_SIGNS: Final = frozenset("%％‰℃")

_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")

#: Costs of a printed line, by how it fills the column (see _fill).
_FULL, _CUT, _SQUEEZED, _SHORT, _OVER = 0.0, 0.7, 1.0, 3.0, 6.0
#: Costs of a line end where the rules of setting allow none, and inside a run without a measure.
_FORBIDDEN: Final = 6.0
_LOOSE: Final = 0.6
#: A line end between a year and its 年 is allowed, but seldom.
_UNIT_CUT: Final = 1.5
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
#: What a label goes on with whose number was torn off.
_LABEL_REST: Final = re.compile(r"[.．、](?=[\u3400-\u9fff“《「])")
_MARK: Final = re.compile(r"[，。、；：！？“”（）]")
#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0

#: How a fragment is tied to the one before it.
TORN, LOST = 1, 2


class _Part(NamedTuple):
    """A fragment as the search asks for it: its text, its width in em, whether it is a figure."""

    text: str
    width: float
    figure: bool


def _is_figure(text: str) -> bool:
    return text[0] in _DIGITS and _FIGURE.fullmatch(text) is not None


def ties(lines: Sequence[PrintedLine], leads: Sequence[str]) -> dict[int, int]:
    """How fragments are tied to the one before, where they may stand on its printed line.

    Args:
        lines: The fragments, each as a line of its own.
        leads: The blanks before them.

    Returns:
        By their numbers, in order, those that are: torn, or what came before them lost.
    """
    texts = [line.text.text for line in lines]
    figures = {k for k, text in enumerate(texts) if text[0] in _DIGITS and _is_figure(text)}
    signs = [k for k, text in enumerate(texts) if text[0] in _SIGNS]
    out: dict[int, int] = {}
    spaced = False
    for k in sorted({*figures, *signs, *(k + 1 for k in figures)}):
        if not 0 < k < len(texts):
            continue
        before, text = texts[k - 1], texts[k]
        if (k in figures) != (k - 1 in figures):
            out[k] = TORN
            spaced = spaced if k - 1 in figures else lines[k - 1].spaced
        elif text[0] in _SIGNS and before[-1] in _DIGITS:
            out[k] = TORN
        elif spaced and k in figures and len(text) == len(before) == 1:
            out[k] = TORN  # a number of a letter-spaced line, torn digit by digit
    return out | _lost(lines, leads)


def _lost(lines: Sequence[PrintedLine], leads: Sequence[str]) -> dict[int, int]:
    """The fragments before which a blank is left of a number that is gone."""
    count = leads.count(" ")
    if not 0 < count * 30 < len(lines) or 2 * sum([x.blanks > 0 for x in lines]) <= len(lines):
        return {}
    return {k: LOST for k, lead in enumerate(leads) if lead == " " and k}


def best_starts(
    run: Sequence[PrintedLine], lost: Sequence[bool], column: float | None
) -> list[int]:
    """Where the printed lines of a run start: the cheapest way to set the run.

    Args:
        run: Fragments that may belong together.
        lost: Before which of them a figure is lost.
        column: The measure, in em.
    """
    parts = [_Part(line.text.text, line.width, _is_figure(line.text.text)) for line in run]
    n = len(parts)
    heads = _heads(parts)
    cost = [0.0] + [float("inf")] * n
    origin = [0] * (n + 1)
    for start in range(n):
        base = cost[start] + (_end_cost(parts[start - 1], parts[start]) if start else 0.0)
        total = 0.0
        for stop in range(start + 1, n + 1):
            if stop > start + 1:
                total += LOST_WIDTH if lost[stop - 1] else 0.0
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


def _parted(before: _Part, part: _Part) -> bool:
    """Whether two fragments that no measure holds together are better apart."""
    return part.figure and before.text[-1] in TERMINAL


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
    if before.figure and (after.text[0] in _SIGNS or after.text[0] in "年月日"):
        return _FORBIDDEN / 3 if after.text[0] in _SIGNS else _UNIT_CUT
    return 0.0


def _heads(parts: Sequence[_Part]) -> set[int]:
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
