"""The rules of setting Chinese: widths, prohibited line starts and ends, unbreakable units.

Widths are in em: a Han character and a full-width sign take one, digits and Latin letters half.
The rules come from GB/T 15834-2011 §5.1 (where marks may stand on a line), GB/T 15835-2011
(digits), and W3C CLREQ (prohibitions at line start and end). Knows nothing of the stages.
"""

import re
from collections.abc import Mapping
from functools import cache
from itertools import compress, count
from types import MappingProxyType
from typing import Final

import attrs
import regex

from govreport.stacked import Stack
from govreport.widths import ZERO_WIDTH, width, widths

__all__ = [
    "CLOSING",
    "DEFAULT_LEVEL",
    "HALF_WIDTH_NOT_LINE_START",
    "LEVELS",
    "NOT_LINE_END",
    "NOT_LINE_START",
    "OPENING",
    "PAUSE",
    "SQUEEZABLE",
    "TERMINAL",
    "UNBREAKABLE",
    "LineRules",
    "can_break",
    "first_unit",
    "first_unit_width",
    "first_unit_widths",
    "last_unit",
    "squeeze",
    "width",
    "widths",
]


@attrs.frozen(slots=True, kw_only=True)
class LineRules:
    """One level of the prohibition of marks at line start and line end (CLREQ; GB/T 15834 §5.1)."""

    name: str
    not_start: frozenset[str]
    """Characters that never stand first on a line."""
    not_end: frozenset[str]
    """Characters that never stand last on a line."""
    single_dash_not_start: bool
    """A lone one-em dash is a connector, not a dash, and stays with what is before it (§5.1.6)."""
    pairs_not_start: bool
    """Whether the two-em dash and the ellipsis are kept from the line start too."""


OPENING: Final = frozenset("“‘（《〈【〖〔［｛「『")
"""Opening halves of marks that come in pairs."""

CLOSING: Final = frozenset("”’）》〉】〗〕］｝」』")
"""Closing halves, in the order of `OPENING`."""

PAUSE: Final = frozenset("、，；：")
"""Marks inside a sentence."""

TERMINAL: Final = frozenset("。！？‼⁇⁈⁉｡!?")
"""Marks that end a sentence. The full-width dot is not among them: here it is a decimal point."""

SQUEEZABLE: Final = frozenset("。．，、：；！？") | CLOSING
"""Full-width marks whose second half is blank, so that it may be dropped at a line end
(GB/T 15834 §5.1.10)."""

UNBREAKABLE: Final = ("——", "……", "⋯⋯", "――", "──", "━━")
"""Signs of two equal halves that no line end may part (GB/T 15834 §5.1.4, §5.1.5; the last three
are what fonts and extraction make of the dash). U+2E3A is one code point and needs no rule."""

HALF_WIDTH_NOT_LINE_START: Final = frozenset(",.;:!?)]}｡､｣･")
"""Half-width twins of prohibited marks, which extraction puts into Chinese text."""

_BASIC_START = frozenset("。．，、：；！‼？⁇～-–·・‧/／") | CLOSING
_SLASHES = frozenset("/／")

LEVELS: Final[Mapping[str, LineRules]] = MappingProxyType(
    {
        rules.name: rules
        for rules in (
            LineRules(
                name="basic",
                not_start=_BASIC_START,
                not_end=OPENING,
                single_dash_not_start=False,
                pairs_not_start=False,
            ),
            LineRules(
                name="gb",
                not_start=_BASIC_START,
                not_end=OPENING | _SLASHES,
                single_dash_not_start=True,
                pairs_not_start=False,
            ),
            LineRules(
                name="strict",
                not_start=_BASIC_START,
                not_end=OPENING | _SLASHES,
                single_dash_not_start=True,
                pairs_not_start=True,
            ),
        )
    }
)
"""The levels of CLREQ by name. Its level "none" has no prohibitions and needs no row."""

DEFAULT_LEVEL: Final = "gb"
NOT_LINE_START: Final = LEVELS[DEFAULT_LEVEL].not_start
NOT_LINE_END: Final = LEVELS[DEFAULT_LEVEL].not_end

