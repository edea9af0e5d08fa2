"""Run-in headings: the first sentence of a paragraph that stood in bold as its heading.

The bold is gone from the text, so the form tells, and the parallel: neighbours under one heading
that open alike. A small logistic model weighs named features of both; its table below was fitted
by ``tools/fit_leads.py``. No feature looks at words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import exp
from types import MappingProxyType
from typing import Final

import attrs
import regex

from govreport.roles import CUES, Cued, RoledBlock

__all__ = ["WEIGHTS", "features", "leads"]

#: Weights of the features that hold, summed to log-odds.
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "beside:like": 0.68,
        "beside:none": -0.60,
        "bias": 0.08,
        "echo:closing": 0.18,
        "echo:comma": 0.66,
        "echo:opening": -0.26,
        "figure:first": -3.06,
        "figure:inside": -0.04,
        "forms:all": 0.66,
        "forms:few": -0.45,
        "forms:half": -0.33,
        "habit:rare": -1.10,
        "habit:some": -0.26,
        "habit:strong": 1.50,
        "habit:usual": -0.06,
        "halves:even": 0.08,
        "halves:uneven": -0.18,
        "length:long": -0.13,
        "length:middling": 0.24,
        "length:short": 0.43,
        "length:tiny": 0.13,
        "length:very-long": -0.58,
        "like:0": -0.64,
        "like:1": 0.27,
        "like:2": 0.45,
        "marked:item": 1.00,
        "marked:number": 2.21,
        "opens-with-phrase": -1.03,
        "pauses:0": 0.91,
        "pauses:1": -0.10,
        "pauses:2": -0.73,
        "quotation": -4.00,
        "rest:much": 0.20,
        "rest:some": -0.12,
        "series:all": 0.21,
        "share:all": 0.32,
        "share:few": -0.50,
        "share:half": 0.26,
    }
)

#: A first sentence short enough for a heading, and something after it.
_FIRST: Final = regex.compile(r"(?P<lead>[^。！？：；\n]{3,44}[。！])(?=\S)")
#: A sentence with more commas is none; two of them alike are chance.
_MOST_PAUSES: Final = 2
_COMMA: Final = regex.compile("[，,]")
_DASHES: Final = frozenset("—–―─")
#: Lengths up to which a first sentence, and what follows it, is called so.
_LENGTHS: Final = ((8, "tiny"), (12, "short"), (17, "middling"), (24, "long"))
_RESTS: Final = ((24, "scant"), (60, "some"))
#: Paragraphs shorter than this say nothing of the document's habit.
_PROSE: Final = 60


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


def leads(
    blocks: Sequence[RoledBlock], cues: Cued = CUES, weights: Mapping[str, float] = WEIGHTS
) -> list[tuple[int, float]]:
    """For each block, where its run-in heading ends (0: it has none), and how sure that is.

    Args:
        blocks: Blocks with their roles, in reading order.
        cues: The forms of salutations, which are no run-in headings.
        weights: The weights of the features.

    >>> from govreport.breaks import TextBlock
    >>> from govreport.source import Traced
    >>> rest = "新建学校、医院和公园，群众看得见、摸得着，好评连连，各项工作都有了新的进展和成效。"
    >>> heads = ["办学条件不断改善。", "交通出行更加便利。", "城乡面貌焕然一新。"]
    >>> text = [TextBlock(text=Traced(head + rest * 2, ((0, 0),))) for head in heads]
    >>> [end for end, _ in leads([RoledBlock(role="paragraph", block=block) for block in text])]
    [9, 9, 9]
    """
    out = []
    for found in features(blocks, cues):
        if found is None:
            out.append((0, 0.0))
            continue
        end, names = found
        chance = 1.0 / (1.0 + exp(-sum(weights.get(name, 0.0) for name in names)))
        out.append((end, round(chance, 4)) if chance >= 0.5 else (0, 0.0))
    return out


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
    out: list[tuple[int, tuple[str, ...]] | None] = [None] * len(blocks)
    group: list[int] = []
    for k, roled in enumerate([*blocks, None]):
        if roled is None or roled.role == "heading":
            for at, names in _judged(group, forms, blocks):
                form = forms[at]
                assert form is not None
                usual = _usual(habit[_manner(form)] - 1, prose[form.style])
                out[at] = (form.end, (*_own(form), *names, usual))
            group = []
        elif roled.role in ("paragraph", "item"):
            group.append(k)
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
    addressed = cues.salutation.match(text, start, match.end())
    pauses = len(_COMMA.findall(lead))
    if lead[0] in "，、。" or pauses > _MOST_PAUSES or addressed is not None:
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
    if any(c.isdecimal() for c in form.lead):
        yield "figure:first" if form.lead[0].isdecimal() else "figure:inside"
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
    """How many sentences of a group are like a given one; constant time a question."""

    def __init__(self, forms: Iterator[_Form]) -> None:
        self._counts = Counter((f.style, f.length, min(f.pauses, 4)) for f in forms)

    def count(self, form: _Form) -> int:
        """The number of like sentences, itself included."""
        spread = _spread(form)
        return sum(
            self._counts[form.style, length, pauses]
            for length in range(form.length - spread, form.length + spread + 1)
            for pauses in range(min(form.pauses, 4) - 1, min(form.pauses, 4) + 2)
        )


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


def _judged(
    group: Sequence[int], forms: Sequence[_Form | None], blocks: Sequence[RoledBlock]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What the blocks under one heading say of each other."""
    held = [forms[k] for k in group]
    likes = _Likes(form for form in held if form)
    all_of = Counter(_style(blocks[k]) for k in group)
    formed = Counter(form.style for form in held if form)
    opening = Counter((form.style, form.lead[:2]) for form in held if form)
    commas = Counter((form.style, form.lead.find("，")) for form in held if form)
    closing = Counter((form.style, form.lead[-3:]) for form in held if form)
    for at, k in enumerate(group):
        form = forms[k]
        if form is None:
            continue
        like = likes.count(form) - 1
        names = [f"like:{min(like, 2)}", _share("share", like, all_of[form.style] - 1)]
        kind = "forms" if not form.style else "series"
        names.append(_share(kind, formed[form.style] - 1, all_of[form.style] - 1))
        beside = held[at - 1 : at] + held[at + 1 : at + 2]
        close = sum(_alike(form, other) for other in beside)
        names.append("beside:like" if close else "beside:none")
        if opening[form.style, form.lead[:2]] > 1:
            names.append("echo:opening")
        if closing[form.style, form.lead[-3:]] > 1:
            names.append("echo:closing")
        if form.pauses and commas[form.style, form.lead.find("，")] > 1:
            names.append("echo:comma")
        yield k, tuple(names)


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
