"""A leaf's text held against its stretches of the source: where they differ, and why."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import attrs
import regex

from govreport.nodes import Gap, Leaf
from govreport.source import DELETABLE, Span

__all__ = ["Aligner", "Change", "joined", "merged", "taken_rule"]

#: Stretches of the signs that reports are made of, and of all others: those mostly stand in the
#: text as they are, these are mostly what was taken away or read as something else.
_RUNS: Final = re.compile(
    r"[一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+|[^一-鿿0-9A-Za-z，。、；：？！％“”（）《》]+"
)
_BLANKS: Final = re.compile(r"\s+")
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

    >>> pair = [Change(2, 2, 3, "", "blank"), Change(2, 3, 4, "", "line-end")]
    >>> [change.rule for change in merged("工作 \\n报告", pair)]
    ['line-end']
    """
    found = list(found)
    last = -1
    for change in found:
        if change.start == last and change.rule in _TAKEN:
            break
        last = change.end if change.rule in _TAKEN else -1
    else:  # by far most: none touches its neighbour
        yield from found
        return
    run: list[Change] = []
    for change in found:
        taken = change.rule in _TAKEN
        if run and not (taken and change.start == run[-1].end):
            yield run[0] if len(run) == 1 else _one(source, run)
            run = []
        if taken:
            run.append(change)
        else:
            yield change
    if run:
        yield run[0] if len(run) == 1 else _one(source, run)


def _one(source: str, run: list[Change]) -> Change:
    """One change out of several that follow one another."""
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
        found = self.source[start:end]
        if text.startswith(found, at):
            at += len(found)
        elif not found[-1].isspace() and text.startswith("".join(found.split()), at):
            at = self._blanks(at - start, span, out)
        else:
            at = self._runs(text, at, span, out)
        if last and at < len(text):
            out.append(Change(at, end, end, text[at:], "supplied"))
            at = len(text)
        return at, out

    def _blanks(self, ahead: int, span: tuple[int, int], out: list[Change]) -> int:
        """Through a stretch whose blanks the text has not, and has nothing else."""
        source = self.source
        for run in _BLANKS.finditer(source, *span):
            start, end = run.span()
            out.append(Change(start + ahead, start, end, "", taken_rule(source[start:end])))
            ahead -= end - start
        return span[1] + ahead

    def _runs(self, text: str, at: int, span: tuple[int, int], out: list[Change]) -> int:
        """Through a stretch run by run: what stands in the text as it is takes one look."""
        for match in _RUNS.finditer(self.source, *span):
            run = match.group()
            if text.startswith(run, at):
                at += len(run)
                continue
            after = self.readings.get(run)
            if after and text.startswith(after, at):
                out.append(Change(at, match.start(), match.end(), after, "reading"))
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
        reading = self.readings.get(sign, "")
        if not reading or not text.startswith(reading, at):
            reading = unicodedata.normalize("NFKC", sign)
        return reading if text.startswith(reading, at) else ""
