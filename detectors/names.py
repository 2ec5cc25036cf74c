"""How much two to four Han characters look like a person's name: tables, by array arithmetic.

Sources:
    `data/names.npz`, built by `tools/build_names.py`; it says itself what from.

The score is half a likelihood ratio (surname times given name against common words of the same
length, by position) and half a logistic regression over the same characters; the names of regions
are none. Every character is one look-up in a table a position: no dictionary, no model.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from detectors.texts import Bytes, Flags, Ints

Codes = npt.NDArray[np.uint16]  # columns of the tables, shape (names, characters)
Floats = npt.NDArray[np.float32]

LIKELY = -1.5  # scores above it are taken for names
_BOUND = 12  # a likelihood ratio says no more than this
_REGION = 6.0  # what the name of a region loses
_TIBETAN = 4.0


class Names:
    """The tables, and the scores they give."""

    def __init__(self, tables: Mapping[str, npt.NDArray[np.generic]]) -> None:
        """Takes the arrays of names.npz."""

        def floats(key: str) -> Floats:
            return np.asarray(tables[key], dtype=np.float32)

        self.about: dict[str, str] = json.loads(str(tables["about"]))
        self._index: Codes = np.asarray(tables["index"], dtype=np.uint16)
        self._plain = {n: floats(f"plain_{n}") for n in (2, 3, 4)}
        self._joined = {n: floats(f"compound_{n}") for n in (3, 4)}
        self._weights = {n: floats(f"weights_{n}") for n in (2, 3, 4)}
        self._bias = dict(zip((2, 3, 4), floats("bias"), strict=True))
        self._compound = np.asarray(tables["compound"], dtype=np.uint64)
        self._compound_share = floats("compound_share")
        self._regions = _Set(np.asarray(tables["regions"], dtype=np.uint64))
        self._tibetan = _Set(np.asarray(tables["tibetan"], dtype=np.uint64))
        self._foreign = floats("foreign")
        columns = self._plain[2].shape[1]
        self._surnames = np.zeros(columns, np.bool_)
        self._surnames[np.asarray(tables["surnames"], dtype=np.intp)] = True
        self._begins_compound = np.zeros(columns, np.bool_)
        self._begins_compound[(self._compound >> np.uint64(16)).astype(np.intp)] = True

    def codes(self, chars: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]) -> Codes:
        """The table columns of code points; 0 for what the tables do not know."""
        if chars.dtype == np.uint16:
            return self._index[chars]
        return self._index[np.where(chars < 65536, chars, 0)]

    def scores(self, codes: Codes) -> Floats:
        """One score a row; the rows have 2, 3 or 4 characters."""
        length = codes.shape[1]
        ratio = _summed(self._plain[length], codes)
        if length > 2:
            self._raise_compound(ratio, codes)
        weighed = _summed(self._weights[length], codes) + self._bias[length]
        score: Floats = 0.5 * np.clip(ratio, -_BOUND, _BOUND) + 0.5 * weighed
        near = np.flatnonzero(score > LIKELY)
        score[near[self._regions.has(_keys(codes[near]))]] -= _REGION
        if length == 4:
            both = self._tibetan.has(_keys(codes[:, :2]))
            at = np.flatnonzero(both)
            at = at[self._tibetan.has(_keys(codes[at, 2:]))]
            score[at] = np.maximum(score[at], _TIBETAN)
        return score

    def foreignness(self, codes: Codes) -> Floats:
        """How much each character is one of those that transcribe foreign names, as a log."""
        return self._foreign[codes]

    def is_surname(self, codes: Codes) -> Flags:
        """True where a single character is a surname."""
        return self._surnames[codes]

    def _raise_compound(self, ratio: Floats, codes: Codes) -> None:
        """Read the first two characters as a compound surname where that is likelier."""
        at = np.flatnonzero(self._begins_compound[codes[:, 0]])
        pairs = _keys(codes[at, :2])
        found = np.minimum(np.searchsorted(self._compound, pairs), len(self._compound) - 1)
        hit = self._compound[found] == pairs
        at = at[hit]
        own = _summed(self._joined[codes.shape[1]], codes[at]) + self._compound_share[found[hit]]
        ratio[at] = np.maximum(ratio[at], own)


@cache
def names() -> Names:
    """The tables of this package, read once."""
    path = files("detectors").joinpath("data", "names.npz")
    with path.open("rb") as file, np.load(file) as tables:
        return Names(dict(tables))


def han(data: Bytes, starts: Ints, count: int) -> tuple[npt.NDArray[np.uint32], Ints]:
    """The next `count` code points from each start, 0 for one that is not Han; and the ends.

    Han here is U+3400 to U+9FFF and what lies beyond the basic plane from U+20000.
    """
    last = len(data) - 1
    chars = np.zeros((len(starts), count), np.uint32)
    at = starts.copy()
    if last < 0:
        return chars, at
    for place in range(count):
        lead, *after = (data[np.minimum(at + n, last)].astype(np.uint32) for n in range(3))
        one, two = (byte & 63 for byte in after)
        char = (lead & 15) << 12 | one << 6 | two
        basic = (lead >> 4 == 14) & (char >= 0x3400) & (char <= 0x9FFF) & (at + 2 <= last)
        rare = lead == 0xF0
        if rare.any():
            three = data[np.minimum(at + 3, last)] & 63
            char = np.where(rare, one << 12 | two << 6 | three, char)
            rare &= (char >= 0x20000) & (at + 3 <= last)
        chars[:, place] = np.where(basic | rare, char, 0)
        at = np.minimum(at + np.where(rare, 4, 3), last + 1)
    return chars, at


def _summed(table: Floats, codes: Codes) -> Floats:
    total: Floats = table[0][codes[:, 0]]
    for place in range(1, codes.shape[1]):
        total = total + table[place][codes[:, place]]
    return total


def _keys(codes: Codes) -> npt.NDArray[np.uint64]:
    """The characters of each row as one number."""
    keys = codes[:, 0].astype(np.uint64)
    for place in range(1, codes.shape[1]):
        keys = keys << np.uint64(16) | codes[:, place]
    return keys


class _Set:
    """A set of numbers that answers for whole arrays: sorted, behind a filter of hash bits."""

    def __init__(self, members: npt.NDArray[np.uint64]) -> None:
        self._members = np.sort(members)
        self._filter = np.zeros(1 << 16, np.bool_)
        self._filter[_hashed(members)] = True

    def has(self, keys: npt.NDArray[np.uint64]) -> Flags:
        """True for each key that is a member."""
        out = self._filter[_hashed(keys)]
        at = np.flatnonzero(out)
        found = np.minimum(np.searchsorted(self._members, keys[at]), len(self._members) - 1)
        out[at] = self._members[found] == keys[at]
        return out


def _hashed(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return (keys ^ keys >> np.uint64(29)) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(48)
