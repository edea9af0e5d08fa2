"""What users hand over that is no page at all: a report for each, and nothing lost.

The table is ``bad_input/cases.toml``.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govreport import Report, parse, parse_bytes
from govreport.visitors import blocks
from invariants import check_aligned, check_lossless, check_spans, solid
from work import grows

FOLDER = Path(__file__).parent / "bad_input"
CASES: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "cases.toml").read_text("utf-8"))


def spoilt() -> bytes:
    data = "全镇新修水渠12条，总长48公里，都通到了最远的田块。".encode()
    return data.replace(b"12", b"\xff\xfe")


def garbage() -> bytes:
    rng = random.Random(7)
    return bytes(rng.randrange(256) for _ in range(3_000))


MAKERS: dict[str, Callable[[], str | bytes]] = {
    "spoilt": spoilt,
    "random": garbage,
    "surrogates": lambda: "\ud800全镇新修\udfff水渠12条。\udc00\ud83d",
}


def made(case: dict[str, Any]) -> str | bytes:
    """The source of a case."""
    if "make" in case:
        return MAKERS[case["make"]]()
    if "hex" in case:
        return bytes.fromhex(case["hex"])
    text: str = case["text"] if "text" in case else (FOLDER / case["file"]).read_text("utf-8")
    text = case.get("before", "") + text * case.get("times", 1) + case.get("after", "")
    text = text.replace("\n", case.get("lines", "\n"))
    if "wrong" in case:
        was, read = case["wrong"]
        text = text.encode(was, "ignore").decode(read, "replace")
    if "encode" not in case:
        return text
    data = text.encode(case["encode"])
    return data[: len(data) - case.get("cut", 0)]


def report_of(source: str | bytes) -> Report:
    return parse(source) if isinstance(source, str) else parse_bytes(source)


def texts_of(report: Report) -> list[str]:
    """The text of each block, and of each line apart."""
    body = ["".join(leaf.text for leaf in leaves) for _, leaves in blocks(report.body)]
    return [*body, *(leaf.text for leaf in (*report.front.lines, *report.furniture))]


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 60
    files = {case["file"] for case in CASES.values() if "file" in case}
    assert files == {path.name for path in FOLDER.glob("*.txt")}


def named(name: str) -> Any:
    known = CASES[name].get("known")
    marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", tuple(map(named, CASES)))
def test_a_report_and_nothing_lost(name: str) -> None:
    case = CASES[name]
    report = report_of(made(case))
    check_told(report, case)
    check_spans(report)
    texts = texts_of(report)
    for kept in case.get("keeps", ()):
        assert any(solid(kept) in solid(text) for text in texts), kept
    if "blocks" in case:
        assert len(list(blocks(report.body))) + len(report.front.lines) == case["blocks"]
    check_lossless(report)
    if case.get("times", 1) < 100:
        check_aligned(report)


def check_told(report: Report, case: dict[str, Any]) -> None:
    codes = {each.code for each in report.diagnostics}
    assert codes >= set(case.get("codes", ()))
    assert not codes & set(case.get("never", ()))
    if "encoding" in case:
        assert report.source.encoding == case["encoding"]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "times" not in case])
def test_every_format_takes_it(name: str) -> None:
    report = report_of(made(CASES[name]))
    assert Report.from_xml(report.to_xml()) == report
    assert Report.from_json(report.to_json()) == report
    for text in (report.to_markdown(), report.to_text()):
        text.encode()


# ---- bounded time: calls of functions, which no busy machine changes

PIECES = {
    "line-ends": "\n",
    "lone-numbers": "12\n",
    "headings": "一、修渠\n",
    "numbered-headings": "（一）修渠\n全镇新修水渠12条。\n",
    "sentences": "全镇新修水渠12条，",
    "brackets": "（「《",
    "jumps": "（下转第2版）\n",
    "credits": "责任编辑：林晚\n",
    "dates": "2031年1月9日　星期四\n",
    "two-columns": "清淤的船从上游一直开到      两岸新栽柳树成活率高\n",
    "form-feeds": "水\f",
    "blanks": "水      渠\n",
    "words-and-numbers": "全镇新修水渠\n12\n条，总长\n",
    "numbers-without-a-measure": "水\n7\n",
    "letter-spaced": "全 镇 新 修\n",
    "lost-numbers": "全镇新修水渠 条，\n12\n",
    "controls": "水\0\n",
    "latin": "a1 b2\n",
    "one-end-more-a-round": "百分之五\n（一）（一）5.2，",  # fuzz/run.py growth
}
#: Known to grow faster than their input.
STEEP: dict[str, str] = {}


def steep(name: str) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=STEEP[name])] if name in STEEP else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", tuple(map(steep, PIECES)))
def test_twice_the_input_takes_twice_the_calls(name: str) -> None:
    assert grows(lambda count: parse(PIECES[name] * count).edits, 400, 800) < 1.3
