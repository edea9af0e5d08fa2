"""Whether compiling would pay: the stage of line ends as it is and compiled by mypyc, in turn.

    pip install "mypy[mypyc]" setuptools
    python tools/bench/compiled.py

Nothing of it is installed or shipped: the package is copied to a folder of its own, the modules are
compiled there (this needs a C compiler), and both parse the same texts of bench/dev, one after the other, each in
a process of its own. Told are CPU seconds, the best of all rounds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import texts

SOURCE = texts.ROOT / "src"
MODULES = ("breaks.py", "cues/*.py")
SETUP = """
from setuptools import setup
from mypyc.build import mypycify
setup(name="compiled", packages=[], ext_modules=mypycify({modules!r}, opt_level="3"))
"""
PROGRAM = """
import json, sys, time
sys.path.insert(0, sys.argv[1])
import govreport.pipeline as pipeline
stage, spent = pipeline.break_lines, [0.0]
def timed(*given, **named):
    start = time.process_time()
    try:
        return stage(*given, **named)
    finally:
        spent[0] += time.process_time() - start
pipeline.break_lines = timed
over = json.load(open(sys.argv[2], encoding="utf-8"))
pipeline.parse(over[0])
spent[0], start = 0.0, time.process_time()
for text in over:
    pipeline.parse(text)
print(json.dumps([spent[0], time.process_time() - start]))
"""


def compiled(folder: Path) -> Path:
    """A copy of the package with the stage compiled in it."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    found = [path for each in MODULES for path in sorted((folder / "govreport").glob(each))]
    names = [str(path.relative_to(folder)) for path in found if path.name != "__init__.py"]
    folder.joinpath("mypy.ini").write_text("[mypy]\nfollow_imports = silent\n", "utf-8")
    folder.joinpath("setup.py").write_text(
        SETUP.format(modules=["--config-file", "mypy.ini", *names]), "utf-8"
    )
    build = [sys.executable, "setup.py", "build_ext", "--inplace"]
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    return folder


def seconds(source: Path, over: Path) -> list[float]:
    """CPU seconds of the stage and of all, over some texts."""
    command = [sys.executable, "-c", PROGRAM, str(source), str(over)]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def main() -> None:
    """Compiles, times both in turn, and prints the best of each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--dialect", default="pypdf", choices=texts.DIALECTS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        over = Path(name) / "texts.json"
        over.write_text(json.dumps(texts.dev(options.dialect)), "utf-8")
        sources = {"as it is": SOURCE, "compiled": compiled(Path(name) / "src")}
        runs = [
            {kind: seconds(source, over) for kind, source in sources.items()}
            for _ in range(options.rounds)
        ]
        best = {kind: [min(run[kind][k] for run in runs) for k in range(2)] for kind in sources}
        print(f"{'':<12}{'line ends':>12}{'parse':>12}")
        for kind, (stage, whole) in best.items():
            print(f"{kind:<12}{stage:11.2f}s{whole:11.2f}s")
        stage, whole = (a / b for a, b in zip(*best.values(), strict=True))
        print(f"{'times':<12}{stage:12.2f}{whole:12.2f}")


if __name__ == "__main__":
    main()
