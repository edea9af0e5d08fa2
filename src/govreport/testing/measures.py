"""How well a page came back: seven measures of a parser's Markdown against what is true.

All places are compared in the truth's own characters, which the prediction's reach through an exact
alignment (`govreport.testing.lcs`): a wrong character costs fidelity and not structure. Blanks,
full-width forms and radicals that stand for Han make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import attrs

from govreport.testing.copy import Copy
from govreport.testing.folding import Block, Gold, fold, gold_of, leads_of, read_blocks
from govreport.testing.fragments import GAP, DamagedPage, Truth
from govreport.testing.lcs import matches

Wanted = Gold | Truth | DamagedPage | Copy | str | Mapping[str, Any]
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_NUMBERED: Final = re.compile(
    r"第[一二三四五六七八九十百零〇]+[部章节篇]分?|[一二三四五六七八九十百零〇]+、"
    r"|（[一二三四五六七八九十百零〇]+）|[0-9]{1,2}[.．、](?![0-9])|（[0-9]{1,2}）"
)
_ONE_SENTENCE: Final = 48


@attrs.frozen(slots=True, kw_only=True)
class Rate:
    """Precision and recall of what was found.

    >>> Rate.of(found=4, wanted=2, hit=2)
    Rate(precision=0.5, recall=1.0)
    >>> round(Rate.of(found=4, wanted=2, hit=2).f1, 3)
    0.667
    """

    precision: float
    recall: float

    @classmethod
    def of(cls, *, found: int, wanted: int, hit: int) -> Rate:
        """The rate for numbers of things; nothing found where nothing is wanted is right."""
        if not found and not wanted:
            return cls(precision=1.0, recall=1.0)
        return cls(precision=hit / max(1, found), recall=hit / max(1, wanted))

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@attrs.frozen(kw_only=True)
class Comparison:
    """A prediction beside the truth, aligned; the measures are its methods.

    >>> compare("一、回顾\\n\\n修路。", "# 一、回顾\\n\\n修路。").heading().recall
    0.0
    """

    predicted: tuple[Block, ...]
    gold: Gold
    leads: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _texts(self) -> tuple[str, str]:
        mine = "".join(fold(block.text) for block in self.predicted)
        return mine, "".join(fold(block.text) for block in self.gold.blocks)

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        return matches(*self._texts)

    @cached_property
    def _from_gold(self) -> dict[int, int]:
        return {gold: mine for mine, gold in self._pairs}

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """For each place of the prediction the truth's place after what stands before it, and at what follows."""
        mine, gold = self._texts
        to_gold = dict(self._pairs)
        before, after = [0], [len(gold)]
        for at in range(len(mine)):
            before.append(to_gold[at] + 1 if at in to_gold else before[-1])
        for at in range(len(mine) - 1, -1, -1):
            after.append(to_gold.get(at, after[-1]))
        return before, after[::-1]

    def boundary(self) -> Rate:
        """Places where one block ends and the next begins."""
        before, after = self._edges
        size = len(self._texts[1])
        wanted = {end for _, end, _ in _spans(self.gold.blocks)} - {size}
        found = set()
        for _, end, _ in _spans(self.predicted)[:-1]:
            left, right = before[end], after[end]
            if left < size and right > 0:
                found.add(right if right in wanted and left not in wanted else left)
        found -= {0, size}
        for one, two in self.gold.optional:
            at = self._texts[1].find(fold(one) + fold(two)) + len(fold(one))
            found.discard(at)
            wanted.discard(at)
        return Rate.of(found=len(found), wanted=len(wanted), hit=len(found & wanted))

    @cached_property
    def _headings(self) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
        """The headings found and wanted, by their two ends in the truth."""
        before, after = self._edges
        found = {
            (after[start], before[end]): level
            for start, end, level in _spans(self.predicted)
            if level and before[end] > after[start]
        }
        wanted = {(start, end): level for start, end, level in _spans(self.gold.blocks) if level}
        return found, wanted

    def heading(self) -> Rate:
        """Headings with exactly the truth's two ends.

        A numbered paragraph of one short sentence may be a heading or not, and is not judged.
        """
        found, wanted = self._headings
        spans = zip(_spans(self.gold.blocks), self.gold.filled, strict=True)
        left_open = {(s, e) for (s, e, level), block in spans if not level and _is_open(block.text)}
        hit = len(found.keys() & wanted.keys())
        return Rate.of(found=len(found.keys() - left_open), wanted=len(wanted), hit=hit)

    def parent(self) -> float:
        """The share of headings that stand under the right one."""
        found, wanted = self._headings
        above, want = _parents(found), _parents(wanted)
        good = 0
        for start, _ in found.keys() & wanted.keys():
            got = above[start]
            while got is not None and got not in want:  # a heading that is none: look through it
                got = above.get(got)
            good += got == want[start]
        return good / len(wanted) if wanted else 1.0

    def number(self) -> float:
        """The share of figures that stand whole at their own place.

        Of figures that the page lost, nobody could give one back: those are `gap`'s.
        """
        mine, gold = self._texts
        numbers = [m for m in _NUMBER.finditer(gold) if m.start() not in self.gold.lost]
        good = 0
        for match in numbers:
            places = [self._from_gold.get(at, -1) for at in range(*match.span())]
            first, last = places[0], places[-1]
            if first < 0 or places != list(range(first, first + len(places))):
                continue
            beside = mine[first - 1 : first] + mine[last + 1 : last + 2]
            good += not any(char.isdigit() for char in beside)
        return good / len(numbers) if numbers else 1.0

    def char(self, *, spare: int = 0) -> float:
        """One less the share of characters lost, invented or changed.

        Args:
            spare: So many more characters than the truth's are nobody's fault: a title block that
                the truth does not hold.
        """
        mine, gold = self._texts
        same = len(self._pairs)
        return 1 - (len(gold) - same + max(0, len(mine) - same - spare)) / max(1, len(gold))

    def lead(self) -> Rate | None:
        """Run-in headings; none where the truth marks none.

        A numbered one that the truth leaves plain is not judged: sources differ in marking them.
        """
        wanted = {_bare(fold(lead)) for lead in self.gold.leads}
        if not wanted:
            return None
        found = [_bare(fold(lead)) for lead, _ in self.leads]
        found = [lead for lead in found if lead in wanted or not _NUMBERED.match(lead)]
        hits = [lead for lead in found if lead in wanted]
        return Rate(precision=len(hits) / max(1, len(found)), recall=len(set(hits)) / len(wanted))

    def gap(self) -> Rate | None:
        """Figures missing from the text that are marked □ where they stood; none without either."""
        before, after = self._edges
        size = len(self._texts[1])
        absent = [
            match.span()
            for match in _NUMBER.finditer(self._texts[1])
            if not any(at in self._from_gold for at in range(*match.span()))
        ]
        marked = [(before[at], after[at]) for at in _gaps(self.predicted)]
        inside = [(low, high) for low, high in marked if low > 0 and high < size]
        if not absent and not inside:
            return None
        hits = sum(any(low <= s and e <= high for s, e in absent) for low, high in inside)
        found = sum(any(low <= s and e <= high for low, high in marked) for s, e in absent)
        return Rate(precision=hits / max(1, len(inside)), recall=found / max(1, len(absent)))

    def all(self) -> dict[str, float]:
        """Every measure that applies, by its name; of rates the F1."""
        rates = {name: getattr(self, name)() for name in ("boundary", "heading", "lead", "gap")}
        out = {name: rate.f1 for name, rate in rates.items() if rate is not None}
        return out | {"parent": self.parent(), "number": self.number(), "char": self.char()}


