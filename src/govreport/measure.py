"""The measure: the column's width in em, as it changes through a text.

A hidden chain runs over the lines: its states are the measures that the text's own widths put
forward, and one for text that was never wrapped; it changes state seldom. The best path gives each
line its measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf, log
from typing import Final

__all__ = ["MAXIMUM", "MINIMUM", "track"]

#: The narrowest and the widest column, in em.
MINIMUM: Final = 7.0
MAXIMUM: Final = 46.0

#: What share of a column's lines has which width, by the difference from the measure in half em:
#: full lines, lines that a line-start prohibition or a long number cut short, first lines.
_SHARES: Final = {2: 0.004, 1: 0.02, 0: 0.50, -1: 0.14, -2: 0.10, -3: 0.03, -4: 0.06, -5: 0.012}
_SHORT: Final = 0.25
_OVER: Final = 0.0008
#: A line far wider than the measure: two lines glued, or no line of a column at all.
_FAR: Final = 0.00002
#: What a part of a line costs that is wider than the whole line could be.
_TOO_WIDE: Final = -5.0
_STAY: Final = log(0.999999)
_CHANGE: Final = log(0.000001)
#: A measure that changes by two em or less is more likely first lines or noise than a column.
_NEAR: Final = -3.0
#: Lines that put candidates forward together, and how many candidates they may.
_WINDOW: Final = 240
_CANDIDATES: Final = 7

_UNWRAPPED: Final = 0.0


def track(widths: Sequence[float], *, known: Sequence[bool] | None = None) -> list[float | None]:
    """The measure at each line, in em; none where the text was never wrapped.

    Args:
        widths: The lines' widths in em, in reading order.
        known: Whether a line's width can be trusted (a torn line's cannot); all, if left out.

    >>> track([19, 20, 19.5, 20, 6, 18, 20, 20, 20, 3])[0]
    20.0
    >>> track([130, 12, 240, 8, 77])[0] is None
    True
    """
    steps = [round(2 * width) for width in widths]
    heard = [True] * len(steps) if known is None else known
    back: list[dict[float, float]] = []
    scores: dict[float, float] = {}
    for start in range(0, len(steps), _WINDOW):
        stop = min(start + _WINDOW, len(steps))
        around = slice(max(0, start - _WINDOW // 2), stop + _WINDOW // 2)
        candidates = _candidates(steps[around], heard[around])
        tables = [(m, _table(m)) for m in candidates]
        for k in range(start, stop):
            scores, origin = _advance(scores, tables, steps[k], heard[k])
            back.append(origin)
    return _wrapped(list(_path(scores, back)), widths)


def _wrapped(path: list[float], widths: Sequence[float]) -> list[float | None]:
    """A stretch without a measure whose lines all fit beside it takes its neighbour's."""
    out: list[float | None] = [m or None for m in path]
    start = 0
    while start < len(path):
        stop = start + 1
        while stop < len(path) and path[stop] == path[start]:
            stop += 1
        if path[start] == _UNWRAPPED and stop - start < _WINDOW:
            beside = path[stop] if stop < len(path) else path[start - 1] if start else 0.0
            if beside and max(widths[start:stop]) <= beside + 1.5:
                out[start:stop] = [beside] * (stop - start)
        start = stop
    return out


def _candidates(steps: Sequence[int], heard: Sequence[bool]) -> list[float]:
    """The measures that a stretch of lines puts forward: peaks of its widths."""
    low, high = 2 * MINIMUM, 2 * MAXIMUM
    counts = Counter(s for s, ok in zip(steps, heard, strict=True) if ok and low <= s <= high)
    mass = {s: counts[s] + counts[s - 1] + counts[s - 2] for s in counts}
    peaks = [
        (n + counts[s], s)
        for s, n in mass.items()
        if counts[s] >= 2 and counts[s] >= counts[s + 1] and n >= max(3, len(steps) // 100)
    ]
    best = sorted(peaks, reverse=True)[:_CANDIDATES]
    return [_UNWRAPPED, *sorted(s / 2 for _, s in best)]


def _table(measure: float) -> list[float]:
    """Log-likelihood of each width in half em, up to a little over the widest measure."""
    top = round(2 * MAXIMUM) + 8
    if measure == _UNWRAPPED:
        return [log(0.35 / (s + 12)) for s in range(top + 1)]
    full = round(2 * measure)
    short = _SHORT / max(1, full - 5)
    out = [log(_SHARES.get(s - full, short if s < full else _OVER)) for s in range(top + 1)]
    out[full + 8 :] = [log(_FAR)] * len(out[full + 8 :])
    return out


def _advance(
    scores: dict[float, float], tables: list[tuple[float, list[float]]], step: int, heard: bool
) -> tuple[dict[float, float], dict[float, float]]:
    """One step of the Viterbi recursion; the origin of each state beside its score."""
    best = max(scores, key=scores.__getitem__, default=_UNWRAPPED)
    change = scores.get(best, 0.0) + _CHANGE
    new: dict[float, float] = {}
    origin: dict[float, float] = {}
    for measure, table in tables:
        stay = scores[measure] + _STAY if measure in scores else -inf
        moved = change + (_NEAR if abs(measure - best) <= 2.5 and best and measure else 0.0)
        origin[measure] = measure if stay > moved else best
        score = max(stay, moved)
        if not heard:  # a part of a line: it tells only what the measure is not
            score += _TOO_WIDE if measure and step > 2 * measure + 2 else 0.0
        elif step < len(table):
            score += table[step]
        else:
            score += log(_FAR) if measure else log(0.35 / (step + 12))
        new[measure] = score
    return new, origin


def _path(scores: dict[float, float], back: list[dict[float, float]]) -> Iterator[float]:
    if not back:
        return iter(())
    at = max(scores, key=scores.__getitem__)
    path = [at]
    for origin in reversed(back[1:]):
        at = origin[at]
        path.append(at)
    return reversed(path)
