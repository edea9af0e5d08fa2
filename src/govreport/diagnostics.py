"""What is uncertain or wrong, said with a code, a place and a way on."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import attrs

from govreport.source import Span

__all__ = ["CODES", "Diagnostic", "Severity"]


class Severity(IntEnum):
    """How much a diagnostic matters; ordered, so that a threshold can be set.

    >>> Severity.WARNING > Severity.INFO
    True
    """

    INFO = 1
    WARNING = 2
    ERROR = 3


#: Every code with its severity and what it means. Codes never change their meaning.
CODES: Final[dict[str, tuple[Severity, str]]] = {
    "empty": (Severity.WARNING, "the source holds no text"),
    "undecodable": (Severity.ERROR, "bytes that no known encoding explains were replaced"),
    "mojibake": (Severity.ERROR, "the text was decoded with a wrong encoding before it came here"),
    "control-characters": (Severity.WARNING, "control characters or surrogates were left out"),
    "private-use": (Severity.WARNING, "private-use characters whose meaning the page does not say"),
    "replacement-character": (Severity.WARNING, "characters were lost before the text came here"),
    "uncertain-end": (Severity.INFO, "the page leaves a line end open"),
    "uncertain-heading": (Severity.INFO, "a block may be a heading or not"),
    "gap": (Severity.WARNING, "the page lost something here"),
    "unplaced": (Severity.WARNING, "a figure could not be put into its place"),
    "uncertain-figure": (Severity.INFO, "a figure was put into a place that others rival"),
    "weekday": (Severity.WARNING, "the page date and its weekday disagree"),
    "page-jump": (Severity.INFO, "the text goes on or comes from another page"),
    "numbering": (Severity.WARNING, "a numbered series skips or repeats a number"),
    "no-title": (Severity.INFO, "no title was found"),
    "reading-order": (Severity.WARNING, "the order of columns is uncertain"),
    "hint": (Severity.WARNING, "a hint names no place of this text"),
}


@attrs.frozen(kw_only=True)
class Diagnostic:
    """One remark on the source or on how it was read.

    Args:
        code: A key of :data:`CODES`.
        message: What is the matter, in a sentence.
        span: Where, in code points of the source.
        severity: How much it matters.
        probability: Of the reading that was chosen, where the remark is about a choice.

    >>> Diagnostic.of("gap", "a number is missing", Span(4, 4)).severity.name
    'WARNING'
    """

    code: str
    message: str
    span: Span
    severity: Severity
    probability: float | None = None

    @classmethod
    def of(
        cls, code: str, message: str, span: Span, *, probability: float | None = None
    ) -> Diagnostic:
        """A diagnostic with the severity that its code has in :data:`CODES`."""
        severity = CODES[code][0]
        return cls(
            code=code, message=message, span=span, severity=severity, probability=probability
        )
