"""What speaks for a figure's place: the blank it left, its neighbours, the width of its line.

Weights are natural logarithms of odds. They were set by counting on pages whose figures are known;
they speak of units, marks and widths, not of what a report is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, floor, log
from types import MappingProxyType
from typing import Final

import attrs
import regex

from govreport.measure import track
from govreport.source import Traced, join
from govreport.typography import CLOSING, OPENING, PAUSE, TERMINAL, width

__all__ = ["Line", "Slot", "boundary", "figure_width", "kinds", "pieces", "read"]

_FIGURE = regex.compile(r"[+\-−±]?+[0-9][0-9,]*+(?:\.[0-9]++)?+(?:\s?[%‰％])?+")
_FIGURES = regex.compile(rf"{_FIGURE.pattern}(?:\s++{_FIGURE.pattern})*+")
_BLANKS = regex.compile(r"\s++")
#: No printed line has more figures than so many characters hold.
_LONGEST: Final = 120
_FIGURE_SIGNS = frozenset("0123456789.%‰％")

#: A figure set on a layer of its own stands in a sans serif: its characters' widths in em.
_DIGIT: Final = 0.556
_SIGN_WIDTHS = (0.278, 0.278, 0.889, 1.0, 1.0, 0.584, 0.333, 0.584, 0.549)
_WIDTHS: Final = MappingProxyType(dict(zip(".,%‰％+-−±", _SIGN_WIDTHS, strict=True)))


def pieces(text: Traced) -> tuple[Traced, ...]:
    """The figures of a fragment that holds nothing else; none where it holds anything else.

    >>> [piece.text for piece in pieces(Traced("92 51.2%", ((0, 0),)))]
    ['92', '51.2%']
    """
    line = text.text
    if line[-1:] not in _FIGURE_SIGNS or len(line) > _LONGEST or not _FIGURES.fullmatch(line):
        return ()
    parts = [text[m.start() : m.end()] for m in _FIGURE.finditer(line)]
    return tuple(
        [
            join([part[: m.start()], part[m.end() :]]) if (m := _BLANKS.search(part.text)) else part
            for part in parts
        ]
    )


@lru_cache(maxsize=4096)
def figure_width(figure: str) -> float:
    """The width of a figure as set, in em.

    >>> round(figure_width("12.5%"), 3)
    2.835
    """
    return sum([_WIDTHS.get(sign, _DIGIT) for sign in figure])


# --- neighbours -----------------------------------------------------------------------------------


def _table(rows: Mapping[float, str]) -> Mapping[str, float]:
    return MappingProxyType({sign: weight for weight, signs in rows.items() for sign in signs})


#: A figure's right neighbour: marks that cannot open a line, multipliers, classifiers, units.
_AFTER: Final = _table(
    {
        6.5: ".．%％‰℃",
        5.0: "。，、；！？,;",
        4.0: "万亿萬億左倍座",
        3.6: "个個",
        3.0: ")）》”’家条條年户戶件所余餘周週厘辆輛艘枚颗顆栋棟",
        2.0: "月号號套张張千亩畝处處以名届屆公元强強",
        1.0: "ABCDEFGHIJKLMNOPQRSTUVWXYZ项項天轮輪位版宗—–～·：人次台米吨",
        0.0: "分平日和多度场場岁歲头頭只支斤升瓦克秒时期章节页层间门部批起站趟班的比",
        -5.0: "“‘（《(",
        -15.0: "0123456789０１２３４５６７８９",
    }
)
_AFTER_ELSE: Final = -2.5
#: A figure's left neighbour: verbs and prepositions of measure, ordinals, heads of what is counted.
_BEFORE: Final = _table(
    {
        6.0: "“‘（《(",
        3.0: "到由长長降至达達破过過超第约約近",
        1.5: "率值额額款金目资資在和与與比为為从從每于积数加减按占仅居前是",
        0.0: "。，、；：业入造成的了等上中",
        -15.0: "0123456789０１２３４５６７８９%‰％",
    }
)
_BEFORE_ELSE: Final = -1.0
_HIDDEN: Final = -3.8
_SHRINK: Final = 0.8

#: Classes of right neighbours, for what kind of figure may stand there.
_ROWS = (
    "年 月 日 万亿萬億千百余餘多 个個家座倍条條户戶亩畝件所套张張处處名届项天轮位人次台米吨元公周号號度岁歲辆輛 "
    "。，、；：！？）) 以左的和至与與 \0 .．"
)
_CLASSES: Final = {sign: k for k, signs in enumerate(_ROWS.split()) for sign in signs}
_OTHER_CLASS: Final = 7
_PERCENT, _YEAR, _DECIMAL, _SMALL, _DAY, _WHOLE = range(6)
#: How a kind of figure goes with the class of its right neighbour:
#: 年 月 日 万 个 。 以 others list numbers.
_FITS: Final = (
    (-6.0, -6.0, -6.0, -5.0, -4.0, 1.0, 1.0, -0.5, -6.0),
    (2.0, -6.0, -6.0, -2.0, -1.5, -2.0, -1.5, 0.0, -4.0),
    (-5.0, -6.0, -6.0, 1.0, -0.5, -1.5, -1.5, -1.0, -6.0),
    (-1.0, 1.0, 0.0, -0.5, 0.3, -1.5, -1.0, 0.0, 1.5),
    (-1.0, -6.0, 1.0, -0.3, 0.3, -1.5, -1.0, 0.0, 0.5),
    (-2.0, -6.0, -6.0, 0.3, 0.5, -1.5, -1.0, 0.0, -3.0),
)
_FACTORS: Final = tuple(tuple(exp(weight) for weight in row) for row in _FITS)


def kinds(figures: Sequence[str]) -> tuple[int, ...]:
    """The kind of each figure, as far as it decides what may follow it."""
    return tuple(map(_kind, figures))


@lru_cache(maxsize=4096)
def _kind(figure: str) -> int:
    if figure[-1] in "%‰％":
        return _PERCENT
    if not figure.isdigit():
        return _DECIMAL
    if len(figure) > 4:
        return _WHOLE
    value = int(figure)
    if value <= 31:
        return _SMALL if value <= 12 else _DAY
    return _YEAR if 1900 <= value < 2100 else _WHOLE


def boundary(left: str, right: str) -> float:
    """The weight of a figure between two characters that nothing shows to be apart.

    >>> boundary("到", "万") > 0 > boundary("发", "展")
    True
    """
    after = _AFTER.get(right, _AFTER_ELSE)
    return _HIDDEN + _SHRINK * (after + _BEFORE.get(left, _BEFORE_ELSE))


# --- lines and their places -----------------------------------------------------------------------


@attrs.frozen(slots=True, kw_only=True)
class Slot:
    """A place where a figure may have stood, between two offsets of the line's text.

    ``odds`` are those of each kind of figure standing there, against the place being none.
    """

    start: int
    end: int
    odds: tuple[float, ...]


@attrs.frozen(slots=True)
class Line:
    """A fragment that may have lost figures.

    Args:
        index: Its number among the fragments.
        slots: Its places; the last is the line's end.
        slack: The measure less the width of its text, in em; none where that tells nothing.
        inner: What the width of its figures says for them, by whole em left over (from -2 on).
        at_end: The same where one of them stands at the line's end.
        glued: Whether it is wider than the column, so that it may be several printed lines.
    """

    index: int
    slots: tuple[Slot, ...]
    slack: float | None
    inner: tuple[float, ...]
    at_end: tuple[float, ...]
    glued: bool


#: How far a printed line stays behind the measure: full lines without figures, and with them,
#: by whole em from -2 (a squeezed mark brings it below 0).
_BARE: Final = (0.002, 0.004, 0.875, 0.105, 0.009, 0.003, 0.002)
_FILLED: Final = (0.002, 0.09, 0.78, 0.09, 0.025, 0.01, 0.003)
#: The same for lines whose letters are spaced, by the blank between two letters, up to so many em:
#: extraction sees blanks between letters from a sixth of an em on.
_SPACED: Final = ((0.11, 0.01), (0.16, 0.1), (0.25, 0.65), (0.36, 0.16), (99.0, 0.05))
_SEEN_BLANK: Final = 0.2


@attrs.frozen(slots=True)
class _Setting:
    """What is known of a line: whether it opens or ends a paragraph, its letters, its measure."""

    first: float
    last: float
    letters: int
    spaced: bool
    measure: float

    def density(self, table: tuple[float, ...], behind: int, last: float) -> float:
        """How often such a line stays that far behind the measure, in whole em."""
        full = (1 - self.first) * self._full(table, behind)
        full += self.first * self._full(table, behind - 2)
        if self.spaced:
            return full
        return (1 - last) * full + last * (1 / self.measure if behind >= 0 else 1e-4)

    def _full(self, table: tuple[float, ...], behind: int) -> float:
        blank = (behind + 0.4) / self.letters
        if self.spaced:
            return next(share for most, share in _SPACED if blank < most)
        share = table[min(max(behind + 2, 0), 6)]
        return share if blank < _SEEN_BLANK else 0.2 * share


@lru_cache(maxsize=4096)
def _gains(slack: float, setting: _Setting) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """What figures' widths say for them, against the line being without figures."""
    bare = setting.density(_BARE, floor(slack + 0.1), setting.last)
    after = min(setting.last, 0.03)  # a paragraph seldom ends in a figure
    steps = range(-2, 7)
    return (
        tuple([setting.density(_FILLED, em, setting.last) / bare for em in steps]),
        tuple([setting.density(_FILLED, em, after) / bare for em in steps]),
    )


