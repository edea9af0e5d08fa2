"""The stages in order, from source to report: readable from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import attrs

from govreport import doubts, front, furniture, hints, joining
from govreport.breaks import Blocks, break_lines
from govreport.columns import read as read_columns
from govreport.cues import gather
from govreport.decode import decode
from govreport.diagnostics import Diagnostic
from govreport.evidence import Retraced, Trail
from govreport.inline import inlined
from govreport.lines import Assembled, PrintedLine, assembled
from govreport.nodes import Front, Furniture
from govreport.outline import outline
from govreport.placing import Placed, place
from govreport.profile import Profile
from govreport.remarks import remarks
from govreport.report import Repaired, Report
from govreport.roles import RoledBlock, roles
from govreport.source import Source, Span
from govreport.supply import supplied
from govreport.uncollected import uncollected

__all__ = ["Page", "join_pages", "parse", "parse_bytes", "parse_file", "printed", "repair"]

_GENERAL = Profile()


@attrs.frozen(kw_only=True)
class Page:
    """A source as far as its printed lines.

    Args:
        whole: All printed lines.
        lines: The body's printed lines, headline block and furniture taken out.
        front: The headline block.
        kept: Headlines that are paragraphs of the body: first line and the line after the last.
        furniture: What belongs to the page.
        diagnostics: What the stages so far had to remark.
        measures: The measure at each fragment in em, where it was found out.
    """

    whole: tuple[PrintedLine, ...]
    lines: tuple[PrintedLine, ...]
    front: Front
    kept: tuple[tuple[int, int], ...]
    furniture: tuple[Furniture, ...]
    diagnostics: tuple[Diagnostic, ...]
    measures: Sequence[float | None] = ()

    @property
    def damaged(self) -> bool:
        """Whether the page shows that its figures were torn or lost."""
        return any(line.gaps or line.last > line.first for line in self.whole)


def printed(source: str, profile: Profile = _GENERAL) -> Page:
    """Read a source as far as its printed lines.

    Args:
        source: The text as extracted.
        profile: What is known of the page.
    """
    placed, found, remarks = _assembled(source)
    whole = found.lines
    furnished = furniture.take(whole, source, tables=profile.furniture)
    done = joining.Joined(
        source=source, placed=placed, whole=whole, furnished=furnished, remarks=remarks
    )
    return attrs.evolve(_page(done, profile), measures=found.measures)


def _assembled(source: str) -> tuple[Placed, Assembled, tuple[tuple[int, str], ...]]:
    """The printed lines, what was placed in them, and what the columns had to remark.

    The fragments are as heavy as the lines, so they are handed over, and go as these are made.
    """
    reading = read_columns(source)
    remarks = reading.remarks
    placed = place(reading.fragments)
    del reading
    held = [placed.fragments]
    placed = attrs.evolve(placed, fragments=())
    return placed, assembled(held.pop()), remarks


def _page(done: joining.Joined, profile: Profile) -> Page:
    fronted = front.take(done.furnished.lines, done.source, tables=profile.front)
    left = tuple(doubts.unplaced(done.placed, done.source))
    return Page(
        whole=done.whole,
        lines=fronted.lines,
        front=fronted.front,
        kept=fronted.kept,
        furniture=(*done.furnished.furniture, *left),
        diagnostics=(
            *(Diagnostic.of("reading-order", m, Span(at, at)) for at, m in done.remarks),
            *doubts.figures(done.placed, left, profile.doubt),
            *done.furnished.diagnostics,
        ),
    )


def parse(text: str, *, profile: Profile | None = None, hints: Iterable[hints.Hint] = ()) -> Report:
    """Read a report out of the text of its page. Never raises on a ``str``.

    Args:
        text: The text as extracted, or clean.
        profile: What is known of the family of pages; nothing need be.
        hints: What the caller knows better than the page.

    >>> report = parse("各位代表：\\n现在，我向大会\\n报告工作。\\n")
    >>> [block.plain for block in report.body]
    ['各位代表：', '现在，我向大会报告工作。']
    """
    return _built(partial(_single, text, tuple(hints)), profile or _GENERAL)


def join_pages(pages: Sequence[str | Report], *, profile: Profile | None = None) -> Report:
    """Read a report that goes on on other pages, also in the middle of a sentence.

    Its source is the pages' texts with form feeds between them, in reading order.

    Args:
        pages: The pages' texts, or reports read from them, in any order.
        profile: What is known of the family of pages.

    >>> one, four = "加快城区\\n（下转第4版）", "（上接第1版）\\n河道治理。"
    >>> [block.plain for block in join_pages([four, one]).body]
    ['加快城区河道治理。']
    """
    texts = tuple(page if isinstance(page, str) else page.source.text for page in pages)
    return _built(partial(_several, texts), profile or _GENERAL)


@attrs.frozen(kw_only=True)
class _Parted:
    """A source as far as its blocks: its text and page, what is known of it, and the blocks."""

    text: str
    page: Page
    forced: hints.Forced
    blocks: Blocks


def _single(text: str, hinted: Sequence[hints.Hint], profile: Profile) -> _Parted:
    page = printed(text, profile)
    return _parted(text, page, hints.forced(hinted, page.lines, text), profile)


def _several(texts: Sequence[str], profile: Profile) -> _Parted:
    done = joining.joined(texts, tables=profile.furniture)
    page = _page(done, profile)
    return _parted(done.source, page, joining.forced(done, page.lines), profile)


def _parted(text: str, page: Page, forced: hints.Forced, profile: Profile) -> _Parted:
    forced = _with_kept(forced, page.kept)
    blocks = break_lines(page.lines, forced, profile.labels, page.measures)
    return _Parted(text=text, page=page, forced=forced, blocks=blocks)


def _built(
    read: Callable[[Profile], _Parted], profile: Profile, encoding: str | None = None
) -> Report:
    """The report of what is read, now and again when it is asked for its decisions."""
    with uncollected():
        source = _roled(read(profile), profile)
        return _report(source, profile, encoding, Retraced(partial(_trail, read, profile)))


def _trail(read: Callable[[Profile], _Parted], profile: Profile) -> Trail:
    with uncollected():
        found = read(profile)
        lines = found.page.lines
        cues = gather(lines, profile.labels, found.page.measures)
        return Trail(Source(found.text), found.page.whole, lines, found.blocks.hard, cues)


@attrs.frozen(kw_only=True)
class _Roled:
    """A source as far as its blocks' roles; of its lines, a third of all memory, nothing is left."""

    text: str
    front: Front
    furniture: tuple[Furniture, ...]
    blocks: tuple[RoledBlock, ...]
    damaged: bool
    forced: hints.Forced
    diagnostics: tuple[Diagnostic, ...]


