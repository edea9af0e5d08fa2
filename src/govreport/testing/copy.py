"""The copy: what a compositor is given to set, and what a reader of the page should get back.

A `Copy` is a report without a page: the front matter and the blocks in reading order. It is read
from the project's Markdown and written back to it, so that the reports of `examples/reports` serve
as copy.
"""

from __future__ import annotations

import json
import re
from typing import Final, Literal

import attrs

FrontKind = Literal["kicker", "title", "subtitle", "occasion", "byline", "date"]
BodyKind = Literal["heading", "paragraph", "item", "salutation"]
Kind = FrontKind | BodyKind

_ITEM: Final = re.compile(r"——|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，")
_SALUTATION: Final = re.compile(r"(?:各位|尊敬的|主席|主任)[^，。；]{0,30}[：！:]$")
_HEADING: Final = re.compile(r"(#{1,6})\s+(.+)$")
_LEAD: Final = re.compile(r"\*\*(.+?)\*\*(?=.)")
_KEY: Final = re.compile(r"(\w+):[ \t]*(.*)$")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<])")
_BLOCK_START: Final = re.compile(r"(\d+(?=[.)](?:\s|$))|(?=[#>]|[+-](?:\s|$)))")


@attrs.frozen(slots=True, kw_only=True)
class CopyBlock:
    """A heading, a paragraph or a line of the headline block.

    `lead` is the run-in heading that opens the text, its end mark left out.

    >>> CopyBlock(kind="paragraph", text="修路架桥。全年通车3条。", lead="修路架桥").lead
    '修路架桥'
    """

    kind: Kind
    text: str
    level: int = 0
    lead: str = ""


@attrs.frozen(slots=True, kw_only=True)
class Copy:
    """A report as copy: front matter as pairs in order, then the blocks.

    >>> Copy(front=(("title", "工作报告"),)).value("title")
    '工作报告'
    """

    front: tuple[tuple[str, str], ...] = ()
    blocks: tuple[CopyBlock, ...] = ()

    def value(self, key: str) -> str:
        """The front matter's value for `key`, empty where there is none."""
        return dict(self.front).get(key, "")


def body_kind(text: str) -> BodyKind:
    """The kind of a block that is no heading, by its own form.

    >>> body_kind("——收入稳步增长。"), body_kind("各位代表："), body_kind("过去一年，我们……")
    ('item', 'salutation', 'paragraph')
    """
    if _ITEM.match(text):
        return "item"
    return "salutation" if _SALUTATION.match(text) else "paragraph"


def front_blocks(copy: Copy) -> tuple[CopyBlock, ...]:
    """The lines of the headline block as a paper prints them.

    The subtitle takes its dash, the occasion its brackets, the byline the office before the name;
    the date stands on a line of its own unless the subtitle or the occasion names it.

    >>> front = (("title", "报告"), ("author", "张三"), ("date", "2033-01-12"))
    >>> [block.text for block in front_blocks(Copy(front=front))]
    ['报告', '张三', '（2033年1月12日）']
    """
    value = copy.value
    byline = "\u3000".join(part for part in (value("office"), value("author")) if part)
    date = spoken_date(value("date"))
    said = value("subtitle") + value("occasion") + value("kicker")
    lines: tuple[tuple[FrontKind, str], ...] = (
        ("kicker", value("kicker")),
        ("title", value("title")),
        ("subtitle", "——" + value("subtitle") if value("subtitle") else ""),
        ("occasion", f"（{value('occasion')}）" if value("occasion") else ""),
        ("byline", byline),
        ("date", f"（{date}）" if date and date not in said else ""),
    )
    return tuple(CopyBlock(kind=kind, text=text) for kind, text in lines if text)


def spoken_date(iso: str) -> str:
    """An ISO date as a report says it.

    >>> spoken_date("2033-01-09"), spoken_date("")
    ('2033年1月9日', '')
    """
    if not iso:
        return ""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"{year}年{month}月{day}日"


def read_markdown(markdown: str) -> Copy:
    """Read the project's Markdown: front matter, ATX headings, one paragraph a line.

    >>> copy = read_markdown(
    ...     '---\\ntitle: "报告"\\n---\\n\\n# 一、回顾\\n\\n**修路**。通车3条。\\n'
    ... )
    >>> [(block.kind, block.level, block.lead, block.text) for block in copy.blocks]
    [('heading', 1, '', '一、回顾'), ('paragraph', 0, '修路', '修路。通车3条。')]
    """
    head, body = "", markdown.replace("\r\n", "\n")
    if body.startswith("---\n") and "\n---\n" in body[3:]:
        head, body = body[4:].split("\n---\n", 1)
    pairs = [_KEY.match(line) for line in head.split("\n")]
    front = tuple((pair[1], _unquoted(pair[2])) for pair in pairs if pair)
    return Copy(
        front=front, blocks=tuple(_block(line) for line in body.split("\n") if line.strip())
    )


def write_markdown(copy: Copy) -> str:
    """Write the project's Markdown; `read_markdown` reads it back the same.

    >>> heading = CopyBlock(kind="heading", level=2, text="一、回顾")
    >>> print(write_markdown(Copy(blocks=(heading,))), end="")
    ## 一、回顾
    """
    front = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in copy.front
    )
    parts = [f"---\n{front}---"] if front else []
    parts += [_line(block) for block in copy.blocks]
    return "\n\n".join(parts) + "\n"


def _unquoted(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value.strip("' ")


def _block(line: str) -> CopyBlock:
    heading = _HEADING.match(line)
    if heading:
        text = _ESCAPED.sub(r"\1", heading[2])
        return CopyBlock(kind="heading", text=text, level=len(heading[1]))
    lead = _LEAD.match(line)
    text = _ESCAPED.sub(r"\1", lead[1] + line[lead.end() :] if lead else line)
    return CopyBlock(
        kind=body_kind(text), text=text, lead=_ESCAPED.sub(r"\1", lead[1]) if lead else ""
    )


def _line(block: CopyBlock) -> str:
    if block.kind == "heading":
        return "#" * block.level + " " + _escaped(block.text)
    if block.lead:
        return f"**{_escaped(block.lead)}**{_escaped(block.text[len(block.lead) :])}"
    # only the line's own start can be taken for another block
    text = _escaped(block.text)
    start = _BLOCK_START.match(text)
    return f"{start[0]}\\{text[start.end() :]}" if start else text


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
