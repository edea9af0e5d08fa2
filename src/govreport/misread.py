"""What character recognition takes for another sign, read as its neighbours ask."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from govreport.signs import HAN
from govreport.stacked import Stack

__all__ = ["OCR_READINGS", "misread", "misread_in", "read_right"]

#: What character recognition takes for another sign, and only where a figure, a bracket's other
#: half or a line's start says so; each sign for one sign.
OCR_READINGS: Final[dict[str, str]] = {
    "O": "0",
    "o": "0",
    "l": "1",
    "I": "1",
    "|": "1",
    "]": "1",
    "工": "1",
    "○": "〇",
    "。": ".",
    "·": ".",
    "•": ".",
    "〈": "（",
    "《": "（",
    "-": "—",
    "一": "—",
}

_OCR: Final = {ord(sign): plain for sign, plain in OCR_READINGS.items()}
_UNITS: Final = "[%％‰年月日号万亿元个人项家户倍件公千平吨所条名次届亩米]"


#: What damage may begin with: a text without any of these has none. Those with signs that are rare,
#: by what they begin with.
_RARE: Final = {
    sign: re.compile(re.escape(sign) + rest)
    for signs, rest in (
        ("○", ""),
        ("〈《", r"(?=[^()（）〈〉《》“”\s]{1,12}[)）])"),
        ("]", "(?=[万亿—-])"),
        ("-", "(?:(?=一)|(?<=一-))"),
        ("Oo·•", "(?<=[0-9].)"),
        ("lI|", "(?:(?<=[0-9].)|(?=[0-9]))"),
    )
    for sign in signs
} | {"工0": re.compile("工0")}
_COMMON: Final = re.compile("。(?<=[0-9]。)(?=[0-9])")


def misread_in(stack: Stack) -> set[int]:
    """The numbers of the lines that may hold misread signs.

    >>> misread_in(Stack.of(["二○一四年", "增长5。2%", "工作"]))
    {0, 1}
    """
    return stack.holding(_RARE).union(stack.having(_COMMON))


def misread(text: str) -> bool:
    """Whether a text may hold misread signs."""
    return bool(misread_in(Stack.of((text,))))


@cache
def _damage() -> re.Pattern[str]:
    """Damage that its surroundings give away, one kind a line; compiled when first asked for."""
    return re.compile(
        rf"""
          (?<![A-Za-z0-9.|]) [0-9] [0-9.]*+ [OolI|] [0-9OolI|.]*+ (?= {_UNITS} )   # 2O1l年
        | (?<![A-Za-z0-9.|]) (?! [0-9]{{1,2}} O [23] (?![0-9OolI]) )                # 36O0株, not 3O2
          [0-9] [0-9.]*+ (?: [OolI]++ [0-9] [0-9.]*+ )++ (?![A-Za-z])
        | (?<![A-Za-z0-9.|]) [lI|] [0-9][0-9OolI|.]*+ (?= [%％‰] )                 # l0.5%
        | (?: ^ | (?<= [0-9，、；：。（] ) ) 工 (?= 0[%％‰] )                        # 、工0%
        | (?<= [0-9] ) 。 (?= [0-9]{{1,4}}[%％‰] )                                  # 5。2%
        | (?<= [0-9] ) [·•] (?= [0-9]{{1,4}}(?:[%％‰万亿]|个百分点) )               # 1234·56亿
        | (?<= [一二三四五六七八九] ) ○++                                           # 二○一四
        | [〈《] (?= [^()（）〈〉《》“”\s]{{1,12}} [)）] )                           # 〈市)
        | ^ -一 (?= [{HAN}] (?<! [是要方年季月个些批次线] ) )                      # -一经济运行
        | ^ 一- (?= [{HAN}0-9] (?<! [一二三四五六七八九十] ) )                     # 一-人民生活
        | (?P<bracket> (?<= [{HAN}，、；：。] ) \] (?= [万亿][{HAN}] | [-—][0-9]++{_UNITS} ) )
        """,
        re.VERBOSE,
    )


def read_right(text: str) -> str:
    """The text with misread signs read as what they stand for; as long as it was.

    >>> read_right("2O1l年，增长5。2%")
    '2011年，增长5.2%'
    """
    if not misread(text):
        return text
    out: list[str] = []
    done = 0
    for match in _damage().finditer(text):
        if match["bracket"] and "[" in text:
            continue
        out += [text[done : match.start()], match.group().translate(_OCR)]
        done = match.end()
    return "".join([*out, text[done:]]) if out else text
