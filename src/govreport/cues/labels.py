"""Numbering: labels that go on in a series, and what the lines that bear them are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import regex

from govreport.cues.geometry import PROSE
from govreport.cues.marks import EARLY_STOP, GROUPS, end_kind
from govreport.lines import PrintedLine
from govreport.numbering import STYLES, Numbering

__all__ = ["labelled", "lead_habit", "peers", "second", "series"]

_STOP_INSIDE: Final = regex.compile(r"[。；！？].")
_FIRST_STOP: Final = regex.compile(r"[^。！？；]*[。！？；]")


def series(labels: Sequence[Numbering | None]) -> list[tuple[str, ...]]:
    """For each line the feature of its label: its family, and how it fits the running series."""
    last: dict[str, int] = {}
    out: list[tuple[str, ...]] = []
    for label in labels:
        if label is None:
            out.append(())
            continue
        style = STYLES[label.style]
        if label.value is None:
            fit = "plain"
        elif label.value == last.get(label.style, 0) + 1:
            fit = "next"
        elif label.value == 1:
            fit = "first"
        else:
            fit = "off"
        if fit in ("next", "first") and label.value is not None:
            last[label.style] = label.value
        doubt = "?" if label.uncertain else ""
        out.append((f"label:{style.family}{doubt}", f"series:{style.kind}:{fit}"))
    return out


@attrs.define
class _Peers:
    """How many lines with labels of one style, or of one series, are surely what."""

    heads: int = 0
    runs: int = 0
    full: int = 0

    def like(self) -> str:
        """What such lines mostly are; ``full`` where each fills its line, as no headings would."""
        if self.heads > 2 * self.runs:
            return "head"
        if self.runs > 2 * self.heads:
            return "run-in"
        if self.heads + self.runs:
            return "mixed"
        return "full" if self.full > 2 else "none"


def peers(
    lines: Sequence[PrintedLine],
    labels: Sequence[Numbering | None],
    measures: Sequence[float | None],
) -> list[tuple[str, str] | None]:
    """For each labelled line what the others of its series are, and of its style.

    A line of its own, short and without a mark at its end, is a heading; a line on which a
    sentence ends and another begins is not. A series starts anew with each number one.
    """
    styles: dict[str, _Peers] = {}
    runs: dict[str, _Peers] = {}
    found: list[tuple[_Peers, _Peers] | None] = []
    for k, label in enumerate(labels):
        if label is None or label.kind != "heading":
            found.append(None)
            continue
        style = styles.setdefault(label.style, _Peers())
        if label.value == 1 or label.style not in runs:
            runs[label.style] = _Peers()
        run = runs[label.style]
        after = lines[k + 1] if k + 1 < len(lines) and labels[k + 1] is None else None
        verdict = _verdict(lines[k], after, measures[k])
        for each in (style, run):
            each.heads += verdict == "head"
            each.runs += verdict == "run-in"
            each.full += verdict == "full"
        found.append((run, style))
    return [pair and (pair[0].like(), pair[1].like()) for pair in found]


def _verdict(line: PrintedLine, after: PrintedLine | None, column: float | None) -> str:
    """What a labelled line is by its own look, the line after it considered; else nothing."""
    text = line.text.text
    if _STOP_INSIDE.search(text):
        return "run-in"
    if end_kind(text) in ("stop", "call", "semicolon", "closed-stop"):
        return ""
    if _is_short(line, column):
        return "head"
    if (
        after is not None
        and _is_short(after, column)
        and _FIRST_STOP.match(after.text.text) is None
    ):
        return "head"  # over two lines, the second of which no mark ends
    return "full"


def _is_short(line: PrintedLine, column: float | None) -> bool:
    """Whether a line is no full one, even a paragraph's first, and ends without a mark."""
    if end_kind(line.text.text) not in ("plain", "quote", "bracket", "latin"):
        return False
    return line.width < column - 3.4 if column is not None else line.width <= PROSE


def labelled(
    label: Numbering | None,
    likes: tuple[str, str] | None,
    slack: float | None,
    text: str,
    after: str,
) -> tuple[str, ...]:
    """What a labelled line is, by the other lines with labels of its style."""
    if label is None:
        return ()
    like, kin = likes or ("item", "item")
    stop = _FIRST_STOP.match(after)
    if stop is None:
        rest = "none"
    elif stop.end() == len(after):
        rest = "end"
    else:
        rest = "early" if stop.end() <= 12 else "late"
    fills = "free" if slack is None else "full" if slack < 0.5 else "near" if slack < 3 else "short"
    closed = (
        "mark"
        if end_kind(text) in ("stop", "call", "semicolon", "colon", "closed-stop")
        else "open"
    )
    return (
        f"labelled:{fills}-{closed}",
        f"labelled:{fills}-{like}",
        f"peers:{like}",
        f"kin:{like}-{kin}",
        f"rest:{rest}",
        f"style:{STYLES[label.style].family}",
    )


def second(text: str, above: Numbering | None, head: str) -> tuple[str, ...]:
    """A line under a labelled line that no mark ended: the heading goes on, or its text begins."""
    if above is None or above.kind != "heading" or GROUPS.get(end_kind(head)):
        return ()
    long = "short" if len(text) * 2 < len(head) else "long"
    return (f"second:{long}-{GROUPS.get(end_kind(text), 'open')}",)


def lead_habit(
    lines: Sequence[PrintedLine],
    labels: Sequence[Numbering | None],
    measures: Sequence[float | None],
) -> str:
    """How often this text's paragraphs open with a short sentence, where their start is sure."""
    starts = opened = 0
    for k in range(1, len(lines)):
        before, column = lines[k - 1], measures[k - 1]
        if column is None or labels[k] is not None or before.width > column - 3.5:
            continue
        if before.text.text[-1] in "。！？":
            starts += 1
            early = EARLY_STOP.match(lines[k].text.text)
            opened += early is not None and "，" not in early[0]
    if starts < 4:
        return "unknown"
    share = opened / starts
    return "usual" if share > 0.5 else "some" if share > 0.2 else "rare"
