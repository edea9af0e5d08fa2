"""How many steps a backtracking matcher takes for a regular expression: counted, not timed.

A small matcher of our own that does what those of ``re`` and ``regex`` do: the same order of trials,
the same backtracking, and a count of what it tries. A real one takes at most as many, for it
skips what cannot match. That ours is right, ``test_regexes.py`` asks of every expression of the
package: it finds what the real one finds, everywhere in a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final

import attrs
import regex

__all__ = ["Expression", "Machine", "Pattern", "TooManyStepsError", "read"]

Pattern = re.Pattern[Any] | regex.Pattern[Any]

_ATOM: Final = re.compile(
    r"""
      \\ (?: x[0-9a-fA-F]{2} | u[0-9a-fA-F]{4} | U[0-9a-fA-F]{8} | [pPN]\{[^}]*\} | . )
    | .
    """,
    re.X | re.S,
)
_OPENS: Final = re.compile(
    r"""
      \( (?: \? (?: (?P<look> <?[=!] ) | P?<(?P<name>\w+)> | P=(?P<back>\w+)\) | &(?P<call>\w+)\)
                  | (?P<define> \(DEFINE\) ) | (?P<atomic> > )
                  | (?P<on>[a-zA-Z]*[01]?)(?:-(?P<off>[a-z]+))?(?P<scope>[:)]) ) )?
    """,
    re.X,
)
_TIMES: Final = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([+?]?)")
_ENDLESS: Final = 1 << 30


class TooManyStepsError(Exception):
    """More steps than anyone would wait for."""


@attrs.define
class Machine:
    """A text, and the steps that were taken on it.

    Args:
        text: The text.
        most: The steps after which it gives up.
        groups: What named groups hold.
        steps: The steps so far.
    """

    text: str
    most: int = _ENDLESS
    groups: dict[str, str] = attrs.field(factory=dict)
    steps: int = 0

    def step(self, count: int = 1) -> None:
        """Counts what was tried."""
        self.steps += count
        if self.steps > self.most:
            raise TooManyStepsError


#: The places where a part may end that begins at a place, in the order in which they are tried.
#: The way is 1, or -1 in what looks behind.
Part = Callable[[Machine, int, int], Iterator[int]]


@attrs.frozen
class Sign:
    """One sign of a kind."""

    accepts: Callable[[str], bool]

    def at(self, machine: Machine, place: int, way: int) -> bool:
        place -= way < 0
        return 0 <= place < len(machine.text) and self.accepts(machine.text[place])

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        machine.step()
        if self.at(machine, place, way):
            yield place + way


@attrs.frozen
class Place:
    """A place between signs: ``^``, ``$``, ``\\b``."""

    holds: Pattern

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        machine.step()
        if self.holds.match(machine.text, place):
            yield place


@attrs.frozen
class Row:
    """Parts, one after another."""

    parts: tuple[Part, ...]

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        parts = self.parts[::way]
        if not parts:
            yield place
            return
        stack = [parts[0](machine, place, way)]
        while stack:
            end = next(stack[-1], None)
            if end is None:
                stack.pop()
            elif len(stack) == len(parts):
                yield end
            else:
                stack.append(parts[len(stack)](machine, end, way))


@attrs.frozen
class Either:
    """One of several; those that cannot begin with the sign that is there are not tried."""

    parts: tuple[Part, ...]
    able: dict[str, tuple[Part, ...]] = attrs.field(factory=dict, eq=False)

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        machine.step()
        parts = self.parts
        if way > 0 and place < len(machine.text):
            sign = machine.text[place]
            if sign not in self.able:
                self.able[sign] = tuple(x for x in parts if _may_begin(x, sign))
            parts = self.able[sign]
        for part in parts:
            yield from part(machine, place, way)


def _may_begin(part: Part, sign: str) -> bool:
    """Whether a part may match where a sign stands; true where that takes more than a look."""
    match part:
        case Sign():
            return part.accepts(sign)
        case Row() if part.parts:
            return _may_begin(part.parts[0], sign)
        case Either():
            return any(_may_begin(x, sign) for x in part.parts)
        case Held():
            return _may_begin(part.part, sign)
        case Times() if part.least:
            return _may_begin(part.part, sign)
    return True


@attrs.frozen
class Times:
    """A part several times: as often as can be (``""``), for good (``+``), or as seldom (``?``)."""

    part: Part
    least: int
    most: int
    how: str

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        if isinstance(self.part, Sign) and self.how != "?":
            return self._signs(self.part, machine, place, way)
        found = self._any(machine, place, way)
        return _first(found) if self.how == "+" else found

    def _signs(self, sign: Sign, machine: Machine, place: int, way: int) -> Iterator[int]:
        count = 0
        while count < self.most and sign.at(machine, place + count * way, way):
            count += 1
        machine.step(count + 1)
        for many in range(count, self.least - 1, -1):
            machine.step()
            yield place + many * way
            if self.how == "+":
                return

    def _any(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        lazy = self.how == "?"
        stack: list[tuple[int, Iterator[int]]] = [(place, self._more(machine, place, way, 0))]
        if lazy and not self.least:
            yield place
        while stack:
            here, more = stack[-1]
            end = next(more, None)
            count = len(stack)
            machine.step()
            if end is None:
                stack.pop()
                if not lazy and count > self.least:
                    yield here
            elif end != here or count <= self.least:  # nothing, again and again, is nothing
                stack.append((end, self._more(machine, end, way, count)))
                if lazy and count >= self.least:
                    yield end

    def _more(self, machine: Machine, place: int, way: int, count: int) -> Iterator[int]:
        return self.part(machine, place, way) if count < self.most else iter(())


def _first(found: Iterable[int]) -> Iterator[int]:
    for end in found:
        yield end
        return


@attrs.frozen
class Atomic:
    """What is never asked twice."""

    part: Part

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        return _first(self.part(machine, place, way))


@attrs.frozen
class Held:
    """A named group."""

    name: str
    part: Part

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        for end in self.part(machine, place, way):
            machine.groups[self.name] = machine.text[min(place, end) : max(place, end)]
            yield end


@attrs.frozen
class Again:
    """What a named group held."""

    name: str

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        machine.step()
        held = machine.groups.get(self.name)
        if held is not None and machine.text.startswith(held, place):
            yield place + len(held)


@attrs.frozen
class Call:
    """A named group's expression, once more."""

    name: str
    names: Mapping[str, Part]

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        return self.names[self.name](machine, place, way)


