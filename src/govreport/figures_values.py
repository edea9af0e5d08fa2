"""What a numeral comes to: digits with factors, and numerals in Chinese characters. Exact."""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

from govreport.numbering import parse_numeral
from govreport.units import FACTORS

__all__ = [
    "DIGITS",
    "compound",
    "digits_value",
    "fraction",
    "positional",
    "printed_date",
    "ranged_pair",
    "share",
    "spoken_date",
    "spoken_value",
    "tenths",
]

#: Digits in Chinese characters, and the signs that stand for 〇 in years.
DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict.fromkeys("〇○0０OＯ", 0),
    "两": 2,
}
NUMERALS: Final = "零〇一二两三四五六七八九十百千万亿"
_UNITS: Final = {"百": 100, "千": 1000, "万": 10**4}
_ASCII: Final = str.maketrans("０１２３４５６７８９．－−，", "0123456789.--,")
_PER: Final = {"百": "%", "千": "‰"}
_DIVISION: Final = Context(prec=28)
_PRINTED: Final = re.compile(r"([-－−]?[\d.．,，]++)([百千万亿]*+)")
_PARTS: Final = re.compile(r"([^分点]++)分之([^分]++)")


@lru_cache(maxsize=4096)  # a report has many figures twice; their values are one object each
def digits_value(digits: str, factor: str = "") -> Decimal | None:
    """The value of printed digits, separators and full-width forms included, times a factor.

    >>> digits_value("3.5", "万亿"), digits_value("1,234.50"), digits_value("．")
    (Decimal('3500000000000'), Decimal('1234.50'), None)
    """
    shift = FACTORS.get(factor)
    if shift is None:
        return None
    if digits.isdecimal():  # as most are
        return Decimal(digits + "0" * shift)
    if not digits.isascii():
        digits = digits.translate(_ASCII)
    whole, _, rest = digits.replace(",", "").partition(".")
    if not whole.lstrip("-").isdecimal() or (rest and not rest.isdecimal()):
        return None
    if shift:
        whole, rest = whole + rest[:shift].ljust(shift, "0"), rest[shift:]
    return Decimal(f"{whole}.{rest}" if rest else whole)


def compound(high: Decimal | None, factor: str, rest: str, scale: str) -> Decimal | None:
    """A number printed in two parts, 3亿1,200万; none unless the second fills the next places.

    >>> compound(Decimal(300000000), "亿", "1,200", "万"), compound(Decimal(570000), "万", "860", "")
    (Decimal('312000000'), None)
    """
    low, least = digits_value(rest, scale), Decimal(10) ** (FACTORS[factor] - 1)
    if high is None or low is None or high % 1 or not least <= low < 10 * least:
        return None
    whole = high.scaleb(-FACTORS[factor])
    return high + low if whole == whole.to_integral_value() else None


def fraction(upper: Decimal, lower: Decimal) -> Decimal | None:
    """A fraction to 28 significant digits, whatever the caller's decimal context.

    >>> fraction(Decimal(2), Decimal(3)), fraction(Decimal(1), Decimal(0))
    (Decimal('0.6666666666666666666666666667'), None)
    """
    return _DIVISION.divide(upper, lower) if lower else None


def positional(numeral: str) -> int | None:
    """A numeral read digit by digit, as years are.

    >>> positional("二〇一八"), positional("二十")
    (2018, None)
    """
    value = 0
    for sign in numeral:
        digit = DIGITS.get(sign)
        if digit is None:
            return None
        value = 10 * value + digit
    return value


def ranged_pair(numeral: str) -> tuple[int, int] | None:
    """The ends of an approximate pair: two digits side by side, 三五 or 七八十 or 十七八.

    >>> ranged_pair("三五"), ranged_pair("七八十"), ranged_pair("十七八"), ranged_pair("五三")
    ((3, 5), (70, 80), (17, 18), None)
    """
    for at in range(len(numeral) - 1):
        low, high = DIGITS.get(numeral[at], 0), DIGITS.get(numeral[at + 1], 0)
        if 0 < low < high and (high == low + 1 or (low, high) == (3, 5)):
            ends = [
                _integer(numeral[:at] + one + numeral[at + 2 :]) for one in numeral[at : at + 2]
            ]
            if ends[0] is not None and ends[1] is not None:
                return ends[0], ends[1]
    return None


