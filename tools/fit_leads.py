"""Fit the weights of run-in headings (``govreport/leads.py``) on reports whose sources mark them.

python3 tools/fit_leads.py ../shared/bench/train examples/reports     prints the table WEIGHTS
python3 tools/fit_leads.py ... --held examples/reports/university.md   also judges reports held back

The sources of the bench mark some of their run-in headings and leave others plain. So what is not
marked counts as none only where marks were made: a sentence with likes under a heading without any
mark is left out. Reports without marks give only unnumbered sentences without likes, where such
openings are rare, and numbered ones count only in reports that mark some. Our own reports mark all.
Plain gradient descent with a quadratic prior; there are some hundred sentences, no more.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from math import exp, log
from pathlib import Path

from govreport.breaks import TextBlock
from govreport.numbering import read
from govreport.openings import features
from govreport.roles import RoledBlock
from govreport.source import Traced
from govreport.testing import read_markdown

PRIOR = 0.01
#: What is expected where the samples are too few to tell: official documents print the third rung of
#: their ladder run in, a sentence that is one quotation cites, one that opens with a year tells, one
#: that measures reports; like places of commas are no chance; the paragraphs of a running series are
#: all headed or none is, and what stands before a series introduces it.
EXPECTED = {
    "marked:number": 2.0,
    "marked:item": 1.0,
    "quotation": -4.0,
    "figure:first": -3.0,
    "figure:measured": -2.0,
    "echo:comma": 1.0,
    "run:half": -2.0,
    "run:few": -3.0,
    "introduces": -1.0,
    "apart": -1.0,
}
STEPS = 3000
RATE = 1.0
Sample = tuple[float, tuple[str, ...]]


def roled(kind: str, text: str) -> RoledBlock:
    """A block of a gold document."""
    label = read(text)
    item = label is not None and label.kind == "item"
    role = "heading" if kind[0] == "h" else "item" if item else "paragraph"
    return RoledBlock(role=role, block=TextBlock(text=Traced(text, 0)), label=label)


def of_bench(path: Path) -> Iterator[Sample]:
    """What each candidate of a report is that marks only some, and its features."""
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


def of_ours(path: Path) -> Iterator[tuple[str, Sample]]:
    """What each candidate of a report is that marks all, and its features."""
    copy = read_markdown(path.read_text("utf-8"))
    blocks = [roled(block.kind, block.text) for block in copy.blocks]
    for block, each in zip(copy.blocks, features(blocks), strict=True):
        if each is not None:
            right = bool(block.lead) and len(block.lead) + 1 == each[0]
            yield block.text[: each[0]], (float(right), each[1])


def samples(folders: Sequence[Path], held: Collection[Path]) -> Iterator[Sample]:
    """All samples but those of reports held back."""
    for folder in folders:
        for path in sorted(folder.glob("*/gold.json")):
            yield from of_bench(path)
        for path in sorted(folder.glob("*.md")):
            if path.resolve() not in held:
                yield from (sample for _, sample in of_ours(path))


def chance_of(names: tuple[str, ...], weights: dict[str, float]) -> float:
    """How likely the features make a run-in heading."""
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) for name in names)))


def fit(data: list[Sample]) -> dict[str, float]:
    """The weights that make the data likeliest, the prior considered."""
    weights: defaultdict[str, float] = defaultdict(float, EXPECTED)
    for _ in range(STEPS):
        slope: defaultdict[str, float] = defaultdict(float)
        for right, names in data:
            chance = chance_of(names, weights)
            for name in names:
                slope[name] += right - chance
        for name in {*slope, *EXPECTED}:
            pull = PRIOR * (weights[name] - EXPECTED.get(name, 0.0))
            weights[name] += RATE * (slope[name] / len(data) - pull)
    return dict(weights)


def main() -> None:
    """Print the table, and what is wrong in reports held back."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--held", nargs="+", type=Path, default=[])
    given = parser.parse_args()
    data = list(samples(given.folders, {path.resolve() for path in given.held}))
    weights = fit(data)
    loss = 0.0
    for right, names in data:
        chance = chance_of(names, weights)
        loss -= log(chance if right else 1 - chance)
    print(
        f"# {len(data)} sentences, {sum(r for r, _ in data):.0f} marked; loss {loss / len(data):.3f}"
    )
    for name in sorted(weights):
        if abs(weights[name]) >= 0.005:
            print(f'        "{name}": {weights[name]:.2f},')
    for path in given.held:
        for text, (right, names) in of_ours(path):
            chance = chance_of(names, weights)
            if (chance >= 0.5) != bool(right):
                print(f"# {path.stem}: {chance:.2f} for {right:.0f}: {text} {' '.join(names)}")


if __name__ == "__main__":
    main()
