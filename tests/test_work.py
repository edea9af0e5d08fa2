"""The measure of work sees what grows faster than it should."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from work import calls, grows


def squared(count: int) -> None:
    for k in range(count):
        for _ in range(k):
            len("")


def by_methods(count: int) -> None:
    text = "a" * count
    while text:
        text = text.removeprefix("a")
        text.split("b")


def linear(count: int) -> None:
    for k in range(count):
        str(k).split("1")


def test_quadratic_work_is_seen() -> None:
    assert grows(squared, 500, 2_000) > 2.5


@pytest.mark.parametrize("work", [linear, by_methods])
def test_linear_calls_are_linear(work: Callable[[int], None]) -> None:
    assert 0.9 < grows(work, 5_000, 20_000) < 1.05


def test_calls_are_the_same_again() -> None:
    assert calls(lambda: linear(100)) == calls(lambda: linear(100)) > 100
