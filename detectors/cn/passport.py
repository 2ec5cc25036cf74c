"""Passport number (护照号): ordinary ones of China, those of its officials, of Hong Kong and Macau.

Sources:
    National Immigration Administration: ordinary passports E and eight digits until April 2017,
    since then E, a letter (neither I nor O) and seven digits; before that G and eight digits,
    or 14 and 15 with seven more. D, S and P (also DE, SE and PE) for diplomats, service and
    public affairs. K, KJ and H (Hong Kong) and MA (Macau), as public lists of patterns give them.

Caught:
    All of these, capitals or small letters, full width, next to Han text without a space; of
    the form only, since there is no check digit. Proven where a word for a passport stands
    before.

Not caught:
    Passports of other countries, and Taiwan's nine digits: they have no form of their own. The
    numbers 14 and 15 without a header. Masked ones (see `detectors.states`).

Mistaken for it:
    Codes of a letter and eight digits: of random ones 10 in 100 have the form. So values never
    name a column without its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.codes import CodeDetector
from detectors.texts import Bytes, Ints


class Passport(CodeDetector):
    """Finds passport numbers of China."""

    kind: ClassVar[str] = "passport"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.10
    text_chance: ClassVar[float] = 0.005
    expected: ClassVar[float] = 0.9
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.2  # passports of other countries
    digits: ClassVar[int] = 7
    fold: ClassVar[bool] = True
    shapes: ClassVar[tuple[str, ...]] = (
        r"[EGSKH]\d{8}",
        r"[EH][A-HJ-NP-Z]\d{7}",
        r"[DSP]\d{7}",
        r"[DSP]E\d{7}",
        r"MA\d{7}",
        r"KJ\d{7}",
    )

    def check(self, codes: Bytes) -> Ints:
        """Nothing in the number proves it."""
        return np.full(len(codes), int(Proof.SHAPE), np.int64)
