"""SQLite: a file opened for reading only, dynamic types, samples by rowid."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.elements import Grouping

from connectors.base import Column, Dataset, UnknownSource, UnreadableData, field_of
from connectors.sql.adbc import TooSlow
from connectors.sql.dialect import BLOB_BYTES, Cell, Dialect, whole
from connectors.sql.faults import Fault
from connectors.sql.slices import sliceable
from connectors.sql.sqlite_bulk import bulk
from connectors.sql.sqlite_catalogue import datasets

if TYPE_CHECKING:
    from connectors.sql.reader import Reader, Statement

_WAL_FORMAT = 2  # byte 18 of the header
_STEPS = 50_000  # of the virtual machine between two looks at the clock
_FAULTS = MappingProxyType(
    {
        sqlite3.SQLITE_PERM: Fault.FILE,
        sqlite3.SQLITE_AUTH: Fault.GRANT,
        sqlite3.SQLITE_CANTOPEN: Fault.FILE,
        sqlite3.SQLITE_READONLY: Fault.UNFINISHED,
        sqlite3.SQLITE_BUSY: Fault.LOCKED,
        sqlite3.SQLITE_LOCKED: Fault.LOCKED,
        sqlite3.SQLITE_INTERRUPT: Fault.SLOW,
        sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
        sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
        sqlite3.SQLITE_IOERR: Fault.DAMAGED,
    }
)


@dataclass(slots=True)
class Sqlite(Dialect):
    """One file. `deadline` is when the statement that runs has to be done."""

    deadline: float = field(default=0.0, init=False)

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.address.database or "")

    def engine(self) -> sa.Engine:
        """Every connection is opened for reading; nothing is made where no file is.

        Raises:
            UnknownSource: there is no such file.
            UnreadableData: the file is no database; SQLite takes a short one for an empty one.
        """
        if not self.path.is_file():
            message = f"there is no file {self.path}: check the path of the SQLite database"
            raise UnknownSource(message)
        if self._header()[:15] not in {b"", b"SQLite format 3"}:
            raise UnreadableData(Fault.DAMAGED.sentence.format(where=self.address.source))
        return sa.create_engine("sqlite+pysqlite://", creator=self._connect, **self.pool())

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.uri(),
            uri=True,
            timeout=self.lock_seconds,
            check_same_thread=False,
        )
        connection.execute("PRAGMA query_only = 1")
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.set_progress_handler(lambda: time.monotonic() > self.deadline, _STEPS)
        return connection

    def uri(self) -> str:
        """The file as SQLite is told to open it: for reading only."""
        mode = "mode=ro&immutable=1" if self._at_rest() else "mode=ro"
        return f"file:{quote(self.path.as_posix())}?{mode}"

    def _at_rest(self) -> bool:
        """In WAL mode and open nowhere: SQLite would otherwise make files beside it to read it."""
        header = self._header()
        beside = Path(f"{self.path}-wal")
        return len(header) == 20 and header[18] == _WAL_FORMAT and not beside.exists()

    def _header(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(20)

    def tick(self) -> None:
        """The statement or fetch that begins now has the whole time."""
        self.deadline = time.monotonic() + self.timeout

    def quick(self, reader: "Reader", statement: "Statement") -> Iterator[pa.RecordBatch] | None:
        """Tables of large files that are wanted whole go through ADBC, where it is installed."""
        return bulk(self, reader, statement) if self.address.options.arrow else None

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """Read something: only then SQLite looks at the file."""
        self.tick()
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()

    def schema_of(self, dataset: Dataset) -> str | None:
        """Nothing: tables of an attached file are not looked for."""
        return None

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Every table, with its exact number of rows where the file is small; and every view."""
        small = self.path.stat().st_size <= self.scan_bytes
        count = partial(self._rows, connection) if small else None
        return datasets(connection, self.address, self.path, count)

    def sliceable(self, dataset: Dataset) -> tuple[str, ...]:
        """Columns of times that are indexed; in a small file all."""
        return sliceable(dataset, self.path.stat().st_size <= self.scan_bytes)

    def midway(self, low: Cell, high: Cell, declared: str) -> Cell:
        """Times are numbers here, or texts such as SQLite's own functions give."""
        words = (sa.func.julianday(low) + sa.func.julianday(high)) / sa.literal_column("2")
        text: Cell = sa.literal_column("'text'")
        return sa.case(
            (sa.func.typeof(low) == text, sa.func.datetime(words)),
            else_=low + Grouping(high - low).op("/")(sa.literal_column("2")),
        )

    def _rows(self, connection: sa.Connection, name: str) -> int:
        self.tick()
        counted = sa.select(sa.func.count()).select_from(sa.table(sa.quoted_name(name, True)))
        return int(connection.execute(counted).scalar_one())

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Each value by its own type; a whole number kept as REAL loses its `.0`."""
        kind, text = sa.func.typeof(column), sa.cast(column, sa.Text())
        blob: Cell = sa.literal_column("'blob'")
        real: Cell = sa.literal_column("'real'")
        return sa.case(
            (kind == blob, sa.func.substr(column, 1, BLOB_BYTES)),
            (kind == real, sa.func.coalesce(whole(column, sa.Text()), text)),
            else_=sa.func.substr(text, 1, limit),
        )

    def arrow(self, columns: Sequence[Column], rows: Sequence[Any]) -> pa.Schema:
        """Bytes where BLOB is declared, or where nothing is and bytes came first."""
        kinds = [
            pa.large_binary()
            if self.binary(column.type)
            or (not column.type and any(isinstance(row[i], bytes) for row in rows))
            else pa.large_string()
            for i, column in enumerate(columns)
        ]
        return pa.schema([field_of(c, k) for c, k in zip(columns, kinds, strict=True)])

    def key(self, reader: "Reader") -> str | None:
        """A name of the rowid; none where the table has no rowid."""
        taken = {name.lower() for name in reader.names}
        name = next((n for n in ("rowid", "_rowid_", "oid") if n not in taken), None)
        if name is None or reader.dataset.kind == "view":
            return None
        table = reader.table.name
        key: Cell = sa.table(table, sa.column(sa.quoted_name(name, True))).alias("t").c[name]
        try:
            reader.all(sa.select(key).limit(sa.literal_column("1")))
        except OperationalError:  # WITHOUT ROWID
            return None
        return name

    def fault(self, error: BaseException) -> Fault | None:
        """By SQLite's result code."""
        if isinstance(error, TooSlow):
            return Fault.SLOW
        code = getattr(error, "sqlite_errorcode", 0) or getattr(error, "vendor_code", None) or 0
        if str(error).startswith(("no such table", "no such column")):
            return Fault.VANISHED
        return _FAULTS.get(code & 0xFF)
