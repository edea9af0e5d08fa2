"""The formats by name: the ones built in, and those that other packages bring.

Format modules are loaded when they are asked for, so that neither nodes nor report know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from govreport.errors import GovreportError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = [
    "UnknownFormat",
    "format_of",
    "formats",
    "load",
    "load_pieces",
    "load_reader",
    "suffixes",
]

Writer = Callable[..., str]
Reader = Callable[..., Any]

#: Name to module; each has ``write(report, **options) -> str``.
_BUILT_IN: Final[dict[str, str]] = {
    "xml": "govreport.formats.xml",
    "json": "govreport.formats.json",
    "markdown": "govreport.formats.markdown",
    "text": "govreport.formats.text",
    "html": "govreport.formats.html",
    "tei": "govreport.formats.tei",
    "akn": "govreport.formats.akn",
    "docling": "govreport.formats.docling",
    "pandoc": "govreport.formats.pandoc",
    "annotations": "govreport.formats.annotations",
}
#: The formats that can be read back: they lose nothing.
_READERS: Final = ("xml", "json")
#: The entry point group of other packages' writers, ``name = "package.module:write"``.
GROUP: Final = "govreport.formats"

_SUFFIXES: Final[dict[str, str]] = {
    ".tei.xml": "tei",
    ".akn.xml": "akn",
    ".docling.json": "docling",
    ".pandoc.json": "pandoc",
    ".anno.json": "annotations",
    ".xml": "xml",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".md": "markdown",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
}


class UnknownFormat(GovreportError, LookupError):  # noqa: N818 - reads as the sentence it is
    """No format of that name is known.

    Args:
        name: What was asked for.
        known: The names that there are.
    """

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"no format {name!r}; there are: {', '.join(known)}")
        self.name = name
        self.known = known


@cache
def _foreign() -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and seldom needed

    return {point.name: point for point in entry_points(group=GROUP)}


def formats() -> tuple[str, ...]:
    """The names of all formats that can be written, those of other packages last.

    >>> formats()[:4]
    ('xml', 'json', 'markdown', 'text')
    """
    return (*_BUILT_IN, *(name for name in sorted(_foreign()) if name not in _BUILT_IN))


def load(name: str) -> Writer:
    """The writer of a format: ``write(report, **options) -> str``.

    >>> load("text").__module__
    'govreport.formats.text'

    Raises:
        UnknownFormat: No format has that name.
    """
    module = _BUILT_IN.get(name)
    if module is not None:
        writer: Writer = import_module(module).write
        return writer
    point = _foreign().get(name)
    if point is None:
        raise UnknownFormat(name, formats())
    found: Writer = point.load()
    return found


def load_pieces(name: str) -> Callable[..., Iterator[str]]:
    """The writer of a format, in pieces: ``write(report, **options) -> Iterator[str]``.

    A format that is made as a whole gives one piece.

    >>> load_pieces("text").__module__
    'govreport.formats.text'

    Raises:
        UnknownFormat: No format has that name.
    """
    module = _BUILT_IN.get(name)
    pieces: Callable[..., Iterator[str]] | None = None
    if module is not None:
        pieces = getattr(import_module(module), "iter_write", None)
    whole = load(name)
    return pieces or (lambda report, **options: iter((whole(report, **options),)))


def load_reader(name: str) -> Reader:
    """The reader of a native format: ``read(data) -> Report``.

    Raises:
        UnknownFormat: The format is unknown, or is one that keeps too little to be read back.
    """
    if name not in _READERS:
        raise UnknownFormat(name, _READERS)
    reader: Reader = import_module(_BUILT_IN[name]).read
    return reader


def suffixes() -> dict[str, str]:
    """File name endings and the formats they stand for, the longest first.

    >>> next(fmt for end, fmt in suffixes().items() if "a.tei.xml".endswith(end))
    'tei'
    """
    return dict(_SUFFIXES)


def format_of(name: str) -> str | None:
    """The format that a file's name stands for; none where its ending is none of a format's.

    >>> format_of("A.TEI.XML"), format_of("pages.jsonl"), format_of("page.pdf")
    ('tei', 'json', None)
    """
    low = name.lower()
    return next((kind for end, kind in _SUFFIXES.items() if low.endswith(end)), None)
