"""One figure read from where it begins: in digits or in Chinese characters, with all around it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from govreport.figures_patterns import after, digits, ranged, spoken
from govreport.figures_values import (
    compound,
    digits_value,
    fraction,
    printed_date,
    ranged_pair,
    share,
    spoken_date,
    spoken_value,
    tenths,
)
from govreport.units import PERIODS, SPOKEN_UNITS, UNITS, half_width, unit_end

__all__ = ["Figure", "in_characters", "in_digits", "plainly", "year"]

#: Units in the denominator that are none elsewhere.
_EACH: Final = tuple("年人日天")
#: What a unit may go on with: 元/亩, 个多百分点.
_WITHIN: Final = frozenset("/多余")
_ALONE: Final = frozenset("一二零〇")
#: Before 大; larger ones are congresses (十九大).
_TENFOLD: Final = frozenset("两三四五六七八九十")
_RELATIVE: Final = tuple(f"{one}年" for one in "今去明前当同次本翌上")
#: Words before a figure that make it approximate or a bound, and their last characters.
_APPROXIMATELY: Final = re.compile(
    "(?:大约|将近|接近|超过|不足|不到|不少于|不低于|不超过|不多于|至少|最多|逾|(?<![赶反高])超|(?<![最附邻靠临])近"
    r"|(?<![节预签契公合条履违特简制大邀])约)\Z"
)
_CLOSE: Final = tuple("约近过足到于少多逾超")
_LEADING: Final = frozenset((*_CLOSE, "第"))
#: Signs of a number below zero: 负 is one only after these (减负19.7亿元 is not).
_MINUS: Final = tuple("-－−")
_BELOW: Final = (*(f"{word}负" for word in "至到为达是由从超"), "零下")
_SIGNS_BEFORE: Final = frozenset("-－−负下")
#: After these a hyphen joins; elsewhere it is a minus sign.
_JOINED: Final = re.compile(r"[0-9０-９A-Za-z%％）)#＃号]")
#: What stands around a number of years in Chinese characters; others are terms (五年来).
_LASTING: Final = ("连续", "历时", "为期", "耗时", "用时", "历经", "持续", "用", "用了")
_LONG: Final = re.compile("内(?![蒙外部容涵需陆生在])|左右|时间|以上|以内|之内|之久")
#: Numbers that are names, and what stands around bare digits that are codes.
_HOTLINES: Final = frozenset(("110", "119", "120", "122", "12315", "12345"))
_CODE_AFTER: Final = ("国道", "省道", "县道", "乡道", "热线", "#")
_CODE_BEFORE: Final = ("国道", "省道", "县道", "乡道")
#: Where a bare 2.0 is a value; elsewhere it is a version (工业4.0).
_VERSION: Final = re.compile(r"\d{1,2}[.．][0０]")
_VALUED: Final = tuple("到至为由从比达约过超近于在是和、长高升增降低减落少加率值均∶：:—－-～")
_RATIO: Final = tuple("∶：:、和—－-～")
_BARE: Final = frozenset("百千万亿")
_TO: Final = frozenset("—－–-～~〜∼至到")
_AFTER: Final = frozenset("多余以之左上不")
#: Longer runs of digits are no figures (account numbers, damage).
_LONGEST: Final = 30


class Figure(NamedTuple):
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


_Read = tuple[Figure | None, int]


def plainly(match: re.Match[str]) -> Figure | None:
    """The figure that was found whole: a number, its factor and unit, and 以上 or the like."""
    start, end = match.span()
    rest, factor, unit, bound = match.group(1, 2, 3, 4)  # names take twice as long
    if end - start > _LONGEST and len(rest) >= _LONGEST:
        return None
    value = digits_value(match.string[start] + rest, factor or "")
    members = start, end, "number", value, None, half_width(unit), bound is not None, None
    return tuple.__new__(Figure, members)  # most figures are made here, and so in half the time


def year(match: re.Match[str]) -> Figure:
    """The year that was found whole, 年 with it."""
    start, end = match.span()
    return Figure(start, end, "date", iso=match.string[start : end - 1])


def in_digits(text: str, at: int, last: int) -> _Read:
    """The figure that begins with the digit at an offset, and where to go on reading."""
    match = digits().match(text, at)
    if match is None:
        return None, at + 1
    end = match.end()
    if match["a"] is not None:
        return _number(text, match, last)
    if match["date"] is not None:
        if match["y"] is None and text.endswith(_RELATIVE, max(at - 2, last), at):
            at -= 2
        return Figure(start=at, end=end, kind="date", iso=_iso(match)), end
    if match["up"] is None:
        return None, end
    value = fraction(Decimal(int(match["up"])), Decimal(int(match["down"])))
    return _placed(text, at, end, last, value)


def _iso(match: re.Match[str]) -> str | None:
    """A date's ISO 8601 form; none for ranges."""
    if match["ny"] is not None:
        return printed_date(*match.group("ny", "nm", "nd"))
    if match["to"] is not None or match["months"] is not None:
        return None
    return printed_date(*match.group("y", "m", "d"))


