"""What pages call their own: the words that furniture is known by, and the patterns over them.

One place for the tables, so that a profile can hold others. Every pattern reads a line once from
left to right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import attrs

from govreport.dates import DATE, NUMERIC, WEEKDAY
from govreport.names import SURNAMES
from govreport.signs import LETTER
from govreport.stacked import by_last_sign

__all__ = [
    "TABLES", "FurnitureTables", "JumpPatterns", "Patterns", "compile_tables", "jump_patterns",
]  # fmt: skip


@attrs.frozen(kw_only=True, cache_hash=True)
class FurnitureTables:
    """The words that furniture is known by.

    Args:
        roles: Who did what for a page; they are believed with a mark and a name after them.
        weak_roles: The same, believed only beside other furniture.
        prefixes: What may stand before a role.
        contacts: How to reach the paper; believed only beside other furniture.
        papers: How names of newspapers end.
        sections: Names of a paper's pages.
        to_words: 下转 and its like, the surest first.
        from_words: 上接 and its like, the surest first.
        surnames: Family names.
    """

    roles: tuple[str, ...] = (
        "责任编辑", "责任校对", "责编", "责校", "校对", "校检", "版式设计", "版面设计", "版式", "美术编辑",
        "美编", "组版编辑", "组版", "排版", "制版", "拼版", "图片编辑", "文字编辑", "视觉编辑", "值班编辑",
        "值班编委", "值班总编", "值班主任", "值班", "编辑", "编审", "审校", "审读", "检校", "一读", "二读",
        "三读", "終校", "终校", "初校", "签发", "執行編輯", "責任編輯", "責編", "校對", "編輯", "美術編輯",
        "設計",
    )  # fmt: skip
    weak_roles: tuple[str, ...] = (
        "一审", "二审", "三审", "初审", "复审", "终审", "监制", "策划", "统筹", "执行主编", "副主编", "主编",
        "总编辑", "总编", "编委", "摄影", "摄", "图片", "图表", "制图", "绘图", "文", "图", "记者", "通讯员",
        "实习生", "设计", "录入", "审核", "供稿", "撰稿", "美术",
    )  # fmt: skip
    prefixes: tuple[str, ...] = (
        "本版", "本报", "本期", "今日", "见习", "首席", "特约", "实习", "执行", "版面", "电子版",
    )  # fmt: skip
    contacts: tuple[str, ...] = (
        "新闻热线", "报料热线", "广告热线", "发行热线", "投稿邮箱", "投稿信箱", "投稿", "联系电话", "编辑部电话",
        "电话", "热线", "电子邮箱", "电子信箱", "邮箱", "信箱", "传真", "邮编", "地址", "网址", "网站",
        "E-mail", "Email", "e-mail", "email", "QQ", "微信", "电邮", "電話", "電郵", "傳真", "來源", "来源",
    )  # fmt: skip
    papers: tuple[str, ...] = (
        "日报", "晚报", "早报", "晨报", "午报", "时报", "商报", "都市报", "导报", "周报", "新报", "法治报",
        "法制报", "青年报", "工人报", "农民报", "经济报", "政协报", "广播电视报", "日報", "晚報", "時報", "商報",
        "快报",
    )  # fmt: skip
    sections: tuple[str, ...] = (
        "要闻", "综合", "专版", "专题", "时政", "文件", "公告", "广告", "特刊", "两会特刊", "特别报道", "政务",
        "新闻", "头版", "国内", "国际", "理论", "本地", "聚焦两会", "两会", "要聞", "綜合", "公報",
    )  # fmt: skip
    to_words: tuple[str, ...] = ("下转", "下轉", "转至", "续转", "下接", "转")
    from_words: tuple[str, ...] = ("上接", "紧接", "緊接", "承接", "续接", "接")
    surnames: frozenset[str] = SURNAMES


#: The tables of the house.
TABLES: Final = FurnitureTables()


@attrs.frozen(kw_only=True)
class Patterns:
    """The compiled patterns over a set of tables.

    Args:
        token: One piece of a line that holds nothing but furniture; the group's name says which.
        first: A line end and a line that may be such: by how it begins, names of papers aside, and
            by the signs that it does not hold.
        papers: The ends of names of papers, by their last sign.
        paper: A name of a paper.
        jump: What every page jump holds, also where a line ends within it, by its sign.
        opening: What furniture begins with that stands behind other text on its line.
        openings: What each of these holds, by its sign.
    """

    token: re.Pattern[str]
    first: re.Pattern[str]
    papers: Mapping[str, re.Pattern[str]]
    paper: re.Pattern[str]
    jump: Mapping[str, re.Pattern[str]]
    opening: re.Pattern[str]
    openings: Mapping[str, re.Pattern[str]]


@attrs.frozen(kw_only=True)
class JumpPatterns:
    """The patterns of page jumps over a set of tables.

    Args:
        bracketed: A page jump in brackets, anywhere in a line.
        end: A page jump without brackets that ends a line, alone on it or after a sentence.
    """

    bracketed: re.Pattern[str]
    end: re.Pattern[str]


#: What furniture can begin with beside the words of the tables.
_FIRSTS: Final = frozenset(
    " \t\u3000|｜│¦·•●■◆◇▲△★☆※／∕/、,，;；_《第今总出农夏邮统国年甲乙丙丁戊己庚辛壬癸頭头末封"
    "〇零○一二三四五六七八九十廿卅星礼禮周週０１２３４５６７８９"
    + "".join(map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))))
    + "".join(map(chr, range(0xFF21, 0xFF3B)))
)
#: Marks that no piece of furniture holds.
_SPOKEN: Final = "。“”‘’！？…"
_DIGIT: Final = "[0-9０-９]"
_MARKS: Final = "／∕/:：︰∶｜|"
_MARK: Final = rf"\s*[{_MARKS}]\s*"
_STOP: Final = rf"[\s{_MARKS}、,，;；&（(）)]"
_FOLIO: Final = (
    rf"(?:第\s*)?(?:[A-ZＡ-Ｚ]\s*)?(?:{_DIGIT}{{1,3}}|[一二三四五六七八九十]{{1,3}})"
    rf"(?:\s*[、,，—～~·至-]\s*(?:第\s*)?[A-ZＡ-Ｚ]?(?:{_DIGIT}{{1,3}}|[一二三四五六七八九十]{{1,3}}))*"
)
_PAGE: Final = rf"(?:{_FOLIO}|第\s*□?|头|末|封[二三底])\s*[版页頁]|[A-ZＡ-Ｚ]\s*{_DIGIT}{{1,3}}"
_NUMERAL: Final = "[0-9０-９一二三四五六七八九十]"
#: How pieces of furniture begin that hold no word of the tables. In a search through all lines
#: blanks may be line ends; so nothing that holds blanks is said to come again and again.
_START: Final = rf"""
      [\s|｜│¦·•●■◆◇▲△★☆※／∕/、,，;；_《]
    | (?= [第A-ZＡ-Ｚ0-9０-９一二三四五六七八九十] )
      (?: (?: 第 \s* )? (?: [A-ZＡ-Ｚ] \s* )? {_NUMERAL}{{1,3}} \s*
          (?: [版页頁] | [、,，—～~·至-] \s* (?: 第 \s* )? [A-ZＡ-Ｚ]? {_NUMERAL} )
        | {_DIGIT}{{1,3}} \s* (?: {_STOP} | · | $ )
        | [A-ZＡ-Ｚ] \s* {_DIGIT}
        | 第 \s* (?: {_DIGIT}+ \s* 期 | □ | [版页頁] ) )
    | [头末] \s* [版页頁] | 封 [二三底]
    | [总出今农夏邮统国農] (?: 第 | 版第 | 日 | 历 | 曆 | 发代号 | 一刊号 | 内统一 )
    | [甲乙丙丁戊己庚辛壬癸] [子丑寅卯辰巳午未申酉戌亥] 年
    | (?= [年0-9０-９〇零○OＯ一二三四五六七八九] ) (?: {DATE} | {NUMERIC} )
    | (?= [星礼禮周週A-Za-z] ) {WEEKDAY}
    """
#: What every weekday holds, under its first sign.
_DAYS: Final = {
    "星": "星期", "礼": "礼拜", "禮": "禮拜", "周": "周\\s*[一二三四五六日天]", "週": "週\\s*[一二三四五六日天]",
    "y": "y(?<=[Dd][Aa]y)", "Y": "Y(?<=[Dd][Aa]Y)",
}  # fmt: skip
#: What furniture behind other text begins with beside the words of the tables.
_OPENS: Final = r"年星礼禮周週0-9０-９〇零○OＯ一二三四五六七八九A-Za-z"
#: What `_PAGE` begins with, and what may stand between 下转 and it, where a line may end within.
_PAGE_FIRSTS: Final = "第A-ZＡ-Ｚ0-9０-９一二三四五六七八九十头末封"
_SELF: Final = r"(?:(?:本报|今日|自)\s*)?"
_TORN_SELF: Final = r"(?:(?:本\n?报|今\n?日|自)\s*)?"


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w))))


def _led(words: Iterable[str]) -> str:
    """A look at the next sign: most alternatives of a line are settled by it, and quickly."""
    return f"(?=[{_firsts(words)}])"


def _firsts(words: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted({word[0] for word in words})))


@lru_cache(maxsize=8)
def compile_tables(tables: FurnitureTables) -> Patterns:
    """The patterns over a set of tables; compiled once for each."""
    own = tables.prefixes + tables.roles
    table = own + tables.weak_roles + tables.contacts + tables.sections
    firsts = _firsts((*_FIRSTS, *table))
    first = f"{_START} | {_led(table)} (?: {_any(table)} )"
    roles = rf"(?:{_any(tables.prefixes)})?(?:{_any(tables.roles)})"
    lasts = "".join(map(re.escape, sorted({role[-1] for role in tables.roles})))
    marked = {mark: re.escape(mark) + rf"(?<=[{lasts}\s].)" for mark in _MARKS}
    ways = {word[-1] for word in tables.to_words + tables.from_words}
    return Patterns(
        token=_token(tables),
        first=re.compile(
            rf"\n(?=[{firsts}])(?=[^{_SPOKEN}\n]*+$)(?= {first} )", re.MULTILINE | re.VERBOSE
        ),
        papers=by_last_sign(tables.papers),
        paper=re.compile(rf"{LETTER}{{2,8}}?(?:{_any(tables.papers)})"),
        jump=by_last_sign(sorted(ways), rf"\s*{_TORN_SELF}[{_PAGE_FIRSTS}]"),
        opening=re.compile(
            rf"(?=[{_OPENS}{_firsts(own)}])(?:{DATE}\s*{WEEKDAY}|{WEEKDAY}|{roles}{_MARK})"
        ),
        openings={sign: re.compile(held) for sign, held in (_DAYS | marked).items()},
    )


def _token(tables: FurnitureTables) -> re.Pattern[str]:
    credited = tables.prefixes + tables.roles + tables.weak_roles
    role = rf"(?:{_any(tables.prefixes)}){{0,2}}(?:{_any(tables.roles + tables.weak_roles)})"
    contact = f"(?:{_any(tables.contacts)})"
    named = "".join(map(re.escape, sorted({word[-1] for word in tables.papers})))
    # A name ends where no letter follows, or another role or another kind of piece begins.
    end = rf"(?= (?!{LETTER}) | {role} | {contact} | {DATE} )"
    name = rf"""
      (?: {LETTER}{{1,8}} (?: [·•・] {LETTER}{{1,8}} )+
        | (?: {LETTER}{{2,4}}? | {LETTER}\s{LETTER}{{1,2}} ) {end} )
      (?: [（(](?:见习|实习|整理|文|图|摄)[）)] )?
    """
    pattern = rf"""
      (?P<blank> [\s|｜│¦·•●■◆◇▲△★☆※／∕/、,，;；_]+ )
    | (?P<date> {DATE} | {NUMERIC} )
    | (?P<weekday> {WEEKDAY} )
    | (?P<lunar>
        (?:农历|夏历|農曆)? [甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年
        [闰正一二三四五六七八九十冬腊]{{1,3}}月 [初十廿卅二三][一二三四五六七八九十]
      )
    | (?P<issue> (?=[总本出第今国邮统])
        (?: (?:总|本期|出版)?第\s*{_DIGIT}+\s*期 | 总第\s*{_DIGIT}+ | 今日\s*{_FOLIO}\s*版
          | (?:国内统一(?:连续出版物)?刊号|邮发代号|统一刊号)\s*[:：]?\s*[A-Z0-9\s—-]+ ) )
    | (?P<paper> (?= .{{2,12}}? [{named}] ) 《? {LETTER}{{2,8}}? (?:{_any(tables.papers)}) 》? (?=(?!{LETTER})|{DATE}|{WEEKDAY}) )
    | (?P<credit> {_led(credited)} (?P<role> {role} ) (?: (?P<mark>{_MARK}) | (?P<gap>\s+) | )
        (?P<names> {name}
          (?: (?: \s+ | \s*[、,，&／∕/]\s* ) (?! (?: {role} | {contact} ) (?!{LETTER}) ) {name} )* ) )
    | (?P<contact> {_led(tables.contacts)} {contact} (?:{_MARK} | \s+ | (?={_DIGIT}) )
        (?: [A-Za-z0-9０-９@._()（）\s、/—-]+ | [^\W_A-Za-z]{{2,24}} ) )
    | (?P<folio> {_PAGE} )
    | (?P<section> {_led(tables.sections)} (?:{_any(tables.sections)}) (?=(?!{LETTER})|{DATE}) )
    | (?P<digits> {_DIGIT}{{1,3}} (?={_STOP}|$) )
    """
    return re.compile(pattern, re.VERBOSE)


@lru_cache(maxsize=8)
def jump_patterns(tables: FurnitureTables) -> JumpPatterns:
    """The patterns of page jumps, which few pages ask for; compiled once for each set of tables."""
    word = rf"(?:(?P<to>{_any(tables.to_words)})|(?P<from>{_any(tables.from_words)}))"
    sure = (
        rf"(?:(?P<to>{_any(w for w in tables.to_words if len(w) > 1)})"
        rf"|(?P<from>{_any(w for w in tables.from_words if len(w) > 1)}))"
    )
    about = r"(?:\s*[《“][^》”\n]{1,30}[》”]|\s*(?:版面)?)"
    page = rf"\s*{_SELF}(?P<page>{_PAGE}){about}"
    arrow = r"[▶►▷▸→➡⇒☞▼◀◄←⇐>＞\s]*"
    flags = re.VERBOSE
    return JumpPatterns(
        bracketed=re.compile(
            rf"(?<![“‘「『]) [（(〔［\[【〈] {arrow} {word}{page} {arrow} [）)〕］\]】〉] (?![”’」』])",
            flags,
        ),
        end=re.compile(
            rf"(?: ^ {arrow} | (?<=[。！？”）…]) | (?<=\s) | [▶►▷▸→➡⇒☞]\s* ) {sure}{page} {arrow} $",
            flags,
        ),
    )
