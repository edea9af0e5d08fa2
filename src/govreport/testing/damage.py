"""What extraction does to a page: each damage by its name and its rate.

A damage is a pure function from fragments to fragments; the order in which they apply is fixed, so
that the order of the names in a call does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from random import Random
from typing import Final

import attrs

from govreport.testing.compositor import HEADLINE, Page
from govreport.testing.fragments import Cell, DamagedPage, Fragment, finish, fragments
from govreport.testing.furniture import byline_first, furniture, headline_at_end, jump_at_end

_NUMBER: Final = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*")
_MARK_EDGE: Final = re.compile(
    r"(?<=[，。、；：！？”’）》」』])(?![，。、；：！？”’）》」』])(?=.)|(?<=[^“‘（《「『])(?=[“‘（《「『])"
)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# a figure before one of these is missed by whoever reads on; before 万 or 余 the sentence would close over it
_UNIT: Final = re.compile(
    r"[个個家件名户戶人次周批项項条條座所公里吨噸元头台处處组組期篇份场場天岁歲%％]"
)

_KANGXI: Final = {
    unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)
}
# of the supplement what readers of PDF really give; NFKC does not know these
_SUPPLEMENT: Final = dict(
    zip(
        "民见长门车风黄齐青马龙食鱼鸟页西角骨飞麦",
        "⺠⻅⻓⻔⻋⻛⻩⻬⻘⻢⻰⻝⻥⻦⻚⻄⻆⻣⻜⻨",
        strict=True,
    )
)
RADICALS: Final = _KANGXI | _SUPPLEMENT


@attrs.frozen(slots=True, kw_only=True)
class Damage:
    """A damage by name: `rate` is the share of places hit, `most` a bound on their number.

    >>> Damage(kind="lost-numbers", rate=0.1, most=2).most
    2
    """

    kind: str
    rate: float
    most: int | None = None


@attrs.frozen(slots=True, kw_only=True)
class Job:
    """A damage at work: its rate and bound, the page, and the chance that decides."""

    rate: float
    most: int | None
    rng: Random
    page: Page

    def hit(self) -> bool:
        """Whether this place is hit."""
        return self.rng.random() < self.rate


_Step = Callable[[list[Fragment], Job], list[Fragment]]


def damage(page: Page, *kinds: str | Damage, rng: Random) -> DamagedPage:
    """Damage a page; a bare name takes the kind's usual rate (`KINDS`).

    >>> from govreport.testing import Copy, CopyBlock, Layout, set_page
    >>> text = "全年建成道路12条，新增学位300个。"
    >>> copy = Copy(blocks=(CopyBlock(kind="paragraph", text=text),))
    >>> page = set_page(copy, Layout(measure=10))
    >>> damage(page, "torn-numbers", rng=Random(1)).text
    '全年建成道路\\n12\\n条，新增学位\\n300\\n个。'
    >>> lost = damage(page, Damage(kind="lost-numbers", rate=1), rng=Random(1))
    >>> lost.text, lost.truth.copy.blocks[0].text
    ('全年建成道路12\\n条，新增学位\\n 个。', '全年建成道路12条，新增学位□个。')
    """
    wanted = {kind.kind: kind for kind in map(_as_damage, kinds)}
    parts = fragments(page)
    for name, (_, step) in KINDS.items():
        if name in wanted:
            how = wanted[name]
            parts = step(parts, Job(rate=how.rate, most=how.most, rng=rng, page=page))
    return finish(page, parts, side_by_side="columns" in wanted)


def _as_damage(kind: str | Damage) -> Damage:
    name = kind if isinstance(kind, str) else kind.kind
    if name not in KINDS:
        raise ValueError(f"no damage {name!r}; there are {', '.join(KINDS)}")
    return kind if isinstance(kind, Damage) else Damage(kind=kind, rate=KINDS[name][0])


def _lost_numbers(parts: list[Fragment], job: Job) -> list[Fragment]:
    """Numbers vanish: what followed stands after a single line end, with a leading blank."""
    places = [
        (n, match.span())
        for n, part in enumerate(parts)
        for match in _NUMBER.finditer(part.text)
        if _may_vanish(part, match.start(), match.end(), job.page)
    ]
    count = min(len(places), round(job.rate * len(places)) or 1)
    chosen = set(job.rng.sample(places, count if job.most is None else min(count, job.most)))
    out = []
    for n, part in enumerate(parts):
        spans = sorted(span for m, span in chosen if m == n)
        pieces = _between(part, spans)
        # what follows a lost number is known by its leading blank
        pieces[1:] = [attrs.evolve(p, cells=(Cell(" "), *p.cells)) for p in pieces[1:]]
        out += [attrs.evolve(piece, tight=True) for piece in pieces[:-1]] + pieces[-1:]
    return [part for part in out if part.cells]


def _may_vanish(part: Fragment, start: int, end: int, page: Page) -> bool:
    """Whether a reader could see that this number is missing: whole, in running text, before a unit."""
    cell = part.cells[start]
    if part.role != "text" or cell.block < 0:
        return False
    block = page.blocks[cell.block]
    before, after = block.text[: cell.offset][-1:], part.text[end : end + 1]
    inside = cell.offset >= len(block.lead) > 0 or not block.lead
    body = block.kind in ("paragraph", "item") and inside
    return body and bool(_HAN.match(before)) and bool(_UNIT.match(after))


def _torn_numbers(parts: list[Fragment], job: Job) -> list[Fragment]:
    """Numbers on fragments of their own."""
    out: list[Fragment] = []
    for part in parts:
        done, pieces = 0, []
        for match in _NUMBER.finditer(part.text):
            if part.role == "text" and job.hit():
                pieces += [part.cut(done, match.start()), part.cut(*match.span())]
                done = match.end()
        pieces = [p for p in (*pieces, part.cut(done, len(part.cells))) if p.cells]
        # what was tight is so at its own end only
        out += [attrs.evolve(piece, tight=False) for piece in pieces[:-1]] + pieces[-1:]
    return out


def _displaced_after_line(parts: list[Fragment], job: Job) -> list[Fragment]:
    """The figures of a printed line on a line of their own right after it."""
    out = []
    for part in parts:
        kept, moved = _displace(part) if job.hit() else (part, None)
        out.append(kept)
        if moved is not None:
            out.append(attrs.evolve(moved, after="\n\n"))  # a text box of its own, to the extractor
    return out


def _displaced_to_page_end(parts: list[Fragment], job: Job) -> list[Fragment]:
    """The figures of the lines at the end of their page, those of one printed line together."""
    out: list[Fragment] = []
    waiting: list[Fragment] = []
    for part in parts:
        if waiting and (part.page != waiting[0].page or part.role == "furniture"):
            out, waiting = out + waiting, []
        kept, moved = _displace(part) if job.hit() else (part, None)
        out.append(kept)
        if moved is not None:
            waiting.append(attrs.evolve(moved, column=HEADLINE))
    return out + waiting


def _displace(part: Fragment) -> tuple[Fragment, Fragment | None]:
    spans = [match.span() for match in _NUMBER.finditer(part.text)]
    if part.role != "text" or not spans or spans == [(0, len(part.cells))]:
        return part, None
    figures = _joined([part.cells[start:end] for start, end in spans])
    # the blank that a figure leaves does not survive at the line's start or end
    rest = _joined([piece.cells for piece in _between(part, spans) if piece.cells])
    moved = attrs.evolve(part, cells=figures, role="moved", indent=0)
    return attrs.evolve(part, cells=rest), moved


def _between(part: Fragment, spans: list[tuple[int, int]]) -> list[Fragment]:
    """What is left of a fragment without these spans."""
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(part.cells)]
    return [part.cut(start, end) for start, end in zip(starts, ends, strict=True)]


def _joined(runs: Iterable[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    out: list[Cell] = []
    for run in runs:
        out += [Cell(" "), *run] if out else run
    return tuple(out)


def _blanks_at(part: Fragment, places: set[int]) -> Fragment:
    """A blank before each of these cells, none at the fragment's edges and none beside another."""
    out: list[Cell] = []
    for n, cell in enumerate(part.cells):
        if n in places and out and " " not in (out[-1].char, cell.char):
            out.append(Cell(" "))
        out.append(cell)
    return attrs.evolve(part, cells=tuple(out))