def _number(text: str, match: re.Match[str], last: int) -> _Read:
    """A number with its factors, its unit, and its high end if it is a range."""
    begin, end = match.span()
    printed, more, factor, rest, again = match.group("a", "am", "af", "rest", "an")
    if len(printed) > _LONGEST:
        return None, end
    sign, opening = "", begin
    if begin > last and text[begin - 1] in _SIGNS_BEFORE:
        sign, opening = _sign(text, begin, last)
    value = digits_value(sign + printed, factor or "")
    if rest is not None:
        whole = compound(value, factor, rest, match["rf"] or "")
        if whole is None:
            end, again = match.end("af"), None
        else:
            value = whole
    high = None
    unit, stop, rough = _unit(text, end)
    other = _high(text, stop, text[end:stop], begin) if text[stop : stop + 1] in _TO else None
    if other is not None:
        to, unit, stop, among = other
        value, high = _ends(sign + printed, factor, to["b"], to["bf"])
        rough |= among
    elif stop == end and _goes_on(text[end : end + 1]):
        return None, end
    if stop - begin == len(printed) and _is_name(text, begin, stop):
        return None, stop
    rough |= bool(more or again)
    return _placed(text, opening, stop, last, value, high=high, unit=unit, approximate=rough)


def _goes_on(sign: str) -> bool:
    """Whether the sign after bare digits shows that they are a code (5G, 1+X)."""
    return sign in ("+", "＋") or (sign.isascii() and sign.isalpha())


def _placed(
    text: str,
    start: int,
    end: int,
    last: int,
    value: Decimal | None,
    *,
    high: Decimal | None = None,
    unit: str = "",
    approximate: bool = False,
) -> _Read:
    """The figure with what stands before and after it: 第, 近, 以上."""
    if text[end : end + 1] in _AFTER and (bound := after().match(text, end)):
        end, approximate = bound.end(), True
    if start > last and (sign := text[start - 1]) in _LEADING:
        if sign == "第":
            start -= 1
        else:
            opening = _before(text, start, last)
            # 近3年 is the last three years
            if text[opening:start] != "近" or unit not in PERIODS or not _recent(text, end, value):
                approximate, start = approximate or opening < start, opening
    return Figure(start, end, "number", value, high, unit, approximate), end


def _before(text: str, start: int, last: int) -> int:
    """Where the words before a figure begin that make it approximate, or ``start``."""
    match = _APPROXIMATELY.search(text, max(last, start - 4), start)
    return match.start() if match else start


def _recent(text: str, end: int, value: Decimal | None) -> bool:
    return value is not None and (value <= 10 or text.startswith("来", end))


def _sign(text: str, start: int, last: int) -> tuple[str, int]:
    """The minus of a number, however it is printed, and where the number begins with it."""
    if text.endswith(_MINUS, last, start) and not (start > 1 and _JOINED.match(text, start - 2)):
        return "-", start - 1
    if text.endswith(_BELOW, last, start):
        return "-", start - 1 - (text[start - 1] == "下")
    return "", start


def _unit(text: str, at: int) -> tuple[str, int, bool]:
    """The unit at an offset, signs half-width; its end; and whether 多 is in it (个多百分点)."""
    end = unit_end(text, at, UNITS)
    if end > at and (sign := text[end : end + 1]) in _WITHIN:
        if sign == "/":
            below = unit_end(text, end + 1, UNITS)
            end = below if below > end + 1 else end + 2 * text.startswith(_EACH, end + 1)
        elif (
            text[at:end] == "个"
            and (size := unit_end("个" + text[end + 1 : end + 8], 0, UNITS)) > 1
        ):
            return "个" + text[end + 1 : end + size], end + size, True
    return half_width(text[at:end]), end, False


