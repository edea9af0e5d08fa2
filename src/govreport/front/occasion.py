"""The meeting, read out of the front matter: which body, which session, which meeting, when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from govreport.dates import DATE, iso_date
from govreport.lazy import plain
from govreport.nodes import Occasion
from govreport.numbering import parse_numeral

__all__ = ["occasion"]

_NUMERAL: Final = r"[0-9０-９]{1,3}|[一二三四五六七八九十百廿]{1,5}"
_SESSION: Final = rf"第?\s*(?P<n>{_NUMERAL})\s*[届屆]"
_CONGRESS: Final = rf"第\s*(?P<n>{_NUMERAL})\s*次(?:党员|全国|会员)?代表(?:大会|会议)"
_MEETING: Final = rf"第?\s*(?P<n>{_NUMERAL})\s*次(?:全体|常务|常委|扩大)?(?:会议|會議|全会|定期會|臨時會|定期会|临时会)"
#: What stands before the body's name.
_BEFORE: Final = rf"^[—─―－–（(\s-]*(?:一[-—－]|(?<=[-—－])一)?(?:{DATE})?\s*[在于由经]?\s*"

#: What stands after it.
_AFTER: Final = r"(?:第次)?(?:会议|大会)?上.*$|第次会议.*$|[）)]$|通过$"


def occasion(texts: Iterable[str]) -> Occasion | None:
    """The meeting that lines of a headline name; none where they name none.

    Args:
        texts: Subtitle, adoption, kicker, blanks closed up; the first that names a meeting counts.

    >>> found = occasion(["——2018年1月2日在政协云泽市第十二届委员会第二次会议上"])
    >>> found.assembly, found.session, found.meeting, found.date
    ('政协云泽市第十二届委员会', 12, 2, '2018-01-02')
    """
    for text in texts:
        found = _read(text)
        if found is not None:
            return found
    return None


def _read(text: str) -> Occasion | None:
    session = plain(_SESSION).search(text)
    congress = plain(_CONGRESS).search(text)
    meeting = plain(_MEETING).search(text)
    if congress and not session:
        end, number = congress.end(), parse_numeral(congress["n"])
    elif session:
        end = meeting.start() if meeting and meeting.start() >= session.end() else len(text)
        number = parse_numeral(session["n"])
    elif meeting:
        end, number = meeting.start(), None
    else:
        return None
    start = plain(_BEFORE).match(text)
    low = start.end() if start else 0
    assembly = plain(_AFTER).sub("", text[low:end])
    return Occasion(
        assembly=assembly,
        session=number,
        meeting=parse_numeral(meeting["n"]) if meeting else None,
        date=iso_date(text),
    )
