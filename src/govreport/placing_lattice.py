"""The lattice of figures and lines: which figures stood on which line, with probabilities.

A state is the number of figure lines dealt with so far. Each line of text takes the next figure
line, or none; a figure line that no line takes stays where it is or is skipped. States far below
the best are dropped, and the rest keep to a band, so the way is linear in lines and figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import exp, floor, prod
from typing import Final

import attrs

from govreport.placing_evidence import Line, figure_width, kinds

__all__ = ["Choice", "Figures", "align", "arrange", "torn"]

_SKIP: Final = exp(-9.0)
#: A figure that stands before its line; one more figure line on a printed line, where figure
#: lines stand apart from each other or printed lines are glued.
_EARLY: Final = exp(-2.5)
_MORE: Final = exp(-1.0)
_MOST_LINES: Final = 3
_BAND: Final = 24
_DROP: Final = 1e-9
_TINY: Final = 1e-200
_ACTIVE: Final = 1e-5


@attrs.frozen(slots=True, kw_only=True)
class Figures:
    """A fragment of nothing but figures.

    Args:
        index: Its number among the fragments.
        texts: Its figures.
        kinds: Their kinds.
        apart: Whether blank lines set it off.
        stay: The odds that it stands at its place, torn from its line.
    """

    index: int
    texts: tuple[str, ...]
    kinds: tuple[int, ...]
    apart: bool
    stay: float


@attrs.frozen(slots=True, kw_only=True)
class Choice:
    """One thing that may have happened to figure lines.

    Args:
        line: The line that took them; none where they stay.
        low: The first figure line.
        high: One past the last.
        probability: Its posterior.
        best: Whether it is on the best way.
    """

    line: Line | None
    low: int
    high: int
    probability: float
    best: bool


_Move = tuple[int, int, float, Line | None, int]
"""From a state to a state, the weight, the line that takes figures, one past its last figure line
(0 where nothing happens to a figure)."""
_States = dict[int, float]


@attrs.frozen(slots=True, kw_only=True)
class _Step:
    """One event on the way through the text.

    Args:
        line: A line that may take figures; none for a figure line that may stay.
        figure: The figure line that may stay, or -1.
        low: The lowest state that is possible here.
        high: The highest state that is considered here.
    """

    line: Line | None
    figure: int
    low: int
    high: int


def align(lines: Sequence[Line], figures: Sequence[Figures]) -> tuple[Choice, ...]:
    """What the lines took and which figures stay, with posteriors, in the order of the text."""
    states: _States = {k: _SKIP**k for k in range(min(3, len(figures)) + 1)}
    best = dict(states)
    ahead: list[_States] = []
    moves: list[list[_Move]] = []
    backs: list[dict[int, _Move]] = []
    for step in _plan(lines, figures):
        ways = _moves(step, states, figures)
        ahead.append(states)
        moves.append(ways)
        states = _forward(ways, states)
        best, back = _viterbi(ways, best, states)
        backs.append(back)
    chosen = _trace(backs, best)
    return tuple(_choices(moves, ahead, chosen))


# --- figures on a line --------------------------------------------------------------------------


def _fits(line: Line, figures: Sequence[str]) -> tuple[float, float]:
    """What the widths say for the figures: with the line's end empty, and with one there."""
    if line.slack is None:
        return 1.0, 1.0
    left = floor(line.slack + 0.1 - sum([figure_width(figure) for figure in figures]))
    k = min(max(left + 2, 0), 8)
    return line.inner[k], line.at_end[k]


def ratio(line: Line, figures: Sequence[str], kind: Sequence[int]) -> float:
    """The odds of these figures, and no others, having stood on the line, against none."""
    count = len(figures)
    slots = line.slots
    if count > len(slots):
        return 0.0
    inner, at_end = _fits(line, figures)
    last = slots[-1].odds[kind[-1]] * at_end
    if count == 1:
        only = kind[0]
        return sum([slot.odds[only] for slot in slots[:-1]]) * inner + last
    ways = [1.0] + [0.0] * count
    for slot in slots[:-1]:
        odds = slot.odds
        for k in range(count - 1, -1, -1):
            if ways[k]:
                ways[k + 1] += ways[k] * odds[kind[k]]
    return ways[count] * inner + ways[count - 1] * last


