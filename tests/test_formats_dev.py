"""Real pages of ../shared in every format: valid, read back equal, the text the same, nothing lost."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest
import regex
from lxml import etree

import govreport
from govreport.edits import apply
from govreport.nodes import Gap
from govreport.report import Report
from shared import SHARED, shared
from test_edits import BLANK, lines_of, texts_of
from test_formats_others import akn_schema, docling_schema, page_of, pandoc_text, squeezed
from test_formats_tei import TEI, tei_all

#: One text of every dialect, each of another report.
PAGES = sorted(
    path.relative_to(SHARED)
    for k, folder in enumerate(sorted((SHARED / "bench" / "dev").glob("*")))
    for path in sorted(folder.glob("*.txt"))[k % 9 : k % 9 + 1]
)[:9]


@cache
def parsed(page: str) -> Report:
    with shared(page).open(encoding="utf-8", newline="") as file:
        return govreport.parse(file.read())


def test_the_pages_are_there() -> None:
    shared("bench", "dev")
    assert len(PAGES) == 9


@pytest.fixture(params=map(str, PAGES))
def report(request: pytest.FixtureRequest) -> Report:
    return parsed(request.param)


def test_native_formats_read_back_equal(report: Report) -> None:
    assert Report.from_xml(report.to_xml()) == report
    assert Report.from_json(report.to_json()) == report


def test_exports_are_valid(report: Report) -> None:
    tei_all().assertValid(etree.fromstring(report.to("tei", lines=True, pages=True).encode()))
    akn_schema().assertValid(etree.fromstring(report.to("akn").encode()))
    docling_schema().validate(json.loads(report.to("docling")))


def test_the_text_is_the_same_in_every_format(report: Report) -> None:
    """TEI has elements for gaps, and DoclingDocument keeps markers beside the text."""
    want = squeezed(report.to_text(front=False))
    assert squeezed("".join(page_of(report.to("html")).texts["body"])) == want
    assert squeezed(pandoc_text(json.loads(report.to("pandoc"))["blocks"])) == want
    akn = etree.fromstring(report.to("akn").encode())
    [body] = akn.iterfind(".//{*}mainBody")
    assert squeezed("".join(body.itertext())) == want
    tei = etree.fromstring(report.to("tei").encode())
    [body] = tei.iter(TEI + "body")
    gaps = Counter(leaf.text for leaf in report.find(Gap))
    assert squeezed("".join(body.itertext())) == (want if not gaps else want.replace("□", ""))
    items = json.loads(report.to("docling"))["texts"]
    kept = [x for x in items if x["content_layer"] == "body"][number_of_front_lines(report) :]
    assert squeezed("".join(x.get("marker", "") + x["text"] for x in kept)) == want


def number_of_front_lines(report: Report) -> int:
    return sum(not getattr(line, "repeated", False) for line in report.front.lines)


def test_the_edits_lead_to_the_text_and_lose_nothing(report: Report) -> None:
    source = report.source.text
    lines = set(lines_of(apply(source, report.edits)))
    assert {BLANK.sub("", text) for text in texts_of(report)} <= lines | {""}
    held = Counter(
        i for leaf in report.leaves() for span in leaf.spans for i in range(span.start, span.end)
    )
    for edit in report.edits:
        if edit.rule == "left-out":
            held.update(range(edit.span.start, edit.span.end))
    solid = regex.finditer(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]", source)
    assert all(held[match.start()] == 1 for match in solid)
