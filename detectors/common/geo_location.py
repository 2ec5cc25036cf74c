"""Position on the globe (经纬度), as a pair of coordinates or one of them.

Sources:
    ISO 6709: degrees. The range of China, 73 to 135 east and 3 to 53 north; WGS 84, GCJ-02 and
    BD-09 lie within some hundred metres of each other there.

Caught:
    Pairs within the range of China, either one first, four decimals or more, by a comma,
    semicolon or space: proven, in prose too. Pairs elsewhere, POINT(...), degrees with minutes
    and seconds, and single numbers from -180 to 180, as whole values or behind a word that
    names them.

Not caught:
    Coordinates as integers, geohashes, grid and map numbers. Names of places under a header for
    a position count for it (`written_as` in the catalogue).

Mistaken for it:
    Of random pairs of three digits and two with six decimals 4.6 in 100 are proven. Every decimal
    below 180 has the form: those name no column without its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.keyed import MixedDetector, matching
from detectors.texts import Ints, Runs, Texts

_DEGREES = r"[-+]?(?:180|1[0-7]\d|\d{1,2})(?:\.\d{1,17})?"
_SECONDS = r"\d{1,2}(?:\.\d+)?\s?(?:[\"″秒]|'')"
_MINUTES = rf"\d{{1,3}}\s?[°度]\s?\d{{1,2}}\s?['′分]\s?(?:{_SECONDS})?"
_ONE = rf"(?:[NSEWnsew]|[东西]经|[南北]纬)?\s?(?:{_MINUTES}|{_DEGREES}\s?[°度]?)\s?[NSEWnsew]?"
_FORM = rf"(?i:point)?\s?[\[(]?(?:{_ONE})(?:\s?[,;/ ]\s?(?:{_ONE}))?[\])]?"
_EAST, _NORTH = (73, 135), (3, 53)
_DECIMALS = (4, 17)
_GAP = np.frombuffer(b",; ", np.uint8)


class GeoLocation(MixedDetector):
    """Finds positions."""

    kind: ClassVar[str] = "geo_location"
    chance: ClassVar[float] = 0.046
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 1e-3
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.4  # names of places
    digits: ClassVar[int] = 1

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for a position anywhere, or one coordinate of it."""
        return np.where(matching(texts, _FORM), int(Proof.SHAPE), 0)

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Pairs within the range of China."""
        runs = texts.digit_runs
        at = _pairs(texts, runs)
        one, other = (_whole(texts, runs, at + place) for place in (0, 2))
        east, north = ((low <= one) & (one <= high) for low, high in (_EAST, _NORTH))
        fits = north & (_EAST[0] <= other) & (other <= _EAST[1])
        fits |= east & (_NORTH[0] <= other) & (other <= _NORTH[1])
        starts, ends = runs.starts[at[fits]], runs.ends[at[fits] + 3]
        free = texts.bordered(starts, ends)
        return starts[free], ends[free], np.full(free.sum(), int(Proof.CHECKED))


def _pairs(texts: Texts, runs: Runs) -> Ints:
    """The first of four digit runs that are two decimals with a sign between."""
    size = len(runs.rows)
    point = np.zeros(size + 3, np.bool_)
    low, high = _DECIMALS
    here = np.flatnonzero((runs.lengths <= 3) & (texts.after(runs.ends) == ord(".")))
    here = here[here + 1 < size]
    near = runs.starts[here + 1] - runs.ends[here] == 1
    near &= runs.rows[here + 1] == runs.rows[here]
    near &= (runs.lengths[here + 1] >= low) & (runs.lengths[here + 1] <= high)
    point[here[near]] = True
    at = np.flatnonzero(point[:-2] & point[2:])
    gap = runs.starts[at + 2] - runs.ends[at + 1]
    good = (runs.rows[at + 2] == runs.rows[at]) & (gap >= 1) & (gap <= 2)
    good &= np.isin(texts.after(runs.ends[at + 1]), _GAP)
    good &= (gap == 1) | (texts.before(runs.starts[at + 2]) == ord(" "))
    good &= ~np.isin(texts.before(runs.starts[at]), np.frombuffer(b".-", np.uint8))
    return np.asarray(at[good], dtype=np.int64)


def _whole(texts: Texts, runs: Runs, at: Ints) -> Ints:
    """The value of each run of three digits or fewer."""
    value = np.zeros(len(at), np.int64)
    for place in range(1, 4):
        digit = texts.data[np.maximum(runs.ends[at] - place, 0)].astype(np.int64) - ord("0")
        value += np.where(place <= runs.lengths[at], digit * 10 ** (place - 1), 0)
    return value
