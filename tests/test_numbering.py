"""Labels of the heading ladder: a table of cases, the ladder of neighbours, properties both ways."""

import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.numbering import (
    STYLES,
    Numbering,
    parse_numeral,
    read,
    successor,
    write,
    write_numeral,
)
from work import calls

CASES: dict[str, Any] = tomllib.loads(
    (Path(__file__).parent / "cases" / "labels.toml").read_text(encoding="utf-8")
)
LABELS: list[dict[str, Any]] = CASES["labels"]
NEAR_MISSES: list[str] = CASES["near_misses"]
VALUED = [style for style in STYLES.values() if style.limit]
BLANKS = st.text(" \t\u00a0\u2003\u3000", max_size=3)
SIGNS = {"circled": 50, "negative-circled": 20, "paren-digit": 20, "dot-digit": 20} | {
    "paren-han": 10, "circled-han": 10, "stem": 10, "branch": 12, "roman": 12
}  # fmt: skip


@st.composite
def styled_values(draw: st.DrawFn) -> tuple[str, int]:
    """Any style that counts, with any of its values."""
    style = draw(st.sampled_from(VALUED))
    return style.name, draw(st.integers(1, style.limit))


# Texts made of what labels are made of come near the rules far more often than any text.
LABEL_LIKE = st.lists(
    st.one_of(
        st.sampled_from(
            "第其（(〔）)、.．，,：:是要章节条部分编一二三十百零〇廿两壹拾甲乙ⅠⅡ①⑴⒈㈠—　 "
        ),
        st.sampled_from("0123456789０１２和至的年亿线类季级Ａa%。"),
    ),
    max_size=12,
).map("".join)


