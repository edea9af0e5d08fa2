"""What speaks for a figure's place: the blank it left, its neighbours, the width of its line.

Weights are natural logarithms of odds. They were set by counting on pages whose figures are known;
they speak of units, marks and widths, not of what a report is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate, repeat
from math import exp
from types import MappingProxyType
from typing import Final

from govreport.typography import CLOSING, OPENING, PAUSE, TERMINAL

__all__ = [
    "HIDDEN",
    "LAST_STEP",
    "MANY_LETTERS",
    "MARKS",
    "NO_FITS",
    "NO_ODDS",
    "SHORT_OVER",
    "TOP",
    "WORDS",
    "WORD_OPENERS",
    "Fits",
    "Odds",
    "bare_share",
    "blank_odds",
    "boundary",
    "edges",
    "fits",
    "odds_of",
    "spaced_fits",
]

#: Marks that a figure seldom stands before at a line's end.
MARKS: Final = CLOSING | PAUSE | TERMINAL | {".", "．"}

# --- neighbours -----------------------------------------------------------------------------------


def _table(rows: Mapping[float, str]) -> Mapping[str, float]:
    return MappingProxyType({sign: weight for weight, signs in rows.items() for sign in signs})


#: A figure's right neighbour: marks that cannot open a line, multipliers, classifiers, units.
_AFTER: Final = _table(
    {
        6.5: ".．%％‰℃",
        5.0: "。，、；！？,;",
        4.0: "万亿萬億左倍座岁歲",
        3.6: "个個",
        3.0: ")）》”’家条條年户戶件所余餘周週厘辆輛艘枚颗顆栋棟棵株幢:∶×兆",
        2.0: "月号號套张張千亩畝处處以名届屆公元强強",
        1.0: "ABCDEFGHIJKLMNOPQRSTUVWXYZ项項天轮輪位版宗—–～·：人次台米吨",
        0.0: "分平日和多场場头頭只支斤瓦克秒期章页间部批起趟班的比",
        -5.0: "“‘（《(",
        -15.0: "0123456789０１２３４５６７８９",
    }
)
_AFTER_ELSE: Final = -2.5
#: Words that begin like a unit and are none.
_WORDS = (
    "人民 人才 人口 人大 人员 人員 人均 人士 人数 人類 人类 人居 公共 公路 公司 公园 公開 公开 公平 公交 公务 公用 "
    "公立 公办 公益 公众 公安 项目 條件 条件 家庭 家园 所有 所在 以及 周围 周边 处理 处置 处于 分别 节能 升级 时代 "
    "部署 部门 支持 支出 支撑 支付 强化 强大 台湾 台阶 位居 位置 名录 名牌 座谈 天然 年轻 个体 个人 件均 张贴 版图 "
    "元素 户籍 户外 宗教 倍增 度过 轮训 号召 届时 日益 日常 平台 平安 平稳 批准 起来 起步 间接 期间 比重 比例 的确"
)
WORDS: Final = frozenset(_WORDS.split())
WORD_OPENERS: Final = frozenset([word[0] for word in WORDS])
#: A figure's left neighbour: verbs and prepositions of measure, ordinals, heads of what is counted.
_BEFORE: Final = _table(
    {
        6.0: "“‘（《(",
        3.0: "到由长長降至达達破过過超第近+",
        1.5: "率值额額款金目资資在和比为為从從于积数减占仅前是约約:∶—涨少低月券房厂幅贴",
        0.5: "高增树校车案议立园林田路",
        0.0: "。，、；：业入造成的了等中加与與按",
        -15.0: "0123456789０１２３４５６７８９%‰％",
    }
)
_BEFORE_ELSE: Final = -1.0
#: The weight of a place that nothing shows.
HIDDEN: Final = -3.8
_SHRINK: Final = 0.8

#: Classes of right neighbours, for what kind of figure may stand there.
_ROWS = (
    "年 月 日 万亿萬億千百余餘多 个個家座倍条條户戶亩畝件所套张張处處名届项天轮位人次台米吨元公周号號度岁歲辆輛 "
    "。，、；：！？）) 以左的和至与與 \0 .．"
)
_CLASSES: Final = {sign: k for k, signs in enumerate(_ROWS.split()) for sign in signs}
_OTHER_CLASS: Final = 7
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


def boundary(left: str, right: str) -> float:
    """The weight of a figure between two texts that nothing shows to be apart.

    Args:
        left: The character before it.
        right: The two characters after it.

    >>> boundary("到", "万") > 0 > boundary("发", "展"), boundary("为", "人") > boundary("为", "人民")
    (True, True)
    """
    after = _AFTER_ELSE if right in WORDS else _AFTER.get(right[:1], _AFTER_ELSE)
    return HIDDEN + _SHRINK * (after + _BEFORE.get(left, _BEFORE_ELSE))


# --- odds ----------------------------------------------------------------------------------------

Odds = tuple[float, ...]
"""Those of each kind of figure standing at a place, against the place being none; and the most."""

NO_ODDS: Final[Odds] = (0.0,) * (len(_FACTORS) + 1)
TOP: Final = len(_FACTORS)
"""Where `Odds` has the most."""


@lru_cache(maxsize=512)
def _odds(weight: float, of_class: int) -> Odds:
    """The odds of each kind of figure, by the place's weight and the class of what follows it."""
    base = exp(weight)
    odds = [base * row[of_class] for row in _FACTORS]
    return (*odds, max(odds))


