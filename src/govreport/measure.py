"""The measure: the column's width in em, as it changes through a text.

A hidden chain runs over the lines: its states are the measures that the text's own widths put
forward, and one for text that was never wrapped; it changes state seldom. The best path gives each
line its measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from math import inf, log
from typing import Final, NamedTuple

__all__ = ["MAXIMUM", "MINIMUM", "lent", "never_wrapped", "track", "unwrapped"]

#: The narrowest and the widest column, in em.
MINIMUM: Final = 7.0
MAXIMUM: Final = 46.0

#: What share of a column's lines has which width, by the difference from the measure in half em:
#: full lines, lines that a line-start prohibition or a long number cut short, first lines.
_SHARES: Final = {2: 0.004, 1: 0.02, 0: 0.50, -1: 0.14, -2: 0.10, -3: 0.03, -4: 0.06, -5: 0.012}
_SHORT: Final = 0.25
_OVER: Final = 0.0008
#: A line far wider than the measure: two lines glued; and one wider than two and any column.
_FAR: Final = 0.00002
_NO_LINE: Final = 1e-12
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
#: So far a line may reach over a measure and still be a line of it, in em.
_FITS: Final = 1.5
#: A difference of log-likelihoods that no rounding explains.
_SLIGHT: Final = 1e-6
#: The widest width that has its own entry in a table, in half em.
_TOP: Final = round(2 * MAXIMUM) + 8


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
    lines = (
        steps
        if known is None
        else [step if sure else ~step for step, sure in zip(steps, known, strict=True)]
    )
    stretches = [
        _candidates(lines[max(0, start - _WINDOW // 2) : start + 3 * _WINDOW // 2])
        for start in range(0, len(lines), _WINDOW)
    ]
    if all(len(candidates) == 1 for candidates in stretches):
        return [None] * len(lines)
    return _wrapped(_best_path(lines, stretches), widths)


def _wrapped(path: list[float], widths: Sequence[float]) -> list[float | None]:
    """A stretch without a measure whose lines all fit beside it takes its neighbour's."""
    out: list[float | None] = [m or None for m in path]
    for start, stop, beside in _open_stretches(out):
        if beside and max(widths[start:stop]) <= beside + _FITS:
            out[start:stop] = [beside] * (stop - start)
    return out


def _open_stretches(
    measures: Sequence[float | None],
) -> Iterator[tuple[int, int, float | None]]:
    """First and one past the last of each run of lines without a measure, and the one beside it.

    A run too long to go by its neighbours has none.
    """
    if None not in measures:
        return
    stop = 0
    for none, run in groupby(measures, key=lambda measure: measure is None):
        start, stop = stop, stop + sum(1 for _ in run)
        if none:
            near = (*measures[stop : stop + 1], *measures[max(0, start - 1) : start], None)
            yield start, stop, near[0] if stop - start < _WINDOW else None


def unwrapped(widths: Sequence[float], measures: Sequence[float | None]) -> list[bool]:
    """Whether each line stands in a stretch that was never wrapped.

    Such a stretch has no measure and a line wider than any column; without one nothing is known.

    Args:
        widths: The lines' widths in em.
        measures: What :func:`track` gives for them.
    """
    out = [False] * len(widths)
    for start, stop, _ in _open_stretches(measures):
        out[start:stop] = [max(widths[start:stop]) > MAXIMUM + 2] * (stop - start)
    return out


def lent(
    widths: Sequence[float], measures: Sequence[float | None], free: Sequence[bool]
) -> list[float | None]:
    """The measures, where lines that were never wrapped stand amid such as were.

    A line of such a stretch that would fit into the column beside it may be one of that column:
    a list of long items, one a line, and a short paragraph under it.

    Args:
        widths: The lines' widths in em.
        measures: What :func:`track` gives for them.
        free: What :func:`unwrapped` gives for them.
    """
    out = list(measures)
    for start, stop, beside in _open_stretches(measures):
        if beside and free[start]:
            fits = [width <= beside + _FITS for width in widths[start:stop]]
            out[start:stop] = [beside if fit else None for fit in fits]
    return out


