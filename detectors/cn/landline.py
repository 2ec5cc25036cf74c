"""Fixed-line telephone number (固定电话) of mainland China: area code and seven or eight digits.

Sources:
    电信网编号计划 (MIIT): 0, area code, subscriber number; area codes of two digits (10, 20 to
    29) have eight more. Area codes of three digits: spans as libphonenumber 9.0.43 lists them.

Caught:
    0, area code and number with a hyphen, space or brackets between, the number in one run or
    in two of four (or three and four) digits; +86, 0086 or 86 before it, with the 0 or without;
    an extension behind (-801, 转801, x801): proven. Ten to twelve digits that begin with 0 and
    an area code, and numbers without area code (seven or eight digits, 2 to 8 first), of the
    form only: whole values, or behind a word that names it.

Not caught:
    Service numbers (400 and 800, 95xxx, 12xxx). Numbers of Hong Kong, Macau and Taiwan. An area
    code without its 0, where no +86 stands before it.

Mistaken for it:
    Of random numbers of four digits, a hyphen and eight digits 2.6 in 100 are proven, of those
    that begin with 0 and have seven behind 26 in 100; of
    8-digit numbers all that begin with 2 to 8 have the form: days written as 20240315 too. So
    only numbers with a separator name a column without its header.
"""

from functools import cache
from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.groups import joint
from detectors.keyed import MixedDetector, matching
from detectors.texts import Flags, Ints, Texts

_AREAS = """
10 20-25 27-29
310-319 335 349-359 370-379 391-398 411-419 421 427 429 431-439 451-459 464 467-479 482 483
510-519 523 527 530-539 543 546 550-566 570-580 591-599 631-635 660-668 691 692 701 710-728
730-746 750-779 790-799 812-818 825-839 851-859 870-888 891-898 901-919 930-943 951-955 970-979
990-999
"""
_AFTER_AREA = ((8,), (7,), (4, 4), (3, 4))  # groups of the subscriber's number
_COUNTRY = 86
_GAP = np.zeros(256, np.bool_)
_GAP[np.frombuffer(b" -()", np.uint8)] = True
_SUBSCRIBER = np.isin(np.arange(10), (3, 4, 7, 8))  # digits of a first group
_SHORT = 100  # area codes below have two digits
_WIDEST = 3  # bytes between area code and number: `) -`
_TURN = "转".encode()
_LONGEST = 6  # digits of an extension

Spans = tuple[Ints, Ints, Ints]  # first byte, last digit run, byte after the last


class Landline(MixedDetector):
    """Finds fixed-line numbers."""

    kind: ClassVar[str] = "landline"
    chance: ClassVar[float] = 0.26
    proven: ClassVar[float] = 0.85
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 1e-3
    expected: ClassVar[float] = 0.97
    otherwise: ClassVar[float] = 0.2  # mobiles
    digits: ClassVar[int] = 7
    keyed: ClassVar[frozenset[str]] = frozenset({"mobile"})  # `电话` may be either's

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for a number without area code, or with one and nothing between."""
        return np.where(matching(texts, _bare()), int(Proof.SHAPE), 0)

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Numbers that area code and separators tell."""
        at, starts = _areas(texts)
        found = [_numbers(texts, at, starts, sizes) for sizes in _AFTER_AREA]
        starts, last, ends = (np.concatenate(column) for column in zip(*found, strict=True))
        ends, goes_on = _extended(texts, last, ends)
        free = ~goes_on & texts.bordered(starts, ends)
        return starts[free], ends[free], np.full(free.sum(), int(Proof.CHECKED))


def _areas(texts: Texts) -> tuple[Ints, Ints]:
    """The runs that are area codes with a gap behind, and where their numbers begin."""
    runs = texts.digit_runs
    lengths = runs.lengths
    following = np.append(lengths[1:], 0)
    at = np.flatnonzero((lengths >= 2) & (lengths <= 4) & _SUBSCRIBER[np.minimum(following, 9)])
    at = at[_gapped(texts, at)]
    zero = texts.data[runs.starts[at]] == ord("0")
    codes = _value(texts, runs.ends[at], lengths[at] - zero)
    known = _codes()[codes] & (lengths[at] - zero == np.where(codes < _SHORT, 2, 3))
    at, zero = at[known], zero[known]
    abroad = _country(texts, at)
    kept = abroad | (zero & (joint(texts, at - 1) != ord("-")))
    at, starts = at[kept], runs.starts[at - abroad][kept]
    starts = starts - (texts.before(starts) == ord("("))
    return at, starts - (texts.before(starts) == ord("+"))


