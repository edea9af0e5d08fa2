"""The output folder: held by one run at a time, with what an earlier run left, cleaned after."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import attrs

from govreport.corpus.manifest import MANIFEST, Entry, Known, known, line_of
from govreport.corpus.outputs import digest
from govreport.files import RefusedError

__all__ = ["Folder", "opened"]

#: Where what is being written stands; what is left there, the next run writes over.
_PARTIAL: Final = ".partial"
_LOCK: Final = "lock"


@attrs.frozen(kw_only=True)
class Folder:
    """An output folder that this run holds.

    Two manifests are written. ``log`` goes on where the last run stopped, and says what is done as
    soon as it is; ``fresh`` has the entries of this run's inputs alone, in their order, and takes
    its place at the end.

    Args:
        path: The folder.
        before: What an earlier run left.
        log: The manifest that is there.
        fresh: The manifest that will be.
    """

    path: Path
    before: Known
    log: IO[bytes]
    fresh: IO[bytes]

    def partial(self) -> Path:
        """A path for a file that is not yet whole."""
        return self.path / _PARTIAL / "output"

    def keep(self, output: str) -> None:
        """Puts the partial file under its own name, in the place of what was there."""
        target = self.path / output
        target.parent.mkdir(parents=True, exist_ok=True)
        self.partial().replace(target)

    def enter(self, entries: Iterable[Entry], *, new: bool) -> None:
        """Enters what became of some inputs; what is not ``new`` the log has already."""
        lines = b"".join(map(line_of, entries))
        self.fresh.write(lines)
        if new:
            self.log.write(lines)
            self.log.flush()

    def settle(self, outputs: set[str]) -> None:
        """Ends a whole run: the fresh manifest is the manifest, and what it lacks goes.

        Only files that are still as an earlier run made them are removed.
        """
        self.fresh.flush()
        os.fsync(self.fresh.fileno())
        Path(self.fresh.name).replace(self.path / MANIFEST)
        for output, (_, sha256) in self.before.outputs.items():
            if output not in outputs and digest(self.path / output) == sha256:
                (self.path / output).unlink(missing_ok=True)


@contextmanager
def opened(path: Path, *, to: str, profile: str) -> Iterator[Folder]:
    """An output folder, made where it is not there.

    Args:
        path: The folder.
        to: The format.
        profile: The profile's name.

    Raises:
        RefusedError: It cannot be written, holds something else, or another run is at it.
    """
    manifest, partial = path / MANIFEST, path / _PARTIAL
    try:
        if not manifest.exists() and path.exists() and _others(path):
            raise RefusedError(f"{path} holds other files, and no {MANIFEST}")
        partial.mkdir(parents=True, exist_ok=True)
        with (partial / _LOCK).open("ab") as lock:
            _hold(lock, path)
            try:
                before = known(manifest, to=to, profile=profile)
                with manifest.open("ab") as log, (partial / MANIFEST).open("wb") as fresh:
                    yield Folder(path=path, before=before, log=log, fresh=fresh)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RefusedError(f"{error.filename or path}: {error.strerror or error}") from error


def _others(path: Path) -> bool:
    return any(each.name != _PARTIAL for each in path.iterdir())


def _hold(lock: IO[bytes], path: Path) -> None:
    """Takes the lock; the system gives it back when the process ends, however it does."""
    if sys.platform == "win32":
        return
    import fcntl  # noqa: PLC0415 - not on every platform

    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # not handed on to forked workers
    except OSError as error:
        raise RefusedError(f"another run is at {path}") from error
