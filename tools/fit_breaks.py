"""Fit the weights of the line-end model and write src/govreport/weights.json.

    python tools/fit_breaks.py BENCH/train [DIALECT,...] [--l2 1.0] [-o weights.json]

Needs numpy, scipy and rapidfuzz (dependency group ``fit``). The bench's train set is a folder of
documents, each with ``gold.json`` and a text a dialect. Each text goes through the stages up to
its printed lines; the gold says which line ends are hard and which lines are headings; the weights
maximise the conditional likelihood of that (a linear-chain conditional random field with L2).
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import unicodedata
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import rewrap
from rapidfuzz.distance import Indel
from scipy import sparse
from scipy.optimize import OptimizeResult, minimize

from govreport.chain import KINDS
from govreport.cues import gather
from govreport.pipeline import printed

FOLD = str.maketrans("─－―∶•‧・", "—-—:···")


def fold(text: str) -> str:
    """Fold what the scorer folds: forms and blanks."""
    text = unicodedata.normalize("NFKC", text.replace("⸺", "——").translate(FOLD))
    return "".join(c for c in text if not c.isspace())


def states(lines: list[str], blocks: list) -> list[int | None]:
    """Each line's gold state: 0/1 first/later line of a paragraph, 2/3 of a heading; none if unclear."""
    texts = [fold(line) for line in lines]
    gold = [fold(block[1]) for block in blocks]
    whole, want = "".join(texts), "".join(gold)
    to_gold = {}
    for tag, a, b, c, _ in Indel.opcodes(whole, want):
        if tag == "equal":
            to_gold.update(zip(range(a, b), range(c, c + b - a), strict=True))
    owner = [k for k, text in enumerate(gold) for _ in text]
    first = {sum(map(len, gold[:k])) for k in range(len(gold))}
    out: list[int | None] = []
    at = 0
    for text in texts:
        places = [to_gold.get(i) for i in range(at, at + len(text))]
        at += len(text)
        known = [p for p in places if p is not None]
        if len(known) < 0.6 * len(text) or not known:
            out.append(None)
            continue
        start = places[0] if places[0] is not None else min(known)
        heading = blocks[owner[start]][0] == "h"
        out.append((2 if heading else 0) + (0 if start in first else 1))
    return out


Sequence = tuple[list[tuple[str, ...]], list[int]]


def of_page(path: Path) -> list[Sequence]:
    """The training sequences of one of the bench's texts."""
    gold = json.loads((path.parent / "gold.json").read_text("utf-8"))
    return sequences(path.read_text("utf-8"), gold["blocks"])


def of_gold(job: tuple[Path, int, int]) -> list[Sequence]:
    """The training sequences of pages set anew from a document's gold."""
    path, count, shift = job
    gold = json.loads(path.read_text("utf-8"))
    seed = int(path.parent.name.split("-")[0]) + 1000 * shift
    return [
        item
        for text, blocks in rewrap.pages(gold["blocks"], seed, count)
        for item in sequences(text, blocks)
    ]


def sequences(text: str, blocks: list[list[str]]) -> list[Sequence]:
    """The training sequences of one text: features of each line end, states of the lines."""
    lines = printed(text).lines
    names = gather(lines).names
    found = states([line.text.text for line in lines], blocks)
    out, run = [], []
    for k, state in enumerate([*found, None]):
        follows = run and state is not None and state // 2 == found[k - 1] // 2
        if state is not None and (state % 2 == 0 or follows):
            run.append(k)
            continue
        if len(run) > 3:
            out.append(([names[i] for i in run], [found[i] for i in run]))
        run = []
    return out


