"""Whole tables of PostgreSQL through ADBC, instead of the connection that is open already."""

from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from connectors.sql.adbc import LEAST_BYTES, TooSlow, driver_of, stream

if TYPE_CHECKING:
    from connectors.sql.postgresql import Postgresql
    from connectors.sql.reader import Reader, Statement

_SIZE = """
    WITH RECURSIVE tree AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = :schema AND c.relname = :name
        UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN tree ON tree.oid = i.inhparent)
    SELECT coalesce(sum(pg_relation_size(oid)), 0)::bigint FROM tree"""


def bulk(
    dialect: "Postgresql", reader: "Reader", statement: "Statement"
) -> Iterator[pa.RecordBatch] | None:
    """The rows of a statement that reads a large table to its end; None for any other."""
    if reader.sampling.rows is not None or not isinstance(statement, sa.Select):
        return None
    about = sa.text(_SIZE).bindparams(schema=reader.dataset.schema, name=reader.dataset.name)
    if reader.all(about)[0][0] < LEAST_BYTES:
        return None
    driver = driver_of("postgresql", reader)
    return None if driver is None else _bulk(dialect, reader, statement, driver)


def _bulk(
    dialect: "Postgresql", reader: "Reader", statement: sa.Select[Any], driver: ModuleType
) -> Iterator[pa.RecordBatch]:
    """What ADBC cannot read and nobody foresaw is read the plain way, before a row was given."""
    plain = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    text = str(statement.compile(dialect=plain, compile_kwargs={"literal_binds": True}))
    where = _conninfo(dialect, reader.connection)
    before = ("SET TRANSACTION READ ONLY", dialect.session(0))
    reader.connection.invalidate()  # one connection a server
    begun = False
    try:
        for batch in stream(driver, where, before, text, reader.schema(), timeout=dialect.timeout):
            reader.reading.how = "all rows, through ADBC"
            begun = True
            yield batch
    except (driver.Error, OSError, pa.ArrowException, TooSlow) as error:
        if begun or dialect.fault(error):
            raise DBAPIError("", None, error) from None
    if not begun:
        reader.connection.rollback()
        dialect.begin(reader.connection, full=True)
        yield from reader.plainly(statement)


def _conninfo(dialect: "Postgresql", connection: sa.Connection) -> str:
    """How the driver was told to connect, TLS and all, in the words of libpq."""
    _, said = connection.dialect.create_connect_args(dialect.address.url)
    said = {**dialect.connect_args(), **said}
    words = {"dbname": said.pop("database", None), **said}
    return " ".join(
        f"{name}={_quoted(value)}"
        for name, value in words.items()
        if isinstance(value, str | int) and name != "prepare_threshold"
    )


def _quoted(value: Any) -> str:  # noqa: ANN401 (strings and numbers)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
