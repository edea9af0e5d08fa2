"""Reports read back from files, by their content's format."""

from __future__ import annotations

from pathlib import Path

from govreport.formats.limits import DEFAULT
from govreport.registry import load_reader
from govreport.report import Report

__all__ = ["read"]


def read(path: str | Path) -> Report:
    """Read a report that was written as native XML or JSON.

    Args:
        path: The file; its first sign tells the format.

    Raises:
        OSError: The file cannot be read.
        FormatError: With every fault and its place.
    """
    with Path(path).open("rb") as file:
        data = file.read(DEFAULT.size + 1)  # what is longer is refused, and not held
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    report: Report = load_reader("xml" if head.startswith(b"<") else "json")(data)
    return report
