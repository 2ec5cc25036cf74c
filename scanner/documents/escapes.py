r"""Texts with their escapes read: `\u5f20` and `%E5%BC%A0` hide what they spell."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_UNICODE = re.compile(
    r"\\u(?:([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|([0-9a-fA-F]{4}))"
)
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ANY = re.compile(f"{_UNICODE.pattern}|{_PERCENT.pattern}")


def decoded(array: pa.Array) -> pa.Array:
    r"""The array with escapes in its texts read; as it is where it has none.

    `\uXXXX`, and percent signs that spell UTF-8 or, from two bytes on, GB 18030.
    """
    if not has_any(array, b"\\%"):
        return array
    hints = [pc.match_substring_regex(array, p.pattern) for p in (_UNICODE, _PERCENT)]
    hits = pc.fill_null(pc.or_(*hints), False)
    if not pc.any(hits).as_py():
        return array
    coded = array.filter(hits).dictionary_encode()
    plain = pa.array([_read(text) for text in strings(coded.dictionary)], array.type)
    return pc.replace_with_mask(array, hits, plain.take(coded.indices))


def strings(array: pa.Array) -> list[str]:
    """The strings of an array without nulls; what is no UTF-8 in them with replacements."""
    values = array.cast(pa.large_binary()).to_pylist()
    return [value.decode("utf-8", "replace") for value in values]


def has_any(array: pa.Array, of: bytes) -> bool:
    """Does any text of a string array hold one of these bytes? False for any other array.

    A look at the buffer, which costs next to nothing: most columns are done with here.
    """
    kind = array.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return False
    _, offsets, data = array.buffers()
    if not len(array) or data is None:
        return False
    width = np.int32 if pa.types.is_string(kind) else np.int64
    ends = np.frombuffer(offsets, width)[array.offset : array.offset + len(array) + 1]
    held = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    return any(bool((held == byte).any()) for byte in of)


def mapped(text: str) -> tuple[str, list[int]] | None:
    """The text with its escapes read, and where each character of that begins, and its end, in it.

    None where no escape is in it that hides a character.
    """
    if "\\u" not in text and "%" not in text:
        return None
    out: list[str] = []
    places: list[int] = []
    done = 0
    for found in _ANY.finditer(text):
        said, coding = _spelt(found)
        if said == found[0]:
            continue
        out.append(text[done : found.start()])
        places += range(done, found.start())
        out.append(said)
        places += _shares(said, found.start(), coding)
        done = found.end()
    if not done:
        return None
    return "".join([*out, text[done:]]), [*places, *range(done, len(text) + 1)]


def _spelt(found: re.Match[str]) -> tuple[str, str]:
    """What an escape spells, and the encoding of its bytes; empty for one character."""
    if found[0][0] == "\\":
        return _UNICODE.sub(_character, found[0]), ""
    raw = bytes.fromhex(found[0].replace("%", ""))
    for coding in ("utf-8", "gb18030"):
        try:
            return raw.decode(coding), coding
        except UnicodeDecodeError:
            continue
    return found[0], ""


def _shares(said: str, start: int, coding: str) -> list[int]:
    """Where each character begins that a run of escaped bytes spells."""
    places = [start]
    for char in said[:-1]:
        places.append(places[-1] + 3 * len(char.encode(coding)))
    return places


def _read(text: str) -> str:
    if "\\u" in text:
        text = _UNICODE.sub(_character, text)
    return _PERCENT.sub(_bytes, text) if "%" in text else text


def _character(found: re.Match[str]) -> str:
    high, low, one = found.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    code = int(one, 16)
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _bytes(found: re.Match[str]) -> str:
    return _spelt(found)[0]