# Signs before and after a number that stay with it (CLREQ: annotation marks of digits).
_PREFIX = "¥￥$＄€£￡＄±≥≤№"
_SIGN = "-+−－＋"
_SUFFIX = "%％‰‱℃℉°′″"
_DIGIT = "0-9０-９"
_LETTER = "A-Za-zＡ-Ｚａ-ｚÀ-ÖØ-öø-ɏͰ-ϿЀ-ӿ"


# --- units ----------------------------------------------------------------------------------------


def _chars(characters: frozenset[str] | str) -> str:
    """Return the inside of a regular expression class for these characters."""
    return "".join(re.escape(character) for character in sorted(characters))


def _break_pattern(rules: LineRules) -> str:
    """Return a zero-width pattern for the places where a line may end, by one level of rules."""
    start = _chars(rules.not_start | HALF_WIDTH_NOT_LINE_START | frozenset(_SUFFIX))
    end = _chars(rules.not_end | frozenset("([{｢"))
    twice = "|".join(f"(?<={pair[0]}){pair[0]}" for pair in UNBREAKABLE)
    parts = [
        "(?s)(?<=.)(?=.)",  # between two characters
        f"(?<![{end}])(?![{start}{ZERO_WIDTH}])",  # prohibited first and last
        f"(?!{twice})",  # pairs
        f"(?!(?<=[{_DIGIT}{_LETTER}])[{_DIGIT}{_LETTER}])",  # words and numbers
        f"(?!(?<=[{_DIGIT}{_LETTER}][.,:'])[0-9A-Za-z])",  # 1,234.5 and names with dots
        f"(?!(?<=[{_DIGIT}]．)[{_DIGIT}])",
        f"(?!(?<=[{_PREFIX}])[{_DIGIT}])",
        f"(?!(?<=[{_chars(_SIGN)}])(?<![{_DIGIT}{_LETTER}].)[{_DIGIT}])",  # a sign, not a range
        "(?!(?<=°)[CF])",
    ]
    if rules.single_dash_not_start:
        parts.append("(?!(?<!—)—(?!—))")
    if rules.pairs_not_start:
        parts.append(f"(?!{'|'.join(UNBREAKABLE)}|⸺)")
    return "".join(parts)


_FIRST_BREAK = re.compile(_break_pattern(LEVELS[DEFAULT_LEVEL]))
_HAN = "\u3400-\u9fff"
# How nearly all lines begin: a Han that is a unit by itself, or one with the marks around it, each
# sign of which takes one em; of what begins otherwise the first character, which is no unit then.
_START = (
    rf"(?:[{_HAN}](?=[{_HAN}0-9A-Za-z{_chars(OPENING)}])"
    rf"|([{_chars(OPENING)}]*+[{_HAN}][{_chars(SQUEEZABLE)}]*+(?=[{_HAN}{_chars(OPENING)}])|.))"
)
_ONE_START = re.compile(_START)
_STARTS = re.compile("\n" + _START)
# A number before Han, as most that begin a line otherwise.
_NUMBER = re.compile("[0-9]+(?:[.][0-9]+)?%?(?=[\u3400-\u9fff])")


# Compiled when first asked for: an import should not wait for what few callers need.
@cache
def _break(level: str) -> re.Pattern[str]:
    """Return the places where a line may end, by a level."""
    return _FIRST_BREAK if level == DEFAULT_LEVEL else re.compile(_break_pattern(LEVELS[level]))


@cache
def _last_break() -> regex.Pattern[str]:
    """Return the places where a line may end by the default level, looked for from the end."""
    return regex.compile("(?r)" + _break_pattern(LEVELS[DEFAULT_LEVEL]))


def can_break(before: str, after: str, *, level: str = DEFAULT_LEVEL) -> bool:
    """Tell whether a line end may stand between two texts by the rules of setting.

    Args:
        before: The text up to the line end; its last two characters matter.
        after: The text from the next line on; its first two characters matter.
        level: A name in `LEVELS`: "basic", "gb" (GB/T 15834 §5.1, the default) or "strict".

    Returns:
        False where a rule of that level forbids the line end. True where either text is empty.

    >>> can_break("发展", "，"), can_break("增长12", "%"), can_break("发展", "改革")
    (False, False, True)
    """
    if not before or not after:
        return True
    if "\u3400" <= before[-1] <= "\u9fff" and "\u3400" <= after[0] <= "\u9fff":
        return True
    tail = before[-2:]
    return _break(level).match(tail + after[:2], len(tail)) is not None


