"""Sql: the tables of a database, through SQLAlchemy; what differs is in its dialect."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore
from types import MappingProxyType
from typing import TypeVar

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import NoSuchModuleError

from connectors.base import (
    Connector,
    Dataset,
    MissingDriver,
    Reading,
    Safeguards,
    Sampling,
    UnknownScheme,
    Unreachable,
    UnreadableData,
)
from connectors.sql.address import Address, parse
from connectors.sql.dialect import CONNECT_SECONDS, Dialect
from connectors.sql.faults import Dropped, Fault, error_of, sentences
from connectors.sql.hive import Hive
from connectors.sql.mysql import Mysql
from connectors.sql.postgresql import Postgresql
from connectors.sql.reader import Reader
from connectors.sql.slices import by_slice
from connectors.sql.sqlite import Sqlite
from connectors.sql.warehouses import (
    BigQuery,
    MaxCompute,
    Oracle,
    Snowflake,
    SqlServer,
    Trino,
)

DIALECTS: MappingProxyType[str, type[Dialect]] = MappingProxyType(
    {
        "bigquery": BigQuery,
        "hive": Hive,
        "mssql": SqlServer,
        "mysql": Mysql,
        "odps": MaxCompute,
        "oracle": Oracle,
        "postgresql": Postgresql,
        "snowflake": Snowflake,
        "sqlite": Sqlite,
        "trino": Trino,
    }
)
TIMEOUT = 60.0
SCAN_BYTES = 64 << 20
WAITS = (0.2, 1.0, 4.0)

T = TypeVar("T")

_SILENT, _MINUTE = 3, 60.0


class Sql(Connector):
    """A database, opened over one connection that can only read.

    `timeout` (or `?timeout=` in the URL) is how many seconds a statement may take. A table of
    up to `scan_bytes` may be read through to sample it. `dialect` replaces the one that goes
    with the scheme. Where the connection breaks off, what had given nothing yet is asked
    again after so many seconds of `waits`; a dataset half read is not: its rows would count
    twice. Where nobody answered for several datasets, the next are not waited for, but for one
    in a minute.

    Raises:
        UnknownSource: no such file or database, or not a URL.
        MissingDriver: the driver is not installed.
        AccessDenied, Unreachable: the server does not let us in.
        UnreadableData: the file is no database.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        scan_bytes: int = SCAN_BYTES,
        dialect: type[Dialect] | None = None,
        waits: tuple[float, ...] = WAITS,
    ) -> None:
        self._closed = False
        self._address = parse(url)
        self._waits = waits
        self._free = BoundedSemaphore(self._address.options.connections)
        self._rested = 0.0
        self._silent, self._asked_again = 0, 0.0  # datasets in a row without an answer; until when
        self.source = self._address.source
        self._timeout = self._address.options.timeout or timeout
        kind = dialect or DIALECTS.get(self._address.url.get_backend_name(), Dialect)
        self._dialect = kind(self._address, self._timeout, scan_bytes)
        with sentences(self._dialect.fault, self.source, self.source, self._timeout):
            self._engine = _engine(self._dialect, self._address)
        with ExitStack() as failing:
            failing.callback(self.close)
            with self._reading(self.source):
                failing.pop_all()

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the database or file, without credentials."""
        return parse(where).source

    def __repr__(self) -> str:
        return f"Sql({self.source!r})"

    def datasets(self) -> Iterator[Dataset]:
        """Every table, from a few queries of the catalogue."""
        (found,) = self._again(lambda: [list(self._list())])
        yield from found

    def _list(self) -> Iterator[Dataset]:
        with self._reading(self.source) as connection:
            yield from self._dialect.datasets(connection)

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """All rows streamed, or a random sample drawn in the database."""
        self._rest()
        warned = len(reading.warnings)

        def anew() -> Iterator[pa.RecordBatch]:
            reading.how, reading.rows, reading.warnings[warned:] = "", None, []
            return self._read(dataset, sampling, reading)

        try:
            yield from self._again(anew)
        finally:
            self._rested = time.monotonic() + self._address.options.pause

    def _read(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        full = sampling.rows is None and sampling.slice is None
        with self._reading(dataset.uri, full) as connection:
            dataset = self._described(connection, dataset)
            reader = Reader(connection, self._dialect, dataset, sampling, reading)
            if full or not reader.columns:
                yield from reader.whole()
                return
            if sampling.slice is not None:
                sample = list(by_slice(reader, self._dialect, sampling.slice))
            else:
                sample = list(self._dialect.sample(reader))
        yield from sample

    def _again(self, ask: Callable[[], Iterable[T]]) -> Iterator[T]:
        """What is asked for, asked again over another connection if one breaks off too early."""
        if self._silent >= _SILENT and time.monotonic() < self._asked_again:
            message = f"{self.source} does not answer any more, so this was not tried: scan again"
            raise Unreachable(message)
        broke = False
        for wait in (*self._waits, None):
            begun = False
            try:
                for answer in ask():
                    begun = True
                    yield answer
            except Unreachable as error:
                broke = broke or isinstance(error, Dropped)
                if begun or wait is None or not broke:
                    self._silent += not begun
                    self._asked_again = time.monotonic() + _MINUTE
                    raise
            else:
                self._silent = 0
                return
            time.sleep(wait)

    def _rest(self) -> None:
        """The pause between tables that the user asked for."""
        time.sleep(max(0.0, self._rested - time.monotonic()))

    def safeguards(self) -> Safeguards:
        """How the database is protected, as far as it tells."""
        with self._reading(self.source) as connection:
            return self._dialect.safeguards(connection)

    def sliceable(self, dataset: Dataset) -> tuple[str, ...]:
        """Columns of times and numbers that are indexed, or all such of a small table."""
        return self._dialect.sliceable(dataset)

    def close(self) -> None:
        """Close the connection; one that is being read from, when that ends."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _reading(self, where: str, full: bool = False) -> Iterator[sa.Connection]:
        """A connection in a read-only transaction; drivers' errors become ours."""
        pool = self._engine.pool
        if not self._free.acquire(timeout=CONNECT_SECONDS):
            raise error_of(Fault.BUSY, self.source, where, self._timeout)
        try:
            with (
                sentences(self._dialect.fault, self.source, where, self._timeout),
                self._engine.connect() as connection,
            ):
                self._dialect.begin(connection, full)
                ticket = self._dialect.ticket(connection)
                try:
                    yield connection
                finally:
                    if ticket is not None and connection.invalidated:
                        self._dialect.kill(connection, ticket)
        finally:
            self._free.release()
            if self._closed:
                pool.dispose()

    def _described(self, connection: sa.Connection, dataset: Dataset) -> Dataset:
        """The dataset as it is listed, looked up where the caller did not keep the columns."""
        if dataset.columns:
            return dataset
        found = {d.uri: d for d in self._dialect.datasets(connection)}
        if dataset.uri not in found:
            raise UnreadableData(f"{dataset.uri} is gone since it was listed: scan again")
        return found[dataset.uri]


def _engine(dialect: Dialect, address: Address) -> sa.Engine:
    try:
        engine = dialect.engine()
    except NoSuchModuleError:
        if "+" not in address.url.drivername:  # the package brings the dialect, too
            raise _missing(address) from None
        message = f"no driver for {address.scheme}:// of that name: leave out what follows the +"
        raise UnknownScheme(message) from None
    except ImportError:
        raise _missing(address) from None
    if engine.dialect.is_async:
        raise UnknownScheme(f"the driver of the {address.scheme}:// URL is asynchronous: name none")
    return engine


def _missing(address: Address) -> MissingDriver:
    extra = f"pip install 'picensus[{address.scheme}]'"
    return MissingDriver(f"{address.scheme}:// needs a driver that is not installed: {extra}")
