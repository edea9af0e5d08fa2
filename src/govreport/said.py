"""What a source says, its damage aside: read as a whole once, and looked up by stretches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate, compress
from typing import Final, NamedTuple

import regex

from govreport.signs import SILENT
from govreport.source import DELETABLE

__all__ = ["Changes", "Effect", "Said", "taken", "taken_rule"]

_CONTROL: Final = regex.compile(r"[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF--\t\r\n]", regex.V1)
_INVISIBLE: Final = regex.compile(r"\p{Cf}")
_SOLID: Final = regex.compile(r"[^\s\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]")

#: The signs that reports are made of, and that say what they are.
_PLAIN: Final = "一-鿿!-~，。、；：？！％“”‘’（）《》—…·□"
#: What may stand in the source for something else, or for nothing: blanks, or one sign. It begins
#: with one set, since the search for that is several times as fast as for either of two things.
_ODD: Final = re.compile(rf"([^{_PLAIN}](?:(?<=[\s{SILENT}])[\s{SILENT}]++)?+)")


class Effect(NamedTuple):
    """What an edit does, its place aside: those that do the same share one."""

    rule: str
    before: str
    after: str
    #: Of a move, the offset in the source that it goes to.
    target: int | None = None


class Changes(NamedTuple):
    """Changes in the order of the text, as columns: a page has thousands, and they are many alike.

    Args:
        starts: Where each starts in the source.
        ends: Where it ends.
        effects: What becomes of what stands there.
    """

    starts: list[int]
    ends: list[int]
    effects: list[Effect]

    @classmethod
    def none(cls) -> Changes:
        """None yet."""
        return cls([], [], [])

    def add(self, start: int, end: int, effect: Effect) -> None:
        """Put one behind the others."""
        self.starts.append(start)
        self.ends.append(end)
        self.effects.append(effect)

    def extend(self, more: Changes) -> None:
        """Put some behind the others."""
        self.starts.extend(more.starts)
        self.ends.extend(more.ends)
        self.effects.extend(more.effects)

    def rows(self) -> Iterator[tuple[int, int, Effect]]:
        """One after the other."""
        return zip(*self, strict=True)


def taken_rule(text: str) -> str:
    """The rule for taking a text away, by what it holds.

    >>> taken_rule(" \\n"), taken_rule("\\u3000"), taken_rule("\\u200b"), taken_rule("\\x00")
    ('line-end', 'blank', 'invisible', 'control')
    """
    if not text.strip(" \t\u3000"):  # by far most are one of these two
        return "blank"
    if not text.isspace() and _SOLID.search(text):
        return "left-out"
    if "\n" in text or "\r" in text:
        return "line-end"
    if _CONTROL.search(text):
        return "control"
    return "invisible" if _INVISIBLE.search(text) else "blank"


def taken(text: str) -> Effect:
    """What takes a text away."""
    return Effect(taken_rule(text), text, "")


class Said:
    """What a source says as a rule: blanks say nothing, and a damaged sign what it is read as.

    Args:
        source: The source text.
        readings: What a sign may be read as.

    >>> said = Said("⺠ \\n生", {"⺠": "民"})
    >>> text, changes = said.stretch(0, 4)
    >>> text, [effect.rule for effect in changes.effects]
    ('民生', ['reading', 'line-end'])
    """

    def __init__(self, source: str, readings: Mapping[str, str]) -> None:
        self._source = source
        self._readings = readings
        parts = _ODD.split(source)
        runs = parts[1::2]
        places = [*accumulate(map(len, parts))]
        lows, highs = places[:-1:2], places[1::2]
        known = {run: _effect(run, readings) for run in {*runs}}
        says = {run: effect.after for run, effect in known.items()}
        parts[1::2] = map(says.__getitem__, runs)
        self._said = "".join(parts)
        if any([run == after for run, after in says.items()]):  # noqa: C419
            told = [run != says[run] for run in runs]
            lows, highs = [*compress(lows, told)], [*compress(highs, told)]
            runs = [*compress(runs, told)]
        #: What becomes of each odd run.
        self._changes = Changes(lows, highs, [*map(known.__getitem__, runs)])
        #: Where the run before each ends.
        self._passed = [0, *highs]
        shorter = {run: len(run) - len(after) for run, after in says.items()}
        #: How much shorter it is what they say, up to each.
        self._shorter = [0, *accumulate(map(shorter.__getitem__, runs))]

    def stretch(self, start: int, end: int) -> tuple[str, Changes]:
        """What a stretch says, and how that differs from what stands there."""
        (lows, highs, effects), passed = self._changes, self._passed
        first = bisect_left(lows, start)
        last = bisect_left(lows, end, first)
        if passed[first] > start or passed[last] > end:  # it cuts blanks
            cut = Said(self._source[start:end], self._readings)
            text, (lows, highs, effects) = cut.stretch(0, end - start)
            return text, Changes([start + at for at in lows], [start + at for at in highs], effects)
        text = self._said[start - self._shorter[first] : end - self._shorter[last]]
        return text, Changes(lows[first:last], highs[first:last], effects[first:last])


def _effect(run: str, readings: Mapping[str, str]) -> Effect:
    """What mostly becomes of an odd run."""
    if DELETABLE.fullmatch(run):
        return taken(run)
    return Effect("reading", run, readings.get(run, run))
