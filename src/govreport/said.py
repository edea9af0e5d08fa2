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
#: What may stand in the source for something else, or for nothing. One set, since the search for
#: that is several times as fast as for the blanks or one sign that it falls into.
_ODD: Final = re.compile(f"([^{_PLAIN}]+)")
_PARTS: Final = re.compile(rf"[\s{SILENT}]+|[^{_PLAIN}]")


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
    >>> said.read(0, 4), [effect.rule for effect in said.changes(0, 4).effects]
    ('民生', ['reading', 'line-end'])
    """

    def __init__(self, source: str, readings: Mapping[str, str]) -> None:
        self._source = source
        self._readings = readings
        parts = _parted(source)
        places = [*accumulate(map(len, parts))]
        #: Where the odd runs begin and end in the source.
        self._lows, self._highs = places[:-1:2], places[1::2]
        known = {run: _effect(run, readings) for run in set(parts[1::2])}
        effects = [*map(known.__getitem__, parts[1::2])]
        parts[1::2] = [effect[2] for effect in effects]
        self._said = "".join(parts)
        #: Where what they say ends in what the whole source says.
        self._upto = [*accumulate(map(len, parts))][1::2]
        self._changes = Changes(self._lows, self._highs, effects)
        if any([effect.before == effect.after for effect in known.values()]):  # noqa: C419
            told = [effect.before != effect.after for effect in effects]
            lows, highs = compress(self._lows, told), compress(self._highs, told)
            self._changes = Changes([*lows], [*highs], [*compress(effects, told)])

    def read(self, start: int, end: int) -> str:
        """What a stretch says."""
        lows, highs = self._lows, self._highs
        first = bisect_left(lows, start)
        last = bisect_left(lows, end, first)
        if (first and highs[first - 1] > start) or (last and highs[last - 1] > end):
            return Said(self._source[start:end], self._readings).read(0, end - start)  # cut blanks
        low = self._upto[first - 1] + start - highs[first - 1] if first else start
        high = self._upto[last - 1] + end - highs[last - 1] if last else end
        return self._said[low:high]

    def changes(self, start: int, end: int) -> Changes:
        """How that differs from what stands there."""
        starts, ends, effects = self._changes
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        if (first and ends[first - 1] > start) or (last and ends[last - 1] > end):
            cut = Said(self._source[start:end], self._readings)
            starts, ends, effects = cut.changes(0, end - start)
            return Changes([start + at for at in starts], [start + at for at in ends], effects)
        return Changes(starts[first:last], ends[first:last], effects[first:last])


def _effect(run: str, readings: Mapping[str, str]) -> Effect:
    """What mostly becomes of an odd run."""
    if DELETABLE.fullmatch(run):
        return taken(run)
    return Effect("reading", run, readings.get(run, run))


def _parted(source: str) -> list[str]:
    """The source in turns: a plain part, an odd one (blanks, or one sign), a plain one, and so on.

    >>> _parted("工作⺠⽣ \\n。")
    ['工作', '⺠', '', '⽣', '', ' \\n', '。']
    """
    parts = _ODD.split(source)
    runs = parts[1::2]
    several = {run: found for run in set(runs) if len(run) > 1 and (found := _several(run))}
    if not several:
        return parts
    out: list[str] = []
    done = 0
    for k in [2 * k + 1 for k, run in enumerate(runs) if run in several]:
        out += parts[done:k]
        out += several[parts[k]]
        done = k + 1
    return [*out, *parts[done:]]


def _several(run: str) -> list[str]:
    """An odd run of several parts, in turns as above; nothing for a run of blanks.

    >>> _several("⺠⣿"), _several(" \\n")
    (['⺠', '', '⣿'], [])
    """
    if DELETABLE.fullmatch(run):
        return []
    return [part for sign in _PARTS.findall(run) for part in (sign, "")][:-1]
