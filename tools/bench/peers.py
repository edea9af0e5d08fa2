"""Beside the peers: what builds a tree from text, installed from PyPI, over the same texts, in one run.

Each in a process of its own, in one virtual environment that this script makes; what cannot be
installed or does not end in time is said and left out. Import and a first text are not timed. The
seed page and the texts like it have a blank line after every line, which a Markdown parser takes for as many
paragraphs; the others have none, and are one paragraph to it: so both are timed apart.

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
#: What each does with a text (unstructured without its English model of 12 MB, which comes from elsewhere than
#: PyPI: it is quicker for that); run as a program that reads a JSON list and times a pass over it.
CALLS = {
    "govreport.parse": "import govreport\ndef run(text): return govreport.parse(text)",
    "govreport.parse, all typed": (
        "import govreport\ndef run(text):\n    for _ in govreport.parse(text).leaves(): pass"
    ),
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
    "unstructured, blank model": (
        "import spacy\n"
        "from unstructured.nlp import tokenize\n"
        "def blank():\n"
        "    model = spacy.blank('en')\n"
        "    model.add_pipe('sentencizer')\n"
        "    return model\n"
        "tokenize._load_spacy_model = blank\n"
        "from unstructured.partition.text import partition_text\n"
        "def run(text): return partition_text(text=text, languages=['zho'])"
    ),
}
PROGRAM = """
import json, sys, time
sets = json.load(open(sys.argv[1], encoding="utf-8"))
run(sets[-1][0])
best = [float("inf")] * len(sets)
for _ in range(int(sys.argv[2])):
    for index, over in enumerate(sets):
        start = time.process_time()
        for text in over:
            run(text)
        best[index] = min(best[index], time.process_time() - start)
print(json.dumps(best))
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


def seconds(python: str, name: str, over: Path, rounds: int) -> list[float] | str:
    """The best CPU time of a pass over each set, or what went wrong."""
    command = [python, "-c", CALLS[name] + PROGRAM, str(over), str(rounds)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"not done after {TIMEOUT} s"
    except subprocess.CalledProcessError as error:
        return error.stderr.strip().splitlines()[-1]
    return json.loads(done.stdout.splitlines()[-1])


def chosen(every: int) -> dict[str, list[str]]:
    """The texts to run over, by what kind they are."""
    by_dialect = {dialect: texts.dev(dialect)[::every] for dialect in texts.DIALECTS}
    return {
        "seed page": [texts.seed()],
        "seedlike": by_dialect["seedlike"],
        "bench/dev": [text for found in by_dialect.values() for text in found],
    }


def main() -> None:
    """Runs govreport and its peers, one after the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--venv", type=Path, help="made where it is not there; kept")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only every Nth text of a dialect")
    options = parser.parse_args()
    sets = chosen(options.every)
    sizes = [texts.size(found) / 1e6 for found in sets.values()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(sets.values())), encoding="utf-8")
        python = made(options.venv or Path(folder) / "venv")
        print(f"{'MB/s':<28}" + "".join(f"{name:>12}" for name in sets))
        print(f"{'MB of UTF-8':<28}" + "".join(f"{size:12.2f}" for size in sizes), flush=True)
        for name in CALLS:
            own = sys.executable if name.startswith("govreport") else str(python)
            took = seconds(own, name, path, options.rounds)
            if isinstance(took, str):
                print(f"{name:<28}  {took}", flush=True)
                continue
            speeds = [size / time for size, time in zip(sizes, took, strict=True)]
            print(f"{name:<28}" + "".join(f"{speed:12.2f}" for speed in speeds), flush=True)


if __name__ == "__main__":
    main()
