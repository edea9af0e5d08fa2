"""A Sphinx directive that shows a format: a page is parsed and written when the docs are built."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives

import govreport
from govreport.converting import given

ROOT = Path(__file__).resolve().parents[1]
#: What highlights the formats; the others are plain.
LANGUAGES = {
    "xml": "xml",
    "tei": "xml",
    "akn": "xml",
    "html": "html",
    "json": "json",
    "docling": "json",
    "pandoc": "json",
    "annotations": "json",
    "markdown": "markdown",
}
WIDTH = 160


def excerpt(name: str, page: str, words: str, start: str, count: int) -> str:
    """Lines of a page of examples/ in a format.

    Args:
        name: The format.
        page: The page, from the repository's root.
        words: The format's options, as on the command line.
        start: What the first line shown holds.
        count: How many lines are shown.

    Raises:
        ValueError: No line holds it.
    """
    report = govreport.parse_file(ROOT / page)
    lines = report.to(name, **given(name, words.split())).splitlines()
    first = next((k for k, line in enumerate(lines) if start in line), None)
    if first is None:
        raise ValueError(f"{name}: no line holds {start!r}")
    shown = lines[first : first + count]
    indent = min(len(line) - len(line.lstrip(" ")) for line in shown if line.strip())
    cut = (line[indent:] for line in shown)
    return "\n".join(line if len(line) <= WIDTH else line[: WIDTH - 1] + "…" for line in cut)


class Excerpt(Directive):
    """``{excerpt} FORMAT`` with the options page, options, from and lines."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "page": directives.unchanged_required,
        "options": directives.unchanged,
        "from": directives.unchanged,
        "lines": directives.positive_int,
    }

    def run(self) -> list[nodes.Node]:
        """The excerpt as a literal block."""
        name = self.arguments[0]
        try:
            text = excerpt(
                name,
                self.options.get("page", "examples/pages/congress-committee.txt"),
                self.options.get("options", ""),
                self.options.get("from", ""),
                self.options.get("lines", 12),
            )
        except (OSError, ValueError, govreport.GovreportError) as error:
            raise self.error(str(error)) from error
        block = nodes.literal_block(text, text)
        block["language"] = LANGUAGES.get(name, "text")
        block["force"] = True  # a line that was cut short is no longer the language's
        return [block]


def setup(app: Any) -> dict[str, bool]:
    """Tells Sphinx of the directive."""
    app.add_directive("excerpt", Excerpt)
    return {"parallel_read_safe": True}
