"""Hypothesis strategies: reports, the pages that they are set on, and what happens to the pages.

For whoever tests a parser, ours or another. Everything shrinks to a few lines, and comes with its
truth (`govreport.testing`). Needs the extra `hypothesis`.

>>> from hypothesis import given, settings
>>> from govreport.testing import score
>>> @settings(max_examples=5)
... @given(pages())
... def test_the_truth_has_no_faults(page):
...     assert score(page.truth.markdown, page)["boundary"] == 1
>>> test_the_truth_has_no_faults()
"""

from govreport.errors import MissingExtra

try:
    from govreport.strategies.copies import LADDERS, headings, ladders, paragraphs, reports, trees
    from govreport.strategies.pages import damages, layouts, pages
    from govreport.strategies.smallest import smallest
    from govreport.strategies.words import labels, numerals, sentences
except ModuleNotFoundError as error:
    if (error.name or "").split(".")[0] != "hypothesis":
        raise
    raise MissingExtra("govreport.strategies", "hypothesis") from error

__all__ = [
    "LADDERS",
    "damages",
    "headings",
    "labels",
    "ladders",
    "layouts",
    "numerals",
    "pages",
    "paragraphs",
    "reports",
    "sentences",
    "smallest",
    "trees",
]
