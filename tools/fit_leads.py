"""Fit the weights of run-in headings (``govreport/leads.py``) on reports whose sources mark them.

python3 tools/fit_leads.py ../shared/bench/train     prints the table WEIGHTS

Sources mark some of their run-in headings and leave others plain. So what is not marked counts as
none only where marks were made: a sentence with likes under a heading without any mark is left out.
Reports without marks give only unnumbered sentences without likes, where such openings are rare,
and numbered ones count only in reports that mark some.
Plain gradient descent with a quadratic prior; there are some hundred sentences, no more.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from math import exp, log
from pathlib import Path

from govreport.breaks import TextBlock
from govreport.leads import features
from govreport.numbering import read
from govreport.roles import RoledBlock
from govreport.source import Traced

PRIOR = 0.01
#: What is expected where the samples are too few to tell: official documents print the third rung of
#: their ladder run in, a sentence that is one quotation cites, one that opens with a year tells,
#: and like places of commas are no chance.
EXPECTED = {
    "marked:number": 2.0,
    "marked:item": 1.0,
    "quotation": -4.0,
    "figure:first": -3.0,
    "echo:comma": 1.0,
}
STEPS = 3000
RATE = 1.0


def roled(kind: str, text: str) -> RoledBlock:
    """A block of a gold document."""
    label = read(text)
    item = label is not None and label.kind == "item"
    role = "heading" if kind == "h" else "item" if item else "paragraph"
    return RoledBlock(role=role, block=TextBlock(text=Traced(text, ((0, 0),))), label=label)


def samples(folder: Path) -> Iterator[tuple[float, tuple[str, ...]]]:
    """What each candidate is, and its features."""
    for path in sorted(folder.glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        leads = gold.get("leads") or {}
        blocks = [roled(*block[:2]) for block in gold["blocks"]]
        section, marked, found = 0, set(), []
        for block, each in zip(blocks, features(blocks), strict=True):
            section += block.role == "heading"
            text = block.block.text.text
            style = block.label.family if block.label else ""
            is_marked = text in leads
            if is_marked:
                marked.add((section, style))
            if each is not None:
                right = is_marked and text[: each[0]] == leads[text]
                found.append(((section, style), right, each[1]))
        styles = {style for _, style in marked}
        for place, right, names in found:
            plain = leads if place[1] in styles else "habit:rare" in names and not place[1]
            lonely = "like:0" in names and plain
            if right or place in marked or lonely:
                yield float(right), names


def fit(data: list[tuple[float, tuple[str, ...]]]) -> dict[str, float]:
    """The weights that make the data likeliest, the prior considered."""
    weights: defaultdict[str, float] = defaultdict(float, EXPECTED)
    for _ in range(STEPS):
        slope: defaultdict[str, float] = defaultdict(float)
        for right, names in data:
            chance = 1 / (1 + exp(-sum(weights[name] for name in names)))
            for name in names:
                slope[name] += right - chance
        for name, value in slope.items():
            weights[name] += RATE * (
                value / len(data) - PRIOR * (weights[name] - EXPECTED.get(name, 0.0))
            )
    return dict(weights)


def main() -> None:
    """Print the table."""
    data = list(samples(Path(sys.argv[1])))
    weights = fit(data)
    loss = 0.0
    for right, names in data:
        chance = 1 / (1 + exp(-sum(weights[name] for name in names)))
        loss -= log(chance if right else 1 - chance)
    print(
        f"# {len(data)} sentences, {sum(r for r, _ in data):.0f} marked; loss {loss / len(data):.3f}"
    )
    for name in sorted(weights):
        if abs(weights[name]) >= 0.005:
            print(f'        "{name}": {weights[name]:.2f},')


if __name__ == "__main__":
    main()
