"""Pages cut, shuffled and set side by side at random, and what must hold of their reports.

Real pages hold what no generator thinks of, and altering them gives what no page holds: rows with more lines
than columns, jumps amid figures, headings without their text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from govreport import Report, parse
from invariants import check_aligned, check_lossless, check_spans

#: Lines of a window, and alterations of it.
LINES, TIMES = (3, 60), (1, 8)
#: What may come into a line, or stand by itself.
BLANKS: Final = ("", " ", "\u3000\u3000", "\f", "\u200b")
SIGNS: Final = ("12", "3.5%", "□", "。", "，", "：", "“", "⺠", "—— ", "一、", "（二）", "......3")
LINE: Final = (
    "（下转第4版）",
    "（上接第1版）",
    "2019年1月3日",
    "责任编辑：李四",
    "政府工作报告",
    "目录",
)
PIECES: Final = (*BLANKS, *SIGNS, *LINE)

Alteration = Callable[[list[str], Random], list[str]]


def _dropped(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return lines[:at] + lines[at + rng.randint(1, 4) :]


def _again(lines: list[str], rng: Random) -> list[str]:
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    return lines[:to] + lines[at : at + rng.randint(1, 6)] + lines[to:]


def _shuffled(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    some = lines[at : at + 8]
    rng.shuffle(some)
    return lines[:at] + some + lines[at + 8 :]


def _beside(lines: list[str], rng: Random) -> list[str]:
    """Parts of the page as columns, side by side."""
    count, gutter = rng.randint(2, 4), " " * rng.randint(1, 5)
    height = -(-len(lines) // count)
    columns = [lines[k * height : (k + 1) * height] for k in range(count)]
    wide = rng.choice((max, min))(map(len, lines)) + rng.randint(0, 2)
    rows = [[c[n] if n < len(c) else "" for c in columns] for n in range(height)]
    return [gutter.join(cell.ljust(wide, rng.choice(" 　")) for cell in row) for row in rows]


def _torn(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    cut = rng.randint(0, len(lines[at]))
    return [*lines[:at], lines[at][:cut], lines[at][cut:], *lines[at + 1 :]]


def _glued(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    return [*lines[:at], rng.choice(("", " ", "  ")).join(lines[at : at + 2]), *lines[at + 2 :]]


def _put_in(lines: list[str], rng: Random) -> list[str]:
    at = rng.randrange(len(lines))
    cut = rng.randint(0, len(lines[at]))
    return [*lines[:at], lines[at][:cut] + rng.choice(PIECES) + lines[at][cut:], *lines[at + 1 :]]


def _added(lines: list[str], rng: Random) -> list[str]:
    at = rng.randint(0, len(lines))
    return [*lines[:at], rng.choice(PIECES), *lines[at:]]


ALTERATIONS: Final[tuple[Alteration, ...]] = (
    *(_dropped, _again, _shuffled, _beside, _torn, _glued, _put_in, _put_in, _added, _added),
)


def altered(pages: list[list[str]], rng: Random) -> list[str]:
    """A window of some page, altered."""
    page = rng.choice(pages)
    at = rng.randrange(len(page))
    lines = page[at : at + rng.randint(*LINES)]
    for _ in range(rng.randint(*TIMES)):
        lines = rng.choice(ALTERATIONS)(lines, rng) or [""]
    return lines


def check(source: str) -> None:
    """Nothing lost, nothing twice, every place true, every format written, native ones read back."""
    report = parse(source)
    check_lossless(report)
    check_aligned(report)
    check_spans(report)
    for name in ("markdown", "tei", "akn", "docling", "html", "pandoc", "text", "annotations"):
        report.to(name)
    assert Report.from_xml(report.to_xml()) == report
    assert Report.from_json(report.to_json()) == report


def fault(lines: list[str]) -> str | None:
    """What does not hold of a text's report, if anything."""
    try:
        check("\n".join(lines))
    except Exception as error:  # noqa: BLE001 - whatever is raised is a finding
        return f"{type(error).__name__}: {error}"[:300]
    return None


def shortest(lines: list[str]) -> list[str]:
    """A text that still fails, when no line more can be left out."""
    size = len(lines)
    while size:
        size //= 2
        at = 0
        while size and at < len(lines):
            fewer = lines[:at] + lines[at + size :]
            if fewer and fault(fewer):
                lines = fewer
            else:
                at += size
    return lines


def pages(folders: Iterable[Path]) -> Iterator[list[str]]:
    """The lines of all pages in some folders."""
    for folder in folders:
        for path in sorted(folder.rglob("*.txt")):
            if lines := path.read_text(encoding="utf-8").splitlines():
                yield lines
