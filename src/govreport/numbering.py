"""Labels of the heading ladder: read, write, value, successor.

Reads the label a line begins with (第一章, 一、, （一）, 1., ①, 第一，, 一是, ——) as a value, tells
labels from references and sentences that begin alike, and writes labels. The ladder is that of
GB/T 9704-2012 §7.3.3 with the levels of statutes above it. Knows nothing of the other modules.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import attrs
import regex

from govreport._label_styles import STYLES, Style
from govreport._label_tables import (
    BY_PLACE,
    FIRST,
    FOLD,
    FORMS,
    GLUED,
    IN_SENTENCE,
    KIND,
    LAST_DIGITS,
    LIKELY,
    LIST_SIGNS,
    NEVER_AFTER,
    PRINTED,
    REFERENCE,
    USUAL,
    WORDS,
    label_pattern,
)
from govreport._look_alikes import dot_is_point, is_list, past_blanks
from govreport._numerals import SERIES, SIGN_FORM, SIGN_VALUE, parse_numeral, write_numeral

__all__ = [
    "STYLES",
    "Form",
    "Numbering",
    "Style",
    "parse_numeral",
    "read",
    "successor",
    "write",
    "write_numeral",
]


@attrs.frozen(slots=True, kw_only=True)
class Numbering:
    """A label as it was read. Strictly a value: it does not know the text it came from."""

    text: str
    """As printed, with its marks and the blanks inside, without those after it."""
    style: str
    """A name in `STYLES`."""
    value: int | None
    """None for a dash only; of a decimal label the last component."""
    end: int
    """Offset in the text that was read, past the label and the blanks after it (exclusive)."""
    uncertain: bool = False
    """The print is damaged or reads two ways (一. and 一， for 一、): ask the sequence."""
    path: tuple[int, ...] = ()
    """All components of a decimal label: (1, 2) for 1.2."""

    @property
    def kind(self) -> Literal["heading", "item"]:
        """Whether the label opens a heading or an item."""
        return STYLES[self.style].kind

    @property
    def family(self) -> str:
        """The family of its style: variants of print at one level."""
        return STYLES[self.style].family

    @property
    def rank(self) -> int:
        """The usual place of its style in the ladder, smaller is higher."""
        return STYLES[self.style].rank


@attrs.frozen(slots=True)
class Form:
    """Another print of a style's labels, which a profile brings.

    Args:
        pattern: Matches the label at a line's start; its group ``numeral`` holds the number.
        style: The style in `STYLES` that such labels belong to.

    >>> form = Form(regex.compile("议题(?P<numeral>[一二三])："), "chapter")
    >>> label = read("议题二：财政", forms=(form,))
    >>> label.style, label.value, label.end
    ('chapter', 2, 4)
    """

    pattern: regex.Pattern[str]
    style: str

    def read(self, text: str, start: int) -> Numbering | None:
        """The label at a place of a text, where there is one in this form."""
        match = self.pattern.match(text, start)
        if match is None or match.end() == start:
            return None
        numeral = match.groupdict().get("numeral")
        value = parse_numeral(numeral) if numeral else None
        return _numbering(text, start, match.end(), self.style, value)


# --- reading --------------------------------------------------------------------------------------


def read(text: str, start: int = 0, forms: Sequence[Form] = ()) -> Numbering | None:
    """Return the label at `start`, or None where none stands there.

    References and sentences that begin like a label are none: 1—9月, 3.2亿元, 三、四线城市,
    第一章和第二章. The label is read by itself; whether it fits the series is for the caller, who
    should ask most where `uncertain` is set.

    Args:
        text: Any string; the label stands at `start`, without blanks before it.
        start: Offset in code points.
        forms: Other prints of labels, asked first.

    Returns:
        The label, whose `end` is an offset into `text`; or None. Never raises; takes constant time
        but for the run of blanks after the label.

    >>> read("（二） 积极发展")
    Numbering(text='（二）', style='han-paren', value=2, end=4, uncertain=False, path=())
    >>> read("三、四线城市") is None
    True
    """
    for form in forms:
        if label := form.read(text, start):
            return label
    # Most lines end here, for the price of one look-up.
    if text[start : start + 1] not in FIRST:
        return None
    usual = USUAL.match(text) if not start else None
    if usual is not None:
        return _usual(usual.group())
    match = label_pattern().match(text, start) if LIKELY.match(text, start) else None
    return None if match is None else _READERS[match.lastgroup or ""](text, start, match)


@lru_cache(maxsize=1 << 8)
def _usual(printed: str) -> Numbering | None:
    """Read one of the labels that most lines have which have any."""
    match = label_pattern().match(printed)
    return None if match is None else _read_marked(printed, 0, match)


def _numbering(
    text: str,
    start: int,
    stop: int,
    style: str,
    value: int | None,
    *,
    uncertain: bool = False,
    path: tuple[int, ...] = (),
) -> Numbering | None:
    """Return the label in `text[start:stop]`, or None where its value or what follows forbids it."""
    if value is not None and not 1 <= value <= STYLES[style].limit:
        return None
    end = past_blanks(text, stop)
    if text[end : end + 1] in NEVER_AFTER:
        return None
    reference = REFERENCE.get(style)
    if reference is not None and reference.match(text, end):
        return None
    return Numbering(
        text=text[start:stop], style=style, value=value, end=end, uncertain=uncertain, path=path
    )


def _read_marked(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read a numeral between what opens it and its mark."""
    printed, mark, stop = match["numeral"], match["mark"], match.end()
    before = match["open"] or ""
    kind = KIND[printed[0]]
    folded = FOLD.get(mark[0], mark[0])
    style, uncertain = FORMS.get((FOLD.get(before, before), kind, folded), ("", False))
    value = parse_numeral(printed)
    if not style or value is None:
        return None
    if folded in "、,.":
        if is_list(kind, value, folded, text, stop):
            return None
    elif WORDS.match(text, stop - 1):
        return None
    if kind == "han" and len(printed) > 1 and BY_PLACE.fullmatch(printed):
        if STYLES[style].kind == "item":
            return None
        uncertain = True
    if style == "digit-dot":
        is_point = dot_is_point(text, stop)
        if is_point:
            return None
        uncertain = is_point is None
    elif mark in GLUED and text[stop : stop + 1].isalpha():
        uncertain = True
    return _numbering(text, start, stop, style, value, uncertain=uncertain)


