"""What is odd about the characters of a source: remarked on, never repaired.

A text that was decoded with a wrong encoding is known by the way back: encoded again as it was
wrongly read, its bytes are well-formed in the encoding that they were written in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

from govreport.diagnostics import Diagnostic
from govreport.lazy import plain
from govreport.source import DELETABLE, Span
from govreport.unicode_tables import READINGS

__all__ = ["remarks"]

_CONTROLS: Final = "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]++"
#: Private-use characters that GB 18030 once gave out have readings, and are no riddle.
_KNOWN_PRIVATE: Final = "".join(sign for sign in READINGS if "\ue000" <= sign <= "\uf8ff")
_RIDDLE: Final = f"[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd](?<![{_KNOWN_PRIVATE}])"
_PRIVATE: Final = f"{_RIDDLE}(?:{_RIDDLE})*+"
_REPLACED: Final = "\ufffd++"

#: What CP1252 has where Latin-1 has controls; both stand for the bytes 80 to 9F.
_CP1252: Final = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_TAIL: Final = rf"[\x80-\xbf{_CP1252}]"
#: UTF-8 read as Latin-1: two characters of a Chinese page, of three bytes each, or its mark.
_UTF8_AS_LATIN: Final = rf"(?=[\xe2-\xef])(?:(?:[\xe2-\xef]{_TAIL}{{2}}){{2,}}+|ï»¿)"
#: GBK read as Latin-1: no word of a European language has six such letters on end.
_GBK_AS_LATIN: Final = r"[\xa1-\xfe]{6,}+"
#: What two U+FFFD of UTF-8 make in GBK, and memory that no one has written to.
_KNOWN: Final = r"(?=[锟烫屯])(?:(?:锟斤拷)+|锟斤|烫{3,}+|屯{3,}+)"

#: What is odd by itself; and what is where another follows, since a Latin letter or a × by itself is
#: no trace of another encoding, nor a character of a village what memory shows again and again.
_ALONE: Final = "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff"
_FOLLOWED: Final = (
    ("\xc0-\xff", f"\x80-\xff{_CP1252}"),
    *(("锟", "斤"), ("烫", "烫"), ("屯", "屯")),
)


class _Kind(NamedTuple):
    code: str
    #: Where it may be.
    places: str
    #: Whether it is there.
    holds: Callable[[str], bool]
    #: What is said of one place.
    says: Callable[[str], str]
    #: How many places are remarked on one by one; one more remark speaks for the rest.
    limit: int = 20


def remarks(text: str) -> tuple[Diagnostic, ...]:
    """What is odd about a source's characters, in the order of the text.

    Args:
        text: The source.

    >>> [each.code for each in remarks("工\\x00作 \\ufffd\\ufffd")]
    ['control-characters', 'replacement-character']
    >>> [each.message for each in remarks("鏀垮簻宸ヤ綔鎶ュ憡")]
    ['this looks like UTF-8 that was read as GBK']
    >>> remarks("政府工作报告"), remarks(" \\n")[0].code
    ((), 'empty')
    """
    if DELETABLE.fullmatch(text):
        empty = Diagnostic.of("empty", "the source holds no text", Span(0, len(text)))
        return (empty, *_odd(text))
    return tuple(_odd(text))


def _odd(text: str) -> list[Diagnostic]:
    signs = _anything().findall(text)
    if not signs:  # as in nearly all texts
        return []
    says = _looks("UTF-8 that was read as GBK")
    kinds = [*_KINDS, _Kind("mojibake", _utf8_as_gbk(), _is_utf8_as_gbk, says, 1)]
    # No trace of another encoding is without two signs that go together.
    if max(map(len, signs)) == 1:
        odd = "".join(signs)
        kinds = [kind for kind in kinds if plain(kind.places).search(odd)]
    return sorted([each for kind in kinds for each in _found(text, kind)], key=_place)


def _place(remark: Diagnostic) -> tuple[int, int]:
    return remark.span.start, remark.span.end


def _found(text: str, kind: _Kind) -> Iterator[Diagnostic]:
    places = (m for m in plain(kind.places).finditer(text) if kind.holds(m.group()))
    for match in islice(places, kind.limit):
        yield Diagnostic.of(kind.code, kind.says(match.group()), Span(*match.span()))
    if first := next(places, None):
        more = 1 + sum(1 for _ in places)
        message = f"{more} places more like this, the first of them here"
        yield Diagnostic.of(kind.code, message, Span(*first.span()))


# ---- what is said


def _named(text: str) -> str:
    """The code points of a run, the first few of them."""
    shown = " ".join(f"U+{ord(sign):04X}" for sign in text[:4])
    return shown + (f" and {len(text) - 4} more" if len(text) > 4 else "")


def _controls(text: str) -> str:
    return f"{_named(text)} left out: controls, surrogates or noncharacters show nothing"


def _private(text: str) -> str:
    return f"{_named(text)} kept: what private-use characters mean, only their font knows"


def _replaced(text: str) -> str:
    return f"{len(text)} U+FFFD: characters were lost before the text came here"


def _looks(how: str) -> Callable[[str], str]:
    def says(_text: str) -> str:
        return f"this looks like {how}"

    return says


# ---- the ways back


def _always(_text: str) -> bool:
    return True


def _latin_bytes(text: str) -> bytes:
    """The bytes that were read as CP1252, or as Latin-1 where CP1252 has nothing."""
    return b"".join(
        sign.encode("cp1252" if sign in _CP1252 else "latin-1", "replace") for sign in text
    )


def _is_utf8_as_latin(text: str) -> bool:
    try:
        back = _latin_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all("\u2000" <= sign <= "\uffef" for sign in back)


def _is_gbk_as_latin(text: str) -> bool:
    """Two bytes are a character: an odd one at the end may belong to what is cut off."""
    try:
        back = text.encode("latin-1")[: len(text) & ~1].decode("gb2312")
    except UnicodeDecodeError:
        return False
    # Rows 16 to 55 of GB 2312 hold the common characters, in the order of their sounds.
    common = sum(sign.encode("gb2312")[0] < 0xD8 for sign in back)
    return common * 4 >= len(back) * 3


@cache
def _anything() -> re.Pattern[str]:
    """Signs that may be something to remark on: one search settles it for most texts.

    Of UTF-8 read as GBK the first two characters are looked for: rarely found where it is not.
    """
    followed = (*_FOLLOWED, _thirds()[:2])
    signs = "".join(sign for sign, _ in followed)
    pairs = "|".join(f"(?<=[{sign}])[{after}]" for sign, after in followed)
    return re.compile(f"[{_ALONE}{signs}](?:(?<=[{_ALONE}])|{pairs})")


@cache
def _utf8_as_gbk() -> str:
    """Two characters of three bytes each, read as three of two: E4–E9, then 80–BF five times.

    The first of the three has a lead byte of Han in UTF-8 and a low trail byte: such characters
    are rare. Rarer still is one of them in the right distance from the next.
    """
    first, second, third = _thirds()
    three = f"[{first}][{second}][{third}]"
    return f"{three}(?:{three})*"


def _thirds() -> tuple[str, str, str]:
    """The characters of GBK that each of the three may be."""
    tail = range(0x80, 0xC0)
    return _pairs(range(0xE4, 0xEA), tail), _pairs(tail, range(0xE3, 0xF0)), _pairs(tail, tail)


def _pairs(leads: range, trails: range) -> str:
    """The characters of GBK with such bytes."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    return b"\n".join(pairs).decode("gbk", "ignore").replace("\n", "")


def _is_utf8_as_gbk(text: str) -> bool:
    try:
        back = text.encode("gbk").decode("utf-8")
    except UnicodeError:
        return False
    return len(back) >= 4 or all("\u4e00" <= sign <= "\u9fff" for sign in back)


_KINDS: Final = (
    _Kind("control-characters", _CONTROLS, _always, _controls),
    _Kind("private-use", _PRIVATE, _always, _private),
    _Kind("replacement-character", _REPLACED, _always, _replaced),
    _Kind(
        "mojibake",
        _UTF8_AS_LATIN,
        _is_utf8_as_latin,
        _looks("UTF-8 that was read as Latin-1 or CP1252"),
        1,
    ),
    _Kind("mojibake", _GBK_AS_LATIN, _is_gbk_as_latin, _looks("GBK that was read as Latin-1"), 1),
    _Kind("mojibake", _KNOWN, _always, _looks("the trace of a wrong decoding"), 1),
)
