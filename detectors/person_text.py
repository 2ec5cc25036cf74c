"""Names inside longer texts, where something beside them tells: a key, a title, a trait, a role.

One pass over pairs of characters finds where such a word may stand. What stands around those
places is read as arrays, and every candidate scored by the tables of `detectors.names`, all at
once.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np

from detectors.names import LIKELY
from detectors.person_candidates import Candidates, leftmost, names_among
from detectors.person_keys import called, keyed
from detectors.person_traits import traits
from detectors.person_units import (
    CALLED,
    INTRODUCES,
    NEVER,
    PART,
    PARTED,
    ROLE,
    SIGNED,
    SPACE,
    TITLE,
    Line,
)
from detectors.person_words import (
    AFTER,
    AFTER_LADY,
    BEFORE,
    POLITE,
    REACHED_AFTER,
    REACHED_BEFORE,
    ROLES,
    TITLES,
)
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.tries import Trie

_SHORTEST = 9  # bytes of a text with a name and a word beside it: `xm=` and two of Han
_BLOCK = 1 << 22  # bytes looked at in one go, so that what is made of them stays in the cache
_BEYOND = 2  # bytes of a Han character beyond the first
_DESCRIBED_LEAST = -4.0  # score of three characters before a trait: few words stand there
_WITHIN_LEAST = 1.0  # score before a title of what a word stands before
_ROLE_LEAST = 2.0
_LADY, _POLITE = 2, 3  # the numbers of 女士, and of other forms of address, among titles

Found = tuple[Ints, Ints, Ints, Flags]  # rows, first bytes, bytes after the last, proven


def find(texts: Texts, skip: Flags) -> Found:
    """Every name beside a telling word, in order, in the rows that are not to be skipped."""
    han = texts.lengths - texts.chars >= 2 * _BEYOND
    rows = np.flatnonzero(~skip & han & (texts.lengths >= _SHORTEST))
    blocks = np.cumsum(texts.lengths[rows]) // _BLOCK
    edges = np.flatnonzero(np.diff(blocks)) + 1
    found = [_found(texts, some) for some in np.split(rows, edges) if len(some)]
    if not found:
        return rows, rows, rows, np.zeros(0, np.bool_)
    held, starts, ends, proven = (np.concatenate(part) for part in zip(*found, strict=True))
    return held, starts, ends, proven


def _found(texts: Texts, rows: Ints) -> Found:
    line = Line.of(texts, rows)
    at, said = line.pairs()
    never = at.compress(said & NEVER > 0)
    some = [
        (*names_among(line, candidates, never), candidates.proven)
        for candidates in _candidates(line, at, said)
    ]
    proven = np.repeat([proven for *_, proven in some], [len(starts) for starts, *_ in some])
    starts, ends = (np.concatenate([part[n] for part in some]) for n in (0, 1))
    order = np.argsort(2 * starts + ~proven, kind="stable")  # of two at one place the proven
    starts, ends, proven = starts[order], ends[order], proven[order]
    apart = np.diff(starts, prepend=-1) > 0
    starts, ends, proven = starts[apart], ends[apart], proven[apart]
    apart = leftmost(starts, ends)
    return *line.spans(texts, starts[apart], ends[apart]), proven[apart]


def _candidates(line: Line, at: Ints, said: Bytes) -> Iterator[Candidates]:
    """Where names may stand, by all rules; each looks at the pairs that are for it."""
    yield from keyed(line, at.compress(said & SIGNED > 0))
    yield from _titled(line, at.compress(said & TITLE > 0) + 2)
    yield _described(line, at.compress(said & PARTED > 0) + 1)
    yield _introduced(line, at.compress(said & INTRODUCES > 0))
    yield _in_role(line, at.compress(said & ROLE > 0) + 2)
    yield from called(line, at.compress(said & CALLED > 0) + 2)


def _titled(line: Line, stops: Ints) -> Iterator[Candidates]:
    """`X先生`: X begins at a border, or after a word that may stand before a name.

    What stands there as one character is found with the form of address, where somebody is to
    be reached (`张先生电话`, `联系李女士`): a surname that is only talked about names nobody.
    """
    ends, stops, said = _words(_titles(), line, stops)
    good = np.where(
        said == _LADY,
        ~line.is_han(stops) | _after_lady().has(line.units, stops),
        ~_not_after_title().has(line.units, stops),
    )
    ends, stops, said = ends[good], stops[good], said[good]
    first = leftmost(ends, stops)
    ends, stops, said = ends[first], stops[first], said[first]
    bare = (said >= _LADY) & (line.units[stops] != ord("姐")) & _begins(line, ends - 1)
    reached = bare & (
        _reached_after().has(line.units, stops) | _reached_before().has(line.units, ends - 1)
    )
    yield Candidates.of(ends[reached] - 1, 3, -np.inf, proven=True)
    ends = ends[~bare]
    runs = line.run(ends, 5, back=True)
    for size in (2, 3, 4):
        whole = ends[runs == size] - size
        least = LIKELY if size < 4 else 0.0
        yield Candidates.of(whole, size, least, proven=True)
        inner = ends[runs > size] - size
        inner = inner[_before().has(line.units, inner)]
        yield Candidates.of(inner, size, _WITHIN_LEAST, proven=True)


def _begins(line: Line, places: Ints) -> Flags:
    """Where a character is Han, and no other Han stands before it but a word before names."""
    border = ~line.is_han(places - 1) | _before().has(line.units, places)
    return np.asarray(line.is_han(places) & border)


def _described(line: Line, stops: Ints) -> Candidates:
    """`X，男，汉族`: sex, people, nationality or birth follows."""
    sizes = line.run(stops, 5, back=True)
    good = (sizes >= 2) & (sizes <= 4)
    stops, sizes = stops[good], sizes[good]
    at = stops.copy()
    which = np.flatnonzero(line.are(at, SPACE))
    for _ in range(3):
        at[which] += 1
        which = which[line.are(at[which], SPACE)]
    spaces = at - stops
    parted = line.are(at, PART)
    at += parted
    at += parted & line.are(at, SPACE)
    told = traits(line, at)
    good = (told >= 0) & (~parted | (spaces <= 1))
    starts, sizes, told = (stops - sizes)[good], sizes[good], told[good]
    first = leftmost(starts, told + 1)  # a trait is no name, whatever follows
    starts, sizes = starts[first], sizes[first]
    least = np.where(sizes == 3, _DESCRIBED_LEAST, LIKELY)
    return Candidates(starts, (sizes,), least, proven=True)


def _introduced(line: Line, words: Ints) -> Candidates:
    """`我叫X`."""
    starts = words + 2
    sizes = line.run(starts, 5)
    good = (sizes >= 2) & (sizes <= 4)
    words, starts, sizes = words[good], starts[good], sizes[good]
    first = leftmost(words, starts + sizes)
    starts, sizes = starts[first], sizes[first]
    return Candidates(starts, (sizes,), np.zeros(len(starts)), proven=False)


def _in_role(line: Line, stops: Ints) -> Candidates:
    """`记者X报道`: a role before, and after it the end or a word that goes on."""
    words, starts, _ = _words(_roles(), line, stops)
    starts = starts[leftmost(words, starts)]
    runs = line.run(starts, 4)
    starts, runs = starts[runs >= 2], runs[runs >= 2]
    sizes = []
    for size in (3, 2):
        good = runs == size
        more = np.flatnonzero(runs > size)
        good[more] = _after().has(line.units, starts[more] + size)
        sizes.append(np.where(good, size, 0))
    return Candidates(starts, tuple(sizes), np.full(len(starts), _ROLE_LEAST), proven=False)


def _words(trie: Trie, line: Line, stops: Ints) -> tuple[Ints, Ints, Bytes]:
    """Starts, ends and numbers of the words that end there, the longest of one start."""
    lengths, said = trie.longest(line.units, stops)
    found = np.flatnonzero(lengths)
    starts, stops, said = (stops - lengths)[found], stops[found], said[found]
    last = np.diff(starts, append=-1) != 0
    return starts[last], stops[last], said[last]


@cache
def _titles() -> Trie:
    polite = dict.fromkeys(POLITE, _POLITE)
    return Trie(dict.fromkeys(TITLES, 1) | polite | {"女士": _LADY}, backward=True)


@cache
def _reached_after() -> Trie:
    return Trie(dict.fromkeys(REACHED_AFTER, 1))


@cache
def _reached_before() -> Trie:
    return Trie(dict.fromkeys(REACHED_BEFORE, 1), backward=True)


@cache
def _roles() -> Trie:
    return Trie(dict.fromkeys(ROLES, 1), backward=True)


@cache
def _before() -> Trie:
    return Trie(dict.fromkeys(BEFORE, 1), backward=True)


@cache
def _after() -> Trie:
    return Trie(dict.fromkeys(AFTER, 1))


@cache
def _after_lady() -> Trie:
    return Trie(dict.fromkeys(AFTER_LADY, 1))


@cache
def _not_after_title() -> Trie:
    return Trie({"事务": 1})  # 律师事务所