# --- reading the lines ----------------------------------------------------------------------------

_MARKS = CLOSING | PAUSE | TERMINAL | {".", "．"}
_AFTER_MARK = regex.compile(r"[，。、；](\s?)")
_RATIO = frozenset(":∶+")
_ENDS = TERMINAL | {"：", "；"}
_MOST_SLOTS: Final = 10


def read(texts: Mapping[int, str], figures: int) -> list[Line]:
    """The lines that texts (by fragment) make, with their places.

    ``texts`` are by the fragments' numbers, in order; what a blank is worth depends on how many
    ``figures`` there are to be placed.
    """
    bare = [_BLANKS.subn("", text) for text in texts.values()]
    widths = [width(text) for text, _ in bare]
    order = list(texts.items())
    after_marks = _AFTER_MARK.findall("".join(texts.values()))
    habit = 3 * sum(map(bool, after_marks)) > len(after_marks)
    holes = [_holes(text, habit) for _, text in order]
    measures = [known or 0.0 for known in track(widths, known=[not hole for hole in holes])]
    spare = max(0, sum([len(h) for h in holes]) - figures)
    visible = min(5.0, max(-3.0, log(12 * (figures + 1) / (spare + 1))))
    out: list[Line] = []
    for k, (index, text) in enumerate(order):
        before = order[k - 1][1] if k else ""
        after = order[k + 1][1][0] if k + 1 < len(order) else ""
        slots = _slots(text, holes[k], visible, before[-1:], after)
        measure, size = measures[k], widths[k]
        short = k > 0 and measures[k - 1] - widths[k - 1] > 2 + 3 * len(holes[k - 1])
        slack = measure - size if measure > 0 and size <= measure + 1 else None
        inner: tuple[float, ...] = (1.0,) * 9
        at_end = inner
        if slack is not None:
            first = 0.02 if before[-1:] not in _ENDS else 0.7 if short else 0.15
            last = 0.35 if text[-1] in _ENDS else 0.03
            spaced = _spaced(text, bare[k][1])
            inner, at_end = _gains(
                slack, _Setting(first, last, len(text) - bare[k][1], spaced, measure)
            )
        out.append(Line(index, slots, slack, inner, at_end, 0 < measure < size - 1))
    return out


