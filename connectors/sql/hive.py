"""Hive and Spark SQL, through HiveServer2: bulk listing, partitions, samples by rand(seed)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from connectors.base import Column, Dataset
from connectors.drivers import driven
from connectors.sql.dialect import BLOB_BYTES, Cell, Dialect, whole
from connectors.sql.faults import Fault, by_words
from connectors.sql.partitions import Partition, chosen, parsed, within

if TYPE_CHECKING:
    from connectors.sql.hive_driver import Connection
    from connectors.sql.reader import Reader

PARTITIONS = 16  # that a sample reads, where they hold enough rows

_VIEW = "a view holds nothing of its own: the tables that it shows are scanned"
_SYSTEM = frozenset({"information_schema", "sys"})
_NESTED = ("array", "map", "struct", "uniontype")
_WORDS = MappingProxyType(
    {
        re.compile(r"the time of the statement is up"): Fault.SLOW,
        re.compile(
            r"SCHEMA_NOT_FOUND|Database .*(does not exist|not found)|NoSuchDatabase", re.IGNORECASE
        ): Fault.DATABASE,
        re.compile(
            r"TABLE_OR_VIEW_NOT_FOUND|UNRESOLVED_COLUMN|Table not found|Invalid table alias|"
            r"FileNotFoundException|\b1000[14]\b"
        ): Fault.VANISHED,
        re.compile(
            r"[Pp]ermission denied|AccessControl|[Nn]ot authorized|[Ii]nsufficient privileges"
        ): Fault.GRANT,
        re.compile(
            r"validating the login|PLAIN auth failed|AUTHENTICATION|Bad SASL|Bad status"
        ): Fault.LOGIN,
        re.compile(r"OutOfMemory"): Fault.LARGE,
        re.compile(r"[Cc]ould not connect|failed to resolve"): Fault.UNREACHABLE,
        re.compile(r"connection was lost"): Fault.LOST,
    }
)


@dataclass
class Hive(Dialect):
    """One server of either make; without a database in the URL, all but the system's own."""

    spark: bool = field(default=False, init=False)

    def engine(self) -> sa.Engine:
        """Connections that refuse whatever would not only read; the server cannot be told to."""
        driver, url = driven("connectors.sql.hive_driver", "hive"), self.address.url
        auth = str(url.query.get("auth", "")).upper()

        def connect() -> "Connection":
            made: Connection = driver.Connection(
                url.host or "localhost",
                url.port or 10_000,
                url.username,
                url.password,
                url.database or "default",
                auth,
                self.timeout,
            )
            return made

        return sa.create_engine("hive://", creator=connect, **self.pool())

    def pool(self) -> dict[str, Any]:
        """A connection is not tested before use: the test would be a job on the cluster."""
        return {**super().pool(), "pool_pre_ping": False}

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """Nothing: there are no transactions."""
        self.spark = self._driver(connection).spark

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Tables and views, from two calls that list all of them."""
        one = self.address.database
        driver, pattern = self._driver(connection), one or "%"
        columns: dict[tuple[str, str], list[Column]] = {}
        for found in driver.listed("Columns", pattern):
            column = Column(
                found["COLUMN_NAME"], found["TYPE_NAME"].lower(), found["REMARKS"] or ""
            )
            columns.setdefault((found["TABLE_SCHEM"], found["TABLE_NAME"]), []).append(column)
        tables = driver.listed("Tables", pattern)
        for found in sorted(tables, key=lambda t: (t["TABLE_SCHEM"], t["TABLE_NAME"])):
            database, name = found["TABLE_SCHEM"], found["TABLE_NAME"]
            if database.lower() in _SYSTEM or (one and database.lower() != one.lower()):
                continue
            view = found["TABLE_TYPE"] == "VIEW"
            yield Dataset(
                self.address.uri(*((name,) if one else (database, name))),
                self.address.source,
                "view" if view else "table",
                name,
                database,
                comment=found["REMARKS"] or "",
                columns=tuple(columns.get((database, name), ())),
                skip=_VIEW if view else "",
            )

    def schema_of(self, dataset: Dataset) -> str | None:
        """The database."""
        return dataset.database

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Text cut by the server; lists, maps and structs as JSON, which Hive makes of itself."""
        if self.binary(declared):
            return sa.func.substr(column, 1, BLOB_BYTES)
        if declared.startswith(_NESTED):
            return sa.func.substr(sa.func.to_json(column), 1, limit) if self.spark else column
        text = sa.cast(column, sa.Text())
        if declared in {"double", "float"}:
            return sa.func.coalesce(whole(column, sa.Text()), text)
        return sa.func.substr(text, 1, limit)

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return declared == "binary"

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """By rand(seed), in a few partitions where the table has many."""
        partitions, seed = self._partitions(reader), reader.sampling.seed % 2**31
        number = PARTITIONS
        while True:
            some = chosen(partitions, number, seed)
            inside = within(some) if len(some) < len(partitions) else sa.true()
            count = _count(reader, inside)
            if count > reader.rows or len(some) == len(partitions):
                break
            number *= 4
        if len(some) == len(partitions):
            reader.reading.rows = count
            if count <= reader.rows:
                yield from reader.few()
                return
        how = _drawn(reader, inside, count, seed)
        if len(some) < len(partitions):
            of = (
                f"{len(some)} of {len(partitions)} partitions, the oldest and the newest among them"
            )
            reader.reading.how = f"{of}, {reader.reading.how}"
        yield from how

    def fault(self, error: BaseException) -> Fault | None:
        """By the words of the server, which gives no code that could be told from others."""
        said = str(error)
        known = (fault for words, fault in _WORDS.items() if words.search(said))
        return next(known, None) or by_words(said)

    def _driver(self, connection: sa.Connection) -> "Connection":
        return cast("Connection", connection.connection.dbapi_connection)

    def _partitions(self, reader: "Reader") -> list[Partition]:
        """From the oldest to the newest; none where the table is not partitioned."""
        quote = reader.connection.dialect.identifier_preparer.quote_identifier
        name = ".".join(quote(n) for n in (reader.dataset.database, reader.dataset.name) if n)
        try:
            return parsed([row[0] for row in reader.all(f"SHOW PARTITIONS {name}")])
        except DBAPIError as error:
            said = str(error.orig)
            if re.search(r"PARTITION_SCHEMA_IS_EMPTY|not a partitioned|not partitioned", said):
                return []
            raise


def _count(reader: "Reader", inside: sa.ColumnElement[bool]) -> int:
    counted = sa.select(sa.func.count()).select_from(reader.table).where(inside)
    return int(reader.all(counted)[0][0])


def _drawn(
    reader: "Reader", inside: sa.ColumnElement[bool], count: int, seed: int
) -> Iterator[pa.RecordBatch]:
    """Rows where rand(seed) is small: they are read, the others stay in the cluster."""
    wanted = reader.rows * 1.1 + 4 * sqrt(reader.rows) + 10
    share = min(1.0, wanted / max(1, count))
    while True:
        chance = sa.func.rand(sa.literal_column(str(seed)))
        lucky = chance < sa.literal_column(f"{share:.9f}")
        drawn = reader.draw(reader.select().where(inside).where(lucky))
        if drawn.seen >= reader.rows or share >= 1.0:
            break
        share = min(1.0, share * 2)
    reader.reading.how = f"rand({seed}) < {share:.3g}, then rows at random from those"
    return drawn.drawn()
