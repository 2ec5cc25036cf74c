"""What a column of DuckDB becomes in a statement: text, bytes, or a nest of texts."""

from collections.abc import Sequence

import pyarrow as pa
from duckdb.sqltypes import DuckDBPyType

from connectors.base import Column, field_of

BLOB_BYTES = 65_536  # of a binary cell; enough to tell what kind of file it is

_NESTED = frozenset({"list", "array", "map", "struct"})
_WHOLE = "abs({c}) < 1e18 AND round({c}) = {c}"  # a phone kept as a float is still a phone


def quoted(*names: str) -> str:
    """Names as they stand in a statement, dots between them."""
    return ".".join('"' + name.replace('"', '""') + '"' for name in names)


def cell(name: str, kind: DuckDBPyType, limit: int) -> str:
    """The column as text of at most `limit` characters, its first bytes, or a nest of texts.

    Lists, maps and structs stay what they are, with texts inside; other types have a text form
    that says more than what they are in Arrow (intervals, times, bits, numbers of 128 bits).
    """
    column = quoted(name)
    if kind.id == "blob":
        return f"{column}[1:{BLOB_BYTES}]"
    if kind.id in _NESTED:
        return f"CAST({column} AS {texts(kind)})"
    text = f"CAST({column} AS VARCHAR)"
    if kind.id in {"double", "float"}:
        whole = f"CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        return f"CASE WHEN {_WHOLE.format(c=column)} THEN {whole} ELSE {text} END"
    return f"left({text}, {limit})"


def texts(kind: DuckDBPyType) -> str:
    """A type of the same nesting; floats and bytes stay, all else in it is text."""
    if kind.id in {"list", "array"}:
        return f"{texts(_children(kind)[0])}[]"
    if kind.id == "map":
        _, value = _children(kind)
        return f"MAP(VARCHAR, {texts(value)})"
    if kind.id == "struct":
        names = (name for name, _ in kind.children)
        inside = zip(names, _children(kind), strict=True)
        fields = ", ".join(f"{quoted(name)} {texts(inner)}" for name, inner in inside)
        return f"STRUCT({fields})"
    return {"double": "DOUBLE", "float": "FLOAT", "blob": "BLOB"}.get(kind.id, "VARCHAR")


def schema_of(columns: Sequence[Column], given: pa.Schema) -> pa.Schema:
    """The schema of batches: texts and bytes of any length, and what each column declares."""
    wide = {pa.string(): pa.large_string(), pa.binary(): pa.large_binary()}
    kinds = [wide.get(field.type, field.type) for field in given]
    return pa.schema([field_of(c, k) for c, k in zip(columns, kinds, strict=True)])


def _children(kind: DuckDBPyType) -> list[DuckDBPyType]:
    return [inner for _, inner in kind.children if isinstance(inner, DuckDBPyType)]
