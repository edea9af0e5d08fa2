"""What belongs to the page and not to the report: date, credits, jumps, running heads, numbers.

Also the two habits of a page that concern the report's own lines: the headline block at the far
end, and the speaker's name before everything.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random
from typing import Final

import attrs

from govreport.testing.compositor import HEADLINE, Page
from govreport.testing.copy import spoken_date
from govreport.testing.fragments import Cell, Fragment

_NAMES: Final = ("苏砚秋", "麦星野", "温如简", "柏南乔", "岑未眠", "陆栖霞", "舒望川", "褚青禾")
_ROLES: Final = (("校对", "版式"), ("责编", "版式"), ("责任编辑", "美编"), ("责编", "校对"))
_DIGITS: Final = re.compile("[0-9]+")
_PAPERS: Final = ("云岫日报", "临澜晚报", "松渡时报", "鹭汀日报")
_WEEKDAYS: Final = "一二三四五六日"
_FIRST_PAGE: Final = 2  # the first page's number; a report begins inside the paper


def headline_at_end(parts: list[Fragment]) -> list[Fragment]:
    """The headline block after the text."""
    last = parts[-1].page if parts else 0
    head = [attrs.evolve(part, page=last) for part in parts if part.column == HEADLINE]
    return [part for part in parts if part.column != HEADLINE] + head


def byline_first(parts: list[Fragment], page: Page) -> list[Fragment]:
    """The speaker's name once more, before everything."""
    author = page.copy.value("author")
    return [_made(author, 0), *parts] if author else parts


def jump_at_end(parts: list[Fragment], rng: Random) -> list[Fragment]:
    """The last line of the text is followed by the jump to another page."""
    body = [n for n, part in enumerate(parts) if part.role == "text" and part.column != HEADLINE]
    if not body:
        return parts
    jump = f"（下转第{rng.randint(3, 8)}版）"
    last = parts[body[-1]]
    cells = (*last.cells, *(Cell(char) for char in jump))
    return [*parts[: body[-1]], attrs.evolve(last, cells=cells), *parts[body[-1] + 1 :]]


def furniture(parts: list[Fragment], page: Page, rng: Random) -> list[Fragment]:
    """Date and credits at the end; between several pages all that stands there."""
    if not parts:
        return parts
    last = max(part.page for part in parts)
    day = _dated(page_date(page, rng))
    paper, roles = rng.choice(_PAPERS), rng.choice(_ROLES)
    names = rng.sample(_NAMES, 2)
    out: list[Fragment] = []
    for number in range(last + 1):
        out += _head(number, f"{day} {paper}") if number else []
        out += [part for part in parts if part.page == number]
        out += _foot(number, last) if last else []
    people = " ".join(f"{role}／{name}" for role, name in zip(roles, names, strict=True))
    joint = rng.choice(("", " "))  # papers run the two together, or do not
    return [*out, _made(day + joint + people, last)]


def _head(number: int, running: str) -> list[Fragment]:
    """A further page's head, after a form feed: the running head and where the text comes from."""
    own = number + _FIRST_PAGE
    return [
        _made(f"\f{running} 第{own}版", number),
        _made(f"（上接第{own - 1}版）", number),
    ]


def _foot(number: int, last: int) -> list[Fragment]:
    """A page's foot: where the text goes on, and the page number."""
    own = number + _FIRST_PAGE
    jump = [_made(f"（下转第{own + 1}版）", number)] if number < last else []
    return [*jump, _made(f"— {own} —", number)]


def page_date(page: Page, rng: Random) -> date:
    """The day on which the paper came out: some days after the report was given."""
    given = page.copy.value("date") or "2033-01-20"
    return date.fromisoformat(given) + timedelta(days=rng.randint(2, 9))


def _dated(day: date) -> str:
    """The page date as papers print it, figures apart, with the day of the week."""
    spaced = _DIGITS.sub(r" \g<0> ", spoken_date(day.isoformat())).strip()
    return f"{spaced} 星期{_WEEKDAYS[day.weekday()]}"


def _made(text: str, page: int) -> Fragment:
    """A fragment that the page made: no character of it is the report's."""
    cells = tuple(Cell(char) for char in text)
    return Fragment(cells=cells, role="furniture", page=page, column=HEADLINE)
