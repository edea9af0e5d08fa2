"""The manifest: one JSON line an input, written as outputs are done; what a next run goes by."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from govreport.files import RefusedError

__all__ = ["MANIFEST", "Entry", "Known", "known", "line_of"]

MANIFEST: Final = "manifest.jsonl"


@attrs.frozen(kw_only=True)
class Entry:
    """What became of one input.

    Args:
        name: The input's name.
        sha256: Of the input's bytes; of its UTF-8, where it was a text.
        output: The output's path below the folder; none where there was an error.
        output_sha256: Of the whole output file, which may hold other reports as well.
        diagnostics: How many there were of each code.
        error: What kept it from being read.
        version: The version of govreport.
        to: The format.
        profile: The profile's name.
    """

    name: str
    sha256: str
    output: str | None
    output_sha256: str | None
    diagnostics: Mapping[str, int] = attrs.field(factory=dict)
    error: str | None = None
    version: str
    to: str
    profile: str


_FIELDS: Final = tuple(field.name for field in attrs.fields(Entry))


def line_of(entry: Entry) -> bytes:
    """An entry as a line of the manifest; names that are no Unicode are escaped.

    >>> made = Entry(
    ...     name="a", sha256="0", output=None, output_sha256=None, error="gone", version="1", to="xml",
    ...     profile="general",
    ... )
    >>> line_of(made)[:42]
    b'{"name": "a", "sha256": "0", "output": nul'
    """
    values = attrs.asdict(entry, recurse=False)
    try:
        return json.dumps(values, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(values).encode() + b"\n"


@attrs.frozen(kw_only=True)
class Known:
    """What an earlier run left.

    Args:
        entries: The entries by their inputs' names, the latest of each.
        outputs: The outputs with how many inputs each holds and its SHA-256.
    """

    entries: Mapping[str, Entry]
    outputs: Mapping[str, tuple[int, str | None]]


def known(path: Path, *, to: str, profile: str) -> Known:
    """Reads a manifest, and cuts off a line that a killed run left half written.

    Args:
        path: The manifest; it need not be there.
        to: The format of this run.
        profile: Its profile.

    Raises:
        RefusedError: The manifest is of another format or profile, or is none.
    """
    lines = path.read_bytes() if path.exists() else b""
    whole = lines[: lines.rfind(b"\n") + 1]
    if len(whole) < len(lines):
        with path.open("r+b") as stream:
            stream.truncate(len(whole))
    entries = dict[str, Entry]()
    for line in whole.splitlines():
        entry = _entry(line, path)
        if (entry.to, entry.profile) != (to, profile):
            was = f"--to {entry.to} --profile {entry.profile}"
            raise RefusedError(f"{path.parent} holds a collection made with {was}")
        entries[entry.name] = entry
    return Known(entries=entries, outputs=_outputs(entries.values()))


def _entry(line: bytes, path: Path) -> Entry:
    try:
        values: dict[str, Any] = json.loads(line)
        return Entry(**{name: values[name] for name in _FIELDS})
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(f"{path}: no manifest of govreport: {error}") from error


def _outputs(entries: Iterable[Entry]) -> dict[str, tuple[int, str | None]]:
    found = dict[str, tuple[int, str | None]]()
    for entry in entries:
        if entry.output is not None:
            count, _ = found.get(entry.output, (0, None))
            found[entry.output] = (count + 1, entry.output_sha256)
    return found
