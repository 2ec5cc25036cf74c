"""Detectors for codes of fixed length: a table of bytes for each place, then one check for all."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from functools import cache
from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches, Proof
from detectors.keys import keys
from detectors.texts import Bytes, Flags, Ints, Texts

_ATOM = re.compile(r"(\[[^\]]+\]|\\d|[^\\\[\]{}])(?:\{(\d+)\})?")
_FOLD = 0x20  # what a small letter has more than its capital

Codes = tuple[Ints, Ints, Bytes]  # starts, ends, and the characters of each, one row a code


class CodeDetector(Detector):
    r"""Finds codes that fill a run of ASCII letters and digits, place by place.

    `shapes` are patterns of one fixed length each: characters, `[A-Z]`, `\d`, each with `{n}`
    or not. `check` says of all candidates at once how far each is proven. With `fold` small
    letters count as capitals. A code without check digit (`proven` is 0) is proven by a word
    before it for the kind or one of `keyed`.
    """

    shapes: ClassVar[tuple[str, ...]] = ()
    fold: ClassVar[bool] = False
    keyed: ClassVar[frozenset[str]] = frozenset()

    @abstractmethod
    def check(self, codes: Bytes) -> Ints:
        """`Proof` of each row of characters (n x length), 0 where it is refuted."""

    def candidates(self, texts: Texts) -> Iterator[Codes]:
        """Spans that have the form; where the form has separators, their characters without."""
        for shape in self.shapes:
            yield shaped(texts, shape, fold=self.fold)

    def find(self, texts: Texts) -> Matches:
        """Every code that its check does not refute."""
        starts, ends, proofs = (np.zeros(0, np.int64) for _ in range(3))
        for begin, finish, codes in self.candidates(texts):
            if not len(begin):
                continue
            proof = self.check(codes)
            good = (proof > 0) & texts.bordered(begin, finish)
            starts = np.concatenate((starts, begin[good]))
            ends = np.concatenate((ends, finish[good]))
            proofs = np.concatenate((proofs, proof[good]))
        starts, ends, proofs = apart(starts, ends, proofs)
        if len(starts) and not self.proven:  # no word makes a wrong check digit right
            named, _ = texts.shared(keys).of(self.keyed | {self.kind})
            proofs = np.where(np.isin(starts, named), int(Proof.CHECKED), proofs)
        return Matches.at(texts, starts, ends, proofs == Proof.CHECKED)


def shaped(texts: Texts, shape: str, *, fold: bool = False) -> Codes:
    """The runs of letters and digits that have the shape, from first to last character."""
    table = _places(shape, fold)
    runs = texts.word_runs
    starts = runs.starts[runs.lengths == len(table)]
    for place in _by_rarity(table):
        starts = starts[table[place][texts.data[starts + place]]]
    codes = texts.data[starts[:, None] + np.arange(len(table))] if len(starts) else _NO_CODES
    if fold:
        codes = np.where((codes >= ord("a")) & (codes <= ord("z")), codes - _FOLD, codes)
    return starts, starts + len(table), codes.astype(np.uint8)


def digits(codes: Bytes) -> Bytes:
    """Characters as numbers: 0 to 9, and letters as 10 to 35."""
    letter = codes >= ord("A")
    return np.where(letter, codes - np.uint8(ord("A") - 10), codes - np.uint8(ord("0")))


_NO_CODES = np.zeros((0, 0), np.uint8)


@cache
def _places(shape: str, fold: bool) -> Flags:
    """Which bytes fit at each place: length x 256."""
    rows: list[list[bool]] = []
    for atom, times in _ATOM.findall(shape):
        one = re.compile(atom, re.IGNORECASE if fold else 0)
        rows += [[bool(one.fullmatch(chr(byte))) for byte in range(128)] + [False] * 128] * int(
            times or 1
        )
    return np.array(rows, np.bool_)


def _by_rarity(table: Flags) -> list[int]:
    """The places, those that fewest characters fit first."""
    order: list[int] = np.argsort(table.sum(axis=1), kind="stable").tolist()
    return order


def apart(starts: Ints, ends: Ints, proofs: Ints) -> tuple[Ints, Ints, Ints]:
    """Spans in order without those that overlap one before: the proven, then the longer."""
    if bool((starts[1:] >= ends[:-1]).all()):
        return starts, ends, proofs
    order = np.lexsort((-ends, -proofs, starts))
    starts, ends, proofs = starts[order], ends[order], proofs[order]
    first = np.diff(starts, prepend=-1) != 0
    starts, ends, proofs = starts[first], ends[first], proofs[first]
    before = np.concatenate(([0], np.maximum.accumulate(ends)[:-1])) if len(ends) else ends
    free = starts >= before
    return starts[free], ends[free], proofs[free]
