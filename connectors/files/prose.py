"""The lines of documents as batches: a column `line`, and what else is said of each line."""

from collections.abc import Iterator, Mapping

import pyarrow as pa

from connectors.base import Reading, Sampling
from connectors.files.sample import drawn

_LINES = 4096  # lines of a batch, at most
_CHARACTERS = 1 << 20  # of a batch, about

Line = tuple[str, Mapping[str, object]]


def read(lines: Iterator[str], sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All lines that are not blank, or some drawn at random, in a column `line`."""
    schema = pa.schema([("line", pa.large_string())])
    return table(((line, {}) for line in lines), schema, sampling, reading)


def table(
    lines: Iterator[Line], schema: pa.Schema, sampling: Sampling, reading: Reading
) -> Iterator[pa.RecordBatch]:
    """Lines with the other columns of a schema; a text of several lines gives several rows.

    One that is longer than a cell is given in pieces, so that nothing of it is left out.
    """
    wanted = sampling.columns
    kept = [f for f in schema if wanted is None or f.name in wanted]
    return drawn(_batches(_pieces(lines, sampling.cell), pa.schema(kept)), sampling, reading)


def _pieces(lines: Iterator[Line], cell: int) -> Iterator[Line]:
    for text, said in lines:
        for line in text.splitlines():
            shown = line.replace("\0", "").strip()
            for at in range(0, len(shown), cell):
                yield shown[at : at + cell], said


def _batches(lines: Iterator[Line], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    yield _batch([], schema)
    held: list[Line] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line[0])
        if len(held) >= _LINES or size >= _CHARACTERS:
            yield _batch(held, schema)
            held, size = [], 0
    if held:
        yield _batch(held, schema)


def _batch(lines: list[Line], schema: pa.Schema) -> pa.RecordBatch:
    """The lines; a lone surrogate, which is no text, becomes a question mark."""
    arrays = []
    for field in schema:
        of_line = field.name == "line"
        values = [_sound(text if of_line else said.get(field.name)) for text, said in lines]
        arrays.append(pa.array(values, field.type))
    if not arrays:
        return pa.RecordBatch.from_arrays([], names=[])
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _sound(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
