"""The strategies: what they give is what they say, and shrinks to a few lines."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from govreport import Report
from govreport.formats.xml import write
from govreport.nodes import Front, Section
from govreport.numbering import STYLES, parse_numeral, read
from govreport.strategies import (
    LADDERS,
    damages,
    headings,
    labels,
    ladders,
    layouts,
    numerals,
    pages,
    paragraphs,
    registration,
    reports,
    sentences,
    smallest,
    trees,
)
from govreport.testing import (
    KINDS,
    Copy,
    CopyBlock,
    Damage,
    DamagedPage,
    Layout,
    as_report,
    is_determined,
    read_markdown,
    score,
    set_page,
    write_markdown,
)
from invariants import check_lossless, solid, solid_lines


@given(numerals(form=None, points=False))
def test_numerals_have_values(text: str) -> None:
    assert parse_numeral(text)


@given(labels())
def test_labels_are_read(text: str) -> None:
    label = read(text + " 修路")
    assert label is not None
    assert label.text.strip() == text.strip()


@given(sentences(), sentences(figures=False))
def test_sentences_end_with_a_mark_and_may_do_without_figures(text: str, plain: str) -> None:
    assert text[-1] in "。！"
    assert not any(char.isdigit() for char in plain)


@given(paragraphs(leads=False))
def test_paragraphs_without_leads(block: CopyBlock) -> None:
    assert block.kind in ("paragraph", "item")
    assert not block.lead


@given(paragraphs())
def test_a_lead_opens_its_paragraph(block: CopyBlock) -> None:
    assert block.text.startswith(block.lead)
    assert not block.lead or block.text[len(block.lead)] == "。"


@given(st.sampled_from([*STYLES]).flatmap(lambda style: headings(style=style, number=2, level=3)))
def test_headings_have_the_label_asked_for(block: CopyBlock) -> None:
    assert (block.kind, block.level) == ("heading", 3)


@given(ladders(labelled=False), ladders())
def test_ladders_name_styles(any_: tuple[str, ...], labelled: tuple[str, ...]) -> None:
    assert set(any_) <= {*STYLES, ""}
    assert "" not in labelled
    assert len(set(labelled)) == len(labelled) <= 4


@given(reports())
def test_reports_are_copy_with_running_labels(copy: Copy) -> None:
    assert copy.blocks
    level = 0
    for block in copy.blocks:
        if block.kind == "heading":
            assert block.level <= level + 1
            level = block.level
    assert [b.text for b in read_markdown(write_markdown(copy)).blocks] == [
        b.text for b in copy.blocks
    ]


@given(reports(ladder=st.just(("han-comma",)), front=False, figures=False, leads=False))
def test_reports_hold_what_was_asked_for(copy: Copy) -> None:
    assert copy.front == ()
    texts = [block.text for block in copy.blocks]
    assert not any(char.isdigit() for text in texts for char in text)
    found = [read(block.text) for block in copy.blocks if block.kind == "heading"]
    assert [label and label.value for label in found] == [*range(1, len(found) + 1)]


def test_reports_have_a_bound() -> None:
    with pytest.raises(ValueError, match="from 1 to 9"):
        smallest(reports(sections=10))


@given(trees())
def test_trees_stand_in_their_source(report: Report) -> None:
    check_lossless(report)
    assert {edit.rule for edit in report.edits} <= {"blank"}  # after a label
    assert Report.from_xml(write(report)) == report
    assert solid_lines(report.to_text()) == solid_lines(report.source.text)


@given(reports())
def test_a_tree_has_the_blocks_of_its_copy(copy: Copy) -> None:
    tree = as_report(copy)
    assert score(tree.to_markdown(), copy)["boundary"] == 1
    assert solid(tree.to_text()) == solid(tree.source.text)


@given(layouts(measures=(9, 12), columns=2, changing=False, loose=False))
def test_layouts_keep_to_what_was_asked(layout: Layout) -> None:
    assert 9 <= layout.measure <= 12
    assert layout.columns <= 2
    assert (layout.measures, layout.stretch) == ((), 0)


@given(layouts())
def test_changing_measures_share_the_whole_text(layout: Layout) -> None:
    assert not layout.measures or sum(share for share, _ in layout.measures) == pytest.approx(1)


@given(damages(most=2))
def test_damages_are_known(some: tuple[Damage, ...]) -> None:
    assert len(some) <= 2
    assert {one.kind for one in some} <= set(KINDS)
    assert all(0 < one.rate <= 1 for one in some)


def test_damages_can_be_all_or_none() -> None:
    [every] = {smallest(damages(full=True))}
    assert [one.kind for one in every] == list(KINDS)
    assert smallest(damages(kinds=())) == ()
    with pytest.raises(ValueError, match="no damage 'rain'; there are headline-at-end"):
        damages(kinds=["rain"])
    with pytest.raises(ValueError, match="no form of numerals 'knots'; there are digit"):
        numerals(form="knots")


@given(pages())
def test_pages_know_where_each_character_came_from(page: DamagedPage) -> None:
    assert len(page.truth.origins) == len(page.text)
    for one, two in pairwise(page.truth.ends):
        assert min(one.at, two.at) >= 0
    kept = [place for place in page.truth.origins if place is not None]
    assert len(kept) == len(set(kept))


@settings(max_examples=15)
@given(st.data())
def test_determined_pages_leave_no_point_open(data: st.DataObject) -> None:
    how = Layout(measure=12)
    copy = reports(ladder=st.just(("han-comma",)), front=False, sections=3)
    page = data.draw(
        pages(reports=copy, layouts=st.just(how), damages=st.just(()), determined=True)
    )
    assert is_determined(set_page(page.truth.copy, how))


# ---- what failures look like


def test_a_page_shrinks_to_two_lines() -> None:
    page = smallest(pages(), lambda page: any(end.kind == "soft" for end in page.truth.ends))
    assert len(page.text.split("\n")) == 2
    assert len(page.text) < 40


def test_a_lost_number_shrinks_to_one_sentence() -> None:
    hit = pages(damages=damages(kinds=["lost-numbers"]))
    page = smallest(hit, lambda page: bool(page.truth.lost))
    assert len(page.truth.copy.blocks) == 1
    assert len(page.text) < 30


def test_a_hierarchy_shrinks_to_its_headings() -> None:
    deep = smallest(reports(), lambda copy: any(block.level == 2 for block in copy.blocks))
    assert [b.text for b in deep.blocks if b.kind == "heading"][:2] == ["一、回顾", "（一）回顾"]
    assert len(deep.blocks) <= 7


def test_smallest_says_that_there_is_none() -> None:
    with pytest.raises(NoSuchExample):
        smallest(sentences(), lambda text: "龙" in text)


def test_a_page_is_shown_without_its_bookkeeping() -> None:
    page = smallest(pages())
    shown = repr(page)
    assert "origins" not in shown
    assert page.text in shown


def test_ladders_in_use_are_in_the_order_of_ranks() -> None:
    for ladder in LADDERS:
        ranks = [STYLES[name].rank for name in ladder if name]
        assert ranks == sorted(ranks) or "stem-comma" in ladder


# ---- registration


@pytest.mark.parametrize("kind", [Copy, CopyBlock, Layout, Damage, DamagedPage, Report, Section])
def test_hypothesis_knows_the_types(kind: type) -> None:
    registration.setup()
    assert isinstance(smallest(st.from_type(kind)), kind)


def test_a_front_of_any_report() -> None:
    registration.setup()
    assert smallest(st.from_type(Front), lambda front: bool(front.title)).title


@pytest.mark.parametrize("first", ["hypothesis", "govreport", "govreport.strategies"])
def test_hypothesis_finds_the_types_by_itself(first: str) -> None:
    """In a process that registers nothing, whatever is imported first."""
    code = (
        f"import {first}\n"
        "from hypothesis import Phase, find, settings, strategies as st\n"
        "from govreport import Report\n"
        "from govreport.testing import DamagedPage\n"
        "quick = settings(database=None, max_examples=1, phases=[Phase.generate])\n"
        "for kind in (Report, DamagedPage):\n"
        "    one = find(st.from_type(kind), lambda _: True, settings=quick)\n"
        "    print(bool(one.body if kind is Report else one.text))\n"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    out = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    # what hypothesis made of the classes' arguments alone would be empty
    assert out.split() == ["True", "True"]


def test_without_hypothesis_the_extra_is_named() -> None:
    code = (
        "import sys\nsys.modules['hypothesis'] = None\n"
        "import govreport.testing\n"
        "try:\n import govreport.strategies\n"
        "except govreport.MissingExtra as error:\n print(error.extra, '|', error)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout.startswith("hypothesis | govreport.strategies needs an extra: pip install")


def test_another_missing_module_is_not_taken_for_hypothesis() -> None:
    code = (
        "import sys\nsys.modules['govreport.testing'] = None\n"
        "try:\n import govreport.strategies\n"
        "except ModuleNotFoundError as error:\n print(type(error).__name__, error.name)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout == "ModuleNotFoundError govreport.testing\n"


def test_reports_have_few_blocks() -> None:
    """Each costs draws, which are the price of an example."""
    sizes: list[int] = []

    @settings(max_examples=30, database=None)
    @given(reports())
    def collect(copy: Copy) -> None:
        sizes.append(len(copy.blocks))

    collect()
    assert 2 <= sum(sizes) / len(sizes) <= 40