def never_wrapped(widths: Sequence[float]) -> bool:
    """Whether none of some lines was wrapped; the last one tells nothing by itself.

    Args:
        widths: The lines' widths in em.

    >>> never_wrapped([130, 12, 240, 8, 77]), never_wrapped([20, 20, 19.5, 20, 6])
    (True, False)
    """
    return all(unwrapped(widths, track(widths))[:-1])


def _candidates(lines: Sequence[int]) -> tuple[float, ...]:
    """The measures that a stretch of lines puts forward: peaks of its widths."""
    low, high = 2 * MINIMUM, 2 * MAXIMUM
    counts = {step: count for step, count in Counter(lines).items() if low <= step <= high}
    peaks = []
    for step, count in counts.items():
        if count < 2:
            continue
        below = counts.get(step - 1, 0) + counts.get(step - 2, 0)
        if count >= counts.get(step + 1, 0) and count + below >= max(3, len(lines) // 100):
            peaks.append((2 * count + below, step))
    best = sorted(peaks, reverse=True)[:_CANDIDATES]
    return (_UNWRAPPED, *sorted(step / 2 for _, step in best))


@cache
def _table(measure: float) -> tuple[float, ...]:
    """Log-likelihood of each width in half em, up to a little over the widest measure."""
    if measure == _UNWRAPPED:
        return tuple([log(0.35 / (s + 12)) for s in range(_TOP + 1)])
    full = round(2 * measure)
    short = _SHORT / max(1, full - 5)
    out = [log(_SHARES.get(s - full, short if s < full else _OVER)) for s in range(_TOP + 1)]
    out[full + 8 :] = [log(_FAR)] * len(out[full + 8 :])
    return tuple(out)


def _told(measure: float, line: int) -> float:
    """The log-likelihood of a line under a measure."""
    if line < 0:  # a part of a line: it tells only what the measure is not
        return _TOO_WIDE if measure and ~line > 2 * measure + 2 else 0.0
    if line <= _TOP:
        return _table(measure)[line]
    if not measure:
        return log(0.35 / (line + 12))
    return log(_FAR if line <= 4 * measure + 8 else _NO_LINE)


class _Run(NamedTuple):
    """A measure, the line from which on it holds, and what held before."""

    measure: float
    start: int
    before: _Run | None


def _best_path(lines: Sequence[int], stretches: Sequence[tuple[float, ...]]) -> list[float]:
    """The measures by which the widths are likeliest.

    This is the Viterbi recursion, told by how far the other measures lie behind the best one. Most
    lie so far behind that their best past is the best measure's own, and a change; the others are
    its rivals, and only of them a line need be reckoned.

    Args:
        lines: Their widths in half em; the complement (``~``) of it where a line is torn.
        stretches: The measures that each stretch of lines puts forward.
    """
    best = _Run(_UNWRAPPED, 0, None)
    rivals: dict[float, tuple[float, _Run]] = {}
    for start, candidates in zip(range(0, len(lines), _WINDOW), stretches, strict=True):
        best, rivals = _entered(best, rivals, candidates, lines[start], start)
        at, stop = start + 1, min(start + _WINDOW, len(lines))
        while at < stop:
            at, best, rivals = _followed(best, rivals, candidates, lines[at:stop], at)
    path: list[float] = []
    run: _Run | None = best
    while run is not None:
        path += [run.measure] * (len(lines) - len(path) - run.start)
        run = run.before
    path.reverse()
    return path


def _floors(best: float, candidates: Sequence[float]) -> dict[float, float]:
    """How far behind the best measure each other one would start after a change from it."""
    base = _CHANGE - _STAY
    return {
        m: base + _NEAR if best and m and abs(m - best) <= 2.5 else base
        for m in candidates
        if m != best
    }


def _entered(
    best: _Run,
    rivals: dict[float, tuple[float, _Run]],
    candidates: Sequence[float],
    line: int,
    at: int,
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best measure and its rivals after the first line of a stretch with other candidates."""
    before = best if at else None
    field: dict[float, tuple[float, _Run]] = {}
    if at and best.measure in candidates:
        field[best.measure] = (_told(best.measure, line), best)
    for m, floor in _floors(best.measure if at else inf, candidates).items():
        lead, run = rivals.get(m, (-inf, best))
        if lead <= floor:
            lead, run = floor, _Run(m, at, before)
        field[m] = (lead + _told(m, line), run)
    return _ranked(field, candidates)


def _ranked(
    field: dict[float, tuple[float, _Run]], candidates: Sequence[float]
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best of a field, and the others behind it."""
    first = max([m for m in candidates if m in field], key=lambda m: field[m][0])
    top, best = field.pop(first)
    return best, {m: (score - top, run) for m, (score, run) in field.items()}


def _followed(
    best: _Run,
    rivals: dict[float, tuple[float, _Run]],
    candidates: Sequence[float],
    lines: Sequence[int],
    at: int,
) -> tuple[int, _Run, dict[float, tuple[float, _Run]]]:
    """Follow a race until another measure comes out best or the lines end.

    Returns the place after the last line reckoned, and the best measure and its rivals there.
    """
    floors = _floors(best.measure, candidates)
    leads = {m: lead for m, (lead, _) in rivals.items()}
    since: dict[float, int] = {}
    gains = _Gains(best.measure, candidates, -max(floors.values(), default=-inf) - _SLIGHT)
    gain: dict[float, float] = {}
    k = asked = 0
    while k < len(lines):
        if not leads and k >= asked:
            k, asked = gains.doubtful(lines, k)
        gain = gains.by(lines[k])
        leads = {m: lead + gain[m] for m, lead in leads.items() if lead > floors[m]}
        for m, more in gain.items():
            if more > 0.0 and m not in leads:
                leads[m] = floors[m] + more
                since[m] = at + k
        k += 1
        if leads and max(leads.values()) > 0.0:
            break
    field = {best.measure: (0.0, best)}
    for m, floor in floors.items():
        if m not in leads:  # it lies as far behind as a change to it before the last line
            leads[m], since[m] = floor + gain[m], at + k - 1
        field[m] = (leads[m], _Run(m, since[m], best) if m in since else rivals[m][1])
    return at + k, *_ranked(field, candidates)


class _Gains:
    """What measures gain on the best one, line by line.

    The sum of the most that any of them gains, since all last lay as far behind as a change, bounds
    each one's lead; so where it stays low no measure need be reckoned by itself.

    Args:
        best: The best measure.
        candidates: All measures.
        near: So large a sum of gains would bring one of them near the best.
    """

    def __init__(self, best: float, candidates: Sequence[float], near: float) -> None:
        self._candidates = candidates
        self._rows = list(zip(*map(_table, candidates), strict=True))
        self._place = candidates.index(best)
        self._near = near
        self._most: dict[int, float] = {}

    def _told(self, line: int) -> Sequence[float]:
        """The log-likelihood of a line under each measure."""
        if 0 <= line <= _TOP:
            return self._rows[line]
        return [_told(m, line) for m in self._candidates]

    def by(self, line: int) -> dict[float, float]:
        """What each measure gains with a line."""
        told = self._told(line)
        own = told[self._place]
        return {m: other - own for m, other in zip(self._candidates, told, strict=True)}

    def doubtful(self, lines: Sequence[int], start: int) -> tuple[int, int]:
        """The first stretch from a line on where one might come near, or how the lines end.

        All others lie as far behind as a change before the line, and before the stretch.
        """
        most = self._most
        bound = 0.0
        for k in range(start, len(lines)):
            line = lines[k]
            more = most.get(line)
            if more is None:
                second, top = sorted((-inf, *(told := self._told(line))))[-2:]
                own = told[self._place]
                more = most[line] = (top if top > own else second) - own
            bound = more + bound if bound > 0.0 else more
            if bound < -_SLIGHT:
                start = k + 1
            elif bound > self._near:
                return start, k + 1
        return min(start, len(lines) - 1), len(lines)
