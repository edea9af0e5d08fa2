"""The source and the way back to it: spans, traced text, edits, decoding.

Offsets are code points into the source text, ends exclusive. Nothing here knows of a stage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

import attrs
import regex

__all__ = ["Box", "Source", "Span", "Traced", "join"]


@attrs.frozen(order=True, repr=False)
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
DELETABLE: Final = regex.compile(r"[\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]*+")

_LINE_END: Final = regex.compile(r"\r\n|\r|\n")


@attrs.frozen(repr=False)
class Traced:
    """A text whose every character knows where it stood in the source.

    Args:
        text: The text.
        anchors: Pairs (offset in ``text``, offset in the source), ascending in the first: from
            one anchor to the next, text and source run side by side, one code point each. A
            character that stands for a part of a source character (⸺ read as ——) has an anchor
            of its own. The first pair has offset 0; an empty text may have none.

    >>> t = Traced("提高二点", ((0, 5), (2, 8)))
    >>> t.offset(1), t.offset(2), t[1:3].text
    (6, 8, '高二')
    """

    text: str
    anchors: tuple[tuple[int, int], ...]

    def __repr__(self) -> str:
        return f"Traced({self.text!r}, {self.anchors!r})"

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def offset(self, at: int) -> int:
        """The source offset of the text's code point ``at``."""
        k = bisect_right(self.anchors, at, key=_first) - 1
        place, source = self.anchors[k]
        return source + at - place

    @property
    def start(self) -> int:
        """The source offset of the first character."""
        return self.anchors[0][1]

    @property
    def end(self) -> int:
        """One past the source offset of the last character."""
        place, source = self.anchors[-1]
        return source + len(self.text) - place

    def __getitem__(self, part: slice) -> Traced:
        start, stop, _ = part.indices(len(self.text))
        if stop <= start:
            return Traced("", ())
        if start == 0 and stop == len(self.text):
            return self
        anchors = self.anchors
        low = bisect_right(anchors, start, key=_first) - 1
        high = bisect_right(anchors, stop - 1, key=_first)
        place, source = anchors[low]
        head = (0, source + start - place)
        rest = tuple((at - start, src) for at, src in anchors[low + 1 : high])
        return Traced(self.text[start:stop], (head, *rest))

    def strip(self) -> Traced:
        """Without blanks at either end."""
        text = self.text
        start = len(text) - len(text.lstrip())
        return self[start : len(text.rstrip())]

    def spans(self, source: str) -> tuple[Span, ...]:
        """The stretches of ``source`` that the text came from, in the text's order.

        Stretches with nothing but deletable signs (blanks, line ends, invisibles) between them
        are one stretch, so that a paragraph's text mostly has a single span.

        >>> Traced("提高", ((0, 0), (1, 3))).spans("提 \\n高")
        (Span(0, 4),)
        """
        if not self.text:
            return ()
        out: list[Span] = []
        anchors = self.anchors
        low, high = anchors[0][1], anchors[0][1]
        for k, (at, src) in enumerate(anchors):
            stop = anchors[k + 1][0] if k + 1 < len(anchors) else len(self.text)
            if src < high - 1 or (src > high and not DELETABLE.fullmatch(source, high, src)):
                out.append(Span(low, high))
                low = src
            high = src + stop - at
        out.append(Span(low, high))
        return tuple(out)


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def join(parts: Iterable[Traced]) -> Traced:
    """One traced text out of several, nothing put between them.

    >>> join([Traced("工作", ((0, 0),)), Traced("报告", ((0, 9),))])
    Traced('工作报告', ((0, 0), (2, 9)))
    """
    texts: list[str] = []
    anchors: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        if not part.text:
            continue
        texts.append(part.text)
        if at:
            anchors.extend([(at + place, source) for place, source in part.anchors])
        else:
            anchors.extend(part.anchors)
        at += len(part.text)
    return Traced("".join(texts), tuple(anchors))


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
