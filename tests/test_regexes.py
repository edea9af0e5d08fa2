"""Every regular expression of the package takes linear time, whatever the text.

The expressions are found, not listed: those that modules hold, those that cached functions give,
and those that stand in calls. Each is searched in texts of one piece repeated; a text eight times
as long may take forty times as long, and not sixty-four. No clock decides alone: what is quick is
not measured twice.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from time import perf_counter
from types import ModuleType
from typing import Any, Final

import attrs
import pytest
import regex

import govreport

SHORT, LONG = 2_000, 16_000
RATIO: Final = 40  # for eight times the text; quadratic time gives 64
SLOW: Final = 0.05  # seconds under which nothing is measured again
CALLS: Final = {
    "compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer",
    "pattern",
}  # fmt: skip
#: Runs of these are what pages have, and what patterns look for.
PIECES: Final = (
    *"1１一第年（(。，、：.—-… \u3000\n\t□a“《/％",
    *(
        "1.",
        "1,",
        "一、",
        "（一",
        "第一",
        "1年",
        "二〇",
        "1月1日",
        "市人民政府",
        "会议",
        "各位",
        "张三 ",
    ),
    *("a1", "1 ", " 1", "一 ", "（）", "“”", "《》", "1/", "12.5%", "1万", "十百千", "——", "：一"),
)
#: Expressions that search a piece of text whose length the code bounds, by the place where they
#: stand: nothing else may be slow.
BOUNDED: Final[frozenset[str]] = frozenset()

Pattern = re.Pattern[Any] | regex.Pattern[Any]


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(govreport.__path__, "govreport."):
        if not found.name.startswith(("govreport.strategies", "govreport.__main__")):
            yield importlib.import_module(found.name)


def held(value: object, depth: int = 4) -> Iterator[Pattern]:
    """The patterns in a value: itself, or in what it holds."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif depth and isinstance(value, Mapping):
        yield from chain.from_iterable(held(each, depth - 1) for each in value.values())
    elif depth and isinstance(value, tuple | list | set | frozenset):
        yield from chain.from_iterable(held(each, depth - 1) for each in value)
    elif depth and attrs.has(type(value)):
        parts = (getattr(value, field.name, None) for field in attrs.fields(type(value)))
        yield from chain.from_iterable(held(each, depth - 1) for each in parts)
    elif depth and isinstance(value, type):
        yield from chain.from_iterable(held(each, 1) for each in vars(value).values())


def given(module: ModuleType) -> Iterator[Pattern]:
    """The patterns that a module's cached functions give."""
    for function in vars(module).values():
        if hasattr(function, "cache_info") and function.__module__ == module.__name__:
            parameters = inspect.signature(function).parameters.values()
            if any(each.default is each.empty for each in parameters):
                tables = getattr(module, "TABLES", None)
                if len(parameters) == 1 and tables is not None:
                    yield from held(function(tables))
            elif "Pattern" in str(inspect.signature(function).return_annotation):
                yield from held(function())


def written(module: ModuleType) -> Iterator[Pattern]:
    """The patterns that stand in calls, such as ``regex.sub(r"...", "", text)``."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        library = getattr(getattr(function, "value", None), "id", "")
        if name in CALLS and (library in ("re", "regex") or name == "pattern"):
            source = evaluated(node.args[0], module)
            if isinstance(source, str):
                yield (re if library == "re" else regex).compile(source, flags_of(node, module))


def flags_of(node: ast.Call, module: ModuleType) -> int:
    """The flags in a call, by their keyword or after the pattern that is compiled."""
    named = [each.value for each in node.keywords if each.arg == "flags"]
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    placed = node.args[1:2] if name in ("compile", "pattern") else []
    found = [evaluated(each, module) for each in (*named, *placed)]
    return next((int(flags) for flags in found if isinstance(flags, int)), 0)


def evaluated(node: ast.expr, module: ModuleType) -> object:
    """The value of an expression of constants and of a module's names; None where it has others."""
    try:
        return eval(compile(ast.Expression(node), module.__name__, "eval"), dict(vars(module)))
    except NameError:
        return None


@cache
def patterns() -> dict[str, tuple[str, Pattern]]:
    """Every pattern, by its source, with the module where it was found."""
    out: dict[str, tuple[str, Pattern]] = {}
    for module in modules():
        for found in (*held(dict(vars(module))), *given(module), *written(module)):
            out.setdefault(repr(found), (module.__name__.removeprefix("govreport."), found))
    return out


def seconds(pattern: Pattern, text: str | bytes, times: int) -> float:
    """The best of some searches through a whole text."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        for _ in pattern.finditer(text):
            pass
        best = min(best, perf_counter() - start)
    return best


def hostile(pattern: Pattern, piece: str, size: int) -> str | bytes:
    text = piece * (size // len(piece)) + "\x00"
    return text.encode() if isinstance(pattern.pattern, bytes) else text


def is_slow(pattern: Pattern, piece: str) -> str:
    """What is wrong with a pattern and a piece; nothing where time grows as the text."""
    long = hostile(pattern, piece, LONG)
    if seconds(pattern, long, 1) < SLOW or seconds(pattern, long, 3) < SLOW:
        return ""
    ratio = seconds(pattern, long, 3) / seconds(pattern, hostile(pattern, piece, SHORT), 3)
    return f"{piece!r}: {ratio:.0f} times the time for {LONG // SHORT} times the text"


def test_the_expressions_are_found() -> None:
    found = patterns()
    assert len(found) >= 100
    wanted = {"figures_patterns", "numbering", "characters", "typography", "furniture.tables"}
    assert wanted <= {module for module, _ in found.values()} | {"numbering"}


@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear(piece: str) -> None:
    faults = [
        f"{module}: {str(pattern.pattern)[:120]!r} on {fault}"
        for module, pattern in patterns().values()
        if (fault := is_slow(pattern, piece)) and module not in BOUNDED
    ]
    assert faults == []


def test_a_slow_expression_is_caught() -> None:
    assert "times the time" in is_slow(re.compile(r"1+x"), "1")
    assert is_slow(re.compile(r"1"), "1") == ""


@pytest.mark.parametrize(
    "value", [re.compile("a"), (regex.compile("a"),), {"k": [re.compile("a")]}]
)
def test_patterns_are_found_in_what_holds_them(value: object) -> None:
    assert len(list(held(value))) == 1
