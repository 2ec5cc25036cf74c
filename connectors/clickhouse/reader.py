"""Reader: one table of ClickHouse, and the statements that get its rows as Arrow."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from clickhouse_connect.driver.client import Client

from connectors.base import Column, Reading, Sampling, field_of
from connectors.clickhouse.types import Type, arrow, parse
from connectors.clickhouse.types import texts as nest_of_texts
from connectors.files.cells import cut_batch

BLOCK_ROWS = 10_000
BLOB_BYTES = 65_536

_SELECT = "SELECT {what} FROM {table} {which}"
_WHOLE = "abs({c}) < 1e18 AND round({c}) = {c}"  # a phone kept as a float is still a phone


def quoted(*names: str) -> str:
    """Names as they stand in a statement, dots between them."""
    return ".".join("`" + n.replace("\\", "\\\\").replace("`", "\\`") + "`" for n in names)


class Reader:
    """What is asked of one table; `columns` are those wanted."""

    def __init__(
        self,
        client: Client,
        settings: dict[str, Any],
        table: str,
        columns: Sequence[Column],
        sampling: Sampling,
    ) -> None:
        self.sampling = sampling
        wanted = {c.name for c in columns} if sampling.columns is None else set(sampling.columns)
        self.columns = tuple(column for column in columns if column.name in wanted)
        self._client = client
        self._settings = settings
        self._table = table
        self._types = [parse(column.type) for column in self.columns]
        cells = [self._cell(c, t) for c, t in zip(self.columns, self._types, strict=True)]
        self._cells = ", ".join(f"{cell} AS c{i}" for i, cell in enumerate(cells))
        self._schema: pa.Schema | None = None

    def hidden(self) -> list[str]:
        """Columns that have no text."""
        return [c.name for c, t in zip(self.columns, self._types, strict=True) if t.hidden]

    def count(self) -> int:
        """The number of rows, which the server knows."""
        found = self._client.query(self._select("count()"), settings=self._settings)
        return int(found.result_rows[0][0])

    def batches(self, reading: Reading, which: str = "") -> Iterator[pa.RecordBatch]:
        """The rows of the table, or of what stands behind its name; one batch at least."""
        if not self.columns:
            yield pa.RecordBatch.from_arrays([], schema=pa.schema([]))
            return
        statement, begun = self._select(self._cells, which), False
        answer = self._client.query_arrow_stream(
            statement, settings=self._settings, use_strings=True
        )
        with answer as stream:
            for batch in stream:
                begun = begun or batch.num_rows > 0
                if batch.num_rows:
                    yield self._declared(batch, reading)
        if not begun:
            yield pa.RecordBatch.from_pylist([], schema=self._schema_for(None))

    def _cell(self, column: Column, kind: Type) -> str:
        """The column as text of at most so many characters, or as a nest of texts."""
        name = quoted(column.name)
        if kind.hidden:
            return "CAST(NULL AS Nullable(String))"
        if kind.nested:
            return f"CAST({name} AS {nest_of_texts(kind)})"
        text = f"toString({name})"
        if kind.name in {"Float64", "Float32"}:
            return f"if({_WHOLE.format(c=name)}, toString(toInt64({name})), {text})"
        cut = f"leftUTF8({text}, {self.sampling.cell})"
        binary = f"left({text}, {BLOB_BYTES})"
        return f"if(isValidUTF8({text}), {cut}, {binary})" if kind.name == "String" else cut

    def _select(self, what: str, which: str = "") -> str:
        return _SELECT.format(what=what, table=self._table, which=which)

    def _schema_for(self, batch: pa.RecordBatch | None) -> pa.Schema:
        """Texts; bytes where the first rows of a String are no texts."""
        if self._schema is None:
            kinds = [arrow(kind) for kind in self._types]
            for i, kind in enumerate(kinds):
                if batch is not None and pa.types.is_large_string(kind) and not _valid(batch[i]):
                    kinds[i] = pa.large_binary()
            fields = [field_of(c, k) for c, k in zip(self.columns, kinds, strict=True)]
            self._schema = pa.schema(fields)
        return self._schema

    def _declared(self, batch: pa.RecordBatch, reading: Reading) -> pa.RecordBatch:
        schema = self._schema_for(batch)
        arrays = [
            _fitted(array, field, reading) for array, field in zip(batch, schema, strict=True)
        ]
        whole = pa.RecordBatch.from_arrays(arrays, schema=schema)
        return cut_batch(whole, self.sampling.cell) if self._nested() else whole

    def _nested(self) -> bool:
        return any(kind.nested for kind in self._types)


def _valid(array: pa.Array) -> bool:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _fitted(array: pa.Array, field: pa.Field, reading: Reading) -> pa.Array:
    """The array in its type; what is no text in a column of texts is replaced."""
    if pa.types.is_large_binary(field.type):
        return array.cast(pa.binary()).cast(field.type)
    if _valid(array):
        return array.cast(field.type)
    if pa.types.is_large_string(field.type):
        loose = array.cast(pa.binary()).to_pylist()
        return pa.array(
            [None if v is None else v.decode("utf-8", "replace") for v in loose], field.type
        )
    message = f"lists in '{field.name}' hold bytes that are no text: some of them were not read"
    if message not in reading.warnings:
        reading.warnings.append(message)
    return pa.nulls(len(array), field.type)
