"""The outline: a table of cases, and what holds for any hierarchy.

A case is ``=== name``, the blocks, and behind ``---`` the tree. A block is a line; before it stands
how likely the inference takes it for a heading: ``#`` for sure, ``?`` a little less than even, or a
number; nothing for a paragraph. ``@`` is a paragraph of prose. In the tree, two blanks are a level;
``§`` is a section, and other blocks are called by their class.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import attrs
import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from govreport.breaks import TextBlock
from govreport.hints import HeadingHint
from govreport.inline import inlined
from govreport.ladder import ranks
from govreport.nodes import Block, Contents, Item, Note, Paragraph, Section
from govreport.numbering import STYLES, read, write
from govreport.outline import outline
from govreport.pipeline import parse
from govreport.profile import GAZETTE
from govreport.roles import roles
from govreport.rungs import Rung
from govreport.source import Traced
from govreport.testing import Copy, CopyBlock, Layout, damage, determine, open_points, set_page
from work import grows

CASES = Path(__file__).parent / "cases" / "outline"
PROSE = "茶山添了新苗，渔港换了新船，集市从早开到晚，孩子们上学的路近了半里，老人们看病少跑两趟。河水清了，灯火亮了。"
CHANCES = {"#": 0.97, "?": 0.4, "": 0.02}
LINE = regex.compile(r"(?:(?P<mark>[#?]|0\.\d+) )?(?P<text>.+)")


def text_blocks(lines: Sequence[str]) -> tuple[list[TextBlock], str]:
    """The blocks of a case, as the inference would give them, and their source."""
    blocks, texts, at = [], [], 0
    for line in lines:
        found = LINE.fullmatch(line)
        assert found is not None
        mark, text = found["mark"] or "", found["text"].replace("@", PROSE)
        blocks.append(
            TextBlock(
                text=Traced(text, at),
                heading=CHANCES[mark] if mark in CHANCES else float(mark),
                label=read(text),
            )
        )
        texts.append(text + "\n")
        at += len(text) + 1
    return blocks, "".join(texts)


def body(lines: Sequence[str]) -> tuple[Block, ...]:
    """The body that becomes of a case's lines."""
    blocks, source = text_blocks(lines)
    found = roles(blocks)
    return outline(found, inlined(found, source), source)


def drawn(blocks: Sequence[Block], depth: int = 0) -> Iterator[str]:
    """The tree as cases draw it."""
    for block in blocks:
        line = "  " * depth
        match block:
            case Section():
                yield line + "§ " + block.title
                yield from drawn(block.children, depth + 1)
            case Contents():
                yield line + "Contents " + " | ".join(entry.text for entry in block.entries)
            case Item(marker=label) | Note(marker=label) | Paragraph(label=label) if label:
                rest = block.plain[len(label.text) :].replace(PROSE, "@")
                yield f"{line}{type(block).__name__} {label.text} | {rest}"
            case _:
                yield f"{line}{type(block).__name__} {block.plain.replace(PROSE, '@')}"


@attrs.frozen
class Case:
    """Blocks and the tree they make."""

    name: str
    lines: tuple[str, ...]
    tree: tuple[str, ...]


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        for block in path.read_text("utf-8").split("=== ")[1:]:
            name, _, rest = block.partition("\n")
            lines, _, tree = rest.partition("---\n")
            yield Case(
                f"{path.stem}: {name}",
                tuple(line for line in lines.split("\n") if line),
                tuple(line for line in tree.split("\n") if line),
            )


