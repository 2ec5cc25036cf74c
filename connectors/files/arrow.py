"""Arrow files, Arrow streams and Feather: types as they are; a sample is of random batches."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files import typed_program
from connectors.files.apart import apart
from connectors.files.declared import Columns
from connectors.files.form import File
from connectors.files.sample import drawn

BUDGET = 256 << 20  # bytes of the file that are read for a sample
_FILE, _OLD = b"ARROW1", b"FEA1"


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Every row, or every row of some batches; each is proven sound before it is given."""
    with _sound(file), _opened(file) as batches:
        columns = Columns.of(batches.schema, sampling)
        yield columns.empty()
        for batch in _chosen(file, batches, sampling, reading):
            batch.validate(full=True)  # an offset out of bounds would end the process later
            yield columns.batch(batch)


@contextmanager
def _opened(file: File) -> Iterator[pa.RecordBatchReader | pa.RecordBatchFileReader]:
    head = file.content.head(8)
    if head.startswith(_OLD):
        with apart(typed_program, file.content, "feather", "", "0", "0") as batches:
            yield batches
        return
    with file.content.opens() as stream:
        known = head.startswith(_FILE)
        yield pa.ipc.open_file(stream) if known else pa.ipc.open_stream(stream)


def _chosen(
    file: File,
    batches: pa.RecordBatchReader | pa.RecordBatchFileReader,
    sampling: Sampling,
    reading: Reading,
) -> Iterator[pa.RecordBatch]:
    if not isinstance(batches, pa.RecordBatchFileReader):
        yield from batches
        return
    count, size = batches.num_record_batches, max(1, file.content.size)
    numbers = np.arange(count)
    few = max(1, count * BUDGET // size)
    if sampling.rows is not None and few < count:
        numbers = np.sort(np.random.default_rng(sampling.seed).permutation(count)[:few])
        reading.how = f"{few} random record batches of {count}"
    for number in numbers:
        yield batches.get_batch(int(number))


@contextmanager
def _sound(file: File) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, MemoryError, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        message = f"'{file.name}' is no whole Arrow or Feather file: copy or write it again"
        raise UnreadableData(message) from None
