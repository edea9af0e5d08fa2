"""What column-reader promises, on pages that nobody wrote."""

from random import Random

import pytest
from column_reader import read
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport.strategies import damages, pages, reports
from govreport.testing import (
    KINDS,
    DamagedPage,
    Layout,
    assert_recovers,
    char,
    damage,
    determine,
    read_markdown,
    score,
    set_page,
)

settings.register_profile("own", max_examples=40, deadline=None, derandomize=True, database=None)
settings.load_profile("own")

#: What it is made for: two kinds of headings, one measure, no indent.
REPORTS = reports(ladder=st.just(("han-comma", "han-paren")), front=False)
LAYOUTS = st.builds(
    Layout,
    measure=st.integers(10, 30).map(float),
    indent=st.just(0),
    headings=st.just("flush"),
    squeeze=st.booleans(),
    fullwidth=st.booleans(),
)


@given(pages(reports=REPORTS, layouts=LAYOUTS, damages=damages(kinds=()), determined=True))
def test_pages_come_back(page: DamagedPage) -> None:
    assert_recovers(read, page)


@given(
    pages(
        reports=REPORTS,
        layouts=LAYOUTS,
        damages=damages(kinds=("blank-lines", "random-blank-lines")),
        determined=True,
    )
)
def test_blank_lines_do_no_harm(page: DamagedPage) -> None:
    assert_recovers(read, page)


@given(pages(reports=reports(front=False), damages=damages(kinds=())))
def test_no_character_is_lost_whatever_the_layout(page: DamagedPage) -> None:
    assert char(read(page.text), page) == 1


@given(st.from_type(DamagedPage))
def test_any_page_gives_markdown(page: DamagedPage) -> None:
    assert read(page.text).strip()


COPY = read_markdown(
    "# 一、回顾\n\n"
    + "全年新建桥梁12座，改造道路348公里，沿线百姓出行更加便捷，港口能力稳步提高。\n\n" * 9
    + "# 二、安排\n\n"
    + "明年新增学位3600个，让更多的孩子就近入学，乡村学校的条件逐年改善。\n\n" * 9
)


def damaged(kind: str) -> DamagedPage:
    layout = Layout(measure=16, indent=0, headings="flush")
    return damage(set_page(determine(COPY, layout), layout), kind, rng=Random(1))


@pytest.mark.parametrize(
    ("kind", "measure", "floor"),
    [
        ("blank-lines", "boundary", 1.0),
        ("blanks-after-marks", "number", 1.0),
        ("torn-numbers", "char", 1.0),
        ("torn-numbers", "boundary", 0.3),
        ("furniture", "heading", 1.0),
        ("lost-numbers", "char", 0.9),
    ],
)
def test_damage_costs_no_more_than_it_did(kind: str, measure: str, floor: float) -> None:
    assert kind in KINDS
    page = damaged(kind)
    assert score(read(page.text), page)[measure] >= floor


@pytest.mark.xfail(strict=True, reason="a number on a line of its own is taken for a short line")
def test_torn_numbers_come_back() -> None:
    assert_recovers(read, damaged("torn-numbers"))
