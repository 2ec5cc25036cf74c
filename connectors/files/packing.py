"""Compressed files: their content as a stream that is unpacked as it is read."""

import bz2
import gzip
import io
import lzma
import zlib
from typing import BinaryIO, cast

import pyarrow as pa

from connectors.base import UnreadableData
from connectors.files.content import HELD, Content

# The endings, and the marks at the beginning of a file, of what is unpacked here.
ENDINGS = {
    ".bz2": "bzip2",
    ".gz": "gzip",
    ".lz4": "lz4",
    ".xz": "xz",
    ".zst": "zstd",
}
MARKS = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\x04\x22\x4d\x18": "lz4",
}
_FAULTS = (EOFError, OSError, zlib.error, lzma.LZMAError, pa.ArrowException)

_PIECE = 1 << 20  # bytes unpacked at a time
SUSPECT = 1 << 30  # bytes unpacked, after which it is asked whether the file is a bomb
RATIO = 200  # times its size; logs unpack to 10 to 50 times theirs


def ending(name: str) -> tuple[str, str]:
    """The name without the ending of a compression, and which it is; empty where it has none."""
    for end, codec in ENDINGS.items():
        if name.lower().endswith(end):
            return name[: -len(end)], codec
    return name, ""


def packed_by(head: bytes) -> str:
    """The compression that the first bytes tell."""
    return next((codec for mark, codec in MARKS.items() if head.startswith(mark)), "")


def unpacked(content: Content, codec: str) -> BinaryIO:
    """The content as a stream of what was packed; it cannot seek."""
    return cast("BinaryIO", io.BufferedReader(_Unpacking(content, codec), 1 << 18))


def held(content: Content, codec: str) -> Content:
    """The content unpacked in memory, for readers that move about in it.

    Raises:
        UnreadableData: it is broken, or too large.
    """
    data = bytearray()  # of what there is: to ask for all at once takes the room for all
    with unpacked(content, codec) as stream:
        while piece := stream.read(_PIECE):
            data += piece
            if len(data) > HELD:
                message = f"'{content.name}' unpacks to more than {HELD >> 20} MB: unpack it"
                raise UnreadableData(message)
    return Content.held(content.name, bytes(data))


class _Unpacking(io.RawIOBase):
    """Faults become sentences; what unpacks to absurd lengths ends with one."""

    def __init__(self, content: Content, codec: str) -> None:
        self._content, self._codec, self._given = content, codec, 0
        self._raw = content.opens()
        self._stream = _opened(self._raw, codec)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        try:
            data = self._stream.read(min(len(buffer), _PIECE))
        except _FAULTS as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # of the disk or the network, not of the content
            message = (
                f"'{self._content.name}' is a broken or cut-off {self._codec} file: copy it again"
            )
            raise UnreadableData(message) from None
        self._given += len(data)
        if self._given > SUSPECT and self._given > RATIO * self._content.size:
            message = (
                f"'{self._content.name}' unpacks to more than {RATIO} times its size,"
                " as a decompression bomb does: unpack it if it is none"
            )
            raise UnreadableData(message)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._raw.close()
        super().close()


def _opened(raw: BinaryIO, codec: str) -> BinaryIO:
    match codec:
        case "gzip":
            return cast("BinaryIO", gzip.open(raw))
        case "bzip2":
            return cast("BinaryIO", bz2.open(raw))
        case "xz":
            return cast("BinaryIO", lzma.open(raw))
        case _:
            return cast("BinaryIO", pa.CompressedInputStream(raw, codec))
