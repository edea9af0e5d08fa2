"""Markdown: read by a CommonMark parser, the blocks are the report's; text and front matter."""

from __future__ import annotations

import ast
import re

import pytest
import yaml
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from govreport.formats.common import clean
from govreport.formats.markdown import write
from govreport.nodes import (
    Front,
    Gap,
    Heading,
    Inline,
    Item,
    Label,
    Lead,
    Paragraph,
    Section,
    Speaker,
    Text,
    Title,
)
from govreport.report import Report
from govreport.visitors import blocks
from tree_strategies import printed_reports, reports

COMMONMARK = MarkdownIt("commonmark")
FRONT = re.compile(r"---\n(.*?)\n---\n", re.S)


def words(text: str) -> tuple[Inline, ...]:
    return (Text(text=text),)


def paragraph(text: str, lead: str | None = None, label: str | None = None) -> Report:
    made = Paragraph(
        label=Label(text=label, style="x") if label else None,
        lead=Lead(content=words(lead)) if lead else None,
        content=words(text),
    )
    return Report(body=(made,))


def parsed(markdown: str) -> list[tuple[str, str]]:
    """Blocks as (tag, text), as a CommonMark parser reads them."""
    tokens = COMMONMARK.parse(FRONT.sub("", markdown, count=1))
    out: list[tuple[str, str]] = []
    for k, token in enumerate(tokens):
        if token.type == "inline":
            out.append((tokens[k - 1].tag, "".join(plain(x) for x in token.children or ())))
        else:
            assert token.type in {
                "paragraph_open", "paragraph_close", "heading_open", "heading_close"
            }  # fmt: skip
    return out


def plain(token: Token) -> str:
    assert token.type in {"text", "text_special", "strong_open", "strong_close"}, token
    return token.content


def wanted(report: Report) -> list[tuple[str, str]]:
    out = []
    for node, leaves in blocks(report.body):
        tag = f"h{min(node.level, 6)}" if isinstance(node, Section) else "p"
        text = clean("".join(leaf.text for leaf in leaves)).strip()
        if text:
            out.append((tag, text))
    return out


@given(reports | printed_reports())
@example(paragraph("作", "1)"))
@example(paragraph("围绕", "拓宽“渠道”"))
@example(paragraph("2~3万，4~5万"))
@example(paragraph("#"))
@example(paragraph("- - -"))
@example(paragraph("1. 农业"))
@example(paragraph("<b>&amp;&#35;[a](b)![c] `d` __e__ *f*\\g"))
@example(Report(body=(Section(level=2, heading=Heading(content=words("# 一 ##"))),)))
def test_a_commonmark_parser_reads_the_same_blocks(report: Report) -> None:
    markdown = write(report)
    markdown.encode("utf-8")
    assert parsed(markdown) == wanted(report)


@given(reports)
def test_the_front_matter_is_yaml_and_python_alike(report: Report) -> None:
    found = FRONT.match(write(report))
    if found is None:
        return
    for name, value in yaml.safe_load(found[1]).items():
        line = re.search(rf"^{name}: (.*)$", found[1], re.M)
        assert line is not None
        assert ast.literal_eval(line[1]) == value
    title = yaml.safe_load(found[1]).get("title")
    assert (title or None) == (report.front.title or None)


@pytest.mark.parametrize(
    ("report", "want"),
    [
        (paragraph("围绕民生。", "拓宽渠道。"), "**拓宽渠道**。围绕民生。"),
        (paragraph("。围绕民生。", "拓宽渠道"), "**拓宽渠道**。围绕民生。"),
        (paragraph("工业。", "产业升级。", "（一）"), "**（一）产业升级**。工业。"),
        (paragraph("工业。", "说“稳”", None), "**说“稳**”工业。"),
        (paragraph("工业。", "说“稳”。", None), "**说“稳”**。工业。"),
        (paragraph("工业。", "。"), "。工业。"),
        (paragraph("1. 农业"), "1\\. 农业"),
        (paragraph("——农业"), "——农业"),
        (paragraph("　　农业"), "农业"),
    ],
)
def test_paragraphs(report: Report, want: str) -> None:
    assert write(report) == want + "\n"


def test_a_whole_report() -> None:
    numbered = Paragraph(
        label=Label(text="（一）", style="paren", value=1),
        lead=Lead(content=words("产业升级蹄疾步稳。")),
        content=(*words("工业增长"), Gap(), *words("%。")),
    )
    label = Label(text="一、", style="han", value=1)
    item = Item(marker=Label(text="——", style="dash"), content=words("农业。"))
    section = Section(
        level=1,
        label=label,
        heading=Heading(content=words("工作回顾")),
        children=(Paragraph(content=words("去年")), Section(level=2, children=(numbered, item))),
    )
    lines = (
        Title(text="政府工作报告"),
        Speaker(text="市长　张三", name="张三", office="市长"),
        Speaker(text="张三", name="张三", repeated=True),
    )
    report = Report(front=Front(lines=lines), body=(section,))
    assert write(report) == (
        '---\ntitle: "政府工作报告"\nauthor: "张三"\noffice: "市长"\n---\n\n'
        "# 一、工作回顾\n\n去年\n\n**（一）产业升级蹄疾步稳**。工业增长□%。\n\n——农业。\n"
    )
    assert report.to_text() == (
        "政府工作报告\n市长　张三\n一、工作回顾\n去年\n"
        "（一）产业升级蹄疾步稳。工业增长□%。\n——农业。\n"
    )


@given(reports)
def test_text_has_a_line_for_each_block(report: Report) -> None:
    text = report.to_text(front=False)
    lines = [line for line in text.split("\n") if line.strip()]
    assert [line.strip() for line in lines] == [text for _, text in wanted(report)]
