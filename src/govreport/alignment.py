"""A leaf's text held against its stretches of the source: where they differ, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

import regex

from govreport.nodes import Gap, Leaf

__all__ = ["Change", "align", "changes", "taken_rule"]

_RUNS: Final = regex.compile(
    r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]++|[\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]++"
)
_LINE_END: Final = regex.compile(r"[\r\n]")
_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF--\t\r\n]", regex.V1)
_INVISIBLE: Final = regex.compile(r"\p{Cf}")
_SOLID: Final = regex.compile(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")


class Change(NamedTuple):
    """A difference between a leaf's text and the source, before edits are made of it."""

    #: Offset in the leaf's text.
    at: int
    start: int
    end: int
    after: str
    rule: str


def taken_rule(text: str) -> str:
    """The rule for taking a text away, by what it holds.

    >>> taken_rule(" \\n"), taken_rule("\\u3000"), taken_rule("\\u200b"), taken_rule("\\x00")
    ('line-end', 'blank', 'invisible', 'control')
    """
    if _SOLID.search(text):
        return "left-out"
    if _LINE_END.search(text):
        return "line-end"
    if _CONTROL.search(text):
        return "control"
    return "invisible" if _INVISIBLE.search(text) else "blank"


def changes(leaf: Leaf, source: str, readings: Mapping[str, str]) -> list[Change]:
    """How a leaf's text differs from its stretches of the source.

    Args:
        leaf: The leaf; its spans are taken as they are.
        source: The source text.
        readings: What a character may be read as.

    >>> from govreport.nodes import Text
    >>> from govreport.source import Span
    >>> changes(Text(text="民生", spans=(Span(0, 4),)), "⺠ \\n生", {"⺠": "民"})[0].rule
    'reading'
    """
    out: list[Change] = []
    at = 0
    for k, span in enumerate(leaf.spans):
        last = k == len(leaf.spans) - 1
        at = align(leaf, at, (span.start, span.end), last, source, readings, out)
    return out


def align(
    leaf: Leaf,
    at: int,
    span: tuple[int, int],
    last: bool,
    source: str,
    readings: Mapping[str, str],
    out: list[Change],
) -> int:
    """Hold a span against the leaf's text from ``at`` on; the new place in the text."""
    text = leaf.text
    start, end = span
    if isinstance(leaf, Gap) and source[start:end] != text:
        if end > start or last:
            out.append(Change(at, start, end, text[at:], "gap"))
        return len(text)
    if text.startswith(source[start:end], at):
        at += end - start
    else:
        for run in _RUNS.finditer(source, start, end):
            if text.startswith(run.group(), at):
                at += run.end() - run.start()
            else:
                at = _align_run(text, at, run.start(), run.end(), source, readings, out)
    if last and at < len(text):
        out.append(Change(at, end, end, text[at:], "supplied"))
        at = len(text)
    return at


def _align_run(
    text: str,
    at: int,
    start: int,
    end: int,
    source: str,
    readings: Mapping[str, str],
    out: list[Change],
) -> int:
    """The slow way through a run that differs: character by character."""
    for i in range(start, end):
        sign = source[i]
        rest = text[at : at + 1]
        if rest.isspace() and not sign.isspace() and _SOLID.match(sign):
            out.append(Change(at, i, i, rest, "blank"))
            at += 1
            rest = text[at : at + 1]
        if rest == sign:
            at += 1
            continue
        after = _reading(sign, text, at, readings)
        if after:
            out.append(Change(at, i, i + 1, after, "reading"))
        else:
            if sign.isspace() and rest.isspace():
                after = rest
            out.append(Change(at, i, i + 1, after, taken_rule(sign)))
        at += len(after)
    return at


def _reading(sign: str, text: str, at: int, readings: Mapping[str, str]) -> str:
    """What a sign is read as, where the text goes on with it; else the empty string."""
    if sign.isspace():
        return ""
    for reading in (readings.get(sign, ""), unicodedata.normalize("NFKC", sign)):
        if reading and text.startswith(reading, at):
            return reading
    return ""
