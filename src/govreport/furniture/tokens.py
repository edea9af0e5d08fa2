"""A line of furniture read piece by piece: dates, folios, names of papers, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import product
from typing import Final, Literal

import attrs
import regex

from govreport.dates import iso_date, weekday
from govreport.furniture.tables import FurnitureTables, Patterns
from govreport.lazy import pattern, plain
from govreport.names import is_name
from govreport.nodes import Credit, Furniture, PageDate, PageNumber, RunningHead
from govreport.numbering import parse_numeral
from govreport.source import Span, Traced

__all__ = ["Reading", "Strength", "page_value", "read"]


class Strength(IntEnum):
    """How sure a line is furniture: by itself, beside a sure one, or beside its other half."""

    HALF = 1
    WEAK = 2
    SURE = 3


@attrs.frozen(kw_only=True)
class Reading:
    """A line that can be read as furniture from end to end.

    Args:
        strength: How sure that is.
        nodes: What it holds.
        end: Where it ends in the text read; displaced figures may stand behind it.
        half: Which half of a page date the line is, where it is one.
        bare: The line is a date and a weekday and nothing else.
    """

    strength: Strength
    nodes: tuple[Furniture, ...]
    end: int
    half: Literal["", "date", "weekday"] = ""
    bare: bool = False


@attrs.frozen(kw_only=True)
class _Piece:
    """A piece of a line: its kind, as the tokens' groups are named, and of a credit what it says."""

    kind: str
    start: int
    end: int
    role: str = ""
    names: tuple[str, ...] = ()
    marked: bool = False
    weak: bool = False


#: What stands between two names.
_NAMES = regex.compile(r"\s*[、,，&／∕/]\s*|\s{2,}|(?<=\p{Han}{2})\s+")
#: Figures behind a name, which displaced they may be.
_FIGURES = regex.compile(r"(?<=\p{Han})\s*[0-9０-９][0-9０-９.．%％‰\s]*$")
#: A weekday.
_WEEKDAY: Final = (
    r"(?=[星礼禮周週A-Za-z])"
    r"(?:(?:星期|礼拜|禮拜|周|週)\s*[一二三四五六日天]|(?i:(?<![a-z])[a-z]+day))"
)
#: What a contact is for.
_ROLE: Final = r"\p{Han}+|[A-Za-z-]+"
#: The number in a page's name.
_PAGE_VALUE: Final = r"[0-9０-９]+|[一二三四五六七八九十百]+"
#: What stands beside a name or a role: a remark in brackets, blanks.
_ASIDE = regex.compile(r"[（(][^（()）]*+[）)]|\s")
_PAGE_DATE = frozenset({"date", "weekday", "lunar"})
_HEADS = frozenset({"paper", "section", "issue"})


def read(
    text: Traced,
    closed: tuple[int, ...],
    source: str,
    patterns: Patterns,
    tables: FurnitureTables,
) -> Reading | None:
    """Read a line, or its end, as furniture; none where any piece of it is something else.

    Args:
        text: The text of the line.
        closed: Offsets in it where blanks were closed up, ascending.
        source: The text that it came from.
        patterns: The compiled tables.
        tables: The words that furniture is known by.
    """
    # What begins with no piece is settled at once, where no blank can have parted its letters.
    if not closed and not patterns.token.match(text.text):
        return None
    figures = _FIGURES.search(text.text)
    sizes = (len(text), figures.start()) if figures else (len(text),)
    # A line set out letter by letter has blanks that part no names.
    ways = (closed, ()) if closed else ((),)
    for size, blanks in product(sizes, ways):
        part = text[:size]
        view, places = _spread(part.text, tuple(at for at in blanks if at < size))
        pieces = _pieces(view, patterns.token, tables) or ()
        strength, half = _judge(pieces)
        if strength is not None:
            return Reading(
                strength=strength,
                nodes=tuple(_nodes(part, source, pieces, places)),
                end=size,
                half=half,
                bare={p.kind for p in pieces} <= {"date", "weekday", "blank"},
            )
    return None


def _spread(text: str, blanks: tuple[int, ...]) -> tuple[str, Sequence[int]]:
    """The text with a blank again wherever one was closed up, and each character's old place."""
    if not blanks:
        return text, range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for blank in blanks:
        # Between digits and 年月日 blanks tell nothing; between Han they part names.
        if at < blank < len(text) and not text[blank].isspace():
            parts.append(text[at:blank])
            places += range(at, blank + 1)
            at = blank
    parts.append(text[at:])
    places += range(at, len(text) + 1)
    return " ".join(parts), places