def _roled(found: _Parted, profile: Profile) -> _Roled:
    page, blocks, kept = found.page, found.blocks.blocks, found.page.kept
    roled = partial(
        _Roled,
        text=found.text,
        front=page.front,
        furniture=page.furniture,
        damaged=page.damaged,
        forced=found.forced,
        diagnostics=(
            *page.diagnostics,
            *found.forced.diagnostics,
            *doubts.line_ends(found.blocks.hard, page.lines, profile.doubt),
            *doubts.headline(page.lines, page.front),
        ),
    )
    del found, page  # the lines are let go before the roles are given
    return roled(blocks=tuple(_as_kept(roles(blocks, profile.cues), kept)))


def _report(found: _Roled, profile: Profile, encoding: str | None, evidence: Retraced) -> Report:
    text, forced, blocks = found.text, found.forced, found.blocks
    grammar = found.damaged if profile.grammar_gaps is None else profile.grammar_gaps
    inside = inlined(blocks, text, grammar=grammar, cues=profile.cues)
    levels = {line: level for line, level in forced.headings if level is not None}
    body = outline(blocks, inside, text, levels, profile.ladder)
    supplies = dict(forced.supplies)
    body = supplied(body, supplies)
    found_remarks = (*remarks(text), *found.diagnostics, *doubts.gaps(blocks, inside, supplies))
    return Report(
        front=found.front,
        body=body,
        furniture=found.furniture,
        diagnostics=tuple(sorted(found_remarks, key=doubts.place_of)),
        source=Source(text, encoding=encoding),
        evidence=evidence,
    )


def _as_kept(found: Iterable[RoledBlock], kept: Sequence[tuple[int, int]]) -> Iterator[RoledBlock]:
    """The roles, with headlines that are set in the text as paragraphs of it."""
    starts = {start for start, _ in kept}
    for each in found:
        stays = each.block.first in starts
        yield attrs.evolve(each, role="paragraph", label=None) if stays else each


def _with_kept(forced: hints.Forced, kept: Sequence[tuple[int, int]]) -> hints.Forced:
    """What the caller knows, and that headlines set in the text are paragraphs by themselves."""
    soft = {k for start, end in kept for k in range(start, end - 1)}
    hard = {k for start, end in kept for k in (start - 1, end - 1) if k >= 0}
    return attrs.evolve(
        forced, soft=forced.soft | (soft - forced.hard), hard=forced.hard | (hard - forced.soft)
    )


def parse_bytes(
    data: bytes, *, encoding: str | None = None, profile: Profile | None = None
) -> Report:
    """Decode a page and read it.

    Args:
        data: The page's bytes.
        encoding: Their encoding; found out where it is not given.
        profile: What is known of the family of pages.

    Raises:
        GovreportError: No encoding has that name.
    """
    decoded = decode(data, encoding)
    read = partial(_single, decoded.text, ())
    report = _built(read, profile or _GENERAL, decoded.encoding)
    if not decoded.replaced:
        return report
    at = decoded.replaced[0][0]
    message = f"{len(decoded.replaced)} stretches of bytes are not {decoded.encoding}"
    first = Diagnostic.of("undecodable", message, Span(at, at + 1))
    return attrs.evolve(
        report, diagnostics=tuple(sorted((first, *report.diagnostics), key=doubts.place_of))
    )


def parse_file(
    path: str | Path, *, encoding: str | None = None, profile: Profile | None = None
) -> Report:
    """Read a page from a file.

    Args:
        path: The file.
        encoding: Its encoding; found out where it is not given.
        profile: What is known of the family of pages.

    Raises:
        OSError: The file cannot be read.
        GovreportError: No encoding has that name.
    """
    report = parse_bytes(Path(path).read_bytes(), encoding=encoding, profile=profile)
    return attrs.evolve(report, source=attrs.evolve(report.source, name=str(path)))


def repair(text: str, *, profile: Profile | None = None) -> Repaired:
    """The source with one paragraph a line, and what was changed.

    Args:
        text: The text as extracted.
        profile: What is known of the family of pages.

    >>> repair("提高质\\n量。").text
    '提高质量。'
    """
    report = parse(text, profile=profile)
    return Repaired.of(text, report.edits)
