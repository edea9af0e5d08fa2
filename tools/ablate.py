"""What each group of features is worth: fit without it, judge on another set.

    python tools/ablate.py BENCH/train BENCH/dev [DIALECT,...] [--cache FILE]

Prints for the whole model, and for the model without each group, how many line ends are decided
wrongly and the F1 of the hard ones. Needs numpy, scipy and rapidfuzz; some minutes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from fit_breaks import Crf, Sequence, gather_all, solve, states

from govreport.chain import posteriors
from govreport.cues import gather
from govreport.pipeline import printed

#: The groups, by how their features' names begin.
GROUPS: dict[str, tuple[str, ...]] = {
    "nothing": (),
    "slack and overflow": ("slack-inner", "slack-first", "over"),
    "the lines around": ("slack-local",),
    "length and marks inside": ("length", "inside"),
    "marks at the end": ("end", "pair"),
    "how the next line begins": ("start", "pair", "opening"),
    "what spans the line end": ("digits-across", "figure-across", "latin-across", "quote-across"),
    "labels and their series": ("label:", "series"),
    "labelled lines and their peers": ("labelled", "peers", "kin", "rest", "style", "second"),
    "indents, blank lines, columns": ("indent", "blanks", "new-column"),
}


def without(names: tuple[str, ...], group: tuple[str, ...]) -> tuple[str, ...]:
    """The features that are not of a group."""
    return tuple(n for n in names if not n.startswith(group)) if group else names


def judged(options: argparse.Namespace) -> list[tuple[list[tuple[str, ...]], list[int | None]]]:
    """Features and gold states of the texts to judge by."""
    out = []
    for dialect in options.dialects.split(","):
        for path in sorted(options.dev.glob(f"*/{dialect}.txt")):
            gold = json.loads((path.parent / "gold.json").read_text("utf-8"))
            lines = printed(path.read_text("utf-8")).lines
            found = states([line.text.text for line in lines], gold["blocks"])
            out.append((list(gather(lines).names), found))
    return out


def fitted(data: list[Sequence], options: argparse.Namespace) -> dict[str, tuple[float, ...]]:
    """The weights that fit some training sequences."""
    crf = Crf(data, options.least)
    rows = solve(crf, options).x.reshape(-1, 7)
    return {name: tuple(row) for name, row in zip(crf.features, rows, strict=True)}


def main() -> None:
    """Fit without each group and print what it costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("dialects", nargs="?", default="poppler,seedlike")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--l2", type=float, default=0.5)
    parser.add_argument("--least", type=int, default=8)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--anew", type=int, default=3)
    options = parser.parse_args()
    texts = judged(options)
    options.dialects = "poppler,seedlike,poppler-layout"
    data = gather_all(options)
    for name, group in GROUPS.items():
        table = fitted([([without(n, group) for n in a], s) for a, s in data], options)
        right = wrong = missed = 0
        for names, found in texts:
            hard, _ = posteriors([without(n, group) for n in names], table)
            for k in range(len(found) - 1):
                if found[k] is None or found[k + 1] is None:
                    continue
                want, got = found[k + 1] % 2 == 0, hard[k] >= 0.5
                right += want and got
                wrong += got and not want
                missed += want and not got
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        print(f"without {name:32s} wrong {wrong + missed:5d}   F1 {f1:.4f}", flush=True)


if __name__ == "__main__":
    main()
