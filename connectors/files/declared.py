"""Batches of a typed format as connectors give them: wanted columns, unique names, types told."""

from dataclasses import dataclass

import pyarrow as pa

from connectors.base import Column, Sampling, field_of
from connectors.files.cells import cut_batch
from connectors.files.header import unique_names


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns wanted: the place of each in the file, and its field."""

    places: tuple[int, ...]
    fields: tuple[pa.Field, ...]
    cell: int

    @classmethod
    def of(cls, schema: pa.Schema, sampling: Sampling) -> "Columns":
        """Those of a file's schema that are asked for."""
        names = list(schema.names)
        if len(set(names)) < len(names):
            names = unique_names(names, len(names))
        wanted = sampling.columns
        places = [i for i, name in enumerate(names) if wanted is None or name in wanted]
        fields = [schema.field(i).with_name(names[i]) for i in places]
        return cls(tuple(places), tuple(fields), sampling.cell)

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The wanted columns of a batch, cut, their fields carrying the file's types in words."""
        return self._of([batch.column(i) for i in self.places])

    def empty(self) -> pa.RecordBatch:
        """A batch of no rows."""
        return self._of([pa.nulls(0, field.type) for field in self.fields])

    def _of(self, arrays: list[pa.Array]) -> pa.RecordBatch:
        names = [field.name for field in self.fields]
        batch = cut_batch(pa.RecordBatch.from_arrays(arrays, names=names), self.cell)
        fields = [
            field_of(Column(f.name, str(f.type)), array.type)
            for f, array in zip(self.fields, batch.columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(batch.columns, schema=pa.schema(fields))
