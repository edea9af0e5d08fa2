"""Ways through the package that few texts take, each by its front door."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import govreport
from govreport import HeadingHint, Soft, headings, parse, parse_bytes, repair
from govreport.cues.geometry import visible_indents
from govreport.cuts import without
from govreport.files import write_text
from govreport.lines import PrintedLine
from govreport.numbering import read
from govreport.refit_costs import of_over
from govreport.registry import UnknownFormat, load, load_pieces, load_reader
from govreport.source import Anchors, Span, Traced
from govreport.testing import (
    Copy,
    CopyBlock,
    Layout,
    as_report,
    boundary,
    damage,
    read_markdown,
    set_page,
)
from govreport.visitors import REMOVE
from invariants import check_aligned, check_lossless, check_spans


def codes(report: govreport.Report) -> list[str]:
    return [each.code for each in report.diagnostics]


def test_many_undecodable_bytes_are_counted_and_not_all_listed() -> None:
    data = "全镇新修水渠十二条，总长四十八公里。".encode() + b"\xe5\x85 " * 60
    report = parse_bytes(data, encoding="utf-8")
    told = [each.message for each in report.diagnostics if each.code == "undecodable"]
    assert 0 < len(told) < 60
    assert any("60" in message or "more" in message for message in told)


@pytest.mark.parametrize("hint", [Soft(line=9), HeadingHint(line=40, level=1)])
def test_a_hint_for_a_line_that_is_not_there_is_told(hint: Soft | HeadingHint) -> None:
    assert "hint" in codes(parse("修路。\n架桥。\n", hints=[hint]))


def test_items_with_bullets_stand_close_together_in_markdown() -> None:
    report = parse("今年要做的事：\n- 修路，到村到户。\n- 架桥，不等不靠。\n• 栽树，成行成片。\n")
    check_lossless(report)
    assert "修路，到村到户。" in report.to_markdown()


def test_bytes_of_another_encoding_that_make_no_sense_are_left_alone() -> None:
    for text in ("æ¥ ä½ é€", "ÀÉÎÕÜ naïve café", "鍏ㄩ晣", "锛屽叏闀囨柊淇按娓"):
        report = parse(text)
        check_lossless(report)
        assert report.to_text().strip()


def test_no_label_of_two_numerals_for_an_item() -> None:
    assert read("一二是好的") is None
    found = read("一二、修路")
    assert found is None or found.uncertain


def test_what_is_removed_says_so() -> None:
    assert repr(REMOVE) == "REMOVE"


# ---- damage to what is hardly there


@pytest.mark.parametrize("kind", ["furniture", "jump-at-end", "headline-at-end", "byline-first"])
def test_an_empty_page_takes_any_damage(kind: str) -> None:
    page = damage(set_page(Copy(), Layout()), kind, rng=Random(0))
    assert (page.text, page.truth.ends, page.truth.headings) == ("", (), ())


def test_the_truth_knows_its_headings() -> None:
    copy = read_markdown("# 一、回顾\n\n## （一）路\n\n修路。\n")
    page = damage(set_page(copy, Layout()), rng=Random(0))
    assert page.truth.headings == ((1, "一、回顾"), (2, "（一）路"))


def test_blocks_without_characters_cost_nothing() -> None:
    assert boundary("修路。\n\n□\n\n架桥。", "修路。\n\n架桥。").f1 == 1


def test_a_paragraph_that_is_all_lead() -> None:
    tree = as_report(Copy(blocks=(CopyBlock(kind="paragraph", text="修路", lead="修路"),)))
    assert tree.to_text() == "修路\n"


# ---- pages that are mended by hand


@pytest.mark.parametrize(
    "source",
    [
        "生产总值增长1O.5%，（ 全 镇 ）\n新修水渠1 l条，总长4 8公里。\n",
        "清淤的船从上游一直  两岸新栽柳树成\n开到入海口，沿途的  活率达到百分之九十\n",
        "⼈ ⺠ 政 府 ⼯ 作 报 告\n\n全 镇 新 修 ⽔ 渠 12 条 。\n",
        "表一　收入\n  项目   2030年   2031年\n  水渠   12   48\n  柳树   3600   4800\n",
    ],
)
def test_repairs_can_be_followed(source: str) -> None:
    report = parse(source)
    check_lossless(report)
    check_aligned(report)
    check_spans(report)
    assert repair(source).edits == report.edits


def test_a_text_in_pieces_moves_piece_by_piece() -> None:
    """Where pages are joined, what stood on the second comes behind the first."""
    source = "修 路架桥"
    text = Traced("修路架桥", Anchors((0, 1), (0, 2)))
    assert text.moved(3).spans("一二三" + source) == tuple(
        Span(span.start + 3, span.end + 3) for span in text.spans(source)
    )


def test_who_collects_no_garbage_goes_on_not_to() -> None:
    gc.disable()
    try:
        parse("修路。")
        assert not gc.isenabled()
    finally:
        gc.enable()
    parse("修路。")
    assert gc.isenabled()


@pytest.mark.parametrize("find", [load, load_pieces, load_reader])
def test_formats_that_nobody_brings_are_named_with_those_that_there_are(
    find: Callable[[str], object],
) -> None:
    with pytest.raises(UnknownFormat, match="no format 'klingon'; there are: xml, json"):
        find("klingon")


def test_a_page_with_nothing_on_it_is_a_line_end(tmp_path: Path) -> None:
    """What is written ends with a line end, as tools that join files want it."""
    for text in ("", "修路。", "修路。\n"):
        write_text(str(tmp_path / "out"), text)
        assert (tmp_path / "out").read_text(encoding="utf-8") == text.rstrip("\n") + "\n"


EXAMPLES = sorted((Path(__file__).parent.parent / "examples" / "pages").glob("*.txt"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_words_over_a_line_end_are_the_same_however_they_are_counted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many headings have their words looked up in a table of all pairs, a few by searches."""
    text = path.read_text(encoding="utf-8")
    report = parse(text)
    monkeypatch.setattr(headings, "_FEW", 0)
    assert parse(text) == report


