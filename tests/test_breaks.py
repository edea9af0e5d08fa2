"""Soft and hard ends: small texts that a compositor set, and properties of the inference."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.breaks import break_lines
from govreport.chain import KINDS, posteriors, weights
from govreport.columns import fragments
from govreport.cues.habits import as_set
from govreport.lines import assemble
from govreport.testing import Copy, Layout, read_markdown, set_page
from govreport.typography import width, widths

TOWN = read_markdown(
    Path(__file__).parent.joinpath("cases/breaks/river-town.md").read_text("utf-8")
)
NAMES = sorted(weights())
FEATURES = st.lists(st.lists(st.sampled_from(NAMES), max_size=6).map(tuple), max_size=12)
TOKENS = st.sampled_from(
    [*"工作报告，。：“”12.%", "一、", "（一）", "\n", "\n", "\n\n", "——", "\u3000"]
)


def typeset(copy: Copy, layout: Layout, end: str = "\n") -> str:
    return end.join(line.text for line in set_page(copy, layout).lines) + "\n"


def read(source: str) -> list[str]:
    return [block.text.text for block in break_lines(assemble(fragments(source))).blocks]


WANT = [block.text for block in TOWN.blocks]


#: Many paragraphs of two lines: their first lines outnumber the full ones (see test_measure.py).
WIDE = pytest.param(28, marks=pytest.mark.xfail(strict=True, reason="the measure comes out as 26"))
#: At this measure four of the page's few blocks end on a full line.
FULL = pytest.param(
    34, marks=pytest.mark.xfail(strict=True, reason="blocks that end on full lines")
)


@pytest.mark.parametrize("end", ["\n", "\n\n"], ids=["plain", "blank-lines"])
@pytest.mark.parametrize("indent", [2, "typed"])
@pytest.mark.parametrize("measure", [10, 12, 14, 17, 20, 24, WIDE, FULL, 40])
def test_paragraphs_come_back(measure: int, indent: Literal[2, "typed"], end: str) -> None:
    source = typeset(TOWN, Layout(measure=measure, indent=indent), end)
    got = read(source)
    wrong = [text for text in WANT if text not in got]
    # A last line that is full by chance, with nothing behind it that tells, may stay open.
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("measure", [14, 20, WIDE])
def test_lines_that_were_set_loose(measure: int) -> None:
    source = typeset(TOWN, Layout(measure=measure, stretch=0.3, seed=5))
    assert len([text for text in WANT if text not in read(source)]) <= 2


def test_a_measure_that_changes() -> None:
    layout = Layout(measures=((0.5, 14), (0.5, 22)))
    assert len([text for text in WANT if text not in read(typeset(TOWN, layout))]) <= 4


def test_clean_text_has_a_block_a_line() -> None:
    assert read("\n".join(WANT)) == WANT


def test_one_line_is_one_block() -> None:
    assert read("全镇新修水渠12条。") == ["全镇新修水渠12条。"]
    assert read("") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("总长48.", "5公里，都通到了最远的田块。"),
        ("成活率达到92", "%，比上年又有提高。"),
        ("清淤的船从上游一直开到入海口，", "沿途的村庄都派了人手。"),
        ("写着“修渠、", "种树、铺路”的木牌。"),
        ("全镇（含三个新并入的村", "庄）新修水渠。"),
        ("柳树、槐树、", "白杨各占三成。"),
    ],
)
def test_ends_that_no_paragraph_has_are_soft(before: str, after: str) -> None:
    lines = typeset(TOWN, Layout(measure=14)).rstrip("\n")
    full = before.rjust(14, "河") if len(before) < 13 else before
    assert any(full + after in text for text in read(f"{lines}\n{full}\n{after}\n"))


def unspaced(text: str) -> str:
    return "".join(text.split())


def test_a_line_set_out_as_a_name_closes_up_within_its_sentence() -> None:
    assert read("工工\u3000工") == ["工工\u3000工"]
    assert read("工工\u3000工\n工，") == ["工工工工，"]


@given(st.lists(TOKENS, max_size=50).map("".join))
def test_blocks_hold_the_lines_in_order(source: str) -> None:
    lines = assemble(fragments(source))
    found = break_lines(lines)
    joined = "".join(b.text.text for b in found.blocks)
    assert unspaced(joined) == unspaced("".join(x.text.text for x in lines))
    assert len(found.hard) == len(lines)
    assert all(0 <= p <= 1 for p in found.hard)
    assert found.hard[-1:] in ((1.0,), ())
    at = 0
    for block in found.blocks:
        assert block.first == at
        assert 0 <= block.heading <= 1
        assert 0 <= block.probability <= 1
        at = block.last + 1
    assert at == len(lines)


@given(FEATURES)
def test_posteriors_are_probabilities(names: list[tuple[str, ...]]) -> None:
    hard, heading = posteriors(names, weights())
    assert len(hard) == len(heading) == len(names)
    assert all(-1e-9 <= p <= 1 + 1e-9 for p in (*hard, *heading))
    assert hard[-1:] in ([], [1.0])


def test_long_texts_do_not_underflow() -> None:
    hard, _ = posteriors([(NAMES[k % len(NAMES)],) for k in range(30_000)], weights())
    assert all(0 <= p <= 1 for p in hard)
    assert 0 < sum(hard) < len(hard) + 1


def test_each_weight_speaks_for_each_kind() -> None:
    assert all(len(row) == len(KINDS) for row in weights().values())


# --- how the page is set --------------------------------------------------------------------------


FULL_LINE = "全镇新修水渠十二条总长四十八里"  # 15 em
#: Three figures with a quarter of an em on either side of each: full at 15 em, 13.5 by its signs.
FIGURES = "修渠12条桥35座路9里树苗田地"


def test_full_lines_show_the_space_beside_figures() -> None:
    texts = [FULL_LINE, FIGURES] * 5
    found, hanging = as_set(texts, widths(texts), [15.0] * 10, {})
    assert [round(w, 2) for w in found] == [15.0, 15.0] * 5
    assert not hanging


def test_blanks_that_were_closed_up_beside_figures_count_once() -> None:
    """Such a line's width has them already; here that makes it as wide as it has signs."""
    line = "修渠12条桥3座"
    closed = (2, 4, 6, 7)
    widths_so = [*widths([FULL_LINE, FIGURES] * 5), len(line)]
    found, _ = as_set([FULL_LINE, FIGURES] * 5 + [line], widths_so, [15.0] * 11, {10: closed})
    assert found[-1] == len(line)
    found, _ = as_set([FULL_LINE, FIGURES] * 5 + [line], widths_so, [15.0] * 11, {10: closed[:2]})
    assert found[-1] == len(line) + 0.5


def test_figures_of_half_an_em_a_digit_stay_so() -> None:
    texts = [FULL_LINE, FIGURES] * 5
    ems = widths(texts)
    assert as_set(texts, ems, [15.0, width(FIGURES)] * 5, {}) == (ems, False)


def test_marks_that_hang_over_the_edge() -> None:
    texts = [FULL_LINE, FULL_LINE + "，", FULL_LINE, FULL_LINE + "。"] * 4
    found, hanging = as_set(texts, widths(texts), [15.0] * 16, {})
    assert hanging
    assert set(found) == {15.0}
    # Where other signs reach as far, it is the measure that is wrong.
    texts = [FULL_LINE, FULL_LINE + "，", FULL_LINE, FULL_LINE + "镇"] * 4
    assert not as_set(texts, widths(texts), [15.0] * 16, {})[1]
