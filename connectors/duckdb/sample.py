"""A sample of a table of DuckDB: some rows of random vectors, without reading the others."""

from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Reading
from connectors.duckdb.reader import VECTOR, Reader
from connectors.sql.blocks import PARTS, Blocks, from_blocks

_SPREAD = 400  # vectors that give a sample its rows, where the table has them


def sample(reader: Reader, wanted: int, reading: Reading) -> Iterator[pa.RecordBatch]:
    """`wanted` rows at random, all where there are no more; it says how in `reading`."""
    count, seed = reader.count(), reader.sampling.seed % 2**31
    reading.rows = count
    if count <= wanted:
        reading.how = "all rows"
        yield from reader.batches()
        return

    def draw(vectors: float, rows: float) -> Iterator[pa.RecordBatch]:
        which, how = _which(seed, vectors, rows)
        reading.how = f"{how}rows at random (seed {reader.sampling.seed})"
        return reader.batches(which)

    hidden = "rowid" in {name.lower() for name in reader.names}  # by a column of that name
    yield from from_blocks(Blocks(count, VECTOR, _SPREAD, not hidden), wanted, seed, draw).drawn()


def _which(seed: int, vectors: float, rows: float) -> tuple[str, str]:
    """What stands behind the table's name, and the same in words."""
    parts, words = [], []
    if vectors < 1:
        parts.append(f"TABLESAMPLE SYSTEM ({100 * vectors:.6f} PERCENT) REPEATABLE ({seed})")
        words.append(f"TABLESAMPLE SYSTEM ({100 * vectors:.3g}%) REPEATABLE ({seed})")
    if rows < 1:
        parts.append(f"WHERE hash(rowid, {seed}) & {PARTS - 1} < {int(rows * PARTS)}")
        words.append(f"{rows:.2g} of {'their' if words else 'the'} rows by hash(rowid)")
    return " ".join(parts), "".join(f"{word}, " for word in words)