def label(text: str) -> Numbering:
    """The label that must stand at the start of `text`."""
    found = read(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize("case", LABELS, ids=[case["text"] for case in LABELS])
def test_label_is_read(case: dict[str, Any]) -> None:
    """Style, value, certainty and what is left of the line."""
    found = label(case["text"])

    assert (case["style"], case["value"] or None) == (found.style, found.value)
    assert case["rest"] == case["text"][found.end :]
    assert case.get("uncertain", False) == found.uncertain


@pytest.mark.parametrize("text", NEAR_MISSES, ids=NEAR_MISSES)
def test_near_miss_is_no_label(text: str) -> None:
    """References, lists and sentences that begin like a label."""
    assert read(text) is None


def test_table_is_large_enough() -> None:
    """A table this size is promised; no case stands in it twice."""
    texts = [case["text"] for case in LABELS] + NEAR_MISSES

    assert len(LABELS) >= 80
    assert len(NEAR_MISSES) >= 60
    assert len(set(texts)) == len(texts)
    assert {case["style"] for case in LABELS} == set(STYLES)


#: The ladder test that was put to eight other programs: what is no heading has no rung. The best of
#: them got twelve of the nineteen right.
NEIGHBOURS: tuple[tuple[str, int | None], ...] = (
    ("第一编 总论", 1),
    ("第一部分 上年情况", 2),
    ("第一章 总则", 3),
    ("第一节 目标", 4),
    ("第十二条 范围", 5),
    ("一、工作回顾", 6),
    ("十一、其他", 6),
    ("一.工作回顾", 6),
    ("（一）修路", 7),
    ("(一)修路", 7),
    ("1.备料", 8),
    ("1、备料", 8),
    ("３．备料", 8),
    ("（1）石子", 9),
    ("(1)石子", 9),
    ("①细石", 10),
    ("2018年是全面落实之年", None),
    ("1—9月收入增长", None),
    ("3.2亿元投入使用", None),
)


def test_ladder_of_the_neighbours() -> None:
    """Sixteen headings on ten rungs in order, three look-alikes refused: 19 of 19."""
    found = [read(text) for text, _ in NEIGHBOURS]
    steps = sorted({each.rank for each in found if each})
    right = [
        (steps.index(each.rank) + 1 if each else None) == rung
        for each, (_, rung) in zip(found, NEIGHBOURS, strict=True)
    ]
    assert (sum(right), len(right)) == (19, 19)


def test_items_are_told_from_headings() -> None:
    """一是, 一要, 第一，, 其一，, —— and bullets mark items; all other styles open headings."""
    items = {style.name for style in STYLES.values() if style.kind == "item"}

    assert items == {"is", "must", "ordinal", "its", "dash", "bullet"}
    assert all(STYLES[name].rank > STYLES["stem-paren"].rank for name in items)
    assert label("一是稳增长").kind == "item"
    assert label("一、稳增长").kind == "heading"
    assert label("1、稳增长").family == label("1.稳增长").family


def test_start_and_end_are_offsets_into_the_text() -> None:
    """A label is read where it stands, and its end counts from the text's start."""
    found = read("前言（二） 目标", 2)

    assert found is not None
    assert (found.text, found.end) == ("（二）", 6)


def test_decimal_label_keeps_its_path() -> None:
    """All components of 1.2.3; the value is the last."""
    assert label("１．２．３ 包装").path == (1, 2, 3)
    assert label("1.2 包装").path == (1, 2)


@given(styled_values(), BLANKS)
def test_written_label_is_read_back(styled: tuple[str, int], blanks: str) -> None:
    """Every style, every value, at a text's end and before a heading."""
    style, value = styled
    text = write(style, value)
    alone, leading = label(text), label(text + blanks + "概述")

    assert (style, value, text, len(text)) == (alone.style, alone.value, alone.text, alone.end)
    assert (style, value, text) == (leading.style, leading.value, leading.text)
    assert leading.end == len(text + blanks)


@pytest.mark.parametrize("style", [style for style in VALUED if style.limit < 1000])
def test_every_value_of_a_style_round_trips(style: Any) -> None:
    """The whole range, not a sample of it."""
    for value in range(1, style.limit + 1):
        assert (style.name, value) == (
            label(write(style.name, value)).style,
            label(write(style.name, value)).value,
        )


@given(styled_values())
def test_successor_has_the_next_value(styled: tuple[str, int]) -> None:
    """Same style, next value; None at the end of the series."""
    style, value = styled
    following = successor(label(write(style, value)))

    if value == STYLES[style].limit:
        assert following is None
    else:
        assert following == write(style, value + 1)


@pytest.mark.parametrize(
    ("text", "following"),
    [
        ("(九)发展", "(十)"),
        ("１９．发展", "２０．"),
        ("第9章 发展", "第10章"),
        ("第二〇条 发展", "第二一条"),
        ("（ 一 ）发展", "（ 二 ）"),
        ("⒛发展", "21."),  # no sign for 21
        ("㈩发展", "（十一）"),
        ("❸发展", "❹"),
        ("1.9 发展", "1.10"),
        ("廿九、发展", "三十、"),
        ("一，发展", "二，"),
        ("——发展", "——"),
    ],
)
def test_successor_keeps_the_print(text: str, following: str) -> None:
    """Brackets, width, blanks and signs stay as they were printed."""
    assert successor(label(text)) == following


@given(styled_values())
def test_successor_is_read_as_the_next_value(styled: tuple[str, int]) -> None:
    """Reading the successor gives the value after."""
    style, value = styled
    following = successor(label(write(style, value)))

    assert following is None or label(following + "概述").value == value + 1


@given(st.one_of(st.text(), LABEL_LIKE), st.integers(0, 4))
def test_read_is_total_and_sound(text: str, start: int) -> None:
    """Any text gives a label within its bounds or None; the label alone explains its value."""
    found = read(text, start)

    if found is not None:
        assert text[start:].startswith(found.text)
        assert start + len(found.text) <= found.end <= len(text)
        assert not text[start + len(found.text) : found.end].strip()
        assert found == read(text, start)
        style = STYLES[found.style]
        assert (found.value is None) == (style.limit == 0)
        assert found.value is None or 1 <= found.value <= style.limit
        assert successor(found) is None or read(f"{successor(found)} 概述") is not None


@given(st.one_of(st.text(), LABEL_LIKE))
def test_parse_numeral_is_total(text: str) -> None:
    """Any text gives a value or None."""
    value = parse_numeral(text)

    assert value is None or value >= 0


@given(
    st.integers(0, 10**12 - 1),
    st.sampled_from(["han", "formal", "han-place", "digit", "wide-digit"]),
)
def test_numerals_round_trip(value: int, style: str) -> None:
    """Each way of writing a number is read back."""
    assert parse_numeral(write_numeral(value, style)) == value


@pytest.mark.parametrize(("style", "limit"), SIGNS.items())
def test_signs_round_trip(style: str, limit: int) -> None:
    """Each sign of each series is read back, and the series ends where it ends."""
    for value in range(1, limit + 1):
        assert parse_numeral(write_numeral(value, style)) == value
    for value in (0, limit + 1):
        with pytest.raises(ValueError, match=style):
            write_numeral(value, style)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十三", 23), ("十", 10), ("一十二", 12), ("一百一十", 110), ("一百零五", 105), ("九千九百", 9900),
        ("廿", 20), ("廿三", 23), ("卅一", 31), ("卌", 40), ("两百", 200), ("二〇一八", 2018),
        ("二○二四", 2024), ("〇", 0), ("贰拾叁", 23), ("參佰", 300), ("一万零五十", 10050),
        ("三亿五千万", 350000000), ("１２", 12), ("007", 7), ("⑿", 12), ("㊿", 50), ("亥", 12), ("二 十", 20),
        ("一百零", None), ("十十", None), ("百", None), ("二十百", None), ("三点五", None), ("一百二", None),
        ("-1", None), ("²", None), ("1.0", None), ("", None), (" ", None), ("٣", None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_parse_numeral(text: str, value: int | None) -> None:
    """Well-formed numerals have a value, others have none."""
    assert parse_numeral(text) == value


def test_write_refuses_what_no_label_has() -> None:
    """An unknown style and a value out of range are the caller's mistakes."""
    for style, value in (("nothing", 1), ("han-comma", 0), ("circled", 51), ("is", None)):
        with pytest.raises(ValueError, match=style):
            write(style, value)
    assert write("dash", None) == write("dash", 7) == "——"
    assert write("decimal", 3, above=(2,)) == "2.3"


def test_successor_of_a_label_that_was_not_read() -> None:
    """A label made by hand with a strange text still has a canonical successor."""
    assert successor(Numbering(text="?", style="han-comma", value=3, end=1)) == "四、"


@pytest.mark.parametrize("unit", ["一", "一 ", "（", "1.", "第一章", "——", " ", "①", "一、"])
def test_long_lines_cost_nothing(unit: str) -> None:
    """What follows the label is not looked at, but for the blanks after it."""
    for text in ("一、" + unit * 200_000, unit * 200_000):
        read(text)  # tables are made once
        few, many = (calls(partial(read, text[:size])) for size in (2_000, 200_000))
        assert many == few


@pytest.mark.parametrize(("text", "after"), [("⒆", "⒇"), ("⑲", "⑳"), ("㉟", "㊱"), ("㈨", "㈩")])
def test_the_last_sign_of_a_series_follows_too(text: str, after: str) -> None:
    label = read(text + "修路")
    assert label is not None
    assert successor(label) == after
