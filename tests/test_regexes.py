"""Every regular expression of the package takes steps that grow as the text does.

The expressions are found, not listed: those that modules hold, those that cached functions give,
and those that stand in calls. Each is used as the package uses it, on texts grown from the expression
itself: its signs, pairs and beginnings again and again, with an end that nothing matches. The steps
are counted by a matcher of our own (``regex_steps.py``), so that no clock has a say, and that it
finds what the real ones find is a test of its own.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, pairwise, product
from types import ModuleType
from typing import Final, cast

import attrs
import pytest
import regex

import govreport
from regex_steps import Machine, Pattern, TooManyStepsError, read

#: Lengths of hostile texts, four times the one before: linear steps are four times as many, and
#: quadratic ones sixteen times. What is only steep within a bound is not from one of them on.
SIZES: Final = (25, 100, 400)
RATIO: Final = 6
MOST_STEPS: Final = 2_000_000
MOST: Final = 24  # pieces of an expression
SEARCHES: Final = {"search", "sub", "subn", "split", "findall", "finditer"}
MATCHES: Final = {"match", "fullmatch"}
CALLS: Final = SEARCHES | MATCHES | {"compile", "pattern"}
#: Signs for what an expression names by its kind.
KINDS: Final = {
    "d": "1", "s": " ", "S": "好", "w": "a", "D": "好", "W": "，", "h": " ", "n": "\n", "r": "\r",
    "t": "\t", "f": "\f", "v": "\v", "R": "\n", "X": "好", "p": "好", "P": "1", "N": "1",
}  # fmt: skip
TOKEN: Final = regex.compile(
    r"""
      \(\?(?:P?<\w+>|[:=!>|]|<[=!]|[a-zA-Z0-9]*-?[a-z]*[:)]|\(\w+\)|\#[^)]*\))
    | \[(?P<no>\^?)(?P<class>\]?(?:\\.|[^\]\\])*)\]
    | \{\d*,?\d*\}
    | \\(?:x(?P<hex>[0-9a-fA-F]{2})|u(?P<hex>[0-9a-fA-F]{4})|(?P<kind>[pPN])\{[^}]*\}|(?P<kind>[dsSwDWhnrtfvRX])|[bBAZGzKmM1-9]|(?P<sign>.))
    | [()|?*+^$]
    | (?P<sign>.)
    """,
    regex.X | regex.S,
)


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(govreport.__path__, "govreport."):
        if not found.name.startswith(("govreport.strategies", "govreport.__main__")):
            yield importlib.import_module(found.name)


def held(value: object, name: str = "", depth: int = 4) -> Iterator[tuple[str, Pattern]]:
    """The patterns in a value, itself or in what it holds, each with the name it goes by."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield name, value
    elif depth and isinstance(value, Mapping):
        for key, each in value.items():
            # a name of the code may stand for it, or what holds it does
            here = f"{name}/{key}".strip("/") if str(key).isidentifier() else name
            yield from held(each, here, depth - 1)
    elif depth and isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from held(each, name, depth - 1)
    elif depth and attrs.has(type(value)):
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            yield from held(getattr(value, field.name, None), field.name, depth - 1)
    elif depth and isinstance(value, type):
        yield from held(dict(vars(value)), name, 1)


def given(module: ModuleType) -> Iterator[tuple[str, Pattern]]:
    """The patterns that a module's cached functions give."""
    for function in vars(module).values():
        if hasattr(function, "cache_info") and function.__module__ == module.__name__:
            signature = inspect.signature(function)
            needed = [x for x in signature.parameters.values() if x.default is x.empty]
            tables = getattr(module, "TABLES", None)
            if len(needed) == 1 and tables is not None:
                yield from held(function(tables), function.__name__)
            elif not needed and "Pattern" in str(signature.return_annotation):
                yield from held(function(), f"{function.__name__}()")


def written(module: ModuleType) -> Iterator[tuple[str, Pattern]]:
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
                found = (re if library == "re" else regex).compile(source, flags_of(node, module))
                yield f".{name}" if name in SEARCHES | MATCHES else "", found


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
        return eval(compile(ast.Expression(node), "<call>", "eval"), dict(vars(module)))
    except NameError:
        return None


@attrs.frozen(kw_only=True)
class Found:
    """A pattern, where it was found, and whether it is searched for or stands at a place."""

    module: str
    name: str
    pattern: Pattern
    searched: bool

    def __str__(self) -> str:
        return f"{self.module} {self.name} {str(self.pattern.pattern)[:100]!r}"


