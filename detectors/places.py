"""Names of regions (GB/T 2260): which there are or have been, and where a text has one.

`data/regions.txt` lists them by level; `tools/build_addresses.py` writes it.
"""

from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from detectors.texts import Flags

Chars = npt.NDArray[np.uint16]

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


def first_region(text: str, start: int, end: int) -> int | None:
    """Where the first region's name begins, one that can begin an address."""
    heads = _heads()
    for at in range(start, end - 1):
        for name in heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return at
    return None


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """Names that begin addresses, by their first two characters.

    Counties in short are left out, they are common words too; cities of that level are not.
    """
    cities = {name for name in regions("county") if name.endswith("市")}
    larger = regions("province") | regions("prefecture") | cities
    heads: dict[str, tuple[str, ...]] = {}
    for name in sorted(regions() | {short(name) for name in larger}):
        heads[name[:2]] = (*heads.get(name[:2], ()), name)
    return heads


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
