"""Torn lines set again: where the printed lines of a run of fragments end.

A compositor fills each line. So of all ways to join a run of fragments that one is taken whose line
ends the setting explains best: a line is no wider than the column, the next unbreakable unit would
not have fitted, or the paragraph ends there, and then the next line begins with the indent.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from govreport.printed import RepairedFragments
from govreport.refit_costs import first_line_indent, is_ended, starts_of_headings
from govreport.refit_runs import LOST_WIDTH, Beside, Fragments, Run
from govreport.refit_search import line_starts
from govreport.torn import CONNECTORS, LOST, unwrapped_starts

__all__ = ["LOST_WIDTH", "begins"]

#: A fragment so much wider than the measure, in em, is of no such column.
_WIDER: Final = 1.0


def begins(
    page: RepairedFragments,
    torn: Mapping[int, int],
    figures: set[int],
    measures: Sequence[float | None],
) -> set[int]:
    """Which of the torn fragments begin a printed line, and are not the rest of the one before.

    Args:
        page: A page's fragments, each as a line of its own.
        torn: How they are tied to the one before.
        figures: The numbers of those that are a figure.
        measures: The measure at each, in em; none where the text was never wrapped.

    Returns:
        Their numbers.
    """
    if not torn:
        return set()
    runs = tuple(_runs(torn))
    fragments = _fragments(page, torn, figures, measures, [start for start, _ in runs])
    out: set[int] = set()
    open_runs: list[Run] = []
    for start, stop in runs:
        measure = measures[start]
        if measure is None or _is_wider(page, start, stop, measure):
            out.update([start + k for k in unwrapped_starts(page.texts[start:stop])])
            out.update(fragments.heads.intersection(range(start, stop)))
        elif not _fits(fragments, start, stop, measure):
            open_runs.append(Run(fragments, start, stop, measure))
    for run in _touching(open_runs):
        before = _beside(page, torn, out, run.start - 1) if run.start else None
        after = _beside(page, torn, out, run.stop) if run.stop < len(page.texts) else None
        out.update(line_starts(run, before, after))
    return out


def _fragments(
    page: RepairedFragments,
    torn: Mapping[int, int],
    figures: set[int],
    measures: Sequence[float | None],
    firsts: Iterable[int],
) -> Fragments:
    """A page's fragments as the search asks for them.

    Args:
        page: The fragments.
        torn: How they are tied to the one before.
        figures: The numbers of those that are a figure.
        measures: The measure at each.
        firsts: The first of each run.
    """
    inside = {*torn, *(k - 1 for k in torn)}
    own = inside & figures
    widths = list(page.widths)
    for k, tie in torn.items():
        if tie == LOST:
            widths[k] += LOST_WIDTH
    return Fragments(
        texts=page.texts,
        widths=widths,
        figures=own.union([k for k in inside if page.texts[k] in CONNECTORS]),
        heads=starts_of_headings(page.texts, torn, own).difference(firsts),
        indent=first_line_indent(page, measures, torn),
    )


def _runs(torn: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and one past the last fragment of each run of torn ones, of which there are some."""
    start = stop = -1
    for k in sorted(torn):
        if k != stop:
            if stop > 0:
                yield start, stop
            start = k - 1
        stop = k + 1
    yield start, stop


def _is_wider(page: RepairedFragments, start: int, stop: int, measure: float) -> bool:
    """Whether a fragment of a run is wider than the column, and not by blanks closed up in it."""
    widths = page.widths[start:stop]
    return max(widths) > measure + _WIDER and any(
        width > measure + _WIDER and k not in page.closed for k, width in enumerate(widths, start)
    )


def _fits(fragments: Fragments, start: int, stop: int, measure: float) -> bool:
    """Whether a run plainly is one line."""
    return (
        sum(fragments.widths[start:stop]) <= measure - fragments.indent
        and fragments.heads.isdisjoint(range(start, stop))
        and not any(map(is_ended, fragments.texts[start : stop - 1]))
    )


def _beside(
    page: RepairedFragments, torn: Container[int], begun: Container[int], at: int
) -> Beside:
    """The printed line that a fragment belongs to."""
    low, high = at, at + 1
    while low in torn and low not in begun:
        low -= 1
    while high in torn and high not in begun:
        high += 1
    return Beside(page.texts[low], page.texts[high - 1], sum(page.widths[low:high]))


def _touching(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, those made one that follow each other: how one ends tells how the next begins."""
    held: list[Run] = []
    for run in runs:
        if held and (held[-1].stop != run.start or held[-1].measure != run.measure):
            yield _one(held)
            held = []
        held.append(run)
    if held:
        yield _one(held)


def _one(runs: Sequence[Run]) -> Run:
    head = runs[0]
    if len(runs) == 1:
        return head
    return head._replace(stop=runs[-1].stop, bounds={run.start for run in runs[1:]})
