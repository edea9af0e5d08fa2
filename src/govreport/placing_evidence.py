"""What speaks for a figure's place: the blank it left, its neighbours, the width of its line.

Weights are natural logarithms of odds. They were set by counting on pages whose figures are known;
they speak of units, marks and widths, not of what a report is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, floor, log
from types import MappingProxyType
from typing import Final

import attrs
import regex

from govreport.typography import CLOSING, OPENING, PAUSE, TERMINAL, width

__all__ = ["Line", "Slot", "arrange", "boundary", "figure_width", "kinds", "pieces", "ratio", "read"]

_PIECE = regex.compile(r"[+\-−±]?+[0-9][0-9,]*+(?:\.[0-9]++)?+[%‰]?+")
_BLANKS = regex.compile(r"\s++")
_FIGURE_SIGNS = frozenset("0123456789.%‰")

#: A figure set on a layer of its own stands in a sans serif: its characters' widths in em.
_DIGIT: Final = 0.556
_WIDTHS: Final[Mapping[str, float]] = MappingProxyType(
    {".": 0.278, ",": 0.278, "%": 0.889, "‰": 1.0, "+": 0.584, "-": 0.333, "−": 0.584, "±": 0.549}
)


def pieces(text: str) -> tuple[str, ...]:
    """The figures of a fragment that holds nothing else; none where it holds anything else.

    >>> pieces("92 51.2%"), pieces("3 个")
    (('92', '51.2%'), ())
    """
    if text[-1:] not in _FIGURE_SIGNS or not text:
        return ()
    parts = text.split()
    if any(_PIECE.fullmatch(part) is None for part in parts):
        return ()
    return tuple(parts)


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
        4.0: "万亿左倍座",
        3.6: "个",
        3.0: "家条年户件所余周厘",
        2.0: "月号套张千亩处以名届公元",
        1.0: "项天轮位版宗—–～·：人次台米吨)）》”’",
        0.0: "分平日和多度场岁辆头只艘枚颗斤升瓦克秒时期章节页层栋间门部批起站趟班的比",
        -5.0: "“‘（《(",
    }
)
_AFTER_ELSE: Final = -2.5
#: A figure's left neighbour: verbs and prepositions of measure, ordinals, heads of what is counted.
_BEFORE: Final = _table(
    {
        4.0: "“‘（《(",
        3.0: "到由长降至达破过超第约近",
        1.5: "率值额款金目资在和与比为从每于积数加减",
        0.0: "。，、；：业入造成的了等上中",
    }
)
_BEFORE_ELSE: Final = -1.0
_HIDDEN: Final = -3.8
_SHRINK: Final = 0.8

#: Classes of right neighbours, for what kind of figure may stand there.
_CLASSES: Final = MappingProxyType(
    {
        **dict.fromkeys("年", 0),
        **dict.fromkeys("月", 1),
        **dict.fromkeys("日", 2),
        **dict.fromkeys("万亿千百余多", 3),
        **dict.fromkeys("个家座倍条户亩件所套张处名届项天轮位人次台米吨元公周号度岁辆名", 4),
        **dict.fromkeys("。，、；：！？）)", 5),
        **dict.fromkeys("以左的和至与，", 6),
        **dict.fromkeys(".．", 8),
    }
)
_OTHER_CLASS: Final = 7
_PERCENT, _YEAR, _DECIMAL, _SMALL, _DAY, _WHOLE = range(6)
#: How a kind of figure goes with the class of its right neighbour:
#: 年 月 日 万 个 。 以 others list numbers.
_FITS: Final = (
    (-6.0, -6.0, -6.0, -5.0, -4.0, 1.0, 1.0, 0.0, -6.0),
    (2.0, -6.0, -6.0, -2.0, -1.5, -2.0, -1.5, 0.0, -4.0),
    (-5.0, -6.0, -6.0, 1.0, -0.5, -1.5, -1.5, -1.0, -6.0),
    (-1.0, 1.0, 0.0, -0.5, 0.3, -1.5, -1.0, 0.0, 1.5),
    (-1.0, -6.0, 1.0, -0.3, 0.3, -1.5, -1.0, 0.0, 0.5),
    (-2.0, -6.0, -6.0, 0.3, 0.5, -1.5, -1.0, 0.0, -3.0),
)
_FACTORS: Final = tuple(tuple(exp(weight) for weight in row) for row in _FITS)


def kinds(figures: Sequence[str]) -> tuple[int, ...]:
    """The kind of each figure, as far as it decides what may follow it."""
    return tuple([_kind(figure) for figure in figures])


def _kind(figure: str) -> int:
    if figure[-1] in "%‰":
        return _PERCENT
    if not figure.isdigit():
        return _DECIMAL
    if len(figure) > 4:
        return _WHOLE
    value = int(figure)
    if value <= 12:
        return _SMALL
    if value <= 31:
        return _DAY
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
    """A place where a figure may have stood.

    Args:
        start: Code points of the line's text before it.
        end: Code points before what follows it: ``start``, or more where blanks stand there.
        odds: The odds of each kind of figure standing here, against the place being none.
    """

    start: int
    end: int
    odds: tuple[float, ...]


@attrs.frozen(slots=True, kw_only=True)
class Line:
    """A fragment that may have lost figures.

    Args:
        index: Its number among the fragments.
        slots: Its places; the last is the line's end.
        slack: The measure less the width of its text, in em; none where that tells nothing.
        measure: The column's width in em.
        first: The probability that it opens a paragraph (and holds two em less).
        last: The probability that it ends one.
        glued: Whether it is wider than the column, so that it may be several printed lines.
    """

    index: int
    slots: tuple[Slot, ...]
    slack: float | None
    measure: float
    first: float
    last: float
    glued: bool


#: How far a printed line stays behind the measure: full lines without figures, and with them,
#: by whole em from -2 (a squeezed mark brings it below 0).
_BARE: Final = (0.002, 0.004, 0.86, 0.105, 0.02, 0.007, 0.002)
_FILLED: Final = (0.002, 0.09, 0.78, 0.09, 0.025, 0.01, 0.003)
_LAST_AFTER_FIGURE: Final = 0.03


def _share(table: tuple[float, ...], behind: float) -> float:
    return table[min(max(floor(behind + 0.1) + 2, 0), 6)]


def _density(line: Line, filled: float, last: float) -> float:
    """How well a width goes with the line; ``filled`` is the width of its figures in em."""
    assert line.slack is not None
    behind = line.slack - filled
    table = _FILLED if filled else _BARE
    full = (1 - line.first) * _share(table, behind) + line.first * _share(table, behind - 2)
    return (1 - last) * full + last * (1 / line.measure if behind > -0.1 else 1e-4)


def _fits(line: Line, figures: Sequence[str]) -> tuple[float, float]:
    """What the widths say for the figures: with the line's end empty, and with one there."""
    if line.slack is None:
        return 1.0, 1.0
    filled = sum([figure_width(figure) for figure in figures])
    bare = _density(line, 0.0, line.last)
    return (
        _density(line, filled, line.last) / bare,
        _density(line, filled, min(line.last, _LAST_AFTER_FIGURE)) / bare,
    )


