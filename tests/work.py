"""What work costs in calls instead of seconds: the same on every machine, however busy it is.

A loop that runs ever longer calls something in each round, if only a method of ``str``. What one such
call costs by itself is not seen: that expressions are linear ``test_regexes.py`` asks, and what only a
clock can show ``tools/bench/growth.py`` does, by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

__all__ = ["calls", "grows"]

_CONSTANT = 2_000  # tables and patterns that are made once, and what any call begins with


def calls(run: Callable[[], object]) -> int:
    """How many functions are called while something runs, of Python's own and of C."""
    count = 0

    def seen(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


def grows(run: Callable[[int], object], few: int, many: int) -> float:
    """How much faster work grows than its size: 1 is linear; over four times the size, 4 quadratic.

    Args:
        run: Does the work of a size; what it works on must be made before.
        few: A size.
        many: A larger one.
    """
    run(few)  # tables and patterns are made once
    return calls(lambda: run(many)) / (many / few * calls(lambda: run(few)) + _CONSTANT)
