"""Work reports out of newspaper pages: repaired text, a typed tree, and the reasons why.

Importing this package loads next to nothing: a name's module is loaded when the name is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from govreport._version import __version__

if TYPE_CHECKING:
    from govreport.diagnostics import Diagnostic, Severity
    from govreport.edits import Edit, apply
    from govreport.errors import FormatError, GovreportError, MissingExtra
    from govreport.evidence import Decision
    from govreport.formats.files import read
    from govreport.formats.schema import schema
    from govreport.formats.streams import read_many, write_many
    from govreport.hints import Hard, HeadingHint, Soft, Supply
    from govreport.listing import FigureRow
    from govreport.many import Parsed, WorkerDied, parse_many
    from govreport.nodes import (
        Adoption,
        Block,
        Closing,
        Contents,
        ContentsEntry,
        Credit,
        Date,
        DocumentDate,
        Front,
        FrontLine,
        FrontNote,
        Furniture,
        Gap,
        Heading,
        Inline,
        Item,
        Kicker,
        Label,
        Lead,
        Leaf,
        Node,
        Note,
        Number,
        Occasion,
        PageDate,
        PageJump,
        PageNumber,
        Paragraph,
        RunningHead,
        Salutation,
        Section,
        Speaker,
        Subtitle,
        Supplied,
        Text,
        Title,
        Unplaced,
    )
    from govreport.pipeline import join_pages, parse, parse_bytes, parse_file, repair
    from govreport.profile import GAZETTE, NEWSPAPER, PRESETS, WEB, Profile
    from govreport.registry import formats
    from govreport.report import Repaired, Report
    from govreport.source import Source, Span
else:
    # The package before the function of its name, which it would take the name from when loaded.
    import_module("govreport.formats")
    formats = import_module("govreport.registry").formats

__all__ = [
    "GAZETTE",
    "NEWSPAPER",
    "PRESETS",
    "WEB",
    "Adoption",
    "Block",
    "Closing",
    "Contents",
    "ContentsEntry",
    "Credit",
    "Date",
    "Decision",
    "Diagnostic",
    "DocumentDate",
    "Edit",
    "FigureRow",
    "FormatError",
    "Front",
    "FrontLine",
    "FrontNote",
    "Furniture",
    "Gap",
    "GovreportError",
    "Hard",
    "Heading",
    "HeadingHint",
    "Inline",
    "Item",
    "Kicker",
    "Label",
    "Lead",
    "Leaf",
    "MissingExtra",
    "Node",
    "Note",
    "Number",
    "Occasion",
    "PageDate",
    "PageJump",
    "PageNumber",
    "Paragraph",
    "Parsed",
    "Profile",
    "Repaired",
    "Report",
    "RunningHead",
    "Salutation",
    "Section",
    "Severity",
    "Soft",
    "Source",
    "Span",
    "Speaker",
    "Subtitle",
    "Supplied",
    "Supply",
    "Text",
    "Title",
    "Unplaced",
    "WorkerDied",
    "__version__",
    "apply",
    "formats",
    "join_pages",
    "parse",
    "parse_bytes",
    "parse_file",
    "parse_many",
    "read",
    "read_many",
    "repair",
    "schema",
    "write_many",
]

#: The modules of the names that are loaded late.
_ROOMS: Final = {
    "govreport.diagnostics": "Diagnostic Severity",
    "govreport.edits": "Edit apply",
    "govreport.errors": "FormatError GovreportError MissingExtra",
    "govreport.evidence": "Decision",
    "govreport.formats.files": "read",
    "govreport.formats.schema": "schema",
    "govreport.formats.streams": "read_many write_many",
    "govreport.hints": "Hard HeadingHint Soft Supply",
    "govreport.listing": "FigureRow",
    "govreport.many": "Parsed WorkerDied parse_many",
    "govreport.nodes": "Adoption Block Closing Contents ContentsEntry Credit Date DocumentDate Front FrontLine FrontNote Furniture Gap Heading Inline Item Kicker Label Lead Leaf Node Note Number Occasion PageDate PageJump PageNumber Paragraph RunningHead Salutation Section Speaker Subtitle Supplied Text Title Unplaced",
    "govreport.pipeline": "join_pages parse parse_bytes parse_file repair",
    "govreport.profile": "GAZETTE NEWSPAPER PRESETS Profile WEB",
    "govreport.report": "Repaired Report",
    "govreport.source": "Source Span",
}
_HOMES: Final = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
