"""Altered pages until the time is up (see ``tests/altering.py``). Run by hand; the tests have a few hundred.

    python fuzz/altered.py --minutes 10 --seed 1

A page is a window of an example's or, where they are there, of a bench text. What fails is printed with its
number, and as short as leaving lines out makes it.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from altering import altered, fault, pages, shortest

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = (ROOT / "examples" / "pages", ROOT.parent / "shared")


def main() -> int:
    """Altered pages until the time is up; 1 where one failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    known = [*pages(FOLDERS)]
    end, number, failed = time.monotonic() + 60 * options.minutes, 0, 0
    while time.monotonic() < end:
        number += 1
        lines = altered(known, Random(options.seed * 10**9 + number))  # noqa: S311
        if fault(lines):
            failed += 1
            few = shortest(lines)
            print(f"{number}: {fault(few)}\n  {chr(10).join(few)!r}", flush=True)
    print(f"seed {options.seed}: {number} pages, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
