"""Oracle, SQL Server, Snowflake, BigQuery, Trino and MaxCompute, through their SQLAlchemy dialects.

Their statements are compiled by the tests; none of them was run against a server.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.mssql import NVARCHAR

from connectors.base import Dataset, MissingDriver
from connectors.sql.dialect import BLOB_BYTES, CONNECT_SECONDS, Cell, Dialect, whole

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

_ORACLE_SYSTEM = frozenset({
    "anonymous", "appqossys", "audsys", "ctxsys", "dbsfwuser", "dbsnmp", "dip", "dvf", "dvsys",
    "ggsys", "gsmadmin_internal", "gsmcatuser", "gsmuser", "lbacsys", "mdsys", "ojvmsys",
    "olapsys", "oracle_ocm", "ordsys", "outln", "sys", "sys$umf", "sysbackup", "sysdg", "syskm",
    "sysrac", "system", "wmsys", "xdb", "xs$null",
})  # fmt: skip
_FLOATS = ("DOUBLE", "FLOAT", "REAL", "BINARY_DOUBLE", "BINARY_FLOAT")
_ORACLE_TEXT = 4_000  # the longest VARCHAR2 and, in bytes, RAW that every Oracle has: 2,000


@dataclass
class Warehouse(Dialect):
    """What these have in common: names in the case that they are kept in, TABLESAMPLE."""

    text: ClassVar[sa.types.TypeEngine[str]] = sa.String()
    system: ClassVar[frozenset[str]] = frozenset({"information_schema"})
    nested: ClassVar[tuple[str, ...]] = ()
    clause: ClassVar[str] = "TABLESAMPLE BERNOULLI ({percent:.6f})"

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Every table but the system's; SQLAlchemy gives names without capitals as it likes."""
        kept = getattr(connection.dialect, "denormalize_name", lambda name: name)
        for found in super(Warehouse, self).datasets(connection):  # noqa: UP008 (slots)
            if (found.schema or "").lower() in self.system:
                continue
            schema, name = str(kept(found.schema)), str(kept(found.name))
            columns = tuple(replace(c, name=str(kept(c.name))) for c in found.columns)
            uri = self.address.uri(schema, name)
            yield replace(found, uri=uri, schema=schema, name=name, columns=columns)

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Text cut by the server; nested values as JSON."""
        kind = declared.upper()
        if self.binary(declared):
            return self.part(column, BLOB_BYTES)
        if kind.startswith(self.nested) and self.nested:
            return self.part(self.json(column), limit)
        text = sa.cast(column, self.text)
        if kind.startswith(_FLOATS):
            return sa.func.coalesce(whole(column, self.text), text)
        return self.part(text, limit)

    def part(self, column: Cell, length: int) -> Cell:
        """The first characters or bytes."""
        return sa.func.substr(column, 1, length)

    def json(self, column: Cell) -> Cell:
        """A nested value as text."""
        return sa.cast(column, self.text)

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """By the database's own sampling, more of it where it gave too few rows."""
        count = reader.count()
        reader.reading.rows = count
        if count <= reader.rows:
            yield from reader.whole()
            return
        percent = 100 * (reader.rows * 1.1 + 4 * sqrt(reader.rows) + 10) / count
        while True:
            statement, how = self.sampled(reader, percent)
            drawn = reader.draw(statement)
            if drawn.seen >= reader.rows or percent >= 100:
                break
            percent *= 2
        reader.reading.how = f"{how}, then rows at random from those"
        yield from drawn.drawn()

    def sampled(self, reader: "Reader", percent: float) -> tuple[str, str]:
        """A statement that gives about so many rows in a hundred, and how in words."""
        plain = reader.sql(reader.select())
        if percent >= 100:
            return plain, "every row"
        how = self.clause.format(percent=percent, seed=reader.sampling.seed % 2**31)
        return self.with_clause(plain, how), how

    def with_clause(self, statement: str, clause: str) -> str:
        """The statement, which ends in the name of its table, with the clause for that table."""
        return f"{statement} {clause}"


