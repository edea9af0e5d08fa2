"""Every text of a bench in every format: valid by the real schemas, the text the report's.

    python tools/validate_formats.py [../shared/bench/dev [EVERY]]

``EVERY`` is how many texts to go on by (1: all of them); several processes share the work.

Native XML and JSON are read back and held against their shipped schemas; TEI against ``tei_all``,
Akoma Ntoso against the OASIS schema, DoclingDocument by docling-core, Markdown by a CommonMark
parser, Pandoc by its own JSON's shape. ``PANDOC=1`` hands each document to pandoc as well (slow).
Exits with 1 where anything fails; the checks are the tests' own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

import govreport  # noqa: E402 - as above
import test_formats_markdown as markdown  # noqa: E402 - beside the checkout, not installed
import test_formats_native as native  # noqa: E402 - as above
import test_formats_others as others  # noqa: E402 - as above
import test_formats_tei as tei  # noqa: E402 - as above
from govreport.nodes import Gap  # noqa: E402 - as above
from govreport.report import Report  # noqa: E402 - as above


def xml(report: Report) -> None:
    """Reads back equal, valid by the shipped RELAX NG."""
    text = report.to_xml(decisions=True)
    assert Report.from_xml(text) == report
    native.relax_ng().assertValid(etree.fromstring(text.encode()))


def json_(report: Report) -> None:
    """Reads back equal, valid by the shipped JSON Schema."""
    text = report.to_json(decisions=True)
    assert Report.from_json(text) == report
    native.json_validator().validate(json.loads(text))


def text(report: Report) -> None:
    """What the others' texts are held against: not empty, a line a block."""
    assert "".join(report.to_text(front=False).split()) == others.squeezed(others.body_text(report))


def commonmark(report: Report) -> None:
    """The blocks that a CommonMark parser reads are the report's."""
    assert markdown.parsed(report.to_markdown()) == markdown.wanted(report)


def html(report: Report) -> None:
    """Every element closed, ids unique, the text the report's, with edits shown or not."""
    for edits in (False, True):
        page = others.page_of(report.to("html", edits=edits))
        assert others.squeezed("".join(page.texts.get("body", []))) == wanted(report)
        assert len(set(page.ids)) == len(page.ids)


def tei_(report: Report) -> None:
    """Valid by tei_all with all that can be shown; the text the report's but for gaps."""
    tree = tei.written(report, lines=True, pages=True, repairs=True)
    tei.tei_all().assertValid(tree)
    [body] = tei.written(report).iter(tei.TEI + "body")
    assert others.squeezed("".join(body.itertext())) == wanted(report, gaps=False)


def akn(report: Report) -> None:
    """Valid by the strict OASIS schema; the text the report's."""
    tree = etree.fromstring(report.to("akn").encode())
    others.akn_schema().assertValid(tree)
    [body] = tree.iter(others.AKN + "mainBody")
    assert others.squeezed("".join(body.itertext())) == wanted(report)


def docling(report: Report) -> None:
    """Loads with docling-core, valid by its schema; the text, markers before it, the report's."""
    from docling_core.types.doc.document import DoclingDocument  # noqa: PLC0415 - slow

    document = report.to("docling")
    loaded = DoclingDocument.model_validate_json(document)
    assert loaded.validate_tree(loaded.body)
    others.docling_schema().validate(json.loads(document))
    front = sum(not getattr(line, "repeated", False) for line in report.front.lines)
    items = [x for x in json.loads(document)["texts"] if x["content_layer"] == "body"][front:]
    words = "".join(x.get("marker", "") + x["text"] for x in items)
    assert others.squeezed(words) == wanted(report)


def pandoc(report: Report) -> None:
    """The text of its blocks is the report's; pandoc takes it, where it is asked."""
    document = report.to("pandoc")
    assert others.squeezed(others.pandoc_text(json.loads(document)["blocks"])) == wanted(report)
    if os.environ.get("PANDOC"):
        command = [others.pandoc(), "-f", "json", "-t", "plain"]
        subprocess.run(command, input=document.encode(), capture_output=True, check=True)


def annotations(report: Report) -> None:
    """Every place quotes the source."""
    source = report.source.text
    for each in json.loads(report.to("annotations"))["items"]:
        place, quotation = each["target"]["selector"]
        assert quotation["exact"] == source[place["start"] : place["end"]]


def wanted(report: Report, *, gaps: bool = True) -> str:
    """The text of the body without blanks."""
    found = others.squeezed(report.to_text(front=False))
    return found if gaps or not any(report.find(Gap)) else found.replace("□", "")


CHECKS: dict[str, Callable[[Report], None]] = {
    "xml": xml,
    "json": json_,
    "markdown": commonmark,
    "text": text,
    "html": html,
    "tei": tei_,
    "akn": akn,
    "docling": docling,
    "pandoc": pandoc,
    "annotations": annotations,
}


def failures(path: Path) -> dict[str, str]:
    """The formats in which a text fails, and how."""
    with path.open(encoding="utf-8", newline="") as file:
        report = govreport.parse(file.read())
    out: dict[str, str] = {}
    for name, check in CHECKS.items():
        try:
            check(report)
        except Exception as error:  # noqa: BLE001 - whatever is wrong is told
            out[name] = f"{type(error).__name__}: {str(error)[:200]}"
    return out


def main(folder: str = "../shared/bench/dev", every: str = "1") -> int:
    """Checks the texts; prints how many hold for each format, and every failure."""
    assert set(CHECKS) == set(govreport.formats())
    good: Counter[str] = Counter()
    paths = sorted(Path(folder).rglob("*.txt"))[:: int(every)]
    with ProcessPoolExecutor() as pool:
        for path, found in zip(paths, pool.map(failures, paths), strict=True):
            good.update(CHECKS.keys() - found.keys())
            for name, told in found.items():
                print(f"{path} {name}: {told}", flush=True)
    for name in CHECKS:
        print(f"{name:<12} {good[name]} of {len(paths)}")
    return int(any(good[name] < len(paths) for name in CHECKS) or not paths)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
