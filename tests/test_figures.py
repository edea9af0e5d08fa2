"""Figures and dates: a table of cases, and properties."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.figures import Figure, scan, spoken_value
from govreport.figures_values import digits_value, ranged_pair, spoken_date
from govreport.listing import figures
from govreport.nodes import Number, Paragraph, Text
from govreport.units import FACTORS

CASES = tomllib.loads((Path(__file__).parent / "cases/figures.toml").read_text(encoding="utf-8"))
SEEN = [(text, want) for key, rows in CASES.items() if key != "nothing" for text, want in rows]
PIECES = st.sampled_from(
    [
        *"0125０３九十百千万亿两一年月日个家元%％.,，-—至第近约多余以上《》“”‘（）/×∶ABkm第从",
        "2018",
        "亿元",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


def written(text: str, figure: Figure) -> str:
    """A figure in the notation of the table."""
    printed = text[figure.start : figure.end]
    if figure.kind == "date":
        return f"{printed} = date {figure.iso or '-'}"
    ends = [figure.value] if figure.high is None else [figure.value, figure.high]
    value = "..".join("?" if end is None else format(end, "f") for end in ends)
    return f"{printed} = {'~' * figure.approximate}{value} {figure.unit}".rstrip()


@pytest.mark.parametrize(("text", "want"), SEEN)
def test_seen(text: str, want: list[str]) -> None:
    assert [written(text, figure) for figure in scan(text)] == want


@pytest.mark.parametrize("text", CASES["nothing"])
def test_no_figure(text: str) -> None:
    assert scan(text) == ()


@given(TEXTS)
def test_total_ascending_inside(text: str) -> None:
    found = scan(text)
    assert scan(text) == found
    last = 0
    for figure in found:
        assert last <= figure.start < figure.end <= len(text)
        last = figure.end
        assert figure.kind == "number" or figure.value is None
        assert figure.iso is None or figure.kind == "date"


@given(TEXTS)
def test_twice_is_shifted(text: str) -> None:
    """A text after itself and a full stop gives its figures twice, if nothing is left open."""
    if set(text) & set("《“「『‘"):
        return
    found = scan("。" + text + "。")
    shift = len(text) + 1
    moved = tuple(
        figure._replace(start=figure.start + shift, end=figure.end + shift) for figure in found
    )
    assert scan("。" + text + "。" + text + "。") == found + moved


@given(
    st.decimals("0.01", "999999", places=2),
    st.sampled_from(["", "万", "亿", "万亿", "千万"]),
    st.sampled_from(["元", "%", "个百分点", "公里", "人次", "千瓦时", "家"]),
    st.booleans(),
)
def test_printed_value_comes_back(value: Decimal, factor: str, unit: str, separators: bool) -> None:
    printed = format(value, ",f" if separators else "f") + factor + unit
    (figure,) = scan(f"达到{printed}，")
    assert figure.value == value.scaleb(FACTORS[factor])
    assert (figure.start, figure.end) == (2, 2 + len(printed))
    assert (figure.unit, figure.high, figure.approximate) == (unit, None, False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("五十六", "56"), ("一百零五", "105"), ("两万五", "25000"), ("三百五", "350"), ("三点一四", "3.14"),
        ("二〇一八", "2018"), ("百分之五", "0.05"), ("一亿三千万", "130000000"), ("3.5万亿", "3500000000000"),
        ("１，２３４", "1234"), ("十", "10"), ("三万亿", "3000000000000"), ("零", "0"), ("四分之一", "0.25"),
    ],
)  # fmt: skip
def test_spoken_value(text: str, value: str) -> None:
    assert spoken_value(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "一带", "点", "分之", "三点", "三五", "百分之", "二分之零分之一", "丙"]
)
def test_no_spoken_value(text: str) -> None:
    assert spoken_value(text) is None


@given(st.one_of(st.text(max_size=12), st.text("零〇一二两三十百千万亿点分之.,-０1", max_size=20)))
def test_spoken_value_is_total(text: str) -> None:
    value = spoken_value(text)
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "1",
            "1,111",
            "一百",
            "“",
            "《",
            "1.",
            "A",
            "5至",
            "1/",
            "2018、",
            "几百",
            "亿",
            "第",
            "，",
        ),
        *("1,234A", "1,2345", "1和", "6亿8", "百分之", "三成", "1个多", "萬"),
    ],
)
def test_hostile_input_stays_linear(piece: str) -> None:
    assert len(scan(piece * 20_000)) <= 60_000


def test_sentence_has_its_closing_marks() -> None:
    text = "他说：“修了12里。”再修3里；明年修5里"
    content = [*scan(text)]
    leaves: list[Text | Number] = []
    at = 0
    for figure in content:
        leaves += [Text(text=text[at : figure.start])]
        leaves += [Number(text=text[figure.start : figure.end])]
        at = figure.end
    rows = list(figures([Paragraph(content=tuple(leaves))]))
    assert [row.sentence for row in rows] == ["他说：“修了12里。”", "再修3里；", "明年修5里"]


def test_endless_sentence_is_cut_around_its_figure() -> None:
    leaves = (Text(text="修，" * 400), Number(text="5里"), Text(text="，桥" * 400))
    (row,) = figures([Paragraph(content=leaves)])
    assert row.sentence.startswith("修，修")
    assert len(row.sentence) == 502


@pytest.mark.parametrize(
    "text", ["千分之百百。", "全市有五大。", "十百个。", "二十大。", "三百百亿元。"]
)
def test_numerals_that_say_nothing_are_no_figures(text: str) -> None:
    assert scan(text) == ()


def test_numerals_that_cannot_be_read_have_no_value() -> None:
    assert spoken_value("三百百亿") is None
    assert ranged_pair("三四百百") is None
    assert spoken_date("一十", "五", None) is None


def test_a_first_number_that_has_its_own_factor_keeps_its_value() -> None:
    assert [(each.value, each.unit) for each in scan("3万和1元")] == [
        (Decimal(30_000), ""),
        (Decimal(1), "元"),
    ]


def test_endless_digits_and_unknown_factors_are_no_value() -> None:
    assert not scan("投资" + "9" * 40 + "元。")
    assert digits_value("3", "打") is None
