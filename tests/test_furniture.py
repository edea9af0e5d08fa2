from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from front_cases import Case, cases, printed, said
from govreport.furniture import TABLES, FurnitureTables, take
from govreport.furniture.tables import compile_tables
from govreport.lines import LineGap, PrintedLine
from govreport.nodes import Credit, PageDate, PageJump
from govreport.source import Traced
from govreport.typography import width
from regex_steps import Machine, read
from work import grows

CASES = list(cases("furniture"))

PIECES = st.sampled_from(
    [
        "2033年2月14日", "星期一", "星期", "责编", "校对", "／", "：", "温如简", "柏南乔", "（下转第4版）",
        "（上接", "第一版）", "（下转第", "4版）", "— 3 —", "·4·", "-", "3", "第", "版", "页", "云泽日报",
        "各位代表！", "全市上下同心协力，", "。", " ", "\u3000", "2033", "年", "月", "日", "年2月", "A3",
        "转", "接", "电话：", "0730-5550199", "立法會 ─ 2033年1月9日", "(", "）", "\ud800", "a", "\x00", "一",
    ]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, tuple[PrintedLine, ...]]:
    """Lines made of what furniture is made of, on one page or several."""
    texts = draw(st.lists(st.lists(PIECES, min_size=1, max_size=8).map("".join), max_size=14))
    source, lines = "", []
    page = 0
    for text in texts:
        kept = text.strip()
        if not kept:
            continue
        page += draw(st.integers(0, 1))
        at = len(source) + text.index(kept)
        closed = draw(st.sets(st.integers(1, max(1, len(kept) - 1)), max_size=3))
        lines.append(
            PrintedLine(
                text=Traced(kept, at),
                width=width(kept),
                page=page,
                closed=tuple(sorted(at for at in closed if at < len(kept))),
                gaps=(LineGap(at=len(kept) // 2),),
            )
        )
        source += text + "\n"
    return source, tuple(lines)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_cases(case: Case) -> None:
    source, lines = printed(case.page)
    done = take(lines, source)
    assert said(done.furniture, done.lines) == case.expected


def test_there_are_cases_enough() -> None:
    near = [case for case in CASES if "NOT:" in case.name]
    assert len(CASES) >= 60
    assert len(near) * 3 >= len(CASES)


def test_near_misses_keep_their_lines() -> None:
    for case in CASES:
        if "NOT:" in case.name:
            source, lines = printed(case.page)
            assert take(lines, source).lines == lines, case.name


def offsets(text: Traced) -> list[int]:
    return [text.offset(k) for k, sign in enumerate(text.text) if not sign.isspace()]


@given(pages())
def test_nothing_is_lost_and_nothing_twice(page: tuple[str, tuple[PrintedLine, ...]]) -> None:
    source, lines = page
    done = take(lines, source)
    before = [at for line in lines for at in offsets(line.text)]
    left = [at for line in done.lines for at in offsets(line.text)]
    taken = [
        at
        for node in done.furniture
        for span in node.spans
        for at in range(span.start, span.end)
        if not source[at].isspace() and source[at] != "\x00"
    ]
    before = [at for at in before if source[at] != "\x00"]
    left = [at for at in left if source[at] != "\x00"]
    assert sorted(left + taken) == before


@given(pages())
def test_lines_left_are_sound(page: tuple[str, tuple[PrintedLine, ...]]) -> None:
    source, lines = page
    done = take(lines, source)
    assert done == take(lines, source)
    for line in done.lines:
        text = line.text.text
        assert text
        assert text == text.strip()
        assert all(0 <= gap.at <= len(text) for gap in line.gaps)
        assert all(0 <= at <= len(text) for at in line.closed)
        assert all(source[line.text.offset(k)] == sign for k, sign in enumerate(text))


def test_blanks_that_were_closed_part_names() -> None:
    text = "责编温如简陆栖霞校对柏南乔"
    line = PrintedLine(text=Traced(text, 0), width=13.0, closed=(2, 5, 8, 10))
    credited = [x for x in take((line,), text).furniture if isinstance(x, Credit)]
    assert [(x.role, x.names) for x in credited] == [
        ("责编", ("温如简", "陆栖霞")),
        ("校对", ("柏南乔",)),
    ]


def test_letter_spaced_credits() -> None:
    text = "2033年2月14日星期一责编／温如简"
    line = PrintedLine(
        text=Traced(text, 0), width=15.5, spaced=True, closed=tuple(range(1, len(text)))
    )
    done = take((line,), text)
    assert [type(x) for x in done.furniture] == [PageDate, Credit]
    assert done.lines == ()


def test_diagnostics_name_the_place() -> None:
    source, lines = printed(["完成任务。（下转第4版）", "2033年2月14日 星期五"])
    done = take(lines, source)
    assert [(d.code, d.span.of(source)) for d in done.diagnostics] == [
        ("page-jump", "（下转第4版）"),
        ("weekday", "2033年2月14日 星期五"),
    ]


def test_gaps_behind_furniture_move() -> None:
    text = "（上接第1版）增长，完成"
    line = PrintedLine(text=Traced(text, 0), width=11.5, gaps=(LineGap(at=3), LineGap(at=9)))
    (left,) = take((line,), text).lines
    assert left.text.text == "增长，完成"
    assert [gap.at for gap in left.gaps] == [2]


def test_tables_can_be_others() -> None:
    source, lines = printed(["版務：溫如簡", "（待續第4版）"])
    assert take(lines, source).lines == lines
    tables = FurnitureTables(roles=("版務",), to_words=("待續",), surnames=frozenset("溫"))
    done = take(lines, source, tables=tables)
    assert done.lines == ()
    assert [type(x) for x in done.furniture] == [Credit, PageJump]


def test_work_grows_with_the_text() -> None:
    page = ["@body", "责编：温如简 校对：柏南乔", "完成。（下转第4版）", "— 3 —"]
    texts = {count: printed(page * count) for count in (80, 800)}

    def work(count: int) -> None:
        source, lines = texts[count]
        take(lines, source)

    assert grows(work, 80, 800) < 1.5


@pytest.mark.parametrize("piece", ["责编", "（下转", "2033年", "一", "12 "])
def test_a_long_line_costs_little(piece: str) -> None:
    texts = {count: printed([piece * count]) for count in (500, 50_000)}

    def work(count: int) -> None:
        source, lines = texts[count]
        take(lines, source)

    assert grows(work, 500, 50_000) < 1.1


@pytest.mark.parametrize("line", ["一-", "第", "12、", "2033 年 1", "今日", "责编 "])
def test_a_search_of_all_lines_stays_near_each(line: str) -> None:
    # blanks in an expression match line ends as well: what comes again could run through the text
    first = read(compile_tables(TABLES).first)

    def steps(count: int) -> int:
        machine = Machine(f"\n{line}" * count)
        first.findall(machine)
        return machine.steps

    assert steps(400) < 5 * steps(100)


def test_a_date_without_figures() -> None:
    source, lines = printed(["年 月 日 星期二 责编／温如简"])
    date = take(lines, source).furniture[0]
    assert isinstance(date, PageDate)
    assert (date.iso, date.weekday) == (None, 2)


def kinds_of(*texts: str) -> tuple[list[tuple[str, str]], list[str]]:
    """The furniture of some lines, and what is left of them."""
    source, lines = printed(texts)
    done = take(lines, source)
    return [(type(x).__name__, x.text) for x in done.furniture], [x.text.text for x in done.lines]


def test_a_jump_over_two_lines_with_another_behind_it() -> None:
    assert kinds_of("（下转", "第4版）修路（上接第1版）") == (
        [("PageJump", "（下转第4版）"), ("PageJump", "（上接第1版）")],
        ["修路"],
    )


def test_page_dates_that_ran_into_each_other() -> None:
    """Both lines can be read as one date's, and the second as an end of its own."""
    found, left = kinds_of("／Tuesday2033年1月9日", "Tuesday第3版")
    assert "".join([*left, *(text for _, text in found)]) == "／Tuesday2033年1月9日Tuesday第3版"
    assert [kind for kind, _ in found] == ["PageDate", "PageDate", "PageNumber"]


def test_what_credits_took_holds_no_jump() -> None:
    assert kinds_of("接1。责编：温如简") == ([("Credit", "责编：温如简")], ["接1。"])
