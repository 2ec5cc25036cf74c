"""Candidates for names at places of a line, and which of them are names.

A candidate is a place with the lengths that a name may have there, likeliest first.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from detectors.names import names
from detectors.person_units import Line
from detectors.person_words import NEVER_FIRST, NEVER_INSIDE, NEVER_LAST, NEVER_WHOLE, POLITE
from detectors.texts import Flags, Ints
from detectors.tries import Trie

Floats = npt.NDArray[np.float64]

_MOST = 4  # characters of a name without a dot
_POLITE = 2  # characters of a form of address


@dataclass(frozen=True, slots=True)
class Candidates:
    """Where names may stand, by one rule: the first size that scores above `least` is a name."""

    starts: Ints
    sizes: tuple[Ints, ...]  # 0 for none
    least: Floats
    proven: bool

    @classmethod
    def of(cls, starts: Ints, size: int, least: float, *, proven: bool) -> "Candidates":
        """Candidates of one size that all need the same score."""
        return cls(starts, (np.full(len(starts), size),), np.full(len(starts), least), proven)


def names_among(line: Line, some: Candidates, never: Ints) -> tuple[Ints, Ints]:
    """Starts and ends of the names among candidates, in the order that these have.

    `never` are places where a word may stand that no name has inside.
    """
    sizes, first = np.zeros((2, len(some.starts)), np.int64)
    for size in some.sizes:
        left = np.flatnonzero((sizes == 0) & (size > 0))
        scores = _scores(line, some.starts[left], size[left])
        fits = left[scores > some.least[left]]
        first = np.where(first == 0, size, first)
        sizes[fits] = size[fits]
    found = np.flatnonzero(sizes)
    starts, ends = some.starts[found], some.starts[found] + first[found]
    # The likeliest size speaks for all.
    found = found[~_is_never(line, starts, ends, never)]
    return some.starts[found], some.starts[found] + sizes[found]


def leftmost(starts: Ints, ends: Ints) -> Flags:
    """Which spans a search finds that goes on after each: all but those that overlap one.

    The spans are in order of their starts.
    """
    kept = np.ones(len(starts), np.bool_)
    touching = np.flatnonzero(starts[1:] < np.maximum.accumulate(ends)[:-1]) + 1
    stop = before = -1
    for at in touching.tolist():  # few are
        if before != at - 1:
            stop = int(ends[at - 1])
        kept[at] = starts[at] >= stop
        stop, before = int(ends[at]) if kept[at] else stop, at
    return kept


def _scores(line: Line, starts: Ints, sizes: Ints) -> Floats:
    """A score for each span; +inf for those of more characters than a name has without a dot.

    A surname before a form of address is certain too.
    """
    out = np.where(sizes > _MOST, np.inf, -np.inf)
    for size in range(2, _MOST + 1):
        at = np.flatnonzero(sizes == size)
        if len(at):
            units = line.units[starts[at, None] + np.arange(size)]
            out[at] = names().scores(names().codes(units))
    addressed = _addressed(line, starts, sizes)
    surnames = names().is_surname(names().codes(line.units[starts[addressed]]))
    out[addressed] = np.where(surnames, np.inf, -np.inf)
    return out


def _addressed(line: Line, starts: Ints, sizes: Ints) -> Ints:
    """Which spans are one character before a form of address."""
    some = np.flatnonzero(sizes == 1 + _POLITE)
    return some[_polite().has(line.units, starts[some] + 1)]


def _is_never(line: Line, starts: Ints, ends: Ints, places: Ints) -> Flags:
    """True where a span has something in it that no name has."""
    out = np.zeros(len(starts), np.bool_)
    for words, at in ((_first(), starts), (_last(), ends)):
        for which, length, said in words.read(line.units, at):
            sizes = ends[which] - starts[which]
            out[which[(said == _ANY) & (length <= sizes) | (length == sizes)]] = True
    inside, _ = _inside().longest(line.units, places)
    for length in range(1, max(map(len, NEVER_INSIDE)) + 1):
        hits = places[inside == length]
        if len(hits):
            out |= np.searchsorted(hits, starts) < np.searchsorted(hits, ends - length + 1)
    out[_addressed(line, starts, ends - starts)] = False
    return out


@cache
def _polite() -> Trie:
    return Trie(dict.fromkeys(POLITE, 1))


_ANY, _WHOLE = 1, 2


@cache
def _first() -> Trie:
    words = dict.fromkeys(NEVER_FIRST, _ANY) | dict.fromkeys(NEVER_WHOLE, _WHOLE)
    return Trie(words)


@cache
def _last() -> Trie:
    return Trie(dict.fromkeys(NEVER_LAST, _ANY), backward=True)


@cache
def _inside() -> Trie:
    return Trie(dict.fromkeys(NEVER_INSIDE, _ANY))
