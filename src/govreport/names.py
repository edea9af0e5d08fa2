"""Names of people and offices, told by their form and by small tables.

Shared by the headline block and the page's credits. Nobody is known by name: a table of family
names and one of office words is all.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from govreport.lazy import plain
from govreport.signs import LETTER

__all__ = ["NAME", "OFFICES", "SURNAMES", "Speech", "is_name", "office_and_name"]

#: The usual family names of one character, then those of two.
SURNAMES: Final = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程"
    "嵇邢裴陆荣翁荀羊惠甄封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符"
    "刘景詹束龙叶司黎薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻党翟谭贡劳姬申扶堵冉宰雍璩桑桂濮牛"
    "寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终居衡步都耿满弘匡国文寇广禄东欧沃利"
    "蔚越隆师巩聂晁勾敖融冷辛阚那简饶空曾沙养鞠丰巢关相查后荆红游竺权盖益桓公仉督岳帅缑亢况郜楼商佘佟肖"
    "覃涂闫付代邸原苟佴晋檀佐刀戚线才宾卿亓仝揭战赫母麦车楚蹇褟仕昂央洛扎尼旺次达拉班罗嘎格索强"
    "趙錢孫鄭馮陳衛蔣韓楊許張嚴華謝鄒蘇範魯韋馬鳳費賀湯羅畢鄔樂齊顧黃蕭計談龐紀項蘭閔賈婁顏鐘駱盧繆應鄧單諸陸榮儲龍葉黎賴譚勞莊閻連習歸關荊遊權蓋況樓溫陰蒼聞黨譚貢喬鬱蔔俞餘裡聶師鞏匡後繆鄺鄔鄺闞饒豐査岳麥駱賁莫蔔"
) | frozenset(
    {
        "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒",
        "司空", "夏侯", "端木", "百里", "东郭", "南宫", "呼延", "拓跋", "独孤", "长孙", "宇文",
        "歐陽", "司馬", "諸葛",
    }
)  # fmt: skip

#: The words that offices end in; longer ones that hold others come along by themselves.
OFFICES: Final = (
    "市长", "省长", "县长", "区长", "州长", "盟长", "旗长", "镇长", "乡长", "主席", "主任", "院长",
    "检察长", "书记", "总理", "部长", "局长", "厅长", "会长", "秘书长", "委员长", "专员", "校长",
    "理事长", "董事长", "行长", "署长", "行政长官", "行政長官", "司长", "處長", "市長", "縣長", "院長", "主席團",
    "局長", "部長", "議長", "司長",
)  # fmt: skip

#: A name as printed, blanks closed up: two to four characters, or parts with dots between.
NAME: Final = rf"(?:{LETTER}{{1,8}}(?:[·•・‧．.]{LETTER}{{1,8}}){{1,3}}|{LETTER}{{2,4}})"

#: What no name holds, but many short lines of a text do.
_NO_NAME: Final = re.compile(
    r"[的在是了与及等为向对将把被我们年月日省市县区第]|工作|负责|报告|会议|代表|同志|制度|委员"
    r"|責任|施政|報告|會議|责任|建设|发展|主持|任务|目标|说明|总结|要求|措施|质量|水平"
)
#: What no office holds, but sentences that name one do.
_NO_OFFICE: Final = re.compile("[，。；！？：—“”]|[由请让使][^，。由请让使]*$|代表")
#: Words that begin like a family name.
_WORDS: Final = frozenset(
    [
        "任务",
        "方向",
        "高度",
        "程度",
        "成就",
        "成绩",
        "安全",
        "平安",
        "文明",
        "文化",
        "方法",
        "关于",
        "党委",
        "党组",
        "时代",
        "时间",
        "田园",
        "水利",
        "金融",
        "农业",
        "农村",
        "温饱",
        "温暖",
        "强国",
        "强市",
        "强省",
        "强县",
        "常态",
        "车辆",
        "路线",
        "路径",
        "施工",
        "施政",
        "解放",
        "解决",
        "管理",
        "管控",
        "应急",
        "景区",
        "山水",
        "江河",
        "花园",
        "章程",
        "部门",
        "经济",
        "通知",
        "通告",
        "公告",
        "余额",
        "于是",
        "查处",
        "计划",
        "符合",
        "支持",
        "支付",
        "支出",
        "房产",
        "牛羊",
        "龙头",
        "马上",
        "项目",
        "童年",
        "全面",
        "全市",
        "全省",
        "全县",
        "全区",
        "全国",
        "相关",
        "后记",
        "从严",
    ]
)
_ETHNIC: Final = rf"(?:[（(]{LETTER}{{1,8}}族[）)])?$"


def is_name(text: str, *, strict: bool = True, surnames: frozenset[str] = SURNAMES) -> bool:
    """Whether a text, blanks closed up, has the form of a person's name.

    Args:
        text: The text.
        strict: Ask for a known family name, or for a dot as in names of other tongues.
        surnames: The family names.

    >>> is_name("廖炎秋"), is_name("阿依古丽·买买提"), is_name("工作总结"), is_name("欧阳修文")
    (True, True, False, True)
    """
    if text in _WORDS:
        return False
    if not plain(NAME).fullmatch(text) or _NO_NAME.search(text, text[0] in surnames):
        return False
    if any(dot in text for dot in "·•・‧．.") or not strict:
        return True
    return (text[0] in surnames and len(text) <= 3) or (text[:2] in surnames and len(text) >= 3)


@attrs.frozen
class Speech:
    """An office and a name that stand together, as offsets in the text read.

    Args:
        office: The office, blanks closed up.
        name: The name.
    """

    office: str
    name: str


def office_and_name(text: str, *, offices: tuple[str, ...] = OFFICES) -> Speech | None:
    """Part an office from the name that follows it, at the office's last word.

    Args:
        text: The text, blanks closed up.
        offices: The words that offices end in.

    >>> office_and_name("云泽市人民政府代市长高永（回族）")
    Speech(office='云泽市人民政府代市长', name='高永')
    """
    end = max((text.rfind(word, 0, 60) + len(word) for word in offices if word in text), default=0)
    if not end:
        return None
    name = plain(_ETHNIC).sub("", text[end:])
    office = text[:end]
    if not is_name(name, strict=False) or len(office) > 45:
        return None
    if _NO_OFFICE.search(office):
        return None
    return Speech(office, name)
