"""The patterns that find figures: where one may begin, and what it is in digits or in characters.

All are the standard library's: they compile ten times as fast as ``regex``, and none needs more.
Units are not in them; they are looked up (see `govreport.units`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from govreport.units import SPOKEN_UNITS, UNITS, units_pattern

__all__ = ["after", "digits", "ranged", "simple", "spoken", "start"]

_NUMERAL: Final = "一二两三四五六七八九十百千万亿零〇"
_D: Final = "[0-9０-９]"
#: An integer without leading zeros, separators in threes, or full-width digits; then decimals.
#: What stands behind its first digit is a pattern by itself.
_MORE: Final = (
    r"(?:(?<=[1-9])\d{0,2}(?:,\d{3}(?!\d))++|(?<=[１-９])[０-９]{0,2}(?:[，,][０-９]{3}(?!\d))++"
    r"|(?<=[1-9１-９])\d*+|(?!\d)(?<=[0０]))(?:[.．]\d++)?+(?![.．]\d)"
)
_NUM: Final = rf"{_D}{_MORE}"
_FACTOR: Final = (
    r"(?:万?亿亿|万亿|[千百]?[万亿](?![里博达州宁]\w)|千(?![瓦米克伏卡赫])|百(?=[万亿余多元]))"
)
#: What makes a figure approximate or a bound, after it.
_BOUND: Final = "(?:以上|以下|以内|之内|左右|上下(?![一齐同联游])|不等)"
_RANGE: Final = r"(?:——?|[－–\-～~〜∼至到])"
_LIST: Final = r"[—－–\-～~、和与及至到]{1,2}"

#: Characters of the tables and patterns in their traditional form, and in their simple one.
_FORMER: Final = (
    "萬億兩幾餘個項條場處張輛臺間棟層塊種級號類隻歲週對筆單標準節頁冊輪縣鄉鎮國門員點鐘噸畝頃戶圓過達將從於"
    "發時團體動業開閉舉紀連續歷數車養規計劃產後來內線區歐學課組參協議設總實電長東陸約盞臨預簽為"
)
_TRADITIONAL: Final = str.maketrans(
    _FORMER,
    "万亿两几余个项条场处张辆台间栋层块种级号类只岁周对笔单标准节页册轮县乡镇国门员点钟吨亩顷户元过达将从于"
    "发时团体动业开闭举纪连续历数车养规计划产后来内线区欧学课组参协议设总实电长东陆约盏临预签为",
)

_YEAR: Final = "(?:(?:1[0-9]|20)\\d\\d|(?:１[０-９]|２０)[０-９]{2})"
#: What shows that 年 counts years after four digits, or belongs to the next word; and round
#: hundreds that no word makes a year: 1800年的古堰, 建城1200年.
_NO_YEAR: Final = "[轻龄级]|来?的?(?:悠久|古|沧桑)|来?的?(?:悠久)?历史|(?:文明|建城|建县|建市)史"
_ROUND: Final = "(?<![于在自从至到元前（(—－])1[0-8]00年(?![\\d至到—－])"
_MONTH: Final = "(?:1[0-2]|１[０-２]|[0０]?[1-9１-９])"
_DAY: Final = "(?:[3３][01０１]|[12１２]\\d|[0０]?[1-9１-９])"
#: What shows that a day without its month is one, and no number of days.
_OF_DAY: Final = "(?=上午|下午|晚上|当晚|凌晨|中午|召开|开幕|闭幕|举行|起|前)"
_SMALL: Final = "[零〇○一二三四五六七八九]"
_ZERO: Final = "[零〇○0０OＯ一二三四五六七八九]"
_HAN_MONTH: Final = f"(?:十[一二]?|[一二三四五六七八九元]|{_MONTH})"
_HAN_DAY: Final = (
    f"(?:三十一?|[二廿]十?[一二三四五六七八九]|二十|十?[一二三四五六七八九]|十|{_DAY})"
)

#: A number that its unit follows, as by far most are, behind its first digit. Nothing before or
#: after it bears on it, nor could it be a date, a code, one end of a range.
_PLAIN: Final = rf"""
    (?<![约近逾超第负\-－−]\d)(?<!(?:超过|不[足到]|[少低多]于|至少|最多|零下)\d)
    (?P<rest>{_MORE}) (?P<factor>{_FACTOR})?+
    (?![年月日号世版]) (?P<unit>(?>UNITS)) (?![/多余—–\-－~～〜∼至到])
    (?P<bound>{_BOUND})?+ (?P<plain>)
    """

_START: Final = rf"""
    [0-9０-９{_NUMERAL}数几《“「『‘A-Za-z（({_FORMER}]
    (?:
        (?<=[0-9０-９])
        (?: (?<=\n\d) \d{{0,2}}+[.．、](?!\d)
          | (?<![\d.．]\d)
            (?: {_PLAIN}
              | (?:(?<=1)9|(?<=2)0) [0-9]{{2}} 年(?![0-9０-９]|{_NO_YEAR}) (?P<year>)
              | (?P<digits>)
            )
        )
      | (?<=[{_NUMERAL}数几]) (?<![第初数几拜周届个{_NUMERAL}\d][{_NUMERAL}数几]) (?<![^为\n]期[{_NUMERAL}数几])
        (?: (?<!一)(?=[{_NUMERAL}〇○0０OＯ多余几分点成年月日世番FOLLOWING])
          | (?<=一)(?=[{_NUMERAL}〇○0０OＯ分倍月番]|半(?!生|世|边|路|个|年|天|月)|成[二三四五六七八九])
        ) (?P<spoken>)
      # what holds digits or numerals and is none: titles, names in quotation marks, codes, labels
      | (?<=《) [^《》。\n{_FORMER}]{{1,60}}+》
      | (?<=[“「『‘])
        (?!{_NUM}(?:{_FACTOR}|[%％‰]|(?:美|欧|日|港)?元|[亩吨])++[”」』’]{_BOUND}?)
        [^“”「」『』‘’，。；：！？\n{_FORMER}]{{1,16}}+[”」』’]
      | (?<=[A-Za-z])(?<![A-Za-z][A-Za-z]) [A-Za-z]*+(?:[-－]?\d[\d.．]*+(?![%％‰万亿]))?+
      | (?<=[（(])\d{{1,2}}+[）)]
      | (?<=[{_FORMER}]) (?P<traditional>)
    )
    """

_DIGITS: Final = rf"""
    # codes: 8·26, 1+4, a version; a look ahead spares most numbers the rest
    (?P<code>
        (?=\d{{1,3}}+(?:[·+＋]|[.．]\d版))
        (?: \d{{1,2}}+·\d{{1,2}}+(?![\d.%％])
          | \d{{1,3}}+(?:[+＋][0-9A-Za-z]{{1,3}}+(?![\d.．%％]))++
          | \d{{1,2}}+[.．]\d(?=版)
        )
    )
  | (?P<date>
        (?=\d{{1,2}}+[年月日号世—－–\-～~至到]|[12１２]\d{{3}})
        (?:
            (?!{_ROUND})
            (?P<y>{_YEAR})
            (?:年(?!{_NO_YEAR})
                (?: (?P<m>{_MONTH})月(?:(?P<d>{_DAY})[日号](?!线))?
                    (?P<to>{_RANGE}(?:{_MONTH}月(?:{_DAY}[日号])?|{_DAY}[日号](?!线)))?
                  | (?P<months>{_MONTH}{_RANGE}{_MONTH}月)
                )?
            )?+
            (?:(?<=[年月日号])|(?=(?:{_LIST}{_D}{{4}}){{1,6}}+年))
          | (?P<ny>{_YEAR})(?P<sep>[-.／/])(?P<nm>{_MONTH})(?P=sep)(?P<nd>{_DAY})(?![\d.．])
          | (?:(?<=[日号][、和及至到])|(?<=[每本上下同当次]月)){_DAY}日
          | {_DAY}日{_OF_DAY}
          | (?:{_D}{{2}}世纪)?{_D}[0０]年代
          | {_D}{{2}}世纪(?!\d)
          | {_MONTH}(?:{_RANGE}{_MONTH})?月
            (?:{_DAY}[日号](?:{_RANGE}(?:{_MONTH}月)?{_DAY}[日号])?|{_RANGE}{_MONTH}月(?!\d)|(?!\d))
        )
    )
  | (?P<up>[1-9１-９]\d{{0,2}})/(?P<down>[1-9１-９]\d{{0,2}})(?![\d/.])
  | (?P<a>{_NUM})
    (?P<am>[多余几](?=\w)|来(?=[个家名户万亿]))?+
    (?P<af>{_FACTOR})?+
    (?:(?<=\d[亿万])(?P<rest>[1-9１-９]\d{{0,3}}+|[1-9],\d{{3}})(?P<rf>[千百]?万|千)?+(?![\d,.．年月/]))?+
    (?P<an>[多余])?+
  | [0０]\d++(?:-\d++)*+
    """

_RANGED: Final = rf"""
    (?:——?|[－–\-～~〜∼]|(?P<to>[至到]))
    (?P<b>[-－−]?{_NUM})(?:[多余](?={_FACTOR}))?+(?P<bf>{_FACTOR})?+[多余]?+
    """

_SPOKEN: Final = rf"""
    (?P<date>
        (?P<y>[一二]{_ZERO}{{3}})
        (?: 年(?:(?P<m>{_HAN_MONTH})月(?:(?P<d>{_HAN_DAY})[日号])?)?
          | (?=(?:{_LIST}[一二]{_ZERO}{{3}}){{1,6}}+年)
        )
      | (?:[{_NUMERAL}]{{1,3}}世纪)?[{_NUMERAL}]十年代
      | {_HAN_MONTH}月{_HAN_DAY}日
      | (?<=[今去明前当同次本翌上]年){_HAN_MONTH}月(?:{_RANGE}{_HAN_MONTH}月)?
    )
  | (?P<half>(?<![另大])一半)
  | (?P<tenths>[一二两三四五六七八九]成{_SMALL})(?![成个年月])
  | (?P<s>[{_NUMERAL}]{{1,16}}+)
    (?: 分之(?P<up>[{_NUMERAL}]{{1,8}}+(?:点{_SMALL}{{1,6}}+)?)
      | (?P<tally> (?<=翻[一两三])番|(?<=翻了[一两三])番
      | 成(?![{_NUMERAL}立为功本果效就绩员品熟型都风长交套片因份名色形败年]))
      | (?P<am>[多余几])?+(?P<af>[百千万亿]{{1,2}}+)?+
    )
  | (?<![人总次户岁天位多少指基系倍参件分级函复常代单双])(?P<some>[数几][十百千万亿]{{1,3}}+)
    """

_AFTER: Final = rf"[多余](?=\S)|{_BOUND}"


@cache
def start() -> re.Pattern[str]:
    """What figures begin with (groups ``digits`` and ``spoken``), and whole texts that hold none.

    Plain figures (group ``plain``) and years by themselves (group ``year``) are found whole. The
    group ``traditional`` tells that the text is not in simplified characters; none is passed over.
    """
    following = "".join(SPOKEN_UNITS)
    source = _START.replace("FOLLOWING", following).replace("UNITS", units_pattern(UNITS))
    return re.compile(source, re.VERBOSE)


@cache
def digits() -> re.Pattern[str]:
    """A figure or date that begins with a digit, without its unit."""
    return re.compile(_DIGITS, re.VERBOSE)


@cache
def spoken() -> re.Pattern[str]:
    """A figure or date that begins with a numeral in Chinese characters, without its unit."""
    return re.compile(_SPOKEN, re.VERBOSE)


@cache
def ranged() -> re.Pattern[str]:
    """The sign of a range and its high end."""
    return re.compile(_RANGED, re.VERBOSE)


@cache
def after() -> re.Pattern[str]:
    """What makes a figure approximate, or a bound, behind it."""
    return re.compile(_AFTER)


def simple(text: str) -> str:
    """The text with what the patterns know in simplified characters, each in its place.

    >>> simple("開支約5,120億元")
    '开支约5,120亿元'
    """
    return text.translate(_TRADITIONAL)