def tenths(printed: str) -> Decimal | None:
    """Tenths in two places: 八成六 is 8.6 tenths.

    >>> tenths("八成六")
    Decimal('8.6')
    """
    whole, _, rest = printed.partition("成")
    return Decimal(f"{positional(whole)}.{positional(rest)}")


def share(down: str, up: str) -> tuple[Decimal | None, str]:
    """A fraction in characters, with its unit: 三分之二; 百分之五 in per cent.

    >>> share("百", "五"), share("四", "一")
    ((Decimal('5'), '%'), (Decimal('0.25'), ''))
    """
    unit = _PER.get(down, "")
    if unit:
        return (Decimal(100) if up == "百" else spoken_value(up)), unit
    return spoken_value(f"{down}分之{up}"), unit


def printed_date(year: str | None, month: str | None, day: str | None) -> str | None:
    """A date in digits in ISO 8601, as far as it is printed; none for impossible days.

    >>> printed_date("2018", "1", None), printed_date("2018", "2", "30"), printed_date(None, "5", "1")
    ('2018-01', None, None)
    """
    if year is None:
        return None
    return _dated(int(year), int(month) if month else None, int(day) if day else None)


def spoken_date(year: str | None, month: str | None, day: str | None) -> str | None:
    """The same in Chinese characters.

    >>> spoken_date("二〇一八", "元", None), spoken_date(None, "五", "一")
    ('2018-01', None)
    """
    if year is None:
        return None
    small = [parse_numeral(part.replace("元", "一")) if part else None for part in (month, day)]
    return _dated(positional(year), small[0], small[1])


def _dated(year: int | None, month: int | None, day: int | None) -> str | None:
    if year is None:
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def spoken_value(text: str) -> Decimal | None:
    """The value of one numeral expression, in Chinese characters or digits; None for others.

    Fractions are rounded to 28 significant digits, 百分之五 is 0.05; a numeral without 十百千万亿
    is read digit by digit where it has a 〇 or more than two characters.

    >>> spoken_value("五十六"), spoken_value("三分之二"), spoken_value("二〇一八"), spoken_value("两万五")
    (Decimal('56'), Decimal('0.6666666666666666666666666667'), Decimal('2018'), Decimal('25000'))
    >>> spoken_value("三点五"), spoken_value("180亿"), spoken_value("百分之五"), spoken_value("一带")
    (Decimal('3.5'), Decimal('18000000000'), Decimal('0.05'), None)
    """
    if printed := _PRINTED.fullmatch(text):
        return digits_value(printed[1], printed[2])
    if parts := _PARTS.fullmatch(text):
        lower = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}.get(parts[1])
        upper, lower = spoken_value(parts[2]), lower or spoken_value(parts[1])
        return fraction(upper, lower) if upper is not None and lower is not None else None
    whole, point, rest = text.partition("点")
    if point:
        value, tail = _integer(whole), "".join(str(DIGITS.get(sign, "?")) for sign in rest)
        return Decimal(f"{value}.{tail}") if value is not None and tail.isdecimal() else None
    integer = _integer(text)
    if integer is None and (len(text) > 2 or set(text) & set("〇○")):
        integer = positional(text) if 0 < len(text) <= 30 else None
    return None if integer is None else Decimal(integer)


def _integer(text: str) -> int | None:
    """An integer with 十百千万亿, or one digit; colloquial tails too (三百五, 两万五)."""
    if not text or len(text) > 24 or text.strip(NUMERALS):
        return None
    if len(text) > 1 and not set(text) & set("十百千万亿"):
        return None
    value = parse_numeral(text)
    if value is None and "亿" in text:
        head, _, tail = text.rpartition("亿")
        above, below = _integer(head), _integer(tail) if tail else 0
        if above is not None and below is not None and below < 10**8:
            return above * 10**8 + below
        return None
    unit = _UNITS.get(text[-2:-1])
    if value is None and unit and DIGITS.get(text[-1], 0) > 0:
        above = _integer(text[:-1])
        return None if above is None else above + DIGITS[text[-1]] * unit // 10
    return value
