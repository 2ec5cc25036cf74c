"""A text of any size in blocks of whole lines, UTF-8 or GB18030, each byte of it kept."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from scanner.binary import no_text
from scanner.errors import PicensusError

BLOCK = 1 << 20  # bytes read at a time
LONGEST = 16 << 20  # bytes of a line from which it is cut
_BOM = codecs.BOM_UTF8
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GAPS = b" \t,;"  # no byte of a character in either encoding


class TextError(PicensusError):
    """One sentence that says why a text cannot be read."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines. `line` is the number of the first, `column` the characters of it before this.

    Bytes that are no character of the encoding are kept as lone surrogates.
    """

    line: int
    column: int
    text: str
    encoding: str

    def encoded(self, text: str) -> bytes:
        """A text as its block was written."""
        return text.encode(self.encoding, "surrogateescape")


def blocks(stream: BinaryIO, size: int = BLOCK, longest: int = LONGEST) -> Iterator[Block]:
    """The blocks of a text, which ends anywhere; a byte order mark is a block of its own.

    Raises:
        TextError: it is UTF-16, or binary.
    """
    held, encoding, line, column, begun = b"", "", 1, 0, False
    while chunk := stream.read(size):
        held += chunk
        if not begun:
            begun = True
            if held.startswith(_WIDE):
                message = "it is UTF-16: convert it to UTF-8, with iconv for one"
                raise TextError(message)
            if said := no_text(held):
                raise TextError(said)
            if held.startswith(_BOM):
                yield Block(1, 0, _BOM.decode(), "utf-8")
                held = held[len(_BOM) :]
        cut = held.rfind(b"\n") + 1
        if not cut and len(held) < longest:
            continue
        encoding = encoding or _encoding(held[:cut] or held)
        cut = cut or _within(held, encoding or "utf-8")
        block = _block(held[:cut], encoding, line, column)
        yield block
        line, column = _after(block)
        held = held[cut:]
    if held:
        yield _block(held, encoding or _encoding(held), line, column)


def _block(raw: bytes, encoding: str, line: int, column: int) -> Block:
    encoding = encoding or "utf-8"
    return Block(line, column, raw.decode(encoding, "surrogateescape"), encoding)


def _after(block: Block) -> tuple[int, int]:
    """The line and column at which the next block begins."""
    ends = block.text.count("\n")
    if block.text.endswith("\n"):
        return block.line + ends, 0
    return block.line, block.column + len(block.text)


def _encoding(raw: bytes) -> str:
    """The encoding that a text shows; empty where it is ASCII so far."""
    if raw.isascii():
        return ""
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            decoder.decode(raw)  # the last character may be cut off
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8"


def _within(raw: bytes, encoding: str) -> int:
    """Where a line without an end may be cut: after a gap, or else between two characters."""
    cut = max(raw.rfind(gap) for gap in (bytes([byte]) for byte in _GAPS)) + 1
    if cut:
        return cut
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    decoder.decode(raw)
    pending, _ = decoder.getstate()
    return len(raw) - len(pending)
