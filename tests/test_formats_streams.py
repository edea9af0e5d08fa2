"""Many reports in one file: written and read one at a time, in every format that can hold many."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govreport
from govreport import FormatError, Report
from govreport.formats.limits import Limits
from govreport.formats.streams import join, pieces, together
from govreport.nodes import Paragraph, Text
from govreport.registry import UnknownFormat, formats
from govreport.source import Source
from tree_strategies import printed_reports, reports

PAGE = "一、工作回顾\n全年新建学校12所，\n改造老旧小区36个。\n二、工作安排\n做好实事。\n"


def made(number: int, size: int = 1) -> Report:
    report = govreport.parse(PAGE.replace("12", str(number)) * size)
    return Report(front=report.front, body=report.body, source=report.source)


@given(st.lists(reports | printed_reports(), max_size=3), st.sampled_from(["json", "xml"]))
@settings(max_examples=25)
def test_many_read_back_equal(many: list[Report], name: str) -> None:
    text = "".join(join(many, name))
    if many:
        assert list(govreport.read_many(io.StringIO(text))) == many
        assert list(govreport.read_many(io.BytesIO(text.encode()))) == many


@pytest.mark.parametrize("name", ["many.jsonl", "many.ndjson", "many.xml"])
def test_files_by_their_ending(name: str, tmp_path: Path) -> None:
    many = [made(1), made(2), made(3)]
    path = tmp_path / name
    assert govreport.write_many(iter(many), path) == 3
    assert list(govreport.read_many(path)) == many
    assert list(govreport.read_many(str(path))) == many


@pytest.mark.parametrize("name", ["one.json", "one.xml"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_file_of_one_report_gives_that_one(name: str, indent: int | None, tmp_path: Path) -> None:
    report = made(1)
    text = report.to_xml() if name.endswith("xml") else report.to_json(indent=indent)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert list(govreport.read_many(tmp_path / name)) == [report]


def test_what_stands_between_reports() -> None:
    many = [made(1), made(2)]
    lines = "".join(join(many, "json")).splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["Report", "Report"]
    assert "".join(join(many, "markdown")).count("<!-- report 2 -->") == 1
    first, second = "".join(join(many, "text")).split("\f\n")
    assert (first, second) == (many[0].to_text(), many[1].to_text())


@pytest.mark.parametrize("name", sorted(set(formats()) - set(together())))
def test_formats_that_cannot_hold_many_say_so(name: str) -> None:
    with pytest.raises(UnknownFormat, match="json, docling"):
        join([], name)


@pytest.mark.parametrize("name", formats())
def test_pieces_are_the_whole(name: str) -> None:
    report = made(1)
    assert "".join(pieces(report, name)) == report.to(name)


def endless(count: int, size: int) -> Iterator[Report]:
    text = "工作报告，" * size
    for _ in range(count):
        words = tuple(Text(text=text) for _ in range(10))
        yield Report(body=(Paragraph(content=words),), source=Source(text))


class Sink(io.TextIOBase):
    """Counts what is written, and keeps none of it."""

    written = 0

    def write(self, text: str) -> int:
        """Count."""
        self.written += len(text.encode())
        return len(text)


@pytest.mark.parametrize("name", together())
def test_writing_a_hundred_megabytes_holds_one_report(name: str) -> None:
    """Each report is of about 1 MB; the memory is that of a few of its copies, however many."""
    sink = Sink()
    tracemalloc.start()
    write = govreport.write_many
    assert write(endless(100, 6500), sink, name) == 100  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if name != "annotations":  # which has no text but the places of it
        assert sink.written > 95_000_000
    assert peak < 12_000_000


@pytest.mark.parametrize("name", ["json", "xml"])
def test_reading_many_holds_one_report(name: str, tmp_path: Path) -> None:
    path = tmp_path / "many"
    govreport.write_many(endless(60, 650), path, name)
    tracemalloc.start()
    count = sum(1 for _ in govreport.read_many(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 60
    assert path.stat().st_size > 5_000_000
    assert peak < 2_000_000


def test_a_fault_is_told_with_its_report() -> None:
    good = "".join(join([made(1)], "json"))
    bad = good.replace('"level":1', '"level":"1"')
    found = govreport.read_many(io.StringIO(good + "\n" + bad))
    assert next(found) == made(1)
    with pytest.raises(FormatError) as caught:
        next(found)
    assert caught.value.problems[0] == 'line 3: $.body[0].level: expected an integer, got "1"'
    xml = "".join(join([made(1), made(2)], "xml"))
    head, tail = xml.rsplit('level="1"', 1)
    found = govreport.read_many(io.StringIO(head + 'level="0"' + tail))
    assert next(found) == made(1)
    with pytest.raises(FormatError, match=r"/reports/report\[2\]/body/section\[2\]/@level"):
        next(found)


def test_one_report_is_not_read_out_of_many() -> None:
    with pytest.raises(FormatError, match="read_many"):
        Report.from_xml("".join(join([made(1), made(2)], "xml")))


@pytest.mark.parametrize("data", ['<reports a="' + "a" * 300_000, "a" * 300_000, "{}" * 150_000])
def test_a_report_that_is_too_large_is_refused_on_the_way(data: str) -> None:
    with pytest.raises(FormatError, match="more than 100000 bytes"):
        list(govreport.read_many(io.StringIO(data), limits=Limits(size=100_000)))


class Endless(io.StringIO):
    """A JSON document that does not come to its end."""

    def read(self, size: int | None = -1) -> str:
        """Some more of it."""
        return "[\n" * 10_000


def test_a_json_document_of_many_lines_that_is_too_large_is_refused_on_the_way() -> None:
    with pytest.raises(FormatError, match="at most 100000"):
        list(govreport.read_many(Endless(), limits=Limits(size=100_000)))


def test_an_option_of_the_whole_gives_one_piece() -> None:
    report = made(1)
    assert list(pieces(report, "json", indent=2)) == [report.to_json(indent=2)]
    assert "".join(pieces(report, "json")) == report.to_json()


def test_nodes_are_counted_for_each_report() -> None:
    text = "".join(join([made(k) for k in range(9)], "xml"))
    assert len(list(govreport.read_many(io.StringIO(text), limits=Limits(nodes=80)))) == 9