def odds_of(weight: float, right: str) -> Odds:
    """The odds of each kind of figure, by the place's weight and what follows it."""
    return _odds(weight, _CLASSES.get(right, _OTHER_CLASS))


def blank_odds(left: str, right: str, visible: float) -> Odds:
    """The odds of each kind of figure at a place that a blank shows.

    Args:
        left: The character before it.
        right: The two characters after it.
        visible: What a blank speaks for a figure.
    """
    sign = right[0]
    after = _AFTER_ELSE if right in WORDS else _AFTER.get(sign, _AFTER_ELSE)
    of_class = _CLASSES.get(sign, _OTHER_CLASS)
    return _blank_odds(_BEFORE.get(left, _BEFORE_ELSE), after, of_class, visible)


@lru_cache(maxsize=4096)
def _blank_odds(before: float, after: float, of_class: int, visible: float) -> Odds:
    """The same by the weights of its neighbours: these only help or hinder what the blank speaks."""
    hint = HIDDEN + _SHRINK * (after + before) - HIDDEN
    return _odds(visible + min(2.0, max(-2.0, 0.4 * hint)), of_class)


_LEFT: Final[Mapping[str, tuple[float, bool]]] = {
    sign: (_BEFORE.get(sign, _BEFORE_ELSE), sign in OPENING) for sign in (*_BEFORE, *OPENING)
}
_RIGHT: Final[Mapping[str, tuple[float, int, bool]]] = {
    sign: (_AFTER.get(sign, _AFTER_ELSE), _CLASSES.get(sign, _OTHER_CLASS), sign in MARKS)
    for sign in (*_AFTER, *_CLASSES, *MARKS)
}
#: What a figure's left neighbour may say: its weight, and whether it opens what follows.
_LEFTS: Final = ((_BEFORE_ELSE, False), *dict.fromkeys(_LEFT.values()))
#: What its right neighbour may say: its weight, its class, whether it is a mark.
_RIGHTS: Final = ((_AFTER_ELSE, _OTHER_CLASS, False), *dict.fromkeys(_RIGHT.values()))
#: The same by their numbers there; 0 for all other signs.
_LEFT_NUMBERS: Final = {sign: _LEFTS.index(said, 1) for sign, said in _LEFT.items()}
_RIGHT_NUMBERS: Final = {sign: _RIGHTS.index(said, 1) for sign, said in _RIGHT.items()}
#: A place at a line's edge is less likely behind an opening mark, or before a mark.
_EDGE: Final = exp(-5.0)


def edges(lasts: Iterable[str], firsts: Iterable[str]) -> Iterator[tuple[Odds, Odds]]:
    """The odds of places at the end of a line and at the start of the next.

    Args:
        lasts: The last character of each line.
        firsts: The first of the line after each; nothing where it begins a word of `WORDS`.
    """
    left = map(_LEFT_NUMBERS.get, lasts, repeat(0))
    return map(_edges, left, map(_RIGHT_NUMBERS.get, firsts, repeat(0)))


@cache
def _edges(left: int, right: int) -> tuple[Odds, Odds]:
    """The same for two lines, by the numbers of what their neighbouring signs say."""
    before, opening = _LEFTS[left]
    after, of_class, mark = _RIGHTS[right]
    base = exp(HIDDEN + _SHRINK * (after + before))
    odds = [base * row[of_class] for row in _FACTORS]
    odds.append(max(odds))
    return (
        tuple([each * _EDGE for each in odds] if mark else odds),
        tuple([each * _EDGE for each in odds] if opening else odds),
    )


