"""The smallest example with a property, as a failing test would show it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, TypeVar

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

T = TypeVar("T")
#: Examples that are looked at before there is none.
_TRIES: Final = 1_000


def smallest(strategy: st.SearchStrategy[T], condition: Callable[[T], bool] = lambda _: True) -> T:
    """The example that a strategy shrinks to: the same in every run, nothing is remembered.

    Args:
        strategy: Where examples come from.
        condition: What must hold of the example.

    Raises:
        hypothesis.errors.NoSuchExample: None was found.

    >>> smallest(st.text("字"), lambda text: len(text) > 1)
    '字字'
    """
    quiet = settings(max_examples=_TRIES, database=None, phases=[Phase.generate, Phase.shrink])
    return find(strategy, condition, settings=quiet, random=Random(0))  # noqa: S311 - repeats
