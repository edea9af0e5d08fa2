"""The outline of a report: python outline.py pages/NAME.txt."""

import sys
from collections.abc import Iterator

import govreport


def outline(report: govreport.Report) -> Iterator[str]:
    """The headings, each set in by its level."""
    for section in report.find(govreport.Section):
        yield "    " * (section.level - 1) + section.title


def main(path: str) -> None:
    """Prints the title and the outline below it."""
    report = govreport.parse_file(path)
    print(report.front.title or "（无标题）")
    for line in outline(report):
        print(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
