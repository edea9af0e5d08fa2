"""Torn lines set again: where the printed lines of a run of fragments end.

A compositor fills each line. So of all ways to join a run of fragments that one is taken whose line
ends the setting explains best: a line is no wider than the column, the next unbreakable unit would
not have fitted, or the paragraph ends there, and then the next line begins with the indent.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from govreport.printed import PrintedLine
from govreport.refit_costs import first_line_indent, starts_of_headings
from govreport.refit_search import LOST_WIDTH, Beside, Page, Run, line_starts
from govreport.torn import is_figure

__all__ = ["LOST_WIDTH", "begins"]


def begins(
    lines: Sequence[PrintedLine],
    torn: Mapping[int, int],
    measures: Sequence[float | None],
) -> set[int]:
    """Which of the torn fragments begin a printed line, and are not the rest of the one before.

    Args:
        lines: A page's fragments, each as a line of its own.
        torn: How they are tied to the one before.
        measures: The measure at each, in em; none where the text was never wrapped.

    Returns:
        Their numbers.
    """
    if not torn:
        return set()
    indent = first_line_indent(lines, measures, torn)
    out: set[int] = set()
    open_runs: list[Run] = []
    runs = tuple(_runs(torn))
    inside = [k for start, stop in runs for k in range(start, stop)]
    figures = {k for k in inside if is_figure(lines[k].text.text)}
    page = Page(lines, torn, figures, starts_of_headings(lines, torn, figures))
    for start, stop in runs:
        run = Run.of(page, start, stop, (measures[start], indent))
        settled = run.settled()
        if settled is None:
            open_runs.append(run)
        else:
            out.update([start + k for k in settled])
    for run in _touching(open_runs):
        before = _beside(lines, torn, out, run.start - 1) if run.start else None
        after = _beside(lines, torn, out, run.stop) if run.stop < len(lines) else None
        out.update([run.start + k for k in line_starts(run, before, after)])
    return out


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


def _beside(
    lines: Sequence[PrintedLine], torn: Container[int], begun: Container[int], at: int
) -> Beside:
    """The printed line that a fragment belongs to."""
    low, high = at, at + 1
    while low in torn and low not in begun:
        low -= 1
    while high in torn and high not in begun:
        high += 1
    whole = [line.width for line in lines[low:high]]
    return Beside(lines[low].text.text, lines[high - 1].text.text, sum(whole))


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
    return head._replace(
        parts=tuple([part for run in runs for part in run.parts]),
        widths=tuple([width for run in runs for width in run.widths]),
        bounds=frozenset([run.start - head.start for run in runs[1:]]),
        heads=frozenset([run.start - head.start + k for run in runs for k in run.heads]),
    )
