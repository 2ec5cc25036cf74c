"""The text of a SQL dump as UTF-8, from any place that was passed before."""

import codecs
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import BinaryIO

from connectors.base import Reading, UnreadableData
from connectors.files.encodings import detect, to_utf8
from connectors.files.form import File
from connectors.files.text import Text, is_utf8

_BLOCK = 1 << 20  # bytes read at a time
_LONGEST = 64 << 20  # bytes of one line


@dataclass(slots=True)
class Blocks:
    """The blocks of a dump: where each begins in the file, and where in the UTF-8 of it.

    A block ends with a line, so no character is cut. What was found out while the first block
    was read (the encoding) is kept, so that a block gives the same text whenever it is read.
    """

    codec: str
    wide: bool
    raw: list[int] = field(default_factory=lambda: [0])
    clean: list[int] = field(default_factory=lambda: [0])
    replaced: int = 0

    @classmethod
    def of(cls, file: File) -> tuple["Blocks", bytes]:
        """The blocks of a file, none read yet, and its beginning.

        Raises:
            UnreadableData: it is not text, or compressed and broken.
        """
        text = Text(file, Reading())
        return cls(text.codec, text.wide), text.head.encode()

    def read(self, file: File, begin: int = 0) -> Iterator[tuple[int, bytes]]:
        """The text from the block that holds `begin` on: where each block begins, and it."""
        number = bisect_right(self.clean, begin) - 1 if file.seeks and not self.wide else 0
        with file.stream() as stream:
            if number:
                stream.seek(self.raw[number])
            for data in self._chunks(stream, number, file.name):
                text = self._decoded(data)
                if number + 1 == len(self.raw):
                    self.raw.append(self.raw[-1] + len(data))
                    self.clean.append(self.clean[-1] + len(text))
                if self.clean[number + 1] > begin:
                    yield self.clean[number], text
                number += 1

    def _chunks(self, stream: BinaryIO, number: int, name: str) -> Iterator[bytes]:
        """The blocks, those that are known as they were cut before."""
        if not self.wide:
            sizes = [b - a for a, b in pairwise(self.raw[number:])]
            yield from filter(None, map(stream.read, sizes))
            yield from _whole_lines(stream, name)
            return
        raw = iter(lambda: stream.read(_BLOCK), b"")
        for text in codecs.iterdecode(raw, self.codec, "replace"):
            yield text.removeprefix("\ufeff").encode()

    def _decoded(self, data: bytes) -> bytes:
        if self.wide or data.isascii():
            return data.removeprefix(codecs.BOM_UTF8)
        if self.codec == "ascii":
            self.codec = detect(data)
        if self.codec != "utf-8" or not is_utf8(data):
            data, replaced = to_utf8(data, self.codec)
            self.replaced += replaced
        return data.removeprefix(codecs.BOM_UTF8)


def _whole_lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Blocks that end with a line."""
    rest = b""
    while data := stream.read(max(_BLOCK, len(rest))):
        data = rest + data
        end = data.rfind(b"\n") + 1
        if not end and len(data) > _LONGEST:
            raise UnreadableData(
                f"'{name}' has a line of more than {_LONGEST >> 20} MB: dump it anew"
            )
        rest = data[end:]
        if end:
            yield data[:end]
    if rest:
        yield rest
