"""Rows drawn at random from a stream of batches, each as likely as the next."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from connectors.base import ConnectorError, Reading, Sampling


def drawn(
    batches: Iterator[pa.RecordBatch], sampling: Sampling, reading: Reading
) -> Iterator[pa.RecordBatch]:
    """All batches, or `sampling.rows` of their rows; fills in how, and how many there were.

    Every row gets a random number, and the rows with the smallest are kept: a simple random
    sample, the same however the stream is cut into batches. Where the stream breaks off with
    an error, the rows drawn so far are given first. Where the reader chose parts of the file
    it has said so in `reading.how` by the time that it is through.
    """
    total = 0
    if sampling.rows is None:
        for batch in batches:
            total += batch.num_rows
            yield batch
        reading.how, reading.rows = "all rows", total
        return
    pool = _Pool(sampling.rows, np.random.default_rng(sampling.seed))
    broken: ConnectorError | None = None
    try:
        for batch in batches:
            total += batch.num_rows
            pool.add(batch)
    except ConnectorError as error:
        if not pool.held:
            raise
        broken = error
    part, table = reading.how, pool.table()
    reading.how = _how(table.num_rows, total, sampling.seed, part)
    reading.rows = None if part or broken else total
    yield from table.to_batches() or [_no_rows(table.schema)]
    if broken:
        raise broken


def _how(kept: int, total: int, seed: int, part: str) -> str:
    if part:
        return f"{kept} rows drawn at random (seed {seed}) from {part}"
    if kept == total:
        return "all rows"
    return f"{kept} of {total} rows drawn at random (seed {seed})"


def _no_rows(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)


class _Pool:
    """The rows with the smallest numbers so far, in the order in which they came."""

    def __init__(self, rows: int, rng: np.random.Generator) -> None:
        self.rows, self.rng = rows, rng
        self.limit = 1.0
        self.held: list[pa.RecordBatch] = []
        self.numbers: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
        self.count = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Considers every row of the batch; keeps few."""
        numbers = self.rng.random(batch.num_rows)
        chosen = np.flatnonzero(numbers < self.limit)
        if not self.held or len(chosen):
            self.held.append(batch.take(pa.array(chosen)))
            self.numbers.append(numbers[chosen])
            self.count += len(chosen)
        if self.count > 2 * self.rows + 1000:
            self._shrink()

    def table(self) -> pa.Table:
        """The sample, in one piece."""
        self._shrink()
        return pa.Table.from_batches(self.held).combine_chunks()

    def _shrink(self) -> None:
        numbers = np.concatenate(self.numbers)
        table = pa.Table.from_batches(self.held).combine_chunks()
        if len(numbers) > self.rows:
            kept = np.sort(np.argsort(numbers, kind="stable")[: self.rows])
            numbers, table = numbers[kept], table.take(pa.array(kept)).combine_chunks()
            self.limit = float(numbers.max(initial=0.0))
        self.held = table.to_batches() or [_no_rows(table.schema)]
        self.numbers, self.count = [numbers], len(numbers)
