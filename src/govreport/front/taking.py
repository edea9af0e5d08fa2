"""The headline block, wherever it stands: found, read and taken out.

It may stand at the head, at the far end, between two columns of the text, or in pieces. Works on
printed lines, furniture already taken out, before anything is known of paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from govreport.cuts import without
from govreport.front.blocks import ENOUGH, Block, candidates, is_off, single
from govreport.front.lines import Piece, Read, Reader
from govreport.front.occasion import occasion
from govreport.front.setting import set_in_text, values
from govreport.front.tables import TABLES, FrontTables, compile_front
from govreport.lines import PrintedLine
from govreport.names import is_name
from govreport.nodes import (
    Adoption,
    DocumentDate,
    Front,
    FrontLine,
    FrontNote,
    Kicker,
    Speaker,
    Subtitle,
    Title,
)

__all__ = ["TABLES", "FrontTables", "Fronted", "take"]

#: How far from either end of a text a piece of the headline block can stand, in lines.
_NEAR: Final = 12


@attrs.frozen(kw_only=True)
class Fronted:
    """Lines without the headline block.

    Args:
        lines: What is left, in reading order, headlines that are set in the text with it.
        front: The headline block.
        position: Index in ``lines`` of what stood behind the block; none without one.
        kept: The headlines that are paragraphs of the text: for each the index of its first
            line in ``lines``, and of the line after its last.
    """

    lines: tuple[PrintedLine, ...]
    front: Front
    position: int | None = None
    kept: tuple[tuple[int, int], ...] = ()


def take(lines: Sequence[PrintedLine], source: str, *, tables: FrontTables = TABLES) -> Fronted:
    """Take the headline block out of printed lines.

    Args:
        lines: The printed lines, in reading order, without furniture.
        source: The text that they came from, for the spans.
        tables: The words that headline blocks are known by.

    >>> from govreport.columns import fragments
    >>> from govreport.lines import assemble
    >>> page = "云泽市人民政府工作报告\\n——2031年1月4日在云泽市第五届人民代表大会第二次会议上\\n"
    >>> page += "云泽市市长　安小禾\\n各位代表：\\n"
    >>> done = take(assemble(fragments(page)), page)
    >>> done.front.title, done.front.author, done.front.date, len(done.lines)
    ('云泽市人民政府工作报告', '安小禾', '2031-01-04', 1)
    """
    reader = Reader(lines=lines, patterns=compile_front(tables), tables=tables)
    blocks = list(candidates(reader))
    main = max(blocks, key=lambda b: (b.weight, -b.first), default=None)
    if main is not None and main.weight < ENOUGH:
        main = None
    reads = list(_plain_head(reader)) if main is None else list(_all_pieces(reader, main, blocks))
    if not reads:
        return Fronted(lines=tuple(lines), front=Front())
    kept = set_in_text(reader, reads)
    taken = [read for n, read in enumerate(reads) if n not in kept]
    left, position, places = _left(lines, taken, [reads[n] for n in kept])
    front = _front(reads, taken, source)
    said = values(piece for n in sorted(kept) for piece in reads[n].pieces)
    return Fronted(
        lines=left, front=attrs.evolve(front, values=said), position=position, kept=places
    )


def _plain_head(reader: Reader) -> Iterator[Read]:
    """A headline without any of the usual forms: short lines above a salutation."""
    count = 0
    while count < len(reader.lines) and count < 4 and reader.is_headish(count):
        count += 1
    if not count or count == len(reader.lines):
        return
    if not reader.patterns.salutation.match(reader.lines[count].text.text):
        return
    for k in range(count):
        read = reader.read(k)
        part = read.pieces[0].part if read and read.last == k else None
        if read and part and (part.name or part.kind in {"date", "kicker"}):
            yield read
        else:
            yield single(reader, k, "title")


def _all_pieces(reader: Reader, main: Block, blocks: Sequence[Block]) -> Iterator[Read]:
    """The main block, the same title once more, and what else of it stands near either end."""
    others = [b for b in blocks if b is not main and _belongs(reader, main, b)]
    fuller = [b for b in others if len(b.title) > len(main.title)][:1]
    used: set[int] = set()
    found = (*fuller, main, *(b for b in others if b not in fuller))
    for block in found:
        yield from block.reads
        used.update(range(block.first, block.last + 1))
    speakers = [p for block in found for p in block.pieces if p.part.kind == "speaker"]
    for k in _ends(reader):
        if k not in used and (read := _speaker(reader, k, speakers)):
            yield read
            speakers = speakers or [read.pieces[0]]


def _belongs(reader: Reader, main: Block, block: Block) -> bool:
    """Whether another block is a piece of the main one's headline."""
    if block.weight < ENOUGH:
        return False
    if block.title:
        return block.title.endswith(main.title) or main.title.endswith(block.title)
    ends = block.first <= 1 or block.last >= len(reader.lines) - 2
    return ends and not main.has("subtitle")


