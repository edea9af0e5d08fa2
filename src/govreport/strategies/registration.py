"""Called by hypothesis, through its entry point: `st.from_type` knows our types.

The strategies are made when they are asked for.
"""

from __future__ import annotations

from hypothesis import strategies as st

from govreport.nodes import Front, Section
from govreport.report import Report
from govreport.testing import Copy, CopyBlock, Damage, DamagedPage, Layout


def setup() -> None:
    """Register strategies for the types of `govreport.testing` and for trees."""
    from govreport import strategies  # noqa: PLC0415 - this package's own front door

    st.register_type_strategy(Copy, lambda _: strategies.reports())
    st.register_type_strategy(CopyBlock, lambda _: strategies.paragraphs())
    st.register_type_strategy(Layout, lambda _: strategies.layouts())
    st.register_type_strategy(
        Damage, lambda _: strategies.damages().filter(bool).map(lambda some: some[0])
    )
    st.register_type_strategy(DamagedPage, lambda _: strategies.pages())
    st.register_type_strategy(Report, lambda _: strategies.trees())
    st.register_type_strategy(
        Section,
        lambda _: (
            strategies.trees()
            .map(lambda report: tuple(report.sections()))
            .filter(bool)
            .map(lambda found: found[0])
        ),
    )
    st.register_type_strategy(Front, lambda _: strategies.trees().map(lambda report: report.front))