def _read_decimal(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read 1.1.1; a label of two parts only with a blank after it, else it is a number."""
    stop = match.end()
    path = tuple(int(part) for part in match["decimal"].replace("．", ".").split("."))
    short = len(path) == 2
    if min(path) < 1 or IN_SENTENCE.match(text, stop):
        return None
    if short and past_blanks(text, stop) == stop:
        return None
    return _numbering(text, start, stop, "decimal", path[-1], uncertain=short, path=path)


def _read_box(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read 专栏1, the head of a box; what goes on with 和, 所示 or a mark speaks of one."""
    stop = start + len(match["box"].rstrip())
    return _numbering(text, start, stop, "box", parse_numeral(match["count"]))


def _read_counted(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read 第一件事：, which says what it counts."""
    return _numbering(text, start, match.end(), "matter", parse_numeral(match["which"]))


def _read_sign(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read a single sign that holds numeral and marks in one: ① ⑴ ⒈ ㈠."""
    sign = match["sign"]
    return _numbering(text, start, match.end(), LIST_SIGNS[SIGN_FORM[sign]], SIGN_VALUE[sign])


def _read_bullet(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read the bullet that opens an item of a list."""
    return _numbering(text, start, match.end(), "bullet", None)


def _read_dash(text: str, start: int, match: regex.Match[str]) -> Numbering | None:
    """Read the dash that opens an item."""
    return _numbering(text, start, match.end(), "dash", None)


_READERS: Mapping[str, Callable[[str, int, regex.Match[str]], Numbering | None]] = MappingProxyType(
    {
        "mark": _read_marked,
        "decimal": _read_decimal,
        "box": _read_box,
        "counted": _read_counted,
        "sign": _read_sign,
        "dash": _read_dash,
        "bullet": _read_bullet,
    }
)


# --- writing --------------------------------------------------------------------------------------


def write(style: str, value: int | None, *, above: tuple[int, ...] = (1, 1)) -> str:
    """Return the canonical label of a style.

    Args:
        style: A name in `STYLES`.
        value: From 1 to the style's limit; passed over for a dash.
        above: For a decimal label, the components before the last one.

    Raises:
        ValueError: The style is unknown or the value out of its range.

    >>> write("han-paren", 12), write("digit-dot", 3), write("decimal", 2, above=(4,))
    ('（十二）', '3.', '4.2')
    """
    if style not in STYLES:
        raise ValueError(f"no style of labels {style!r}")
    row = STYLES[style]
    if not row.limit:
        return row.before
    if value is None or not 1 <= value <= row.limit:
        raise ValueError(f"labels of style {style!r} have values from 1 to {row.limit}: {value}")
    if style == "decimal":
        return ".".join(map(str, (*above, value)))
    return row.before + write_numeral(value, row.numeral) + row.after


def successor(numbering: Numbering) -> str | None:
    """Return the label after this one, printed in the same way where its signs go that far.

    Returns:
        The text of the next label, a dash after a dash; None where the style goes no further.

    >>> successor(read("(九)发展")), successor(read("⒛")), successor(read("癸、其他"))
    ('(十)', '21.', None)
    """
    if numbering.value is None:
        return numbering.text
    value = numbering.value + 1
    if value > STYLES[numbering.style].limit:
        return None
    form = SIGN_FORM.get(numbering.text)
    if form is not None:
        if value <= len(SERIES[form]):
            return write_numeral(value, form)
        return write(numbering.style, value)
    pattern = LAST_DIGITS if numbering.path else PRINTED
    found = pattern.search(numbering.text)
    if found is None:  # not a label that `read` gave
        return write(numbering.style, value)
    numeral = write_numeral(value, _form(found[0]))
    return numbering.text[: found.start()] + numeral + numbering.text[found.end() :]


def _form(printed: str) -> str:
    """Return the style for `write_numeral` in which a numeral was printed."""
    kind = KIND[printed[0]]
    if kind == "digit":
        return "digit" if printed[0].isascii() else "wide-digit"
    if kind == "han" and len(printed) > 1 and not set(printed) & set("十百千廿卅 \u3000"):
        return "han-place"
    return kind
