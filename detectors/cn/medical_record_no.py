"""Medical record number (病历号), and those of visits and stays (门诊号, 住院号).

Sources:
    None: every hospital has its own.

Caught:
    Four to 18 digits, up to four letters in front, a hyphen between or not: whole values, or
    behind a word that names them, which proves them.

Not caught:
    Numbers with letters inside, and shorter ones. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.numbered import NumberDetector


class MedicalRecordNo(NumberDetector):
    """Finds numbers of records, visits and stays."""

    kind: ClassVar[str] = "medical_record_no"
    digits: ClassVar[int] = 4
    pattern: ClassVar[str] = r"[A-Za-z]{0,4}-?\d{4,18}"
