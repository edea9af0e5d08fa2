"""Inline content: labels, gaps, figures, text, and where they came from."""

from __future__ import annotations

import pickle
from itertools import pairwise

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.breaks import TextBlock
from govreport.bulk import made
from govreport.inline import Inlined, inlined
from govreport.lines import LineGap
from govreport.nodes import Gap, Lead, Number, Text
from govreport.numbering import read
from govreport.roles import Role, RoledBlock
from govreport.source import Anchors, Span, Traced
from govreport.stretches import Stretches
from work import grows


def inline(text: str, *gaps: int, role: Role = "paragraph", grammar: bool = False) -> Inlined:
    block = TextBlock(
        text=Traced(text, 0),
        label=read(text),
        gaps=tuple(LineGap(at=at, evidence=("blank-left",), probability=0.9) for at in gaps),
    )
    roled = RoledBlock(role=role, block=block, label=block.label)
    return inlined([roled], text, grammar=grammar)[0]


def shown(found: Inlined) -> list[str]:
    return [f"{type(node).__name__} {node.text}" for node in found.content]


def test_label_figures_and_text() -> None:
    found = inline("（一）新修道路12里，架桥三座。", role="heading")
    assert found.label is not None
    assert (found.label.text, found.label.style, found.label.value) == ("（一）", "han-paren", 1)
    assert shown(found) == ["Text 新修道路", "Number 12里", "Text ，架桥", "Number 三座", "Text 。"]


def test_blanks_behind_a_label_are_nobodys() -> None:
    found = inline("一、 修路", role="heading")
    assert shown(found) == ["Text 修路"]
    assert found.content[0].spans == (Span(3, 5),)


def test_gap_of_the_page() -> None:
    found = inline("召开次会议", 2)
    assert shown(found) == ["Text 召开", "Gap □", "Text 次会议"]
    assert found.content[1].spans == ()


def test_where_the_source_places_a_gap() -> None:
    (behind,) = inline("召开次会议", 2).gaps
    assert (behind.at, behind.evidence, behind.probability) == (Span(2, 2), ("blank-left",), 0.9)
    assert inline("一、 修路", 1, role="heading").gaps[0].at == Span(2, 2)
    assert inline("召开次会议", 0).gaps[0].at is None
    assert inline("召开□次会议").gaps[0].at == Span(2, 3)


def test_gap_before_the_label_stands_behind_it() -> None:
    assert shown(inline("一、修路", 0, role="heading")) == ["Gap □", "Text 修路"]


def test_gap_at_either_end() -> None:
    assert shown(inline("召开会议", 0, 4)) == ["Gap □", "Text 召开会议", "Gap □"]


def test_gap_parts_a_figure() -> None:
    found = inline("增长12.5%以上", 4)
    assert "Gap □" in shown(found)
    assert (
        "".join(node.text for node in found.content if not isinstance(node, Gap)) == "增长12.5%以上"
    )


def test_gap_beside_a_figure_leaves_it_whole() -> None:
    assert shown(inline("修路12里", 2)) == ["Text 修路", "Gap □", "Number 12里"]


def test_sign_of_the_source_is_a_gap_with_its_place() -> None:
    found = inline("召开□次会议，□□人到会")
    assert [type(node).__name__ for node in found.content] == [
        "Text",
        "Gap",
        "Text",
        "Gap",
        "Gap",
        "Text",
    ]
    assert found.content[1].spans == (Span(2, 3),)


def test_grammar_is_asked_only_where_wanted() -> None:
    assert shown(inline("产值增长%。")) == ["Text 产值增长%。"]
    found = inline("产值增长%。", grammar=True)
    assert shown(found) == ["Text 产值增长", "Gap □", "Text %。"]
    assert isinstance(found.content[1], Gap)
    assert found.content[1].evidence == ("percent-sign",)


def test_grammar_is_silent_where_a_gap_stands() -> None:
    assert shown(inline("产值增长%。", 4, grammar=True)) == ["Text 产值增长", "Gap □", "Text %。"]
    assert shown(inline("产值增长□%。", grammar=True)) == ["Text 产值增长", "Gap □", "Text %。"]


def test_salutations_and_entries_have_no_label() -> None:
    found = inline("一、修路……3", role="contents")
    assert found.label is None
    assert "".join(node.text for node in found.content) == "一、修路……3"


