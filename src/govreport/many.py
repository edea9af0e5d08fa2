"""Many reports: parsed in several processes, in bounded memory, errors kept with their source."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import Any, Final, Generic, TypeVar, cast, overload

import attrs

from govreport.errors import GovreportError
from govreport.pool import cores, mapped
from govreport.profile import Profile
from govreport.reading import Given, PackedReading, Reading, unpacked
from govreport.report import Report

__all__ = ["Given", "Parsed", "WorkerDied", "parse_many"]

T = TypeVar("T")

#: Sources sent to a process together: sending costs .3 ms, parsing a page some ten.
CHUNKSIZE: Final = 4


@attrs.frozen(kw_only=True)
class Parsed(Generic[T]):
    """What became of one source of many.

    Args:
        index: Its place among the sources, from 0.
        name: Its name: what was given with it, or its file's path; empty for a bare text.
        value: The report, or what ``then`` made of it; none where there is an error.
        error: What kept it from being read.

    >>> Parsed(index=0, name="a.txt", value="各位代表").get()
    '各位代表'
    """

    index: int
    name: str
    value: T | None = None
    error: Exception | None = None

    def get(self) -> T:
        """The value.

        Raises:
            Exception: The error, where there is one instead.
        """
        if self.error is not None:
            raise self.error
        return cast("T", self.value)


class WorkerDied(GovreportError):  # noqa: N818 - reads as the sentence it is
    """The process that read a source was ended: by the system for want of memory, or by a crash.

    Args:
        name: The source's name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"the process that read {self.name or 'a source'} died"


@overload
def parse_many(
    sources: Iterable[Given],
    *,
    then: None = None,
    jobs: int | None = None,
    chunksize: int = CHUNKSIZE,
    ordered: bool = True,
    profile: Profile | None = None,
    encoding: str | None = None,
    evidence: bool = False,
    start: str | None = None,
) -> Generator[Parsed[Report]]: ...
@overload
def parse_many(
    sources: Iterable[Given],
    *,
    then: Callable[[Report], T],
    jobs: int | None = None,
    chunksize: int = CHUNKSIZE,
    ordered: bool = True,
    profile: Profile | None = None,
    encoding: str | None = None,
    evidence: bool = False,
    start: str | None = None,
) -> Generator[Parsed[T]]: ...
def parse_many(
    sources: Iterable[Given],
    *,
    then: Callable[[Report], Any] | None = None,
    jobs: int | None = None,
    chunksize: int = CHUNKSIZE,
    ordered: bool = True,
    profile: Profile | None = None,
    encoding: str | None = None,
    evidence: bool = False,
    start: str | None = None,
) -> Generator[Parsed[Any]]:
    """Parse many pages, in several processes; the results come one after the other.

    Sources are taken from their iterable as they are needed, so that a stream of them needs no
    more memory than some dozens. What cannot be read is a result with an error, and the rest goes
    on; so it does where a process is killed. To stop early, leave the loop or ``close`` what this
    function returned.

    Args:
        sources: Texts (``str``), pages (``bytes``), files (``Path``), or pairs of a name and a
            text or page.
        then: What to make of each report, in the process that parsed it: a function that can be
            pickled, such as ``Report.to_markdown``. What it returns is sent instead of the report,
            which is cheaper where it is smaller.
        jobs: Processes; all cores where none is given. With 1 all is done in this process.
        chunksize: Sources sent to a process together; more for very short texts.
        ordered: Whether results come in the order of the sources, or as they are done.
        profile: What is known of the family of pages.
        encoding: Of bytes and files; found out where it is not given.
        evidence: Whether reports keep what ``decisions`` needs: to be read again, with the profile.
        start: How processes start, a name of :mod:`multiprocessing`; what is safe, where none is
            given: forked, or where threads run, as in notebooks, by a server or anew.

    Raises:
        ValueError: ``jobs`` or ``chunksize`` is less than 1.
        NoWorkers: No process could start.

    >>> pages = [("a", "提高质\\n量。"), ("b", b"\\xcc\\xe1\\xb8\\xdf\\xd6\\xca\\xc1\\xbf")]
    >>> [(one.name, one.get()) for one in parse_many(pages, then=Report.to_text, jobs=1)]
    [('a', '提高质量。\\n'), ('b', '提高质量\\n')]
    """
    if (jobs is not None and jobs < 1) or chunksize < 1:
        raise ValueError(f"jobs and chunksize are at least 1, not {jobs} and {chunksize}")
    reading = Reading(then=then, profile=profile, encoding=encoding, evidence=evidence)
    if jobs == 1:
        return _here(reading, sources)
    work = reading.packed()  # what cannot be pickled is told now
    return _elsewhere(work, sources, jobs=jobs, chunksize=chunksize, ordered=ordered, start=start)


def _here(reading: Reading, sources: Iterable[Given]) -> Generator[Parsed[Any]]:
    for index, given in enumerate(sources):
        value, error = reading.tried(given)
        yield Parsed(index=index, name=_name(given), value=value, error=error)


def _elsewhere(
    work: PackedReading,
    sources: Iterable[Given],
    *,
    jobs: int | None,
    chunksize: int,
    ordered: bool,
    start: str | None,
) -> Generator[Parsed[Any]]:
    done = mapped(
        work,
        enumerate(sources),
        jobs=jobs or cores(),
        chunksize=chunksize,
        ordered=ordered,
        method=start,
    )
    with closing(done):  # processes end with the loop that leaves off, and not with the collector
        for (index, given), packed in done:
            name = _name(given)
            value, error = (None, WorkerDied(name)) if packed is None else unpacked(packed)
            yield Parsed(index=index, name=name, value=value, error=error)


def _name(given: Given) -> str:
    match given:
        case (name, _):
            return str(name)
        case os.PathLike():
            return os.fspath(given)
    return ""
