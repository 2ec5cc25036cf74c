"""Dialect: what databases do differently; as it stands, any database that SQLAlchemy knows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.elements import Grouping

from connectors.base import Column, Dataset, Safeguards, field_of
from connectors.sql.address import Address
from connectors.sql.faults import Fault, by_words
from connectors.sql.keys import by_key
from connectors.sql.slices import sliceable

if TYPE_CHECKING:
    from connectors.sql.reader import Reader, Statement

BLOB_BYTES = 65_536  # of a binary cell; enough to tell what kind of file it is
CONNECT_SECONDS = 10
LOCK_SECONDS = 10

Cell = sa.ColumnElement[Any]

_SYSTEM = frozenset({"information_schema", "pg_catalog", "sys", "mysql", "performance_schema"})
_BINARY = ("BLOB", "BINARY", "BYTEA", "RAW", "IMAGE")


def whole(column: Cell, text: sa.types.TypeEngine[str]) -> Cell:
    """The text of a floating-point number that is a whole one, else null.

    As text such a number would be `1.1e+17` or end in `.0`; a phone kept so is still a phone.
    """
    size = sa.func.abs(column) < sa.literal_column("1e18")
    number = sa.cast(column, sa.BigInteger())
    return sa.case((size & (sa.func.round(column) == column), sa.cast(number, text)))


@dataclass(slots=True)
class Dialect:
    """How one kind of database is opened, listed, sampled and understood when it fails.

    `timeout` is how long a statement may take, in seconds; `scan_bytes` the size up to which
    a table may be read from end to end only to draw a sample from it.
    """

    address: Address
    timeout: float
    scan_bytes: int

    @property
    def lock_seconds(self) -> float:
        """How long a statement may wait for a lock that somebody holds."""
        return self.address.options.lock or LOCK_SECONDS

    def engine(self) -> sa.Engine:
        """An engine of few connections, that can only read."""
        return sa.create_engine(self.address.url, **self.pool(), connect_args=self.connect_args())

    def pool(self) -> dict[str, Any]:
        """As many connections as asked for, tested before use; values stay out of errors."""
        return {
            "poolclass": QueuePool,
            "pool_size": self.address.options.connections,
            "max_overflow": 0,
            "pool_timeout": CONNECT_SECONDS,
            "pool_pre_ping": True,
            "hide_parameters": True,
        }

    def connect_args(self) -> dict[str, Any]:
        """What the driver is told when it connects."""
        return {}

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """Begin a transaction that can only read."""

    def ticket(self, connection: sa.Connection) -> int | None:
        """What `kill` needs to end what this connection asked for."""
        return None

    def kill(self, connection: sa.Connection, ticket: int) -> None:
        """End on the server what a connection asked for that is gone."""

    def safeguards(self, connection: sa.Connection) -> Safeguards:
        """How the source is protected, as far as it tells."""
        return Safeguards()

    def tick(self) -> None:
        """A statement or a fetch begins; for dialects that keep time themselves."""

    def quick(self, reader: "Reader", statement: "Statement") -> Iterator[pa.RecordBatch] | None:
        """The rows of a statement, by a way that makes no object of every cell, if there is one."""
        return None

    def abandon(self, connection: sa.Connection, result: sa.CursorResult[Any]) -> None:
        """A result will not be read to its end."""

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Every table, in a stable order."""
        inspector = sa.inspect(connection)
        for schema in sorted(inspector.get_schema_names()):
            if schema.lower() in _SYSTEM:
                continue
            found = inspector.get_multi_columns(schema=schema)
            for (_, name), columns in sorted(found.items(), key=lambda item: item[0][1]):
                yield Dataset(
                    self.address.uri(schema, name),
                    self.address.source,
                    "table",
                    name,
                    self.address.database,
                    schema,
                    columns=tuple(
                        Column(c["name"], str(c["type"]), c.get("comment") or "") for c in columns
                    ),
                )

    def schema_of(self, dataset: Dataset) -> str | None:
        """What stands before the name of the table in a statement."""
        return dataset.schema

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """The column as text of at most `limit` characters, or as the first bytes of a binary."""
        if self.binary(declared):
            return sa.func.substr(column, 1, BLOB_BYTES)
        return sa.func.substr(sa.cast(column, sa.Text()), 1, limit)

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return any(word in declared.upper() for word in _BINARY)

    def arrow(self, columns: Sequence[Column], rows: Sequence[Any]) -> pa.Schema:
        """The schema that batches have: texts and bytes. `rows` are the first that were read."""
        kinds = [pa.large_binary() if self.binary(c.type) else pa.large_string() for c in columns]
        return pa.schema([field_of(c, k) for c, k in zip(columns, kinds, strict=True)])

    def sliceable(self, dataset: Dataset) -> tuple[str, ...]:
        """Columns that a slice may name."""
        small = dataset.size is not None and dataset.size <= self.scan_bytes
        return sliceable(dataset, small)

    def timed(self, column: Cell, declared: str) -> sa.ColumnElement[bool]:
        """Does a row have a time there?"""
        return column.is_not(None)

    def midway(self, low: Cell, high: Cell, declared: str) -> Cell:
        """The moment halfway between two."""
        half: Cell = sa.literal_column("2")
        return low + Grouping(high - low).op("/")(half)

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """A random sample of the rows that `reader` is asked for; it says how in `reading`."""
        if reader.count(reader.rows + 1) <= reader.rows:
            yield from reader.few()
            return
        key = self.key(reader)
        if key is not None:
            yield from by_key(reader, key)
            return
        drawn = reader.draw(reader.select())
        reader.reading.how = f"drawn from every row in turn (seed {reader.sampling.seed})"
        reader.reading.rows = drawn.seen
        yield from drawn.drawn()

    def key(self, reader: "Reader") -> str | None:
        """The column of an integer primary key, if there is such."""
        found: Sequence[str] = reader.dataset.key
        if not found:
            inspector = sa.inspect(reader.connection)
            schema = self.schema_of(reader.dataset)
            found = inspector.get_pk_constraint(reader.dataset.name, schema)["constrained_columns"]
        types = {c.name: c.type.upper() for c in reader.dataset.columns}
        return found[0] if len(found) == 1 and "INT" in types.get(found[0], "") else None

    def fault(self, error: BaseException) -> Fault | None:
        """What a driver's error means."""
        return by_words(str(error))
