"""How far the probabilities of line ends can be believed: calibration on a bench set.

    python tools/calibrate.py BENCH/dev [DIALECT,...] [--picture docs/stages/reliability.svg]

Prints the expected calibration error (bins of equal width over the probability that a line end is
hard), the Brier score, and the reliability of each bin; may draw it. Needs rapidfuzz.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fit_breaks import states

from govreport.chain import posteriors, weights
from govreport.cues import gather
from govreport.pipeline import printed

PLAIN = "poppler,pypdf,pdfium,mupdf-blocks,poppler-layer,poppler-layout,pdfium-layer,seedlike"


def pairs(path: Path) -> list[tuple[float, bool]]:
    """For each line end of a text the probability that it is hard, and whether it is."""
    gold = json.loads((path.parent / "gold.json").read_text("utf-8"))
    lines = printed(path.read_text("utf-8")).lines
    hard, _ = posteriors(gather(lines).names, weights())
    found = states([line.text.text for line in lines], gold["blocks"])
    out = []
    for k in range(len(lines) - 1):
        before, after = found[k], found[k + 1]
        if before is not None and after is not None:
            out.append((hard[k], after % 2 == 0))
    return out


def binned(data: Sequence[tuple[float, bool]], count: int) -> Iterator[tuple[int, float, float]]:
    """Of each bin that holds something: how many, mean probability, share that is hard."""
    for k in range(count):
        low, high = k / count, (k + 1) / count
        inside = [(p, y) for p, y in data if low <= p < high or (k == count - 1 and p == 1.0)]
        if inside:
            n = len(inside)
            yield n, sum(p for p, _ in inside) / n, sum(y for _, y in inside) / n


def picture(rows: Sequence[tuple[int, float, float]]) -> str:
    """The reliability curve as SVG: said across, found upwards, dots by how many line ends."""
    side, edge = 320, 40
    dots = "".join(
        f'<circle cx="{edge + said * side:.1f}" cy="{edge + (1 - found) * side:.1f}" '
        f'r="{2 + 2 * len(str(n))}" fill="#2a6f97" fill-opacity=".75"><title>{n} line ends: '
        f"said {said:.3f}, found {found:.3f}</title></circle>"
        for n, said, found in rows
    )
    ticks = "".join(
        f'<text x="{edge + t * side / 4:.0f}" y="{edge + side + 18}" text-anchor="middle">{t / 4:g}</text>'
        f'<text x="{edge - 8}" y="{edge + side - t * side / 4 + 4:.0f}" text-anchor="end">{t / 4:g}</text>'
        for t in range(5)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        f'font-family="sans-serif" font-size="12">'
        f'<rect x="{edge}" y="{edge}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
        f'<path d="M{edge} {edge + side}L{edge + side} {edge}" stroke="#bbb" stroke-dasharray="4"/>'
        f"{ticks}{dots}"
        f'<text x="{edge + side / 2}" y="{2 * edge + side - 4}" text-anchor="middle">probability said</text>'
        f'<text x="{edge + side / 2}" y="{edge - 10}" text-anchor="middle">share of hard ends found</text>'
        "</svg>\n"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", type=Path)
    parser.add_argument("dialects", nargs="?", default=PLAIN)
    parser.add_argument("--bins", type=int, default=15)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    names = options.dialects.split(",")
    paths = [p for name in names for p in sorted(options.bench.glob(f"*/{name}.txt"))]
    with ProcessPoolExecutor(2) as pool:
        data = [pair for found in pool.map(pairs, paths, chunksize=4) for pair in found]
    rows = list(binned(data, options.bins))
    error = sum(n * abs(said - found) for n, said, found in rows) / len(data)
    brier = sum((p - y) ** 2 for p, y in data) / len(data)
    print(f"{len(data)} line ends, calibration error {error:.4f}, Brier score {brier:.4f}")
    for n, said, found in rows:
        print(f"{n:8d}  said {said:.3f}  found {found:.3f}")
    if options.picture:
        options.picture.write_text(picture(rows), "utf-8")


if __name__ == "__main__":
    main()
