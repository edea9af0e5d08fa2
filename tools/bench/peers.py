"""Beside the peers: what builds a tree from text, installed from PyPI, over the same texts, in one run.

Each in a process of its own, in one virtual environment that this script makes; what cannot be
installed or does not end in time is said and left out. Import and a first text are not timed.

    python tools/bench/peers.py [--venv DIRECTORY]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import texts

#: Name to package; docling's text path needs none of its models, so its slim build does.
PACKAGES = {
    "markdown-it-py": "markdown-it-py",
    "docling": "docling-slim[format-markdown]",
    "unstructured": "unstructured",
}
#: What each does with a text; run as a program that reads a JSON list and times a pass over it.
CALLS = {
    "govreport.parse": "import govreport\ndef run(text): return govreport.parse(text)",
    "govreport.parse, to_xml": "import govreport\ndef run(text): return govreport.parse(text).to_xml()",
    "markdown-it-py": (
        "from markdown_it import MarkdownIt\nfrom markdown_it.tree import SyntaxTreeNode\n"
        "parser = MarkdownIt()\ndef run(text): return SyntaxTreeNode(parser.parse(text))"
    ),
    "docling": (
        "import io\n"
        "from docling.backend.md_backend import MarkdownDocumentBackend\n"
        "from docling.datamodel.base_models import InputFormat\n"
        "from docling.datamodel.document import InputDocument\n"
        "def run(text):\n"
        "    stream = io.BytesIO(text.encode())\n"
        "    held = InputDocument(path_or_stream=stream, format=InputFormat.MD, filename='page.md',\n"
        "                         backend=MarkdownDocumentBackend)\n"
        "    return held._backend.convert()"
    ),
    "unstructured": (
        "from unstructured.partition.text import partition_text\n"
        "def run(text): return partition_text(text=text, languages=['zho'])"
    ),
}
PROGRAM = """
import json, sys, time
over = json.load(open(sys.argv[1], encoding="utf-8"))
run(over[0])
best = float("inf")
for _ in range(int(sys.argv[2])):
    start = time.process_time()
    for text in over:
        run(text)
    best = min(best, time.process_time() - start)
print(best)
"""
TIMEOUT = 500


def made(folder: Path) -> Path:
    """The Python of an environment with the peers in it."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    for name, package in PACKAGES.items():
        command = [str(python), "-m", "pip", "install", "-q", package]
        if subprocess.run(command, check=False, timeout=TIMEOUT, capture_output=True).returncode:
            print(f"{name}: {package} cannot be installed here", flush=True)
    return python


def seconds(python: str, name: str, over: Path, rounds: int) -> float | str:
    """The best CPU time of a pass, or what went wrong."""
    command = [python, "-c", CALLS[name] + PROGRAM, str(over), str(rounds)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"not done after {TIMEOUT} s"
    except subprocess.CalledProcessError as error:
        return error.stderr.strip().splitlines()[-1]
    return float(done.stdout.split()[-1])


def main() -> None:
    """Runs govreport and its peers, one after the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--venv", type=Path, help="made where it is not there; kept")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only every Nth text of bench/dev")
    options = parser.parse_args()
    all_texts = [text for dialect in texts.DIALECTS for text in texts.dev(dialect)]
    over = all_texts[:: options.every]
    size = texts.size(over)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(over), encoding="utf-8")
        python = made(options.venv or Path(folder) / "venv")
        print(f"{len(over)} texts of bench/dev, {size / 1e6:.2f} MB of UTF-8")
        for name in CALLS:
            own = sys.executable if name.startswith("govreport") else str(python)
            took = seconds(own, name, path, options.rounds)
            said = took if isinstance(took, str) else f"{took:8.2f} s {size / took / 1e6:7.2f} MB/s"
            print(f"{name:<26} {said}", flush=True)


if __name__ == "__main__":
    main()
