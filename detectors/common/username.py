"""User name of an account (用户名).

Sources:
    What applications let people choose: letters, digits, `_`, `-`, `.`, `@`, beginning with a
    letter or a digit.

Caught:
    Whole values with a letter in them, 2 to 32 characters, of the form only (zhangsan, li_lei88,
    admin). In a text behind a word that names it (`用户名：zhangsan`), which proves it.

Not caught:
    Accounts that are a name in Han characters, or digits alone: those may be ids as well.

Mistaken for it:
    Every code and every word in Latin letters, so that values never name a column without its
    header: of random words of letters and digits 99 in 100.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector


class Username(WordedDetector):
    """Finds what can be the name of an account."""

    kind: ClassVar[str] = "username"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.99
    text_chance: ClassVar[float] = 1e-3
    expected: ClassVar[float] = 0.99
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.4
    longest: ClassVar[int] = 32
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (
            Proof.SHAPE,
            r"[A-Za-z][A-Za-z0-9_.@-]+|[0-9][0-9_.-]*[A-Za-z][A-Za-z0-9_.@-]*",
        ),
    )
