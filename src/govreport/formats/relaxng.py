"""RELAX NG patterns as values, and their two syntaxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

__all__ = ["Pattern", "compact", "xml"]

_LIBRARY: Final = "http://www.w3.org/2001/XMLSchema-datatypes"
_NAMESPACE: Final = "http://relaxng.org/ns/structure/1.0"


@attrs.frozen
class Pattern:
    """A pattern: its kind as RELAX NG calls it, its name or value, the patterns inside.

    ``anyElement`` and ``anyAttribute`` take any name.
    """

    kind: str
    name: str = ""
    parts: tuple[Pattern, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    doc: str = ""


# ---- the XML syntax


def xml(definitions: dict[str, Pattern], start: str, title: str) -> str:
    """A grammar in XML.

    >>> print(xml({"A": Pattern("element", "a", (Pattern("text"),))}, "A", "t").splitlines()[-5])
        <element name="a">
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<!-- {title} -->",
        f'<grammar xmlns="{_NAMESPACE}" datatypeLibrary="{_LIBRARY}">',
        f'  <start><ref name="{start}"/></start>',
    ]
    for name, pattern in definitions.items():
        if pattern.doc:
            lines.append(f"  <!-- {_escaped(pattern.doc).replace('--', '—')} -->")
        lines.append(f'  <define name="{name}">')
        lines.extend("    " + line for line in _xml(pattern))
        lines.append("  </define>")
    return "\n".join([*lines, "</grammar>"]) + "\n"


def _xml(pattern: Pattern) -> Iterator[str]:
    match pattern.kind:
        case "ref":
            yield f'<ref name="{pattern.name}"/>'
        case "text" | "empty":
            yield f"<{pattern.kind}/>"
        case "anyAttribute":
            yield "<attribute><anyName/></attribute>"
        case "value":
            yield f'<value type="string">{_escaped(pattern.name)}</value>'
        case "data":
            facets = "".join(
                f'<param name="{name}">{_escaped(value)}</param>' for name, value in pattern.facets
            )
            yield f'<data type="{pattern.name}">{facets}</data>'
        case _:
            yield from _xml_around(pattern)


def _xml_around(pattern: Pattern) -> Iterator[str]:
    kind = "element" if pattern.kind == "anyElement" else pattern.kind
    name = f' name="{_escaped(pattern.name)}"' if pattern.name else ""
    yield f"<{kind}{name}>"
    if pattern.kind == "anyElement":
        yield "  <anyName/>"
    for part in pattern.parts:
        yield from ("  " + line for line in _xml(part))
    yield f"</{kind}>"


# ---- the compact syntax


def compact(definitions: dict[str, Pattern], start: str, title: str) -> str:
    """A grammar in the compact syntax.

    >>> print(compact({"A": Pattern("element", "a", (Pattern("text"),))}, "A", "t"), end="")
    # t
    datatypes xsd = "http://www.w3.org/2001/XMLSchema-datatypes"
    start = A
    A = element a { text }
    """
    lines = [f"# {title}", f'datatypes xsd = "{_LIBRARY}"', f"start = {start}"]
    for name, pattern in definitions.items():
        if pattern.doc:
            lines.append(f"# {pattern.doc}")
        lines.append(f"{name} = {_compact(pattern)}")
    return "\n".join(lines) + "\n"


def _compact(pattern: Pattern) -> str:
    match pattern.kind:
        case "ref":
            return pattern.name
        case "text" | "empty":
            return pattern.kind
        case "anyAttribute":
            return "attribute * { text }"
        case "anyElement":
            return f"element * {{ {_compact(pattern.parts[0])} }}"
        case "value":
            return f'string "{pattern.name}"'
        case "data":
            facets = " ".join(f'{name} = "{_quoted(value)}"' for name, value in pattern.facets)
            return f"xsd:{pattern.name}" + (f" {{ {facets} }}" if facets else "")
        case "choice":
            return f"({' | '.join(map(_compact, pattern.parts))})"
        case "optional":
            return _compact(pattern.parts[0]) + "?"
        case "zeroOrMore":
            return _compact(pattern.parts[0]) + "*"
        case "list":
            return f"list {{ {_compact(pattern.parts[0])} }}"
    inside = ", ".join(map(_compact, pattern.parts))
    return f"{pattern.kind} {pattern.name} {{ {inside} }}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _quoted(text: str) -> str:
    return text.replace('"', "\\x{22}")
