"""Which labels count, and which blocks are headings, by the evidence of the whole text.

The inference over the line ends says how likely a block is a heading by its own look. Here a label
counts where its series runs, and a block is the likelier a heading the more of its series are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp, log
from typing import Final

import attrs
import regex

from govreport.breaks import TextBlock
from govreport.lazy import pattern
from govreport.numbering import Numbering, read

__all__ = ["chances", "counted_labels", "series_key"]

_SENTENCE: Final = re.compile(r"[。！？!?；](?![”’』」》）)])(?=.)")
_OPEN_ENDS: Final = frozenset("，、；,;")
_STOPS: Final = frozenset("。；，")
#: Longer blocks are no headings by their series alone.
_LONGEST: Final = 60
#: What is less likely a heading is not asked for a damaged label.
_HEADLIKE: Final = 0.3
#: How much the others of a series weigh against a block's own look, as a factor of log-odds.
_PEERS: Final = 1.0
#: Log-odds of an unnumbered heading like another sure one; of one with a sentence's marks; of one
#: that stands where the sentence before it has not ended. Set by hand: such cases are rare.
_PARALLEL, _SENTENCE_LIKE, _RUNS_ON = 1.5, -2.5, -1.5
#: Log-odds of a heading whose last sign makes a word with the first sign below it, and how often
#: the document must have that word.
_TORN: Final = -6.0
_USUAL: Final = 4
_PAIR: Final = r"\p{Han}{2}"
#: So many such seams are looked for one by one.
_FEW: Final = 100
#: What is less likely a heading is none.
_ASKED: Final = 0.02
#: What is as sure as this is a heading, be it without a number.
_PLAIN: Final = 0.8
#: What is surer than this is not put in doubt by them.
_SURE: Final = 0.9

#: Signs that OCR and careless typing put for a numeral or bracket.
_LOOKALIKE: Final = str.maketrans(
    "=＝ニ—－ー-―lI|｜OoＯ<〈[［〉>]］", "二二二一一一一一1111000（（（（））））"
)
_UNIT_LABEL: Final = regex.compile(
    r"第\s?[〇零一二三四五六七八九十百0-9０-９]{1,5}\s?(?:部分|[编章节条篇卷編節條])"
)
_LOST: Final = regex.compile(r"(?P<open>[（(])?\s?(?P<mark>[、.．）)])")
_LOST_STYLES: Final = {
    "、": ("han-comma", "digit-comma"),
    ".": ("digit-dot",),
    "．": ("digit-dot",),
    "）": ("han-paren", "digit-paren"),
    ")": ("han-paren", "digit-paren"),
}


# ---- labels that count


def series_key(label: Numbering) -> str:
    """What labels of one series share: the family, and of a decimal label its depth.

    >>> series_key(read("1、加强管理")), series_key(read("1.2.3 加强管理"))
    ('digit', 'decimal-3')
    """
    return f"decimal-{len(label.path)}" if label.path else label.family


def counted_labels(blocks: Sequence[TextBlock]) -> list[Numbering | None]:
    """The labels that count as such, damaged ones of a running series among them.

    Args:
        blocks: In reading order; none is empty.
    """
    damaged = [
        None if block.label or block.heading < _HEADLIKE else _damaged(block.text.text)
        for block in blocks
    ]
    ahead = _values_ahead(blocks, damaged)
    running: dict[str, int] = {}
    out: list[Numbering | None] = []
    for k, block in enumerate(blocks):
        label = block.label
        repaired = damaged[k]
        if repaired is not None and _wanted(repaired, running, ahead[k]):
            label = repaired
        elif label is None and block.heading >= _HEADLIKE:
            label = _lost(block.text.text, running)
        elif label is not None and not _counts(block, label, running, ahead[k]):
            label = None
        if label is not None and label.value is not None:
            running[series_key(label)] = label.value
        out.append(label)
    return out


def _values_ahead(
    blocks: Sequence[TextBlock], damaged: Sequence[Numbering | None]
) -> list[int | None]:
    """For each block with a label, be it damaged, the value of the next sound one of its series."""
    ahead: list[int | None] = [None] * len(blocks)
    seen: dict[str, int | None] = {}
    for k in range(len(blocks) - 1, -1, -1):
        sound = blocks[k].label
        label = sound or damaged[k]
        if label is not None:
            key = series_key(label)
            ahead[k] = seen.get(key)
            if sound is not None:
                seen[key] = label.value
    return ahead


def _counts(
    block: TextBlock, label: Numbering, running: dict[str, int], following: int | None
) -> bool:
    """Whether a label is one: where it may be text, its series must run through it."""
    value = label.value
    if value is None or label.kind == "item" or block.heading >= 0.5:
        return True
    before = running.get(series_key(label))
    goes_on = before == value - 1 or following == value + 1
    if label.uncertain:
        return goes_on and (value > 1 or following == 2)
    near = before is not None and 0 < value - before <= 2
    return goes_on or near or value == 1 or following == value + 2


def _damaged(text: str) -> Numbering | None:
    """The label that a heading's first signs may stand for; its series must want just that."""
    if len(text) > _LONGEST:
        return None
    unit = _UNIT_LABEL.match(text)
    label = read(unit[0] if unit else text[:6].translate(_LOOKALIKE) + text[6:])
    if label is None or label.value is None or label.kind == "item":
        return None
    return attrs.evolve(label, text=text[: len(label.text)], uncertain=True)


