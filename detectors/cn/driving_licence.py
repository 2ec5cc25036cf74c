"""Driving licence (驾驶证): its file number (档案编号). Its own number is the identity number.

Sources:
    GA 482: the number of a licence is the holder's identity number; the file number has 12
    digits.

Caught:
    Twelve digits, the first two those of a province: whole values, or behind a word that names
    them, which proves them. Identity numbers under a header for a licence count for it
    (`written_as` in the catalogue).

Not caught:
    Licences of other countries. Masked ones (see `detectors.states`).

Mistaken for it:
    Every third number of 12 digits. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector

_PROVINCE = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]"


class DrivingLicence(FormDetector):
    """Finds file numbers of driving licences."""

    kind: ClassVar[str] = "driving_licence"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.31
    text_chance: ClassVar[float] = 0.001
    otherwise: ClassVar[float] = 0.3
    digits: ClassVar[int] = 12
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = rf"(?:{_PROVINCE})\d{{10}}"
