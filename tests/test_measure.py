"""The measure: what column the lines of a text were set to."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govreport import likeliest, likelihood
from govreport.measure import MAXIMUM, MINIMUM, lent, never_wrapped, track, unwrapped
from govreport.steady import steady, unrivalled
from work import grows

WIDTHS = st.lists(st.floats(0, 120).map(lambda x: round(2 * x) / 2), max_size=60)


def column(width: float, paragraphs: int, seed: int = 1) -> list[float]:
    """The widths of lines as a compositor fills them: some short, paragraphs begun and ended."""
    rng = random.Random(seed)
    out = []
    for _ in range(paragraphs):
        short = [rng.choice([0, 0, 0, 0, 0.5, 1]) for _ in range(rng.randrange(2, 9))]
        out += [width - 2, *(width - less for less in short), rng.randrange(2, int(width))]
    return out


@pytest.mark.parametrize("width", [8, 10, 12, 14.5, 17, 20, 24.5, 28, 33, 40, 45])
def test_a_column_s_own_width(width: float) -> None:
    assert set(track(column(width, 12))) == {width}


@pytest.mark.parametrize(("first", "second"), [(14, 20), (28, 17), (12, 24), (20, 28)])
def test_it_changes_with_the_column(first: float, second: float) -> None:
    one, two = column(first, 12), column(second, 12, 2)
    found = track(one + two)
    assert set(found[: len(one) - 8]) == {first}
    assert set(found[len(one) + 8 :]) == {second}


def test_text_that_was_never_wrapped_has_none() -> None:
    rng = random.Random(3)
    assert set(track([rng.randrange(4, 300) for _ in range(80)])) == {None}


@pytest.mark.parametrize(
    "widths", [[], [0], [12], [12, 12], [500], [0, 0, 0], [3, 4, 5], [1.5] * 9]
)
def test_few_lines_tell_nothing(widths: list[float]) -> None:
    assert set(track(widths)) <= {None}


def test_what_is_not_known_is_not_heard() -> None:
    """Torn lines end anywhere; they must not put a measure forward."""
    widths = column(20, 12)
    torn = [w if k % 3 else 9.0 for k, w in enumerate(widths)]
    assert set(track(torn, known=[k % 3 != 0 for k in range(len(torn))])) == {20}


@pytest.mark.xfail(strict=True, reason="first lines, two em less, outnumber the full ones")
def test_paragraphs_of_two_lines_tell_the_measure_too() -> None:
    widths = [7, 26, 28, 1, 26, 28, 9, 5, 25.5, 26, 11, 5, 26, 28, 11, 14, 7, 26, 16, 23, 20, 22]
    assert set(track([*widths, 26, 24, 9, 26, 1, 13, 26, 2])) == {28}


@given(WIDTHS)
def test_a_measure_for_each_line_within_bounds(widths: list[float]) -> None:
    found = track(widths)
    assert len(found) == len(widths)
    assert all(m is None or MINIMUM <= m <= MAXIMUM for m in found)
    assert track(widths) == found


@given(WIDTHS)
def test_unknown_widths_do_not_matter(widths: list[float]) -> None:
    known = [k % 2 == 0 for k in range(len(widths))]
    other = [w if ok else 7.5 for w, ok in zip(widths, known, strict=True)]
    same = track(widths, known=known) == track(other, known=known)
    # Only a stretch without a measure looks whether its lines fit beside the next one's.
    assert same or None in track(widths, known=known) or None in track(other, known=known)


def test_long_texts_cost_what_their_length_is() -> None:
    widths = column(20, 12_000)
    assert len(track(widths)) == len(widths)
    assert grows(lambda count: track(widths[:count]), 2_000, 8_000) < 1.1


def best_score(lines: list[int], candidates: tuple[float, ...]) -> float:
    """The plain recursion over all states, which `track` may only be quicker than."""
    scores = {m: likelihood.told(m, lines[0]) for m in candidates}
    for line in lines[1:]:
        scores = {
            m: likelihood.told(m, line)
            + max(score + change(before, m) for before, score in scores.items())
            for m in candidates
        }
    return max(scores.values())


def change(before: float, after: float) -> float:
    if before == after:
        return likelihood.STAY
    near = before and after and abs(before - after) <= 2.5
    return likelihood.CHANGE + (likelihood.NEAR if near else 0.0)


@given(st.lists(st.integers(0, 110) | st.integers(0, 110).map(lambda s: ~s), min_size=1))
def test_no_path_is_likelier(lines: list[int]) -> None:
    assert_likeliest(lines, (0.0, 9.0, 17.0, 18.5, 20.0, 28.0))


@given(st.lists(st.sampled_from([18, 36, 37, 34, 40, 52, 56, 100]), min_size=20, max_size=240))
def test_no_path_is_likelier_where_measures_rival(lines: list[int]) -> None:
    assert_likeliest(lines, (0.0, 9.0, 18.0, 18.5, 20.0, 28.0))


@pytest.mark.parametrize("other", [9, 18.5, 24])
def test_no_path_is_likelier_where_a_measure_changes(other: float) -> None:
    lines = [round(2 * w) for w in column(20, 8) + column(other, 4) + column(20, 8, 2)]
    assert_likeliest(lines, (0.0, 9.0, 17.0, 18.5, 20.0, 24.0))


def assert_likeliest(lines: list[int], candidates: tuple[float, ...]) -> None:
    path = likeliest.best_path(lines, (candidates,))
    measure = steady(lines, (candidates,))
    if measure is not None:
        assert set(path) == {measure}
    told = sum(likelihood.told(m, line) for m, line in zip(path, lines, strict=True))
    told += sum(change(a, b) for a, b in pairwise(path))
    assert told == pytest.approx(best_score(lines, candidates), abs=1e-6)


@pytest.mark.parametrize("strange", [[], [9, 9.5, 12, 9], [14] * 5, [28] * 2, [33, 9, 7, 33]])
def test_a_measure_holds_where_few_lines_speak_against_it(strange: list[float]) -> None:
    widths = [*column(20, 9), *strange, *column(20, 9, 2)]
    candidates = (0.0, 9.0, 14.0, 18.0, 20.0, 28.0, 33.0)
    assert steady([round(2 * w) for w in widths], (candidates,)) == 20
    assert set(track(widths)) == {20}


@pytest.mark.parametrize("other", [[], column(20, 9)])
def test_no_measure_is_plain_where_it_changes(other: list[float]) -> None:
    for widths in (column(20, 9) + column(28, 9) + other, other + column(28, 4) + column(20, 9)):
        steps = [round(2 * w) for w in widths]
        assert steady(steps, ((0.0, 20.0, 28.0),)) is None
        assert set(likeliest.best_path(steps, ((0.0, 20.0, 28.0),))) == {20, 28}


def test_a_measure_that_one_stretch_does_not_put_forward_is_not_plain() -> None:
    lines = [40, 36] * 20
    assert steady(lines, ((0.0, 20.0), (0.0, 18.0))) is None
    assert steady([260, 24, 480], ((0.0,),)) == 0


@given(st.lists(st.integers(0, 400), min_size=1) | st.lists(st.sampled_from([24, 40, 250])))
def test_what_no_measure_can_rival_was_never_wrapped(steps: list[int]) -> None:
    if unrivalled(steps):
        assert set(track([step / 2 for step in steps])) == {None}


def test_a_few_short_lines_amid_long_ones_rival_nothing() -> None:
    assert unrivalled([300, 20, 20, 20, 280, 20, 190, 260])
    assert not unrivalled([300, *[40] * 8, 300])
    assert not unrivalled([40, 40, 40, 40, 300])


def test_a_list_of_long_items_amid_columns() -> None:
    """Lines wider than any column were never wrapped; a short line among them may be a column's."""
    widths = [*column(20, 12), *[80.0, 18.0, 66.0, 91.0] * 6, *column(20, 12)]
    measures = track(widths)
    free = unwrapped(widths, measures)
    assert {is_free for w, is_free in zip(widths, free, strict=True) if w > 25} == {True}
    found = lent(widths, measures, free)
    assert {m for m, w in zip(found, widths, strict=True) if w > 25} == {None}
    assert {m for m, w in zip(found, widths, strict=True) if w < 25} == {20}


def test_text_of_long_lines_was_never_wrapped() -> None:
    assert never_wrapped([120.0, 9.0, 300.0, 12.0])
    assert not never_wrapped(column(20, 12))
    assert never_wrapped([7.0])
