"""One Arrow type for JSON values that need not agree: text, lists, objects and maps of text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import pyarrow as pa

from connectors.files.header import is_value

Json: TypeAlias = "bool | str | list[Json] | dict[str, Json] | None"  # numbers are kept as text

_DEPTH = 16  # deeper values are kept as JSON text
_KEYS = 200  # an object of more keys is a map: its keys are data
_ALIKE = 3  # keys of one form with long numbers in them (`A00017`) are data
_PEOPLE = 5  # objects of one shape under short Chinese keys are a list by name
_HEX = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=.*\d)[0-9a-f]{16,}")
_SERIAL, _SHORT_HAN = (
    re.compile(r"\d[-./]?\d[-./]?\d[-./]?\d"),
    re.compile(r"[\u3400-\u9fff·]{2,8}"),
)
_LETTERS, _DIGIT = re.compile(r"[A-Za-z]+"), re.compile(r"\d")
_ESCAPES = re.compile(  # an escaped backslash, a pair of surrogates, or a lone one
    r"\\\\"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A string, number or boolean; or values that disagree, as JSON text."""


@dataclass(frozen=True, slots=True)
class List:
    """A list of values of one shape."""

    of: "Shape"


@dataclass(frozen=True, slots=True)
class Object:
    """A shape for every key."""

    of: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Map:
    """An object whose keys are data."""

    of: "Shape"


Shape: TypeAlias = Text | List | Object | Map | None


def loaded(text: str) -> Json:
    """The value, its numbers as the text that they are.

    Raises:
        ValueError, RecursionError: it is no JSON, or nested too deep.
    """
    if "\\u" in text:
        text = _ESCAPES.sub(lambda m: r"\ufffd" if m.group(1) else m.group(), text)
    value: Json = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    return value


def shape_of(value: Json, depth: int = 0) -> Shape:
    """The shape of one value; None where it is null."""
    if value is None:
        return None
    if depth >= _DEPTH or not isinstance(value, list | dict):
        return Text()
    if isinstance(value, list):
        inner: Shape = None
        for item in value:
            inner = merged(inner, shape_of(item, depth + 1))
        return List(inner)
    return keyed({key: shape_of(item, depth + 1) for key, item in value.items()})


def merged(one: Shape, other: Shape) -> Shape:
    """The shape that both fit."""
    if one == other or other is None:
        return one
    if one is None:
        return other
    match one, other:
        case List(a), List(b):
            return List(merged(a, b))
        case Object(a), Object(b):
            return keyed({**a, **{key: merged(a.get(key), shape) for key, shape in b.items()}})
        case ((Map() | Object()), (Map() | Object())):
            return Map(merged(_values(one), _values(other)))
        case _:
            return Text()


def keyed(shapes: dict[str, Shape]) -> Object | Map | None:
    """An object; a map where its keys are so many, or such, that they must be data."""
    if not shapes:
        return None
    whole = Object(shapes)
    if len(shapes) > _KEYS or any(map(_is_data, shapes)) or _serial(shapes) or _listed(shapes):
        return Map(_values(whole))
    return whole


def _is_data(key: str) -> bool:
    return is_value(key) or _HEX.fullmatch(key) is not None


def _serial(shapes: Mapping[str, Shape]) -> bool:
    """Are all keys serial numbers or dates of one form, over values of one shape?"""
    if len(shapes) < _ALIKE or not all(map(_SERIAL.search, shapes)):
        return False
    years = all(key.isdigit() for key in shapes)  # of five digits and more is `is_value`
    forms = {_DIGIT.sub("9", _LETTERS.sub("a", key)) for key in shapes}
    return not years and len(forms) == 1 and _agree(shapes)


def _listed(shapes: Mapping[str, Shape]) -> bool:
    """Do short Chinese keys, as names of persons are, hold objects of one shape?"""
    objects = len(shapes) >= _PEOPLE and all(isinstance(s, Object | Map) for s in shapes.values())
    return objects and _agree(shapes) and all(map(_SHORT_HAN.fullmatch, shapes))


def _agree(shapes: Mapping[str, Shape]) -> bool:
    known = [shape for shape in shapes.values() if shape is not None]
    return all(shape == known[0] for shape in known)


def _values(shape: Object | Map) -> Shape:
    if isinstance(shape, Map):
        return shape.of
    inner: Shape = None
    for item in shape.of.values():
        inner = merged(inner, item)
    return inner


def type_of(shape: Shape) -> pa.DataType:
    """The Arrow type of a shape; text where only nulls were seen."""
    match shape:
        case List(inner):
            return pa.large_list(type_of(inner))
        case Object(fields):
            return pa.struct([(key, type_of(inner)) for key, inner in fields.items()])
        case Map(inner):
            return pa.map_(pa.large_string(), type_of(inner))
        case _:
            return pa.large_string()


def fitted(value: Json, shape: Shape, cell: int) -> object:
    """The value as its Arrow type takes it, long texts cut."""
    match shape, value:
        case _, None:
            return None
        case List(inner), list():
            return [fitted(item, inner, cell) for item in value]
        case Object(fields), dict():
            return {key: fitted(value.get(key), inner, cell) for key, inner in fields.items()}
        case Map(inner), dict():
            return [(key[:cell], fitted(item, inner, cell)) for key, item in value.items()]
        case _, str():
            return value[:cell]
        case _:
            return json.dumps(value, ensure_ascii=False)[:cell]
