"""Signs that stand for one other: radicals, compatibility and vertical forms, private codes.

Each is read as one sign, so that the text is as long as before and offsets into it stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

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


class _Page(NamedTuple):
    """How the signs with one upper byte are read, as tables for ``bytes.translate``.

    Args:
        here: Of upper bytes all bits for this one, none for others.
        low: Of lower bytes the bits by which the lower byte of the reading differs.
        high: Of lower bytes the bits by which the upper byte of the reading differs.
        beyond: Of lower bytes all bits for those that are read as a sign beyond the basic plane.
    """

    here: bytes
    low: bytes
    high: bytes
    beyond: bytes


@cache
def _page(upper: int) -> _Page:
    signs = [chr(upper << 8 | low) for low in range(256)]
    bits = [ord(sign) ^ ord(_SINGLE.get(sign, sign)) for sign in signs]
    return _Page(
        here=bytes([255 * (byte == upper) for byte in range(256)]),
        low=bytes([each & 255 for each in bits]),
        high=bytes([each >> 8 & 255 for each in bits]),
        beyond=bytes([255 * (each > 0xFFFF) for each in bits]),
    )


def read_plainly(text: str) -> str:
    """The text with signs that stand for one other read so; the same object where it has none.

    Args:
        text: Any text; a whole page costs little more than a line.

    >>> read_plainly("⼈⺠⽣活")
    '人民生活'
    """
    data = text.encode("utf-16-le", "surrogatepass")
    uppers = set(data[1::2].translate(None, _ELSEWHERE))
    if not uppers:
        return text
    found = None if uppers & _SURROGATES else _masked(data, uppers)
    return _sought(text) if found is None else found or text


def _masked(data: bytes, uppers: Iterable[int]) -> str | None:
    """A text with its stand-ins read, all at once: empty if it has none.

    All lower bytes are one long number, and so are all upper ones; another has bits where the signs
    of a page are. A dozen steps through a whole text cost a third of a step for each of its signs.
    None if one of them is read as a sign that needs more room.

    Args:
        data: The text in UTF-16, with nothing beyond the basic plane.
        uppers: The upper bytes that its stand-ins may have.
    """
    low, high = data[::2], data[1::2]
    lows = highs = 0
    for upper in uppers:
        page = _page(upper)
        here = _number(high.translate(page.here))
        if here & _number(low.translate(page.beyond)):
            return None
        lows |= here & _number(low.translate(page.low))
        highs |= here & _number(low.translate(page.high))
    if not lows | highs:
        return ""
    out = bytearray(data)
    out[::2] = (_number(low) ^ lows).to_bytes(len(low), "little")
    out[1::2] = (_number(high) ^ highs).to_bytes(len(high), "little")
    return out.decode("utf-16-le", "surrogatepass")


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")


def _sought(text: str) -> str:
    """A text with its stand-ins read one by one."""
    parts = plain(_STAND_IN).split(text)
    if len(parts) == 1:
        return text
    parts[1::2] = map(_SINGLE.__getitem__, parts[1::2])
    return "".join(parts)
