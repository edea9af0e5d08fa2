"""Reports on Apache Spark: a column of pages in, a data frame of blocks out (extra ``spark``)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from govreport.arrow import parse_batches
from govreport.errors import MissingExtra
from govreport.rows import COLUMNS

if TYPE_CHECKING:
    from govreport.profile import Profile

try:
    from pyspark.sql import DataFrame, types
except ImportError as error:  # pragma: no cover - the tests have it
    raise MissingExtra("govreport.spark", "spark") from error

__all__ = ["parse_reports", "schema"]

_TYPES: Final = {
    "string": types.StringType(),
    "strings": types.ArrayType(types.StringType(), containsNull=False),
    "int": types.IntegerType(),
    "long": types.LongType(),
    "double": types.DoubleType(),
}


def schema() -> types.StructType:
    """The schema of the blocks.

    >>> schema()["headings"].dataType.simpleString()
    'array<string>'
    """
    return types.StructType(
        [
            types.StructField(
                each.name, _TYPES[each.type], each.nullable, {"comment": each.meaning}
            )
            for each in COLUMNS
        ]
    )


def parse_reports(
    df: DataFrame, text_col: str, *, id_col: str | None = None, profile: Profile | None = None
) -> DataFrame:
    """The blocks of the pages in a column, one row each, by ``mapInArrow``.

    Lazy like every transformation; a page that is null has no blocks. govreport must be installed
    where the executors run. Rows come from a page alone, so a task that is run again gives the
    same ones.

    Args:
        df: Any data frame.
        text_col: Its column with the pages: strings, or binary to be decoded.
        id_col: Its column that names them; without one, a page is named by its SHA-256.
        profile: What is known of the family of pages.

    Returns:
        A data frame with the columns of :func:`schema`, in no promised order of reports; ``block``
        orders the blocks of one.
    """
    columns = [text_col] if id_col is None else [text_col, id_col]
    parse = partial(parse_batches, text=text_col, id=id_col, profile=profile)
    return df.select(*columns).mapInArrow(parse, schema())
