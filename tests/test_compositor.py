import importlib.util
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport.testing import (
    KINDS,
    Copy,
    CopyBlock,
    Damage,
    DamagedPage,
    Layout,
    Page,
    damage,
    front_blocks,
    read_markdown,
    set_page,
    units,
    write_markdown,
)
from govreport.testing.damage import RADICALS
from govreport.typography import NOT_LINE_END, NOT_LINE_START, SQUEEZABLE, width

ROOT = Path(__file__).parent.parent
REPORTS = sorted((ROOT / "examples" / "reports").glob("*.md"))
LAYOUTS = (
    Layout(measure=11),
    Layout(measure=17, columns=4, rows=40),
    Layout(measure=24, indent="typed", headings="flush"),
    Layout(measure=20, indent=0, squeeze=False, headline="end"),
    Layout(measure=15, indent=1, break_numbers=True, headings="centred"),
    Layout(measure=18, fullwidth=True, stretch=0.2, seed=3),
    Layout(measures=((0.5, 12.0), (0.3, 40.0), (0.2, 8.0))),
)
SIGNS = "发展改革，。、；：！？“”《》（）—…0123456789.%GDP亿元，的是"

measures = st.integers(8, 45).map(float)
layouts = st.builds(
    Layout,
    measure=measures,
    indent=st.sampled_from((0, 1, 2, "typed")),
    squeeze=st.booleans(),
    break_numbers=st.booleans(),
    stretch=st.sampled_from((0.0, 0.3)),
    fullwidth=st.booleans(),
    columns=st.integers(1, 4),
    rows=st.sampled_from((0, 5, 60)),
    headings=st.sampled_from(("indented", "flush", "centred")),
    headline=st.sampled_from(("head", "end")),
)
blocks = st.builds(
    CopyBlock,
    kind=st.sampled_from(("heading", "paragraph", "item")),
    text=st.text(SIGNS, min_size=1, max_size=80),
    level=st.just(1),
)
copies = st.builds(
    Copy,
    front=st.just((("title", "工作报告"), ("author", "张三"), ("date", "2033-01-12"))),
    blocks=st.lists(blocks, max_size=8).map(tuple),
)
damages = st.lists(
    st.builds(Damage, kind=st.sampled_from(list(KINDS)), rate=st.sampled_from((0.1, 0.5, 1.0))),
    max_size=5,
    unique_by=lambda one: one.kind,
)


def report(name: str = "city-government") -> Copy:
    return read_markdown((ROOT / "examples" / "reports" / f"{name}.md").read_text("utf-8"))


def copy_of(*texts: str, **front: str) -> Copy:
    return Copy(
        front=tuple(front.items()),
        blocks=tuple(CopyBlock(kind="paragraph", text=text) for text in texts),
    )


def plain(text: str) -> str:
    """Digits and point as the copy has them."""
    return text.translate(str.maketrans("０１２３４５６７８９％．", "0123456789%."))


def assert_set_by_the_rules(page: Page) -> None:
    layout = page.layout
    for line, after in zip(page.lines, (*page.lines[1:], None), strict=True):
        kind = page.blocks[line.block].kind
        centred = line.column < 0 or (kind == "heading" and layout.headings == "centred")
        room = line.measure - (0 if centred else line.indent)
        allowed = 0.5 if layout.squeeze and line.text[-1] in SQUEEZABLE else 0
        assert line.width - allowed <= room
        if after is None or line.last:
            continue
        unit = units(after.text, break_numbers=layout.break_numbers)[0]
        spare = 0.5 if layout.squeeze and unit[-1] in SQUEEZABLE else 0
        loose = 1 if layout.stretch and line.column >= 0 else 0
        assert line.width + width(unit) - spare > room - loose
        assert after.text[0] not in NOT_LINE_START
        assert line.text[-1] not in NOT_LINE_END


def assert_truth_agrees(page: Page, damaged: DamagedPage) -> None:
    """Every character of the copy stands once in the text or is lost, and is what it was."""
    truth = damaged.truth
    assert len(truth.origins) == len(damaged.text)
    seen = Counter(place for place in truth.origins if place is not None)
    gone = {(x.block, x.offset + n) for x in truth.lost for n in range(len(x.number))}
    every = {(n, at) for n, block in enumerate(page.blocks) for at in range(len(block.text))}
    assert set(seen) == every - gone
    assert not seen or max(seen.values()) == 1
    for char, place in zip(damaged.text, truth.origins, strict=True):
        if place is not None:
            original = page.blocks[place[0]].text[place[1]]
            assert plain(char) == plain(original) or char == RADICALS.get(original)
    gaps = sum(block.text.count("□") for block in truth.copy.blocks)
    assert gaps - sum(block.text.count("□") for block in page.copy.blocks) == len(truth.lost)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_is_set_by_the_rules(layout: Layout) -> None:
    assert_set_by_the_rules(set_page(report(), layout))


