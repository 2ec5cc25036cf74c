"""Postal code (邮政编码).

Sources:
    State Post Bureau: six digits, the first two by province, as public lists give them; 999077
    and 999078 stand for Hong Kong and Macau.

Caught:
    Six digits that begin as some province's: whole values, or behind a word that names them,
    which proves them.

Not caught:
    Codes of other countries. Codes that lost a leading zero to a number.

Mistaken for it:
    Of random 6-digit numbers 63 in 100, codes of regions among them. So values never name a
    column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector

_PROVINCE = "0[1-7]|1[01356]|2[0-7]|3[0-6]|4[0-7]|5[0-7]|6[0-7]|7[0-5]|8[0-5]"


class PostalCode(FormDetector):
    """Finds postal codes."""

    kind: ClassVar[str] = "postal_code"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.63
    text_chance: ClassVar[float] = 0.001
    otherwise: ClassVar[float] = 0.2
    digits: ClassVar[int] = 6
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = rf"(?:{_PROVINCE})\d{{4}}|99907[78]"
