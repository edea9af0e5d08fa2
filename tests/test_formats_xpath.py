"""The XPath recipes of the docs find in the XML what the tree has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import govreport
from govreport.nodes import Gap, Lead, Node, Number, Paragraph, Section

PAGE = Path(__file__).parents[1] / "docs" / "formats" / "xml.md"
ROW = re.compile(r"^\| (?P<what>[^|]+) \| `(?P<path>//[^`]+)` \|$", re.M)
RECIPES = {row["what"]: row["path"] for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))}

SOURCE = (
    "一、工作回顾\n（一）农业。产量增长8%，达到1200吨，建成厂房□座。\n（二）工业。投资3000万元。\n"
    "二、工作安排\n（一）做好办学。新建学校12所。\n（二）做好供水。\n"
)


def paragraphs(report: govreport.Report, test: Callable[[Paragraph], bool]) -> list[str]:
    return [node.plain for node in report.find(Paragraph) if test(node)]


def over_thousand(number: Number) -> bool:
    return number.value is not None and number.value > 1000


WANTED: dict[str, Callable[[govreport.Report], list[str]]] = {
    "every figure in per cent": lambda r: [x.plain for x in r.find(Number, unit="%")],
    "figures above a thousand, with their paragraphs": lambda r: paragraphs(
        r, lambda node: any(map(over_thousand, node.find(Number)))
    ),
    "what a section says, sections in it included": lambda r: [
        x.plain
        for section in r.find(Section)
        if section.label and section.label.text == "二、"
        for x in section.find(Paragraph)
    ],
    "run-in headings": lambda r: [x.plain for x in r.find(Lead)],
    "places where a number is missing (`number` is the default, and so is not written)": lambda r: [
        x.plain for x in r.find(Gap, kind="number")
    ],
    "blocks that are uncertain": lambda r: [x.plain for x in r.walk() if _probability(x) < 0.9],
    "second-level headings": lambda r: [
        x.heading.plain for x in r.find(Section, level=2) if x.heading
    ],
}


def _probability(node: Node) -> float:
    probability: Any = getattr(node, "probability", None)
    return 1.0 if probability is None else float(probability)


@pytest.fixture(scope="module")
def reports() -> list[govreport.Report]:
    pages = sorted((Path(__file__).parents[1] / "examples" / "pages").glob("c*.txt"))
    return [govreport.parse(SOURCE), *map(govreport.parse_file, pages[:3])]


@pytest.mark.parametrize("what", RECIPES)
def test_a_recipe_finds_what_the_tree_has(what: str, reports: list[govreport.Report]) -> None:
    met = 0
    for report in reports:
        root = etree.fromstring(report.to_xml().encode())
        [body] = root.iterfind("body")
        found = body.xpath("." + RECIPES[what])
        assert isinstance(found, list)
        want = WANTED[what](attrs_body(report))
        assert ["".join(x.itertext()) for x in found if etree.iselement(x)] == want
        met += len(want)
    assert met


def attrs_body(report: govreport.Report) -> govreport.Report:
    """The report's body alone."""
    return govreport.Report(body=report.body, source=report.source)


def test_every_recipe_is_tested() -> None:
    assert set(RECIPES) == set(WANTED)
