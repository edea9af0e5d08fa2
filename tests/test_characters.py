"""The characters of a fragment: a table of cases, and properties."""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from govreport.characters import _UNSEEN_BUT_SPACE, OCR_READINGS, Clean, clean, repairs
from govreport.signs import HAN, SILENT
from govreport.source import Traced
from govreport.stand_ins import read_plainly
from govreport.unicode_tables import READINGS
from shared import shared

TABLE = Path(__file__).parent / "cases/characters/characters.toml"
CASES = tomllib.loads(TABLE.read_text("utf-8"))
ROWS = [(kind, before, after) for kind, rows in CASES.items() for before, after in rows.items()]
STAYS = ("blanks-that-stay", "not-misread", "untouched")
INVISIBLE = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")
#: What is content; U+E5E5 is how GB 18030-2000 coded the ideographic space.
SOLID = regex.compile(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uE5E5\uFFFE\uFFFF]")
PIECES = (
    *"0123456789１２.．%％‰OolI|]工一二○〇。·•〈《-—（）()[万亿年月个百分点",
    *("个百分点", "市", "县)", "⺠", "⼯", "⸺", "\ue5e5", "a", "b", "ｶ", "あ", "ی", "😀", "□"),
    *(" ", " ", "\t", "\u3000", "\u00a0", "\u200b", "\u200c", "\u200d", "\x0b", "\x85", "\u2028"),
    *("\x00", "\ud800", "\ufffe", "\ufeff", "\u0301"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.text(
    st.characters(exclude_categories=()), max_size=24
)


def traced(text: str) -> Traced:
    return Traced(text, 0)


def cleaned(text: str) -> str:
    return clean(traced(text)).text.text


@pytest.mark.parametrize(("kind", "before", "after"), ROWS)
def test_as_printed(kind: str, before: str, after: str) -> None:
    assert cleaned(before) == after


@pytest.mark.parametrize(("kind", "before", "after"), ROWS)
def test_what_is_right_stays(kind: str, before: str, after: str) -> None:
    assert cleaned(after) == after


def test_cases_that_stay_are_written_once() -> None:
    assert all(before == after for kind, before, after in ROWS if kind in STAYS)


@given(TEXTS)
def test_twice_is_once(text: str) -> None:
    once = clean(traced(text)).text
    assert clean(once).text == once


@given(TEXTS)
def test_each_character_stands_for_its_own(text: str) -> None:
    """What is solid comes out in order, as itself or as one of its readings; nothing else does."""
    out = clean(traced(text)).text
    came = [out.offset(at) for at in range(len(out))]
    assert came == sorted(came)
    assert {at for at in came if SOLID.match(text[at])} == {
        match.start() for match in SOLID.finditer(text)
    }
    for at, (sign, source) in enumerate(zip(out.text, came, strict=True)):
        read = READINGS.get(text[source], text[source])
        assert sign in read or sign == OCR_READINGS.get(read) or sign.isspace(), at


@given(TEXTS)
def test_nothing_invisible_is_left_but_joiners(text: str) -> None:
    left = set(INVISIBLE.findall(cleaned(text))) - set("\u200c\u200d\t")
    assert left == set()


@given(TEXTS)
def test_closed_places_lie_between_characters(text: str) -> None:
    out = clean(traced(text))
    assert list(out.closed) == sorted(set(out.closed))
    assert all(0 <= at <= len(out.text) for at in out.closed)


def test_places_are_the_source_s_own() -> None:
    out = clean(Traced("年，⸺增 长1 O%", 7)).text
    assert out.text == "年，——增长1 O%".replace("1 O", "1 O")
    assert [out.offset(at) for at in range(6)] == [7, 8, 9, 9, 10, 12]


def test_spaced_lines_and_closed_blanks_are_told() -> None:
    out = clean(traced("民 主 监 督 工 作"))
    assert out.spaced
    assert out.closed == (1, 2, 3, 4, 5)
    assert not clean(traced("增长 5%，其中")).spaced


def test_readings_of_recognition_are_one_sign_for_one() -> None:
    """So that edits can follow them: a source character, and what it is read as."""
    assert all(len(sign) == len(read) == 1 for sign, read in OCR_READINGS.items())
    assert not OCR_READINGS.keys() & READINGS.keys()


def test_what_shows_nothing_cannot_be_printed() -> None:
    """So that a text which can be printed need not be searched for it."""
    unseen = [sign for sign in map(chr, range(sys.maxunicode + 1)) if _UNSEEN_BUT_SPACE.match(sign)]
    assert len(unseen) > 100
    assert [sign for sign in unseen if sign.isprintable()] == ["⸺"]


def test_radicals_are_all_read() -> None:
    for code in [*range(0x2E80, 0x2FE0)]:
        sign = chr(code)
        if unicodedata.category(sign) != "Cn" and sign != "⺀":
            assert cleaned(sign) != sign, f"U+{code:04X}"


@pytest.mark.parametrize("name", ["dev", "train"])
def test_clean_text_stays_as_it_is(name: str) -> None:
    import json

    for path in shared("bench", name).glob("*/gold.json"):
        for _, text, *_ in json.loads(path.read_text("utf-8"))["blocks"]:
            assert cleaned(text) == text


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "a ",
        "工 ",
        "1 ",
        "1O",
        "1.",
        "〈",
        "《a",
        "\u200b",
        "a\u200b ",
        "|",
        "l1",
        "○",
        "]",
        "工0",
    ],
)
def test_hostile_input_stays_linear(piece: str) -> None:
    assert len(cleaned("工" + piece * 50_000 + "b")) <= 50_000 * len(piece) + 2


