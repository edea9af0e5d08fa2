"""Runs of torn fragments that are to be set again, and what there is beside them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final, NamedTuple

from govreport.refit_costs import FLUSH, FORBIDDEN, is_ended, is_marked, of_end, of_opening, of_soft
from govreport.typography import first_unit_width

__all__ = [
    "LOST_WIDTH",
    "Beside",
    "Fragments",
    "Run",
    "begins_paragraph",
    "closing_costs",
    "opening_costs",
]

#: The width of a number that is gone: two digits.
LOST_WIDTH: Final = 1.0
#: So many signs an unbreakable unit may go on for after a figure.
_UNIT: Final = 16


class Beside(NamedTuple):
    """A printed line beside a run: its first and its last fragment, its width in em."""

    first: str
    last: str
    width: float


class Fragments(NamedTuple):
    """A page's fragments as the search asks for them.

    Args:
        texts: Their texts.
        widths: Their widths in em, each with that of a figure lost before it.
        figures: The numbers of figures, and of the signs between two.
        heads: The numbers of those that begin a line as headings do.
        indent: What a paragraph's first line is indented by, in em.
    """

    texts: Sequence[str]
    widths: Sequence[float]
    figures: set[int]
    heads: set[int]
    indent: float


class Run(NamedTuple):
    """Fragments that may belong together.

    Args:
        page: The page's fragments.
        start: The number of the first.
        stop: One past the number of the last.
        measure: The column's width in em.
        bounds: The numbers of those that surely begin a line, beside the first.
    """

    page: Fragments
    start: int
    stop: int
    measure: float
    bounds: Container[int] = ()

    def unit(self, at: int, after: str) -> float:
        """The width in em of the first unbreakable unit from a fragment on.

        Args:
            at: The fragment's number; one past the last stands for what follows the run.
            after: What follows the run.
        """
        if at == self.stop:
            return first_unit_width(after)
        texts, figures = self.page.texts, self.page.figures
        if at not in figures:
            return first_unit_width(texts[at])
        rest = ""
        for k in range(at + 1, self.stop):
            rest += texts[k]
            if k not in figures or len(rest) >= _UNIT:
                break
        else:
            rest += after
        return first_unit_width(texts[at] + rest[:_UNIT])

    def figured(self, at: int) -> tuple[bool, bool]:
        """Whether the fragments before and after a place are figures."""
        figures = self.page.figures
        return at - 1 in figures, at in figures


def begins_paragraph(run: Run, at: int) -> bool:
    """Whether a heading or a paragraph surely begins inside a run."""
    return at in run.page.heads or (at in run.bounds and is_ended(run.page.texts[at - 1]))


def opening_costs(run: Run, before: Beside | None, unit: float) -> tuple[float, float]:
    """What it costs that the paragraph before the run goes on in it, and that it ended there."""
    if before is None:
        return FORBIDDEN, 0.0
    soft, heading, hard = of_end(before.last)
    soft += of_soft(run.measure - before.width - unit)
    hard = hard if is_marked(before.first + before.last) else heading
    opens = of_opening(run.page.texts[run.start])
    return soft + opens, max(hard - opens, 0.0)


def closing_costs(run: Run, after: Beside | None) -> tuple[float, float, float]:
    """What it costs at the run's end that a paragraph goes on, that a heading and that one ends."""
    soft, heading, hard = of_end(run.page.texts[run.stop - 1])
    if after is None:
        return soft, max(heading - hard, 0.0), 0.0
    # before a line that may be too full to begin a paragraph
    more = FLUSH if after.width > run.measure - run.page.indent + 0.5 else 0.0
    return soft, heading + more, hard + more
