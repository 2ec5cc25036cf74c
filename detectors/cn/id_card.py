"""Resident identity number (公民身份号码) of 18 digits, and the old one of 15.

Six digits of region, eight of birth date, three of sequence, one check digit.

Sources:
    GB 11643-1999: structure and check digit (ISO 7064 MOD 11-2); specimens
    11010519491231002X and 440524188001010014.
    GB/T 2260: region codes, see `detectors/data/region_codes.txt`.
    港澳台居民居住证申领发放办法 (2018), art. 3: 810000, 820000, 830000 with the same structure.

Caught:
    18 digits, or 17 and `X` or `x`; full width; in groups of 6, 8 and 4 by spaces or hyphens;
    next to Han text without a space. Proven where province, date and check digit agree: the
    county may be unknown, since codes come and go. Of the form only where the check digit
    fails. 15 digits with a date and a county that is or was, of the form only.
    Births from 1850 to this day.

Not caught:
    Masked or rounded numbers (see `detectors.states`). Numbers that lost their `X` to a
    BIGINT column. Permits of foreign residents (they begin with 9).

Mistaken for it:
    Of random 18-digit numbers 1.9 in 100,000 are proven, 2 in 10,000 have the form. A serial
    built of region, day and count has the form, and one in eleven is proven. Of random
    15-digit numbers 2.8 in 10,000 have the form.
"""

from datetime import date
from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.checksum import Digits, mod_11_2, number
from detectors.groups import digits_at, grouped, layout, led
from detectors.regions import in_province, is_county
from detectors.texts import Flags, Ints, Texts

_FIRST_YEAR = 1850
_DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87)
_X = frozenset(b"Xx")


class IdCard(Detector):
    """Finds resident identity numbers."""

    kind: ClassVar[str] = "id_card"
    chance: ClassVar[float] = 1.9e-5
    shape_chance: ClassVar[float] = 2.0e-4
    text_chance: ClassVar[float] = 3e-5
    expected: ClassVar[float] = 0.99
    digits: ClassVar[int] = 15
    proven: ClassVar[float] = 0.97

    def find(self, texts: Texts) -> Matches:
        """Every identity number, 18 digits and 15."""
        runs = texts.digit_runs
        solid = runs.take((runs.lengths == 18) | _before_x(texts, runs.lengths == 17, runs.ends))
        parts = [(solid.starts, layout((18,)))]
        whole = grouped(texts, (6, 8, 4))
        cut = grouped(texts, (6, 8, 3))
        cut = cut[_before_x(texts, np.ones(len(cut), np.bool_), runs.ends[cut + 2])]
        apart = np.concatenate((whole, cut))
        parts.append((runs.starts[apart[~led(texts, apart)]], layout((6, 8, 4))))
        found = [_modern(texts, starts, where) for starts, where in parts]
        found.append(_legacy(texts, runs.starts[runs.lengths == 15]))
        starts, ends, checked = (np.concatenate(column) for column in zip(*found, strict=True))
        return Matches.at(texts, starts, ends, checked)


def regional(digits: Digits) -> Flags:
    """True where the first 14 digits are a province's code and a day from 1850 to this one."""
    return in_province(number(digits[:, :6])) & born(number(digits[:, 6:14]))


def check_agrees(digits: Digits) -> Flags:
    """True where the last of 18 digits (10 for `X`) is the check digit of the others."""
    return np.asarray(mod_11_2(digits[:, :17]) == digits[:, 17], dtype=np.bool_)


def _modern(texts: Texts, starts: Ints, where: Ints) -> tuple[Ints, Ints, Flags]:
    """Spans of 18 digits with province and date, and whether the check digit agrees."""
    ends = starts + where[-1] + 1
    free = texts.bordered(starts, ends)
    starts, ends = starts[free], ends[free]
    digits = digits_at(texts, starts, where)
    fits = regional(digits)
    digits[:, 17] = np.where(digits[:, 17] > 9, 10, digits[:, 17])
    return starts[fits], ends[fits], check_agrees(digits[fits])


def _legacy(texts: Texts, starts: Ints) -> tuple[Ints, Ints, Flags]:
    """Spans of 15 digits with county and date; nothing in them can prove more."""
    starts = starts[texts.bordered(starts, starts + 15)]
    digits = digits_at(texts, starts, layout((15,)))
    fits = is_county(number(digits[:, :6])) & born(19_000_000 + number(digits[:, 6:12]))
    starts = starts[fits]
    return starts, starts + 15, np.zeros(len(starts), np.bool_)


def born(days: Ints) -> Flags:
    """True where yyyymmdd is a day of the calendar, not before 1850 and not to come."""
    year, month, day = days // 10_000, days // 100 % 100, days % 100
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    exists = (day >= 1) & (day <= _DAYS[month]) & ((month != 2) | (day < 29) | leap)
    today = int(date.today().strftime("%Y%m%d"))
    return np.asarray(exists & (year >= _FIRST_YEAR) & (days <= today), dtype=np.bool_)


def _before_x(texts: Texts, which: Flags, ends: Ints) -> Flags:
    """The flags, kept only where an `X` follows."""
    out = np.zeros(len(which), np.bool_)
    at = np.flatnonzero(which)
    out[at] = np.isin(texts.after(ends[at]), list(_X))
    return out
