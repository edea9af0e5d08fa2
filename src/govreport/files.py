"""Files for the command: read whole, written whole or not at all, never the same file both ways."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

__all__ = ["STANDARD", "RefusedError", "read_bytes", "refuse_same", "write_pieces", "write_text"]

#: The name that stands for standard input or output.
STANDARD: Final = "-"


class RefusedError(Exception):
    """What the command cannot do, said in a line."""


def read_bytes(name: str) -> bytes:
    """What a file or standard input holds."""
    try:
        if name == STANDARD:
            return _open(sys.stdin, "standard input").buffer.read()
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise _refused(name, error) from error


def refuse_same(source: str, target: str) -> None:
    """Refuses to read and write one file, under whatever names it goes."""
    read, written = _status(source, sys.stdin), _status(target, sys.stdout)
    if not read or not written or not stat.S_ISREG(read.st_mode):
        return
    if os.path.samestat(read, written):
        raise RefusedError(f"{source} and {target} are the same file")


def _status(name: str, stream: TextIO | None) -> os.stat_result | None:
    try:
        if name != STANDARD:
            return Path(name).stat()
        return os.fstat(stream.fileno()) if stream else None
    except (OSError, ValueError):  # not there yet, or a stream without a file of its own
        return None


def write_text(name: str, text: str) -> None:
    """Writes UTF-8 that ends with a line end.

    A lone surrogate, which UTF-8 cannot hold, is written as its escape.
    """
    write_pieces(name, (text,))


def write_pieces(name: str, pieces: Iterable[str]) -> None:
    """Writes a text piece by piece, as :func:`write_text` does.

    A file is new as a whole or as it was: where making a piece fails, nothing is written.
    """
    if name == STANDARD:
        stream = _open(sys.stdout, "standard output")
        for piece in _ended(pieces):
            stream.write(piece)
        stream.flush()
        return
    data = (piece.encode("utf-8", "backslashreplace") for piece in _ended(pieces))
    try:
        target = Path(name).resolve()  # a link stays a link
        if target.exists() and not target.is_file():  # a pipe or a device
            with target.open("wb") as device:
                device.writelines(data)
        else:
            _replace(target, data)
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise _refused(name, error) from error


def _ended(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces, with a line end after the last."""
    last = ""
    for piece in pieces:
        yield piece
        last = piece or last
    if not last.endswith("\n"):
        yield "\n"


def _replace(target: Path, data: Iterable[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:64]}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(data)
        new.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        new.replace(target)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _open(stream: TextIO | None, name: str) -> TextIO:
    if stream is None:  # closed by whoever started the process
        raise RefusedError(f"{name} is closed")
    return stream


def _refused(name: str, error: Exception) -> RefusedError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return RefusedError(f"{name}: {reason}")
