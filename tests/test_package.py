"""What holds for the package as a whole: what it loads, who imports whom, sizes, names, data."""

import ast
import importlib
import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import govreport

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "govreport"
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
MODULE_LINES, FUNCTION_LINES = 350, 60

#: From the ground up; a module imports from its own storey or from below it. A module named
#: nowhere is a stage, or a part of one.
STOREYS: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "source",
            "typography",
            "numbering",
            "nodes",
            "diagnostics",
            "ordering",
            "paths",
            "visitors",
        }
        | {"units", "unicode_tables", "_numerals", "_label_styles", "_label_tables", "_look_alikes"}
        | {
            "lazy",
            "signs",
            "stacked",
            "stretches",
            "widths",
            "bulk",
            "uncollected",
            "errors",
            "_version",
        }
    ),
    frozenset(),
    frozenset({"edits", "registry", "report", "profile"}),
    frozenset({"formats"}),
    frozenset({"pipeline"}),
    frozenset({"many", "pool", "reading", "rows"}),
    frozenset({"", "strategies", "testing"}),
    frozenset({"arrow", "spark"}),
    frozenset({"files", "corpus", "converting", "cli", "__main__"}),
)
STAGES = 1
#: What reading a page must not load: each costs time that most users do not owe.
HEAVY = {"argparse", "csv", "email", "hypothesis", "lxml", "multiprocessing", "numpy", "pytest"}
#: Calls of Python functions while code runs: what a clock would say, but the same on every machine.
#: Compiling a long pattern or filling a table costs thousands of them.
CALLS = {"import govreport": 8_000, "from govreport import parse": 135_000}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported(name: str) -> Iterator[str]:
    """The modules that a module imports, also late in functions; not those for type checkers."""
    stack: list[ast.AST] = [tree(name)]
    while stack:
        node = stack.pop()
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                stack.extend(node.orelse)
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                wholes = [f"{module}.{alias.name}" for alias in node.names]
                yield from (whole if whole in MODULES else module for whole in wholes)
            case ast.ImportFrom():
                pytest.fail(f"{name}: relative import in line {node.lineno}")
            case _:
                stack.extend(ast.iter_child_nodes(node))


def storey(name: str) -> int:
    part = name.removeprefix("govreport").removeprefix(".").split(".")[0]
    return next((k for k, members in enumerate(STOREYS) if part in members), STAGES)


# ---- imports


def test_the_front_door_opens_every_room() -> None:
    assert sorted({*govreport._HOMES, "__version__", "formats"}) == sorted(govreport.__all__)
    for name in govreport.__all__:
        assert getattr(govreport, name) is getattr(govreport, name)
    assert dir(govreport) == sorted(govreport.__all__)
    with pytest.raises(AttributeError, match="no attribute 'pars'"):
        govreport.pars  # noqa: B018


def test_the_function_keeps_the_name_of_the_package_of_formats() -> None:
    code = "import govreport; govreport.parse('a').to('tei'); print(govreport.formats()[0])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "xml\n"


def test_reading_a_page_loads_nothing_heavy() -> None:
    code = "import sys, json, govreport; govreport.parse('1'); print(json.dumps([*sys.modules]))"
    # what counts coverage loads much itself
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, capture_output=True, check=True, env=env).stdout
    loaded = {name.split(".")[0] for name in json.loads(out)}
    assert "govreport" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("line", CALLS)
