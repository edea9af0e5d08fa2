"""XML as elements, as it comes in, every limit held on the way.

The parser is expat without a document type: a DOCTYPE is refused where it stands, so there is no
entity to expand and nothing to fetch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn
from xml.parsers import expat

import attrs

from govreport.errors import FormatError
from govreport.formats.limits import Limits

__all__ = ["MANY", "Element", "Parser"]

#: The element that holds many reports, and the one for each of them.
MANY: Final = ("reports", "report")


@attrs.define
class Element:
    """An element, its text (without its children's) and where it stood."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: Element | None
    children: list[Element] = attrs.field(factory=list)
    words: list[str] = attrs.field(factory=list)
    #: Which of many reports it is, from 1; those before it are gone.
    number: int | None = None

    def forget(self) -> None:
        """Let go of what is below, which knows what is above it."""
        stack = [self]
        while stack:
            top = stack.pop()
            stack += top.children
            top.children = []

    @property
    def path(self) -> str:
        """An XPath to the element."""
        steps = []
        here: Element | None = self
        while here is not None:
            if here.number is not None:
                steps.append(f"{here.tag}[{here.number}]")
                here = here.parent
                continue
            beside = here.parent.children if here.parent else [here]
            same = [x for x in beside if x.tag == here.tag]
            rank = next(k for k, x in enumerate(same, 1) if x is here)
            steps.append(here.tag if len(same) == 1 else f"{here.tag}[{rank}]")
            here = here.parent
        return "/" + "/".join(reversed(steps))


class Parser:
    """One run of expat; what is too much stops it.

    Args:
        limits: What is too much: of a document, or of one report where there are many.
        encoding: That of the data, where the document need not say it.
    """

    def __init__(self, limits: Limits, *, encoding: str | None = None) -> None:
        self.limits = limits
        self.root: Element | None = None
        self.here: Element | None = None
        self.done: list[Element] = []
        self.depth = self.count = self.number = 0
        #: The byte where the report at hand begins, and how many were fed.
        self.begun = self.fed = 0
        self.parser = parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def parse(self, chunks: Iterable[bytes]) -> Iterator[Element]:
        """The document's element; of many reports each one, as soon as it is whole.

        Raises:
            FormatError: The document is not well-formed, has a DOCTYPE, or is too much.
        """
        held: list[bytes] = []
        size = waiting = 0
        for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            # A long attribute is looked through again with each piece: so pieces grow with it.
            if size >= waiting:
                self._feed(b"".join(held), final=False)
                yield from self._taken()
                held, size = [], 0
                waiting = self.fed - self.parser.CurrentByteIndex
        self._feed(b"".join(held), final=False)
        self._feed(b"", final=True)
        yield from self._taken()

    def _taken(self) -> list[Element]:
        taken, self.done = self.done, []
        return taken

    def _feed(self, chunk: bytes, *, final: bool) -> None:
        self.fed += len(chunk)
        if self.fed - self.begun > self.limits.size + len(chunk):
            self._refuse(f"more than {self.limits.size} bytes")
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as error:
            place = f"line {error.lineno}, column {error.offset + 1}"
            words = expat.errors.messages[error.code]
            message = expat.ErrorString(error.code) if words else str(error)
            raise FormatError((f"/: {place}: {message}",)) from None
        except (LookupError, ValueError) as error:
            raise FormatError((f"/: {error}",)) from None

    def _refuse(self, message: str) -> NoReturn:
        raise FormatError((f"/: line {self.parser.CurrentLineNumber}: {message}",))

    def _doctype(self, *_: Any) -> NoReturn:
        self._refuse("a document type is not read; nor are entities")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > self.limits.depth:
            self._refuse(f"deeper than {self.limits.depth} levels")
        if self.count > self.limits.nodes:
            self._refuse(f"more than {self.limits.nodes} elements")
        element = Element(tag, attributes, self.parser.CurrentLineNumber, self.here)
        if self.here is None:
            self.root = element
        elif self.depth == 2 and self.here.tag == MANY[0]:
            self.number += 1
            element.number = self.number
        else:
            self.here.children.append(element)
        self.here = element

    def _end(self, _tag: str) -> None:
        self.depth -= 1
        ended = self.here
        assert ended is not None
        self.here = ended.parent
        whole = ended is self.root and ended.tag != MANY[0]
        if whole or ended.number is not None:
            self.done.append(ended)
            self.count = 1
            self.begun = self.parser.CurrentByteIndex

    def _text(self, words: str) -> None:
        if self.here is not None and (self.here is not self.root or self.root.tag != MANY[0]):
            self.here.words.append(words)
