"""The small parts of a report: numerals, labels, clauses, sentences.

The words are those of reports in general and name no place that exists. The first of each list is
what an example shrinks to.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Final

from hypothesis import strategies as st

from govreport.numbering import STYLES, write, write_numeral

#: Forms of numerals by their names in `govreport.numbering`.
FORMS: Final = ("digit", "wide-digit", "han", "formal", "roman", "circled", "stem")
_LIMITS: Final = {"formal": 99, "roman": 12, "circled": 50, "stem": 10}

_VERBS: Final = (
    "修", "新建", "扩大", "推进", "巩固", "整治", "加快建设", "深入实施", "稳步提高", "着力保障",
    "全面落实", "持续优化", "积极培育", "统筹安排", "有效化解", "严格控制",
)  # fmt: skip
_OBJECTS: Final = (
    "路", "桥梁", "水库", "乡村学校", "农田灌溉", "社区医院", "港口能力", "营商环境", "老旧小区", "河湖水质",
    "科技创新", "养老服务", "城乡居民收入", "产业转型升级", "生态保护修复", "安全生产责任",
)  # fmt: skip
#: One draw each, so that an example shrinks to the first.
_PHRASES: Final = tuple(verb + what for verb in _VERBS for what in _OBJECTS)
_COUNTED: Final = (
    ("新建桥梁", "座"), ("改造道路", "公里"), ("新增学位", "个"), ("受理案件", "件"), ("培训渔民", "人次"),
    ("投资", "亿元"), ("收入增长", "%"), ("产粮", "万吨"), ("帮助", "户居民搬迁"), ("办结", "项实事"),
)  # fmt: skip
_BEFORE: Final = ("去年", "一年来", "与此同时", "在各方努力下", "坚持从实际出发")
_QUOTED: Final = ("一网通办", "最多跑一次", "守河护湖", "三张清单")
_TITLES: Final = (
    "回顾", "工作任务", "农业和农村", "教育与健康", "改革开放", "过去五年的主要成绩", "存在的困难和不足",
    "以更大力度改善民生", "坚持把发展放在首位", "建设人民满意的服务型机关", "扎实做好下一步各项重点工作",
)  # fmt: skip
#: A clause is a number: its kind, the first of them plain phrases, and which one of the kind.
_KINDS: Final = 8
_PLAIN: Final = 3
_CODES: Final = _KINDS << 17


def numerals(
    *, form: str | None = "digit", most: int = 9999, points: bool = True
) -> st.SearchStrategy[str]:
    """Numbers as reports print them.

    Args:
        form: A name in `FORMS`; `None` for any of them.
        most: The greatest value; forms that go less far stop earlier.
        points: Whether there are decimal fractions among those in digits.

    >>> from govreport.strategies import smallest
    >>> smallest(numerals(), lambda text: "." in text), smallest(numerals(form="han"))
    ('1.1', '一')
    """
    if form is None:
        return st.sampled_from(FORMS).flatmap(
            lambda one: numerals(form=one, most=most, points=points)
        )
    if form not in FORMS:
        raise ValueError(f"no form of numerals {form!r}; there are {', '.join(FORMS)}")
    values = st.integers(1, min(most, _LIMITS.get(form, most)))
    whole = values.map(lambda value: write_numeral(value, form))
    if form != "digit" or not points:
        return whole
    return whole | st.builds("{}.{}".format, values, st.integers(1, 99))


def labels(*, styles: Collection[str] = tuple(STYLES), most: int = 20) -> st.SearchStrategy[str]:
    """Labels of headings and items, as they are printed.

    Args:
        styles: Names in `govreport.numbering.STYLES`.
        most: The greatest number.

    >>> from govreport.strategies import smallest
    >>> smallest(labels(styles=["han-paren"]), lambda label: len(label) > 3)
    '（十一）'
    """
    return st.sampled_from(sorted(styles, key=list(STYLES).index)).flatmap(
        lambda style: st.integers(1, max(1, min(most, STYLES[style].limit))).map(
            lambda value: write(style, value)
        )
    )


@cache
def titles() -> st.SearchStrategy[str]:
    """The words of a heading, without a label."""
    return st.sampled_from(_TITLES + _PHRASES)


def sentences(*, figures: bool = True, most: int = 4) -> st.SearchStrategy[str]:
    """Sentences with their marks.

    Args:
        figures: Whether there are figures and years in them.
        most: The greatest number of clauses.

    >>> from govreport.strategies import smallest
    >>> smallest(sentences()), smallest(sentences(), lambda text: "，" in text)
    ('修路。', '修路，修路。')
    """
    return _sentences(figures, most)


@cache  # a strategy costs more to make than to draw from
def _sentences(figures: bool, most: int) -> st.SearchStrategy[str]:
    """A sentence is two draws: a page has hundreds of them, and each draw has its price."""
    return st.builds(
        lambda count, code: _sentence(count, code, figures=figures),
        st.integers(1, most),
        st.integers(0, (_CODES << 10) - 1),
    )


def _sentence(count: int, code: int, *, figures: bool) -> str:
    """The sentence that a number stands for; the number 0 for the simplest."""
    codes = ((code * (7 * n + 1) + (code >> 5 * n)) % _CODES for n in range(count))
    parts = [_clause(one, figures=figures) for one in codes]
    joint, end = ("；", "！") if code % 7 == 6 else ("，", "。")
    return joint.join(parts) + end


def _clause(code: int, *, figures: bool) -> str:
    rest, kind = divmod(code, _KINDS)
    phrase = _PHRASES[rest % len(_PHRASES)]
    if kind == _KINDS - 1:
        return f"{_BEFORE[rest % len(_BEFORE)]}，{phrase}"
    if kind == _KINDS - 2:
        return f"推行“{_QUOTED[rest % len(_QUOTED)]}”"
    if kind < _PLAIN or not figures:
        return phrase
    if kind == _PLAIN:
        return f"{2031 + rest % 7}年{phrase}"
    rest, which = divmod(rest, len(_COUNTED))
    what, unit = _COUNTED[which]
    whole = rest // 4 % 10 ** (1 + rest % 4) + 1
    return f"{what}{whole}.{rest % 89 + 1}{unit}" if rest % 5 == 4 else f"{what}{whole}{unit}"
