"""Whole blocks of JSON lines through pyarrow, for those that it reads without loss."""

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from connectors.files.shapes import List, Map, Object, Shape, Text, keyed, type_of

_EXACT = float(1 << 53)  # a larger number may have lost digits on its way through a double


def parsed(documents: pa.Array) -> pa.Table | None:
    """The documents as a table, date-like strings left alone; None where pyarrow refuses.

    It is given objects only: a bare `null` among them ends the process.
    """
    trimmed = pc.ascii_trim_whitespace(documents)
    framed = pc.and_(pc.starts_with(trimmed, "{"), pc.ends_with(trimmed, "}"))
    if not len(documents) or not pc.all(framed).as_py():
        return None
    block = _block(trimmed)
    try:
        table = _read(block, None)
        plain = pa.schema([f.with_type(_without_dates(f.type)) for f in table.schema])
        return table if plain == table.schema else _read(block, plain)
    except pa.ArrowInvalid:
        return None


def _block(documents: pa.Array) -> pa.Buffer:
    """The documents' text, one a line; a line break within one is mere space."""
    if pc.any(pc.match_substring(documents, "\n")).as_py():
        documents = pc.replace_substring(documents, "\n", " ")
    nothing, end = (pa.scalar(text, pa.large_string()) for text in ("", "\n"))
    return pc.binary_join_element_wise(documents, nothing, end).buffers()[2]


def shape_of_type(kind: pa.DataType) -> Shape:
    """The shape of the values of an Arrow type."""
    if pa.types.is_null(kind):
        return None
    if pa.types.is_struct(kind):
        return keyed({f.name: shape_of_type(f.type) for f in kind})
    return List(shape_of_type(kind.value_type)) if pa.types.is_list(kind) else Text()


def fitted_array(array: pa.Array, shape: Shape) -> pa.Array | None:
    """The array as the type of the shape; None where only a look at each value can do it."""
    kind = array.type
    if pa.types.is_null(kind):
        return pa.nulls(len(array), type_of(shape))
    match shape:
        case Object(fields) if pa.types.is_struct(kind):
            return _struct(array, shape, list(fields))
        case List(inner) if pa.types.is_list(kind):
            values = fitted_array(array.values, inner)
            offsets = array.offsets.cast(pa.int64())
            return values and pa.LargeListArray.from_arrays(offsets, values, mask=array.is_null())
        case Text() if not pa.types.is_nested(kind):
            return _text(array)
        case None | Text() | List() | Object() | Map():
            return None


def _struct(array: pa.StructArray, shape: Object, names: list[str]) -> pa.Array | None:
    has = {f.name for f in array.type}
    children = [
        fitted_array(array.field(name) if name in has else pa.nulls(len(array)), shape.of[name])
        for name in names
    ]
    if any(child is None for child in children):
        return None
    return pa.StructArray.from_arrays(children, names, mask=array.is_null())


def _text(array: pa.Array) -> pa.Array | None:
    if not pa.types.is_floating(array.type):
        return array.cast(pa.large_string())
    if (pc.max(pc.abs(array)).as_py() or 0) >= _EXACT:
        return None
    whole = pc.if_else(pc.equal(pc.trunc(array), array), array, None)
    return pc.coalesce(
        whole.cast(pa.int64()).cast(pa.large_string()), array.cast(pa.large_string())
    )


def _read(block: pa.Buffer, schema: pa.Schema | None) -> pa.Table:
    return pj.read_json(
        pa.BufferReader(block),
        pj.ReadOptions(block_size=len(block) + 1),
        pj.ParseOptions(explicit_schema=schema),
    ).combine_chunks()


def _without_dates(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_temporal(kind):
        return pa.string()
    if pa.types.is_struct(kind):
        return pa.struct([f.with_type(_without_dates(f.type)) for f in kind])
    if pa.types.is_list(kind):
        return pa.list_(_without_dates(kind.value_type))
    return kind
