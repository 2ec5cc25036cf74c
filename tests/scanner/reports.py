"""Made-up reports for tests of what comes after a scan."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from connectors.base import Column, Dataset
from scanner.model import (
    ColumnProfile,
    ColumnReport,
    Level,
    Reason,
    Report,
    State,
    Status,
    Verdict,
)

SOURCE = "postgresql://db.example:5432/shop"
MODIFIED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def verdict(
    kind: str = "mobile",
    confidence: float = 0.98,
    prevalence: tuple[float, float] | None = (0.97, 1.0),
    state: State = State.CLEAR,
    storage: str = "",
) -> Verdict:
    """A verdict whose level follows from its confidence."""
    certain, likely = confidence >= 0.9, confidence >= 0.6
    level = Level.CERTAIN if certain else Level.LIKELY if likely else Level.POSSIBLE
    reasons = (Reason("表头 'phone' says mobile", 2.5), Reason("97 % of values fit", 4.0))
    basis = "header" if prevalence is None else "both"
    return Verdict(kind, confidence, level, basis, prevalence, state, reasons, storage or state)


def column(
    name: str, *verdicts: Verdict, kind: str = "varchar(32)", comment: str = "", filled: int = 90
) -> ColumnReport:
    """A column that was read; 100 values, of which `filled` have content."""
    profile = ColumnProfile(values=100, nulls=90 - filled, blank=10, distinct=filled)
    return ColumnReport(Column(name, kind, comment), profile, verdicts)


def dataset(
    name: str = "users", source: str = SOURCE, columns: Sequence[str] = (), skip: str = ""
) -> Dataset:
    """A table of 1,000 rows in the schema `public`."""
    return Dataset(
        f"{source}/public/{name}",
        source,
        "table",
        name,
        database="shop",
        schema="public",
        comment=f"表 {name}",
        columns=tuple(Column(c, "text") for c in columns),
        rows=1000,
        size=65536,
        modified=MODIFIED,
        skip=skip,
    )


def sheet(name: str, *columns: ColumnReport, folder: str = "/data") -> Report:
    """A sheet of a workbook, read; `name` is the path below the folder (`crm.xlsx/Sheet1`)."""
    source = f"file://{folder}"
    where = Dataset(f"{source}/{name}", source, "sheet", name, rows=50, size=4096)
    return Report(where, Status.READ, sampled=50, how="all rows", columns=columns)


def report(name: str = "users", *columns: ColumnReport, source: str = SOURCE) -> Report:
    """A table, read by a sample of 100 rows."""
    how = "TABLESAMPLE SYSTEM (10)"
    return Report(dataset(name, source), Status.READ, sampled=100, how=how, columns=columns)


def unread(
    name: str = "users", status: Status = Status.FAILED, columns: Sequence[str] = ()
) -> Report:
    """A table that was not read, with what is declared of it."""
    return Report(
        dataset(name, columns=columns), status, "the account may not read it: grant SELECT"
    )


def estate(datasets: int, columns: int = 25) -> Iterator[Report]:
    """Many tables; every fifth column holds mobile numbers."""
    for n in range(datasets):
        made = (
            column(f"column_{i}", *([verdict()] if i % 5 == 0 else []), comment="备注")
            for i in range(columns)
        )
        yield report(f"table_{n}", *made)
