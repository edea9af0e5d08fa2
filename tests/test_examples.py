"""The example pages come back as the Markdown beside them, and the scripts run on each."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import govreport

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted((EXAMPLES / "pages").glob("*.txt"))
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def run(script: str, *arguments: object) -> str:
    """What an example prints; it must say nothing on standard error."""
    result = subprocess.run(
        [sys.executable, EXAMPLES / script, *map(str, arguments)], capture_output=True, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout.decode("utf-8")


def test_there_are_pages_and_each_has_its_markdown() -> None:
    assert len(PAGES) >= 4
    expected = {page.with_suffix(".md") for page in PAGES}
    assert expected == set((EXAMPLES / "pages").glob("*.md"))


def test_there_are_three_scripts() -> None:
    assert [script.stem for script in SCRIPTS] == ["figures_by_section", "outline", "xpath"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_comes_back_as_its_markdown(page: Path) -> None:
    expected = page.with_suffix(".md").read_text(encoding="utf-8")
    assert govreport.parse_file(page).to_markdown() == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_outline_has_the_headings_of_the_markdown(page: Path) -> None:
    expected = re.findall(r"^#+ (.*)$", page.with_suffix(".md").read_text("utf-8"), re.M)
    title, *lines = run("outline.py", page).splitlines()
    assert title == govreport.parse_file(page).front.title
    assert set(expected) <= {line.strip() for line in lines}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_figures_are_all_listed(page: Path) -> None:
    listed = [line for line in run("figures_by_section.py", page).splitlines() if line[:1] == " "]
    texts = [figure.text for figure in govreport.parse_file(page).figures()]
    assert [line.split("\t")[0].strip() for line in listed] == texts
    assert texts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_xpath_finds_paragraphs(page: Path) -> None:
    paragraphs = list(govreport.parse_file(page).find(govreport.Paragraph))
    assert run("xpath.py", page, "count(//paragraph)") == f"{float(len(paragraphs))}\n"
    assert all("%" in line or "％" in line for line in run("xpath.py", page).splitlines())
