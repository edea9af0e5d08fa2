"""The example pages come back as the Markdown beside them, and the scripts run on each."""

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import govreport

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGES = sorted((EXAMPLES / "pages").glob("*.txt"))
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs an example's ``main`` and gives what it prints."""

    def call(script: str, *arguments: object) -> str:
        runpy.run_path(str(EXAMPLES / script))["main"](*map(str, arguments))
        return capsys.readouterr().out

    return call


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


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_script_runs_as_a_process(script: Path) -> None:
    result = subprocess.run([sys.executable, script, PAGES[0]], capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_scripts_find_what_is_there(page: Path, run: Callable[..., str]) -> None:
    report = govreport.parse_file(page)

    title, *outline = run("outline.py", page).splitlines()
    assert title == (report.front.title or "（无标题）")
    assert [line.strip() for line in outline] == [
        section.title for section in report.find(govreport.Section)
    ]

    listed = [line for line in run("figures_by_section.py", page).splitlines() if line[:1] == " "]
    assert [line.split("\t")[0].strip() for line in listed] == [
        figure.text for figure in report.figures()
    ]

    paragraphs = list(report.find(govreport.Paragraph))
    assert run("xpath.py", page, "count(//paragraph)") == f"{float(len(paragraphs))}\n"
    assert run("xpath.py", page).splitlines() == [
        each.plain for each in paragraphs if any(each.find(govreport.Number, unit="%"))
    ]
