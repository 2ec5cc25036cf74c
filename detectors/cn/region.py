"""Where somebody is from or lives, no nearer than a county (地区): 浙江省, 浙江省杭州市西湖区.

Sources:
    GB/T 2260: names of provinces, prefectures and counties, abolished ones included; see
    `detectors/data/regions.txt`.

Caught:
    A whole value that is a region's name, in full or without its last word (杭州), or two to
    four full names in a row, with or without a separator.

Not caught:
    Townships and villages. Names inside longer texts. Codes of regions. Names in Latin letters.

Mistaken for it:
    Common words that are a county's name too (朝阳, 和平, 城关). And a place is personal only where
    it is a person's: shops and banks have one as well, so that values never name a column alone.
"""

from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Matches
from detectors.places import known, regions
from detectors.texts import Texts
from detectors.whole import trimmed

_SHORTEST = 6  # bytes: two characters
_ROW = r"^(?:\p{Han}{1,10}[省市区县旗盟州][ /,·-]*){2,4}$"
_BETWEEN = " /,·-"


class Region(Detector):
    """Finds values that are names of regions."""

    kind: ClassVar[str] = "region"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.01
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.95
    words: ClassVar[bool] = True
    alone: ClassVar[bool] = False

    def find(self, texts: Texts) -> Matches:
        """Every text that is a region's name, or a row of them."""
        cores = texts.cores
        rows = np.flatnonzero(cores.lengths >= _SHORTEST)
        values = trimmed(texts, rows)
        fits = np.array(pc.is_in(values, value_set=_names()), dtype=np.bool_)
        several = np.flatnonzero(np.asarray(pc.match_substring_regex(values, _ROW)) & ~fits)
        fits[several] = [_is_row(text) for text in values.take(pa.array(several)).to_pylist()]
        rows = rows[fits]
        unproven = np.zeros(len(rows), np.bool_)
        return Matches.at(texts, cores.starts[rows], cores.ends[rows], unproven)


@cache
def _names() -> pa.Array:
    return pa.array(sorted(known()), pa.large_string())


def _is_row(text: str) -> bool:
    """True where the text is nothing but full names of regions and what stands between them."""
    heads, at, end = _heads(), 0, len(text)
    while at < end:
        for name in heads.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                at += len(name)
                break
        else:
            return False
        while at < end and text[at] in _BETWEEN:
            at += 1
    return True


@cache
def _heads() -> dict[str, tuple[str, ...]]:
    """Full names by their first two characters, the longest first."""
    heads: dict[str, tuple[str, ...]] = {}
    for name in sorted(regions(), key=len, reverse=True):
        heads[name[:2]] = (*heads.get(name[:2], ()), name)
    return heads