def first_unit(text: str) -> str:
    """Return the unbreakable unit at the start of `text`: what a line before it had to hold whole.

    A number with its sign and unit mark, a Latin word, an opening mark with what follows it, a
    character with the closing marks after it, a dash or ellipsis pair. By GB/T 15834 §5.1,
    GB/T 15835 (numbers are not parted) and CLREQ; a range may be parted after its sign.

    Args:
        text: The text of a line.

    Returns:
        The unit, a prefix of `text`; empty for an empty text only.

    >>> first_unit("12.5%的增长"), first_unit("“十三五”规划"), first_unit("强。新")
    ('12.5%', '“十', '强。')
    """
    found = _FIRST_BREAK.search(text, 1)
    return text if found is None else text[: found.start()]


def first_unit_width(text: str) -> float:
    """Return the width in em of `first_unit(text)`; zero for an empty text.

    >>> first_unit_width("12.5%的增长")
    2.5
    """
    found = _ONE_START.match(text)
    start = found[1] if found else "\n"
    return 1.0 if start is None else _started(start, text)


def first_unit_widths(stack: Stack) -> list[float]:
    """Return the width of the first unit of each line in em, as `first_unit_width` does.

    Args:
        stack: Lines, none of them empty.

    >>> first_unit_widths(Stack.of(["工作", "作。会议", "“十三五”规划", "12.5%"]))
    [1.0, 2.0, 2.0, 2.5]
    """
    starts = _STARTS.findall("\n" + stack.whole)
    out = [1.0] * len(stack.texts)
    for k in compress(count(), starts):
        out[k] = _started(starts[k], stack.texts[k])
    return out


def _started(start: str, text: str) -> float:
    """Return the width of the first unit of a text, which its start may tell; see `_START`."""
    if len(start) > 1:
        return float(len(start))
    number = _NUMBER.match(text)
    return number.end() / 2 if number else width(first_unit(text))


def last_unit(text: str) -> str:
    """Return the unbreakable unit at the end of `text`, by the same rules as `first_unit`.

    Args:
        text: The text of a line.

    Returns:
        The unit, a suffix of `text`; empty for an empty text only.

    >>> last_unit("增长12.5%"), last_unit("监督工作。")
    ('12.5%', '作。')
    """
    if "\u3400" <= text[-1:] <= "\u9fff" and "\u3400" <= text[-2:-1] <= "\u9fff":
        return text[-1]
    # A search from the end costs more than a few trials, but stays quick on an endless word.
    for start in range(len(text) - 1, max(len(text) - 12, 0), -1):
        if _FIRST_BREAK.match(text, start) is not None:
            return text[start:]
    found = _last_break().search(text)
    return text if found is None else text[found.start() :]


# --- squeezing ------------------------------------------------------------------------------------

_SIDE_BY_SIDE = re.compile(
    f"[{_chars(CLOSING)}](?=[{_chars(CLOSING | OPENING | frozenset('、，。；：'))}])"
    f"|[、，。；：](?=[{_chars(CLOSING | OPENING)}])"
    f"|[{_chars(OPENING)}](?=[{_chars(OPENING)}])"
)


def squeeze(text: str) -> float:
    """Return how many em a compositor could win on a line by squeezing its marks.

    Half an em for a full-width mark at the line end (GB/T 15834 §5.1.10) and half an em wherever
    two marks stand side by side of which one has its blank half inside (CLREQ, width adjustment).

    Args:
        text: The text of one line, blanks trimmed.

    Returns:
        The em that could be won, a multiple of one half.

    >>> squeeze("实施“一号工程”，"), squeeze("经济发展")
    (1.0, 0.0)
    """
    end = 0.5 if text[-1:] in SQUEEZABLE else 0.0
    return end + len(_SIDE_BY_SIDE.findall(text)) / 2
