"""Work spread over processes: a bounded window, results in order or as they come, deaths survived.

Built on `concurrent.futures`, which it adds four things to. Only a window of the items is ever
taken from their iterable. A process that dies takes its one item with it, and not the whole run.
Processes end when the one that started them does, even if that was killed. And what comes back is
already packed, so that a value that cannot be packed is one item's error.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import connection
from multiprocessing.context import BaseContext
from typing import Any, Final, Generic, TypeVar

import attrs

from govreport.errors import GovreportError

__all__ = ["NoWorkers", "cores", "mapped"]

T = TypeVar("T")
#: Work on one item, its result packed.
Work = Callable[[T], bytes]

#: Chunks in flight for each process: one at work, and some so that none waits for the next.
_AHEAD: Final = 3
#: Windows waits for no more than 63 handles at once.
_MOST_ON_WINDOWS: Final = 60


class NoWorkers(GovreportError, RuntimeError):  # noqa: N818 - reads as the sentence it is
    """No worker process could start."""

    def __init__(self) -> None:
        super().__init__(
            "worker processes die as they start; where they are not forked, they import the main"
            " script again, so that its calls must stand under `if __name__ == '__main__':`"
        )


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@attrs.frozen(kw_only=True)
class _Chunk(Generic[T]):
    """Items under way together."""

    items: tuple[T, ...]
    future: Future[list[bytes]]


def mapped(
    work: Work[T],
    items: Iterable[T],
    *,
    jobs: int,
    chunksize: int,
    ordered: bool = True,
    method: str | None = None,
) -> Generator[tuple[T, bytes | None]]:
    """Each item with what the work made of it; ``None`` where its process died of it.

    Args:
        work: A picklable function that raises nothing.
        items: Taken as they are needed, never more than a window of them.
        jobs: Processes.
        chunksize: Items sent together.
        ordered: Whether results come in the items' order, or as they are done.
        method: How processes start (``fork``, ``forkserver``, ``spawn``); see :func:`context`.

    Raises:
        NoWorkers: No process could start.
    """
    jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
    rest, crew = iter(items), _Crew(jobs=jobs, context=context(method))
    executor, flying = crew.hired(), list[_Chunk[T]]()
    try:
        while True:
            while len(flying) < _AHEAD * jobs and (taken := tuple(islice(rest, chunksize))):
                flying.append(_Chunk(items=taken, future=_sent(executor, work, taken)))
            if not flying:
                return
            at = 0 if ordered else _first_done(flying)
            if isinstance(flying[at].future.exception(), BrokenProcessPool):
                executor.shutdown()
                flying = list(crew.retried(work, flying))
                executor = crew.hired()
            chunk = flying.pop(at)
            yield from zip(chunk.items, _results(chunk), strict=True)
    finally:
        executor.shutdown(cancel_futures=True)


def _results(chunk: _Chunk[Any]) -> list[bytes | None]:
    """The results of a chunk; an empty one stands for a process that died."""
    return [each or None for each in chunk.future.result()]


def _sent(
    executor: ProcessPoolExecutor, work: Work[T], items: tuple[T, ...]
) -> Future[list[bytes]]:
    try:
        return executor.submit(_worked, work, items)
    except BrokenProcessPool as error:  # it broke since the last result was looked at
        return _settled(error=error)


def _settled(
    results: list[bytes] | None = None, *, error: Exception | None = None
) -> Future[list[bytes]]:
    future = Future[list[bytes]]()
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(results or [])
    return future


def _first_done(flying: Sequence[_Chunk[T]]) -> int:
    wait([chunk.future for chunk in flying], return_when=FIRST_COMPLETED)
    return next(k for k, chunk in enumerate(flying) if chunk.future.done())


@attrs.frozen(kw_only=True)
class _Crew:
    """How processes are had."""

    jobs: int
    context: BaseContext

    def hired(self, jobs: int | None = None) -> ProcessPoolExecutor:
        """New processes."""
        return ProcessPoolExecutor(
            self.jobs if jobs is None else jobs, mp_context=self.context, initializer=_begin
        )

    def retried(self, work: Work[T], flying: Iterable[_Chunk[T]]) -> Iterator[_Chunk[T]]:
        """The chunks, those that a death took with it done again, one item a process at a time."""
        executor = self._tried()
        try:
            for chunk in flying:
                if chunk.future.exception() is None:
                    yield chunk
                    continue
                results = list[bytes]()
                for item in chunk.items:
                    try:
                        results += executor.submit(_worked, work, (item,)).result()
                    except BrokenProcessPool:  # this is the one
                        results.append(b"")
                        executor.shutdown()
                        executor = self._tried()
                yield _Chunk(items=chunk.items, future=_settled(results))
        finally:
            executor.shutdown(cancel_futures=True)

    def _tried(self) -> ProcessPoolExecutor:
        """One process that has been seen to live."""
        executor = self.hired(1)
        try:
            executor.submit(cores).result()
        except BrokenProcessPool:
            executor.shutdown()
            raise NoWorkers from None
        return executor


def context(method: str | None = None) -> BaseContext:
    """How processes are started, where the program has not settled it.

    Forking costs nothing and needs no guard in the main script, but is safe only where no thread
    runs, and only on Linux. Elsewhere, as in notebooks, it is what the platform has for safe.

    Args:
        method: What the caller wants.
    """
    settled: str | None = multiprocessing.get_start_method(allow_none=True)
    method = method or settled
    if method is None and sys.platform == "linux":
        method = "fork" if threading.active_count() == 1 else "forkserver"
    return multiprocessing.get_context(method or "spawn")


# ---- in the processes


def _begin() -> None:
    """Leaves Ctrl-C to the parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    connection.wait([parent.sentinel])
    os._exit(1)


def _worked(work: Work[T], items: tuple[T, ...]) -> list[bytes]:
    return [work(item) for item in items]
