"""Postal address (地址).

Sources:
    GB/T 23705 and everyday use: region, road and number, estate or village, building, unit,
    floor, room. GB/T 2260: names of regions, abolished ones too (`detectors/data/regions.txt`).
    The weights of the counts: see `detectors.addresses`.

Caught:
    Whole values with a road, village, estate or house in them whose counts are an address's,
    with or without region and number, of the form only; a company or place after three levels of
    regions. In a text: from a trigger (`地址：`, `住在`, `寄到`, `"address":"`), a region's name or
    a near road, to the last mark. Proven there where a trigger stands before it, or region, road
    and number agree.

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
import pyarrow.compute as pc

from detectors import address_signs as sign
from detectors.address_signs import Read
from detectors.address_text import Found, can_be_located, find
from detectors.addresses import MOST, scores
from detectors.base import Detector, Matches
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.units import Units, taken

_LEAST = 12  # bytes of an address: four characters
_LEAST_INSIDE = 21  # bytes of a text with an address in it: seven characters
_MANY = 2  # one in so many texts: then all are read along
_BLOCK = 32768  # texts at a time: what is made of them stays in the processor's cache
_HAN = 0xE4  # the first byte of Han characters is this or a higher one
# RE2: what a sentence has and an address has not.
SENTENCE = (
    "住在|居住在|家住|位于|寄到|寄回|寄往|送到|送至|送往|上门至|放到|放在|改成|改到|发到|发往|到达|搬到|"
    "坐落于|地处|客户在|人在|我在|家在|即可|就行|谢谢|麻烦|^(?:放|请|客户|师傅)"
)
# RE2: what numbered documents, dates and stocks have: cases, contracts, orders, bins.
DOCUMENT = (
    r"字第|第\d+号|\d号[库令]|号车位|[〔\[(（](?:19|20)\d\d年?[〕\])）]"
    r"|(?:19|20)\d\d年\d{1,2}月|期\d+号|\d号\d+期"
    # Branches of a chain, and floors of a site without a room: places of business.
    r"|[路街道号]\d{0,3}(?:分|旗舰|直营|加盟)?店\d{0,4}$|^[A-Z\d一二三四五东西南北]区\d+号?[楼栋]\d+[层楼F]$"
)


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
        if not len(texts.data) or texts.data.max() < _HAN:
            return Matches.none()
        rows = np.flatnonzero((texts.lengths >= _LEAST) & (texts.lengths > texts.chars))
        blocks = (rows[at : at + _BLOCK] for at in range(0, len(rows), _BLOCK))
        found = [_found(texts, block) for block in blocks]
        if not found:
            return Matches.none()
        starts, ends, checked = (np.concatenate(c) for c in zip(*found, strict=True))
        return Matches.at(texts, starts, ends, checked)


def _found(texts: Texts, rows: Ints) -> tuple[Ints, Ints, Flags]:
    """Starts, ends and proofs in some of the texts."""
    read = Read.of(taken(texts.array, rows))
    starts, ends = texts.cores.starts[rows], texts.cores.ends[rows]
    before, behind = starts - texts.offsets[rows], texts.offsets[rows + 1] - ends
    cores = read.units.spans(
        read.units.firsts + before, np.maximum(read.units.lengths - before - behind, 0)
    )
    bits = read.bits(cores)
    whole = _whole(read, cores, bits, ends - starts)
    inner = texts.lengths[rows] >= _LEAST_INSIDE
    inner[whole] = False
    inside, at = _inside(read, bits, inner & can_be_located(bits))
    firsts, stops = texts.offsets[rows[at]], texts.offsets[rows[at] + 1]
    return (
        np.concatenate((starts[whole], firsts + inside.starts)),
        np.concatenate((ends[whole], np.minimum(firsts + inside.ends, stops))),
        np.concatenate((np.zeros(len(whole), np.bool_), inside.checked)),
    )


def _whole(read: Read, cores: Units, bits: Bytes, sizes: Ints) -> Ints:
    """Which texts are one address: no stop, no long number, four to 100 characters."""
    fits = (sizes >= _LEAST) & (read.units.lengths <= MOST)
    fits &= (bits & sign.STOP == 0) & (bits & (sign.FINER | sign.DASH | sign.LEVEL) > 0)
    fits[read.units.row_of(read.long)] = False
    whole = np.flatnonzero(fits)
    whole = whole[scores(cores.spans(cores.firsts[whole], cores.lengths[whole])) > 0]
    sentences = pc.match_substring_regex(taken(read.array, whole), f"{SENTENCE}|{DOCUMENT}")
    kept: Ints = whole[~np.asarray(sentences, dtype=np.bool_)]
    return kept


def _inside(read: Read, bits: Bytes, which: Flags) -> tuple[Found, Ints]:
    """Addresses in the chosen texts, by bytes from the first of each, and the texts' numbers."""
    at = np.flatnonzero(which)
    if _MANY * len(at) < len(which):
        read, bits, which = Read.of(taken(read.array, at)), bits[at], np.ones(len(at), np.bool_)
    else:
        at = np.arange(len(which))
    found = find(read, bits, which) if len(at) else Found.none()
    if not len(found.starts):
        return found, at[:0]
    rows, before = read.units.row_of(found.starts), read.units.bytes_before()
    first = before[read.units.firsts[rows]].astype(np.int64)
    starts, ends = before[found.starts] - first, before[found.ends] - first
    return Found(starts, ends, found.checked), at[rows]
