"""Student number (学号), and those of registers and examinations (学籍号, 准考证号).

Sources:
    None: every school has its own. The national register (学籍号) is G or L and an identity
    number.

Caught:
    Five to 20 digits, up to three letters in front, an X last too: whole values, or behind a
    word that names them, which proves them.

Not caught:
    Numbers with letters inside, and shorter ones. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number of five digits or more. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.numbered import NumberDetector


class StudentNo(NumberDetector):
    """Finds numbers of students and candidates."""

    kind: ClassVar[str] = "student_no"
    digits: ClassVar[int] = 5
    pattern: ClassVar[str] = r"[A-Za-z]{0,3}\d{4,19}[0-9Xx]"
