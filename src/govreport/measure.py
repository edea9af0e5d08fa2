"""The measure: the column's width in em, as it changes through a text.

A hidden chain runs over the lines: its states are the measures that the text's own widths put
forward, and one for text that was never wrapped; it changes state seldom. The best path gives each
line its measure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import compress, groupby
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
#: So far a line may reach over a measure and still be a line of it, in em.
_FITS: Final = 1.5
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
    heard = [True] * len(steps) if known is None else known
    stretches = []
    for start in range(0, len(steps), _WINDOW):
        around = slice(max(0, start - _WINDOW // 2), start + 3 * _WINDOW // 2)
        stretches.append(_candidates(steps[around], heard[around]))
    if all(len(candidates) == 1 for candidates in stretches):
        return [None] * len(steps)
    return _wrapped(_best_path(steps, heard, stretches), widths)


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


def _candidates(steps: Sequence[int], heard: Sequence[bool]) -> tuple[float, ...]:
    """The measures that a stretch of lines puts forward: peaks of its widths."""
    low, high = 2 * MINIMUM, 2 * MAXIMUM
    counts = Counter(compress(steps, heard))
    peaks = []
    for step, count in counts.items():
        if count < 2 or not low <= step <= high:
            continue
        below = counts[step - 1] * (step - 1 >= low) + counts[step - 2] * (step - 2 >= low)
        over = counts[step + 1] if step < high else 0
        if count >= over and count + below >= max(3, len(steps) // 100):
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


def _told(measure: float, step: int, heard: bool) -> float:
    """The log-likelihood of a line's width under a measure."""
    if not heard:  # a part of a line: it tells only what the measure is not
        return _TOO_WIDE if measure and step > 2 * measure + 2 else 0.0
    if step <= _TOP:
        return _table(measure)[step]
    return log(_FAR) if measure else log(0.35 / (step + 12))


class _Run(NamedTuple):
    """A measure, the line from which on it holds, and what held before."""

    measure: float
    start: int
    before: _Run | None


#: A width in half em, and whether it is a whole line's.
_Line = tuple[int, bool]


def _best_path(
    steps: Sequence[int], heard: Sequence[bool], stretches: Sequence[tuple[float, ...]]
) -> list[float]:
    """The measures by which the widths are likeliest.

    This is the Viterbi recursion, told by how far the other measures lie behind the best one. Most
    lie so far behind that their best past is the best measure's own, and a change; the others are
    its rivals, and only of them a line need be reckoned.
    """
    lines = list(zip(steps, heard, strict=True))
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
    line: _Line,
    at: int,
) -> tuple[_Run, dict[float, tuple[float, _Run]]]:
    """The best measure and its rivals after the first line of a stretch with other candidates."""
    before = best if at else None
    field: dict[float, tuple[float, _Run]] = {}
    if at and best.measure in candidates:
        field[best.measure] = (_told(best.measure, *line), best)
    for m, floor in _floors(best.measure if at else inf, candidates).items():
        lead, run = rivals.get(m, (-inf, best))
        if lead <= floor:
            lead, run = floor, _Run(m, at, before)
        field[m] = (lead + _told(m, *line), run)
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
    lines: Sequence[_Line],
    at: int,
) -> tuple[int, _Run, dict[float, tuple[float, _Run]]]:
    """Follow a race until another measure comes out best or the lines end.

    Returns the place after the last line reckoned, and the best measure and its rivals there.
    """
    floors = _floors(best.measure, candidates)
    tables = {m: _table(m) for m in candidates}
    gains = {line: _gains(best.measure, tables, line) for line in set(lines)}
    leads = {m: lead for m, (lead, _) in rivals.items()}
    since: dict[float, int] = {}
    overtaken = False
    for k, line in enumerate(lines, at):
        gain, risers = gains[line]
        if leads:
            leads = {m: lead + gain[m] for m, lead in leads.items() if lead > floors[m]}
        for m in risers:
            if m not in leads:
                leads[m] = floors[m] + gain[m]
                since[m] = k
            overtaken = overtaken or leads[m] > 0.0
        if overtaken:
            break
    field = {best.measure: (0.0, best)}
    for m, floor in floors.items():
        if m not in leads:  # it lies as far behind as a change to it before the last line
            leads[m], since[m] = floor + gain[m], k
        field[m] = (leads[m], _Run(m, since[m], best) if m in since else rivals[m][1])
    return k + 1, *_ranked(field, candidates)


def _gains(
    best: float, tables: Mapping[float, Sequence[float]], line: _Line
) -> tuple[dict[float, float], tuple[float, ...]]:
    """What each measure gains on the best one with a line, and those that do gain."""
    step, whole = line
    if whole and step <= _TOP:
        told = tables[best][step]
        gain = {m: table[step] - told for m, table in tables.items()}
    else:
        told = _told(best, *line)
        gain = {m: _told(m, *line) - told for m in tables}
    return gain, tuple([m for m, more in gain.items() if more > 0.0])
