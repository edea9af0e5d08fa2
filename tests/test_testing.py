"""The testing kit's own proof: measures, recovery, open points, trees."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govreport
from govreport.testing import (
    KINDS,
    Copy,
    CopyBlock,
    Damage,
    DamagedPage,
    Layout,
    Rate,
    as_report,
    assert_recovers,
    boundary,
    char,
    compare,
    damage,
    determine,
    differences,
    front_blocks,
    gap,
    heading,
    lead,
    number,
    open_points,
    parent,
    read_markdown,
    score,
    set_page,
)
from govreport.testing.folding import fold, gold_of
from govreport.testing.lcs import matches
from shared import needed, shared

ROOT = Path(__file__).parent.parent
GOLD = """\
---
title: "工作报告"
---

# 一、回顾

**修路架桥**。全年通车3条，投资4.5亿元。

## （一）农业

产粮2034吨。

# 二、任务

好。
"""


def page_of(markdown: str, *kinds: str | Damage, **layout: Any) -> DamagedPage:
    page = set_page(read_markdown(markdown), Layout(**layout))
    return damage(page, *kinds, rng=Random(0))


# ---- alignment


def length(one: str, two: str) -> int:
    """The length of a longest common subsequence, from the definition."""
    row = [0] * (len(two) + 1)
    for a in one:
        before = row[:]
        for at, b in enumerate(two, 1):
            row[at] = before[at - 1] + 1 if a == b else max(before[at], row[at - 1])
    return row[-1]


words = st.text("甲乙丙", max_size=12) | st.text("甲乙", min_size=250, max_size=300)


@given(words, words)
def test_alignment_is_a_longest_common_subsequence(one: str, two: str) -> None:
    pairs = matches(one, two)
    assert all(one[a] == two[b] for a, b in pairs)
    assert pairs == sorted(set(pairs))
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    if len(one) + len(two) < 100:
        assert len(pairs) == length(one, two)


def test_alignment_goes_over_more_than_one_stride() -> None:
    rng = Random(1)
    one, two = ("".join(rng.choice("甲乙丙丁") for _ in range(700)) for _ in range(2))
    assert len(matches(one, two)) == length(one, two)


# ---- measures


def test_the_truth_scores_full_marks() -> None:
    assert set(score(GOLD, GOLD).values()) == {1.0}
    assert set(score(GOLD, GOLD)) == {"boundary", "heading", "lead", "parent", "number", "char"}


@pytest.mark.parametrize(
    ("change", "measure", "value"),
    [
        (("\n\n产粮", "产粮"), boundary, Rate(precision=1, recall=0.8)),
        (("# 二、任务", "二、任务"), heading, Rate(precision=1, recall=2 / 3)),
        (("## （一）", "# （一）"), parent, 2 / 3),
        (("3条", "条"), number, 2 / 3),
        (("4.5亿", "4. 5亿"), number, 1.0),
        (("2034", "203 4"), number, 1.0),
        (("通车3条", "3通车条"), number, 2 / 3),
        (("2034", "12034"), number, 2 / 3),
        (("**", ""), lead, Rate(precision=0, recall=0)),
        (("3条", "□条"), gap, Rate(precision=1, recall=1)),
        (("好。", "好□。"), gap, Rate(precision=0, recall=0)),
    ],
)
def test_a_fault_costs_in_its_own_measure(
    change: tuple[str, str], measure: Callable[[str, str], Any], value: object
) -> None:
    assert measure(GOLD.replace(*change), GOLD) == value


def test_characters_lost_and_invented() -> None:
    assert char("甲乙丙", "甲乙丙丁") == 0.75
    assert char("题目甲乙丙丁", "甲乙丙丁") == 0.5
    assert char("题目甲乙丙丁", "甲乙丙丁", spare=2) == 1.0
    assert char("", "甲") == 0.0


def test_a_numbered_lead_that_the_truth_leaves_plain_is_not_judged() -> None:
    gold = "**修路**。好。\n\n1.架桥。好。\n"
    assert lead("**修路**。好。\n\n**1.架桥**。好。\n", gold) == Rate(precision=1, recall=1)
    assert lead("修路。", "修路。") is None


def test_a_short_numbered_sentence_may_be_a_heading() -> None:
    assert heading("# 一、回顾\n\n# 1.架桥。", "# 一、回顾\n\n1.架桥。").f1 == 1
    assert heading("# 一、回顾\n\n# 架桥。", "# 一、回顾\n\n架桥。").precision == 0.5


def test_a_heading_that_is_none_is_looked_through() -> None:
    gold = "# 一、回顾\n\n## （一）路\n\n好。"
    assert parent("# 一、回顾\n\n## 好人\n\n### （一）路\n\n好。", gold) == 1.0


def test_blocks_outside_the_truth_cost_no_boundary() -> None:
    assert boundary("标题页\n\n修路。\n\n架桥。\n\n责编", "修路。\n\n架桥。").f1 == 1


def test_a_boundary_that_the_page_leaves_open_is_not_judged() -> None:
    gold = {"blocks": [["p", "修路。"], ["p", "架桥。"]], "optional": [["修路。", "架桥。"]]}
    assert boundary("修路。架桥。", gold).f1 == 1
    assert boundary("修路。\n\n架桥。", gold).f1 == 1


def test_gold_may_come_in_any_form() -> None:
    copy = read_markdown(GOLD)
    page = page_of(GOLD, measure=12)
    assert gold_of(GOLD) == gold_of(copy) == gold_of(page) == gold_of(page.truth)
    assert gold_of(gold_of(GOLD)) == gold_of(GOLD)
    levels = gold_of({"blocks": [["h", "附件"], ["h", "一、回顾"], ["h", "注", 3], ["p", "好"]]})
    assert [block.level for block in levels.blocks] == [1, 2, 3, 0]


def test_lost_numbers_are_missing_from_the_page_and_not_from_the_gold() -> None:
    page = page_of("全年通车3条。\n", Damage(kind="lost-numbers", rate=1))
    assert page.truth.markdown == "全年通车□条。\n"
    assert gap(page.truth.markdown, page) == Rate(precision=1, recall=1)
    assert gap("全年通车条。", page) == Rate(precision=0, recall=0)


def test_figures_that_the_page_lost_are_no_fault_in_the_others() -> None:
    page = page_of("# 1、路\n\n通车3条，修桥8座。\n", Damage(kind="lost-numbers", rate=1, most=1))
    markdown = page.truth.markdown
    assert markdown.count("□") == 1
    assert number(markdown, page) == 1
    assert number(markdown.replace("1、", ""), page) == 1 / 2


def test_markup_and_forms_make_no_difference() -> None:
    assert fold("２０２３　年⻓ ⼈\u200b□") == "2023年长人"
    found = compare("- 修路\\*桥\n\n> 好\n\n# 一\n二\n", "修路*桥\n\n好\n\n# 一\n\n二")
    assert found.boundary().f1 == found.char() == 1


def samples() -> Iterator[tuple[Path, str]]:
    for folder in sorted(shared("bench", "dev").iterdir())[::12]:
        for dialect in ("seedlike", "pdfium-layer"):
            yield folder, dialect
    for folder in sorted(shared("bench", "dev-leads").iterdir())[::4]:
        yield folder, "seedlike"
    yield min(shared("bench", "dev-ocr").glob("*/ocr.txt")).parent, "ocr"


def test_the_measures_are_the_scorers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Equal to the last digit, for what is right nearly everywhere and for what is wrong."""
    needed("rapidfuzz")  # by the scorer of ../shared
    monkeypatch.syspath_prepend(str(shared("bench")))
    scorer = __import__("score")
    names = {name: f"{name}_F1" for name in ("boundary", "heading", "lead", "gap")}
    measured: set[str] = set()
    for folder, dialect in samples():
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        text = (folder / f"{dialect}.txt").read_text("utf-8")
        for predicted in (govreport.parse(text).to_markdown(), text.replace("\n", "\n\n")):
            want = scorer.score(predicted, gold)
            found = compare(predicted, gold)
            got = found.all() | {"char": found.char(spare=250)}
            measured |= got.keys()
            assert got == {name: want[names.get(name, name)] for name in got}
            assert {names.get(name, name) for name in got} >= want.keys() & {*names.values()}
    assert measured == {*names, "parent", "number", "char"}
    sys.modules.pop("score", None)
    sys.modules.pop("gold", None)