def ratio(line: Line, figures: Sequence[str], kind: Sequence[int]) -> float:
    """The odds of these figures, and no others, having stood on the line, against none."""
    count = len(figures)
    if count > len(line.slots):
        return 0.0
    ways = [1.0] + [0.0] * count
    for slot in line.slots[:-1]:
        odds = slot.odds
        for k in range(count - 1, -1, -1):
            if ways[k]:
                ways[k + 1] += ways[k] * odds[kind[k]]
    inner, at_end = _fits(line, figures)
    return ways[count] * inner + ways[count - 1] * line.slots[-1].odds[kind[-1]] * at_end


def arrange(
    line: Line, figures: Sequence[str], kind: Sequence[int]
) -> tuple[tuple[int, ...], tuple[tuple[float, ...], ...]]:
    """The best slots for the figures, and each figure's probability at each slot."""
    inner, at_end = _fits(line, figures)
    table = [[slot.odds[k] for slot in line.slots] for k in kind]
    table[-1][-1] *= at_end / inner
    count, size = len(kind), len(line.slots)
    ahead = _ways(table, count, size)
    behind = _ways([row[::-1] for row in reversed(table)], count, size)
    whole = ahead[count][size]
    shares = tuple(
        tuple(
            ahead[k][s] * table[k][s] * behind[count - 1 - k][size - 1 - s] / whole
            for s in range(size)
        )
        for k in range(count)
    )
    return _best(table, count, size), shares


def _ways(table: Sequence[Sequence[float]], count: int, size: int) -> list[list[float]]:
    """``[k][s]``: the sum over all ways to put the first k figures into the first s slots."""
    out = [[1.0] * (size + 1)]
    for k in range(count):
        row = [0.0]
        for s in range(size):
            row.append(row[s] + out[k][s] * table[k][s])
        out.append(row)
    return out


def _best(table: Sequence[Sequence[float]], count: int, size: int) -> tuple[int, ...]:
    best = [[1.0] * (size + 1)]
    for k in range(count):
        row = [0.0]
        for s in range(size):
            row.append(max(row[s], best[k][s] * table[k][s]))
        best.append(row)
    out: list[int] = []
    s = size
    for k in range(count, 0, -1):
        while s > 1 and best[k][s - 1] == best[k][s]:
            s -= 1
        s -= 1
        out.append(s)
    return tuple(reversed(out))


# --- reading the lines ----------------------------------------------------------------------------

_MARKS = CLOSING | PAUSE | TERMINAL
_ENDS = TERMINAL | {"：", "；"}
#: Lines that share their measure, and the share of them that must have its width.
_BLOCK: Final = 64
_COMMON: Final = 0.12
_MOST_SLOTS: Final = 10


