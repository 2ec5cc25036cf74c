"""The program that reads ORC and old Feather files, run by itself (see `apart`).

    program PATH KIND ROWS SEED BUDGET

It writes an Arrow stream: of random stripes where the file is larger than BUDGET bytes and
ROWS is not empty.
"""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.orc

MEMORY = 8 << 30  # bytes of address space; a stripe is unpacked whole
BLOCK = 8 << 20  # bytes of a batch, about
UNSUPPORTED, BROKEN = 3, 1


def main(path: str, kind: str, rows: str, seed: str, budget: str) -> int:
    """What the process ends with."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        batches = _orc(path, rows, int(seed), int(budget)) if kind == "orc" else _feather(path)
        _write(batches)
    except pa.ArrowNotImplementedError:
        return UNSUPPORTED
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        return BROKEN
    return 0


def _limit(kind: int, most: int) -> None:
    """At most so much, or less where the system allows less."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def _write(batches: Iterator[pa.RecordBatch]) -> None:
    """The stream; the first batch has no rows."""
    with pa.ipc.new_stream(sys.stdout.buffer, next(batches).schema) as stream:
        for batch in batches:
            batch.validate(full=True)
            stream.write_batch(batch)


def _orc(path: str, rows: str, seed: int, budget: int) -> Iterator[pa.RecordBatch]:
    file = pa.orc.ORCFile(path)
    count, size = file.nstripes, Path(path).stat().st_size
    order = np.random.default_rng(seed).permutation(count)
    if rows and size > budget and file.nrows > int(rows):
        order = np.sort(order[: max(1, count * budget // size)])
    else:
        order = np.arange(count)
    schema = file.schema.with_metadata({"chosen": str(len(order)), "of": str(count)})
    yield pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)
    for number in order:
        yield from _slices(file.read_stripe(int(number)))


def _feather(path: str) -> Iterator[pa.RecordBatch]:
    table = pa.feather.read_table(path, memory_map=False).replace_schema_metadata(None)
    schema = table.schema
    yield pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)
    for batch in table.to_batches():
        yield from _slices(batch)


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    step = max(64, min(65_536, BLOCK * batch.num_rows // max(1, batch.nbytes)))
    for start in range(0, batch.num_rows, step):
        yield batch.slice(start, step)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
