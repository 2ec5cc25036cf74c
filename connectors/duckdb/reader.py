"""Reader: one table of a DuckDB file, and the statements that get its rows."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from connectors.base import Column, Sampling, UnreadableData
from connectors.duckdb.cells import cell, quoted, schema_of
from connectors.files.cells import cut_batch
from connectors.sql.deadline import Deadline

VECTOR = 2_048  # rows that DuckDB reads at a time
BATCH_ROWS = 10_000
BATCH_BYTES = 16 << 20

_COLUMNS = """
    SELECT column_name, data_type, coalesce(comment, '') FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = $schema AND table_name = $table
    ORDER BY column_index"""

_SELECT = "SELECT {what} FROM {table} {which}"


class Reader:
    """What is asked of one table; `names` are all that it has, `columns` those wanted."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        deadline: Deadline,
        place: tuple[str, str, str],
        sampling: Sampling,
    ) -> None:
        """`place` is the schema, the table, and what errors call it."""
        schema, table, where = place
        self.sampling = sampling
        self._cursor = cursor
        self._deadline = deadline
        self._table = quoted(schema, table)
        asked = {"schema": schema, "table": table}
        found = [Column(*row) for row in self._all(_COLUMNS, asked)]
        if not found:
            raise UnreadableData(f"{where} is gone since it was listed: scan again")
        self.names = {column.name for column in found}
        wanted = self.names if sampling.columns is None else set(sampling.columns)
        self.columns = tuple(column for column in found if column.name in wanted)
        shape = cursor.sql(self._select("*", "LIMIT 0"))
        kinds = dict(zip(shape.columns, shape.types, strict=True))
        cells = [cell(c.name, kinds[c.name], sampling.cell) for c in self.columns]
        self._cells = ", ".join(f"{text} AS c{i}" for i, text in enumerate(cells))

    def count(self) -> int:
        """The number of rows, which the file knows."""
        return int(self._all(self._select("count(*)"), {})[0][0])

    def batches(self, which: str = "") -> Iterator[pa.RecordBatch]:
        """The rows of the table, or of what stands behind its name; one batch at least."""
        if not self.columns:
            yield pa.RecordBatch.from_arrays([], schema=pa.schema([]))
            return
        statement = self._select(self._cells, which)
        with self._deadline.running():
            stream = self._cursor.sql(statement).to_arrow_reader(self._step())
        schema, begun = schema_of(self.columns, stream.schema), False
        while (batch := self._next(stream)) is not None:
            begun = True
            yield cut_batch(batch.rename_columns(schema.names).cast(schema), self.sampling.cell)
        if not begun:
            yield pa.RecordBatch.from_pylist([], schema=schema)

    def _select(self, what: str, which: str = "") -> str:
        return _SELECT.format(what=what, table=self._table, which=which)

    def _step(self) -> int:
        """The rows of a batch, fewer where they are long."""
        first = self._select(self._cells, f"LIMIT {VECTOR // 4}")
        size = self._cursor.sql(first).to_arrow_table().nbytes / (VECTOR // 4)
        return int(min(max(BATCH_BYTES / max(1, size), VECTOR // 8), BATCH_ROWS))

    def _next(self, stream: pa.RecordBatchReader) -> pa.RecordBatch | None:
        with self._deadline.running():
            return next(stream, None)

    def _all(self, statement: str, values: dict[str, str]) -> list[Any]:
        with self._deadline.running():
            return self._cursor.execute(statement, values).fetchall()
