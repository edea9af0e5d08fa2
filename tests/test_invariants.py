"""The invariants 1 to 5 of DESIGN.md, over arbitrary text and over the signs that matter."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport import Report, parse, parse_bytes, repair
from govreport.testing import Copy, CopyBlock, Layout, set_page
from invariants import check_aligned, check_idempotent, check_lossless, check_spans

#: What pages are made of: a text of such pieces meets every stage.
PIECES = (
    *"0123456789１２〇一二三十百万亿%％.．年月日",
    *"工作报告提高增长的和在我们全市各位代表",
    *"，。、；：？！“”（）《》—…·□○■",
    *(" ", "  ", "\u3000", "\u3000\u3000", "\t", "\u00a0", "\u200b", "\ufeff"),
    *("\n", "\n", "\n", "\n\n", "\r\n", "\r", "\f", "\u2028", "\x0b", "\x00", "\x85"),
    *(
        "一、",
        "二、",
        "（一）",
        "（二）",
        "1.",
        "2．",
        "第一，",
        "第一章",
        "一是",
        "——",
        "①",
        "(1)",
    ),
    *(
        "13",
        "5.2",
        "2018",
        "109",
        "12.5%",
        "1 2",
        "⺠",
        "⼈",
        "⸺",
    ),
    *("政府工作报告", "——2024年1月5日在某市第十届人民代表大会第三次会议上", "市长\u3000张三"),
    *(
        "（下转第4版）",
        "（上接第1版）",
        "▶下转3版",
        "责任编辑：李四",
        "校对\u3000王五",
        "版式 赵六",
    ),
    *(
        "2024年1月5日\u3000星期五",
        "第2版",
        "2",
        "各位代表：",
        "同志们！",
        "目\u3000录",
        "附件",
        "谢谢大家！",
    ),
    *(
        "work report",
        "GDP",
        "PM2.5",
        "é",
        "ｶﾞ",
        "\U0001f600",
        "نی\u200cخ",
        "e\u0301",
        "\ue000",
        "\ufffd",
    ),
    *(
        "围绕稳中求进总基调，",
        "完成生产总值",
        "亿元，同比增长",
        "个百分点。",
        "请予审议。",
        "十八大以来，",
    ),
)
#: What character recognition misreads.
PIECES += ("O", "l", "工0", "]万", "〈", "-一", "1O%", "5。2%", "○")
#: What the lines of a clean text are made of: nothing that a page did to it.
CLEAN = (
    *(
        "全镇新修水渠",
        "清淤的船",
        "从上游一直开到入海口",
        "两岸",
        "新栽柳树",
        "成活率达到",
        "谁先谁后",
    ),
    *(
        "12条",
        "48公里",
        "92.5%",
        "2031年",
        "（一）",
        "《河口志》",
        "“水渠”",
        "——",
        "，",
        "、",
        "；",
        "：",
    ),
)
pages = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
lines = st.lists(
    st.lists(st.sampled_from(PIECES[:70]), min_size=1, max_size=14).map("".join), max_size=14
).map("\n".join)
anything = st.text(st.characters(exclude_categories=()), max_size=60)
sources = pages | lines | anything

paragraphs = st.lists(st.sampled_from(CLEAN), min_size=3, max_size=30).map(
    lambda parts: "".join(parts).strip("，、；：") + "。"
)
#: One of its lines is wider than any column, and says so that it was never wrapped.
WIDE = "镇里的人都还记得，" * 9 + "这条河是什么时候清的。"
clean_texts = st.lists(paragraphs, min_size=1, max_size=12, unique_by=len).map(
    lambda found: "".join(f"{each}\n" for each in (WIDE, *found))
)

CASES = tomllib.loads((Path(__file__).parent / "cases/invariants.toml").read_text("utf-8"))
KNOWN = [
    pytest.param(source, marks=pytest.mark.xfail(strict=True, reason=row["reason"]))
    for row in CASES["known"]
    for source in row["sources"]
]


@given(sources)
def test_any_text_gives_a_report_and_always_the_same(source: str) -> None:
    report = parse(source)
    assert isinstance(report, Report)
    assert parse(source) == report
    check_spans(report)


@given(st.binary(max_size=60))
def test_any_bytes_give_a_report_and_always_the_same(data: bytes) -> None:
    report = parse_bytes(data)
    assert parse_bytes(data) == report
    check_lossless(report)


@given(sources)
def test_each_character_is_in_one_leaf(source: str) -> None:
    check_lossless(parse(source))


@given(sources)
def test_edits_make_one_block_a_line(source: str) -> None:
    report = parse(source)
    check_aligned(report)
    assert repair(source).edits == report.edits


@given(clean_texts)
def test_clean_text_stays_as_it_is(source: str) -> None:
    report = parse(source)
    assert report.edits == ()
    check_idempotent(report, parse(report.to_text()))


@pytest.mark.parametrize("source", [each for row in CASES["clean"] for each in row["sources"]])
def test_clean_texts_that_once_did_not_stay(source: str) -> None:
    report = parse(source)
    assert report.edits == ()
    check_idempotent(report, parse(report.to_text()))


@given(clean_texts, st.integers(9, 40))
def test_what_was_written_is_read_back_the_same(source: str, measure: int) -> None:
    blocks = tuple(CopyBlock(kind="paragraph", text=each) for each in source.split("\n") if each)
    page = set_page(Copy(blocks=blocks), Layout(measure=measure))
    report = parse("\n".join(line.text for line in page.lines))
    check_idempotent(report, parse(report.to_text()), kinds=False)


@pytest.mark.parametrize("source", KNOWN)
def test_known_failures(source: str) -> None:
    report = parse(source)
    check_idempotent(report, parse(report.to_text()))


@given(sources)
def test_native_formats_round_trip(source: str) -> None:
    report = parse(source)
    assert Report.from_xml(report.to_xml()) == report
    assert Report.from_json(report.to_json()) == report
