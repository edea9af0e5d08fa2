"""The widths of texts as set, in em: a Han character and a full-width sign take one, digits half.

Told for most by their bytes in UTF-8, for all lines of a page at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from govreport.stacked import Stack

__all__ = ["ZERO_WIDTH", "strange_in", "width", "widths"]

#: Characters that take no room, as the inside of a class of ``re``.
ZERO_WIDTH: Final = (
    "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\U000e0100-\U000e01ef"
)

# All but the characters whose width their bytes in UTF-8 tell: one byte 1/2 em, three bytes 1 em; a
# middle dot, an accent, and what shows nothing go the slow way.
_STRANGE: Final = re.compile(
    "[^\n\u3001-\ud7ff\uf900-\ufaff\x20-\x7e\uff01-\uff60\u2014-\u2027\u2030-\u205e\u20a0-\u2fff]"
)
_NARROW: Final = re.compile(
    "[\t\x20-\x7e\u00a0-\u00a6\u00a9-\u00ac\u00ae-\u00af\u00b2-\u00d6\u00d8-\u00f6\u00f8-\u02ff"
    "\u0370-\u10ff\u1e00-\u1fff\u2000-\u2002\u2004-\u200a\u2010-\u2013\u202f\u205f\u2070-\u209f"
    "\uff61-\uffdc\uffe8-\uffee]"
)
_NOTHING: Final = re.compile(f"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029{ZERO_WIDTH}]")


def width(text: str) -> float:
    """Return the width of `text` as set, in em, without stretching or squeezing.

    Han and full-width signs count 1, digits, Latin letters, half-width forms and blanks 1/2, the
    ideographic blank 1, the middle dot 1/2 (GB/T 15834 §5.1.7), zero-width characters and controls
    0. Digits are half an em each by GB/T 15835-2011.

    Args:
        text: Any string, most often one line.

    Returns:
        The width in em, a multiple of one half.

    >>> width("增长5.2%，")
    5.0
    """
    if "\n" not in text and _STRANGE.search(text) is None:
        # (1 + 1) / 4 for a narrow character, (1 + 3) / 4 for a wide one.
        return (len(text) + len(text.encode("utf-8", "surrogatepass"))) / 4
    return len(text) - len(_NOTHING.findall(text)) - len(_NARROW.findall(text)) / 2


def strange_in(stack: Stack) -> list[int]:
    """Return the numbers of the lines with characters whose width their bytes do not tell, ascending.

    All that hold a blank but the space, or what else shows nothing, are among them.

    >>> strange_in(Stack.of(["工作", "阿·买提", "第 一", "第\u3000一"]))
    [1, 3]
    """
    return stack.having(_STRANGE)


def widths(texts: Sequence[str], strange: Iterable[int] | None = None) -> list[float]:
    """Return the width of each text in em, as `width` does; many at once cost a third as much.

    Args:
        texts: The lines of a page, without their line ends.
        strange: The numbers that `strange_in` gives for them, or more; asked for if left out.

    >>> widths(["增长5.2%，", "，"])
    [5.0, 1.0]
    """
    stack = Stack.of(texts)  # line ends are all that stands between
    rows = stack.whole.encode("utf-8", "surrogatepass").split(b"\n")
    out = [(len(text) + len(row)) / 4 for text, row in zip(texts, rows, strict=False)]
    for k in strange_in(stack) if strange is None else strange:
        out[k] = width(texts[k])
    return out