def test_importing_is_quick(line: str) -> None:
    code = (
        "import sys\ncalls = [0]\n"
        "sys.setprofile(lambda frame, event, arg: calls.__setitem__(0, calls[0] + (event == 'call')))\n"
        f"{line}\nsys.setprofile(None)\nprint(calls[0])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    assert int(out) <= CALLS[line]


@pytest.mark.parametrize("name", MODULES)
def test_only_strategies_import_hypothesis_and_none_imports_tests_or_tools(name: str) -> None:
    roots = {each.split(".")[0] for each in imported(name)}
    allowed = {"hypothesis"} if name.startswith("govreport.strategies") else set()
    assert not roots & {"hypothesis", "pytest", "_pytest", "tests", "tools", "conftest"} - allowed


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_down(name: str) -> None:
    up = [each for each in imported(name) if each in MODULES and storey(each) > storey(name)]
    assert up == []


def test_no_circle() -> None:
    graph = {name: {x for x in imported(name) if x in MODULES} - {name} for name in MODULES}
    while free := {name for name, needs in graph.items() if not needs & graph.keys()}:
        graph = {name: needs for name, needs in graph.items() if name not in free}
    assert graph == {}


def test_storeys_name_what_is_there() -> None:
    parts = {name.removeprefix("govreport").removeprefix(".").split(".")[0] for name in MODULES}
    optional = {"strategies"}
    assert frozenset[str]().union(*STOREYS) - parts <= optional


# ---- sizes


def is_table(name: str) -> bool:
    """Mostly literals: at least three lines in four belong to assignments of the module."""
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    body = [node for node in tree(name).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    return sum((node.end_lineno or 0) - node.lineno + 1 for node in body) > 0.6 * lines


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_are_short(name: str) -> None:
    lines = MODULES[name].read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_LINES or is_table(name)
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION_LINES, node.name


@pytest.mark.parametrize("name", MODULES)
def test_what_coverage_leaves_out_says_why(name: str) -> None:
    """``# pragma: no cover - why``, and no others; see `tools/check_coverage.py`."""
    text = MODULES[name].read_text(encoding="utf-8")
    assert len(re.findall(r"pragma: no", text)) == len(re.findall(r"# pragma: no cover - \w", text))


def test_coverage_leaves_out_nothing_that_is_no_more() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    texts = [path.read_text(encoding="utf-8") for path in MODULES.values()]
    for left_out in settings["tool"]["coverage"]["report"]["exclude_also"]:
        assert any(re.search(left_out, text) for text in texts), left_out


# ---- names


def test_all_is_what_is_public() -> None:
    assert len(govreport.__all__) == len(set(govreport.__all__))
    missing = [name for name in govreport.__all__ if not hasattr(govreport, name)]
    assert missing == []
    public = {
        name
        for name, value in vars(govreport).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    door = {"Any", "Final", "TYPE_CHECKING", "import_module"}  # what the front door is hung with
    assert public - set(govreport.__all__) - door == set()


@pytest.mark.parametrize("name", govreport.__all__)
def test_public_names_have_docstrings(name: str) -> None:
    value = getattr(govreport, name)
    if not callable(value):
        return
    assert inspect.getdoc(value)
    if isinstance(value, type):
        for member, method in vars(value).items():
            described = isinstance(method, property | classmethod) or inspect.isfunction(method)
            assert member.startswith("_") or not described or method.__doc__, member


@pytest.mark.parametrize("name", [name for name in MODULES if name != "govreport.__main__"])
def test_modules_say_what_they_are_and_keep_their_all(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for each in getattr(module, "__all__", ()):
        assert hasattr(module, each), each


def test_formats_stay_callable_after_a_format_was_loaded() -> None:
    """``govreport.formats`` is a function, and ``govreport/formats`` a folder of modules."""
    for name in govreport.formats():
        govreport.parse("一、工作回顾").to(name)
    assert "xml" in govreport.formats()


# ---- what is shipped


def test_version_is_that_of_the_metadata() -> None:
    assert version("govreport") == govreport.__version__


def test_typed_and_with_its_tables() -> None:
    shipped = files("govreport")
    assert shipped.joinpath("py.typed").is_file()
    assert shipped.joinpath("weights.json").is_file()
    assert {path.suffix for path in (PACKAGE / "formats" / "schemas").iterdir()} >= {
        ".json",
        ".rng",
    }


def test_data_is_not_ignored_by_git() -> None:
    """What git ignores, the build leaves out of the wheel."""
    data = [str(path) for path in PACKAGE.rglob("*") if path.suffix in {".json", ".toml", ".rng"}]
    result = subprocess.run(
        ["git", "-C", ROOT, "check-ignore", *data], capture_output=True, check=False
    )
    assert result.stdout == b""
