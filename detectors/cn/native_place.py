"""Native place (籍贯): the province, city or county that a family is from.

Sources:
    GB/T 2260: names and codes of regions, abolished ones included; see
    `detectors/data/regions.txt` and `detectors/data/region_codes.txt`.

Caught:
    Whole values: a region's name in full or in short, one behind its province (浙江杭州,
    浙江省杭州市 西湖区), with 人 at the end or not; codes of counties, prefectures and provinces.
    In a text behind a word that names it (`籍贯：浙江杭州`), which proves it.

Not caught:
    Townships and villages. Whether a household is a farmer's (农业户口), which is no place. Regions
    amid a sentence. Names in Latin letters.

Mistaken for it:
    Where anything else is, so that values never name a column without its header. Of random
    numbers of six digits 1 in 100.
"""

from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Proof
from detectors.keyed import TermDetector
from detectors.places import known, regions, short
from detectors.regions import in_province, is_county
from detectors.texts import Ints, Texts
from detectors.whole import fitting, trimmed

_LONGEST = 60  # bytes
_CODE = r"[1-8]\d{5}"
_PLACE = r"\p{Han}[\p{Han} /,·-]{1,18}"


class NativePlace(TermDetector):
    """Finds where somebody's family is from."""

    kind: ClassVar[str] = "native_place"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.0096
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.85
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.15
    terms: ClassVar[frozenset[str]] = frozenset()
    codes: ClassVar[frozenset[str]] = known()

    def judge(self, texts: Texts) -> Ints:
        """Shape where the text is a region or its code."""
        proofs = super().judge(texts)
        lengths = texts.cores.lengths
        left = np.flatnonzero((proofs == 0) & (lengths > 0) & (lengths <= _LONGEST))
        for coded, rows in fitting(texts, left, ((True, _CODE), (False, _PLACE))):
            proofs[_coded(texts, rows) if coded else _behind_province(texts, rows)] = Proof.SHAPE
        return proofs


def _coded(texts: Texts, rows: Ints) -> Ints:
    """Of rows of six digits, those that are a region's code."""
    values = trimmed(texts, rows)
    codes = np.asarray(values.cast(pa.int64()), dtype=np.int64)
    larger = (codes % 100 == 0) & in_province(codes // 10_000 * 10_000) & (codes % 10_000 < 9_100)
    good: Ints = rows[is_county(codes) | larger]
    return good


def _behind_province(texts: Texts, rows: Ints) -> Ints:
    """Of rows of Han characters, those that are a province and a region, in full or in short."""
    values = trimmed(texts, rows)
    values = pc.replace_substring_regex(values, r"人$", "")
    rest = pc.replace_substring_regex(values, f"^(?:{_provinces()})[ /,·-]*", "")
    inner = pc.replace_substring_regex(rest, f"^(?:{_prefectures()})[ /,·-]*", "")
    names = pa.array(["", *sorted(known())], pa.large_string())
    led = pc.not_equal(pc.binary_length(values), pc.binary_length(inner))
    fits = pc.and_(led, pc.or_(pc.is_in(rest, value_set=names), pc.is_in(inner, value_set=names)))
    good: Ints = rows[np.asarray(fits, dtype=np.bool_)]
    return good


@cache
def _provinces() -> str:
    """The provinces as an RE2 pattern, in full first."""
    return _pattern("province")


@cache
def _prefectures() -> str:
    return _pattern("prefecture")


def _pattern(level: str) -> str:
    names = regions(level) | {short(name) for name in regions(level)}
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))
