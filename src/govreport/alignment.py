"""A leaf's text held against its stretches of the source: where they differ, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import attrs
import regex

from govreport.nodes import Gap, Leaf
from govreport.source import DELETABLE, Span

__all__ = ["Aligner", "Change", "joined", "merged", "taken_rule"]

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


def joined(source: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans in their order, those made one that have only blanks and the like between them.

    >>> list(joined("12\\n所；3", [Span(0, 2), Span(3, 4), Span(5, 6)]))
    [Span(0, 4), Span(5, 6)]
    """
    held: Span | None = None
    for span in spans:
        follows = held is not None and held.end <= span.start
        if held is not None and follows and DELETABLE.fullmatch(source, held.end, span.start):
            held = Span(held.start, span.end)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


#: Rules of changes that take something away; neighbours of these kinds are one.
_TAKEN: Final = frozenset({"line-end", "blank", "invisible", "control", "left-out"})


def merged(source: str, found: Iterable[Change]) -> Iterator[Change]:
    """Changes with neighbours that take away made one.

    >>> pair = [Change(2, 2, 3, "", "blank"), Change(2, 3, 4, "", "line-end")]
    >>> [change.rule for change in merged("工作 \\n报告", pair)]
    ['line-end']
    """
    run: list[Change] = []
    for change in found:
        if run and (change.rule not in _TAKEN or change.start != run[-1].end):
            yield _one(source, run)
            run = []
        if change.rule in _TAKEN:
            run.append(change)
        else:
            yield change
    if run:
        yield _one(source, run)


def _one(source: str, run: list[Change]) -> Change:
    """One change out of several that follow one another."""
    if len(run) == 1:
        return run[0]
    start, end = run[0].start, run[-1].end
    after = "".join(change.after for change in run)
    return Change(run[0].at, start, end, after, taken_rule(source[start:end]))


@attrs.frozen
class Aligner:
    """Holds texts against one source.

    Args:
        source: The source text.
        readings: What a character may be read as.

    >>> from govreport.nodes import Text
    >>> aligner = Aligner("⺠ \\n生", {"⺠": "民"})
    >>> [c.rule for c in aligner.changes(Text(text="民生", spans=(Span(0, 4),)))]
    ['reading', 'line-end']
    """

    source: str
    readings: Mapping[str, str]

    def changes(self, leaf: Leaf) -> list[Change]:
        """How a leaf's text differs from its stretches of the source."""
        out: list[Change] = []
        at = 0
        for k, span in enumerate(leaf.spans):
            last = k == len(leaf.spans) - 1
            at, found = self.span(leaf, at, (span.start, span.end), last=last)
            out += found
        return list(merged(self.source, out))

    def span(
        self, leaf: Leaf, at: int, span: tuple[int, int], *, last: bool
    ) -> tuple[int, list[Change]]:
        """Hold one stretch against a leaf's text from ``at`` on.

        Args:
            leaf: The leaf.
            at: What of its text has been found so far.
            span: The stretch.
            last: Whether the rest of the text, if it is not here, is not in the source at all.

        Returns:
            The new place in the text, and the differences.
        """
        text = leaf.text
        start, end = span
        out: list[Change] = []
        if isinstance(leaf, Gap) and self.source[start:end] != text:
            if end > start or at < len(text):
                out.append(Change(at, start, end, text[at:], "gap"))
            return len(text), out
        if text.startswith(self.source[start:end], at):
            at += end - start
        else:
            for run in _RUNS.finditer(self.source, start, end):
                if text.startswith(run.group(), at):
                    at += run.end() - run.start()
                else:
                    at = self._slowly(text, at, run.span(), out)
        if last and at < len(text):
            out.append(Change(at, end, end, text[at:], "supplied"))
            at = len(text)
        return at, out

    def _slowly(self, text: str, at: int, run: tuple[int, int], out: list[Change]) -> int:
        """The slow way through a run that differs: character by character."""
        for i in range(*run):
            sign = self.source[i]
            rest = text[at : at + 1]
            if rest.isspace() and not sign.isspace() and _SOLID.match(sign):
                out.append(Change(at, i, i, rest, "blank"))
                at += 1
                rest = text[at : at + 1]
            if rest == sign:
                at += 1
                continue
            after = self._reading(sign, text, at)
            if after:
                out.append(Change(at, i, i + 1, after, "reading"))
            else:
                if sign.isspace() and rest.isspace():
                    after = rest
                out.append(Change(at, i, i + 1, after, taken_rule(sign)))
            at += len(after)
        return at

    def _reading(self, sign: str, text: str, at: int) -> str:
        """What a sign is read as, where the text goes on with it; else the empty string."""
        if sign.isspace():
            return ""
        for reading in (self.readings.get(sign, ""), unicodedata.normalize("NFKC", sign)):
            if reading and text.startswith(reading, at):
                return reading
        return ""
