"""Fuzz what reads from strangers: parse, parse_bytes, from_xml, from_json. Run by hand.

    pip install atheris
    python fuzz/run.py parse -max_total_time=900
    python fuzz/run.py json_tree -max_total_time=300

`from_xml` and `from_json` take any bytes; `xml_tree` and `json_tree` make valid documents with a
few faults, which come past the syntax. `signs` makes pages of the signs in signs.txt, `growth` a page of
a few of them again and again, for the time that it takes; `reread` reads twice.

The first argument is the target, all others go to libFuzzer. The corpus is in fuzz/corpus/TARGET
(ignored by git; made from examples/ where it is not there); what is found is written beside it as
crash-…, timeout-… and is shown again by `python fuzz/run.py TARGET FILE`.

What counts as a fault: any exception but `FormatError` from the readers, a character lost or held
twice, edits that do not lead from the source to the text, a report that is not read back the same,
time that grows faster than the text, ten seconds for any.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import atheris

with atheris.instrument_imports(include=["govreport"]):
    import govreport
    from govreport import FormatError, Report

    for module in walk_packages(govreport.__path__, "govreport."):
        if not module.name.startswith(("govreport.strategies", "govreport.__main__")):
            import_module(module.name)  # readers and writers are loaded late, unseen otherwise

import properties
import trees

HERE: Final = Path(__file__).resolve().parent
PAGES: Final = HERE.parent / "examples" / "pages"
LONGEST: Final = 1_500  # characters of a seed: fuzzing wants many short runs
SMALL: Final = 160  # characters of a page that becomes a document
PIECE: Final = 6  # signs of a page that is one piece again and again
LINE_END: Final = 6  # one sign in so many is a line end


@cache
def signs() -> tuple[str, ...]:
    """What pages are made of."""
    return tuple(HERE.joinpath("signs.txt").read_text("utf-8").split("\n"))


def composed(data: bytes) -> str:
    """A text of one sign a byte."""
    every = signs()
    ends = -(-len(every) // (LINE_END - 1))
    table = (*every, *("\n",) * ends)
    return "".join(table[byte % len(table)] for byte in data)


def text_of(data: bytes) -> str:
    """The bytes as UTF-8, lone surrogates for what is none."""
    return data.decode("utf-8", "surrogateescape")


def parse(data: bytes) -> None:
    """Any str."""
    properties.sound(govreport.parse(text_of(data)))


def parse_bytes(data: bytes) -> None:
    """Any bytes, in whatever encoding they are taken for."""
    properties.sound(govreport.parse_bytes(data))


def pages(data: bytes) -> None:
    """A page of the signs that matter."""
    properties.sound(govreport.parse(composed(data)))


def growth(data: bytes) -> None:
    """Some signs again and again."""
    properties.linear(composed(data[:PIECE]))


def reread(data: bytes) -> None:
    """A page of the signs that matter, written and read again."""
    properties.reread(composed(data))


def from_xml(data: bytes) -> None:
    """Any XML: a report, or a FormatError."""
    _read(Report.from_xml, data)


def from_json(data: bytes) -> None:
    """Any JSON: a report, or a FormatError."""
    _read(Report.from_json, data)


def json_tree(data: bytes) -> None:
    """A report's JSON with some values changed."""
    _read(Report.from_json, trees.json_document(data, documents("json")))


def xml_tree(data: bytes) -> None:
    """A report's XML with some elements changed."""
    _read(Report.from_xml, trees.xml_document(data, documents("xml")))


@cache
def documents(name: str) -> tuple[str, ...]:
    """Small reports in a format."""
    return tuple(
        govreport.parse(path.read_text("utf-8")[:SMALL]).to(name)
        for path in sorted(PAGES.glob("*.txt"))
    )


def _read(read: Callable[[bytes], Report], data: bytes) -> None:
    try:
        report = read(data)
    except FormatError:
        return
    properties.writable(report)


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "parse": parse,
    "parse_bytes": parse_bytes,
    "signs": pages,
    "growth": growth,
    "reread": reread,
    "from_xml": from_xml,
    "from_json": from_json,
    "xml_tree": xml_tree,
    "json_tree": json_tree,
}


def seeds(target: str) -> Iterator[bytes]:
    """What the corpus begins with: pieces of the example pages, as the target takes them."""
    for path in sorted(PAGES.glob("*.txt")):
        text = path.read_text("utf-8")[:LONGEST]
        match target:
            case "parse":
                yield text.encode()
            case "parse_bytes":
                names = ("gb18030", "utf-16", "big5")
                yield from (text[:300].encode(name, "replace") for name in names)
            case "from_xml":
                yield govreport.parse(text[:SMALL]).to_xml().encode()
            case "from_json":
                yield govreport.parse(text[:SMALL]).to_json().encode()
            case _:  # the bytes only choose
                yield text.encode()[:SMALL]


def corpus(target: str) -> Path:
    """The folder of a target's corpus, filled on first use."""
    folder = HERE / "corpus" / target
    if not folder.exists():
        folder.mkdir(parents=True)
        for number, seed in enumerate(seeds(target)):
            (folder / f"seed-{number:03}").write_bytes(seed)
    return folder


def dictionary() -> Path:
    """The signs in libFuzzer's notation, which knows no letters but ASCII."""
    path = HERE / "corpus" / "signs.dict"
    entries = ("".join(f"\\x{byte:02x}" for byte in sign.encode()) for sign in signs() if sign)
    path.write_text("".join(f'"{entry}"\n' for entry in entries), "ascii")
    return path


def main() -> int:
    """Hand over to libFuzzer."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        print(__doc__, "targets: " + ", ".join(TARGETS), sep="\n")
        return 2
    target, *options = sys.argv[1:]
    if not any(Path(option).is_file() for option in options):
        folder = corpus(target)
        found = f"-artifact_prefix={HERE / 'corpus' / target}-"
        options = [found, f"-dict={dictionary()}", "-timeout=10", *options, str(folder)]
    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
