"""ORC: types and nesting as they are; a sample of a large file is of random stripes."""

from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Reading, Sampling
from connectors.files import typed_program
from connectors.files.apart import apart
from connectors.files.declared import Columns
from connectors.files.form import File
from connectors.files.sample import drawn

BUDGET = 256 << 20  # bytes of the file that are read for a sample


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    rows = "" if sampling.rows is None else str(sampling.rows)
    asked = ("orc", rows, str(sampling.seed), str(BUDGET))
    with apart(typed_program, file.content, *asked) as batches:
        columns = Columns.of(batches.schema, sampling)
        said = batches.schema.metadata
        if said[b"chosen"] != said[b"of"]:
            chosen, count = said[b"chosen"].decode(), said[b"of"].decode()
            reading.how = f"{chosen} random stripes of {count}"
        yield columns.empty()
        for batch in batches:
            yield columns.batch(batch)
