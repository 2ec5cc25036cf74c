"""Medical insurance number or card (医保号, 医保卡号).

Sources:
    None with a form: the national platform gives up to 30 characters (psn_no), each region its
    own.

Caught:
    Six to 30 characters, digits for the most part: up to four letters in front and one behind.
    Whole values, or behind a word that names them, which proves them.

Not caught:
    The electronic voucher's tokens. Masked ones (see `detectors.states`).

Mistaken for it:
    Every long number. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class MedicalInsuranceNo(FormDetector):
    """Finds numbers of insured persons."""

    kind: ClassVar[str] = "medical_insurance_no"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.4
    digits: ClassVar[int] = 5
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = r"[A-Za-z]{0,4}\d{5,26}[0-9A-Za-z]"