def arrange(
    line: Line, figures: Sequence[str], without: int | None = None
) -> tuple[tuple[int, ...], list[dict[int, float]]]:
    """The best slots for the figures, and each figure's probabilities by slot.

    Args:
        line: The line.
        figures: Its figures.
        without: A slot that another line's figure has taken.
    """
    inner, at_end = _fits(line, figures)
    table = [[slot.odds[k] for slot in line.slots] for k in kinds(figures)]
    table[-1][-1] *= at_end / inner
    open_ = [s for s in range(len(line.slots)) if s != without]
    if len(open_) < len(figures):
        open_ = list(range(len(line.slots)))
    ways = {
        way: prod([row[s] for row, s in zip(table, way, strict=True)])
        for way in combinations(open_, len(figures))
    }
    whole = sum(ways.values())
    shares: list[dict[int, float]] = [defaultdict(float) for _ in figures]
    for way, weight in ways.items():
        for share, slot in zip(shares, way, strict=True):
            share[slot] += weight / whole
    return max(ways, key=lambda way: ways[way]), shares


def torn(before: Line | None, after: Line | None, size: float) -> float | None:
    """What a figure of that width, between two lines, says for being torn from one of them."""
    if before is not None and any(s.start < s.end and max(s.odds) > 1 for s in before.slots):
        return -2.0
    for line, weight in ((before, 3.0), (after, 1.0)):
        if line is not None and line.slack is None:
            return -3.0 if line.glued else 0.0
        if line is not None and line.slack is not None and line.slack > size - 0.3:
            return weight
    return None


# --- the plan -------------------------------------------------------------------------------------


def _plan(lines: Sequence[Line], figures: Sequence[Figures]) -> Iterator[_Step]:
    """The events in the order of the source."""
    count = len(figures)
    low = at = 0
    for line, expected in _expected(lines, figures):
        while at < count and figures[at].index < line.index:
            if figures[at].stay > _DROP:
                yield _Step(line=None, figure=at, low=min(low, at), high=count)
            at += 1
        # a figure may stand before its line, but only just
        while low < at and line.index - figures[low].index > at - low:
            low += 1
        floor_ = max(low, expected - _BAND)
        yield _Step(line=line, figure=-1, low=floor_, high=min(count, expected + _BAND))
    for j in range(at, count):
        if figures[j].stay > _DROP:
            yield _Step(line=None, figure=j, low=0, high=count)
    yield _Step(line=None, figure=-1, low=count, high=count)


def _expected(lines: Sequence[Line], figures: Sequence[Figures]) -> Iterator[tuple[Line, int]]:
    """The lines that may take figures, with the number of figure lines expected before each."""
    start = at = 0
    run: list[tuple[Line, float]] = []
    for line in lines:
        if at < len(figures) and figures[at].index < line.index:
            while at < len(figures) and figures[at].index < line.index:
                at += 1
            # a stray fragment among the figures ends no run
            if sum([share for _, share in run]) <= 1.5 * (at - start) + 8:
                yield from _spread(run, start, at)
                run, start = [], at
        odds = max([ratio(line, probe, kinds(probe)) for probe in _PROBES])
        if odds > _ACTIVE:
            run.append((line, odds / (1 + odds)))
    yield from _spread(run, start, len(figures))


_PROBES: Final = (("8",), ("300",), ("12%",))


def _spread(run: Sequence[tuple[Line, float]], low: int, high: int) -> Iterator[tuple[Line, int]]:
    whole = sum([share for _, share in run])
    so_far = 0.0
    for line, share in run:
        yield line, low + round((high - low) * so_far / whole)
        so_far += share


# --- the moves ------------------------------------------------------------------------------------