def test_a_blank_behind_signs_that_nobody_sees_parts_no_line() -> None:
    report = parse("\u200b ——修路架桥\n")
    assert report.to_text() == "——修路架桥\n"
    check_lossless(report)


def test_what_is_left_of_a_line_ends_without_blanks() -> None:
    line = PrintedLine(text=Traced("台。 （下转4版） 好", 0), width=9)
    left = without(line, [(3, 9)])
    assert left is not None
    assert (left.text.text, left.width) == ("台。好", 3)


@pytest.mark.parametrize(
    "source",
    [
        "0\n渠 城 淤 桥\n",
        "0\n渠 城 ， 淤 桥\n",
        "。农历农历\n2033年1月责编：温如简2033年1月\n2033\n9星期1月\n2033年9",
    ],
    ids=["spaced words", "a mark among them", "behind the last place"],
)
def test_a_figure_without_a_place_is_not_lost(source: str) -> None:
    report = parse(source)
    check_lossless(report)
    check_spans(report)


def test_a_year_that_begins_the_last_words_is_theirs() -> None:
    assert parse("增长\n2031\n年修路").to_text() == "增长2031年修路\n"


def test_what_is_no_wider_than_its_room_costs_nothing() -> None:
    assert [of_over(excess, squeezable=False) for excess in (-1, 0, 0.5)] == [0, 0, 1]


def test_lines_of_which_no_indent_is_known_show_none() -> None:
    assert not visible_indents((None, None))
    assert not visible_indents(())
    assert visible_indents([2.0 * (k < 3) for k in range(10)])


@pytest.mark.parametrize("sign", ["∶", ":"])
def test_a_ratio_in_spaced_letters_has_a_figure_on_either_side(sign: str) -> None:
    assert parse(f"3\n男 女 比 例 {sign} ， 升 高\n").to_text() == f"男女比例{sign}3，升高\n"
    assert parse(f"3\n男 女 比 例 {sign} 升 高\n").to_text() == f"3男女比例{sign}升高\n"
