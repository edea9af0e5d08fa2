from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from front_cases import BODY, Case, cases, printed, said
from govreport.dates import find, iso_date, weekday, weekday_of
from govreport.front import FrontTables, take
from govreport.front.lines import Part, Piece
from govreport.front.occasion import occasion
from govreport.front.setting import values
from govreport.lines import PrintedLine
from govreport.names import is_name, office_and_name
from govreport.nodes import FrontValues, Occasion, Speaker
from govreport.source import Traced
from govreport.typography import width
from work import grows

CASES = list(cases("front"))

PIECES = st.sampled_from(
    [
        "云泽市", "人民政府", "工作报告", "政府工作报告", "——", "（", "）", "2031年1月4日", "年月日", "在", "关于",
        "第五届", "人民代表大会", "第二次会议", "上", "通过", "市长", "安小禾", "各位代表：", "文件（二）", "。", "，",
        "草案的报告", "规划纲要", "同志们：", "全市上下", "1.6", " ", "\u3000", "《", "》", "中国人民政治协商会议",
        "常务委员会", "一、", "\ud800", "主席",
    ]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, tuple[PrintedLine, ...]]:
    """Lines made of what headlines are made of, among lines of a text."""
    pieces = st.lists(PIECES, min_size=1, max_size=7).map("".join)
    texts = draw(st.lists(pieces | st.sampled_from(BODY), max_size=20))
    source, lines = "", []
    for text in texts:
        if kept := text.strip():
            at = len(source) + text.index(kept)
            lines.append(PrintedLine(text=Traced(kept, at), width=width(kept)))
        source += text + "\n"
    return source, tuple(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases(case: Case) -> None:
    source, lines = printed(case.page)
    done = take(lines, source)
    said_of = (done.front.occasion, done.front.values)
    nodes = [*done.front.lines, *(node for node in said_of if node is not None)]
    assert said(nodes, done.lines) == case.expected


def test_there_are_cases_enough() -> None:
    none = [case for case in CASES if case.name.startswith("none:")]
    assert len(CASES) >= 50
    assert len(none) >= 10


def test_without_a_headline_the_lines_stay() -> None:
    for case in CASES:
        if case.name.startswith("none:"):
            source, lines = printed(case.page)
            done = take(lines, source)
            assert (done.lines, done.front.lines, done.position) == (lines, (), None), case.name


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_left_has_no_headline(case: Case) -> None:
    source, lines = printed(case.page)
    left = take(lines, source).lines
    again = take(left, source)
    assert again.front.lines == ()
    assert again.lines == left


def offsets(text: Traced) -> list[int]:
    return [text.offset(k) for k, sign in enumerate(text.text) if not sign.isspace()]


@given(pages())
def test_nothing_is_lost_and_nothing_twice(page: tuple[str, tuple[PrintedLine, ...]]) -> None:
    source, lines = page
    done = take(lines, source)
    assert done == take(lines, source)
    left = [at for line in done.lines for at in offsets(line.text)]
    taken = [
        at
        for node in done.front.lines
        for span in node.spans
        for at in range(span.start, span.end)
        if not source[at].isspace()
    ]
    everything = [at for line in lines for at in offsets(line.text)]
    assert sorted(left + [at for at in taken if at in set(everything)]) == everything


@given(pages())
def test_lines_left_are_sound(page: tuple[str, tuple[PrintedLine, ...]]) -> None:
    source, lines = page
    done = take(lines, source)
    for line in done.lines:
        text = line.text.text
        assert text
        assert text == text.strip()
        assert all(source[line.text.offset(k)] == sign for k, sign in enumerate(text))
    for node in done.front.lines:
        assert node.text
        assert node.spans


def test_where_the_block_stood() -> None:
    page = ["各位代表：", "@body", "云泽市人民政府工作报告", "@body"]
    source, lines = printed(page)
    assert take(lines, source).position == 1 + len(BODY)


def test_fields_of_the_front() -> None:
    page, lines = printed(
        [
            "云泽市人民政府工作报告",
            "——2031年1月4日在云泽市第五届人民代表大会第二次会议上",
            "云泽市市长　安小禾",
            "各位代表：",
        ]
    )
    front = take(lines, page).front
    assert front.title == "云泽市人民政府工作报告"
    assert front.subtitle == "2031年1月4日在云泽市第五届人民代表大会第二次会议上"
    assert (front.author, front.date) == ("安小禾", "2031-01-04")
    (speaker,) = front.speakers
    assert speaker.office == "云泽市市长"


def test_what_is_kept_has_its_place() -> None:
    page = [
        "云泽市人民政府工作报告",
        "——2031年1月4日在云泽市第五届人民代表大会",
        "第二次会议上市长安小禾各位代表：",
        "@body",
    ]
    source, lines = printed(page)
    done = take(lines, source)
    assert done.kept == ((0, 2),)
    assert [line.text.text for line in done.lines[:3]] == [page[1], page[2][:-5], "各位代表："]
    note = "（2031年1月4日云泽市第五届人民代表大会第二次会议通过）"
    source, lines = printed(["云泽市城市绿化工作条例", note, "第一章 总则", "@body"])
    assert take(lines, source).kept == ((0, 1), (1, 2))


def test_tables_can_be_others() -> None:
    page = ["云泽市学校董事会工作报告", "学监安小禾", "各位代表：", "@body"]
    source, lines = printed(page)
    done = take(lines, source, tables=FrontTables(offices=("学监",), organs=("董事会",)))
    assert done.front.title == page[0]
    assert [x.office for x in done.front.find(Speaker)] == ["学监"]


@pytest.mark.parametrize(
    ("text", "office", "name"),
    [
        ("云泽市人民政府市长高永", "云泽市人民政府市长", "高永"),
        ("省人民政府省长李四海", "省人民政府省长", "李四海"),
        ("自治区代主席雪克来提·扎克", "自治区代主席", "雪克来提·扎克"),
        ("市人大常委会主任长孙明", "市人大常委会主任", "长孙明"),
        ("云泽市中级人民法院代院长王五（回族）", "云泽市中级人民法院代院长", "王五"),
        ("云泽市市长向远航", "云泽市市长", "向远航"),
        ("市长负责制", None, None),
        ("市长、县长", None, None),
        ("由市长安小禾", None, None),
        ("市委书记的工作", None, None),
    ],
)
def test_office_and_name(text: str, office: str | None, name: str | None) -> None:
    found = office_and_name(text)
    assert (found and found.office, found and found.name) == (office, name)


def test_names() -> None:
    for name in ("安小禾", "司空岱", "欧阳修远", "高永", "阿依古丽·买买提", "向远航"):
        assert is_name(name)
    for word in ("我们", "安全生产工作", "任务", "全面", "高质量"):
        assert not is_name(word), word


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("——在政协云泽市第十二届委员会第二次会议上", ("政协云泽市第十二届委员会", 12, 2)),
        ("2013年1月7日在市十五届人大二次会议上", ("市十五届人大", 15, 2)),
        ("——在中国共产党云泽市第八次代表大会上的报告", ("中国共产党云泽市第八次代表大会", 8, None)),
        (
            "在云泽市第五届人民代表大会常务委员会第三十次会议上",
            ("云泽市第五届人民代表大会常务委员会", 5, 30),
        ),
        (
            "（2036年2月14日霁川市第二十一届人民代表大会第1次会议批准）",
            ("霁川市第二十一届人民代表大会", 21, 1),
        ),
    ],
)
def test_occasions(text: str, values: tuple[str, int, int | None]) -> None:
    found = occasion([text])
    assert found is not None
    assert (found.assembly, found.session, found.meeting) == values


