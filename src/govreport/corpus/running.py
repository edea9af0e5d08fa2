"""One run: what is not yet done is parsed in several processes, written, and entered."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

import attrs

from govreport._version import __version__
from govreport.corpus.folder import Folder
from govreport.corpus.inputs import Input
from govreport.corpus.manifest import Entry, Known
from govreport.corpus.outputs import MANY, Rendered, Rendering, digest, output_name, write
from govreport.many import Parsed, parse_many
from govreport.profile import Profile

__all__ = ["Job", "run"]

Results = Iterator[Parsed[Rendered]]


@attrs.frozen(kw_only=True)
class Job:
    """What is to be done with each input.

    Args:
        to: The format.
        profile: What is known of the pages.
        jobs: Processes; all cores where none is given.
        shard: Reports to a file, in formats of which one file holds many.
    """

    to: str
    profile: Profile
    jobs: int | None = None
    shard: int = 500

    def entry(self, task: _Task, **values: object) -> Entry:
        """An entry of this run."""
        made = {"output": None, "output_sha256": None, "error": task.error, **values}
        return Entry(
            name=task.name,
            sha256=task.sha256,
            version=__version__,
            to=self.to,
            profile=self.profile.name,
            **made,  # type: ignore[arg-type]
        )


@attrs.frozen(kw_only=True)
class _Task:
    """An input without its data."""

    name: str
    sha256: str
    error: str | None


@attrs.frozen(kw_only=True)
class _Unit:
    """The inputs of one output file, and their entries where an earlier run has done them."""

    output: str
    tasks: tuple[_Task, ...]
    done: tuple[Entry, ...] | None

    @property
    def awaited(self) -> int:
        """How many results are to come for it."""
        return 0 if self.done else sum(task.error is None for task in self.tasks)


def run(
    found: Iterable[Input], job: Job, folder: Folder, tell: Callable[[Entry, bool], None]
) -> None:
    """Runs a job over inputs into a folder.

    Args:
        found: The inputs.
        job: What is done with them.
        folder: Where the outputs go.
        tell: Called for each input when it is done, with whether it was done only now.
    """
    plan = deque[_Unit]()
    results = parse_many(
        _sources(found, job, folder, plan),
        then=Rendering(job.to),
        jobs=job.jobs,
        profile=job.profile,
    )
    outputs = set[str]()
    try:
        for unit, own in _matched(results, plan):
            entries = unit.done or _made(unit, own, job, folder)
            folder.enter(entries, new=not unit.done)
            outputs.update(each.output for each in entries if each.output is not None)
            for each in entries:
                tell(each, not unit.done)
    finally:
        results.close()
    folder.settle(outputs)


def _matched(results: Results, plan: deque[_Unit]) -> Iterator[tuple[_Unit, Results]]:
    """Each unit of the plan with the results that are its own, both in the order of the inputs."""
    for parsed in results:
        while not plan[0].awaited:
            yield plan.popleft(), iter(())
        unit = plan.popleft()
        yield unit, chain((parsed,), islice(results, unit.awaited - 1))
    while plan:
        yield plan.popleft(), iter(())


def _sources(
    found: Iterable[Input], job: Job, folder: Folder, plan: deque[_Unit]
) -> Iterator[tuple[str, bytes | str]]:
    """The inputs that are to be parsed; each unit goes on the plan before its inputs go out."""
    for output, held in _grouped(found, job):
        tasks = tuple(_Task(name=x.name, sha256=_sha256(x.data), error=x.error) for x in held)
        unit = _Unit(output=output, tasks=tasks, done=_done(output, tasks, folder))
        plan.append(unit)
        if unit.done is None:
            yield from ((each.name, each.data) for each in held if each.error is None)


def _grouped(found: Iterable[Input], job: Job) -> Iterator[tuple[str, Sequence[Input]]]:
    """The inputs by the output they go into."""
    if job.to not in MANY:
        yield from ((output_name(each.name, job.to), (each,)) for each in found)
        return
    rest, number = iter(found), 0
    while some := tuple(islice(rest, job.shard)):
        yield f"part-{number:05}{MANY[job.to]}", some
        number += 1


def _sha256(data: bytes | str) -> str:
    page = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(page).hexdigest()


# ---- what an earlier run has done


def _done(output: str, tasks: Sequence[_Task], folder: Folder) -> tuple[Entry, ...] | None:
    """The entries of a unit that need not be done again: same inputs, same version, same bytes."""
    entries = tuple(_entry(task, folder.before) for task in tasks)
    known = tuple(entry for entry in entries if entry is not None)
    written = [entry for entry in known if entry.output is not None]
    count, sha256 = folder.before.outputs.get(output, (0, None))
    fits = (
        len(known) == len(tasks)
        and count == len(written)
        and all(entry.output == output for entry in written)
        and all(entry.output_sha256 == sha256 for entry in written)
    )
    if not fits or (written and digest(folder.path / output) != sha256):
        return None
    return known


def _entry(task: _Task, before: Known) -> Entry | None:
    entry = before.entries.get(task.name)
    same = entry is not None and (entry.sha256, entry.error, entry.version) == (
        task.sha256,
        task.error,
        __version__,
    )
    return entry if same else None


# ---- what is done now


def _made(unit: _Unit, own: Results, job: Job, folder: Folder) -> tuple[Entry, ...]:
    outcomes = list[Parsed[Rendered]]()
    write(_values(own, outcomes), folder.partial(), job.to)
    sha256 = None
    if any(each.error is None for each in outcomes):
        sha256 = digest(folder.partial())
        folder.keep(unit.output)
    left = iter(outcomes)
    return tuple(
        job.entry(task)
        if task.error is not None
        else _outcome(task, next(left), job, output=unit.output, output_sha256=sha256)
        for task in unit.tasks
    )


def _values(own: Results, outcomes: list[Parsed[Rendered]]) -> Iterator[object]:
    """What is to be written; what became of each input is noted on the way."""
    for parsed in own:
        if parsed.error is None:
            rendered = parsed.get()
            yield rendered.value
            parsed = attrs.evolve(parsed, value=attrs.evolve(rendered, value=None))  # noqa: PLW2901
        outcomes.append(parsed)


def _outcome(task: _Task, parsed: Parsed[Rendered], job: Job, **output: str | None) -> Entry:
    if parsed.error is not None:
        return job.entry(task, error=f"{type(parsed.error).__name__}: {parsed.error}")
    return job.entry(task, diagnostics=parsed.get().diagnostics, **output)
