"""The stages in order, from source to report: readable from top to bottom."""

from __future__ import annotations

import attrs

from govreport import front, furniture
from govreport.columns import fragments
from govreport.diagnostics import Diagnostic
from govreport.lines import PrintedLine, assemble
from govreport.breaks import break_lines
from govreport.inline import inlined
from govreport.nodes import Front, Furniture
from govreport.outline import outline
from govreport.report import Report
from govreport.roles import roles
from govreport.source import Source


@attrs.frozen(kw_only=True)
class Page:
    """A source as far as its printed lines.

    Args:
        lines: The body's printed lines in reading order.
        front: The headline block that was found among them.
        furniture: What belongs to the page.
        diagnostics: What the stages so far had to remark.
    """

    lines: tuple[PrintedLine, ...]
    front: Front
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]


def printed(source: str) -> Page:
    """Read a source as far as its printed lines, headline block and furniture taken out.

    Args:
        source: The text as extracted.
    """
    furnished = furniture.take(assemble(fragments(source)), source)
    fronted = front.take(furnished.lines, source)
    return Page(
        lines=fronted.lines,
        front=fronted.front,
        furniture=furnished.furniture,
        diagnostics=furnished.diagnostics,
    )


def parse(text: str) -> Report:
    """Read a report out of the text of its page.

    Args:
        text: The text as extracted, or clean.
    """
    page = printed(text)
    found = roles(break_lines(page.lines).blocks)
    body = outline(found, inlined(found, text), text)
    return Report(
        front=page.front,
        body=body,
        furniture=page.furniture,
        diagnostics=page.diagnostics,
        source=Source(text),
    )