def test_dates() -> None:
    assert iso_date("二○三一年十二月二十八日") == "2031-12-28"
    assert iso_date("２０３１年１月") == "2031-01"
    assert iso_date("2031-01-04") == "2031-01-04"
    assert iso_date("2031年2月30日") is None
    assert iso_date("年月日") is None
    assert find("于2031年1月4日召开") == (1, 10, "2031-01-04")
    assert [weekday(x) for x in ("星期一", "周日", "禮拜三", "Sunday", "星期八")] == [
        1,
        7,
        3,
        7,
        None,
    ]
    assert weekday_of("2033-02-14") == 1


@given(st.dates())
def test_every_date_is_read_back(day: date) -> None:
    if day.year >= 1000:
        assert iso_date(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()


@pytest.mark.parametrize("text", ["2031年十十月三日", "2031年13月3日", "2031年2月30日"])
def test_days_that_are_in_no_calendar(text: str) -> None:
    assert find(text) is None
    assert find(text + "，2031年3月1日") == (len(text) + 1, len(text) + 10, "2031-03-01")


@given(st.text())
def test_dates_of_any_text(text: str) -> None:
    found = find(text)
    assert found is None or 0 <= found[0] < found[1] <= len(text)


def test_work_grows_with_the_text() -> None:
    page = [
        *("@body", "云泽市人民政府工作报告", "——在云泽市第五届人民代表大会第二次会议上"),
        "市长安小禾",
    ]
    texts = {count: printed(page * count) for count in (40, 400)}

    def work(count: int) -> None:
        source, lines = texts[count]
        take(lines, source)

    assert grows(work, 40, 400) < 1.5


@pytest.mark.parametrize("piece", ["工作报告", "——在会议上", "2033年1月", "（"])
def test_a_long_line_costs_little(piece: str) -> None:
    texts = {count: printed([piece * count]) for count in (500, 50_000)}

    def work(count: int) -> None:
        source, lines = texts[count]
        assert take(lines, source).lines == lines

    assert grows(work, 500, 50_000) < 1.1


def lines_of(*texts: str) -> list[tuple[str, str]]:
    """The headline of some lines, each part with its kind."""
    source, lines = printed(texts)
    return [(type(each).__name__, each.text) for each in take(lines, source).front.lines]


SALUTED = "各位代表："


def test_a_speaker_that_is_none_is_a_note() -> None:
    assert lines_of("云泽市人民政府工作报告代表市长安小禾", SALUTED) == [
        ("Title", "云泽市人民政府工作报告"),
        ("FrontNote", "代表市长安小禾"),
    ]
    assert office_and_name("安小禾") is None


def test_the_title_of_a_whole_body_on_two_lines() -> None:
    halves = ("中国人民政治协商会议", "云泽市委员会常务委员会工作报告")
    assert lines_of(*halves, SALUTED) == [("Title", "".join(halves))]


def test_figures_below_a_subtitle_are_none_of_it() -> None:
    subtitle = "——在云泽市第五届人民代表大会"
    assert lines_of("云泽市人民政府工作报告", subtitle, "12.5%") == [
        ("Title", "云泽市人民政府工作报告"),
        ("Subtitle", subtitle),
    ]


def test_a_series_alone_is_no_headline() -> None:
    assert lines_of("政协第五届云泽市委员会第二次会议文件", "今年以来，全市上下同心协力。") == []


def test_a_meeting_without_its_session() -> None:
    source, lines = printed(["云泽市人民政府工作报告", "——在第二次会议上", SALUTED])
    assert take(lines, source).front.occasion == Occasion(assembly="", session=None, meeting=2)


def test_a_subtitle_at_each_end_is_that_of_one_headline() -> None:
    subtitle = "——在云泽市第五届人民代表大会第二次会议上"
    body = [SALUTED, *["修路十二里，架桥三座。"] * 3]
    found = lines_of(subtitle, "市长安小禾", *body, subtitle, "市长安小禾")
    assert [kind for kind, _ in found] == ["Subtitle", "Speaker", "Speaker"]


def test_a_speaker_behind_a_bracket_is_set_apart_by_it() -> None:
    meeting = "（2033年1月9日在云泽市第五届人民代表大会第二次会议上）"
    assert lines_of(f"云泽市人民政府工作报告{meeting}市长安小禾", SALUTED) == [
        ("Title", "云泽市人民政府工作报告"),
        ("Subtitle", meeting),
        ("Speaker", "市长安小禾"),
    ]


def test_a_day_in_no_calendar_says_nothing_of_the_date() -> None:
    parts = (Part(kind="title", start=0, end=6), Part(kind="date", start=6, end=16))
    texts = ("政府工作报告", "2033年13月9日")
    pieces = [Piece(part=x, text=Traced(t, 0), plain=t) for x, t in zip(parts, texts, strict=True)]
    assert values(pieces) == FrontValues(title="政府工作报告")
