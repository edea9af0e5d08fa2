"""What speaks at a line end: the named features that the inference weighs.

Features speak of geometry (slack, overflow, indent, blank lines), of punctuation and of numbering,
never of the vocabulary of these documents. A feature is a name such as ``end:stop`` or
``slack-inner:-1``; the weights stand in ``weights.json``, one row a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs
import regex

from govreport import measure
from govreport.lines import PrintedLine
from govreport.numbering import STYLES, Form, Numbering, read
from govreport.typography import CLOSING, NOT_LINE_END, NOT_LINE_START, OPENING, first_unit_width

__all__ = ["Cues", "gather"]

_ENDS: Final = {
    **dict.fromkeys("。", "stop"),
    **dict.fromkeys("！？!?", "call"),
    **dict.fromkeys("；;", "semicolon"),
    **dict.fromkeys("：:∶", "colon"),
    **dict.fromkeys("，,、", "comma"),
    **dict.fromkeys("—…─", "dash"),
    **dict.fromkeys("0123456789０１２３４５６７８９.．", "digit"),
}
#: Ends that sentences have, ends that they have not, and the rest.
_GROUPS: Final = {"stop": "full", "call": "full", "closed-stop": "full", "comma": "pause"}
_LATIN: Final = regex.compile(r"[A-Za-zＡ-Ｚａ-ｚ]")
_YEAR: Final = regex.compile(r"[12１２][0-9０-９]{3}年|[一二][〇○零0一二三四五六七八九]{3}年")
_DIGITS: Final = frozenset("0123456789０１２３４５６７８９")
#: A sentence that ends early on a line: the first line of a paragraph may open with its lead.
_EARLY_STOP: Final = regex.compile(r"[^。！？]{4,18}[。！？]")
_STOP_INSIDE: Final = regex.compile(r"[。；！？].")
_FIRST_STOP: Final = regex.compile(r"[^。！？；]*[。！？；]")
#: What a line's length is held against where there is no measure, in em.
_PROSE: Final = 40.0
#: So much of a line's room, in em, setting it loose may take up.
_LOOSE: Final = 4.0
#: How far above the usual depth of prose a share of indented lines may lie and still tell.
_TELLING: Final = (0.02, 0.7)


@attrs.frozen
class Cues:
    """The features of every line end of a text, and the geometry behind them.

    Args:
        names: For each line end the names of the features that hold there; the last is the end
            of the text.
        measures: The measure at each line in em; none where the text was never wrapped.
        slacks: Measure less width less the next line's first unit, in em; none with the measure.
        indent: The first-line indent of the text's paragraphs in em, as inferred.
        labels: The label that each line begins with, none where it begins with none.
    """

    names: tuple[tuple[str, ...], ...]
    measures: tuple[float | None, ...]
    slacks: tuple[float | None, ...]
    indent: float
    labels: tuple[Numbering | None, ...]


def gather(lines: Sequence[PrintedLine], forms: Sequence[Form] = ()) -> Cues:
    """Gather what each line end says.

    Args:
        lines: Printed lines in reading order, front matter and furniture taken out.
        forms: Other prints of labels than the general ones.
    """
    measures = measure.track([line.width for line in lines])
    labels = [read(line.text.text, forms=forms) for line in lines]
    series = _series(labels)
    peers = _peers(lines, labels, measures)
    habit = _lead_habit(lines, labels, measures)
    indent = _first_line_indent(lines, measures)
    free = _unwrapped(lines, measures)
    visible = _visible_indents(lines)
    usual = _usual_blanks(lines)
    names: list[tuple[str, ...]] = []
    slacks: list[float | None] = []
    for k in range(len(lines) - 1):
        line, after = lines[k], lines[k + 1]
        slack, geometry = _geometry(line, after, measures[k], indent)
        beside = _beside(lines, k)
        if slack is not None and 0 <= slack <= _LOOSE and _is_loose(lines, k):
            geometry, beside = ("slack-inner:-0.5", "slack-first:-0.5"), ()
        if measures[k] is None:
            geometry = ("unwrapped",) if free[k] else ("unknown",)
        slacks.append(slack)
        names.append(
            (
                *geometry,
                *_shape(line, measures[k]),
                *beside,
                *_marks(line.text.text, after.text.text),
                *_setting(line, after, visible, usual),
                *series[k + 1],
                *_labelled(labels[k], peers[k], slack, line.text.text, after.text.text),
                *_second(line.text.text, labels[k - 1] if k else None, lines[k - 1].text.text),
                *_opening(line.text.text, after.text.text, labels[k + 1], habit),
            )
        )
    if lines:
        names.append(("end-of-text",))
        slacks.append(None)
    return Cues(tuple(names), tuple(measures), tuple(slacks), indent, tuple(labels))


def _unwrapped(
    lines: Sequence[PrintedLine], measures: Sequence[float | None]
) -> list[bool]:
    """Whether each line stands in a stretch that was never wrapped.

    Such a stretch has no measure and a line wider than any column; without one nothing is known.
    """
    out = [False] * len(lines)
    start = 0
    for stop in range(1, len(lines) + 1):
        if stop == len(lines) or (measures[stop] is None) != (measures[start] is None):
            if measures[start] is None:
                wide = any(line.width > measure.MAXIMUM + 2 for line in lines[start:stop])
                out[start:stop] = [wide] * (stop - start)
            start = stop
    return out


def _series(labels: Sequence[Numbering | None]) -> list[tuple[str, ...]]:
    """For each line the feature of its label: its family, and how it fits the running series."""
    last: dict[str, int] = {}
    out: list[tuple[str, ...]] = []
    for label in labels:
        if label is None:
            out.append(())
            continue
        style = STYLES[label.style]
        if label.value is None:
            fit = "plain"
        elif label.value == last.get(label.style, 0) + 1:
            fit = "next"
        elif label.value == 1:
            fit = "first"
        else:
            fit = "off"
        if fit in ("next", "first") and label.value is not None:
            last[label.style] = label.value
        doubt = "?" if label.uncertain else ""
        out.append((f"label:{style.family}{doubt}", f"series:{style.kind}:{fit}"))
    return out


@attrs.define
class _Peers:
    """How many lines with labels of one style, or of one series, are surely what."""

    heads: int = 0
    runs: int = 0
    full: int = 0

    def like(self) -> str:
        """What such lines mostly are; ``full`` where each fills its line, as no headings would."""
        if self.heads > 2 * self.runs:
            return "head"
        if self.runs > 2 * self.heads:
            return "run-in"
        if self.heads + self.runs:
            return "mixed"
        return "full" if self.full > 2 else "none"


def _peers(
    lines: Sequence[PrintedLine],
    labels: Sequence[Numbering | None],
    measures: Sequence[float | None],
) -> list[tuple[str, str] | None]:
    """For each labelled line what the others of its series are, and of its style.

    A line of its own, short and without a mark at its end, is a heading; a line on which a
    sentence ends and another begins is not. A series starts anew with each number one.
    """
    styles: dict[str, _Peers] = {}
    series: dict[str, _Peers] = {}
    found: list[tuple[_Peers, _Peers] | None] = []
    for k, label in enumerate(labels):
        if label is None or label.kind != "heading":
            found.append(None)
            continue
        style = styles.setdefault(label.style, _Peers())
        if label.value == 1 or label.style not in series:
            series[label.style] = _Peers()
        run = series[label.style]
        after = lines[k + 1] if k + 1 < len(lines) and labels[k + 1] is None else None
        verdict = _verdict(lines[k], after, measures[k])
        for peers in (style, run):
            peers.heads += verdict == "head"
            peers.runs += verdict == "run-in"
            peers.full += verdict == "full"
        found.append((run, style))
    return [pair and (pair[0].like(), pair[1].like()) for pair in found]


def _verdict(line: PrintedLine, after: PrintedLine | None, column: float | None) -> str:
    """What a labelled line is by its own look, the line after it considered; else nothing."""
    text = line.text.text
    if _STOP_INSIDE.search(text):
        return "run-in"
    if _end(text) in ("stop", "call", "semicolon", "closed-stop"):
        return ""
    if _is_short(line, column):
        return "head"
    if after is not None and _is_short(after, column) and _FIRST_STOP.match(after.text.text) is None:
        return "head"  # over two lines, the second of which no mark ends
    return "full"


def _is_short(line: PrintedLine, column: float | None) -> bool:
    """Whether a line is no full one, even a paragraph's first, and ends without a mark."""
    if _end(line.text.text) not in ("plain", "quote", "bracket", "latin"):
        return False
    return line.width < column - 3.4 if column is not None else line.width <= _PROSE


