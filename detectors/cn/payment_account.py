"""Account of a payment service (支付账号): the user number of Alipay.

Sources:
    Documents of Alipay: a user number is 2088 and twelve digits. Who pays logs in with a mobile
    or an e-mail: these count under a header for it (`written_as` in the catalogue).

Caught:
    The user number, full width, next to Han text without a space; of the form only.

Not caught:
    Accounts of other services: they have no form of their own. Masked ones.

Mistaken for it:
    One in 10,000 random numbers of 16 digits.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.codes import CodeDetector
from detectors.texts import Bytes, Ints


class PaymentAccount(CodeDetector):
    """Finds user numbers of Alipay."""

    kind: ClassVar[str] = "payment_account"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 1e-4
    text_chance: ClassVar[float] = 1e-4
    otherwise: ClassVar[float] = 0.5  # of other services
    digits: ClassVar[int] = 16
    shapes: ClassVar[tuple[str, ...]] = (r"2088\d{12}",)

    def check(self, codes: Bytes) -> Ints:
        """Nothing in the number proves it."""
        return np.full(len(codes), int(Proof.SHAPE), np.int64)