@dataclass
class Oracle(Warehouse):
    """By service: `oracle://user:password@host:1521/?service_name=NAME`."""

    text: ClassVar[sa.types.TypeEngine[str]] = sa.String(_ORACLE_TEXT)
    system: ClassVar[frozenset[str]] = _ORACLE_SYSTEM
    clause: ClassVar[str] = "SAMPLE ({percent:.6f}) SEED ({seed})"

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """A transaction that can only read, and a limit for each call."""
        connection.connection.dbapi_connection.call_timeout = int(self.timeout * 1_000)  # type: ignore[union-attr]
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    def binary(self, declared: str) -> bool:
        """BINARY_DOUBLE is a number here."""
        return declared.upper().startswith(("RAW", "BLOB", "LONG RAW", "BFILE"))

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """No text is longer than VARCHAR2 allows."""
        kind, limit = declared.upper(), min(limit, _ORACLE_TEXT)
        if kind.startswith(("BLOB", "LONG RAW", "BFILE")):
            return sa.func.dbms_lob.substr(column, _ORACLE_TEXT // 2, 1)
        if kind.startswith("RAW"):
            return column
        if kind.startswith(("CLOB", "NCLOB")):
            return sa.func.dbms_lob.substr(column, min(limit, _ORACLE_TEXT // 4), 1)
        if kind.startswith(("DATE", "TIMESTAMP")):
            return sa.func.to_char(column, sa.literal_column("'YYYY-MM-DD HH24:MI:SS'"))
        return super(Oracle, self).cell(column, declared, limit)  # noqa: UP008 (slots)

    def with_clause(self, statement: str, clause: str) -> str:
        """Before the alias."""
        return f"{statement.removesuffix(' t')} {clause} t"


@dataclass
class SqlServer(Warehouse):
    """One database: `mssql://user:password@host:1433/database`."""

    text: ClassVar[sa.types.TypeEngine[str]] = NVARCHAR()
    system: ClassVar[frozenset[str]] = frozenset({"information_schema", "sys", "guest"})
    clause: ClassVar[str] = "TABLESAMPLE ({percent:.6f} PERCENT) REPEATABLE ({seed})"

    def connect_args(self) -> dict[str, Any]:
        """Limits for the login and for each statement."""
        return {"login_timeout": CONNECT_SECONDS, "timeout": max(1, int(self.timeout))}

    def binary(self, declared: str) -> bool:
        """TIMESTAMP is a number of a row here, in bytes."""
        kind = declared.upper()
        return kind in {"TIMESTAMP", "ROWVERSION"} or super(SqlServer, self).binary(declared)  # noqa: UP008

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Dates in the form of ISO 8601."""
        if declared.upper().startswith(("DATE", "SMALLDATE", "TIME")) and not self.binary(declared):
            kind: Cell = sa.literal_column("NVARCHAR(64)")
            return sa.func.convert(kind, column, sa.literal_column("126"))
        return super(SqlServer, self).cell(column, declared, limit)  # noqa: UP008 (slots)

    def part(self, column: Cell, length: int) -> Cell:
        """The first characters or bytes."""
        return sa.func.substring(column, 1, length)


@dataclass
class Snowflake(Warehouse):
    """One database: `snowflake://user:password@account/DATABASE?warehouse=NAME&role=NAME`."""

    clause: ClassVar[str] = "TABLESAMPLE BERNOULLI ({percent:.6f}) REPEATABLE ({seed})"

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """A limit for each statement."""
        seconds = 0 if full else max(1, int(self.timeout))
        connection.exec_driver_sql(
            f"ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = {seconds or 172_800}"
        )


@dataclass
class BigQuery(Warehouse):
    """One project, or one dataset of it: `bigquery://project/dataset`."""

    nested: ClassVar[tuple[str, ...]] = ("ARRAY", "STRUCT", "RECORD", "JSON", "GEOGRAPHY", "RANGE")
    clause: ClassVar[str] = "TABLESAMPLE SYSTEM ({percent:.6f} PERCENT)"

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return declared.upper().startswith(("BYTES", "BINARY"))

    def json(self, column: Cell) -> Cell:
        """A nested value as text."""
        return sa.func.to_json_string(column)


@dataclass
class Trino(Warehouse):
    """One catalogue: `trino://user@host:8080/catalog`."""

    nested: ClassVar[tuple[str, ...]] = ("ARRAY", "MAP", "ROW", "JSON")

    def connect_args(self) -> dict[str, Any]:
        """A limit for each statement."""
        return {"session_properties": {"query_max_run_time": f"{max(1, int(self.timeout))}s"}}

    def json(self, column: Cell) -> Cell:
        """A nested value as text."""
        return sa.func.json_format(sa.cast(column, sa.JSON()))


@dataclass
class MaxCompute(Warehouse):
    """One project: `odps://access_id:access_key@project/?endpoint=URL`."""

    nested: ClassVar[tuple[str, ...]] = ("ARRAY", "MAP", "STRUCT")
    clause: ClassVar[str] = "WHERE rand({seed}) * 100 < {percent:.6f}"

    def engine(self) -> sa.Engine:
        """An engine; the dialect of pyodps does not know SQLAlchemy 2.1."""
        if not sa.__version__.startswith("2.0."):
            message = "odps:// needs an older SQLAlchemy: pip install 'picensus[odps]'"
            raise MissingDriver(message)
        return super(MaxCompute, self).engine()  # noqa: UP008 (slots)

    def json(self, column: Cell) -> Cell:
        """A nested value as text."""
        return sa.func.to_json(column)
