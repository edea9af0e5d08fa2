"""Fragments to printed lines: torn numbers, one way and the other; glued lines; properties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from math import inf
from pathlib import Path
from random import Random

import pytest
import regex
from _pytest.mark import ParameterSet
from hypothesis import example, given
from hypothesis import strategies as st

from govreport import refit, refit_costs, refit_search
from govreport.columns import fragments
from govreport.lines import PrintedLine, assemble
from govreport.refit_filled import filled
from govreport.refit_runs import Beside, Run, opening_costs
from govreport.testing import (
    Copy,
    CopyBlock,
    Damage,
    Layout,
    damage,
    read_markdown,
    set_page,
)

FOLDER = Path(__file__).parent / "cases" / "lines"
REPORTS = sorted((Path(__file__).parent.parent / "examples" / "reports").glob("*.md"))
#: Paragraphs around a case, so that the text has a measure.
AROUND = (
    "清晨的码头从一声汽笛里醒来，挑担的人沿着石阶往上走，卖早点的人把炉火生得很旺。",
    "桥那边的集市开得更早，竹筐、陶罐和新摘的青菜摆了半条街，问价的声音此起彼伏。",
    "到了中午，太阳把青石板晒得发烫，猫躲进廊下的阴影里，茶馆的竹椅上坐满了歇脚的人。",
    "傍晚的风从江面吹过来，带着水草的气味，孩子们放了学，书包一丢就奔向沙滩。",
)
TOKENS = st.sampled_from(
    [
        *"工作，。“”（%1234.",
        "12",
        "5.2%",
        "2031",
        "年",
        "\n",
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "——",
        "\f",
    ]
)
SOURCES = st.lists(TOKENS, max_size=50).map("".join)


def sections(name: str) -> Iterator[tuple[str, str]]:
    """The named parts of a file of cases."""
    text = FOLDER.joinpath(name).read_text("utf-8")
    for part in regex.split(r"^== ", text, flags=regex.M)[1:]:
        title, _, body = part.partition("\n")
        yield title, body.strip("\n")


def marked(title: str, *values: object) -> ParameterSet:
    """A case; one whose name begins with ! is known to fail."""
    known = [pytest.mark.xfail(strict=True, reason=title[1:])] if title.startswith("!") else []
    return pytest.param(*values, marks=known, id=f"{title}: {str(values[-1])[:12]}")


TORN, LOST = (
    [
        marked(title, int(row.split(" ", 1)[0]), row.split(" ", 1)[1])
        for title, body in sections(name)
        for row in body.split("\n")
    ]
    for name in ("torn.txt", "lost.txt")
)
WHOLE = [marked(title, body) for title, body in sections("whole.txt")]


def typeset(measure: int, text: str) -> list[str]:
    """The lines of a paragraph with tears in it, among others, as they were printed."""
    whole = text.replace("|", "")
    blocks = [CopyBlock(kind="paragraph", text=each) for each in (*AROUND, whole, *AROUND)]
    page = set_page(Copy(front=(), blocks=tuple(blocks)), Layout(measure=measure, indent=2))
    out = [line.text for line in page.lines]
    start = "".join(out).index(whole)
    marks = [m.start() - k for k, m in enumerate(regex.finditer(r"\|", text))]
    at = -start
    for k, line in enumerate(out):
        tears = [mark - at for mark in marks if 0 < mark - at < len(line)]
        parts = zip([0, *tears], [*tears, len(line)], strict=True)
        out[k] = "|".join(line[a:b] for a, b in parts)
        at += len(line)
    return out


def texts(source: str) -> list[str]:
    return [line.text.text for line in assemble(fragments(source))]


@pytest.mark.parametrize("end", ["\n", "\n\n"], ids=["plain", "blank-lines"])
@pytest.mark.parametrize(("measure", "text"), TORN)
def test_torn_lines_close(measure: int, text: str, end: str) -> None:
    lines = typeset(measure, text)
    source = end.join(lines).replace("|", end)
    assert texts(source) == [line.replace("|", "") for line in lines]


def test_a_heading_of_two_lines_ends_before_the_next_year() -> None:
    # what is left of the heading is as wide as the indent of the line after it: both ways fit
    copy = Copy(
        blocks=(
            *[CopyBlock(kind="paragraph", text=text) for text in AROUND],
            CopyBlock(kind="heading", level=1, text="三、2033年主要工作安排"),
            CopyBlock(kind="paragraph", text="2033年是修渠的最后一年，要一直修到村口。"),
            *[CopyBlock(kind="paragraph", text=text) for text in AROUND],
        )
    )
    page = set_page(copy, Layout(measure=11, indent=2))
    lines = [line.text for line in page.lines]
    assert lines[lines.index("三、2033年主要工作") + 1] == "安排"
    torn = damage(page, "torn-numbers", rng=Random(1))
    assert texts(torn.text) == lines


@pytest.mark.parametrize("end", ["\n", "\n\n"], ids=["plain", "blank-lines"])
@pytest.mark.parametrize(("measure", "text"), LOST)
def test_a_blank_before_a_unit_tells_a_lost_figure(measure: int, text: str, end: str) -> None:
    before, number, after = text.split("|")
    source = end.join(typeset(measure, before + number + after))
    source = source.replace(number, "\n ").replace(f"{end}\n ", "\n ")
    [(line, at)] = [(x.text.text, gap.at) for x in assemble(fragments(source)) for gap in x.gaps]
    assert before.endswith(line[:at])
    assert after.startswith(line[at:])


def test_lines_that_begin_with_a_blank_lose_no_figure() -> None:
    page = "清晨的码头\n 个个醒来，\n 炉火很旺，\n 风从江面吹过\n"
    assert not any(line.gaps for line in assemble(fragments(page)))


@pytest.mark.parametrize("body", WHOLE)
def test_whole_lines_stay(body: str) -> None:
    assert texts(body) == [line for line in body.split("\n") if line]


def test_there_are_cases_enough() -> None:
    assert len(TORN) >= 65
    assert len(WHOLE) >= 25


def test_two_lines_on_one_source_line_part() -> None:
    want = typeset(14, AROUND[0])
    at = next(k for k, line in enumerate(want) if k > 5 and len(line) > 12)
    glued = [*want[:at], f"{want[at]} {want[at + 1]}", *want[at + 2 :]]
    assert texts("\n".join(glued)) == want


def test_a_paragraph_glued_on_with_its_dash_parts() -> None:
    lines = ["清晨的码头从一声汽笛里醒来。", "炉火生得很旺。 ——桥那边的集市开得更早"]
    assert texts("\n".join(lines))[1:] == ["炉火生得很旺。", "——桥那边的集市开得更早"]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("炉火生得很旺。", "二、渡口和集市"),  # a sentence, a heading
        ("第二章　渡口和集市", "一、渡口"),  # two headings
        ("二、渡口和集市", "炉火生得很旺，人也多。"),  # a heading, a paragraph
    ],
)
def test_a_short_line_and_a_heading_on_one_source_line_part(left: str, right: str) -> None:
    page = "\n".join(typeset(20, AROUND[0]))
    assert texts(f"{page}\n{left} {right}\n{page}").count(left.replace("\u3000", "")) == 1
    assert right in texts(f"{page}\n{left} {right}\n{page}")


@pytest.mark.parametrize(
    "line",
    [
        "炉火很旺， 二、渡口",  # no sentence has ended
        "炉火很旺。 二、三个渡口，",  # the label's words hold a mark
        "炉火很旺。 孩子们放了学",  # no label
        "炉火很旺。 二",  # not even one
        "二、到了 2031年，河清了。",  # a blank beside a figure
        "二、渡口 集市",  # words of one heading
        "第二章　渡口和集市开了。",  # the label's own blank
    ],
)
def test_other_short_lines_with_a_blank_stay_whole(line: str) -> None:
    page = "\n".join(typeset(20, AROUND[0]))
    assert regex.sub(r"\s", "", line) in texts(f"{page}\n{line}\n{page}")


@pytest.mark.parametrize("column", [17, 18])
def test_full_lines_tell_whether_blanks_beside_figures_were_printed(column: int) -> None:
    plain = "清晨的码头从一声汽笛里醒来挑担的人" + "们" * (column - 17)
    figures = [f"渡口今年新添大船 {n} 条，清淤河道 {n} 里" for n in (11, 23, 35)]
    lines = assemble(fragments("\n".join([plain] * 5 + figures)))
    assert {line.width for line in lines[5:]} == {column}


def test_a_page_of_lines_with_figures_alone_takes_their_blanks_as_printed() -> None:
    [line] = assemble(fragments("新添大船 11 条"))
    assert line.width == 6.5


def test_letter_spaced_lines_close_up() -> None:
    lines = assemble(fragments("民 主 监 督 有 声 有 色\n"))
    assert [(line.text.text, line.spaced) for line in lines] == [("民主监督有声有色", True)]


def bare(text: str) -> str:
    """A text without blanks, and without what 1。1% is read as."""
    return regex.sub(r"\s", "", text).replace("。", ".")


@given(SOURCES)
@example("1。1%")
def test_each_fragment_is_in_one_line(source: str) -> None:
    found = fragments(source)
    lines = assemble(found)
    assert bare("".join(line.text.text for line in lines)) == bare(source)
    for line in lines:
        check(line, len(found))


def check(line: PrintedLine, count: int) -> None:
    assert line.text.text
    assert line.width > 0
    assert 0 <= line.first <= line.last < count
    assert all(0 <= gap.at <= len(line.text) for gap in line.gaps)
    assert all(0 <= at <= len(line.text) for at in line.closed)


@pytest.mark.parametrize("line", ["", "清晨的码头从一声汽笛里醒来，挑担的人\n" * 20])
def test_long_runs_of_torn_figures_take_linear_time(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [0]
    over = refit_costs.of_over

    def counted(excess: float, squeezable: bool) -> float:
        calls[0] += 1
        return over(excess, squeezable)

    monkeypatch.setattr(refit_search, "of_over", counted)
    counts = []
    for size in (400, 800):
        calls[0] = 0
        assemble(fragments(line + "工。\n7\n" * size + line))
        counts.append(calls[0])
    assert counts[1] <= 2.1 * counts[0]
    assert bool(counts[1]) == bool(line)


@pytest.mark.parametrize("seed", range(3))
def test_short_cuts_find_the_cheapest_way(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(seed)
    plain = weighed = 0

    def compared(run: Run, before: Beside | None, after: Beside | None) -> list[int]:
        nonlocal plain, weighed
        found = refit_search.line_starts(run, before, after)
        opening = opening_costs(run, before, run.unit(run.start, after.first if after else ""))
        second = before is not None and not refit_costs.is_marked(before.first + before.last)
        search = refit_search._Search.of(run, after, opening, second=second)
        assert found == search.way(inf)
        full = filled(run, opening, after)
        assert full in (None, found)
        plain += full is not None
        weighed += full is None
        return found

    monkeypatch.setattr(refit, "line_starts", compared)
    for path in REPORTS:
        layout = Layout(
            measure=rng.choice((11, 14, 17, 22)), indent=rng.choice((0, 2, "typed")), seed=seed
        )
        page = set_page(read_markdown(path.read_text("utf-8")), layout)
        assemble(fragments(damage(page, Damage(kind="torn-numbers", rate=0.8), rng=rng).text))
    assert plain > weighed > 50


def squashed(text: str) -> str:
    return regex.sub(r"\s", "", text)


#: Of the printed lines that numbers were torn from, how many come back in their own extent.
TORN_BACK = 0.96


@pytest.mark.parametrize("seed", range(4))
def test_torn_numbers_go_back_into_their_lines_in_any_layout(seed: int) -> None:
    rng = Random(seed)
    torn = back = 0
    for path in REPORTS:
        layout = Layout(
            measure=rng.choice((11, 14, 16, 17, 20, 22)),
            indent=rng.choice((0, 2, "typed")),
            squeeze=rng.random() < 0.5,
            stretch=rng.choice((0.0, 0.05)),
            seed=seed,
        )
        page = set_page(read_markdown(path.read_text("utf-8")), layout)
        found = texts(damage(page, Damage(kind="torn-numbers", rate=0.8), rng=rng).text)
        want = [squashed(line.text) for line in page.lines]
        ends = [0, *accumulate(map(len, want))]
        got = {0, *accumulate(len(squashed(text)) for text in found)}
        assert ends[-1] in got
        for start, end, text in zip(ends, ends[1:], want, strict=False):
            if regex.search("[0-9]", text):
                torn += 1
                back += start in got and end in got and got.isdisjoint(range(start + 1, end))
    assert back >= TORN_BACK * torn > 300


@pytest.mark.parametrize("piece", ["7\n", "工作 ", "7 ", "%\n", "工 作 ，\n"])
def test_hostile_input_stays_linear(piece: str) -> None:
    source = piece * 4_000
    assert "".join(texts(source)).count("7") == source.count("7")
