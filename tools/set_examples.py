"""Set the reports of examples/reports as newspaper pages into examples/pages. Run by hand.

Each report is set twice: NAME.txt damaged as the seed page is, NAME-2.txt in another dialect; the
Markdown that a parser should give for a page stands beside it under the page's name. The output is
a function of this file and of the reports: run again, it changes nothing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random
from typing import Final

import attrs

from govreport.testing import Damage, DamagedPage, Layout, damage, read_markdown, set_page

EXAMPLES: Final = Path(__file__).resolve().parent.parent / "examples"
Dialect = tuple[str | Damage, ...]

SEED: Final[Dialect] = (
    "byline-first",
    "headline-at-end",
    "jump-at-end",
    "furniture",
    "torn-numbers",
    "blanks-after-marks",
    Damage(kind="letter-spacing", rate=0.02),
    "blank-lines",
)
RADICALS: Final[Dialect] = ("furniture", "radicals")
GLUED: Final[Dialect] = ("furniture", Damage(kind="glued-lines", rate=0.08))
SCATTERED: Final[Dialect] = ("furniture", Damage(kind="random-blank-lines", rate=0.06))
AFTER_LINE: Final[Dialect] = ("furniture", Damage(kind="displaced-after-line", rate=0.2))
PAGE_END: Final[Dialect] = ("furniture", Damage(kind="displaced-to-page-end", rate=0.2))
COLUMNS: Final[Dialect] = ("furniture", "columns")


@attrs.frozen(slots=True, kw_only=True)
class Plan:
    """How one report becomes its two pages; `lost` numbers vanish from the first."""

    name: str
    lost: int
    first: Layout
    second: Layout
    dialect: Dialect


_WIDE: Final = ((0.55, 20.0), (0.25, 17.0), (0.2, 22.0))

PLANS: Final = (
    Plan(
        name="province-government",
        lost=2,
        first=Layout(measure=18, headline_measure=30),
        second=Layout(measure=14, columns=3, rows=62, headings="centred"),
        dialect=COLUMNS,
    ),
    Plan(
        name="city-government",
        lost=2,
        first=Layout(measures=_WIDE),
        second=Layout(measure=26, rows=45, break_numbers=True),
        dialect=RADICALS,
    ),
    Plan(
        name="county-government",
        lost=1,
        first=Layout(measure=13),
        second=Layout(measure=30, indent="typed"),
        dialect=SCATTERED,
    ),
    Plan(
        name="consultative-conference",
        lost=3,
        first=Layout(measure=20, headline_measure=24),
        second=Layout(measure=17, rows=70),
        dialect=AFTER_LINE,
    ),
    Plan(
        name="congress-committee",
        lost=2,
        first=Layout(measure=16),
        second=Layout(measure=24, break_numbers=True),
        dialect=GLUED,
    ),
    Plan(
        name="court",
        lost=2,
        first=Layout(measure=22, stretch=0.05),
        second=Layout(measure=11),
        dialect=RADICALS,
    ),
    Plan(
        name="procuratorate",
        lost=1,
        first=Layout(measure=15, headline_measure=30),
        second=Layout(measure=28, headings="flush"),
        dialect=PAGE_END,
    ),
    Plan(
        name="plan-and-budget",
        lost=2,
        first=Layout(measure=24, headline_measure=28),
        second=Layout(measure=19, columns=2, rows=60),
        dialect=COLUMNS,
    ),
    Plan(
        name="party-congress",
        lost=1,
        first=Layout(measure=17, break_numbers=True),
        second=Layout(measure=36),
        dialect=SCATTERED,
    ),
    Plan(
        name="five-year-plan",
        lost=2,
        first=Layout(measure=21, headings="centred"),
        second=Layout(measure=16, rows=80),
        dialect=GLUED,
    ),
    Plan(
        name="taiwan-council",
        lost=1,
        first=Layout(measure=19),
        second=Layout(measure=25, indent="typed"),
        dialect=PAGE_END,
    ),
    Plan(
        name="hongkong-address",
        lost=1,
        first=Layout(measure=14),
        second=Layout(measure=32, indent=0),
        dialect=AFTER_LINE,
    ),
    Plan(
        name="county-congress-committee",
        lost=2,
        first=Layout(measure=18, headline_measure=26),
        second=Layout(measure=12),
        dialect=RADICALS,
    ),
    Plan(
        name="supervision-commission",
        lost=1,
        first=Layout(measure=15),
        second=Layout(measure=27, headings="flush"),
        dialect=PAGE_END,
    ),
    Plan(
        name="university",
        lost=2,
        first=Layout(measures=_WIDE, headings="centred"),
        second=Layout(measure=33, indent=0),
        dialect=SCATTERED,
    ),
    Plan(
        name="industry-plan",
        lost=1,
        first=Layout(measure=23, break_numbers=True),
        second=Layout(measure=18, columns=2, rows=58),
        dialect=COLUMNS,
    ),
    Plan(
        name="county-court",
        lost=2,
        first=Layout(measure=14, stretch=0.05),
        second=Layout(measure=20, rows=64),
        dialect=GLUED,
    ),
    Plan(
        name="civil-affairs",
        lost=1,
        first=Layout(measure=17),
        second=Layout(measure=34, indent="typed"),
        dialect=RADICALS,
    ),
    Plan(
        name="township",
        lost=2,
        first=Layout(measure=20, headings="centred"),
        second=Layout(measure=13, rows=60),
        dialect=AFTER_LINE,
    ),
    Plan(
        name="motions",
        lost=1,
        first=Layout(measure=16, break_numbers=True),
        second=Layout(measure=22, columns=2, rows=50),
        dialect=COLUMNS,
    ),
)


def pages(plan: Plan, markdown: str) -> tuple[DamagedPage, DamagedPage]:
    """The two damaged pages of a report."""
    copy = read_markdown(markdown)
    lost = Damage(kind="lost-numbers", rate=1, most=plan.lost)
    first = damage(set_page(copy, plan.first), *SEED, lost, rng=Random(plan.name))
    second = damage(set_page(copy, plan.second), *plan.dialect, rng=Random(plan.name + "-2"))
    return first, second


def main() -> int:
    """Write the pages, or with --check only tell whether they are what is there."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, exit 1 on a change")
    check = parser.parse_args().check
    stale = 0
    for plan in PLANS:
        markdown = (EXAMPLES / "reports" / f"{plan.name}.md").read_text(encoding="utf-8")
        for page, name in zip(pages(plan, markdown), (plan.name, plan.name + "-2"), strict=True):
            for suffix, text in ((".txt", page.text), (".md", page.truth.markdown)):
                path = EXAMPLES / "pages" / (name + suffix)
                # bytes: a form feed and the line ends must reach the file as they are
                data = text.encode()
                if path.exists() and path.read_bytes() == data:
                    continue
                stale += 1
                print("stale" if check else "written", path.name)
                if not check:
                    path.write_bytes(data)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