def _blanks_after_marks(parts: list[Fragment], job: Job) -> list[Fragment]:
    return [
        _blanks_at(part, {match.start() for match in _MARK_EDGE.finditer(part.text)})
        if job.hit()
        else part
        for part in parts
    ]


def _blanks_beside_numbers(parts: list[Fragment], job: Job) -> list[Fragment]:
    out = []
    for part in parts:
        edges = {edge for match in _NUMBER.finditer(part.text) for edge in match.span()}
        out.append(_blanks_at(part, edges) if job.hit() else part)
    return out


def _letter_spacing(parts: list[Fragment], job: Job) -> list[Fragment]:
    """Some lines with a blank after every sign; a number stays together."""
    out = []
    for part in parts:
        inside = {n for m in _NUMBER.finditer(part.text) for n in range(m.start() + 1, m.end())}
        spaced = part.role == "text" and job.hit()
        places = set(range(len(part.cells))) - inside if spaced else set()
        out.append(_blanks_at(part, places))
    return out


def _radicals(parts: list[Fragment], job: Job) -> list[Fragment]:
    """Radicals for the characters that look like them."""
    return [
        attrs.evolve(
            part,
            cells=tuple(
                cell._replace(char=RADICALS[cell.char])
                if cell.char in RADICALS and job.hit()
                else cell
                for cell in part.cells
            ),
        )
        for part in parts
    ]