def _wanted(label: Numbering, running: dict[str, int], following: int | None) -> bool:
    """Whether a series has its place open for a damaged label."""
    value = label.value
    return value is not None and (
        running.get(series_key(label)) == value - 1 or following == value + 1
    )


def _lost(text: str, running: dict[str, int]) -> Numbering | None:
    """What is left of a label whose number is lost; its series must be running."""
    lost = _LOST.match(text)
    if lost is None or (lost["mark"] in "）)") != (lost["open"] is not None):
        return None
    for style in _LOST_STYLES[lost["mark"]]:
        found = Numbering(text=lost[0], style=style, value=None, end=lost.end(), uncertain=True)
        if series_key(found) in running:
            return found
    return None


# ---- headings by the evidence of the whole text


@attrs.define
class _Tally:
    """How many blocks of a series could be headings, and how likely they are, summed."""

    count: int = 0
    heads: float = 0.0


def chances(blocks: Sequence[TextBlock], labels: Sequence[Numbering | None]) -> list[float]:
    """How likely each block is a heading, its series and its likes considered."""
    fits = [_SENTENCE.search(block.text.text) is None for block in blocks]  # one at most
    tallies = list(_tallies(blocks, labels, fits))
    alike = {
        sign
        for block, label in zip(blocks, labels, strict=True)
        if label is None and block.heading >= _PLAIN
        for sign in _ends(block.text.text)
    }
    ended = _ended(blocks, labels)
    words = _words(blocks, labels)
    out = []
    for k, (block, label, fit, tally) in enumerate(zip(blocks, labels, fits, tallies, strict=True)):
        chance = block.heading if fit else 0.0
        if chance <= _ASKED or (label is not None and label.kind == "item"):
            out.append(chance)  # its own look decides
        elif label is None and _seam(blocks, k) in words:
            out.append(_shifted(chance, _TORN))
        elif chance >= _SURE and not _stopped(block, label, ended):
            out.append(chance)
        elif tally is not None:
            others, heads = tally.count - 1, tally.heads - chance
            by = _PEERS * log((heads + 0.5) / (others - heads + 0.5))
            out.append(_shifted(chance, by + _stopped(block, label, ended)))
        elif label is None:
            before = blocks[k - 1].text.text if k else "。"
            out.append(_shifted(chance, _unnumbered(block, before, alike)))
        else:
            out.append(chance)
    return out


