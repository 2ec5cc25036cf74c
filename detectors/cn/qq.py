"""Number of a QQ account (QQ 号).

Sources:
    Tencent: five digits or more, no zero first; eleven at most so far.

Caught:
    Five to eleven digits: whole values, or behind a word that names them, which proves them.

Not caught:
    The number in an address (12345@qq.com): that is an e-mail. Masked ones.

Mistaken for it:
    Nine in ten numbers of that many digits, mobiles too. So values never name a column without
    its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class Qq(FormDetector):
    """Finds numbers of QQ."""

    kind: ClassVar[str] = "qq"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.9
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.2
    digits: ClassVar[int] = 5
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = r"[1-9]\d{4,10}"
