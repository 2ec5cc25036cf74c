"""Macau identity card (澳门身份证).

Sources:
    Identification Services Bureau, Macau: 1, 5 or 7 first, six digits more, a check digit in
    brackets. How that digit is made is not public.

Caught:
    With brackets, with slashes (1/234567/8) and bare: whole values, or behind a word that names
    them, which proves them.

Not caught:
    Masked ones (see `detectors.states`).

Mistaken for it:
    Three in ten numbers of eight digits, days written as 19900315 too. So values never name a
    column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class MacauId(FormDetector):
    """Finds identity cards of Macau."""

    kind: ClassVar[str] = "macau_id"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.3
    text_chance: ClassVar[float] = 0.001
    otherwise: ClassVar[float] = 0.1
    digits: ClassVar[int] = 8
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = r"[157]\d{6}(?:\(\d\)|\d)|[157]/\d{6}/\d"
