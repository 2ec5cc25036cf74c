"""Bank account number (银行账号), of a passbook or a firm; for cards see `bank_card`.

Sources:
    None with a form: every bank has its own, of 10 to 30 digits.

Caught:
    Ten to 30 digits, in groups by spaces or hyphens too: whole values, or behind a word that
    names them, which proves them.

Not caught:
    IBAN. The name of a bank before the number. Masked ones (see `detectors.states`).

Mistaken for it:
    Every number of ten digits or more. So values never name a column without its header.
"""

from typing import ClassVar

from detectors.numbered import NumberDetector


class BankAccount(NumberDetector):
    """Finds accounts of banks."""

    kind: ClassVar[str] = "bank_account"
    digits: ClassVar[int] = 10
    pattern: ClassVar[str] = r"\d(?:[ -]?\d){9,29}"
