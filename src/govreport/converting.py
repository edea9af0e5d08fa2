"""The subcommands ``convert`` and ``formats``, and formats' options from the command line."""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Final

import attrs

from govreport.errors import FormatError
from govreport.files import STANDARD, RefusedError, refuse_same, write_pieces
from govreport.formats.streams import join, pieces, read_many, together
from govreport.registry import format_of, formats, load, suffixes
from govreport.report import Report

__all__ = ["add_convert", "add_format", "convert", "given", "list_formats"]

#: Endings of files of many reports, even of one.
_MANY: Final = (".jsonl", ".ndjson")


def add_format(sub: argparse.ArgumentParser, default: str | None) -> None:
    """The arguments ``--to`` and ``-O``."""
    names = ", ".join(formats())
    told = f"default: {default}" if default else "default: by OUT's suffix"
    sub.add_argument(
        "--to", metavar="FORMAT", choices=formats(), default=default, help=f"{names}; {told}"
    )
    sub.add_argument(
        *("-O", "--option"),
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="an option of the format, such as lines or indent=2; see `govreport formats`",
    )


def add_convert(sub: argparse.ArgumentParser) -> None:
    """The arguments of ``govreport convert``."""
    sub.add_argument(
        "files",
        nargs="+",
        metavar="IN",
        help="reports in native XML or JSON, one or many (reports.xml, reports.jsonl); - for stdin",
    )
    sub.add_argument("output", metavar="OUT", help="where to; - for standard output")
    add_format(sub, None)


# ---- options of formats


@attrs.frozen
class _Option:
    """An option of a format: its name, its type's name and its default."""

    name: str
    kind: str
    default: Any

    def read(self, word: str | None) -> Any:
        """The value that a word stands for; none is for what is to be switched on.

        Raises:
            ValueError: The word stands for none.
        """
        if "bool" in self.kind:
            return {None: True, "true": True, "false": False}[word]
        if word is None:
            raise ValueError
        if "tuple" in self.kind:
            return tuple(int(part) for part in word.split("."))
        return int(word) if "int" in self.kind else word

    def __str__(self) -> str:
        if "bool" in self.kind:
            return f"{self.name}={str(self.default).lower()}"
        shown = (
            ".".join(map(str, self.default)) if isinstance(self.default, tuple) else self.default
        )
        return self.name if shown is None else f"{self.name}={shown}"


def _options(name: str) -> dict[str, _Option]:
    """What a format's writer takes, by name."""
    parameters = list(inspect.signature(load(name)).parameters.values())[1:]
    return {
        each.name: _Option(each.name, _kind(each), each.default)
        for each in parameters
        if each.kind in (each.KEYWORD_ONLY, each.POSITIONAL_OR_KEYWORD)
    }


def _kind(parameter: inspect.Parameter) -> str:
    if parameter.annotation is parameter.empty:
        return type(parameter.default).__name__
    annotation = parameter.annotation
    return annotation if isinstance(annotation, str) else str(annotation)


def given(name: str, words: Sequence[str]) -> dict[str, Any]:
    """A format's options out of the command's words.

    Args:
        name: The format.
        words: Words such as ``lines``, ``edits=false``, ``indent=2``.

    >>> given("tei", ["lines", "pages=false"])
    {'lines': True, 'pages': False}

    Raises:
        RefusedError: The format has no such option, or the value is none of the option's.
    """
    known = _options(name)
    out: dict[str, Any] = {}
    for word in words:
        key, equals, value = word.partition("=")
        option = known.get(key)
        if option is None:
            there = ", ".join(known) or "none"
            raise RefusedError(f"{name} has no option {key!r}; there are: {there}")
        try:
            out[key] = option.read(value if equals else None)
        except (KeyError, ValueError) as error:
            wanted = "true or false" if "bool" in option.kind else option.kind
            raise RefusedError(f"{name}: {key} takes {wanted}, not {word!r}") from error
    return out


# ---- the commands


def list_formats(_: argparse.Namespace) -> int:
    """The formats, their options with defaults, and the file endings that stand for them."""
    ends: dict[str, list[str]] = {}
    for end, kind in suffixes().items():
        ends.setdefault(kind, []).append(end)
    rows = []
    for name in formats():
        options = " ".join(map(str, _options(name).values()))
        rows.append(f"{name:<12} {' '.join(ends.get(name, ())):<24} {options}".rstrip())
    write_pieces(STANDARD, (f"{row}\n" for row in rows))
    return 0


def convert(options: argparse.Namespace) -> int:
    """Reports in native XML or JSON to another format; of many, one at a time is in memory."""
    to = options.to or format_of(options.output)
    if to is None:
        raise RefusedError(f"{options.output}: which format? say so with --to")
    for file in options.files:
        refuse_same(file, options.output)
    values = given(to, options.option)
    reports = chain.from_iterable(map(_read, options.files))
    write_pieces(options.output, _converted(reports, to, options.output, values))
    return 0


def _converted(
    reports: Iterator[Report], to: str, output: str, values: dict[str, Any]
) -> Iterator[str]:
    first = next(reports, None)
    second = None if first is None else next(reports, None)
    held = [report for report in (first, second) if report is not None]
    if len(held) == 1 and not output.lower().endswith(_MANY):
        yield from pieces(held[0], to, **values)
        return
    if to not in together():
        names = ", ".join(together())
        raise RefusedError(f"no {to} file holds many reports; there are: {names}")
    first = second = None
    yield from join(chain(_emptied(held), reports), to, **values)


def _emptied(held: list[Report]) -> Iterator[Report]:
    """What is held, each let go as it is given."""
    while held:
        yield held.pop(0)


def _read(name: str) -> Iterator[Report]:
    """The reports of a file, or of standard input."""
    source: Any = name
    if name == STANDARD:
        if sys.stdin is None:
            raise RefusedError("standard input is closed")
        source = sys.stdin.buffer
    try:
        yield from read_many(source)
    except OSError as error:
        raise RefusedError(f"{name}: {error.strerror}") from error
    except FormatError as error:
        raise RefusedError("\n".join(f"{name}: {x}" for x in error.problems)) from error
