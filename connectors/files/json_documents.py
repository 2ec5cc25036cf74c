"""JSON: one document a line, or an array of them, or one; rows stay nested, scalars are text."""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files.cells import cut_batch
from connectors.files.form import File
from connectors.files.json_blocks import fitted_array, parsed, shape_of_type
from connectors.files.lines import batch_of, lines
from connectors.files.sample import drawn
from connectors.files.shapes import (
    Json,
    Object,
    Shape,
    fitted,
    keyed,
    loaded,
    merged,
    shape_of,
    type_of,
)
from connectors.files.text import LONGEST, Text

# The text of each document, in a column `line`.
Documents: TypeAlias = Callable[[Sampling, Reading], Iterator[pa.RecordBatch]]

_BETWEEN = re.compile(r"[\s,\[\]\x1e]*")  # what may stand between documents


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """A row for each document."""
    return tabulated(partial(_documents, file), file, sampling, reading)


def tabulated(
    source: Documents, file: File, sampling: Sampling, reading: Reading
) -> Iterator[pa.RecordBatch]:
    """A row for each document. All are looked at first where all are read: one schema for all.

    A sample is drawn from the documents' text, so that only the sample is parsed.
    """
    if sampling.rows is None:
        shape = _shape(source(sampling, Reading()))
        documents = source(sampling, reading)
        rows = _rows(documents, _Table(shape, sampling), file, reading)
        yield from drawn(rows, sampling, reading)
        return
    documents = drawn(source(sampling, reading), sampling, reading)
    sample, broken = list[pa.RecordBatch](), None
    try:
        for batch in documents:
            sample.append(batch)
    except UnreadableData as error:
        broken = error
    yield from _rows(iter(sample), _Table(_shape(iter(sample)), sampling), file, reading)
    if broken:
        raise broken


def _rows(
    documents: Iterator[pa.RecordBatch], table: "_Table", file: File, reading: Reading
) -> Iterator[pa.RecordBatch]:
    yield table.batch(pa.nulls(0, pa.large_string()))
    for batch in documents:
        yield table.batch(batch.column(0))
    if table.bad and not table.good:
        message = f"'{file.name}' holds no JSON: correct its extension"
        raise UnreadableData(message)
    if table.bad:
        reading.warnings.append(f"{table.bad} documents were no JSON, or null, and were left out")


def _shape(batches: Iterator[pa.RecordBatch]) -> Shape:
    shape: Shape = None
    for batch in batches:
        table = parsed(batch.column(0))
        if table is not None:
            shape = merged(shape, keyed({f.name: shape_of_type(f.type) for f in table.schema}))
            continue
        for text in batch.column(0).to_pylist():
            value = _value(text)
            if value is not None:
                shape = merged(shape, shape_of(value))
    return shape


def _value(text: str) -> Json:
    """The document; None where it is no JSON (or null, which holds nothing either)."""
    try:
        return loaded(text)
    except (ValueError, RecursionError):
        return None


class _Table:
    """Documents into batches of one schema."""

    def __init__(self, shape: Shape, sampling: Sampling) -> None:
        self.cell, self.good, self.bad = sampling.cell, 0, 0
        self.rows = isinstance(shape, Object)  # else each document is one value
        columns = shape.of if isinstance(shape, Object) else {"value": shape} if shape else {}
        wanted = sampling.columns
        self.shapes = {k: s for k, s in columns.items() if wanted is None or k in wanted}
        self.schema = pa.schema([(k, type_of(s)) for k, s in self.shapes.items()])

    def batch(self, array: pa.Array) -> pa.RecordBatch:
        """A row for each text that is JSON."""
        return self._fast(array) or self._tolerant(array.to_pylist())

    def _fast(self, array: pa.Array) -> pa.RecordBatch | None:
        table = parsed(array) if self.rows else None
        if table is None or table.num_rows != len(array):
            return None
        whole = table.to_struct_array().combine_chunks()
        has = set(table.column_names)
        arrays = [
            fitted_array(whole.field(k) if k in has else pa.nulls(len(array)), shape)
            for k, shape in self.shapes.items()
        ]
        if any(column is None for column in arrays):
            return None
        self.good += len(array)
        return cut_batch(pa.RecordBatch.from_arrays(arrays, schema=self.schema), self.cell)

    def _tolerant(self, texts: list[str]) -> pa.RecordBatch:
        values = [value for value in map(_value, texts) if value is not None]
        self.good += len(values)
        self.bad += len(texts) - len(values)
        arrays = [
            pa.array(
                [fitted(self._field(v, key), shape, self.cell) for v in values], type_of(shape)
            )
            for key, shape in self.shapes.items()
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _field(self, value: Json, key: str) -> Json:
        return value.get(key) if self.rows and isinstance(value, dict) else value


def _documents(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The text of each document, in a column `line`."""
    text = Text(file, reading)
    yield batch_of(pa.nulls(0, pa.large_string()))
    if _is_lines(text.head):
        for block in text.pieces(sampling) or text.blocks():
            array = lines(block)
            yield batch_of(array.filter(pc.not_equal(pc.ascii_trim_whitespace(array), "")))
    else:
        yield from _scanned(text)


def _is_lines(head: str) -> bool:
    """Does each line hold a document, and not an array or object that goes on?"""
    rows = [row.strip() for row in head.split("\n") if row.strip()][:2]
    if not rows or rows[0][0] not in "[{":
        return True
    alike = len(rows) == 2 and rows[0][0] == rows[1][0]
    if rows[0][0] == "{":
        return alike or _value(rows[0]) is not None
    return alike and _value(rows[0]) is not None


def _scanned(text: Text) -> Iterator[pa.RecordBatch]:
    """The items of an array, or the documents one after another, whatever their layout."""
    rest, count = "", 0
    for block in text.blocks():
        rest += block.decode()
        found, rest = _split(rest)
        count += len(found)
        yield batch_of(pa.array(found, pa.large_string()))
        if len(rest) > LONGEST:
            break
    found, rest = _split(f"{rest} ")  # a number ends only where something follows
    yield batch_of(pa.array(found, pa.large_string()))
    if rest:
        count += len(found)
        message = (
            f"'{text.file.name}' breaks off or is no JSON after document {count},"
            f" or the next is larger than {LONGEST >> 20} MB: write it as JSON lines"
        )
        raise UnreadableData(message)


def _split(text: str) -> tuple[list[str], str]:
    """The documents that end within the text, and the rest."""
    decode = json.JSONDecoder().raw_decode
    found: list[str] = []
    at = _BETWEEN.match(text, 0).end()  # type: ignore[union-attr]
    while at < len(text):
        try:
            _, end = decode(text, at)
        except (ValueError, RecursionError):
            break
        if end == len(text) and text[end - 1] not in "]}":
            break
        found.append(text[at:end])
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]
    return found, text[at:]
