"""The one pattern that finds figures, and the patterns it is made of."""

from __future__ import annotations

from functools import cache
from typing import Final

import regex

from govreport.units import SPOKEN_UNITS, UNITS, guarded

__all__ = ["NUMERAL", "figure_pattern"]

_D: Final = "[0-9０-９]"
#: An integer without leading zeros, separators in threes, or full-width digits; then decimals.
_INT: Final = r"(?:[1-9]\d{0,2}(?:,\d{3})++(?!\d)|[１-９][０-９]{0,2}(?:[，,][０-９]{3})++(?!\d)|[1-9１-９]\d*+|[0０](?!\d))"
_NUM: Final = rf"{_INT}(?:[.．]\d++)?+(?![.．]\d)"
_FACTOR: Final = (
    "(?:万亿|[千百]?[万亿](?![里博达州宁]\\p{Han})|千(?![瓦米克伏卡赫])|百(?=[万亿余多元]))"
)
_RANGE: Final = "(?:——?|[－–\\-～~〜∼至到])"
#: As above, but 至 and 到 tell of a change, not of a range, after 从, 由, 自.
_TO: Final = "(?:——?|[－–\\-～~〜∼]|(?(from)(?!)|[至到]))"
_LATIN: Final = [unit for unit in UNITS if unit[-1].isascii() and unit[-1].isalnum()]
_MORE: Final = {
    f"个{more}{unit[1:]}": ""
    for unit in UNITS
    if len(unit) > 1 and unit[0] == "个"
    for more in "多余"
}
_UNIT: Final = guarded(
    {unit: "[A-Za-z0-9]" if unit in _LATIN else guard for unit, guard in UNITS.items()} | _MORE
)
_UNITS: Final = rf"{_UNIT}(?:/(?:{_UNIT}|年|人|日|天))?+"

#: What makes a figure approximate or a bound, after it.
_AFTER: Final = "(?:以上|以下|以内|之内|左右|上下(?![一齐同联游])|不等)"

#: What shows that 年 counts years after four digits, or belongs to the next word.
_NO_YEAR: Final = "[轻龄级]|来?的?(?:悠久)?历史"
_SPOKEN: Final = guarded(SPOKEN_UNITS)
_YEAR: Final = "(?:(?:1[0-9]|20)\\d\\d|(?:１[０-９]|２０)[０-９]{2})"
_MONTH: Final = "(?:1[0-2]|１[０-２]|[0０]?[1-9１-９])"
_DAY: Final = "(?:[3３][01０１]|[12１２]\\d|[0０]?[1-9１-９])"
_HAN: Final = "[零〇○一二三四五六七八九]"
_ZERO: Final = "[零〇○0０OＯ一二三四五六七八九]"
_HAN_MONTH: Final = f"(?:十[一二]?|[一二三四五六七八九元]|{_MONTH})"
_HAN_DAY: Final = (
    f"(?:三十一?|[二廿]十?[一二三四五六七八九]|二十|十?[一二三四五六七八九]|十|{_DAY})"
)
NUMERAL: Final = "[一二两三四五六七八九十百千万亿零〇]"

