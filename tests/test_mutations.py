"""A parser broken on purpose, once in each stage, is caught by the properties.

Each property holds of the pages below; with each mutant the one that is named for it fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final

import attrs
import pytest

from govreport import Report, furniture, lines, pipeline
from govreport import breaks as breaks_stage
from govreport import columns as column_stage
from govreport import front as front_stage
from govreport.breaks import Blocks
from govreport.characters import Repaired
from govreport.columns import Reading, fragments
from govreport.formats import json as json_format
from govreport.formats import xml as xml_format
from govreport.front import taking as front_taking
from govreport.furniture import taking as furniture_taking
from govreport.hints import Forced
from govreport.inline import Inlined
from govreport.lines import Assembled, PrintedLine
from govreport.nodes import Block, Date, Front, Number, Section, Text
from govreport.nodes.deferred import Words
from govreport.placing import Placed
from govreport.roles import RoledBlock
from govreport.testing import DamagedPage, assert_recovers, differences
from invariants import check_aligned, check_lossless, check_spans
from test_oracle import copies, damaged

#: Damages whose pages are looked at: of each the first that comes back exactly.
LOOKED_AT: Final = (
    "blank-lines", "radicals", "blanks-after-marks", "furniture", "headline-at-end",
    "displaced-after-line", "columns",
)  # fmt: skip


@cache
def pages() -> tuple[tuple[str, DamagedPage, int], ...]:
    """Each page with the kind of its damage, and the number of its copy."""
    out = []
    for kind in LOOKED_AT:
        shows = (n for n, page in enumerate(damaged(kind)) if _shows(kind, page))
        number = next(n for n in shows if not differences(pipeline.parse, damaged(kind)[n]))
        out.append((kind, damaged(kind)[number], number))
    return tuple(out)


def _shows(kind: str, page: DamagedPage) -> bool:
    """Whether a page has the damage: columns side by side need more than one column."""
    return kind != "columns" or any(part.column for part in fragments(page.text))


# ---- the properties


def recovers(report: Report, page: DamagedPage, copy: int) -> None:
    """The blocks come back, with their levels."""
    assert_recovers(lambda _: report, page)


def keeps(report: Report, page: DamagedPage, copy: int) -> None:
    """Nothing is lost, nothing stands twice, and each place is true."""
    check_lossless(report)
    check_aligned(report)
    check_spans(report)


def closes_up(report: Report, page: DamagedPage, copy: int) -> None:
    """The copies have no blank behind a mark, so no block has one."""
    for block in report.body:
        assert not re.search("[，。；、] ", block.plain), block.plain


def knows_the_front(report: Report, page: DamagedPage, copy: int) -> None:
    """The headline block is the copy's."""
    given = copies()[copy]
    assert report.front.title == given.value("title")
    assert (report.front.author or "") == given.value("author")


def types_figures(report: Report, page: DamagedPage, copy: int) -> None:
    """A digit stands in a figure, a date or a label, and nowhere else."""
    for block in report.body:
        plain = "".join(leaf.text for leaf in block.leaves() if isinstance(leaf, Text))
        assert not any(char.isdigit() for char in plain), plain


def round_trips(report: Report, page: DamagedPage, copy: int) -> None:
    """The native formats read back equal."""
    assert Report.from_xml(report.to_xml()) == report
    assert Report.from_json(report.to_json()) == report


PROPERTIES: Final = (recovers, keeps, closes_up, knows_the_front, types_figures, round_trips)


# ---- the mutants: each replaces a stage by one with a small fault


def columns(read: Callable[[str], Reading]) -> Callable[[str], Reading]:
    """Reads across the columns."""

    def mutant(source: str) -> Reading:
        reading = read(source)
        return attrs.evolve(
            reading,
            fragments=tuple(sorted(reading.fragments, key=lambda part: part.text.start)),
        )

    return mutant


def placing(place: Callable[..., Placed]) -> Callable[..., Placed]:
    """Leaves figures where they are."""
    return lambda fragments: Placed(fragments=fragments)


def signs(_: Callable[[str], str]) -> Callable[[str], str]:
    """Leaves signs that stand for others."""
    return lambda text: text


def characters(_: Callable[..., Any]) -> Callable[..., Repaired]:
    """Leaves blanks where they are."""
    return lambda texts: Repaired(list(texts))


def lines_(assembled: Callable[..., Assembled]) -> Callable[..., Assembled]:
    """Forgets the last line."""

    def mutant(fragments: Any) -> Assembled:
        found = assembled(fragments)
        return attrs.evolve(found, lines=found.lines[:-1])

    return mutant


def breaks(break_lines: Callable[..., Blocks]) -> Callable[..., Blocks]:
    """Ends a paragraph too early, once on a page."""

    def mutant(found: Sequence[PrintedLine], forced: Forced, *rest: Any) -> Blocks:
        soft = [k for k, end in enumerate(break_lines(found, forced, *rest).hard) if end < 0.01]
        return break_lines(found, attrs.evolve(forced, hard=frozenset(soft[:1])), *rest)

    return mutant


