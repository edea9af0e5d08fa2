"""The parts of the inference of line ends, each against its definition."""

from __future__ import annotations

from itertools import product
from math import exp

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from govreport import breaks, parse
from govreport.breaks import break_lines
from govreport.chain import KINDS, posteriors, weights
from govreport.columns import fragments
from govreport.cues import gather, geometry
from govreport.hints import Forced
from govreport.lines import LineGap, PrintedLine, assemble
from govreport.numbering import Form, read
from govreport.source import Traced
from govreport.typography import width

Table = dict[str, tuple[float, ...]]
SOFT = {"first": ("inner", 0), "inner": ("inner", 1), "heading": ("heading", 2)}
HARD = {("p", "first"): 3, ("p", "heading"): 4, ("h", "first"): 5, ("h", "heading"): 6}


def weight(names: tuple[str, ...], table: Table, kind: int) -> float:
    """What a line end's features say for one of its kinds."""
    if "unwrapped" in names and kind < 3:
        return 0.0
    return exp(sum(table[name][kind] for name in names if name in table))


def by_definition(names: list[tuple[str, ...]], table: Table, forced: Forced) -> list[float]:
    """The share of each hard end among all ways to read a text, each tried in turn."""
    n, total, hard = len(names), 0.0, [0.0] * len(names)
    for start, ways in product(("first", "heading"), product((0, 1, 2), repeat=n)):
        here, chance, ended = start, 1.0, []
        for k, way in enumerate(ways):
            is_heading = k in dict(forced.headings)
            if is_heading and here != "heading":
                chance = 0.0
            state = "h" if here == "heading" else "p"
            after, kind = SOFT[here]
            if way:  # 1: a paragraph follows, 2: a heading
                after = "first" if way == 1 else "heading"
                kind = HARD[state, after]
                ended.append(k)
            if not way and (k in forced.hard or k == n - 1):
                chance = 0.0
            if way and k in forced.soft and k != n - 1:
                chance = 0.0
            if k + 1 in dict(forced.headings) and (not way or after != "heading"):
                chance = 0.0
            chance *= weight(names[k], table, kind)
            here = after
        total += chance
        for k in ended:
            hard[k] += chance
    return [each / total for each in hard]


NAMES = ("a", "b", "c", "unwrapped")
tables = st.fixed_dictionaries(
    {name: st.tuples(*[st.floats(-3, 3, allow_subnormal=False)] * len(KINDS)) for name in NAMES[:3]}
)
lines = st.lists(
    st.lists(st.sampled_from(NAMES[:3]), max_size=3).map(tuple), min_size=1, max_size=5
)


@given(lines, tables)
def test_posteriors_are_sums_over_all_readings(names: list[tuple[str, ...]], table: Table) -> None:
    hard, _ = posteriors(names, table)
    assert hard == pytest.approx(by_definition(names, table, Forced()), abs=1e-9)


@given(lines, tables, st.data())
def test_hints_leave_only_the_readings_that_agree(
    names: list[tuple[str, ...]], table: Table, data: st.DataObject
) -> None:
    inner = st.integers(0, len(names) - 2)
    assume(len(names) > 2)
    soft, hard = data.draw(inner), data.draw(inner)
    assume(soft != hard)
    hints = Forced(soft=frozenset({soft}), hard=frozenset({hard}))
    found, _ = posteriors(names, table, hints)
    assert found == pytest.approx(by_definition(names, table, hints), abs=1e-9)
    assert (found[soft], found[hard]) == pytest.approx((0, 1))


@given(lines, tables, st.data())
def test_a_hint_at_a_heading_is_kept(
    names: list[tuple[str, ...]], table: Table, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(names) - 1))
    _, heading = posteriors(names, table, Forced(headings=((at, None),)))
    hard, _ = posteriors(names, table, Forced(headings=((at, None),)))
    assert heading[at] == pytest.approx(1)
    assert at == 0 or hard[at - 1] == pytest.approx(1)


@given(tables)
def test_what_was_never_wrapped_goes_on_nowhere(table: Table) -> None:
    hard, heading = posteriors([("unwrapped", "a"), ("b", "unwrapped"), ("c",)], table)
    assert hard == pytest.approx([1, 1, 1])
    assert all(0 <= each <= 1 for each in heading)


