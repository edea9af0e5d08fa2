"""Headlines that are set in the text: they stay in its lines, and what they say becomes values.

Most headlines stand apart. Two kinds do not. Where a text came through another hand, its subtitle
and speaker run on as one paragraph of the column, wrapped like those below it; and the title of an
adopted text belongs to what was adopted, with the note of the adoption under it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from statistics import mode
from typing import Final

from govreport.front.lines import Piece, Read, Reader
from govreport.measure import track
from govreport.nodes import FrontValues
from govreport.signs import LETTER

__all__ = ["set_in_text", "values"]

#: Lines before and after a block that tell the column's measure.
_BEFORE: Final = 20
_AFTER: Final = 80
#: What a full line can fall short of the measure, its first line's indent included, and reach
#: beyond it, in em; and what a date takes whose figures are gone.
_SHORT: Final = 3.5
_OVER: Final = 1.0
_LOST: Final = 4.0
#: The parts that a paragraph runs together.
_RUN_ON: Final = frozenset({"title", "subtitle", "speaker"})
_HAN: Final = re.compile(LETTER)
_PASSED: Final = re.compile(r"(?:通过|通過)[）)]$")
_NO_FIGURE: Final = re.compile(r"(?<![0-9０-９〇○零一二三四五六七八九十])[年月日]")


def set_in_text(reader: Reader, reads: Sequence[Read]) -> frozenset[int]:
    """Which reads of a headline are paragraphs of the text, by their index.

    Args:
        reader: Holds the lines.
        reads: The headline, read.
    """
    if adopted := _adopted(reader, reads):
        return adopted
    return frozenset(
        n
        for n, read in enumerate(reads)
        if _runs_on(reader, read) and _opens_text(reader, reads, n) and _in_column(reader, read)
    )


def _adopted(reader: Reader, reads: Sequence[Read]) -> frozenset[int]:
    """The title of an adopted text and the note under it, where the text follows them."""
    kinds = {piece.part.kind for read in reads for piece in read.pieces}
    if not kinds <= {"kicker", "title", "adoption", "date"} or not {"title", "adoption"} <= kinds:
        return frozenset()
    notes = [n for n, read in enumerate(reads) if read.pieces[0].part.kind == "adoption"]
    below = max(read.last for read in reads) + 1
    whole = len(notes) == 1 and _PASSED.search(reads[notes[0]].pieces[0].plain)
    if not whole or below == len(reader.lines):
        return frozenset()
    return frozenset(
        n for n, read in enumerate(reads) if read.pieces[0].part.kind in {"title", "adoption"}
    )


def _runs_on(reader: Reader, read: Read) -> bool:
    """Whether the speaker comes straight behind title or meeting, with no blank between them."""
    kinds = [piece.part.kind for piece in read.pieces]
    if len(kinds) < 2 or not _RUN_ON.issuperset(kinds) or kinds[-1] != "speaker":
        return False
    before, name = read.pieces[-2].text, read.pieces[-1].text
    seam = (before.text[-1:], name.text[:1])
    if not all(_HAN.match(sign) for sign in seam):
        return False
    # Blanks were closed up between Han; where the line was not set loose, they set apart.
    at = name.offset(0)
    if at - before.offset(len(before) - 1) != 1:
        lines = reader.lines[read.first : read.last + 1]
        return any(line.text.offset(0) == at or line.spaced for line in lines)
    return True


def _opens_text(reader: Reader, reads: Sequence[Read], n: int) -> bool:
    """Whether a read stands where the text begins: above its salutation, or at its head."""
    read = reads[n]
    below = read.last + 1
    if read.end < len(reader.lines[read.last].text):
        return True
    if below == len(reader.lines):
        return False
    return reader.opens_body(below) or read.first == sum(x.last - x.first + 1 for x in reads[:n])


def _in_column(reader: Reader, read: Read) -> bool:
    """Whether a read fills the lines of the column around it as a paragraph does."""
    low = max(0, read.first - _BEFORE)
    around = [line.width for line in reader.lines[low : read.last + 1 + _AFTER]]
    # A few short lines at the head can look like a column of their own.
    measure = mode(track(around))
    widths = around[read.first - low : read.last + 1 - low]
    if measure is None:
        # One paragraph a line; a line wider than all others is none of them.
        return len(widths) == 1 and max(around) > widths[0]
    lost = _LOST if _NO_FIGURE.search(read.pieces[0].plain + read.pieces[1].plain) else 0.0
    full = widths if len(widths) == 1 else widths[:-1]
    return max(widths) <= measure + _OVER and min(full) >= measure - _SHORT - lost


def values(pieces: Iterable[Piece]) -> FrontValues | None:
    """What parts of a headline say that stay in the text; none where there are none."""
    found: dict[str, str] = {}
    for piece in pieces:
        part = piece.part
        if part.kind == "title":
            found.setdefault("title", piece.plain)
        elif part.kind == "subtitle":
            found.setdefault("subtitle", piece.plain.strip("—─―－-（）()"))
        elif part.kind == "speaker":
            said = {"author": part.name, "office": part.office}
            found.update((k, v) for k, v in said.items() if v and k not in found)
        elif part.iso:
            found.setdefault("date", part.iso)
    return FrontValues(**found) if found else None
