"""Nothing quadratic: hostile texts of each kind, doubled four times.

Prints the seconds at each size and the exponent of the growth over the last two doublings; exits
with 1 where one is above the limit. Run by hand: it looks at a clock.

    python tools/bench/growth.py [KIND...]
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable
from functools import partial
from random import Random

import texts

import govreport

#: Between linear (1) and quadratic (2), with room for the noise of a machine that others use.
LIMIT = 1.35
DOUBLINGS = 4
TARGET = 0.06  # seconds at the smallest size, so that what is constant does not hide the growth


def repeated(unit: str, count: int) -> str:
    """A text again and again."""
    return unit * count


def mixed(signs: str, count: int) -> str:
    """A text of signs in no order."""
    rng = Random(0)
    return "".join(rng.choices(signs, k=count * 20))


def layout(count: int) -> str:
    """Columns side by side."""
    return "".join(f"{'上' * 12}    {'中' * 12}    {'下' * (k % 9 + 4)}\n" for k in range(count))


def nested(count: int) -> str:
    """A hierarchy that goes down and up again."""
    labels = ("一、", "（一）", "1.", "（1）", "①")
    return "".join(f"{labels[k % 5]}工作\n\n做好各项工作。\n\n" for k in range(count))


KINDS: dict[str, Callable[[int], str]] = {
    "blank lines": partial(repeated, "\n"),
    "one line": partial(repeated, "各位代表"),
    "one line of digits": partial(repeated, "1234567890"),
    "lone numbers": partial(repeated, "12\n\n"),
    "lone numbers in text": partial(repeated, "全年新建桥梁\n\n12\n\n座，"),
    "lost numbers": partial(repeated, "全年新建桥梁\n 座，增长\n %。\n"),
    "headings": partial(repeated, "一、工作\n"),
    "series": lambda count: "".join(f"{k}.工作\n" for k in range(count)),
    "nested": nested,
    "items": partial(repeated, "一是修路。二是架桥。\n"),
    "open brackets": partial(repeated, "（"),
    "brackets": partial(repeated, "（）\n"),
    "open quotations": partial(repeated, "“好"),
    "stops": partial(repeated, "。"),
    "blanks": partial(repeated, " "),
    "blanks after marks": partial(repeated, "好， "),
    "letter spacing": partial(repeated, "工 作 报 告\n"),
    "radicals": partial(repeated, "⼯作⻓\n"),
    "zero width": partial(repeated, "\u200b\u00ad"),
    "surrogates": partial(repeated, "\ud800好\n"),
    "controls": partial(repeated, "\0\x07好\n"),
    "form feeds": partial(repeated, "好\f"),
    "credits": partial(repeated, "责编：某某 校对：某某\n"),
    "page jumps": partial(repeated, "（下转第4版）\n好好学习\n（上接第1版）\n"),
    "page dates": partial(repeated, "2031年1月2日 星期四\n"),
    "titles": partial(repeated, "云岫市人民政府工作报告\n"),
    "contents": partial(repeated, "一、工作……………………3\n"),
    "columns": layout,
    "latin": partial(repeated, "The report comes back from the page.\n"),
    "no order": partial(mixed, "一二三、（）()“”。，；：0123456789% \n\n　好工作年月日的"),
    "gaps": partial(repeated, "建成□座\n"),
    "one line of gaps": partial(repeated, "修路12里，□"),
    "one line of titles": partial(repeated, "工作报告"),
    "one line of occasions": partial(repeated, "——在会议上"),
    "one line of dates": partial(repeated, "2033年1月"),
    "one line of roles": partial(repeated, "责编"),
    "one line of jumps": partial(repeated, "（下转"),
    "carriage returns": partial(repeated, "工作\r"),
}


def seconds(text: str, tries: int = 2) -> float:
    """The best CPU time of parse and of its edits, which formats need."""
    best = math.inf
    for _ in range(tries):
        start = time.process_time()
        len(govreport.parse(text).edits)
        best = min(best, time.process_time() - start)
    return best


def sized(make: Callable[[int], str]) -> int:
    """A count for which a text takes long enough to be timed."""
    count = 1000
    while seconds(make(count), 1) < TARGET:
        count *= 2
    return count


def main() -> int:
    """Measures each kind; 1 where one grows too fast."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    wanted = parser.parse_args().kinds or list(KINDS)
    govreport.parse(texts.seed())
    print(f"{'':<22} {'smallest':>9} " + " ".join(f"{2**k:>6}x" for k in range(DOUBLINGS + 1)))
    failed = []
    for kind in wanted:
        count = sized(KINDS[kind])
        took = [seconds(KINDS[kind](count * 2**k)) for k in range(DOUBLINGS + 1)]
        exponent = math.log2(took[-1] / took[-3]) / 2
        times = " ".join(f"{each:7.2f}" for each in took)
        print(f"{kind:<22} {len(KINDS[kind](count)):>9} {times}  n^{exponent:.2f}", flush=True)
        if exponent > LIMIT:
            failed.append(kind)
    print(f"above n^{LIMIT}: {', '.join(failed) or 'none'}")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