def test_without_a_feature_all_readings_are_alike() -> None:
    hard, heading = posteriors([(), ()], {})
    assert hard == pytest.approx(by_definition([(), ()], {}, Forced()))
    assert heading == pytest.approx([0.5, 0.5])
    assert posteriors([("unknown",), ()], {})[0] == hard


# ---- blocks


def line(text: str, *gaps: int, indent: float = 0.0) -> PrintedLine:
    found = tuple(LineGap(at=at, evidence=("test",), probability=0.9) for at in gaps)
    return PrintedLine(text=Traced(text, 0), width=width(text), indent=indent, gaps=found)


def joined(*of: PrintedLine) -> tuple[str, list[int]]:
    """The text of lines that are one block, and where its gaps are."""
    soft = frozenset(range(len(of) - 1))
    (block,) = break_lines(of, Forced(soft=soft)).blocks
    return block.text.text, [gap.at for gap in block.gaps]


def test_gaps_keep_their_places_where_lines_meet() -> None:
    one, two = line("全年通车条，投资", 4), line("亿元，受益人", 0, 6)
    assert joined(one) == ("全年通车条，投资", [4])
    assert joined(one, two) == ("全年通车条，投资亿元，受益人", [4, 8, 14])
    assert joined(line("各县"), one, line("修路。"), two) == (
        "各县全年通车条，投资修路。亿元，受益人",
        [6, 13, 19],
    )


def test_a_blank_before_a_gap_is_put_right_and_the_gap_moves_with_it() -> None:
    text, gaps = joined(line("全年 通车 条", 6), line("，投资 亿元", 4))
    assert [text[:at] for at in gaps] == [text[: text.index("条")], text[: text.index("亿")]]


def test_each_block_has_its_own_gaps() -> None:
    found = break_lines(
        (line("全年通车条。", 4), line("修路。"), line("投资亿元。", 2)),
        Forced(hard=frozenset({0, 1})),
    ).blocks
    assert [[gap.at for gap in block.gaps] for block in found] == [[4], [], [2]]
    assert [(block.first, block.last) for block in found] == [(0, 0), (1, 1), (2, 2)]


def test_a_label_ends_where_its_blanks_do() -> None:
    report = parse("一是\u30008\n？")
    assert report.to_text() == "一是8？\n"
    of = assemble(fragments("第一节\u3000修路架桥\n不停步！"))
    (block,) = break_lines(of, Forced(soft=frozenset({0}))).blocks
    assert block.label is not None
    assert block.text.text[block.label.end :] == "修路架桥不停步！"


def test_a_block_has_what_its_lines_say() -> None:
    of = (line("议题一：修路", indent=2.0), line("各县修路架桥。", indent=1.0), line("好。"))
    form = Form(regex.compile("议题(?P<numeral>[一二])："), "chapter")
    hints = Forced(hard=frozenset({0, 1}), headings=((0, 1),))
    found = break_lines(of, hints, (form,))
    head, text, last = found.blocks
    assert head.label is not None
    assert (head.label.style, head.label.value) == ("chapter", 1)
    assert (head.indent, text.indent, last.indent) == (2.0, 1.0, 0.0)
    assert head.heading == pytest.approx(1)
    assert text.label is None
    assert text.heading < 1
    assert head.probability == found.hard[0]
    assert text.probability == found.hard[0] * found.hard[1]
    assert last.probability == found.hard[1] * found.hard[2]


#: As lines of a clean text, some of its first blocks would be joined.
UNSETTLED = "百分之五\n（一）（一）5.2，" * 20


def test_ends_that_would_not_last_are_soft() -> None:
    of = assemble(fragments(UNSETTLED))
    found = break_lines(of)
    first, _ = posteriors(gather(of).names, weights())
    undone = [k for k, end in enumerate(first) if end >= 0.5 > found.hard[k]]
    assert undone
    assert 1 < len(found.blocks) < sum(end >= 0.5 for end in first)
    assert [b.last for b in found.blocks] == [k for k, end in enumerate(found.hard) if end >= 0.5]
    # but not against a hint
    kept = break_lines(of, Forced(hard=frozenset(undone)))
    assert all(kept.hard[k] >= 0.5 for k in undone)
    at = undone[0]
    for where in (at, at + 1):
        head = break_lines(of, Forced(headings=((where, None),)))
        assert head.hard[where - 1] >= 0.5
        assert head.blocks[[b.first for b in head.blocks].index(where)].heading > 0.99


