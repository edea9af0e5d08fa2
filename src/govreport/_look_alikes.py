"""What follows a numeral and its mark, and shows that the two are no label."""

from govreport._label_tables import BLANK_RUN, KIND, TORN, YEAR, next_pattern
from govreport._numerals import parse_numeral

__all__ = ["dot_is_point", "is_list", "past_blanks"]


def past_blanks(text: str, start: int) -> int:
    """Return the offset past the blanks at `start`."""
    if not text[start : start + 1].isspace():
        return start
    blank = BLANK_RUN.match(text, start)
    return start if blank is None else blank.end()


def is_list(kind: str, value: int, mark: str, text: str, end: int) -> bool:
    """Tell whether the numeral after a comma goes on with this one: both are in a sentence then."""
    if kind == "digit" and text[end : end + 1] == "第":  # 1、第2位
        end += 1
    if KIND.get(text[end : end + 1]) != kind:
        return False
    found = next_pattern().match(text, end)
    following = parse_numeral(found["numeral"]) if found else None
    if found is None or following is None:
        return False
    tail = found.lastgroup
    if following == value + 1:
        return kind != "han" or mark != "、" or tail not in ("numeral", "decade")
    if tail == "decade":
        return following == 10 * (value + 1)
    return following > value and tail in ("chain", "always")


def dot_is_point(text: str, stop: int) -> bool | None:
    """Tell whether the dot before `stop` is a decimal point; None where it may be one."""
    end = past_blanks(text, stop)
    if end == len(text):
        return None
    if KIND.get(text[end]) != "digit" or YEAR.match(text, end):
        return False
    return True if end == stop or TORN.match(text, end) else None
