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
from govreport.testing.fragments import DamagedPage, LineEnd, LostNumber, Truth

__all__ = [
    "KINDS",
    "Copy",
    "CopyBlock",
    "Damage",
    "DamagedPage",
    "Layout",
    "LineEnd",
    "LostNumber",
    "Page",
    "SetLine",
    "Truth",
    "damage",
    "front_blocks",
    "read_markdown",
    "set_page",
    "units",
    "write_markdown",
]
