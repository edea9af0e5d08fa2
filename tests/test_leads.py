"""Run-in headings: a table of cases, and what holds for any text.

A case is ``=== name`` and its blocks, written as those of the outline; ``｜`` stands where a run-in
heading ends, and nowhere else.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.leads import WEIGHTS, leads
from govreport.nodes import Item, Paragraph
from govreport.openings import features
from govreport.parallels import UNLIKE, Opening, chorus
from govreport.pipeline import parse
from govreport.roles import roles
from shared import shared
from test_outline import text_blocks

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "leads"
END = "｜"


def cases() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text("utf-8").split("=== ")[1:]:
            name, *lines = block.split("\n")
            yield f"{path.stem}: {name}", [line for line in lines if line]


@pytest.mark.parametrize("lines", [c[1] for c in cases()], ids=[c[0] for c in cases()])
def test_case(lines: list[str]) -> None:
    blocks, _ = text_blocks([line.replace(END, "") for line in lines])
    found = leads(roles(blocks))
    shown = [
        block.text.text[:end] + END if end else ""
        for block, (end, _) in zip(blocks, found, strict=True)
    ]
    want = [line.removeprefix("# ").split(END)[0] + END if END in line else "" for line in lines]
    assert shown == want


SENTENCES = st.sampled_from(
    [
        "把路修好。",
        "把桥架好。",
        "路，桥。",
        "各位代表！",
        "“号子”。",
        "12里路。",
        "（一）",
        "一是",
        "——",
        "@",
        "。",
        "？",
    ]
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["# ", ""]), st.lists(SENTENCES, min_size=1, max_size=4).map("".join)
    ).map("".join),
    max_size=20,
)


@given(LINES)
def test_a_run_in_heading_is_the_first_sentence_of_more(lines: list[str]) -> None:
    blocks, _ = text_blocks(lines)
    given_roles = roles(blocks)
    for roled, (end, chance) in zip(given_roles, leads(given_roles), strict=True):
        text = roled.block.text.text
        assert 0 <= end < len(text)
        assert (end > 0) == (chance >= 0.5)
        assert chance <= 1
        if end:
            start = roled.label.end if roled.label else 0
            assert roled.role in ("paragraph", "item")
            assert text[end - 1] in "。！"
            assert not set(text[start : end - 1]) & set("。！？：；")


def test_weights_and_features_have_the_same_names() -> None:
    blocks, _ = text_blocks([line.replace(END, "") for _, lines in cases() for line in lines])
    names = {name for found in features(roles(blocks)) if found for name in found[1]}
    groups = {name.split(":")[0] for name in WEIGHTS}
    assert {name.split(":")[0] for name in names} - groups <= {"call", "quotation"}


def test_without_weights_nothing_is_sure() -> None:
    blocks, _ = text_blocks(["办学条件不断改善。@"] * 3)
    assert {chance for _, chance in leads(roles(blocks), weights={})} == {0.5}


def test_probability_grows_with_the_parallel() -> None:
    def chance(lines: list[str]) -> float:
        blocks, _ = text_blocks(["# 一、回顾", *lines])
        sure = {**WEIGHTS, "bias": WEIGHTS["bias"] + 8}
        return leads(roles(blocks), weights=sure)[1][1]

    alike = [f"{what}更加便利。@" for what in ("交通出行", "看病就医", "上学读书")]
    assert chance(alike) >= chance([alike[0], "@", "@"])


def test_the_page_of_the_house() -> None:
    """Every run-in heading of the page that the library exists for, and none beside."""
    text = shared("seed", "report.txt").read_text("utf-8")
    gold = json.loads(shared("seed", "gold.json").read_text("utf-8"))
    blocks = [node for top in parse(text).body for node in top.walk()]
    found = [node.lead.plain for node in blocks if isinstance(node, Paragraph | Item) and node.lead]
    assert len(found) == len(gold["leads"])


#: Reports that the weights were not fitted on, to judge them by.
HELD = (
    "civil-affairs",
    "motions",
    "township",
    "county-congress-committee",
    "county-court",
    "industry-plan",
    "supervision-commission",
    "university",
)


def test_the_table_is_what_the_tool_prints() -> None:
    """The weights come from the tool, and nothing is wrong in the reports held back."""
    reports = ROOT / "examples" / "reports"
    held = [str(reports / f"{name}.md") for name in HELD]
    tool = [sys.executable, str(ROOT / "tools" / "fit_leads.py"), str(shared("bench", "train"))]
    printed = subprocess.run(
        [*tool, str(reports), "--held", *held], capture_output=True, check=True, text=True
    ).stdout
    rows = (line.strip(" ,").split(": ") for line in printed.splitlines() if line[0] == " ")
    fitted = {name.strip('"'): float(value) for name, value in rows}
    assert fitted.keys() == WEIGHTS.keys()
    assert all(abs(fitted[name] - WEIGHTS[name]) < 0.02 for name in fitted)
    assert [line for line in printed.splitlines() if line.startswith("# ")][1:] == []


def test_a_chorus_says_something_of_each_of_its_sentences() -> None:
    form = Opening(end=7, lead="修好村里的路。", length=6, pauses=0, style="", rest=40)
    other = form._replace(lead="修好村里的桥。")
    assert [names[0] for names in chorus([form], 1)] == [UNLIKE]
    told = list(chorus([form, other, form], 2))
    assert len(told) == 3
    assert all("echo:opening" in names for names in told)
