"""Pages put together across their jumps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport import front
from govreport.breaks import break_lines
from govreport.joining import Part, forced, joined, order
from govreport.testing import Copy, CopyBlock, Layout, set_page
from work import grows

PARAGRAPHS = (
    "各位代表：",
    "过去的一年，全市上下同心协力，把每一件小事办好，把每一条街巷扫净。河水清了，灯火亮了，孩子们上学的路近了半里。",
    "茶山添了新苗，渔港换了新船，集市从早开到晚，全年接待游客31.6万人次，比上年增加4.2万人次，村村通了班车。",
    "我们也看到，山区道路还不够宽，冬天供暖还不够稳，年轻人回乡创业还缺一间像样的铺面。办法要一个一个想，事情要一件一件办。",
    "新的一年，我们要修好东岭水库，疏浚7条河道，新栽行道树2800株，让群众看得见、摸得着，把账一笔一笔算清楚。",
)
OTHER = (
    "河灯节昨晚在老码头开幕，两岸居民放灯三千盏，祝愿来年风调雨顺，渔船满载而归。",
    "市图书馆新馆下月开放，读者凭证可借书十册，少儿阅览室每晚延长两个小时。",
)
TITLE = "云泽市人民政府工作报告"


def lines_of(paragraphs: Sequence[str], measure: float = 14) -> list[str]:
    copy = Copy(blocks=tuple(CopyBlock(kind="paragraph", text=text) for text in paragraphs))
    page = set_page(copy, Layout(measure=measure, indent=2))
    return [line.text for line in page.lines]


def text_of(*lines: str) -> str:
    return "".join(line + "\n" for line in lines)


def blocks_of(texts: Sequence[str]) -> list[str]:
    """The blocks of pages put together, headline block taken out."""
    done = joined(texts)
    lines = front.take(done.furnished.lines, done.source).lines
    return [block.text.text for block in break_lines(lines, forced(done, lines)).blocks]


LINES = lines_of(PARAGRAPHS)
#: Every cut that leaves something on both pages, inside sentences and between paragraphs.
CUTS = range(3, len(LINES) - 2)


@pytest.mark.parametrize("cut", CUTS)
def test_cut_anywhere(cut: int) -> None:
    first = text_of(TITLE, *LINES[:cut], "（下转第4版）")
    fourth = text_of("（上接第1版）", *LINES[cut:], "责编：温如简 校对：柏南乔")
    assert blocks_of([first, fourth]) == list(PARAGRAPHS)
    assert blocks_of([fourth, first]) == list(PARAGRAPHS)


@pytest.mark.parametrize("cut", CUTS)
def test_jumps_on_the_lines_of_the_text(cut: int) -> None:
    """A jump that takes the end of a line, and one that takes the beginning of the next page's."""
    head, tail = "".join(LINES[cut - 1])[:5], "".join(LINES[cut - 1])[5:]
    if len(tail) < 3 or any(sign.isdigit() for sign in head[-1] + tail[0]):
        return
    first = text_of(TITLE, *LINES[: cut - 1], head + "（下转第二版）")
    second = text_of("（上接第一版）" + tail, *LINES[cut:])
    assert "".join(blocks_of([first, second])) == "".join(PARAGRAPHS)
    if head[-1] not in "。：":
        assert blocks_of([first, second]) == list(PARAGRAPHS)


def test_headline_at_the_end_of_the_first_page() -> None:
    first = text_of(*LINES[:8], "（下转第4版）", TITLE, "市长 安小禾")
    fourth = text_of("（上接第1版）", *LINES[8:])
    done = joined([first, fourth])
    taken = front.take(done.furnished.lines, done.source)
    assert (taken.front.title, taken.front.author) == (TITLE, "安小禾")
    assert blocks_of([first, fourth]) == list(PARAGRAPHS)


def test_headline_once_more_on_the_other_page() -> None:
    first = text_of(TITLE, *LINES[:8], "（下转第4版）")
    fourth = text_of(TITLE, "（上接第1版）", *LINES[8:])
    assert blocks_of([first, fourth]) == list(PARAGRAPHS)


def test_three_pages_in_any_order() -> None:
    pages = (
        text_of(TITLE, *LINES[:6], "（下转2版）"),
        text_of("（上接1版）", *LINES[6:11], "（下转3版）"),
        text_of("（上接2版）", *LINES[11:]),
    )
    for shuffled in permutations(pages):
        assert blocks_of(shuffled) == list(PARAGRAPHS)
        assert joined(shuffled).source == "\f".join(pages)


def test_what_stands_beside_it_on_its_pages_is_kept_and_not_joined() -> None:
    before, after = lines_of(OTHER[:1]), lines_of(OTHER[1:])
    first = text_of(TITLE, *LINES[:8], "（下转第4版）", *after)
    fourth = text_of(*before, "（上接第1版）", *LINES[8:])
    assert blocks_of([first, fourth]) == [*PARAGRAPHS, OTHER[1], OTHER[0]]


