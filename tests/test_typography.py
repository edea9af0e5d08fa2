"""The rules of setting Chinese, held against the lists of the standards themselves."""

import unicodedata
from collections.abc import Callable

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from govreport.stacked import Stack
from govreport.typography import (
    CLOSING,
    HALF_WIDTH_NOT_LINE_START,
    LEVELS,
    NOT_LINE_END,
    NOT_LINE_START,
    OPENING,
    PAUSE,
    SQUEEZABLE,
    TERMINAL,
    UNBREAKABLE,
    can_break,
    first_unit,
    first_unit_width,
    first_unit_widths,
    last_unit,
    squeeze,
    width,
    widths,
)
from work import grows


def points(codes: str) -> frozenset[str]:
    """The characters of these code points."""
    return frozenset(chr(int(code, 16)) for code in codes.split())


# CLREQ, prohibition at line start, level "basic".
CLREQ_NOT_START = points(
    "3002 FF0E FF0C 3001 FF1A FF1B FF01 203C FF1F 2047 201D 2019 FF09 300B 3009 3011 3017 3015 FF3D"
    " FF5D 300D 300F FF5E 002D 2013 00B7 30FB 2027 002F FF0F"
)
# CLREQ, prohibition at line end; GB adds the solidus.
CLREQ_NOT_END = points("201C 2018 FF08 300A 3008 3010 3016 3014 FF3B FF5B 300C 300E")
SOLIDUS = points("002F FF0F")
# GB/T 15834 by clause: never first on a line, never last, never parted, squeezed at the line end.
GB_NOT_START = {
    "5.1.1": points("3002 FF0C 3001 FF1B FF1A"),
    "5.1.2": points("FF1F FF01"),
    "5.1.3": points("201D 2019 FF09 300B"),
    "5.1.6": points("002D FF5E"),
    "5.1.7": points("00B7"),
    "5.1.9": SOLIDUS,
}
GB_NOT_END = {"5.1.3": points("201C 2018 FF08 300A"), "5.1.9": SOLIDUS}
GB_UNPARTED = {"5.1.4": "\u2014\u2014", "5.1.5": "\u2026\u2026"}
GB_SQUEEZED = points("3002 FF0C 3001 FF1B FF1A FF1F FF01 201D 2019 FF09 300B")

TEXT = st.text(
    st.sampled_from(
        "发展强一“”（）《》，。、；！—…·-/～~ 　0129０９.．,:%％‰℃°C￥$+−AzＷéx\u200b\u0301"
    ),
    max_size=10,
)


def test_tables_are_those_of_clreq() -> None:
    """Basic, GB and strict, character by character."""
    for level in LEVELS.values():
        assert level.not_start == CLREQ_NOT_START
    assert LEVELS["basic"].not_end == CLREQ_NOT_END
    assert LEVELS["gb"].not_end == LEVELS["strict"].not_end == CLREQ_NOT_END | SOLIDUS
    assert [level.pairs_not_start for level in LEVELS.values()] == [False, False, True]


@pytest.mark.parametrize("clause", GB_NOT_START)
def test_gb_marks_never_first(clause: str) -> None:
    """GB/T 15834 §5.1: these never begin a line."""
    assert GB_NOT_START[clause] <= NOT_LINE_START
    assert not any(can_break("发展", mark + "改革") for mark in GB_NOT_START[clause])


@pytest.mark.parametrize("clause", GB_NOT_END)
def test_gb_marks_never_last(clause: str) -> None:
    """GB/T 15834 §5.1: these never end a line."""
    assert GB_NOT_END[clause] <= NOT_LINE_END
    assert not any(can_break("发展" + mark, "改革") for mark in GB_NOT_END[clause])


@pytest.mark.parametrize("clause", GB_UNPARTED)
def test_gb_pairs_are_never_parted(clause: str) -> None:
    """GB/T 15834 §5.1: the dash and the ellipsis stay in one piece, two em wide."""
    pair = GB_UNPARTED[clause]

    assert pair in UNBREAKABLE
    assert not any(can_break("发展" + pair[0], pair[1], level=level) for level in LEVELS)
    assert width(pair) == 2


def test_gb_line_end_squeeze() -> None:
    """GB/T 15834 §5.1.10: a full-width mark at the line end takes half an em."""
    assert GB_SQUEEZED <= SQUEEZABLE
    for mark in GB_SQUEEZED:
        assert width(mark) == 1
        assert squeeze("发展" + mark) == 0.5
        assert squeeze(mark + "发展") == 0


