"""The styles of labels, and where each usually stands in the ladder: a table of `numbering`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import attrs

__all__ = ["STYLES", "Style"]


@attrs.frozen(slots=True, kw_only=True)
class Style:
    """How one kind of label is built and where it usually stands in the ladder."""

    name: str
    kind: Literal["heading", "item"]
    """Whether it opens a heading, or an item of an enumeration in the text."""
    family: str
    """Styles of one family are variants of print at the same level: 1. and 1、, （一） and 一）."""
    rank: int
    """Usual place in the ladder, smaller is higher; documents may use another order."""
    numeral: str
    """The name of its numerals for `write_numeral`."""
    before: str
    after: str
    limit: int
    """The greatest value; 0 where the label has none."""


_ROWS: tuple[tuple[str, Literal["heading", "item"], str, int, str, str, str, int], ...] = (
    ("volume", "heading", "volume", 10, "han", "第", "编", 999),
    ("part", "heading", "part", 20, "han", "第", "部分", 999),
    ("chapter", "heading", "chapter", 30, "han", "第", "章", 999),
    ("section", "heading", "section", 40, "han", "第", "节", 999),
    ("article", "heading", "article", 50, "han", "第", "条", 9999),
    ("formal-comma", "heading", "formal-comma", 60, "formal", "", "、", 99),
    ("roman-comma", "heading", "roman-comma", 60, "roman", "", "、", 12),
    ("han-comma", "heading", "han-comma", 70, "han", "", "、", 999),
    ("matter", "heading", "matter", 75, "han", "第", "件事：", 99),
    ("han-paren", "heading", "han-paren", 80, "han", "（", "）", 999),
    ("han-half-paren", "heading", "han-paren", 80, "han", "", "）", 999),
    ("digit-dot", "heading", "digit", 90, "digit", "", ".", 199),
    ("digit-comma", "heading", "digit", 90, "digit", "", "、", 199),
    ("decimal", "heading", "decimal", 90, "digit", "", "", 199),
    ("digit-paren", "heading", "digit-paren", 100, "digit", "（", "）", 199),
    ("digit-half-paren", "heading", "digit-paren", 105, "digit", "", "）", 199),
    ("circled", "heading", "circled", 110, "circled", "", "", 50),
    ("stem-comma", "heading", "stem-comma", 120, "stem", "", "、", 10),
    ("stem-paren", "heading", "stem-paren", 130, "stem", "（", "）", 10),
    ("box", "heading", "box", 140, "han", "专栏", "", 99),
    ("ordinal", "item", "ordinal", 200, "han", "第", "，", 99),
    ("its", "item", "ordinal", 200, "han", "其", "，", 99),
    ("is", "item", "is", 210, "han", "", "是", 20),
    ("must", "item", "is", 210, "han", "", "要", 20),
    ("dash", "item", "dash", 220, "", "——", "", 0),
    ("bullet", "item", "bullet", 230, "", "•", "", 0),
)
STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        name: Style(
            name=name, kind=kind, family=family, rank=rank,
            numeral=numeral, before=before, after=after, limit=limit,
        )
        for name, kind, family, rank, numeral, before, after, limit in _ROWS
    }
)  # fmt: skip
"""All styles by name. Ranks follow 编, 部分, 章, 节, 条, then 一、 （一） 1. （1） ① (GB/T 9704-2012
§7.3.3); 壹、 stands above 一、 and 甲、 below (1), as in documents from Taiwan and Hong Kong. 专栏1, the boxes of
plans, run through the document and stand below whatever they are set in."""
