"""Figures and dates in a repaired paragraph's text: where they stand and what they come to.

What counts as a figure, by form and context (precision before recall):

- Digits with their factors, units and marks of approximation (近, 约, 多, 以上), and ranges. A
  number after 第 is one too (第3位: 3 位). Ratios, products and sums (1：0.8, 2×60万千瓦) are
  their single numbers: nothing is computed that is not printed. Digits in names are none: in
  titles 《》 and short quotations, in codes (PM2.5, G318, 5G, 工业4.0), in labels.
- Numerals in Chinese characters before a unit or classifier that makes a quantity of them (两个,
  三十多家, 三分之二, 百分之五, 八成六). Never 一 or 二 alone (一个, 一系列), ordinals (第三, 三级,
  二期), sessions (十二届一次会议), congresses (十九大), terms of years (三年行动, 五年来).
- Dates: years of four digits, with month and day; months; days; decades. A range of years is
  two dates; ranges of months or days are one, without ``iso``. A number of days or years is a
  number (20日冷静期, 1200年的古城).

Traditional characters are read as their simple forms; units come out as printed.
"""

from __future__ import annotations

import re
from typing import Final

from govreport.figures_patterns import simple, start
from govreport.figures_reading import Figure, in_characters, in_digits, plainly, year
from govreport.figures_values import digits_value, spoken_value

__all__ = ["Figure", "scan", "spoken_value"]

#: Between two figures that share the second's unit, and how such a one is printed.
_BESIDE: Final = frozenset("和与及、")
_PLAIN: Final = re.compile(r"[\d.．,，]+([百千万亿]*+)")
_LABEL: Final = re.compile(r"\s{0,4}\d{1,3}+[.．、](?!\d)")


def scan(text: str) -> tuple[Figure, ...]:
    """The figures and dates of a text, in order, none overlapping; linear in its length.

    >>> one, two = scan("2018年1月，完成投资180多亿元。")
    >>> one.iso, two.value, two.unit, two.approximate
    ('2018-01', Decimal('18000000000'), '元', True)
    """
    found = _found(text)
    if found is not None:
        return tuple(found)
    plain = simple(text)
    return tuple([_as_printed(each, text, plain) for each in _found(plain) or ()])


def _found(text: str) -> list[Figure] | None:
    """The figures of a text in simplified characters; none at all where it is in traditional ones."""
    found: list[Figure] = []
    label = _LABEL.match(text)
    at = label.end() if label else 0
    last = 0
    more = True
    while more:
        more = False
        for match in start().finditer(text, at):
            kind = match.lastgroup
            if kind is None:
                continue
            figure: Figure | None
            if kind == "plain":
                figure, at = plainly(match), match.end()
            elif kind == "year":
                figure, at = year(match), match.end()
            elif kind == "traditional":
                return None
            else:
                read = in_digits if kind == "digits" else in_characters
                figure, at = read(text, match.end() - 1, last)
                more = True
            if figure is not None:
                if last == figure.start - 1 and found:
                    _share_unit(text, found, figure)
                found.append(figure)
                last = at
            if more:  # how far it went, only its reading tells
                break
    return found


def _share_unit(text: str, found: list[Figure], figure: Figure) -> None:
    """Gives the bare numbers before a figure its unit and factor: 4895和2608亿元."""
    after = figure
    for k in range(len(found) - 1, -1, -1):
        bare = found[k]
        if bare.end != after.start - 1 or text[bare.end] not in _BESIDE:
            return
        beside = _PLAIN.match(text, figure.start)
        if bare.unit or bare.kind == "date" or not figure.unit or not beside:
            return
        value = digits_value(text[bare.start : bare.end], beside[1])
        if value is None:
            return
        after = found[k] = bare._replace(value=value, unit=figure.unit)


def _as_printed(figure: Figure, text: str, plain: str) -> Figure:
    """The figure with its unit in the characters that are printed."""
    at = plain.rfind(figure.unit, figure.start, figure.end) if figure.unit else -1
    unit = text[at : at + len(figure.unit)]
    return figure if at < 0 or unit == figure.unit else figure._replace(unit=unit)
