"""Units, classifiers and factors: the tables that figures are read with.

A unit has the words that must not follow it, because the same character then belongs to another
word: 位数, 部门, 国道. Units are looked up by their first character, so that a table of hundreds
costs no more than a glance.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

__all__ = [
    "FACTORS",
    "PERIODS",
    "SPOKEN_UNITS",
    "UNITS",
    "Units",
    "half_width",
    "unit_end",
    "units_pattern",
]

#: Units by their first character, the longest first, each with what must not follow it.
Units = Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]

#: Factors between a figure and its unit, as powers of ten.
FACTORS: Final[Mapping[str, int]] = {
    "": 0,
    "百": 2,
    "千": 3,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "百亿": 10,
    "千亿": 11,
    "万亿": 12,
    "亿亿": 16,
    "万亿亿": 20,
}


_SIGNS: Final = str.maketrans("％﹪／０１２３４５６７８９", "%%/0123456789")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_MEASURES: Final = _words("""
% ‰ ％ ﹪ 元 美元 欧元 日元 港元 港币 卢布 英镑 元人民币 块钱
亩 公顷 平方公里 平方千米 平方米 平米 立方米 立方 立方千米 方 延米 米 公里 千米 里 海里 寸 厘米 毫米 微米 纳米
千公里 公里时速 公尺 平方公尺 立方公尺 公分 公吨 吨 公斤 千克 克 毫克 微克 斤 担 升 毫升 吨标准煤 吨标煤 载重吨 总吨 蒸吨 英寸
千瓦 千瓦时 千瓦小时 兆瓦 兆瓦时 吉瓦 瓦 度 千伏 伏 千伏安 兆伏安 千卡 大卡 焦耳 兆 重箱 重量箱 标准箱 标箱 标方 锭 分贝 赫兹
℃ ° 摄氏度 ㎡ ㎥ ㎞ ㎏ ㎝ ㎜ m² m³ m2 m3 km² km2 km kg mg cm mm kV KV kv kW KW kw kWh MW GW GWh TWh TB PB GB EFLOPS P
个百分点 个点 个基点 倍 番 成
""")

_COUNTERS: Final = _words("""
人 人次 人份 户 户次 名 位 个 个位次 位次 家 家次 件 件次 项 项次 条 条次 座 所 处 套 辆 辆次 台 台套 台班 架 架次 艘 艘次 张 份
篇 部 本 册 支 批 批次 次 场 场次 起 宗 例 届 期 版 号 级 类 种 片 块 段 层 栋 幢 间 床 头 只 羽 匹 棵 株 口 队 组 班
班次 列 国 省 市 县 区 镇 乡 村 步 道 环 轮 枚 大 强 星 代 方面 对 门 款 首 幅 集 课 课时 节 句 字 万字 页 卷 眼 孔 盏
根 桩 台次 枪 车位 泊位 床位 学位 人日 人天 人年 周年 年 年度 个月 个季度 个小时 个工作日 工作日 个年头 季度 月 日 天 小时 学时 分钟 分 秒 秒钟
周 岁 周岁 刻钟 点 时 路 线 尾 盘 股 笔 单 票 间次 粒 包 袋 盒 箱 瓶 桶 厅 馆 站 点位 亩次 剂 剂次 针 例次 度电 席 桌 顶 杯 碗 棒
""")

_NOT_AFTER: Final[Mapping[str, str]] = {
    "人": "民|才|口|均",
    "位": "数|一体",
    "元": "旦|素",
    "国": "道",
    "省": "道",
    "县": "道",
    "乡": "道",
    "市": "场",
    "区": "域",
    "成": "立|为|功|本|果|效",
    "分": "别|布",
    "期": "间|待",
    "时": "期|间|代",
    "年": "轻|龄",
    "日": "常|均|益",
    "天": "津|然",
    "代": "表",
    "强": "化|调|度|力",
    "方": "面|案|式",
    "部": "委|门|队",
    "度": "假|过",
    "对": "于|外|接",
    "升": "级|至|到|为|高",
    "克": "服",
    "股": "份|权",
    "集": "中|团|聚|成|体",
    "步": "伐|入",
    "节": "约|能",
    "担": "当|保|任",
    "单": "位",
    "线": "上|下|路",
    "起": "来",
    "号": "召",
    "包": "括|含",
    "大": "会",
}

_SPOKEN: Final = _words("""
个 家 名 位 户 件 项 条 座 所 处 套 辆 艘 张 份 篇 支 批 场 起 宗 例 种 款 枚 栋 幢 间 棵 株 道 册 人 人次 次 轮 倍 大 方面 部门
天 小时 分钟 周年 个月 岁 公里 公斤 吨 亩 公顷 平方公里 平方米 立方米 元 美元 米 年 千瓦 斤 个百分点 个小时 个工作日
""")

_SPOKEN_NOT_AFTER: Final[Mapping[str, str]] = {
    "个": "一|代表|意识|自信|全面|维护|确立|务必|文明|毫不|着力|坚持|结合|不|转变|统筹|确保|统一"
    "|加强|强化|更加|必须|融合|并重|走在|率先|最|加快|提升|注重|善于|坚定|到位|伟大|敢于|带头|关键少数",
    "家": "渠|子|庄|沟|村|岗|屯|镇|乡|河|湾|店|铺|长|庭|园",
    "位": "一体|数|置",
    "项": "规定|目|基本原则|纪律|禁令|制度",
    "条": "线|腿|例|件",
    "大": "道|山人|精神|以来|以后|召开|报告|胜利|和|及|等|把|提出|确立|确定|作出|文件|明确|代表|会|洲|洋|攻坚战|发展理念"
    "|的|关于|闭幕|安保",
    "次": "、|会议|全会|全体|全委|党代会|代表大会|产业|创业|分配|能源|元|革命|供水|生",
    "轮": "车|驱",
    "套": "班子|餐",
    "人": "民|大|制|行|帮|均|才|口|工|物",
    "所": "有|在|以|属|谓",
    "处": "理|于|长|奔|在",
    "支": "一扶|部|柱|持",
    "起": "来|步",
    "年": "代|规划|计划|行动|一贯|一遇|级|义务|制|之",
    "天": "津|然|山|下|一",
    "名": "山",
    "种": "植|业",
    "户": "籍",
    "元": "区|桥|里|素|论|化|一次|牌坊",
    "亩": "均|产",
    "间": "房|接",
    "倍": "增",
    "米": "线|粉",
    "件": "套",
    "份": "额",
    "批": "准|次",
    "例": "如",
    "斤": "斤",
    "道": "德|理|教|路|沟|河|岭|梁|江|口|湾|街|桥|观|里|林|营|岗|关|坎|堡|弯|菜",
    "册": "封|子",
}


def _table(words: Iterable[str], not_after: Mapping[str, str]) -> Units:
    groups: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for word in dict.fromkeys(words):
        barred = tuple(filter(None, not_after.get(word, "").split("|")))
        if word[-1].isascii() and word[-1].isalnum():
            barred += tuple(string.ascii_letters + string.digits)
        groups.setdefault(word[0], []).append((word, barred))
    return MappingProxyType(
        {
            first: tuple(sorted(group, key=lambda each: len(each[0]), reverse=True))
            for first, group in groups.items()
        }
    )


#: Units and classifiers that stand after digits.
UNITS: Final = _table(_MEASURES + _COUNTERS, _NOT_AFTER)

#: Units and classifiers that make a quantity of a numeral in Chinese characters. Ordinals' and
#: ranks' own (届, 期, 级, 号, 等, 线, 中) are left out, and so are those of place names (县, 区, 市).
SPOKEN_UNITS: Final = _table(_SPOKEN, _SPOKEN_NOT_AFTER)

#: What the units begin with that most figures have; whatever looks for one tries these first.
_USUAL: Final = "%元个家人户平吨亩公件倍套项千"

#: Stretches of time: 近3年 is the last three years, no approximation.
PERIODS: Final = frozenset(_words("年 个月 月 周 天 日 个季度 季度 个年头"))


def unit_end(text: str, at: int, units: Units) -> int:
    """Where the unit ends that stands at an offset; the offset itself where none does.

    >>> unit_end("12个月内", 2, UNITS), unit_end("12位数", 2, UNITS)
    (4, 2)
    """
    for word, barred in units.get(text[at : at + 1], ()):
        end = at + len(word)
        if text.startswith(word, at) and not text.startswith(barred, end):
            return end
    return at


def units_pattern(units: Units) -> str:
    """A regular expression for the units of a table: it matches what `unit_end` finds.

    >>> units_pattern({"人": (("人次", ()), ("人", ("民",)))})
    '人次|人(?!民)'
    """
    usual = sorted(units, key=lambda first: first not in _USUAL)
    return "|".join(
        re.escape(word) + (f"(?!{'|'.join(map(re.escape, barred))})" if barred else "")
        for first in usual
        for word, barred in units[first]
    )


@lru_cache(maxsize=1024)
def half_width(unit: str) -> str:
    """A unit with its signs and digits in half width.

    >>> half_width("％"), half_width("元／亩")
    ('%', '元/亩')
    """
    return unit.translate(_SIGNS)