# ---- documented


def test_every_damage_is_in_the_docs_with_its_rate() -> None:
    text = (ROOT / "docs" / "testing.md").read_text("utf-8")
    text = text.partition("## The damages")[2].partition("## ")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \| ([\d.]+) \|", text, re.M)
    assert [(name, float(rate)) for name, rate in listed] == [
        (name, rate) for name, (rate, _) in KINDS.items()
    ]


OWN = ROOT / "examples" / "own_parser"


def test_a_project_of_ones_own_is_tested_with_the_kit_alone() -> None:
    """It knows nothing else of ours, and its tests pass where it stands."""
    wanted = {"govreport.strategies", "govreport.testing"}
    found = set()
    for path in OWN.rglob("*.py"):
        found |= set(
            re.findall(r"^\s*(?:from|import) (govreport[\w.]*)", path.read_text("utf-8"), re.M)
        )
    assert found == wanted
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=OWN, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert re.search(r"10 passed, 1 xfailed", result.stdout)


# ---- recovery


def test_recovery_takes_markdown_or_a_report() -> None:
    page = page_of(GOLD, measure=12)
    assert_recovers(lambda _: GOLD, page)
    assert_recovers(lambda _: as_report(read_markdown(GOLD)), page)
    assert differences(lambda _: GOLD, page) == ()


def test_full_width_digits_and_blanks_make_no_difference() -> None:
    page = page_of("全年通车31条。\n", measure=12, fullwidth=True)
    assert "３１" in page.text
    assert_recovers(lambda text: text.replace("\n", ""), page)
    assert_recovers(lambda text: "全年 通车31条。", page)