@pytest.mark.parametrize("layout", LAYOUTS[:4])
def test_no_number_is_cut(layout: Layout) -> None:
    page = set_page(report(), layout)
    for line, after in pairwise(page.lines):
        if line.block == after.block:
            assert not (line.text[-1].isdigit() and re.match(r"[0-9.,%]", after.text))


def test_numbers_may_be_cut_where_the_layout_says_so() -> None:
    page = set_page(copy_of("共完成123456件"), Layout(measure=5, indent=0, break_numbers=True))
    assert [line.text for line in page.lines] == ["共完成1234", "56件"]


def test_a_unit_wider_than_the_measure_is_cut() -> None:
    page = set_page(copy_of("1234567890123456789元"), Layout(measure=8, indent=0))
    assert [line.text for line in page.lines] == ["1234567890123456", "789元"]


def test_the_measure_changes_inside_a_paragraph() -> None:
    page = set_page(copy_of("字" * 60), Layout(measures=((0.5, 10.0), (0.5, 15.0)), indent=0))
    assert [line.width for line in page.lines] == [10, 10, 10, 15, 15]


@settings(max_examples=60)
@given(copies, layouts)
def test_line_ends_removed_give_the_copy_back(copy: Copy, layout: Layout) -> None:
    page = set_page(copy, layout)
    for n, block in enumerate(page.blocks):
        lines = [line for line in page.lines if line.block == n]
        assert plain("".join(line.text for line in lines)) == plain(block.text)
        assert [line.first for line in lines] == [True] + [False] * (len(lines) - 1)
        assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
    assert page.blocks == front_blocks(copy) + copy.blocks


@settings(max_examples=80)
@given(copies, layouts, damages, st.integers(0, 99))
def test_truth_agrees_with_the_text_whatever_the_damage(
    copy: Copy, layout: Layout, kinds: list[Damage], seed: int
) -> None:
    page = set_page(copy, layout)
    damaged = damage(page, *kinds, rng=Random(seed))
    assert_truth_agrees(page, damaged)
    for end in damaged.truth.ends:
        assert damaged.text[end.at : end.at + 1] in ("\n", " ", "")


@pytest.mark.parametrize("kind", KINDS)
def test_each_damage_alone_keeps_the_truth(kind: str) -> None:
    page = set_page(report(), Layout(measure=18, columns=2, rows=50))
    damaged = damage(page, Damage(kind=kind, rate=1, most=3), rng=Random(4))
    undamaged = damage(page, rng=Random(4))
    assert damaged.text != undamaged.text or kind == "letter-spacing"
    assert_truth_agrees(page, damaged)


def test_hard_ends_cut_the_text_into_its_blocks() -> None:
    page = set_page(report(), Layout(measure=18))
    damaged = damage(page, "torn-numbers", "blank-lines", "blanks-after-marks", rng=Random(1))
    cuts = [0, *(end.at for end in damaged.truth.ends if end.kind == "hard"), len(damaged.text)]
    found = [re.sub(r"[ \n]", "", damaged.text[start:end]) for start, end in pairwise(cuts)]
    assert found == [block.text for block in page.blocks]
    assert {end.kind for end in damaged.truth.ends} == {"soft", "hard"}


def test_the_same_seed_gives_the_same_page_in_whatever_order_the_names_stand() -> None:
    page = set_page(report(), Layout(measure=18))
    kinds = ["torn-numbers", "lost-numbers", "furniture", "letter-spacing"]
    first = damage(page, *kinds, rng=Random(5))
    assert first == damage(page, *reversed(kinds), rng=Random(5))
    assert first != damage(page, *kinds, rng=Random(6))
    assert set_page(report(), LAYOUTS[5]) == set_page(report(), LAYOUTS[5])


def test_an_unknown_damage_is_named() -> None:
    with pytest.raises(ValueError, match="no damage 'rain'; there are headline-at-end"):
        damage(set_page(copy_of("字"), Layout()), "rain", rng=Random(0))


def test_a_lost_number_leaves_a_single_line_end_and_a_leading_blank() -> None:
    page = set_page(copy_of("全市新建学校7所、医院三所。"), Layout(measure=8, indent=0))
    damaged = damage(page, Damage(kind="lost-numbers", rate=1), "blank-lines", rng=Random(2))
    assert damaged.text == "全市新建学校\n 所、\n\n医院三所。"
    number = damaged.truth.lost[0]
    assert (number.number, number.offset) == ("7", 6)
    assert (number.before, number.after) == ("全市新建学校", "所、医院三所。")
    assert damaged.truth.copy.blocks[0].text == "全市新建学校□所、医院三所。"


