"""Geometry: how a line fills its column, and what the setting of the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govreport.cues.marks import end_kind
from govreport.lines import PrintedLine
from govreport.typography import first_unit_width

__all__ = [
    "LOOSE",
    "PROSE",
    "beside",
    "first_line_indent",
    "geometry",
    "is_loose",
    "setting",
    "shape",
    "usual_blanks",
    "visible_indents",
]

#: What a line's length is held against where there is no measure, in em.
PROSE: Final = 40.0

#: So much of a line's room, in em, setting it loose may take up.
LOOSE: Final = 4.0

#: How far above the usual depth of prose a share of indented lines may lie and still tell.
_TELLING: Final = (0.02, 0.7)


def geometry(
    line: PrintedLine, after: PrintedLine, column: float | None, indent: float
) -> tuple[float | None, tuple[str, ...]]:
    """How the line fills the column, were it an inner line or a paragraph's first."""
    if column is None:
        return None, ()
    unit = first_unit_width(after.text.text)
    slack = column - line.width - unit
    if line.spaced:  # spaced out to fill the column: it went on
        return slack, ("spaced", "slack-inner:-1", "slack-first:-1")
    inner = _bucket(slack)
    first = _bucket(slack - indent)
    over = line.width - column
    out = [f"slack-inner:{inner}", f"slack-first:{first}"]
    if over > 0.25:
        out.append(f"over:{min(3.0, round(2 * over) / 2):g}")
    over += indent
    if over > 0.25:
        out.append(f"over-first:{min(3.0, round(2 * over) / 2):g}")
    return slack, tuple(out)


def is_loose(lines: Sequence[PrintedLine], k: int) -> bool:
    """Whether a line was set loose: by its own blanks, or amid others that were."""
    line = lines[k]
    if line.loose:
        return True
    near = lines[max(0, k - 3) : k + 4]
    return line.text.text[-1] not in "。！？" and sum(each.loose for each in near) > 1


def beside(lines: Sequence[PrintedLine], k: int) -> tuple[str, ...]:
    """How the line fills what the lines around it fill: a column may be set looser for a while."""
    near = (*lines[max(0, k - 3) : k], *lines[k + 1 : k + 5])
    around = [line.width for line in near]
    if len(around) < 3:
        return ()
    around.sort()
    unit = first_unit_width(lines[k + 1].text.text)
    return (f"slack-local:{_bucket(around[-2] - lines[k].width - unit)}",)


def _bucket(slack: float) -> str:
    step = round(2 * slack) / 2
    if step <= -3:
        return "-3"
    if step >= 6:
        return "6"
    if step > 2:
        return f"{round(step):g}"
    return f"{step:g}"


def shape(line: PrintedLine, column: float | None) -> tuple[str, ...]:
    """What the line itself looks like: its length, how it ends."""
    text = line.text.text
    share = line.width / (column or PROSE)
    long = "short" if share < 0.45 else "half" if share < 0.75 else "long"
    stops = "some" if "。" in text[:-1] or "；" in text[:-1] else "none"
    commas = "comma" if "，" in text else "plain"
    return (f"length:{long}", f"inside:{stops}-{commas}")


def setting(line: PrintedLine, after: PrintedLine, visible: bool, usual: int) -> tuple[str, ...]:
    """What the page's own setting tells: indents, blank lines, a new page or column."""
    out: list[str] = []
    if visible and after.indent is not None:
        deep = "deep" if after.indent > 3.2 else "in" if after.indent >= 0.75 else "flush"
        out.append(f"indent:{deep}")
    if after.blanks != usual:
        out.append("blanks:more" if after.blanks > usual else "blanks:fewer")
    if (after.page, after.column) != (line.page, line.column):
        out.append("new-column")
    return tuple(out)


def visible_indents(lines: Sequence[PrintedLine]) -> bool:
    """Whether the source kept indents: some lines have one, most have none."""
    told = [line.indent >= 0.75 for line in lines if line.indent is not None]
    if not told:
        return False
    low, high = _TELLING
    return low <= sum(told) / len(told) <= high and sum(told) > 1


def usual_blanks(lines: Sequence[PrintedLine]) -> int:
    """The number of empty lines that mostly stands between two lines."""
    if not lines:
        return 0
    counts = sorted(line.blanks for line in lines)
    return counts[len(counts) // 2]


def first_line_indent(lines: Sequence[PrintedLine], measures: Sequence[float | None]) -> float:
    """The first-line indent, from the lines that follow a line end which is surely hard."""
    votes = {0.0: 0.0, 1.0: 0.0, 2.0: 0.0}
    for k in range(1, len(lines) - 1):
        column, before, line = measures[k], lines[k - 1], lines[k]
        if column is None or before.width > column - 3.5 or line.width < column - 3.5:
            continue
        if end_kind(before.text.text) not in ("stop", "call") or line.spaced:
            continue
        left = column - line.width
        unit = first_unit_width(lines[k + 1].text.text)
        for indent in votes:
            if -0.6 <= left - indent < unit:
                votes[indent] += 1
    if votes[2.0] >= max(votes[0.0], votes[1.0]):
        return 2.0 if votes[2.0] else 0.0
    return 1.0 if votes[1.0] > votes[0.0] else 0.0
