"""How paragraphs open: the first sentence as a run-in heading would look, and its parallels.

What is looked at is form, place and likeness; no feature looks at words. :mod:`govreport.leads`
weighs them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Final

import attrs

from govreport.headings import series_key
from govreport.parallels import UNLIKE, Likes, Opening, alike, chorus, share
from govreport.roles import CUES, Cued, RoledBlock

__all__ = ["features"]

#: A first sentence short enough for a heading, in code points, and something after it.
_LONGEST: Final = 44
_FIRST: Final = re.compile(rf"(?![，、])[^。！？：；\n]{{3,{_LONGEST}}}[。！](?=\S)")
#: A sentence with more commas is none; two of them alike are chance.
_MOST_PAUSES: Final = 2
_COMMA: Final = re.compile("[，,]")
_DASHES: Final = frozenset("—–―─")
#: Styles of labels that open an item.
_ITEMS: Final = frozenset(("is", "ordinal", "dash"))
#: Lengths up to which a first sentence, and what follows it, is called so.
_LENGTHS: Final = ((8, "tiny"), (12, "short"), (17, "middling"), (24, "long"))
_RESTS: Final = ((24, "scant"), (60, "some"))
#: The names of what a first sentence's length and its commas say, by their number.
_LENGTH_NAMES: Final = tuple(
    "length:" + next((name for most, name in _LENGTHS if length <= most), "very-long")
    for length in range(_LONGEST + 1)
)
_PAUSE_NAMES: Final = tuple(f"pauses:{count}" for count in range(_MOST_PAUSES + 1))
_MUCH: Final = _RESTS[-1][0] + 1
_REST_NAMES: Final = tuple(
    "rest:" + next((name for most, name in _RESTS if rest <= most), "much")
    for rest in range(_MUCH + 1)
)
#: Paragraphs shorter than this say nothing of the document's habit.
_PROSE: Final = 60
_FIGURE: Final = re.compile(r"\d")
#: Figures that measure something: a share, a decimal, or so many digits that are no year.
_MEASURED: Final = re.compile(r"[%％‰]|\d[.,．]\d{2}|\d(?:[.,．]?\d){2}(?![\d年])")


_Manner = tuple[str, bool, bool]
"""How openings of a document are told apart: as marked, whether short, whether with commas."""


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
    styles = [_style(roled) for roled in blocks]
    forms = [_form(roled, style, cues) for roled, style in zip(blocks, styles, strict=True)]
    manners = [form and _manner(form) for form in forms]
    usual = _usual(blocks, styles, manners)
    groups = list(_groups(blocks))
    runs = _runs(blocks, forms)
    judged = {k: names for group in groups for k, names in _judged(group, forms, styles, blocks)}
    lonely = {k for k, names in judged.items() if names[0] == UNLIKE}
    beside = _siblings(groups, forms, lonely)
    out: list[tuple[int, tuple[str, ...]] | None] = [None] * len(blocks)
    for k, names in judged.items():
        form = forms[k]
        assert form is not None
        names.append(usual[manners[k]])
        if k in runs:
            names.append(runs[k])
        if k in beside:
            names.append(beside[k])
        out[k] = form.end, (*_own(form), *names)
    return out


def _form(roled: RoledBlock, style: str, cues: Cued) -> Opening | None:
    if roled.role not in ("paragraph", "item"):
        return None
    text, label = roled.block.text.text, roled.label
    start = label.end if label else 0
    match = _FIRST.match(text, start)
    if match is None:
        return None
    end = match.end()
    lead = text[start:end]
    pauses = lead.count("，") + lead.count(",")
    if pauses > _MOST_PAUSES or cues.salutation.match(text, start, end):
        return None
    return Opening(end, lead, end - start - 1, pauses, style, len(text) - end)


def _manner(form: Opening) -> _Manner:
    """How a document's openings are told apart: marked or not, short or not, with commas or not."""
    return form.style, form.length <= _LENGTHS[-1][0], form.pauses > 0


def _style(roled: RoledBlock) -> str:
    if roled.label is not None:
        return roled.label.family
    return "dash" if roled.block.text.text[0] in _DASHES else ""


# ---- features of the sentence itself


