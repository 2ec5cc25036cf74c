"""The header of a dBase file: how many rows there are, and where each field stands in one."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from connectors.base import UnreadableData

_VERSIONS = frozenset(b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8b\x8c\x8e\xcb\xf5\xfb")
_KINDS = frozenset("CNFDLMIBTYGPVQOW@+0")
_FIELD = 32  # bytes that describe one
_END = 0x0D


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its name as bytes, its letter, and where it stands in a record."""

    name: bytes
    kind: str
    start: int
    size: int
    declared: str


@dataclass(frozen=True, slots=True)
class Header:
    """`rows` records of `width` bytes begin at `start`."""

    rows: int
    start: int
    width: int
    fields: tuple[Field, ...]


def header(stream: BinaryIO, name: str) -> Header:
    """The header at the beginning of a file.

    Raises:
        UnreadableData: it is none.
    """
    head = stream.read(32)
    if len(head) < 32 or head[0] not in _VERSIONS:
        raise _broken(name)
    rows, start, width = struct.unpack("<IHH", head[4:12])
    fields = _fields(stream.read(max(0, start - 32)))
    if not fields or fields[-1].start + fields[-1].size > width:
        raise _broken(name)
    known = tuple(field for field in fields if field.kind != "0")  # marks of what is null
    return Header(rows, start, width, known)


def _fields(text: bytes) -> list[Field]:
    found: list[Field] = []
    start = 1  # behind the mark of deleted rows
    for at in range(0, len(text) - _FIELD + 1, _FIELD):
        part = text[at : at + _FIELD]
        if part[0] == _END:
            break
        kind, size, places = chr(part[11]).upper(), part[16], part[17]
        if kind not in _KINDS:
            return []
        if kind == "C":
            size, places = size + 256 * places, 0
        declared = f"{kind}({size},{places})" if places else f"{kind}({size})"
        found.append(Field(part[:11].split(b"\0")[0], kind, start, size, declared))
        start += size
    return found


def _broken(name: str) -> UnreadableData:
    return UnreadableData(f"'{name}' is a broken dBase file: open it and save it again, or as CSV")