def _ends(reader: Reader) -> Iterator[int]:
    """The lines near the head and near the far end of a text."""
    size = len(reader.lines)
    yield from range(min(size, _NEAR))
    yield from range(max(_NEAR, size - _NEAR), size)


def _speaker(reader: Reader, k: int, known: Sequence[Piece]) -> Read | None:
    """A line that names the speaker: once more, or apart from the block that did not."""
    named = None
    if known:
        text = reader.plain(k)
        named = next((p for p in known if text in (p.part.name, p.plain) and p.part.name), None)
        if named is None:
            return None
    if not reader.is_headish(k):
        return None
    if named is not None:
        read = single(reader, k, "speaker")
        part = attrs.evolve(
            read.pieces[0].part, name=named.part.name, office=named.part.office, repeated=True
        )
        return attrs.evolve(read, pieces=(attrs.evolve(read.pieces[0], part=part),))
    if not is_off(reader, k, k, k):
        return None
    read_here = reader.read(k)
    if read_here is None or read_here.last != k or len(read_here.pieces) != 1:
        return None
    part = read_here.pieces[0].part
    first = k == 0 and len(reader.lines) > 1 and reader.opens_body(1)
    sure = part.kind == "speaker" and bool(part.name) and (bool(part.office) or first)
    return read_here if sure and is_name(part.name) else None


def _left(
    lines: Sequence[PrintedLine], reads: Sequence[Read], kept: Sequence[Read]
) -> tuple[tuple[PrintedLine, ...], int | None, tuple[tuple[int, int], ...]]:
    """The lines without those of the headline, where its first read stood, and what stays of it.

    Args:
        lines: All lines.
        reads: What to take out, in reading order.
        kept: What stays; the text that goes on behind it on its line is parted from it.
    """
    ends = {read.last: read.end for read in kept}
    places = {read.first: read.last + 1 - read.first for read in kept}
    found: list[tuple[int, int]] = []
    cuts: dict[int, tuple[int, int]] = {}
    for read in reads:
        for k in range(read.first, read.last + 1):
            start = read.start if k == read.first else 0
            cuts[k] = (start, read.end if k == read.last else len(lines[k].text))
    left: list[PrintedLine] = []
    position, done = None, 0
    for k in sorted(cuts.keys() | places.keys() | ends.keys()):
        left.extend(lines[done:k])
        done = k + 1
        line, size = lines[k], len(lines[k].text)
        if reads and k == reads[0].first:
            position = len(left)
        if k in places:
            found.append((len(left), len(left) + places[k]))
        rests: list[PrintedLine | None] = [line]
        if ends.get(k, size) < size:
            rests = [without(line, [cut]) for cut in ((ends[k], size), (0, ends[k]))]
        elif k in cuts:
            rests = [without(line, [cuts[k]])]
        left.extend(rest for rest in rests if rest is not None)
    left.extend(lines[done:])
    return tuple(left), position, tuple(found)


def _front(reads: Sequence[Read], taken: Sequence[Read], source: str) -> Front:
    """The headline block: lines of what is taken out, the meeting out of all."""
    pieces = [piece for read in reads for piece in read.pieces]
    telling = ("subtitle", "adoption", "kicker", "note")
    texts = [p.plain for kind in telling for p in pieces if p.part.kind == kind]
    lines = tuple(_node(piece, source) for read in taken for piece in read.pieces)
    return Front(lines=lines, occasion=occasion(texts))


def _node(piece: Piece, source: str) -> FrontLine:
    part = piece.part
    text, spans = piece.text.text, piece.text.spans(source)
    match part.kind:
        case "kicker":
            return Kicker(text=text, spans=spans)
        case "title":
            return Title(text=text, spans=spans)
        case "subtitle":
            return Subtitle(text=text, spans=spans)
        case "adoption":
            return Adoption(text=text, spans=spans, iso=part.iso)
        case "date":
            return DocumentDate(text=text, spans=spans, iso=part.iso)
        case "speaker":
            return Speaker(
                text=text, spans=spans, name=part.name, office=part.office, repeated=part.repeated
            )
    return FrontNote(text=text, spans=spans)