@pytest.mark.parametrize("case", tuple(cases()), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert tuple(drawn(body(case.lines))) == case.tree


#: The ladder test of the neighbours: styles in the order of official documents, one under another.
LADDER = (
    "第一编",
    "第一部分",
    "第一章",
    "第一节",
    "第十二条",
    "一、",
    "（一）",
    "1.",
    "（1）",
    "①",
)


def test_the_whole_ladder_nests() -> None:
    tree = body([f"# {label} 修路" for label in LADDER])
    found = [section.level for top in tree for section in top.find(Section)]
    assert found == list(range(1, len(LADDER) + 1))


# ---- levels that the caller knows


HINTED = """一、修路
石子从河里来，沙子从岸上来，先堆在村口的老树下，等天晴了再铺。
二、架桥
木头从山里来，绳子从镇上来，桥面要铺两层板，栏杆要装到齐腰高。
养护
板子松了要钉紧，绳子旧了要换新，每年开春看一遍，入冬再看一遍。
（一）备料
钉子从镇上来，锤子从家里来，木板要刨平，绳子要搓紧，样样备齐。
三、植树
树苗从山里来，水从河里来，坑要挖得深，土要踩得实，一棵也不能少。
"""


@pytest.mark.parametrize(
    ("hint", "levels"),
    [
        ((), [1, 1, 2, 1]),
        ((HeadingHint(5, 1),), [1, 1, 1, 2, 1]),
        ((HeadingHint(5, 2),), [1, 1, 2, 3, 1]),
        ((HeadingHint(5, 5),), [1, 1, 2, 3, 1]),
        ((HeadingHint(7, 1),), [1, 1, 1, 1]),
        ((HeadingHint(5, 1), HeadingHint(7, 1)), [1, 1, 1, 1, 1]),
        ((HeadingHint(3, 2), HeadingHint(9, 2)), [1, 2, 3, 2]),
        ((HeadingHint(5),), [1, 1, 2, 3, 1]),
        ((HeadingHint(5, 0),), [1, 1, 1, 2, 1]),
    ],
)
def test_a_hint_gives_a_heading_its_level(hint: tuple[HeadingHint, ...], levels: list[int]) -> None:
    found = [section.level for section in parse(HINTED, hints=hint).find(Section)]
    assert found == levels


def test_a_profile_knows_the_ladder() -> None:
    page = [
        line
        for head in ("（一）总说", "一、修路", "二、架桥", "（二）余话")
        for line in (head, PROSE)
    ]
    plain = parse("\n".join(page))
    known = parse("\n".join(page), profile=GAZETTE)
    assert [s.level for s in plain.find(Section)] == [1, 2, 2, 1]
    assert [s.level for s in known.find(Section)] == [1, 1, 1, 2]


# ---- any hierarchy


@attrs.frozen
class Tree:
    """Headings below each other; ``style`` is that of the children."""

    style: str
    children: tuple[Tree, ...]


NESTABLE = [
    name
    for name in ("part", "chapter", "section", "han-comma", "han-paren", "digit-dot", "digit-paren")
    if STYLES[name].kind == "heading"
]


@st.composite
def hierarchies(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Headings and their levels: each rung numbered from one under each parent, in any order."""
    styles = draw(st.lists(st.sampled_from(NESTABLE), min_size=1, max_size=4, unique=True))
    if draw(st.booleans()):
        styles.sort(key=lambda name: STYLES[name].rank)
    shape = draw(st.lists(st.integers(2, 3), min_size=len(styles), max_size=len(styles)))
    out: list[tuple[int, str]] = []

    def grow(level: int) -> None:
        for value in range(1, shape[level] + 1):
            out.append((level + 1, write(styles[level], value) + "修路"))
            if level + 1 < len(styles):
                grow(level + 1)

    grow(0)
    return out


@given(hierarchies())
def test_hierarchies_come_back(heads: list[tuple[int, str]]) -> None:
    tree = body([f"# {text}" for _, text in heads])
    found = [(s.level, s.title) for top in tree for s in top.find(Section)]
    assert found == heads


@st.composite
def set_hierarchies(draw: st.DrawFn) -> tuple[list[tuple[int, str]], str]:
    """A hierarchy with paragraphs under its headings, set by any layout and damaged."""
    heads = draw(hierarchies())
    blocks = []
    for level, text in heads:
        blocks.append(CopyBlock(kind="heading", text=text, level=level))
        for _ in range(draw(st.integers(1, 2))):
            prose = PROSE + "全年修路架桥" + "又" * draw(st.integers(0, 30)) + "添新绿。"
            blocks.append(CopyBlock(kind="paragraph", text=prose))
    layout = Layout(
        measure=draw(st.integers(12, 40)),
        indent=draw(st.sampled_from((2, "typed"))),
        squeeze=draw(st.booleans()),
        headings=draw(st.sampled_from(("indented", "flush", "centred"))),
    )
    page = set_page(determine(Copy(blocks=tuple(blocks)), layout), layout)
    assume(not open_points(page))
    kinds = draw(st.sets(st.sampled_from(HARMLESS)))
    return heads, damage(page, *sorted(kinds), rng=Random(draw(st.integers(0, 999)))).text


#: Damage that leaves every line whole.
HARMLESS = (
    "blank-lines", "random-blank-lines", "blanks-after-marks", "letter-spacing", "radicals", "furniture"
)  # fmt: skip


@given(set_hierarchies())
def test_hierarchies_come_back_from_pages(pair: tuple[list[tuple[int, str]], str]) -> None:
    heads, page = pair
    found = [(section.level, section.title) for section in parse(page).find(Section)]
    assert found == heads


PIECES = st.sampled_from(
    ["一、", "二、", "（一）", "（二）", "1.", "2.", "（1）", "第一章 ", "第二章 ", "①", "1.1 ", "一是", "——",
     "修路", "架桥", "各位代表！", "目录", "名词解释", "……3", "。", "，", "：", "2031年", "@", "12所", "□", "[1]"]
)  # fmt: skip
LINES = st.lists(
    st.tuples(
        st.sampled_from(["# ", "? ", "0.6 ", ""]),
        st.lists(PIECES, min_size=1, max_size=5).map("".join),
    ).map("".join),
    max_size=25,
)


@given(LINES)
def test_lossless_and_in_order(lines: list[str]) -> None:
    """Every character is in one leaf, at its place: no heading swallows text."""
    blocks, source = text_blocks(lines)
    leaves = [leaf for top in body(lines) for leaf in top.leaves()]
    want = "".join("".join(block.text.text.split()) for block in blocks)
    assert "".join("".join(leaf.text.split()) for leaf in leaves) == want
    for leaf in leaves:
        assert "".join("".join(span.of(source).split()) for span in leaf.spans) == "".join(
            leaf.text.split()
        )


@given(LINES)
def test_levels_go_down_one_at_a_time(lines: list[str]) -> None:
    for top in body(lines):
        assert not isinstance(top, Section) or top.level == 1
        for section in top.find(Section):
            for child in section.children:
                assert not isinstance(child, Section) or child.level == section.level + 1


@given(LINES)
def test_every_block_is_under_one_parent(lines: list[str]) -> None:
    blocks, source = text_blocks(lines)
    found = roles(blocks)
    tree = outline(found, inlined(found, source), source)
    leaves = [n for top in tree for n in top.walk() if isinstance(n, Section | Contents)]
    heads = sum(roled.role == "heading" for roled in found)
    rest = sum(roled.role not in ("heading", "contents") for roled in found)
    count = sum(type(n).__name__ in KINDS for top in tree for n in top.walk())
    assert count == rest
    assert sum(isinstance(n, Section) and n.heading is not None for n in leaves) == heads


KINDS = {"Paragraph", "Item", "Salutation", "Closing", "Note"}


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c", None]), st.integers(1, 4)), max_size=30))
def test_ranks_are_total(rows: list[tuple[str | None, int]]) -> None:
    rungs = [Rung(key, value if key else None, 10.0 if key else 0.0) for key, value in rows]
    assert len(ranks(rungs)) == len(rungs)


def test_a_heading_may_be_long() -> None:
    title = "修路架桥清淤植树造林城乡水渠" * 5
    (section,) = body([f"# {title}", "@"])
    assert isinstance(section, Section)
    assert section.title == title


def test_deep_nesting_is_bounded() -> None:
    lines = [f"# {write(name, 1)} 修路" for name in STYLES if STYLES[name].kind == "heading"]
    levels = [s.level for top in body(lines) for s in top.find(Section)]
    assert max(levels) <= 12


@pytest.mark.parametrize(
    "lines",
    [
        ["# 一、修路", "# （一）备料", "@", "# 架桥"] * 2_000,
        [f"# {n % 900 + 1}．备料" for n in range(8_000)],
        ["架桥。石子从河里来，沙子从岸上来。"] * 8_000,
    ],
    ids=["ladder", "one series", "openings"],
)
def test_blocks_cost_what_they_are_many(lines: list[str]) -> None:
    assert grows(lambda count: body(lines[:count]), 2_000, 8_000) < 1.3
