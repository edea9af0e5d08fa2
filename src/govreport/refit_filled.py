"""Runs of torn fragments whose lines plainly are as full as can be: nothing need be weighed there."""

from __future__ import annotations

from govreport.refit_costs import is_ended, line_end
from govreport.refit_runs import Beside, Run, begins_paragraph, closing_costs

__all__ = ["filled"]


def filled(run: Run, opening: tuple[float, float], after: Beside | None) -> list[int] | None:
    """Where lines begin if all are as full as can be, but for paragraphs' last; none if some are not.

    Paragraphs begin only where that is sure. So this way costs nothing beyond what any must at the
    run's ends and at these places, and all others more.

    Args:
        run: The run.
        opening: What :func:`~govreport.refit_runs.opening_costs` gives for it.
        after: The printed line after it.
    """
    soft, hard = opening
    if soft == hard:
        return None
    following = after.first if after else ""
    goes_on, _, ends = closing_costs(run, after)
    came = {run.start: run.start}
    for start in range(run.start, run.stop):
        if start not in came:
            continue
        begins = begins_paragraph(run, start) if start > run.start else hard < soft
        room = run.measure - run.page.indent if begins else run.measure
        for stop, left in _full(run, start, room):
            if stop in came:
                continue
            if stop == run.stop:
                fits = ends < goes_on or left <= run.unit(stop, following)
            else:
                fits = begins_paragraph(run, stop) or (
                    left <= run.unit(stop, following) and _goes_on(run, stop)
                )
            if fits:
                came[stop] = start
    if run.stop not in came:
        return None
    out: list[int] = []
    at = came[run.stop]
    while at != run.start:
        out.append(at)
        at = came[at]
    return out


def _full(run: Run, start: int, room: float) -> list[tuple[int, float]]:
    """Where a line from a fragment on may stop and be full, and the room in em that it leaves.

    Before a fragment that is no figure it does not, if all of that would have fitted.

    Args:
        run: The run.
        start: The fragment's number.
        room: The line's room in em.
    """
    page = run.page
    out: list[tuple[int, float]] = []
    for at in range(start, run.stop):
        if at > start and (at in run.bounds or at in page.heads):
            break
        room -= page.widths[at]
        if room < 0:
            break
        if room > 0 and at not in page.figures:
            out.clear()
        out.append((at + 1, room))
    return out


def _goes_on(run: Run, stop: int) -> bool:
    """Whether a line end inside a run speaks for nothing but a paragraph that goes on there."""
    texts = run.page.texts
    if is_ended(texts[stop - 1]):
        return False
    return stop in run.bounds or not line_end(
        texts[stop - 1], texts[stop], figures=run.figured(stop)
    )