def test_no_number_is_lost_where_nobody_would_miss_it() -> None:
    texts = ("2033年起步", "新增3万人", "共计：5个", "涨幅2—3个点", "排第7")
    page = set_page(copy_of(*texts), Layout(measure=20))
    assert not damage(page, Damage(kind="lost-numbers", rate=1), rng=Random(0)).truth.lost


def test_displaced_figures_share_a_line_and_leave_a_blank_inside_lines_only() -> None:
    page = set_page(copy_of("2033年建成12座桥、3条路、5", "完"), Layout(measure=20))
    damaged = damage(page, Damage(kind="displaced-after-line", rate=1), rng=Random(0))
    assert damaged.text == "年建成 座桥、 条路、\n2033 12 3 5\n\n完"
    assert [end.kind for end in damaged.truth.ends] == ["displaced", "displaced"]
    at_end = damage(page, Damage(kind="displaced-to-page-end", rate=1), rng=Random(0))
    assert at_end.text == "年建成 座桥、 条路、\n完\n2033 12 3 5"


def test_glued_lines_keep_their_hard_end() -> None:
    page = set_page(copy_of("一段。", "二段。"), Layout(measure=20))
    damaged = damage(page, Damage(kind="glued-lines", rate=1), rng=Random(0))
    assert damaged.text == "一段。 二段。"
    assert [(end.at, end.kind) for end in damaged.truth.ends] == [(3, "hard")]


def test_columns_stand_side_by_side_at_their_edges() -> None:
    copy = copy_of("一二三四五六七八九十" * 4)
    page = set_page(copy, Layout(measure=10, columns=2, rows=2, indent=2))
    damaged = damage(page, "columns", rng=Random(0))
    rows = damaged.text.split("\n")
    assert rows[0] == "  一二三四五六七八   九十一二三四五六七八"
    assert [end.kind for end in damaged.truth.ends] == ["soft"] * 4


def test_furniture_has_the_right_day_of_the_week_and_jumps_between_pages() -> None:
    copy = copy_of(*["字" * 30] * 4, title="报告", author="张三", date="2033-01-12")
    page = set_page(copy, Layout(measure=10, rows=8))
    damaged = damage(page, "furniture", "byline-first", rng=Random(0))
    lines = damaged.text.split("\n")
    assert lines[0] == "张三"
    assert "（下转第3版）" in lines
    assert "（上接第2版）" in lines
    assert "— 2 —" in lines
    assert re.search(r"\f2033 年 1 月 \d+ 日 星期[一二三四五六日] ", damaged.text)
    found = re.search(r"1 月 (\d+) 日", lines[-1])
    assert found
    day = int(found[1])
    assert lines[-1].split(" 星期")[1][0] == "六日一二三四五"[(day - 1) % 7]  # 1 January 2033: 六


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_reports_are_canonical_markdown(path: Path) -> None:
    text = path.read_text("utf-8")
    copy = read_markdown(text)
    assert write_markdown(copy) == text
    assert copy.value("title")
    assert len(re.sub(r"\s", "", text)) >= 600
    assert not re.search(r"\d\s|\s\d|　", "".join(block.text for block in copy.blocks))


@given(copies)
def test_markdown_reads_back(copy: Copy) -> None:
    again = read_markdown(write_markdown(copy)).blocks
    texts = [attrs.evolve(block, kind="paragraph", level=0) for block in again]
    assert texts == [attrs.evolve(block, kind="paragraph", level=0) for block in copy.blocks]


def test_the_pages_are_what_the_tool_sets() -> None:
    path = ROOT / "tools" / "set_examples.py"
    spec = importlib.util.spec_from_file_location("set_examples", path)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert {plan.name for plan in tool.PLANS} == {path.stem for path in REPORTS}
    for plan in tool.PLANS:
        markdown = (ROOT / "examples" / "reports" / f"{plan.name}.md").read_text("utf-8")
        for page, name in zip(
            tool.pages(plan, markdown), (plan.name, plan.name + "-2"), strict=True
        ):
            base = ROOT / "examples" / "pages" / name
            assert base.with_suffix(".txt").read_bytes() == page.text.encode()
            assert base.with_suffix(".md").read_bytes() == page.truth.markdown.encode()
            assert 1 <= len(page.truth.lost) <= 3 or name.endswith("-2")
