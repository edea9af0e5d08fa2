"""Real Spark on this machine: the declared schema, the same rows as without it."""

import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

import govreport
from govreport import arrow
from govreport.rows import COLUMNS, block_rows
from govreport.spark import parse_reports, schema
from shared import absent

EXAMPLES = sorted((Path(__file__).parent.parent / "examples" / "pages").glob("co*.txt"))
NO_JAVA = "Spark needs Java 17 or newer, and there is no `java` here; .ci/run installs it on Debian"
# what pyspark says about the packages around it is no fault of ours
pytestmark = pytest.mark.filterwarnings("default")


def has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    if java is None or not Path(java).exists():
        return False
    return subprocess.run([java, "-version"], capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    if not has_java():
        absent(NO_JAVA)
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "3",
    }
    builder = SparkSession.builder.master("local[2]").appName("govreport")
    for name, value in settings.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # or it is whatever python3 is
        session = builder.getOrCreate()
        yield session
        session.stop()


def test_schema_is_the_columns() -> None:
    assert schema().names == [column.name for column in COLUMNS]
    assert [field.nullable for field in schema()] == [column.nullable for column in COLUMNS]


def test_blocks_are_those_of_the_reports(spark: SparkSession) -> None:
    pages = [(path.stem, path.read_text(encoding="utf-8"), 1) for path in EXAMPLES]
    frame = spark.createDataFrame(pages, "id string, page string, other int").repartition(3)
    blocks = parse_reports(frame, "page", id_col="id")
    assert blocks.schema == schema()
    found = sorted(
        (row.asDict() for row in blocks.collect()), key=lambda row: (row["report"], row["block"])
    )
    assert found == [
        as_row(row)
        for name, page, _ in sorted(pages)
        for row in block_rows(govreport.parse(page), id=name)
    ]


def as_row(row: Any) -> dict[str, Any]:
    values = {column.name: getattr(row, column.name) for column in COLUMNS}
    return {name: list(each) if isinstance(each, tuple) else each for name, each in values.items()}


def test_names_nulls_bytes_and_profiles(spark: SparkSession) -> None:
    page = "全市新建学校\n\n所，改造老旧小区36个。"
    frame = spark.createDataFrame([(page.encode("gb18030"),), (None,)], "page binary")
    for profile, gaps in ((govreport.NEWSPAPER, 1), (govreport.WEB, 0)):
        (row,) = parse_reports(frame, "page", profile=profile).collect()
        assert row["text"].count("□") == gaps
        (expected,) = block_rows(govreport.parse(page))
        assert row["report"] == expected.report


def test_spark_reads_what_is_written_as_parquet(spark: SparkSession, tmp_path: Path) -> None:
    path = tmp_path / "blocks.parquet"
    reports = [govreport.parse_file(each) for each in EXAMPLES[:2]]
    arrow.write_parquet(path, reports)
    read = spark.read.parquet(str(path))
    assert read.schema.simpleString() == schema().simpleString()
    assert read.count() == sum(len(block_rows(each)) for each in reports)


def test_nothing_is_run_before_it_is_asked_for(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("甲。",)], "page string")
    with pytest.raises(Exception, match="seite"):
        parse_reports(frame, "seite")
    assert parse_reports(frame, "page").select("kind").schema.names == ["kind"]
