"""Postal address (地址).

Sources:
    GB/T 23705 and everyday use: region, road and number, estate or village, building, unit,
    floor, room. GB/T 2260: names of regions, abolished ones too (`detectors/data/regions.txt`).
    The weights of the counts: see `detectors.addresses`.

Caught:
    Whole values with a road, village, estate or house in them whose counts are an address's,
    with or without region and number, of the form only; a company or place after three levels of
    regions. In a text: from a trigger (`地址：`,
    `住在`, `寄到`, `"address":"`), a region's name or a near road, to the last mark. Proven
    there where a trigger stands before it, or region, road and number agree.

Not caught:
    Names of regions alone (浙江省杭州市): those are another kind. Names of estates, shops and
    buildings alone. English and pinyin addresses. What follows the last mark (shop, 东区旁).
    Masked addresses (see `detectors.states`).

Mistaken for it:
    0.6 % of clauses of the news, 10 % of places that the news tell of (roads and villages), 12 % of
    institutions with their place, 2 % of products with a number. Full names of companies
    are told apart, unless a house number stands in them. See `bench/addresses.py`.
"""

from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.address_text import DOCUMENT, SENTENCE, find
from detectors.addresses import MOST, scores
from detectors.base import Detector, Matches
from detectors.texts import Flags, Ints, Texts

_LEAST = 12  # bytes: four characters
_STOPS = b':;=<>{}[]"!?|,\n'


class Address(Detector):
    """Finds postal addresses.

    `shape_chance`, `chance` and `expected` are the shares of other short texts and of addresses
    found, `text_chance` of sentences without an address, as `bench/addresses.py` prints them.
    """

    kind: ClassVar[str] = "address"
    chance: ClassVar[float] = 5e-5
    shape_chance: ClassVar[float] = 0.015
    text_chance: ClassVar[float] = 0.006
    expected: ClassVar[float] = 0.9
    words: ClassVar[bool] = True

    def find(self, texts: Texts) -> Matches:
        """Whole values that are addresses, and addresses inside texts."""
        if not len(texts.data) or texts.data.max() < 0xE4:
            return Matches.none()
        cores = texts.cores
        whole = np.flatnonzero(_undivided(texts))
        score = scores(texts.data, cores.starts[whole], cores.ends[whole])
        whole = whole[score > 0]
        sentences = pc.match_substring_regex(
            texts.array.take(pa.array(whole)), f"{SENTENCE}|{DOCUMENT}"
        )
        whole = whole[~np.asarray(sentences, dtype=np.bool_)]
        taken = np.zeros(len(texts), np.bool_)
        taken[whole] = True
        starts, ends, checked = find(texts, taken)
        return Matches.at(
            texts,
            np.concatenate((cores.starts[whole], starts)),
            np.concatenate((cores.ends[whole], ends)),
            np.concatenate((np.zeros(len(whole), np.bool_), checked)),
        )


def _undivided(texts: Texts) -> Flags:
    """True for texts that can be one address: no stop, no long number, four to 100 characters."""
    cores = texts.cores
    fits = (cores.lengths >= _LEAST) & (texts.chars <= MOST) & (texts.lengths > texts.chars)
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(_STOPS, np.uint8)] = True
    stops = np.flatnonzero(table[texts.data])
    rows = texts.row_of(stops)
    fits[rows[(stops >= cores.starts[rows]) & (stops < cores.ends[rows])]] = False
    fits[_rows_with_long_numbers(texts)] = False
    return fits


def _rows_with_long_numbers(texts: Texts) -> Ints:
    """The rows with seven digits in a row: telephones and codes."""
    digit = (texts.data >= ord("0")) & (texts.data <= ord("9"))
    two = digit[:-1] & digit[1:]
    four = two[:-2] & two[2:]
    seven = np.flatnonzero(four[:-3] & four[3:])
    rows = texts.row_of(seven)
    within: Ints = rows[rows == texts.row_of(seven + 6)]
    return within
