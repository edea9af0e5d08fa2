"""What headline blocks are made of: words and patterns, for one line read by itself.

All patterns read text whose blanks are closed up. None knows a document; they know the forms of
titles, dates, meetings and offices.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, TypedDict

import attrs

from govreport.dates import DATE
from govreport.names import NAME, OFFICES, SURNAMES
from govreport.signs import LETTER
from govreport.stacked import by_last_sign

__all__ = ["TABLES", "FrontPatterns", "FrontTables", "compile_front"]


@attrs.frozen(kw_only=True, cache_hash=True)
class FrontTables:
    """The words that headline blocks are known by.

    Args:
        offices: The words that offices end in.
        surnames: Family names.
        organs: What bodies end in whose work a report is about.
        plans: What titles of plans, decisions and speeches end in.
        editions: What may follow a title in brackets.
        places: What names of places end in.
        verbs: How a line of text begins that only looks like a title.
        weak_verbs: The same, but names of places begin so as well.
    """

    offices: tuple[str, ...] = OFFICES
    surnames: frozenset[str] = SURNAMES
    organs: tuple[str, ...] = (
        "人民政府", "政府", "常务委员会", "常委会", "委员会", "人民法院", "法院", "人民检察院", "检察院", "政协",
        "人大", "管委会", "办公室", "局", "厅", "院", "會", "署", "行政长官", "行政長官",
    )  # fmt: skip
    plans: tuple[str, ...] = (
        "规划纲要", "纲要", "规划", "计划", "摘要", "公报", "决议", "决定", "方案", "说明", "白皮书", "讲话",
        "致辞", "发言", "总结", "要点", "意见", "建议", "通知", "条例", "办法", "公告", "施政報告", "計劃",
        "規劃", "綱要", "演辞", "演辭",
    )  # fmt: skip
    editions: tuple[str, ...] = (
        "摘要", "草案", "全文", "节选", "摘登", "送审稿", "讨论稿", "审议稿", "征求意见稿", "书面", "摘编",
    )  # fmt: skip
    places: tuple[str, ...] = ("省", "市", "县", "区", "州", "盟", "旗", "镇", "乡", "縣", "區")
    verbs: tuple[str, ...] = (
        "听取", "审议", "通过", "批准", "作", "向", "在", "我", "现在", "请", "按照", "根据", "围绕", "会议",
        "大会", "把", "是", "了", "的", "并", "各位", "代表", "受", "这", "那", "以及", "同意", "学习", "贯彻",
        "落实", "编制", "制定", "认真", "完成",
    )  # fmt: skip
    weak_verbs: tuple[str, ...] = (
        "和", "与", "及", "对", "将", "为", "以", "经", "本", "有", "要", "现", "从", "由", "到", "等",
    )  # fmt: skip


#: The tables of the house.
TABLES: Final = FrontTables()


@attrs.frozen(kw_only=True)
class FrontPatterns:
    """The compiled patterns; those before ``salutation`` read a whole text, the others a part.

    Args:
        line: A title, a subtitle, a speaker, or several of them glued together.
        title: How sure a title is: group ``strict``, ``report`` or ``plan``.
        date: A date alone, in brackets or not, with a name at its end or not.
        adoption: By which meeting the text was adopted.
        named: 王小明在大会上作政府工作报告.
        kicker: The line of a series of documents, or of a meeting, above a title.
        body: A body that reports, alone on its line.
        fragment: A line that is the first half of a title.
        salutation: How a text begins that speaks to someone.
        label: How a numbered heading begins.
        opens: A line end and how a line begins that a headline can be found by.
        closes: What may be such a line's end, and the line end.
        ends: How such a line ends.
        within: What such lines hold, one pattern a sign.
    """

    line: re.Pattern[str]
    title: re.Pattern[str]
    date: re.Pattern[str]
    adoption: re.Pattern[str]
    named: re.Pattern[str]
    kicker: re.Pattern[str]
    body: re.Pattern[str]
    fragment: re.Pattern[str]
    salutation: re.Pattern[str]
    label: re.Pattern[str]
    opens: re.Pattern[str]
    closes: re.Pattern[str]
    ends: re.Pattern[str]
    within: tuple[re.Pattern[str], ...]


class _Hints(TypedDict):
    opens: re.Pattern[str]
    closes: re.Pattern[str]
    ends: re.Pattern[str]
    within: tuple[re.Pattern[str], ...]


_DASH: Final = r"(?:[—─―－–⸺-]{1,4}|一[-—－]|[-—－]一)"
_OPEN: Final = r"[（(]"
_CLOSE: Final = r"[）)]"
_NUMERAL: Final = r"[0-9０-９一二三四五六七八九十百零〇]{1,5}"
_RUN: Final = r"[^，。；！？：\n]"
#: What an office holds before the word that it ends in: no figure, and of marks these alone.
_OFFICE: Final = r"[^\d\sA-Za-z，。；：！？…—─―－–⸺“”‘’《》「」『』【】〈〉,.:;!?+*/%％‰\-]"
#: What a dash, a bracket or a date can begin with.
_FIRSTS: Final = "-—―─－–⸺（(年0-9０-９〇零○一二三四五六七八九"
#: What a bracket opens that is the label of a heading.
_NUMBERED: Final = r"[一二三四五六七八九十]{1,3}[、．.）)]|[0-9０-９]{1,2}[、．.）)][^0-9\s]"
_YEARLIKE: Final = r"(?:[0-9０-９]{4}|[0０〇零○一二三四五六七八九]{4})?年[^，。；\n]{0,8}月"
_MEETINGS: Final = (
    "会议", "大会", "全会", "常委会", "例会", "會議", "大會", "定期會", "臨時會", "定期会", "临时会",
)  # fmt: skip
_MEETING: Final = f"(?:{'|'.join(_MEETINGS)})"
_SALUTATION: Final = r"(?:尊敬的|敬爱的)?(?:各位|同志们|委员们|代表们|朋友们|主席团|女士们|全体|(?:主席|議長|议长|主任|审判长)、)"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


@lru_cache(maxsize=8)
def compile_front(tables: FrontTables) -> FrontPatterns:
    """The patterns over a set of tables; compiled once for each."""
    edition = rf"(?:{_OPEN}(?:{_any(tables.editions)}){_CLOSE})?"
    place = _any(tables.places)
    strict = (
        rf"(?!{_any(tables.verbs)})(?:[\w·（）()—-]{{0,45}}"
        rf"(?:{_any(tables.organs)}|{place}))?(?:政府)?(?:施政|工作)總?(?:报告|報告){edition}"
    )
    verbs = _any(tables.verbs + tables.weak_verbs)
    report = rf"(?!{verbs})(?:关于|關於)?{_RUN}{{2,70}}(?:报告|報告){edition}"
    plan = rf"(?!{verbs}){_RUN}{{3,60}}(?:{_any(tables.plans)}){edition}"
    title = rf"《?(?:(?P<strict>{strict})|(?P<report>{report})|(?P<plan>{plan}))》?"
    patterns = _parts(tables, strict)
    return FrontPatterns(
        title=re.compile(title),
        kicker=re.compile(
            rf"{_RUN}{{0,40}}(?:(?:会议|大会|會議)文件(?:之?[一二三四五六七八九十]|{_OPEN}之?{_NUMERAL}{_CLOSE})?"
            rf"|文件之?[一二三四五六七八九十]|文件{_OPEN}之?{_NUMERAL}{_CLOSE}"
            rf"|第?{_NUMERAL}次{_MEETING}|第?{_NUMERAL}届{_RUN}{{0,20}}{_MEETING})"
            rf"|(?:本报|本版)?(?:特别报道|要闻|重要文件|文件选登|全文刊发|公报|受权发布|权威发布)"
        ),
        body=re.compile(rf"{LETTER}{{2,24}}(?:{_any(tables.organs)})"),
        fragment=re.compile(
            rf"(?:中国|中國|政协|中共|中华|关于|關於|{LETTER}{{1,12}}(?:{place}))"
            rf"[\w·、“”—-]{{0,40}}",
        ),
        salutation=re.compile(_SALUTATION),
        label=re.compile(
            rf"[（(]?[一二三四五六七八九十]{{1,3}}[、．.）)]|[（(]?[0-9０-９]{{1,2}}[、．.）)](?![0-9])"
            rf"|第{_NUMERAL}(?:编|章|节|部分|条|篇)|[①-⑳]|(?:目录|目次|序言|前言|引言)$"
        ),
        **_hints(tables),
        **patterns,
    )


def _hints(tables: FrontTables) -> _Hints:
    edition = rf"{_OPEN}(?:{_any(tables.editions)}){_CLOSE}"
    ends = sorted({"报告", "報告", "会议", *(word[-2:] for word in tables.plans)})
    lasts = re.escape("".join(sorted({*"）)》", *(end[-1] for end in ends)})))
    backs = "|".join(rf"(?<={re.escape(end)}\n)" for end in ends)
    return {
        "opens": re.compile(rf"\n(?=[{_FIRSTS}])(?:{_DASH}|{_OPEN}(?!{_NUMBERED})|{_YEARLIKE})"),
        "closes": re.compile(rf"\n(?<=[{lasts}]\n)(?:(?<=[）)》]\n)|{backs})"),
        "ends": re.compile(
            rf"(?:报告|報告|{_any(tables.plans)}|{edition}){_CLOSE}?》?$|次会议{_CLOSE}?$"
        ),
        "within": (
            re.compile(rf"告(?<=[报報]告)》?(?:{_DASH}|{_OPEN}|[0-9０-９〇○年])"),
            *by_last_sign(_MEETINGS, "(?:上|通过|批准)").values(),
        ),
    }


def _parts(tables: FrontTables, strict: str) -> dict[str, re.Pattern[str]]:
    met = rf"{_MEETING}(?:上(?:的?(?:工作)?报告|的?讲话|的?说明|作的报告)?)?"
    # Greedy: the last meeting named is the one; what follows it must be a speaker or nothing.
    subject = rf"{_RUN}{{4,70}}"
    subtitle = (
        rf"(?:(?:{_DASH}|{_OPEN})(?:{DATE})?|{DATE}){subject}{met}"
        rf"|在[^，。；！？：\n—─]{{4,50}}{_MEETING}上(?:的?(?:工作)?报告|的?讲话)?"
    )
    office = rf"{_OFFICE}{{0,40}}(?:{_any(tables.offices)})"
    ethnic = rf"(?:{_OPEN}{LETTER}{{1,8}}族{_CLOSE})?"
    speaker = rf"{office}{NAME}{ethnic}"
    # Displaced figures may hang on to a line; they stay.
    after = rf"(?=(?:[0-9０-９][0-9０-９.．%％]*)?(?:$|{_SALUTATION}))"
    # A title of no known form, where a dash and a meeting follow on the same line.
    plain = rf"[^，。；！？：（(—─―\n-]{{4,40}}(?={_DASH}(?:在|{DATE}))"
    line = (
        rf"(?P<title>《?(?:{strict})》?|(?P<plain>{plain}))?(?P<subtitle>{subtitle})?"
        rf"(?:{_CLOSE}(?=.))?(?P<speaker>(?:{speaker}))?{_CLOSE}?{after}"
    )
    when = rf"{_OPEN}?{DATE}"
    return {
        "line": re.compile(line),
        "date": re.compile(rf"(?P<date>{when})(?P<name>{NAME})?{_CLOSE}?"),
        "adoption": re.compile(
            rf"(?:{_DASH}|{_OPEN})?(?:{DATE})?(?:在|由|经)?{_RUN}{{4,70}}"
            rf"(?:通过|批准|审议通过|審議通過|通過){_CLOSE}?",
        ),
        "named": re.compile(rf"(?P<name>{NAME})在{_RUN}{{2,30}}上作{_RUN}{{0,12}}报告"),
    }