_FIGURE: Final = rf"""
    (?=[0-9０-９二两三四五六七八九十百千万亿数几廿《“「『‘A-Za-z（(]|一(?=[〇○0０OＯ分倍月番]|{NUMERAL}))
    (?:
        (?![《“「『‘A-Za-z（(])  # most are digits or numerals
        (?:
            (?<![\d.．])(?=\d)(?:
                (?P<skip>(?<=\A\s{{0,4}})\d{{1,3}}+[.．、](?!\d)
                  | \d{{1,2}}+·\d{{1,2}}+(?![\d.%％])
                  | \d{{1,3}}+(?:[+＋][0-9A-Za-z]{{1,3}}+(?![\d.．%％]))++
                )
                # dates
              | (?P<date>
                    (?P<y>{_YEAR})(?:年(?!{_NO_YEAR})(?:(?P<m>{_MONTH})月(?:(?P<d>{_DAY})[日号](?!线))?
                        (?P<to>{_RANGE}(?:{_MONTH}月(?:{_DAY}[日号])?|{_DAY}[日号](?!线)))?
                      | (?P<to>{_MONTH}{_RANGE}{_MONTH}月))?)?+
                    (?:(?<=[年月日号])|(?=(?:[—－–\-～~、和与及至到]{{1,2}}{_D}{{4}}){{1,6}}+年))
                  | (?P<y>{_YEAR})(?P<sep>[-.／/])(?P<m>{_MONTH})(?P=sep)(?P<d>{_DAY})(?![\d.．])
                  | {_DAY}日(?![内均游常益程])
                  | (?:{_D}{{2}}世纪)?{_D}[0０]年代
                  | {_D}{{2}}世纪(?!\d)
                  | {_MONTH}(?:{_RANGE}{_MONTH})?月
                    (?:{_DAY}[日号](?:{_RANGE}(?:{_MONTH}月)?{_DAY}[日号])?|(?!\d))
                )
                # figures in digits
              | (?P<number>
                    (?P<from>(?<=[从由自]))?+
                    (?:(?P<up>[1-9１-９]\d{{0,2}})/(?P<down>[1-9１-９]\d{{0,2}})(?![\d/.])
                      | (?P<a>{_NUM})
                        (?P<am>[多余几](?=[百千万亿\p{{Han}}])|来(?=[个家名户万亿]))?+(?P<af>{_FACTOR})?+
                        (?P<an>[多余])?+
                        (?:(?P<au>{_UNITS})
                            (?:{_TO}(?P<b>[-－−]?{_NUM})(?P<bf>{_FACTOR})?+(?P<bm>[多余])?+(?P=au))?+
                          | {_TO}(?P<b>[-－−]?{_NUM})(?P<bm>[多余])?+(?P<bf>{_FACTOR})?+(?P<bm>[多余])?+
                            (?:(?P<au>{_UNITS})|(?(bf)|(?!)))
                          | (?![A-Za-z+＋])
                        )
                    )
                    (?P<after>[多余](?=\p{{P}}|\p{{Han}})|{_AFTER})?+
                )
              | [0０]\d++(?:-\d++)*+
            )
          | (?<![第初数几期拜周届个一二两三四五六七八九十百千万亿零〇\d])(?:
                (?P<date>
                    (?P<hy>[一二]{_ZERO}{{3}})
                    (?:年(?:(?P<hm>{_HAN_MONTH})月(?:(?P<hd>{_HAN_DAY})[日号])?)?
                      | (?=(?:[—－～~、和与及至到]{{1,2}}[一二]{_ZERO}{{3}}){{1,6}}+年))
                  | (?:{NUMERAL}{{1,3}}世纪)?{NUMERAL}十年代
                  | {_HAN_MONTH}月{_HAN_DAY}日
                  | (?<=[今去明前当同次本翌上]年){_HAN_MONTH}月
                )
                # figures in Chinese characters
              | (?P<spoken>
                    (?:(?P<s>{NUMERAL}{{1,16}}+)(?:
                          (?P<am>[多余几])?+(?P<af>[百千万亿]{{1,2}}+)?+(?P<su>{_SPOKEN})
                        | 分之(?P<up>{NUMERAL}{{1,8}}+(?:点{_HAN}{{1,6}}+)?)
                        | (?<=翻[一两三]|翻了[一两三])(?P<su>番)
                        | (?P<su>成)(?=以上|以下|左右|多|的|[，。、；])
                      )
                      | (?P<some>(?<![人总次户岁天位多少指基系倍参件分级函复常代单双])
                            [数几][十百千万亿]{{1,3}}+)(?P<su>{_SPOKEN})
                    )
                    (?P<after>多(?=\p{{P}}|\p{{Han}})|{_AFTER})?+
                )
            )
        )
        # what holds digits or numerals and is none: titles, names in quotation marks, codes, labels
      | (?P<skip>
            《[^《》。\n]{{1,60}}+》
          | [“「『‘](?!{_NUM}(?:{_FACTOR}|[%％‰]|(?:美|欧|日|港)?元|[亩吨])++[”」』’]{_AFTER}?)
            [^“”「」『』‘’，。；：！？\n]{{1,16}}+[”」』’]
          | (?<![A-Za-z])[A-Za-z]++(?:[-－]?\d[\d.．]*+(?![%％‰万亿]))?+
          | [（(]\d{{1,2}}+[）)]
        )
    )
    """


@cache
def figure_pattern() -> regex.Pattern[str]:
    """The pattern of figures and dates, compiled when it is first asked for."""
    return regex.compile(_FIGURE, regex.VERBOSE)
