"""Akoma Ntoso, DoclingDocument, HTML, Pandoc, Web Annotations: valid, and the text is the report's."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

import govreport
from govreport.formats.akn_ids import Ids
from govreport.formats.common import clean
from govreport.nodes import (
    Contents,
    ContentsEntry,
    Front,
    Gap,
    Heading,
    Item,
    Label,
    Lead,
    PageNumber,
    Paragraph,
    Section,
    Speaker,
    Text,
    Title,
)
from govreport.report import Report
from govreport.source import Source, Span
from govreport.visitors import blocks
from shared import needed, shared
from tree_strategies import printed_reports, reports

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def words(text: str) -> tuple[Text, ...]:
    return (Text(text=text),)


NUMBERED = Paragraph(
    label=Label(text="（一）", style="paren", value=1),
    lead=Lead(content=words("稳增长。")),
    content=(*words("增长"), Gap(), *words("%。")),
)
ITEM = Item(marker=Label(text="一是", style="shi", value=1), content=words("农业。"))
SMALL = Report(
    front=Front(lines=(Title(text="工作报告"), Speaker(text="市长　张三", name="张三"))),
    body=(
        Paragraph(content=words("各位代表")),
        Section(
            level=1,
            label=Label(text="一、", style="han", value=1),
            heading=Heading(content=words("工作 回顾")),
            children=(Section(level=2, children=(NUMBERED, ITEM)),),
        ),
    ),
    furniture=(PageNumber(text="— 3 —", value=3),),
)


def body_text(report: Report) -> str:
    return "".join(clean(leaf.text) for _, leaves in blocks(report.body) for leaf in leaves)


# ---- Akoma Ntoso


@cache
def akn_schema() -> etree.XMLSchema:
    """The strict schema; it names the schema of ``xml:`` by its file name."""
    return etree.XMLSchema(etree.parse(shared("reference", "schemas", "akomantoso30.xsd")))


@given(reports | printed_reports())
@example(SMALL)
@example(Report())
def test_any_report_is_valid_akoma_ntoso(report: Report) -> None:
    tree = etree.fromstring(report.to("akn").encode("utf-8"))
    akn_schema().assertValid(tree)
    [body] = tree.iter(AKN + "mainBody")
    inline = body.iter(AKN + "p", AKN + "num", AKN + "heading")
    assert "".join("".join(x.itertext()) for x in inline) == body_text(report)


def test_akoma_ntoso_elements_and_ids() -> None:
    text = SMALL.to("akn", country="cn-4304")
    assert '<FRBRuri value="/akn/cn-4304/statement/0001-01-01/report"/>' in text
    tree = etree.fromstring(text.encode())
    assert tree.xpath("//*[local-name()='section' or local-name()='subsection']/@eId") == [
        "sec_1",
        "sec_1__subsec_1",
    ]
    assert '<omissis eId="sec_1__subsec_1__content__p_1__omissis_1">□</omissis>' in text
    assert '<num eId="sec_1__subsec_1__content__list_1__item_1__num_1">一是</num>' in text


def test_akoma_ntoso_of_sections_that_are_seldom() -> None:
    """Without any heading, with a run-in heading without a number, with text between sections."""
    lead = Paragraph(lead=Lead(content=words("稳增长。")), content=words("增长。"))
    inner = Section(level=2, heading=Heading(content=words("农业")))
    between = Paragraph(content=words("其他"))
    report = Report(
        body=(
            Section(level=1, children=(between,)),
            Section(level=1, children=(lead,)),
            Section(
                level=1, heading=Heading(content=words("安排")), children=(inner, between, inner)
            ),
        )
    )
    root = etree.fromstring(report.to("akn").encode())
    akn_schema().assertValid(root)
    first, second, third = root.iterfind(f".//{AKN}mainBody/*")
    assert first.find(f"{AKN}heading") is None
    assert [second.findtext(f"{AKN}{tag}") for tag in ("num", "heading")] == [None, "稳增长。"]
    assert [each.get("name") for each in third.iterfind(f"{AKN}hcontainer")] == ["continuation"]
    body = "".join(text for each in (first, second, third) for text in each.itertext())
    assert body.split() == ["其他", "稳增长。", "增长。", "安排", "农业", "其他", "农业"]


def test_ids_never_come_twice() -> None:
    ids = Ids()
    made = [ids.numbered("", "sec", n) for n in (1, 1, 2, None, 1, None)]
    assert made == ["sec_1", "sec_1_2", "sec_2", "sec_nn_1", "sec_1_3", "sec_nn_2"]


@given(st.lists(st.tuples(st.sampled_from(["", "a", "a_1"]), st.none() | st.integers(1, 3))))
def test_ids_are_unique(wanted: list[tuple[str, int | None]]) -> None:
    ids = Ids()
    made = [ids.numbered(parent, "sec", number) for parent, number in wanted]
    assert len(set(made)) == len(made)


# ---- DoclingDocument


@cache
def docling_schema() -> Draft202012Validator:
    path = shared("reference", "schemas", "DoclingDocument-2.104.0.schema.json")
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@given(reports | printed_reports())
@example(SMALL)
def test_any_report_is_a_valid_docling_document(report: Report) -> None:
    text = report.to("docling")
    text.encode("utf-8")
    document = json.loads(text)
    docling_schema().validate(document)
    items = {x["self_ref"]: x for key in ("texts", "groups") for x in document[key]}
    seen = []
    stack = [document["body"]]
    while stack:
        top = stack.pop()
        seen.append(top["self_ref"])
        for child in reversed(top["children"]):
            assert items[child["$ref"]]["parent"] == {"$ref": top["self_ref"]}
            stack.append(items[child["$ref"]])
    assert sorted(seen[1:]) == sorted(items)


@given(reports | printed_reports())
@example(SMALL)
@settings(max_examples=20)
def test_docling_core_loads_the_document(report: Report) -> None:
    docling = needed("docling_core.types.doc.document")
    loaded = docling.DoclingDocument.model_validate_json(report.to("docling"))
    assert loaded.validate_tree(loaded.body)


def test_docling_items() -> None:
    items = [
        (x["label"], x.get("level"), x.get("marker"), x["text"], x["content_layer"])
        for x in json.loads(SMALL.to("docling"))["texts"]
    ]
    assert items == [
        ("title", None, None, "工作报告", "body"),
        ("text", None, None, "市长　张三", "body"),
        ("text", None, None, "各位代表", "body"),
        ("section_header", 1, None, "一、工作 回顾", "body"),
        ("section_header", 2, None, "（一）稳增长。", "body"),
        ("text", None, None, "增长□%。", "body"),
        ("list_item", None, "一是", "农业。", "body"),
        ("page_header", None, None, "— 3 —", "furniture"),
    ]


def test_docling_has_a_text_for_each_entry_of_a_table_of_contents() -> None:
    entries = tuple(ContentsEntry(text=text) for text in ("一、回顾", "二、安排"))
    document = json.loads(Report(body=(Contents(entries=entries),)).to("docling"))
    assert [(each["label"], each["text"]) for each in document["texts"]] == [
        ("text", "一、回顾"),
        ("text", "二、安排"),
    ]


def test_docling_keeps_what_stood_in_the_source() -> None:
    text = Text(text="民生", spans=(Span(0, 3),))
    report = Report(body=(Paragraph(content=(text,)),), source=Source("⺠\n生"))
    [item] = json.loads(report.to("docling"))["texts"]
    assert (item["orig"], item["text"]) == ("⺠\n生", "民生")


# ---- HTML


class Page(HTMLParser):
    """A strict reader of our own pages: every element is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag != "meta":
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the words, by the parts of the page they stand in."""
        for part in {"header", "footer", "style", "del", "title"} & set(self.stack) or {"body"}:
            self.texts.setdefault(part, []).append(data)


def page_of(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    assert not page.stack
    return page


def squeezed(text: str) -> str:
    return "".join(text.split())


#: A span that reaches beyond its source: what is there is shown.
BEYOND = Report(
    body=(Paragraph(content=(Text(text="", spans=(Span(5, 7),)),)),), source=Source("00000 ")
)


@given(reports | printed_reports(), st.booleans())
@example(SMALL, False)
@example(BEYOND, True)
def test_any_report_is_a_sound_page(report: Report, edits: bool) -> None:
    text = report.to("html", edits=edits)
    text.encode("utf-8")
    page = page_of(text)
    assert squeezed("".join(page.texts.get("body", []))) == squeezed(body_text(report))
    assert len(set(page.ids)) == len(page.ids)


def test_html_shows_line_ends_and_edits_on_request() -> None:
    text = Text(text="民生", spans=(Span(0, 3),))
    report = Report(body=(Paragraph(content=(text,)),), source=Source("⺠\n生"))
    assert '<p data-span="0:3">民生</p>' in report.to("html")
    assert '<p data-span="0:3">民<span class="line-end">¶</span>生</p>' in report.to(
        "html", lines=True
    )
    shown = (
        '<del title="reading">⺠</del><ins title="reading">民</ins><del title="line-end">¶</del>生'
    )
    assert shown in report.to("html", edits=True)


def test_html_shows_what_stands_in_no_source() -> None:
    text = Text(text="各位代表", spans=(Span(0, 2),))
    report = Report(body=(Paragraph(content=(text,)),), source=Source("各位"))
    assert '各位<ins title="supplied">代表</ins>' in report.to("html", edits=True)


def test_html_sections_have_ids_and_headings() -> None:
    text = SMALL.to("html")
    assert '<section id="s1">\n    <h2><span class="num">一、</span>工作 回顾</h2>' in text
    assert '<section id="s1.s1">' in text
    assert '<b class="lead">稳增长。</b>' in text
    assert '<html lang="zh">' in text


# ---- Pandoc


@given(reports | printed_reports())
@example(SMALL)
def test_pandoc_values_are_sound(report: Report) -> None:
    text = report.to("pandoc")
    text.encode("utf-8")
    document = json.loads(text)
    assert squeezed(pandoc_text(document["blocks"])) == squeezed(body_text(report))


def pandoc_text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(pandoc_text, value))
    match value:
        case {"t": "Str", "c": str(text)}:
            assert " " not in text
            return text
        case {"t": "Space"}:
            return " "
        case {"t": "Span" | "Div" | "Header", "c": parts}:
            return pandoc_text(parts[-1])
        case {"t": "Para" | "Strong", "c": parts}:
            return pandoc_text(parts)
    raise AssertionError(value)


def pandoc() -> str:
    return str(needed("pypandoc").get_pandoc_path())


@given(reports)
@example(SMALL)
@settings(max_examples=5)
def test_pandoc_accepts_the_document(report: Report) -> None:
    command = [pandoc(), "-f", "json", "-t", "plain", "--wrap=none"]
    done = subprocess.run(
        command, input=report.to("pandoc").encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_pandoc_writes_markdown_from_it() -> None:
    command = [pandoc(), "-f", "json", "-t", "commonmark", "--wrap=none"]
    done = subprocess.run(
        command, input=SMALL.to("pandoc").encode(), capture_output=True, check=True
    )
    assert "**" in done.stdout.decode()
    assert "工作 回顾" in done.stdout.decode()


# ---- Web Annotations


@given(printed_reports() | reports)
def test_annotations_quote_the_source(report: Report) -> None:
    text = report.to("annotations", source="urn:example:page")
    text.encode("utf-8")
    page = json.loads(text)
    assert page["type"] == "AnnotationPage"
    ids = [each["id"] for each in page["items"]]
    assert len(set(ids)) == len(ids)
    source = report.source.text
    for each in page["items"]:
        position, quotation = each["target"]["selector"]
        start, end = position["start"], position["end"]
        if "\ud83d\ude00" not in source:
            around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
            assert quotation["exact"] == source[start:end]
            assert around in source
        assert each["target"]["source"] == "urn:example:page"


@given(printed_reports())
def test_every_edit_is_an_annotation(report: Report) -> None:
    items = json.loads(report.to("annotations"))["items"]
    rules = [x["body"][1]["value"] for x in items if x["motivation"] == "editing"]
    assert rules == [edit.rule for edit in report.edits]


# ---- Akoma Ntoso by another library, which carries the schema of OASIS

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"


@pytest.mark.parametrize("name", ["court", "county-government", "five-year-plan", "party-congress"])
def test_cobalt_takes_the_document(name: str) -> None:
    akn = needed("cobalt.akn")
    schemas = needed("cobalt.schemas")
    uri = needed("cobalt.uri")
    report = govreport.parse_file(EXAMPLES / f"{name}.txt")
    document = akn.AkomaNtosoDocument(report.to("akn", country="cn").encode())
    valid, errors = schemas.validate(document, strict=True)
    assert valid, errors
    [found] = document.root.iterfind(f".//{AKN}FRBRWork/{AKN}FRBRuri")
    parsed = uri.FrbrUri.parse(found.get("value"))
    assert (parsed.country, parsed.doctype, parsed.number) == ("cn", "statement", "report")
    assert parsed.date == (report.front.date or "0001-01-01")
