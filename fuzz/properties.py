"""What must hold of any report, and how the cost of reading one is counted."""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time
from typing import Final

from govreport import FormatError, Report, parse

# the checks of one report are those of the tests, and stand there only
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from invariants import check_aligned, check_idempotent, check_lossless, check_spans

FEW, MANY = 25, 200
SLOW: Final = 1.0  # seconds under which nothing is called slow
#: Of the cost of MANY pieces in that of FEW, one for one being linear. A clock has a say here, as
#: these are run by hand; it is asked three times.
STEEP: Final = 3.0


class FaultError(Exception):
    """A property that does not hold."""


def sound(report: Report) -> None:
    """Nothing lost, nothing twice, every place true; read back equal from both native formats."""
    check_lossless(report)
    check_aligned(report)
    check_spans(report)
    round_trip(report)


def round_trip(report: Report) -> None:
    """Both native formats read back equal."""
    for name, back in (("JSON", Report.from_json(report.to_json())), ("XML", again(report))):
        if back != report:
            raise FaultError(f"{name} is not read back the same")


def again(report: Report) -> Report:
    """A report by way of XML."""
    return Report.from_xml(report.to_xml())


def reread(source: str) -> None:
    """What was written is read back the same, and needs no edit."""
    report = parse(source)
    check_idempotent(report, parse(report.to_text()))


def writable(report: Report) -> None:
    """Every format takes it."""
    for name in ("markdown", "tei", "akn", "docling", "html", "pandoc", "text"):
        report.to(name)
    round_trip(report)


def linear(piece: str) -> None:
    """A page of one piece again and again costs as much as it is long."""
    for _ in range(3):
        few, many = (seconds(piece * count) for count in (FEW, MANY))
        if many < SLOW or many / few < STEEP * MANY / FEW:
            return
    raise FaultError(f"{MANY // FEW} times the text costs {many / few:.0f} times as much")


def seconds(source: str) -> float:
    """Processor time of one reading."""
    start = process_time()
    parse(source)
    return process_time() - start


__all__ = ["FaultError", "FormatError", "linear", "reread", "sound", "writable"]