def _high(text: str, at: int, unit: str, begin: int) -> tuple[re.Match[str], str, int, bool] | None:
    """The high end of a range whose sign stands at an offset, its unit, end and roughness.

    After 从, 由, 自 the signs 至 and 到 tell of a change, not of a range.
    """
    match = ranged().match(text, at)
    if match is None or len(match["b"]) > _LONGEST:
        return None
    if match["to"] and begin and text[begin - 1] in "从由自":
        return None
    rough = "多" in match[0] or "余" in match[0]
    if unit:
        stop = match.end() + len(unit)
        return (
            (match, half_width(unit), stop, rough) if text.startswith(unit, match.end()) else None
        )
    unit, stop, more = _unit(text, match.end())
    return (match, unit, stop, rough or more) if unit or match["bf"] else None


def _ends(
    printed: str, factor: str | None, other: str, scale: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """The ends of a range; the first takes the second's factor (5—8万) unless that is too much."""
    low, high = digits_value(printed, factor or ""), digits_value(other, scale or "")
    if scale and not factor:
        scaled = digits_value(printed, scale)
        if scaled is not None and high is not None and scaled <= high:
            low = scaled
    return low, high


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether bare digits are a name or code: hotlines, roads, years in names, versions."""
    printed = text[start:end]
    if printed in _HOTLINES or (len(printed) == 4 and printed[:2] in ("19", "20")):
        return True
    if text.startswith(_CODE_AFTER, end) or text.endswith(_CODE_BEFORE, 0, start):
        return True
    return (
        _VERSION.fullmatch(printed) is not None
        and not text.endswith(_VALUED, 0, start)
        and not text.startswith(_RATIO, end)
    )


def in_characters(text: str, at: int, last: int) -> _Read:
    """The figure that begins with the numeral at an offset, if it is one, and where to go on."""
    match = spoken().match(text, at)
    if match is None:
        return None, at + 1
    end = match.end()
    if match["date"] is not None:
        if match["y"] is None and text.endswith(_RELATIVE, max(at - 2, last), at):
            at -= 2
        return Figure(
            start=at, end=end, kind="date", iso=spoken_date(match["y"], match["m"], match["d"])
        ), end
    if match["half"] is not None:
        return _placed(text, at, end, last, Decimal("0.5"))
    if match["tenths"] is not None:
        return _placed(text, at, end, last, tenths(match["tenths"]), unit="成")
    if match["up"] is not None:
        value, unit = share(match["s"], match["up"])
        if value is None:
            return None, end
        return _placed(text, at, end, last, value, unit=unit)
    return _counted(text, match, last)


def _counted(text: str, match: re.Match[str], last: int) -> _Read:
    """A numeral in Chinese characters with its unit, if it is a quantity."""
    at, end = match.span()
    numeral, some, more, factor, tally = match.group("s", "some", "am", "af", "tally")
    stop = end if tally else unit_end(text, end, SPOKEN_UNITS)
    if stop == end and not tally:
        return None, end
    unit = tally or text[end:stop]
    if some is not None:
        return _placed(text, at, stop, last, None, unit=unit, approximate=True)
    opening = at
    before = text.endswith(_CLOSE, last, at) and _before(text, at, last) < at
    if numeral[0] in _BARE:
        upward = not before and at > last and text[at - 1] == "上"
        opening, before = at - upward, before or upward
    lasting = unit == "年" and (text.endswith(_LASTING, last, at) or bool(_LONG.match(text, stop)))
    if not (lasting and numeral not in _ALONE) and not _counts(numeral, unit, before):
        return None, stop
    if unit == "大" and not text[stop : stop + 1] >= "㐀":
        return None, stop
    value, high = _amount(numeral, factor or ""), None
    pair = ranged_pair(numeral) if value is None or len(numeral) == 2 else None
    if pair is not None:
        value, high = Decimal(pair[0]), Decimal(pair[1])
    if value is None:
        return None, stop
    rough = bool(more or pair or opening < at)
    return _placed(text, opening, stop, last, value, high=high, unit=unit, approximate=rough)


def _amount(numeral: str, factor: str) -> Decimal | None:
    return spoken_value(("一" if numeral[0] in _BARE else "") + numeral + factor)


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
