"""What a line of a headline block is, read by itself or with the lines that it wraps into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs

from govreport.cuts import Squeezed
from govreport.dates import iso_date
from govreport.front.tables import FrontPatterns, FrontTables
from govreport.lines import PrintedLine
from govreport.names import is_name, office_and_name
from govreport.signs import LETTER
from govreport.source import Traced, join

__all__ = ["SECOND", "Kind", "Part", "Piece", "Read", "Reader", "Sureness"]

Kind = Literal["kicker", "title", "subtitle", "adoption", "date", "speaker", "note"]
Sureness = Literal["strict", "report", "plan", "plain", ""]

#: Lines that one subtitle can wrap over, and characters that one line of a headline can hold.
_WRAPS: Final = 4
_LONGEST: Final = 120
#: Lines that a torn date can add to it, what they hold at most, and what one of them must.
_SHREDS: Final = 8
_SHRED: Final = 6
_DATED: Final = re.compile("[0-9０-９〇○零一二三四五六七八九十年月日号號]")

#: How the second half of a title begins, or one that is no title by itself.
SECOND: Final = re.compile(
    r"(?:政府|常务委员会|委员会|人民|代表大会|常委会)?工作报告|和|与|及|的|执行|情况|第.{1,3}届"
    r"|第.{1,3}次代表大会"
)


@attrs.frozen(kw_only=True)
class Part:
    """A part of a headline.

    Args:
        kind: What it is.
        start: First code point in the text read, blanks left out.
        end: One past the last.
        sureness: For titles, by which form.
        name: For speakers.
        office: For speakers.
        iso: For dates.
        alone: The part is a bare name or body, which its neighbours must speak for.
        marked: The part stands in brackets or behind a dash.
        repeated: The speaker is named in the headline block already.
    """

    kind: Kind
    start: int
    end: int
    sureness: Sureness = ""
    name: str = ""
    office: str = ""
    iso: str | None = None
    alone: bool = False
    marked: bool = False
    repeated: bool = False


@attrs.frozen(kw_only=True)
class Piece:
    """A part with its text.

    Args:
        part: What it is.
        text: Its text as printed.
        plain: Its text, blanks left out.
    """

    part: Part
    text: Traced
    plain: str


@attrs.frozen(kw_only=True)
class Read:
    """One or more printed lines read as parts of a headline.

    Args:
        first: Index of the first line.
        last: Index of the last line.
        pieces: The parts, in reading order.
        end: Where the headline ends in the last line's text; a salutation may follow.
        start: Where it begins in the first line's text; displaced figures may stand before it.
    """

    first: int
    last: int
    pieces: tuple[Piece, ...]
    end: int
    start: int = 0


#: What running text holds, and what a headline's line holds at least; marks that no part of a
#: headline holds.
_RUNNING: Final = re.compile("[，、]$|[。；！？：]")
_SPOKEN: Final = re.compile("[，。；！？：]")
_WORD: Final = re.compile(LETTER * 2)
#: Displaced figures glued to the line below them; a year belongs to its line.
_FIGURES: Final = re.compile(
    rf"[0-9０-９.．%％‰\s]*+(?<=[0-9０-９%％])\s*(?={LETTER})(?![年月日届次])"
)


@attrs.frozen(kw_only=True)
class Reader:
    """Reads lines of a text as parts of a headline.

    Args:
        lines: The printed lines.
        patterns: The compiled tables.
        tables: The tables.
    """

    lines: Sequence[PrintedLine]
    patterns: FrontPatterns
    tables: FrontTables

    def plain(self, k: int) -> str:
        """A line's text, blanks left out."""
        text = self.lines[k].text.text
        return "".join(text.split()) if len(text) <= _LONGEST else text

    def opens_body(self, k: int) -> bool:
        """Whether a line speaks to someone or is a numbered heading, as a text begins."""
        text = self.lines[k].text.text.lstrip()
        return bool(self.patterns.salutation.match(text) or self.patterns.label.match(text))

    def is_running(self, text: str) -> bool:
        """Whether a text, blanks left out, has a mark that no headline has, unless it speaks to someone."""
        spoken = _SPOKEN.search(text)
        if spoken is None:
            return False
        return self.patterns.salutation.search(text, 0, spoken.start()) is None

    def is_headish(self, k: int) -> bool:
        """Whether a line could stand in a headline at all: short, without the marks of a text."""
        text = self.plain(k)
        return (
            0 < len(text) <= 40
            and not self.opens_body(k)
            and not _RUNNING.search(text)
            and bool(_WORD.search(text))
        )

    def read(self, k: int) -> Read | None:
        """Read the line ``k``, with those after it where the headline wraps."""
        here = self.plain(k)
        if self.patterns.salutation.match(here) or self.is_running(here):
            return None
        best: Read | None = None
        wraps = 0
        for count in range(1, _WRAPS + _SHREDS):
            if k + count > len(self.lines) or not self._joins(k, count):
                break
            text = self.lines[k + count - 1].text.text
            wraps += len(text) > _SHRED or not _DATED.search(text)
            if wraps > _WRAPS:
                break
            found = self._window(k, count)
            if found is not None:
                best = found
            if best is not None and not (found is not None and self._is_open(found)):
                break
        return best

    def _is_open(self, read: Read) -> bool:
        """Whether what was read goes on: a subtitle cut by the line's end, a date torn off."""
        last = read.pieces[-1]
        tail = self.lines[read.last].text.text[read.end :]
        if tail and not self.patterns.salutation.match(tail.lstrip()):
            return True
        if last.part.kind != "subtitle":
            return False
        text = last.plain
        unclosed = text.count("（") + text.count("(") > text.count("）") + text.count(")")
        return unclosed or text.endswith(("大会", "大會"))

    def _joins(self, k: int, count: int) -> bool:
        """Whether the last of so many lines from the line ``k`` on may go with the others."""
        text = self.lines[k + count - 1].text.text
        if len(text) > _LONGEST and not self.patterns.line.match(text[:_LONGEST]):
            return False
        if count == 1:
            return True
        if self.opens_body(k + count - 1) or "。" in text or "；" in text:
            return False
        # A whole title is no second half of the line above it.
        title = self.patterns.title.fullmatch(self.plain(k + count - 1))
        return not (title and title["strict"] and not SECOND.match(text))

    def _window(self, k: int, count: int) -> Read | None:
        """Some lines from the line ``k`` on, read as one."""
        whole = join(line.text for line in self.lines[k : k + count])
        figures = _FIGURES.match(whole.text)
        start = figures.end() if figures else 0
        if start >= len(self.lines[k].text):  # figures alone: the headline begins below
            return None
        text = whole[start:] if start else whole
        tight = Squeezed.of(text.text)
        parts = tuple(self._parts(tight.text))
        if not parts or (start and parts[0].sureness != "strict"):
            return None
        pieces = []
        for part in parts:
            low, high = tight.span(part.start, part.end)
            plain = tight.text[part.start : part.end]
            pieces.append(Piece(part=part, text=text[low:high], plain=plain))
        before = len(whole) - start - len(self.lines[k + count - 1].text)
        end = tight.places[parts[-1].end - 1] + 1 - before
        if end <= 0:
            return None
        return Read(first=k, last=k + count - 1, pieces=tuple(pieces), end=end, start=start)

    def _parts(self, text: str) -> Iterator[Part]:
        """The parts of a text, blanks left out; none where it is of no headline."""
        patterns = self.patterns
        if not text or patterns.salutation.match(text) or patterns.label.match(text):
            return
        if self.is_running(text):
            return
        if (named := patterns.named.fullmatch(text)) and is_name(named["name"]):
            yield Part(kind="speaker", start=0, end=len(text), name=named["name"])
            return
        if (bare := text.lstrip("—─―")) != text and patterns.title.fullmatch(bare):
            # The name of the report behind a dash: what stands above it is the title.
            yield Part(kind="subtitle", start=0, end=len(text), marked=True)
            return
        line = patterns.line.match(text[: _LONGEST * 2])
        if line and line.end() and (parts := tuple(self._line(line))):
            yield from parts
            return
        if len(text) > _LONGEST:
            return
        yield from self._single(text)

    def _line(self, line: re.Match[str]) -> Iterator[Part]:
        """The parts of a line that holds a title, a subtitle and a speaker, or some of them."""
        found = [
            (kind, *line.span(kind)) for kind in ("title", "subtitle", "speaker") if line[kind]
        ]
        if not found:
            return
        starts = [0, *(start for _, start, _ in found[1:])]
        ends = [*starts[1:], line.end()]
        for (kind, low, high), start, end in zip(found, starts, ends, strict=True):
            text = line.string[low:high]
            if kind == "title":
                sure: Sureness = "plain" if line["plain"] else "strict"
                yield Part(kind="title", start=start, end=end, sureness=sure)
            elif kind == "subtitle":
                marked = not text[0].isalnum()
                yield Part(kind="subtitle", start=start, end=end, marked=marked)
            elif speech := office_and_name(text, offices=self.tables.offices):
                yield Part(kind="speaker", start=start, end=end,
                           name=speech.name, office=speech.office)  # fmt: skip
            elif len(found) > 1:
                yield Part(kind="note", start=start, end=end)

    def _single(self, text: str) -> Iterator[Part]:
        """The part that a whole line is."""
        patterns, size = self.patterns, len(text)
        marked = text[0] in "（(—─"
        if date := patterns.date.fullmatch(text):
            name = date["name"]
            stop = date.start("name") if name else size
            if name and not is_name(name, surnames=self.tables.surnames):
                return
            yield Part(kind="date", start=0, end=stop, iso=iso_date(text), marked=marked)
            if name:
                yield Part(kind="speaker", start=stop, end=size, name=name)
        elif patterns.adoption.fullmatch(text) and ("会" in text or "會" in text):
            yield Part(kind="adoption", start=0, end=size, iso=iso_date(text), marked=marked)
        elif patterns.kicker.fullmatch(text):
            yield Part(kind="kicker", start=0, end=size)
        elif title := patterns.title.fullmatch(text):
            sure: Sureness = "report" if title["report"] else "plan"
            yield Part(kind="title", start=0, end=size, sureness=sure)
        elif is_name(text, surnames=self.tables.surnames):
            yield Part(kind="speaker", start=0, end=size, name=text, alone=True)
        elif patterns.body.fullmatch(text):
            yield Part(kind="speaker", start=0, end=size, office=text, alone=True)
