"""Check digits by name, for detectors that users describe: characters in, one answer a row.

Characters are ASCII letters (capitals) and digits, separators left out. A number in which a
character stands that its check digit does not know fails.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from detectors.checksum import luhn, mod_11_2
from detectors.texts import Bytes, Flags, Ints

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_YEARS = (1850, 2100)
# Multiplication of the dihedral group of ten, and the permutation of Verhoeff.
_D5 = np.array(
    [[(i + j) % 5 + 5 * (j > 4) if i < 5 else (i - j) % 5 + 5 * (j < 5) for j in range(10)]
     for i in range(10)]
)  # fmt: skip
_STEP = np.array([1, 5, 7, 6, 2, 8, 3, 0, 9, 4])


def _values(codes: Bytes, alphabet: str) -> Ints:
    """The place of each character in the alphabet, -1 where it is not in it."""
    table = np.full(256, -1, np.int64)
    table[[ord(char) for char in alphabet]] = np.arange(len(alphabet))
    return table[codes]


def _known(values: Ints) -> Flags:
    return np.asarray((values >= 0).all(axis=1), dtype=np.bool_)


def _luhn(codes: Bytes) -> Flags:
    digits = _values(codes, _LETTERS[:10])
    return luhn(np.maximum(digits, 0)) & _known(digits)


def _mod_11_2(codes: Bytes) -> Flags:
    """ISO 7064 MOD 11-2: the last character is 0 to 9, or X."""
    values = _values(codes, "0123456789X")
    fits = _known(values) & (values[:, :-1] < 10).all(axis=1)
    return np.asarray(fits & (mod_11_2(np.maximum(values[:, :-1], 0)) == values[:, -1]))


def _mod_31(codes: Bytes) -> Flags:
    """GB 32100: weights are powers of 3 modulo 31 over 31 characters."""
    values = _values(codes, _USCC)
    weights = np.array([pow(3, place, 31) for place in range(codes.shape[1] - 1)])
    sums = np.maximum(values[:, :-1], 0) @ weights
    return np.asarray(_known(values) & ((31 - sums % 31) % 31 == values[:, -1]))


def _mod_97_10(codes: Bytes) -> Flags:
    """ISO 7064 MOD 97-10: the number is 1 modulo 97, letters counting 10 to 35."""
    values = _values(codes, _LETTERS)
    rest = np.zeros(len(codes), np.int64)
    for column in np.maximum(values, 0).T:
        rest = (rest * np.where(column > 9, 100, 10) + column) % 97
    return np.asarray(_known(values) & (rest == 1))


def _iban(codes: Bytes) -> Flags:
    """ISO 13616: MOD 97-10 once the first four characters stand at the end."""
    return _mod_97_10(np.roll(codes, -4, axis=1))


def _verhoeff(codes: Bytes) -> Flags:
    digits = _values(codes, _LETTERS[:10])
    state, permuted = np.zeros(len(codes), np.int64), np.arange(10)
    for column in np.maximum(digits, 0).T[::-1]:
        state, permuted = _D5[state, permuted[column]], _STEP[permuted]
    return np.asarray(_known(digits) & (state == 0))


CHECKS: Mapping[str, Callable[[Bytes], Flags]] = MappingProxyType(
    {
        "luhn": _luhn,
        "mod_11_2": _mod_11_2,
        "mod_31": _mod_31,
        "mod_97_10": _mod_97_10,
        "iban": _iban,
        "verhoeff": _verhoeff,
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """A check on the characters from `first` (1 is the first) to `last` (0: to the end).

    `name` is one of `CHECKS`, `date`, or `weighted`. A weighted sum of the characters' places in
    `alphabet`, modulo `modulus`, is 0; with `remainders` it says which character is the last.
    """

    name: str
    first: int = 1
    last: int = 0
    weights: tuple[int, ...] = ()
    modulus: int = 0
    alphabet: str = _LETTERS
    remainders: str = ""

    def __call__(self, codes: Bytes) -> Flags:
        """True for each row of characters that passes."""
        end = self.last or codes.shape[1]
        if end > codes.shape[1] or self.first > end:
            return np.zeros(len(codes), np.bool_)
        part = np.ascontiguousarray(codes[:, self.first - 1 : end])
        if self.name == "weighted":
            return self._weighed(part)
        return _dated(part) if self.name == "date" else CHECKS[self.name](part)

    def _weighed(self, codes: Bytes) -> Flags:
        body = codes[:, :-1] if self.remainders else codes
        if body.shape[1] != len(self.weights):
            return np.zeros(len(codes), np.bool_)
        values = _values(body, self.alphabet)
        sums = np.maximum(values, 0) @ np.array(self.weights, np.int64) % self.modulus
        if not self.remainders:
            return np.asarray(_known(values) & (sums == 0))
        wanted = np.array([ord(char) for char in self.remainders], np.uint8)[sums]
        return np.asarray(_known(values) & (wanted == codes[:, -1]))


def _dated(codes: Bytes) -> Flags:
    """Eight digits that are a day of the calendar, 1850 to 2099."""
    if codes.shape[1] != 8:
        return np.zeros(len(codes), np.bool_)
    digits = _values(codes, _LETTERS[:10])
    known = _known(digits)
    days = np.maximum(digits, 0) @ (10 ** np.arange(7, -1, -1))
    return np.asarray(known & np.isin(days, _calendar()))


@cache
def _calendar() -> Ints:
    months = ((year, month) for year in range(*_YEARS) for month in range(1, 13))
    days = [y * 10000 + m * 100 + d for y, m in months for d in range(1, monthrange(y, m)[1] + 1)]
    return np.array(days, np.int64)
