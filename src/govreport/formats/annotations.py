"""Web Annotations over the untouched source: edits, gaps and headings, each with its place.

An ``AnnotationPage`` (W3C Web Annotation, JSON-LD). Positions are code points, ends exclusive, as
the standard has it; every position has the quotation beside it, with what stands around it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import regex

from govreport._version import __version__
from govreport.edits import Edit
from govreport.nodes import Gap, Node, Paragraph, Section
from govreport.source import Span

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

#: How much of what stands around a place is quoted with it.
AROUND: Final = 12
_SURROGATE: Final = regex.compile(r"[\ud800-\udfff]")


def write(report: Report, *, source: str | None = None) -> str:
    """The annotations of a report's source.

    Args:
        report: The report.
        source: The source's IRI; by default ``urn:sha256:`` and the digest of its UTF-8.
    """
    return "".join(iter_write(report, source=source))


def iter_write(report: Report, *, source: str | None = None) -> Iterator[str]:
    """The annotations, one a line."""
    iri = source or f"urn:sha256:{_digest(report.source.text)}"
    context = "http://www.w3.org/ns/anno.jsonld"
    head = {"@context": context, "type": "AnnotationPage", "id": f"{iri}#annotations"}
    yield _encoded(head)[:-1] + ',"items":['
    apart = "\n"
    for k, each in enumerate(_annotations(report, iri), 1):
        yield apart + _encoded({"id": f"{iri}#annotation-{k}", "type": "Annotation", **each})
        apart = ",\n"
    yield "\n]}\n"


def _encoded(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _annotations(report: Report, iri: str) -> Iterator[dict[str, Any]]:
    text = report.source.text
    for edit in report.edits:
        yield {
            "motivation": "editing",
            "creator": _CREATOR,
            "body": list(_edit_bodies(edit, iri)),
            "target": _target(text, edit.span, iri),
        }
    for node, tag, words in _marked(report):
        span = node.span
        if span is not None and span.end <= len(text):
            yield {
                "motivation": "classifying" if tag == "gap" else "describing",
                "creator": _CREATOR,
                "body": [_textual(tag, "tagging"), _textual(words, "describing")],
                "target": _target(text, span, iri),
            }


_CREATOR: Final = {"type": "Software", "name": f"govreport {__version__}"}


def _edit_bodies(edit: Edit, iri: str) -> Iterator[dict[str, Any]]:
    yield {**_textual(edit.after, "editing"), "language": "zh"}
    yield _textual(edit.rule, "tagging")
    if edit.target is not None:
        place = {"type": "TextPositionSelector", "start": edit.target, "end": edit.target}
        yield {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": iri,
            "selector": place,
        }


def _textual(value: str, purpose: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "purpose": purpose,
    }


def _target(text: str, span: Span, iri: str) -> dict[str, Any]:
    quotation = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {"source": iri, "selector": [position, quotation]}


def _marked(report: Report) -> Iterator[tuple[Node, str, str]]:
    """What is annotated beside the edits: headings, run-in headings, gaps of the source."""
    for node in report.walk():
        match node:
            case Gap():
                yield node, "gap", node.kind
            case Section() if node.heading is not None:
                yield node.heading, f"heading-{node.level}", node.title
            case Paragraph() if node.lead is not None:
                yield node.lead, "run-in-heading", node.lead.plain
