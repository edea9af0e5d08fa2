"""Sections by number, parents and paths, visitors and transformers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from govreport.nodes import Gap, Item, Lead, Node, Number, Paragraph, Section, Supplied, Text
from govreport.report import Report
from govreport.visitors import REMOVE, Removal, Transformer, Visitor
from tree_strategies import reports

GOLDEN = Path(__file__).parent / "golden" / "report.json"


@pytest.fixture
def report() -> Report:
    return Report.from_json(GOLDEN.read_bytes())


@pytest.mark.parametrize(
    ("where", "title"),
    [
        ("一", "一、过去一年工作回顾"),
        ("1", "一、过去一年工作回顾"),
        ("二", "二、今年主要任务"),
        ("一.1", "（一）产业升级步伐加快。"),
        ("1.一", "（一）产业升级步伐加快。"),
        ("二、今年主要任务", "二、今年主要任务"),
        ("三", None),
        ("一.2", None),
        ("一.1.1", None),
        ("", None),
        ("廿亿", None),
        ("1" * 5000, None),
    ],
)
def test_sections_by_number(report: Report, where: str, title: str | None) -> None:
    found = report.section(where)
    assert (found.title if found else None) == title


def test_the_first_step_may_stand_deeper() -> None:
    inner = Section(level=2, children=())
    outer = Section(level=1, children=(Section(level=2), inner))
    report = Report(body=(outer,))
    assert report.section("1.2") is inner
    assert report.section("2") is inner


def test_sections_come_in_reading_order(report: Report) -> None:
    assert [section.level for section in report.sections()] == [1, 2, 1]


@given(reports)
def test_paths_are_unique_and_lead_upwards(report: Report) -> None:
    nodes = list(report.walk())
    paths = [report.index.path(node) for node in nodes]
    assert len(set(paths)) == len({id(node) for node in nodes})
    for node in nodes:
        parent = report.index.parent(node)
        if parent is not None:
            assert report.index.path(node).startswith(report.index.path(parent) + ".")
            assert any(child is node for child in parent.children_nodes)


def test_nodes_are_found_by_any_field(report: Report) -> None:
    """Also by one that is called as the parameter could be."""
    assert list(report.find(Gap, kind="number")) == list(report.find(Gap))
    assert not list(report.body[2].find(Gap, kind="character"))


@given(reports)
def test_a_path_leads_to_its_node(report: Report) -> None:
    for node in report.walk():
        assert report.index.node(report.index.path(node)) is node
    with pytest.raises(KeyError):
        report.index.node("s99")


def test_parents(report: Report) -> None:
    gap = next(report.find(Gap))
    assert report.index.path(gap) == "s1.s1.p1.gap1"
    kinds = [type(node) for node in report.index.parents(gap)]
    assert kinds == [Paragraph, Section, Section]
    with pytest.raises(KeyError):
        report.index.path(Gap())


class Recorder(Visitor):
    """Writes down what it meets."""

    def __init__(self) -> None:
        self.met: list[str] = []

    def visit_section(self, node: Node) -> None:
        """Into a section."""
        self.met.append("section")

    def leave_section(self, node: Node) -> None:
        """Out of a section."""
        self.met.append("/section")

    def visit_paragraph(self, node: Node) -> bool:
        """Not into paragraphs."""
        self.met.append("paragraph")
        return False

    def visit_number(self, node: Node) -> None:
        """A figure."""
        self.met.append("number")


def test_a_visitor_meets_nodes_in_order_and_may_stay_out(report: Report) -> None:
    recorder = Recorder()
    recorder.walk(report.body[2])
    assert recorder.met == ["section", "section", "paragraph", "number", "/section", "/section"]


class Change(Transformer):
    """Fills gaps, takes items out, doubles figures."""

    def leave_gap(self, node: Gap) -> Node:
        """A reading for a gap."""
        return Supplied(text="42", kind=node.kind)

    def leave_item(self, node: Item) -> Removal:
        """No items."""
        return REMOVE

    def leave_number(self, node: Number) -> tuple[Node, ...]:
        """Two figures for one."""
        return (node, node)

    def leave_lead(self, node: Lead) -> Removal:
        """No run-in headings."""
        return REMOVE


def test_a_transformer_makes_a_new_tree(report: Report) -> None:
    old = report.body[2]
    new = Change().transform(old)
    assert "办理代表建议42件" in new.plain
    assert "8.5%8.5%" in new.plain
    assert not list(new.find(Item))
    assert not list(new.find(Lead))
    assert list(old.find(Item))


def test_a_transformer_that_changes_nothing_gives_the_same_tree(report: Report) -> None:
    assert Transformer().transform(report.body[2]) is report.body[2]


class Forgetful(Transformer):
    """Forgets to return."""

    def leave_text(self, node: Text) -> None:
        """Return nothing."""


class Crowd(Transformer):
    """Two where one stands."""

    def leave_lead(self, node: Lead) -> tuple[Node, ...]:
        """Two of them."""
        return (node, node)


@pytest.mark.parametrize("transformer", [Forgetful(), Crowd()])
def test_a_transformer_that_errs_says_so(report: Report, transformer: Transformer) -> None:
    with pytest.raises(TypeError):
        transformer.transform(report.body[2])
