"""Values as other vocabularies write them: dates, numbers, words, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import regex

__all__ = ["full_date", "iso_date", "number_text", "word"]

_ISO: Final = regex.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", regex.ASCII)
_WORD: Final = regex.compile(r"[^\p{C}\p{Z}]+")


def iso_date(text: str | None) -> str | None:
    """A year, month or day if there is such a one.

    >>> iso_date("2018-01-02"), iso_date("2018-13")
    ('2018-01-02', None)
    """
    found = _ISO.fullmatch(text or "")
    if not found:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return None
    return found[0]


def full_date(text: str | None) -> str | None:
    """A date down to the day, or nothing.

    >>> full_date("2018-01-02"), full_date("2018-01")
    ('2018-01-02', None)
    """
    found = iso_date(text)
    return found if found and len(found) == len("2018-01-02") else None


def number_text(value: Decimal | None) -> str | None:
    """A number, in plain digits where they are not too many.

    >>> number_text(Decimal("1.5E+3")), number_text(Decimal("1E+99"))
    ('1500', '1E+99')
    """
    if value is None or not value.is_finite():
        return None
    text = str(value)
    if "E" not in text:
        return text
    exponent = value.as_tuple().exponent
    plain = isinstance(exponent, int) and -30 < exponent < 30
    return format(value, "f") if plain else text


def word(text: str) -> str | None:
    """A text that is one word: without blanks and signs that show nothing.

    >>> word("亿元"), word("per cent"), word("")
    ('亿元', None, None)
    """
    return text if text.isalnum() or _WORD.fullmatch(text) else None
