"""Torn numbers: which fragments may have stood on one printed line.

Extraction puts figures on lines of their own where they are set in another font or on another layer.
Here they are told; where the printed lines of such a run end is found by :mod:`govreport.refit`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govreport.printed import RepairedFragments
from govreport.signs import DIGITS
from govreport.typography import CLOSING, PAUSE, TERMINAL
from govreport.units import FACTORS, UNITS, unit_end

__all__ = [
    "CONNECTORS",
    "LOST",
    "SIGNS",
    "TORN",
    "is_figure",
    "ties",
    "unwrapped_starts",
]

#: A fragment that is nothing but a figure, as extraction tears them out: a number with its sign, a
#: range of numbers, a date in digits, a ratio; or a sign that was torn from its number.
_NUMBER: Final = r"[0-9０-９]+(?:[.．,:：∶/／][0-9０-９]+|，[0-9０-９]{3}(?![0-9０-９]))*+"
_FIGURE: Final = re.compile(
    rf"[-+−±]?{_NUMBER}[%％‰℃]?(?:[-—–−~～]{_NUMBER}[%％‰℃]?)*+[.．]?[%％‰]?|[%％‰℃]"
)
#: What a figure begins with, and what a sign that was cut off its figure does; such a line was torn.
SIGNS: Final = frozenset("%％‰℃")
_FIRST: Final = DIGITS | SIGNS | frozenset("-+−±")
#: What stands between the two numbers of a range or a ratio.
CONNECTORS: Final = frozenset("-—–−~～:：∶/／")

#: How a fragment is tied to the one before it.
TORN, LOST = 1, 2


def is_figure(text: str) -> bool:
    """Whether a fragment is nothing but a figure.

    >>> [is_figure(text) for text in ("1,280", "28.2%—35.6%", "％", "12条", "——")]
    [True, True, True, False, False]
    """
    return text[0] in _FIRST and _FIGURE.fullmatch(text) is not None


def ties(page: RepairedFragments) -> tuple[dict[int, int], set[int]]:
    """How fragments are tied to the one before, where they may stand on its printed line.

    Args:
        page: The fragments.

    Returns:
        By their numbers those that are: torn, or what came before them lost; and the numbers of all
        that are nothing but a figure.
    """
    texts = page.texts
    near = [k for k, text in enumerate(texts) if text[0] in _FIRST]
    whole = {k for k in near if is_figure(texts[k])}
    figures = whole | _connectors(texts, whole)
    signs = [k for k in near if texts[k][0] in SIGNS]
    out: dict[int, int] = {}
    spaced = False
    for k in sorted({*figures, *signs, *(k + 1 for k in figures)}):
        if not 0 < k < len(texts):
            continue
        before, text = texts[k - 1], texts[k]
        if "\u3000" in page.leads[k]:
            continue  # typed before a paragraph
        if (k in figures) != (k - 1 in figures):
            out[k] = TORN
            spaced = spaced if k - 1 in figures else k - 1 in page.spaced
        elif (text[0] in SIGNS and before[-1] in DIGITS) or (
            k in figures and (text in CONNECTORS or before in CONNECTORS)
        ):
            out[k] = TORN
        elif spaced and k in figures and len(text) == len(before) == 1:
            out[k] = TORN  # a number of a letter-spaced line, torn digit by digit
    return out | _lost(page), whole


def _connectors(texts: Sequence[str], figures: set[int]) -> set[int]:
    """The signs between the numbers of a range, where they were torn apart."""
    return {
        k + 1
        for k in figures
        if k + 2 in figures and texts[k + 1] in CONNECTORS and texts[k + 2][0] in DIGITS
    }


def _lost(page: RepairedFragments) -> dict[int, int]:
    """The fragments before which a blank is left of a number that is gone.

    Where each line stands apart from the next, the few that do not and begin with a blank are such;
    elsewhere those are that go on with a unit, if no other lines begin with a blank.
    """
    texts, leads = page.texts, page.leads
    places = [k for k, lead in enumerate(leads) if lead == " " and k] if " " in leads else []
    if not places:
        return {}
    apart = 2 * sum([blanks > 0 for blanks in page.blanks]) > len(texts)
    if not apart or 30 * len(places) >= len(texts):
        counted = [k for k in places if _lacks_figure(texts[k - 1], texts[k])]
        places = counted if 2 * len(counted) > len(places) else []
    return dict.fromkeys(places, LOST)


def _lacks_figure(before: str, text: str) -> bool:
    """Whether a text goes on after words with a unit or a sign whose figure is not there."""
    return before[-1].isalpha() and (text[0] in SIGNS or _is_counted(text))


# ---- where a text was never wrapped

#: What goes on after a figure besides its unit.
_GOES_ON: Final = (
    frozenset(".．，。、；：！？”’）》」』%％‰℃多余餘来來几幾至") | PAUSE | TERMINAL | CLOSING
)
_ABOUT: Final = ("年", "月", "日", "左右", "上下", "以上", "以下", "以内", "以內", "以来", "以來")


def unwrapped_starts(texts: Sequence[str]) -> Iterator[int]:
    """Which fragments of a run begin a line of a text that was never wrapped.

    There no column's width tells. A figure was torn out where the words after it go on with its
    unit or a mark; else it stands by itself: a page number, a label, a cell of a table.

    Args:
        texts: The fragments of the run, of which every other is a figure.

    >>> list(unwrapped_starts(["同时分", "4", "批，", "2029", "这一年"]))
    [3, 4]
    """
    for k in range(1, len(texts)):
        figure = is_figure(texts[k])
        if figure and is_figure(texts[k - 1]):
            continue
        rest = texts[k + figure : k + figure + 1]
        if not rest or not _goes_on(rest[0]):
            yield k


def _goes_on(text: str) -> bool:
    """Whether a text goes on after a figure: with a unit, or a mark."""
    if text[0] in _GOES_ON or text.startswith(_ABOUT):
        return True
    return _is_counted(text)


def _is_counted(text: str) -> bool:
    """Whether a text begins with a unit, or the factor of one."""
    return unit_end(text, 0, UNITS) > 0 or any(text.startswith(word) for word in FACTORS if word)