def _pieces(
    view: str, token: re.Pattern[str], tables: FurnitureTables
) -> tuple[_Piece, ...] | None:
    pieces: list[_Piece] = []
    at = 0
    while at < len(view):
        match = token.match(view, at)
        if match is None or match.end() == at:
            return None
        piece = _piece(match, tables)
        if piece is None:
            return None
        pieces.append(piece)
        at = match.end()
    return tuple(pieces)


def _piece(match: re.Match[str], tables: FurnitureTables) -> _Piece | None:
    kind = match.lastgroup or ""  # the outermost
    if kind != "credit":
        return _Piece(kind=kind, start=match.start(), end=match.end())
    names = tuple(_ASIDE.sub("", name) for name in _NAMES.split(match["names"]) if name.strip())
    if not all(is_name(name, surnames=tables.surnames) for name in names):
        return None
    role = _ASIDE.sub("", match["role"])
    return _Piece(
        kind=kind,
        start=match.start(),
        end=match.end(),
        role=role,
        names=names,
        marked=match["mark"] is not None,
        weak=not role.endswith(tables.roles),
    )


def _judge(
    pieces: tuple[_Piece, ...],
) -> tuple[Strength | None, Literal["", "date", "weekday"]]:
    """How sure a line of such pieces is furniture, if it can be, and which half of a page date."""
    kinds = {p.kind for p in pieces} - {"blank"}
    if "digits" in kinds and not kinds & _HEADS:
        return None, ""
    credited = [p for p in pieces if p.kind == "credit"]
    strong = [p for p in credited if not p.weak]
    if (
        {"date", "weekday"} <= kinds
        or len(strong) >= 2
        or (len(credited) >= 2 and any(p.marked for p in credited))
        or any(p.marked for p in strong)
        or ("paper" in kinds and kinds & {"date", "folio", "weekday"})
        or (credited and kinds & {"date", "weekday", "paper"})
        or ({"date", "folio"} <= kinds and len(kinds) <= 3)
        or ({"weekday", "folio"} <= kinds)
    ):
        return Strength.SURE, ""
    if kinds == {"date"}:
        return Strength.HALF, "date"
    if kinds <= {"weekday", "lunar"} and "weekday" in kinds:
        return Strength.HALF, "weekday"
    if not kinds or kinds <= {"date", "digits"}:
        return None, ""
    return Strength.WEAK, ""


def _nodes(
    text: Traced, source: str, pieces: tuple[_Piece, ...], places: Sequence[int]
) -> list[Furniture]:
    """The nodes of a line: every piece that is not blank, marks between them with the one before."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if piece.kind == "blank" and groups:
            groups[-1].append(piece)
            continue
        last = (
            next((p.kind for p in reversed(groups[-1]) if p.kind != "blank"), "") if groups else ""
        )
        together = (piece.kind in _PAGE_DATE and last in _PAGE_DATE) or (
            piece.kind in _HEADS and last in _HEADS
        )
        if groups and (together or not last):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    out: list[Furniture] = []
    for group in groups:
        part = text[places[group[0].start] : places[group[-1].end]].strip()
        out.append(_node(part.text, part.spans(source), group))
    return out


def _node(text: str, spans: tuple[Span, ...], group: list[_Piece]) -> Furniture:
    first = next((p for p in group if p.kind != "blank"), group[0])
    if first.kind in _PAGE_DATE:
        days = plain(_WEEKDAY).search(text)
        day = weekday("".join(days[0].split())) if days else None
        return PageDate(text=text, spans=spans, iso=iso_date(text), weekday=day)
    if first.kind == "credit":
        return Credit(text=text, spans=spans, role=first.role, names=first.names)
    if first.kind == "contact":
        role = pattern(_ROLE).match(text)
        return Credit(text=text, spans=spans, role=role[0] if role else "")
    if first.kind in {"folio", "digits"}:
        return PageNumber(text=text, spans=spans, value=page_value(text))
    return RunningHead(text=text, spans=spans)


def page_value(text: str) -> int | None:
    """The number of a page as printed (第四版, A3, — 12 —).

    >>> page_value("第四版"), page_value("A3"), page_value("— 12 —"), page_value("头版")
    (4, 3, 12, None)
    """
    found = plain(_PAGE_VALUE).search(text)
    return parse_numeral(found[0]) if found else None
