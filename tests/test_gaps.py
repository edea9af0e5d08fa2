"""Lost figures seen from grammar: a table of cases, and properties."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport.gaps import RULES, find_gaps

CASES = tomllib.loads((Path(__file__).parent / "cases/gaps.toml").read_text(encoding="utf-8"))
SEEN = [(rule, text) for rule, texts in CASES.items() if rule != "nothing" for text in texts]
PIECES = st.sampled_from(
    [*"第版达到增长个亿万元%，。“”年月日由和分别连续等家项5一∶×", "控制在", "周年", "公里", "PM"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@pytest.mark.parametrize(("rule", "text"), SEEN)
def test_seen(rule: str, text: str) -> None:
    found = find_gaps(text.replace("▲", ""))
    assert [(offset, names) for offset, names, _ in found] == [(text.index("▲"), (rule,))]


@pytest.mark.parametrize("text", CASES["nothing"])
def test_nothing_missing(text: str) -> None:
    assert find_gaps(text) == ()


def test_every_rule_has_a_case() -> None:
    assert set(RULES) == {rule for rule, _ in SEEN}


@given(TEXTS)
def test_total_ascending_inside(text: str) -> None:
    found = find_gaps(text)
    offsets = [offset for offset, _, _ in found]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= len(text) for offset in offsets)
    assert all(names and 0 <= probability <= 1 for _, names, probability in found)
    assert find_gaps(text) == found


@given(
    st.lists(st.sampled_from(["增长", "达到", "第", "和", "，", "亿元", "个", "“"]), max_size=20)
)
def test_filled_places_are_no_gaps(pieces: list[str]) -> None:
    """A figure put into a gap leaves none there."""
    text = "".join(pieces)
    for offset, _, _ in find_gaps(text):
        filled = f"{text[:offset]}5{text[offset:]}"
        assert offset not in [at for at, _, _ in find_gaps(filled)]


@pytest.mark.parametrize("piece", ["第", "达到", "元和", "分别比", "个", "万", "由", "“", "%"])
def test_hostile_input_stays_linear(piece: str) -> None:
    assert len(find_gaps(piece * 100_000)) <= 200_000
