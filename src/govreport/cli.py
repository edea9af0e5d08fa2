"""The command ``govreport``: a page in, a report out, diagnostics on standard error.

It reads bytes and writes UTF-8, whatever the locale. Exit status: 0; 1 where a diagnostic is as
grave as ``--fail-on`` says; 2 for wrong usage and for what cannot be read or written.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

import attrs

import govreport
from govreport import corpus
from govreport._version import __version__
from govreport.converting import add_convert, add_format, convert, given, list_formats
from govreport.diagnostics import Diagnostic, Severity
from govreport.files import STANDARD, RefusedError, read_bytes, refuse_same, write_text
from govreport.source import Source

__all__ = ["entry", "main"]

REFUSED: Final = 2
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
BROKEN_PIPE: Final = 141  # 128 + SIGPIPE

SIGNS: Final = {"soft": "|", "hard": "¶", "torn": "+"}
CONTEXT: Final = 7
FIGURE_FIELDS: Final = (
    *("kind", "text", "value", "high", "unit", "approximate", "iso", "section", "sentence"),
    "line",
)


def entry() -> NoReturn:
    """The command as a process of its own."""
    if sys.stderr is None:  # closed by whoever started us; print would fall back on stdout
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    sys.exit(main())


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status.

    Args:
        argv: The arguments; those of the process where none are given.
    """
    try:
        status = _run(argv)
        print(end="", flush=True)
        print(end="", flush=True, file=sys.stderr)
    except BrokenPipeError:
        _mute()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(argv: Sequence[str] | None) -> int:
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said what was wrong, or has shown help or version
        return stop.code if isinstance(stop.code, int) else REFUSED
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except RefusedError as refusal:
        print(f"govreport {options.command}: {refusal}", file=sys.stderr)
        return REFUSED


def _mute() -> None:
    """Points the streams nowhere, so that the interpreter's last flush meets no broken pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # a stream without a file of its own
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


# ---- arguments


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="govreport",
        description="Brings a report back from the newspaper page that its text was taken from.",
    )
    top.add_argument("--version", action="version", version=f"govreport {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(run: Callable[[argparse.Namespace], int], *parents: argparse.ArgumentParser) -> Any:
        help_ = (run.__doc__ or "").splitlines()[0]
        name = run.__name__.removeprefix("_")
        sub = commands.add_parser(name, help=help_, description=help_, parents=parents)
        sub.set_defaults(run=run)
        return sub

    source, output, remarks = _source_arguments(), _output_arguments(), _remark_arguments()
    add_format(command(_parse, source, output, remarks), "xml")
    sub = command(_repair, source, output, remarks)
    sub.add_argument("--edits", action="store_true", help="list the edits instead of the text")
    sub = command(_explain, source, output)
    sub.add_argument("--below", type=float, default=2.0, metavar="P", help="only the less certain")
    sub.add_argument("--line", type=int, metavar="N", help="only the end of this source line")
    sub = command(_figures, source, output, remarks)
    sub.add_argument("--to", default="csv", choices=("csv", "jsonl"), help="default: csv")
    sub.add_argument("--bom", action="store_true", help="begin with a BOM, for spreadsheets")
    add_convert(command(_convert))
    command(_formats)
    sub = command(_schema, output)
    which = sub.add_mutually_exclusive_group(required=True)
    which.add_argument("--xml", dest="to", action="store_const", const="xml", help="RELAX NG")
    which.add_argument("--json", dest="to", action="store_const", const="json", help="JSON Schema")
    corpus.add_arguments(command(_corpus))
    return top


def _source_arguments() -> argparse.ArgumentParser:
    group = argparse.ArgumentParser(add_help=False)
    group.add_argument(
        "file",
        nargs="?",
        default=STANDARD,
        metavar="FILE",
        help="the page's text; - or none: stdin",
    )
    group.add_argument("--encoding", help="of the page; found out where it is not given")
    return group


def _output_arguments() -> argparse.ArgumentParser:
    group = argparse.ArgumentParser(add_help=False)
    group.add_argument("-o", "--output", metavar="OUT", default=STANDARD, help="default: stdout")
    return group


def _remark_arguments() -> argparse.ArgumentParser:
    group = argparse.ArgumentParser(add_help=False)
    group.add_argument("-q", "--quiet", action="store_true", help="print no diagnostics")
    group.add_argument(
        "--fail-on",
        default="error",
        choices=[*(each.name.lower() for each in Severity), "never"],
        help="exit with 1 where a diagnostic is as grave as this; default: error",
    )
    return group


# ---- the commands; the first line of each docstring is its help


def _parse(options: argparse.Namespace) -> int:
    """A page's text to a report: native XML, or any other format."""
    values = given(options.to, options.option)
    report = _report(options)
    write_text(options.output, report.to(options.to, **values))
    return _remark(report.diagnostics, report.source, options)


