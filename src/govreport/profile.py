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
from govreport.numbering import Form
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
        doubt: Decisions less sure than this become diagnostics.
        grammar_gaps: Whether grammar alone may tell that a figure is missing; ``None`` where only
            pages that show damaged figures are asked.

    >>> Profile(name="mine", doubt=0.8).doubt
    0.8
    """

    name: str = "general"
    front: FrontTables = FRONT
    furniture: FurnitureTables = FURNITURE
    cues: Cued = CUES
    labels: tuple[Form, ...] = ()
    doubt: float = 0.65
    grammar_gaps: bool | None = None


GENERAL: Final = Profile()
#: Newspaper pages: figures are torn and lost there.
NEWSPAPER: Final = Profile(name="newspaper", grammar_gaps=True)
#: Gazettes and official documents (GB/T 9704): printed from files, nothing is lost.
GAZETTE: Final = Profile(name="gazette", grammar_gaps=False)
#: Copies of web pages: one paragraph a line.
WEB: Final = Profile(name="web", grammar_gaps=False)

PRESETS: Final = {each.name: each for each in (GENERAL, NEWSPAPER, GAZETTE, WEB)}
