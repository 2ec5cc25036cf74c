"""Vehicle identification number (车辆识别代号, 车架号).

Three characters of the maker, five of the vehicle, a check digit, eight of the year, the plant
and the serial number.

Sources:
    GB 16735-2019 (ISO 3779): 17 characters without I, O and Q, the last four of them digits;
    check digit at the ninth place: letters count 1 to 9, weighted sum modulo 11, 10 is X.

Caught:
    Capitals or small letters, full width, next to Han text without a space. Proven where the
    check digit agrees. Of the form only where it fails: many vehicles from abroad have none.

Not caught:
    Engine numbers (发动机号): each maker has its own. Frame numbers from before 17 characters.

Mistaken for it:
    Of random 17 letters and digits 5.4 in 100,000 are proven, 6 in 10,000 have the form. Of
    other codes built like it one in eleven is proven. 17 digits are never one. A letter typed
    for another of the same value (A, J and 1; B, K, S and 2; ...) leaves the check digit right.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.checksum import vehicle
from detectors.codes import CodeDetector, digits
from detectors.texts import Bytes, Ints

_ANY = "[0-9A-HJ-NPR-Z]"
_PLACE = 8  # of the check digit
_VALUES = np.zeros(256, np.uint8)
_VALUES[np.frombuffer(b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ", np.uint8)] = [
    *range(10),
    *range(1, 9),  # A to H
    *range(1, 6),  # J to N
    *(7, 9),  # P and R
    *range(2, 10),  # S to Z
]


class Vin(CodeDetector):
    """Finds vehicle identification numbers."""

    kind: ClassVar[str] = "vin"
    chance: ClassVar[float] = 5.4e-5
    shape_chance: ClassVar[float] = 6.0e-4
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.97
    proven: ClassVar[float] = 0.9
    otherwise: ClassVar[float] = 0.2  # engine numbers
    digits: ClassVar[int] = 4
    fold: ClassVar[bool] = True
    shapes: ClassVar[tuple[str, ...]] = (rf"{_ANY}{{8}}[0-9X]{_ANY}{{4}}\d{{4}}",)

    def check(self, codes: Bytes) -> Ints:
        """CHECKED where the ninth place is the check digit, none without a letter in front."""
        check = codes[:, _PLACE]
        agrees = vehicle(_VALUES[codes]) == np.where(check == ord("X"), 10, digits(check))
        lettered = (codes[:, :3] > ord("9")).any(axis=1)
        return np.where(lettered, np.where(agrees, int(Proof.CHECKED), int(Proof.SHAPE)), 0)
