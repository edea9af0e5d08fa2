"""Many reports in one file or stream, written and read one at a time.

Nothing here holds more than one report: a hundred megabytes of them need the memory of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from inspect import signature
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, TextIO

import attrs

from govreport.errors import FormatError
from govreport.formats.limits import DEFAULT, Limits
from govreport.formats.model import SCHEMA_VERSION
from govreport.formats.parsing import MANY, Parser
from govreport.formats.reading import read_json
from govreport.formats.reading_xml import made
from govreport.registry import UnknownFormat, format_of, load_pieces
from govreport.report import Report

__all__ = ["join", "pieces", "read_many", "together", "write_many"]

#: Bytes that are read at once.
_CHUNK: Final = 2**16
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TEI: Final = (
    f'{_XML}<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
    "<teiHeader><fileDesc><titleStmt><title>Reports</title></titleStmt>"
    "<publicationStmt><p>Unpublished.</p></publicationStmt>"
    "<sourceDesc><p>Newspaper pages; each text says which.</p></sourceDesc></fileDesc></teiHeader>\n"
)


@attrs.frozen(kw_only=True)
class Together:
    """How reports of a format stand together.

    Args:
        head: What comes before the first.
        apart: What comes between two; ``{}`` is the number of the one that follows.
        tail: What comes after the last.
        drop: What each begins with where it stands alone.
        line: Whether each is one line.
        prefix: The option that keeps the ids of one report from those of the others.
    """

    head: str = ""
    apart: str = ""
    tail: str = ""
    drop: str = ""
    line: bool = False
    prefix: str | None = None


_LINES: Final = Together(line=True)
_WAYS: Final[dict[str, Together]] = {
    "json": _LINES,
    "docling": _LINES,
    "pandoc": _LINES,
    "annotations": _LINES,
    "xml": Together(
        head=f'{_XML}<{MANY[0]} schema-version="{SCHEMA_VERSION}">\n',
        tail=f"</{MANY[0]}>\n",
        drop=_XML,
    ),
    "tei": Together(head=_TEI, tail="</teiCorpus>\n", drop=_XML, prefix="prefix"),
    "markdown": Together(apart="\n<!-- report {} -->\n\n"),
    "text": Together(apart="\f\n"),
}


def together() -> tuple[str, ...]:
    """The formats of which one file holds many reports.

    >>> together()[:3]
    ('json', 'docling', 'pandoc')
    """
    return tuple(_WAYS)


def join(reports: Iterable[Report], format: str, **options: Any) -> Iterator[str]:  # noqa: A002 - the word users know
    """Many reports as one text, in pieces.

    Args:
        reports: The reports; each is let go before the next is asked for.
        format: One of :func:`together`.
        options: What the format's writer takes.

    >>> from govreport.nodes import Paragraph, Text
    >>> report = Report(body=(Paragraph(content=(Text(text="各位代表"),)),))
    >>> "".join(join([report, report], "markdown"))
    '各位代表\\n\\n<!-- report 2 -->\\n\\n各位代表\\n'

    Raises:
        UnknownFormat: No file of that format holds many reports.
    """
    way = _WAYS.get(format)
    if way is None:
        raise UnknownFormat(format, together())
    return _joined(reports, way, partial(pieces, format=format, **options))


def pieces(report: Report, format: str, **options: Any) -> Iterator[str]:  # noqa: A002
    """A report in a format, piece by piece.

    Args:
        report: The report.
        format: One of :func:`govreport.formats`.
        options: What the format's writer takes; with one that concerns the whole (an indent), or of
            a format that is made as a whole, there is one piece.

    Raises:
        UnknownFormat: No format has that name.
    """
    write = load_pieces(format)
    if options.keys() <= signature(write).parameters.keys():
        return write(report, **options)
    return iter((report.to(format, **options),))


def _joined(
    reports: Iterable[Report], way: Together, written: Callable[..., Iterator[str]]
) -> Iterator[str]:
    yield way.head
    for number, report in enumerate(reports, 1):
        if number > 1:
            yield way.apart.format(number)
        drop = way.drop
        apart = {way.prefix: f"r{number}."} if way.prefix else {}
        for piece in written(report, **apart):
            text = piece.removeprefix(drop)
            drop = ""
            yield text.replace("\n", "") if way.line else text
        if way.line:
            yield "\n"
        del report  # before the next one is made
    yield way.tail


def write_many(
    reports: Iterable[Report],
    file: str | Path | TextIO,
    format: str | None = None,  # noqa: A002 - the word users know
    **options: Any,
) -> int:
    """Write many reports into one file, one at a time.

    JSON is written as JSON Lines, a report a line; XML has a root ``reports`` and TEI a
    ``teiCorpus`` around all; Markdown has a comment and plain text a form feed between two.

    Args:
        reports: The reports: an iterator keeps no more than one in memory.
        file: A path, or a stream of text that can hold all of Unicode.
        format: One of json, docling, pandoc, annotations, xml, tei, markdown, text; of a path, its
            ending tells.
        options: What the format's writer takes.

    Returns:
        How many there were.

    >>> import io
    >>> out = io.StringIO()
    >>> write_many([Report(), Report()], out, "json", edits=False)
    2
    >>> out.seek(0)
    0
    >>> [report == Report() for report in read_many(out)]
    [True, True]

    Raises:
        UnknownFormat: No file of that format holds many reports.
        OSError: The file cannot be written.
    """
    name = format or (format_of(str(file)) if isinstance(file, str | Path) else None)
    count = 0

    def counted() -> Iterator[Report]:
        nonlocal count
        for report in reports:
            count += 1
            yield report

    whole = join(counted(), name or "", **options)
    with _opened(file, "w") as stream:
        stream.writelines(whole)
    return count


def read_many(
    file: str | Path | IO[str] | IO[bytes], *, limits: Limits = DEFAULT
) -> Iterator[Report]:
    """Read reports one by one: JSON Lines, or native XML with the root ``reports``.

    A file with a single report in native XML or JSON gives that one.

    Args:
        file: A path or a stream, of text or bytes, read from where it stands.
        limits: What is too much, of each report.

    Raises:
        FormatError: With every fault of the first report that has any, and its place; those before
            it have been given.
        OSError: The file cannot be read.
    """
    with _opened(file, "rb") as stream:
        chunks = _chunks(stream)
        head = next(chunks, b"")
        data = map(_encoded, chain([head], chunks))
        begun = _encoded(head).lstrip(b"\xef\xbb\xbf \t\r\n")
        if begun.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
            encoding = "utf-8" if isinstance(head, str) else None
            for root in Parser(limits, encoding=encoding).parse(data):
                report = made(root, limits)
                root.forget()
                yield report
        else:
            yield from _json(data, limits)


def _opened(file: Any, mode: str) -> AbstractContextManager[Any]:
    if not isinstance(file, str | Path):
        return nullcontext(file)
    if "b" in mode:
        return Path(file).open(mode)
    return Path(file).open(mode, encoding="utf-8", newline="\n")


def _chunks(stream: IO[Any]) -> Iterator[str | bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


def _encoded(chunk: str | bytes) -> bytes:
    return chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk


def _json(chunks: Iterable[bytes], limits: Limits) -> Iterator[Report]:
    """Reports out of JSON Lines, or the one of a document of many lines."""
    lines = _lines(chunks, limits)
    number, first = next(lines, (1, b""))
    if not first.endswith(b"}"):
        parts, size = [first], len(first)
        for _, line in lines:
            parts.append(line)
            size += len(line) + 1
            if size > limits.size:
                break
        yield read_json(b"\n".join(parts), limits)
        return
    for place, line in chain([(number, first)], lines):
        try:
            report = read_json(line, limits)
        except FormatError as error:
            told = (f"line {place}: {problem}" for problem in error.problems)
            raise FormatError(tuple(told)) from None
        yield report


def _lines(chunks: Iterable[bytes], limits: Limits) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, from 1, blank ones left out."""
    number, size = 1, 0
    held: list[bytes] = []
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            line = b"".join([*held, part]).strip()
            if line:
                yield number, line
            number, held, size = number + 1, [], 0
        held.append(rest)
        size += len(rest)
        if size > limits.size:
            raise FormatError((f"line {number}: more than {limits.size} bytes",))
    line = b"".join(held).strip()
    if line:
        yield number, line
