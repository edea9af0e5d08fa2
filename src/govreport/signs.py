"""Classes of characters, as the inside of a class of ``re``.

``regex`` knows them by name, but its patterns take ten times as long to compile, and a page's first
reading waits for that.
"""

from typing import Final

__all__ = ["DIGITS", "HAN", "LETTER", "SILENT"]

#: Signs that show nothing and are no blanks: Unicode's categories Cc, Cf and Cs, and noncharacters
#: that XML forbids.
SILENT: Final = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
#: Han characters by script, radicals and iteration marks among them.
HAN: Final = (
    r"\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufad9"
    r"\U00016fe2-\U00016ff1\U00020000-\U0003fffd"
)
#: Letters without the Latin ones of ASCII, a whole class: on a Chinese page Han, and compiled a
#: hundred times as fast as the ranges.
LETTER: Final = r"[^\W\d_A-Za-z]"
#: Digits, half and full width: these as a set, since single signs are held against them.
DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
