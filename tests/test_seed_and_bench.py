"""What was won is not lost again: the seed page exactly, the bench's floors, clean text as it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import govreport
from shared import shared
from work import grows

PLAIN = "poppler,pypdf,pdfium,mupdf-blocks"
FLOORS = {
    "bench/dev": (
        "pypdf boundary_F1 .993",
        "poppler,poppler-layer,poppler-layout,pdfium,mupdf-blocks boundary_F1 .992",
        "seedlike boundary_F1 .989",
        "pdfium-layer boundary_F1 .991",
        f"{PLAIN},poppler-layer,poppler-layout,seedlike,pdfium-layer char .9994",
        "poppler,pypdf,poppler-layer heading_F1 .99",
        "pdfium,mupdf-blocks,seedlike heading_F1 .988",
        f"{PLAIN},poppler-layer parent .988",
        "seedlike,pdfium-layer parent .985",
        "pypdf,pdfium,mupdf-blocks,poppler number .9999",
        "poppler-layer,poppler-layout number .998",
        "pdfium-layer number .994",
        "seedlike number .987",
        "seedlike gap_F1 .93",
        f"{PLAIN},poppler-layer,poppler-layout,seedlike,pdfium-layer title .99",
    ),
    "bench/dev-leads": ("poppler,seedlike lead_F1 .89", "poppler,seedlike number .98"),
    "bench/dev-ocr": ("ocr boundary_F1 .98", "ocr char .994", "ocr heading_F1 .95"),
    "bench/real": ("lines,spaced boundary_F1 .955", "lines,spaced parent .95"),
}


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    source = str(Path(govreport.__file__).parents[1])
    path = os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )


def test_the_seed_page_comes_back_exactly() -> None:
    result = run(shared("seed", "check.py"))

    assert [line for line in result.stdout.splitlines() if not line.startswith("ok")] == []
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", FLOORS)
def test_the_bench_holds(name: str) -> None:
    result = run(shared("bench", "hold.py"), str(shared(*name.split("/"))), *FLOORS[name])

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("blank", ["", "\n"])
def test_clean_text_stays_as_it_is(blank: str) -> None:
    for path in sorted(shared("bench", "dev").glob("*/gold.json"))[::4]:
        blocks = [block[1] for block in json.loads(path.read_text("utf-8"))["blocks"]]
        report = govreport.parse(f"\n{blank}".join(blocks) + "\n")

        assert report.edits == ()


def test_cost_is_linear() -> None:
    """Calls of functions a character: the same on eight copies of the seed page as on one."""
    text = shared("seed", "report.txt").read_text("utf-8")
    assert grows(lambda count: govreport.parse(text * count), 1, 8) < 1.2