def _moves(step: _Step, states: _States, figures: Sequence[Figures]) -> list[_Move]:
    out: list[_Move] = []
    for state in states:
        if state < step.low:
            weight = max(_SKIP ** (step.low - state), _TINY)
            out.append((state, step.low, weight, None, 0))
            continue
        out.append((state, state, 1.0, None, 0))
        if step.line is not None:
            _take(out, step, state, figures)
        elif state == step.figure:
            weight = figures[state].stay
            out.extend(_and_skip(state, state + 1, weight, None, len(figures)))
    return out


def _take(out: list[_Move], step: _Step, state: int, figures: Sequence[Figures]) -> None:
    line = step.line
    assert line is not None
    texts: tuple[str, ...] = ()
    kind: tuple[int, ...] = ()
    cost = 1.0
    for stop in range(state + 1, min(state + _MOST_LINES, step.high) + 1):
        figure = figures[stop - 1]
        if texts:
            if not (figure.apart or line.glued):
                break
            cost *= _MORE
        if figure.index < line.index:
            cost *= _EARLY
        texts += figure.texts
        kind += figure.kinds
        if len(texts) > len(line.slots):
            break
        weight = cost * ratio(line, texts, kind)
        if weight > _DROP:
            out.extend(_and_skip(state, stop, weight, line, step.high))


def _and_skip(
    state: int, stop: int, weight: float, line: Line | None, high: int
) -> Iterable[_Move]:
    """A move, and the same with the next figure lines skipped after it."""
    yield state, stop, weight, line, stop
    for k in range(1, min(2, high - stop) + 1):
        yield state, stop + k, weight * _SKIP**k, line, stop


# --- forward, backward, best ----------------------------------------------------------------------


def _forward(moves: Sequence[_Move], states: _States) -> _States:
    out: _States = {}
    for start, end, weight, _, _ in moves:
        out[end] = out.get(end, 0.0) + states[start] * weight
    top = max(out.values())
    return {state: value / top for state, value in out.items() if value > _DROP * top}


def _viterbi(
    moves: Sequence[_Move], best: _States, kept: _States
) -> tuple[_States, dict[int, _Move]]:
    out: _States = {}
    back: dict[int, _Move] = {}
    for move in moves:
        start, end, weight, _, _ = move
        if end in kept and start in best:
            value = best[start] * weight
            if end not in out or value > out[end]:
                out[end], back[end] = value, move
    top = max(out.values()) or 1.0
    return {state: value / top for state, value in out.items()}, back


def _trace(backs: Sequence[dict[int, _Move]], best: _States) -> list[_Move]:
    state = max(best, key=lambda key: (best[key], key))
    out: list[_Move] = []
    for back in reversed(backs):
        move = back[state]
        out.append(move)
        state = move[0]
    return out[::-1]


def _choices(
    moves: Sequence[Sequence[_Move]], ahead: Sequence[_States], chosen: Sequence[_Move]
) -> list[Choice]:
    behind: _States | None = None
    out: list[Choice] = []
    for ways, states, best in zip(reversed(moves), reversed(ahead), reversed(chosen), strict=True):
        before: _States = {}
        told: dict[tuple[int, int], tuple[float, Line | None]] = {}
        whole = 0.0
        for start, end, weight, line, stop in ways:
            after = weight * (1.0 if behind is None else behind.get(end, 0.0))
            before[start] = before.get(start, 0.0) + after
            mass = states[start] * after
            whole += mass
            if stop:
                held = told.get((start, stop), (0.0, line))[0]
                told[start, stop] = held + mass, line
        for (start, stop), (mass, line) in told.items():
            on = (start, stop) == (best[0], best[4])
            if whole and (on or mass > 1e-3 * whole):
                share = min(1.0, mass / whole)
                out.append(Choice(line=line, low=start, high=stop, probability=share, best=on))
        top = max(before.values()) or 1.0
        behind = {state: value / top for state, value in before.items()}
    return out[::-1]