def compare(markdown: str, gold: Wanted) -> Comparison:
    """Align a prediction with the truth, once for all measures.

    Args:
        markdown: What a parser gave: ATX headings, blocks apart by blank lines, `**lead**。` opening
            a paragraph, □ for what is missing.
        gold: A damaged page or its truth, a copy, Markdown, or the JSON of a gold file.
    """
    return Comparison(predicted=read_blocks(markdown), gold=gold_of(gold), leads=leads_of(markdown))


def score(markdown: str, gold: Wanted) -> dict[str, float]:
    """Every measure that applies, by its name.

    >>> score("# 一、回顾\\n\\n通车3条。\\n", "# 一、回顾\\n\\n通车3条。\\n")["boundary"]
    1.0
    """
    return compare(markdown, gold).all()


def boundary(markdown: str, gold: Wanted) -> Rate:
    """Places where one block ends and the next begins.

    >>> boundary("修路。架桥。", "修路。\\n\\n架桥。").recall
    0.0
    """
    return compare(markdown, gold).boundary()


def heading(markdown: str, gold: Wanted) -> Rate:
    """Headings with exactly the truth's two ends.

    >>> heading("# 一、回顾\\n\\n修路。", "# 一、回顾\\n\\n修路。").f1
    1.0
    """
    return compare(markdown, gold).heading()


