"""Plain text: the front lines, then one block a line; furniture is left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from govreport.formats.common import clean
from govreport.nodes import Speaker
from govreport.visitors import blocks

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]


def write(report: Report, *, front: bool = True) -> str:
    """The report's text.

    Args:
        report: The report.
        front: Whether the headline block comes first. A name that the page prints once more than
            it needs is left out.
    """
    return "".join(iter_write(report, front=front))


def iter_write(report: Report, *, front: bool = True) -> Iterator[str]:
    """The report's text, line by line."""
    for line in report.front.lines if front else ():
        if not (isinstance(line, Speaker) and line.repeated) and line.text:
            yield clean(line.text) + "\n"
    for _, leaves in blocks(report.body, roughly=True):
        text = clean("".join(leaf.text for leaf in leaves))
        if text:
            yield text + "\n"
