"""How fast: decode, each stage, parse, each format, over real and generated pages.

Every figure is the best CPU time of some rounds in one process, and stands beside the cost in units:
one unit is what this interpreter needs to cut the same text into words with one `regex` pattern, so
that figures can be compared across machines. The rounds of the unit alternate with those of what is
measured.

    python tools/bench/speed.py                     all, as the page in the docs has it
    python tools/bench/speed.py --only dev,joined   some
    python tools/bench/speed.py -o now.json         for `pyperf compare_to before.json now.json`
"""

from __future__ import annotations

import argparse
import gc
import platform
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pyperf
import regex
import texts

import govreport
from govreport import pipeline

UNIT = regex.compile(r"\p{Han}+|[0-9]+(?:\.[0-9]+)?|\s+|\S")
MEGA = 1e6


class Bench:
    """Measures, prints a row each, and keeps them."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.kept: list[pyperf.Benchmark] = []
        print(f"{'':<34} {'MB':>6} {'s':>8} {'MB/s':>7} {'units':>7}")

    def row(self, name: str, run: Callable[[], object], over: list[str]) -> float:
        """Times a call; returns its units."""
        count = texts.size(over)
        own, unit = list[float](), list[float]()
        for _ in range(self.rounds):
            unit.append(timed(lambda: [UNIT.findall(text) for text in over]))
            own.append(timed(run))
        return self.told(name, own, min(unit), count)

    def told(self, name: str, own: list[float], unit: float, count: int) -> float:
        """Prints and keeps what was timed elsewhere."""
        best, units = min(own), min(own) / unit
        print(f"{name:<34} {count / MEGA:6.2f} {best:8.4f} {count / MEGA / best:7.2f} {units:7.1f}")
        metadata = {"name": name.strip(), "unit": "second", "bytes": count, "units": units}
        run = pyperf.Run([max(x, 1e-9) for x in own], metadata=metadata, collect_metadata=False)
        self.kept.append(pyperf.Benchmark([run]))
        return units


def each(call: Callable[[Any], object], over: Iterable[Any]) -> None:
    """A call for each; what comes of it is let go at once, as in a stream of reports."""
    for item in over:
        call(item)


def timed(run: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


# ---- stages


@contextmanager
def stages(spent: Counter[str]) -> Iterator[None]:
    """Times every function that the pipeline takes from another module."""
    old: list[tuple[ModuleType, str, Any]] = []

    def wrap(module: ModuleType, name: str, label: str) -> None:
        function = getattr(module, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[label] += time.process_time() - start

        old.append((module, name, function))
        setattr(module, name, wrapped)

    for name, value in list(vars(pipeline).items()):
        if isinstance(value, FunctionType) and value.__module__ != pipeline.__name__:
            wrap(pipeline, name, value.__module__.removeprefix("govreport."))
        elif isinstance(value, ModuleType) and isinstance(
            getattr(value, "take", None), FunctionType
        ):
            wrap(value, "take", value.__name__.removeprefix("govreport."))
    try:
        yield
    finally:
        for module, name, function in old:
            setattr(module, name, function)


def by_stage(bench: Bench, over: list[str]) -> None:
    """Each stage within parse, over the same texts."""
    count, rounds = texts.size(over), dict[str, list[float]]()
    unit = min(timed(lambda: [UNIT.findall(text) for text in over]) for _ in range(bench.rounds))
    for _ in range(bench.rounds):
        spent = Counter[str]()
        with stages(spent):
            total = timed(lambda: each(govreport.parse, over))
        spent["the rest"] = total - sum(spent.values())
        for name, seconds in spent.items():
            rounds.setdefault(name, []).append(seconds)
    for name, seconds in sorted(rounds.items(), key=lambda pair: -min(pair[1])):
        bench.told(f"  stage {name}", seconds, unit, count)


# ---- what is measured


def seed(bench: Bench) -> None:
    """The seed page, all that can be asked of it."""
    everything(bench, "seed page", [texts.seed()])


def dev(bench: Bench) -> None:
    """bench/dev: each dialect, and all with stages and formats."""
    for dialect in texts.DIALECTS:
        over = texts.dev(dialect)
        bench.row(f"parse {dialect}", lambda over=over: each(govreport.parse, over), over)
    everything(bench, "bench/dev", [t for each in texts.DIALECTS for t in texts.dev(each)])


def everything(bench: Bench, name: str, over: list[str]) -> None:
    """Decoding, parsing by stage, each format."""
    data = [text.encode("utf-8", "surrogatepass") for text in over]
    bench.row(f"decode {name}", lambda: each(lambda page: pipeline.decode(page, None), data), over)
    bench.row(f"parse {name}", lambda: each(govreport.parse, over), over)
    bench.row("  with all contents typed", lambda: each(typed, over), over)
    by_stage(bench, over)
    unit = min(timed(lambda: [UNIT.findall(text) for text in over]) for _ in range(bench.rounds))
    for name_ in govreport.formats():
        bench.told(f"  to {name_}", [sum(_written(name_, over))], unit, texts.size(over))
    bench.row(
        f"parse to xml {name}", lambda: each(lambda t: govreport.parse(t).to_xml(), over), over
    )


def typed(text: str) -> None:
    """Parse, and look into every node, so that no content is left to be typed."""
    for _ in govreport.parse(text).leaves():
        pass


def _written(name: str, over: Iterable[str]) -> Iterator[float]:
    """Seconds that writing takes for each report, read anew: edits and paths are kept with it."""
    for text in over:
        report = govreport.parse(text)
        start = time.process_time()
        report.to(name)
        yield time.process_time() - start


def joined(bench: Bench) -> None:
    """100 and 1,000 generated pages, apart and as one text."""
    for count in (100, 1000):
        over = list(texts.pages(count))
        one = ["\n".join(over)]
        apart = bench.row(
            f"parse {count} pages apart", lambda o=over: each(govreport.parse, o), over
        )
        whole = bench.row(f"parse {count} pages joined", lambda o=one: govreport.parse(o[0]), one)
        print(f"{'':<34} joined costs {whole / apart:.2f} of apart")


def start(bench: Bench) -> None:
    """Importing, and the first page of a process."""
    page = texts.SHARED / "seed" / "report.txt"
    calls = {
        "python itself": "pass",
        "import govreport": "import govreport",
        "import and first page": f"import govreport; govreport.parse_file({str(page)!r})",
    }
    took = {name: [_started(code) for _ in range(4 * bench.rounds)] for name, code in calls.items()}
    base = min(took["python itself"])
    for name, seconds in took.items():
        more = min(seconds) - (base if name != "python itself" else 0)
        print(
            f"{name:<34} {more * 1000:.0f} ms of CPU (best of {len(seconds)}, above python itself)"
        )


def _started(code: str) -> float:
    """CPU seconds of a whole process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


PARTS: dict[str, Callable[[Bench], None]] = {
    "start": start,
    "seed": seed,
    "dev": dev,
    "joined": joined,
}


def main(arguments: Iterable[str] | None = None) -> None:
    """Runs the parts that are asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default=",".join(PARTS), help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("-o", "--output", type=Path, help="keep the figures, as pyperf does")
    options = parser.parse_args(None if arguments is None else list(arguments))
    print(
        f"govreport {govreport.__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    bench = Bench(options.rounds)
    govreport.parse(texts.seed())  # compiles the patterns
    for name in options.only.split(","):
        PARTS[name](bench)
    if options.output:
        pyperf.BenchmarkSuite(bench.kept).dump(str(options.output), replace=True)


if __name__ == "__main__":
    main()