def _country(texts: Texts, at: Ints) -> Flags:
    """True where the run before is 86 or 0086, and signs of two bytes at most between."""
    runs = texts.digit_runs
    before = np.maximum(at - 1, 0)
    fits = (at > 0) & (runs.rows[before] == runs.rows[at]) & np.isin(runs.lengths[before], (2, 4))
    fits &= _value(texts, runs.ends[before], runs.lengths[before] * fits) == _COUNTRY
    return np.asarray(fits & _gapped(texts, before), dtype=np.bool_)


def _numbers(texts: Texts, at: Ints, starts: Ints, sizes: tuple[int, ...]) -> Spans:
    """The numbers in groups of these sizes behind area codes."""
    runs = texts.digit_runs
    last = at + len(sizes)
    fits = last < len(runs.rows)
    last = np.where(fits, last, at)
    fits &= runs.rows[last] == runs.rows[at]
    for place, size in enumerate(sizes, 1):
        fits &= runs.lengths[np.minimum(at + place, last)] == size
    if len(sizes) > 1:
        fits &= joint(texts, at + 1) != 0
    first = texts.data[runs.starts[np.minimum(at + 1, last)]]
    fits &= (first >= ord("2")) & (first <= ord("8"))
    area = runs.lengths[at] - (texts.data[runs.starts[at]] == ord("0"))
    fits &= (sum(sizes) == 8) | (area == 3)
    return starts[fits], last[fits], runs.ends[last[fits]]


def _gapped(texts: Texts, at: Ints) -> Flags:
    """True where spaces, hyphens and brackets alone, three at most, stand before the next run."""
    runs = texts.digit_runs
    following = np.minimum(at + 1, len(runs.rows) - 1)
    gap = runs.starts[following] - runs.ends[at]
    good = (gap > 0) & (gap <= _WIDEST) & (runs.rows[following] == runs.rows[at])
    for place in range(_WIDEST):
        good &= (place >= gap) | _GAP[texts.after(np.minimum(runs.ends[at] + place, _end(texts)))]
    return np.asarray(good, dtype=np.bool_)


def _extended(texts: Texts, last: Ints, ends: Ints) -> tuple[Ints, Flags]:
    """The ends with an extension, and True where the number goes on in another way."""
    runs = texts.digit_runs
    following = np.minimum(last + 1, len(runs.rows) - 1)
    near = (following > last) & (runs.rows[following] == runs.rows[last])
    gap = runs.starts[following] - ends
    sign = texts.after(ends)
    one = near & (gap == 1) & np.isin(sign, np.frombuffer(b"-xX#", np.uint8))
    turn = near & (gap == len(_TURN)) & (sign == _TURN[0])
    extends = (one | turn) & (runs.lengths[following] <= _LONGEST)
    goes_on = near & (gap == 1) & (sign == ord("-")) & ~extends
    return np.where(extends, runs.ends[following], ends), goes_on


def _value(texts: Texts, ends: Ints, lengths: Ints) -> Ints:
    """The decimal value of `lengths` digits, four at most, that end at `ends`."""
    value = np.zeros(len(ends), np.int64)
    for place in range(1, 5):
        digit = texts.data[np.maximum(ends - place, 0)].astype(np.int64) - ord("0")
        value += np.where(place <= lengths, digit * 10 ** (place - 1), 0)
    return value


def _end(texts: Texts) -> int:
    return len(texts.data)


@cache
def _codes() -> Flags:
    """True for every area code, without its 0."""
    table = np.zeros(10_000, np.bool_)
    for span in _AREAS.split():
        first, *last = map(int, span.split("-"))
        table[first : (last or [first])[0] + 1] = True
    table.flags.writeable = False  # one table serves every caller
    return table


@cache
def _bare() -> str:
    """The RE2 shape of a number in one run, with area code or without, and its extension."""
    codes = np.flatnonzero(_codes()).tolist()
    two, three = ("|".join(str(c) for c in codes if (c < _SHORT) is s) for s in (True, False))
    return rf"(?:(?:0(?:{three}))?[2-8]\d{{6,7}}|0(?:{two})[2-8]\d{{7}})(?:(?:[-xX#]|转)\d{{1,6}})?"
