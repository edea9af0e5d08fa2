"""The example pages come back as whole trees: nesting, labels, run-in headings, front matter.

Each file of ``cases/trees`` is the tree of one report of ``examples/reports``, drawn from its
Markdown and not from what is read back, and read through against the report; both pages of the report must give
it. Two blanks are a level. A section has its level, its label's style and value, and its heading; a block its class, its label,
its run-in heading before ``｜``, and how it begins and ends, figures left out, since pages lose them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import regex

import govreport
from govreport import Block, Item, Note, Paragraph, Report, Section
from govreport.nodes import Label
from test_examples import KNOWN, PAGES

TREES = Path(__file__).parent / "cases" / "trees"
_FIGURES = regex.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*+|□")


def bare(text: str) -> str:
    """How a text begins and ends, figures left out."""
    text = _FIGURES.sub("", text)
    return text if len(text) <= 16 else f"{text[:8]}…{text[-8:]}"


def tree(report: Report) -> list[str]:
    """A report as the files draw it."""
    front = report.front
    speaker = front.speakers[0] if front.speakers else None
    said = {
        "title": front.title,
        "subtitle": front.subtitle,
        "office": speaker.office if speaker else None,
        "author": speaker.name if speaker else None,
        "date": front.date,
    }
    return [f"{name}: {value}" for name, value in said.items() if value] + [*drawn(report.body)]


def drawn(blocks: Sequence[Block], depth: int = 0) -> Iterator[str]:
    """Blocks and what is under them."""
    for block in blocks:
        start = "  " * depth
        if isinstance(block, Section):
            heading = _FIGURES.sub("", block.heading.plain) if block.heading else "｜"
            yield f"{start}{block.level} {label(block.label)}{heading}"
            yield from drawn(block.children, depth + 1)
        else:
            yield f"{start}{type(block).__name__} {inside(block)}"


def inside(block: Block) -> str:
    """A block's label, run-in heading and text."""
    sign = block.marker if isinstance(block, Item | Note) else None
    sign = block.label if isinstance(block, Paragraph) else sign
    lead = block.lead.plain if isinstance(block, Paragraph | Item) and block.lead else ""
    text = block.plain[len(sign.text) if sign else 0 :]
    return label(sign) + (f"{lead}｜" if lead else "") + bare(text[len(lead) :])


def label(sign: Label | None) -> str:
    """A label's style and value."""
    return f"[{sign.style} {sign.value or ''}] ".replace(" ]", "]") if sign else ""


def test_each_report_has_its_tree() -> None:
    assert {path.stem for path in TREES.glob("*.txt")} == {
        page.stem.removesuffix("-2") for page in PAGES
    }


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            page,
            id=page.stem,
            marks=[pytest.mark.xfail(strict=True, reason=KNOWN[page.stem])]
            if page.stem in KNOWN
            else [],
        )
        for page in PAGES
    ],
)
def test_page_comes_back_as_its_tree(page: Path) -> None:
    expected = (TREES / f"{page.stem.removesuffix('-2')}.txt").read_text(encoding="utf-8")
    assert tree(govreport.parse_file(page)) == expected.splitlines()
