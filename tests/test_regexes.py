"""Every regular expression of the package takes time that grows as the text does.

The expressions are found, not listed: those that modules hold, those that cached functions give,
and those that stand in calls. Each is used as the package uses it, on texts grown from the expression
itself: its signs, pairs and beginnings again and again, with an end that nothing matches. What is
quick on a long text is linear; only what is not is measured, and by the ratio of two lengths, again and
again before it is called steep.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, pairwise
from time import process_time
from types import ModuleType
from typing import Any, Final, cast

import attrs
import pytest
import regex

import govreport

SIZES: Final = (16, 24, 32, 48, 240, 1_000, 4_000)
SHORT: Final = 48  # characters that no expression needs long for
QUICK: Final = 0.006  # seconds in which the longest is read: eight million steps take more
LONG: Final = 0.5  # seconds that no busy machine makes of a quick expression's
TIMES: Final = 4  # as long, once more
RATIO: Final = 9  # linear time gives 4, quadratic time 16
GOES: Final = 4  # no fault before so many measurements agree
MOST: Final = 24  # pieces of an expression
SEARCHES: Final = {"search", "sub", "subn", "split", "findall", "finditer"}
MATCHES: Final = {"match", "fullmatch"}
CALLS: Final = SEARCHES | MATCHES | {"compile", "pattern"}
#: Expressions that would be steep on a long text, by module and beginning, and why they meet none.
BOUNDED: Final[dict[tuple[str, str], str]] = {
    ("_label_tables", "[和与及至到或～~—-]?"): "matched behind a label, never searched for",
    ("front.blocks", "(?:次|届)[^，]*?会议$"): "a line of the headline block, of 120 characters",
    ("furniture.heads", r"(?<=\D)\s*(?:[—－-]"): "a line of 60 characters",
    ("names", "[，。；！？：——“”]|[由请让使]"): "an office of 45 characters",
    ("openings", r"[%％‰]|\d[.,．]"): "a first sentence of 45 characters",
    ("roles", r"[\s.．·…‥—（(\-]*+"): "the first 60 characters of a heading",
}
#: What stands before a run of signs, so that the text meets the expressions above.
OPENINGS: Final = ("", "目录\n", "政府工作报告\n——", "一、", "责任编辑：")
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

Pattern = re.Pattern[Any] | regex.Pattern[Any]


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
            # where a name of the code stands for it, that; else what holds it
            yield from held(each, key if str(key).isidentifier() else name, depth - 1)
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
        return eval(compile(ast.Expression(node), module.__name__, "eval"), dict(vars(module)))
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
    return out


def ways(name: str, module: str = "") -> set[bool]:
    """Whether a pattern is searched for, stands at a place, or both; both where nobody can tell.

    Its own module is asked first: names such as ``_NUMBER`` are private to theirs.
    """
    if name.startswith("."):
        methods = {name[1:]}
    elif name.startswith("_") and used().get(module, {}).get(name, set()) & (SEARCHES | MATCHES):
        methods = used()[module][name]
    else:
        methods = set().union(*(each.get(name, set()) for each in used().values()))
    found = {way for way, names in ((True, SEARCHES), (False, MATCHES)) if methods & names}
    return found or {True, False}


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
    """A piece again and again, and what the expression needs behind a sign that it does not match."""
    text = piece * (size // len(piece)) + "\x00" + "".join(every(found.pattern)[:MOST])
    return text.encode("utf-8") if isinstance(found.pattern.pattern, bytes) else text


def seconds(found: Found, piece: str, size: int) -> float:
    """The processor time of a whole text."""
    text = hostile(found, piece, size)
    start = process_time()
    if found.searched:
        for _ in found.pattern.finditer(text):
            pass
    else:
        found.pattern.match(text)
        found.pattern.fullmatch(text)
    return process_time() - start


def is_steep(found: Found, piece: str) -> bool:
    """Whether time grows faster than the text of one piece again and again."""
    for size in SIZES:  # the shorter texts first: what grows without bounds must not hang
        if seconds(found, piece, size) > QUICK:
            break
    else:
        return False
    if size <= SHORT:
        return min(seconds(found, piece, size) for _ in range(GOES)) > QUICK
    for _ in range(GOES):
        few, many = (min(seconds(found, piece, n) for _ in range(2)) for n in (size, TIMES * size))
        if many < QUICK or many < RATIO * few:
            return False
        if many > LONG:
            break
    return True


def is_bounded(found: Found) -> bool:
    return any(
        found.module == module and str(found.pattern.pattern).startswith(start)
        for module, start in BOUNDED
    )


def test_the_expressions_are_found() -> None:
    found = patterns()
    assert len(found) >= 200
    wanted = {"figures_patterns", "_label_tables", "characters", "typography", "furniture.tables"}
    assert wanted <= {each.module for each in found}
    for module, start in BOUNDED:
        assert any(
            each.module == module and str(each.pattern.pattern).startswith(start) for each in found
        ), start


def test_time_grows_as_the_text_does() -> None:
    judged = [found for found in patterns() if not is_bounded(found)]
    assert len(judged) > 0.9 * len(patterns())
    steep = ((f, piece) for f in judged for piece in pieces(f) if is_steep(f, piece))
    assert [f"{found}: {piece!r}" for found, piece in islice(steep, 3)] == []


@pytest.mark.parametrize("opening", OPENINGS)
def test_pages_meet_the_bounded_expressions_on_short_texts(opening: str) -> None:
    """What is steep by itself is asked of short texts only: a line twice as long costs twice as much."""
    for piece in (" ", "1", "…", "次", "①", "会议1"):
        texts = [opening + "好" + piece * (size // len(piece)) + "届" for size in (2_000, 8_000)]
        for _ in range(GOES):
            few, many = (min(timed(text) for _ in range(2)) for text in texts)
            if many < 20 * QUICK or many < RATIO * few:
                break
        else:
            pytest.fail(f"{piece!r}: {many / few:.0f} times the time for 4 times the text")


def timed(text: str) -> float:
    start = process_time()
    govreport.parse(text)
    return process_time() - start


def searched(pattern: Pattern) -> Found:
    return Found(pattern=pattern, module="", name="", searched=True)


@pytest.mark.parametrize("source", [r"1+x", r"(?:1|11)+x", r"\s*好[年月]", r"[a-z]+day$"])
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
