"""Batches as they come become pieces of a size that examining can bear."""

from collections.abc import Iterable, Iterator
from math import ceil

import pyarrow as pa

PIECE_ROWS = 65_536
PIECE_BYTES = 8 << 20  # examining takes some 25 times as much


def pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in tables of at most `PIECE_ROWS` rows and about `PIECE_BYTES`, at least one.

    Small batches are put together, so that a sample is mostly one piece: the distinct values
    of one piece are counted exactly.
    """
    held: list[pa.RecordBatch] = []
    rows = size = 0
    for part in (part for batch in batches for part in _parts(batch)):
        if held and (rows + part.num_rows > PIECE_ROWS or size + part.nbytes > PIECE_BYTES):
            yield pa.Table.from_batches(held)
            held, rows, size = [], 0, 0
        held.append(part)
        rows, size = rows + part.num_rows, size + part.nbytes
    if held:
        yield pa.Table.from_batches(held)


def _parts(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch cut where it is too large; an empty one as it is."""
    cuts = max(ceil(batch.nbytes / PIECE_BYTES), ceil(batch.num_rows / PIECE_ROWS), 1)
    step = max(1, ceil(batch.num_rows / cuts))
    for start in range(0, max(batch.num_rows, 1), step):
        yield batch.slice(start, step)
