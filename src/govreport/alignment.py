"""A leaf's text held against its stretches of the source: where they differ, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import regex

from govreport.nodes import Gap, Leaf
from govreport.said import Effect, Said, taken_rule
from govreport.source import DELETABLE, Span

__all__ = ["Aligner", "Change", "joined", "merged"]

#: Stretches of the signs that reports are made of, and of all others: those mostly stand in the
#: text as they are, these are mostly what was taken away or read as something else.
_RUNS: Final = re.compile(
    r"[一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+|[^一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+"
)
_SOLID: Final = regex.compile(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")


class Change(NamedTuple):
    """A difference between a leaf's text and the source."""

    #: Offset in the leaf's text.
    at: int
    start: int
    end: int
    effect: Effect


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

    >>> from govreport.said import taken
    >>> pair = [Change(2, 2, 3, taken(" ")), Change(2, 3, 4, taken("\\n"))]
    >>> [change.effect.rule for change in merged("工作 \\n报告", pair)]
    ['line-end']
    """
    found = list(found)
    last = -1
    for change in found:
        taken_away = change.effect.rule in _TAKEN
        if taken_away and change.start == last:
            break
        last = change.end if taken_away else -1
    else:  # by far most: none touches its neighbour
        yield from found
        return
    run: list[Change] = []
    for change in found:
        taken_away = change.effect.rule in _TAKEN
        if run and not (taken_away and change.start == run[-1].end):
            yield run[0] if len(run) == 1 else _one(source, run)
            run = []
        if taken_away:
            run.append(change)
        else:
            yield change
    if run:
        yield run[0] if len(run) == 1 else _one(source, run)


def _one(source: str, run: list[Change]) -> Change:
    """One change out of several that follow one another."""
    before = source[run[0].start : run[-1].end]
    after = "".join(change.effect.after for change in run)
    effect = Effect(taken_rule(before), before, after)
    return Change(run[0].at, run[0].start, run[-1].end, effect)


class Aligner:
    """Holds texts against one source.

    Args:
        source: The source text.
        readings: What a character may be read as.

    >>> from govreport.nodes import Text
    >>> aligner = Aligner("⺠ \\n生", {"⺠": "民"})
    >>> [c.effect.rule for c in aligner.changes(Text(text="民生", spans=(Span(0, 4),)))]
    ['reading', 'line-end']
    """

    def __init__(self, source: str, readings: Mapping[str, str]) -> None:
        self.source = source
        self._readings = readings

    @cached_property
    def said(self) -> Said:
        """What the source says by itself."""
        return Said(self.source, self._readings)

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
                out.append(self._change(at, start, end, text[at:], "gap"))
            return len(text), out
        if text.startswith(self.source[start:end], at):
            return self._ended(text, at + end - start, end, out, last=last)
        said, changes = self.said.stretch(start, end)
        if text.startswith(said, at) and not self.source[end - 1 : end].isspace():
            ahead = at - start
            for low, high, effect in changes.rows():
                out.append(Change(low + ahead, low, high, effect))
                ahead += len(effect.after) - len(effect.before)
            at += len(said)
        else:
            at = self._runs(text, at, span, out)
        return self._ended(text, at, end, out, last=last)

    def _ended(
        self, text: str, at: int, end: int, out: list[Change], *, last: bool
    ) -> tuple[int, list[Change]]:
        """With the rest of the text, if it is not in the source at all."""
        if last and at < len(text):
            out.append(self._change(at, end, end, text[at:], "supplied"))
            at = len(text)
        return at, out

    def _change(self, at: int, start: int, end: int, after: str, rule: str) -> Change:
        return Change(at, start, end, Effect(rule, self.source[start:end], after))

    def _runs(self, text: str, at: int, span: tuple[int, int], out: list[Change]) -> int:
        """Through a stretch run by run: what stands in the text as it is takes one look."""
        for match in _RUNS.finditer(self.source, *span):
            run = match.group()
            if text.startswith(run, at):
                at += len(run)
                continue
            after = self._readings.get(run)
            if after and text.startswith(after, at):
                out.append(self._change(at, match.start(), match.end(), after, "reading"))
                at += len(after)
            else:
                at = self._slowly(text, at, match.span(), out)
        return at

    def _slowly(self, text: str, at: int, run: tuple[int, int], out: list[Change]) -> int:
        """The slow way through a run that differs: character by character."""
        for i in range(*run):
            sign = self.source[i]
            rest = text[at : at + 1]
            if rest.isspace() and _SOLID.match(sign) and not self._reading(sign, text, at):
                out.append(self._change(at, i, i, rest, "blank"))
                at += 1
                rest = text[at : at + 1]
            if rest == sign:
                at += 1
                continue
            after = self._reading(sign, text, at)
            rule = "reading" if after else taken_rule(sign)
            if not after and sign.isspace() and rest.isspace():
                after = rest
            out.append(self._change(at, i, i + 1, after, rule))
            at += len(after)
        return at

    def _reading(self, sign: str, text: str, at: int) -> str:
        """What a sign is read as, where the text goes on with it; else the empty string."""
        if sign.isspace():
            return ""
        reading = self._readings.get(sign, "")
        if not reading or not text.startswith(reading, at):
            reading = unicodedata.normalize("NFKC", sign)
        return reading if text.startswith(reading, at) else ""
