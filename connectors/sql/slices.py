"""Rows at one place of a column of times: the oldest, the newest, those in the middle."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

from connectors.base import Dataset, Slice, UnreadableData

if TYPE_CHECKING:
    from connectors.sql.dialect import Dialect
    from connectors.sql.reader import Reader

# Types that times have, and numbers that grow with time; no ranges or arrays of them.
_GROWS = re.compile(r"(?i)(timestamp|datetime|date|(big)?int(eger)?|numeric|decimal)\b[^[]*$")


def sliceable(dataset: Dataset, small: bool) -> tuple[str, ...]:
    """The columns of which slices are cheap: indexed ones, all in a small table."""
    return tuple(
        column.name
        for column in dataset.columns
        if _GROWS.match(column.type) and (small or column.name in dataset.indexed)
    )


def by_slice(reader: "Reader", dialect: "Dialect", wanted: Slice) -> Iterator[pa.RecordBatch]:
    """The rows of the slice, as many as asked for.

    Raises:
        UnreadableData: to find them the database would have to read the table through.
    """
    dataset = reader.dataset
    if wanted.column not in dialect.sliceable(dataset):
        raise UnreadableData(
            f"{dataset.uri} has no index that finds the {wanted.at} rows by the column asked for: "
            "add one, or ask for a random sample"
        )
    names = dict.fromkeys([*(c.name for c in reader.columns), wanted.column])
    columns: list[sa.ColumnClause[Any]] = [sa.column(quoted_name(n, True)) for n in names]
    table = sa.table(reader.table.name, *columns, schema=reader.table.schema)
    source, ends = table.alias("t"), table.alias("e")
    declared = next(c.type for c in dataset.columns if c.name == wanted.column)
    time, end = source.c[wanted.column], ends.c[wanted.column]
    statement = reader.select(source).where(dialect.timed(time, declared))
    if wanted.at == "middle":
        known = dialect.timed(end, declared)
        low = sa.select(sa.func.min(end)).where(known).scalar_subquery()
        high = sa.select(sa.func.max(end)).where(known).scalar_subquery()
        statement = statement.where(time >= dialect.midway(low, high, declared))
    order = time.desc() if wanted.at == "newest" else time.asc()
    reader.reading.how = f"the {wanted.at} rows by {wanted.column}"
    yield from reader.batches(statement.order_by(order).limit(sa.literal_column(str(reader.rows))))
