"""Run-in headings: the first sentence of a paragraph that stood in bold as its heading.

The bold is gone from the text, so the form tells, and the parallel: neighbours under one heading
that open alike. A small logistic model weighs named features of both; its table below was fitted
by ``tools/fit_leads.py``. No feature looks at words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import repeat
from math import exp
from types import MappingProxyType
from typing import Final

from govreport.openings import features
from govreport.roles import CUES, Cued, RoledBlock

__all__ = ["WEIGHTS", "leads"]

#: Weights of the features that hold, summed to log-odds.
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "apart": -1.23,
        "beside:like": 0.49,
        "beside:none": -0.58,
        "bias": -0.09,
        "echo:closing": 0.05,
        "echo:comma": 0.71,
        "echo:opening": -0.10,
        "figure:first": -3.02,
        "figure:inside": -0.37,
        "figure:measured": -2.08,
        "forms:all": 0.72,
        "forms:alone": -0.10,
        "forms:few": -0.56,
        "forms:half": -0.10,
        "habit:rare": -0.88,
        "habit:some": -0.25,
        "habit:strong": 1.14,
        "habit:usual": -0.11,
        "halves:even": -0.05,
        "halves:uneven": -0.17,
        "introduces": -1.16,
        "length:long": -0.13,
        "length:middling": 0.14,
        "length:short": 0.33,
        "length:tiny": 0.26,
        "length:very-long": -0.70,
        "like:0": -0.73,
        "like:1": 0.15,
        "like:2": 0.49,
        "marked:item": 0.93,
        "marked:number": 2.03,
        "opens-with-phrase": -0.65,
        "pauses:0": 0.86,
        "pauses:1": -0.22,
        "pauses:2": -0.73,
        "quotation": -4.00,
        "rest:much": 0.40,
        "rest:scant": -0.09,
        "rest:some": -0.40,
        "run:all": 0.22,
        "run:few": -3.00,
        "run:half": -2.19,
        "sections:all": 0.32,
        "sections:alone": -0.19,
        "sections:few": -0.37,
        "sections:half": -0.03,
        "series:all": 0.21,
        "series:alone": -0.17,
        "series:few": -0.09,
        "share:all": 0.22,
        "share:alone": -0.27,
        "share:few": -0.37,
        "share:half": 0.34,
    }
)


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
    >>> text = [TextBlock(text=Traced(head + rest * 2, 0)) for head in heads]
    >>> [end for end, _ in leads([RoledBlock(role="paragraph", block=block) for block in text])]
    [9, 9, 9]
    """
    out = [(0, 0.0)] * len(blocks)
    for k, found in enumerate(features(blocks, cues)):
        if found is None:
            continue
        end, names = found
        chance = 1.0 / (1.0 + exp(-sum(map(weights.get, names, repeat(0.0)))))
        if chance >= 0.5:
            out[k] = end, round(chance, 4)
    return out
