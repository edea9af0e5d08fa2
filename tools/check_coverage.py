"""Runs the tests with branches counted, and fails where one is never taken.

Counts in the processes that tests start as well. Takes about twice as long as the tests alone.

    python tools/check_coverage.py [PYTEST ARGUMENT...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def main() -> int:
    """Runs, combines and reports; the status of the first that fails."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "COVERAGE_FILE": str(Path(folder) / ".coverage")}
        steps = (("run", "-m", "pytest", *sys.argv[1:]), ("combine", "-q"), ("report",))
        commands = ([sys.executable, "-m", "coverage", *step] for step in steps)
        runs = (subprocess.run(x, cwd=ROOT, env=env, check=False).returncode for x in commands)
        return next((status for status in runs if status), 0)


if __name__ == "__main__":
    sys.exit(main())
