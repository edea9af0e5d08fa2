"""The metadata and the preface of an Akoma Ntoso document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import attrs
import regex

from govreport.formats.akn_ids import Ids
from govreport.formats.common import clean
from govreport.formats.markup import Child, El, el
from govreport.formats.values import full_date
from govreport.nodes import DocumentDate, Front, FrontLine, PageDate, Speaker, Title

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["Identity", "meta", "preface"]

#: Where the page gives no date: the schema wants one.
NO_DATE: Final = "0001-01-01"
_NAME: Final = regex.compile(r"[^A-Za-z0-9]+")


@attrs.frozen(kw_only=True)
class Identity:
    """What a document is called.

    Args:
        country: The country code.
        name: Its name in the URI.
        date: When it was delivered.
    """

    country: str
    name: str
    date: str

    @classmethod
    def of(cls, report: Report, country: str, name: str) -> Identity:
        """The identity of a report: its date is its own, or the page's."""
        dates = [report.front.date, *(x.iso for x in report.furniture if isinstance(x, PageDate))]
        date = next((found for found in map(full_date, dates) if found), NO_DATE)
        return cls(
            country=_NAME.sub("-", country) or "cn", name=_NAME.sub("-", name) or "x", date=date
        )

    @property
    def work(self) -> str:
        """The URI of the work."""
        return f"/akn/{self.country}/statement/{self.date}/{self.name}"

    @property
    def expression(self) -> str:
        """The URI of the Chinese text."""
        return f"{self.work}/zho@{self.date}"


def meta(report: Report, identity: Identity) -> El:
    """The metadata."""
    work, expression = identity.work, identity.expression
    title = clean(report.front.title or "")
    alias = el("FRBRalias", {"value": title, "name": "title"}) if title else None
    country = el("FRBRcountry", {"value": identity.country})
    manifestation = f"{expression}/!main.xml"
    identification = el(
        "identification",
        {"source": "#govreport"},
        el("FRBRWork", None, *_frbr(work, f"{work}/!main", identity, alias), country),
        el(
            "FRBRExpression",
            None,
            *_frbr(expression, f"{expression}/!main", identity),
            el("FRBRlanguage", {"language": "zho"}),
        ),
        el("FRBRManifestation", None, *_frbr(f"{expression}.akn", manifestation, identity)),
    )
    return el("meta", None, identification, _references(report))


def _frbr(uri: str, this: str, identity: Identity, alias: El | None = None) -> Iterator[El]:
    yield el("FRBRthis", {"value": this})
    yield el("FRBRuri", {"value": uri})
    if alias is not None:
        yield alias
    yield el("FRBRdate", {"date": identity.date, "name": "Delivery"})
    yield el("FRBRauthor", {"href": "#speaker"})


def _references(report: Report) -> El:
    """Those who speak, the tool, and what figures refer to."""
    speakers = report.front.speakers
    names = [clean(x.name or x.text) for x in speakers] or [""]
    people = [
        el(
            "TLCPerson",
            {
                "eId": "speaker" if k == 1 else f"speaker_{k}",
                "href": f"/ontology/person/{quote(name) or 'unknown'}",
                "showAs": name or "unknown",
            },
        )
        for k, name in enumerate(names, 1)
    ]
    tool = {"eId": "govreport", "href": "/ontology/organization/govreport", "showAs": "govreport"}
    figure = {"eId": "figure", "href": "/ontology/concept/figure", "showAs": "figure"}
    return el(
        "references",
        {"source": "#govreport"},
        el("TLCOrganization", tool),
        *people,
        el("TLCConcept", figure),
    )


def preface(front: Front, ids: Ids) -> El | None:
    """The headline block; none where there is no line."""
    lines = [_line(x, ids) for x in front.lines if not (isinstance(x, Speaker) and x.repeated)]
    return el("preface", {"eId": "preface"}, *lines) if lines else None


def _line(line: FrontLine, ids: Ids) -> El:
    text = clean(line.text)
    outer = ids.of("preface", "longTitle") if isinstance(line, Title) else "preface"
    own = ids.of(outer, "p")
    words: list[Child] = [text]
    match line:
        case Title():
            words = [el("docTitle", {"eId": ids.of(own, "docTitle")}, text)]
        case Speaker():
            before, name, after = text.partition(clean(line.name)) if line.name else (text, "", "")
            proponent = {"eId": ids.of(own, "docProponent"), "refersTo": "#speaker"}
            words = [before, *([el("docProponent", proponent, name)] if name else []), after]
        case DocumentDate() if full_date(line.iso):
            date = {"eId": ids.of(own, "docDate"), "date": full_date(line.iso)}
            words = [el("docDate", date, text)]
    block = el("p", {"eId": own, "class": type(line).__name__.lower()}, *words)
    return el("longTitle", {"eId": outer}, block) if isinstance(line, Title) else block
