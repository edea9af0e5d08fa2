"""Headline blocks: grown line by line from a title or a subtitle, and weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import attrs

from govreport.front.lines import SECOND, Kind, Part, Piece, Read, Reader
from govreport.lazy import plain
from govreport.signs import LETTER
from govreport.source import Traced, join
from govreport.stacked import Stack
from govreport.typography import width

__all__ = ["ENOUGH", "Block", "candidates", "is_off", "single"]

#: What a block must weigh to be believed; weights below are on the same scale.
ENOUGH: Final = 4
_WEIGHTS: Final = {"strict": 3, "report": 2, "plan": 1, "plain": 0}
_SUBTITLE, _SPEAKER, _NAME, _ADOPTION, _DATE = 3, 2, 1, 2, 1
#: Lines that a block can have, lines above its title, and lines around it that give the measure.
_LONGEST: Final = 10
_ABOVE: Final = 5
_AROUND: Final = 12
#: No line of a headline is longer than this, in characters.
_HUGE: Final = 400
#: How far from the measure a line must end, in em, to be set by itself.
_OFF: Final = 1.5
#: What the first half of a title ends in, where another line ends it.
_HALF: Final = (
    r"(?:协商会议|协商會議|人民政府|政府|委员会|法院|检察院|代表大会|常务|人民|中国共产党|[省市县区州盟旗]"
    r"|年|年度|情况|计划|发展|和|与|及|的|关于.*)$"
)
#: What joins two halves of a title, wherever the line was cut.
_JOINS: Final = ("和", "与", "與", "及", "暨")
#: What a subtitle says of its meeting; fairs and congresses of other kinds go without.
_MET: Final = "[会會]上|次[^，]{0,4}[会會]|次代表大会|年.{0,4}月"
#: A session or a series of documents, which stand above a title.
_SESSION: Final = "[次届][^，次届]*?会议$|文件"
#: How the titles of reports on plans and budgets begin.
_ABOUT: Final = ("关于", "關於")
_HAN: Final = re.compile(LETTER)
_WHOLE_BODY: Final = r"中国人民政治协商会议|中国共产党|中华人民共和国|政协.{0,8}|中共"


@attrs.frozen(kw_only=True)
class Block:
    """A headline block as far as it hangs together.

    Args:
        reads: Its lines, in reading order.
        weight: How much speaks for it, at least.
    """

    reads: tuple[Read, ...]
    weight: float

    @property
    def first(self) -> int:
        """Index of its first line."""
        return self.reads[0].first

    @property
    def last(self) -> int:
        """Index of its last line."""
        return self.reads[-1].last

    @property
    def pieces(self) -> Iterator[Piece]:
        """Its parts, in reading order."""
        for read in self.reads:
            yield from read.pieces

    def has(self, kind: str) -> bool:
        """Whether it has a part of a kind."""
        return any(piece.part.kind == kind for piece in self.pieces)

    @property
    def title(self) -> str:
        """The first title, blanks left out."""
        return next((p.plain for p in self.pieces if p.part.kind == "title"), "")


def candidates(reader: Reader) -> Iterator[Block]:
    """Blocks that lines of the text could be, apart from each other, in reading order."""
    done = -1
    for k in _hinted(reader):
        block = _block(reader, k, done) if k > done else None
        if block is not None:
            done = block.last
            yield block


def _hinted(reader: Reader) -> list[int]:
    """The first line, and those that hold what a headline can be found by."""
    if not reader.lines:
        return []
    patterns, stack = reader.patterns, Stack.of([line.text.text for line in reader.lines])
    texts = stack.texts
    found = {0, *stack.opening(patterns.opens)}.union(*map(stack.having, patterns.within))
    found.update(k for k in stack.closing(patterns.closes) if patterns.ends.search(texts[k]))
    short = [k for k in sorted(found) if len(texts[k]) <= _HUGE]
    return [k for k in short if not reader.is_running(reader.plain(k))]


def _block(reader: Reader, k: int, done: int) -> Block | None:
    reads = _down(reader, k)
    if not reads:
        return None
    kinds = {piece.part.kind for read in reads for piece in read.pieces}
    if not kinds & {"title", "subtitle", "adoption"}:
        return None
    above = _up(reader, reads, done)
    reads = _one_title([*above, *reads])
    return Block(reads=tuple(reads), weight=_weigh(reader, reads))


def _down(reader: Reader, k: int) -> list[Read]:
    """Read on from a line as long as the lines are a headline's, in an order that headlines have."""
    reads: list[Read] = []
    seen: set[str] = set()
    while k < len(reader.lines) and len(reads) < _LONGEST:
        read = reader.read(k)
        if read is None or not _follows(reader, read, reads, seen):
            break
        reads.append(read)
        seen |= {piece.part.kind for piece in read.pieces}
        k = read.last + 1
        if read.end < len(reader.lines[read.last].text):
            break
    return reads


