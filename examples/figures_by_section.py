"""The figures of a report under the headings they stand below: python figures_by_section.py pages/NAME.txt."""

import sys
from itertools import groupby

import govreport


def main(path: str) -> None:
    """Prints each section's path, and its figures: as printed, what they come to, their unit."""
    report = govreport.parse_file(path)
    for section, figures in groupby(report.figures(), key=lambda figure: figure.section):
        print(" › ".join(section) or "（无标题）")
        for figure in figures:
            print(f"    {figure.text}\t{meaning(figure)}")


def meaning(figure: govreport.FigureRow) -> str:
    """A figure as a value with its unit, ≈ before an approximate one; a date in ISO 8601."""
    if figure.kind == "date":
        return figure.iso or "?"
    value = "–".join(f"{end:,}" for end in (figure.value, figure.high) if end is not None)
    return f"{'≈' * figure.approximate}{value or '?'} {figure.unit}".rstrip()


if __name__ == "__main__":
    main(*sys.argv[1:])
