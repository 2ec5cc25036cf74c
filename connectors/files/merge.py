"""The files of a group read as one dataset of one schema."""

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from connectors.base import ConnectorError, Reading, Sampling, UnreadableData
from connectors.files.sample import drawn

SMALL = 64 << 20  # bytes; a smaller group is read whole to draw a sample from it
CHOSEN = 24  # files of a larger one, the first and the last among them

Read = Callable[[Sampling, Reading], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a group: its name, its size, the values its path gives, and how it is read."""

    name: str
    size: int
    keys: Mapping[str, str | None]
    read: Read


def read(pieces: Sequence[Piece], sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The rows of all files, or a sample: of them all where they are small, else of some files.

    A file that cannot be read is passed over; when the others are through, the error says which.
    """
    if sampling.rows is None or sum(piece.size for piece in pieces) <= SMALL:
        merger = _Merger(pieces, sampling, reading)
        yield from drawn(merger.rows(), sampling, reading)
        merger.check()
        return
    chosen = _chosen(pieces, sampling)
    merger = _Merger([_held(piece, share, reading) for piece, share in chosen], sampling, reading)
    rows = 0
    for batch in merger.rows():
        rows += batch.num_rows
        yield batch
    reading.how = (
        f"{rows} rows drawn at random (seed {sampling.seed}) from {len(chosen)} of"
        f" {len(pieces)} files: the first, the last and others at random"
    )
    merger.check()


def _chosen(pieces: Sequence[Piece], sampling: Sampling) -> list[tuple[Piece, Sampling]]:
    """The first, the last and some files, with the share of the rows that each has to give."""
    choice = random.Random(sampling.seed)
    ends = {0, len(pieces) - 1}
    inner = range(1, len(pieces) - 1)
    numbers = sorted({*ends, *choice.sample(inner, min(len(inner), CHOSEN - len(ends)))})
    total = max(1, sum(pieces[i].size for i in numbers))
    rows = sampling.rows or 0
    return [
        (pieces[i], replace(sampling, rows=max(1, rows * pieces[i].size // total), seed=i))
        for i in numbers
    ][: max(1, rows)]


def _held(piece: Piece, share: Sampling, reading: Reading) -> Piece:
    """The piece with its sample in memory, so that it is read once."""
    batches: list[pa.RecordBatch] = []
    broken: list[ConnectorError] = []
    inner = Reading()
    try:
        batches.extend(piece.read(share, inner))
    except ConnectorError as error:
        broken.append(error)
    reading.warnings.extend(said for said in inner.warnings if said not in reading.warnings)

    def again(_: Sampling, __: Reading) -> Iterator[pa.RecordBatch]:
        yield from batches
        if broken:
            raise broken[0]

    return replace(piece, read=again)


class _Merger:
    """Batches of many files as batches of one schema, their paths' keys as columns."""

    def __init__(self, pieces: Sequence[Piece], sampling: Sampling, reading: Reading) -> None:
        self._pieces, self._reading = pieces, reading
        self._sampling = replace(sampling, rows=None)
        self._broken: dict[str, ConnectorError] = {}
        wanted = sampling.columns
        self._keys = list(dict.fromkeys(k for p in pieces for k in p.keys))
        if wanted is not None:
            self._keys = [k for k in self._keys if k in wanted]
        fields: dict[str, pa.Field] = {}
        for piece in pieces:
            for field in self._schema(piece):
                known = fields.get(field.name)
                fields[field.name] = field if known is None else _common(known, field)
        keyed = [pa.field(k, pa.large_string()) for k in self._keys if k not in fields]
        self._keys = [field.name for field in keyed]
        self.schema = pa.schema([*fields.values(), *keyed])

    def rows(self) -> Iterator[pa.RecordBatch]:
        """The rows of every file, one after another; one batch of none at the beginning."""
        yield pa.RecordBatch.from_arrays(
            [pa.nulls(0, f.type) for f in self.schema], schema=self.schema
        )
        for piece in self._pieces:
            inner = Reading()
            try:
                for batch in piece.read(self._sampling, inner):
                    yield self._fitted(batch, piece)
            except ConnectorError as error:
                self._broken.setdefault(piece.name, error)
            said = self._reading.warnings
            said.extend(warning for warning in inner.warnings if warning not in said)

    def check(self) -> None:
        """Say that some files could not be read, if it is so.

        Raises:
            UnreadableData: with how many, and the first of them.
        """
        if self._broken:
            first = next(iter(self._broken.values()))
            count, all_of = len(self._broken), len(self._pieces)
            raise UnreadableData(f"{count} of {all_of} files could not be read; the first: {first}")

    def _schema(self, piece: Piece) -> pa.Schema:
        try:
            for batch in piece.read(self._sampling, Reading()):
                return batch.schema
        except ConnectorError as error:
            self._broken.setdefault(piece.name, error)
        return pa.schema([])

    def _fitted(self, batch: pa.RecordBatch, piece: Piece) -> pa.RecordBatch:
        arrays = []
        for field in self.schema:
            place = batch.schema.get_field_index(field.name)
            if place >= 0:
                arrays.append(_cast(batch.column(place), field.type))
            elif field.name in self._keys:
                value = piece.keys.get(field.name)
                value = value and value[: self._sampling.cell]
                arrays.append(pa.repeat(pa.scalar(value, field.type), batch.num_rows))
            else:
                arrays.append(pa.nulls(batch.num_rows, field.type))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)


def _common(one: pa.Field, other: pa.Field) -> pa.Field:
    """A field that takes the values of both; text where their types have nothing in common."""
    if one.type == other.type or pa.types.is_null(other.type):
        return one
    return other if pa.types.is_null(one.type) else one.with_type(pa.large_string())


def _cast(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind:
        return array
    try:
        return array.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        texts = (None if v is None else _json(v) for v in array.to_pylist())
        return pa.array(texts, kind)


def _json(value: object) -> str:
    plain = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return plain.encode("utf-8", "replace").decode()