def _follows(reader: Reader, read: Read, reads: list[Read], seen: set[str]) -> bool:
    """Whether a line can come next in a headline."""
    part = read.pieces[0].part
    if part.kind == "title":
        # A second title stands directly below the first, or is the first one's other half.
        return not reads or not seen & {"subtitle", "date", "adoption", "speaker"}
    if part.alone:
        if not seen & {"title", "subtitle"} or "speaker" in seen:
            return False
        after = read.last + 1
        ended = after == len(reader.lines) or reader.opens_body(after)
        return bool(part.name) or ended or reads[0].first == 0
    if part.kind in {"date", "speaker"}:
        return bool(seen & {"title", "subtitle", "adoption"}) and part.kind not in seen
    if part.kind == "subtitle" and part.marked and reads and part.kind in seen:
        # The report's name behind a dash, and then the meeting that it was given to.
        return reads[-1].pieces[-1].part.kind == "subtitle" and len(seen) == 1
    if part.kind in {"subtitle", "adoption"}:
        return part.kind not in seen
    return bool(seen) or read.first == 0


def _up(reader: Reader, reads: list[Read], done: int) -> list[Read]:
    """The lines above that belong to it: the title's first half, a kicker, a title in full."""
    top = reads[0].first
    first = reads[0].pieces[0]
    titled = any(p.part.kind == "title" for read in reads for p in read.pieces)
    low = max(done + 1, top - _ABOVE)
    if low == 0 and all(reader.is_headish(j) for j in range(top)):
        return [_above(reader, j, titled, first) for j in range(top)]
    out: list[Read] = _from_about(reader, top, low, first)
    if out:
        top = out[0].first
    for j in range(top - 1, low - 1, -1):
        text = reader.plain(j)
        kicker = titled and reader.patterns.kicker.fullmatch(text)
        off = is_off(reader, j, top, reads[-1].last)
        # 2033年工作总结和 / 2034年工作要点; above a title in full the text may end so.
        joins = text.endswith(_JOINS) and "，" not in text and first.part.sureness == "plan"
        # What a dash goes on from has to stand somewhere, and may fill the column.
        above = not titled and j == reads[0].first - 1 and first.part.marked
        if not reader.is_headish(j) or not (off or joins or above or (kicker and "文件" in text)):
            break
        if kicker:
            return [single(reader, j, "kicker"), *out]
        half = joins or (titled and first.part.kind == "title" and _is_half(text, first.plain))
        whole = not titled and first.part.marked and _ends_text(reader, j - 1, out)
        if not half and not whole:
            break
        out.insert(0, single(reader, j, "title"))
        if half:
            break
    return out


def _from_about(reader: Reader, top: int, low: int, first: Piece) -> list[Read]:
    """The lines of a title that begins with 关于 and ends with the report that was found."""
    if first.part.kind != "title" or first.plain.startswith(_ABOUT):
        return []
    for j in range(top - 1, low - 1, -1):
        if not reader.is_headish(j):
            return []
        if reader.plain(j).startswith(_ABOUT):
            return [single(reader, n, "title") for n in range(j, top)]
    return []


def _ends_text(reader: Reader, j: int, above: list[Read]) -> bool:
    """Whether the line ``j`` ends a paragraph, or may yet be title itself."""
    ends = reader.lines[j].text.text.rstrip()[-1:] in "。！？”）…"
    return ends or (len(above) < 2 and reader.is_headish(j))


def _is_half(text: str, below: str) -> bool:
    """Whether a line is the first half of the title that the next line ends."""
    if plain(_WHOLE_BODY).fullmatch(text):
        return True
    if plain(_SESSION).search(text) and not text.endswith("协商会议"):
        return False
    return bool(plain(_HALF).search(text)) and bool(SECOND.match(below))


