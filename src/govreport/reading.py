"""What is done with each source of many, in this process or sent to another one."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from govreport.errors import GovreportError
from govreport.pipeline import parse, parse_bytes, parse_file
from govreport.profile import Profile
from govreport.report import Report

__all__ = ["Given", "PackedReading", "Reading", "unpacked"]

#: What can be parsed: a page's text, its bytes, or its file; text and bytes also with a name.
Given: TypeAlias = str | bytes | os.PathLike[str] | tuple[str, str | bytes]


@attrs.frozen(kw_only=True)
class Reading:
    """What is done with each source; the arguments are those of `parse_many`."""

    then: Callable[[Report], Any] | None
    profile: Profile | None
    encoding: str | None
    evidence: bool

    def __call__(self, given: Given) -> Any:
        """The report, or what is to be made of it."""
        report = self._report(given)
        if self.then is not None:
            return self.then(report)
        return report if self.evidence else attrs.evolve(report, evidence=None)

    def tried(self, given: Given) -> tuple[Any, Exception | None]:
        """What became of a source, or what kept it from it."""
        try:
            return self(given), None
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this source's
            return None, error

    def packed(self) -> PackedReading:
        """The reading as it is sent to other processes.

        Raises:
            Exception: It cannot be pickled; mostly because `then` cannot be found by its name.
        """
        return PackedReading(pickle.dumps(self))

    def _report(self, given: Given) -> Report:
        match given:
            case str():
                return parse(given, profile=self.profile)
            case bytes():
                return parse_bytes(given, encoding=self.encoding, profile=self.profile)
            case (str(name), str() | bytes() as page):
                report = self._report(page)
                return attrs.evolve(report, source=attrs.evolve(report.source, name=name))
            case os.PathLike():
                return parse_file(Path(given), encoding=self.encoding, profile=self.profile)
        raise TypeError(
            f"a source is str, bytes, a path or (name, page), not {type(given).__name__}"
        )


@attrs.frozen
class PackedReading:
    """A reading as it is sent: packed once, and unpacked once in each process."""

    data: bytes

    def __call__(self, numbered: tuple[int, Given]) -> bytes:
        """What became of a source, packed."""
        value, error = _reading(self.data).tried(numbered[1])
        try:
            return pickle.dumps((value, _portable(error)))
        except Exception as fault:  # noqa: BLE001 - a value that cannot be pickled is its source's
            return pickle.dumps((None, _portable(fault)))


@cache
def _reading(data: bytes) -> Reading:
    reading: Reading = pickle.loads(data)  # noqa: S301 - from our own parent process
    return reading


def _portable(error: Exception | None) -> Exception | None:
    """The error with its traceback as a note; in words, where it does not survive pickling."""
    if error is None:
        return None
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - many classes cannot be made again from their arguments
        return GovreportError(f"{type(error).__name__}: {error}")
    return error


def unpacked(packed: bytes) -> tuple[Any, Exception | None]:
    """What a packed reading sent back."""
    try:
        value, error = pickle.loads(packed)  # noqa: S301 - from our own child process
    except Exception as fault:  # noqa: BLE001 - the value's own unpickling
        return None, fault
    return value, error
