"""Long texts cut, at any depth; arrays without long texts are handed back as they are."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc


def cut_batch(batch: pa.RecordBatch, cell: int) -> pa.RecordBatch:
    """The batch with every text and every binary value of at most `cell` characters or bytes."""
    columns = [cut(column, cell) for column in batch.columns]
    fields = [f.with_type(c.type) for f, c in zip(batch.schema, columns, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields)) if columns else batch


def cut(array: pa.Array, cell: int) -> pa.Array:
    """The array with long texts cut; its type stays, but a dictionary is given as plain values."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        array, kind = array.cast(kind.value_type), kind.value_type
    if isinstance(array, pa.ExtensionArray):
        array, kind = array.storage, kind.storage_type
    if pa.types.is_string_view(kind) or pa.types.is_binary_view(kind):
        plain = pa.large_string() if pa.types.is_string_view(kind) else pa.large_binary()
        array, kind = array.cast(plain), plain
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _text(array, cell) if _longest(array) > cell else array
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pc.binary_slice(array, 0, cell) if _longest(array) > cell else array
    return _nested(array, cell)


def _text(array: pa.Array, cell: int) -> pa.Array:
    """The texts cut; after so many bytes where some are no UTF-8, which is left as it is."""
    try:
        return pc.utf8_slice_codeunits(array, 0, cell)
    except pa.ArrowInvalid:
        large = pa.types.is_large_string(array.type)
        plain = array.cast(pa.large_binary() if large else pa.binary())
        return pc.binary_slice(plain, 0, cell).view(array.type)


def _longest(array: pa.Array) -> int:
    return pc.max(pc.binary_length(array)).as_py() or 0


def _nested(array: pa.Array, cell: int) -> pa.Array:
    kind = array.type
    if pa.types.is_struct(kind):
        children = [cut(child, cell) for child in array.flatten()]
        fields = _retyped(kind, children)
        return pa.StructArray.from_arrays(children, fields=fields, mask=array.is_null())
    if array.offset:  # offsets and children of a slice are those of the whole
        array = array.take(pa.array(range(len(array))))
    if pa.types.is_map(kind):
        keys, items = cut(array.keys, cell), cut(array.items, cell)
        return pa.MapArray.from_arrays(array.offsets, keys, items, mask=array.is_null())
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        values = cut(array.values, cell)
        return type(array).from_arrays(array.offsets, values, mask=array.is_null())
    return array


def _retyped(kind: pa.StructType, children: Sequence[pa.Array]) -> list[pa.Field]:
    return [f.with_type(c.type) for f, c in zip(kind, children, strict=True)]
