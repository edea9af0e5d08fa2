"""What line ends cost: how badly the setting explains a way to set torn fragments again.

Costs are as of log odds, set by hand and held against the lines of reports printed in many layouts.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import inf
from typing import Final

from govreport.printed import RepairedFragments
from govreport.torn import SIGNS
from govreport.typography import (
    CLOSING,
    HALF_WIDTH_NOT_LINE_START,
    NOT_LINE_END,
    NOT_LINE_START,
    TERMINAL,
    first_unit_width,
)

__all__ = [
    "ENDED",
    "FLUSH",
    "FORBIDDEN",
    "HEADED",
    "HEADING",
    "OPEN",
    "first_line_indent",
    "in_date",
    "is_ended",
    "is_marked",
    "line_end",
    "of_end",
    "of_opening",
    "of_over",
    "of_soft",
    "soft_room",
    "starts_of_headings",
]

#: A line end that the rules of setting forbid; one between a figure and a sign; before 年, 月, 日.
FORBIDDEN, _SIGN_CUT, _UNIT_CUT = 6.0, 2.0, 0.4
#: A hard line end after a sentence's end, after words without any mark (a heading), elsewhere; a
#: soft one after a sentence's end, which chance puts at one line end in fifty.
ENDED, HEADING, OPEN, _SOFT_ENDED = 2.0, 3.5, 7.0, 3.0
#: A hard one inside a date.
_IN_DATE: Final = 9.0
#: A hard one before what begins as a heading does, at most.
HEADED: Final = 1.0
#: What a line is told by that opens a paragraph or a heading, and how much that weighs.
_OPENS: Final = re.compile(
    r"——|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:、|是|要)"
    r"|第[一二三四五六七八九十]{1,3}[，、章节编条]"
)
_OPENED: Final = 3.0
#: A line after a hard line end that does not begin with the indent.
FLUSH: Final = 2.5
#: A line too wide for the column: it stands across columns, as headlines do.
_NO_LINE: Final = 9.0

#: What it costs at least that a paragraph goes on where more than 1 em was left beyond the next unit.
_FAR: Final = 3.0

_YEAR: Final = re.compile(r"(?:19|20|１９|２０)[0-9０-９]{2}")
#: What a label goes on with whose number was torn off.
_LABEL_REST: Final = re.compile(r"[.．、][\u3400-\u9fff“《「]")
#: A heading's words after its year are fewer signs.
_HEADING: Final = 16
#: What a heading does not hold.
_PUNCTUATED: Final = re.compile(r"[，。；：！？]")
_MARK: Final = re.compile(r"[，。、；：！？“”（）]")


def is_ended(text: str) -> bool:
    """Whether a sentence ends with a text."""
    return text[-1] in TERMINAL or (text[-1] in CLOSING and text[-2:-1] in TERMINAL)


def is_marked(text: str) -> bool:
    """Whether a text holds a mark that no heading does."""
    return _PUNCTUATED.search(text) is not None


def of_over(excess: float, squeezable: bool) -> float:
    """What a line costs that is so much wider than its room, in em.

    Args:
        excess: How much wider.
        squeezable: Whether its last mark may lose its blank half.
    """
    if excess <= 0:
        return 0.0
    if excess <= 0.5 or (excess <= 1 and squeezable):
        return 1.0 if excess <= 0.5 else 2.0
    return min(4.0 + 2 * excess, _NO_LINE)


def of_soft(left: float) -> float:
    """What it costs that a paragraph goes on where so much room was left beyond the next unit."""
    if left <= 0:  # a unit that would have fitted to a hair: the measure is not known so well
        return 0.0
    return 0.5 if left <= 0.5 else 1.5 if left <= 1 else min(_FAR + left, 12.0)


def soft_room(cost: float) -> float:
    """How much room beyond the next unit a paragraph that goes on leaves at most, for such a cost.

    >>> soft_room(0.4), soft_room(5.5), of_soft(2.5)
    (1.0, 2.5, 5.5)
    """
    return max(1.0, cost - _FAR) if cost < 12.0 else inf


def of_end(text: str) -> tuple[float, float, float]:
    """What a line end after a text costs: in a paragraph, after a heading, after a paragraph."""
    if is_ended(text):
        return _SOFT_ENDED, ENDED, ENDED
    return 0.0, HEADING if text[-1].isalpha() else OPEN, OPEN


def line_end(before: str, after: str, *, figures: tuple[bool, bool]) -> float:
    """What a line end between two fragments costs by the rules of setting.

    Args:
        before: The one.
        after: The other.
        figures: Which of them are figures.
    """
    first = after[0]
    if figures[0]:
        if figures[1]:
            return _SIGN_CUT if before[-1] in "-—–−~～" else FORBIDDEN
        if first in SIGNS:
            return _SIGN_CUT
        if first in HALF_WIDTH_NOT_LINE_START:
            return FORBIDDEN
    if before[-1] in NOT_LINE_END or first in NOT_LINE_START:
        return FORBIDDEN
    return _UNIT_CUT if figures[0] and first in "年月日" else 0.0


def in_date(before: str, after: str, *, figures: tuple[bool, bool]) -> float:
    """What it costs more that a paragraph ends between two fragments of a date.

    Args:
        before: The one.
        after: The other.
        figures: Which of them are figures.
    """
    inside = before[-1] in "年月" and figures[1]
    return _IN_DATE if inside or (figures[0] and after[0] in "年月日") else 0.0


def of_opening(text: str) -> float:
    """What speaks for a paragraph or a heading that begins with a text."""
    return _OPENED if _OPENS.match(text) else 0.0


def starts_of_headings(
    texts: Sequence[str], torn: Container[int], figures: AbstractSet[int]
) -> set[int]:
    """Where lines start by a torn label (3 | ．教育) or a heading with a year.

    The latter stands so: 2033 | 年工作 | 回顾 | 2033 | 年，我们…… Words that begin with 年 and hold no
    mark, between two years, are a heading, and what comes after them is another line; so are they
    themselves where a sentence has ended before.

    Args:
        texts: A page's fragments.
        torn: The numbers of those that are tied to the one before.
        figures: The numbers of those that are a figure.
    """
    starts: set[int] = set()
    for k in figures:
        if k + 1 == len(texts):
            continue
        text, rest = texts[k], texts[k + 1]
        if k in torn and len(text) < 4 and _LABEL_REST.match(rest):
            starts.add(k)
        if rest[0] == "年" and _YEAR.fullmatch(text):
            year = _year_after_words(texts, k + 1, figures)
            if year is not None:
                starts.add(year)
                if k in torn and texts[k - 1][-1] in TERMINAL:
                    starts.add(k)
    return starts


def _year_after_words(texts: Sequence[str], start: int, figures: Container[int]) -> int | None:
    """The year after words without a mark that are no longer than a heading's."""
    signs = 0
    for k in range(start, len(texts)):
        text = texts[k]
        if k in figures:
            return k if signs > 2 and _YEAR.fullmatch(text) else None
        signs += len(text)
        if signs >= _HEADING or _MARK.search(text):
            return None
    return None


def first_line_indent(
    page: RepairedFragments, measures: Sequence[float | None], torn: Mapping[int, int]
) -> float:
    """The page's first-line indent in em, from the lines after ends that are surely hard."""
    texts, ems, last = page.texts, page.widths, len(page.texts) - 1
    votes = {2.0: 0, 0.0: 0}
    for k, (before, em, column) in enumerate(zip(ems, ems[1:], measures[1:], strict=False), 1):
        if column is None or before > column - 3.5 or em < column - 3.5 or k == last:
            continue
        if not is_ended(texts[k - 1]) or k in page.spaced:
            continue
        if k in torn or k + 1 in torn or k - 1 in torn:
            continue
        left = column - em
        unit = first_unit_width(texts[k + 1])
        for indent in votes:
            votes[indent] += -0.6 <= left - indent < unit
    return 2.0 if votes[2.0] >= votes[0.0] else 0.0