def _labelled(
    label: Numbering | None,
    peers: tuple[str, str] | None,
    slack: float | None,
    text: str,
    after: str,
) -> tuple[str, ...]:
    """What a labelled line is, by the other lines with labels of its style."""
    if label is None:
        return ()
    like, kin = peers or ("item", "item")
    stop = _FIRST_STOP.match(after)
    if stop is None:
        rest = "none"
    elif stop.end() == len(after):
        rest = "end"
    else:
        rest = "early" if stop.end() <= 12 else "late"
    fills = "free" if slack is None else "full" if slack < 0.5 else "near" if slack < 3 else "short"
    closed = "mark" if _end(text) in ("stop", "call", "semicolon", "colon", "closed-stop") else "open"
    return (
        f"labelled:{fills}-{closed}",
        f"labelled:{fills}-{like}",
        f"peers:{like}",
        f"kin:{like}-{kin}",
        f"rest:{rest}",
        f"style:{STYLES[label.style].family}",
    )


def _second(text: str, above: Numbering | None, head: str) -> tuple[str, ...]:
    """A line under a labelled line that no mark ended: the heading goes on, or its text begins."""
    if above is None or above.kind != "heading" or _GROUPS.get(_end(head)):
        return ()
    long = "short" if len(text) * 2 < len(head) else "long"
    return (f"second:{long}-{_GROUPS.get(_end(text), 'open')}",)


