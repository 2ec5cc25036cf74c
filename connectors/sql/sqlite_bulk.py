"""Whole tables of SQLite through ADBC.

Columns hold values of any type here, and ADBC takes the type of a column from its first rows:
so every cell is cast to bytes, and a first row of bytes, which is dropped again, says so.
"""

from collections.abc import Iterator
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from connectors.sql.adbc import LEAST_BYTES, TooSlow, driver_of, stream
from connectors.sql.rows import BATCH_ROWS

if TYPE_CHECKING:
    from connectors.sql.reader import Reader, Statement
    from connectors.sql.sqlite import Sqlite

_FIRST = 500  # rows that tell the type of a column that declares none, as the plain way does it
_OPTIONS = MappingProxyType({"adbc.sqlite.query.batch_rows": str(BATCH_ROWS)})


def bulk(
    dialect: "Sqlite", reader: "Reader", statement: "Statement"
) -> Iterator[pa.RecordBatch] | None:
    """The rows of a statement that reads a table of a large file to its end; None for others."""
    if reader.sampling.rows is not None or not isinstance(statement, sa.Select):
        return None
    run = reader.connection.exec_driver_sql
    if dialect.path.stat().st_size < LEAST_BYTES or run("PRAGMA encoding").scalar() != "UTF-8":
        return None
    driver = driver_of("sqlite", reader)
    return None if driver is None else _bulk(dialect, reader, statement, driver)


def _bulk(
    dialect: "Sqlite", reader: "Reader", statement: sa.Select[Any], driver: ModuleType
) -> Iterator[pa.RecordBatch]:
    """What ADBC cannot read is read the plain way, before a row was given."""
    schema = reader.schema(reader.all(statement.limit(sa.literal_column(str(_FIRST)))))
    inner = statement.subquery("t")
    cells = (sa.cast(cell, sa.LargeBinary()) for cell in inner.c)
    text = reader.sql(sa.select(*cells).select_from(inner))
    first = ", ".join(["x''"] * len(schema))
    begun = False
    try:
        for batch in stream(
            driver,
            dialect.uri(),
            ("PRAGMA query_only = 1", f"PRAGMA busy_timeout = {int(dialect.lock_seconds * 1000)}"),
            f"SELECT {first} UNION ALL {text}",
            schema,
            timeout=dialect.timeout,
            options=_OPTIONS,
            skip=1,
        ):
            reader.reading.how = "all rows, through ADBC"
            begun = True
            yield batch
    except (driver.Error, OSError, pa.ArrowException, TooSlow) as error:
        if begun or isinstance(error, TooSlow):
            raise DBAPIError("", None, error) from None
    if not begun:
        yield from reader.plainly(statement)
