"""Units, classifiers and factors: the tables that reading and missing figures share.

A unit maps to what must not follow it (a pattern; empty where anything may), because the same
character then belongs to another word: 位数, 部门, 国道.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import regex

__all__ = [
    "FACTORS",
    "FIXED_NAMES",
    "SPOKEN_UNITS",
    "UNITS",
    "alternation",
    "guarded",
]

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
}

_MEASURES: Final = """
% ‰ 元 美元 欧元 日元 港元 港币 卢布 英镑 元人民币 块钱
亩 公顷 平方公里 平方千米 平方米 平米 立方米 立方 立方千米 方 延米 米 公里 千米 里 海里 厘米 毫米 微米 纳米
千公里 公里时速 吨 公斤 千克 克 毫克 微克 斤 担 升 毫升 吨标准煤 吨标煤 载重吨 总吨 蒸吨 英寸
千瓦 千瓦时 千瓦小时 兆瓦 兆瓦时 吉瓦 瓦 度 千伏 伏 千伏安 兆伏安 千卡 大卡 焦耳 兆 标准箱 标箱 标方 分贝 赫兹
℃ ° 摄氏度 ㎡ ㎥ ㎞ ㎏ ㎝ ㎜ m² m³ m2 m3 km² km2 km kg mg cm mm kV KV kv kW KW kw kWh MW GW GWh TWh TB PB GB EFLOPS P
个百分点 个点 个基点 个单位 倍 番 成
""".split()

_COUNTERS: Final = """
人 人次 人份 户 户次 名 位 个 个位次 位次 家 家次 件 件次 项 项次 条 条次 座 所 处 套 辆 辆次 台 台套 台班 架 架次 艘 艘次 张 份
篇 部 本 册 支 批 批次 次 场 场次 起 宗 例 届 期 版 号 级 类 种 片 块 段 层 栋 幢 间 床 头 只 羽 匹 棵 株 口 队 组 班
班次 列 国 省 市 县 区 镇 乡 村 步 道 环 轮 枚 大 强 星 代 方面 对 门 款 首 幅 集 课 课时 节 句 字 万字 页 卷 眼 孔 盏
根 桩 台次 枪 车位 泊位 床位 学位 人日 人天 人年 周年 年 年度 个月 个季度 个小时 个工作日 工作日 个年头 季度 月 日 天 小时 学时 分钟 分 秒 秒钟
周 岁 刻钟 点 时 路 线 尾 盘 股 笔 单 票 间次 粒 包 袋 盒 箱 瓶 桶 厅 馆 站 点位 亩次 剂 剂次 针 例次 度电 席 桌 顶 杯 碗
""".split()

_NOT_AFTER: Final[Mapping[str, str]] = {
    "位": "数|一体",
    "国": "道",
    "省": "道|级",
    "市": "级|场",
    "县": "级|道|城",
    "区": "级|域",
    "乡": "级|道",
    "村": "级",
    "部": "委|门|队|分",
    "大": "会",
    "成": "立|为|功|员|果|本|都|效|长|套|品|交|熟|分|就",
    "点": "位|击|亮|名|评",
    "分": "别|布|之|为|类|级|期|批|解|管|局|公司|行|数|配|离|工",
    "方": "面|案|式|向|法|便|可|阵|略|圆|针|位|位|米|能",
    "里": "程|面",
    "度": "假|过",
    "代": "表|理|码|替",
    "强": "化|调|度|力|大|势|降|震|国|省|市|县",
    "线": "路|上|下|索|性",
    "路": "线|径|公交|网|段",
    "时": "间|期|代|段|速|序|任|有",
    "对": "于|外|接|照|口|应|比|标|全|我|该|此",
    "门": "类|户|店|诊",
    "道": "路|德|县",
    "节": "约|能|水|日|点|省|庆",
    "步": "入|伐|行",
    "号": "召|称",
    "口": "岸|径",
    "站": "点|位|在",
    "单": "位|独|体|项|元",
    "股": "份|权|东",
    "课": "程|题|堂",
    "首": "位|批|次|创|个|家|要|先|届|都|府|条",
    "集": "中|团|体|聚|群|成|约|装|镇",
    "字": "母",
    "级": "别",
    "包": "括|含|容|保|装|干|联|抓",
    "根": "据|本|治",
    "盘": "活",
    "P": "[A-Za-z]",
    "兆": "丰",
    "环": "境|比|保|节|卫|评|球|线",
    "段": "落",
    "层": "次|面|级|出",
    "类": "型|似|别",
    "版": "图|本|权|块",
    "期": "间|待|限|望",
    "处": "理|于|在|置|罚|长|级|所|分",
    "所": "有|在|以|需|得|属|谓",
    "支": "持|撑|出|付|柱|部|援",
    "起": "来|步|点|草|到|飞|源|伏",
    "场": "景|地|所|馆|面|均|合|站",
    "台": "阶|山|湾|商|胞",
    "家": "庭|园|乡|电|政|居|具|长|禽|畜|装",
    "例": "如|行|外",
    "项": "目",
    "条": "件|例",
    "件": "套",
    "名": "列|单|录|牌|优|称|义|额|师|城",
    "人": "民|均|大|才|口|居|工|类|社|力|员|物|文|气|次",
    "年": "轻|龄|级|货|终",
    "日": "常|益|程|均|前|报|本",
    "天": "津|然|气|数|桥|津|下",
    "次": "产业|生|日|要",
    "批": "准|复|发|示|评",
    "组": "织|成|建|团|合",
    "班": "子|列|车",
    "队": "伍|员",
    "列": "入|为|全|车|居|出",
    "块": "状",
    "片": "区",
    "轮": "车|岗|换|作",
    "种": "植|业|子|类|苗",
    "本": "级|市|省|县|区|地|着|届|科|土|报",
    "张": "家|贴|江",
    "份": "额",
    "套": "餐|种",
    "间": "接|距|隔",
    "头": "部|等",
    "款": "待|项",
    "周": "边|期|围|到|密|岁|转",
    "秒": "批|杀|办",
    "岁": "月|末",
    "枚": "举",
    "厅": "局|长|级",
    "馆": "藏",
    "倍": "增|道|加",
    "元": "旦|素|宵|件|气|宇|器",
    "升": "级|至|为|到|高|温|华|位|降|规|格|幅|学|值",
    "克": "服|难",
    "担": "当|保|任|负|忧",
    "吨": "位",
    "伏": "地",
    "亩": "均|产",
}

#: Units and classifiers that stand after digits.
UNITS: Final[Mapping[str, str]] = {
    word: _NOT_AFTER.get(word, "") for word in (*_MEASURES, *_COUNTERS)
}

_SPOKEN: Final = """
个 家 名 位 户 件 项 条 座 所 处 套 辆 台 艘 张 份 篇 支 批 场 起 宗 例 种 款 枚 栋 幢 间 棵 株 人 人次 次 轮 倍 大 方面 部门
天 小时 分钟 周年 个月 岁 公里 公斤 吨 亩 公顷 平方公里 平方米 立方米 元 万元 亿元 美元 米 年 千瓦 斤 个百分点 个小时 个工作日
""".split()

_SPOKEN_NOT_AFTER: Final[Mapping[str, str]] = {
    "个": "一(?!\\p{Han}*亿)|代表|意识|自信|全面|维护|确立|务必|文明|毫不|着力|坚持|结合|不|转变|统筹|确保|统一"
    "|加强|强化|更加|必须|融合|并重|走在|率先|最|加快|提升|注重|善于|坚定|到位|伟大|敢于|带头|关键少数",
    "家": "渠|庄|沟|村|岗|屯|镇|乡|河|湾|店|铺|长|庭|园",
    "位": "一体|数|置",
    "项": "规定|目|基本原则|纪律|禁令|制度",
    "条": "线|腿|例|件",
    "台": "县|山|子|区|阁|市|路",
    "大": r"(?!\p{Han})|精神|以[来后]|召开|报告|胜利|和|及|等|把|提出|确[立定]|作出|文件|明确|代表|会|洲|洋|攻坚战|发展理念"
    "|的|关于|闭幕|安保",
    "次": "会议|全会|全体|全委|党代会|代表大会|产业|创业|分配|能源|元|革命|供水|生",
    "轮": "车|驱",
    "套": "班子|餐",
    "人": "民|大|制|行|帮|均|才|口|工|物",
    "所": "有|在|以|属|谓",
    "处": "理|于|长|奔|在",
    "支": "一扶|部|柱|持",
    "起": "来|步",
    "年": "规划|计划|行动|一[贯遇]|级|义务|制|之",
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
}

#: Units and classifiers that make a quantity of a numeral in Chinese characters. Ordinals' and
#: ranks' own (届, 期, 级, 号, 等, 线, 中) are left out, and so are those of place names (县, 区, 市).
SPOKEN_UNITS: Final[Mapping[str, str]] = {
    word: _SPOKEN_NOT_AFTER.get(word, "") for word in _SPOKEN
}

#: Fixed names that have the very form of a quantity.
FIXED_NAMES: Final = ("两个一百年", "收支两条线", "三个代表", "一二三产业")


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, grouped by their first character.

    >>> alternation(["个", "个月", "元"])
    '(?:个(?:月)?|元)'
    """
    return guarded(dict.fromkeys(words, ""))


def guarded(words: Mapping[str, str]) -> str:
    """A pattern for any of the words where what must not follow it does not.

    >>> guarded({"位": "数", "元": ""})
    '(?:位(?!数)|元)'
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        groups[word[0]].append(word)
    parts = []
    for first, group in groups.items():
        tails = sorted((word[1:] for word in group if len(word) > 1), key=len, reverse=True)
        inner = "|".join(regex.escape(tail) + _guard(words[first + tail]) for tail in tails)
        if first in words:
            guard = _guard(words[first])
            if inner and guard:
                inner = f"(?:{inner}|{guard})"
            elif inner:
                inner = f"(?:{inner})?"
            else:
                inner = guard
        elif inner:
            inner = f"(?:{inner})"
        parts.append(regex.escape(first) + inner)
    return "(?:" + "|".join(parts) + ")"


def _guard(pattern: str) -> str:
    return f"(?!{pattern})" if pattern else ""