def _glued_lines(parts: list[Fragment], job: Job) -> list[Fragment]:
    """A block's last line and the next one's first on one line, a blank between."""
    out = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        hard = (
            after
            and part.role == after.role == "text"
            and part.cells[-1].block != after.cells[-1].block
        )
        out.append(attrs.evolve(part, after=" ") if hard and job.hit() else part)
    return out


def _blank_lines(parts: list[Fragment], job: Job) -> list[Fragment]:
    """A blank line after every line; none where a number was lost."""
    return [
        attrs.evolve(part, after="\n\n")
        if not part.tight and part.after == "\n" and job.hit()
        else part
        for part in parts
    ]


def _random_blank_lines(parts: list[Fragment], job: Job) -> list[Fragment]:
    """One or two blank lines here and there, mid-paragraph or not."""
    return [
        attrs.evolve(part, after="\n" * job.rng.choice((2, 3, 3)))
        if not part.tight and part.after == "\n" and job.hit()
        else part
        for part in parts
    ]


def _columns(parts: list[Fragment], _job: Job) -> list[Fragment]:
    """Nothing to do to a fragment: printing keeps the layout, and knows no blank lines."""
    return parts


def _once(step: _Step) -> _Step:
    """A damage that is there or not: its rate is the chance that it is there."""
    return lambda parts, job: step(parts, job) if job.hit() else parts


KINDS: Final[dict[str, tuple[float, _Step]]] = {
    # name: (usual rate, step), in the order in which they apply
    "headline-at-end": (1.0, _once(lambda parts, _: headline_at_end(parts))),
    "byline-first": (1.0, _once(lambda parts, job: byline_first(parts, job.page))),
    "jump-at-end": (1.0, _once(lambda parts, job: jump_at_end(parts, job.rng))),
    "furniture": (1.0, _once(lambda parts, job: furniture(parts, job.page, job.rng))),
    "lost-numbers": (0.02, _lost_numbers),
    "displaced-after-line": (0.3, _displaced_after_line),
    "displaced-to-page-end": (0.3, _displaced_to_page_end),
    "torn-numbers": (1.0, _torn_numbers),
    "blanks-beside-numbers": (1.0, _blanks_beside_numbers),
    "blanks-after-marks": (0.95, _blanks_after_marks),
    "letter-spacing": (0.03, _letter_spacing),
    "radicals": (1.0, _radicals),
    "glued-lines": (0.1, _glued_lines),
    "blank-lines": (1.0, _blank_lines),
    "random-blank-lines": (0.1, _random_blank_lines),
    "columns": (1.0, _columns),
}
