"""Names of regions (GB/T 2260): which there are or have been, and where a text has one.

`data/regions.txt` lists them by level; `tools/build_addresses.py` writes it.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.texts import Flags, Ints
from detectors.units import Chars, gathered

Keys = npt.NDArray[np.uint64]

_ROOM = 4  # places in a table for each name, or more
_CERTAIN = 3  # characters from which few go on that begin no name
_MIX = np.uint64(0xD1B54A32D192ED03)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd: a key is a number in this base
LEVELS = ("province", "prefecture", "county")
# What may be left off a name: 杭州 for 杭州市, 广西 for 广西壮族自治区.
_ENDS = (
    *("维吾尔自治区", "壮族自治区", "回族自治区", "特别行政区", "自治区", "自治州", "自治县"),
    *("自治旗", "地区", "新区", "省", "市", "区", "县", "盟"),
)


@cache
def regions(level: str = "") -> frozenset[str]:
    """The full names of one level, or of all."""
    names: set[str] = set()
    text = files("detectors").joinpath("data", "regions.txt").read_text("utf-8")
    for line in text.splitlines():
        head, *listed = line.split()
        if head in LEVELS and level in ("", head):
            names.update(listed)
    return frozenset(names)


@cache
def known() -> frozenset[str]:
    """Every name of a region, in full and, where two characters or more are left, in short."""
    return frozenset(regions() | {short(name) for name in regions()})


def short(name: str) -> str:
    """The name without its last word, or as it is where less than two characters would stay."""
    for end in _ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name.removesuffix(end)
    return name


class Names:
    """Tells where the name of a region stands that can begin an address.

    Counties in short are left out, they are common words too; cities of that level are not.
    """

    def __init__(self) -> None:
        """Sorts the names by length; one that begins with another tells no more than that."""
        cities = {name for name in regions("county") if name.endswith("市")}
        larger = regions("province") | regions("prefecture") | cities
        every = regions() | {short(name) for name in larger}
        names = [n for n in every if not any(n[:size] in every for size in range(2, len(n)))]
        self._first, self._second = _sieve(names)
        longest = max(map(len, names))
        self._whole = [_Known(n for n in names if len(n) == size) for size in range(longest + 1)]
        self._begun = [
            _Known(n[:size] for n in names if len(n) > size) for size in range(longest + 1)
        ]

    def at(self, chars: Chars) -> Ints:
        """The characters at which a name begins, in order."""
        sieved = gathered(self._first, chars[:-1]) & gathered(self._second, chars[1:])
        at = np.flatnonzero(sieved > 0)
        at, key = _longer(chars, at, chars[at].astype(np.uint64), 2)
        found = []
        for size, (whole, begun) in enumerate(
            zip(self._whole[2:], self._begun[2:], strict=True), 2
        ):
            is_whole = whole.has(key)
            found.append(at[is_whole])
            going = ~is_whole if size < _CERTAIN else begun.has(key)
            at, key = _longer(chars, at[going], key[going], size + 1)
        return np.sort(np.concatenate(found), kind="stable")


def _longer(chars: Chars, at: Ints, key: Keys, size: int) -> tuple[Ints, Keys]:
    """The keys of names one character longer."""
    inside = at + size <= len(chars)
    if not inside.all():
        at, key = at[inside], key[inside]
    return at, key * _FACTOR + chars[at + size - 1]


class _Known:
    """Names of one length as numbers of 64 bits; the high bits say where in a table one is."""

    def __init__(self, names: Iterable[str]) -> None:
        """Puts each where its high bits say, or as near behind as is free."""
        listed = sorted(set(names))
        self._shift = 64 - (len(listed) * _ROOM).bit_length()
        keys = np.zeros((1 << 64 - self._shift) + len(listed), np.uint64)
        self._reach = 0
        for name in listed:
            key = 0
            for char in name:
                key = (key * int(_FACTOR) + ord(char)) % (1 << 64)
            place = first = (key * int(_MIX)) % (1 << 64) >> self._shift
            while keys[place]:
                place += 1
            keys[place] = key
            self._reach = max(self._reach, place - first + 1)
        self._keys = keys

    def has(self, keys: Keys) -> Flags:
        """True for numbers of a name."""
        places = (keys * _MIX >> np.uint64(self._shift)).astype(np.int64)
        out = np.zeros(len(keys), np.bool_)
        for further in range(self._reach):
            out |= self._keys[places + further] == keys
        return out


def _sieve(names: Iterable[str]) -> tuple[pa.Array, pa.Array]:
    """For each character a bit for each group of second ones that it may stand before, or is of.

    Two neighbours with a bit in common may begin a name; few do that do not.
    """
    first, second = np.zeros(65536, np.uint16), np.zeros(65536, np.uint16)
    for name in names:
        bit = np.uint16(1 << ord(name[1]) % 16)
        first[ord(name[0])] |= bit
        second[ord(name[1])] |= bit
    return pa.array(first), pa.array(second)


@cache
def names() -> Names:
    """One table for every caller."""
    return Names()


class Beginnings:
    """Tells which pairs of characters begin the name of a region: a two-level bitmap."""

    def __init__(self) -> None:
        """Fills the bitmap from the names."""
        pairs = {(ord(name[0]), ord(name[1])) for name in known()}
        firsts = sorted({first for first, _ in pairs})
        self._row = np.zeros(65536, np.uint16)
        self._row[firsts] = np.arange(1, len(firsts) + 1)
        bits = np.zeros((len(firsts) + 1, 65536), np.bool_)
        for first, second in pairs:
            bits[self._row[first], second] = True
        self._bits = np.packbits(bits, axis=1, bitorder="little")

    def at(self, first: Chars, second: Chars) -> Flags:
        """True where the two characters begin a region's name."""
        byte = self._bits[self._row[first], second >> np.uint16(3)]
        bit = byte >> (second & np.uint16(7)).astype(np.uint8) & 1
        return np.asarray(bit, dtype=np.bool_)


@cache
def beginnings() -> Beginnings:
    """One bitmap for every caller."""
    return Beginnings()
