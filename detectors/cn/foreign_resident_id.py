"""Number of a foreigner's permanent resident card (外国人永久居留身份证), of 2023 and of 2017.

Sources:
    National Immigration Administration, rules for what machines read on the card of 2023: 18
    characters, 9 first, country as three digits, check digit by ISO 7064 MOD 11-2; on that of
    2017 15: country as three letters, twelve digits.
    ISO 3166-1: country codes, see `detectors/data/countries.txt`.

Caught:
    2023: 9, province, country, a day of birth from 1850 on, three digits, check digit; proven
    where it agrees, of the form only where it fails. 2017: three letters of a country,
    province, two digits, a day as yymmdd, two digits; of the form only. Capitals or small
    letters, full width, next to Han text without a space.

Not caught:
    Masked ones (see `detectors.states`).

Mistaken for it:
    Of random numbers of 18 digits that begin with 9 five in a million have the form. Of random
    ones of three capitals and twelve digits 1.9 in 10,000: flights and parcels with a date.
"""

from functools import cache
from importlib.resources import files
from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.checksum import mod_11_2, number
from detectors.cn.id_card import born
from detectors.codes import CodeDetector, digits
from detectors.regions import is_province
from detectors.texts import Bytes, Flags, Ints

_LETTERS = np.array([26 * 26, 26, 1])
_CENTURIES = (1_900_0000, 2_000_0000)


class ForeignResidentId(CodeDetector):
    """Finds numbers of permanent resident cards."""

    kind: ClassVar[str] = "foreign_resident_id"
    chance: ClassVar[float] = 1e-6
    shape_chance: ClassVar[float] = 1.9e-4
    text_chance: ClassVar[float] = 1e-4
    proven: ClassVar[float] = 0.5
    digits: ClassVar[int] = 12
    fold: ClassVar[bool] = True
    shapes: ClassVar[tuple[str, ...]] = (r"9\d{16}[0-9X]", r"[A-Z]{3}\d{12}")

    def check(self, codes: Bytes) -> Ints:
        """By province, country and date; CHECKED where a check digit agrees too."""
        places = digits(codes)
        return _of_2023(places) if codes.shape[1] == 18 else _of_2017(places)


def _of_2023(places: Bytes) -> Ints:
    fits = is_province(number(places[:, 1:3])) & _numbers()[number(places[:, 3:6])]
    fits &= born(number(places[:, 6:14]))
    check = np.where(places[:, 17] > 9, 10, places[:, 17])
    agrees = mod_11_2(places[:, :17]) == check
    return np.where(fits, np.where(agrees, int(Proof.CHECKED), int(Proof.SHAPE)), 0)


def _of_2017(places: Bytes) -> Ints:
    country = (places[:, :3].astype(np.int64) - 10) @ _LETTERS
    fits = _names()[country] & is_province(number(places[:, 3:5]))
    day = number(places[:, 7:13])
    fits &= np.logical_or.reduce([born(century + day) for century in _CENTURIES])
    return np.where(fits, int(Proof.SHAPE), 0)


@cache
def _numbers() -> Flags:
    """True for the three digits of every country."""
    return _table(1000, [int(code) for code in _codes() if code.isdigit()])


@cache
def _names() -> Flags:
    """True for the three letters of every country, read as a number."""
    letters = [[int(char, 36) - 10 for char in code] for code in _codes() if code.isalpha()]
    return _table(26**3, np.array(letters) @ _LETTERS)


@cache
def _codes() -> list[str]:
    """Three digits and three letters of every country, former ones too."""
    text = files("detectors").joinpath("data", "countries.txt").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [code for row in rows for code in row[1].split()]


def _table(size: int, codes: Ints | list[int]) -> Flags:
    table = np.zeros(size, np.bool_)
    table[codes] = True
    table.flags.writeable = False  # one table serves every caller
    return table
