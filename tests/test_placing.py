"""Displaced figures put into their places: case files, and properties."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govreport.columns import Fragment, fragments
from govreport.placing import Placed, place
from govreport.placing.evidence import NO_ODDS, boundary
from govreport.placing.slots import arrange
from govreport.placing.weighing import ANY_ROOM, Place
from govreport.strategies import damages, pages
from govreport.testing import DamagedPage, Layout, damage, read_markdown, set_page

CASES = Path(__file__).parent / "cases" / "placing"
EXAMPLES = Path(__file__).parent.parent / "examples" / "pages"


def read_cases(name: str) -> dict[str, str]:
    """The blocks of a case file by their names."""
    text = (CASES / name).read_text(encoding="utf-8")
    parts = re.split(r"^== (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


PLACED = {name: tuple(block.split("----\n")) for name, block in read_cases("placed.txt").items()}
LEFT = read_cases("left.txt")


def texts(found: tuple[Fragment, ...]) -> list[str]:
    return [fragment.text.text for fragment in found]


@pytest.mark.parametrize("name", PLACED)
def test_placed(name: str) -> None:
    page, wanted = PLACED[name]
    assert texts(place(fragments(page)).fragments) == [line for line in wanted.split("\n") if line]


@pytest.mark.parametrize("name", LEFT)
def test_left(name: str) -> None:
    found = fragments(LEFT[name])
    placed = place(found)
    assert placed == Placed(fragments=found)
    assert all(one is other for one, other in zip(placed.fragments, found, strict=True))


# --- what is told ---------------------------------------------------------------------------------


def test_where_a_figure_came_from_and_went() -> None:
    page = "全镇新修水渠 条，年均增\n长 。\n12\n4.5%\n"
    placed = place(fragments(page))
    assert [page[figure.span.start : figure.span.end] for figure in placed.figures] == [
        "12",
        "4.5%",
    ]
    for figure in placed.figures:
        text = placed.fragments[figure.fragment].text
        assert text.offset(figure.offset) == figure.span.start
        assert 0.5 < figure.probability <= 1


def test_two_lines_that_want_one_figure_share_the_probability() -> None:
    page = "甲村新修水渠 条。\n乙村新修水渠 条。\n12\n"
    placed = place(fragments(page))
    assert all(figure.probability < 0.9 for figure in placed.figures)


def test_what_finds_no_place_is_kept_and_told() -> None:
    page = "全镇新修水渠 条。\n全镇新修村道 公里。\n12\n1 2 3 4 5 6 7\n40\n"
    placed = place(fragments(page))
    assert texts(placed.fragments) == ["全镇新修水渠12条。", "全镇新修村道40公里。"]
    assert [(left.fragment.text.text, left.reason) for left in placed.unplaced] == [
        ("1 2 3 4 5 6 7", "no place in the text")
    ]


def test_untouched_fragments_are_the_same_objects() -> None:
    found = fragments("各位代表：\n全镇新修水渠 条。\n12\n谢谢大家。\n")
    placed = place(found)
    assert placed.fragments[0] is found[0]
    assert placed.fragments[2] is found[3]


@pytest.mark.parametrize(
    ("likelier", "less"),
    [
        (("动", "家企"), ("合", "所有")),
        (("的", "项工"), ("为", "人民")),
        (("为", ":3"), ("构", "和功")),
        (("过", "亿元"), ("过", "程中")),
        (("约", "条村"), ("约", "条件")),
    ],
)
def test_a_unit_asks_for_a_figure_and_a_word_that_begins_like_one_does_not(
    likelier: tuple[str, str], less: tuple[str, str]
) -> None:
    assert boundary(*likelier) > boundary(*less)


# --- properties -----------------------------------------------------------------------------------

SIGNS = "全镇新修水渠条个年月日家，。、“”（）—:+%. \u3000\t3\n\n\n\f"
WORDS = ["增长 ，", "达到", "万亿", "12", " 家", "2031", "4.5%", "\n7\n8 9\n"]
PIECES = st.sampled_from([*SIGNS, *WORDS])
PAGES = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=120).map("".join))
HAN = st.text(alphabet="山水田林路桥村镇", min_size=2, max_size=12)


def offsets(found: tuple[Fragment, ...]) -> list[int]:
    """Where the characters that are not blank stood in the source."""
    return [
        fragment.text.offset(at)
        for fragment in found
        for at, sign in enumerate(fragment.text.text)
        if not sign.isspace()
    ]


@given(PAGES)
def test_nothing_lost_copied_or_invented(page: str) -> None:
    found = fragments(page)
    placed = place(found)
    after = placed.fragments + tuple(left.fragment for left in placed.unplaced)
    assert sorted(offsets(after)) == sorted(offsets(found))
    for fragment in after:
        assert "".join(page[fragment.text.offset(k)] for k in range(len(fragment.text))) == (
            fragment.text.text
        )


@given(PAGES)
def test_deterministic_and_told_truly(page: str) -> None:
    placed = place(fragments(page))
    assert place(fragments(page)) == placed
    for figure in placed.figures:
        assert 0 <= figure.probability <= 1
        assert placed.fragments[figure.fragment].text.offset(figure.offset) == figure.span.start


DISPLACED = ("displaced-after-line", "displaced-to-page-end")


@settings(max_examples=60)
@given(pages(damages=damages(kinds=[*DISPLACED, "torn-numbers", "lost-numbers"])))
def test_of_a_report_in_any_layout_none_is_lost_and_none_invented(page: DamagedPage) -> None:
    found = fragments(page.text)
    placed = place(found)
    after = placed.fragments + tuple(left.fragment for left in placed.unplaced)
    assert sorted(offsets(after)) == sorted(offsets(found))
    moved = Counter(figure.span for figure in placed.figures)
    assert all(times == 1 for times in moved.values())
    for span in moved:
        assert all(
            sign in "0123456789０１２３４５６７８９.．,%‰％+-−±＋－ "
            for sign in page.text[span.start : span.end]
        )


def at_home(page: DamagedPage, placed: Placed) -> tuple[int, int]:
    """How many of the page's figures have their own neighbours again, and how many there are."""
    origins = page.truth.origins
    order = [origins[at] for at in offsets(placed.fragments)]
    number = {origin: k for k, origin in enumerate(order) if origin is not None}
    good = every = 0
    for b, block in enumerate(page.truth.blocks):
        for match in re.finditer(r"[0-9][0-9.,%]*", block.text):
            start, end = match.span()
            first, last = number.get((b, start)), number.get((b, end - 1))
            if first is None or last is None:
                continue
            before = not start or number.get((b, start - 1)) == first - 1
            after = end == len(block.text) or number.get((b, end)) == last + 1
            every += 1
            good += before and after
    return good, every


