"""Numbering: labels that go on in a series, and what the lines that bear them are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import attrs

from govreport.cues.facts import Facts
from govreport.cues.geometry import PROSE
from govreport.cues.marks import EARLY_STOP, GROUPS
from govreport.numbering import STYLES, Numbering

__all__ = ["numbered", "opened"]

_STOP_INSIDE: Final = re.compile(r"[。；！？].")
_FIRST_STOP: Final = re.compile(r"[^。！？；]*[。！？；]")
#: Last signs after which a paragraph may begin.
_ENDED: Final = re.compile("[。！？”]")

#: Kinds of ends that close what a line says.
_CLOSED: Final = frozenset({"stop", "call", "semicolon", "closed-stop"})


def numbered(facts: Facts) -> dict[int, tuple[str, ...]]:
    """What labels say at the line ends beside them."""
    labels = facts.labels
    runs, likes = series(labels), peers(facts, labels)
    out = {}
    for k in sorted({k + d for k in labels for d in (-1, 0, 1)}):
        if 0 <= k < len(facts.texts) - 1:
            out[k] = (
                *runs.get(k + 1, ()),
                *(labelled(facts, k, likes.get(k)) if k in labels else ()),
                *(second(facts, k) if k - 1 in labels else ()),
            )
    return out


def series(labels: Mapping[int, Numbering]) -> dict[int, tuple[str, ...]]:
    """For each labelled line its label's family, and how it fits the running series."""
    last: dict[str, int] = {}
    out: dict[int, tuple[str, ...]] = {}
    for k, label in labels.items():
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
        out[k] = (f"label:{style.family}{doubt}", f"series:{style.kind}:{fit}")
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


def peers(facts: Facts, labels: Mapping[int, Numbering]) -> dict[int, tuple[str, str]]:
    """For each line with a heading's label what the others of its series are, and of its style.

    A line of its own, short and without a mark at its end, is a heading; a line on which a
    sentence ends and another begins is not. A series starts anew with each number one.
    """
    styles: dict[str, _Peers] = {}
    runs: dict[str, _Peers] = {}
    found: dict[int, tuple[_Peers, _Peers]] = {}
    for k, label in labels.items():
        if label.kind != "heading":
            continue
        style = styles.setdefault(label.style, _Peers())
        if label.value == 1 or label.style not in runs:
            runs[label.style] = _Peers()
        run = runs[label.style]
        verdict = _verdict(facts, k)
        for each in (style, run):
            each.heads += verdict == "head"
            each.runs += verdict == "run-in"
            each.full += verdict == "full"
        found[k] = (run, style)
    return {k: (run.like(), style.like()) for k, (run, style) in found.items()}


def _verdict(facts: Facts, k: int) -> str:
    """What a labelled line is by its own look, the line after it considered; else nothing."""
    if _STOP_INSIDE.search(facts.texts[k]):
        return "run-in"
    if facts.ends[k] in _CLOSED:
        return ""
    column = facts.measures[k]
    if _is_short(facts, k, column):
        return "head"
    below = k + 1
    if (
        below < len(facts.texts)
        and below not in facts.labels
        and _is_short(facts, below, column)
        and _FIRST_STOP.match(facts.texts[below]) is None
    ):
        return "head"  # over two lines, the second of which no mark ends
    return "full"


def _is_short(facts: Facts, k: int, column: float | None) -> bool:
    """Whether a line is no full one, even a paragraph's first, and ends without a mark."""
    if facts.ends[k] not in ("plain", "quote", "bracket", "latin"):
        return False
    return facts.widths[k] < column - 3.4 if column is not None else facts.widths[k] <= PROSE


def labelled(facts: Facts, k: int, likes: tuple[str, str] | None) -> tuple[str, ...]:
    """What a labelled line is, by the other lines with labels of its style."""
    label, after, slack = facts.labels[k], facts.texts[k + 1], facts.slack(k)
    like, kin = likes or ("item", "item")
    stop = _FIRST_STOP.match(after)
    if stop is None:
        rest = "none"
    elif stop.end() == len(after):
        rest = "end"
    else:
        rest = "early" if stop.end() <= 12 else "late"
    fills = "free" if slack is None else "full" if slack < 0.5 else "near" if slack < 3 else "short"
    closed = "mark" if facts.ends[k] in _CLOSED or facts.ends[k] == "colon" else "open"
    return (
        f"labelled:{fills}-{closed}",
        f"labelled:{fills}-{like}",
        f"peers:{like}",
        f"kin:{like}-{kin}",
        f"rest:{rest}",
        f"style:{STYLES[label.style].family}",
    )


def second(facts: Facts, k: int) -> tuple[str, ...]:
    """A line under a labelled line that no mark ended: the heading goes on, or its text begins."""
    above = facts.labels[k - 1]
    if above.kind != "heading" or GROUPS.get(facts.ends[k - 1]):
        return ()
    long = "short" if len(facts.texts[k]) * 2 < len(facts.texts[k - 1]) else "long"
    return (f"second:{long}-{GROUPS.get(facts.ends[k], 'open')}",)


def opened(facts: Facts) -> dict[int, tuple[str, ...]]:
    """The line ends after which a line opens as paragraphs with a run-in heading do."""
    ended = [match.start() for match in _ENDED.finditer(facts.lasts[:-1])]
    openings = {k: EARLY_STOP.match(facts.texts[k + 1]) for k in ended if k + 1 not in facts.labels}
    habit = lead_habit(facts, openings)
    out: dict[int, tuple[str, ...]] = {}
    for k, early in openings.items():
        if early is not None:
            form = "comma" if "，" in early[0] or "、" in early[0] else "plain"
            out[k] = (f"opening:{form}", f"opening:{form}-{habit}")
    return out


def lead_habit(facts: Facts, openings: Mapping[int, re.Match[str] | None]) -> str:
    """How often this text's paragraphs open with a short sentence, where their start is sure.

    Args:
        facts: The lines.
        openings: By the lines that a mark ends the short sentences, if any, that come after them.
    """
    starts = leads = 0
    for k, early in openings.items():
        column = facts.measures[k]
        if column is None or facts.lasts[k] == "”":
            continue
        if facts.widths[k] <= column - 3.5:
            starts += 1
            leads += early is not None and "，" not in early[0]
    if starts < 4:
        return "unknown"
    share = leads / starts
    return "usual" if share > 0.5 else "some" if share > 0.2 else "rare"
