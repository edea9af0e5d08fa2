"""The figures of a report under the headings they stand below: python figures_by_section.py pages/NAME.txt."""

import sys
from itertools import groupby

import govreport


def main(path: str) -> None:
    """Prints each section's path, and its figures as printed and as values."""
    report = govreport.parse_file(path)
    for section, figures in groupby(report.figures(), key=lambda figure: figure.section):
        print(" › ".join(section) or "（无标题）")
        for figure in figures:
            print(f"    {figure.text}\t{figure.value}\t{figure.unit}")


if __name__ == "__main__":
    main(*sys.argv[1:])
