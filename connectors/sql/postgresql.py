"""PostgreSQL: TABLESAMPLE, catalogue in bulk, read-only sessions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa

from connectors.base import Dataset, Safeguards, UnknownSource
from connectors.sql.adbc import TooSlow
from connectors.sql.dialect import BLOB_BYTES, CONNECT_SECONDS, Cell, Dialect, whole
from connectors.sql.faults import Fault, by_words
from connectors.sql.postgresql_bulk import bulk
from connectors.sql.postgresql_catalogue import datasets, safeguards, version
from connectors.sql.postgresql_sample import sample

if TYPE_CHECKING:
    from connectors.sql.reader import Reader, Statement

_KNOWN = "FROM (VALUES {values}) v (n, s) JOIN pg_settings p ON lower(p.name) = v.n"
_SAMPLES = 110_000  # server_version_num from which all that samples need is there

_FAULTS = MappingProxyType(
    {
        "22021": Fault.ENCODING,
        "22P05": Fault.ENCODING,
        "28000": Fault.LOGIN,
        "28P01": Fault.LOGIN,
        "3D000": Fault.DATABASE,
        "3F000": Fault.VANISHED,
        "40001": Fault.LOCKED,
        "42501": Fault.GRANT,
        "42703": Fault.VANISHED,
        "42P01": Fault.VANISHED,
        "53300": Fault.CROWDED,
        "55P03": Fault.LOCKED,
        "57014": Fault.SLOW,
        "57P01": Fault.LOST,
        "57P02": Fault.LOST,
        "57P03": Fault.UNREACHABLE,
        "XX001": Fault.DAMAGED,
        "XX002": Fault.DAMAGED,
    }
)


@dataclass
class Postgresql(Dialect):
    """One database, all schemas but the system's.

    `old` tells whether the server lacks TABLESAMPLE and hashtextextended, as Greenplum 6 and
    openGauss do.
    """

    old: bool | None = field(default=None, init=False)

    def connect_args(self) -> dict[str, Any]:
        """No prepared statements: poolers between us and the server lose them."""
        if not self.address.database:
            message = "the postgresql:// URL names no database: write postgresql://host:5432/NAME"
            raise UnknownSource(message)
        asked = self.address.url.query
        return {
            "connect_timeout": asked.get("connect_timeout", CONNECT_SECONDS),
            "application_name": "picensus",
            "prepare_threshold": None,
            "client_encoding": "utf8",
        }

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """A read-only session, and a read-only transaction in it."""
        run = connection.exec_driver_sql
        run("SET TRANSACTION READ ONLY")
        run(self.session(int(self.timeout * 1000)))

    def session(self, milliseconds: int) -> str:
        """One statement that sets what a session needs, tolerant of servers that know less."""
        settings = {
            "default_transaction_read_only": "on",
            "statement_timeout": str(milliseconds),
            "lock_timeout": f"{int(self.lock_seconds * 1000)}",
            "datestyle": "ISO, YMD",
            "intervalstyle": "postgres",
            "extra_float_digits": "3",
            "jit": "off",
            "synchronize_seqscans": "off",
            "max_parallel_workers_per_gather": "0",
        }
        values = ", ".join(f"('{name}', '{value}')" for name, value in settings.items())
        return f"SELECT set_config(v.n, v.s, false) {_KNOWN.format(values=values)}"

    def quick(self, reader: "Reader", statement: "Statement") -> Iterator[pa.RecordBatch] | None:
        """Large tables that are wanted whole go through ADBC, where it is installed."""
        return bulk(self, reader, statement) if self.address.options.arrow else None

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Tables, materialized views, and views, which are skipped unless asked for."""
        return datasets(connection, self.address)

    def safeguards(self, connection: sa.Connection) -> Safeguards:
        """TLS, which the server knows; of the disks it knows nothing."""
        return safeguards(connection)

    def timed(self, column: Cell, declared: str) -> sa.ColumnElement[bool]:
        """Neither null nor infinite."""
        if not declared.startswith(("timestamp", "date")):
            return column.is_not(None)
        ends: list[Cell] = [sa.literal_column(f"'{end}'") for end in ("-infinity", "infinity")]
        return (column > ends[0]) & (column < ends[1])

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Every type has a text form; infinity, ranges, arrays and users' own types too."""
        if self.binary(declared):
            return sa.func.substring(column, 1, BLOB_BYTES)
        if declared in {"double precision", "real"}:
            return sa.func.coalesce(whole(column, sa.Text()), sa.cast(column, sa.Text()))
        return sa.func.left(sa.cast(column, sa.Text()), limit)

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return declared == "bytea"

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """By TABLESAMPLE; by primary key on servers that are too old for it."""
        if self.old is None:
            number, name = version(reader.connection)
            self.old = number < _SAMPLES or "openGauss" in name
        plain = Dialect.sample(self, reader)
        return plain if self.old else sample(reader, self.scan_bytes, plain)

    def fault(self, error: BaseException) -> Fault | None:
        """By SQLSTATE; by words for a connection that did not come about, which has none."""
        if isinstance(error, TooSlow):
            return Fault.SLOW
        state = getattr(error, "sqlstate", None)
        if state is None:
            return by_words(str(error))
        return _FAULTS.get(state) or (Fault.LOST if state.startswith("08") else None)
