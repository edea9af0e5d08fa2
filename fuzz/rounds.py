"""All properties of the tests, round after round with other seeds, until the time is up. Run by hand.

    python fuzz/rounds.py --minutes 60
    python fuzz/rounds.py --minutes 5 tests/test_invariants.py

A round is one run of pytest over the tests that hypothesis drives, with the profile `fuzz`. What fails is
printed with its seed, and is found again by the command that stands above it; the rounds go on without the
tests that have failed, so that one finding does not hide the next.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
NO_TEST_LEFT: Final = 5  # what pytest returns when it has collected nothing
FAILED: Final = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
PASSED: Final = re.compile(r"(\d+) passed")


def command(paths: list[str], seed: int, without: list[str]) -> list[str]:
    """One round as it can be typed."""
    said = [
        sys.executable,
        "-m",
        "pytest",
        *paths,
        "-q",
        "-rf",
        "-m",
        "hypothesis",
        "-p",
        "no:cacheprovider",
    ]
    said += ["--hypothesis-profile", "fuzz", f"--hypothesis-seed={seed}"]
    return said + [part for test in without for part in ("--deselect", test)]


def one_round(said: list[str], seconds: float) -> str | None:
    """What pytest says of one round; none where the time was up before its end."""
    try:
        ended = subprocess.run(
            said, check=False, cwd=ROOT, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return None
    if ended.returncode not in (0, 1, NO_TEST_LEFT):
        raise SystemExit(ended.stdout + ended.stderr)
    return ended.stdout


def main() -> int:
    """Rounds until the time is up; 1 where a property failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1, help="of the first round")
    parser.add_argument("paths", nargs="*", default=["tests"])
    asked = parser.parse_args()
    end, seed, failed = time.monotonic() + 60 * asked.minutes, asked.seed, list[str]()
    while (left := end - time.monotonic()) > 0:
        said = command(asked.paths, seed, failed)
        output = one_round(said, left)
        if output is None:
            break
        passed = PASSED.search(output)
        print(f"seed {seed}: {passed[1] if passed else 0} properties hold", flush=True)
        if found := FAILED.findall(output):
            print(shlex.join(said), output, sep="\n", flush=True)
            failed += found
        seed += 1
    print(f"{seed - asked.seed} rounds, {len(failed)} properties failed", *failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
