"""Work that makes many objects and no cycles, done without the collector of cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector of cyclic garbage rest meanwhile, if it was at work.

    It walks through all that is alive whenever enough has been made, and a reading makes nothing
    that it could free: on long texts, and beside many other reports, that is a good part of the
    time. What is no longer used is freed at once all the same, by its count of references.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
