"""Any Arrow array as strings: what a value is when it is read as text."""

import pyarrow as pa
import pyarrow.compute as pc


def as_text(array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The array as large strings, nulls kept; binary that is not UTF-8 becomes null.

    Whatever Arrow cannot cast becomes text value by value, so that no type is left unread.
    """
    kind = array.type
    if pa.types.is_dictionary(kind):
        return as_text(array.cast(kind.value_type))
    if pa.types.is_null(kind) or (pa.types.is_nested(kind) and not pa.types.is_union(kind)):
        return pa.nulls(len(array), pa.large_string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or _is_fixed_binary(kind):
        return _decoded(array)
    try:
        texts = _cast(array)
        if _is_string(kind):
            texts.validate(full=True)  # Parquet may hold strings that are no UTF-8
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _one_by_one(array)
    return texts


def _cast(array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    kind = array.type
    if pa.types.is_float16(kind):
        return _cast(array.cast(pa.float32()))
    if pa.types.is_floating(kind):
        whole = pc.and_(pc.equal(pc.trunc(array), array), pc.less(pc.abs(array), 1e18))
        integers = pc.if_else(whole, array, None).cast(pa.int64()).cast(pa.large_string())
        return pc.coalesce(integers, array.cast(pa.large_string()))
    if pa.types.is_decimal(kind):
        return pc.replace_substring_regex(array.cast(pa.large_string()), r"\.0+$", "")
    if pa.types.is_timestamp(kind) and kind.tz:
        return array.cast(pa.timestamp(kind.unit)).cast(pa.large_string())
    return array.cast(pa.large_string())


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_fixed_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_fixed_size_binary(kind))


def _one_by_one(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The values as Python writes them; strings that are no UTF-8 with replacements."""
    if _is_string(array.type):
        values = array.cast(pa.large_binary()).to_pylist()
        said = (None if v is None else v.decode("utf-8", "replace") for v in values)
    else:
        said = (None if v is None else str(v) for v in array.to_pylist())
    return pa.array(said, pa.large_string())


def _decoded(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Binary as text, value by value only where the whole is not UTF-8."""
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    try:
        texts = array.cast(pa.large_binary()).cast(pa.large_string())
    except pa.ArrowInvalid:
        texts = pa.array((_utf8(value) for value in array.to_pylist()), pa.large_string())
    return texts


def _utf8(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return None
