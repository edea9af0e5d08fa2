"""What the reader of a report should look at: what was decided with little to spare, and what is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from govreport.diagnostics import Diagnostic
from govreport.inline import Inlined
from govreport.nodes import Front, Unplaced
from govreport.placing import Placed
from govreport.printed import PrintedLine
from govreport.roles import RoledBlock
from govreport.source import Span

__all__ = ["figures", "gaps", "headline", "line_ends", "place_of", "unplaced"]


def unplaced(placed: Placed, source: str) -> Iterator[Unplaced]:
    """The figures that no place was found for."""
    for left in placed.unplaced:
        text = left.fragment.text
        yield Unplaced(text=text.text, spans=text.spans(source))


def figures(placed: Placed, left: Sequence[Unplaced], doubt: float) -> Iterator[Diagnostic]:
    """Figures without a place, and such as others rival for theirs.

    Args:
        placed: What was placed, and how surely.
        left: The figures without a place.
        doubt: What is less probable is told.
    """
    for node in left:
        assert node.span is not None
        yield Diagnostic.of("unplaced", f"the figures {node.text} have no place", node.span)
    for figure in placed.figures:
        if figure.probability < doubt:
            message = "a figure was put into a place that others rival"
            yield Diagnostic.of(
                "uncertain-figure", message, figure.span, probability=round(figure.probability, 3)
            )


def line_ends(
    chances: Sequence[float], lines: Sequence[PrintedLine], doubt: float
) -> Iterator[Diagnostic]:
    """The line ends that are neither surely hard nor surely soft.

    Args:
        chances: For each line the probability that its end is hard.
        lines: The lines.
        doubt: What is less probable is told.
    """
    for k in [k for k, hard in enumerate(chances) if 1 - doubt < hard < doubt]:
        hard, at = chances[k], lines[k].text.end
        sure = max(hard, 1 - hard)
        what = "paragraph end" if hard >= 0.5 else "no paragraph end"
        yield Diagnostic.of(
            "uncertain-end", f"{what} uncertain, {sure:.2f}", Span(at, at), probability=sure
        )


def headline(lines: Sequence[PrintedLine], found: Front) -> Iterator[Diagnostic]:
    """A text without a headline block."""
    if lines and not found.title:
        yield Diagnostic.of("no-title", "no headline block was found", Span(0, 0))


def gaps(
    blocks: Sequence[RoledBlock], inside: Sequence[Inlined], supplies: Mapping[int, str]
) -> Iterator[Diagnostic]:
    """The gaps that no caller's reading fills, by their number in reading order."""
    numbers = count()
    end = 0
    for roled, found in zip(blocks, inside, strict=True):
        for gap in found.gaps if roled.role != "contents" else ():
            where = Span(end, end) if gap.at is None else gap.at
            message = f"a number is missing ({', '.join(gap.evidence)})"
            if next(numbers) not in supplies:
                yield Diagnostic.of("gap", message, where, probability=gap.probability)
        end = roled.block.text.end


def place_of(remark: Diagnostic) -> tuple[int, int, str]:
    """What remarks are put in order by."""
    return remark.span.start, remark.span.end, remark.code
