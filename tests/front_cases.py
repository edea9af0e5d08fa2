"""Cases of pages as text: the page, what is taken out of it, and what is left.

A case is ``=== name``, the page, and behind ``---`` each node taken, as ``Kind text | field=value``,
and each line left, as ``| text``. ``@body`` stands for a few paragraphs, ``@page`` for a new page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from govreport.lines import PrintedLine
from govreport.nodes import Node
from govreport.source import Traced
from govreport.typography import width

CASES = Path(__file__).parent / "cases"

#: Paragraphs of an invented report, set twenty em wide.
BODY = [
    "过去的一年，全市上下同心协力，把每一件小事",
    "办好，把每一条街巷扫净。河水清了，灯火亮了，",
    "孩子们上学的路近了半里，老人们看病少跑两趟。",
    "茶山添了新苗，渔港换了新船，集市从早开到晚。",
    "这些变化，来自每一双勤劳的手。",
    "我们也看到，山区道路还不够宽，冬天供暖还不够",
    "稳，年轻人回乡创业还缺一间像样的铺面。办法要",
    "一个一个想，事情要一件一件办，账要一笔一笔算",
    "清楚，让群众看得见、摸得着。",
]


@attrs.frozen
class Case:
    """A page and what becomes of it."""

    name: str
    page: tuple[str, ...]
    expected: tuple[str, ...]


def cases(folder: str) -> Iterator[Case]:
    """The cases of a folder, file by file."""
    for path in sorted((CASES / folder).glob("*.txt")):
        for block in path.read_text("utf-8").split("=== ")[1:]:
            name, _, rest = block.partition("\n")
            page, _, expected = rest.partition("---\n")
            yield Case(
                f"{path.stem}: {name}",
                tuple(line for line in page.split("\n") if line),
                tuple(line for line in expected.split("\n") if line),
            )


def printed(page: Sequence[str]) -> tuple[str, tuple[PrintedLine, ...]]:
    """The source of a page, and its lines as they were printed."""
    lines: list[PrintedLine] = []
    source = ""
    number = 0
    for text in page:
        if text == "@page":
            number += 1
            source += "\f"
            continue
        for each in BODY if text == "@body" else [text]:
            part = Traced(each, len(source))
            lines.append(PrintedLine(text=part, width=width(each), page=number))
            source += each + "\n"
    return source, tuple(lines)


def said(nodes: Sequence[Node], lines: Sequence[PrintedLine]) -> tuple[str, ...]:
    """Nodes and lines as a case says them."""
    out = []
    for node in nodes:
        fields = attrs.asdict(node, recurse=False)
        text = fields.pop("text", "")
        fields.pop("spans", None)
        values = (f"{k}={v}" for k, v in fields.items() if v not in ("", None, False, ()))
        out.append(" | ".join((f"{type(node).__name__} {text}".strip(), *values)))
    rest = "\n".join(f"| {line.text.text}" for line in lines)
    body = "\n".join(f"| {text}" for text in BODY)
    out.extend(rest.replace(body, "| @body").split("\n") if rest else [])
    return tuple(out)
