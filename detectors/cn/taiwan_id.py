"""Taiwan identity card (台湾身份证), and the residence number there (統一證號).

A letter for the place, a digit for the sex, seven more and a check digit.

Sources:
    Ministry of the Interior, Taiwan: the form; check digit as published in many places;
    specimen A123456789. Residents since 2021: 8 or 9 after the letter; before, a second letter
    from A to D; specimen A800000014.

Caught:
    Both, as whole values or behind a word that names them; capitals or small letters, full
    width. Proven where the check digit agrees, of the form only where it fails.

Not caught:
    Inside prose without such a word: product codes are built so. Masked ones (see
    `detectors.states`).

Mistaken for it:
    Of random codes of a letter and nine digits 40 in 100 have the form, 4 are proven. The check
    digit cannot tell every typing error: weights of 2, 4, 5, 6 and 8 modulo 10 lose some.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.checksum import falling
from detectors.codes import digits, shaped
from detectors.keyed import KeyedDetector
from detectors.texts import Bytes, Flags, Ints, Texts

_SHAPES = (r"[A-Z][1289]\d{8}", r"[A-Z][A-D]\d{8}")
_VALUES = np.zeros(36, np.uint8)
_VALUES[:10] = range(10)
_VALUES[[int(letter, 36) for letter in "ABCDEFGHJKLMNPQRSTUVXYWZIO"]] = range(10, 36)


class TaiwanId(KeyedDetector):
    """Finds identity and residence numbers of Taiwan."""

    kind: ClassVar[str] = "taiwan_id"
    chance: ClassVar[float] = 0.04
    shape_chance: ClassVar[float] = 0.4
    text_chance: ClassVar[float] = 1e-3
    proven: ClassVar[float] = 0.93
    otherwise: ClassVar[float] = 0.3  # numbers made up for tests
    alone: ClassVar[bool] = True
    digits: ClassVar[int] = 8

    def judge(self, texts: Texts) -> Ints:
        """CHECKED where the check digit agrees, else SHAPE."""
        proofs = np.zeros(len(texts), np.int64)
        cores = texts.cores
        for shape in _SHAPES:
            starts, ends, codes = shaped(texts, shape, fold=True)
            rows = texts.row_of(starts)
            whole = (starts == cores.starts[rows]) & (ends == cores.ends[rows])
            if whole.any():
                agrees = _agrees(codes[whole])
                proofs[rows[whole]] = np.where(agrees, int(Proof.CHECKED), int(Proof.SHAPE))
        return proofs


def _agrees(codes: Bytes) -> Flags:
    """True where the digits, weighted, and the check digit are a multiple of ten.

    A letter is written as two digits, of which the first one's count 1 and 9; of a second
    letter the last one stands for a digit. So the places weigh 9 to 1 and the check digit 1.
    """
    values = _VALUES[digits(codes)]
    body = np.column_stack((values[:, 0] % 10, values[:, 1] % 10, values[:, 2:9]))
    sums = falling(body) + values[:, 0] // 10 + values[:, 9]
    return np.asarray(sums % 10 == 0, dtype=np.bool_)
