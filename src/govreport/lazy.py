"""Patterns that are compiled when they are first used, so that importing stays cheap."""

from __future__ import annotations

from functools import cache

import regex

__all__ = ["pattern"]


@cache
def pattern(source: str, flags: int = 0) -> regex.Pattern[str]:
    """A compiled pattern, compiled once.

    >>> pattern("工作+").findall("工作作")
    ['工作作']
    """
    return regex.compile(source, flags)
