"""dBase, FoxPro and the tables of maps: every cell a text, rows marked as deleted among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from connectors.base import Column, Reading, Sampling, UnreadableData, field_of
from connectors.files.dbf_header import Field, Header, header
from connectors.files.encodings import detect
from connectors.files.form import File
from connectors.files.header import unique_names
from connectors.files.lines import lines
from connectors.files.sample import drawn

BUDGET = 256 << 20  # bytes of the file that are read for a sample
_BLOCK = 4 << 20  # bytes read at a time
_DELETED = ord("*")
_MEMO = frozenset("MGPW")
_DAY = 86_400_000  # milliseconds
_EPOCH = 2_440_588  # 1970-01-01 as a Julian day

Bytes = npt.NDArray[np.uint8]


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    with file.content.opens() as stream:
        form = header(stream, file.name)
        stream.seek(form.start)
        table = _Table(form, detect(stream.read(_BLOCK)), sampling)
        yield table.batch(np.zeros((0, form.width), np.uint8))
        for block in _blocks(stream, file, form, sampling, reading):
            yield table.batch(block)
    reading.warnings.extend(table.warnings())
    if not reading.how and table.rows < form.rows:
        message = f"'{file.name}' is cut off after {table.rows} of {form.rows} rows: copy it again"
        raise UnreadableData(message)


def _blocks(
    stream: BinaryIO, file: File, form: Header, sampling: Sampling, reading: Reading
) -> Iterator[Bytes]:
    """The records, each a row of bytes; of random blocks where the file is large."""
    each = max(1, _BLOCK // form.width)
    count = -(-form.rows // each)
    numbers = np.arange(count)
    few = max(1, BUDGET // _BLOCK)
    if sampling.rows is not None and file.content.size > BUDGET and few < count:
        numbers = np.sort(np.random.default_rng(sampling.seed).permutation(count)[:few])
        reading.how = f"{few} random blocks of {count}"
    for number in numbers:
        stream.seek(form.start + int(number) * each * form.width)
        wanted = min(each, form.rows - int(number) * each) * form.width
        data = stream.read(wanted)
        whole = len(data) // form.width * form.width
        yield np.frombuffer(data, np.uint8, whole).reshape(-1, form.width)
        if whole < wanted:
            return


@dataclass(slots=True)
class _Table:
    """Records into batches; it counts those that are marked as deleted."""

    form: Header
    codec: str
    sampling: Sampling
    rows: int = 0
    deleted: int = 0

    def batch(self, block: Bytes) -> pa.RecordBatch:
        """The wanted columns of some records."""
        self.rows += len(block)
        self.deleted += int((block[:, 0] == _DELETED).sum())
        kept = [field for field in self.form.fields if field.kind not in _MEMO]
        names = unique_names([self._name(field) for field in kept], len(kept))
        wanted = self.sampling.columns
        pairs = [(n, f) for n, f in zip(names, kept, strict=True) if wanted is None or n in wanted]
        arrays = [self._cells(block, field) for _, field in pairs]
        fields = [field_of(Column(n, f.declared), pa.large_string()) for n, f in pairs]
        return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))

    def warnings(self) -> Iterator[str]:
        """What is peculiar about the table."""
        if self.deleted:
            yield f"{self.deleted} rows are marked as deleted but still there, and were read"
        if any(field.kind in _MEMO for field in self.form.fields):
            yield "long texts are kept in another file (.dbt or .fpt), which is not read"

    def _name(self, field: Field) -> str:
        return field.name.decode(self.codec, "replace")

    def _cells(self, block: Bytes, field: Field) -> pa.Array:
        cells = block[:, field.start : field.start + field.size]
        numbers = _NUMBERS.get((field.kind, field.size))
        if numbers is not None:
            return pa.array(numbers(np.ascontiguousarray(cells))).cast(pa.large_string())
        ended = np.full((len(cells), field.size + 1), 0x0A, np.uint8)
        ended[:, :-1] = np.where((cells == 0) | (cells == 0x0A), 0x20, cells)
        text = ended.tobytes().decode(self.codec, "replace").encode()
        found = pc.utf8_trim_whitespace(lines(text))
        cut = pc.utf8_slice_codeunits(found, 0, self.sampling.cell)
        return pc.if_else(pc.equal(cut, ""), pa.scalar(None, pa.large_string()), cut)


def _integers(cells: Bytes) -> npt.NDArray[Any]:
    return cells.view("<i4")[:, 0]


def _doubles(cells: Bytes) -> npt.NDArray[Any]:
    return cells.view("<f8")[:, 0]


def _money(cells: Bytes) -> npt.NDArray[Any]:
    return cells.view("<i8")[:, 0] / 10_000


def _moments(cells: Bytes) -> npt.NDArray[Any]:
    """Days of Julius Scaliger and milliseconds; no day is no moment."""
    parts = cells.view("<i4").astype(np.int64)
    moments = ((parts[:, 0] - _EPOCH) * _DAY + parts[:, 1]).astype("datetime64[ms]")
    return np.where(parts[:, 0] == 0, np.datetime64("NaT"), moments)


_NUMBERS = {
    ("I", 4): _integers,
    ("+", 4): _integers,
    ("B", 8): _doubles,
    ("O", 8): _doubles,
    ("Y", 8): _money,
    ("T", 8): _moments,
}
