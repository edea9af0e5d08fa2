"""What labels look like, and what shows that a look-alike is none: the tables of `numbering`."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import regex

from govreport._numerals import BLANKS, SERIES

_B = f"[{BLANKS}]"
_N = "[0-9０-９]"
_HAN_SIGNS = "一二三四五六七八九十百千〇○零廿卅"
_FORMAL_SIGNS = "壹贰貳叁參参肆伍陆陸柒捌玖拾佰"
_UNITS = "编編卷篇章节節条條"
LIST_SIGNS: Mapping[str, str] = MappingProxyType(
    {
        "circled": "circled",
        "negative-circled": "circled",
        "circled-han": "circled",
        "paren-digit": "digit-paren",
        "dot-digit": "digit-dot",
        "paren-han": "han-paren",
    }
)
"""The style that a sign of a series stands for by itself."""

_SIGNS = "".join(SERIES[form] for form in LIST_SIGNS)
KIND: Mapping[str, str] = MappingProxyType(
    {
        sign: kind
        for kind, signs in (
            ("han", _HAN_SIGNS),
            ("formal", _FORMAL_SIGNS),
            ("stem", SERIES["stem"]),
            ("roman", SERIES["roman"]),
            ("digit", "0123456789０１２３４５６７８９"),
        )
        for sign in signs
    }
)
"""The alphabet of a numeral by its first character."""

_NUMERAL = rf"""(?:
    [{_HAN_SIGNS}](?:{_B}?[{_HAN_SIGNS}]){{0,8}}+
  | [{_FORMAL_SIGNS}](?:{_B}?[{_FORMAL_SIGNS}]){{0,4}}+
  | [{SERIES["stem"]}{SERIES["roman"]}]
  | {_N}{{1,4}}+ )"""

_LABEL = rf"""
    (?P<decimal> {_N}{{1,3}}+ (?:[.．]{_N}{{1,3}}+){{1,4}}+ (?!{_N}) )
  | (?P<box> [专專][栏欄]{_B}{{0,2}}+ (?P<count> {_NUMERAL} ) (?:{_B}++|[：:])?+ )
  | (?P<counted> 第 (?P<which> [一二三四五六七八九十]{{1,3}}+ )
      (?: [件个個项項条條] \p{{Han}}{{0,2}} [事点點任务務] | [个個]?方面 ) [：:] )
  | (?P<open> 第 | 其 | [（(〔] )?+ {_B}{{0,2}}+
    (?P<numeral> {_NUMERAL} ) {_B}{{0,3}}+
    (?P<mark> 部{_B}?分 | [{_UNITS}] | [、.．，,：:]
      | [）)〕] (?: 、(?!{_B}*+[（(〔]) | [.．](?!{_B}*+{_N}) )?+
                                           # （一）、 is seen, （一）、（二） are references
      | [是要] [，：,:]?+ )
  | (?P<sign> [{_SIGNS}] )
  | (?P<dash> [—―─━]{{2,4}}+ | ⸺ )
  | (?P<bullet> [-－•●◆◇■▪▲★☆※]{_B}{{0,2}}+(?=[\p{{Han}}“《]) | [•●◆◇■▪▲★☆]$ )
    """
_DASHES, _BULLETS = "—―─━⸺", "-－•●◆◇■▪▲★☆※"
FIRST = frozenset("第其专專（(〔" + _DASHES + _BULLETS + _SIGNS) | frozenset(KIND)
LIKELY = re.compile(
    rf"[第其（(〔]?[{BLANKS}]{{0,2}}[{''.join(KIND)}][{BLANKS}{''.join(KIND)}]{{0,20}}"
    rf"[部{_UNITS}、.．，,：:）)〕是要]|[专專{_SIGNS}{_DASHES}{re.escape(_BULLETS)}]|第[一二三四五六七八九十]"
)
"""How all labels begin, and few other lines that begin with one of these signs."""

FOLD = {
    **dict(zip("．，：）〕（〔編節條", ".,:))((编节条", strict=True)),
    "卷": "编",
    "篇": "编",
}
_UNIT_STYLES = {"编": "volume", "部": "part", "章": "chapter", "节": "section", "条": "article"}

# What stands before the numeral, its alphabet, the mark after it: the style, and whether that print
# is uncertain. Only the mark's first character counts, folded.
FORMS: Mapping[tuple[str, str, str], tuple[str, bool]] = MappingProxyType(
    {
        **{
            ("第", kind, mark): (style, False)
            for kind in ("han", "formal", "digit")
            for mark, style in _UNIT_STYLES.items()
        },
        **{("第", kind, mark): ("ordinal", False) for kind in ("han", "digit") for mark in "、,:"},
        **{("其", "han", mark): ("its", False) for mark in "、,:"},
        ("", "han", "、"): ("han-comma", False),
        ("", "han", "."): ("han-comma", True),
        ("", "han", ","): ("han-comma", True),
        ("", "formal", "、"): ("formal-comma", False),
        ("", "formal", "."): ("formal-comma", True),
        ("", "roman", "、"): ("roman-comma", False),
        ("", "roman", "."): ("roman-comma", False),
        ("", "stem", "、"): ("stem-comma", False),
        ("", "stem", "."): ("stem-comma", True),
        ("", "digit", "、"): ("digit-comma", False),
        ("", "digit", "."): ("digit-dot", False),
        ("(", "han", ")"): ("han-paren", False),
        ("(", "digit", ")"): ("digit-paren", False),
        ("(", "stem", ")"): ("stem-paren", False),
        ("", "han", ")"): ("han-half-paren", False),
        ("", "digit", ")"): ("digit-half-paren", False),
        ("", "han", "是"): ("is", False),
        ("", "han", "要"): ("must", False),
    }
)

# After a whole label: no heading begins with these.
NEVER_AFTER = frozenset("，。；：！？、）》〉”’】〕」』…·％%‰,.;:!?)")
_MEASURES = "%％‰℃°亿万千百元个米吨公平倍亩人岁年月日时分秒名家户项届次种类座处件台辆多余至—～~"

_TO = "和与及至到或～~—-"
_UNIT_REFERENCE = regex.compile(rf"[{_TO}]{_B}*+第|[是的之]")
_PAREN_REFERENCE = regex.compile(rf"[{_TO}]{_B}*+[（(〔第]|[项款目条][规的、，。和之所至]")
_ORDINAL_REFERENCE = regex.compile(rf"[第其]{_B}*+[{_HAN_SIGNS}0-9０-９]")
_IS_REFERENCE = regex.compile(rf"[{_HAN_SIGNS}][，。、,]")

# What after a label of the style makes it a reference or a part of a sentence.
REFERENCE: Mapping[str, regex.Pattern[str]] = MappingProxyType(
    {
        **dict.fromkeys(_UNIT_STYLES.values(), _UNIT_REFERENCE),
        **dict.fromkeys(
            ("han-paren", "han-half-paren", "digit-paren", "digit-half-paren", "stem-paren"),
            _PAREN_REFERENCE,
        ),
        **dict.fromkeys(("ordinal", "its"), _ORDINAL_REFERENCE),
        **dict.fromkeys(("is", "must"), _IS_REFERENCE),
        "box": regex.compile(rf"[{_TO}、，]|[中所里裡内內的列示给給是为為有]"),
        "circled": regex.compile(rf"[{_TO}]?{_B}*+[{_SIGNS}]"),
        "dash": regex.compile("[—―─━-]"),
    }
)

# A label's last character and the next one make another word: 第一节课, 一要求.
WORDS = regex.compile(
    "[条條][款项規规例]|[节節][课日车气]|篇[章文报]|卷烟|章[节程]|[编編][制队组号辑]"
    "|要[求点素闻件务事害义地]"
)
GLUED = frozenset("节節条條篇卷")

# 三、四线城市; 一、二、三产业; 六、七十年代: adjacent ordinals in a sentence. Approximate numbers
# take no 、 between them (GB/T 15834), so 四、五年来 is a heading and 四、五年级 is not.
_NEXT = rf"""(?P<numeral>{_NUMERAL}) (?![A-Za-z.．%％]) {_B}*+   # 4、5G网络 is a heading
    (?: (?P<chain> 、{_B}*+{_NUMERAL} )
      | (?P<pair> [{_TO}]{_B}*+{_NUMERAL} )
      | (?P<always> 次?产业 | 季度 )
      | (?P<class> [线线級级类類等产季期批届号层楼月日审档段轮孩胎] | 年级 | 把手 | 环[路以内外] )
      | (?P<decade> 年代 )
    )?"""

USUAL = re.compile(
    rf"(?:（[一二三四五六七八九十]{{1,3}}）|[一二三四五六七八九十]{{1,3}}、)"
    rf"(?=[\u4e00-\u9fff])(?![{''.join(KIND)}项款目条{_TO}])"
)
"""The labels that most lines have which have any, before a word that cannot make them another."""


@cache
def label_pattern() -> regex.Pattern[str]:
    """What a label looks like, compiled when it is first asked for."""
    return regex.compile(_LABEL, regex.VERBOSE)


@cache
def next_pattern() -> regex.Pattern[str]:
    """What after a label shows a row of ordinals, compiled when it is first asked for."""
    return regex.compile(_NEXT, regex.VERBOSE)


BLANK_RUN = regex.compile(f"{_B}++")
YEAR = regex.compile(f"{_N}{{4}}{_B}*+年")
TORN = regex.compile(rf"{_N}{{1,3}}+{_B}*+[{_MEASURES}]")
"""What after a dot and a blank shows a number with decimals that was torn."""
IN_SENTENCE = regex.compile(f"{_B}*+[{_MEASURES}]|[的条款节规和与及A-Za-z0-9０-９]")
"""What after a decimal label shows that it is a number or a reference."""
BY_PLACE = regex.compile(f"[一二三四五六七八九](?:{_B}*+[一二三四五六七八九])++")
"""A numeral written by place without a zero: 一一 for 十一, or two numerals."""
PRINTED = regex.compile(_NUMERAL, regex.VERBOSE)
LAST_DIGITS = regex.compile(f"(?<!{_N}){_N}++$")