def _above(reader: Reader, j: int, titled: bool, first: Piece) -> Read:
    """A line above the first title or subtitle at the head of a text."""
    read = reader.read(j)
    kinds = {p.part.kind for p in read.pieces} if read and read.last == j else set()
    if read and kinds & {"speaker", "date"}:
        return read
    text = reader.plain(j)
    if not titled:
        return single(reader, j, "kicker" if reader.patterns.kicker.fullmatch(text) else "title")
    if first.part.kind == "title" and _is_half(text, first.plain):
        return single(reader, j, "title")
    goes_on = reader.patterns.fragment.fullmatch(text) and SECOND.match(first.plain)
    return single(reader, j, "title" if goes_on and "kicker" not in kinds else "kicker")


def single(reader: Reader, j: int, kind: Kind) -> Read:
    """A whole line as a part of a given kind."""
    text = reader.lines[j].text
    plain = reader.plain(j)
    part = Part(kind=kind, start=0, end=len(plain), sureness="plain" if kind == "title" else "")
    return Read(first=j, last=j, pieces=(Piece(part=part, text=text, plain=plain),), end=len(text))


def _one_title(reads: list[Read]) -> list[Read]:
    """Join the lines of a title that wraps; a title that says it all again stands by itself."""
    out: list[Read] = []
    for read in reads:
        last = out[-1] if out else None
        if last is None or not _wraps(last, read):
            out.append(read)
            continue
        a, b = last.pieces[0], read.pieces[0]
        order = ("plain", "plan", "report", "strict")
        sure = max((a.part.sureness, b.part.sureness), key=order.index)
        part = attrs.evolve(a.part, end=a.part.end + b.part.end, sureness=sure)
        both: Traced = join((a.text, b.text))
        piece = Piece(part=part, text=both, plain=a.plain + b.plain)
        out[-1] = attrs.evolve(
            read, first=last.first, start=last.start, pieces=(piece, *read.pieces[1:])
        )
    return out


def _wraps(above: Read, below: Read) -> bool:
    a, b = above.pieces[0].part, below.pieces[0].part
    if len(above.pieces) > 1 or a.kind != "title" or b.kind != "title" or below.start:
        return False
    if a.sureness == "strict":
        return False
    return not (a.sureness in {"report", "plan"} and b.sureness == "strict"
                and not SECOND.match(below.pieces[0].plain))  # fmt: skip


def is_off(reader: Reader, k: int, first: int, last: int, *, own: float | None = None) -> bool:
    """Whether a line is not as wide as the column around it.

    Args:
        reader: Holds the lines.
        k: The line.
        first: First line of the block that it belongs to.
        last: Last line of that block.
        own: Its width in em, where that is not the printed line's.
    """
    here = reader.lines[k].width if own is None else own
    around = (
        *reader.lines[max(0, first - _AROUND) : first],
        *reader.lines[last + 1 : last + 1 + _AROUND],
    )
    # Displaced figures on lines of their own tell nothing of the column.
    own_line = reader.lines[k]
    widths = sorted(
        [line.width for line in around if line is not own_line and _HAN.search(line.text.text)]
    )
    # Lines are shorter than the column or as wide: what most of the wider half have is its width.
    return len(widths) < 3 or abs(here - widths[len(widths) * 3 // 4]) >= _OFF


def _weigh(reader: Reader, reads: list[Read]) -> float:
    first, last = reads[0].first, reads[-1].last
    weight = 0.0
    pieces = [piece for read in reads for piece in read.pieces]
    for piece in pieces:
        part = piece.part
        if part.kind == "title":
            weight = max(weight, _WEIGHTS[part.sureness]) if weight < 4 else weight
        elif part.kind == "subtitle":
            met = plain(_MET).search(piece.plain)
            weight += (_SUBTITLE if met else 1) if part.marked else _SUBTITLE - 1
        elif part.kind == "speaker":
            weight += _NAME if part.alone else _SPEAKER
        elif part.kind in {"adoption", "date"}:
            weight += (_ADOPTION if part.kind == "adoption" else _DATE) + part.marked
    head = first == 0
    glued = reads[-1].end < len(reader.lines[last].text)
    spoken = glued or (last + 1 < len(reader.lines) and reader.opens_body(last + 1))
    if not any(piece.part.kind == "title" for piece in pieces):
        weight -= 1
    weight += head + spoken
    if weight + 1 < ENOUGH:
        return weight  # not to be believed, wherever it ends
    own = width(pieces[0].plain) if reads[0].start or len(reads[0].pieces) > 1 else None
    # Of a title over several lines one may fill its line.
    title = range(first, reads[0].last + 1 if pieces[0].part.kind == "title" else first + 1)
    return weight + any(is_off(reader, k, k, last, own=own) for k in title)