@pytest.mark.parametrize("source", [UNSETTLED, "修路，\n架桥\n一、好\n（一）3\n年。\n" * 4])
def test_a_block_is_as_sure_as_its_two_ends(source: str) -> None:
    found = break_lines(assemble(fragments(source)))
    assert any(end not in (0.0, 1.0) for end in found.hard)
    for block in found.blocks:
        before = found.hard[block.first - 1] if block.first else 1.0
        assert block.probability == before * found.hard[block.last]


def test_reading_back_ends_after_some_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    of = assemble(fragments(UNSETTLED))
    many = len(break_lines(of).blocks)
    monkeypatch.setattr(breaks, "_ROUNDS", 1)
    once = break_lines(of)
    assert len(once.blocks) > many
    assert [b.last for b in once.blocks] == [k for k, end in enumerate(once.hard) if end >= 0.5]


#: Wide enough that nothing else was wrapped.
WIDE = "镇里的人都还记得，" * 9


@pytest.mark.parametrize("gaps", [(), (9, 18)])
def test_a_gap_counts_as_wide_as_its_sign(gaps: tuple[int, ...]) -> None:
    of = [line(WIDE, *gaps), line("修路。"), line("架桥。")]
    assert breaks._clean_widths(of, [0, 2], [0]) == [81 + len(gaps), 6]
    marked = [each.text.text for each in breaks._as_clean(of, [0, 2], [81, 6])]
    assert marked[0].count("□") == len(gaps)
    assert marked[0].replace("□", "") == WIDE
    assert not gaps or marked[0][9] == marked[0][19] == "□"
    assert marked[1] == "修路。架桥。"


@given(st.lists(st.sampled_from([20.0, 20.0, 20.0, 19.5, 21.0, 6.0]), min_size=9), st.data())
def test_the_second_widest_around_most_lines_fills_the_column(
    ems: list[float], data: st.DataObject
) -> None:
    change = data.draw(st.integers(0, len(ems)))
    columns = [20.0] * change + [19.5] * (len(ems) - change)
    others = set(geometry._beside_others(ems, columns))
    assert others <= set(range(len(ems) - 1))
    for k in {*range(len(ems) - 1)} - others:
        around = [*ems[max(0, k - 3) : k], *ems[k + 1 : k + 5]]
        assert sorted(around)[-2] == columns[k]


# ---- labels that a profile brings


def test_forms_are_asked_at_a_place() -> None:
    form = Form(regex.compile("议题(?P<numeral>[一二三])：|※"), "chapter")
    label = form.read("好议题二：财政", 1)
    assert label is not None
    assert (label.text, label.style, label.value, label.end) == ("议题二：", "chapter", 2, 5)
    assert form.read("好议题二：财政", 0) is None
    bare = form.read("※财政", 0)
    assert bare is not None
    assert (bare.text, bare.value) == ("※", None)
    assert Form(regex.compile("x?"), "chapter").read("财政", 0) is None
    plain = Form(regex.compile("附[件]"), "chapter").read("附件 一", 0)
    assert plain is not None
    assert (plain.value, plain.end) == (None, 3)
    assert read("议题三：", forms=(form,)) == form.read("议题三：", 0)


def test_long_chains_are_scaled_and_stay_probabilities() -> None:
    """Line ends that speak against each other bring the sums down at every step."""
    names = [("end:stop", "indent:in"), ("end:comma", "over:1"), ("end:semicolon",)] * 4_000
    hard, heading = posteriors(names, weights())
    assert 0.0 <= min(*hard, *heading) <= max(*hard, *heading) <= 1.0
    middle = slice(5_999, 6_002)
    assert hard[middle] == pytest.approx(posteriors(names[:600], weights())[0][299:302], abs=1e-12)


def test_hints_that_leave_no_way_leave_no_chance() -> None:
    hard, heading = posteriors(
        [("end:stop",)] * 6, weights(), Forced(soft=frozenset({2}), hard=frozenset({2}))
    )
    assert hard[:5] == [0.0] * 5
    assert heading == [0.0] * 6
