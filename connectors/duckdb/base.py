"""DuckDB: the tables of a file, read natively; its SQLAlchemy dialect cannot list columns."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from connectors.base import (
    Connector,
    Dataset,
    Reading,
    Sampling,
    UnknownSource,
)
from connectors.drivers import driven
from connectors.sql.address import parse

if TYPE_CHECKING:
    from connectors.duckdb.file import File

TIMEOUT = 60.0


class DuckDb(Connector):
    """A file of DuckDB, opened for reading only.

    `timeout` (or `?timeout=` in the URL) is how many seconds a statement may take.

    Raises:
        UnknownSource: no such file, or not a URL.
        MissingDriver: DuckDB is not installed.
        AccessDenied: this user may not read the file.
        UnreadableData: it is no database, damaged, encrypted, too new, or being written.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        self._address = parse(url)
        self.source = self._address.source
        self._path = Path(self._address.database or "")
        if not self._path.is_file():
            message = f"there is no file {self._path}: check the path of the DuckDB database"
            raise UnknownSource(message)
        native = driven("connectors.duckdb.file", "duckdb")
        self._file: File = native.File(
            self._path, self.source, self._address.options.timeout or timeout
        )

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the file."""
        return parse(where).source

    def __repr__(self) -> str:
        return f"DuckDb({self.source!r})"

    def datasets(self) -> Iterator[Dataset]:
        """Every table; views are listed, and not to be read."""
        changed = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)
        for table in self._file.tables():
            yield Dataset(
                self._address.uri(table.schema, table.name),
                self.source,
                "view" if table.skip else "table",
                table.name,
                self._path.stem,
                table.schema,
                table.comment,
                table.columns,
                table.rows,
                modified=changed,
                skip=table.skip,
            )

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """All rows streamed, or a random sample drawn in the database."""
        place = dataset.schema or "main", dataset.name
        yield from self._file.batches(*place, dataset.uri, sampling, reading)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
