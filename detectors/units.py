"""Units: texts as UTF-16 code units in one row, for arithmetic on characters, not on bytes.

One number a character: what lies beyond 16 bits counts as `WIDE`. `SEPARATOR` stands before,
between and after the texts, so that what is said of neighbours never joins two texts.
"""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Ints

Chars = npt.NDArray[np.uint16]
Counts = npt.NDArray[np.int32]

SEPARATOR = 0xFFFF  # no character
WIDE = 0xD800  # half of a pair, and none without the other half
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Units:
    """Spans of characters: each one's first in `chars`, and how many it has; in order."""

    chars: Chars
    firsts: Ints
    lengths: Ints

    def __len__(self) -> int:
        return len(self.firsts)

    @classmethod
    def of(cls, array: pa.Array) -> "Units":
        """The texts of a large string array without nulls, whole."""
        lengths = np.asarray(pc.utf8_length(array), dtype=np.int64)
        joined = _joined(array)
        if len(joined) != lengths.sum() + len(array) + 1:  # not UTF-8
            texts = [value.decode("utf-8", "replace") for value in _binary(array).to_pylist()]
            lengths = np.array([len(text) for text in texts], np.int64)
            joined = chr(SEPARATOR) + "".join(text + chr(SEPARATOR) for text in texts)
        data = joined.encode("utf-16-le", "surrogatepass")
        if len(data) != 2 * len(joined):
            data = _BEYOND.sub(chr(WIDE), joined).encode("utf-16-le", "surrogatepass")
        return cls(np.frombuffer(data, np.uint16), np.cumsum(lengths + 1) - lengths, lengths)

    def spans(self, firsts: Ints, lengths: Ints) -> "Units":
        """Other spans of the same characters, in order."""
        return Units(self.chars, firsts, lengths)

    def row_of(self, at: Ints) -> Ints:
        """The span that holds each character; the last one before it, where none does."""
        return np.searchsorted(self.firsts, at, side="right") - 1

    def bytes_before(self) -> Counts:
        """How many bytes of UTF-8 stand before each character."""
        width = np.ones(len(self.chars), np.uint8)
        width += self.chars >= 0x80
        width += self.chars >= 0x800
        width += self.chars == WIDE
        out = np.zeros(len(self.chars) + 1, np.int32)
        np.cumsum(width, out=out[1:], dtype=np.int32)
        return out


def _joined(array: pa.Array) -> str:
    one = pa.LargeListArray.from_arrays(pa.array([0, len(array)], pa.int64()), _binary(array))
    separator = chr(SEPARATOR)
    joined = pc.binary_join(one, pa.scalar(separator.encode(), pa.large_binary()))
    return separator + str(joined[0].as_buffer(), "utf-8", "replace") + separator


def _binary(array: pa.Array) -> pa.Array:
    return array.cast(pa.large_binary())


def gathered(table: pa.Array, at: npt.NDArray[np.uint8] | Chars) -> npt.NDArray[Any]:
    """The table's entry for each; Arrow needs no wider index, and half the time of numpy."""
    return np.asarray(pc.take(table, pa.array(at), boundscheck=False))


def taken(array: pa.Array, rows: Ints) -> pa.Array:
    """Some texts of an array, in order; no copy where they are all of a part."""
    if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
        return array.slice(int(rows[0]), len(rows))
    return array.take(pa.array(rows))
