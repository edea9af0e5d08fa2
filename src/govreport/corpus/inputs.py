"""What a collection is read from: folders, patterns, JSON Lines, archives, single files."""

from __future__ import annotations

import glob
import gzip
import json
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Final

import attrs

from govreport.files import RefusedError

__all__ = ["Input", "Reading", "inputs", "total"]

_TAR: Final = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_LINES: Final = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


@attrs.frozen(kw_only=True)
class Input:
    """One page to be read.

    Args:
        name: What it is called in the manifest; its output is named after it.
        data: The page: bytes of a file, or the text that stood in JSON.
        error: Why there is none.
    """

    name: str
    data: bytes | str = b""
    error: str | None = None


@attrs.frozen(kw_only=True)
class Reading:
    """How inputs are read.

    Args:
        match: Which files of a folder or members of an archive are pages, as a shell pattern.
        text: The field of a JSON line that holds the page.
        id: The field that names it; the line's number where none is given.
        without: A folder that is not looked into: the output's.
    """

    match: str = "*.txt"
    text: str = "text"
    id: str | None = None
    without: Path | None = None


def inputs(places: Sequence[str], how: Reading) -> Iterator[Input]:
    """All inputs, one after the other, in an order that is the same each time.

    Names are unique: the second of a name gets ``#2``.

    Args:
        places: Folders, files, shell patterns.
        how: How they are read.

    Raises:
        RefusedError: A place is not there.
    """
    seen: dict[str, int] = {}
    found = _places(places)
    for path in found:
        prefix = f"{path.name}/" if len(found) > 1 and path.is_dir() else ""
        for each in _opened(path, how):
            name = prefix + each.name
            seen[name] = seen.get(name, 0) + 1
            yield attrs.evolve(each, name=name if seen[name] == 1 else f"{name}#{seen[name]}")


def total(places: Sequence[str], how: Reading) -> int | None:
    """How many inputs there are, where that can be told without reading all; for a progress bar."""
    count = 0
    for path in _places(places):
        if path.name.lower().endswith((*_TAR, *_LINES, ".zip")):
            return None
        count += sum(1 for _ in _walked(path, how)) if path.is_dir() else 1
    return count


def _places(places: Iterable[str]) -> list[Path]:
    found = list[Path]()
    for place in places:
        if os.path.lexists(place):
            found.append(Path(place))
            continue
        matched = sorted(glob.glob(place, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute ones
        if not matched:
            raise RefusedError(f"{place}: no such file or folder")
        found.extend(map(Path, matched))
    return found


def _opened(path: Path, how: Reading) -> Iterator[Input]:
    if path.is_dir():
        for each in _walked(path, how):
            yield _read(each.relative_to(path).as_posix(), each.read_bytes)
        return
    opener = next((opener for ends, opener in _OPENERS if path.name.lower().endswith(ends)), None)
    if opener is None:
        yield _read(path.name, path.read_bytes)
        return
    try:
        yield from opener(path, how)
    except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise RefusedError(f"{path}: {error}") from error


def _read(name: str, read: Callable[[], bytes]) -> Input:
    try:
        return Input(name=name, data=read())
    except Exception as error:  # noqa: BLE001 - archives raise whatever their codecs raise
        return Input(name=name, error=f"{type(error).__name__}: {error}")


def _walked(folder: Path, how: Reading) -> Iterator[Path]:
    for top, below, names in os.walk(folder):
        here = Path(top)
        below[:] = sorted(each for each in below if not _is(here / each, how.without))
        yield from (here / name for name in sorted(names) if fnmatch(name, how.match))


def _is(path: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and path.samefile(other)


# ---- files that hold many


def _tar(path: Path, how: Reading) -> Iterator[Input]:
    with tarfile.open(path, "r|*") as archive:  # as a stream: members in their order
        for member in archive:
            if member.isfile() and _wanted(member.name, how):
                held = archive.extractfile(member)
                yield _read(f"{path.name}/{member.name}", held.read if held else bytes)


def _zip(path: Path, how: Reading) -> Iterator[Input]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            name = _zip_name(member)
            if not member.is_dir() and _wanted(name, how):
                yield _read(f"{path.name}/{name}", partial(archive.read, member))


def _zip_name(member: zipfile.ZipInfo) -> str:
    """A member's name; where it is not marked as UTF-8, it is UTF-8 or GB18030 all the same."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return member.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return member.filename


def _wanted(name: str, how: Reading) -> bool:
    return fnmatch(name.rpartition("/")[2], how.match)


def _lines(path: Path, how: Reading) -> Iterator[Input]:
    opener = gzip.open if path.suffix.lower() == ".gz" else open
    with opener(path, "rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield _line(f"{path.name}/{number:09}", line, how)


def _line(name: str, line: bytes, how: Reading) -> Input:
    try:
        record = json.loads(line)
        if how.id is not None:
            name = f"{name.rpartition('/')[0]}/{record[how.id]}"
        text = record[how.text]
    except (ValueError, TypeError, RecursionError) as error:
        return Input(name=name, error=f"no JSON object: {error}")
    except KeyError as error:
        return Input(name=name, error=f"no field {error}")
    if not isinstance(text, str):
        return Input(name=name, error=f"the field {how.text!r} is no text")
    return Input(name=name, data=text)


_OPENERS: Final = ((_TAR, _tar), (_LINES, _lines), ((".zip",), _zip))
