"""Texts: one Arrow string array as a byte buffer, and the views that detectors share.

Every value becomes text here, once: numbers and dates are cast, never skipped, because phones
and ID numbers live in BIGINT columns. Full-width ASCII becomes half-width, one character for
one, so that character offsets into the original text hold.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.as_text import as_text

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]

V = TypeVar("V")

_ZERO, _NINE = ord("0"), ord("9")
_BLANK = 0x20  # and the control characters below it


@dataclass(frozen=True, slots=True)
class Runs:
    """Maximal spans of one byte class: row of each, first byte and the byte after the last."""

    rows: Ints
    starts: Ints
    ends: Ints

    @property
    def lengths(self) -> Ints:
        """Bytes in each run."""
        return self.ends - self.starts

    def take(self, which: Flags | Ints) -> "Runs":
        """The chosen runs, in order."""
        return Runs(self.rows[which], self.starts[which], self.ends[which])


class Texts:
    """A batch of texts as half-width UTF-8 in one contiguous buffer.

    `data` holds the bytes, `offsets` (n + 1) where each text begins; positions everywhere are
    absolute bytes in `data`. `counts` says how many rows hold each text, so that equal values
    are judged once.
    """

    def __init__(
        self, array: pa.Array, counts: Ints | None = None, *, half_width: bool = False
    ) -> None:
        """Takes a string array without nulls as it is; see `of` for any other array.

        `half_width` says that it is out of `Texts`, with no full-width ASCII left.
        """
        array = array.cast(pa.large_string())
        _, offsets, data = array.buffers()
        first = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
        raw = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
        self.data, self.offsets = raw[first[0] : first[-1]], first - first[0]
        if not half_width:
            self.data, self.offsets = _half_width(self.data, self.offsets)
        self.counts: Ints = np.ones(len(array), np.int64) if counts is None else counts
        self._views: dict[Callable[[Texts], Any], Any] = {}

    @classmethod
    def of(cls, array: pa.Array | pa.ChunkedArray) -> "Texts":
        """The distinct texts of any array, with their counts; nulls are left out.

        Integers, decimals, dates and times are cast; a whole-numbered float loses its `.0`;
        binary that is not UTF-8 becomes no text.
        """
        texts = as_text(array)
        if isinstance(texts, pa.ChunkedArray):
            texts = texts.combine_chunks()
        table = pc.value_counts(texts.drop_null())
        return cls(table.field("values"), np.asarray(table.field("counts"), dtype=np.int64))

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @cached_property
    def lengths(self) -> Ints:
        """Bytes in each text."""
        return np.asarray(np.diff(self.offsets), dtype=np.int64)

    @cached_property
    def chars(self) -> Ints:
        """Characters (code points) in each text."""
        return np.asarray(pc.utf8_length(self.array), dtype=np.int64)

    @cached_property
    def array(self) -> pa.Array:
        """The texts as a large string array, for `pyarrow.compute`; no copy."""
        buffers = [None, pa.py_buffer(self.offsets), pa.py_buffer(self.data)]
        return pa.Array.from_buffers(pa.large_string(), len(self), buffers)

    @cached_property
    def cores(self) -> Runs:
        """Each text without ASCII space around it; empty where nothing else is there."""
        starts, ends = self.offsets[:-1].copy(), self.offsets[1:].copy()
        at = np.flatnonzero(ends > starts)
        at = at[(self.data[starts[at]] <= _BLANK) | (self.data[ends[at] - 1] <= _BLANK)]
        if len(at):  # few columns have blanks at the edges, and then few rows
            solid = np.flatnonzero(self.data > _BLANK)
            following = np.append(solid, len(self.data))[np.searchsorted(solid, starts[at])]
            preceding = np.append(-1, solid)[np.searchsorted(solid, ends[at])]
            starts[at] = np.minimum(following, ends[at])
            ends[at] = np.maximum(preceding + 1, starts[at])
        return Runs(np.arange(len(self)), starts, ends)

    @cached_property
    def digit_runs(self) -> Runs:
        """Every maximal run of ASCII digits."""
        return self.runs((self.data >= _ZERO) & (self.data <= _NINE))

    @cached_property
    def word_runs(self) -> Runs:
        """Every maximal run of ASCII letters and digits."""
        return self.runs(_IS_WORD[self.data])

    @cached_property
    def most_digits(self) -> int:
        """The largest number of digits in any one text."""
        runs = self.digit_runs
        if not len(runs.rows):
            return 0
        return int(np.bincount(runs.rows, weights=runs.lengths).max())

    @cached_property
    def row_flags(self) -> Flags:
        """True at the first byte of each text, and one past the end."""
        flags = np.zeros(len(self.data) + 1, np.bool_)
        flags[self.offsets] = True
        return flags

    def runs(self, mask: Flags) -> Runs:
        """Maximal runs of True in `mask` (one flag a byte) that stay within one text."""
        if not len(mask):
            return Runs(*(np.zeros(0, np.int64) for _ in range(3)))
        padded = np.concatenate(([False], mask, [False]))
        begin = padded[1:-1] & (~padded[:-2] | self.row_flags[:-1])
        finish = padded[1:-1] & (~padded[2:] | self.row_flags[1:])
        starts, ends = np.flatnonzero(begin), np.flatnonzero(finish) + 1
        # Where each text's runs begin, rather than the text of each run: most have several.
        firsts = np.searchsorted(starts, self.offsets)
        return Runs(np.repeat(np.arange(len(self)), np.diff(firsts)), starts, ends)

    def shared(self, view: Callable[["Texts"], V]) -> V:
        """A view of these texts that several detectors need, computed on first use."""
        if view not in self._views:
            self._views[view] = view(self)
        seen: V = self._views[view]
        return seen

    def cut(self, starts: Ints, ends: Ints) -> "Texts":
        """The bytes of each span as texts of their own."""
        if len(starts) and bool((starts[1:] >= ends[:-1]).all()):
            # Spans in order are every other text of the whole: Arrow copies each at once.
            edges = pa.py_buffer(np.column_stack((starts, ends)).astype(np.int64))
            buffers = [None, edges, pa.py_buffer(self.data)]
            parts = pa.Array.from_buffers(pa.large_string(), 2 * len(starts) - 1, buffers)
            return Texts(parts.take(pa.array(np.arange(0, len(parts), 2))), half_width=True)
        lengths = ends - starts
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        at = np.repeat(starts - offsets[:-1], lengths) + np.arange(offsets[-1])
        buffers = [None, pa.py_buffer(offsets.astype(np.int64)), pa.py_buffer(self.data[at])]
        parts = pa.Array.from_buffers(pa.large_string(), len(starts), buffers)
        return Texts(parts, half_width=True)

    def row_of(self, positions: Ints) -> Ints:
        """The row that holds each byte position."""
        return np.searchsorted(self.offsets, positions, side="right") - 1

    def before(self, positions: Ints) -> Bytes:
        """The byte before each position, 0 where the text begins."""
        inside = ~self.row_flags[positions]
        return np.where(inside, self.data[np.maximum(positions - 1, 0)], 0).astype(np.uint8)

    def after(self, positions: Ints) -> Bytes:
        """The byte at each position, 0 where the text has ended."""
        if not len(self.data):
            return np.zeros(len(positions), np.uint8)
        inside = ~self.row_flags[positions]
        at = np.minimum(positions, len(self.data) - 1)
        return np.where(inside, self.data[at], 0).astype(np.uint8)

    def bordered(self, starts: Ints, ends: Ints) -> Flags:
        r"""True where no ASCII letter or digit touches the span.

        Never `\b`: Unicode sees no border between a Han character and a digit. A span that
        goes on as a decimal fraction (`13800138000.75`) is not bordered; `.0` and `.00` are
        what spreadsheets add to whole numbers, and are.
        """
        right = self.after(ends)
        free = ~_IS_WORD[self.before(starts)] & ~_IS_WORD[right]
        dotted = np.flatnonzero(free & (right == ord(".")))
        if len(dotted):
            tenths = self.after(np.minimum(ends[dotted] + 1, len(self.data)))
            hundredths = self.after(np.minimum(ends[dotted] + 2, len(self.data)))
            fraction = np.where(tenths == _ZERO, hundredths, tenths)
            free[dotted] = (fraction <= _ZERO) | (fraction > _NINE)
        return free

    def text(self, start: int, end: int) -> str:
        """The characters of one span; for the few candidates that need a look in Python."""
        return self.data[start:end].tobytes().decode("utf-8", "replace")

    def row_text(self, row: int) -> str:
        """The characters of one text."""
        return self.text(int(self.offsets[row]), int(self.offsets[row + 1]))

    def byte_spans(
        self, row: int, text: str, spans: Iterable[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Spans of the characters of one text, in order, as bytes; each is read once."""
        end, done = int(self.offsets[row]), 0
        for first, last in spans:
            start = end + len(text[done:first].encode())
            end, done = start + len(text[first:last].encode()), last
            yield start, end

    def char_span(self, row: int, start: int, end: int) -> tuple[int, int]:
        """A span in characters of its text, which are those of the original text too."""
        begin = int(self.offsets[row])
        head = len(self.text(begin, start))
        return head, head + len(self.text(start, end))


def _word_table() -> Flags:
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(b"0123456789abcdefghijklmnopqrstuvwxyz", np.uint8)] = True
    table[np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)] = True
    return table


_IS_WORD = _word_table()


def _half_width(data: Bytes, offsets: Ints) -> tuple[Bytes, Ints]:
    """Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space as one byte each."""
    if len(data) < 3:
        return data, offsets
    at = np.flatnonzero((data[:-2] == 0xEF) | (data[:-2] == 0xE3))
    lead, middle, last = data[at], data[at + 1], data[at + 2]
    low, high = (middle == 0xBC) & (last >= 0x81), (middle == 0xBD) & (last <= 0x9E)
    space = (lead == 0xE3) & (middle == 0x80) & (last == 0x80)
    fits = ((lead == 0xEF) & (low | high)) | space
    if not fits.any():
        return data, offsets
    at, space = at[fits], space[fits]
    code = (middle[fits].astype(np.int64) - 0xBC) * 64 + last[fits] - 0x80
    out = data.copy()
    out[at] = np.where(space, 0x20, code + 0x20)
    keep = np.ones(len(data), np.bool_)
    keep[at + 1] = keep[at + 2] = False
    return out[keep], offsets - 2 * np.searchsorted(at, offsets)
