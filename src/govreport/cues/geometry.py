"""Geometry: how a line fills its column, and what the setting of the page shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import compress, count, islice, pairwise, repeat
from operator import eq, gt, ne, sub
from typing import Final

from govreport.cues.facts import Facts
from govreport.cues.groups import NOTHING, Filling, Group, filling, group
from govreport.measure import known_or
from govreport.printed import Columns

__all__ = [
    "LOOSE",
    "PROSE",
    "SET_LOOSE",
    "SPACED",
    "first_line_indent",
    "geometry",
    "local",
    "loosely_set",
    "setting",
    "visible_indents",
]

#: What sentences end in.
_SENTENCE: Final = re.compile("[。！？!?]")

#: What a line's length is held against where there is no measure, in em.
PROSE: Final = 40.0

#: So much of a line's room, in em, setting it loose may take up.
LOOSE: Final = 4.0

#: How far above the usual depth of prose a share of indented lines may lie and still tell.
_TELLING: Final = (0.02, 0.7)


#: The lines around a line by which a column may be set looser for a while: before it, and after.
_BEFORE: Final = 3
_AFTER: Final = 4

#: Names of slacks by half em: the narrow ones as they are, the wide ones rounded to one em.
_BUCKETS: Final = {
    steps: f"{steps / 2 if steps <= 4 else round(steps / 2):g}" for steps in range(-6, 13)
}
_LOCALLY: Final = {steps: group(f"slack-local:{name}") for steps, name in _BUCKETS.items()}

#: What a line says that was spaced out to fill the column (it went on), and one that was set loose.
SPACED: Final = ("spaced", "slack-inner:-1", "slack-first:-1")
SET_LOOSE: Final = ("slack-inner:-0.5", "slack-first:-0.5")


@lru_cache(maxsize=1 << 10)
def geometry(
    width: float, unit: float, column: float | None, indent: float, give: float = 0.0
) -> Filling:
    """How a line fills its column, were it an inner line or a paragraph's first; its length.

    Args:
        width: The line's width in em.
        unit: The width of the next line's first unit in em.
        column: The measure in em, none where there is none.
        indent: The first-line indent in em.
        give: So much of its last mark may hang over the column's edge, in em.

    Returns:
        The features that speak of the slack, the last one that of the length; and how the line
        fills what the lines around it fill, if these fill the column.
    """
    share = width / (column or PROSE)
    length = "short" if share < 0.45 else "half" if share < 0.75 else "long"
    if column is None:
        return filling(group("unknown", f"length:{length}"), NOTHING)
    slack, over = column - width - unit, width - column
    first, over_first = slack - indent, over + indent
    if over_first > 0.0:
        hung = min(over_first, give)
        first, over_first = first + hung, over_first - hung
    return _by_steps(_steps(slack), _steps(first), _beyond(over), _beyond(over_first), length)


@cache
def _by_steps(slack: int, first: int, over: int, over_first: int, length: str) -> Filling:
    """How a line fills its column, by half em: there are not many ways."""
    out = [f"slack-inner:{_BUCKETS[slack]}", f"slack-first:{_BUCKETS[first]}"]
    if over:
        out.append(f"over:{over / 2:g}")
    if over_first:
        out.append(f"over-first:{over_first / 2:g}")
    return filling(group(*out, f"length:{length}"), _LOCALLY[slack])


def _steps(slack: float) -> int:
    """A slack in half em, as far as it tells."""
    return min(max(round(2 * slack), -6), 12)


def _beyond(over: float) -> int:
    """How far a line reaches over the column in half em, as far as it tells."""
    return min(round(2 * over), 6) if over > 0.25 else 0


def loosely_set(loose: Sequence[bool], lasts: str) -> set[int]:
    """The lines that were set loose: by their own blanks, or amid others that were.

    Args:
        loose: Whether each line's own blanks show it.
        lasts: The lines' last signs.
    """
    own = list(compress(count(), loose))
    out = set(own)
    for k, other in pairwise(own):  # two of them within the three lines before and after
        low, high = max(0, other - 3), min(len(lasts), k + 4)
        out.update([j for j in range(low, high) if lasts[j] not in "。！？"])
    return out


def local(facts: Facts) -> dict[int, Group]:
    """How lines fill what the lines around them fill, where that is not the column.

    A column may be set looser for a while, so this is the width of the second widest of the three
    lines before and the four after. Less than three tell nothing.
    """
    widths, units = facts.widths, facts.units
    if len(widths) < _BEFORE + 1:
        return dict.fromkeys(range(len(widths) - 1), NOTHING)
    out = {}
    padded = [*[0.0] * _BEFORE, *widths, *[0.0] * _AFTER]
    for k in _beside_others(widths, facts.measures):
        around = padded[k : k + _BEFORE + 1 + _AFTER]
        width = around.pop(_BEFORE)
        around.sort()
        out[k] = _LOCALLY[_steps(around[-2] - width - units[k + 1])]
    return out


def _beside_others(widths: Sequence[float], measures: Sequence[float | None]) -> list[int]:
    """The lines but the last beside which the second widest line may not fill the column.

    It does where three lines from three before to four after fill it, the line itself among them
    or not, and at most one of them reaches over it.
    """
    columns = known_or(measures, -1.0)
    around = _BEFORE + 1 + _AFTER
    full = list(compress(count(), map(eq, widths, columns)))
    full = [-_BEFORE - 1] * 3 + full + [len(widths) + _AFTER] * 3
    few: set[int] = set()
    # Where one and the third after it are further apart, less than three are around those between.
    apart = map(gt, map(sub, full[3:], full), repeat(around))
    for one, third in compress(zip(full, full[3:], strict=False), apart):
        few.update(range(one + _BEFORE + 1, third - _AFTER))
    beyond = list(compress(count(), map(gt, widths, columns)))
    for one, other in pairwise(beyond):
        if other - one < around:
            few.update(range(max(0, other - _AFTER), one + _BEFORE + 1))
    for k in _changes(columns):
        few.update(range(max(0, k - _AFTER), k + _BEFORE))
    return [k for k in few if k < len(widths) - 1]


def _changes(columns: Sequence[float]) -> list[int]:
    """Where the measure is another than before."""
    if columns.count(columns[0]) == len(columns):
        return []
    return list(compress(count(1), map(ne, columns, islice(columns, 1, None))))


def setting(lines: Columns) -> dict[int, tuple[str, ...]]:
    """What the page's own setting tells at line ends: indents, blank lines, a new column.

    Where it tells nothing a line end has no entry.
    """
    out: dict[int, tuple[str, ...]] = {}
    if visible_indents(lines.indent):
        depths = {indent: (_depth(indent),) for indent in {*lines.indent} if indent is not None}
        told = enumerate(lines.indent[1:])
        out = {k: depths[indent] for k, indent in told if indent is not None}
    blanks = lines.blanks
    usual = sorted(blanks)[len(blanks) // 2]
    odd = blanks.count(usual) < len(blanks)
    for k in [k for k, some in enumerate(blanks[1:]) if some != usual] if odd else ():
        more = "blanks:more" if blanks[k + 1] > usual else "blanks:fewer"
        out[k] = (*out.get(k, ()), more)
    if any(each.count(each[0]) < len(each) for each in (lines.page, lines.column)):
        places = zip(lines.page, lines.column, strict=True)
        for k in [k for k, (here, there) in enumerate(pairwise(places)) if here != there]:
            out[k] = (*out.get(k, ()), "new-column")
    return out


def _depth(indent: float) -> str:
    return f"indent:{'deep' if indent > 3.2 else 'in' if indent >= 0.75 else 'flush'}"


def visible_indents(indents: Sequence[float | None]) -> bool:
    """Whether the source kept indents: some lines have one, most have none.

    Args:
        indents: The lines' indents in em, where the source tells.
    """
    times = Counter(indents)
    told = times.total() - times[None]
    inside = sum([n for indent, n in times.items() if indent is not None and indent >= 0.75])
    low, high = _TELLING
    return inside > 1 and low <= inside / told <= high


def first_line_indent(facts: Facts) -> float:
    """The first-line indent, from the lines that follow a line end which is surely hard."""
    votes = {0.0: 0, 1.0: 0, 2.0: 0}
    widths, units = facts.widths, facts.units
    for match in _SENTENCE.finditer(facts.lasts, 0, max(0, len(widths) - 2)):
        k = match.end()
        column = facts.measures[k]
        if column is None or k in facts.spaced:
            continue
        if widths[k - 1] > column - 3.5 or widths[k] < column - 3.5:
            continue
        left = column - widths[k]
        for indent in votes:
            if -0.6 <= left - indent < units[k + 1]:
                votes[indent] += 1
    if votes[2.0] >= max(votes[0.0], votes[1.0]):
        return 2.0 if votes[2.0] else 0.0
    return 1.0 if votes[1.0] > votes[0.0] else 0.0