def test_opening_and_closing_marks_pair_up() -> None:
    """As many of one as of the other, and none of both."""
    assert len(OPENING) == len(CLOSING)
    assert not OPENING & CLOSING
    assert OPENING <= NOT_LINE_END
    assert CLOSING | PAUSE <= NOT_LINE_START
    assert points("3002 FF01 FF1F") <= TERMINAL


def test_against_the_unicode_line_breaking_classes() -> None:
    """UAX 14 forbids a line start before nearly all of the marks; where it does not, GB does."""
    forbidden = regex.compile(
        r"[\p{LB=CL}\p{LB=CP}\p{LB=NS}\p{LB=EX}\p{LB=IS}\p{LB=SY}\p{LB=QU}\p{LB=HY}\p{LB=BA}]"
    )
    beyond = {mark for mark in NOT_LINE_START if not forbidden.match(mark)}

    assert beyond <= set("～·／‧–")
    assert all(forbidden.match(mark) for mark in HALF_WIDTH_NOT_LINE_START)


@pytest.mark.parametrize(
    ("before", "after", "level", "expected"),
    [
        ("发展", "改革", "gb", True),
        ("", "，", "gb", True),
        ("2018", "—2019", "basic", True),
        ("2018", "—2019", "gb", False),  # one dash is a connector, GB/T 15834 §5.1.6
        ("2018—", "2019", "gb", True),
        ("发展", "——改革", "gb", True),
        ("发展", "——改革", "strict", False),
        ("发展", "……", "strict", False),
        ("吨", "/公里", "gb", False),
        ("吨/", "公里", "basic", True),
        ("吨/", "公里", "gb", False),
        ("12", "34", "gb", False),
        ("12", ".5%", "gb", False),
        ("12.", "5%", "gb", False),
        ("12", "%", "gb", False),
        ("￥", "30", "gb", False),
        ("-", "5℃", "gb", False),  # a sign
        ("3-", "5℃", "gb", True),  # a range
        ("25°", "C", "gb", False),
        ("增长", "5%", "gb", True),
        ("5%", "左右", "gb", True),
        ("New", " York", "gb", True),
        ("New", "York", "gb", False),
        ("发展", ",", "gb", False),
        ("发展(", "一", "gb", False),
    ],
)
def test_can_break(before: str, after: str, level: str, expected: bool) -> None:
    """Where a line may end, by level."""
    assert can_break(before, after, level=level) is expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("发展", "发", "展"),
        ("12.5%的增长", "12.5%", "长"),
        ("120周年", "120", "年"),
        ("5.的", "5.", "的"),
        ("5.2.1节", "5.2.1", "节"),
        ("￥30元", "￥30", "元"),
        ("1,234.5", "1,234.5", "1,234.5"),
        ("3.2‰。", "3.2‰。", "3.2‰。"),
        ("－5℃左右", "－5℃", "右"),
        ("2018—2019年", "2018—", "年"),
        ("从2018-2019", "从", "2019"),
        ("（一）发展（一）", "（一）", "（一）"),
        ("“十三五”规划的“十三五”", "“十", "五”"),
        ("《“十”》，好。”", "《“十”》，", "好。”"),
        ("——发展——", "——", "——"),
        ("……”他说", "……”", "说"),
        ("PM2.5浓度PM2.5", "PM2.5", "PM2.5"),
        ("5G基站", "5G", "站"),
        ("１２．５％的", "１２．５％", "的"),
        ("New York", "New", "York"),
        ("a" * 50, "a" * 50, "a" * 50),  # longer than the quick trials of last_unit
        ("阿·买提", "阿·", "提"),
        ("a", "a", "a"),
        ("", "", ""),
    ],
)
def test_units(text: str, first: str, last: str) -> None:
    """What a line before had to hold whole, and what this line had to take whole."""
    assert first_unit(text) == first
    assert last_unit(text) == last
    assert first_unit_width(text) == width(first)


@given(st.one_of(st.text(), TEXT))
def test_first_unit_is_what_cannot_be_parted(text: str) -> None:
    """No line end within, one after it."""
    unit = first_unit(text)

    assert text.startswith(unit)
    assert bool(unit) == bool(text)
    assert not any(can_break(text[:at], text[at:]) for at in range(1, len(unit)))
    assert can_break(unit, text[len(unit) :])
    assert width(unit) == first_unit_width(text)


@given(st.lists(st.one_of(st.text(st.characters(exclude_characters="\n")), TEXT).filter(bool)))
def test_first_units_of_many_lines_are_those_of_each(texts: list[str]) -> None:
    assert first_unit_widths(Stack.of(texts)) == [width(first_unit(text)) for text in texts]