def _opening(
    text: str, after: str, label: Numbering | None, habit: str
) -> tuple[str, ...]:
    """Whether the next line opens as paragraphs with a run-in heading do."""
    if label is not None or text[-1] not in "。！？”":
        return ()
    early = _EARLY_STOP.match(after)
    if early is None:
        return ()
    form = "comma" if "，" in early[0] or "、" in early[0] else "plain"
    return (f"opening:{form}", f"opening:{form}-{habit}")


def _lead_habit(
    lines: Sequence[PrintedLine],
    labels: Sequence[Numbering | None],
    measures: Sequence[float | None],
) -> str:
    """How often this text's paragraphs open with a short sentence, where their start is sure."""
    starts = opened = 0
    for k in range(1, len(lines)):
        before, column = lines[k - 1], measures[k - 1]
        if column is None or labels[k] is not None or before.width > column - 3.5:
            continue
        if before.text.text[-1] in "。！？":
            starts += 1
            early = _EARLY_STOP.match(lines[k].text.text)
            opened += early is not None and "，" not in early[0]
    if starts < 4:
        return "unknown"
    share = opened / starts
    return "usual" if share > 0.5 else "some" if share > 0.2 else "rare"


def _geometry(
    line: PrintedLine, after: PrintedLine, column: float | None, indent: float
) -> tuple[float | None, tuple[str, ...]]:
    """How the line fills the column, were it an inner line or a paragraph's first."""
    if column is None:
        return None, ()
    unit = first_unit_width(after.text.text)
    slack = column - line.width - unit
    if line.spaced:  # spaced out to fill the column: it went on
        return slack, ("spaced", "slack-inner:-1", "slack-first:-1")
    inner = _bucket(slack)
    first = _bucket(slack - indent)
    over = line.width - column
    out = [f"slack-inner:{inner}", f"slack-first:{first}"]
    if over > 0.25:
        out.append(f"over:{min(3.0, round(2 * over) / 2):g}")
    over += indent
    if over > 0.25:
        out.append(f"over-first:{min(3.0, round(2 * over) / 2):g}")
    return slack, tuple(out)


def _is_loose(lines: Sequence[PrintedLine], k: int) -> bool:
    """Whether a line was set loose: by its own blanks, or amid others that were."""
    line = lines[k]
    if line.loose:
        return True
    near = lines[max(0, k - 3) : k + 4]
    return line.text.text[-1] not in "。！？" and sum(each.loose for each in near) > 1


def _beside(lines: Sequence[PrintedLine], k: int) -> tuple[str, ...]:
    """How the line fills what the lines around it fill: a column may be set looser for a while."""
    around = [line.width for line in lines[max(0, k - 3) : k] + lines[k + 1 : k + 5]]
    if len(around) < 3:
        return ()
    around.sort()
    unit = first_unit_width(lines[k + 1].text.text)
    return (f"slack-local:{_bucket(around[-2] - lines[k].width - unit)}",)


def _bucket(slack: float) -> str:
    step = round(2 * slack) / 2
    if step <= -3:
        return "-3"
    if step >= 6:
        return "6"
    if step > 2:
        return f"{round(step):g}"
    return f"{step:g}"


