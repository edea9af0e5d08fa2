"""What each block is: heading, paragraph, item, salutation, closing formula, note, contents.

Headings come from :mod:`govreport.headings`; the rest is known by fixed forms, which a profile may
replace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal

import attrs
import regex

from govreport.breaks import TextBlock
from govreport.bulk import made
from govreport.headings import chances, counted_labels
from govreport.numbering import Numbering

__all__ = ["CUES", "Cued", "Role", "RoledBlock", "roles"]

Role = Literal["heading", "paragraph", "item", "salutation", "closing", "note", "contents"]

_WHO: Final = (
    r"(?:代表|委员|委員|议员|議員|同志|朋友|来宾|來賓|嘉宾|领导|領導|先生|女士|乡亲|鄉親|同胞|同仁|同事"
    r"|人员|人員|主席|主任|主任委员|审判长|審判長|老师|老師|同学|同學|家长|家長|职工|職工|师生|師生)[们們]?"
)
#: Those who are named by their office, and a turn to any others, where a list or a colon follows.
_OFFICE: Final = (
    r"副?(?:秘书长|秘書長|审判长|審判長|检察长|檢察長|[省市县縣区區州乡鄉镇鎮院校会會议議部局]长"
    r"|[省市县縣区區州乡鄉镇鎮院校会會议議部局]長|书记|書記|总理|總理|理事)(?=[、，,：:！!])"
)
_ANY: Final = r"(?:各位|诸位|諸位)\p{Han}{2,6}+(?=[、，,：:])"


_MARKER: Final = regex.compile(
    r"(?:[\[［【〔](?P<value>[0-9０-９]{1,3})[\]］】〕]|注(?P<value>[0-9０-９]{0,3})[：:]|[*＊※])"
)


@attrs.frozen(kw_only=True)
class Cued:
    """The words by which blocks of a fixed form are known; a profile may bring its own.

    Args:
        salutation: Those who are spoken to, with the mark behind; matched at a block's start.
        closing: Whole blocks that close a speech.
        notes: Headings under which explanations stand.
        contents: Headings under which a table of contents stands.
        marker: Markers of explanations that are no labels of the ladder ([1], 注1：); the group
            ``value`` is the number.
    """

    salutation: regex.Pattern[str]
    closing: regex.Pattern[str]
    notes: regex.Pattern[str]
    contents: regex.Pattern[str]
    marker: regex.Pattern[str] = _MARKER


CUES: Final = Cued(
    salutation=regex.compile(
        # Most sentences have another mark: a glance spares them the rest.
        r"(?=[^。！!：:]{2,120}+[：:！!])"
        rf"(?:(?:{_OFFICE}|{_ANY}|(?:各位|诸位|諸位|尊敬的|全体|全體)?\p{{Han}}{{0,10}}?{_WHO})"
        r"[、，,]?){1,6}+"
        r"(?:(?<=[，,])(?:大家|你们|早上|上午|下午|晚上)好)?"
        r"[：:！!]"
    ),
    closing=regex.compile(
        r"(?:谢谢|謝謝|感谢|感謝)(?:大家|各位\p{Han}{0,8})?[！!。]?"
        r"|(?:以上报告|以上報告|特此报告|特此報告)[^。！]{0,20}[。！]"
        r"|(?:报告|報告)?完(?:毕|畢)[。！]?|此致|敬礼[！!]?|敬禮[！!]?"
    ),
    notes=regex.compile(
        r"(?:附[件录錄]?[0-9０-９一二三]{0,2}[：:]?)?(?:《[^》]{2,24}》)?(?:中的?)?(?:有关|有關|部分|相关|相關|重要)?"
        r"(?:(?:内容|內容|用语|用語|词语|詞語|名词|名詞|术语|術語|概念|指标|指標)*"
        r"(?:名词|名詞|术语|術語|用语|用語|词语|詞語)(?:解释|解釋|注释|註釋|说明|說明)"
        r"|(?:内容|內容|事项)?(?:注释|註釋|注解|註解|解释|解釋)|名词|附注|附註)[：:]?"
    ),
    contents=regex.compile(r"目[\s　]*[录錄次]"),
)

#: Lines of a table of contents: words, leaders and a page number, once or several times.
_LEADERS: Final = regex.compile(
    r"(?:[^…·]{1,60}?(?:[.．·…‥—\-]{2,}+|…)\s*[（(]?\d{1,3}(?!\d)[）)]?)++"
)
_LOOSE_END: Final = regex.compile(r"(?<![\s.．·…‥—（(\-])[\s.．·…‥—（(\-]*+(?:\d{1,3}[）)]?)?$")
_SALUTED: Final = 60
#: A table of contents whose lines were joined is no longer than this.
_LISTED: Final = 3000
#: So many lines with leaders in a row are a table of contents without a heading.
_HEADLESS: Final = 3


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
        blocks: In reading order; none is empty.
        cues: The words that fixed forms are known by.

    >>> from govreport.source import Traced
    >>> blocks = [TextBlock(text=Traced(t, 0)) for t in ("各位代表：", "我们努力。")]
    >>> [roled.role for roled in roles(blocks)]
    ['salutation', 'paragraph']
    """
    labels = counted_labels(blocks)
    heads = chances(blocks, labels)
    contents = _contents(blocks, cues)
    given = _roles([block.text.text for block in blocks], labels, heads, contents, cues)
    names, counted, sure = zip(*given, strict=True) if blocks else ((), (), ())
    return tuple(
        made(RoledBlock, len(blocks), role=names, block=blocks, label=counted, probability=sure)
    )


