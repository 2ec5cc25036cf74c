"""Avro: records as they are, nested ones too; a sample of a large file is of random blocks."""

import importlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from connectors.base import Column, MissingDriver, Reading, Sampling, UnreadableData, field_of
from connectors.files.avro_blocks import MAGIC, Block, Header, blocks, broken, data, header
from connectors.files.avro_types import Named, Typed, endless, plain, typed
from connectors.files.cells import cut_batch
from connectors.files.form import File
from connectors.files.sample import drawn

BUDGET = 256 << 20  # bytes of the file that are read for a sample
ROWS = 16_384  # rows of a batch
_FAULTS = (EOFError, ValueError, IndexError, KeyError, TypeError, OverflowError, pa.ArrowException)


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    with file.stream() as stream:
        found = header(stream, file.name)
        table = _Table.of(found, file.name, sampling)
        yield table.batch([])
        for block in _chosen(file, stream, found, sampling, reading):
            records = table.records(data(stream, block, found.codec, file.content), block)
            while part := _some(records, file.name):
                yield table.batch(part)


def _some(records: Iterator[Any], name: str) -> list[Any]:
    try:
        return [record for record, _ in zip(records, range(ROWS), strict=False)]
    except _FAULTS:
        raise broken(name) from None


def _chosen(
    file: File, stream: BinaryIO, found: Header, sampling: Sampling, reading: Reading
) -> Iterator[Block]:
    """The blocks to read, the stream at the data of each: all, or random ones of a large file."""
    if sampling.rows is None or file.content.size <= BUDGET or not file.seeks:
        yield from blocks(stream, found, file.name)
        return
    every = list(blocks(stream, found, file.name, skip=True))
    few = max(1, len(every) * BUDGET // file.content.size)
    order = np.random.default_rng(sampling.seed).permutation(len(every))[:few]
    reading.how = f"{len(order)} random blocks of {len(every)}"
    for number in np.sort(order):
        stream.seek(every[number].start)
        yield every[number]


@dataclass(frozen=True, slots=True)
class _Table:
    """Records into batches of one schema; a record's fields are the columns."""

    name: str
    fields: Mapping[str, Typed]
    declared: dict[str, str]
    rows: bool  # else each record is one value
    head: bytes  # of an Avro file that holds one block
    sync: bytes
    cell: int
    library: Any

    @classmethod
    def of(cls, found: Header, name: str, sampling: Sampling) -> "_Table":
        """The table that a schema describes.

        Raises:
            UnreadableData: it is no schema, or one that a few bytes could make endless.
        """
        named = Named()
        schema: Any = found.schema
        try:
            whole = typed(schema, named)
            rows = isinstance(schema, dict) and schema["type"] == "record"
            parts = {f["name"]: f["type"] for f in schema["fields"]} if rows else {"value": schema}
            fields = whole.fields if rows else {"value": whole}
            head = _head(plain(schema), found.sync)
            declared = {n: _words(t) for n, t in parts.items()}
            if endless(schema, named):
                raise UnreadableData(f"'{name}' has lists of nothing: write it without them")
        except (KeyError, ValueError, TypeError, AttributeError, RecursionError):
            raise broken(name) from None
        wanted = sampling.columns
        kept = {n: t for n, t in fields.items() if wanted is None or n in wanted}
        library = _library(safe=named.loops)
        return cls(name, kept, declared, rows, head, found.sync, sampling.cell, library)

    def records(self, raw: bytes, block: Block) -> Iterator[Any]:
        """The records of a block, read as a file that holds nothing else."""
        one = self.head + _zigzag(block.rows) + _zigzag(len(raw)) + raw + self.sync
        try:
            yield from self.library.reader(io.BytesIO(one), handle_unicode_errors="replace")
        except RecursionError:
            raise broken(self.name) from None

    def batch(self, records: list[Any]) -> pa.RecordBatch:
        """The wanted columns of some records."""
        arrays = [
            kind.array([r.get(n) for r in records] if self.rows else records)
            for n, kind in self.fields.items()
        ]
        batch = cut_batch(pa.RecordBatch.from_arrays(arrays, names=list(self.fields)), self.cell)
        fields = [
            field_of(Column(n, self.declared[n]), array.type)
            for n, array in zip(self.fields, batch.columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(batch.columns, schema=pa.schema(fields))


def _words(schema: Any) -> str:  # noqa: ANN401
    """A type as people write it."""
    if isinstance(schema, list):
        return "|".join(map(_words, schema))
    if isinstance(schema, dict):
        return str(schema.get("logicalType") or _words(schema["type"]))
    return str(schema)


def _head(schema: object, sync: bytes) -> bytes:
    text = json.dumps(schema).encode()
    key = b"avro.schema"
    return b"".join(
        (MAGIC, _zigzag(1), _zigzag(len(key)), key, _zigzag(len(text)), text, _zigzag(0), sync)
    )


def _zigzag(number: int) -> bytes:
    number <<= 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def _library(safe: bool) -> Any:  # noqa: ANN401
    """The module that reads; the `safe` one is slow, but values nested without end do not crash it.

    Raises:
        MissingDriver: it is not installed.
    """
    try:
        name = "fastavro._read_py" if safe else "fastavro"
        return importlib.import_module(name)
    except ModuleNotFoundError:
        message = "Avro files need a package that is not installed: pip install 'picensus[avro]'"
        raise MissingDriver(message) from None