def _own(form: Opening) -> list[str]:
    """What the sentence's own form says."""
    _, lead, length, pauses, style, rest = form
    names = ["bias", _LENGTH_NAMES[length], _PAUSE_NAMES[pauses], _REST_NAMES[min(rest, _MUCH)]]
    if style:
        names.append("marked:item" if style in _ITEMS else "marked:number")
    if _FIGURE.search(lead):
        names.append("figure:first" if lead[0].isdecimal() else "figure:inside")
        if _MEASURED.search(lead):
            names.append("figure:measured")
    if lead[0] in "“「" and lead.find("”」"["“「".index(lead[0])]) == length - 1:
        names.append("quotation")
    if lead[-1] == "！":
        names.append("call")
    if pauses:
        names += _of_parts(_COMMA.split(lead[:-1]))
    return names


def _of_parts(parts: Sequence[str]) -> Iterator[str]:
    """What the parts between commas say."""
    if len(parts) == 2:
        short, long = sorted(map(len, parts))
        yield "halves:even" if short * 4 >= long * 3 else "halves:uneven"
    if len(parts[0]) <= 5 and len(parts[0]) * 2 <= len(parts[1]):
        yield "opens-with-phrase"


# ---- features of the parallel


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
    group: _Group,
    forms: Sequence[Opening | None],
    styles: Sequence[str],
    blocks: Sequence[RoledBlock],
) -> Iterator[tuple[int, list[str]]]:
    """What the blocks under one heading say of each other, first how many are alike."""
    held = [forms[k] for k in group.members]
    together = _by_style(held)
    if not together:
        return
    marked = [styles[k] for k in group.members]
    voices = {style: chorus(same, marked.count(style)) for style, same in together.items()}
    before = _introduction(group, blocks)
    for k, form, above, below in zip(
        group.members, held, [None, *held], [*held[1:], None], strict=False
    ):
        if form is None:
            continue
        names = next(voices[form.style])
        close = alike(form, above) or alike(form, below)
        names.append("beside:like" if close else "beside:none")
        if k < before:
            names.append("introduces")
        yield k, names


def _by_style(forms: Iterable[Opening | None]) -> dict[str, list[Opening]]:
    out: dict[str, list[Opening]] = {}
    for form in forms:
        if form is not None:
            out.setdefault(form.style, []).append(form)
    return out


def _introduction(group: _Group, blocks: Sequence[RoledBlock]) -> int:
    """The first block that is not of a section's introduction: where its own series begins."""
    for k in group.members:
        label = blocks[k].label
        if label is not None and label.kind == "heading" and label.value == 1:
            return k
    return group.members[-1] + 1 if group.opens and group.members else 0


def _runs(blocks: Sequence[RoledBlock], forms: Sequence[Opening | None]) -> dict[int, str]:
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
            out[k] = share("run", len(formed) - 1, len(members) - 1)
    return out


def _siblings(
    groups: Sequence[_Group], forms: Sequence[Opening | None], asked: AbstractSet[int]
) -> dict[int, str]:
    """For each section's first form, if it is asked for, how many sections beside it open alike."""
    out = {}
    for _, run in groupby(groups, key=lambda group: group.family):
        firsts = [group.members[0] for group in run if group.members]
        if asked.isdisjoint(firsts):
            continue
        together = _by_style(map(forms.__getitem__, firsts))
        likes = {style: Likes(same) for style, same in together.items()}
        for k in firsts:
            form = forms[k]
            if form is not None and k in asked:
                out[k] = share("sections", likes[form.style].count(form) - 1, len(firsts) - 1)
    return out


def _usual(
    blocks: Sequence[RoledBlock], styles: Sequence[str], manners: Sequence[_Manner | None]
) -> dict[_Manner | None, str]:
    """How usual openings of each manner are in the document."""
    prose = Counter(
        [
            style
            for roled, style in zip(blocks, styles, strict=True)
            if roled.role in ("paragraph", "item") and len(roled.block.text.text) >= _PROSE
        ]
    )
    return {
        manner: "habit:" + _habit((count - 1) / max(prose[manner[0]] - 1, 1))
        for manner, count in Counter(filter(None, manners)).items()
    }


def _habit(share: float) -> str:
    return (
        "strong" if share > 0.4 else "usual" if share > 0.2 else "some" if share > 0.08 else "rare"
    )
