"""Permit of residents of Hong Kong and Macau to travel to the mainland (回乡证).

Sources:
    Ministry of Public Security, notice of 2010: H (Hong Kong) or M (Macau), eight digits that
    stay for life, two that count the cards.

Caught:
    H or M and eight digits, or ten; capitals or small letters, full width, next to Han text
    without a space. Of the form only; proven where a word for the permit stands before.

Not caught:
    Residence permits (港澳台居民居住证): those have identity numbers. Masked ones.

Mistaken for it:
    Codes of a letter and eight or ten digits: 7.7 in 100 have the form, passports of Hong Kong
    among them. So values never name a column without its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.codes import CodeDetector
from detectors.texts import Bytes, Ints


class HkMacauPermit(CodeDetector):
    """Finds home return permits."""

    kind: ClassVar[str] = "hk_macau_permit"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.077
    text_chance: ClassVar[float] = 0.001
    otherwise: ClassVar[float] = 0.2
    digits: ClassVar[int] = 8
    alone: ClassVar[bool] = False
    fold: ClassVar[bool] = True
    shapes: ClassVar[tuple[str, ...]] = (r"[HM]\d{8}", r"[HM]\d{10}")

    def check(self, codes: Bytes) -> Ints:
        """Nothing in the number proves it."""
        return np.full(len(codes), int(Proof.SHAPE), np.int64)
