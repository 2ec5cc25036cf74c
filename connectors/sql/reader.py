"""Reader: one table read over one connection; the statements that every dialect shares."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name
from sqlalchemy.sql.expression import FromClause

from connectors.base import Column, Dataset, Reading, Sampling
from connectors.sql.dialect import Dialect
from connectors.sql.rows import Pace, Reservoir, Rows, to_batch

Statement = sa.Select[Any] | sa.TextClause | str

KEY_ROWS = 50_000  # fetched at a time
KEYS = pa.schema([("key", pa.uint64())])


class Reader:
    """What is asked of one table, and how to get it.

    `table` has the columns wanted and no others; `names` are all that the dataset has.
    """

    def __init__(
        self,
        connection: sa.Connection,
        dialect: Dialect,
        dataset: Dataset,
        sampling: Sampling,
        reading: Reading,
    ) -> None:
        self.connection = connection
        self.dataset = dataset
        self.sampling = sampling
        self.reading = reading
        self._dialect = dialect
        self.names = {c.name for c in dataset.columns}
        wanted = self.names if sampling.columns is None else set(sampling.columns)
        self.columns: tuple[Column, ...] = tuple(c for c in dataset.columns if c.name in wanted)
        self.table = sa.table(
            quoted_name(dataset.name, True),
            *(sa.column(quoted_name(c.name, True)) for c in self.columns),
            schema=_quoted(dialect.schema_of(dataset)),
        )
        self._schema: pa.Schema | None = None

    @property
    def rows(self) -> int:
        """The number of rows asked for, where it is not all of them."""
        return 0 if self.sampling.rows is None else self.sampling.rows

    def select(self, source: FromClause | None = None) -> sa.Select[Any]:
        """The wanted cells, cut and cast by the database, of the table or a sample of it."""
        source = self.table.alias("t") if source is None else source
        cells = [
            self._dialect.cell(source.c[column.name], column.type, self.sampling.cell)
            for column in self.columns
        ]
        return sa.select(*(cell.label(f"c{i}") for i, cell in enumerate(cells))).select_from(source)

    def batches(self, statement: Statement) -> Iterator[pa.RecordBatch]:
        """The rows of a statement made by `select`, streamed; at least one batch."""
        if not self.columns:
            yield pa.RecordBatch.from_arrays([], schema=pa.schema([]))
            return
        quick = self._dialect.quick(self, statement)
        yield from self.plainly(statement) if quick is None else quick

    def plainly(self, statement: Statement) -> Iterator[pa.RecordBatch]:
        """The rows, through Python objects that the driver makes of the cells."""
        pace = Pace()
        for rows in self._stream(statement, pace):
            batch = to_batch(rows, self.schema(rows))
            pace.after(batch)
            yield batch
        if not pace.begun:
            yield to_batch([], self.schema([]))

    def keys(self, statement: Statement, low: int) -> Iterator[pa.RecordBatch]:
        """The integers that a statement gives, less `low`, as batches of one column."""
        for rows in self._stream(statement, Pace(KEY_ROWS)):
            values = np.fromiter((row[0] - low for row in rows), np.uint64, len(rows))
            yield pa.RecordBatch.from_arrays([pa.array(values)], schema=KEYS)

    def all(self, statement: Statement) -> list[Any]:
        """Every row of a short answer."""
        self._dialect.tick()
        return list(self.execute(statement, stream=False))

    def sql(self, statement: sa.SelectBase | sa.TextClause) -> str:
        """A statement as this database has it, without parameters."""
        kwargs = {"literal_binds": True}
        dialect = self.connection.dialect
        return str(statement.compile(dialect=dialect, compile_kwargs=kwargs))

    def count(self, limit: int | None = None) -> int:
        """The number of rows, not counted beyond `limit`."""
        counted: FromClause = self.table
        if limit is not None:
            one: sa.Label[int] = sa.literal_column("1").label("one")
            few = sa.select(one).select_from(self.table).limit(sa.literal_column(str(limit)))
            counted = few.subquery("t")
        return int(self.all(sa.select(sa.func.count()).select_from(counted))[0][0])

    def whole(self) -> Iterator[pa.RecordBatch]:
        """Every row, none left out."""
        self.reading.how = "all rows"
        if not self.columns:
            self.reading.rows = self.count()
        rows = 0
        for batch in self.batches(self.select()):
            rows += batch.num_rows
            yield batch
        self.reading.rows = rows if self.columns else self.reading.rows

    def few(self) -> Iterator[pa.RecordBatch]:
        """Every row of a table that has no more than were asked for."""
        self.reading.how = "all rows"
        batches = list(self.batches(self.select().limit(sa.literal_column(str(self.rows)))))
        self.reading.rows = sum(batch.num_rows for batch in batches)
        yield from batches

    def draw(self, statement: Statement) -> Reservoir:
        """An even draw of the rows asked for from those that a statement gives."""
        reservoir = Reservoir(self.rows, self.sampling.seed)
        for batch in self.batches(statement):
            reservoir.add(batch)
        return reservoir

    def _stream(self, statement: Statement, pace: Pace) -> Iterator[Rows]:
        self._dialect.tick()
        result = self.execute(statement, stream=True)
        finished = False
        try:
            while rows := result.fetchmany(pace.rows):
                yield rows
                self._dialect.tick()
            finished = True
        finally:
            if not finished:
                self._dialect.abandon(self.connection, result)
            result.close()

    def execute(self, statement: Statement, stream: bool) -> sa.CursorResult[Any]:
        """What a statement gives; its rows stay with the server until they are fetched."""
        if isinstance(statement, str):
            return self.connection.exec_driver_sql(
                statement, execution_options={"stream_results": stream}
            )
        return self.connection.execute(statement, execution_options={"stream_results": stream})

    def schema(self, rows: Rows = ()) -> pa.Schema:
        """What batches of this table are made of; `rows` are the first of it."""
        if self._schema is None:
            self._schema = self._dialect.arrow(self.columns, rows)
        return self._schema


def _quoted(name: str | None) -> quoted_name | None:
    return None if name is None else quoted_name(name, True)
