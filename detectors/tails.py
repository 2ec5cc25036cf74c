"""What stands before many places of a batch of texts, each different phrase read once.

The phrases before signs come again and again. So bytes are read backwards, four at a time, by
groups of places that have the same so far: most are told apart, and done, after a few.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.texts import Bytes, Flags, Ints, Texts

Quads = npt.NDArray[np.uint32]

LONGEST = 36  # bytes before a value that can name it: twelve Han characters
_STEP = 4
_NAME = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-"
# Of four bytes, the last ones that are left where a text begins between them.
_LEFT = np.array([0, 0xFF000000, 0xFFFF0000, 0xFFFFFF00, 0xFFFFFFFF], np.uint32)


def quads(texts: Texts) -> Quads:
    """For every position in the buffer, the `LONGEST` bytes before it: four from each place."""
    padded = np.concatenate((np.zeros(LONGEST, np.uint8), texts.data))
    return np.ndarray(len(padded) - _STEP + 1, "<u4", padded, strides=(1,))


def phrases(texts: Texts, before: Quads, stops: Ints) -> tuple[Ints, list[bytes]]:
    """The phrase that ends at each stop, as an index, and the phrases.

    A phrase is what is no ASCII at the end of the text before, and the letters and digits before
    that, so that `QQ号` stays whole: up to `LONGEST` bytes, zeros in front. `before` is `quads`.
    """
    which, found = np.zeros(len(stops), np.int64), list[bytes]()
    held = stops - texts.offsets[texts.row_of(np.maximum(stops - 1, 0))]
    at, groups = np.arange(len(stops)), np.zeros(len(stops), np.int64)
    known = _Groups(np.zeros((1, LONGEST), np.uint8), np.ones(1, np.bool_))
    for read in range(0, LONGEST, _STEP):
        four = before[stops[at] + (LONGEST - _STEP - read)]
        four &= _LEFT[np.clip(held[at] - read, 0, _STEP)]
        encoded = pa.array(groups.astype(np.uint64) << 32 | four).dictionary_encode()
        groups = np.asarray(encoded.indices, dtype=np.int64)
        going = known.read(np.asarray(encoded.dictionary), read)
        if read + _STEP == LONGEST:
            going[:] = False
        numbers = len(found) + np.cumsum(~going) - 1
        found += [phrase.tobytes() for phrase in known.bytes[~going]]
        open_ = going[groups]
        which[at[~open_]] = numbers[groups[~open_]]
        at, groups = at[open_], (np.cumsum(going) - 1)[groups[open_]]
        known.keep(going)
        if not len(at):
            break
    return which, found


class _Groups:
    """Different ends of texts, as far as they are read: their bytes, and if they are all wide."""

    def __init__(self, data: Bytes, wide: Flags) -> None:
        self.bytes, self.wide = data, wide

    def read(self, keys: npt.NDArray[np.uint64], read: int) -> Flags:
        """Puts four more bytes before each group; True where its phrase may still go on.

        A key is the number of the group as it was, and the four bytes.
        """
        parents = (keys >> 32).astype(np.int64)
        self.bytes, self.wide = self.bytes[parents], self.wide[parents]
        four = (keys & 0xFFFFFFFF).astype("<u4").view(np.uint8).reshape(-1, _STEP)
        going = np.ones(len(keys), np.bool_)
        for back in range(1, _STEP + 1):
            byte = four[:, -back]
            self.wide &= byte >= 0x80
            going &= self.wide | IS_NAME[byte]
            self.bytes[:, LONGEST - read - back] = np.where(going, byte, 0)
        return going

    def keep(self, which: Flags) -> None:
        """Forgets the other groups."""
        self.bytes, self.wide = self.bytes[which], self.wide[which]


def table(chars: str) -> Flags:
    """True for these characters, by their byte."""
    out = np.zeros(256, np.bool_)
    out[[ord(char) for char in chars]] = True
    return out


IS_NAME = table(_NAME.decode())
