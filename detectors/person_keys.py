"""Names behind a key and a sign (`姓名：X`, `receiver=X`, `"name":"X"`), and more after by `、`.

Behind strong keys they stand without a sign too, and in tags of XML.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from detectors.names import LIKELY
from detectors.person_candidates import Candidates, Floats
from detectors.person_units import BRACKET, DOT, LETTER, QUOTE, SPACE, Line
from detectors.person_words import AFTER, ASCII_KEYS, HAN_KEYS, STRONG_KEYS
from detectors.texts import Ints
from detectors.tries import Trie

_GAP, _QUOTES = 3, 2  # most spaces beside a sign, most quotes and brackets behind them
_RUN, _PART, _PARTS = 10, 8, 4  # characters of a name and of a part by dots; parts after the first
_GLUED_LEAST = 2.0  # score of a name that stands behind its key and nothing between
_HAN_KEY, _ASCII_KEY, _NAME_KEY = 1, 2, 3


def keyed(line: Line, signs: Ints) -> Iterator[Candidates]:
    """The values behind those signs that a key stands before."""
    starts = _values(line, signs)
    sizes = line.run(starts, _RUN)
    ends = _dotted(line, starts, sizes)
    good = np.flatnonzero((sizes > 1) | (ends > 0))
    least = _keys(line, signs[good])
    known = least > -np.inf
    good, least = good[known], least[known]
    starts, sizes, ends = starts[good], sizes[good], ends[good]
    parted = ends > 0
    if parted.any():
        own = np.full(int(parted.sum()), -np.inf)
        yield Candidates(starts[parted], ((ends - starts)[parted],), own, proven=True)
    starts, sizes, least = starts[~parted], sizes[~parted], least[~parted]
    yield Candidates(starts, _cuts(line, starts, sizes), least, proven=True)
    yield _more(line, starts + sizes)


def called(line: Line, stops: Ints) -> Iterator[Candidates]:
    """The values behind the strong keys that end there, with spaces between or nothing."""
    _, said = _strong().longest(line.units, stops)
    stops = stops[said > 0]
    starts = stops.copy()
    for _ in range(_GAP):
        starts += line.are(starts, SPACE)
    sizes = line.run(starts, 5)
    good = (sizes >= 2) & (sizes <= 4) & ~_after().has(line.units, starts)
    # Glued to its key a name has to be likelier: what follows may be a word (`联系人信息`).
    least = np.where(starts > stops, LIKELY, _GLUED_LEAST)
    good &= (starts > stops) | (sizes < 4)
    yield Candidates(starts[good], (sizes[good],), least[good], proven=True)


def _values(line: Line, signs: Ints) -> Ints:
    """Where the value behind each sign begins."""
    at = signs + 1
    which = np.flatnonzero(~line.is_han(at))
    inner = at[which]
    for _ in range(_GAP):
        inner += line.are(inner, SPACE)
    for _ in range(_QUOTES):
        inner += line.are(inner, QUOTE) | line.are(inner, BRACKET)
    at[which] = inner
    return at


def _dotted(line: Line, starts: Ints, sizes: Ints) -> Ints:
    """Where names of parts with dots between end, 0 for others."""
    ends = np.zeros(len(starts), np.int64)
    which = np.flatnonzero((sizes >= 1) & (sizes <= _PART))
    at = (starts + sizes)[which]
    for _ in range(_PARTS):
        dot = line.are(at, DOT)
        which, at = which[dot], at[dot] + 1
        size = line.run(at, _PART)
        which, at = which[size > 0], (at + size)[size > 0]
        ends[which] = at
    return ends


def _keys(line: Line, signs: Ints) -> Floats:
    """The score that a name needs by the key before each sign, -inf where no key is."""
    at, spaces = _skipped(line, signs, 2 * _GAP)
    before = line.units[at - 1]
    copula = (before == ord("是")) | (before == ord("为")) | (before == ord("叫"))
    copula &= spaces <= _GAP
    inner = np.flatnonzero(copula)
    at[inner], _ = _skipped(line, at[inner] - 1, _GAP)
    at -= line.are(at - 1, QUOTE)
    least, tags = np.full(len(at), -np.inf), line.units[signs] == ord(">")
    for which, length, said in _known_keys().read(line.units, at):
        ahead = line.units[at[which] - length - 1]
        whole = (said == _HAN_KEY) | ~line.are(at[which] - length - 1, LETTER)
        whole &= ~tags[which] | (ahead == ord("<")) | (ahead == ord(":"))
        least[which[whole]] = np.where(said == _NAME_KEY, 0.0, LIKELY)[whole]
    return least


def _skipped(line: Line, stops: Ints, most: int) -> tuple[Ints, Ints]:
    """The stops before the spaces in front of each, and how many these are."""
    at = stops.copy()
    which = np.flatnonzero(line.are(at - 1, SPACE))
    for _ in range(most):
        at[which] -= 1
        which = which[line.are(at[which] - 1, SPACE)]
    return at, stops - at


def _cuts(line: Line, starts: Ints, sizes: Ints) -> tuple[Ints, ...]:
    """The run of Han as a name; else its beginnings, where the rest goes on as after a name."""
    out = [np.where(sizes <= 4, sizes, 0)]
    for size in (4, 3, 2):
        cut = np.zeros(len(starts), np.int64)
        which = np.flatnonzero(sizes > size)
        cut[which[_after().has(line.units, starts[which] + size)]] = size
        out.append(cut)
    return tuple(out)


def _more(line: Line, stops: Ints) -> Candidates:
    """More names after one, with `、` or `/` between."""
    found = [(stops[:0], stops[:0])]
    at = stops
    while len(at):
        at = at + line.are(at, SPACE)
        unit = line.units[at]
        at = at[(unit == ord("、")) | (unit == ord("/"))] + 1
        at = at + line.are(at, SPACE)
        sizes = line.run(at, 5)
        good = (sizes >= 2) & (sizes <= 4)
        at, sizes = at[good], sizes[good]
        found.append((at, sizes))
        at = at + sizes
    starts, sizes = (np.concatenate(part) for part in zip(*found, strict=True))
    return Candidates(starts, (sizes,), np.full(len(starts), LIKELY), proven=True)


@cache
def _strong() -> Trie:
    return Trie(dict.fromkeys(STRONG_KEYS, 1), backward=True)


@cache
def _after() -> Trie:
    return Trie(dict.fromkeys((*AFTER, *HAN_KEYS), 1))


@cache
def _known_keys() -> Trie:
    """The keys, with the small letters of ASCII ones as what they are written in."""
    words = dict.fromkeys(HAN_KEYS, _HAN_KEY) | dict.fromkeys(ASCII_KEYS, _ASCII_KEY)
    return Trie(words | {"name": _NAME_KEY}, backward=True, any_case=True)
