"""How much memory: the peak of parse, as a multiple of the text's size in UTF-8.

Each text in a process of its own: small ones by Python's own count (tracemalloc, which makes all some
twenty times slower), large ones by the growth of the resident set, which says nothing of small ones. A
stream of reports is measured after 50 and after 500.

    python tools/bench/memory.py
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable

import texts

import govreport

KIBI, MEBI = 1024, 2**20
TARGET = 10_000_000
SMALL = 2_000_000  # bytes of a text that is traced


def large(count: int) -> str:
    """Generated pages joined, up to a number of bytes."""
    some, total = list[str](), 0
    for page in texts.pages(10**6):
        some.append(page)
        total += len(page.encode())
        if total >= count:
            return "\n".join(some)
    raise AssertionError


SINGLE: dict[str, Callable[[], str]] = {
    "seed page": texts.seed,
    "a page of bench/dev": lambda: texts.dev("pypdf")[0],
    "300 kB": lambda: large(TARGET * 3 // 100),
    "1 MB": lambda: large(TARGET // 10),
    "10 MB": lambda: large(TARGET),
    "bench/dev, joined": lambda: "\n".join([t for d in texts.DIALECTS for t in texts.dev(d)]),
}


def resident() -> int:
    """The greatest resident set so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBI


def measure(name: str, way: str) -> int:
    """In a process of its own: the peak of one parse."""
    text = SINGLE[name]()
    govreport.parse(texts.seed())
    gc.collect()
    if way == "traced":
        tracemalloc.start()
        report = govreport.parse(text)
        peak = tracemalloc.get_traced_memory()[1]
    else:
        before = resident()
        report = govreport.parse(text)
        peak = resident() - before
    assert report.body
    return peak


def stream(count: int) -> int:
    """In a process of its own: the resident set after a stream of reports."""
    for parsed in govreport.parse_many(texts.pages(count), jobs=1):
        parsed.get()
    return resident()


def _asked(*arguments: str) -> int:
    command = [sys.executable, __file__, *arguments]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Starts the processes and prints a table; or is one of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--stream", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(measure(*options.one))
    elif options.stream:
        print(stream(options.stream))
    else:
        print(f"{'':<22} {'bytes':>10} {'MiB':>8} {'x':>6}")
        for name, make in SINGLE.items():
            size = texts.size([make()])
            way = "traced" if size < SMALL else "resident"
            peak = _asked("--one", name, way)
            print(f"{name:<22} {size:10} {peak / MEBI:8.1f} {peak / size:6.1f}  {way}", flush=True)
        for count in (50, 500):
            peak = _asked("--stream", str(count))
            print(
                f"{f'stream of {count}':<22} {'':>10} {peak / MEBI:8.1f} {'':>6}  whole process",
                flush=True,
            )


if __name__ == "__main__":
    main()
