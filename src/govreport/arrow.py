"""Blocks as Apache Arrow tables and Parquet files, one row a block (needs the extra ``arrow``).

What :mod:`govreport.rows` declares, in Arrow's types. Parquet files written here are read by
pandas, DuckDB, polars and Spark; :func:`parse_batches` is the one function that Spark, Dask and Ray
call on what they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final

from govreport.errors import MissingExtra
from govreport.many import Given, parse_many
from govreport.rows import COLUMNS, BlockRow, block_rows

if TYPE_CHECKING:
    from os import PathLike

    from govreport.profile import Profile
    from govreport.report import Report

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:  # pragma: no cover - the tests have it
    raise MissingExtra("govreport.arrow", "arrow") from error

__all__ = [
    "batch",
    "parse_batches",
    "parse_table",
    "schema",
    "table",
    "write_batches",
    "write_parquet",
]

#: Reports to a batch of rows: some thousand rows.
REPORTS: Final = 64
#: Rows to a group of a Parquet file: those of some hundred reports, some megabytes.
ROWS: Final = 10_000

_TYPES: Final[dict[str, Callable[[], Any]]] = {
    "string": pa.string,
    "strings": lambda: pa.list_(pa.field("element", pa.string(), nullable=False)),
    "int": pa.int32,
    "long": pa.int64,
    "double": pa.float64,
}


@cache
def schema() -> pa.Schema:
    """The schema of all that this module makes; each field says what it means.

    >>> schema().names[:4]
    ['report', 'block', 'part', 'path']
    """
    return pa.schema(
        pa.field(each.name, _TYPES[each.type](), each.nullable, {"meaning": each.meaning})
        for each in COLUMNS
    )


def batch(rows: Iterable[BlockRow]) -> pa.RecordBatch:
    """Rows as one batch; a lone surrogate, which Arrow cannot hold, is written as its escape."""
    rows = tuple(rows)
    columns = [
        pa.array([_clean(getattr(row, field.name)) for row in rows], field.type)
        for field in schema()
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema())


def _clean(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_clean(each) for each in value]
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode()
    return value


def table(reports: Iterable[Report]) -> pa.Table:
    """The blocks of some reports, one row each.

    >>> from govreport import parse
    >>> table([parse("各位代表：\\n请予审议。")]).column("kind").to_pylist()
    ['salutation', 'paragraph']
    """
    return pa.Table.from_batches(_batches(map(block_rows, reports)), schema())


def write_parquet(path: str | PathLike[str] | IO[bytes], reports: Iterable[Report]) -> None:
    """Write the blocks of some reports; the rows of a group are held, not all.

    Args:
        path: The file, or one that is open for writing.
        reports: Reports, as they come.
    """
    write_batches(path, _batches(map(block_rows, reports)))


def write_batches(path: str | PathLike[str] | IO[bytes], batches: Iterable[pa.RecordBatch]) -> None:
    """Write batches of rows, put together to groups of at least :data:`ROWS` rows."""
    with parquet.ParquetWriter(path, schema(), compression="zstd") as writer:
        held, rows = list[pa.RecordBatch](), 0
        for each in batches:
            held.append(each)
            rows += each.num_rows
            if rows >= ROWS:
                writer.write_table(pa.Table.from_batches(held))
                held, rows = [], 0
        if held:
            writer.write_table(pa.Table.from_batches(held))


def _batches(rows: Iterable[tuple[BlockRow, ...]]) -> Iterator[pa.RecordBatch]:
    left = iter(rows)
    while some := tuple(islice(left, REPORTS)):
        yield batch(row for report in some for row in report)


def parse_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    text: str,
    id: str | None = None,  # noqa: A002 - the column's word
    profile: Profile | None = None,
) -> Iterator[pa.RecordBatch]:
    """Parse the pages of a column; gives their blocks.

    What an engine calls on its partitions: one process, no state, the same rows for the same
    pages. A page that is null has no blocks. One batch comes out for every :data:`REPORTS` pages,
    so that a partition may be of any size.

    Args:
        batches: Arrow batches, or a table's ``to_batches()``.
        text: The column of the pages: strings, or bytes to be decoded.
        id: The column that names them; SHA-256 of the text where none is given.
        profile: What is known of the family of pages.

    Raises:
        KeyError: There is no such column.

    >>> pages = pa.RecordBatch.from_pydict({"n": ["a"], "page": ["提高质\\n量。"]})
    >>> [rows.to_pylist()[0]["text"] for rows in parse_batches([pages], text="page", id="n")]
    ['提高质量。']
    """
    pages = (page for each in batches for page in _pages(each, text, id))
    parsed = (one.get() for one in parse_many(pages, then=block_rows, jobs=1, profile=profile))
    yield from _batches(parsed)


def parse_table(
    pages: pa.Table,
    *,
    text: str,
    id: str | None = None,  # noqa: A002 - the column's word
    profile: Profile | None = None,
) -> pa.Table:
    """Parse the pages of a table's column; gives the table of their blocks.

    The arguments are those of :func:`parse_batches`.

    >>> pages = pa.table({"page": ["各位代表：\\n请予审议。", None]})
    >>> parse_table(pages, text="page").column("kind").to_pylist()
    ['salutation', 'paragraph']
    """
    blocks = parse_batches(pages.to_batches(), text=text, id=id, profile=profile)
    return pa.Table.from_batches(blocks, schema())


def _pages(held: pa.RecordBatch, text: str, name: str | None) -> Iterator[Given]:
    pages = held.column(text).to_pylist()
    names = held.column(name).to_pylist() if name else [None] * len(pages)
    for page, each in zip(pages, names, strict=True):
        if page is not None:
            yield page if each is None else (str(each), page)