#: The kind of line end between two states; soft ones only within one block.
EDGE = {(0, 1): 0, (1, 1): 1, (2, 3): 2, (3, 3): 2}
EDGE |= {(a, b): 3 + (a // 2) * 2 + b // 2 for a in range(4) for b in (0, 2)}


class Crf:
    """The likelihood of the sequences and its gradient, all sequences side by side."""

    def __init__(self, data: list[tuple[list[tuple[str, ...]], list[int]]], least: int) -> None:
        counts: dict[str, int] = {}
        for names, _ in data:
            for active in names[:-1]:
                for name in active:
                    counts[name] = counts.get(name, 0) + 1
        self.features = sorted(n for n, c in counts.items() if c >= least)
        index = {n: i for i, n in enumerate(self.features)}
        data = sorted(data, key=lambda item: -len(item[1]))
        self.lengths = [len(s) - 1 for _, s in data]
        steps, width = max(self.lengths), len(data)
        rows, columns, place = [], [], np.full((steps, width), -1)
        observed, n = [], 0
        for b, (names, found) in enumerate(data):
            for t in range(len(found) - 1):
                place[t, b] = n
                observed.append(EDGE.get((found[t], found[t + 1]), -1))
                for name in names[t]:
                    if name in index:
                        rows.append(n)
                        columns.append(index[name])
                n += 1
        self.x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), (n, len(index)))
        self.place, self.n = place, n
        self.seen = np.zeros((n, 7))
        self.seen[np.arange(n), observed] = 1
        self.first = np.array([s[0] // 2 for _, s in data])

    def value(self, flat: np.ndarray, l2: float) -> tuple[float, np.ndarray]:
        """Negative log-likelihood and gradient."""
        w = flat.reshape(len(self.features), 7)
        scores = self.x @ w
        scores -= (top := scores.max(axis=1, keepdims=True))
        pot = np.exp(scores)
        logz, expected = self.marginals(pot)
        value = logz + top.sum() - (self.seen * (scores + top)).sum()
        gradient = self.x.T @ (expected - self.seen) + l2 * w
        return value + 0.5 * l2 * (w**2).sum(), gradient.ravel()

    def marginals(self, pot: np.ndarray) -> tuple[float, np.ndarray]:
        """Log partition and the expected kind of each line end."""
        steps, width = self.place.shape
        alive = [int((self.place[t] >= 0).sum()) for t in range(steps)]
        f = np.zeros((width, 4))
        f[:, 0], f[:, 2] = 0.5, 0.5
        forward, logz = [], 0.0
        for t in range(steps):
            a = alive[t]
            forward.append(f[:a].copy())
            e = pot[self.place[t, :a]]
            p, h = f[:a, 0] + f[:a, 1], f[:a, 2] + f[:a, 3]
            new = np.stack(
                [
                    p * e[:, 3] + h * e[:, 5],
                    f[:a, 0] * e[:, 0] + f[:a, 1] * e[:, 1],
                    p * e[:, 4] + h * e[:, 6],
                    h * e[:, 2],
                ],
                axis=1,
            )
            scale = new.sum(axis=1)
            logz += np.log(scale).sum()
            f[:a] = new / scale[:, None]
        b = np.ones((width, 4))
        expected = np.zeros((self.n, 7))
        for t in range(steps - 1, -1, -1):
            a = alive[t]
            e, g, q = pot[self.place[t, :a]], forward[t], b[:a]
            p, h = g[:, 0] + g[:, 1], g[:, 2] + g[:, 3]
            kinds = np.stack(
                [
                    g[:, 0] * e[:, 0] * q[:, 1],
                    g[:, 1] * e[:, 1] * q[:, 1],
                    h * e[:, 2] * q[:, 3],
                    p * e[:, 3] * q[:, 0],
                    p * e[:, 4] * q[:, 2],
                    h * e[:, 5] * q[:, 0],
                    h * e[:, 6] * q[:, 2],
                ],
                axis=1,
            )
            expected[self.place[t, :a]] = kinds / kinds.sum(axis=1, keepdims=True)
            p_hard = e[:, 3] * q[:, 0] + e[:, 4] * q[:, 2]
            h_hard = e[:, 5] * q[:, 0] + e[:, 6] * q[:, 2]
            head = h_hard + e[:, 2] * q[:, 3]
            new = np.stack(
                [p_hard + e[:, 0] * q[:, 1], p_hard + e[:, 1] * q[:, 1], head, head], axis=1
            )
            b[:a] = new / new.sum(axis=1, keepdims=True)
        return logz, expected


def solve(crf: Crf, options: argparse.Namespace) -> OptimizeResult:
    """The weights of least loss, and how they were reached."""
    return minimize(
        crf.value,
        np.zeros(len(crf.features) * 7),
        args=(options.l2,),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": options.iterations, "maxfun": 4 * options.iterations},
    )


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dialects", nargs="?", default="poppler,seedlike,poppler-layout")
    parser.add_argument("--anew", type=int, default=4, help="pages set anew from each gold")
    parser.add_argument("--seed", type=int, default=0, help="of the pages set anew")
    parser.add_argument("--l2", type=float, default=0.5)
    parser.add_argument("--least", type=int, default=8, help="how often a feature must occur")
    parser.add_argument("--iterations", type=int, default=300)
    parser.add_argument("--cache", type=Path, help="keep the gathered features here")
    parser.add_argument("-o", "--out", type=Path, default=Path("src/govreport/weights.json"))
    options = parser.parse_args()
    data = gather_all(options)
    crf = Crf(data, options.least)
    print(f"{len(data)} runs, {crf.n} line ends, {len(crf.features)} features", file=sys.stderr)
    found = solve(crf, options)
    print(f"{found.message}; loss a line end {found.fun / crf.n:.5f}", file=sys.stderr)
    w = found.x.reshape(-1, 7)
    rows = {
        name: [round(float(v), 3) for v in row] for name, row in zip(crf.features, w, strict=True)
    }
    body = ",\n".join(f"    {json.dumps(n)}: {json.dumps(r)}" for n, r in rows.items())
    options.out.write_text(
        f'{{\n  "kinds": {json.dumps(KINDS)},\n  "weights": {{\n{body}\n  }}\n}}\n', "utf-8"
    )


def gather_all(options: argparse.Namespace) -> list[Sequence]:
    """The training sequences of all texts, from the cache where one is named."""
    if options.cache and options.cache.exists():
        return pickle.loads(options.cache.read_bytes())  # noqa: S301 - our own file
    paths = [
        path
        for dialect in options.dialects.split(",")
        for path in sorted(options.train.glob(f"*/{dialect}.txt"))
    ]
    with ProcessPoolExecutor(2) as pool:
        data = [item for found in pool.map(of_page, paths, chunksize=4) for item in found]
        golds = [
            (path, options.anew, options.seed) for path in sorted(options.train.glob("*/gold.json"))
        ]
        data += [item for found in pool.map(of_gold, golds, chunksize=4) for item in found]
    if options.cache:
        options.cache.write_bytes(pickle.dumps(data))
    return data


if __name__ == "__main__":
    main()
