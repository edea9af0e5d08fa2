"""Writers made of the node classes: a function for each class that knows its fields by heart.

A native writer meets millions of small nodes. Asking each of them for its class's fields costs
several times what it costs to write them; so a class is asked once, and a function is made of the
answer, as attrs makes ``__init__``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

import attrs

from govreport.formats.model import Field
from govreport.said import Changes, Effect
from govreport.source import Span

__all__ = ["SAVED", "around", "choice", "compiled", "flag", "part"]

#: The name of the field's value inside an expression.
SAVED: Final = "held"


def compiled(name: str, lines: Iterable[str], names: Mapping[str, Any]) -> Callable[[Any], str]:
    """A function of one ``node``.

    Args:
        name: What it is called in a traceback.
        lines: Its body.
        names: What the body may use.

    >>> compiled("twice", ["return node * 2"], {})("ab")
    'abab'
    """
    source = "def write(node):\n" + "".join(f"    {line}\n" for line in lines)
    made: dict[str, Any] = dict(names)
    # Made of class and field names alone, never of a report.
    exec(compile(source, f"<govreport writer of {name}>", "exec"), made)  # noqa: S102
    write: Callable[[Any], str] = made["write"]
    return write


def part(field: Field, form: str, names: dict[str, Any]) -> str:
    """The statement that writes a field, if it is neither ``None`` nor its default.

    Args:
        field: The field.
        form: The inside of the f-string that writes it, its value in :data:`SAVED`.
        names: Takes the default, if it has to be compared.

    >>> from govreport.formats.model import model
    >>> from govreport.nodes import Gap
    >>> [part(field, "x", {}) for field in model(Gap).fields if field.name == "spans"]
    ["of_spans = f'x' if (held := node.spans) else ''"]
    """
    ask = f"({SAVED} := node.{field.name})"
    if field.default not in ((), "", False):
        ask += " is not None"
        if field.default is not None and field.default is not attrs.NOTHING:
            names[f"default_{field.name}"] = field.default
            ask += f" and {SAVED} != default_{field.name}"
    return f"of_{field.name} = f'{form}' if {ask} else ''"


class _Edit(NamedTuple):
    """What a writer asks an edit for."""

    rule: str
    span: Span
    before: str
    after: str
    target: int | None


_START: Final = Span(0, 0)
#: How many edits are written at once.
_MANY: Final = 1 << 8
#: The longest texts of edits that come back on other pages: damaged signs, blanks, line ends.
_SHORT: Final = 8


class _Forms(dict[Effect, str]):
    """Edits as a writer has them, by what they do: ``%d`` stands for start and end."""

    def __init__(self, write: Callable[[Any], str], place: str) -> None:
        super().__init__()
        self._asked = write, place

    def __missing__(self, effect: Effect) -> str:
        _, before, after, target = effect
        short = target is None and len(before) + len(after) <= _SHORT
        form = self[effect] = (_known if short else _form)(effect, *self._asked)
        return form


def _form(effect: Effect, write: Callable[[Any], str], between: str) -> str:
    rule, before, after, target = effect
    edit = write(_Edit(rule, _START, before, after, target)).replace("%", "%%")
    return edit.replace(f"0{between}0", f"%d{between}%d", 1)


_known: Final = lru_cache(1 << 10)(_form)


def around(
    found: Changes, write: Callable[[Any], str], between: str, apart: str = ""
) -> Iterator[str]:
    """Edits as a writer has them, written once for all that do the same; many in a piece.

    Args:
        found: Where they stand and what they do.
        write: Writes one edit.
        between: What it has between start and end, its first figures.
        apart: What stands between two in a piece.

    >>> from govreport.said import Effect
    >>> found = Changes([7, 9], [8, 10], [Effect("blank", " ", "")] * 2)
    >>> [*around(found, lambda edit: f"{edit.rule} {edit.span.start}-{edit.span.end}", "-", "; ")]
    ['blank 7-8; blank 9-10']
    """
    forms = _Forms(write, between)
    starts, ends, effects = found
    for first in range(0, len(starts), _MANY):
        some = slice(first, first + _MANY)
        form = apart.join(map(forms.__getitem__, effects[some]))
        places = starts[some] * 2
        places[::2], places[1::2] = starts[some], ends[some]
        yield form % tuple(places)


def choice(value: Any) -> str:
    """A choice's word; of a severity, its name."""
    return value if isinstance(value, str) else value.name.lower()


def flag(value: bool) -> str:
    """Yes or no, as XML and JSON write it."""
    return "true" if value else "false"