def _seam(blocks: Sequence[TextBlock], k: int) -> str:
    """The last sign of a block and the first of the next, where both are Han."""
    after = blocks[k + 1].text.text if k + 1 < len(blocks) else ""
    seam = blocks[k].text.text[-1] + after[:1]
    return seam if pattern(_PAIR).fullmatch(seam) else ""


def _words(blocks: Sequence[TextBlock], labels: Sequence[Numbering | None]) -> frozenset[str]:
    """The seams below headings without numbers that the document writes as words elsewhere."""
    seams = {
        _seam(blocks, k)
        for k, block in enumerate(blocks)
        if labels[k] is None and block.heading > _ASKED
    } - {""}
    if not seams:
        return frozenset()
    whole = "\n".join(block.text.text for block in blocks)
    if len(seams) <= _FEW:
        return frozenset(seam for seam in seams if whole.count(seam) >= _USUAL)
    counts = Counter(one + other for one, other in pairwise(whole))
    return frozenset(seam for seam in seams if counts[seam] >= _USUAL)


def _ended(
    blocks: Sequence[TextBlock], labels: Sequence[Numbering | None]
) -> dict[str, tuple[int, int]]:
    """For each style its sure headings: how many there are, and how many end in a stop."""
    out: dict[str, tuple[int, int]] = {}
    for block, label in zip(blocks, labels, strict=True):
        if label is not None and block.heading >= _SURE:
            count, stops = out.get(series_key(label), (0, 0))
            stop = block.text.text[-1] in _STOPS
            out[series_key(label)] = count + 1, stops + stop
    return out


def _stopped(
    block: TextBlock, label: Numbering | None, ended: Mapping[str, tuple[int, int]]
) -> float:
    """What a stop at the end says where sure headings of the style have none, in log-odds."""
    if label is None or block.text.text[-1] not in _STOPS:
        return 0.0
    count, stops = ended.get(series_key(label), (0, 0))
    own = block.heading >= _SURE
    return _SENTENCE_LIKE if count > own and stops == own else 0.0


def _tallies(
    blocks: Sequence[TextBlock], labels: Sequence[Numbering | None], fits: Sequence[bool]
) -> Iterator[_Tally | None]:
    """For each block that could be a numbered heading the tally of its series.

    A series starts anew with each number one; a series of one asks all of its style.
    """
    whole: dict[str, _Tally] = {}
    current: dict[str, _Tally] = {}
    found: list[tuple[_Tally, _Tally] | None] = []
    for block, label, fit in zip(blocks, labels, fits, strict=True):
        if label is None or label.kind == "item":
            found.append(None)
            continue
        key = series_key(label)
        if label.value == 1 or key not in current:
            current[key] = _Tally()
        pair = (current[key], whole.setdefault(key, _Tally()))
        if fit and len(block.text) <= _LONGEST:
            for tally in pair:
                tally.count += 1
                tally.heads += block.heading
            found.append(pair)
        else:
            found.append(None)
    return (pair and (pair[0] if pair[0].count > 2 else pair[1]) for pair in found)


def _ends(text: str) -> tuple[str, ...]:
    """How an unnumbered heading begins and ends, figures aside."""
    bare = "".join("0" if c.isdecimal() else c for c in text[:40])
    return f"^{bare.lstrip('0')[:2]}", f"{bare[-2:]}$"


def _unnumbered(block: TextBlock, before: str, alike: set[str]) -> float:
    """What speaks for or against a heading without a number, in log-odds."""
    text = block.text.text
    shift = 0.0
    if block.heading < _PLAIN and any(sign in alike for sign in _ends(text)):
        shift += _PARALLEL
    if text[-1] in _OPEN_ENDS or "；" in text or ("：" in text[:-1] and "，" in text):
        shift += _SENTENCE_LIKE
    if before[-1] not in "。！？：；”’）…!?:;)」』" and len(before) > _LONGEST:
        shift += _RUNS_ON
    return shift


def _shifted(chance: float, by: float) -> float:
    odds = log(chance / (1.0 - chance)) + by
    return 1.0 / (1.0 + exp(-odds))
