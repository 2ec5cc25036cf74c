"""Databases in a file, wherever it lies: their tables, read by the database's own connector."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from connectors.base import Connector, ConnectorError, Reading, Sampling, UnreadableData
from connectors.files.form import DUCKDB, SQLITE, File
from connectors.files.held_sqlite import HeldSqlite
from connectors.registry import connect
from connectors.sql.base import Sql


def parts(file: File) -> list[str]:
    """The names of the tables."""
    with _opened(file) as database:
        return [dataset.name for dataset in database.datasets()]


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The rows of one table, as its database samples them."""
    with _opened(file) as database:
        found = {dataset.name: dataset for dataset in database.datasets()}
        if file.part is None and not found:
            reading.how, reading.rows = "all rows", 0
            yield pa.RecordBatch.from_arrays([], names=[])
            return
        dataset = found.get(file.part or "")
        if dataset is None:
            message = f"'{file.name}' has no table of that name any more: scan again"
            raise UnreadableData(message)
        if dataset.skip:
            raise UnreadableData(f"'{file.name}' has a table that cannot be read: {dataset.skip}")
        yield from database.batches(dataset, sampling, reading)


@contextmanager
def _opened(file: File) -> Iterator[Connector]:
    """The database; what goes wrong with it is said of the file."""
    scheme = _scheme(file)
    if scheme != "sqlite" and file.content.path is None:
        message = f"'{file.name}' can only be read where it is a local file: unpack or copy it"
        raise UnreadableData(message)
    with file.content.located() as path:
        source = f"{scheme}:///{path}"
        try:
            with _database(file, source) as database:
                yield database
        except ConnectorError as error:
            said = str(error).replace(f"{scheme}://{path}", f"'{file.name}'")
            raise type(error)(said.replace(path, file.name)) from None
        except MemoryError:  # damage that the database itself does not notice
            message = f"'{file.name}' is damaged: check it with its own tools"
            raise UnreadableData(message) from None


def _database(file: File, source: str) -> Connector:
    return connect(source) if file.content.path is not None else Sql(source, dialect=HeldSqlite)


def _scheme(file: File) -> str:
    head = file.content.head(16)
    if head.startswith(SQLITE):
        return "sqlite"
    if head[8:].startswith(DUCKDB):
        return "duckdb"
    raise UnreadableData(f"'{file.name}' is no database that can be read here: export its tables")
