"""The reversible escape for characters that a file cannot hold.

A backslash is doubled; a character that cannot stand is ``\\{hex}``. In native XML this holds for
all texts and attributes, in native JSON only where a text says so.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["UNWRITABLE", "escape", "has_surrogates", "unescape"]

#: What is escaped in XML, as the inside of a pattern's set.
UNWRITABLE: Final = r"\\\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_JSON: Final = re.compile(r"[\\\ud800-\udfff]")
_XML: Final = re.compile(f"[{UNWRITABLE}]")
_ESCAPED: Final = re.compile(r"\\(?:\\|\{([0-9a-f]{1,6})\}|)")


def has_surrogates(text: str) -> bool:
    """Whether a text holds lone surrogates, which UTF-8 cannot write.

    >>> has_surrogates("工\\ud800作")
    True
    """
    return not text.isprintable() and not text.isascii() and _SURROGATE.search(text) is not None


def escape(text: str, *, json: bool = False) -> str:
    """A text with what cannot stand in XML (in JSON: in UTF-8) escaped.

    >>> print(escape("a\\\\b\\x00"))
    a\\\\b\\{0}
    """
    return (_JSON if json else _XML).sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return "\\\\" if match[0] == "\\" else f"\\{{{ord(match[0]):x}}}"


def unescape(text: str) -> str:
    """The text that was escaped.

    >>> unescape(escape("a\\\\{0}\\x00")) == "a\\\\{0}\\x00"
    True

    Raises:
        ValueError: A backslash begins no escape.
    """
    return _ESCAPED.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: re.Match[str]) -> str:
    if match[0] == "\\\\":
        return "\\"
    if match[1] is None or int(match[1], 16) > 0x10FFFF:
        raise ValueError(f"no escape: {match.string[match.start() : match.start() + 10]!r}")
    return chr(int(match[1], 16))
