"""An Avro schema as Arrow types; unions of several types, and types within themselves, as text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias

import pyarrow as pa

Schema: TypeAlias = Any  # what JSON gives
Fix: TypeAlias = Callable[[Any], Any]

_DEPTH = 16  # deeper values are kept as JSON text
_PLAIN = MappingProxyType(
    {
        "boolean": pa.bool_(),
        "bytes": pa.large_binary(),
        "double": pa.float64(),
        "enum": pa.large_string(),
        "fixed": pa.large_binary(),
        "float": pa.float32(),
        "int": pa.int32(),
        "long": pa.int64(),
        "null": pa.large_string(),
        "string": pa.large_string(),
    }
)
_LOGICAL = MappingProxyType(
    {
        ("int", "date"): pa.date32(),
        ("int", "time-millis"): pa.time32("ms"),
        ("long", "local-timestamp-micros"): pa.timestamp("us"),
        ("long", "local-timestamp-millis"): pa.timestamp("ms"),
        ("long", "time-micros"): pa.time64("us"),
        ("long", "timestamp-micros"): pa.timestamp("us", "UTC"),
        ("long", "timestamp-millis"): pa.timestamp("ms", "UTC"),
        ("long", "timestamp-nanos"): pa.timestamp("ns", "UTC"),
    }
)


class Named(dict[str, Schema]):
    """The types that a schema defines, by full name; `loops` where one is within itself."""

    loops = False


@dataclass(frozen=True, slots=True)
class Typed:
    """An Arrow type, and what makes a value fit for it; None where every value is.

    `fields` are those of a record.
    """

    type: pa.DataType
    fix: Fix | None = None
    fields: Mapping[str, "Typed"] = field(default_factory=dict)

    def array(self, values: list[Any]) -> pa.Array:
        """The values as an array."""
        return pa.array(values if self.fix is None else list(map(self.fix, values)), self.type)


def typed(schema: Schema, named: Named, within: tuple[str, ...] = (), space: str = "") -> Typed:
    """How values of a schema are given. `named` learns the types that are defined by the way.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no schema.
    """
    if isinstance(schema, str):
        return _named(schema, named, within, space)
    if isinstance(schema, list):
        kinds = [kind for kind in schema if kind != "null"]
        found = [typed(kind, named, within, space) for kind in kinds]
        return found[0] if len(found) == 1 else _TEXT
    kind = schema["type"]
    if not isinstance(kind, str) or kind not in {*_PLAIN, "array", "map", "record", "error"}:
        return typed(kind, named, within, space)
    space = schema.get("namespace", space)
    if "name" in schema:
        full = _name(schema["name"], space)
        space = full.rpartition(".")[0]
        named[full] = schema
        within = (*within, full)
    if len(within) > _DEPTH:
        return _TEXT
    return _compound(schema, kind, named, within, space)


def _named(name: str, named: Named, within: tuple[str, ...], space: str) -> Typed:
    if name in _PLAIN:
        return Typed(_PLAIN[name], _text if name == "null" else None)
    full = _full(name, space, named)
    if full not in within:
        return typed(named[full], named, within, space)
    named.loops = True
    return _TEXT


def _compound(
    schema: Schema, kind: str, named: Named, within: tuple[str, ...], space: str
) -> Typed:
    if kind == "array":
        inner = typed(schema["items"], named, (*within, ""), space)
        return Typed(pa.large_list(inner.type), inner.fix and _listed(inner.fix))
    if kind == "map":
        inner = typed(schema["values"], named, (*within, ""), space)
        return Typed(pa.map_(pa.large_string(), inner.type), _mapped(inner.fix))
    if kind in {"record", "error"}:
        fields = {f["name"]: typed(f["type"], named, within, space) for f in schema["fields"]}
        fixes = {name: t.fix for name, t in fields.items() if t.fix}
        return Typed(
            pa.struct([(name, t.type) for name, t in fields.items()]),
            _recorded(fixes) if fixes else None,
            fields,
        )
    logical = schema.get("logicalType")
    if logical == "decimal" and kind in {"bytes", "fixed"}:
        return Typed(pa.large_string(), _decimal(int(schema.get("scale", 0))))
    return Typed(_LOGICAL.get((kind, logical), _PLAIN[kind]))


def plain(schema: Schema) -> Schema:
    """The schema without logical types, so that values come as the numbers and bytes they are."""
    if isinstance(schema, list):
        return [plain(item) for item in schema]
    if isinstance(schema, dict):
        left = {k: v for k, v in schema.items() if k not in {"logicalType", "default"}}
        return {k: plain(v) if k in _NESTED else v for k, v in left.items()}
    return schema


def endless(schema: Schema, named: Named) -> bool:
    """Is there a list whose items take no byte? A few bytes could then hold any number of them."""
    if isinstance(schema, list):
        return any(endless(item, named) for item in schema)
    if not isinstance(schema, dict):
        return False
    inner = schema.get("items")
    if inner is not None and _weightless(inner, named):
        return True
    return any(endless(schema[key], named) for key in _NESTED if key in schema)


_NESTED = ("type", "items", "values", "fields")


def _weightless(schema: Schema, named: Named) -> bool:
    if isinstance(schema, str):
        found = named.get(schema)
        return schema == "null" or (found is not None and _weightless(found, named))
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "record":
        return all(
            f["type"] != schema.get("name") and _weightless(f["type"], named)
            for f in schema["fields"]
        )
    return schema.get("size") == 0 or _weightless(schema.get("type"), named)


def _full(name: str, space: str, named: Named) -> str:
    full = _name(name, space)
    return full if full in named else name


def _name(name: str, space: str) -> str:
    return name if "." in name or not space else f"{space}.{name}"


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(value, ensure_ascii=False, default=_text)


_TEXT = Typed(pa.large_string(), _text)


def _listed(fix: Fix) -> Fix:
    return lambda value: None if value is None else [fix(item) for item in value]


def _mapped(fix: Fix | None) -> Fix:
    def pairs(value: dict[str, Any] | None) -> list[tuple[str, Any]] | None:
        if value is None:
            return None
        return [(k, fix(v)) for k, v in value.items()] if fix else list(value.items())

    return pairs


def _recorded(fixes: Mapping[str, Fix]) -> Fix:
    def fixed(value: dict[str, Any] | None) -> dict[str, Any] | None:
        if value is None:
            return None
        return {**value, **{name: fix(value.get(name)) for name, fix in fixes.items()}}

    return fixed


def _decimal(scale: int) -> Fix:
    def text(value: bytes | None) -> str | None:
        if value is None:
            return None
        return format(Decimal(int.from_bytes(value, "big", signed=True)).scaleb(-scale), "f")

    return text
