"""The TEI header and the front: what the document is, where it comes from, what was changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from govreport._version import __version__
from govreport.edits import RULES
from govreport.formats.common import clean
from govreport.formats.markup import El, el
from govreport.formats.values import iso_date
from govreport.nodes import (
    Adoption,
    Credit,
    DocumentDate,
    Front,
    FrontLine,
    FrontNote,
    Kicker,
    PageDate,
    Speaker,
    Subtitle,
    Title,
)

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["front_matter", "header"]


def header(report: Report, changed: Mapping[str, int]) -> El:
    """The header.

    Args:
        report: The report.
        changed: How many edits there are of each rule.
    """
    return el("teiHeader", None, _file(report), _encoding(changed))


def _file(report: Report) -> El:
    front = report.front
    titles = [el("title", {"type": "main"}, clean(front.title or "—"))]
    if front.subtitle:
        titles.append(el("title", {"type": "sub"}, clean(front.subtitle)))
    authors = [el("author", None, clean(x.name or x.text)) for x in front.speakers]
    made = el(
        "respStmt",
        None,
        el("resp", None, "structure found by"),
        el("name", {"type": "software"}, f"govreport {__version__}"),
    )
    return el(
        "fileDesc",
        None,
        el("titleStmt", None, *titles, *authors, made),
        el("publicationStmt", None, el("p", None, "Unpublished.")),
        el("sourceDesc", None, _source(report)),
    )


def _source(report: Report) -> El:
    """The page, as far as it speaks of itself."""
    title = el("title", None, clean(report.source.name or report.front.title or "—"))
    dates = [
        el("date", {"when": iso_date(x.iso)}, clean(x.text))
        for x in report.furniture
        if isinstance(x, PageDate)
    ]
    credits_ = [
        el(
            "respStmt",
            None,
            el("resp", None, clean(x.role)),
            *(el("name", None, clean(name)) for name in x.names),
        )
        for x in report.furniture
        if isinstance(x, Credit) and x.role and x.names
    ]
    return el("bibl", None, title, *dates, *credits_)


def _encoding(changed: Mapping[str, int]) -> El:
    told = [
        el("p", None, f"{rule}: {RULES[rule]}: {number}.")
        for rule, number in sorted(changed.items())
        if number
    ]
    none = el("p", None, "Nothing was changed.")
    join = el("p", None, "Line ends of the page were taken away where a paragraph goes on.")
    marks = el("p", None, "Quotation and title marks stand inside the elements made of them.")
    found = el("p", None, "Paragraphs and headings were inferred from the setting of the page.")
    label = el("label", None, "govreport")
    application = el("application", {"ident": "govreport", "version": _number()}, label)
    declaration = el(
        "editorialDecl",
        None,
        el("correction", {"method": "silent"}, *(told or [none])),
        el("hyphenation", {"eol": "none"}, join),
        el("quotation", {"marks": "all"}, marks),
        el("segmentation", None, found),
    )
    return el("encodingDesc", None, el("appInfo", None, application), declaration)


#: What TEI calls the lines that are parts of a title.
_TITLE_PARTS: Final[dict[type[FrontLine], str]] = {
    Kicker: "kicker",
    Subtitle: "sub",
    Adoption: "adoption",
    FrontNote: "note",
}


def _number() -> str:
    """The version as TEI wants it: digits and dots."""
    return re.split(r"[^0-9.]|\.(?![0-9])", __version__, maxsplit=1)[0] or "0"


def front_matter(front: Front) -> El:
    """The headline block, line by line; a name that the page repeats stands once."""
    lines = [_line(x) for x in front.lines if not (isinstance(x, Speaker) and x.repeated)]
    return el("front", None, *(lines or [el("titlePart", None, "")]))


def _line(line: FrontLine) -> El:
    text = clean(line.text)
    match line:
        case Title():
            return el("docTitle", None, el("titlePart", {"type": "main"}, text))
        case Speaker():
            before, name, after = text.partition(clean(line.name)) if line.name else (text, "", "")
            author = el("docAuthor", None, name) if name else None
            return el("byline", None, before, author, after)
        case DocumentDate():
            return el("docDate", {"when": iso_date(line.iso)}, text)
    return el("titlePart", {"type": _TITLE_PARTS[type(line)]}, text)
