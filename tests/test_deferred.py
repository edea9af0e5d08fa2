"""Contents that are typed when they are first asked for, and nodes that show nothing of it."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest

from govreport import Profile, Report, Section, Supply, figures, parse, typed
from govreport.nodes import Gap, Heading, Lead, Number, Paragraph, Text
from govreport.nodes.deferred import Words, deferred, rough

PAGE = "一、修路\n今年修好村路12里，架桥3座。\n二、种树\n今年种好山林40亩，种花5亩。\n"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the texts in which figures were looked for."""
    sizes: list[int] = []
    scan = figures.scan

    def counted(text: str) -> Any:
        sizes.append(len(text))
        return scan(text)

    monkeypatch.setattr(typed, "scan", counted)
    return sizes


def test_nothing_is_typed_before_it_is_asked_for(asked: list[int]) -> None:
    report = parse(PAGE)
    assert not asked
    assert [(each.level, type(each)) for each in report.body] == [(1, Section)] * 2  # type: ignore[union-attr]
    assert [remark.code for remark in report.diagnostics] == ["no-title"]
    assert not asked


def test_titles_leave_paragraphs_alone_and_each_is_typed_once(asked: list[int]) -> None:
    report = parse(PAGE)
    assert [each.title for each in report.sections()] == ["一、修路", "二、种树"]
    assert len(asked) == 1
    assert asked[0] < 20
    assert [each.text for each in report.find(Number)] == ["12里", "3座", "40亩", "5亩"]
    assert len(asked) == 2
    assert len(report.figures()) == 4
    assert len(asked) == 2


def test_a_node_is_as_any_other() -> None:
    first, second = (next(parse(PAGE).find(Paragraph)) for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    made = Paragraph(content=first.content, probability=first.probability)
    assert made == first
    assert repr(made) == repr(first)


def test_a_node_with_nothing_read_is_copied_pickled_and_changed_whole() -> None:
    whole = parse(PAGE)
    list(whole.walk())
    for again in (
        pickle.loads(pickle.dumps(parse(PAGE).body)),
        copy.deepcopy(parse(PAGE).body),
        tuple(copy.copy(each) for each in parse(PAGE).body),
        attrs.evolve(parse(PAGE)).body,
    ):
        assert again == whole.body


def test_a_node_says_which_name_it_lacks_and_stays_frozen() -> None:
    node: Any = next(parse(PAGE).find(Heading))
    with pytest.raises(AttributeError, match="Heading has no attribute 'words'"):
        _ = node.words
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        node.content = ()


def test_a_node_that_was_read_by_another_thread_meanwhile() -> None:
    class Racing(Words):
        """Another look at the node while the first is still reading."""

        def content(self, _: int, /) -> tuple[Text, ...]:
            if not looks:
                looks.append(1)
                assert node.plain == "修路"
            return (Text(text="修路"),)

    looks: list[int] = []
    node: Any = deferred(Lead, Racing(), 0)
    assert node.plain == "修路"
    assert node.__getattr__("content") == node.content  # asked before, answered after the other
    assert rough(deferred(Lead, Racing(), 0)) == node.content

    reports = [parse(PAGE) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        plain = set(pool.map(lambda _: reports[_ % 8].to_text(), range(64)))
    assert plain == {parse(PAGE).to_text()}


@pytest.mark.parametrize("form", ["text", "markdown", "annotations", "docling"])
def test_who_asks_for_words_alone_has_nothing_typed(asked: list[int], form: str) -> None:
    read = parse(PAGE)
    list(read.walk())
    asked.clear()
    report = parse(PAGE)
    assert report.to(form) == read.to(form)
    assert report.edits == read.edits
    assert not asked
    assert report == read


def test_a_node_that_was_read_is_rough_as_it_is() -> None:
    one, other = (next(parse(PAGE).find(Paragraph)) for _ in range(2))
    assert [type(each) for each in one.content] == [Text, Number, Text, Number, Text]
    assert rough(one) is one.content
    assert rough(Paragraph()) == ()
    assert [type(each) for each in rough(other)] == [Text]
    assert rough(other)[0].text == one.plain


@pytest.mark.parametrize(
    "page",
    [
        "一、修路\n今年修好 World Bank 资助的村路12里，\n架桥3座。\n二、种树 造林 5 亩\n",
        "今年修好村路□里，架桥\n\n 座。\n——种树⸺造林12亩。\n",
        "今年修好村路12里，架\n1\n（下转第2版）\n桥3座，\n种树5\n亩。\n",
    ],
)
def test_edits_are_the_same_before_and_after_figures_are_told_apart(page: str) -> None:
    report, read = parse(page), parse(page)
    list(read.walk())
    assert report.edits == read.edits


def gaps(report: Report) -> list[tuple[int, float | None]]:
    return [
        (each.span.start, each.probability) for each in report.diagnostics if each.code == "gap"
    ]


def test_gaps_are_told_without_typing(asked: list[int]) -> None:
    source = "□年来，修路□里。\n一、□里村路\n"
    report = parse(source)
    assert gaps(report) == [(0, 1.0), (6, 1.0), (12, 1.0)]
    assert not asked
    assert gaps(parse(source, hints=[Supply(1, "12")])) == [(0, 1.0), (12, 1.0)]


def test_a_gap_without_a_sign_stands_where_what_is_before_it_ends(asked: list[int]) -> None:
    page = "一年来，共修路\n\n 里，架桥\n\n 座。\n目标增长 %。\n"
    report = parse(page, profile=Profile(grammar_gaps=True))
    assert [page[:at][-2:] for at, _ in gaps(report)] == ["修路", "架桥", "增长"]
    assert not asked
    assert [each.evidence for each in report.find(Gap)] == [
        ("blank-left",),
        ("blank-left",),
        ("percent-sign",),
    ]
