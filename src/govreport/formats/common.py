"""What several formats need: texts made fit for a file, the front matter as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import regex

from govreport.nodes import (
    Adoption,
    Block,
    ContentsEntry,
    DocumentDate,
    Front,
    FrontNote,
    Kicker,
    Label,
    Paragraph,
    Section,
)

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["Line", "clean", "front_name", "front_values", "is_run_in", "label_text"]

#: What stands on a line of its own.
Line = Block | ContentsEntry

#: Blanks that would end a line or a field; in a text of one line they are one space.
_BREAKS: Final = regex.compile(r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
#: What no XML document and no UTF-8 file may hold.
_FORBIDDEN: Final = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text for one line of a file: breaks become a space, forbidden characters U+FFFD.

    The native formats do not use this; they keep every character.

    >>> clean("a\\r\\nb\\x00")
    'a b\\ufffd'
    """
    if text.isprintable():
        return text
    return _FORBIDDEN.sub("\ufffd", _BREAKS.sub(" ", text))


def label_text(label: Label | None) -> str:
    """A label's text; the empty string for none."""
    return label.text if label is not None else ""


def front_values(front: Front) -> dict[str, str | int | list[str]]:
    """The front matter as names and values, in a fixed order, empty ones left out.

    >>> from govreport.nodes import Speaker, Title
    >>> front_values(Front(lines=(Title(text="工作报告"), Speaker(text="市长 张三", name="张三"))))
    {'title': '工作报告', 'author': '张三'}
    """
    lines = front.lines
    speakers = front.speakers
    offices = [speaker.office for speaker in speakers if speaker.office]
    if not offices and front.values is not None and front.values.office:
        offices = [front.values.office]
    authors = [speaker.name for speaker in speakers if speaker.name]
    occasion = front.occasion
    values = {
        "kicker": _few([x.text for x in lines if isinstance(x, Kicker)]),
        "title": front.title,
        "subtitle": front.subtitle,
        "author": front.author,
        "authors": authors if len(authors) > 1 else None,
        "office": _few(offices),
        "date": front.date,
        "assembly": occasion.assembly if occasion else None,
        "session": occasion.session if occasion else None,
        "meeting": occasion.meeting if occasion else None,
        "adopted": _few([x.text for x in lines if isinstance(x, Adoption)]),
        "notes": [x.text for x in lines if isinstance(x, FrontNote)],
        "printed_date": _few([x.text for x in lines if isinstance(x, DocumentDate) and not x.iso]),
    }
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _few(texts: list[str]) -> str | list[str] | None:
    """One text as it is, several as a list."""
    return texts[0] if len(texts) == 1 else texts or None


def is_run_in(node: Section) -> bool:
    """Whether a section is opened by a run-in heading, which stands in its first paragraph."""
    first = node.children[0] if node.children else None
    return node.heading is None and isinstance(first, Paragraph) and first.lead is not None


def front_name(report: Report) -> str:
    """What a document is called: its title, or its file's name."""
    return clean(report.front.title or report.source.name or "") or "report"