def _repair(options: argparse.Namespace) -> int:
    """A page's text to plain text: repaired, one paragraph a line."""
    report = _report(options)
    repaired = govreport.repair(report.source.text)
    if not options.edits:
        write_text(options.output, repaired.text)
    else:
        places = report.source.positions([edit.span.start for edit in repaired.edits])
        rows = (
            f"{line}:{column}: {edit.rule} {edit.before!r} -> {edit.after!r}\n"
            for (line, column), edit in zip(places, repaired.edits, strict=True)
        )
        write_text(options.output, "".join(rows))
    return _remark(report.diagnostics, report.source, options)


def _explain(options: argparse.Namespace) -> int:
    """Why each line end was read as it was: the evidence and its weights."""
    report = _report(options)
    rows = [f"{'line':>6} {'end':<4} {'p':>5} {'measure':>7} {'slack':>6}  place and evidence\n"]
    for decision in report.decisions:
        if options.line not in (None, decision.line) or decision.probability >= options.below:
            continue
        place = _pad(_place(report.source.text, decision.offset, decision.kind))
        evidence = "  ".join(f"{name} {weight:+.1f}" for name, weight in decision.features)
        row = (
            f"{decision.line:>6} {decision.kind:<4} {decision.probability:5.3f}"
            f" {_number(decision.measure):>7} {_number(decision.slack):>6}  {place}  {evidence}"
        )
        rows.append(row.rstrip() + "\n")
    write_text(options.output, "".join(rows))
    return 0


def _figures(options: argparse.Namespace) -> int:
    """Every figure of a report with its section and sentence, for a spreadsheet."""
    report = _report(options)
    out = io.StringIO()
    if options.bom:
        out.write("\N{BYTE ORDER MARK}")
    if options.to == "jsonl":
        for row in _figure_rows(report):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        table = csv.DictWriter(out, FIGURE_FIELDS, lineterminator="\n")
        table.writeheader()
        for row in _figure_rows(report):
            table.writerow({**row, "section": " › ".join(row["section"])})
    write_text(options.output, out.getvalue())
    return _remark(report.diagnostics, report.source, options)


def _convert(options: argparse.Namespace) -> int:
    """Reports in native XML or JSON to another format."""
    return convert(options)


def _formats(options: argparse.Namespace) -> int:
    """The formats, with the file endings that stand for them and their options."""
    return list_formats(options)


def _schema(options: argparse.Namespace) -> int:
    """The schema of the native XML or JSON."""
    write_text(options.output, govreport.schema(options.to))
    return 0


def _corpus(options: argparse.Namespace) -> int:
    """Many pages, in several processes, into a folder; goes on where it was stopped."""
    return corpus.run(options)


# ---- what they share


def _report(options: argparse.Namespace) -> govreport.Report:
    refuse_same(options.file, options.output)
    if options.encoding is not None:
        try:
            " ".encode(options.encoding)
        except (LookupError, UnicodeError) as error:
            raise RefusedError(f"no text encoding: {options.encoding}") from error
    report = govreport.parse_bytes(read_bytes(options.file), encoding=options.encoding)
    if options.file == STANDARD:
        return report
    return attrs.evolve(report, source=attrs.evolve(report.source, name=options.file))


def _remark(found: Iterable[Diagnostic], source: Source, options: argparse.Namespace) -> int:
    """Prints the diagnostics in the source's order; 1 where one is as grave as --fail-on says."""
    diagnostics = sorted(found, key=lambda each: each.span)
    if not options.quiet:
        name = "<stdin>" if options.file == STANDARD else options.file
        places = source.positions([each.span.start for each in diagnostics])
        for (line, column), each in zip(places, diagnostics, strict=True):
            grade = each.severity.name.lower()
            print(f"{name}:{line}:{column}: {grade} {each.code}: {each.message}", file=sys.stderr)
    if options.fail_on == "never":
        return 0
    threshold = Severity[options.fail_on.upper()]
    return int(any(each.severity >= threshold for each in diagnostics))


def _place(text: str, offset: int, kind: str) -> str:
    """The signs around a line end, with a mark for what it is."""
    before = text[max(0, offset - 4 * CONTEXT) : offset].splitlines()[-1:]
    after = text[offset : offset + 4 * CONTEXT].strip().splitlines()[:1]
    left, right = (
        "".join(sign for sign in "".join(part) if sign.isprintable() and sign != " ")
        for part in (before, after)
    )
    return left[-CONTEXT:] + SIGNS.get(kind, "?") + right[:CONTEXT]


def _pad(text: str, cells: int = 4 * CONTEXT + 1) -> str:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return text + " " * (cells - wide - len(text))


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


def _figure_rows(report: govreport.Report) -> Iterator[dict[str, Any]]:
    """The figures as plain values; decimals are written out, so that none is rounded."""
    figures = report.figures()
    places = report.source.positions([each.span.start if each.span else 0 for each in figures])
    for figure, (line, _) in zip(figures, places, strict=True):
        row = {name: getattr(figure, name) for name in FIGURE_FIELDS[:-1]}
        for name in ("value", "high"):
            row[name] = None if row[name] is None else f"{row[name]:f}"
        yield {**row, "section": list(figure.section), "line": line if figure.span else None}