@given(st.one_of(st.text(), TEXT))
def test_last_unit_is_what_cannot_be_parted(text: str) -> None:
    """One line end before it, none within."""
    unit = last_unit(text)
    start = len(text) - len(unit)

    assert text.endswith(unit)
    assert bool(unit) == bool(text)
    assert not any(can_break(text[:at], text[at:]) for at in range(start + 1, len(text)))
    assert can_break(text[:start], unit)


@given(st.one_of(st.text(), TEXT), st.one_of(st.text(), TEXT))
def test_stricter_levels_forbid_more(before: str, after: str) -> None:
    """What "strict" allows "gb" allows, and what that allows "basic" allows."""
    basic, gb, strict = (can_break(before, after, level=level) for level in LEVELS)

    assert basic >= gb >= strict


@pytest.mark.parametrize(
    ("text", "em"),
    [
        ("", 0),
        ("发展", 2),
        ("增长5.2%，", 5),
        ("Latin 5", 3.5),
        ("１２％", 3),
        ("ｱｲ｡", 1.5),  # half-width forms
        ("阿·买提", 3.5),  # GB/T 15834 §5.1.7
        ("“发展”……——", 8),
        ("　　第一", 4),
        ("é ñ", 1.5),
        ("a\u0301", 0.5),  # combining
        ("发\u200b展\ufeff", 2),
        ("\x00\x0c", 0),
        ("×±25℃", 4),
        ("①⑴㈠□", 4),
        ("𠮷", 1),
        ("\ud800", 1),  # a lone surrogate
        ("\U000e0100", 0),
    ],
)
def test_width(text: str, em: float) -> None:
    """Widths in em of every kind of character."""
    assert width(text) == em


@given(st.text(), st.text())
def test_width_adds_up(left: str, right: str) -> None:
    """The width of two texts is the sum of their widths, in half-ems."""
    assert width(left + right) == width(left) + width(right)
    assert 0 <= width(left) <= len(left)
    assert width(left) * 2 == int(width(left) * 2)


@given(st.characters())
def test_width_agrees_with_east_asian_width(character: str) -> None:
    """Wide and full-width characters take one em, half-width and narrow letters and digits half."""
    kind = unicodedata.east_asian_width(character)
    category = unicodedata.category(character)

    if kind in "WF" and category[0] not in "MC":  # unassigned ones have no width in unicodedata
        assert width(character) == 1
    if kind in ("Na", "H") and category in ("Lu", "Ll", "Nd", "Po"):
        assert width(character) == 0.5


@pytest.mark.parametrize(
    ("text", "em"),
    [
        ("", 0),
        ("发展", 0),
        ("发展。", 0.5),
        ("》，实", 0.5),  # closing and pause
        ("。”他", 0.5),  # stop and closing
        ("，“十", 0.5),  # pause and opening
        ("”“", 0.5),  # closing and opening; an opening mark ends no line
        ("《“十", 0.5),  # opening and opening
        ("十）》实", 0.5),  # closing and closing
        ("，，实", 0),  # CLREQ squeezes no pause before a pause
        ("实施“一”，", 1),
        ("发展——", 0),
        ("5%", 0),
    ],
)
def test_squeeze(text: str, em: float) -> None:
    """What squeezing may win, by CLREQ's kinds of neighbours."""
    assert squeeze(text) == em


@given(st.one_of(st.text(), TEXT))
def test_squeeze_never_wins_more_than_half(text: str) -> None:
    """Each mark gives up at most half of itself."""
    assert 0 <= squeeze(text) <= width(text) / 2


@pytest.mark.parametrize("unit", ["a", "中", "。", "—", " ", "“", "1.", "·"])
@pytest.mark.parametrize("measure", [width, first_unit, first_unit_width, last_unit, squeeze])
def test_long_lines_are_linear(unit: str, measure: Callable[[str], object]) -> None:
    """Eight times the characters of one kind do not take many times eight times the work."""
    texts = {size: unit * size for size in (2_500, 20_000)}
    assert grows(lambda size: measure(texts[size]), 2_500, 20_000) < 1.5


@given(
    st.lists(
        st.text(st.characters(exclude_categories=(), exclude_characters="\n"), max_size=12),
        max_size=6,
    )
)
def test_many_widths_at_once_are_those_of_each(texts: list[str]) -> None:
    assert widths(texts) == [width(text) for text in texts]


@pytest.mark.parametrize("unit", ["1234567890123456", "a" * 30, "—" * 20, "修" + "，" * 15])
def test_the_last_unit_may_be_long(unit: str) -> None:
    assert last_unit("修路" + unit) == unit
    assert last_unit(unit) == unit
