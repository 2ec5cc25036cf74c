"""Triggers: words that an address follows (`收货地址是：`, `住在`, `addr=`), by where they end."""

import numpy as np
import numpy.typing as npt

from detectors import address_signs as sign
from detectors.texts import Flags, Ints
from detectors.units import Chars

Bits = npt.NDArray[np.uint16]

_SPACES = 2  # in a row, between a word and its sign


class Rare:
    """The places of rare pairs: the few of a block that have any bit."""

    def __init__(self, bits: Bits) -> None:
        self.bits = bits
        self._at = np.flatnonzero(bits > 0)
        self._bits = bits[self._at]

    def at(self, bit: int) -> Ints:
        """Where a pair with this bit stands, in order."""
        return self._at[(self._bits & np.uint16(bit)) > 0]

    def ends(self, first: int, second: int) -> Ints:
        """Where words of three end that are a pair of each kind, one character apart."""
        at = self.at(first)
        return at[(self.bits[at + 1] & np.uint16(second)) > 0] + 3


def triggers(chars: Chars, rare: Rare) -> tuple[Ints, Ints]:
    """Where triggers end, with and without what may follow them; and the ends of some of them.

    After a key (`地址`) a quote, `是` or the like, a sign and a bracket may follow. The second
    are the triggers that pairs do not tell of, which make a text worth a look: all of three
    characters or more, inside of words too, but for `放` at the beginning of a clause.
    """
    english, inside = _english(chars, rare)
    key, verb = rare.ends(sign.KEY_1, sign.KEY_2), rare.ends(sign.VERB_1, sign.VERB_2)
    left = rare.at(sign.LEFT) + 2
    left = left + _in(chars, left, "在到")
    told = np.concatenate((rare.at(sign.KEY) + 2, key, english))
    longer = _prolonged(chars, told)
    every = np.concatenate((told, longer, rare.at(sign.VERB) + 2, verb, left))
    return np.sort(every, kind="stable"), np.concatenate((key, verb, english, inside))


def _english(chars: Chars, rare: Rare) -> tuple[Ints, Ints]:
    """Where `addr` and `address` end: at the beginning of a word, and inside of one."""
    at = rare.at(sign.ADDR_1)
    ends = at[(rare.bits[at + 2] & np.uint16(sign.ADDR_2)) > 0] + 4
    more = np.ones(len(ends), np.bool_)
    for place, letter in enumerate("ess"):
        more &= _in(chars, np.minimum(ends + place, len(chars) - 1), letter + letter.upper())
    before = chars[ends - 5] | 0x20
    free = (before < ord("a")) | (before > ord("z"))
    ends = ends + 3 * more
    return ends[free], ends[~free]


def _prolonged(chars: Chars, ends: Ints) -> Ints:
    """The ends of keys after all that may follow a key."""
    at = ends + _in(chars, ends, "\"'")
    at = _spaced(chars, at)
    changed = _in(chars, at, "改") & _in(chars, np.minimum(at + 1, len(chars) - 1), "成为")
    ought = _in(chars, at, "应")
    for place, letter in enumerate("该是", 1):
        ought &= _in(chars, np.minimum(at + place, len(chars) - 1), letter)
    at = at + 2 * changed + 3 * ought + _in(chars, at, "是为在")
    at = _spaced(chars, at)
    at = at + _in(chars, at, "=:：")
    at = _spaced(chars, at)
    return at + _in(chars, at, "\"'[")


def _spaced(chars: Chars, at: Ints) -> Ints:
    for _ in range(_SPACES):
        at = at + sign.is_space(chars[at])
    return at


def _in(chars: Chars, at: Ints, listed: str) -> Flags:
    """True where one of the listed characters stands."""
    here = chars[at]
    out = np.zeros(len(at), np.bool_)
    for char in listed:
        out |= here == ord(char)
    return out
