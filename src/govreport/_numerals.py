"""Chinese numerals and the single signs of numbered lists, read and written.

Part of `govreport.numbering`, which re-exports what is public.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

import regex

BLANKS = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""The blanks that print leaves around numerals, as the inside of a class."""

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_PLAIN = str.maketrans(
    "〇○零壹贰貳叁參参肆伍陆陸柒捌玖拾佰仟两兩萬億",
    "零零零一二二三三三四五六六七八九十百千二二万亿",
)
_BLANK = regex.compile(f"[{BLANKS}]+")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_HAN_LIMIT = 10**12 - 1

# Series of single signs, each from the value 1 on.
SERIES: Mapping[str, str] = MappingProxyType(
    {
        "circled": "".join(
            map(chr, chain(range(0x2460, 0x2474), range(0x3251, 0x3260), range(0x32B1, 0x32C0)))
        ),
        "negative-circled": "".join(map(chr, chain(range(0x2776, 0x2780), range(0x24EB, 0x24F5)))),
        "paren-digit": "".join(map(chr, range(0x2474, 0x2488))),
        "dot-digit": "".join(map(chr, range(0x2488, 0x249C))),
        "paren-han": "".join(map(chr, range(0x3220, 0x322A))),
        "circled-han": "".join(map(chr, range(0x3280, 0x328A))),
        "roman": "".join(map(chr, range(0x2160, 0x216C))),
        "stem": "甲乙丙丁戊己庚辛壬癸",
        "branch": "子丑寅卯辰巳午未申酉戌亥",
    }
)
SIGN_VALUE = {
    sign: value for series in SERIES.values() for value, sign in enumerate(series, start=1)
}
SIGN_FORM = {sign: form for form, series in SERIES.items() for sign in series}


def _han_below_10000(value: int) -> str:
    """Write 0..9999 with units, 零 for what is skipped inside; 10 to 19 begin with 一十."""
    out = ""
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            out += _DIGITS[digit] + unit
        elif out and value % power and not out.endswith("零"):
            out += "零"
    return out


def _write_han(value: int) -> str:
    """Write 0..10^12-1 in Chinese numerals."""
    out = ""
    for unit, power in (("亿", 10**8), ("万", 10**4), ("", 1)):
        part = value // power % 10000
        if part:
            out += ("零" if out and part < 1000 else "") + _han_below_10000(part) + unit
    return out.removeprefix("一") if out.startswith("一十") else out or "零"


def _parse_han(text: str) -> int | None:
    """Read a Chinese numeral in plain characters; only well-formed ones have a value."""
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS.index(character)) for character in text))
    total = part = 0
    digit: int | None = None
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in "十百千":
            part += (1 if digit is None else digit) * 10 ** ("十百千".index(character) + 1)
            digit = None
        elif character in "万亿":
            total += (part + (digit or 0)) * 10 ** (4 if character == "万" else 8)
            part, digit = 0, None
        else:
            return None
    value = total + part + (digit or 0)
    # Whatever was not well formed does not come back the same.
    return value if _write_han(value) == text else None


def parse_numeral(text: str) -> int | None:
    """Return the value of a numeral, or None where `text` is not one.

    Chinese numerals up to 9999 亿 with units (二十三, 一百零五, 廿三, 两百) or by place (二〇一八),
    formal ones (贰拾叁), half-width and full-width digits (at most 12), single signs (③ ⑶ ⒊ ㈢ Ⅲ
    丙 寅). Blanks between the characters are passed over.

    >>> parse_numeral("二十三"), parse_numeral("廿"), parse_numeral("⑿"), parse_numeral("三四线")
    (23, 20, 12, None)
    """
    return _parse(text) if 0 < len(text) < 48 else None


@lru_cache(maxsize=1024)
def _parse(text: str) -> int | None:
    """Read a numeral; most texts have the same few."""
    text = _BLANK.sub("", text)
    if text in SIGN_VALUE:
        return SIGN_VALUE[text]
    digits = text.translate(_WIDE)
    if digits.isascii():
        return int(digits) if digits.isdecimal() and len(digits) <= 12 else None
    plain = text.translate(_PLAIN)
    for score, tens in (("廿", "二十"), ("卅", "三十"), ("卌", "四十")):
        plain = plain.replace(score, tens)
    if plain.startswith("一十"):
        plain = plain[1:]
    return _parse_han(plain)


def _by_place(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))


_WRITERS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "han": _write_han,
        "han-place": _by_place,
        "formal": lambda value: _write_han(value).translate(_FORMAL),
        "digit": str,
        "wide-digit": lambda value: str(value).translate({o + 48: 0xFF10 + o for o in range(10)}),
    }
)


def write_numeral(value: int, style: str) -> str:
    """Write a numeral.

    Args:
        value: Not negative; from 1 in the series of single signs.
        style: "han", "han-place" (二〇一八), "formal", "digit", "wide-digit", or a series of single
            signs: "circled" (to 50), "negative-circled", "paren-digit", "dot-digit" (to 20),
            "paren-han", "circled-han", "stem" (to 10), "branch", "roman" (to 12).

    Raises:
        ValueError: The style is unknown or has no sign for this value.

    >>> write_numeral(23, "han"), write_numeral(23, "formal"), write_numeral(23, "circled")
    ('二十三', '贰拾叁', '㉓')
    """
    series = SERIES.get(style)
    if series is not None and 1 <= value <= len(series):
        return series[value - 1]
    if style in _WRITERS and 0 <= value <= _HAN_LIMIT:
        return _WRITERS[style](value)
    raise ValueError(f"no numeral of style {style!r} for {value}")
