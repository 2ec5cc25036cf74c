"""Totals over an inventory, gathered while its rows go by."""

from collections import Counter
from dataclasses import dataclass, field

from scanner.export.words import Known
from scanner.inventory.rows import HELD, ColumnRow, CoverageRow
from scanner.model import Level, Status

WHOLE, SAMPLED, EMPTY, SKIPPED, FAILED = (
    "read in full",
    "read by a sample",
    "empty",
    "skipped",
    "failed",
)
OUTCOMES = (WHOLE, SAMPLED, EMPTY, SKIPPED, FAILED)


@dataclass(slots=True)
class KindTally:
    """Columns by level of one kind, and the datasets in which it is likely or certain."""

    levels: Counter[Level] = field(default_factory=Counter)
    datasets: set[str] = field(default_factory=set)

    @property
    def held(self) -> int:
        """Columns in which it is likely or certain."""
        return sum(self.levels[level] for level in HELD)


@dataclass(slots=True)
class Tally:
    """Totals. `holding` counts columns with PI that is likely or certain."""

    known: Known = field(default_factory=Known)
    columns: int = 0
    unread: int = 0
    holding: int = 0
    sensitive: int = 0
    possible: int = 0
    datasets: int = 0
    datasets_holding: int = 0
    sources_failed: int = 0
    gone: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: dict[str, KindTally] = field(default_factory=dict)

    def column(self, row: ColumnRow) -> None:
        """Counts a column, unless its dataset is gone."""
        if row.gone:
            return
        self.columns += 1
        self.unread += row.status in {Status.FAILED, Status.SKIPPED}
        self.holding += row.holds
        self.possible += bool(row.verdicts) and not row.holds
        held = {verdict.kind for verdict in row.verdicts if verdict.level in HELD}
        self.sensitive += any(self.known.sensitive_under(kind) for kind in held)
        for verdict in row.verdicts:
            kind = self.kinds.setdefault(verdict.kind, KindTally())
            kind.levels[verdict.level] += 1
            if verdict.level in HELD:
                kind.datasets.add(row.dataset)

    def coverage(self, row: CoverageRow) -> None:
        """Counts a dataset, or a source that could not be listed."""
        if row.dataset is None:
            self.sources_failed += 1
            return
        if row.gone:
            self.gone += 1
            return
        self.datasets += 1
        self.outcomes[outcome(row)] += 1

    def said(self) -> str:
        """What became of the datasets, in one line."""
        numbers = (f"{self.outcomes[name]:,} {name}" for name in OUTCOMES)
        gone = f"; {self.gone:,} gone from their source" if self.gone else ""
        said = f"{', '.join(numbers)}; {self.sources_failed:,} sources could not be listed"
        return said + gone

    def ranked(self) -> list[tuple[str, KindTally]]:
        """The kinds, most columns first."""
        return sorted(
            self.kinds.items(), key=lambda item: (-item[1].held, -item[1].levels.total(), item[0])
        )


def outcome(row: CoverageRow) -> str:
    """How far a dataset was read, in words."""
    if row.status is Status.READ:
        return WHOLE if row.whole else SAMPLED
    return {Status.EMPTY: EMPTY, Status.SKIPPED: SKIPPED, Status.FAILED: FAILED}[row.status]
