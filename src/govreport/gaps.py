"""Lost figures that grammar alone shows in an otherwise repaired text.

Each rule names a place where a figure cannot be missing in written Chinese: before a sign of per
cent, between 第 and its classifier, after 达到 at a clause's end. Precision before recall: what a
clean text may hold (亿元以上企业, 增长，) is no rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

import regex

__all__ = ["RULES", "find_gaps"]

#: Numerals, and what stands for one: 几, 数, 多, 每.
_NUM: Final = "0-9０-９一二三四五六七八九十百千万亿两零〇○半几数多余来每各整若双单单.．,"
_STOP: Final = "[，。；！）]"
_END: Final = "(?:[，。；、！）]|和|$)"
_COUNT: Final = "[家个项件条座所处套辆台名倍天岁张篇次场种只头支宗起户人]"
_GROWTH: Final = "(?:增长|下降|提高|上升|降低|减少|增加|回落)"
_REACH: Final = (
    "(?:(?<![传送直])达到|(?:提高|增加|扩大|下降|降低|缩小|上升|减少|发展|增长|提升|上调|压缩|调整)到"
    "|增至|降至|升至|缩至|减至|总数达|总额达|总量达|累计达)"
)

#: What stands at a place where a family of rules may hold, cheap to search for: the sign before the
#: place, or the sign behind it. Each takes in all places of its rules, and few others.
_FAMILIES: Final[Mapping[str, str]] = {
    "sign-of-unit": r"[%％‰周个公平千万亿](?<![0-9０-９.．][%％‰周个公平千万亿])"
    r"(?:(?<=[%％‰])|(?<=周)年|(?<=个)[百基工位]|(?<=公)[里顷]|(?<=平)方|(?<=千)瓦"
    r"|(?<=[万亿])[平公千]|(?<=万)人次|(?<=亿)斤)",
    "after-第": "第(?=[版届位次号期名批条章页轮])",
    "large": "[百千万亿元](?<=[到入值达款金出费额资加少为收模券献润支现成排口担务和、在量产能积林田地业力才客生员"
    "工众造房体增程位化数][百千万亿元])",
    "counter": "[目村位心库区场站厂构园桥点社校议章规好成等到至破过达续长的示动查研训督察品程]"
    "(?=[个家件座所处条张套辆台倍次项名天岁篇场种只头支宗起户人])",
    "time": "[号年月（(续到至从自。！；、](?:(?<=号)线|(?<=月)日|(?<=年)(?:月|(?<!.年))|(?<=[（(续到至从自。！；、])年)",
    "stop": "[到至在长降高升低少加落为成和、达幅](?=[，。；！）、以左和])",
    "sign": "[∶×由“M为比例构值](?=[∶”万千提增缩扩浓平、年，。；调])",
}

#: Evidence: its family, the probability that a figure is missing, and the pattern of the place,
#: zero-width, where the figure stood. Measured on 84 clean reports: none of the rules fires in
#: them; together they see 43 % of the figures taken out one at a time (54 % where the sign of per
#: cent stays). A rule's probability sets its share of those, at two lost figures a report, against
#: an assumed half false sign in all 84, spread evenly over the rules; never above .98. The rules were
#: written against these same reports, so the measure flatters them.
RULES: Final[Mapping[str, tuple[str, float, str]]] = {
    "percent-sign": ("sign-of-unit", 0.98, r"(?=[%％‰])(?<=[\p{Han}，、—－～])"),
    "ordinal": (
        "after-第",
        0.98,
        "(?<=第)(?<![及门次落等府]第)(?=[版届位次号期名批条章页轮](?!一))",
    ),
    "anniversary": ("sign-of-unit", 0.98, rf"(?=周年)(?<=\p{{Han}})(?<![{_NUM}])"),
    "whole-unit": (
        "sign-of-unit",
        0.98,
        rf"(?=个百分点|个基点|个工作日|个位次)(?<=\p{{Han}})(?<![{_NUM}这那首末])(?<!若干)",
    ),
    "measure": (
        "sign-of-unit",
        0.98,
        (
            r"(?=(?:万|亿)?(?:平方[米公]|公顷|千瓦)|万人次|亿斤|公里(?!数))(?<=\p{Han})"
            rf"(?<![{_NUM}以按])(?<!平方|立方|若干)(?<![吨人客座车](?=公里))"
        ),
    ),
    "money": (
        "large",
        0.98,
        (
            r"(?<=[到入值达款金出费额资加少为收模券献润支现成排口担务]|元[和、])(?=[百千]?(?:万?亿|万)(?:美|欧)?元"
            r"(?:[，。；、！）（]|和|的(?!\p{Han}{0,4}(?:企业|项目|园区|产业|集群))|左右|$))"
        ),
    ),
    "yuan": ("large", 0.98, rf"(?<=[到入达加]|元[和、])(?<!进入)(?=元{_END})"),
    "amount": (
        "large",
        0.98,
        (
            r"(?<=[到在量达产能积林田地成业力才客生员口工众造房体增程位化数])"
            rf"(?=万[吨亩人户辆台套件个头只名册](?:次|以上|左右)?{_END})"
        ),
    ),
    "count": (
        "counter",
        0.98,
        (
            rf"(?<=[目村位心库区场站厂构园桥点社])(?=[个家座处条](?:{_STOP}|、|以上|左右))"
            rf"|(?<=[园校])(?=所(?:{_STOP}|、))|(?<=[品程])(?=个[，。；])|(?<=目)(?=项[，。；、])|(?<=[议章规])(?=件(?:{_STOP}|、))"
            r"|(?<=床位|车位)(?=张[，。；、])|(?<=[好成])(?=件(?:民生|惠民)?实事)"
        ),
    ),
    "of-them": ("counter", 0.98, "(?<=等)(?=个(?![人性体别案中头子]))"),
    "reached-count": (
        "counter",
        0.98,
        rf"(?<={_REACH}|突破|超过)(?={_COUNT}(?:{_STOP}|、|以上|左右))",
    ),
    "consecutive": ("counter", 0.8, "(?<=连续)(?=个月|天(?!津))"),
    "multiple": ("counter", 0.98, rf"(?<=增长|的)(?=倍(?:{_STOP}|以上|左右|和\d))"),
    "times": ("counter", 0.6, "(?<=[示动议查研训督察])(?=次[，。；）])"),
    "numbered": (
        "time",
        0.95,
        r"(?<=\p{Han}|号线、)(?<![信挂称型账代编句符口暗外军绰半几二三四五六七八九十一])(?=号线)",
    ),
    "date": (
        "time",
        0.85,
        (
            r"(?<![\p{L}\p{N}])(?=年月(?:日)?[，。）至—召在])"
            "|(?<=[0-9今去明]年)(?=月[，。、；至到日份底末—])|(?<=[0-9]月)(?=日[，。、；至到在召上下（）—])"
        ),
    ),
    "year": (
        "time",
        0.98,
        (
            r"(?<=[（(])(?=年(?:[，。、第的]|月))|(?<=连续)(?=年)"
            r"|(?<=[到至从自])(?<!直到|甚至|迟至|过来)(?=年(?:[，。；、到至—－～]|末))"
            r"|(?<=(?:^|[。！；]))(?=年(?:，|是))|(?<=^[一二三四五]、)(?=年)"
        ),
    ),
    "reached": ("stop", 0.98, rf"(?<={_REACH})(?=[，。；！）])"),
    "held-at": (
        "stop",
        0.98,
        "(?<=(?:控制|保持|稳定|维持)在)(?=[，。；！）]|以内|以下|以上|左右)",
    ),
    "grown-by": (
        "stop",
        0.98,
        rf"(?<={_GROWTH}|达到|高到|加到|达(?<![到传]达)|[%％元]和|涨幅|增幅)(?=以上[，。；、！）的]|左右)",
    ),
    "respectively": (
        "stop",
        0.98,
        rf"(?<=分别(?:比\p{{Han}}{{1,4}}|同比)?(?:{_GROWTH}|达到|为|完成))(?=[，。；]|[、和][\d%])",
    ),
    "series": ("stop", 0.98, "(?<=[%％‰倍][和、])(?=[，。；])"),
    "ratio": (
        "sign",
        0.95,
        r"(?<=[由为比例构值])(?=∶\d)|(?<=\d∶)(?=[调提缩，。；])|(?<=\d×)(?=[万千])",
    ),
    "change": ("sign", 0.93, "(?<=由)(?=(?:提高|增加|缩小|扩大|增长|提升)[到至])"),
    "name": ("sign", 0.93, r"(?<=PM)(?=[平浓年、])"),
    "quotation": ("sign", 0.95, "(?<=“)(?=”)"),
}


@cache
def _places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((family, re.compile(sign)) for family, sign in _FAMILIES.items())


@cache
def _rules(family: str) -> tuple[tuple[str, ...], regex.Pattern[str]]:
    """The names of a family's rules and all in one pattern, compiled when it is first asked for."""
    names = tuple(name for name, (of, _, _) in RULES.items() if of == family)
    source = "|".join(f"({RULES[name][2]})" for name in names)
    return names, regex.compile(source, regex.MULTILINE)


def find_gaps(text: str) -> tuple[tuple[int, tuple[str, ...], float], ...]:
    """Where figures are missing by grammar: offset, evidence and probability, in order.

    Args:
        text: A repaired paragraph, or several with line ends between; offsets count its code
            points.

    >>> find_gaps("印发简报第期，收入增长%。")
    ((5, ('ordinal',), 0.98), (11, ('percent-sign',), 0.98))
    >>> find_gaps("增长5.2%，亿元以上企业增多。")
    ()
    """
    found: set[tuple[int, str]] = set()
    for family, places in _places():
        for place in places.finditer(text):
            names, rules = _rules(family)
            for at in (place.start(), place.start() + 1):
                if match := rules.match(text, at):
                    found.add((at, names[(match.lastindex or 1) - 1]))
    return tuple((at, (name,), RULES[name][1]) for at, name in sorted(found))
