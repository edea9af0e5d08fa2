"""How often generated pages come back exactly, for each damage: the re-wrap oracle as figures.

    python tools/recovery.py -n 60 --seed 1
    python tools/recovery.py --damage glued-lines --show 3
    python tools/recovery.py --copies examples

Reports are drawn from `govreport.strategies`, or cut out of examples/reports, set by layouts of 8
to 45 em and damaged. `exact` is the share of pages whose blocks all come back with their levels,
`determined` the same among pages that leave no point open before they are damaged (see
`govreport.testing.open_points`). Same arguments, same figures. Needs the extra `hypothesis`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import fmean
from typing import Final

import attrs
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import govreport
from govreport.strategies import damages, ladders, layouts, pages, reports
from govreport.testing import (
    KINDS,
    Copy,
    DamagedPage,
    assert_recovers,
    differences,
    read_markdown,
    score,
)

EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples" / "reports"
LEAST: Final = 16  # line ends of a page: shorter ones say little
RUN: Final = 12
#: Damages alone, none, and together; side by side columns print lines anew and stand apart.
SETS: Final[dict[str, tuple[str, ...]]] = {
    "none": (),
    **{kind: (kind,) for kind in KINDS},
    # what comes together on pages whose figures were lost: each line apart, figures torn
    "lost, torn, apart": ("lost-numbers", "torn-numbers", "blanks-after-marks", "blank-lines"),
    "all but columns": tuple(kind for kind in KINDS if kind != "columns"),
    "all": tuple(KINDS),
}


@attrs.frozen(slots=True, kw_only=True)
class Outcome:
    """How one page came back."""

    exact: bool
    boundary: float
    heading: float
    number: float
    gap: float | None


def generated() -> st.SearchStrategy[Copy]:
    """Reports whose headings all have labels: the others cannot be told from the page."""
    return reports(ladder=ladders(labelled=True))


def examples() -> st.SearchStrategy[Copy]:
    """Stretches of the example reports, from a heading on."""
    copies = [read_markdown(path.read_text("utf-8")) for path in sorted(EXAMPLES.glob("*.md"))]

    def stretch(copy: Copy, start: int, length: int) -> Copy:
        first = start % len(copy.blocks)
        return Copy(front=copy.front, blocks=copy.blocks[first : first + length])

    # the number of a copy, as its repr is long and hypothesis would make one
    which = st.integers(0, len(copies) - 1).map(lambda n: copies[n])
    return st.builds(stretch, which, st.integers(0, 99), st.integers(8, 60))


SOURCES: Final[dict[str, Callable[[], st.SearchStrategy[Copy]]]] = {
    "generated": generated,
    "examples": examples,
}


def drawn(
    kinds: tuple[str, ...], *, copies: str, count: int, number: int, determined: bool
) -> Iterator[DamagedPage]:
    """The pages, by the number of the seed."""
    found: dict[str, DamagedPage] = {}
    strategy = pages(
        reports=SOURCES[copies](),
        layouts=layouts(loose=False, changing=not determined),
        damages=damages(kinds=kinds, full=True),
        determined=determined,
    )

    @settings(
        max_examples=RUN, phases=[Phase.generate], database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def collect(page: DamagedPage) -> None:
        if len(page.truth.ends) >= LEAST:
            found[page.text] = page

    # many short runs: in a long one hypothesis varies what it has
    for each in range(10 * count):
        if len(found) >= count:
            break
        seed(1000 * number + each)(collect)()
    yield from list(found.values())[:count]


def outcome(page: DamagedPage) -> Outcome:
    """Parse a page and judge it."""
    report = govreport.parse(page.text)
    markdown = report.to_markdown()
    measured = score(markdown, page)
    return Outcome(
        exact=not differences(lambda _: markdown, page),
        boundary=measured["boundary"],
        heading=measured["heading"],
        number=measured["number"],
        gap=measured.get("gap"),
    )


def shown(found: list[tuple[DamagedPage, Outcome]], most: int) -> None:
    """Print the shortest pages that did not come back, with what was wrong."""
    wrong = sorted((page for page, one in found if not one.exact), key=lambda page: len(page.text))
    for page in wrong[:most]:
        print("-" * 40, page.text, "-" * 40, sep="\n")
        try:
            assert_recovers(govreport.parse, page)
        except AssertionError as error:
            print(error)


def row(name: str, arguments: argparse.Namespace) -> None:
    """One line of the table."""
    parts = []
    for determined in (True, False):
        found = [
            (page, outcome(page))
            for page in drawn(
                SETS[name], copies=arguments.copies, count=arguments.n,
                number=arguments.seed, determined=determined,
            )
        ]  # fmt: skip
        parts.append(found)
    exact = [fmean(one.exact for _, one in found) for found in parts]
    means = [
        fmean(getattr(one, field) for _, one in parts[0])
        for field in ("boundary", "heading", "number")
    ]
    gaps = [one.gap for _, one in parts[0] if one.gap is not None]
    last = f"{fmean(gaps):12.3f}" if gaps else f"{'-':>12}"
    print(f"{name:24}" + "".join(f"{value:12.3f}" for value in (*exact, *means)) + last, flush=True)
    shown(parts[0], arguments.show)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=60, help="pages for each damage")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--copies", choices=SOURCES, default="generated")
    parser.add_argument("--damage", choices=SETS, action="append", help="only this one")
    parser.add_argument("--show", type=int, default=0, help="print so many that failed")
    arguments = parser.parse_args()
    head = ("determined", "any page", "boundary", "heading", "number", "gap")
    print(f"{'exact:':24}" + "".join(f"{name:>12}" for name in head))
    for name in arguments.damage or SETS:
        row(name, arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main())