@cache
def patterns() -> tuple[Found, ...]:
    """Every pattern once for each way in which it is used."""
    out: dict[tuple[str, bool], Found] = {}

    def add(module: ModuleType, pairs: Iterable[tuple[str, Pattern]]) -> None:
        for name, found in pairs:
            where = module.__name__.removeprefix("govreport.")
            for searched in ways(name, where):
                this = Found(module=where, name=name, pattern=found, searched=searched)
                out.setdefault((repr(found), searched), this)

    for module in modules():
        add(module, held(dict(vars(module))))
        add(module, given(module))
    named = {source for source, _ in out}
    for module in modules():
        # what is compiled into a name was found by that name
        add(module, [pair for pair in written(module) if pair[0] or repr(pair[1]) not in named])
    return tuple(out.values())


@cache
def used() -> dict[str, dict[str, set[str]]]:
    """For each module the methods that are called on what goes by a name."""
    out: dict[str, dict[str, set[str]]] = {}
    for module in modules():
        here = out.setdefault(module.__name__.removeprefix("govreport."), {})
        for name, method in re.findall(r"\b(\w+(?:\(\))?)\.(?=(\w+))", inspect.getsource(module)):
            here.setdefault(name, set()).add(method)
        # one of a table, by a name of its own for a line or two
        for name, table in re.findall(r"\b(\w+) = (\w+)(?:\.get\(|\[)", inspect.getsource(module)):
            here.setdefault(table, set()).update(here.get(name, ()))
    return out


def ways(name: str, module: str = "") -> set[bool]:
    """Whether a pattern is searched for, stands at a place, or both; both where nobody can tell.

    Its own module is asked first: names such as ``_NUMBER`` are private to theirs.
    """
    if name.startswith("."):
        methods = {name[1:]}
    else:
        methods = set().union(*(_methods(each, module) for each in name.split("/")))
    found = {way for way, names in ((True, SEARCHES), (False, MATCHES)) if methods & names}
    return found or {True, False}


def _methods(name: str, module: str) -> set[str]:
    own = used().get(module, {}).get(name, set())
    if name.startswith("_") and own & (SEARCHES | MATCHES):
        return own
    return set().union(*(each.get(name, set()) for each in used().values()))


def signs(source: str, *, verbose: bool, inside: bool = False) -> Iterator[str]:
    """The signs that an expression asks for, in order; one or two for a class of them."""
    for token in TOKEN.finditer(source):
        if token["class"] is not None:
            some = signs(token["class"].replace("-", ""), verbose=False, inside=True)
            yield from ["好"] if token["no"] else islice(some, 2)
        elif token["hex"]:
            yield chr(int(token["hex"], 16))
        elif token["kind"]:
            yield KINDS[token["kind"]]
        elif token["sign"] and not (verbose and token["sign"].isspace()):
            yield "好" if token[0] == "." and not inside else token["sign"]


@cache
def every(pattern: Pattern) -> tuple[str, ...]:
    """All signs of an expression."""
    source = pattern.pattern
    text = source.decode("latin-1") if isinstance(source, bytes) else source
    return tuple(signs(text, verbose=bool(pattern.flags & re.VERBOSE)))


