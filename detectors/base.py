"""Detector, and what detectors return: matches in texts, and the evidence that they add up to."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import ClassVar, TypeVar

import numpy as np
import pyarrow.compute as pc
import regex

from detectors.catalogue import Kind
from detectors.distinct import NONE, Distinct
from detectors.texts import Flags, Ints, Texts


class Proof(IntEnum):
    """How far a match is proven."""

    SHAPE = 1  # only the form fits
    CHECKED = 2  # a check digit, a date, a register or a word beside it agrees


@dataclass(frozen=True, slots=True)
class Matches:
    """Spans found in one `Texts`: row, first byte, byte after the last, and `Proof` of each.

    Ordered by position, free of overlaps within one detector.
    """

    rows: Ints
    starts: Ints
    ends: Ints
    proofs: Ints

    @classmethod
    def none(cls) -> "Matches":
        """No match."""
        return cls(*(np.zeros(0, np.int64) for _ in range(4)))

    @classmethod
    def at(cls, texts: Texts, starts: Ints, ends: Ints, checked: Flags) -> "Matches":
        """Matches at byte spans, in order of position; `checked` says which are proven."""
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
        proofs = np.where(checked[order], int(Proof.CHECKED), int(Proof.SHAPE))
        return cls(texts.row_of(starts), starts, ends, proofs)

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, which: Flags | Ints) -> "Matches":
        """The chosen matches, in order."""
        return Matches(self.rows[which], self.starts[which], self.ends[which], self.proofs[which])


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts for one column and one kind. They add up over batches, files and machines.

    `rows` and `checked` count rows that hold a match, and a proven one, anywhere in the text;
    `whole` and `whole_checked` count rows whose entire text is one match. The `distinct_`
    fields count the distinct texts of each batch in the same way. `spans` counts matches
    inside longer texts, `spans_checked` the proven ones.

    `classes` are the classes of look-alikes (`detectors.forms.alike`) in which whole matches
    lie, `lengths` the lengths of digit runs inside longer texts that are matches: what else
    there is of them the column's profile counts. `most`, the largest number of distinct whole
    matches in one batch, is a lower bound over all. `marked` counts rows that are one match which
    the detector marks (`Detector.marks`).

    Different values over all, up to `detectors.distinct.MOST` of them: `values` are whole
    matches, `proven` the proven ones, `inner` matches inside longer texts, `holders` these texts,
    `told` matches inside longer texts that a word before them names (`身份证号：…`); `prefixes`
    the first three bytes of whole matches (serial numbers share them, people do not), `leads` the
    first two.
    """

    rows: int = 0
    checked: int = 0
    whole: int = 0
    whole_checked: int = 0
    distinct: int = 0
    distinct_whole: int = 0
    distinct_whole_checked: int = 0
    spans: int = 0
    spans_checked: int = 0
    classes: frozenset[int] = frozenset()
    lengths: frozenset[int] = frozenset()
    most: int = 0
    marked: int = 0
    values: Distinct = NONE
    proven: Distinct = NONE
    inner: Distinct = NONE
    holders: Distinct = NONE
    prefixes: Distinct = NONE
    leads: Distinct = NONE
    told: Distinct = NONE

    def __add__(self, other: "Evidence") -> "Evidence":
        pairs = ((f.name, getattr(self, f.name), getattr(other, f.name)) for f in fields(self))
        return Evidence(**{name: _merged(name, a, b) for name, a, b in pairs})

    @classmethod
    def of(
        cls,
        texts: Texts,
        matches: Matches,
        classes: Ints | None = None,
        marked: Flags | None = None,
        told: Flags | None = None,
    ) -> "Evidence":
        """What the matches of one detector say about the column that the texts came from.

        `classes` gives each text's class of look-alikes; without it all texts are alike.
        `marked` says which matches the detector marks, `told` which a word before them names.
        """
        if not len(matches):
            return cls()
        classes = np.zeros(len(texts), np.int64) if classes is None else classes
        cores = texts.cores
        proven = matches.proofs == Proof.CHECKED
        whole = (matches.starts <= cores.starts[matches.rows]) & (
            matches.ends >= cores.ends[matches.rows]
        )
        some, sure = _rows_of(matches, texts), _rows_of(matches.take(proven), texts)
        full = _rows_of(matches.take(whole), texts)
        full_sure = _rows_of(matches.take(whole & proven), texts)
        return cls(
            rows=int(texts.counts[some].sum()),
            checked=int(texts.counts[sure].sum()),
            whole=int(texts.counts[full].sum()),
            whole_checked=int(texts.counts[full_sure].sum()),
            distinct=int(some.sum()),
            distinct_whole=int(full.sum()),
            distinct_whole_checked=int(full_sure.sum()),
            spans=int((~whole).sum()),
            spans_checked=int((proven & ~whole).sum()),
            classes=frozenset(np.unique(classes[full]).tolist()),
            lengths=_run_lengths(texts, matches.take(~whole)),
            most=int(full.sum()),
            marked=0 if marked is None else _count(texts, matches.take(whole & marked)),
            values=_values(texts, full),
            proven=_values(texts, full_sure),
            inner=Distinct.of(texts, matches.starts[~whole], matches.ends[~whole]),
            holders=_values(texts, some & ~full),
            prefixes=Distinct.heads(texts, matches.starts[whole], 3),
            leads=Distinct.heads(texts, matches.starts[whole], 2),
            told=_told(texts, matches, ~whole, told),
        )


