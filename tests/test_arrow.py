"""Blocks as rows and as Arrow: every text once, the declared types, read by whoever reads Parquet."""

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import govreport
from govreport import arrow
from govreport.nodes import Contents, ContentsEntry, Leaf, Section
from govreport.rows import COLUMNS, block_rows
from shared import needed

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples" / "pages").glob("*.txt"))
PAGES = ["一、工作回顾\n\n修路架\n\n桥。", "", "提高质\n\n量。"]


# ---- rows


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_text_is_in_just_one_row(path: Path) -> None:
    report = govreport.parse_file(path)
    rows = block_rows(report)
    assert "".join(row.text for row in rows) == "".join(leaf.text for leaf in report.leaves())
    assert [row.block for row in rows] == list(range(len(rows)))
    assert len({row.path for row in rows}) == len(rows)
    assert {row.report for row in rows} <= {str(path)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_rows_say_what_the_tree_says(path: Path) -> None:
    report = govreport.parse_file(path)
    index = report.index
    nodes = {index.path(node): node for node in report.walk() if not isinstance(node, Leaf)}
    for row in block_rows(report):
        node: Any = nodes.get(row.path)
        if row.part != "body" or node is None:
            continue
        above = [each for each in index.parents(node) if isinstance(each, Section)]
        assert row.headings == tuple(each.title for each in reversed(above))
        assert row.level == (
            node.level if isinstance(node, Section) else len(row.headings) and above[0].level
        )
        assert row.text == (node.title if isinstance(node, Section) else node.plain)
        assert row.text.startswith((row.label or "") + (row.lead or ""))
        held = node.heading if isinstance(node, Section) else node
        assert row.probability == (held.probability if held else None)
        assert not isinstance(node, Contents)


def test_a_report_without_a_name_is_called_by_its_source() -> None:
    (row,) = block_rows(govreport.parse(PAGES[2]))
    assert row.report == hashlib.sha256(PAGES[2].encode()).hexdigest()
    assert block_rows(govreport.parse(PAGES[2]), id="x")[0].report == "x"


def test_docs_have_the_columns() -> None:
    text = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    section = text.partition("## Blocks as rows")[2]
    for column in COLUMNS:
        row = re.search(rf"^\|.*`{column.name}`.*\| (.*) \| (.*) \|$", section, re.M)
        assert row, column
        assert ("null" in row[1]) == column.nullable


# ---- Arrow and Parquet


def test_schema_is_the_columns() -> None:
    schema = arrow.schema()
    assert schema.names == [column.name for column in COLUMNS]
    assert [field.nullable for field in schema] == [column.nullable for column in COLUMNS]
    assert all(field.metadata[b"meaning"] for field in schema)


def test_table_holds_the_rows() -> None:
    reports = [govreport.parse_file(path) for path in EXAMPLES]
    table = arrow.table(reports)
    table.validate(full=True)
    rows = [row for report in reports for row in block_rows(report)]
    for column in COLUMNS:
        held = table.column(column.name).to_pylist()
        expected = [getattr(row, column.name) for row in rows]
        assert held == [list(each) if isinstance(each, tuple) else each for each in expected]


@given(st.lists(st.text(max_size=40), max_size=3))
def test_any_text_goes_into_a_table(pages: list[str]) -> None:
    table = arrow.table(map(govreport.parse, pages))
    table.validate(full=True)
    stream = io.BytesIO()
    arrow.write_parquet(stream, map(govreport.parse, pages))
    assert parquet.read_table(io.BytesIO(stream.getvalue())) == table


def test_parquet_of_many_reports_has_few_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "ROWS", arrow.REPORTS * 4)
    path = tmp_path / "blocks.parquet"
    arrow.write_parquet(path, (govreport.parse(PAGES[0]) for _ in range(arrow.REPORTS * 5)))
    held = parquet.ParquetFile(path)
    assert held.metadata.num_rows == arrow.REPORTS * 5 * 2
    assert held.num_row_groups == 3
    assert held.schema_arrow == arrow.schema()
    pandas = needed("pandas")
    assert len(pandas.read_parquet(path)) == held.metadata.num_rows


# ---- what engines call


def test_parse_table_parses_a_column() -> None:
    pages = pa.table({"id": ["a", "b", None], "page": PAGES, "other": [1, 2, 3]})
    blocks = arrow.parse_table(pages, text="page", id="id")
    assert blocks.schema == arrow.schema()
    names = ["a", "a", hashlib.sha256(PAGES[2].encode()).hexdigest()]
    assert blocks.column("report").to_pylist() == names
    assert blocks.column("text").to_pylist() == ["一、工作回顾", "修路架桥。", "提高质量。"]


def test_bytes_are_decoded_and_nulls_have_no_blocks() -> None:
    pages = pa.table({"page": [PAGES[2].encode("gb18030"), None]})
    assert arrow.parse_table(pages, text="page").column("text").to_pylist() == ["提高质量。"]
    none = pa.table({"page": pa.array([None], pa.string())})
    assert arrow.parse_table(none, text="page").num_rows == 0


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(KeyError, match="seite"):
        arrow.parse_table(pa.table({"page": PAGES}), text="seite")


def test_large_partitions_come_out_in_batches() -> None:
    pages = pa.RecordBatch.from_pydict({"page": [PAGES[0]] * (arrow.REPORTS * 2 + 1)})
    sizes = [each.num_rows for each in arrow.parse_batches(iter([pages]), text="page")]
    assert sizes == [arrow.REPORTS * 2, arrow.REPORTS * 2, 2]


def test_profile_is_passed_on() -> None:
    page = pa.table({"page": ["全市新建学校\n\n所，改造老旧小区36个。"]})
    texts = [
        arrow.parse_table(page, text="page", profile=each).column("text").to_pylist()
        for each in (govreport.NEWSPAPER, govreport.WEB)
    ]
    assert ["□" in "".join(text) for text in texts] == [True, False]


def test_a_table_of_contents_has_a_row_an_entry() -> None:
    entries = tuple(ContentsEntry(text=text) for text in ("一、回顾", "二、安排"))
    rows = block_rows(govreport.Report(body=(Contents(entries=entries),)))
    assert [(row.kind, row.text) for row in rows] == [
        ("contents_entry", "一、回顾"),
        ("contents_entry", "二、安排"),
    ]