def _holes(text: str, habit: bool) -> list[tuple[int, int]]:
    """The blanks of a line that a figure may have left; none where its letters are spaced."""
    gaps = _gaps(text)
    if _spaced(text, len(gaps)):
        return []
    out: list[tuple[int, int]] = []
    for start, end in gaps:
        left, right = text[start - 1], text[end]
        if left in _FIGURE_SIGNS or right.isdigit():
            return []
        none = (left + right).isascii() and (left + right).isalpha()
        # where blanks stand after marks by habit, they tell nothing
        none |= habit and (left in _MARKS or right in _MARKS or right in OPENING)
        if not none and text[start:end] != "\u3000" and not text.startswith("——", end):
            out.append((start, end))
    return out


def _gaps(text: str) -> list[tuple[int, int]]:
    spans = [match.span() for match in _BLANKS.finditer(text)]
    return [(start, end) for start, end in spans if start > 0 and end < len(text)]


def _spaced(text: str, gaps: int) -> bool:
    return gaps >= 4 and gaps >= 0.6 * (len(text) - gaps - 1)


def _slots(
    text: str, holes: Sequence[tuple[int, int]], visible: float, before: str, after: str
) -> tuple[Slot, ...]:
    hints = [boundary(text[start - 1], text[end]) - _HIDDEN for start, end in holes]
    inner = [
        _slot(start, end, visible + min(2.0, max(-2.0, 0.4 * hint)), text[end])
        for (start, end), hint in zip(holes, hints, strict=True)
    ]
    if not holes and _spaced(text, len(gaps := _gaps(text))):
        inner = [_gap(text, start, end) for start, end in gaps]
    if len(inner) > _MOST_SLOTS:
        floor_ = sorted([max(slot.odds) for slot in inner], reverse=True)[_MOST_SLOTS - 1]
        inner = [slot for slot in inner if max(slot.odds) >= floor_][:_MOST_SLOTS]
    start = boundary(before, text[0]) - (5.0 if before in OPENING else 0.0)
    end = boundary(text[-1], after) - (5.0 if after in _MARKS else 0.0)
    size = len(text)
    return _slot(0, 0, start, text[0]), *inner, _slot(size, size, end, after)


def _gap(text: str, start: int, end: int) -> Slot:
    """A blank of a line whose letters are spaced: most are nobody's place."""
    left, right = text[start - 1], text[end]
    if left in _FIGURE_SIGNS or right.isdigit():
        return _slot(start, end, -12.0, right)
    weight = boundary(left, right)
    if left in _RATIO or right in _RATIO:
        # a ratio's sign has a figure on either side
        weight = 3.0 if left in _RATIO and right in _MARKS | _RATIO else 1.0
    elif right in _MARKS:
        # inside a line, a mark needs no figure before it
        weight -= 5.0
    return _slot(start, end, weight, right)


def _slot(start: int, end: int, weight: float, right: str) -> Slot:
    return Slot(start=start, end=end, odds=_odds(weight, right))


@lru_cache(maxsize=4096)
def _odds(weight: float, right: str) -> tuple[float, ...]:
    of_class = _CLASSES.get(right, _OTHER_CLASS)
    base = exp(weight)
    return tuple([base * row[of_class] for row in _FACTORS])
