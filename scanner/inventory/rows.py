"""What an inventory gives back: frozen rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scanner.model import Level, Status, Verdict

READ = (Status.READ, Status.EMPTY)  # what counts as having been looked at
GONE = "gone: no longer in its source"  # the reason of a dataset that is listed no more
HELD = (Level.CERTAIN, Level.LIKELY)  # what counts as holding PI; `possible` is to be checked


def is_gone(status: Status, reason: str) -> bool:
    """Do the newest status and reason of a dataset say that its source has it no more?"""
    return status is Status.SKIPPED and reason == GONE


@dataclass(frozen=True, slots=True)
class ScanRow:
    """One run. `status` is "running" until it ends, and stays so where it was killed."""

    id: int
    started: datetime
    finished: datetime | None
    version: str
    settings: Mapping[str, object]
    status: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source in the newest scan that touched it; `failed` where it could not be listed."""

    uri: str
    status: Status
    reason: str
    scan: int
    seen: datetime


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """A dataset: what became of it in scan `scan`, and what its last reading found.

    `status` to `seen` are of the newest scan that touched it; `columns`, `holding` (columns
    with a kind that is likely or certain), `possible` (columns with no more than possible
    ones) and `kinds` (columns by such kind) are of the scan that last read it, at `last_read`:
    None where none ever did. What is gone from its source holds nothing any more.
    """

    uri: str
    source: str
    kind: str
    name: str
    database: str | None
    schema: str | None
    comment: str
    status: Status
    reason: str
    rows: int | None
    size: int | None
    modified: datetime | None
    sampled: int
    how: str
    warnings: tuple[str, ...]
    scan: int
    seen: datetime
    last_read: datetime | None
    columns: int
    holding: int
    possible: int
    kinds: Mapping[str, int]

    @property
    def gone(self) -> bool:
        """True where the dataset is in its source no more."""
        return is_gone(self.status, self.reason)


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column and its verdicts, best first, from the scan `scan` that last read the dataset.

    `status` is the newest, with the dataset's `reason`: where it has since failed or been
    skipped it says so, and `last_read` tells how old the verdicts are (None: never read).
    """

    dataset: str
    source: str
    kind: str
    database: str | None
    schema: str | None
    table: str
    path: str
    type: str
    comment: str
    status: Status
    reason: str
    rows: int | None
    sampled: int
    values: int | None
    nulls: int | None
    blank: int | None
    distinct: int | None
    scan: int
    last_read: datetime | None
    verdicts: tuple[Verdict, ...]

    @property
    def gone(self) -> bool:
        """True where the dataset is in its source no more."""
        return is_gone(self.status, self.reason)

    @property
    def holds(self) -> bool:
        """True where a kind is likely or certain, and the dataset still there."""
        return not self.gone and any(verdict.level in HELD for verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """How far a dataset, or (`dataset` None) a source that could not be listed, was read."""

    source: str
    dataset: str | None
    name: str
    status: Status
    reason: str
    rows: int | None
    sampled: int
    how: str
    warnings: tuple[str, ...]
    scan: int
    seen: datetime
    last_read: datetime | None

    @property
    def gone(self) -> bool:
        """True where the dataset is in its source no more."""
        return is_gone(self.status, self.reason)

    @property
    def gap(self) -> bool:
        """True where something was not read that should have been, or a warning was given."""
        missed = self.status not in READ or bool(self.reason or self.warnings)
        return missed and not self.gone

    @property
    def whole(self) -> bool:
        """True where every row was read."""
        all_rows = self.how == "all rows" or (self.rows is not None and self.sampled >= self.rows)
        return self.status in READ and not self.reason and all_rows