@given(st.lists(TEXTS, max_size=8))
def test_all_at_once_is_one_by_one(texts: list[str]) -> None:
    given = [traced(read_plainly(text)) for text in texts]
    found = repairs(given)
    for k, text in enumerate(given):
        one = Clean(found.texts[k], found.closed.get(k, ()), k in found.spaced)
        assert one == clean(text)


def test_classes_are_those_of_unicode() -> None:
    """They are written out, since ``re`` knows no classes by name."""
    silent, han = re.compile(f"[{SILENT}]"), re.compile(f"[{HAN}]")
    category = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")
    script = regex.compile(r"\p{Han}")
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if not sign.isspace():
            assert bool(silent.match(sign)) == bool(category.match(sign)), hex(code)
        if unicodedata.category(sign) != "Cn" and script.match(sign):
            assert han.match(sign), hex(code)
        elif unicodedata.category(sign).startswith(("L", "N")):
            assert not han.match(sign), hex(code)


def test_what_is_read_right_closes_up_and_is_read_on() -> None:
    out = clean(Traced("到 二○ 18年", 0))
    assert (out.text.text, out.closed) == ("到二〇18年", (1, 3))
    out = clean(Traced("到二○ 12 年", 0))
    assert (out.text.text, out.closed) == ("到二〇12年", (3, 5))
    assert clean(Traced("l1O.5lO2。2lO%○", 0)).text.text == "110.5102.210%○"


def test_each_stand_in_is_read_alone_as_among_others() -> None:
    single = {sign: plain for sign, plain in READINGS.items() if len(plain) == 1}
    assert {sign: read_plainly(f"工{sign}\n") for sign in single} == {
        sign: f"工{plain}\n" for sign, plain in single.items()
    }
    assert read_plainly("\ud800工\U00020000") == "\ud800工\U00020000"


@given(
    st.text(st.sampled_from("工⸺⺀⺇⺠⼈⽣豈\uf900\ufa6c\udc00\ud800\ufeff\U0002f800\U0001f600"))
)
def test_stand_ins_are_read_all_at_once_as_one_by_one(text: str) -> None:
    read = [READINGS.get(sign, sign) for sign in text]
    wanted = "".join(
        each if len(each) == 1 else sign for sign, each in zip(text, read, strict=True)
    )
    assert read_plainly(text) == wanted
    assert (read_plainly(text) is text) == (wanted == text)
