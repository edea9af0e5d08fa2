"""The texts that the benchmarks run over: what is in ../shared, and pages set from the examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from govreport.testing import Copy, CopyBlock, Damage, Layout, damage, read_markdown, set_page

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
DIALECTS = (
    "seedlike",
    "poppler",
    "poppler-layout",
    "poppler-layer",
    "pypdf",
    "pdfium",
    "pdfium-layer",
    "mupdf-blocks",
)
#: What may have been done to a generated page.
DAMAGES: tuple[tuple[str | Damage, ...], ...] = (
    ("furniture",),
    ("furniture", "torn-numbers", "blanks-after-marks", "blank-lines"),
    ("furniture", "radicals"),
    ("furniture", Damage(kind="glued-lines", rate=0.08)),
    ("furniture", Damage(kind="random-blank-lines", rate=0.06)),
    ("furniture", "torn-numbers", Damage(kind="lost-numbers", rate=0.1)),
)
#: Reports whose parts make a page, and blocks of a part.
PARTS, BLOCKS = 3, (8, 30)


def read(path: Path) -> str:
    """A text as it is, line ends and all."""
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def dev(dialect: str) -> list[str]:
    """The texts of bench/dev in one dialect."""
    return [read(path) for path in sorted(SHARED.glob(f"bench/dev/*/{dialect}.txt"))]


def seed() -> str:
    """The seed page."""
    return read(SHARED / "seed" / "report.txt")


def pages(count: int, first: int = 0) -> Iterator[str]:
    """Pages set from parts of the examples' reports: page k is the same in every run."""
    copies = _copies()
    for k in range(first, first + count):
        rng = Random(k)
        layout = Layout(
            measure=rng.choice((13, 15, 17, 19, 20, 22, 26)),
            indent=rng.choice((0, 1, 2, 2, "typed")),
            columns=rng.choice((1, 3, 5)),
            rows=rng.choice((0, 60)),
            headline=rng.choice(("head", "end")),
            seed=k,
        )
        some = rng.choices(copies, k=PARTS)
        blocks = tuple(block for copy in some for block in _part(copy, rng))
        copy = Copy(front=some[0].front, blocks=blocks)
        yield damage(set_page(copy, layout), *rng.choice(DAMAGES), rng=rng).text


def _part(copy: Copy, rng: Random) -> tuple[CopyBlock, ...]:
    size = min(len(copy.blocks), rng.randint(*BLOCKS))
    start = rng.randrange(len(copy.blocks) - size + 1)
    return copy.blocks[start : start + size]


@cache
def _copies() -> tuple[Copy, ...]:
    paths = sorted((ROOT / "examples" / "reports").glob("*.md"))
    return tuple(read_markdown(path.read_text(encoding="utf-8")) for path in paths)


def size(texts: list[str]) -> int:
    """Bytes of UTF-8."""
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