def roles(read: Callable[..., tuple[RoledBlock, ...]]) -> Callable[..., tuple[RoledBlock, ...]]:
    """Takes the first heading for a paragraph."""

    def mutant(*given: Any) -> tuple[RoledBlock, ...]:
        found = list(read(*given))
        first = next(k for k, roled in enumerate(found) if roled.role == "heading")
        found[first] = attrs.evolve(found[first], role="paragraph", label=None)
        return tuple(found)

    return mutant


def outline(build: Callable[..., tuple[Block, ...]]) -> Callable[..., tuple[Block, ...]]:
    """Puts a section a level too deep."""

    def mutant(*given: Any) -> tuple[Block, ...]:
        body = list(build(*given))
        for k, top in reversed([*enumerate(body)]):
            if isinstance(top, Section):
                body[k] = attrs.evolve(top, level=2)
                break
        return tuple(body)

    return mutant


def front(take: Callable[..., Any]) -> Callable[..., Any]:
    """Finds the block, and loses it."""
    return lambda *given, **options: attrs.evolve(take(*given, **options), front=Front())


def furniture_(take: Callable[..., Any]) -> Callable[..., Any]:
    """Leaves what belongs to the page in the text."""
    return lambda found, *_, **__: furniture_taking.Furnished(lines=found)


@attrs.frozen
class Given(Words):
    """The content of one node."""

    words: tuple[Any, ...]

    def content(self, _: int, /) -> tuple[Any, ...]:
        """The same whatever is asked for."""
        return self.words


def inline(read: Callable[..., tuple[Inlined, ...]]) -> Callable[..., tuple[Inlined, ...]]:
    """Takes figures for text."""

    def plain(piece: Any) -> Any:
        typed = isinstance(piece, Number | Date)
        return Text(text=piece.text, spans=piece.spans) if typed else piece

    def mutant(*given: Any, **options: Any) -> tuple[Inlined, ...]:
        return tuple(
            attrs.evolve(each, words=Given(tuple(map(plain, each.content))))
            for each in read(*given, **options)
        )

    return mutant


def spans(read: Callable[..., tuple[Inlined, ...]]) -> Callable[..., tuple[Inlined, ...]]:
    """Says of the second block's words that they stood where the first's stand."""

    def mutant(*given: Any, **options: Any) -> tuple[Inlined, ...]:
        found = list(read(*given, **options))
        texts = [each for each in found if each.content and each.content[0].spans]
        moved = attrs.evolve(texts[1].content[0], spans=texts[0].content[0].spans)
        at = found.index(texts[1])
        found[at] = attrs.evolve(found[at], words=Given((moved, *found[at].content[1:])))
        return tuple(found)

    return mutant


def formats(write: Callable[..., str]) -> Callable[..., str]:
    """Writes no furniture and no remarks."""
    return lambda report, **options: write(
        attrs.evolve(report, furniture=(), diagnostics=()), **options
    )


#: Where the stage is looked up, what replaces it, and the property that notices.
MUTANTS: Final[dict[str, tuple[Any, str, Callable[..., Any], Callable[..., None]]]] = {
    "columns": (pipeline, "read_columns", columns, recovers),
    "placing": (pipeline, "place", placing, recovers),
    "signs": (column_stage, "read_plainly", signs, recovers),
    "characters": (lines, "repairs", characters, closes_up),
    "lines": (pipeline, "assembled", lines_, keeps),
    "breaks": (pipeline, "break_lines", breaks, recovers),
    "roles": (pipeline, "roles", roles, recovers),
    "outline": (pipeline, "outline", outline, recovers),
    "front": (front_taking, "take", front, knows_the_front),
    "furniture": (furniture_taking, "take", furniture_, recovers),
    "inline": (pipeline, "inlined", inline, types_figures),
    "spans": (pipeline, "inlined", spans, keeps),
    "xml": (xml_format, "write", formats, round_trips),
    "json": (json_format, "write", formats, round_trips),
}


def failing() -> set[str]:
    """The names of the properties that do not hold."""
    out = set()
    for _, page, copy in pages():
        try:
            report = pipeline.parse(page.text)
        except Exception:  # noqa: BLE001 - a mutant may break what it will; that is noticed too
            return {each.__name__ for each in PROPERTIES}
        for holds in PROPERTIES:
            try:
                holds(report, page, copy)
            except AssertionError:
                out.add(holds.__name__)
    return out


def test_a_whole_parser_has_the_properties() -> None:
    assert failing() == set()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, attribute, mutant, notices = MUTANTS[name]
    pages()  # before anything is broken
    broken = mutant(getattr(where, attribute))
    for module in (where, *_users(where, attribute)):
        monkeypatch.setattr(module, attribute, broken)
    assert notices.__name__ in failing()


def _users(where: Any, attribute: str) -> list[Any]:
    """Modules that imported the stage by name."""
    found = getattr(where, attribute)
    candidates = (lines, breaks_stage, furniture, front_stage, pipeline)
    return [module for module in candidates if getattr(module, attribute, None) is found]