def test_lead_has_typed_content() -> None:
    rest = "石子从河里来，沙子从岸上来，人手从各村来，大家一条心，路一天比一天长，桥一天比一天稳，日子一天比一天好。"
    heads = ["修好村路12里。", "架好木桥12座。", "种好山林12亩。"]
    blocks = [
        RoledBlock(role="paragraph", block=TextBlock(text=Traced(head + rest, 0))) for head in heads
    ]
    found = inlined(blocks, heads[0] + rest)
    assert all(isinstance(each.lead, Lead) for each in found)
    assert [node.text for node in found[0].lead.content if isinstance(node, Number)] == ["12里"]  # type: ignore[union-attr]


PIECES = st.lists(
    st.sampled_from(["修路", "12", "里", "%", "□", "，", "。", "2031年", "3月", "第", "届", "（一）", "一是", "1.", " ", "增长"]),
    min_size=1,
    max_size=12,
).map("".join).map(str.strip).filter(bool)  # fmt: skip


@given(PIECES, st.lists(st.integers(0, 30), max_size=4), st.booleans(), st.integers(0, 9))
def test_lossless_with_spans(text: str, gaps: list[int], grammar: bool, shift: int) -> None:
    source = "　" * shift + text
    label = read(text)
    block = TextBlock(
        text=Traced(text, shift),
        label=label,
        gaps=tuple(LineGap(at=min(at, len(text))) for at in sorted(set(gaps))),
    )
    [found] = inlined(
        [RoledBlock(role="paragraph", block=block, label=label)], source, grammar=grammar
    )
    leaves = [
        leaf
        for node in (found.label, found.lead, *found.content)
        if node is not None
        for leaf in node.leaves()
    ]
    kept = [leaf for leaf in leaves if leaf.spans]
    assert "".join("".join(leaf.text for leaf in kept).split()) == "".join(text.split())
    for leaf in kept:
        assert "".join(span.of(source) for span in leaf.spans) == leaf.text
    ends = [span for leaf in kept for span in leaf.spans]
    assert all(a.end <= b.start for a, b in pairwise(ends))
    missing = [leaf for leaf in leaves if isinstance(leaf, Gap) and not leaf.spans]
    assert len(missing) >= len({gap.at for gap in block.gaps if gap.at > 0})


#: Pieces of a text: where each stood in the source, and its size.
WAYS = st.lists(st.tuples(st.integers(0, 110), st.integers(1, 6)), min_size=1, max_size=8)


@given(st.lists(WAYS, min_size=1, max_size=4), st.data())
def test_spans_of_parts_are_those_of_their_slices(
    ways: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    source = "修路 12\n里，\u200b架桥□3座。" + " " * 90 + "种树"
    texts = []
    for way in ways:
        text, anchors = "", []
        for start, size in way:
            anchors.append((len(text), start))
            text += source[start : start + size]
        where = Anchors(*zip(*anchors, strict=True))
        texts.append(Traced(text, where if len(way) > 1 else where.sources[0]))
    stretches = Stretches.of(texts, source)
    lows, highs, want = [], [], []
    for base, traced in zip(stretches.bases, texts, strict=False):
        edges = sorted(data.draw(st.sets(st.integers(0, len(traced.text)))))
        for low, high in pairwise(edges):
            lows.append(base + low)
            highs.append(base + high)
            want.append(traced[low:high].spans(source))
    assert stretches.spans(lows, highs) == want


def test_what_is_made_by_columns_is_like_what_is_made_alone() -> None:
    texts, spans = ["修路", "架桥"], [(Span(0, 2),), ()]
    alone = [Text(text=text, spans=where) for text, where in zip(texts, spans, strict=True)]
    together = made(Text, 2, text=texts, spans=spans)
    assert together == alone
    assert [*map(hash, together)] == [*map(hash, alone)]
    assert pickle.loads(pickle.dumps(together)) == alone
    assert attrs.evolve(together[0], text="造林") == Text(text="造林", spans=spans[0])
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        together[0].text = "造林"  # type: ignore[misc]
    with pytest.raises(KeyError):
        made(Text, 2, text=texts)


def test_gaps_cost_what_they_are_many() -> None:
    assert grows(lambda count: inline("修路12里，□" * count), 500, 2_000) < 1.3
