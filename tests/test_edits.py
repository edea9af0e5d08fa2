"""The edits: applied to the source they give the text; nothing is lost; clean text has none."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from govreport.edits import RULES, Edit, apply, effects
from govreport.nodes import Front, Gap, Leaf, PageJump, Paragraph, Supplied, Text, Title
from govreport.ordering import heaviest_rising
from govreport.report import Report
from govreport.source import Source, Span
from govreport.visitors import blocks
from tree_strategies import printed_reports, reports
from work import grows

LINE = regex.compile(r"\r\n|\r|\n")
BLANK = regex.compile(r"[\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")


def lines_of(text: str) -> list[str]:
    return [line for line in (BLANK.sub("", x) for x in LINE.split(text)) if line]


def texts_of(report: Report) -> list[str]:
    return ["".join(leaf.text for leaf in leaves) for _, leaves in blocks(report.body)]


def built(source: str, *block_spans: list[tuple[str, int, int]]) -> Report:
    """A report of one paragraph for each list of (text, start, end)."""
    body = tuple(
        Paragraph(content=tuple(Text(text=t, spans=(Span(a, b),)) for t, a, b in block))
        for block in block_spans
    )
    return Report(body=body, source=Source(source))


def rules(report: Report) -> list[str]:
    return [edit.rule for edit in report.edits]


@given(printed_reports())
def test_applied_edits_give_one_block_a_line(report: Report) -> None:
    lines = lines_of(apply(report.source.text, report.edits))
    want = texts_of(report)
    assert [line for line in lines if line != "（下转第4版）" or line in want] == want
    assert len(lines) == len(want) + len(report.furniture)


@given(printed_reports() | reports)
def test_rough_leaves_lead_to_the_edits_of_fine_ones(report: Report) -> None:
    source = report.source.text
    fine = [leaves for _, leaves in blocks(report.body)]
    apart = [(each,) for each in (*report.front.lines, *report.furniture)]
    some = effects(source, map(one, fine), apart, readings={}, finer=fine.__getitem__)
    assert some == effects(source, fine, apart, readings={})


def one(leaves: tuple[Leaf, ...]) -> tuple[Leaf, ...]:
    """Texts that follow one another in one leaf, as they are before figures are told apart."""
    spans = [span for leaf in leaves for span in leaf.spans]
    follow = all(a.end <= b.start for a, b in pairwise(spans))
    if not follow or any(type(leaf) is not Text or len(leaf.spans) != 1 for leaf in leaves):
        return leaves
    if not leaves:
        return ()
    text = "".join(leaf.text for leaf in leaves)
    return (Text(text=text, spans=(Span(spans[0].start, spans[-1].end),)),)


def test_blocks_that_overlap_are_cut_leaf_by_leaf() -> None:
    fine = [
        (Text(text="提高", spans=(Span(0, 2),)), Text(text="12所", spans=(Span(3, 6),))),
        (Text(text="高", spans=(Span(1, 2),)),),
    ]
    source = "提高 12所\n"
    rough = [(Text(text="提高12所", spans=(Span(0, 6),)),), fine[1]]
    some = effects(source, rough, readings={}, finer=fine.__getitem__)
    assert some == effects(source, fine, readings={})
    assert some != effects(source, rough, readings={})


@given(printed_reports())
def test_each_solid_character_is_in_one_leaf_or_one_deletion(report: Report) -> None:
    source = report.source.text
    held = Counter(
        i for leaf in report.leaves() for span in leaf.spans for i in range(span.start, span.end)
    )
    for edit in report.edits:
        if edit.rule == "left-out":
            held.update(range(edit.span.start, edit.span.end))
    assert all(held[i] == 1 for i, sign in enumerate(source) if not BLANK.match(sign))


@given(printed_reports() | reports)
def test_edits_say_what_stands_in_the_source(report: Report) -> None:
    for edit in report.edits:
        assert edit.rule in RULES
        assert edit.before == edit.span.of(report.source.text)
        assert edit.before != edit.after or edit.target is not None


@given(reports)
def test_any_tree_has_edits_that_give_its_lines(report: Report) -> None:
    """Even where spans mean nothing: what the source does not hold is supplied."""
    got = BLANK.sub("", apply(report.source.text, report.edits))
    for text in texts_of(report):
        assert BLANK.sub("", text) in got


@given(st.lists(st.text(st.sampled_from("工作，。a "), min_size=1), min_size=1))
def test_clean_text_has_no_edits(lines: list[str]) -> None:
    source, at, found = "", 0, []
    for line in lines:
        found.append([(line, at, at + len(line))])
        source += line + "\n"
        at = len(source)
    assert built(source, *found).edits == ()


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=7))
@example([(3, 1), (3, 1)])
def test_what_stays_is_the_heaviest_rising_choice(pairs: list[tuple[int, int]]) -> None:
    places, weights = [p for p, _ in pairs], [w for _, w in pairs]
    best = 0
    for choice in range(1 << len(pairs)):
        taken = [k for k in range(len(pairs)) if choice >> k & 1]
        if all(places[a] < places[b] for a, b in pairwise(taken)):
            best = max(best, sum(weights[k] for k in taken))
    got = heaviest_rising(places, lambda some: [weights[k] for k in some])
    assert sum(weights[k] for k in got) == best
    assert all(places[a] < places[b] for a, b in pairwise(got))


@pytest.mark.parametrize(
    ("source", "found", "want"),
    [
        ("工 作\n报", [[("工作报", 0, 5)]], ["blank", "line-end"]),
        ("工\u200b作", [[("工作", 0, 3)]], ["invisible"]),
        ("工\x00作", [[("工作", 0, 3)]], ["control"]),
        ("⺠生⸺", [[("民生——", 0, 3)]], ["reading", "reading"]),
        ("a\nb", [[("a b", 0, 3)]], ["line-end"]),
        ("２０", [[("20", 0, 2)]], ["reading", "reading"]),
        ("工作。报告", [[("工作。", 0, 3)], [("报告", 3, 5)]], ["split"]),
        ("工作\f\n报告", [[("工作", 0, 2)], [("报告", 4, 6)]], ["control"]),
        ("工作x", [[("工作", 0, 2)]], ["left-out"]),
        ("20\n产值和万", [[("产值", 3, 5), ("20", 0, 2), ("和万", 5, 7)]], ["moved"]),
        ("工作", [[("工作报", 0, 2)]], ["supplied"]),
    ],
)
def test_rules(source: str, found: list[list[tuple[str, int, int]]], want: list[str]) -> None:
    report = built(source, *found)
    assert rules(report) == want
    want_lines = [BLANK.sub("", text) for text in texts_of(report)]
    assert lines_of(apply(source, report.edits)) == want_lines


def test_a_figure_goes_back_to_its_place() -> None:
    source = "完成产值\n亿元\n109"
    report = built(source, [("完成产值", 0, 4), ("109", 8, 11), ("亿元", 5, 7)])
    assert report.edits[0] == Edit(
        rule="moved", span=Span(8, 11), before="109", after="109", target=4
    )
    assert apply(source, report.edits) == "完成产值109亿元\n"


def test_columns_that_change_places_move_as_a_whole() -> None:
    source = "丙丙丙\n丁丁\n甲\n乙"
    report = built(source, [("甲", 7, 8)], [("乙", 9, 10)], [("丙丙丙", 0, 3)], [("丁丁", 4, 6)])
    assert rules(report) == ["moved", "moved"]
    assert lines_of(apply(source, report.edits)) == ["甲", "乙", "丙丙丙", "丁丁"]


def test_furniture_in_the_middle_of_a_paragraph_goes_behind_it() -> None:
    source = "工作\n（下转第4版）\n报"
    paragraph = Paragraph(content=(Text(text="工作报", spans=(Span(0, 2), Span(11, 12))),))
    jump = PageJump(text="（下转第4版）", spans=(Span(3, 10),), direction="to", page="4")
    report = Report(body=(paragraph,), furniture=(jump,), source=Source(source))
    assert apply(source, report.edits) == "工作报\n（下转第4版）"


def test_gaps_and_supplied_readings_are_put_in() -> None:
    before, after = Text(text="改革", spans=(Span(0, 2),)), Text(text="年", spans=(Span(2, 3),))
    lost = Paragraph(content=(before, Gap(), after))
    report = Report(body=(lost,), source=Source("改革年"))
    assert apply("改革年", report.edits) == "改革□年"
    filled = Paragraph(content=(before, Supplied(text="40"), after))
    report = Report(body=(filled,), source=Source("改革年"))
    assert rules(report) == ["supplied"]
    assert apply("改革年", report.edits) == "改革40年"


def test_front_matter_without_a_place_is_supplied() -> None:
    report = Report(front=Front(lines=(Title(text="报告"),)), source=Source(""))
    assert apply("", report.edits) == "报告\n"


def test_edits_of_a_long_text_cost_what_they_are_many() -> None:
    def work(count: int) -> None:
        words = "工作 报告\n" * count
        report = built(words, [("工作报告" * count, 0, len(words))])
        assert len(report.edits) == 2 * count
        assert apply(words, report.edits) == "工作报告" * count

    assert grows(work, 2_000, 8_000) < 1.1


@pytest.mark.parametrize("sign", ["\x00", " ", "\n", "\ufeff", "⺠", "x"])
def test_a_long_run_of_one_kind_costs_what_its_length_is(sign: str) -> None:
    def work(count: int) -> None:
        source = "工" + sign * count + "作"
        report = built(source, [("工作", 0, len(source))])
        assert apply(source, report.edits) == "工作"

    assert grows(work, 4_000, 24_000) < 1.1


def test_stretches_without_length_are_no_stretches() -> None:
    text = Text(text="工作", spans=(Span(0, 0), Span(0, 2)))
    report = Report(body=(Paragraph(content=(text,)),), source=Source("工作"))
    assert report.edits == ()
    assert report.source_of(text) == "工作"
