"""Quotations and titles inside a paragraph, by the marks around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from govreport.formats.markup import Child, El, el

__all__ = ["marked"]

#: Opening marks, their closing marks and what TEI calls what stands between them.
_PAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "“": ("”", "quote"),
    "‘": ("’", "quote"),
    "「": ("」", "quote"),
    "『": ("』", "quote"),
    "《": ("》", "title"),
    "〈": ("〉", "title"),
}
_CLOSING: Final = frozenset(closing for closing, _ in _PAIRS.values())
_MARK: Final = re.compile("([" + "".join([*_PAIRS, *sorted(_CLOSING)]) + "])")


@attrs.define
class _Open:
    """What stands behind an opening mark that waits for its closing one."""

    mark: str
    inside: list[Child]


def marked(children: Iterable[Child]) -> list[Child]:
    """Texts and elements with what stands between quotation or title marks made elements.

    The marks stay, inside. A mark without its partner is text.

    >>> from govreport.formats.markup import serialize
    >>> print("".join(serialize(el("p", None, *marked(["推进“放管服", el("num"), "”改革，"])))), end="")
    <p>推进<quote>“放管服<num/>”</quote>改革，</p>
    """
    stack = [_Open("", [])]
    for child in children:
        if isinstance(child, El):
            stack[-1].inside.append(child)
            continue
        for part in _MARK.split(child):
            if part in _PAIRS:
                stack.append(_Open(part, [part]))
            elif part in _CLOSING:
                _close(stack, part)
            elif part:
                stack[-1].inside.append(part)
    while len(stack) > 1:
        _undo(stack)
    return stack[0].inside


def _close(stack: list[_Open], mark: str) -> None:
    """Close the last that was opened with this mark's partner, and undo what opened after it."""
    waiting = [k for k, each in enumerate(stack) if k and _PAIRS[each.mark][0] == mark]
    if waiting:
        while len(stack) > waiting[-1] + 1:
            _undo(stack)
        made = stack.pop()
        stack[-1].inside.append(el(_PAIRS[made.mark][1], None, *made.inside, mark))
    else:
        stack[-1].inside.append(mark)


def _undo(stack: list[_Open]) -> None:
    """Give what an unpaired mark opened back to what stands around it."""
    lone = stack.pop()
    stack[-1].inside += lone.inside
