"""What a collection is written as: a file for each report, or files of many reports."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from govreport.registry import formats, suffixes
from govreport.report import Report

__all__ = ["MANY", "Rendered", "Rendering", "digest", "kinds", "output_name", "write"]

#: Formats of which one file holds many reports.
MANY: Final = {"jsonl": ".jsonl", "parquet": ".parquet"}
#: The longest part of a path, in bytes; file systems take 255, and a suffix is to come.
_LONGEST: Final = 200
_UNFIT: Final = re.compile("[\0\ud800-\udfff]")  # what no path holds


def kinds() -> tuple[str, ...]:
    """The names that ``--to`` takes."""
    return (*MANY, *formats())


@attrs.frozen(kw_only=True)
class Rendered:
    """A report as it goes into its file, and how many diagnostics it had of each code."""

    value: Any
    diagnostics: Mapping[str, int]


@attrs.frozen
class Rendering:
    """What a worker process makes of a report: called there, so that the tree stays there."""

    to: str

    def __call__(self, report: Report) -> Rendered:
        """The report in its format, with its diagnostics counted."""
        counts = Counter(each.code for each in report.diagnostics)
        return Rendered(value=self._value(report), diagnostics=dict(sorted(counts.items())))

    def _value(self, report: Report) -> Any:
        if self.to == "parquet":
            from govreport.arrow import batch  # noqa: PLC0415 - needs an extra
            from govreport.rows import block_rows  # noqa: PLC0415 - with it

            return batch(block_rows(report))
        if self.to == "jsonl":  # a reader makes the edits anew
            text = report.to_json(edits=False).replace("\n", "")
        else:
            text = report.to(self.to).removesuffix("\n")
        # a lone surrogate, which UTF-8 cannot hold, is written as its escape
        return (text + "\n").encode("utf-8", "backslashreplace")


def output_name(name: str, to: str) -> str:
    """The path of an input's own output: below the folder, whatever the name says.

    >>> output_name("2031/云岫.txt", "tei"), output_name("../../etc/passwd", "json")
    ('2031/云岫.txt.tei.xml', 'etc/passwd~3754d6cb.json')
    """
    plain = _UNFIT.sub("_", name.replace("\\", "/"))
    parts = [part for part in plain.split("/") if part.strip(". ")]
    if "/".join(parts) != name:  # keep apart what cleaning would put together
        parts = [*parts[:-1], f"{parts[-1] if parts else 'page'}~{_tail(name)}"]
    end = next((end for end, kind in suffixes().items() if kind == to), f".{to}")
    return "/".join(map(_short, parts)) + end


def _short(part: str) -> str:
    data = part.encode()
    if len(data) <= _LONGEST:
        return part
    return data[:_LONGEST].decode("utf-8", "ignore") + "~" + _tail(part)


def _tail(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def write(values: Iterable[Any], path: Path, to: str) -> None:
    """Writes what workers rendered into one new file, as it comes, and sees it onto the disk."""
    with path.open("wb") as stream:
        if to == "parquet":
            from govreport.arrow import write_batches  # noqa: PLC0415 - needs an extra

            write_batches(stream, values)
        else:
            stream.writelines(values)
        stream.flush()
        os.fsync(stream.fileno())


def digest(path: Path) -> str | None:
    """The SHA-256 of a file; none where it is not there."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
