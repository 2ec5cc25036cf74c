"""One file of DuckDB: its tables listed and read, whoever found it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors.base import Column, Reading, Sampling
from connectors.duckdb.faults import sentences
from connectors.duckdb.reader import Reader
from connectors.duckdb.sample import sample
from connectors.sql.deadline import Deadline

MEMORY = "256MB"  # of pages kept and of what a statement builds; DuckDB itself comes on top

_VIEW = "a view holds nothing of its own: the tables that it shows are scanned"
_TABLES = """
    SELECT schema_name, table_name, comment, estimated_size, '' FROM duckdb_tables()
    WHERE database_name = current_database() AND NOT internal AND NOT temporary
    UNION ALL
    SELECT schema_name, view_name, comment, NULL, $view FROM duckdb_views()
    WHERE database_name = current_database() AND NOT internal AND NOT temporary
    ORDER BY ALL"""
_COLUMNS = """
    SELECT schema_name, table_name, column_name, data_type, coalesce(comment, '')
    FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal
    ORDER BY schema_name, table_name, column_index"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; `rows` is exact where the file was closed properly."""

    schema: str
    name: str
    comment: str
    rows: int | None
    skip: str
    columns: tuple[Column, ...]


class File:
    """A file opened for reading only; no other file, no network and no extension is reached.

    `where` is what errors call it. Files of other processes that write are locked.

    Raises:
        UnreadableData: no database, damaged, encrypted, too new, or locked.
        AccessDenied: this user may not read it.
    """

    def __init__(self, path: str | Path, where: str, timeout: float = 60.0) -> None:
        self._where = where
        self._timeout = timeout
        with self._explained(where, Deadline(timeout, lambda: None)):
            self._connection = duckdb.connect(str(path), read_only=True, config=_settings())

    def tables(self) -> tuple[Table, ...]:
        """Every table and view, from two queries of the catalogue."""
        columns: dict[tuple[str, str], list[Column]] = {}
        with self._cursor(self._where) as (cursor, deadline), deadline.running():
            for schema, table, *column in cursor.execute(_COLUMNS).fetchall():
                columns.setdefault((schema, table), []).append(Column(*column))
            found = cursor.execute(_TABLES, {"view": _VIEW}).fetchall()
        return tuple(
            Table(schema, name, comment or "", rows, skip, tuple(columns.get((schema, name), ())))
            for schema, name, comment, rows, skip in found
        )

    def batches(
        self, schema: str, table: str, where: str, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """All rows of a table streamed, or some drawn at random."""
        with self._cursor(where) as (cursor, deadline):
            reader = Reader(cursor, deadline, (schema, table, where), sampling)
            if sampling.rows is not None and reader.columns:
                yield from sample(reader, sampling.rows, reading)
                return
            reading.how, reading.rows = "all rows", reader.count()
            yield from reader.batches()

    def close(self) -> None:
        """Let go of the file, once nothing reads it any more."""
        self._connection.close()

    @contextmanager
    def _cursor(self, where: str) -> Iterator[tuple[duckdb.DuckDBPyConnection, Deadline]]:
        """A connection of its own to the same file, so that several tables can be read at once."""
        with sentences(self._where, where, Deadline(0, lambda: None), self._timeout):
            cursor = self._connection.cursor()
        deadline = Deadline(self._timeout, cursor.interrupt)
        try:
            with self._explained(where, deadline):
                yield cursor, deadline
        finally:
            cursor.close()

    def _explained(self, where: str, deadline: Deadline) -> AbstractContextManager[None]:
        return sentences(self._where, where, deadline, self._timeout)


def _settings() -> dict[str, str | bool | int | float | list[str]]:
    """One thread: with more the same seed would not draw the same rows."""
    return {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "enable_external_access": "false",
        "temp_directory": "",
        "memory_limit": MEMORY,
        "threads": "1",
        "lock_configuration": "true",
    }
