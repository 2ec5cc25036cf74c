"""What the scanner passes along: frozen values, no raw value of any kind anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from connectors.base import Column, Dataset
from detectors.base import Evidence
from detectors.distinct import NONE, Distinct
from detectors.how import How

K = TypeVar("K")
V = TypeVar("V")


class State(StrEnum):
    """How the values of a column are stored."""

    CLEAR = "clear"
    MASKED = "masked"
    HASHED = "hashed"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"


class Level(StrEnum):
    """A confidence in words."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"

    @classmethod
    def of(cls, confidence: float) -> "Level | None":
        """The highest level that a confidence reaches, None below `possible`."""
        levels = ((0.9, cls.CERTAIN), (0.6, cls.LIKELY), (0.3, cls.POSSIBLE))
        return next((level for least, level in levels if confidence >= least), None)


class Status(StrEnum):
    """What became of a dataset, or of a column of it."""

    READ = "read"
    EMPTY = "empty"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far digests in one column are hashes of what another column holds in the same rows.

    `tested` rows were compared and `agreed` do; `distinct`, the largest number of different
    values that agree in one batch, is a lower bound over all.
    """

    tested: int = 0
    agreed: int = 0
    distinct: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(
            self.tested + other.tested,
            self.agreed + other.agreed,
            max(self.distinct, other.distinct),
        )


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Counts over the values of one column; they add up.

    `values` counts rows (or list items) seen, `nulls` and `blank` those without content,
    `placeholders` those that say there is no information (`无`, `N/A`). `texts` counts the distinct
    values of each batch, `seen` those of all batches while they are few; `distinct`, the largest
    of these, is a lower bound of how many there are in all. `forms` counts values by their coarse
    form (`detectors.forms`), `classes` distinct values by class of look-alikes, `numbers` digit
    runs inside longer texts by length. `states` counts values by (state, kind it was made from or
    ""), `hows` by way too; `stored` are the different ones. `short` counts values that may be MD5
    in its short form, `urlsafe` those that may be base64 in the alphabet for URLs. `unsalted` is by
    hash and column whose clear values it was proven against (`scanner.digests`). `evidence` is by
    kind.
    """

    values: int = 0
    nulls: int = 0
    blank: int = 0
    texts: int = 0
    distinct: int = 0
    characters: int = 0
    forms: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[int, int] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    states: Mapping[tuple[str, str], int] = field(default_factory=dict)
    stored: Mapping[tuple[str, str], Distinct] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    placeholders: int = 0
    hows: Mapping[tuple[str, str, How], int] = field(default_factory=dict)
    short: int = 0
    urlsafe: int = 0
    unsalted: Mapping[tuple[str, str], Agreement] = field(default_factory=dict)
    seen: Distinct = NONE

    @property
    def filled(self) -> int:
        """Values with information, which is what a column is judged by."""
        return self.given - self.placeholders

    @property
    def given(self) -> int:
        """Values with any content, which is what shares are taken of."""
        return self.values - self.nulls - self.blank

    def alike(self, evidence: Evidence) -> int:
        """Distinct values in the classes that hold whole matches, matched or not.

        Where values are many, those of every batch count; the matches of `evidence` do too.
        """
        if not self.seen.many:
            return self.seen.labelled(evidence.classes)
        return sum(self.classes.get(one, 0) for one in evidence.classes)

    def numbers_alike(self, evidence: Evidence) -> int:
        """Numbers in longer texts as long as the matches there; 0 where these are no digits."""
        return sum(self.numbers.get(length, 0) for length in evidence.lengths)

    def __add__(self, other: "ColumnProfile") -> "ColumnProfile":
        seen = self.seen + other.seen
        return ColumnProfile(
            self.values + other.values,
            self.nulls + other.nulls,
            self.blank + other.blank,
            self.texts + other.texts,
            max(self.distinct, other.distinct, len(seen)),
            self.characters + other.characters,
            _added(self.forms, other.forms, 0),
            _added(self.classes, other.classes, 0),
            _added(self.numbers, other.numbers, 0),
            _added(self.states, other.states, 0),
            _added(self.stored, other.stored, NONE),
            _added(self.evidence, other.evidence, Evidence()),
            self.placeholders + other.placeholders,
            _added(self.hows, other.hows, 0),
            self.short + other.short,
            self.urlsafe + other.urlsafe,
            _added(self.unsalted, other.unsalted, Agreement()),
            seen,
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts over the rows of one dataset, by column path; they add up."""

    rows: int = 0
    columns: Mapping[str, ColumnProfile] = field(default_factory=dict)

    def __add__(self, other: "Profile") -> "Profile":
        return Profile(self.rows + other.rows, _added(self.columns, other.columns, ColumnProfile()))


def _added(one: Mapping[K, V], other: Mapping[K, V], zero: V) -> dict[K, V]:
    return {k: one.get(k, zero) + other.get(k, zero) for k in {**one, **other}}  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Reason:
    """One factor of a verdict, in words, with its weight in log-odds."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column holds.

    `basis` says what it rests on; `prevalence` is the 95 % interval of the share of values
    (neither null nor blank; placeholders count as values without the kind) that hold it, None
    where no value was read. `storage` says in a few words how the values are stored.
    """

    kind: str
    confidence: float
    level: Level
    basis: str  # "values", "header" or "both"
    prevalence: tuple[float, float] | None
    state: State
    reasons: tuple[Reason, ...] = ()
    storage: str = ""


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One column with its verdicts, best first; most columns have none."""

    column: Column
    profile: ColumnProfile | None = None
    verdicts: tuple[Verdict, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one dataset. `reason` says why it was not (wholly) read."""

    dataset: Dataset
    status: Status
    reason: str = ""
    sampled: int = 0
    how: str = ""
    warnings: tuple[str, ...] = ()
    columns: tuple[ColumnReport, ...] = ()
