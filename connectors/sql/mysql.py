"""MySQL and MariaDB: read-only sessions, casts that keep zero dates, one way to samples."""

import re
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.dialects.mysql import CHAR
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import Grouping

from connectors.base import Dataset, Safeguards
from connectors.sql.dialect import BLOB_BYTES, CONNECT_SECONDS, Cell, Dialect, whole
from connectors.sql.faults import Fault, by_words
from connectors.sql.keys import by_key
from connectors.sql.mysql_catalogue import datasets, safeguards, text
from connectors.sql.mysql_rows import Packets
from connectors.sql.mysql_sample import about, by_chance, by_index
from connectors.sql.rows import BATCH_ROWS

if TYPE_CHECKING:
    from connectors.sql.reader import Reader, Statement

_EXTENT = """
    SELECT table_rows, data_length FROM information_schema.tables
    WHERE table_schema = :schema AND table_name = :name"""
_KEY = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_schema = :schema AND table_name = :name AND column_key = 'PRI'"""

_MANY = 1_000_000  # rows; a table of more is large whatever the statistics say
_KILL_SECONDS = 3
_LOST = 2013
_IMITATIONS = re.compile("(?i)tidb|oceanbase|doris|starrocks|selectdb")
_BYTES = ("blob", "binary", "vector")
_TEXTS = ("char", "text")
_SHAPES = frozenset(
    {
        "geometry",
        "point",
        "linestring",
        "polygon",
        "multipoint",
        "multilinestring",
        "multipolygon",
        "geometrycollection",
        "geomcollection",
    }
)
_FAULTS = MappingProxyType(
    {
        code: fault
        for fault, codes in {
            Fault.LOGIN: (1045, 1251, 1698, 1862, 2059, 2061, 3118),
            Fault.GRANT: (1044, 1142, 1143, 1227, 1356, 1370),
            Fault.DATABASE: (1049,),
            Fault.UNREACHABLE: (1053, 1130, 2002, 2003, 2005),
            Fault.CROWDED: (1040, 1203, 1226, 1129),
            Fault.LOST: (1152, 1153, 1158, 1159, 1160, 1161, 1927, 2006, 2013, 2055, 4031),
            Fault.VANISHED: (1051, 1054, 1109, 1146, 1412),
            Fault.LOCKED: (1205, 1213, 3572),
            Fault.SLOW: (1028, 1317, 1969, 3024),
            Fault.DAMAGED: (126, 127, 145, 1034, 1194, 1195, 1712, 1877, 1932),
        }.items()
        for code in codes
    }
)


@dataclass
class Mysql(Dialect):
    """One server of either make; without a database in the URL, all but the system's own.

    `genuine` tells MySQL and MariaDB from TiDB, OceanBase, Doris and StarRocks, which may not
    know what is set here; they are asked for nothing but SELECTs all the same.
    """

    genuine: bool | None = field(default=None, init=False)

    def connect_args(self) -> dict[str, Any]:
        """The socket waits a little longer than the statement may take."""
        wait = ceil(self.timeout + self.lock_seconds)
        return {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": wait,
            "write_timeout": wait,
            "charset": "utf8mb4",
            "program_name": "picensus",
        }

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """A read-only session, and a read-only transaction in it.

        A whole table may take longer than one statement is allowed: then only the socket
        keeps time, that is the server must not be silent for so long.
        """
        strict = self._genuine(connection)
        self._set(connection, "SET SESSION TRANSACTION READ ONLY", strict)
        lock = max(1, round(self.lock_seconds))
        self._set(connection, f"SET SESSION sql_mode = '', lock_wait_timeout = {lock}", strict)
        self._set(connection, "SET SESSION net_write_timeout = 600", strict)
        seconds = 0 if full else self.timeout
        if getattr(connection.dialect, "is_mariadb", False):
            limit = f"max_statement_time = {seconds}"
        else:
            limit = f"max_execution_time = {int(seconds * 1000)}"
        self._set(connection, f"SET SESSION {limit}", strict=False)
        self._set(connection, "START TRANSACTION READ ONLY", strict)

    def _genuine(self, connection: sa.Connection) -> bool:
        """Is it MySQL or MariaDB, not another database that speaks their protocol?"""
        if self.genuine is None:
            said = connection.exec_driver_sql("SELECT version(), @@version_comment").one()
            self.genuine = not _IMITATIONS.search(" ".join(map(text, said)))
        return self.genuine

    @staticmethod
    def _set(connection: sa.Connection, statement: str, strict: bool) -> None:
        """Run it; databases that only speak the protocol may not know it."""
        try:
            connection.exec_driver_sql(statement)
        except DBAPIError as error:
            if error.connection_invalidated or (strict or _code(error.orig) in _FAULTS):
                raise

    def ticket(self, connection: sa.Connection) -> int | None:
        """The number that the server gave the connection."""
        number = getattr(connection.connection.dbapi_connection, "thread_id", None)
        return number() if callable(number) else None

    def kill(self, connection: sa.Connection, ticket: int) -> None:
        """End the query: a server does not notice that nobody waits for it any more."""
        dbapi: Any = connection.dialect.dbapi
        args, told = connection.dialect.create_connect_args(self.address.url)
        said = {**told, **self.connect_args()}
        said |= dict.fromkeys(("connect_timeout", "read_timeout", "write_timeout"), _KILL_SECONDS)
        with suppress(dbapi.Error), closing(dbapi.connect(*args, **said)) as other:
            other.cursor().execute(f"KILL {ticket}")

    def quick(self, reader: "Reader", statement: "Statement") -> Iterator[pa.RecordBatch] | None:
        """Cells go from the socket into Arrow; every one is text or bytes, cast by the server."""
        ours = reader.connection.dialect.driver == "pymysql"
        return self._cells(reader, statement) if ours and self.address.options.arrow else None

    def _cells(self, reader: "Reader", statement: "Statement") -> Iterator[pa.RecordBatch]:
        dbapi: Any = reader.connection.dialect.dbapi
        line = reader.connection.connection
        cursor = line.cursor(dbapi.cursors.SSCursor)
        finished = False
        try:
            asked = statement if isinstance(statement, str) else reader.sql(statement)
            if reader.sampling.rows is None:
                reader.reading.how = "all rows, straight into Arrow"
            cursor.execute(asked, ())  # doubled % are halved
            packets = Packets(cursor._result, line.dbapi_connection, dbapi)  # noqa: SLF001
            yield from packets.batches(reader.schema(), BATCH_ROWS)
            finished = True
        except dbapi.Error as error:
            raise DBAPIError("", None, error) from None
        finally:
            if not finished:
                self._hang_up(reader.connection, cursor)
            cursor.close()

    def abandon(self, connection: sa.Connection, result: sa.CursorResult[Any]) -> None:
        """Hang up: PyMySQL would read the rest of the table, to its end."""
        self._hang_up(connection, result.cursor)

    def _hang_up(self, connection: sa.Connection, cursor: Any) -> None:  # noqa: ANN401
        pending = getattr(cursor, "_result", None)
        if pending is not None:
            pending.unbuffered_active = False
        connection.invalidate()

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """The tables of the database in the URL, or of every database that the user may see."""
        return datasets(connection, self.address)

    def safeguards(self, connection: sa.Connection) -> Safeguards:
        """TLS, and how tables are kept."""
        return safeguards(connection)

    def timed(self, column: Cell, declared: str) -> sa.ColumnElement[bool]:
        """Neither null nor a date that is none."""
        if not _kind(declared).startswith(("date", "timestamp")):
            return column.is_not(None)
        first: Cell = sa.literal_column("'1000-01-01'")
        return column >= first

    def midway(self, low: Cell, high: Cell, declared: str) -> Cell:
        """By seconds where it is a time."""
        if _kind(declared).startswith(("date", "timestamp")):
            unit: Cell = sa.literal_column("SECOND")
            half = sa.func.timestampdiff(unit, low, high).op("DIV")(sa.literal_column("2"))
            return sa.func.timestampadd(unit, half, low)
        return low + Grouping(high - low).op("DIV")(sa.literal_column("2"))

    def schema_of(self, dataset: Dataset) -> str | None:
        """The database."""
        return dataset.database

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Text cut by the server; dates as text, because 0000-00-00 is no date elsewhere."""
        kind = _kind(declared)
        if self.binary(declared):
            return sa.func.left(column, BLOB_BYTES)
        if kind in _SHAPES:
            return sa.func.left(sa.func.st_astext(column), limit)
        if kind == "bit":
            return sa.cast(column + sa.literal_column("0"), CHAR())
        if kind in {"double", "float"}:
            return sa.func.coalesce(whole(column, CHAR()), sa.cast(column, CHAR()))
        words = column if kind.endswith(_TEXTS) else sa.cast(column, CHAR())
        return sa.func.left(words, limit)

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return _kind(declared).endswith(_BYTES)

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """By RAND(seed) where the table is small, else by integer key or by any index."""
        if reader.count(reader.rows + 1) <= reader.rows:
            yield from reader.few()
            return
        rows, size = self._extent(reader)
        count = reader.count(_MANY) if size is not None and size <= self.scan_bytes else _MANY
        if count < _MANY:
            reader.reading.rows = count
            yield from by_chance(reader, count)
            return
        key = self.key(reader)
        if key is not None:
            yield from by_key(reader, key)
            return
        estimate = max(rows or 0, reader.rows)
        found = None if reader.dataset.kind == "view" else by_index(reader, estimate)
        yield from by_chance(reader, estimate) if found is None else found

    def _extent(self, reader: "Reader") -> tuple[int | None, int | None]:
        found = reader.all(about(_EXTENT, reader.dataset))
        return found[0] if found else (None, None)

    def key(self, reader: "Reader") -> str | None:
        """The column of an integer primary key, if there is such."""
        found = reader.all(about(_KEY, reader.dataset))
        return found[0][0] if len(found) == 1 and "int" in found[0][1].lower() else None

    def fault(self, error: BaseException) -> Fault | None:
        """By the server's or the client's number; who is silent for too long is not gone."""
        if _code(error) == _LOST and "timed out" in str(error):
            return Fault.SLOW
        return _FAULTS.get(_code(error)) or by_words(str(error))


def _kind(declared: str) -> str:
    return declared.lower().partition("(")[0].partition(" ")[0]


def _code(error: BaseException | None) -> int:
    args = getattr(error, "args", ())
    return args[0] if args and isinstance(args[0], int) else 0
