"""TEI P5: valid by the real schema for any tree; its text is the report's."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from govreport.formats.common import clean
from govreport.nodes import (
    Gap,
    Heading,
    Item,
    Label,
    Lead,
    Paragraph,
    Salutation,
    Section,
    Text,
    Title,
)
from govreport.report import Report
from govreport.source import Source, Span
from govreport.visitors import blocks
from shared import shared
from tree_strategies import printed_reports, reports

TEI = "{http://www.tei-c.org/ns/1.0}"


@cache
def tei_all() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(shared("reference", "schemas", "tei_all-4.12.0.rng")))


def written(report: Report, **options: bool) -> etree._Element:
    return etree.fromstring(report.to("tei", **options).encode("utf-8"))


@given(reports | printed_reports(), st.booleans(), st.booleans(), st.booleans())
def test_any_report_is_valid(report: Report, lines: bool, pages: bool, repairs: bool) -> None:
    tree = written(report, lines=lines, pages=pages, repairs=repairs)
    tei_all().assertValid(tree)


@given(reports | printed_reports(), st.booleans(), st.booleans())
def test_the_text_is_the_reports_without_gap_signs(
    report: Report, lines: bool, pages: bool
) -> None:
    tree = written(report, lines=lines, pages=pages)
    [body] = tree.iter(TEI + "body")
    got = "".join(
        "".join(x.itertext())
        for x in body.iter(TEI + "p", *map(TEI.__add__, ("head", "item", "salute")))
    )
    want = "".join(
        clean(leaf.text)
        for _, leaves in blocks(report.body)
        for leaf in leaves
        if not isinstance(leaf, Gap)
    )
    assert got == want


def test_what_stands_where() -> None:
    source = "一、工作\n回⺠\f顾"
    heading = Heading(content=(Text(text="工作回民顾", spans=(Span(2, 9),)),))
    run_in = Paragraph(
        label=Label(text="（一）", style="paren", value=1),
        lead=Lead(content=(Text(text="稳增长。"),)),
        content=(Text(text="增长"), Gap(), Text(text="%。")),
    )
    label = Label(text="一、", style="han", value=1, spans=(Span(0, 2),))
    item = Item(marker=Label(text="一是", style="shi", value=1), content=(Text(text="农业。"),))
    section = Section(
        level=1,
        label=label,
        heading=heading,
        children=(Section(level=2, children=(run_in, item)), Paragraph(content=(Text(text="完"),))),
    )
    salutation = Salutation(content=(Text(text="各位代表："),))
    report = Report(body=(salutation, section), source=Source(source))
    text = report.to("tei", lines=True, pages=True, repairs=True)
    assert '<head><num type="ordinal" value="1">一、</num>工作<lb break="no"/>回' in text
    assert "<choice><orig>⺠</orig><reg>民</reg></choice><pb/>顾</head>" in text
    assert '<head rend="run-in"><num type="ordinal" value="1">（一）</num>稳增长。</head>' in text
    assert '<p xml:id="s1.s1.p1">增长<gap reason="illegible"/>%。</p>' in text
    assert '<item xml:id="s1.s1.i1" n="1"><label>一是</label>农业。</item>' in text
    assert '<div type="continuation" xml:id="s1.c1">' in text
    assert "<opener>\n        <salute>各位代表：</salute>" in text


def test_the_same_object_twice_has_two_ids() -> None:
    paragraph = Paragraph(content=(Text(text="工作"),))
    report = Report(body=(paragraph, paragraph, Section(level=1, children=(paragraph,))))
    ids = written(report).xpath("//@xml:id")
    assert ids == ["p1", "p2", "s1", "s1.p1"]


def test_the_header_says_what_was_changed() -> None:
    words = Text(text="各位代表", spans=(Span(0, 5),))
    report = Report(body=(Paragraph(content=(words,)),), source=Source("各位\n代表"))
    assert "line-end: a line end of the column, with the blanks around it: 1." in report.to("tei")
    assert Title(text="x").text == "x"
