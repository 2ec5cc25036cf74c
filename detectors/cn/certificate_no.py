"""Number of a document whose kind is not said (证件号码).

Sources:
    None: it may be an identity card, a passport, a permit, an officer's card, a firm's licence.

Caught:
    Six to 20 digits, up to three letters in front, a letter or digit behind, brackets around
    the last; or 字第 and a number. Whole values, or behind a word that names them, which proves
    them. Values of the kinds that it may be (`written_as` in the catalogue) count for those.

Not caught:
    Masked ones (see `detectors.states`).

Mistaken for it:
    Every long number. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class CertificateNo(FormDetector):
    """Finds numbers of documents."""

    kind: ClassVar[str] = "certificate_no"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.15
    digits: ClassVar[int] = 4
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = (
        r"[A-Za-z]{0,3}\d{6,20}(?:[A-Za-z]|\([0-9A-Za-z]\))?|.{1,12}第[0-9A-Za-z]{4,10}号?"
    )
