"""Employee number (工号).

Sources:
    None: every employer has its own.

Caught:
    Two to twelve digits, up to four letters in front, a hyphen between or not: whole values, or
    behind a word that names them, which proves them.

Not caught:
    Numbers with letters inside, single digits. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.numbered import NumberDetector


class EmployeeNo(NumberDetector):
    """Finds numbers of employees."""

    kind: ClassVar[str] = "employee_no"
    digits: ClassVar[int] = 2
    pattern: ClassVar[str] = r"[A-Za-z]{0,4}-?\d{2,12}"
