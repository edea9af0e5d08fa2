"""Web Annotations over the untouched source: edits, gaps and headings, each with its place.

An ``AnnotationPage`` (W3C Web Annotation, JSON-LD). Positions are code points, ends exclusive, as
the standard has it; every position has the quotation beside it, with what stands around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

from govreport._version import __version__
from govreport.nodes import Gap, Leaf, Paragraph, Section
from govreport.said import Effect
from govreport.visitors import line, walked_roughly

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

#: How much of what stands around a place is quoted with it.
AROUND: Final = 12
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


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
    opening = f'{{"id":{_encoded(f"{iri}#annotation-")[:-1]}'
    apart = "\n"
    for k, each in enumerate(_annotations(report, iri), 1):
        yield f'{apart}{opening}{k}","type":"Annotation",{each}}}'
        apart = ",\n"
    yield "\n]}\n"


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _encoded(value: Any) -> str:
    """A value as JSON, with escapes for lone surrogates, which UTF-8 cannot write."""
    return _without_surrogates(_ENCODE(value))


def _quoted(text: str) -> str:
    return _without_surrogates(encode_basestring(text))


def _without_surrogates(text: str) -> str:
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _annotations(report: Report, iri: str) -> Iterator[str]:
    """The annotations' fields but for the first two, written out."""
    target = _Target(report.source.text, iri)
    creator = _ENCODE({"type": "Software", "name": f"govreport {__version__}"})
    bodies: dict[Effect, str] = {}
    for start, end, effect in report.effects.rows():
        body = bodies.get(effect)
        if body is None:
            body = bodies[effect] = _encoded([*_edit_bodies(effect, iri)])
        place = target.at(start, end)
        yield f'"motivation":"editing","creator":{creator},"body":{body},{place}'
    for leaves, tag, words in _marked(report):
        spans = [span for leaf in leaves for span in leaf.spans]
        end = max([span.end for span in spans], default=-1)
        if 0 <= end <= len(report.source.text):
            motivation = "classifying" if tag == "gap" else "describing"
            body = _encoded([_textual(tag, "tagging"), _textual(words, "describing")])
            place = target.at(min([span.start for span in spans]), end)
            yield f'"motivation":"{motivation}","creator":{creator},"body":{body},{place}'


def _edit_bodies(effect: Effect, iri: str) -> Iterator[dict[str, Any]]:
    yield {**_textual(effect.after, "editing"), "language": "zh"}
    yield _textual(effect.rule, "tagging")
    if effect.target is not None:
        place = {"type": "TextPositionSelector", "start": effect.target, "end": effect.target}
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


class _Target:
    """Writes out places in a source, and what stands there: a page has thousands."""

    def __init__(self, text: str, iri: str) -> None:
        self._text = text
        self._quote = _quoted if _SURROGATE.search(text) else encode_basestring
        self._head = f'"target":{{"source":{_quoted(iri)},"selector":['

    def at(self, start: int, end: int) -> str:
        """A place."""
        text, quote = self._text, self._quote
        exact = quote(text[start:end])
        prefix = quote(text[max(0, start - AROUND) : start])
        suffix = quote(text[end : end + AROUND])
        return (
            f'{self._head}{{"type":"TextPositionSelector","start":{start},"end":{end}}},'
            f'{{"type":"TextQuoteSelector","exact":{exact},"prefix":{prefix},"suffix":{suffix}}}]}}'
        )


def _marked(report: Report) -> Iterator[tuple[tuple[Leaf, ...], str, str]]:
    """What is annotated beside the edits: headings, run-in headings, gaps of the source."""
    for node in walked_roughly((report.front, *report.body, *report.furniture)):
        match node:
            case Gap():
                yield (node,), "gap", node.kind
            case Section() if node.heading is not None:
                words = _words(line(node, roughly=True))
                yield line(node.heading, roughly=True), f"heading-{node.level}", words
            case Paragraph() if node.lead is not None:
                leaves = line(node.lead, roughly=True)
                yield leaves, "run-in-heading", _words(leaves)


def _words(leaves: tuple[Leaf, ...]) -> str:
    return "".join([leaf.text for leaf in leaves])
