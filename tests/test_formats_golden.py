"""One small report in every format, as it is written today.

``GOVREPORT_UPDATE_GOLDEN=1 pytest tests/test_formats_golden.py`` writes the files anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from govreport._version import __version__
from govreport.edits import apply
from govreport.registry import formats
from govreport.report import Report

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("GOVREPORT_UPDATE_GOLDEN") == "1"
FILES = {
    "xml": "report.xml",
    "json": "report.json",
    "markdown": "report.md",
    "text": "report.txt",
    "html": "report.html",
    "tei": "report.tei.xml",
    "akn": "report.akn.xml",
    "docling": "report.docling.json",
    "pandoc": "report.pandoc.json",
    "annotations": "report.anno.json",
}
INDENTED = {"docling": {"indent": 1}, "pandoc": {"indent": 1}}


def golden() -> Report:
    return Report.from_json((GOLDEN / "report.json").read_bytes())


def versionless(text: str) -> str:
    """Without the library's own version, so that a release changes no golden file."""
    known = re.sub(rf"(?<=govreport ){re.escape(__version__)}", "VERSION", text)
    return re.sub(r'(?<=ident="govreport" version=")[\d.]+', "VERSION", known)


@pytest.mark.parametrize("name", FILES)
def test_it_is_written_as_before(name: str) -> None:
    text = versionless(golden().to(name, **INDENTED.get(name, {})))
    path = GOLDEN / FILES[name]
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


def test_every_format_is_among_them() -> None:
    assert set(FILES) == set(formats())


def test_its_edits_lead_from_the_page_to_the_text() -> None:
    report = golden()
    lines = [line for line in apply(report.source.text, report.edits).split("\n") if line]
    body = report.to_text(front=False).splitlines()
    assert [line for line in lines if line in body] == body


def test_golden_files_are_not_being_rewritten() -> None:
    assert not UPDATE, "GOVREPORT_UPDATE_GOLDEN is set: look at the difference, then unset it"
