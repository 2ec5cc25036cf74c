"""Names of persons in running text, by the tagger inside jieba: replaces `name` when switched on.

What the tables and rules of `detectors.cn.name` find stays; the model adds names that no word
stands beside, and Tibetan names and the like where a column's values leave it open. It is not
among the built-in detectors: `detectors.registry.load([ModelName()])` switches it on.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Matches, Proof
from detectors.cn.name import Name, scored
from detectors.names import LIKELY
from detectors.ner.persons import installed
from detectors.ner.weights import folder
from detectors.texts import Flags, Ints, Texts

_LEAST = 5  # characters of a text that the tagger reads
# When it is asked about whole values of two to four Han: so many of them, of which the tables
# take a doubtful share for names, or which have four characters; and the share that it has to
# bring them to, for columns that are half names are no names.
_FEW, _DOUBTFUL, _FOURS, _AGREED = 50, (0.1, 0.6), 0.5, 0.65


class ModelName(Name):
    """Finds names of persons, with the model's help.

    `text_chance` is the share of sentences without a name in which it finds one, as
    `bench.texts` prints it.
    """

    text_chance: ClassVar[float] = 0.04

    def __init__(self) -> None:
        """Raises `NoModelError` where the extra is not installed."""
        folder()

    def find(self, texts: Texts) -> Matches:
        """What `Name` finds, and after it the names that only the model sees."""
        known = _with_whole(texts, super().find(texts))
        rows = np.flatnonzero(_readable(texts, known))
        if not len(rows):
            return known
        starts, ends = installed().find(texts, rows)
        free = _free(known, starts, ends)
        return _joined(texts, known, starts[free], ends[free])


def _joined(texts: Texts, known: Matches, starts: Ints, ends: Ints) -> Matches:
    """The known matches and others that nothing proves."""
    return Matches.at(
        texts,
        np.concatenate((known.starts, starts)),
        np.concatenate((known.ends, ends)),
        np.concatenate((known.proofs == Proof.CHECKED, np.zeros(len(starts), np.bool_))),
    )


def _with_whole(texts: Texts, known: Matches) -> Matches:
    """The known matches, and whole values by the model where the tables leave a column open."""
    cores = texts.cores
    scores = scored(texts, cores.starts, cores.ends)
    judged = np.flatnonzero(np.isfinite(scores))
    if len(judged) < _FEW:
        return known
    names = scores[judged] > LIKELY
    low, high = _DOUBTFUL
    fours = (texts.chars[judged] == 4).mean()
    if not (low <= names.mean() < high or (fours >= _FOURS and names.mean() < high)):
        return known
    seen = installed().whole(texts, judged)
    if (names | seen).mean() < _AGREED:
        return known
    fresh = judged[seen & ~names & ~np.isin(judged, known.rows)]
    return _joined(texts, known, cores.starts[fresh], cores.ends[fresh])


def _readable(texts: Texts, known: Matches) -> Flags:
    """True for texts of some length with Han in them that are not one match already."""
    readable = (texts.chars >= _LEAST) & (texts.lengths > texts.chars)
    cores = texts.cores
    whole = known.starts <= cores.starts[known.rows]
    whole &= known.ends >= cores.ends[known.rows]
    readable[known.rows[whole]] = False
    return np.asarray(readable, dtype=np.bool_)


def _free(known: Matches, starts: Ints, ends: Ints) -> Flags:
    """True for spans that overlap no known match."""
    before = np.searchsorted(known.starts, ends) - 1
    if not len(known):
        return np.ones(len(starts), np.bool_)
    return np.asarray((before < 0) | (known.ends[before] <= starts), dtype=np.bool_)
