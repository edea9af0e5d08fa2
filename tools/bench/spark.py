"""Generated pages through govreport.spark on this machine, with one worker and with more.

    python tools/bench/spark.py --pages 20000 --workers 1,2

The pages are made once, and kept where --folder says so, as Parquet; a run reads them, parses them and
writes their blocks. Wall time means something on an idle machine only, so the CPU time of all processes
(the JVM, the Python workers) is told too.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil
import pyarrow as pa
import texts
from pyarrow import parquet
from pyspark.sql import SparkSession

from govreport.spark import parse_reports

PART = 500  # pages to a file


def made(folder: Path, first: int) -> int:
    """Makes a file of pages where it is not there; returns their bytes of UTF-8."""
    path = folder / f"{first:07}.parquet"
    if path.exists():
        return texts.size(parquet.read_table(path).column("page").to_pylist())
    pages = list(texts.pages(PART, first))
    ids = [f"page-{first + k:07}" for k in range(PART)]
    parquet.write_table(pa.table({"id": ids, "page": pages}), path)
    return texts.size(pages)


def cpu() -> float:
    """CPU seconds of this process and of all that it started."""
    own = psutil.Process()
    return sum(sum(each.cpu_times()[:4]) for each in (own, *own.children(recursive=True)))


def run(folder: Path, out: Path, workers: int, parts: int) -> tuple[float, float, int, int]:
    """One run: wall and CPU seconds without the start of Spark, reports, blocks."""
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "2g",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "200",
        "spark.sql.files.maxPartitionBytes": "4m",
    }
    builder = SparkSession.builder.master(f"local[{workers}]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    pages = spark.read.parquet(str(folder)).repartition(parts)
    parse_reports(pages.limit(2), "page", id_col="id").count()  # starts Python, compiles patterns
    start, before = time.perf_counter(), cpu()
    parse_reports(pages, "page", id_col="id").write.parquet(str(out))
    took, used = time.perf_counter() - start, cpu() - before
    blocks = spark.read.parquet(str(out))
    reports, rows = blocks.select("report").distinct().count(), blocks.count()
    spark.stop()
    return took, used, reports, rows


def main() -> None:
    """Makes the pages, then a run for each number of workers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=20_000, help=f"a multiple of {PART}")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--folder", type=Path, help="pages, made where they are not there; kept")
    options = parser.parse_args()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name) / "pages"
        folder.mkdir(exist_ok=True)
        firsts = range(0, options.pages, PART)
        with ProcessPoolExecutor() as pool:
            size = sum(pool.map(made, [folder] * len(firsts), firsts))
        print(f"{options.pages} pages, {size / 1e6:.1f} MB of UTF-8", flush=True)
        for workers in map(int, filter(None, options.workers.split(","))):
            out = Path(name) / f"blocks-{workers}"
            took, used, reports, rows = run(folder, out, workers, parts=len(firsts))
            speed = f"{options.pages / took:.0f} pages/s, {size / took / 1e6:.2f} MB/s"
            print(f"{workers} workers: {took:.0f} s, {speed}; CPU {used:.0f} s")
            print(f"{workers} workers: {reports} reports, {rows} blocks", flush=True)


if __name__ == "__main__":
    main()
