"""Social security card (社会保障卡号). The social security number itself is the identity number.

Sources:
    Social Insurance Law, art. 58: the number is the identity number. The card's number, in the
    indicator AAZ500: nine characters, a letter and eight digits; cities write up to twelve.

Caught:
    A letter or digit and seven to eleven digits, an X last too: whole values, or behind a word
    that names them, which proves them. Identity numbers under a header for it count for it
    (`written_as` in the catalogue).

Not caught:
    Numbers with other letters inside. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number of eight to twelve digits: nearly all random ones. So values never name a
    column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class SocialSecurityNo(FormDetector):
    """Finds numbers of social security cards."""

    kind: ClassVar[str] = "social_security_no"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.4
    digits: ClassVar[int] = 7
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = r"[0-9A-Za-z]\d{7,10}[0-9Xx]?"
