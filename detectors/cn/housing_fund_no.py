"""Housing provident fund account (公积金账号).

Sources:
    None with a form: each city has its own; twelve digits are common.

Caught:
    Eight to 20 digits, up to two letters in front: whole values, or behind a word that names
    them, which proves them.

Not caught:
    Shorter ones. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number of eight digits or more. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.numbered import NumberDetector


class HousingFundNo(NumberDetector):
    """Finds accounts of the housing fund."""

    kind: ClassVar[str] = "housing_fund_no"
    digits: ClassVar[int] = 8
    pattern: ClassVar[str] = r"[A-Za-z]{0,2}\d{8,20}"