# --- widths ---------------------------------------------------------------------------------------

#: How far a printed line stays behind the measure: full lines without figures, and with them,
#: by whole em from -2 (a squeezed mark brings it below 0).
_BARE: Final = (0.002, 0.004, 0.875, 0.105, 0.009, 0.003, 0.002)
_FILLED: Final = (0.002, 0.09, 0.78, 0.09, 0.025, 0.01, 0.003)
#: The same for lines whose letters are spaced, by the blank between two letters, up to so many em:
#: extraction sees blanks between letters from a sixth of an em on.
_SPACED: Final = ((0.11, 0.01), (0.16, 0.1), (0.25, 0.65), (0.36, 0.16), (99.0, 0.05))
_SEEN_BLANK: Final = 0.2
#: Whole em behind the measure that `Fits` tell, from -2 on.
_STEPS: Final = range(-2, 7)
LAST_STEP: Final = len(_STEPS) - 1
#: Beyond so many letters, what is left over in `_STEPS` is no blank that is seen.
MANY_LETTERS: Final = 33
#: How often a paragraph's last line is wider than the measure.
SHORT_OVER: Final = 1e-4
#: A paragraph seldom ends in a figure.
_LAST: Final = 0.03


def _full(table: Odds, behind: int, letters: int) -> float:
    """How often a full line of so many letters stays so many whole em behind the measure."""
    share = table[min(max(behind + 2, 0), 6)]
    return share if (behind + 0.4) / letters < _SEEN_BLANK else 0.2 * share


def _full_spaced(behind: int, letters: int) -> float:
    """The same where blanks stand between letters."""
    blank = (behind + 0.4) / letters
    return next(share for most, share in _SPACED if blank < most)


def _opening_spaced(behind: int, first: float, letters: int) -> float:
    """The same where the line may open a paragraph."""
    full = (1 - first) * _full_spaced(behind, letters)
    return full + first * _full_spaced(behind - 2, letters)


def bare_share(behind: int, first: float, letters: int) -> float:
    """How often a line without figures that ends no paragraph stays so far behind the measure.

    Args:
        behind: Whole em.
        first: How likely it opens a paragraph.
        letters: Its signs without blanks.
    """
    return (1 - first) * _full(_BARE, behind, letters) + first * _full(_BARE, behind - 2, letters)


Fits = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...], tuple[float, ...]]
"""By whole em left over, from -2 on: how often a line with figures stays so far behind the measure
with none at its end, and with one there; and the most of each up to there."""

NO_FITS: Final[Fits] = ((1.0,) * 9, (1.0,) * 9, (1.0,) * 9, (1.0,) * 9)


def spaced_fits(behind: int, first: float, letters: int) -> tuple[Fits, float]:
    """How often a line with blanks between its letters is filled up with figures, and without.

    Arguments as for `bare_share`.
    """
    both = tuple([_opening_spaced(em, first, letters) for em in _STEPS])
    most = tuple(accumulate(both, max))
    return (both, both, most, most), _opening_spaced(behind, first, letters)


@lru_cache(maxsize=128)
def _filled(first: float, letters: int) -> tuple[float, ...]:
    """How often a full line with figures stays so far behind the measure, by whole em."""
    return tuple(
        [
            (1 - first) * _full(_FILLED, em, letters) + first * _full(_FILLED, em - 2, letters)
            for em in _STEPS
        ]
    )


@lru_cache(maxsize=512)
def fits(first: float, last: float, letters: int, measure: float) -> Fits:
    """How often a line is filled up with figures.

    Args:
        first: How likely it opens a paragraph.
        last: How likely it ends one.
        letters: Its signs without blanks; `MANY_LETTERS` stands for more.
        measure: The column's width in em.
    """
    full = _filled(first, letters)
    rest = [1 / measure if em >= 0 else SHORT_OVER for em in _STEPS]
    ends = min(last, _LAST)
    inside = tuple([(1 - last) * a + last * b for a, b in zip(full, rest, strict=True)])
    at_end = tuple([(1 - ends) * a + ends * b for a, b in zip(full, rest, strict=True)])
    return inside, at_end, tuple(accumulate(inside, max)), tuple(accumulate(at_end, max))
