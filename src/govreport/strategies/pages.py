"""Reports on paper: layouts, damages, and pages with their truth."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from random import Random
from typing import Final

from hypothesis import assume
from hypothesis import strategies as st

from govreport.strategies.copies import reports as any_report
from govreport.testing import (
    KINDS,
    Copy,
    Damage,
    DamagedPage,
    Layout,
    damage,
    determine,
    open_points,
    set_page,
)

MEASURES: Final = (8, 45)
_RATES: Final = {"lost-numbers": 0.1, "glued-lines": 0.2, "letter-spacing": 0.2}


def layouts(
    *,
    measures: tuple[int, int] = MEASURES,
    columns: int = 4,
    changing: bool = True,
    loose: bool = True,
) -> st.SearchStrategy[Layout]:
    """How a page is set: measure, columns, indent, justification, squeezing, tracking.

    Args:
        measures: The narrowest and the widest measure, in em.
        columns: The greatest number of columns.
        changing: Whether the measure may change through the text.
        loose: Whether some lines may be set an em short of what would fit, as justification and
            tracking leave them.

    >>> from govreport.strategies import smallest
    >>> smallest(layouts(), lambda layout: layout.measure > 20).measure
    21.0
    """
    low, high = measures
    widths = st.integers(low, high).map(float)
    parts = st.tuples(st.sampled_from((0.5, 0.2, 0.8)), widths, widths).map(
        lambda x: ((x[0], x[1]), (1 - x[0], x[2]))
    )
    return st.builds(
        Layout,
        measure=widths,
        measures=(st.just(()) | parts) if changing else st.just(()),
        indent=st.sampled_from((2, 0, 1, "typed")),
        squeeze=st.booleans(),
        break_numbers=st.booleans(),
        stretch=st.sampled_from((0.0, 0.05, 0.2)) if loose else st.just(0.0),
        fullwidth=st.booleans(),
        columns=st.integers(1, columns),
        rows=st.sampled_from((0, 12, 60)),
        headings=st.sampled_from(("indented", "flush", "centred")),
        headline=st.sampled_from(("head", "end")),
        headline_measure=st.integers(max(low, 16), max(high, 16)).map(float),
        seed=st.integers(0, 99),
    )


def damages(
    *, kinds: Collection[str] = tuple(KINDS), most: int | None = None, full: bool = False
) -> st.SearchStrategy[tuple[Damage, ...]]:
    """Damages by name, each with its rate.

    Args:
        kinds: Which may be there; the names are in `govreport.testing.KINDS`.
        most: The greatest number of kinds; all where none is given.
        full: All of the kinds, each with its usual rate.

    >>> from govreport.strategies import smallest
    >>> [one.kind for one in smallest(damages(kinds=["columns"]), lambda some: len(some) > 0)]
    ['columns']
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise ValueError(f"no damage {unknown[0]!r}; there are {', '.join(KINDS)}")
    if full:
        return st.just(tuple(Damage(kind=kind, rate=KINDS[kind][0]) for kind in kinds))
    if not kinds:
        return st.just(())
    one = st.sampled_from(sorted(kinds, key=list(KINDS).index)).flatmap(
        lambda kind: st.sampled_from((KINDS[kind][0], _RATES.get(kind, 0.5), 1.0)).map(
            lambda rate: Damage(kind=kind, rate=rate)
        )
    )
    size = len(kinds) if most is None else most
    return st.lists(one, max_size=size, unique_by=lambda each: each.kind).map(tuple)


@st.composite
def pages(
    draw: st.DrawFn,
    *,
    reports: st.SearchStrategy[Copy] | None = None,
    layouts: st.SearchStrategy[Layout] | None = None,
    damages: st.SearchStrategy[tuple[Damage, ...]] | None = None,
    determined: bool = False,
) -> DamagedPage:
    """Pages as they come off the press and out of extraction, with the truth about them.

    Args:
        draw: Given by hypothesis.
        reports: What is set; `reports()` where nothing is given.
        layouts: How; `layouts()` where nothing is given.
        damages: What happens to it; `damages()` where nothing is given.
        determined: Only pages that leave no point open before they are damaged (see
            `govreport.testing.open_points`); lines that leave one get some characters more.

    >>> from govreport.strategies import smallest
    >>> from govreport.testing import read_markdown
    >>> one = st.just(read_markdown("修路架桥不停步。"))
    >>> page = smallest(pages(reports=one), lambda page: page.text.count("\\n") == 1)
    >>> page.text, page.truth.ends[0].kind
    ('修路架桥不停\\n步。', 'soft')
    """
    copy = draw(_usual()[0] if reports is None else reports)
    layout = draw(_usual()[1] if layouts is None else layouts)
    some = draw(_usual()[2] if damages is None else damages)
    seed = draw(st.integers(0, 999))
    if determined:
        copy = determine(copy, layout)
    page = set_page(copy, layout)
    if determined:
        assume(not open_points(page))
    return damage(page, *some, rng=Random(seed))  # noqa: S311 - repeats


@cache  # a strategy costs more to make than to draw from
def _usual() -> tuple[
    st.SearchStrategy[Copy], st.SearchStrategy[Layout], st.SearchStrategy[tuple[Damage, ...]]
]:
    """What `pages` draws from where it is not told; its arguments hide these functions' names."""
    return any_report(), layouts(), damages()