def _shape(line: PrintedLine, column: float | None) -> tuple[str, ...]:
    """What the line itself looks like: its length, how it ends."""
    text = line.text.text
    share = line.width / (column or _PROSE)
    long = "short" if share < 0.45 else "half" if share < 0.75 else "long"
    stops = "some" if "。" in text[:-1] or "；" in text[:-1] else "none"
    commas = "comma" if "，" in text else "plain"
    return (f"length:{long}", f"inside:{stops}-{commas}")


def _marks(text: str, after: str) -> tuple[str, ...]:
    """How the line ends, how the next begins, and what spans the line end."""
    last, first = text[-1], after[0]
    end, start = _end(text), _start(after)
    out = [f"end:{end}", f"start:{start}", f"pair:{_GROUPS.get(end, 'open')}-{start}"]
    if last in _DIGITS and first in _DIGITS:
        out.append("digits-across")
    elif last in _DIGITS and first in "年月日%％":
        out.append("figure-across")
    elif _LATIN.match(last) and _LATIN.match(first):
        out.append("latin-across")
    if _open_at_end(text) and _closes_first(after):
        out.append("quote-across")
    if _YEAR.match(after):
        out.append("start-year")
    return tuple(out)


def _end(text: str) -> str:
    last = text[-1]
    kind = _ENDS.get(last)
    if kind:
        return kind
    if last in CLOSING:
        inner = _ENDS.get(text[-2:-1])
        if inner in ("stop", "call"):
            return "closed-stop"
        return "bracket" if last in "）)" else "quote"
    if last in NOT_LINE_END:
        return "opening"
    if last in "%％‰":
        return "digit"
    return "latin" if _LATIN.match(last) else "plain"


def _start(text: str) -> str:
    first = text[0]
    if first in NOT_LINE_START:
        return "prohibited"
    if first in "“‘「『":
        return "quote"
    if first in OPENING:
        return "bracket"
    if first in _DIGITS:
        return "digit"
    if first in "—─…":
        return "dash"
    return "latin" if _LATIN.match(first) else "plain"


_PAIRS: Final = (("“", "”"), ("（", "）"), ("《", "》"), ("「", "」"))


def _open_at_end(text: str) -> bool:
    """Whether a quotation or bracket is open where the text ends."""
    return any(text.rfind(opening) > text.rfind(closing) for opening, closing in _PAIRS)


def _closes_first(text: str) -> bool:
    """Whether the text closes a quotation or bracket before it opens one."""
    for opening, closing in _PAIRS:
        at = text.find(closing)
        if at >= 0 and not 0 <= text.find(opening) < at:
            return True
    return False


def _setting(
    line: PrintedLine, after: PrintedLine, visible: bool, usual: int
) -> tuple[str, ...]:
    """What the page's own setting tells: indents, blank lines, a new page or column."""
    out: list[str] = []
    if visible and after.indent is not None:
        deep = "deep" if after.indent > 3.2 else "in" if after.indent >= 0.75 else "flush"
        out.append(f"indent:{deep}")
    if after.blanks != usual:
        out.append("blanks:more" if after.blanks > usual else "blanks:fewer")
    if (after.page, after.column) != (line.page, line.column):
        out.append("new-column")
    return tuple(out)


def _visible_indents(lines: Sequence[PrintedLine]) -> bool:
    """Whether the source kept indents: some lines have one, most have none."""
    told = [line.indent >= 0.75 for line in lines if line.indent is not None]
    if not told:
        return False
    low, high = _TELLING
    return low <= sum(told) / len(told) <= high and sum(told) > 1


def _usual_blanks(lines: Sequence[PrintedLine]) -> int:
    """The number of empty lines that mostly stands between two lines."""
    if not lines:
        return 0
    counts = sorted(line.blanks for line in lines)
    return counts[len(counts) // 2]


def _first_line_indent(
    lines: Sequence[PrintedLine], measures: Sequence[float | None]
) -> float:
    """The first-line indent, from the lines that follow a line end which is surely hard."""
    votes = {0.0: 0.0, 1.0: 0.0, 2.0: 0.0}
    for k in range(1, len(lines) - 1):
        column, before, line = measures[k], lines[k - 1], lines[k]
        if column is None or before.width > column - 3.5 or line.width < column - 3.5:
            continue
        if _end(before.text.text) not in ("stop", "call") or line.spaced:
            continue
        left = column - line.width
        unit = first_unit_width(lines[k + 1].text.text)
        for indent in votes:
            if -0.6 <= left - indent < unit:
                votes[indent] += 1
    if votes[2.0] >= max(votes[0.0], votes[1.0]):
        return 2.0 if votes[2.0] else 0.0
    return 1.0 if votes[1.0] > votes[0.0] else 0.0
