"""TEI P5: valid by the real schema for any tree; its text is the report's."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import govreport
from govreport.formats.common import clean
from govreport.formats.streams import join
from govreport.nodes import (
    Closing,
    Contents,
    Gap,
    Heading,
    Item,
    Label,
    Lead,
    Note,
    Number,
    Paragraph,
    Salutation,
    Section,
    Text,
    Title,
)
from govreport.report import Report, readings
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
    assert '<opener xml:id="salutation1">\n        <salute>各位代表：</salute>' in text


def test_a_run_in_heading_that_is_the_whole_paragraph() -> None:
    lead = Lead(content=(Text(text="稳增长。"),))
    rest = Paragraph(content=(Text(text="修路。"),))
    report = Report(body=(Section(level=1, children=(Paragraph(lead=lead, content=()), rest)),))
    root = written(report)
    tei_all().assertValid(root)
    (division,) = root.iterfind(f".//{TEI}body/{TEI}div")
    assert [child.tag for child in division] == [f"{TEI}head", f"{TEI}p"]
    assert [child.text for child in division] == ["稳增长。", "修路。"]
    assert report.index.path(rest) in "".join(etree.tostring(division[1], encoding=str))


def test_quotations_and_titles() -> None:
    words = (
        Text(text="推进“放管服"),
        Number(text="3项", unit="项"),
        Text(text="”，印发《‘四好’路》。“未完"),
    )
    report = Report(body=(Paragraph(content=words),))
    assert (
        '<p xml:id="p1">推进<quote>“放管服<measure unit="项">3项</measure>”</quote>，'
        "印发<title>《<quote>‘四好’</quote>路》</title>。“未完</p>"
    ) in report.to("tei")


@given(reports)
def test_ids_are_paths(report: Report) -> None:
    [body] = written(report).iter(TEI + "body")
    for element in body.iterfind(".//*[@{http://www.w3.org/XML/1998/namespace}id]"):
        path = str(element.get("{http://www.w3.org/XML/1998/namespace}id"))
        if element.get("type") != "continuation":
            node = report.index.node(path)
            assert isinstance(node, KINDS[etree.QName(element).localname])


KINDS: dict[str, type | tuple[type, ...]] = {
    "div": Section,
    "p": (Paragraph, Salutation, Closing, Note),
    "item": Item,
    "list": Contents,
    "opener": Salutation,
}


def test_many_texts_are_a_corpus() -> None:
    made = [Report(body=(Paragraph(content=(Text(text=text),)),)) for text in ("工作", "报告")]
    corpus = etree.fromstring("".join(join(made, "tei")).encode())
    tei_all().assertValid(corpus)
    assert corpus.xpath("//@xml:id") == ["r1.p1", "r2.p1"]


# ---- real pages

SOME = ("pypdf", "poppler-layout", "seedlike", "pdfium")


@cache
def page(number: int, dialect: str) -> Report:
    folder = sorted(shared("bench", "dev").glob("*"))[number]
    with (folder / f"{dialect}.txt").open(encoding="utf-8", newline="") as file:
        return govreport.parse(file.read())


@pytest.mark.parametrize(("number", "dialect"), list(enumerate(SOME)))
def test_real_pages_with_all_that_can_be_shown(number: int, dialect: str) -> None:
    report = page(number, dialect)
    tree = written(report, lines=True, pages=True, repairs=True)
    tei_all().assertValid(tree)
    [body] = tree.iter(TEI + "body")
    told = {name: len(body.findall(f".//{TEI}{name}")) for name in ("lb", "measure", "date")}
    assert min(told.values()) > 0
    assert len(body.findall(f".//{TEI}gap")) == len([*report.find(Gap)])
    assert len(tree.findall(f".//{TEI}fw")) == len(report.furniture)
    assert all(x.get("break") == "no" for x in body.iter(TEI + "lb"))
    read = {edit.before for edit in report.edits if edit.rule == "reading"}
    shown = {orig.text for orig in body.iterfind(f".//{TEI}choice/{TEI}orig")}
    assert bool(shown) == bool(read)
    assert shown <= read


@pytest.mark.parametrize(("number", "dialect"), [(0, "pypdf"), (3, "pdfium")])
def test_printed_line_ends_are_the_pages_own(number: int, dialect: str) -> None:
    """What stands on both sides of an ``lb`` stands on both sides of a line end of the source."""
    report = page(number, dialect)
    lines = [folded(line) for line in report.source.text.splitlines()]
    ends = {line[-2:] for line in lines}
    begins = {line[:2] for line in lines}
    [body] = written(report, lines=True).iter(TEI + "body")
    for block in body.iter(TEI + "p", TEI + "head", TEI + "item"):
        parts = printed(block)
        for before, after in itertools.pairwise(parts):
            if min(len(before), len(after)) > 3:
                assert folded(before)[-2:] in ends
                assert folded(after)[:2] in begins


def squeezed(line: str) -> str:
    return "".join(line.split())


def folded(line: str) -> str:
    """A line without blanks, every sign as what it may be read as."""
    read = readings()
    return "".join(read.get(read.get(sign, sign), read.get(sign, sign)) for sign in squeezed(line))


def printed(block: etree._Element) -> list[str]:
    """A block's text, parted at the line ends."""
    parts = [""]
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            if element.tag == TEI + "lb":
                parts.append("")
            parts[-1] += element.text or ""
        elif element is not block:
            parts[-1] += element.tail or ""
    return parts


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


def test_marks_that_cross_are_no_quotation() -> None:
    report = Report(body=(Paragraph(content=(Text(text="他说“学《论语”好》"),)),))
    (paragraph,) = written(report).iterfind(f".//{TEI}body/{TEI}p")
    assert [(each.tag, each.text) for each in paragraph] == [(f"{TEI}quote", "“学《论语”")]
    assert "".join(paragraph.itertext()) == "他说“学《论语”好》"
