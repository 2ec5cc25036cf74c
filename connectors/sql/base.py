"""Sql: the tables of a database, through SQLAlchemy; what differs is in its dialect."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import NoSuchModuleError

from connectors.base import (
    Connector,
    Dataset,
    MissingDriver,
    Reading,
    Sampling,
    UnknownScheme,
    UnreadableData,
)
from connectors.sql.address import Address, parse
from connectors.sql.dialect import Dialect
from connectors.sql.faults import sentences
from connectors.sql.hive import Hive
from connectors.sql.mysql import Mysql
from connectors.sql.postgresql import Postgresql
from connectors.sql.reader import Reader
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


class Sql(Connector):
    """A database, opened over one connection that can only read.

    `timeout` (or `?timeout=` in the URL) is how many seconds a statement may take. A table of
    up to `scan_bytes` may be read through to sample it. `dialect` replaces the one that goes
    with the scheme.

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
    ) -> None:
        self._closed = False
        self._address = parse(url)
        self.source = self._address.source
        self._timeout = self._address.timeout or timeout
        kind = dialect or DIALECTS.get(self._address.url.get_backend_name(), Dialect)
        self._dialect = kind(self._address, self._timeout, scan_bytes)
        with sentences(self._dialect.fault, self.source, self.source, self._timeout):
            self._engine = _engine(self._dialect, self._address)
        try:
            with self._reading(self.source):
                pass
        except BaseException:
            self.close()
            raise

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the database or file, without credentials."""
        return parse(where).source

    def __repr__(self) -> str:
        return f"Sql({self.source!r})"

    def datasets(self) -> Iterator[Dataset]:
        """Every table, from a few queries of the catalogue."""
        with self._reading(self.source) as connection:
            found = list(self._dialect.datasets(connection))
        yield from found

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """All rows streamed, or a random sample drawn in the database."""
        full = sampling.rows is None
        with self._reading(dataset.uri, full) as connection:
            dataset = self._described(connection, dataset)
            reader = Reader(connection, self._dialect, dataset, sampling, reading)
            if full or not reader.columns:
                yield from reader.whole()
                return
            sample = list(self._dialect.sample(reader))
        yield from sample

    def close(self) -> None:
        """Close the connection; one that is being read from, when that ends."""
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _reading(self, where: str, full: bool = False) -> Iterator[sa.Connection]:
        """A connection in a read-only transaction; drivers' errors become ours."""
        pool = self._engine.pool
        try:
            with (
                sentences(self._dialect.fault, self.source, where, self._timeout),
                self._engine.connect() as connection,
            ):
                self._dialect.begin(connection, full)
                yield connection
        finally:
            if self._closed:
                pool.dispose()

    def _described(self, connection: sa.Connection, dataset: Dataset) -> Dataset:
        """The dataset with its columns, looked up where the caller did not keep them."""
        if dataset.columns:
            return dataset
        found = {d.uri: d for d in self._dialect.datasets(connection)}
        if dataset.uri not in found:
            raise UnreadableData(f"{dataset.uri} is gone since it was listed: scan again")
        return replace(dataset, columns=found[dataset.uri].columns)


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
