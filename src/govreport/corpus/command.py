"""The subcommand: its arguments, what it says, its exit status."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from govreport.corpus.folder import opened
from govreport.corpus.inputs import Reading, inputs, total
from govreport.corpus.manifest import MANIFEST, Entry
from govreport.corpus.outputs import MANY, kinds
from govreport.errors import MissingExtra
from govreport.files import RefusedError
from govreport.profile import PRESETS

__all__ = ["add_arguments", "run"]


def add_arguments(sub: argparse.ArgumentParser) -> None:
    """The arguments of ``govreport corpus``."""
    names = ", ".join(kinds())
    add = sub.add_argument
    add("places", nargs="+", metavar="IN", help="folder, file, pattern, .jsonl, .tar, .zip")
    add("-o", "--output", metavar="OUT", required=True, help="a folder")
    add("--to", metavar="FORMAT", choices=kinds(), default="jsonl", help=f"{names}; default: jsonl")
    add("--jobs", type=_positive, metavar="N", help="processes; default: all cores")
    add("--profile", choices=tuple(PRESETS), default="general", help="the family of pages")
    add("--match", metavar="PATTERN", default="*.txt", help="pages of folders; default: *.txt")
    add("--text-field", metavar="NAME", default="text", help="of JSON lines; default: text")
    add("--id-field", metavar="NAME", help="of JSON lines; default: the line's number")
    many = " and ".join(MANY)
    add("--shard", type=_positive, metavar="N", default=500, help=f"reports a file, {many}; 500")
    add("-q", "--quiet", action="store_true", help="say nothing")


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise ValueError
    return number


def run(options: argparse.Namespace) -> int:
    """Parses many pages into a folder; 1 where some could not be read.

    Raises:
        RefusedError: It cannot begin, or not go on.
    """
    from govreport.corpus.running import Job  # noqa: PLC0415 - with processes, which no other
    from govreport.corpus.running import run as run_job  # noqa: PLC0415 - command needs

    out = Path(options.output)
    how = Reading(match=options.match, text=options.text_field, id=options.id_field, without=out)
    job = Job(
        to=options.to,
        profile=PRESETS[options.profile],
        jobs=options.jobs,
        shard=options.shard,
    )
    _needed(options.to)
    counts = Counter[str]()
    with opened(out, to=job.to, profile=job.profile.name) as folder, _bar(options, how) as step:

        def tell(entry: Entry, new: bool) -> None:
            counts["failed" if entry.error else "new" if new else "old"] += 1
            step(entry)

        run_job(inputs(options.places, how), job, folder, tell)
    if not options.quiet:
        said = f"{counts['new']} made, {counts['old']} as they were, {counts['failed']} failed"
        print(f"{said}; {out / MANIFEST}", file=sys.stderr)
    return int(counts["failed"] > 0)


def _needed(to: str) -> None:
    """Says at the start what would fail at the end."""
    if to == "parquet":
        try:
            import govreport.arrow  # noqa: F401, PLC0415 - only to see whether it is there
        except MissingExtra as error:
            raise RefusedError(str(error)) from error


@contextmanager
def _bar(options: argparse.Namespace, how: Reading) -> Iterator[Callable[[Entry], None]]:
    """A bar where there is a terminal and tqdm; errors as they come, unless it is to be quiet."""
    bar = None
    if not options.quiet and sys.stderr.isatty():
        with suppress(ImportError):
            from tqdm import tqdm  # noqa: PLC0415 - an extra

            bar = tqdm(total=total(options.places, how), unit=" reports", file=sys.stderr)

    def step(entry: Entry) -> None:
        if entry.error and not options.quiet:
            line = f"{entry.name}: {entry.error}"
            print(line, file=sys.stderr) if bar is None else bar.write(line, file=sys.stderr)
        if bar is not None:
            bar.update()

    try:
        yield step
    finally:
        if bar is not None:
            bar.close()