T = TypeVar("T", int, frozenset[int], Distinct)


def _merged(name: str, one: T, other: T) -> T:
    if isinstance(one, frozenset):
        return one | other
    if isinstance(one, int):
        return max(one, other) if name == "most" else one + other
    return one + other


def _rows_of(matches: Matches, texts: Texts) -> Flags:
    flags = np.zeros(len(texts), np.bool_)
    flags[matches.rows] = True
    return flags


def _count(texts: Texts, matches: Matches) -> int:
    """How many rows hold one of the matches."""
    return int(texts.counts[_rows_of(matches, texts)].sum())


def _run_lengths(texts: Texts, inside: Matches) -> frozenset[int]:
    """Lengths of the matches that are one digit run, no more and no less."""
    runs = texts.digit_runs
    if not len(inside) or not len(runs.rows):
        return frozenset()
    at = np.minimum(np.searchsorted(runs.starts, inside.starts), len(runs.starts) - 1)
    exact = (runs.starts[at] == inside.starts) & (runs.ends[at] == inside.ends)
    return frozenset(np.unique((inside.ends - inside.starts)[exact]).tolist())


def _told(texts: Texts, matches: Matches, inside: Flags, told: Flags | None) -> Distinct:
    """The different matches inside longer texts that a word before them names."""
    if told is None:
        return NONE
    named = inside & told
    return Distinct.of(texts, matches.starts[named], matches.ends[named])


def _values(texts: Texts, rows: Flags) -> Distinct:
    """The different whole texts, white space around them left out."""
    cores = texts.cores.take(rows)
    return Distinct.of(texts, cores.starts, cores.ends)


class Detector(ABC):
    """Finds one kind. The module docstring says Sources, Caught, Not caught, Mistaken for it.

    `chance` is how often a look-alike value (same length and alphabet) is proven by accident, 0
    where the detector never proves anything; `shape_chance` how often it matches at all;
    `text_chance` how often a sentence or log line that holds none of the kind has a match.
    `expected` is the share of values found in a genuine column of the kind, `proven` the
    share found with proof: 0 where the kind has no check digit. `imitated` is how often a random
    number passes that begins as the kind's do, where serial numbers may: then only different
    beginnings count as witnesses. `leads`: from how many distinct values on it is unlikely that
    those of persons begin with one pair of digits, with two, ... only. `words` says that values
    are words, of which a code list can hold a few that fit. No text with fewer `digits` in all
    holds a match, so that most columns cost nothing. `alone` is whether values may name a column
    without its header. `enumerated` says that values come out of a list, each many times: a column
    with each but once is a dictionary of them. `otherwise` is the share of genuine columns that
    are written as no detector of the kind knows (codes of their own, another language): values
    contradict a header that names the kind no further than that. `marked` says in words what holds
    of the matches that `marks` chooses, for a verdict to tell their share; empty where there is
    nothing to tell. `described` says what the kind is where `kinds.toml` does not have it, or adds
    header words to one that it has: so a kind travels with its detector.
    """

    kind: ClassVar[str]
    described: ClassVar[Kind | None] = None
    chance: ClassVar[float]
    shape_chance: ClassVar[float] = 1.0
    text_chance: ClassVar[float] = 0.01
    expected: ClassVar[float] = 0.95
    proven: ClassVar[float] = 0.0
    imitated: ClassVar[float] = 0.0
    leads: ClassVar[tuple[int, ...]] = ()
    words: ClassVar[bool] = False
    digits: ClassVar[int] = 0
    alone: ClassVar[bool] = True
    enumerated: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.05
    marked: ClassVar[str] = ""

    @abstractmethod
    def find(self, texts: Texts) -> Matches:
        """Every match in the texts, vectorised: no Python per value on a hot path."""

    def marks(self, texts: Texts, matches: Matches) -> Flags:
        """Which matches are what `marked` says."""
        del texts
        return np.zeros(len(matches), np.bool_)


class PatternDetector(Detector):
    """The easy way: an RE2 shape, and a check for what a pattern cannot say.

    `pattern` is the bare shape; the edges (no ASCII letter or digit beside it) are added
    here. RE2 sorts out the texts that cannot match, `regex` finds spans in the few left.
    """

    pattern: ClassVar[str]

    def check(self, text: str) -> bool | None:
        """True where proven, False where refuted, None where the text cannot tell."""
        del text
        return None

    def find(self, texts: Texts) -> Matches:
        """Every match in the texts."""
        hits = np.flatnonzero(pc.match_substring_regex(texts.array, self.pattern))
        spans = [span for row in hits for span in self._spans(texts, int(row))]
        if not spans:
            return Matches.none()
        starts, ends, checked = (np.array(column) for column in zip(*spans, strict=True))
        return Matches.at(texts, starts, ends, checked.astype(np.bool_))

    def _spans(self, texts: Texts, row: int) -> Iterator[tuple[int, int, bool]]:
        text = texts.row_text(row)
        judged = [(m.span(), self.check(m.group())) for m in _edged(self.pattern).finditer(text)]
        kept = [(span, verdict is True) for span, verdict in judged if verdict is not False]
        spans = texts.byte_spans(row, text, (span for span, _ in kept))
        for (start, end), (_, proven) in zip(spans, kept, strict=True):
            yield start, end, proven


def _edged(pattern: str) -> "regex.Pattern[str]":
    """The shape with its edges; `regex` keeps compiled patterns, so this is cheap."""
    return regex.compile(f"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])", regex.ASCII)
