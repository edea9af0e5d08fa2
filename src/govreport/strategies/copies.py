"""Reports before they are set: headings, paragraphs, whole copies with any hierarchy, and trees."""

from __future__ import annotations

from functools import cache
from typing import Final

import attrs
from hypothesis import strategies as st

from govreport.numbering import STYLES, write
from govreport.report import Report
from govreport.strategies.words import sentences, titles
from govreport.testing import Copy, CopyBlock, as_report

#: Hierarchies in use: the styles of labels from the top down; an empty name for headings without.
LADDERS: Final[tuple[tuple[str, ...], ...]] = (
    ("han-comma", "han-paren", "digit-dot"),
    ("chapter", "section", "han-comma", "han-paren"),
    ("part", "han-comma", "han-paren"),
    ("volume", "chapter", "section"),
    ("formal-comma", "han-comma", "han-paren"),
    ("digit-comma", "digit-paren", "circled"),
    ("stem-comma", "han-comma", "stem-paren"),
    ("", "han-comma", "han-paren"),
)
#: Styles whose labels stand apart from the words.
_APART: Final = frozenset({"volume", "part", "chapter", "section"})
_NEVER: Final = frozenset({"decimal", "article", "han-half-paren", "digit-half-paren"})
_DEEPEST: Final = 4
_ITEMS: Final = 3
_MOST: Final = 9
#: Made once: a strategy costs more to make than to draw from.
_UP_TO: Final = {
    (low, high): st.integers(low, high) for low in (0, 1) for high in range(1, _MOST + 1)
}

_PLACES: Final = ("云岫", "临澜", "松渡", "鹭汀")
_NAMES: Final = ("苏砚秋", "麦星野", "温如简", "岑未眠")
_OFFICES: Final = (("人民政府", "市长"), ("中级人民法院", "院长"), ("人民检察院", "检察长"))
_SALUTATIONS: Final = ("各位代表：", "各位委员：", "主席团，各位代表：")


def ladders(*, depth: int = _DEEPEST, labelled: bool = True) -> st.SearchStrategy[tuple[str, ...]]:
    """Hierarchies: those in use, and any other in the order of the styles' ranks.

    Args:
        depth: The greatest number of levels.
        labelled: Whether all headings have a label; a page does not show which others are
            headings, and on what level.

    >>> from govreport.strategies import smallest
    >>> smallest(ladders(), lambda ladder: "circled" in ladder and len(ladder) == 1)
    ('circled',)
    """
    return _ladders(depth, labelled)


@cache
def _ladders(depth: int, labelled: bool) -> st.SearchStrategy[tuple[str, ...]]:
    known = [one[:depth] for one in LADDERS if not labelled or all(one)]
    styles = [
        one.name for one in STYLES.values() if one.kind == "heading" and one.name not in _NEVER
    ]
    free = st.lists(
        st.sampled_from(styles), max_size=depth, unique_by=lambda name: STYLES[name].rank
    ).map(lambda names: tuple(sorted(names, key=lambda name: STYLES[name].rank)))
    return st.sampled_from(known) | free


def headings(
    *, style: str = "han-comma", number: int = 1, level: int = 1
) -> st.SearchStrategy[CopyBlock]:
    """Headings with a label of a style, or with none where the name is empty.

    >>> from govreport.strategies import smallest
    >>> smallest(headings(style="chapter", number=2)).text
    '第二章\\u3000回顾'
    """
    return _headings(style, number, level)


@cache
def _headings(style: str, number: int, level: int) -> st.SearchStrategy[CopyBlock]:
    blank = "\u3000" if style in _APART else ""
    label = write(style, number) + blank if style else ""
    return titles().map(lambda words: CopyBlock(kind="heading", level=level, text=label + words))


def paragraphs(
    *, figures: bool = True, leads: bool = True, most: int = 4
) -> st.SearchStrategy[CopyBlock]:
    """Paragraphs, and items of enumerations (一是, ——).

    Args:
        figures: Whether there are figures in them.
        leads: Whether some open with a run-in heading.
        most: The greatest number of sentences.

    >>> from govreport.strategies import smallest
    >>> smallest(paragraphs()).text
    '修路。'
    """
    return _paragraphs(figures, leads, most)


@cache  # a strategy costs more to make than to draw from
def _paragraphs(figures: bool, leads: bool, most: int) -> st.SearchStrategy[CopyBlock]:
    text = st.lists(sentences(figures=figures), min_size=1, max_size=most).map("".join)
    plain = st.builds(lambda words: CopyBlock(kind="paragraph", text=words), text)
    dashed = text.map(lambda words: CopyBlock(kind="item", text="——" + words))
    if not leads:
        return plain | dashed
    led = st.builds(
        lambda lead, words: CopyBlock(kind="paragraph", text=f"{lead}。{words}", lead=lead),
        titles(),
        text,
    )
    return plain | dashed | led


