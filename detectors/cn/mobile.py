"""Mobile phone number (手机号) of mainland China, with Hong Kong, Macau and Taiwan abroad.

Sources:
    电信网编号计划 (MIIT): 11 digits, the first three or four name the network.
    Segments as assigned in 2026: VincentSit/ChinaMobilePhoneNumberRegex and libphonenumber
    9.0.43 (for 1610), compared.

Caught:
    11 digits in an assigned segment, of the form only. Proven where the way of writing agrees
    too: +86, 0086 or 86 before it, or groups of 3, 4 and 4 by spaces or hyphens. A leading 0;
    (86); full width; next to Han text without a space. Internet-of-things numbers of 13
    digits (1410, 1440, 1441, 10645 to 10649), of the form only. +852, +853 and +886 numbers,
    with the country code alone.

Not caught:
    Segments that nobody has (142, 143, 154, 164, 194, ...). Numbers inside a longer number,
    in a decimal fraction, or after a bare +. Masked ones (see `detectors.states`). 13 digits
    that begin with 146 or 148: those are milliseconds of 2016 and 2017.

Mistaken for it:
    5.5 % of random 11-digit numbers have the form, 79 % of those that begin with 1 and a digit
    from 3: order and member numbers. The spread of their beginnings tells them apart. 5.5 in
    10,000 random 13-digit numbers read as 86 and a mobile number. Of log lines one in five of
    which holds some 11-digit code, 1.2 % have a match.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.checksum import number
from detectors.groups import digits_at, grouped, is_fraction, joint, layout, led
from detectors.texts import Flags, Ints, Texts

# First four digits, ranges of assigned segments.
_SEGMENTS = (
    (1300, 1399),
    (1450, 1499),
    (1500, 1539),
    (1550, 1599),
    (1610, 1610),
    (1620, 1629),
    (1650, 1679),
    (1700, 1740),
    (1749, 1789),
    (1800, 1939),
    (1950, 1999),
)
# First five digits.
_THINGS = ((10645, 10649), (14100, 14109), (14400, 14419))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How numbers of one country code are written: group sizes and first digits."""

    code: int
    sizes: tuple[tuple[int, ...], ...]
    firsts: tuple[tuple[int, int], ...]  # ranges over the first four digits


_MAINLAND = 86
_PLANS = (
    _Plan(_MAINLAND, ((11,), (3, 4, 4)), _SEGMENTS),
    _Plan(852, ((8,), (4, 4)), ((4000, 9999),)),
    _Plan(853, ((8,), (4, 4)), ((6000, 6999),)),
    _Plan(886, ((9,), (3, 3, 3)), ((9000, 9999),)),
)


class Mobile(Detector):
    """Finds mobile phone numbers."""

    kind: ClassVar[str] = "mobile"
    chance: ClassVar[float] = 5.5e-4
    shape_chance: ClassVar[float] = 0.055
    text_chance: ClassVar[float] = 0.012
    expected: ClassVar[float] = 0.98
    imitated: ClassVar[float] = 0.79
    leads: ClassVar[tuple[int, ...]] = (4, 10, 20)
    digits: ClassVar[int] = 11

    def find(self, texts: Texts) -> Matches:
        """Every mobile number, with its country code and separators."""
        found = [_planned(texts, plan, sizes) for plan in _PLANS for sizes in plan.sizes]
        found.append(_things(texts))
        starts, ends, checked = (np.concatenate(column) for column in zip(*found, strict=True))
        free = texts.bordered(starts, ends) & ~is_fraction(texts, starts)
        return Matches.at(texts, starts[free], ends[free], checked[free])