def pieces(found: Found) -> list[str]:
    """What hostile texts are made of: single signs, neighbours, and longer and longer beginnings."""
    whole = every(found.pattern)
    out = list(dict.fromkeys(whole))
    pairs = dict.fromkeys(a + b for a, b in pairwise(whole) if a != b)
    starts = dict.fromkeys("".join(whole[:size]) for size in (3, 4, 5, 7, 10, 15, 30))
    thirds = [x[:: len(x) // (MOST // 3) + 1] for x in (out, [*pairs], [*starts])]
    return [piece for some in thirds for piece in some] or ["好"]


def hostile(found: Found, piece: str, size: int) -> str | bytes:
    """A piece again and again, and what the expression needs between signs that it does not match."""
    text = piece * (size // len(piece)) + "\x00" + "".join(every(found.pattern)[:MOST]) + "\x00"
    return text.encode("utf-8") if isinstance(found.pattern.pattern, bytes) else text


def steps(found: Found, piece: str, size: int) -> int:
    """What a whole text takes; ``MOST_STEPS`` where it takes more."""
    text, expression = hostile(found, piece, size), read(found.pattern)
    machine = Machine(text if isinstance(text, str) else text.decode("latin-1"), most=MOST_STEPS)
    try:
        if found.searched:
            expression.findall(machine)
        else:
            expression.match(machine)
            expression.fullmatch(machine)
    except TooManyStepsError:
        return MOST_STEPS
    return machine.steps


def is_steep(found: Found, piece: str) -> bool:
    """Whether the steps grow faster than the text of one piece again and again."""
    before = steps(found, piece, SIZES[0])
    for size in SIZES[1:]:
        now = steps(found, piece, size)
        if now == MOST_STEPS:
            return True
        if now <= RATIO * before:
            return False
        before = now
    return True


def test_the_expressions_are_found() -> None:
    found = patterns()
    assert len(found) >= 200
    wanted = {"figures_patterns", "_label_tables", "characters", "typography", "furniture.tables"}
    assert wanted <= {each.module for each in found}


def test_steps_grow_as_the_text_does() -> None:
    judged = [found for found in patterns() if read(found.pattern).endless]
    assert len(judged) > 60
    steep = ((f, piece) for f in judged for piece in pieces(f) if is_steep(f, piece))
    assert [f"{found}: {piece!r}" for found, piece in islice(steep, 3)] == []


def test_the_matcher_that_counts_finds_what_the_real_one_finds() -> None:
    for found in patterns():
        whole = "".join(every(found.pattern))
        for text in (whole[:80], *(piece * 3 + whole[:30] for piece in pieces(found)[:8])):
            assert finds(found.pattern, text) == reads(found.pattern, text), (str(found), text)


@pytest.mark.parametrize(
    "source",
    [
        r"a*+b", r"(?>a|ab)c", r"(?:a|ab)(?:c|bcd)(?:d*)", r"a{2,3}?b", r"(?:a?){3}b", r"(?:ab?)*?c",
        r"(?<=ab*)c", r"(?<!a)b|^a", r"(?=a(?!b)).", r"(?P<x>a+)b(?P=x)", r"(?i:AB)c", r"[^a-b]",
        r"(?:a|b)*+c?", r"(?:a*)*b", r"\bc|b$", r"(?<x>a|b)(?&x)", r"(?r)a+b", r"(?x) a [b ] # c",
    ],
)  # fmt: skip
def test_the_matcher_knows_every_kind_of_part(source: str) -> None:
    pattern = regex.compile(source)
    texts = ["".join(signs) for size in range(6) for signs in product("abc", repeat=size)]
    assert any(end is not None for text in texts for end in finds(pattern, text))
    for text in texts:
        assert finds(pattern, text) == reads(pattern, text), text


def finds(pattern: Pattern, text: str) -> list[int | None]:
    """Where the real matcher ends that begins at each place of a text."""
    given = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    if read(pattern).way < 0:
        found = [pattern.match(given, 0, place) for place in range(len(given) + 1)]
        return [match and match.start() for match in found]
    found = [pattern.match(given, place) for place in range(len(given) + 1)]
    return [match and match.end() for match in found]


def reads(pattern: Pattern, text: str) -> list[int | None]:
    """Where ours does."""
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace").decode("latin-1")
    expression, places = read(pattern), range(len(text) + 1)
    if expression.way < 0:
        return [expression.match(Machine(text[:place]), place) for place in places]
    return [expression.match(Machine(text), place) for place in places]


def searched(pattern: Pattern) -> Found:
    return Found(pattern=pattern, module="", name="", searched=True)


@pytest.mark.parametrize(
    "source",
    [
        *(r"1+x", r"(?:1|11)+x", r"\s*好[年月]", r"[a-z]+day$", r"(?:a*)*b", r"1(?=.*好)x"),
        # what the package held itself to short texts for, before it was put otherwise
        *(r"(?:次|届)[^，]*?会议$", r"\d(?:[.,]?\d){2}(?!\d*年)", r"[\s.]*+(?:\d{1,3})?$"),
    ],
)
def test_a_steep_expression_is_caught(source: str) -> None:
    found = searched(regex.compile(source))
    assert any(is_steep(found, piece) for piece in pieces(found))


@pytest.mark.parametrize("source", [r"1", r"(?<!1)1++x", r"[，。]\s?好", r"(?:1{1,3}x?){2}"])
def test_a_linear_expression_is_not_blamed(source: str) -> None:
    found = searched(re.compile(source))
    assert not any(is_steep(found, piece) for piece in pieces(found))


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (r"(?P<n>\d+)(?=[^，]*)年 月", list("1好年 月")),
        (r"[一-三\s]{1,3}\u4e00\x41\p{Han}(?:甲|乙)?", list("一三一A好甲乙")),
        (r"\.[.．]\b(?<!x)y", list("..．xy")),
    ],
)
def test_signs_of_an_expression(source: str, wanted: list[str]) -> None:
    assert list(signs(source, verbose=False)) == wanted


def test_the_way_of_use_is_found() -> None:
    assert ways(".search") == {True}
    assert ways(".fullmatch") == {False}
    assert ways("nobody knows") == {True, False}


@pytest.mark.parametrize(
    "value", [re.compile("a"), (regex.compile("a"),), {"k": [re.compile("a")]}]
)
def test_patterns_are_found_in_what_holds_them(value: object) -> None:
    assert len(list(held(value))) == 1
