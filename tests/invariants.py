"""What holds for any source (DESIGN.md, section 7), as checks of one report."""

from __future__ import annotations

from collections import Counter

import regex

from govreport import Report
from govreport.edits import apply
from govreport.visitors import blocks

#: What is no content: blanks (GB 18030-2000 had one at U+E5E5), line ends, controls, invisible signs.
BLANK = regex.compile(r"[\s\p{Cc}\p{Cf}\p{Cs}\uE5E5\uFFFE\uFFFF]")
_LINE_END = regex.compile(r"\r\n|\r|\n")


def solid(text: str) -> str:
    """A text without what is no content."""
    return BLANK.sub("", text)


def solid_lines(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line for line in map(solid, _LINE_END.split(text)) if line]


def outline_of(report: Report) -> list[tuple[str, str]]:
    """The blocks of a report: what each is, and its text."""
    return [
        (type(node).__name__, solid("".join(leaf.text for leaf in leaves)))
        for node, leaves in blocks(report.body)
    ]


def apart_of(report: Report) -> list[str]:
    """The lines of front matter and furniture."""
    leaves = [*report.front.lines, *report.furniture]
    return [line for leaf in leaves if (line := solid(leaf.text))]


def check_lossless(report: Report) -> None:
    """Each solid character stands in one leaf; what a leaf holds comes from the source."""
    source = report.source.text
    held = bytearray(len(source))
    for leaf in report.leaves():
        for span in leaf.spans:
            if any(held[span.start : span.end]):
                twice = (at for at in range(span.start, span.end) if held[at])
                twice = (at for at in twice if not BLANK.match(source, at))
                assert next(twice, None) is None, (
                    f"{span.of(source)!r} at {span} stands in 2 leaves"
                )
            held[span.start : span.end] = bytes([1]) * (span.end - span.start)
    for run in regex.finditer(rb"\0+", held):
        lost = solid(source[run.start() : run.end()])
        assert lost == "", f"{lost!r} at {run.start()} stands in no leaf"
    strange = [edit for edit in report.edits if edit.rule in {"supplied", "left-out"}]
    assert strange == []


def check_aligned(report: Report) -> None:
    """The edits make one block a line of the source, front matter and furniture beside them."""
    source = report.source.text
    for edit in report.edits:
        assert edit.before == edit.span.of(source)
    lines = solid_lines(apply(source, report.edits))
    body = [text for _, text in outline_of(report) if text]
    rest = iter(lines)
    assert all(text in rest for text in body), f"{body} are not in order in {lines}"
    assert Counter(lines) - Counter(body) == Counter(apart_of(report))


def check_idempotent(report: Report, again: Report, *, kinds: bool = True) -> None:
    """What was written is read back the same, and needs no edit.

    Args:
        report: A report.
        again: What was read of its text.
        kinds: Whether the blocks must be of the same kinds, too.
    """
    was, now = outline_of(report), outline_of(again)
    if not kinds:
        was, now = [("", text) for _, text in was], [("", text) for _, text in now]
    assert now == was
    assert again.edits == ()


def check_spans(report: Report) -> None:
    """Places lie inside the source, and probabilities between 0 and 1."""
    size = len(report.source.text)
    spans = [span for leaf in report.leaves() for span in leaf.spans]
    spans += [each.span for each in report.diagnostics] + [each.span for each in report.edits]
    assert all(0 <= span.start <= span.end <= size for span in spans)
    sure = [each.probability for each in report.diagnostics if each.probability is not None]
    assert all(0 <= probability <= 1 for probability in sure)
