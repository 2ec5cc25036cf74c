"""ClickHouse: the tables of a server over HTTP, as Arrow; samples from random granules."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from connectors.base import Column, Connector, Dataset, Reading, Sampling, UnreadableData
from connectors.clickhouse.catalogue import COLUMNS, TABLES, in_parts, skip
from connectors.drivers import driven
from connectors.sql.address import parse
from connectors.sql.blocks import PARTS, Blocks, from_blocks
from connectors.sql.rows import Reservoir

if TYPE_CHECKING:
    from connectors.clickhouse.reader import Reader

TIMEOUT = 60.0
GRANULE = 8_192  # rows, as ClickHouse has it where nobody changed it
SPREAD = 64  # granules that give a sample its rows, where the table has them


class ClickHouse(Connector):
    """A database of a server, or all of them where the URL names none.

    `timeout` (or `?timeout=` in the URL) is how many seconds a statement may take; while a
    whole table is read, how long the server may be silent.

    Raises:
        UnknownSource: no such database, or not a URL.
        MissingDriver: clickhouse-connect is not installed.
        AccessDenied, Unreachable: the server does not let us in.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT) -> None:
        self._address = parse(url)
        self.source = self._address.source
        self._timeout = self._address.options.timeout or timeout
        self._native = driven("connectors.clickhouse.native", "clickhouse")
        self._faults = driven("connectors.clickhouse.faults", "clickhouse")
        with self._explained(self.source):
            self._client = self._native.connected(self._address.url, self._timeout)

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the server or database, without credentials."""
        return parse(where).source

    def __repr__(self) -> str:
        return f"ClickHouse({self.source!r})"

    def datasets(self) -> Iterator[Dataset]:
        """Every table; what only shows or passes on what others hold is not to be read."""
        with self._explained(self.source):
            columns = self._columns(self._address.database or "")
            tables = self._all(TABLES, self._address.database or "")
        for database, name, engine, comment, rows, size, inner in tables:
            below = (name,) if self._address.database else (database, name)
            reason = skip(engine, bool(inner))
            yield Dataset(
                self._address.uri(*below),
                self.source,
                "view" if engine.endswith("View") else "table",
                name,
                database,
                comment=comment,
                columns=tuple(columns.get((database, name), ())),
                rows=rows,
                size=size,
                skip=reason,
            )

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """All rows streamed, or a random sample drawn in the database."""
        with self._explained(dataset.uri):
            reader, engine = self._reader(dataset, sampling)
            if reader.hidden():
                names = ", ".join(f"'{name}'" for name in reader.hidden())
                reading.warnings.append(f"states of calculations have no text: {names} not read")
            if sampling.rows is None or not reader.columns:
                reading.how, reading.rows = "all rows", reader.count()
                yield from reader.batches(reading)
                return
            yield from _sample(reader, engine, sampling.rows, reading)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _reader(self, dataset: Dataset, sampling: Sampling) -> tuple["Reader", str]:
        """The reader of a table, and its engine; columns are looked up where nobody kept them."""
        place = dataset.database or "", dataset.name
        found = self._all(TABLES, *place)
        if not found:
            raise UnreadableData(f"{dataset.uri} is gone since it was listed: scan again")
        columns = dataset.columns or self._columns(*place).get(place, [])
        settings = self._native.settings(
            self._client, 0 if sampling.rows is None else self._timeout
        )
        table = self._native.quoted(*place)
        reader: Reader = self._native.Reader(self._client, settings, table, columns, sampling)
        return reader, found[0][2]

    def _columns(self, database: str, table: str = "") -> dict[tuple[str, str], list[Column]]:
        found: dict[tuple[str, str], list[Column]] = {}
        for of_database, of_table, *column in self._all(COLUMNS, database, table):
            found.setdefault((of_database, of_table), []).append(Column(*column))
        return found

    def _all(self, query: str, database: str, table: str = "") -> list[Any]:
        values = {"db": database, "table": table}
        settings = self._native.settings(self._client, self._timeout)
        return list(self._client.query(query, parameters=values, settings=settings).result_rows)

    @contextmanager
    def _explained(self, where: str) -> Iterator[None]:
        with self._faults.sentences(self.source, where, self._timeout):
            yield


def _sample(
    reader: "Reader", engine: str, wanted: int, reading: Reading
) -> Iterator[pa.RecordBatch]:
    """`wanted` rows at random, all where there are no more; it says how in `reading`."""
    count, seed = reader.count(), reader.sampling.seed % 2**31
    reading.rows = count
    if count <= wanted:
        reading.how = "all rows"
        yield from reader.batches(reading)
        return
    if not in_parts(engine):
        drawn = Reservoir(wanted, seed)
        for batch in reader.batches(reading):
            drawn.add(batch)
        reading.how = f"drawn from every row in turn (seed {seed})"
    else:

        def draw(granules: float, rows: float) -> Iterator[pa.RecordBatch]:
            which, how = _which(seed, granules, rows)
            reading.how = f"{how}rows at random (seed {seed})"
            return reader.batches(reading, which)

        drawn = from_blocks(Blocks(count, GRANULE, SPREAD), wanted, seed, draw)
    yield from drawn.drawn()


def _which(seed: int, granules: float, rows: float) -> tuple[str, str]:
    """What stands behind the table's name, and the same in words.

    Granules are chosen by their place, before any column is read; rows only in those, as the
    hash of every row's place would cost more than the sample.
    """
    parts, words = [], []
    if granules < 1:
        block = f"cityHash64(_part, intDiv(_part_offset, {GRANULE}), {seed})"
        parts.append(f"PREWHERE {block} % {PARTS} < {int(granules * PARTS)}")
        words.append(f"{100 * granules:.3g}% of the granules by hash of their place")
    if rows < 1:
        place = f"cityHash64(_part, _part_offset, {seed})"
        parts.append(f"WHERE {place} % {PARTS} < {int(rows * PARTS)}")
        words.append(f"{rows:.2g} of {'their' if words else 'the'} rows by hash of their place")
    return " ".join(parts), "".join(f"{word}, " for word in words)
