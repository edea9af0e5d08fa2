"""Every figure of the example reports, in order, as it was read, each row held against its sentence.

``GOVREPORT_UPDATE_GOLDEN=1 pytest tests/test_figures_golden.py`` writes the files anew: read what
changed against the sentences before it is committed. The columns: the figure ⟦as printed⟧ among
the words around it, its kind, value, high end, unit, ``~`` where it is approximate, its date in
ISO 8601, and the sections above it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import govreport
from govreport.breaks import TextBlock
from govreport.inline import inlined
from govreport.listing import FigureRow, figures
from govreport.nodes import Block, Heading, Paragraph, Section
from govreport.numbering import read
from govreport.roles import Role, RoledBlock
from govreport.source import Traced
from govreport.testing.copy import CopyBlock, read_markdown

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORTS = sorted((EXAMPLES / "reports").glob("*.md"))
PAGES = sorted((EXAMPLES / "pages").glob("*.txt"))
GOLDEN = Path(__file__).parent / "golden/figures"
UPDATE = os.environ.get("GOVREPORT_UPDATE_GOLDEN") == "1"
COLUMNS = ("figure", "kind", "value", "high", "unit", "~", "iso", "section")


def tree(blocks: Iterable[CopyBlock]) -> tuple[Block, ...]:
    """Blocks of copy under their headings; nothing is inferred but what stands inside them."""
    out: list[Block] = []
    for block in reversed(list(blocks)):
        text = TextBlock(text=Traced(block.text, 0), label=read(block.text))
        role: Role = "heading" if block.level else "paragraph"
        [found] = inlined([RoledBlock(role=role, block=text, label=text.label)], block.text)
        if not block.level:
            out.insert(0, Paragraph(label=found.label, lead=found.lead, content=found.content))
            continue
        ends = (
            k
            for k, each in enumerate(out)
            if isinstance(each, Section) and each.level <= block.level
        )
        end = next(ends, len(out))
        heading = Heading(content=found.content)
        below = tuple(out[:end])
        out[:end] = [Section(level=block.level, label=found.label, heading=heading, children=below)]
    return tuple(out)


def rows(markdown: Path) -> tuple[FigureRow, ...]:
    return tuple(figures(tree(read_markdown(markdown.read_text(encoding="utf-8")).blocks)))


def kind(row: FigureRow) -> str:
    if row.kind == "date":
        return "date"
    if row.high is not None:
        return "range"
    if row.text.startswith("第"):
        return "ordinal"
    return "share" if any(sign in row.text for sign in ("分之", "/", "一半")) else "number"


def written(found: Iterable[FigureRow]) -> Iterator[str]:
    yield "\t".join(COLUMNS)
    sentence, at = "", 0
    for row in found:
        at = at if row.sentence == sentence else 0
        sentence = row.sentence
        at = sentence.index(row.text, at)
        end = at + len(row.text)
        printed = f"{sentence[max(at - 8, 0) : at]}⟦{row.text}⟧{sentence[end : end + 6]}"
        values = ("" if each is None else f"{each:f}" for each in (row.value, row.high))
        rough = "~" * row.approximate
        yield "\t".join(
            (printed, kind(row), *values, row.unit, rough, row.iso or "", " › ".join(row.section))
        )
        at = end


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_figures_are_typed_as_checked(report: Path) -> None:
    text = "\n".join(written(rows(report))) + "\n"
    path = GOLDEN / f"{report.stem}.tsv"
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_every_report_has_its_file() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {path.stem for path in REPORTS}


def test_golden_files_are_not_being_rewritten() -> None:
    assert not UPDATE, "GOVREPORT_UPDATE_GOLDEN is set: look at the difference, then unset it"


def typed(row: FigureRow) -> tuple[object, ...]:
    return row.text, row.value, row.high, row.unit, row.approximate, row.iso


def test_pages_give_the_same_figures() -> None:
    """Whatever else is read wrongly on a page: of its figures fewer than 1 % are lost or invented."""
    total = wrong = 0
    for page in PAGES:
        want = Counter(map(typed, rows(page.with_suffix(".md"))))
        have = Counter(map(typed, govreport.parse_file(page).figures()))
        total += want.total()
        wrong += (want - have).total() + (have - want).total()
    assert total > 1500
    assert wrong < 0.01 * total
