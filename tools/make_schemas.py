"""Writes the shipped schemas anew, from the node classes.

python tools/make_schemas.py
"""

from __future__ import annotations

from pathlib import Path

from govreport.formats import schema_maker

FOLDER = Path(schema_maker.__file__).parent / "schemas"


def main() -> None:
    """Writes each file."""
    for name, text in schema_maker.made().items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
