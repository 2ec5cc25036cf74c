"""Log files and plain text: one column, `line`."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.base import Reading, Sampling
from connectors.files.form import File
from connectors.files.sample import drawn
from connectors.files.text import Text

SCHEMA = pa.schema([("line", pa.large_string())])


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Every line, or those of random blocks, without the line break."""
    if sampling.columns is not None and "line" not in sampling.columns:
        yield pa.RecordBatch.from_arrays([], names=[])
        return
    text = Text(file, reading)
    yield batch_of(pa.nulls(0, pa.large_string()))
    for block in text.pieces(sampling) or text.blocks():
        yield batch_of(lines(block))


def batch_of(array: pa.Array) -> pa.RecordBatch:
    """The lines as a batch."""
    return pa.RecordBatch.from_arrays([array], schema=SCHEMA)


def lines(block: bytes) -> pa.Array:
    """The lines of a block of UTF-8, without copying it."""
    ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 0x0A) + 1
    if len(block) and (not len(ends) or ends[-1] != len(block)):
        ends = np.append(ends, len(block))
    offsets = np.concatenate(([0], ends)).astype(np.int64)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(block)]
    return pc.ascii_rtrim(
        pa.Array.from_buffers(pa.large_string(), len(ends), buffers), characters="\r\n"
    )
