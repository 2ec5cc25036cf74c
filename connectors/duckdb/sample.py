"""A sample of a table of DuckDB: some rows of random vectors, without reading the others."""

import math
from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Reading
from connectors.duckdb.reader import VECTOR, Reader
from connectors.sql.rows import Reservoir

_SPREAD = 400  # vectors that give a sample its rows, where the table has them
_HASHES = 1 << 20


def sample(reader: Reader, wanted: int, reading: Reading) -> Iterator[pa.RecordBatch]:
    """`wanted` rows at random, all where there are no more; it says how in `reading`."""
    count = reader.count()
    reading.rows = count
    if count <= wanted:
        reading.how = "all rows"
        yield from reader.batches()
        return
    drawn, how = _drawn(reader, wanted, count)
    reading.how = f"{how}rows at random (seed {reader.sampling.seed})"
    yield from drawn.drawn()


def _drawn(reader: Reader, wanted: int, count: int) -> tuple[Reservoir, str]:
    """Rows from more and more vectors, until there are enough; and how they were found."""
    seed, vectors = reader.sampling.seed % 2**31, math.ceil(count / VECTOR)
    enough = wanted * 1.1 + 4 * math.sqrt(wanted) + 10
    hidden = "rowid" in {name.lower() for name in reader.names}  # by a column of that name
    visited: float = max(enough / VECTOR, _SPREAD)
    while True:
        visited = min(visited, vectors)
        share = 1.0 if hidden else min(1.0, enough * vectors / (visited * count))
        which, how = _which(seed, 100 * visited / vectors, share)
        drawn = Reservoir(wanted, seed)
        for batch in reader.batches(which):
            drawn.add(batch)
        if drawn.seen >= wanted or (visited >= vectors and share >= 1):
            return drawn, how
        visited, enough = visited * 2, enough * 2


def _which(seed: int, percent: float, share: float) -> tuple[str, str]:
    """What stands behind the table's name, and the same in words."""
    parts, words = [], []
    if percent < 100:
        parts.append(f"TABLESAMPLE SYSTEM ({percent:.6f} PERCENT) REPEATABLE ({seed})")
        words.append(f"TABLESAMPLE SYSTEM ({percent:.3g}%) REPEATABLE ({seed})")
    if share < 1:
        lucky = int(share * _HASHES)
        parts.append(f"WHERE hash(rowid, {seed}) & {_HASHES - 1} < {lucky}")
        words.append(f"{share:.2g} of {'their' if words else 'the'} rows by hash(rowid)")
    return " ".join(parts), "".join(f"{word}, " for word in words)
