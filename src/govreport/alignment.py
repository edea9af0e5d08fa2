"""A leaf's text held against its stretches of the source: where they differ, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import Final, NamedTuple

import regex

from govreport.nodes import Gap, Leaf
from govreport.signs import SILENT
from govreport.source import DELETABLE, Span

__all__ = ["Aligner", "Change", "Effect", "Placed", "joined", "merged", "taken", "taken_rule"]

#: Stretches of the signs that reports are made of, and of all others: those mostly stand in the
#: text as they are, these are mostly what was taken away or read as something else.
_RUNS: Final = re.compile(
    r"[一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+|[^一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+"
)
#: What may stand in the source for something else, or for nothing.
_ODD: Final = re.compile(rf"([\s{SILENT}]+|[^一-鿿!-~，。、；：？！％“”‘’（）《》—…·□])")
_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF--\t\r\n]", regex.V1)
_INVISIBLE: Final = regex.compile(r"\p{Cf}")
_SOLID: Final = regex.compile(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")


class Effect(NamedTuple):
    """What an edit does, its place aside: those that do the same share one."""

    rule: str
    before: str
    after: str
    #: Of a move, the offset in the source that it goes to.
    target: int | None = None


Placed = tuple[int, int, Effect]
"""Start and end in the source, and what becomes of what stands there."""


class Change(NamedTuple):
    """A difference between a leaf's text and the source."""

    #: Offset in the leaf's text.
    at: int
    start: int
    end: int
    effect: Effect


def taken_rule(text: str) -> str:
    """The rule for taking a text away, by what it holds.

    >>> taken_rule(" \\n"), taken_rule("\\u3000"), taken_rule("\\u200b"), taken_rule("\\x00")
    ('line-end', 'blank', 'invisible', 'control')
    """
    if not text.strip(" \t\u3000"):  # by far most are one of these two
        return "blank"
    if not text.isspace() and _SOLID.search(text):
        return "left-out"
    if "\n" in text or "\r" in text:
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

    >>> pair = [Change(2, *taken("工作 \\n报告", 2, 3)), Change(2, *taken("工作 \\n报告", 3, 4))]
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


class _Effects(dict[str, Effect]):
    """What mostly becomes of a run of signs, by the run; found when it is first asked for."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        super().__init__()
        self._readings = readings

    def __missing__(self, run: str) -> Effect:
        if DELETABLE.fullmatch(run):
            found = Effect(taken_rule(run), run, "")
        else:
            found = Effect("reading", run, self._readings.get(run, run))
        self[run] = found
        return found


def taken(source: str, start: int, end: int) -> Placed:
    """The change that takes a stretch of the source away."""
    before = source[start:end]
    return start, end, Effect(taken_rule(before), before, "")


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
        self._effects = _Effects(readings)

    def read(self, start: int, end: int) -> tuple[str, list[Placed]]:
        """What a stretch says as a rule, and how that differs from what stands there.

        Blanks say nothing, and a damaged sign what it is read as.

        >>> Aligner("⺠ \\n生", {"⺠": "民"}).read(0, 4)[0]
        '民生'
        """
        parts = _ODD.split(self.source[start:end])  # a plain part, an odd one, a plain one, ...
        if len(parts) == 1:
            return parts[0], []
        places = [*accumulate(map(len, parts), initial=start)]
        effects = [*map(self._effects.__getitem__, parts[1::2])]
        parts[1::2] = [effect.after for effect in effects]
        return "".join(parts), [
            (low, high, effect)
            for low, high, effect in zip(places[1::2], places[2::2], effects, strict=False)
            if effect.after != effect.before
        ]

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
        said, changes = self.read(start, end)
        if text.startswith(self.source[start:end], at):
            at += end - start
        elif text.startswith(said, at) and not self.source[end - 1 : end].isspace():
            ahead = at - start
            for change in changes:
                out.append(Change(change[0] + ahead, *change))
                ahead += len(change[2].after) - len(change[2].before)
            at += len(said)
        else:
            at = self._runs(text, at, span, out)
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
