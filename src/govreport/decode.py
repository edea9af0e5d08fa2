"""Bytes to text: which encoding it is, and what no encoding explains.

What speaks is tried from the surest on: a byte order mark, well-formed UTF-8, code units of UTF-16
that are characters of a Chinese page, then GB 18030 or Big5, whichever makes the more common
characters. Bytes that fit nowhere become U+FFFD and are kept beside the text; nothing is raised.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from functools import cache
from typing import Final

import attrs
import regex

from govreport.diagnostics import Diagnostic
from govreport.errors import GovreportError
from govreport.source import Span

__all__ = ["Decoded", "UnknownEncoding", "decode"]

#: Byte order marks; the longer before the shorter that they begin with.
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
#: Python's Big5 with the signs that Hong Kong added; it reads plain Big5 as well.
_BIG5: Final = "big5hkscs"
#: How much is looked at to tell two encodings apart.
_SAMPLE: Final = 1 << 18
#: The share of UTF-16 code units that must be signs of a page.
_UNITS: Final = 0.9
#: Below this share of common characters a long text is in neither of the Chinese encodings.
_UNCOMMON: Final = 0.03
_LONG: Final = 24
#: How many lost places are remarked on one by one.
_REMARKS: Final = 20

#: What no decoder yields by itself: how bytes that it cannot read are handed through.
_ESCAPED: Final = regex.compile(r"[\uDC00-\uDCFF]+")
_OTHER: Final = regex.compile(r"[^\x00-\x7f\s]")
_PAIRS: Final = regex.compile(rb"[\x20-\x7e]{2}")
_HIGH: Final = regex.compile(rb"[\x80-\xff]")
_PAGE: Final = regex.compile(
    r"[\t\n\r\f\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u23ff\u2460-\u266f\u2e80-\u3029"
    r"\u3400-\u9fff\ufeff\uff01-\uff5e\uffe5]"
)
#: Characters that make up much of any Chinese text, in both forms, and the marks between them.
_COMMON: Final = frozenset(
    "，。、；：？！“”‘’（）《》「」『』—…·　％"
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
    "说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小现实加量都两体制机当"
    "使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反"
    "你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根"
    "论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世"
    "金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目"
    "至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫"
    "这個們來時說國會過對學動發經為與後見長開實現進還無於從現點種關東車員問題業電門間應總體認識單傳"
    "當處據報導規則專組織統計劃農產運轉變設備費質買賣賓貿財責費資賽贏趙軍輕載輸達遠適選遺邊邏醫錄"
    "灣縣區廣條決議員權歲稅億萬園環綠營養營業務局處預算執法審議質詢施政報告長官立法會房屋勞福利"
)


@attrs.frozen(kw_only=True)
class Decoded:
    """What bytes hold.

    Args:
        text: The text, without a byte order mark.
        encoding: The encoding that was used, by Python's name.
        replaced: Bytes that it does not explain, each with the offset of the U+FFFD in the text
            that stands for them; neighbours are one.
    """

    text: str
    encoding: str
    replaced: tuple[tuple[int, bytes], ...] = ()

    def remarks(self) -> tuple[Diagnostic, ...]:
        """A diagnostic for each place where bytes were replaced; the last speaks for the rest.

        >>> [each.code for each in decode(b"\\xff\\xff").remarks()]
        ['undecodable']
        """
        out = []
        for at, lost in self.replaced[:_REMARKS]:
            shown = lost[:8].hex(" ").upper() + (" …" if len(lost) > 8 else "")
            message = f"{len(lost)} bytes are no {self.encoding}: {shown}"
            out.append(Diagnostic.of("undecodable", message, Span(at, at + 1)))
        if (more := len(self.replaced) - _REMARKS) > 0:
            at = self.replaced[-1][0]
            message = f"{more} places more hold bytes that are no {self.encoding}"
            out.append(Diagnostic.of("undecodable", message, Span(at, at + 1)))
        return tuple(out)


class UnknownEncoding(GovreportError, LookupError):  # noqa: N818 - reads as the sentence it is
    """No text encoding has that name.

    Args:
        name: What was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"no text encoding is called {name!r}; try utf-8, gb18030 or big5")
        self.name = name


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Read bytes as text.

    Args:
        data: The bytes of a file.
        encoding: What they are encoded in, where it is known; Python's names.

    Raises:
        UnknownEncoding: There is no such encoding.

    >>> decode("政府工作报告".encode("gbk")).encoding
    'gb18030'
    >>> decode(b"\\xe5\\xb7\\xa5\\xff\\xe4\\xbd\\x9c")
    Decoded(text='工�作', encoding='utf-8', replaced=((1, b'\\xff'),))
    """
    if encoding is not None:
        return _read(data, _known(encoding))
    for mark, name in _MARKS:
        if data.startswith(mark) and (name != "utf-32-le" or _whole(data, name)):
            return _read(data, name)
    return _read(data, _guessed(data))


def _guessed(data: bytes) -> str:
    """The encoding of bytes without a mark."""
    if b"\0" in data and (wide := _wide(data)):
        return wide
    if _whole(data, "utf-8"):
        return "utf-8"
    if b"\0" not in data and (wide := _wide(data)):
        return wide
    return "utf-8" if _mostly_utf8(data) else _chinese(data)


def _known(name: str) -> str:
    """An encoding's own name, if it is one of texts and not, say, of compressed data."""
    try:
        found = codecs.lookup(name).name
        b"a".decode(found, "replace")
    except (LookupError, ValueError) as error:
        raise UnknownEncoding(name) from error
    return found


