r"""A testing kit: set a report in columns, damage the page, and know the truth about it.

>>> from random import Random
>>> copy = read_markdown("# 一、回顾\n\n全年新建桥梁7座，改造道路12条，百姓出行更加便捷。\n")
>>> page = set_page(copy, Layout(measure=11))
>>> print(damage(page, "torn-numbers", rng=Random(0)).text)
一、回顾
全年新建桥梁
7
座，
改造道路
12
条，百姓出行
更加便捷。
"""

from govreport.testing.compositor import Layout, Page, SetLine, set_page, units
from govreport.testing.copy import (
    Copy,
    CopyBlock,
    front_blocks,
    read_markdown,
    write_markdown,
)
from govreport.testing.damage import KINDS, Damage, damage
from govreport.testing.determined import OpenPoint, determine, is_determined, open_points
from govreport.testing.folding import Block, Gold, gold_of
from govreport.testing.fragments import DamagedPage, LineEnd, LostNumber, Truth
from govreport.testing.measures import (
    Comparison,
    Rate,
    boundary,
    char,
    compare,
    gap,
    heading,
    lead,
    number,
    parent,
    score,
)
from govreport.testing.recovery import Difference, Parser, assert_recovers, differences
from govreport.testing.tree import as_report

__all__ = [
    "KINDS",
    "Block",
    "Comparison",
    "Copy",
    "CopyBlock",
    "Damage",
    "DamagedPage",
    "Difference",
    "Gold",
    "Layout",
    "LineEnd",
    "LostNumber",
    "OpenPoint",
    "Page",
    "Parser",
    "Rate",
    "SetLine",
    "Truth",
    "as_report",
    "assert_recovers",
    "boundary",
    "char",
    "compare",
    "damage",
    "determine",
    "differences",
    "front_blocks",
    "gap",
    "gold_of",
    "heading",
    "is_determined",
    "lead",
    "number",
    "open_points",
    "parent",
    "read_markdown",
    "score",
    "set_page",
    "units",
    "write_markdown",
]