@pytest.mark.parametrize(("kind", "floor"), [(DISPLACED[0], 0.975), (DISPLACED[1], 0.955)])
def test_most_of_a_reports_figures_come_home(kind: str, floor: float) -> None:
    good = every = 0
    for seed, path in enumerate(sorted(EXAMPLES.glob("*.md"))[::3]):
        rng = Random(seed)
        measure = float(rng.choice([11, 14, 17, 20, 24, 30]))
        layout = Layout(measure=measure, columns=rng.choice([1, 3]), seed=seed)
        copy = read_markdown(path.read_text(encoding="utf-8"))
        page = damage(set_page(copy, layout), kind, rng=rng)
        some, of = at_home(page, place(fragments(page.text)))
        good += some
        every += of
    assert every > 500
    assert good / every >= floor


MIXED = (
    ("displaced-after-line",),
    ("torn-numbers", "blanks-after-marks", "blank-lines"),
    ("displaced-to-page-end",),
    ("radicals",),
)


def test_each_page_of_a_text_is_read_by_its_own_damage() -> None:
    several = []
    for seed, path in enumerate(sorted(EXAMPLES.glob("*.md"))[:12]):
        copy = read_markdown(path.read_text(encoding="utf-8"))
        page = set_page(copy, Layout(measure=float(13 + seed), seed=seed))
        several.append(damage(page, *MIXED[seed % len(MIXED)], rng=Random(seed)).text)
    apart = Counter(text for page in several for text in texts(place(fragments(page)).fragments))
    joined = Counter(texts(place(fragments("\n".join(several))).fragments))
    assert (apart & joined).total() >= 0.985 * apart.total()


@given(st.lists(HAN, min_size=1, max_size=20))
def test_plain_text_is_left_alone(lines: list[str]) -> None:
    found = fragments("\n".join(lines))
    assert place(found).fragments is found


@settings(max_examples=40)
@given(st.lists(st.tuples(HAN, st.integers(32, 1899), HAN), min_size=3, max_size=30))
def test_a_blank_a_line_takes_them_all(rows: list[tuple[str, int, str]]) -> None:
    text = "\n".join(f"{left} 个{right}" for left, _, right in rows)
    figures = "\n".join(str(figure) for _, figure, _ in rows)
    placed = place(fragments(f"{text}\n{figures}\n"))
    assert texts(placed.fragments) == [f"{left}{figure}个{right}" for left, figure, right in rows]


@pytest.mark.parametrize(
    "page",
    [
        "1\n" * 5_000,
        "山水 个村\n" * 1_000 + "1\n" * 1_000,
        "山水 个村\n1\n" * 1_000,
        "1 " * 9_000,
        "山 水 " * 4_000 + "\n5\n",
        "山水村\n5\n" * 1_000,
        "5\n" * 1_000 + "山水 个村\n" * 1_000,
    ],
    ids=lambda page: page[:8],
)
def test_hostile_pages(page: str) -> None:
    found = fragments(page)
    placed = place(found)
    after = placed.fragments + tuple(left.fragment for left in placed.unplaced)
    assert Counter(offsets(after)) == Counter(offsets(found))


def test_each_figure_right_after_its_line() -> None:
    line = "青禾县去年全年新修村道 公里，惠及"
    page = "".join(f"{line}\n\n{figure}\n\n" for figure in range(32, 52))
    assert texts(place(fragments(page)).fragments) == [
        line.replace(" ", str(figure)) for figure in range(32, 52)
    ]


@pytest.mark.parametrize(("kind", "slots"), [((0,), (0,)), ((0, 0), (0, 1))])
def test_figures_meet_where_there_is_no_other_place(
    kind: tuple[int, ...], slots: tuple[int, ...]
) -> None:
    odds = (1.0,) * len(NO_ODDS)
    end = NO_ODDS if len(kind) == 1 else odds
    line = Place(
        line=0, slots=(odds, end), holes=(), total=odds, room=ANY_ROOM, most=1.0, glued=False,
    )  # fmt: skip
    best, shares = arrange(line, kind, 1.0, without=0)
    assert tuple(best) == slots
    assert list(shares) == [1.0] * len(kind)
