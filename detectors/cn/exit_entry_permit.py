"""Permit to travel to Hong Kong and Macau, or to Taiwan (往来港澳通行证, 往来台湾通行证).

Sources:
    National Immigration Administration, notice of 2018: C and eight digits since 2014, then C,
    a letter (neither I nor O) and seven digits. Booklets before: W, and T and L for Taiwan, and
    eight digits, as public lists of patterns give them.

Caught:
    All of these; capitals or small letters, full width, next to Han text without a space. Of
    the form only; proven where a word for the permit stands before.

Not caught:
    Booklets with other letters. Masked ones (see `detectors.states`).

Mistaken for it:
    Codes of a letter and eight digits: 15 in 100 have the form. So values never name a column
    without its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.codes import CodeDetector
from detectors.texts import Bytes, Ints


class ExitEntryPermit(CodeDetector):
    """Finds permits to travel to Hong Kong, Macau and Taiwan."""

    kind: ClassVar[str] = "exit_entry_permit"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.154
    text_chance: ClassVar[float] = 0.001
    otherwise: ClassVar[float] = 0.2
    digits: ClassVar[int] = 7
    alone: ClassVar[bool] = False
    fold: ClassVar[bool] = True
    keyed: ClassVar[frozenset[str]] = frozenset({"hk_macau_permit", "taiwan_permit"})
    shapes: ClassVar[tuple[str, ...]] = (r"[CWTL]\d{8}", r"C[A-HJ-NP-Z]\d{7}")

    def check(self, codes: Bytes) -> Ints:
        """Nothing in the number proves it."""
        return np.full(len(codes), int(Proof.SHAPE), np.int64)
