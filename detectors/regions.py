"""Which region codes (GB/T 2260) there are or have been, as tables to look numbers up in."""

from functools import cache
from importlib.resources import files

import numpy as np

from detectors.texts import Flags, Ints

# Permits of residents from Hong Kong, Macau and Taiwan: the code ends in four zeros.
_PERMITS = (81, 82, 83)
_PROVINCES = (
    *range(11, 16),
    *range(21, 24),
    *range(31, 38),
    *range(41, 47),
    *range(50, 55),
    *range(61, 66),
    71,
)


def in_province(codes: Ints) -> Flags:
    """True where a six-digit code begins like one of a province, or is a permit's."""
    return is_province(codes // 10_000) | np.isin(codes, [p * 10_000 for p in _PERMITS])


def is_province(codes: Ints) -> Flags:
    """True where a two-digit code is a province's."""
    table = np.zeros(100, np.bool_)
    table[list(_PROVINCES)] = True
    return table[codes]


def is_county(codes: Ints) -> Flags:
    """True where a six-digit code is, or was, a county's."""
    return _counties()[codes]


@cache
def _counties() -> Flags:
    table = np.zeros(1_000_000, np.bool_)
    text = files("detectors").joinpath("data", "region_codes.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            prefecture, *ends = line.split()
            table[[int(prefecture + end) for end in ends]] = True
    table.flags.writeable = False  # one table serves every caller
    return table
