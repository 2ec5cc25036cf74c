"""Detectors for forms so common that only a header, or a word before the value, can name them."""

from abc import abstractmethod
from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Matches, Proof
from detectors.keys import keys
from detectors.texts import Ints, Texts


class KeyedDetector(Detector):
    """Judges whole texts, and in longer ones the values behind a word for one of `keyed`.

    `QQ：12345` and `"qq":"12345"` are found in a text, 12345 alone is not: it counts where it is
    the whole text, for the header of its column to decide.
    """

    keyed: ClassVar[frozenset[str]] = frozenset()
    alone: ClassVar[bool] = False

    @abstractmethod
    def judge(self, texts: Texts) -> Ints:
        """`Proof` of each text as a whole, 0 where it is none of the kind."""

    def find(self, texts: Texts) -> Matches:
        """Whole texts of the kind, and values behind a word that names it."""
        cores = texts.cores
        whole = self.judge(texts)
        rows = np.flatnonzero(whole)
        starts, ends = texts.shared(keys).of(self.keyed | {self.kind})
        inner = whole[texts.row_of(starts)] == 0
        starts, ends = starts[inner], ends[inner]
        named = self.judge(texts.cut(starts, ends)) > 0
        starts = np.concatenate((cores.starts[rows], starts[named]))
        ends = np.concatenate((cores.ends[rows], ends[named]))
        checked = np.concatenate((whole[rows] == Proof.CHECKED, np.ones(named.sum(), np.bool_)))
        return Matches.at(texts, starts, ends, checked)


class TermDetector(KeyedDetector):
    """Finds values out of a list: `terms` are proven, `codes` fit but may mean anything.

    Terms are compared without case and white space around. Few other words are among them, so a
    column of nothing but terms is of the kind even where it has only two.
    """

    enumerated: ClassVar[bool] = True
    terms: ClassVar[frozenset[str]]
    codes: ClassVar[frozenset[str]] = frozenset()

    def judge(self, texts: Texts) -> Ints:
        """Proof of the texts that are a term or a code."""
        if not len(texts):
            return np.zeros(0, np.int64)
        values = pc.utf8_lower(pc.utf8_trim_whitespace(texts.array))
        proofs = np.zeros(len(texts), np.int64)
        proofs[np.asarray(pc.is_in(values, value_set=_listed(self.codes)))] = Proof.SHAPE
        proofs[np.asarray(pc.is_in(values, value_set=_listed(self.terms)))] = Proof.CHECKED
        return proofs


def told_by_form(detector: Detector) -> bool:
    """Whether a match of the form alone says something in a text, without header or word."""
    return detector.alone and not isinstance(detector, KeyedDetector)


def listed(words: str) -> frozenset[str]:
    """The words of a text, for `terms` and `codes`."""
    return frozenset(words.split())


@cache
def _listed(terms: frozenset[str]) -> pa.Array:
    return pa.array(sorted(term.lower() for term in terms), pa.large_string())