@cache
def _series(figures: bool) -> st.SearchStrategy[list[CopyBlock]]:
    """Items in a row: 一是, 二是."""
    return st.lists(sentences(figures=figures), min_size=2, max_size=_ITEMS).map(
        lambda texts: [
            CopyBlock(kind="item", text=write("is", n) + text) for n, text in enumerate(texts, 1)
        ]
    )


@cache
def _fronts() -> st.SearchStrategy[tuple[tuple[str, str], ...]]:
    """Front matter: none, or a title at least."""

    def front(
        place: str, office: tuple[str, str], name: str, day: int, parts: frozenset[str]
    ) -> tuple[tuple[str, str], ...]:
        pairs = (
            ("title", f"{place}市{office[0]}工作报告"),
            ("subtitle", f"在{place}市第六届人民代表大会第三次会议上"),
            ("office", f"{place}市{office[0]}{office[1]}"),
            ("author", name),
            ("date", f"2033-01-{day:02}"),
        )
        return tuple(pair for pair in pairs if pair[0] == "title" or pair[0] in parts)

    some = st.sampled_from(
        [(), ("author",), ("subtitle", "author"), ("subtitle", "office", "author", "date")]
    )
    return st.just(()) | st.builds(
        front,
        st.sampled_from(_PLACES),
        st.sampled_from(_OFFICES),
        st.sampled_from(_NAMES),
        st.integers(1, 28),
        some.map(frozenset),
    )


@attrs.frozen(slots=True, kw_only=True)
class _Wish:
    """What a report may hold."""

    ladder: tuple[str, ...]
    figures: bool
    leads: bool
    sections: int


def _texts(draw: st.DrawFn, wish: _Wish, least: int) -> list[CopyBlock]:
    out: list[CopyBlock] = []
    for _ in range(draw(_UP_TO[least, 2])):
        if draw(_UP_TO[0, 9]) < 9:
            out.append(draw(paragraphs(figures=wish.figures, leads=wish.leads)))
        else:
            out += draw(_series(wish.figures))
    return out


def _sections(draw: st.DrawFn, wish: _Wish, depth: int) -> list[CopyBlock]:
    """The sections below one heading: none, or at least two, as documents have them."""
    if depth >= len(wish.ladder):
        return []
    out: list[CopyBlock] = []
    # fewer below: a report with all it may have would hold a hundred blocks
    count = draw(_UP_TO[0, wish.sections if not depth else min(2, wish.sections)])
    for number in range(1, (count if count > 1 or not depth else 0) + 1):
        out.append(draw(headings(style=wish.ladder[depth], number=number, level=depth + 1)))
        below = _sections(draw, wish, depth + 1)
        out += _texts(draw, wish, 0 if below else 1) + below
    return out


@st.composite
def reports(
    draw: st.DrawFn,
    *,
    ladder: st.SearchStrategy[tuple[str, ...]] | None = None,
    front: bool = True,
    figures: bool = True,
    leads: bool = True,
    sections: int = 3,
) -> Copy:
    """Reports as copy: front matter, salutation, sections with any hierarchy, items, figures.

    Args:
        draw: Given by hypothesis.
        ladder: The hierarchies, labels from the top down; `ladders()` where none is given.
        front: Whether there may be a headline block.
        figures: Whether there are figures.
        leads: Whether some paragraphs open with a run-in heading.
        sections: The greatest number of sections side by side at the top, 9 at most; deeper down two.

    >>> from govreport.strategies import smallest
    >>> smallest(reports(front=False, sections=1)).blocks[0].text
    '修路。'
    """
    if not 1 <= sections <= _MOST:
        raise ValueError(f"sections must be from 1 to {_MOST}: {sections}")
    wish = _Wish(
        ladder=draw(_ladders(_DEEPEST, True) if ladder is None else ladder),
        figures=figures,
        leads=leads,
        sections=sections,
    )
    head = draw(_fronts()) if front else ()
    blocks: list[CopyBlock] = []
    if draw(st.booleans()):
        blocks.append(CopyBlock(kind="salutation", text=draw(st.sampled_from(_SALUTATIONS))))
    blocks += _texts(draw, wish, 1)
    blocks += _sections(draw, wish, 0)
    return Copy(front=head, blocks=tuple(blocks))


def trees(*, copies: st.SearchStrategy[Copy] | None = None) -> st.SearchStrategy[Report]:
    """Trees as a perfect reader gives them of clean reports, every span true.

    Args:
        copies: The reports; `reports()` where none are given.

    >>> from govreport.strategies import smallest
    >>> smallest(trees(copies=reports(front=False, sections=1))).to_text()
    '修路。\\n'
    """
    return (reports() if copies is None else copies).map(as_report)
