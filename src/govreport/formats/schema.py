"""The schemas of the native formats, as they are shipped.

They are made from the node classes by :mod:`govreport.formats.schema_maker`; a test sees to it that
what is shipped is what it makes.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from govreport.registry import UnknownFormat

__all__ = ["KINDS", "schema"]

#: What each kind of schema is called.
KINDS: Final = {"json": "report.schema.json", "xml": "report.rng", "compact": "report.rnc"}


def schema(kind: str) -> str:
    """The schema of a native format.

    Args:
        kind: ``json`` (JSON Schema), ``xml`` (RELAX NG) or ``compact`` (RELAX NG, compact syntax).

    >>> schema("compact").splitlines()[0]
    '# govreport native XML 1.0'

    Raises:
        UnknownFormat: There is no such schema.
    """
    if kind not in KINDS:
        raise UnknownFormat(kind, tuple(KINDS))
    return (files("govreport.formats") / "schemas" / KINDS[kind]).read_text(encoding="utf-8")
