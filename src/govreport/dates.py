"""Chinese dates and weekdays, as printed: patterns to build upon, and their values.

The patterns are sources of regular expressions, for other modules to put into theirs; none holds a
capturing group, and none can run longer than its text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from govreport.numbering import parse_numeral

__all__ = ["DATE", "NUMERIC", "WEEKDAY", "find", "iso_date", "weekday", "weekday_of"]

_NUMBER: Final = r"[0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_YEAR: Final = r"[0-9０-９]{4}|[0０〇零○OＯ一二三四五六七八九]{4}"

#: 2018年1月9日, 二〇一八年一月九日, 2018年1月, and 年 月 日 where the page lost the figures.
DATE: Final = rf"(?:(?:{_YEAR})?\s*年\s*(?:{_NUMBER})?\s*月(?:\s*(?:{_NUMBER})?\s*[日号號])?)"
#: 2018-01-09, 2018.1.9, 2018/1/9.
NUMERIC: Final = r"(?:(?:19|20)[0-9]{2}(?:-[0-9]{1,2}-|\.[0-9]{1,2}\.|/[0-9]{1,2}/)[0-9]{1,2})"
#: 星期二, 周日, 禮拜三, Tuesday.
WEEKDAY: Final = (
    r"(?:(?:星期|礼拜|禮拜|周|週)\s*[一二三四五六日天]"
    r"|(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day))"
)

_READ: Final = re.compile(
    rf"""
      (?P<year> {_YEAR} )? \s*年\s* (?P<month> {_NUMBER} )? \s*月
      (?: \s* (?P<day> {_NUMBER} )? \s* [日号號] )?
    | (?P<y> (?:19|20)[0-9]{{2}} ) [-./] (?P<m> [0-9]{{1,2}} ) [-./] (?P<d> [0-9]{{1,2}} )
    """,
    re.VERBOSE,
)
_ZERO: Final = str.maketrans(
    "0０零○OＯ１２３４５６７８９123456789", "〇〇〇〇〇〇" + "一二三四五六七八九" * 2
)
_DAYS: Final = {sign: n for n, sign in enumerate("一二三四五六日", 1)} | {"天": 7}
_ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def iso_date(text: str) -> str | None:
    """The first date in a text in ISO 8601, as far as it is printed.

    >>> iso_date("二0一四年一月十五日在会议上"), iso_date("２０１８年１月"), iso_date("年月日")
    ('2014-01-15', '2018-01', None)
    """
    found = find(text)
    return found[2] if found else None


def find(text: str) -> tuple[int, int, str] | None:
    """Where the first whole date of a text stands, in its code points, and its ISO 8601 form.

    >>> find("（2018年1月2日）")
    (1, 10, '2018-01-02')
    """
    for match in _READ.finditer(text):
        value = _value(
            match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]
        )
        if value:
            return match.start(), match.end(), value
    return None


def _value(year: str | None, month: str | None, day: str | None) -> str | None:
    if not year or not month:
        return None
    y = parse_numeral(year.translate(_ZERO))
    m = parse_numeral(month)
    d = parse_numeral(day) if day else 1
    if y is None or m is None or d is None:
        return None
    try:
        value = date(y, m, d)
    except ValueError:
        return None
    return value.isoformat() if day else value.isoformat()[:7]


def weekday(text: str) -> int | None:
    """The number of a weekday as printed, 1 for Monday to 7 for Sunday.

    >>> weekday("星期二"), weekday("周日"), weekday("Friday"), weekday("今天")
    (2, 7, 5, None)
    """
    if not re.fullmatch(WEEKDAY, text):
        return None
    return _DAYS.get(text[-1]) or _ENGLISH.index(text[:3].lower()) + 1


def weekday_of(iso: str) -> int | None:
    """The weekday that a whole date falls on, 1 for Monday to 7 for Sunday.

    >>> weekday_of("2018-01-09"), weekday_of("2018-01")
    (2, None)
    """
    return date.fromisoformat(iso).isoweekday() if len(iso) == 10 else None
