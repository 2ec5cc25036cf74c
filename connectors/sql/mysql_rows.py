"""Rows of MySQL's protocol as Arrow, straight from the socket that PyMySQL opened.

PyMySQL makes a Python object of every cell, which takes nearly all the time of a reading. Here
a few megabytes of packets are taken at once; where the cells of a column lie in it is computed for
all rows together, and Arrow copies them out. Login, TLS, timeouts and session stay PyMySQL's.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
import pyarrow as pa

from connectors.sql.rows import decoded, to_batch

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Places = np.ndarray[Any, np.dtype[np.int64]]

CHUNK = 2 << 20
_HEAD = 4  # bytes before a packet: three of length, one that counts
_MOST = 0xFFFFFF  # a packet of that length goes on in the next one
_NULL, _EOF, _ERROR = 0xFB, 0xFE, 0xFF
_EOF_BYTES = 9  # fewer than that: no cell of a length that takes eight bytes
_WIDTHS = ((0xFC, 2), (0xFD, 3), (0xFE, 8))  # marks of lengths that do not fit into a byte
_LOST = 2013
_MALFORMED = 2027


def columns(data: bytes, starts: Places, kinds: Sequence[pa.DataType]) -> tuple[list[Any], Places]:
    """The cells of every column of the rows that start there, and where the rows end."""
    held: Bytes = np.frombuffer(data, np.uint8)
    buffer = pa.py_buffer(data)
    at = starts.copy()
    arrays = []
    for kind in kinds:
        marks = held[at]
        lengths = marks.astype(np.int64)
        at = at + 1
        absent = marks == _NULL
        if marks.max(initial=0) >= _NULL:
            lengths[absent] = 0
            for mark, width in _WIDTHS:
                rows = np.flatnonzero(marks == mark)
                places = at[rows, None] + np.arange(width)
                lengths[rows] = (held[places].astype(np.int64) << (8 * np.arange(width))).sum(1)
                at[rows] += width
        ends = at + lengths
        arrays.append(_cells(buffer, at, ends, absent, kind))
        at = ends
    return arrays, at


def _cells(buffer: pa.Buffer, at: Places, ends: Places, absent: Any, kind: pa.DataType) -> pa.Array:  # noqa: ANN401
    """The bytes between two places each: every other value of an array that has the gaps too."""
    size = 2 * len(at) - 1
    offsets = np.empty(size + 1, np.int64)
    offsets[0::2], offsets[1::2] = at, ends
    valid = None
    if absent.any():
        there = np.ones(size, np.bool_)
        there[0::2] = ~absent
        valid = pa.py_buffer(np.packbits(there, bitorder="little"))
    parts = [valid, pa.py_buffer(offsets), buffer]
    cells = pa.Array.from_buffers(pa.large_binary(), size, parts)
    return decoded(cells.take(pa.array(np.arange(0, size, 2))), kind)


class Packets:
    """What is left to read of an unbuffered result of PyMySQL."""

    def __init__(self, result: Any, line: Any, dbapi: Any) -> None:  # noqa: ANN401 (no types)
        self._result = result
        self._line = line
        self._dbapi = dbapi
        self._held = b""

    def batches(self, schema: pa.Schema, most: int) -> Iterator[pa.RecordBatch]:
        """The rows, until the last; at least a batch. A batch has about a chunk of bytes."""
        kinds = [field.type for field in schema]
        begun = False
        for data, starts in self._blocks():
            for first in range(0, len(starts) - 1, most):
                rows = starts[first : first + most + 1]
                arrays, ends = columns(data, rows[:-1], kinds)
                if not np.array_equal(ends + _HEAD, rows[1:]):
                    self._broken("a row that does not end where it should")
                begun = True
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        if not begun:
            yield to_batch([], schema)

    def _blocks(self) -> Iterator[tuple[bytes, Places]]:
        """Bytes, and where rows start in them; the last place is where another would."""
        while self._result.unbuffered_active:
            data, places = self._more()
            starts = np.array(places, np.int64)
            self._count(np.frombuffer(data, np.uint8)[starts[:-1] - 1])
            last = data[places[-2] : places[-1] - _HEAD]
            if _is_end(last[0], len(last)):
                starts = starts[:-1]
                self._end(last)
            if len(starts) > 1:
                yield data, starts

    def _more(self) -> tuple[bytes, list[int]]:
        """Bytes that hold a packet at least, and where the contents of packets start in them."""
        data, self._held = bytearray(self._held), b""
        places, at = [_HEAD], 0
        while True:
            size = len(data)
            while at + _HEAD < size:
                length = data[at] | data[at + 1] << 8 | data[at + 2] << 16
                end = at + _HEAD + length
                if length == _MOST and not at:
                    return self._long(data)
                if end > size or length == _MOST:
                    break
                first, at = data[at + _HEAD], end
                places.append(at + _HEAD)
                if first >= _EOF and _is_end(first, length):
                    return bytes(data), places  # the server says nothing more
            if at and size >= CHUNK:
                break
            data += self._read()
        self._held = bytes(data[at:])
        return bytes(data), places

    def _long(self, data: bytearray) -> tuple[bytes, list[int]]:
        """A row of 16 MB or more, put together from its packets as if it were one."""
        whole, at, length = bytearray(_HEAD), 0, _MOST
        while length == _MOST:
            while len(data) < at + _HEAD:
                data += self._read()
            length = int.from_bytes(data[at : at + 3], "little")
            end = at + _HEAD + length
            while len(data) < end:
                data += self._read()
            self._count(np.frombuffer(bytes(data[at + 3 : at + 4]), np.uint8))
            whole += data[at + _HEAD : end]
            at = end
        number = self._line._next_seq_id  # noqa: SLF001 (counted twice otherwise)
        self._line._next_seq_id = whole[3] = (number - 1) % 256  # noqa: SLF001
        self._held = bytes(data[at:])
        return bytes(whole), [_HEAD, len(whole) + _HEAD]

    def _read(self) -> bytes:
        with ExitStack() as failing:
            failing.callback(self._line._force_close)  # noqa: SLF001
            try:
                data: bytes = self._line._rfile.read1(CHUNK)  # noqa: SLF001
            except OSError as error:
                raise self._dbapi.OperationalError(_LOST, f"lost connection ({error})") from None
            if not data:
                raise self._dbapi.OperationalError(_LOST, "lost connection")
            failing.pop_all()
        return data

    def _count(self, numbers: Bytes) -> None:
        """Packets are numbered, so that none is lost."""
        first = self._line._next_seq_id  # noqa: SLF001
        right = (first + np.arange(len(numbers))) % 256
        if not np.array_equal(numbers, right):
            if not numbers.any():  # MariaDB says so when it shuts down
                raise self._dbapi.OperationalError(_LOST, "lost connection")
            self._broken("packets out of order")
        self._line._next_seq_id = (first + len(numbers)) % 256  # noqa: SLF001

    def _end(self, content: bytes) -> None:
        self._result.unbuffered_active = False
        if content[0] == _ERROR:
            self._dbapi.err.raise_mysql_exception(content)
        self._result.connection = None

    def _broken(self, what: str) -> None:
        self._line._force_close()  # noqa: SLF001
        raise self._dbapi.InternalError(_MALFORMED, what)


def _is_end(first: int, length: int) -> bool:
    """Is a packet of such a first byte no row, but an error or the end of all rows?"""
    return first == _ERROR or (first == _EOF and length < _EOF_BYTES)