def read(texts: Mapping[int, str], figures: int) -> list[Line]:
    """The lines that texts (by fragment) make, with their places.

    Args:
        texts: The fragments' texts by their numbers, in order.
        figures: How many figures are to be placed: what a blank is worth depends on it.
    """
    habit = _after_marks(texts.values())
    widths = [width(_BLANKS.sub("", text)) for text in texts.values()]
    measures = _measures(widths)
    order = list(texts.items())
    holes = [_holes(text, habit) for _, text in order]
    spare = max(0, sum([len(h) for h in holes]) - figures)
    visible = min(5.0, max(-3.0, log(4 * (figures + 1) / (spare + 1))))
    out: list[Line] = []
    for k, (index, text) in enumerate(order):
        before = order[k - 1][1] if k else ""
        after = order[k + 1][1][0] if k + 1 < len(order) else ""
        slots = _slots(text, holes[k], visible, before[-1:], after)
        measure = measures[k]
        short = k > 0 and measures[k - 1] - widths[k - 1] > 2
        out.append(
            Line(
                index=index,
                slots=slots,
                slack=measure - widths[k] if 0 < measure and widths[k] <= measure + 1 else None,
                measure=measure,
                first=_first(before, short),
                last=0.35 if text[-1] in _ENDS else 0.03,
                glued=0 < measure < widths[k] - 1,
            )
        )
    return out


def _first(before: str, short: bool) -> float:
    if not before or before[-1] not in _ENDS:
        return 0.02
    return 0.7 if short else 0.15


def _measures(widths: Sequence[float]) -> list[float]:
    """The commonest width around each line; 0 where none is common."""
    out: list[float] = []
    counts = [Counter(widths[k : k + _BLOCK]) for k in range(0, len(widths), _BLOCK)]
    for k, count in enumerate(counts):
        near = sum(counts[max(0, k - 1) : k + 2], Counter[float]())
        top, lines = max(near.items(), key=lambda item: (item[1], item[0]))
        common = lines >= max(3, _COMMON * near.total())
        out.extend([top if common else 0.0] * count.total())
    return out


def _after_marks(texts: Sequence[str] | Mapping[int, str] | object) -> bool:
    """Whether blanks stand after marks by habit."""
    marks = blanks = 0
    for text in texts:  # type: ignore[attr-defined]
        for mark in "，。、；":
            marks += text.count(mark)
            blanks += text.count(mark + " ")
    return blanks > 0.3 * marks


def _holes(text: str, habit: bool) -> list[tuple[int, int]]:
    """The blanks of a line that a figure may have left; none where its letters are spaced."""
    if not _BLANKS.search(text):
        return []
    gaps = [match.span() for match in _BLANKS.finditer(text)]
    if _spaced(text, len(gaps)):
        return []
    out: list[tuple[int, int]] = []
    for start, end in gaps:
        left, right = text[start - 1], text[end]
        if left in _FIGURE_SIGNS or right in _FIGURE_SIGNS:
            return []
        if habit and (left in _MARKS or right in _MARKS or right in OPENING):
            continue
        if text.startswith("——", end) or left.isascii() and right.isascii():
            continue
        out.append((start, end))
    return out


def _spaced(text: str, gaps: int) -> bool:
    return gaps >= 4 and gaps >= 0.6 * (len(text) - gaps - 1)


def _slots(
    text: str, holes: Sequence[tuple[int, int]], visible: float, before: str, after: str
) -> tuple[Slot, ...]:
    inner = [_hole(text, start, end, visible) for start, end in holes]
    if not holes and " " in text:
        gaps = [match.span() for match in _BLANKS.finditer(text)]
        if _spaced(text, len(gaps)):
            inner = [_gap(text, start, end) for start, end in gaps]
    if len(inner) > _MOST_SLOTS:
        floor_ = sorted([max(slot.odds) for slot in inner], reverse=True)[_MOST_SLOTS - 1]
        inner = [slot for slot in inner if max(slot.odds) >= floor_][:_MOST_SLOTS]
    start = boundary(before, text[0]) - (5.0 if before in OPENING else 0.0)
    end = boundary(text[-1], after) - (5.0 if after in _MARKS else 0.0)
    size = len(text)
    return (
        _slot(0, 0, start, text[0]),
        *inner,
        _slot(size, size, end, after),
    )


def _hole(text: str, start: int, end: int, visible: float) -> Slot:
    hint = boundary(text[start - 1], text[end]) - _HIDDEN
    return _slot(start, end, visible + min(2.0, max(-2.0, 0.4 * hint)), text[end])


def _gap(text: str, start: int, end: int) -> Slot:
    left, right = text[start - 1], text[end]
    if left in _FIGURE_SIGNS or right in _FIGURE_SIGNS:
        return _slot(start, end, -12.0, right)
    weight = boundary(left, right)
    # inside a line, a mark needs no figure before it
    return _slot(start, end, weight - (3.0 if right in _MARKS else 0.0), right)


def _slot(start: int, end: int, weight: float, right: str) -> Slot:
    of_class = _CLASSES.get(right, _OTHER_CLASS)
    base = exp(weight)
    return Slot(start=start, end=end, odds=tuple([base * row[of_class] for row in _FACTORS]))