def _planned(texts: Texts, plan: _Plan, sizes: tuple[int, ...]) -> tuple[Ints, Ints, Flags]:
    """Spans of one plan and grouping, code included, and whether the writing agrees."""
    runs = texts.digit_runs
    length = len(str(plan.code))
    at = grouped(texts, sizes, (0, 1, length, length + 2))
    starts = runs.starts[at] + runs.lengths[at] - sizes[0]
    at, starts = _kept(_in_ranges(texts, starts, sizes, plan.firsts), at, starts)
    begins, coded, bare = _heads(texts, at, starts, plan.code)
    signed = texts.before(begins) == ord("+")
    if plan.code == _MAINLAND:
        accepted = coded | (bare & ~signed & ~led(texts, at))
    else:
        accepted = coded & (signed | (texts.data[begins] == ord("0")))
    bracket = coded & (texts.before(begins - signed) == ord("("))
    begins, ends = begins - signed - bracket, runs.ends[at + len(sizes) - 1]
    return begins[accepted], ends[accepted], (coded | (len(sizes) > 1))[accepted]


def _kept(which: Flags, *columns: Ints) -> tuple[Ints, ...]:
    return tuple(column[which] for column in columns)


def _in_ranges(
    texts: Texts, starts: Ints, sizes: tuple[int, ...], ranges: tuple[tuple[int, int], ...]
) -> Flags:
    """True where the first four digits, across groups, lie in one of the ranges."""
    table = np.zeros(10_000, np.bool_)
    for low, high in ranges:
        table[low : high + 1] = True
    return table[number(digits_at(texts, starts, layout(sizes)[:4]))]


def _heads(texts: Texts, at: Ints, starts: Ints, code: int) -> tuple[Ints, Flags, Flags]:
    """Where each number begins with its code; whether it has the code; whether it has none.

    In the same run, before the number, stands nothing, a 0, or the code (86 or 0086). Where
    no code stands there, it may in the run before: `86 138...`, `(86)138...`.
    """
    runs = texts.digit_runs
    begins = runs.starts[at]
    head = starts - begins
    bare = (head == 0) | ((head == 1) & (texts.data[begins] == ord("0")))
    coded = np.zeros(len(at), np.bool_)
    attached = np.flatnonzero(head >= len(str(code)))
    coded[attached] = _value(texts, starts[attached], head[attached]) == code
    separate = np.flatnonzero(bare & (runs.rows[at - 1] == runs.rows[at]) & (at > 0))
    separate = separate[_is_code(texts, at[separate], code)]
    begins[separate] = runs.starts[at[separate] - 1]
    coded[separate], bare[separate] = True, False
    return begins, coded, bare


def _is_code(texts: Texts, at: Ints, code: int) -> Flags:
    """True where the run before is the code, set off by ` `, `-`, `)`, `) ` or `)-`."""
    runs = texts.digit_runs
    here, there = runs.starts[at], runs.ends[at - 1]
    closed = texts.after(there) == ord(")")
    gap = here - there - closed
    inner = np.isin(texts.before(here), list(b" -")) & (gap == 1)
    length = runs.lengths[at - 1]
    fits = np.isin(length, (len(str(code)), len(str(code)) + 2)) & (inner | (closed & (gap == 0)))
    # The code is no part of another number or word: `138-0013-0086 139...`, `x86 139...`.
    fits &= (joint(texts, at - 2) == 0) & texts.bordered(runs.starts[at - 1], there)
    out: Flags = fits & (_value(texts, there, np.minimum(length, 5)) == code)
    return out


def _value(texts: Texts, ends: Ints, lengths: Ints) -> Ints:
    """The decimal value of `lengths` (up to 5) digits that end at `ends`."""
    value = np.zeros(len(ends), np.int64)
    for place in range(1, 6):
        digit = texts.data[np.maximum(ends - place, 0)].astype(np.int64) - ord("0")
        value += np.where(place <= lengths, digit * 10 ** (place - 1), 0)
    return value


def _things(texts: Texts) -> tuple[Ints, Ints, Flags]:
    """Spans of 13-digit numbers of the internet of things; the form is all they show."""
    runs = texts.digit_runs
    starts = runs.starts[runs.lengths == 13]
    lead = number(digits_at(texts, starts, layout((5,))))
    fits = np.zeros(len(starts), np.bool_)
    for low, high in _THINGS:
        fits |= (lead >= low) & (lead <= high)
    starts = starts[fits]
    return starts, starts + 13, np.zeros(len(starts), np.bool_)
