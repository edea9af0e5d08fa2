"""A heading as the ladder sees it."""

from __future__ import annotations

from typing import Final

import attrs

from govreport.headings import series_key
from govreport.numbering import STYLES, Numbering

__all__ = ["TOP", "Rung"]

#: The rank of a heading without a number that stands above every label.
TOP: Final = 0.0


@attrs.frozen
class Rung:
    """A heading as the ladder sees it.

    Args:
        key: Its series; none for a heading without a number.
        value: Its number.
        base: The usual place of its style in the ladder.
        words: A heading's text that has no number.
        blocks: How many blocks stand between it and the next heading.
    """

    key: str | None = None
    value: int | None = None
    base: float = TOP
    words: str = ""
    blocks: int = 0

    @classmethod
    def of(cls, label: Numbering | None, words: str = "", blocks: int = 0) -> Rung:
        """The rung of a heading.

        Args:
            label: Its label, if it has one.
            words: Its text.
            blocks: How many blocks stand between it and the next heading.
        """
        if label is None:
            return cls(words=words, blocks=blocks)
        base = STYLES[label.style].rank + 0.1 * len(label.path)
        key = label.style if not label.path else series_key(label)
        return cls(key, label.value, base, blocks=blocks)
