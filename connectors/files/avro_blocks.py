"""The blocks of an Avro file: how many records each holds, unpacked within bounds."""

import bz2
import json
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

import pyarrow as pa

from connectors.base import UnreadableData
from connectors.files.content import Content

MAGIC = b"Obj\x01"
SYNC = 16  # bytes of the mark after each block
LARGEST = 256 << 20  # bytes of a block, packed or not
_EMPTY = 1_000_000  # records without a byte, at most
_FAULTS = (EOFError, OSError, ValueError, zlib.error, lzma.LZMAError, pa.ArrowException)


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block's data begins, its packed size, and its number of records."""

    start: int
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Header:
    """What the file says of itself: the schema as it was written, the codec, the mark."""

    schema: object
    codec: str
    sync: bytes


def header(stream: BinaryIO, name: str) -> Header:
    """The header, the stream left at the first block.

    Raises:
        UnreadableData: it is none, or names a codec that is not known.
    """
    try:
        if stream.read(len(MAGIC)) != MAGIC:
            raise ValueError
        meta = _map(stream)
        codec = meta.get("avro.codec", b"null").decode() or "null"
        found = Header(json.loads(meta["avro.schema"]), codec, _exactly(stream, SYNC))
    except (EOFError, ValueError, KeyError, RecursionError):
        raise broken(name) from None
    if codec not in _UNPACK:
        known = ", ".join(_UNPACK)
        raise UnreadableData(f"'{name}' is packed in a way that is none of {known}: write it again")
    return found


def blocks(stream: BinaryIO, found: Header, name: str, skip: bool = False) -> Iterator[Block]:
    """Each block, the stream left at its data; with `skip` the data is passed over by seeking.

    Raises:
        UnreadableData: the file is cut off or damaged.
    """
    try:
        while head := stream.read(1):
            rows, size = _long(stream, head), _long(stream)
            if rows < 0 or not 0 <= size <= LARGEST:
                raise broken(name)
            block = Block(stream.tell() if skip else 0, size, rows)
            if skip:
                stream.seek(size, 1)
            yield block
            if _exactly(stream, SYNC) != found.sync:
                raise broken(name)
    except EOFError:
        raise broken(name) from None


def data(stream: BinaryIO, block: Block, codec: str, content: Content) -> bytes:
    """The records of a block, unpacked.

    Raises:
        UnreadableData: they are damaged, or too many.
    """
    try:
        found = _UNPACK[codec](_exactly(stream, block.size))
    except _FAULTS:
        raise broken(content.name) from None
    if len(found) > LARGEST or block.rows > max(len(found), _EMPTY):
        raise broken(content.name)
    return found


def broken(name: str) -> UnreadableData:
    """What is said of a damaged file."""
    return UnreadableData(f"'{name}' is a broken or cut-off Avro file: copy or write it again")


def _exactly(stream: BinaryIO, size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


def _long(stream: BinaryIO, first: bytes = b"") -> int:
    """A number in Avro's zigzag of seven bits a byte."""
    number = shift = 0
    while True:
        byte = (first or _exactly(stream, 1))[0]
        first = b""
        number |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return (number >> 1) ^ -(number & 1)
        if shift > 63:
            raise EOFError


def _map(stream: BinaryIO) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    while count := _long(stream):
        if count < 0:
            count = -count
            _long(stream)
        for _ in range(count):
            key = _bytes(stream).decode()
            found[key] = _bytes(stream)
    return found


def _bytes(stream: BinaryIO) -> bytes:
    size = _long(stream)
    if not 0 <= size <= LARGEST:
        raise EOFError
    return _exactly(stream, size)


def _deflate(packed: bytes) -> bytes:
    return zlib.decompressobj(-15).decompress(packed, LARGEST + 1)


def _bzip2(packed: bytes) -> bytes:
    return bz2.BZ2Decompressor().decompress(packed, LARGEST + 1)


def _xz(packed: bytes) -> bytes:
    return lzma.LZMADecompressor().decompress(packed, LARGEST + 1)


def _zstandard(packed: bytes) -> bytes:
    found: bytes = pa.CompressedInputStream(pa.BufferReader(packed), "zstd").read(LARGEST + 1)
    return found


def _snappy(packed: bytes) -> bytes:
    """Snappy says the unpacked size first; a checksum of four bytes follows the data."""
    size = shift = 0
    for byte in packed[:5]:
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    if size > LARGEST:
        raise EOFError
    found: bytes = pa.decompress(packed[:-4], size, "snappy", asbytes=True)
    return found


_UNPACK: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "bzip2": _bzip2,
        "deflate": _deflate,
        "null": bytes,
        "snappy": _snappy,
        "xz": _xz,
        "zstandard": _zstandard,
    }
)