def test_levels_count_unless_told_otherwise() -> None:
    page = page_of("# 一、回顾\n\n修路。\n", measure=12)
    with pytest.raises(AssertionError, match="## 一、回顾"):
        assert_recovers(lambda _: "## 一、回顾\n\n修路。\n", page)
    assert_recovers(lambda _: "## 一、回顾\n\n修路。\n", page, levels=False)


def test_the_message_has_the_places_and_is_not_long() -> None:
    text = "\n\n".join(f"第{n}段{'修路架桥，' * 20}好。" for n in range(9))
    page = page_of(text, measure=12)
    with pytest.raises(AssertionError) as caught:
        assert_recovers(lambda text: text.replace("\n", "\n\n"), page)
    message = str(caught.value)
    assert message.startswith("9 of 9 blocks did not come back: boundary ")
    assert "    ¶ 第0段修路架桥，" in message
    with pytest.raises(AssertionError, match="1 too many"):
        assert_recovers(lambda _: "目录\n\n" + page.truth.markdown, page)
    with pytest.raises(AssertionError, match=r"came as:\n    \(nothing\)"):
        assert_recovers(lambda _: "", page)
    page = page_of("\n\n".join(f"第{n}段。" for n in range(9)), measure=12)
    kept = "\n\n".join(f"第{n}段。" if n % 2 else f"{n}" for n in range(9))
    with pytest.raises(AssertionError, match="and 2 more places"):
        assert_recovers(lambda _: kept, page)


# ---- what a page leaves open


def test_a_page_of_many_lines_is_determined() -> None:
    text = "\n\n".join(["# 一、回顾", *["修路架桥不停步，百姓出行更加便捷。" * 4] * 4])
    layout = Layout(measure=12)
    copy = determine(read_markdown(text), layout)
    assert open_points(set_page(copy, layout)) == ()


@pytest.mark.parametrize(
    ("blocks", "layout", "reason"),
    [
        (("修路。",), Layout(measure=12), "12 em has 1 lines, 0 of them full"),
        (("修路架桥。好", "好。"), Layout(measure=9, stretch=0.5), "lines are set loose"),
        (("修路架桥不停。", "好。"), Layout(measure=7, indent=0), "its last line is full"),
        (("修路架桥。1234", "好。"), Layout(measure=8), "a line ends like a block"),
        (("修路",), Layout(measure=12), "a paragraph without a mark"),
    ],
)
def test_open_points(blocks: tuple[str, ...], layout: Layout, reason: str) -> None:
    copy = Copy(blocks=tuple(CopyBlock(kind="paragraph", text=text) for text in blocks))
    assert any(reason in str(point) for point in open_points(set_page(copy, layout)))


def test_headings_without_labels_and_paragraphs_with_them_are_open() -> None:
    found = open_points(set_page(read_markdown("# 回顾\n\n# 一、路\n\n二、修路。\n"), Layout()))
    reasons = {point.block: point.reason for point in found if point.block >= 0}
    assert reasons[0] == "a heading without a label, or with a mark"
    assert reasons[2] == "a paragraph with a heading's label"


def test_a_typed_indent_tells() -> None:
    copy = read_markdown("修路架桥不停。\n\n好。\n")
    typed = set_page(copy, Layout(measure=9, indent="typed"))
    assert not any("full" in point.reason for point in open_points(typed) if point.block >= 0)


@given(st.integers(8, 45), st.text("字", min_size=1, max_size=60))
def test_determine_leaves_room_on_last_lines(measure: int, words: str) -> None:
    copy = read_markdown(f"{words}。\n\n{words}。\n")
    layout = Layout(measure=measure)
    page = set_page(determine(copy, layout), layout)
    assert not any("full" in p.reason for p in open_points(page) if p.block >= 0)


# ---- trees


def test_a_tree_has_every_kind_of_front_line_and_block() -> None:
    markdown = (
        '---\nkicker: "文件"\ntitle: "报告"\nsubtitle: "在会上"\noccasion: "二次会议"\n'
        'office: "市长"\nauthor: "张三"\ndate: "2033-01-12"\n---\n\n'
        "各位代表：\n\n# 一、回顾\n\n**修路**。好。\n\n一是架桥。\n\n### 深处\n\n# 二、\n\n好。\n"
    )
    copy = read_markdown(markdown)
    tree = as_report(copy)
    assert [type(line).__name__ for line in tree.front.lines] == [
        "Kicker", "Title", "Subtitle", "FrontNote", "Speaker", "DocumentDate",
    ]  # fmt: skip
    assert tree.front.author == "张三"
    assert [line.text for line in tree.front.lines] == [b.text for b in front_blocks(copy)]
    assert [(s.level, s.title) for s in tree.sections()] == [
        (1, "一、回顾"), (2, "深处"), (1, "二、"),
    ]  # fmt: skip
    assert [type(block).__name__ for block in next(tree.sections()).children] == [
        "Paragraph", "Item", "Section",
    ]  # fmt: skip
    for leaf in tree.leaves():
        assert "".join(span.of(tree.source.text) for span in leaf.spans) == leaf.text
