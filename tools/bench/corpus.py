"""`govreport corpus`: two jobs beside one, and a run that is killed beside one that is not.

    python tools/bench/corpus.py --files 2000 --kills 5

Files are generated pages. Wall time is of the whole command, and means something on an idle machine only; CPU
time of all processes is told too, and from it what two idle cores can give at best.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

import texts


def command(source: Path, out: Path, jobs: int, to: str) -> list[str]:
    """The command as it is typed."""
    given = [
        "corpus",
        str(source),
        "-o",
        str(out),
        "--jobs",
        str(jobs),
        "--to",
        to,
        "--shard",
        "100",
        "-q",
    ]
    return [sys.executable, "-m", "govreport", *given]


def timed(source: Path, out: Path, jobs: int, to: str) -> tuple[float, float]:
    """Wall and CPU seconds of an undisturbed run, all its processes together."""
    start, before = time.perf_counter(), _cpu()
    subprocess.run(command(source, out, jobs, to), check=True)
    return time.perf_counter() - start, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def entered(out: Path) -> int:
    """Inputs that the manifest has."""
    manifest = out / "manifest.jsonl"
    return manifest.read_bytes().count(b"\n") if manifest.exists() else 0


def killed(source: Path, out: Path, to: str, goals: list[int]) -> list[int]:
    """Kills (SIGKILL) a run whenever the manifest has as many inputs; then lets one end."""
    found = []
    for goal in goals:
        with subprocess.Popen(command(source, out, 2, to)) as process:
            while process.poll() is None and entered(out) < goal:
                time.sleep(0.001)
            process.kill()
        found.append(entered(out))
    subprocess.run(command(source, out, 2, to), check=True)
    return found


def tree(folder: Path) -> dict[str, str]:
    """All files below a folder, by name, with their SHA-256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main() -> int:
    """Both comparisons, for files of one report and of many."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--to", default="markdown,jsonl")
    options = parser.parse_args()
    same = True
    with tempfile.TemporaryDirectory() as name:
        folder, size = Path(name), 0
        (folder / "in").mkdir()
        for k, page in enumerate(texts.pages(options.files)):
            size += (folder / "in" / f"{k:05}.txt").write_bytes(page.encode())
        print(f"{options.files} files, {size / 1e6:.1f} MB", flush=True)
        for to in options.to.split(","):
            one, cpu = timed(folder / "in", folder / f"{to}-1", 1, to)
            two, both = timed(folder / "in", folder / f"{to}-2", 2, to)
            again, _ = timed(folder / "in", folder / f"{to}-2", 2, to)
            print(
                f"{to}: 1 job {one:.1f} s, 2 jobs {two:.1f} s: {one / two:.2f} times; again {again:.1f} s"
            )
            print(f"{to}: CPU {cpu:.1f} s and {both:.1f} s: at best {2 * cpu / both:.2f} times")
            goals = sorted(Random(to).sample(range(1, options.files), options.kills))
            at = killed(folder / "in", folder / f"{to}-killed", to, goals)
            equal = (
                tree(folder / f"{to}-1")
                == tree(folder / f"{to}-2")
                == tree(folder / f"{to}-killed")
            )
            same = same and equal
            print(f"{to}: killed when {at} were done; all folders equal: {equal}", flush=True)
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
