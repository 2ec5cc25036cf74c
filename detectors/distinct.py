"""How many different values there are, counted so that it adds up over any split.

A batch knows its distinct values; over batches the same one may come again. So up to `MOST`
values are remembered by a keyed hash of 64 bits: joined, the sets count each value once. More
than that is "many", which is all that a verdict asks. The key is drawn at random, stays in
memory and dies with the process; processes with keys of their own count a value once each.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import numpy as np
import numpy.typing as npt

from detectors.texts import Ints, Texts

Words = npt.NDArray[np.uint64]

MOST = 256  # more than any verdict asks for
_TRIED = 16 * MOST  # spans that are looked at before all are
_WORDS = 128  # of eight bytes each, spread over a longer text
_MIX = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Distinct:
    """So many different values: exactly, or more than `MOST` where they are `many`."""

    keys: frozenset[int] = field(default=frozenset(), repr=False)
    many: bool = False

    def __len__(self) -> int:
        return MOST + 1 if self.many else len(self.keys)

    def __add__(self, other: "Distinct") -> "Distinct":
        return self if self.many else other if other.many else _few(self.keys | other.keys)

    @classmethod
    def of(cls, texts: Texts, starts: Ints, ends: Ints, labels: Ints | None = None) -> "Distinct":
        """Of the spans of these texts, each with a label below 4096 that `labelled` counts."""
        for count in sorted({min(_TRIED, len(starts)), len(starts)}):
            found = _hashed(texts.shared(_words), starts[:count], ends[:count])
            if labels is not None:
                found = found >> np.uint64(12) << np.uint64(12) | labels[:count].astype(np.uint64)
            distinct = np.unique(found)
            if len(distinct) > MOST:
                return _MANY
        return cls(frozenset(distinct.tolist()))

    @classmethod
    def heads(cls, texts: Texts, starts: Ints, size: int) -> "Distinct":
        """Of the first so many bytes from each start on, at most eight."""
        return cls.of(texts, starts, np.minimum(starts + size, len(texts.data)))

    def labelled(self, labels: Iterable[int]) -> int:
        """How many have one of the labels; not to be asked where there are many."""
        wanted = frozenset(labels)
        return sum(key & 0xFFF in wanted for key in self.keys)


NONE = Distinct()
_MANY = Distinct(many=True)


def _few(keys: frozenset[int]) -> Distinct:
    return Distinct(keys) if len(keys) <= MOST else _MANY


@cache
def _key() -> int:
    return secrets.randbits(64)


def _words(texts: Texts) -> Words:
    """The eight bytes from each byte of the buffer on, as one number; no copy but of the buffer."""
    padded = np.concatenate((texts.data, np.zeros(8, np.uint8)))
    return np.ndarray((len(texts.data) + 1,), "<u8", padded, strides=(1,))


def _hashed(words: Words, starts: Ints, ends: Ints) -> Words:
    """A keyed hash of each span: of all bytes up to a kilobyte, of a longer one's end and some."""
    lengths = ends - starts
    first, second = map(np.uint64, _MIX)
    out = (lengths.astype(np.uint64) + np.uint64(1)) * first ^ np.uint64(_key())
    steps = np.maximum(8, -(-lengths // _WORDS))
    long = np.flatnonzero(steps > 8)
    out[long] ^= words[ends[long] - 8] * first
    rows = np.flatnonzero(lengths > 0)
    at = np.zeros(len(rows), np.int64)
    while len(rows):
        left = np.minimum(lengths[rows] - at, 8).astype(np.uint64)
        word = words[starts[rows] + at]
        word &= np.uint64(2**64 - 1) >> (np.uint64(64) - np.uint64(8) * left)
        mixed = (out[rows] ^ word) * second
        out[rows] = (mixed ^ mixed >> np.uint64(29)) * first
        at += steps[rows]
        more = at < lengths[rows]
        rows, at = rows[more], at[more]
    return out ^ out >> np.uint64(32)
