"""Running heads and page numbers: what comes back from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import compress, count, groupby, pairwise
from operator import attrgetter
from typing import Final

import attrs
import regex

from govreport.furniture.lines import Cut
from govreport.lazy import pattern
from govreport.lines import PrintedLine
from govreport.nodes import PageNumber, RunningHead
from govreport.numbering import parse_numeral
from govreport.source import Span
from govreport.stacked import Stack

__all__ = ["repeated"]

#: A page number that says so itself: — 3 —, ·4·, -12-, 第3页 共10页.
_NUMBER: Final = r"""
      (?: [—―─－–-]{1,3} | · | • | ・ | ～ ) \s* (?P<n> [0-9０-９]{1,4} | [一二三四五六七八九十百]{1,4} )
      \s* (?: [—―─－–-]{1,3} | · | • | ・ | ～ )
    | 一 \s* (?P<n> [0-9０-９]{1,4} ) \s* 一
    | 第 \s* (?P<n> [0-9０-９]{1,4} | [一二三四五六七八九十百]{1,4} ) \s* [页頁]
      (?: \s* [,，/／]? \s* [共总共總] \s* [0-9０-９一二三四五六七八九十百]{1,4} \s* [页頁] )?
    | (?i: page ) \s* (?P<n> [0-9]{1,4} ) (?: \s* of \s* [0-9]{1,4} )?
    """
#: A number at one end of a line.
_LED: Final = r"(?P<n>[0-9０-９]{1,5})\s*(?=\D)|[—－-]\s*(?P<n>[0-9]{1,4})\s*[—－-]\s*"
_TRAILED: Final = r"(?<=\D)(?<!\D\s)\s*+(?:[—－-]\s*)?(?P<n>[0-9０-９]{1,5})(?:\s*[—－-])?$"
_BARE: Final = re.compile(r"[0-9０-９]{1,4}")
#: A line without the marks of running text, which no running head holds.
_UNMARKED: Final = re.compile("[^。！？：；，、!?\n]{1,60}+")
_UNMARKED_LINE: Final = re.compile(rf"\n{_UNMARKED.pattern}$", re.MULTILINE)
#: Of these, those with a sign that each of `_HEADLIKE` ends in.
_SIGNED: Final = re.compile(
    r"\n[^。！？：；，、!?\n─—―|│｜·月告报報编录議要鉴]*+[^。！？：；，、!?\n]{1,60}+$",
    re.MULTILINE,
)
#: What page numbers begin with that say so themselves, and how long such a line is at most.
_NUMBER_SIGN: Final = re.compile(
    r"\n(?=[—―─－–\-·•・～一第Pp])(?:[—―─－–\-·•・～]{1,3}\s*[0-9０-９一二三四五六七八九十百]|一\s*[0-9０-９]"
    r"|第\s*[0-9０-９一二三四五六七八九十百]|[Pp][Aa][Gg][Ee])"
)
_LONGEST: Final = 60
#: What a number at a line's end ends with, and what stands between a line's number and the rest.
_END_SIGNS: Final = frozenset("—－-")
_BESIDE: Final = "0123456789０１２３４５６７８９—－-"
#: How a heading or an item begins; such lines come back for other reasons.
_LABEL: Final = r"[（(]?[一二三四五六七八九十百0-9０-９]{1,4}[）)、．.]|第[一二三四五六七八九十百]+[编章节条款部]|附件|附表|表|图"
#: What a running head holds where no page ends tell.
_HEADLIKE: Final = r"[─—―|│｜·]|[0-9]年[0-9]+月|报告$|公报$|公報$|汇编|议事录|會議|规划纲要$|年鉴|日报|晚报|工作报告"
_TITLE: Final = "(?:报告|報告|纲要|公报|规划|计划|决议|决定|摘要|讲话)$"
#: Lines of a page that count as its edge, and lines that pages have at least.
_EDGE: Final = 3
_PAGE_OF: Final = attrgetter("page")
_PAGE: Final = 8


@attrs.frozen(kw_only=True)
class _Head:
    """A line that may be a running head: its words, blanks left out, and the number beside them."""

    line: int
    core: str
    start: int
    end: int
    number: int | None


def repeated(
    lines: Sequence[PrintedLine], stack: Stack, source: str, taken: Container[int]
) -> Iterator[Cut]:
    """Running heads and page numbers among the lines that nothing was taken from yet.

    Args:
        lines: All lines.
        stack: Their texts.
        source: The text that they came from.
        taken: Indices of lines to leave alone.
    """
    edges, texts = _edges(lines), stack.texts
    numbers = dict(_numbers(stack, taken))
    for k, value in numbers.items():
        yield Cut(k, 0, len(texts[k]), (_number(lines[k], 0, len(texts[k]), source, value),))
    rest = [k for k in _unmarked(stack, edges, numbers) if k not in taken and k not in numbers]
    bare = [k for k in rest if _BARE.fullmatch(texts[k])]
    for group in _alike(set(rest).difference(bare), texts):
        for head in _heads(group, lines, edges):
            line = lines[head.line]
            nodes = tuple(_parts(line, head, source))
            yield Cut(head.line, 0, len(line.text), nodes)
    counted = [(k, parse_numeral(texts[k]) or 0) for k in bare if edges[k]]
    yield from _bare_numbers(counted, lines, source)


def _numbers(stack: Stack, taken: Container[int]) -> Iterator[tuple[int, int | None]]:
    """The lines that say that they are page numbers, and what they count."""
    number = pattern(_NUMBER, regex.VERBOSE)
    for k in stack.opening(_NUMBER_SIGN):
        text = stack.texts[k]
        if k not in taken and len(text) <= _LONGEST and (match := number.fullmatch(text)):
            yield k, parse_numeral(match["n"])


def _unmarked(stack: Stack, edges: Sequence[bool], numbers: Container[int]) -> list[int]:
    """The lines without the marks of running text, as far as they may be furniture, ascending.

    Where no words come back at the edges of pages, a running head inside a page is one only by
    signs of its own (`_SIGNED`), so that the other lines need not be compared.

    Args:
        stack: The lines' texts.
        edges: Which of them stand at the edge of a page.
        numbers: Those that are known as page numbers.
    """
    texts = stack.texts
    near = [k for k in compress(count(), edges) if _UNMARKED.fullmatch(texts[k])]
    words = [_words(texts[k]) for k in near if k not in numbers and not _BARE.fullmatch(texts[k])]
    if len(set(words)) < len(words):
        return stack.opening(_UNMARKED_LINE)
    return sorted({*near, *stack.opening(_SIGNED)})


def _words(text: str) -> str:
    """What lines have in common that are the same but for their numbers."""
    return "".join(text.split()).strip(_BESIDE)


def _alike(lines: Iterable[int], texts: Sequence[str]) -> Iterator[list[_Head]]:
    """Some lines as candidates, those together that are the same but for their numbers."""
    near: dict[str, list[int]] = defaultdict(list)
    for k in sorted(lines):
        near[_words(texts[k])].append(k)
    groups: dict[str, list[_Head]] = defaultdict(list)
    for numbers in near.values():
        for k in numbers if len(numbers) > 1 else ():
            if head := _head(k, texts[k]):
                groups[head.core].append(head)
    yield from groups.values()


def _edges(lines: Sequence[PrintedLine]) -> list[bool]:
    """Which lines stand at the head or the foot of a page; none where there is one page alone."""
    out = [False] * len(lines)
    if not lines or lines[0].page == lines[-1].page:
        return out
    first = 0
    for _, page in groupby(map(_PAGE_OF, lines)):
        end = first + len(list(page))
        for at in (*range(first, min(first + _EDGE, end)), *range(max(first, end - _EDGE), end)):
            out[at] = True
        first = end
    return out


def _head(k: int, text: str) -> _Head | None:
    """A line as a candidate: its number at either end apart from the rest."""
    if pattern(_LABEL).match(text):
        return None
    start, end, number = 0, len(text), None
    if led := pattern(_LED).match(text):
        start, number = led.end(), led["n"]
    elif (text[-1].isdecimal() or text[-1] in _END_SIGNS) and (
        trailed := pattern(_TRAILED).search(text)
    ):
        end, number = trailed.start(), trailed["n"]
    # 2018年 is no page number.
    if text[start : start + 1] in {"年", "月", "日"}:
        start, number = 0, None
    core = "".join(text[start:end].split())
    if not 3 <= len(core) <= 40:
        return None
    return _Head(
        line=k, core=core, start=start, end=end, number=parse_numeral(number) if number else None
    )


def _heads(
    group: Sequence[_Head], lines: Sequence[PrintedLine], edges: Sequence[bool]
) -> Sequence[_Head]:
    """Those of equal lines that are running heads; empty where they come back as text."""
    numbers = [head.number for head in group if head.number is not None]
    counting = (
        len(numbers) >= 2
        and len(numbers) >= len(group) - 1
        and all(a < b for a, b in pairwise(numbers))
    )
    if len(group) < (2 if counting else 3):
        return ()
    pages = [lines[head.line].page for head in group]
    apart = all(b.line - a.line >= _PAGE for a, b in pairwise(group))
    on_edges = all(edges[head.line] for head in group) and len(set(pages)) == len(pages)
    if not on_edges and not (
        len(group) >= 3 and apart and pattern(_HEADLIKE).search(group[0].core)
    ):
        return ()
    # The first of them all may be the title itself.
    first = group[0]
    titled = first.line < 2 and first.number is None and pattern(_TITLE).search(first.core)
    return group[1:] if titled else group


def _parts(line: PrintedLine, head: _Head, source: str) -> Iterator[PageNumber | RunningHead]:
    if head.start:
        yield _number(line, 0, head.start, source, head.number)
    core = line.text[head.start : head.end].strip()
    yield RunningHead(text=core.text, spans=core.spans(source))
    if head.end < len(line.text):
        yield _number(line, head.end, len(line.text), source, head.number)


def _number(line: PrintedLine, start: int, end: int, source: str, value: int | None) -> PageNumber:
    part = line.text[start:end].strip()
    spans: tuple[Span, ...] = part.spans(source)
    return PageNumber(text=part.text, spans=spans, value=value)


def _bare_numbers(
    bare: Sequence[tuple[int, int]], lines: Sequence[PrintedLine], source: str
) -> Iterator[Cut]:
    """Figures alone at the edges of pages that count the pages, three at least."""
    steps: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for k, number in bare:
        steps[number - lines[k].page].append((k, number))
    for found in steps.values():
        pages = {lines[k].page for k, _ in found}
        if len(pages) >= 3 and len(pages) == len(found):
            for k, number in found:
                size = len(lines[k].text)
                yield Cut(k, 0, size, (_number(lines[k], 0, size, source, number),))
