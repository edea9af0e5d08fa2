"""Both sides of a comparison as blocks, and their characters without what makes no difference."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Final

import attrs

from govreport.numbering import read
from govreport.testing.copy import Copy, CopyBlock, read_markdown
from govreport.testing.fragments import GAP, DamagedPage, Truth
from govreport.unicode_tables import READINGS

_ALIKE: Final = str.maketrans(
    {"─": "—", "－": "-", "―": "—", "⸺": "——", "∶": ":", "•": "·", "‧": "·", "・": "·"}
)
_NOTHING: Final = frozenset("\u200b\u00ad\ufeff" + GAP)
_MARKUP: Final = re.compile(r"[-*]\s+|>\s?|\d+\.\s{2,}")
_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*(?=.)", re.S)
_APART: Final = re.compile(r"\n[^\S\n]*\n\s*")


@attrs.frozen(slots=True, kw_only=True)
class Block:
    """A block of a prediction or of the truth: the level of a heading, 0 for all else."""

    level: int
    text: str


@attrs.frozen(kw_only=True)
class Gold:
    """What is true of a page.

    Args:
        blocks: The blocks in reading order, with the figures that the page lost.
        leads: The run-in headings.
        optional: Boundaries that the page leaves open, as the texts on both sides: not judged.
        lost: Where figures begin that the page lost, in the folded characters of all blocks.
    """

    blocks: tuple[Block, ...]
    leads: tuple[str, ...] = ()
    optional: tuple[tuple[str, str], ...] = ()
    lost: frozenset[int] = frozenset()

    @property
    def filled(self) -> tuple[Block, ...]:
        """The blocks that have characters."""
        return tuple(block for block in self.blocks if fold(block.text))


def fold(text: str) -> str:
    """The characters that count: no blanks, no gaps, one form of each.

    >>> fold("增长 ５．２％ ⻓□"), fold("──")
    ('增长5.2%长', '——')
    """
    plain = unicodedata.normalize("NFKC", text.translate(_tables()))
    return "".join(c for c in plain if not c.isspace() and c not in _NOTHING)


@cache
def _tables() -> dict[int, str]:
    """Radicals as the Han that they stand for, and the signs that look alike."""
    one = {ord(char): to for char, to in READINGS.items() if len(char) == 1}
    return one | {code: str(to) for code, to in _ALIKE.items()}


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of Markdown: chunks between blank lines, the front matter left out.

    >>> read_blocks("# 一、回顾\\n修路。\\n\\n**架桥**。3座。")[1:]
    (Block(level=0, text='修路。'), Block(level=0, text='架桥。3座。'))
    """
    out = []
    for chunk in _chunks(markdown):
        heading = re.match(r"(#{1,6})\s+(.*)", chunk, re.S)
        rest = chunk
        if heading:
            first, _, rest = heading[2].partition("\n")
            out.append(Block(level=len(heading[1]), text=_ESCAPE.sub(r"\1", first)))
        elif marked := _MARKUP.match(chunk):
            rest = chunk[marked.end() :]
        if rest.strip():
            out.append(Block(level=0, text=_ESCAPE.sub(r"\1", rest.replace("**", ""))))
    return tuple(out)


def leads_of(markdown: str) -> tuple[tuple[str, str], ...]:
    """The bold beginnings of paragraphs, each with its whole paragraph.

    >>> leads_of("**架桥**。3座。")
    (('架桥', '架桥。3座。'),)
    """
    found = ((chunk, _BOLD.match(chunk)) for chunk in _chunks(markdown))
    return tuple((match[1], chunk.replace("**", "")) for chunk, match in found if match)


def _chunks(markdown: str) -> list[str]:
    text = markdown.replace("\r\n", "\n")
    if text.startswith("---\n") and "\n---\n" in text[3:]:
        text = text[text.index("\n---\n", 3) + 5 :]
    return [chunk.strip() for chunk in _APART.split(text) if chunk.strip()]


def gold_of(
    what: Gold | Truth | DamagedPage | Copy | str | Mapping[str, Any],
) -> Gold:
    """The truth, in whatever form it is at hand.

    The JSON of a gold file has `blocks` of `["h" | "p", text]` or `["h", text, level]`; headings without
    a level are nested by the first sight of each style of numbering. `leads` (paragraph to
    run-in heading) and `optional` (pairs of texts) may be there.

    >>> gold_of({"blocks": [["h", "一、回顾"], ["h", "（一）路"], ["p", "修路。"]]}).blocks[1].level
    2
    """
    if isinstance(what, Gold):
        return what
    if isinstance(what, Mapping):
        leads = tuple((what.get("leads") or {}).values())
        optional = tuple((one, two) for one, two in what.get("optional") or ())
        return Gold(blocks=_nested(what["blocks"]), leads=leads, optional=optional)
    if isinstance(what, DamagedPage):
        what = what.truth
    if isinstance(what, str):
        what = read_markdown(what)
    if not isinstance(what, Truth):
        return _gold(what.blocks)
    front = len(what.blocks) - len(what.copy.blocks)
    blocks = what.blocks[front:]  # they have the figures that the page lost
    starts = [0, *accumulate(len(fold(block.text)) for block in blocks)]
    lost = [(x.block - front, x.offset) for x in what.lost if x.block >= front]
    return attrs.evolve(
        _gold(blocks),
        lost=frozenset(starts[n] + len(fold(blocks[n].text[:offset])) for n, offset in lost),
    )


def _gold(blocks: Sequence[CopyBlock]) -> Gold:
    return Gold(
        blocks=tuple(Block(level=block.level, text=block.text) for block in blocks),
        leads=tuple(block.lead for block in blocks if block.lead),
    )


def _nested(rows: Sequence[Sequence[Any]]) -> tuple[Block, ...]:
    """Blocks with levels: a heading's rank by its numbering, one without a number above all."""
    out: list[Block] = []
    stack: list[int] = []
    for kind, text, *level in rows:
        if kind != "h" or level:
            out.append(Block(level=level[0] if level else 0, text=text))
            continue
        label = read(text)
        rank = label.rank if label else -1
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        out.append(Block(level=len(stack), text=text))
    return tuple(out)
