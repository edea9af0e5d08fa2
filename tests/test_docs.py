"""Every example of the READMEs and the docs runs, in order, one test a page.

A fence says what becomes of it: ``python`` is run (as a doctest where it has prompts), ``console`` is run by
the shell and its output compared, ``sh`` holds the two commands that ``.ci/run`` calls; other fences
show what a page or a format looks like, and a name that nobody knows is a fault.
"""

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import govreport

ROOT = Path(__file__).parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = (*READMES, *sorted((ROOT / "docs").rglob("*.md")))
SHOWN = {"", "css", "html", "json", "markdown", "sparql", "sql", "text", "toml", "xml", "xpath"}
FENCE = re.compile(
    r"^(?P<ticks>`{3,}) *(?P<name>[^\n`]*)\n(?P<body>.*?)^(?P=ticks) *$", re.M | re.S
)
COMMAND = re.compile(r"<!-- command: (\w+) -->\n```sh\n(.*)\n```\n")
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


class Fence(NamedTuple):
    """A fenced block of a page."""

    name: str
    body: str
    line: int


def fences(page: Path) -> Iterator[Fence]:
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start("body"))
        yield Fence(match["name"].strip(), match["body"], line)


def run_python(fence: Fence, page: Path, names: dict[str, object]) -> None:
    if ">>> " not in fence.body:
        exec(compile("\n" * fence.line + fence.body, page, "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(fence.body, names, page.name, str(page), fence.line)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=OPTIONS, verbose=False)
    runner.run(test, out=told.append, clear_globs=False)
    names.update(test.globs)
    assert not told, "".join(told)


def run_console(fence: Fence, page: Path, folder: Path) -> None:
    """Each line after a ``$`` is run; what it prints, on both streams, stands below it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for part in re.split(r"^\$ ", fence.body, flags=re.M)[1:]:
        line, _, expected = part.partition("\n")
        result = subprocess.run(
            ["sh", "-c", line], cwd=folder, env={**os.environ, "PATH": path}, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        got = result.stdout.decode("utf-8")
        same = doctest.OutputChecker().check_output(expected, got, OPTIONS)
        assert same, f"{page}:{fence.line}: $ {line}\nexpected:\n{expected}\ngot:\n{got}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where examples run: a folder of their own with the repository's examples in it."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_of_page(page: Path, folder: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for fence in fences(page):
        match fence.name:
            case "python":
                run_python(fence, page, names)
            case "console":
                run_console(fence, page, folder)
            case "sh":
                assert page in READMES, f"{page}:{fence.line}: sh is for the READMEs' two commands"
            case name:
                known = name in SHOWN or name.startswith("{")
                assert known, f"{page}:{fence.line}: a fence named {name!r}"


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_readmes_give_the_same_two_commands(page: Path) -> None:
    """The ones that ``.ci/run`` reads and runs; nothing else in them is marked ``sh``."""
    commands = dict(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert commands == dict(COMMAND.findall(READMES[0].read_text(encoding="utf-8")))
    assert list(commands) == ["install", "test"]
    assert all(".venv/bin/" in line for line in commands.values())
    assert [fence.body.strip() for fence in fences(page) if fence.name == "sh"] == [
        *commands.values()
    ]


def test_the_page_of_the_first_command_is_there() -> None:
    commands = dict(COMMAND.findall(READMES[0].read_text(encoding="utf-8")))
    page = re.search(r"examples/pages/\S+", commands["install"])
    assert page
    assert (ROOT / page[0]).is_file()


def test_figures_stand_beside_their_command() -> None:
    """A table or a list with measured figures names the command that shows them."""
    measured = re.compile(r"\d(?:\.\d+)? ?(?:MB/s|ms\b|MiB)|\bF1\b.*\.\d{2}")
    for page in PAGES:
        for part in page.read_text(encoding="utf-8").split("\n\n## "):
            if measured.search(part):
                assert re.search(r"`(?:python3?|govreport) [^`]+`|^\$ ", part, re.M), page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_api_has_every_public_name() -> None:
    text = (ROOT / "docs/api.md").read_text("utf-8")
    listed = re.findall(r"(?:autofunction|autoclass|data):: govreport\.(\w+)$", text, re.M)
    assert sorted(listed) == sorted(set(govreport.__all__) - {"__version__"})
