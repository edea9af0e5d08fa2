"""Whether a parser gives the blocks of a page back, and in words what it made of the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Final

import attrs

from govreport.report import Report
from govreport.testing.folding import Block, read_blocks
from govreport.testing.fragments import DamagedPage
from govreport.testing.measures import compare

Parser = Callable[[str], "str | Report"]
_SHOWN: Final = 3  # places in a message
_WIDE: Final = 60  # characters of a block in a message


@attrs.frozen(slots=True, kw_only=True)
class Difference:
    """A place where blocks came back otherwise.

    Args:
        wanted: The blocks as they should be.
        got: What came instead.
        page: The lines of the page on which the wanted blocks stand.
    """

    wanted: tuple[Block, ...]
    got: tuple[Block, ...]
    page: tuple[str, ...] = ()


def markdown_of(parser: Parser, text: str) -> str:
    """What a parser makes of a text, as Markdown."""
    result = parser(text)
    return result.to_markdown() if isinstance(result, Report) else result


def differences(
    parser: Parser, page: DamagedPage, *, levels: bool = True
) -> tuple[Difference, ...]:
    """Where a parser gives other blocks than the page's; nothing where all come back.

    Args:
        parser: From the text of a page to Markdown, or to a report.
        page: The page and its truth.
        levels: Whether the depth of headings counts, or only that they are headings.

    >>> from govreport.testing import Layout, damage, read_markdown, set_page
    >>> from random import Random
    >>> copy = read_markdown("修路架桥不停步。\\n\\n好。\\n")
    >>> page = damage(set_page(copy, Layout(measure=8)), rng=Random(0))
    >>> found = differences(lambda text: text.replace("\\n", "\\n\\n"), page)
    >>> [block.text for block in found[0].got], found[0].page
    (['修路架桥不停', '步。'], ('修路架桥不停', '步。'))
    """
    return _differences(markdown_of(parser, page.text), page, levels=levels)


def _differences(markdown: str, page: DamagedPage, *, levels: bool) -> tuple[Difference, ...]:
    got = read_blocks(markdown)
    want = tuple(Block(level=b.level, text=b.text) for b in page.truth.copy.blocks)
    mine, true = ([_key(block, levels=levels) for block in blocks] for blocks in (got, want))
    front = len(page.truth.blocks) - len(want)
    return tuple(
        Difference(
            wanted=want[start:end],
            got=got[first:last],
            page=_where(page, range(front + start, front + end)),
        )
        for tag, start, end, first, last in SequenceMatcher(
            None, true, mine, autojunk=False
        ).get_opcodes()
        if tag != "equal"
    )


def assert_recovers(parser: Parser, page: DamagedPage, *, levels: bool = True) -> None:
    """Fail with the places of the page that a parser got wrong.

    Blanks and full-width digits make no difference; a number that the page lost is wanted as `□`.
    What the page does not show, such as bold type, is not asked for.

    Args:
        parser: From the text of a page to Markdown, or to a report.
        page: The page and its truth.
        levels: Whether the depth of headings counts, or only that they are headings.

    Raises:
        AssertionError: With each place, what stood there, what came and what should have come.

    >>> from govreport.testing import Layout, damage, read_markdown, set_page
    >>> from random import Random
    >>> copy = read_markdown("修路架桥不停步。\\n")
    >>> page = damage(set_page(copy, Layout(measure=8)), rng=Random(0))
    >>> assert_recovers(lambda text: text.replace("\\n", ""), page)
    >>> assert_recovers(lambda text: text.replace("\\n", "\\n\\n"), page)
    Traceback (most recent call last):
        ...
    AssertionError: 1 of 1 blocks did not come back: boundary 0.00, number 1.00, char 1.00
    on the page:
        修路架桥不停
        步。
    should be:
        ¶ 修路架桥不停步。
    came as:
        ¶ 修路架桥不停
        ¶ 步。
    """
    markdown = markdown_of(parser, page.text)
    found = _differences(markdown, page, levels=levels)
    if found:
        raise AssertionError(message(found, markdown, page))


def message(found: tuple[Difference, ...], markdown: str, page: DamagedPage) -> str:
    """The differences in words, the first few of them in full."""
    measured = compare(markdown, page).all()
    figures = ", ".join(f"{name} {measured[name]:.2f}" for name in ("boundary", "number", "char"))
    total = len(page.truth.copy.blocks)
    lost = sum(len(each.wanted) for each in found)
    extra = sum(len(each.got) for each in found if not each.wanted)
    head = f"{lost} of {total} blocks did not come back" + (f", {extra} too many" if extra else "")
    lines = [f"{head}: {figures}"]
    for each in found[:_SHOWN]:
        lines += ["on the page:", *(f"    {line}" for line in each.page or ("(nothing)",))]
        lines += ["should be:", *_shown(each.wanted), "came as:", *_shown(each.got)]
    if len(found) > _SHOWN:
        lines.append(f"and {len(found) - _SHOWN} more places")
    return "\n".join(lines)


def _key(block: Block, *, levels: bool) -> tuple[int, str]:
    text = "".join(unicodedata.normalize("NFKC", block.text).split())
    return block.level if levels else min(block.level, 1), text


def _shown(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        text, mark = block.text, "#" * block.level or "¶"
        if len(text) > _WIDE:
            text = f"{text[: _WIDE // 2]} … {text[-_WIDE // 2 :]}"
        yield f"    {mark} {text}"
    if not blocks:
        yield "    (nothing)"


def _where(page: DamagedPage, blocks: range) -> tuple[str, ...]:
    """The lines of the damaged text that hold characters of these blocks."""
    out, at = [], 0
    for line in page.text.split("\n"):
        origins = page.truth.origins[at : at + len(line)]
        if any(origin is not None and origin[0] in blocks for origin in origins):
            out.append(line)
        at += len(line) + 1
    return tuple(out)
