"""Parquet: types and nesting as they are; a sample of a large file is of random row groups."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from connectors.base import Column, Reading, Sampling, UnreadableData, field_of
from connectors.files.cells import cut_batch
from connectors.files.form import File
from connectors.files.header import unique_names
from connectors.files.sample import drawn

BLOCK = 8 << 20  # bytes of a batch, about
BUDGET = 256 << 20  # bytes unpacked for a sample


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Every row, or every row of some row groups chosen at random."""
    try:
        with file.content.opens() as stream, pq.ParquetFile(file.content.path or stream) as opened:
            yield from _batches(opened, sampling, reading)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        secret = "encrypt" in str(error).lower()
        fault = (
            "is encrypted: decrypt it first"
            if secret
            else "is no whole Parquet file: copy or write it again"
        )
        message = f"'{file.name}' {fault}"
        raise UnreadableData(message) from None


def _batches(
    opened: pq.ParquetFile, sampling: Sampling, reading: Reading
) -> Iterator[pa.RecordBatch]:
    given = opened.schema_arrow
    unique = len(set(given.names)) == len(given)
    names = given.names if unique else unique_names(given.names, len(given))
    wanted = [i for i, n in enumerate(names) if sampling.columns is None or n in sampling.columns]
    # Columns of one name cannot be asked for by name: all are read, and those wanted kept.
    asked, places = ([names[i] for i in wanted], range(len(wanted))) if unique else (None, wanted)
    groups = _groups(opened, sampling, reading)
    rows = max(1, opened.metadata.num_rows)
    size = sum(opened.metadata.row_group(i).total_byte_size for i in range(opened.num_row_groups))
    step = max(64, min(65_536, BLOCK * rows // max(1, size)))
    schema = pa.schema([given.field(i).with_name(names[i]) for i in wanted])
    yield _declared([pa.nulls(0, f.type) for f in schema], schema, sampling)
    for batch in opened.iter_batches(batch_size=step, row_groups=groups, columns=asked):
        yield _declared([batch.column(place) for place in places], schema, sampling)


def _declared(arrays: Sequence[pa.Array], schema: pa.Schema, sampling: Sampling) -> pa.RecordBatch:
    """The columns cut, their fields carrying the file's own types in words."""
    batch = cut_batch(pa.RecordBatch.from_arrays(list(arrays), names=schema.names), sampling.cell)
    fields = [
        field_of(Column(f.name, str(f.type)), array.type)
        for f, array in zip(schema, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(batch.columns, schema=pa.schema(fields))


def _groups(opened: pq.ParquetFile, sampling: Sampling, reading: Reading) -> list[int]:
    """The row groups to read: all, or as many random ones as the budget allows."""
    meta = opened.metadata
    count = meta.num_row_groups
    sizes = [meta.row_group(i).total_byte_size for i in range(count)]
    if sampling.rows is None or sum(sizes) <= BUDGET or meta.num_rows <= sampling.rows:
        return list(range(count))
    order = np.random.default_rng(sampling.seed).permutation(count)
    rows = np.cumsum([meta.row_group(int(i)).num_rows for i in order])
    room = np.searchsorted(np.cumsum([sizes[i] for i in order]), BUDGET, side="right")
    enough = np.searchsorted(rows, sampling.rows) + 1
    chosen = sorted(int(i) for i in order[: max(room, enough)])
    if len(chosen) < count:
        reading.how = f"{len(chosen)} random row groups of {count}"
    return chosen
