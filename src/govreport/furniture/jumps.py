"""Page jumps: 下转 and 上接, alone on a line, at its end or its start, or over two lines."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from govreport.furniture.lines import Cut
from govreport.furniture.tables import FurnitureTables, JumpPatterns, compile_tables, jump_patterns
from govreport.lazy import plain
from govreport.lines import PrintedLine
from govreport.nodes import PageJump
from govreport.numbering import parse_numeral
from govreport.source import Traced, join
from govreport.stacked import Stack

__all__ = ["jumps", "page_name"]

#: The open half of a jump that goes on in the next line.
_OPEN = re.compile(r"[（(〔［\[【][^）)〕］\]】]{0,12}$")
#: The most that such a half is long, in characters, and one.
_TAIL = 14
#: How much of the next line can belong to it.
_REACH = 16

#: A page's name: its letter and its number; and what else may stand around another name.
_PAGE_NAME: Final = r"第?([A-ZＡ-Ｚ]?)([0-9０-９]+|[一二三四五六七八九十]+)(?:版|页|頁)?"
_AROUND_NAME: Final = r"^第□?|[版页頁]$"


def page_name(text: str) -> str:
    """The page of a jump in one form: digits without zeros, letters before them.

    >>> page_name("第四版"), page_name("Ａ０３版"), page_name("02版"), page_name("头版")
    ('4', 'A3', '2', '头版')
    """
    bare = "".join(text.split())
    found = plain(_PAGE_NAME).fullmatch(bare)
    if found is None:
        inner = plain(_AROUND_NAME).sub("", bare)
        return (
            inner if any(sign.isdigit() for sign in inner) else bare.lstrip("第□") if inner else ""
        )
    value = parse_numeral(found[2])
    letter = chr(ord(found[1]) - 0xFEE0) if found[1] > "Z" else found[1]
    return f"{letter}{value}"


def jumps(
    lines: Sequence[PrintedLine],
    stack: Stack,
    source: str,
    tables: FurnitureTables,
    taken: Container[int],
) -> Iterator[Cut]:
    """The page jumps of lines that nothing was taken from yet, in reading order.

    Args:
        lines: The printed lines.
        stack: Their texts.
        source: The text that they came from.
        tables: The words that furniture is known by.
        taken: Indices of lines to leave alone.
    """
    named = stack.holding(compile_tables(tables).jump)
    if not named:
        return
    patterns = jump_patterns(tables)
    # The line after a jump over two lines, and where what is left of it begins.
    below, start = -1, 0
    for k in sorted(named.union([k - 1 for k in named if k])):
        if k in taken:
            continue
        text = lines[k].text
        if k in named:
            for low, high, node in _inside(text, start if k == below else 0, source, patterns):
                yield Cut(k, low, high, (node,))
        if k + 1 < len(lines) and k + 1 not in taken:
            half = _OPEN.search(text.text, max(0, len(text.text) - _TAIL))
            over = half and _over(text, half.start(), lines[k + 1].text, source, patterns)
            if over:
                low, start, node = over
                below = k + 1
                yield Cut(k, low, len(text), (node,))
                yield Cut(k + 1, 0, start, ())


def _inside(
    text: Traced, start: int, source: str, patterns: JumpPatterns
) -> Iterator[tuple[int, int, PageJump]]:
    if start == 0:
        whole = patterns.end.match(text.text)
        if whole:
            yield 0, len(text), _node(text, whole, source)
            return
    ends = start
    for match in patterns.bracketed.finditer(text.text, start):
        ends = match.end()
        yield match.start(), ends, _node(text[match.start() : ends], match, source)
    last = patterns.end.search(text.text, max(ends, len(text) - 40))
    if last:
        yield last.start(), last.end(), _node(text[last.start() : last.end()], last, source)


def _over(
    here: Traced, start: int, there: Traced, source: str, patterns: JumpPatterns
) -> tuple[int, int, PageJump] | None:
    """A jump in brackets that begins at the end of one line and ends at the start of the next."""
    tail = here[start : len(here)]
    both = join((tail, there[0:_REACH]))
    match = patterns.bracketed.match(both.text)
    if match is None or match.end() <= len(tail):
        return None
    node = _node(both[0 : match.end()], match, source)
    return start, match.end() - len(tail), node


def _node(part: Traced, match: re.Match[str], source: str) -> PageJump:
    return PageJump(
        text=part.strip().text,
        spans=part.strip().spans(source),
        direction="to" if match["to"] else "from",
        page=page_name(match["page"]),
    )