def _roles(
    texts: Sequence[str],
    labels: Sequence[Numbering | None],
    heads: Sequence[float],
    contents: Sequence[bool],
    cues: Cued,
) -> Iterator[tuple[Role, Numbering | None, float]]:
    """Each block's role, its label, and the probability that the role is right."""
    noted = False
    for text, counted, chance, listed in zip(texts, labels, heads, contents, strict=True):
        if listed:
            yield "contents", None, 0.9
            continue
        label = counted
        role = _role(text, label, chance, cues)
        if role == "heading" and not (noted and label is not None and label.rank >= 90):
            noted = cues.notes.fullmatch(text) is not None
        elif noted and role in ("paragraph", "item"):
            role = "note"
            label = label or _marker(text, cues)
        yield role, label, max(chance, 0.5) if role == "heading" else 1.0 - chance


def _role(text: str, label: Numbering | None, chance: float, cues: Cued) -> Role:
    if len(text) <= _SALUTED:
        if cues.salutation.fullmatch(text):
            return "salutation"
        if cues.closing.fullmatch(text):
            return "closing"
        if chance >= 0.5 or cues.notes.fullmatch(text):
            return "heading"
    elif chance >= 0.5:
        return "heading"
    if label is not None and (label.kind == "item" or label.family == "circled"):
        return "item"
    return "paragraph"


def _marker(text: str, cues: Cued) -> Numbering | None:
    found = cues.marker.match(text)
    if found is None:
        return None
    value = found.groupdict().get("value")
    return Numbering(
        text=found[0],
        style="digit-paren",
        value=int(value) if value else None,
        end=found.end(),
        uncertain=True,
    )


# ---- tables of contents


def _contents(blocks: Sequence[TextBlock], cues: Cued) -> list[bool]:
    """Which blocks belong to a table of contents."""
    texts = [block.text.text for block in blocks]
    heads = [len(text) <= _SALUTED and bool(cues.contents.fullmatch(text)) for text in texts]
    led = [(text[-1].isdecimal() or text[-1] in "）)") and _is_led(text) for text in texts]
    out = [False] * len(blocks)
    if not any(heads) and sum(led) < _HEADLESS:  # as in nearly all reports
        return out
    last = {_bare(text): k for k, text in enumerate(texts) if len(text) <= _SALUTED}
    inside, run = False, 0
    for k, text in enumerate(texts):
        if heads[k]:
            inside = out[k] = True
            continue
        run = run + 1 if led[k] else 0
        repeated = len(text) <= _SALUTED and last.get(_bare(text), k) > k
        inside = inside and (led[k] or repeated)
        out[k] = inside
        if run >= _HEADLESS:
            out[k - run + 1 : k + 1] = [True] * run
            inside = True
    return [is_in and not _lonely(k, out, heads) for k, is_in in enumerate(out)]


def _is_led(text: str) -> bool:
    """Whether a text is words, leaders and a page number, once or several times."""
    return len(text) <= _LISTED and _LEADERS.fullmatch(text) is not None


def _lonely(k: int, inside: Sequence[bool], heads: Sequence[bool]) -> bool:
    """A heading of a table of contents with no entry under it is a heading like others."""
    return heads[k] and not (k + 1 < len(inside) and inside[k + 1])


def _bare(text: str) -> str:
    """A heading's text without leaders, page number and blanks, to find it again."""
    return _LOOSE_END.sub("", "".join(text[:_SALUTED].split()))