def parent(markdown: str, gold: Wanted) -> float:
    """The share of headings that stand under the right one.

    >>> parent("# 一、路\\n\\n# （一）桥\\n\\n好。", "# 一、路\\n\\n## （一）桥\\n\\n好。")
    0.5
    """
    return compare(markdown, gold).parent()


def number(markdown: str, gold: Wanted) -> float:
    """The share of figures that stand whole at their own place.

    >>> number("通车3条，架桥1 2座。", "通车3条，架桥12座。"), number("通车条3。", "通车3条。")
    (1.0, 0.0)
    """
    return compare(markdown, gold).number()


def char(markdown: str, gold: Wanted, *, spare: int = 0) -> float:
    """One less the share of characters lost, invented or changed; see `Comparison.char`.

    >>> char("通车条。", "通车3条。")
    0.8
    """
    return compare(markdown, gold).char(spare=spare)


def lead(markdown: str, gold: Wanted) -> Rate | None:
    """Run-in headings; none where the truth marks none.

    >>> lead("**修路**。通车。", "**修路**。通车。").f1
    1.0
    """
    return compare(markdown, gold).lead()


def gap(markdown: str, gold: Wanted) -> Rate | None:
    """Figures missing from the text that are marked □ where they stood; none without either.

    >>> gap("全年通车□条。", "全年通车3条。").f1, gap("全年通车3条。", "全年通车3条。")
    (1.0, None)
    """
    return compare(markdown, gold).gap()


def _spans(blocks: Sequence[Block]) -> list[tuple[int, int, int]]:
    """Start, end and level of each block with characters, in folded characters."""
    out, at = [], 0
    for block in blocks:
        size = len(fold(block.text))
        if size:
            out.append((at, at + size, block.level))
        at += size
    return out


def _parents(headings: Mapping[tuple[int, int], int]) -> dict[int, int | None]:
    """Where the heading above each heading starts."""
    stack: list[tuple[int, int]] = []
    out: dict[int, int | None] = {}
    for (start, _), level in sorted(headings.items()):
        while stack and stack[-1][1] >= level:
            stack.pop()
        out[start] = stack[-1][0] if stack else None
        stack.append((start, level))
    return out


def _gaps(blocks: Sequence[Block]) -> list[int]:
    """The places of the gaps, in folded characters; several □ in a row are one."""
    out, at = [], 0
    for block in blocks:
        for run in re.split(f"({GAP}+)", block.text):
            if run.startswith(GAP):
                out.append(at)
            at += len(fold(run))
    return out


def _is_open(text: str) -> bool:
    short = len(text) <= _ONE_SENTENCE and text[-1:] in "。；"
    return short and bool(_NUMBERED.match(text)) and not re.search("[。；！]", text[:-1])


def _bare(lead: str) -> str:
    return lead.lstrip("—-").rstrip("。:!")