@attrs.frozen
class Look:
    """What stands before or behind, or does not."""

    part: Part
    way: int
    wanted: bool

    def __call__(self, machine: Machine, place: int, way: int) -> Iterator[int]:
        machine.step()
        found = next(self.part(machine, place, self.way), None) is not None
        if found is self.wanted:
            yield place


@attrs.frozen
class Expression:
    """An expression, read.

    Args:
        part: All of it.
        way: -1 where it is searched for from the end.
        endless: Whether anything in it may be there any number of times. Where nothing may, what it
            looks at from any one place is bounded, and the steps for a text are linear.
    """

    part: Part
    way: int = 1
    endless: bool = True

    def match(self, machine: Machine, place: int = 0) -> int | None:
        """Where it ends that begins at a place; none where it is not there."""
        return next(self.part(machine, place, self.way), None)

    def fullmatch(self, machine: Machine) -> bool:
        """Whether it is the whole text."""
        start, goal = (0, len(machine.text))[:: self.way]
        return goal in self.part(machine, start, self.way)

    def findall(self, machine: Machine) -> int:
        """How often it is found, each time behind the last."""
        place, goal = (0, len(machine.text))[:: self.way]
        count = 0
        while (goal - place) * self.way >= 0:
            end = self.match(machine, place)
            count += end is not None
            place = end if end is not None and end != place else place + self.way
        return count


def read(pattern: Pattern) -> Expression:
    """A compiled pattern as an expression whose steps can be counted."""
    flags = int(pattern.flags)
    reader = Reader(
        source=_plain(pattern.pattern),
        library=regex if isinstance(pattern, regex.Pattern) else re,
        bytes=isinstance(pattern.pattern, bytes),
    )
    part = reader.either(flags)
    assert reader.place == len(reader.source), pattern.pattern
    backwards = isinstance(pattern, regex.Pattern) and flags & int(regex.REVERSE)
    return Expression(part=part, way=-1 if backwards else 1, endless=reader.endless)


