"""Rows from a driver as Arrow, and an even draw from a stream of them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

Rows = Sequence[Sequence[Any]]

BATCH_ROWS = 10_000
BATCH_BYTES = 16 << 20
_FIRST_ROWS = 500


def to_batch(rows: Rows, schema: pa.Schema) -> pa.RecordBatch:
    """Rows as a batch; bytes in a column of texts are decoded, whatever they hold."""
    values: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [_array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        convert = _bytes if pa.types.is_large_binary(kind) else _text
        return pa.array([None if v is None else convert(v) for v in values], kind)


def decoded(cells: pa.Array, kind: pa.DataType) -> pa.Array:
    """Cells of bytes as what the column is to be; bytes that are no text are made some.

    Raises:
        UnicodeDecodeError: what a driver calls text is none.
    """
    held = cells.cast(pa.large_binary())
    try:
        return held.cast(kind)
    except pa.ArrowInvalid:
        values = held.to_pylist()
        if pa.types.is_binary(cells.type) or pa.types.is_large_binary(cells.type):
            return _array(values, kind)
        return pa.array([None if value is None else value.decode() for value in values], kind)


def _text(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text.encode("utf-8", "replace").decode()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


def pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in parts of no more rows than others have."""
    for first in range(0, batch.num_rows, BATCH_ROWS):
        yield batch.slice(first, BATCH_ROWS)


class Pace:
    """How many `rows` to fetch next, so that a batch stays within its bytes."""

    def __init__(self, rows: int = _FIRST_ROWS) -> None:
        self.rows = rows
        self.begun = False

    def after(self, batch: pa.RecordBatch) -> None:
        """What the last batch teaches."""
        self.begun = True
        each = max(1, batch.nbytes // batch.num_rows)
        self.rows = min(max(BATCH_BYTES // each, 50), BATCH_ROWS)


class Reservoir:
    """Draws `rows` from a stream of unknown length, every row with the same chance.

    Each row gets a random mark; those with the smallest marks stay. Memory holds about twice
    the rows asked for.
    """

    def __init__(self, rows: int, seed: int) -> None:
        self.seen = 0
        self._rows = rows
        self._random = np.random.default_rng(seed)
        self._held: list[pa.RecordBatch] = []
        self._marks: list[np.ndarray[Any, np.dtype[np.float64]]] = []
        self._count = 0
        self._limit = 1.0

    def add(self, batch: pa.RecordBatch) -> None:
        """Rows in the order they come; the same order and seed draw the same ones."""
        self.seen += batch.num_rows
        marks = self._random.random(batch.num_rows)
        stays = np.flatnonzero(marks < self._limit)
        if len(stays) < batch.num_rows:
            batch = batch.take(pa.array(stays))
        self._held.append(batch)
        self._marks.append(marks[stays])
        self._count += len(stays)
        if self._count > 2 * self._rows + BATCH_ROWS:
            self._settle()

    def drawn(self) -> Iterator[pa.RecordBatch]:
        """The rows drawn, in the order they came; at least one batch where one was added."""
        self._settle()
        table = pa.Table.from_batches(self._held)
        yield from table.combine_chunks().to_batches(BATCH_ROWS) or self._held[:1]

    def _settle(self) -> None:
        if self._count <= self._rows:
            return
        marks = np.concatenate(self._marks)
        stays = np.sort(np.argpartition(marks, self._rows - 1)[: self._rows])
        table = pa.Table.from_batches(self._held).take(pa.array(stays)).combine_chunks()
        self._held, self._marks = table.to_batches(), [marks[stays]]
        self._count, self._limit = self._rows, float(marks[stays].max())
