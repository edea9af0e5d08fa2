"""What each block is: heading, paragraph, item, salutation, closing formula, note, contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs
import regex

from govreport.breaks import TextBlock
from govreport.numbering import Numbering
from govreport.typography import TERMINAL

__all__ = ["CUES", "Cued", "Role", "RoledBlock", "roles"]

Role = Literal["heading", "paragraph", "item", "salutation", "closing", "note", "contents"]


@attrs.frozen(kw_only=True)
class Cued:
    """The words by which blocks of a fixed form are known; a profile may bring its own.

    Args:
        salutation: Whole blocks that speak to those present.
        closing: Whole blocks that close a speech.
        notes: Headings under which explanations stand.
        contents: Headings under which a table of contents stands.
    """

    salutation: regex.Pattern[str]
    closing: regex.Pattern[str]
    notes: regex.Pattern[str]
    contents: regex.Pattern[str]


CUES: Final = Cued(
    salutation=regex.compile(
        r"""
        (?: (?:各位|诸位|諸位|尊敬的) [\p{Han}、，（）]{1,24}
          | [\p{Han}]{0,4} (?:同志|代表|委员|委員|朋友|议员|議員)们?
        )
        (?: [、，] \p{Han}{2,8} ){0,4} [：:！!]
        """,
        regex.VERBOSE,
    ),
    closing=regex.compile(
        r"(?:谢谢|謝謝)(?:大家|各位\p{Han}{0,6})?[！!。]?|(?:以上报告|特此报告)[^。]{0,20}[。！]|此致|敬礼！?"
    ),
    notes=regex.compile(
        r"(?:附[件录：:]?)?(?:《[^》]{2,20}》)?(?:有关|部分|相关)?(?:内容|用语|词语|名词|术语|指标)*"
        r"(?:名词|注释|注解|解释|说明|註釋)+"
    ),
    contents=regex.compile(r"目[\s　]*[录錄次]"),
)

#: Leaders and a page number at the end of a line of a table of contents.
_ENTRY: Final = regex.compile(r".{1,40}?(?:[.．·…—\s]{2,}|\s*[（(])\d{1,3}[）)]?")


@attrs.frozen(kw_only=True)
class RoledBlock:
    """A block and what it is.

    Args:
        role: What it is.
        block: The block.
        label: Its label, where it counts as one; none for a sentence that only begins like one.
        probability: That the role is right.
    """

    role: Role
    block: TextBlock
    label: Numbering | None = None
    probability: float = 1.0


def roles(blocks: Sequence[TextBlock], cues: Cued = CUES) -> tuple[RoledBlock, ...]:
    """Give each block its role.

    Args:
        blocks: In reading order.
        cues: The words that fixed forms are known by.
    """
    return tuple(_roles(blocks, cues))


def _roles(blocks: Sequence[TextBlock], cues: Cued) -> Iterator[RoledBlock]:
    inside: Role | None = None
    for block in blocks:
        text = block.text.text
        role = _role(block, text, cues)
        if role == "heading":
            if cues.contents.fullmatch(text):
                inside = "contents"
                yield RoledBlock(role="contents", block=block, probability=block.heading)
                continue
            inside = "note" if cues.notes.fullmatch(text) else None
        elif inside == "note" and role in ("paragraph", "item"):
            role = "note"
        if inside == "contents":
            if _ENTRY.fullmatch(text):
                yield RoledBlock(role="contents", block=block, probability=0.9)
                continue
            inside = None
        sure = block.heading if role == "heading" else 1.0 - block.heading
        yield RoledBlock(role=role, block=block, label=block.label, probability=sure)


def _role(block: TextBlock, text: str, cues: Cued) -> Role:
    if len(text) <= 60 and text[-1] in "：:！!。" or len(text) <= 4:
        if cues.salutation.fullmatch(text):
            return "salutation"
        if cues.closing.fullmatch(text):
            return "closing"
    if _is_heading(block, text):
        return "heading"
    if block.label is not None and block.label.kind == "item":
        return "item"
    return "paragraph"


def _is_heading(block: TextBlock, text: str) -> bool:
    """A heading by the inference; a block of several sentences never is one."""
    if block.heading < 0.5:
        return False
    return not any(mark in text[:-1] for mark in TERMINAL & frozenset("。！？"))
