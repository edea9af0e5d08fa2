"""Profiles: what is known of a family of pages, as data.

Everything is right without one; a profile adds words and habits that the general tables lack.
"""

from __future__ import annotations

from typing import Final

import attrs

from govreport.front import TABLES as FRONT
from govreport.front import FrontTables
from govreport.furniture import TABLES as FURNITURE
from govreport.furniture import FurnitureTables
from govreport.numbering import STYLES, Form
from govreport.roles import CUES, Cued

__all__ = ["GAZETTE", "NEWSPAPER", "PRESETS", "WEB", "Profile"]


@attrs.frozen(kw_only=True)
class Profile:
    """What is known of a family of pages.

    Args:
        name: Its name.
        front: The words that headline blocks are known by.
        furniture: The words that furniture is known by.
        cues: The forms of salutations, closings, notes and contents.
        labels: Other prints of labels than the general ones, each for a style of the ladder.
        ladder: Styles of `numbering.STYLES` whose order is known, the highest first; of the others
            the document tells.
        doubt: Decisions less sure than this become diagnostics.
        grammar_gaps: Whether grammar alone may tell that a figure is missing; ``None`` where only
            pages that show damaged figures are asked.

    Raises:
        ValueError: The ladder names a style that there is none of.

    >>> Profile(name="mine", doubt=0.8).doubt
    0.8
    >>> Profile(ladder=("han-paren", "han-coma"))
    Traceback (most recent call last):
    ValueError: no style of labels 'han-coma'
    """

    name: str = "general"
    front: FrontTables = FRONT
    furniture: FurnitureTables = FURNITURE
    cues: Cued = CUES
    labels: tuple[Form, ...] = ()
    ladder: tuple[str, ...] = attrs.field(default=())
    doubt: float = 0.65
    grammar_gaps: bool | None = None

    @ladder.validator
    def _has_styles(self, _: object, ladder: tuple[str, ...]) -> None:
        for style in ladder:
            if style not in STYLES:
                raise ValueError(f"no style of labels {style!r}")


GENERAL: Final = Profile()
#: Newspaper pages: figures are torn and lost there.
NEWSPAPER: Final = Profile(name="newspaper", grammar_gaps=True)
#: Gazettes and official documents: printed from files, nothing is lost, and the ladder is that of
#: GB/T 9704-2012 §7.3.3 under the divisions of statutes.
GAZETTE: Final = Profile(
    name="gazette",
    ladder=(
        *("volume", "part", "chapter", "section", "article"),
        *("han-comma", "han-paren", "digit-dot", "digit-paren"),
    ),
    grammar_gaps=False,
)
#: Copies of web pages: one paragraph a line.
WEB: Final = Profile(name="web", grammar_gaps=False)

PRESETS: Final = {each.name: each for each in (GENERAL, NEWSPAPER, GAZETTE, WEB)}
