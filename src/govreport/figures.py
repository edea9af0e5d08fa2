"""Figures and dates in a repaired paragraph's text: where they stand and what they come to.

What counts as a figure, by form and context (precision before recall):

- Digits with their factors, units and marks of approximation (近, 约, 多, 以上), and ranges. A
  number after 第 is one too (第3位: 3 位). Ratios, products and sums (1：0.8, 2×60万千瓦) are
  their single numbers: nothing is computed that is not printed. Digits in names are none: in
  titles 《》 and short quotations, in codes (PM2.5, G318, 5G), in labels.
- Numerals in Chinese characters before a unit or classifier that makes a quantity of them (两个,
  三十多家, 三分之二, 百分之五). Never 一 or 二 alone (一个, 一系列), ordinals (第三, 三级, 二期),
  sessions (十二届一次会议), congresses (十九大), terms of years (三年行动).
- Dates: years of four digits, with month and day; months; days; decades. A range of years is
  two dates; ranges of months or days are one, without ``iso``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

import attrs
import regex

from govreport.figures_patterns import figure_pattern
from govreport.figures_values import (
    digits_value,
    fraction,
    positional,
    ranged_pair,
    spoken_value,
)
from govreport.numbering import parse_numeral

__all__ = ["Figure", "scan", "spoken_value"]

_PER: Final = {"百": "%", "千": "‰"}
_SIGNS: Final = str.maketrans("％﹪／０１２３４５６７８９", "%%/0123456789")
_ALONE: Final = frozenset("一二零〇")
#: Before 大; larger ones are congresses (十九大).
_TENFOLD: Final = frozenset("两三四五六七八九十")
_RELATIVE: Final = tuple(f"{one}年" for one in "今去明前当同次本翌上")
#: Words before a figure that make it approximate or a bound, and their last characters.
_APPROXIMATELY: Final = regex.compile(
    "(?:大约|将近|接近|超过|不足|不到|不少于|不低于|不超过|至少|最多|逾|(?<![赶反高])超|(?<![最附邻靠临])近"
    r"|(?<![节预签契公合条履违特简制大邀])约)\Z"
)
_CLOSE: Final = tuple("约近过足到于少多逾超")
#: After these a hyphen joins; elsewhere it is a minus sign.
_JOINED: Final = regex.compile(r"[0-9０-９A-Za-z%％）)#＃号]")
#: Numbers that are names, and what stands around bare digits that are codes.
_HOTLINES: Final = frozenset(("110", "119", "120", "122", "12315", "12345"))
_CODE_AFTER: Final = ("国道", "省道", "县道", "乡道", "热线", "#")
_CODE_BEFORE: Final = ("国道", "省道", "县道", "乡道")
_BARE: Final = frozenset("百千万亿")
#: Longer runs of digits are no figures (account numbers, damage).
_LONGEST: Final = 30


@attrs.frozen(kw_only=True)
class Figure:
    """A figure or date in a text.

    Args:
        start: First code point.
        end: One past the last code point.
        kind: A number or a date.
        value: What it comes to, factors included; the low end of a range; none where the text
            does not say (数十家) and for dates.
        high: The high end of a range.
        unit: The unit without factors (元, %, 个百分点, 件); empty where none stands.
        approximate: Printed with 多, 余, 近, 约, 左右, 以上 and the like.
        iso: Of a date, 2018, 2018-01 or 2018-01-02 where the text alone gives it.
    """

    start: int
    end: int
    kind: Literal["number", "date"]
    value: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    approximate: bool = False
    iso: str | None = None


def scan(text: str) -> tuple[Figure, ...]:
    """The figures and dates of a text, in order, none overlapping; linear in its length.

    >>> one, two = scan("2018年1月，完成投资180多亿元。")
    >>> one.iso, two.value, two.unit, two.approximate
    ('2018-01', Decimal('18000000000'), '元', True)
    """
    found: list[Figure] = []
    last = 0
    for match in figure_pattern().finditer(text):
        number, spoken, day = match.group("number", "spoken", "date")
        if number is not None:
            figure = _number(match, last)
        elif spoken is not None:
            figure = _spoken(match, last)
        elif day is not None:
            start, last = match.span()
            if match["y"] is None and text.endswith(_RELATIVE, max(start - 2, 0), start):
                start -= 2
            figure = Figure(start=start, end=last, kind="date", iso=_iso(match))
        else:
            continue
        if figure is not None:
            found.append(figure)
            last = figure.end
    return tuple(found)


def _before(text: str, start: int, last: int) -> int:
    """Where the words before a figure begin that make it approximate, or ``start``."""
    if not text.endswith(_CLOSE, last, start):
        return start
    match = _APPROXIMATELY.search(text, max(last, start - 4), start)
    return match.start() if match else start


def _number(match: regex.Match[str], last: int) -> Figure | None:
    """A figure in digits."""
    start, end = match.span()
    text = match.string
    digits, factor, more, again, unit, other, scale, rest, after, up = match.group(
        "a", "af", "am", "an", "au", "b", "bf", "bm", "after", "up"
    )
    approximate = bool(more or again or rest or after)
    high = None
    if up is not None:
        value = fraction(Decimal(int(up)), Decimal(int(match["down"])))
    elif (
        len(digits) > _LONGEST
        or (other and len(other) > _LONGEST)
        or (end - start == len(digits) and _is_name(text, start, end))
    ):
        return None
    else:
        if start > last and text[start - 1] in "-－−" and not _JOINED.match(text, start - 2):
            start -= 1
            digits = "-" + digits
        value = digits_value(digits, factor or "")
        if other is not None:
            value, high = _ends(digits, factor, other, scale)
    if text[start - 1 : start] == "第" and start > last:
        start -= 1
    else:
        opening = _before(text, start, last)
        approximate, start = approximate or opening < start, opening
    if unit:
        unit, roughly = _plain_unit(unit)
        approximate |= roughly
    return Figure(
        start=start,
        end=end,
        kind="number",
        value=value,
        high=high,
        unit=unit or "",
        approximate=approximate,
    )


def _plain_unit(unit: str) -> tuple[str, bool]:
    """A unit without the 多 inside it (个多百分点), and whether one was there; signs half-width."""
    roughly = len(unit) > 2 and unit[1] in "多余"
    if roughly:
        unit = unit[0] + unit[2:]
    return unit if unit.isascii() else unit.translate(_SIGNS), roughly


def _ends(
    digits: str, factor: str | None, other: str, scale: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a range; the first takes the second's factor (5—8万) unless that is too much."""
    low, high = digits_value(digits, factor or ""), digits_value(other, scale or "")
    if scale and not factor:
        scaled = digits_value(digits, scale)
        if scaled is not None and high is not None and scaled <= high:
            low = scaled
    return low, high


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether bare digits are a name or code: hotlines, roads, years in names."""
    digits = text[start:end]
    return (
        digits in _HOTLINES
        or (len(digits) == 4 and digits[:2] in ("19", "20"))
        or text.startswith(_CODE_AFTER, end)
        or text.endswith(_CODE_BEFORE, 0, start)
    )


def _iso(match: regex.Match[str]) -> str | None:
    """The date in ISO 8601 as far as it is printed; none for ranges and impossible days."""
    year, month, day = match.group("y", "m", "d")
    if year is not None:
        if match["to"] is not None:
            return None
        return _dated(int(year), int(month) if month else None, int(day) if day else None)
    year, month, day = match.group("hy", "hm", "hd")
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


def _spoken(match: regex.Match[str], last: int) -> Figure | None:
    """A figure in Chinese characters, if it is a quantity."""
    start, end = match.span()
    numeral, unit, more, after, some, up = match.group("s", "su", "am", "after", "some", "up")
    opening = _before(match.string, start, last)
    if opening == start and numeral and numeral[0] in _BARE and start > last:
        opening -= match.string[start - 1] == "上"
    approximate = bool(more or after or opening < start)
    value = high = None
    if up is not None:
        value, unit = _share(numeral, up)
    elif some is not None:
        approximate = True
    elif not _counts(numeral, unit, opening < start):
        return None
    else:
        value = spoken_value(("一" if numeral[0] in _BARE else "") + numeral + (match["af"] or ""))
        pair = ranged_pair(numeral) if value is None or len(numeral) == 2 else None
        if pair is not None:
            value, high, approximate = Decimal(pair[0]), Decimal(pair[1]), True
    if value is None and some is None:
        return None
    return Figure(
        start=opening,
        end=end,
        kind="number",
        value=value,
        high=high,
        unit=unit,
        approximate=approximate,
    )


def _share(down: str, up: str) -> tuple[Decimal | None, str]:
    """三分之二 as a fraction; 百分之五 and 千分之三 with their units."""
    per = _PER.get(down)
    value = spoken_value(up if per else f"{down}分之{up}")
    if up == "百" and per:
        value = Decimal(100)
    return value, per or ""


def _counts(numeral: str, unit: str, before: bool) -> bool:
    """Whether a numeral before a unit is a quantity by its form.

    一 and 二 alone are not (一个, 二期), nor 百千万亿 alone (千家万户) but after 近 or 上.
    """
    if numeral in _ALONE:
        return numeral == "一" and unit == "倍"
    if numeral[0] in _BARE:
        return before and len(numeral) <= 2
    if unit == "大":
        return numeral in _TENFOLD
    if unit in ("年", "元", "万元", "亿元", "美元", "米"):
        return len(numeral) > 1
    return True
