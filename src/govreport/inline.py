"""Typed content of a block: label, run-in heading, gaps, figures, text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import attrs
import regex

from govreport.breaks import TextBlock
from govreport.figures import Figure, scan
from govreport.lines import LineGap
from govreport.nodes import Date, Gap, Inline, Label, Lead, Number, Text
from govreport.roles import RoledBlock
from govreport.source import Traced

__all__ = ["Inlined", "inlined", "leads"]

#: The sign that the source itself may hold where something is missing.
GAP_SIGN: Final = "□"
_SIGNS: Final = regex.compile(GAP_SIGN)


@attrs.frozen(kw_only=True)
class Inlined:
    """What stands inside a block.

    Args:
        label: Its label.
        lead: Its run-in heading.
        content: The rest.
    """

    label: Label | None = None
    lead: Lead | None = None
    content: tuple[Inline, ...] = ()
    whole: tuple[Inline, ...] = ()


def inlined(
    blocks: Sequence[RoledBlock], source: str
) -> tuple[Inlined, ...]:
    """The typed content of each block.

    Args:
        blocks: Blocks with their roles, in reading order.
        source: The source, for the spans.
    """
    found = leads(blocks)
    return tuple(
        _inlined(roled, end, chance, source)
        for roled, (end, chance) in zip(blocks, found, strict=True)
    )


def _inlined(roled: RoledBlock, lead: int, chance: float, source: str) -> Inlined:
    block = roled.block
    if roled.role in ("salutation", "closing", "contents"):
        return Inlined(whole=_content(block, 0, len(block.text), source))
    label, start = None, 0
    if roled.label is not None:
        printed = block.text[: len(roled.label.text)]
        start = min(roled.label.end, len(block.text))
        label = Label(
            text=printed.text,
            spans=printed.spans(source),
            style=roled.label.style,
            value=roled.label.value,
        )
    opening = None
    if lead > start:
        opening = Lead(content=_content(block, start, lead, source), probability=chance)
        start = lead
    return Inlined(
        label=label, lead=opening, content=_content(block, start, len(block.text), source)
    )


def _content(block: TextBlock, start: int, stop: int, source: str) -> tuple[Inline, ...]:
    """Text, figures and gaps between two offsets of a block."""
    return tuple(_pieces(block, start, stop, source))


def _pieces(block: TextBlock, start: int, stop: int, source: str) -> Iterator[Inline]:
    text = block.text
    cuts: list[tuple[int, int, Figure | LineGap | None]] = []
    for figure in scan(text.text[start:stop]):
        cuts.append((figure.start + start, figure.end + start, figure))
    for gap in block.gaps:
        if start <= gap.at < stop or gap.at == stop == len(text):
            cuts = [cut for cut in cuts if not cut[0] < gap.at < cut[1]]
            cuts.append((gap.at, gap.at, gap))
    if GAP_SIGN in text.text:
        for sign in _SIGNS.finditer(text.text, start, stop):
            cuts = [cut for cut in cuts if not cut[0] <= sign.start() < cut[1]]
            cuts.append((sign.start(), sign.end(), None))
    at = start
    for low, high, what in sorted(cuts, key=_place):
        if low > at:
            yield _text(text[at:low], source)
        yield _typed(text[low:high], what, source)
        at = max(at, high)
    if stop > at:
        yield _text(text[at:stop], source)


def _place(cut: tuple[int, int, object]) -> tuple[int, int]:
    return cut[0], cut[1]


def _text(text: Traced, source: str) -> Text:
    return Text(text=text.text, spans=text.spans(source))


def _typed(text: Traced, what: Figure | LineGap | None, source: str) -> Inline:
    if what is None:
        return Gap(spans=text.spans(source), evidence=("sign",))
    if isinstance(what, LineGap):
        return Gap(evidence=what.evidence, probability=what.probability)
    if what.kind == "date":
        return Date(text=text.text, spans=text.spans(source), iso=what.iso)
    return Number(
        text=text.text,
        spans=text.spans(source),
        value=what.value,
        high=what.high,
        unit=what.unit,
        approximate=what.approximate,
    )


# ---- run-in headings

#: A first sentence short enough for a heading, and something after it.
_FIRST: Final = regex.compile(r"(?P<lead>[^。！？：；\n]{3,44}[。！])(?=\S)")


def leads(blocks: Sequence[RoledBlock]) -> list[tuple[int, float]]:
    """For each block where its run-in heading ends (0: it has none), and how likely it is.

    A first sentence is a run-in heading where its form allows it and its neighbours under the
    same heading have the like: headings come in parallel.
    """
    forms = [_form(roled) for roled in blocks]
    out = [(0, 0.0)] * len(blocks)
    group: list[int] = []
    for k, roled in enumerate([*blocks, None]):
        if roled is None or roled.role == "heading":
            _judge(group, forms, blocks, out)
            group = []
        elif roled.role in ("paragraph", "item"):
            group.append(k)
    return out


@attrs.frozen
class _Form:
    """The first sentence of a block, as a heading would look."""

    end: int
    length: int
    commas: int
    style: str
    rest: int


def _form(roled: RoledBlock) -> _Form | None:
    if roled.role not in ("paragraph", "item"):
        return None
    text = roled.block.text.text
    start = roled.label.end if roled.label else 0
    match = _FIRST.match(text, start)
    if match is None:
        return None
    lead = match["lead"]
    commas = lead.count("，") + lead.count("、")
    if commas > 3 or lead[0] in "，、。" or any(c.isdigit() for c in lead[:2]):
        return None
    style = roled.label.style if roled.label else ""
    return _Form(match.end(), len(lead) - 1, commas, style, len(text) - match.end())


def _judge(
    group: Sequence[int],
    forms: Sequence[_Form | None],
    blocks: Sequence[RoledBlock],
    out: list[tuple[int, float]],
) -> None:
    """Decide the run-in headings among the blocks under one heading."""
    for k in group:
        form = forms[k]
        if form is None:
            continue
        chance = _chance(form, [forms[j] for j in group if j != k])
        if chance >= 0.5:
            out[k] = (form.end, round(chance, 4))


def _chance(form: _Form, others: Sequence[_Form | None]) -> float:
    """How likely a first sentence is a run-in heading, its siblings given."""
    same = [other for other in others if other is not None and other.style == form.style]
    like = [
        other
        for other in same
        if abs(other.length - form.length) <= max(3, form.length // 3)
        and abs(other.commas - form.commas) <= 1
    ]
    score = 0.0
    score += {0: -2.2, 1: 0.4}.get(len(like), 1.6)
    score += 0.8 if form.commas == 0 else -0.4 * (form.commas - 1)
    score += 0.6 if form.length <= 20 else -0.08 * (form.length - 20)
    score += 1.2 if form.style else 0.0
    score += -1.0 if form.rest < 30 else 0.0
    return 1.0 / (1.0 + 2.718281828 ** -score)
