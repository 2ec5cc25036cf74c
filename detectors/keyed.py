"""Detectors for forms so common that only a header, or a word before the value, can name them."""

from abc import abstractmethod
from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Matches, Proof
from detectors.codes import apart
from detectors.keys import keys
from detectors.texts import Flags, Ints, Texts
from detectors.whole import fitting, lowered


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

    def named(self, values: Texts) -> Flags:
        """Which values are of the kind where a word before them says so."""
        return self.judge(values) > 0

    def find(self, texts: Texts) -> Matches:
        """Whole texts of the kind, and values behind a word that names it."""
        return self.among(texts, *texts.shared(keys).of(self.keyed | {self.kind}))

    def among(self, texts: Texts, starts: Ints, ends: Ints) -> Matches:
        """Whole texts of the kind, and those of these spans, which a word names."""
        cores = texts.cores
        whole = self.judge(texts)
        rows = np.flatnonzero(whole)
        inner = whole[texts.row_of(starts)] == 0
        starts, ends = starts[inner], ends[inner]
        named = self.named(texts.cut(starts, ends))
        starts = np.concatenate((cores.starts[rows], starts[named]))
        ends = np.concatenate((cores.ends[rows], ends[named]))
        checked = np.concatenate((whole[rows] == Proof.CHECKED, np.ones(named.sum(), np.bool_)))
        return Matches.at(texts, starts, ends, checked)


class FormDetector(KeyedDetector):
    """Judges by an RE2 `pattern` of the whole text, spaces around left out: of the form only."""

    pattern: ClassVar[str]

    def judge(self, texts: Texts) -> Ints:
        """SHAPE where the text is of the form."""
        return np.where(matching(texts, self.pattern), int(Proof.SHAPE), 0)


class MixedDetector(KeyedDetector):
    """Finds strong forms anywhere, and weak ones as whole texts or behind a word that names them.

    So `010-65540000` is found in prose, and 65540000 where a header or a word says what it is.
    With a `shape_chance` of a half or more, weak forms take no value from other kinds.
    """

    alone: ClassVar[bool] = True

    @abstractmethod
    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Starts, ends and proofs of the strong forms."""

    def find(self, texts: Texts) -> Matches:
        """Strong forms, and weak ones where nothing else is."""
        weak = super().find(texts)
        starts, ends, proofs = apart(*self.anywhere(texts))
        if not len(starts):
            return weak
        before = np.searchsorted(starts, weak.ends) - 1
        weak = weak.take((before < 0) | (ends[before] <= weak.starts))
        starts, ends, proofs = (
            np.concatenate(pair)
            for pair in zip(
                (starts, ends, proofs), (weak.starts, weak.ends, weak.proofs), strict=True
            )
        )
        return Matches.at(texts, starts, ends, proofs == Proof.CHECKED)


def matching(texts: Texts, pattern: str) -> Flags:
    """True where the whole text, but for spaces around, matches an RE2 pattern."""
    whole = rf"(?s)^[\x00-\x20]*(?:{pattern})[\x00-\x20]*$"
    return np.asarray(pc.match_substring_regex(texts.array, whole), dtype=np.bool_)


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
        proofs = np.zeros(len(texts), np.int64)
        lengths = texts.cores.lengths
        rows = np.flatnonzero((lengths > 0) & (lengths <= _longest(self.terms | self.codes)))
        if len(rows):
            words, proven = _listed(self.codes, self.terms)
            at = pc.index_in(lowered(texts, rows), value_set=words)
            proofs[rows] = proven[np.asarray(at.fill_null(len(words)))]
        return proofs


class WordedDetector(TermDetector):
    """Finds terms and codes, and whole texts that fit RE2 `patterns`, each with its proof.

    For kinds with more values than a list holds: words that end alike, figures with a unit.
    Texts of more than `longest` bytes are none.
    """

    terms: ClassVar[frozenset[str]] = frozenset()
    enumerated: ClassVar[bool] = False
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = ()
    longest: ClassVar[int] = 60

    def judge(self, texts: Texts) -> Ints:
        """Proof of the texts that are a term, a code, or fit a pattern."""
        proofs = super().judge(texts)
        lengths = texts.cores.lengths
        left = np.flatnonzero((proofs == 0) & (lengths > 0) & (lengths <= self.longest))
        for proof, rows in fitting(texts, left, self.patterns):
            proofs[rows] = proof
        return proofs


def told_by_form(detector: Detector) -> bool:
    """Whether a match of the form alone says something in a text, without header or word."""
    return detector.alone and not isinstance(detector, KeyedDetector)


def listed(words: str) -> frozenset[str]:
    """The words of a text, for `terms` and `codes`."""
    return frozenset(words.split())


@cache
def _longest(terms: frozenset[str]) -> int:
    """Bytes of the longest term."""
    return max((len(term.encode()) for term in terms), default=0)


@cache
def _listed(codes: frozenset[str], terms: frozenset[str]) -> tuple[pa.Array, Ints]:
    """Codes and terms in small letters, and the proof of each; 0 for what is not listed."""
    proofs = {word.lower(): Proof.SHAPE for word in codes}
    proofs |= {word.lower(): Proof.CHECKED for word in terms}
    return pa.array(proofs, pa.large_string()), np.array([*proofs.values(), 0], np.int64)