def _plain(source: str | bytes) -> str:
    return source.decode("latin-1") if isinstance(source, bytes) else source


@attrs.define
class Reader:
    """Reads an expression from its source."""

    source: str
    library: Any
    bytes: bool
    place: int = 0
    names: dict[str, Part] = attrs.field(factory=dict)
    endless: bool = False

    def either(self, flags: int) -> Part:
        rows = [self.row(flags)]
        while self.source.startswith("|", self.place):
            self.place += 1
            rows.append(self.row(flags))
        return rows[0] if len(rows) == 1 else Either(tuple(rows))

    def row(self, flags: int) -> Part:
        parts: list[Part] = []
        while self.place < len(self.source):
            sign = self.source[self.place]
            if flags & re.VERBOSE and sign.isspace():
                self.place += 1
            elif flags & re.VERBOSE and sign == "#":
                self.place = (self.source.find("\n", self.place) + 1) or len(self.source)
            elif sign in "|)":
                break
            elif sign in "*+?{" and (times := _TIMES.match(self.source, self.place)) and parts:
                self.place = times.end()
                parts.append(made := _times(parts.pop(), times))
                self.endless |= made.most == _ENDLESS
            elif sign == "(":
                parts += self.group(flags)
            else:
                parts.append(self.sign(flags))
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def group(self, flags: int) -> Iterator[Part]:
        opens = _OPENS.match(self.source, self.place)
        assert opens, self.source[self.place :]
        self.place = opens.end()
        if opens["back"]:
            yield Again(opens["back"])
        elif opens["call"]:
            yield Call(opens["call"], self.names)
        elif opens["scope"] != ")":  # flags for all were those of the pattern
            inner = self.either(_flags(flags, opens["on"] or "", opens["off"] or ""))
            self.place += 1
            if opens["name"]:
                self.names[opens["name"]] = inner
                yield Held(opens["name"], inner)
            elif look := opens["look"]:
                yield Look(inner, way=-1 if "<" in look else 1, wanted="=" in look)
            elif opens["atomic"]:
                yield Atomic(inner)
            elif not opens["define"]:
                yield inner

    def sign(self, flags: int) -> Part:
        if self.source[self.place] == "[":
            end = self.class_end(nested=bool(flags & int(regex.V1)) and self.library is regex)
        else:
            atom = _ATOM.match(self.source, self.place)
            assert atom
            end = atom.end()
        token = self.source[self.place : end]
        self.place = end
        kept = flags & int(regex.I | regex.M | regex.S)
        version = flags & int(regex.V1) if self.library is regex else 0
        asked = _compiled(
            self.library, token, kept | version | (int(re.ASCII) if self.bytes else 0)
        )
        if token in ("^", "$") or (token[0] == "\\" and token[1] in "bBAZzmMGK"):
            return Place(asked)
        return Sign(cache(lambda sign: asked.fullmatch(sign) is not None))

    def class_end(self, *, nested: bool) -> int:
        depth, place = 0, self.place
        while True:
            sign = self.source[place]
            if sign == "\\":
                place += 1
            elif sign == "[" and (nested or not depth):
                depth += 1
                place += self.source.startswith("^", place + 1)
                place += self.source.startswith("]", place + 1) and not nested
            elif sign == "]":
                depth -= 1
            place += 1
            if not depth:
                return place


@cache
def _compiled(library: Any, token: str, flags: int) -> Pattern:
    found: Pattern = library.compile(token, flags)
    return found


def _flags(flags: int, on: str, off: str) -> int:
    """The flags inside a group that sets some for itself."""
    for sign in on:
        flags |= int(getattr(regex, sign.upper(), 0))
    for sign in off:
        flags &= ~int(getattr(regex, sign.upper()))
    return flags


def _times(part: Part, times: re.Match[str]) -> Times:
    sign, least, comma, most, how = times.groups()
    if sign:
        bounds = {"*": (0, _ENDLESS), "+": (1, _ENDLESS), "?": (0, 1)}[sign]
    else:
        bounds = int(least or 0), int(most or (_ENDLESS if comma else least))
    return Times(part, *bounds, how)