def _whole(data: bytes, encoding: str) -> bool:
    """Whether the encoding explains every byte."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, by what its code units are."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return None
    if zeros := sample.count(0):
        for name in ("utf-32-le", "utf-32-be"):
            if len(data) % 4 == 0 and _whole(data, name) and "\0" not in sample.decode(name):
                return name
        # Of ASCII in UTF-16 every other byte is zero; a stray NUL in UTF-8 is something else.
        if zeros * 5 < len(sample) and _whole(data, "utf-8"):
            return None
    elif _PAIRS.subn(b"", sample)[1] > 0.6 * len(sample) / 2:
        return None  # letters, two by two: most pairs of them are Han in UTF-16
    shares = {name: _page_share(sample, name) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=shares.__getitem__)
    return best if shares[best] >= _UNITS else None


def _page_share(sample: bytes, encoding: str) -> float:
    text = sample[: len(sample) & ~1].decode(encoding, "surrogatepass")
    return len(_PAGE.findall(text)) / len(text)


def _mostly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 with a few bytes spoilt, or cut off inside its last character."""
    try:
        text, _ = codecs.utf_8_decode(data, "strict", False)
    except UnicodeDecodeError:
        text = _beyond_ascii(data).decode("utf-8", "surrogateescape")
    lost = sum(len(match.group()) for match in _ESCAPED.finditer(text))
    good = len(_OTHER.findall(text)) - lost
    return good > 0 and good >= 2 * lost


def _chinese(data: bytes) -> str:
    """GB 18030 or Big5, whichever makes the more common characters; UTF-8 if neither does."""
    best, top = "utf-8", _UNCOMMON
    for name in ("gb18030", _BIG5):
        share = _common_share(_beyond_ascii(data), name)
        if share > top:
            best, top = name, share
    return best


def _beyond_ascii(data: bytes) -> bytes:
    """What is looked at: from the first byte on that ASCII has not."""
    first = _HIGH.search(data)
    start = first.start() if first else 0
    return data[start : start + _SAMPLE]


def _common_share(data: bytes, encoding: str) -> float:
    """The share of common characters among those beyond ASCII; lost bytes count against it."""
    found: list[str] = _OTHER.findall(data.decode(encoding, _escapes()))
    lost = sum("\udc00" <= sign <= "\udcff" for sign in found)
    if not found or lost * 4 > len(found):
        return 0.0
    common = sum(sign in _COMMON for sign in found) - lost
    # Few characters prove nothing: then the order of the encodings decides.
    return max(common / len(found), 0.0 if len(found) >= _LONG else 2 * _UNCOMMON)


def _read(data: bytes, encoding: str) -> Decoded:
    """Decode; a run of bytes that cannot be read becomes one U+FFFD."""
    try:
        text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else _escapes())
    except (UnicodeError, ValueError):  # some codecs take no handler of errors
        text = data.decode("latin-1").translate({k: 0xDC00 + k for k in range(0x80, 0x100)})
    text = text.removeprefix("\ufeff")
    if encoding == "gb18030":  # the ideographic space of GBK fonts, that Unicode never took over
        text = text.replace("\ue5e5", "\u3000")
    if not (found := list(_ESCAPED.finditer(text))):
        return Decoded(text=text, encoding=encoding)
    out: list[str] = []
    replaced: list[tuple[int, bytes]] = []
    at = done = 0
    for match in found:
        out += [text[done : match.start()], "\ufffd"]
        at += match.start() - done
        replaced.append((at, bytes(ord(sign) - 0xDC00 for sign in match.group())))
        at, done = at + 1, match.end()
    out.append(text[done:])
    return Decoded(text="".join(out), encoding=encoding, replaced=tuple(replaced))


@cache
def _escapes() -> str:
    """The name of a handler of errors that hands bytes through, whatever their values.

    Python's own ``surrogateescape`` refuses ASCII bytes, which UTF-16 and Big5 may hold as halves.
    """
    name = "govreport.escape"
    handler: Callable[[UnicodeError], tuple[str, int]] = _escape
    codecs.register_error(name, handler)
    return name


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in lost), error.end
