"""Bank card number (银行卡号): UnionPay, older domestic cards, and the foreign networks.

Sources:
    ISO/IEC 7812: issuer number, Luhn check digit.
    Issuer ranges with their lengths: UnionPay 62 (16 to 19 digits); what banks issued before
    (60, 68, 69, 84, 87, 90, 9400, 955; two Visa debit ranges of 19 digits); Visa, Mastercard,
    JCB, Discover (16), American Express (15). Compared with the public list caijf/bankcard.

Caught:
    15 to 19 digits, plain or in groups (4-4-4-4, a shorter fifth one, 4-6-5 of American
    Express) by spaces or hyphens. Proven where issuer range, length and Luhn agree. Of the
    form only where Luhn fails in a range of UnionPay, 9400 or 955: old cards had none.

Not caught:
    Luhn without a known range. Cards that begin with 103, or that nobody but their bank knows.
    Mastercards that begin with a day of 2022 to 2027 (`2303..`): order numbers do.
    Account numbers (账号): they have no form. Masked or rounded ones (see `detectors.states`).

Mistaken for it:
    0.7 % of random numbers of 16 to 19 digits are proven (2.3 % of those with 16), 1.7 % have
    the form; of log lines with such numbers, 1.8 %. 9.1 % of the identity numbers that begin
    with 62 pass Luhn: the identity number wins. Digits after a decimal point are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.checksum import luhn, number
from detectors.groups import digits_at, grouped, is_fraction, layout, led
from detectors.texts import Bytes, Flags, Ints, Texts


@dataclass(frozen=True, slots=True)
class _Issuer:
    """A range of first six digits and the lengths of its cards; `old` ones may lack Luhn."""

    low: int
    high: int
    lengths: tuple[int, ...]
    old: bool = False


_ANY = (16, 17, 18, 19)
_ISSUERS = (
    _Issuer(620000, 629999, _ANY, old=True),  # UnionPay
    _Issuer(940000, 940099, _ANY, old=True),  # city banks before UnionPay
    _Issuer(955000, 955999, (16, 19), old=True),  # ICBC, ABC
    _Issuer(601300, 603699, _ANY),
    _Issuer(680000, 699999, (18,)),
    _Issuer(843000, 843999, (16,)),
    _Issuer(870000, 870999, (16,)),
    _Issuer(900000, 900999, (16, 19)),
    _Issuer(436742, 436742, (19,)),  # Visa debit of CCB and BOC
    _Issuer(456351, 456351, (19,)),
    _Issuer(400000, 499999, (16,)),  # Visa
    _Issuer(510000, 559999, (16,)),  # Mastercard
    _Issuer(222100, 272099, (16,)),
    _Issuer(352800, 358999, (16,)),  # JCB
    _Issuer(601100, 601199, (16,)),  # Discover
    _Issuer(650000, 659999, (16,)),
    _Issuer(340000, 349999, (15,)),  # American Express
    _Issuer(370000, 379999, (15,)),
)
_SHORTEST = 15
_SIZES = (
    *((length,) for length in range(15, 20)),
    *((4, 4, 4, 4, rest) for rest in (3, 2, 1)),
    (4, 4, 4, 4),
    (4, 6, 5),
)


class BankCard(Detector):
    """Finds bank card numbers."""

    kind: ClassVar[str] = "bank_card"
    chance: ClassVar[float] = 0.007
    shape_chance: ClassVar[float] = 0.017
    text_chance: ClassVar[float] = 0.018
    expected: ClassVar[float] = 0.97
    digits: ClassVar[int] = 13
    proven: ClassVar[float] = 0.94

    def find(self, texts: Texts) -> Matches:
        """Every card number, with its separators."""
        found = list(_candidates(texts))
        starts, ends, checked = (np.concatenate(column) for column in zip(*found, strict=True))
        # `6222 0200 0000 0000 12` may have 16 digits or 18: the proven reading, else the longer.
        order = np.lexsort((-ends, ~checked, starts))
        best = order[np.unique(starts[order], return_index=True)[1]]
        return Matches.at(texts, starts[best], ends[best], checked[best])


def _candidates(texts: Texts) -> Iterator[tuple[Ints, Ints, Flags]]:
    """Spans of each grouping, and whether Luhn agrees."""
    runs = texts.digit_runs
    for sizes in _SIZES:
        at = grouped(texts, sizes)
        if len(sizes) > 1:
            at = at[~led(texts, at)]
        starts, ends = runs.starts[at], runs.ends[at + len(sizes) - 1]
        head = number(digits_at(texts, starts, layout(sizes)[:6]))
        issued = _lengths()[head]
        bit = np.uint16(1 << (sum(sizes) - _SHORTEST))
        fits = ((issued[:, 0] & bit) != 0) & ~_is_day(head)
        fits &= texts.bordered(starts, ends) & ~is_fraction(texts, starts)
        starts, ends, old = starts[fits], ends[fits], (issued[fits, 1] & bit) != 0
        proven = luhn(digits_at(texts, starts, layout(sizes)))
        kept = proven | old
        yield starts[kept], ends[kept], proven[kept]


def _is_day(head: Ints) -> Flags:
    """True where six digits are a day (yymmdd) in the range of Mastercard that begins with 2."""
    month, day = head // 100 % 100, head % 100
    fits = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return np.asarray(fits & (head >= 222100) & (head <= 272099), dtype=np.bool_)


@cache
def _lengths() -> Bytes:
    """For each first six digits, which lengths are issued (bit 0: 15 digits); then, if old."""
    table = np.zeros((1_000_000, 2), np.uint8)
    for issuer in _ISSUERS:
        bits = sum(1 << (length - _SHORTEST) for length in issuer.lengths)
        table[issuer.low : issuer.high + 1, 0] |= bits
        table[issuer.low : issuer.high + 1, 1] |= bits * issuer.old
    table.flags.writeable = False  # one table serves every caller
    return table
