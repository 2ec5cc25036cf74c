"""Inventory: everything that scans found, with its history."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError, OperationalError

from detectors.catalogue import Kind
from scanner.inventory import lookup, query, schema
from scanner.inventory.engine import WRITES, in_one_sentence, open_engine
from scanner.inventory.gone import record_gone
from scanner.inventory.own import kinds_of
from scanner.inventory.record import Row, entered, record, source_of, touch_source
from scanner.inventory.rows import ColumnRow, CoverageRow, DatasetRow, ScanRow, SourceRow
from scanner.inventory.schema import storable
from scanner.inventory.settings import without_credentials
from scanner.model import Report

T = TypeVar("T")

_ATTEMPTS = 3


class Inventory:
    """An inventory, opened: a path for SQLite, or a URL of PostgreSQL or MariaDB.

    Methods may be called from several threads, and several processes may share one. Reading
    shows the current view, or with `scan` what that scan did. Every method may raise
    `InventoryError`.
    """

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Opens it; with `create` makes one, a file for its owner alone, where none is yet."""
        self._engine = open_engine(url, create=create)
        self._writing = Lock()

    def begin(self, settings: Mapping[str, object], version: str) -> int:
        """The id of a new scan. Credentials in the settings are left out."""
        row: Row = {
            "started": datetime.now(UTC),
            "picensus_version": version,
            "settings": without_credentials(settings),
            "status": "running",
        }
        return self._write(lambda connection: entered(connection, schema.scans, row))

    def record(self, scan: int, report: Report) -> None:
        """Keeps a report, at once; a second one of the same dataset replaces the first."""
        self._write(lambda connection: record(connection, scan, report))

    def source_failed(self, scan: int, source: str, reason: str) -> None:
        """Keeps that a source could not be listed (to its end)."""

        def enter(connection: Connection) -> None:
            touch_source(connection, scan, source_of(connection, source), reason)

        self._write(enter)

    def gone(
        self, scan: int, source: str, listed: Collection[str], closed: Collection[str] = ()
    ) -> int:
        """Keeps which datasets a source, listed to its end, has no more; how many that are new.

        `listed` are the URIs of those that it has, `closed` those that could not be opened:
        what lies within them is not known to be gone.
        """
        return self._write(lambda c: record_gone(c, scan, source, listed, closed))

    def finish(self, scan: int, status: str) -> None:
        """Says that a scan has ended, and how."""
        ended = update(schema.scans).where(schema.scans.c.id == scan)
        ended = ended.values(finished=datetime.now(UTC), status=storable(status))
        self._write(lambda connection: connection.execute(ended))

    def scans(self) -> Iterator[ScanRow]:
        """Every scan, newest first."""
        with self._reading() as connection:
            yield from query.scans(connection)

    def own_kinds(self) -> Mapping[str, Kind]:
        """The kinds that plug-ins brought to scans, as the newest of these scans says."""
        with self._reading() as connection:
            return kinds_of(connection)

    def sources(self, scan: int | None = None) -> Iterator[SourceRow]:
        """Every source, by URI."""
        with self._reading() as connection:
            yield from query.sources(connection, scan)

    def datasets(self, scan: int | None = None) -> Iterator[DatasetRow]:
        """Every dataset, by source and URI."""
        with self._reading() as connection:
            yield from query.datasets(connection, scan)

    def columns(
        self, scan: int | None = None, dataset: str | None = None, found: bool | None = None
    ) -> Iterator[ColumnRow]:
        """Every column with its verdicts, by dataset and position.

        `dataset` is a URI; `found` limits to columns with a verdict (True) or without (False).
        """
        with self._reading() as connection:
            yield from query.columns(connection, scan, dataset, found)

    def coverage(self, scan: int | None = None) -> Iterator[CoverageRow]:
        """Every source that could not be listed, then every dataset: how far it was read."""
        with self._reading() as connection:
            yield from query.coverage(connection, scan)

    def find(self, dataset: str, column: str) -> ColumnRow:
        """The column of a dataset given by its URI, its name, or an unambiguous end of either."""
        with self._reading() as connection:
            return lookup.find(connection, dataset, column)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment, whatever is written meanwhile."""
        engine = self._engine
        if engine.dialect.name == "postgresql":  # the others do so by themselves
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with in_one_sentence(self._engine.url), engine.connect() as connection:
            yield connection

    def _write(self, work: Callable[[Connection], T]) -> T:
        """Does the work in one transaction, again where another process came in between."""
        engine = self._engine.execution_options(**{WRITES: True})
        with in_one_sentence(self._engine.url), self._writing:
            for _ in range(_ATTEMPTS - 1):
                try:
                    with engine.begin() as connection:
                        return work(connection)
                except (IntegrityError, OperationalError):
                    continue
            with engine.begin() as connection:
                return work(connection)
