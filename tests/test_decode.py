"""Bytes and their encodings; remarks on the characters that they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.decode import Decoded, UnknownEncoding, decode
from govreport.errors import GovreportError
from govreport.remarks import remarks
from work import grows

REPORTS = sorted((Path(__file__).parent.parent / "examples" / "reports").glob("*.md"))
WIDE = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "big5hkscs", "cp950", *WIDE]
WORDS = "现在，我代表市人民政府向大会报告工作，请予审议。"


def texts() -> list[tuple[str, str]]:
    return [(path.stem, path.read_text("utf-8")) for path in REPORTS]


def codes(text: str) -> list[str]:
    return [each.code for each in remarks(text)]


# ---- what encoding it is


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("name", "text"), texts())
def test_example_reports_come_back(name: str, text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")  # Big5 has not all of the simplified characters
    want = data.decode(encoding)
    for size in (len(want), 400, 60):
        assert decode(want[:size].encode(encoding)).text == want[:size]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_sentence_is_enough(encoding: str) -> None:
    found = decode(WORDS.encode(encoding))
    assert found == Decoded(text=WORDS, encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_file_cut_off_inside_a_character(encoding: str, cut: int) -> None:
    data = WORDS.encode(encoding)
    found = decode(data[:-cut])
    assert found.encoding == encoding
    assert found.text.startswith(WORDS[:-1])


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"", "", "utf-8"),
        (b"\n\n", "\n\n", "utf-8"),
        (b"plain ASCII", "plain ASCII", "utf-8"),
        (b"a\0b", "a\0b", "utf-8"),
        (b"\0" * 8, "\0" * 8, "utf-8"),
        ("工\0作".encode(), "工\0作", "utf-8"),
        (b"\xef\xbb\xbf", "", "utf-8"),
        (b"\xff\xfe", "", "utf-16-le"),
        (b"\x84\x31\x95\x33\xb9\xa4", "工", "gb18030"),
        ("A1\n".encode("utf-16-le"), "A1\n", "utf-16-le"),
        ("报告 2024\r\n".encode("utf-16-be"), "报告 2024\r\n", "utf-16-be"),
        ("你好".encode("gbk"), "你好", "gb18030"),
        ("今年的預算及各項措施".encode("big5"), "今年的預算及各項措施", "big5hkscs"),
    ],
)
def test_encodings_of_short_and_odd_bytes(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == Decoded(text=text, encoding=encoding)


def test_the_encoding_shows_late() -> None:
    text = "work report " * 40_000 + "工作报告"
    assert decode(text.encode("gbk")) == Decoded(text=text, encoding="gb18030")


def test_the_ideographic_space_of_old_fonts_is_one() -> None:
    assert decode("工作".encode("gbk") + b"\xa3\xa0", "gb18030").text == "工作\u3000"


# ---- what no encoding explains


def test_spoilt_bytes_are_kept_beside_the_text() -> None:
    found = decode(WORDS.encode() + b"\xff\xfe\n" + WORDS.encode() + b"\xe5")
    assert found.encoding == "utf-8"
    assert found.replaced == ((len(WORDS), b"\xff\xfe"), (2 * len(WORDS) + 2, b"\xe5"))
    assert all(found.text[at] == "\ufffd" for at, _ in found.replaced)
    assert [each.span.start for each in found.remarks()] == [at for at, _ in found.replaced]


def test_another_script_s_bytes_are_replaced_not_guessed() -> None:
    found = decode(("Доклад о работе правительства. " * 4).encode("koi8-r"))
    assert found.encoding == "utf-8"
    assert {each.code for each in found.remarks()} == {"undecodable"}


def test_many_lost_places_have_one_remark_for_the_rest() -> None:
    found = decode(b"a\xff" * 1000, "utf-8")
    assert len(found.replaced) == 1000
    assert found.remarks()[-1].message == "980 places more hold bytes that are no utf-8"


@given(st.binary(max_size=80), st.sampled_from([None, *ENCODINGS, "latin-1", "utf-7", "punycode"]))
def test_nothing_is_raised_and_nothing_lost(data: bytes, encoding: str | None) -> None:
    found = decode(data, encoding)
    assert decode(data, encoding) == found
    for at, lost in found.replaced:
        assert found.text[at] == "\ufffd"
        assert lost in data


@given(st.binary(max_size=80))
def test_what_was_replaced_goes_back(data: bytes) -> None:
    found = decode(data, "utf-8")
    places = dict(found.replaced)
    back = [places.get(at, sign.encode("utf-8")) for at, sign in enumerate(found.text)]
    assert b"".join(back) in (data, data.removeprefix(b"\xef\xbb\xbf"))


def test_garbage_costs_what_its_length_is() -> None:
    data = bytes(range(256))
    assert decode(data * 4_000).encoding == "utf-8"
    assert grows(lambda count: decode(data * count).remarks(), 400, 1_600) < 1.1


@pytest.mark.parametrize("name", ["nope", "", "x\0y", "base64", "rot13", "hex", "undefined"])
def test_unknown_encodings_are_one_typed_error(name: str) -> None:
    with pytest.raises(UnknownEncoding, match="no text encoding is called") as error:
        decode(b"x", name)
    assert isinstance(error.value, GovreportError)


# ---- remarks


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (WORDS, []),
        ("work report, naïve «café»… élève", []),
        ("一\t二\r\n三\f四\u2028五", []),
        ("", ["empty"]),
        (" \n\u3000\u200b", ["empty"]),
        ("\0", ["empty", "control-characters"]),
        ("工\0\x01作\x07", ["control-characters"] * 2),
        ("工\ud800作\ufffe", ["control-characters"] * 2),
        ("工\ue000作", ["private-use"]),
        ("\U000f0000", ["private-use"]),
        ("\ue5e5工作\ue78d", []),
        ("工\ufffd\ufffd作\ufffd", ["replacement-character"] * 2),
        ("□工作■", []),
        ("锟斤拷锟斤拷", ["mojibake"]),
        ("烫烫烫烫", ["mojibake"]),
        ("水很烫，烫烫的", []),
        ("屯屯屯屯", ["mojibake"]),
        ("ï»¿工作", ["mojibake"]),
        ("í\xa0€í\xa0€", []),  # would be surrogates, which no UTF-8 holds
        (bytes.fromhex("E5B7A5EDA080").decode("gbk"), []),
    ],
)
def test_remarks(text: str, want: list[str]) -> None:
    assert codes(text) == want


WRONG_WAYS = [
    ("utf-8", "latin-1", "UTF-8 that was read as Latin-1 or CP1252"),
    ("utf-8", "cp1252", "UTF-8 that was read as Latin-1 or CP1252"),
    ("gbk", "latin-1", "GBK that was read as Latin-1"),
    ("utf-8", "gbk", "UTF-8 that was read as GBK"),
    ("utf-8", "gb18030", "UTF-8 that was read as GBK"),
]


@pytest.mark.parametrize(("was", "read", "said"), WRONG_WAYS)
@pytest.mark.parametrize(("name", "text"), texts())
def test_wrong_decodings_are_seen(name: str, text: str, was: str, read: str, said: str) -> None:
    wrong = text.encode(was, "ignore").decode(read, "replace")
    found = [each.message for each in remarks(wrong) if each.code == "mojibake"]
    assert found[0] == f"this looks like {said}"
    assert len(found) <= 4
    assert codes(text) == []


@pytest.mark.parametrize(("was", "read", "said"), WRONG_WAYS)
def test_three_characters_are_enough(was: str, read: str, said: str) -> None:
    wrong = "报告书".encode(was).decode(read, "replace")
    assert "mojibake" in codes(wrong)


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_remarks_never_fail_and_lie_inside(text: str) -> None:
    for each in remarks(text):
        assert 0 <= each.span.start <= each.span.end <= len(text)


@pytest.mark.parametrize("piece", ["\0", "\0a", "ï", "ä¸", "鏀", "烫", "ÿ", "é»", "锟"])
def test_remarks_on_hostile_input_stay_few(piece: str) -> None:
    assert len(remarks(piece * 100_000)) <= 22


def test_the_handler_of_lost_bytes_is_for_bytes_alone() -> None:
    """It has a name that all of a process can see; for encoding it does nothing."""
    assert decode("報告".encode("big5"), "big5").text == "報告"
    with pytest.raises(UnicodeEncodeError):
        "報告".encode("ascii", "govreport.escape")
