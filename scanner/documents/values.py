"""What a document is made of, and JSON in strict form read into it."""

import json
import re
from typing import TypeAlias

DEEPEST = 12  # levels; what lies below is searched as text only

_ESCAPES = re.compile(  # an escaped backslash, a pair of surrogates, or a lone one
    r"\\\\"
    r"|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)

Value: TypeAlias = "bool | str | list[Value] | Pairs | None"


class Pairs(list[tuple[str, Value]]):
    """The keys and values of one object, in order; a key may come twice."""


# Numbers stay the text that they are; control characters in strings are let through.
_DECODER = json.JSONDecoder(
    object_pairs_hook=Pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False
)


def strict(text: str, at: int) -> tuple[Value, int]:
    """The JSON value that begins at a position, and where it ends.

    Raises:
        ValueError, RecursionError: it is broken, or nested too deep.
    """
    value: Value
    value, end = _DECODER.raw_decode(text, at)
    return value, end


def paired(text: str) -> str:
    """The text with a replacement for each escaped half of a surrogate pair."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPES.sub(lambda m: r"\ufffd" if m.group(1) else m.group(), text)


def unescaped(body: str) -> str:
    """What stands between quotes, its escapes read where they can be."""
    if "\\" not in body:
        return body
    quoted = body.replace("\\'", "'").replace('\\"', '"').replace('"', '\\"')
    try:
        value, _ = strict(f'"{quoted}"', 0)
    except ValueError:
        return body
    return str(value)
