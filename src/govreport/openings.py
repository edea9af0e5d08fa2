"""How paragraphs open: the first sentence as a run-in heading would look, and its parallels.

What is looked at is form, place and likeness; no feature looks at words. :mod:`govreport.leads`
weighs them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs

from govreport.headings import series_key
from govreport.roles import CUES, Cued, RoledBlock

__all__ = ["features"]

#: A first sentence short enough for a heading, and something after it.
_FIRST: Final = re.compile(r"(?P<lead>[^。！？：；\n]{3,44}[。！])(?=\S)")
#: A sentence with more commas is none; two of them alike are chance.
_MOST_PAUSES: Final = 2
_COMMA: Final = re.compile("[，,]")
_DASHES: Final = frozenset("—–―─")
#: Lengths up to which a first sentence, and what follows it, is called so.
_LENGTHS: Final = ((8, "tiny"), (12, "short"), (17, "middling"), (24, "long"))
_RESTS: Final = ((24, "scant"), (60, "some"))
#: Paragraphs shorter than this say nothing of the document's habit.
_PROSE: Final = 60
_FIGURE: Final = re.compile(r"\d")
#: Figures that measure something: a share, a decimal, or so many digits that are no year.
_MEASURED: Final = re.compile(r"[%％‰]|\d[.,．]\d{2}|\d(?:[.,．]?\d){2}(?![\d年])")
#: So many others of one make show that one of another make stands apart.
_CHORUS: Final = 3


@attrs.frozen
class _Form:
    """The first sentence of a block, as a heading would look."""

    end: int
    lead: str
    pauses: int
    style: str
    rest: int

    @property
    def length(self) -> int:
        """How long it is, its mark aside."""
        return len(self.lead) - 1


@attrs.frozen
class _Group:
    """The paragraphs between two headings.

    Args:
        family: The heading's style; empty where it has no number.
        members: The blocks.
        opens: Whether the next heading begins a series, so that the first blocks introduce it.
    """

    family: str
    members: tuple[int, ...]
    opens: bool


def features(
    blocks: Sequence[RoledBlock], cues: Cued = CUES
) -> list[tuple[int, tuple[str, ...]] | None]:
    """For each block that could have a run-in heading, where it would end and what speaks for it.

    Args:
        blocks: Blocks with their roles, in reading order.
        cues: The forms of salutations, which are no run-in headings.
    """
    forms = [_form(roled, cues) for roled in blocks]
    habit = Counter(_manner(form) for form in forms if form)
    prose = Counter(
        _style(roled)
        for roled in blocks
        if roled.role in ("paragraph", "item") and len(roled.block.text) >= _PROSE
    )
    groups = list(_groups(blocks))
    runs = _runs(blocks, forms)
    beside = _siblings(groups, forms)
    out: list[tuple[int, tuple[str, ...]] | None] = [None] * len(blocks)
    for group in groups:
        for at, names in _judged(group, forms, blocks):
            form = forms[at]
            assert form is not None
            usual = _usual(habit[_manner(form)] - 1, prose[form.style])
            lonely = beside.get(at) if "like:0" in names else None
            more = [name for name in (usual, runs.get(at), lonely) if name]
            out[at] = (form.end, (*_own(form), *names, *more))
    return out


def _form(roled: RoledBlock, cues: Cued) -> _Form | None:
    if roled.role not in ("paragraph", "item"):
        return None
    text = roled.block.text.text
    start = roled.label.end if roled.label else 0
    match = _FIRST.match(text, start)
    if match is None:
        return None
    lead = match["lead"]
    pauses = lead.count("，") + lead.count(",")
    if lead[0] in "，、。" or pauses > _MOST_PAUSES:
        return None
    if cues.salutation.match(text, start, match.end()):
        return None
    return _Form(match.end(), lead, pauses, _style(roled), len(text) - match.end())


def _manner(form: _Form) -> tuple[str, bool, bool]:
    """How a document's openings are told apart: marked or not, short or not, with commas or not."""
    return form.style, form.length <= _LENGTHS[-1][0], form.pauses > 0


def _style(roled: RoledBlock) -> str:
    if roled.label is not None:
        return roled.label.family
    return "dash" if roled.block.text.text[0] in _DASHES else ""


# ---- features of the sentence itself


def _own(form: _Form) -> Iterator[str]:
    """What the sentence's own form says."""
    yield "bias"
    yield "length:" + next((name for most, name in _LENGTHS if form.length <= most), "very-long")
    yield f"pauses:{min(form.pauses, 2)}"
    yield "rest:" + next((name for most, name in _RESTS if form.rest <= most), "much")
    if form.style:
        yield "marked:" + ("item" if form.style in ("is", "ordinal", "dash") else "number")
    if _FIGURE.search(form.lead):
        yield "figure:first" if form.lead[0].isdecimal() else "figure:inside"
        if _MEASURED.search(form.lead):
            yield "figure:measured"
    if (
        form.lead[0] in "“「"
        and form.lead.find("”」"["“「".index(form.lead[0])]) == form.length - 1
    ):
        yield "quotation"
    if form.lead[-1] == "！":
        yield "call"
    parts = _COMMA.split(form.lead[:-1])
    if len(parts) == 2:
        short, long = sorted(map(len, parts))
        yield "halves:even" if short * 4 >= long * 3 else "halves:uneven"
    if len(parts) > 1 and len(parts[0]) <= 5 and len(parts[0]) * 2 <= len(parts[1]):
        yield "opens-with-phrase"


# ---- features of the parallel


