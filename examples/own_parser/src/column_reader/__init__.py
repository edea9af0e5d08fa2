"""Reads a page set without indents back into Markdown: a block ends where more would have fitted."""

import re
from itertools import pairwise
from unicodedata import east_asian_width

#: What no line end parts: a number with its sign, a word, a pair of dashes, marks with their character.
UNIT = re.compile(
    r"[“‘（《]*(?:[0-9]+(?:\.[0-9]+)*%?|[０-９]+(?:．[０-９]+)*％?|[A-Za-z]+|——|.)[，。、；：！？”’）》%％]*"
)
ENDS = re.compile(r"[。！？：；]$")
LABELS = (re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）"))
SQUEEZED = 0.5  # em that a mark at a line's end may lose


def width(text: str) -> float:
    """The width in em: Han and full-width signs one, others half."""
    return sum(1.0 if east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def blocks(text: str) -> list[str]:
    """The lines joined to blocks."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    measure = max(map(width, lines), default=0)
    out = lines[:1]
    for line, after in pairwise(lines):
        unit = UNIT.match(after)
        room = measure - width(line) - width(unit[0] if unit else "") + SQUEEZED
        if room >= 1:
            out.append(after)
        else:
            out[-1] += after
    return out


def level(block: str) -> int:
    """The level of a heading: a label, and no mark at the end; 0 for a paragraph."""
    if ENDS.search(block):
        return 0
    return next((n for n, label in enumerate(LABELS, 1) if label.match(block)), 0)


def read(text: str) -> str:
    """A page as Markdown."""
    return "\n\n".join(
        "#" * level(block) + " " * bool(level(block)) + block for block in blocks(text)
    )
