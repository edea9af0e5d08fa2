"""An XPath on the XML of a report: python xpath.py pages/NAME.txt EXPRESSION.

Without an expression: the paragraphs that hold a figure in per cent.
"""

import sys

from lxml import etree

import govreport

PER_CENT = "//paragraph[.//number[@unit='%']]"
#: The text of a node, without the line ends and indents between its elements.
WORDS = ".//text()[normalize-space()]"


def main(path: str, expression: str = PER_CENT) -> None:
    """Prints the text of each node that the expression finds."""
    root = etree.fromstring(govreport.parse_file(path).to_xml().encode())
    found = root.xpath(expression)
    for each in found if isinstance(found, list) else [found]:
        print("".join(each.xpath(WORDS)) if etree.iselement(each) else each)


if __name__ == "__main__":
    main(*sys.argv[1:])
