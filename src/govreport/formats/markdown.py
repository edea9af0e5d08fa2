"""Markdown for people: YAML front matter, ATX headings, one paragraph a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import regex

from govreport.formats.common import Line, clean, front_values, label_text
from govreport.nodes import Front, Item, Label, Lead, Leaf, Paragraph, Section
from govreport.nodes.deferred import rough
from govreport.visitors import blocks

if TYPE_CHECKING:
    from govreport.report import Report

__all__ = ["iter_write", "write"]

#: CommonMark knows six levels.
DEEPEST: Final = 6

#: Signs that may begin markup wherever they stand.
_ANYWHERE: Final = regex.compile(r"[\\`*_\[]|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
#: What would make a block of a paragraph: headings, quotations, lists, rules.
_AT_START: Final = regex.compile(r"#{1,6}(?!\S)|>|[-+](?!\S)|-[-\s]*$")
_NUMBERED: Final = regex.compile(r"(\d{1,9})([.)])(?!\S)")
#: The mark that ends a run-in heading stays outside the bold; CommonMark closes bold only after
#: a letter, or where a blank or a mark follows.
_END: Final = "。！？：；，、…．.!?:;, \u3000"
_MARK: Final = regex.compile(r"[\p{P}\p{S}]")
_CLOSES: Final = regex.compile(r"[\p{P}\s]|$")
#: Characters that YAML wants escaped beside what JSON escapes.
_UNPRINTABLE: Final = regex.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def write(report: Report, *, front: bool = True) -> str:
    """The report as Markdown.

    Args:
        report: The report.
        front: Whether the front matter comes first.
    """
    return "".join(iter_write(report, front=front))


def iter_write(report: Report, *, front: bool = True) -> Iterator[str]:
    """The report as Markdown, block by block."""
    head = _front_matter(report.front) if front else ""
    yield head
    apart = "\n" if head else ""
    listed = False
    for node, leaves in blocks(report.body, roughly=True):
        bullet = isinstance(node, Item) and node.marker.style == "bullet"
        text = _bullet(leaves) if bullet else _block(node, leaves)
        if text:
            yield f"{'' if bullet and listed else apart}{text}\n"
            apart, listed = "\n", bullet


def _front_matter(front: Front) -> str:
    lines = []
    for name, value in front_values(front).items():
        if isinstance(value, list):
            lines.append(f"{name}: [{', '.join(map(_quoted, value))}]\n")
        else:
            lines.append(f"{name}: {value if isinstance(value, int) else _quoted(value)}\n")
    return f"---\n{''.join(lines)}---\n" if lines else ""


def _quoted(text: str) -> str:
    """A string that YAML, JSON and Python read alike.

    >>> print(_quoted('说"好"\\x85'))
    "说\\"好\\"\\u0085"
    """
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted)


def _block(node: Line, leaves: tuple[Leaf, ...]) -> str:
    text = clean("".join(leaf.text for leaf in leaves)).strip()
    if isinstance(node, Section):
        words = escape(text)
        # Hashes at the end would be read as the heading's closing fence.
        words = words[:-1] + "\\#" if words.endswith("#") else words
        return f"{'#' * min(max(node.level, 1), DEEPEST)} {words}" if text else ""
    if isinstance(node, Paragraph | Item) and node.lead is not None:
        label = node.label if isinstance(node, Paragraph) else node.marker
        return _run_in(label, node.lead, text)
    return at_start(escape(text))


def _bullet(leaves: tuple[Leaf, ...]) -> str:
    """An item of a list with bullets: the items of one list stand close together."""
    marker, *rest = leaves
    words = escape(clean("".join(leaf.text for leaf in rest)).strip())
    sign = clean(marker.text).strip()
    return f"- {words}" if sign in ("-", "－") else f"- {sign} {words}"


def _run_in(label: Label | None, lead: Lead, text: str) -> str:
    """A paragraph that opens with a run-in heading, in bold up to its end mark."""
    words = "".join([leaf.text for leaf in rough(lead)])
    bold = clean(label_text(label) + words).strip()
    end = len(bold.rstrip(_END))
    while end and _MARK.match(bold, end - 1) and not _CLOSES.match(text, end):
        end -= 1
    bold = bold[:end].rstrip()
    if not bold or not text.startswith(bold):
        return at_start(escape(text))
    return f"**{escape(bold)}**{escape(text[len(bold) :])}"


def escape(text: str) -> str:
    """Prose with its would-be markup escaped, for the inside of a block.

    >>> print(escape("a*b 与 <b>"))
    a\\*b 与 \\<b>
    """
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    # GitHub strikes out what stands between two tildes, such as 2~3 … 4~5.
    return text.replace("~", "\\~") if text.count("~") > 1 else text


def at_start(text: str) -> str:
    """Prose with an escape where its beginning would make a heading, list or quotation of it.

    >>> print(at_start("1. 农业"), at_start("# 注"), at_start("（1）工业"))
    1\\. 农业 \\# 注 （1）工业
    """
    if _AT_START.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text