def test_two_reports_that_both_go_on() -> None:
    others = lines_of(OTHER)
    first = text_of(*LINES[:8], "（下转第3版）", *others[:2], "（下转第4版）")
    third = text_of("云泽日报 第3版", "（上接第1版）", *LINES[8:])
    fourth = text_of("云泽日报 第4版", "（上接第1版）", *others[2:])
    for pages in permutations((first, third, fourth)):
        assert blocks_of(pages) == [*PARAGRAPHS, *OTHER]


def test_without_jumps_pages_come_as_given() -> None:
    one, two = text_of(*LINES[:8]), text_of(*LINES[8:])
    done = joined([one, two])
    assert done.source == one + "\f" + two
    assert [line.text.text for line in done.furnished.lines] == LINES
    assert not done.goes_on | done.ends


@pytest.mark.parametrize("lost", ["to", "from"])
def test_one_jump_of_the_two_is_lost(lost: str) -> None:
    to, from_ = ("", "（上接第1版）") if lost == "to" else ("（下转第4版）", "")
    first, fourth = text_of(TITLE, *LINES[:8], to), text_of(from_, *LINES[8:])
    assert blocks_of([first, fourth]) == list(PARAGRAPHS)


def test_a_form_feed_inside_a_page() -> None:
    first = text_of(*LINES[:4]) + "\f" + text_of(*LINES[4:8], "（下转第4版）")
    fourth = text_of("（上接第1版）", *LINES[8:])
    done = joined([fourth, first])
    assert done.source == first + "\f" + fourth
    assert [line.page for line in done.whole] == [0] * 4 + [1] * 5 + [2] * (len(LINES) - 7)


# ---- the order of parts


def names(chains: Sequence[Sequence[Part]]) -> list[list[int]]:
    return [[part.page for part in chain] for chain in chains]


def test_numbers_decide_before_order() -> None:
    parts = [
        Part(page=0, name="1", closes="3"),
        Part(page=1, name="2", opens="1"),
        Part(page=2, name="3", opens="1"),
    ]
    assert names(order(parts)) == [[0, 2], [1]]


def test_order_decides_where_no_number_does() -> None:
    parts = [Part(page=0, closes=""), Part(page=1, opens="", closes=""), Part(page=2, opens="")]
    assert names(order(parts)) == [[0, 1, 2]]


def test_numbers_are_told_by_the_jumps_to_them() -> None:
    parts = [
        Part(page=0, index=0, closes="4"),
        Part(page=0, index=1, closes="3"),
        Part(page=1, opens="1"),
        Part(page=2, opens="1"),
    ]
    assert names(order(parts)) == [[0, 2], [0, 1]]


def test_a_lost_jump_is_found_by_the_number_of_the_page() -> None:
    parts = [Part(page=0, name="4"), Part(page=1, name="2"), Part(page=2, name="1", closes="4")]
    assert names(order(parts)) == [[1], [2, 0]]
    parts = [Part(page=0, name="4", opens="1"), Part(page=1, name="2"), Part(page=2, name="1")]
    assert names(order(parts)) == [[1], [2, 0]]


def test_many_jumps_cost_what_they_are_many() -> None:
    def ordered(count: int) -> None:
        parts = [Part(page=k % 7, index=k // 7, opens="", closes="") for k in range(count)]
        assert sum(map(len, order(parts))) == count

    def both(count: int) -> None:
        text = "（下转第4版）某\n（上接第1版）\n" * count
        assert len(joined([text, text]).furnished.lines) == 2 * count

    assert grows(ordered, 1_000, 4_000) < 1.5
    assert grows(both, 250, 1_000) < 1.3


def test_no_ring() -> None:
    parts = [Part(page=0, opens="2", closes="2"), Part(page=1, opens="1", closes="1")]
    assert sorted(map(len, order(parts))) == [2]


PARTS = st.lists(
    st.builds(
        Part,
        page=st.integers(0, 3),
        index=st.integers(0, 3),
        name=st.just(""),
        opens=st.sampled_from([None, "", "1", "2", "A3"]),
        closes=st.sampled_from([None, "", "1", "2", "A3"]),
    ),
    max_size=8,
    unique_by=lambda part: (part.page, part.index),
)


@given(PARTS)
def test_every_part_is_in_one_chain(parts: list[Part]) -> None:
    parts.sort(key=lambda part: (part.page, part.index))
    found = [(part.page, part.index) for chain in order(parts) for part in chain]
    assert sorted(found) == [(part.page, part.index) for part in parts]


@given(
    st.lists(
        st.lists(
            st.sampled_from([*LINES, "（下转第2版）", "（上接第1版）", "第3版", "\f", ""]),
            max_size=6,
        ).map("\n".join),
        max_size=4,
    )
)
def test_nothing_is_lost(texts: list[str]) -> None:
    done = joined(texts)
    assert sorted(done.source.split("\f")) == sorted("\f".join(texts).split("\f"))
    left = [line.text.offset(k) for line in done.furnished.lines for k in range(len(line.text))]
    taken = [at for x in done.furnished.furniture for s in x.spans for at in range(s.start, s.end)]
    every = [k for k, sign in enumerate(done.source) if not sign.isspace()]
    assert sorted(at for at in left + taken if not done.source[at].isspace()) == every
    assert [line.first for line in done.whole] == sorted({line.first for line in done.whole})
