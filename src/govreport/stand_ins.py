"""Signs that stand for one other: radicals, compatibility and vertical forms, private codes.

Each is read as one sign, so that the text is as long as before and offsets into it stay.
"""

from __future__ import annotations

from typing import Final

from govreport.lazy import plain
from govreport.unicode_tables import READINGS

__all__ = ["read_plainly"]

_SINGLE: Final = {sign: reading for sign, reading in READINGS.items() if len(reading) == 1}

#: Beyond the basic plane only a supplement of compatibility forms stands for others: a range, since
#: ``re`` holds a character against the members of a class one by one there.
_ASTRAL: Final = "\U00010000"
_SUPPLEMENT: Final = "\U0002f800-\U0002fa1d"
_STAND_IN: Final = f"([{''.join([sign for sign in _SINGLE if sign < _ASTRAL])}{_SUPPLEMENT}])"
_SURROGATES: Final = frozenset(range(0xD8, 0xDC))

#: The upper bytes, in UTF-16, of all signs that stand for none; those beyond the basic plane begin
#: with one of four others. To leave these out of a text's takes a third of a search through it.
_ELSEWHERE: Final = bytes(
    {*range(256)} - {ord(sign) >> 8 for sign in _SINGLE if sign < _ASTRAL} - _SURROGATES
)


def read_plainly(text: str) -> str:
    """The text with signs that stand for one other read so; the same object where it has none.

    Args:
        text: Any text; a whole page costs little more than a line.

    >>> read_plainly("⼈⺠⽣活")
    '人民生活'
    """
    if not text.encode("utf-16-le", "surrogatepass")[1::2].translate(None, _ELSEWHERE):
        return text
    parts = plain(_STAND_IN).split(text)
    if len(parts) == 1:
        return text
    parts[1::2] = map(_SINGLE.__getitem__, parts[1::2])
    return "".join(parts)
