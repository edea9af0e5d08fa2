"""The source and the way back to it: spans, traced text, edits, decoding.

Offsets are code points into the source text, ends exclusive. Nothing here knows of a stage.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, islice
from typing import Final, NamedTuple, final

import attrs

from govreport.signs import SILENT

__all__ = ["Anchors", "Box", "Source", "Span", "Traced", "join", "through"]


@attrs.frozen(order=True, repr=False, weakref_slot=False)
class Span:
    """A stretch of the source.

    Args:
        start: First code point.
        end: One past the last code point.

    >>> Span(3, 7).of("0123456789")
    '3456'
    """

    start: int
    end: int

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end})"

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, source: str) -> str:
        """The stretch's own text in ``source``."""
        return source[self.start : self.end]


@attrs.frozen(kw_only=True)
class Box:
    """Where a fragment stood on its page, where a reader knows it (any unit, origin top left)."""

    page: int
    x: float
    y: float
    width: float
    height: float


#: What extraction leaves between the characters of a text: blanks, line ends, invisible signs.
DELETABLE: Final = re.compile(rf"[\s{SILENT}]*+")

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


@final
class Anchors(NamedTuple):
    """Where the pieces of a text stood: from one to the next, text and source run side by side.

    Two columns, since those of many texts are made one by a few steps over whole columns.

    Args:
        places: Offsets in the text, ascending, the first 0.
        sources: The offset in the source of each.
    """

    places: tuple[int, ...]
    sources: tuple[int, ...]


def _anchors(where: int | Anchors) -> Anchors:
    return Anchors((0,), (where,)) if isinstance(where, int) else where


@attrs.frozen(repr=False, weakref_slot=False)
class Traced:
    """A text whose every character knows where it stood in the source.

    Args:
        text: The text.
        where: The source offset of its first character, if the rest follows one by one; else
            anchors. A character that stands for a part of a source character (⸺ read as ——) has an
            anchor of its own. An empty text stands anywhere.

    >>> t = Traced("提高二点", Anchors((0, 2), (5, 8)))
    >>> t.offset(1), t.offset(2), t[1:3].text
    (6, 8, '高二')
    >>> t[:2]
    Traced('提高', 5)
    """

    text: str
    where: int | Anchors = attrs.field(eq=_anchors)

    def __repr__(self) -> str:
        return f"Traced({self.text!r}, {self.where!r})"

    def __len__(self) -> int:
        return len(self.text)

    def offset(self, at: int) -> int:
        """The source offset of the text's code point ``at``."""
        where = self.where
        if isinstance(where, int):
            return where + at
        k = bisect_right(where.places, at) - 1
        return where.sources[k] + at - where.places[k]

    @property
    def start(self) -> int:
        """The source offset of the first character."""
        where = self.where
        return where if isinstance(where, int) else where.sources[0]

    @property
    def end(self) -> int:
        """One past the source offset of the last character."""
        where = self.where
        if isinstance(where, int):
            return where + len(self.text)
        return where.sources[-1] + len(self.text) - where.places[-1]

    def __getitem__(self, part: slice) -> Traced:
        text = self.text
        start, stop, _ = part.indices(len(text))
        if stop <= start:
            return _EMPTY
        if start == 0 and stop == len(text):
            return self
        where = self.where
        if isinstance(where, int):
            return Traced(text[start:stop], where + start)
        places, sources = where
        low = bisect_right(places, start) - 1
        high = bisect_right(places, stop - 1)
        head = sources[low] + start - places[low]
        if high - low == 1:
            return Traced(text[start:stop], head)
        moved = [place - start for place in places[low + 1 : high]]
        anchors = Anchors((0, *moved), (head, *sources[low + 1 : high]))
        return Traced(text[start:stop], anchors)

    def strip(self) -> Traced:
        """Without blanks at either end."""
        text = self.text
        start = len(text) - len(text.lstrip())
        return self[start : len(text.rstrip())]

    def moved(self, by: int) -> Traced:
        """The text where so much more of a source stands before it."""
        where = self.where
        if isinstance(where, int):
            return Traced(self.text, where + by)
        sources = tuple([source + by for source in where.sources])
        return Traced(self.text, Anchors(where.places, sources))

    def spans(self, source: str) -> tuple[Span, ...]:
        """The stretches of ``source`` that the text came from, in the text's order.

        Stretches with nothing but deletable signs (blanks, line ends, invisibles) between them
        are one stretch, so that a paragraph's text mostly has a single span.

        >>> Traced("提高", Anchors((0, 1), (0, 3))).spans("提 \\n高"), Traced("", 0).spans("提")
        ((Span(0, 4),), ())
        """
        where, size = self.where, len(self.text)
        if not size:
            return ()
        if isinstance(where, int):
            return (Span(where, where + size),)
        out: list[Span] = []
        low = shift = where.sources[0]
        for at, src in islice(zip(*where, strict=True), 1, None):
            high = at + shift
            if src < high - 1 or (
                src > high
                and not source[high:src].isspace()
                and not DELETABLE.fullmatch(source, high, src)
            ):
                out.append(Span(low, high))
                low = src
            shift = src - at
        out.append(Span(low, size + shift))
        return tuple(out)


_EMPTY: Final = Traced("", 0)


def join(parts: Iterable[Traced]) -> Traced:
    """One traced text out of several, nothing put between them.

    >>> join([Traced("工作", 0), Traced("报告", 9)])
    Traced('工作报告', Anchors(places=(0, 2), sources=(0, 9)))
    """
    held = list(parts)
    texts = [part.text for part in held]
    if "" in texts:
        held, texts = [part for part in held if part.text], [text for text in texts if text]
    if len(held) <= 1:
        return held[0] if held else _EMPTY
    begins = accumulate(map(len, texts), initial=0)
    return Traced("".join(texts), through(begins, [part.where for part in held]))


def through(begins: Iterable[int], wheres: Iterable[int | Anchors]) -> Anchors:
    """Where the pieces of texts stood that are put together.

    Args:
        begins: Where each text begins in the whole.
        wheres: Where each stood.

    >>> through([0, 2], [7, Anchors((0, 1), (9, 12))])
    Anchors(places=(0, 2, 3), sources=(7, 9, 12))
    """
    places: list[int] = []
    sources: list[int] = []
    for at, where in zip(begins, wheres, strict=False):
        if type(where) is Anchors:
            own, of = where
            places += [at + place for place in own]
            sources += of
        else:
            places.append(at)
            sources.append(where)
    return Anchors(tuple(places), tuple(sources))


@attrs.frozen
class Source:
    """The text as given, and its lines.

    Args:
        text: The source; offsets count its code points.
        name: A file name or the like, for messages.
        encoding: What the bytes were decoded from, where they were bytes.

    >>> Source("一\\r\\n二").position(3)
    (2, 1)
    """

    text: str
    name: str | None = None
    encoding: str | None = None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, as editors do."""
        starts = line_starts(self.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def positions(self, offsets: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Line and column of each offset; one pass over the text for all of them."""
        starts = line_starts(self.text)
        lines = [bisect_right(starts, offset) for offset in offsets]
        return tuple((n, o - starts[n - 1] + 1) for n, o in zip(lines, offsets, strict=True))


def line_starts(text: str) -> list[int]:
    """The offset of each line's first code point; lines end at CR LF, CR or LF, and only there.

    >>> line_starts("a\\nb\\r\\n")
    [0, 2, 5]
    """
    return [0, *(match.end() for match in _LINE_END.finditer(text))]