class _Likes:
    """How many sentences of a group are like a given one; hardly more than constant time each."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self._lengths: dict[tuple[str, int], list[int]] = {}
        for form in forms:
            self._lengths.setdefault((form.style, min(form.pauses, 4)), []).append(form.length)
        for lengths in self._lengths.values():
            lengths.sort()

    def count(self, form: _Form) -> int:
        """The number of like sentences, itself included."""
        spread, pauses = _spread(form), min(form.pauses, 4)
        low, high = form.length - spread, form.length + spread
        found = [self._lengths.get((form.style, pauses + more), ()) for more in (-1, 0, 1)]
        return sum(bisect_right(each, high) - bisect_left(each, low) for each in found)


def _spread(form: _Form) -> int:
    """How far apart like sentences' lengths may be."""
    return max(3, form.length // 3)


def _alike(one: _Form | None, other: _Form | None) -> bool:
    return (
        one is not None
        and other is not None
        and one.style == other.style
        and abs(one.length - other.length) <= _spread(one)
        and abs(one.pauses - other.pauses) <= 1
    )


def _groups(blocks: Sequence[RoledBlock]) -> Iterator[_Group]:
    """The paragraphs under each heading; a heading right above another has an empty group."""
    family = ""
    members: list[int] = []
    for k, roled in enumerate(blocks):
        if roled.role == "heading":
            label = roled.label
            yield _Group(family, tuple(members), label is not None and label.value == 1)
            family, members = label.family if label is not None else "", []
        elif roled.role in ("paragraph", "item"):
            members.append(k)
    yield _Group(family, tuple(members), opens=False)


def _judged(
    group: _Group, forms: Sequence[_Form | None], blocks: Sequence[RoledBlock]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What the blocks under one heading say of each other."""
    held = [forms[k] for k in group.members]
    formed = [form for form in held if form]
    if not formed:
        return
    likes = _Likes(formed)
    all_of = Counter(_style(blocks[k]) for k in group.members)
    styles = Counter(form.style for form in formed)
    pauses = Counter((form.style, form.pauses) for form in formed)
    opening = Counter((form.style, form.lead[:2]) for form in formed)
    commas = Counter((form.style, form.lead.find("，")) for form in formed)
    closing = Counter((form.style, form.lead[-3:]) for form in formed)
    before = _introduction(group, blocks)
    for at, (k, form) in enumerate(zip(group.members, held, strict=True)):
        if form is None:
            continue
        like = likes.count(form) - 1
        names = [f"like:{min(like, 2)}", _share("share", like, all_of[form.style] - 1)]
        kind = "forms" if not form.style else "series"
        names.append(_share(kind, styles[form.style] - 1, all_of[form.style] - 1))
        neighbours = held[at - 1 : at] + held[at + 1 : at + 2]
        close = sum(_alike(form, other) for other in neighbours)
        names.append("beside:like" if close else "beside:none")
        if opening[form.style, form.lead[:2]] > 1:
            names.append("echo:opening")
        if closing[form.style, form.lead[-3:]] > 1:
            names.append("echo:closing")
        if form.pauses and commas[form.style, form.lead.find("，")] > 1:
            names.append("echo:comma")
        others = styles[form.style] - 1
        if (
            pauses[form.style, form.pauses] == 1
            and others >= _CHORUS
            and (len({p for s, p in pauses if s == form.style}) == 2)
        ):
            names.append("apart")
        if k < before:
            names.append("introduces")
        yield k, tuple(names)


def _introduction(group: _Group, blocks: Sequence[RoledBlock]) -> int:
    """The first block that is not of a section's introduction: where its own series begins."""
    for k in group.members:
        label = blocks[k].label
        if label is not None and label.kind == "heading" and label.value == 1:
            return k
    return group.members[-1] + 1 if group.opens and group.members else 0


def _runs(blocks: Sequence[RoledBlock], forms: Sequence[_Form | None]) -> dict[int, str]:
    """For each numbered form, how many of its whole series have one.

    A series that headings stand between (1. to 18. through all parts) is one; a run-in heading that
    is numbered is one of a series of them.
    """
    series: dict[str, list[int]] = {}
    done: list[list[int]] = []
    for k, roled in enumerate(blocks):
        label = roled.label
        if label is None or label.kind == "item" or roled.role != "paragraph":
            continue
        key = series_key(label)
        if label.value == 1 or key not in series:
            series[key] = []
            done.append(series[key])
        series[key].append(k)
    out = {}
    for members in done:
        formed = [k for k in members if forms[k] is not None]
        for k in formed:
            out[k] = _share("run", len(formed) - 1, len(members) - 1)
    return out


def _siblings(groups: Sequence[_Group], forms: Sequence[_Form | None]) -> dict[int, str]:
    """For each section's first form, how many of the sections beside it open alike."""
    out = {}
    for _, run in groupby(groups, key=lambda group: group.family):
        firsts = [group.members[0] for group in run if group.members]
        held = [forms[k] for k in firsts]
        likes = _Likes(form for form in held if form)
        for k, form in zip(firsts, held, strict=True):
            if form is not None:
                out[k] = _share("sections", likes.count(form) - 1, len(firsts) - 1)
    return out


def _share(name: str, count: int, others: int) -> str:
    if not others:
        return f"{name}:alone"
    share = count / others
    return f"{name}:" + ("all" if share > 0.75 else "half" if share > 0.4 else "few")


def _usual(like: int, prose: int) -> str:
    """How usual such openings are in the document."""
    share = like / max(prose - 1, 1)
    return "habit:" + (
        "strong" if share > 0.4 else "usual" if share > 0.2 else "some" if share > 0.08 else "rare"
    )
