"""A text file as blocks of clean UTF-8 that end where a record ends, all of them or some."""

import codecs
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files.encodings import detect, is_binary, to_utf8
from connectors.files.form import File
from connectors.files.records import record_end

BLOCK = 8 << 20  # bytes read at a time
LONGEST = 64 << 20  # bytes of one record; the rest of a longer one is left out
HEAD = 1 << 18  # bytes looked at to find out encoding, delimiter and header
WHOLE = 64 << 20  # a file up to this size is read whole even for a sample
PIECE = 1 << 18  # bytes of one random block of a larger file
PIECES = 64  # random blocks at least


@dataclass(slots=True)
class Tally:
    """What had to be mended on the way."""

    replaced: int = 0
    nuls: int = 0
    shortened: int = 0

    def warnings(self, codec: str) -> Iterator[str]:
        """One sentence for each kind of damage."""
        if self.replaced:
            yield f"{self.replaced} byte sequences were no valid {codec} and were replaced"
        if self.nuls:
            yield f"{self.nuls} NUL bytes were left out"
        if self.shortened:
            yield f"{self.shortened} lines longer than {LONGEST >> 20} MB were cut"


class Text:
    """One text file, compressed or not."""

    def __init__(self, file: File, reading: Reading) -> None:
        """Looks at the beginning of the file.

        Raises:
            UnreadableData: it is not text, or compressed and broken.
        """
        self.file, self.reading = file, reading
        self.tally = Tally()
        with file.stream() as stream:
            raw = stream.read(HEAD)
        self.whole = len(raw) < HEAD  # the head is the entire text
        if raw.startswith(_FOREIGN):
            message = f"'{file.name}' is not text inside: unpack it, or correct its name"
            raise UnreadableData(message)
        self.codec = detect(raw)
        self.wide = self.codec.startswith(("utf-16", "utf-32"))
        text = codecs.getincrementaldecoder(self._decoder)("replace").decode(raw)
        if is_binary(text.encode() if self.wide else raw):
            message = f"'{file.name}' holds binary data, not text: give it its proper name"
            raise UnreadableData(message)
        self.head = text.removeprefix("\ufeff").replace("\0", "")
        self.newline = b"\n"
        if "\r" in self.head and "\n" not in self.head:
            self.newline, self.head = b"\r", self.head.replace("\r", "\n")

    @property
    def size(self) -> int:
        """Bytes as they lie there."""
        return self.file.content.size

    def blocks(self, quoted: bool = False) -> Iterator[bytes]:
        """The whole text; with `quoted`, a line break between quotation marks ends no record."""
        with self.file.stream() as file:
            first = True
            for block in self._whole(self._chunks(file), quoted):
                yield (
                    self._clean(block).removeprefix(codecs.BOM_UTF8)
                    if first
                    else self._clean(block)
                )
                first = False
        self.reading.warnings.extend(self.tally.warnings(self.codec))

    def pieces(self, sampling: Sampling) -> Iterator[bytes] | None:
        """Random blocks of whole lines; None where the file is to be read whole.

        A line belongs to the block that its first byte lies in, so each is as likely to be drawn.
        """
        known = "\n" in self.head and self.file.seeks and not self.wide
        if sampling.rows is None or self.size <= WHOLE or not known:
            return None
        width = len(self.head) / (self.head.count("\n") + 1)
        wanted = max(PIECES, math.ceil(2 * width * sampling.rows / PIECE))
        total = math.ceil(self.size / PIECE)
        if wanted * 2 > total:
            return None
        chosen = sorted(random.Random(sampling.seed).sample(range(total), wanted))
        part, whole = wanted * PIECE >> 20, self.size >> 20
        self.reading.how = f"{wanted} random blocks cut at line ends ({part} of {whole} MB)"
        return self._pieces(chosen)

    def _pieces(self, chosen: list[int]) -> Iterator[bytes]:
        with self.file.stream() as file:
            for number in chosen:
                begin, end = number * PIECE, (number + 1) * PIECE
                file.seek(max(begin - 1, 0))
                if begin:
                    file.readline(BLOCK)
                start = file.tell()
                data = file.read(end - start) if start < end else b""
                if data and not data.endswith(b"\n"):
                    data += file.readline(BLOCK)
                yield self._clean(data).removeprefix(b"" if number else codecs.BOM_UTF8)
        self.reading.warnings.extend(self.tally.warnings(self.codec))

    @property
    def _decoder(self) -> str:
        return "utf-8" if self.codec == "ascii" else self.codec

    def _chunks(self, file: BinaryIO) -> Iterator[bytes]:
        """The bytes as they come; UTF-16 and UTF-32 as UTF-8, the others as they are."""
        size = max(HEAD, min(BLOCK, self.size)) if self.file.seeks else BLOCK
        raw = iter(lambda: file.read(size), b"")
        if not self.wide:
            yield from raw
        else:
            for text in codecs.iterdecode(raw, self.codec, "replace"):
                self.tally.replaced += text.count("\ufffd")
                yield text.encode()

    def _whole(self, chunks: Iterator[bytes], quoted: bool) -> Iterator[bytes]:
        """The chunks cut anew at record ends; a record that never ends is cut at `LONGEST`."""
        rest: list[bytes] = []
        held, due, dropping = 0, 0, False
        for chunk in chunks:
            if dropping:
                _, found, chunk = chunk.partition(self.newline)  # noqa: PLW2901
                dropping = not found
            rest.append(chunk)
            held += len(chunk)
            if held < due:
                continue
            data = b"".join(rest)
            end = record_end(data, self.newline) if quoted else data.rfind(self.newline) + 1
            if not end and held >= LONGEST:
                end = data.rfind(self.newline) + 1
                dropping, self.tally.shortened = not end, self.tally.shortened + (not end)
                end = end or held
            if end:
                yield data[:end] + (self.newline if dropping else b"")
            rest, held = [data[end:]], held - end
            due = 0 if end else 2 * held  # so that a long record is searched few times
        if held:
            yield b"".join(rest)

    def _clean(self, block: bytes) -> bytes:
        """Valid UTF-8 without NULs and with line feeds."""
        if not self.wide and (self.codec not in {"ascii", "utf-8"} or not is_utf8(block)):
            if self.codec == "ascii":
                self.codec = detect(block[_first_beyond_ascii(block) :])
            block, replaced = to_utf8(block, self._decoder)
            self.tally.replaced += replaced
        if b"\0" in block:
            self.tally.nuls += block.count(b"\0")
            block = block.replace(b"\0", b"")
        return block if self.newline == b"\n" else block.replace(b"\r", b"\n")


_FOREIGN = (b"PK\x03\x04", b"PAR1", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF", b"SQLite format 3")


def _first_beyond_ascii(data: bytes) -> int:
    return int(np.argmax(np.frombuffer(data, np.uint8) >= 0x80))


def is_utf8(data: bytes) -> bool:
    """True where the bytes are valid UTF-8; at memory speed, without making a text of them."""
    offsets = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(
            full=True
        )
    except pa.ArrowInvalid:
        return False
    return True
