"""Where the page's line ends, its page ends and its repaired signs stand inside the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import attrs
import regex

from govreport.alignment import Aligner
from govreport.nodes import Leaf
from govreport.report import readings
from govreport.said import taken_rule

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["Mark", "Marker"]

_LINE_END = regex.compile(r"\r\n|[\r\n\f]")


@attrs.frozen
class Mark:
    """Something to be shown inside a leaf.

    Args:
        kind: A line end, a page end, a sign that was read as another, or any edit.
        at: Offset in the leaf's text.
        size: How many characters of the text stand for ``source``.
        source: What stands in the source.
        rule: The edit's rule.
    """

    kind: Literal["line", "page", "reading", "edit"]
    at: int
    size: int = 0
    source: str = ""
    rule: str = ""


class Marker:
    """Finds the marks of leaves, given in reading order.

    Args:
        report: The report.
        kinds: Which marks are asked for; none are looked for in vain.

    >>> from govreport.nodes import Paragraph, Text
    >>> from govreport.report import Report
    >>> from govreport.source import Source, Span
    >>> words = Text(text="各位代表", spans=(Span(0, 5),))
    >>> report = Report(body=(Paragraph(content=(words,)),), source=Source("各位\\n代表"))
    >>> list(Marker(report, {"line"}).marks(words))
    [Mark(kind='line', at=2, size=0, source='\\n', rule='')]
    """

    def __init__(self, report: Report, kinds: set[str]) -> None:
        self.kinds = kinds
        self.source = report.source.text
        self.aligner = Aligner(self.source, readings() if kinds else {})
        #: Where the leaf before ended in the source; none at the start of a block.
        self.end: int | None = None

    def start_block(self) -> None:
        """A line end before the next leaf parts two blocks, and is not shown."""
        self.end = None

    def marks(self, leaf: Leaf) -> Iterator[Mark]:
        """The marks inside a leaf and just before it."""
        if not self.kinds or not leaf.spans:
            return
        start = leaf.spans[0].start
        if self.end is not None and self.end < start:
            yield from self._taken(0, self.end, start)
        self.end = leaf.spans[-1].end
        for at, low, high, effect in self.aligner.changes(leaf):
            if "edit" in self.kinds:
                yield Mark("edit", at, len(effect.after), effect.before, effect.rule)
            elif effect.rule == "reading" and "reading" in self.kinds:
                yield Mark("reading", at, len(effect.after), effect.before)
            else:
                yield from self._ends(at, low, high)

    def _taken(self, at: int, start: int, end: int) -> Iterator[Mark]:
        """The marks of what stands between two leaves of a block, if nothing else does."""
        found = self.source[start:end]
        rule = taken_rule(found)
        if rule == "left-out":
            return
        if "edit" in self.kinds:
            yield Mark("edit", at, 0, found, rule)
        else:
            yield from self._ends(at, start, end)

    def _ends(self, at: int, start: int, end: int) -> Iterator[Mark]:
        """The line and page ends in a stretch that was taken away; many line ends are one."""
        found = [match[0] for match in _LINE_END.finditer(self.source, start, end)]
        if "line" in self.kinds and any(sign != "\f" for sign in found):
            yield Mark("line", at, 0, "\n")
        if "page" in self.kinds and "\f" in found:
            yield Mark("page", at, 0, "\f")
