"""Writes one report within one transaction; a report of the same dataset and scan is replaced."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, delete, insert, select, update

from scanner.inventory import schema
from scanner.inventory.schema import digest, storable
from scanner.model import ColumnReport, Report, Status, Verdict

Row = dict[str, object]


def record(connection: Connection, scan: int, report: Report) -> None:
    """The report, under its scan."""
    source = source_of(connection, report.dataset.source)
    touch_source(connection, scan, source)
    dataset = _dataset_of(connection, source, report)
    for table in (schema.verdicts, schema.column_scans, schema.dataset_scans):
        here = (table.c.dataset_id == dataset) & (table.c.scan_id == scan)
        connection.execute(delete(table).where(here))
    key: Row = {"dataset_id": dataset, "scan_id": scan}
    connection.execute(insert(schema.dataset_scans), [key | _dataset_row(report)])
    columns = _columns_of(report)
    ids = _column_ids(connection, dataset, list(columns))
    rows = [
        key | {"column_id": ids[digest(path)], "position": n} | _column_row(report, column)
        for n, (path, column) in enumerate(columns.items())
    ]
    found = [
        key | {"column_id": ids[digest(path)], "place": place} | _verdict_row(verdict)
        for path, column in columns.items()
        for place, verdict in enumerate(column.verdicts)
    ]
    for table, lines in ((schema.column_scans, rows), (schema.verdicts, found)):
        if lines:
            connection.execute(insert(table), lines)


def source_of(connection: Connection, uri: str) -> int:
    """The id of a source, which is entered where it is new."""
    return _kept(connection, schema.sources, {"digest": digest(uri), "uri": storable(uri)})


def touch_source(
    connection: Connection, scan: int, source: int, failure: str | None = None
) -> None:
    """Says that a scan reached a source; `failure` why it could not list it, which stays."""
    table = schema.source_scans
    here = (table.c.source_id == source) & (table.c.scan_id == scan)
    status = Status.READ if failure is None else Status.FAILED
    row = {"status": status.value, "reason": storable(failure or "")}
    if connection.scalar(select(table.c.scan_id).where(here)) is None:
        connection.execute(insert(table).values(source_id=source, scan_id=scan, **row))
    elif failure is not None:
        connection.execute(update(table).where(here).values(**row))


def entered(connection: Connection, table: Table, row: Row) -> int:
    """The id of a new row."""
    (key,) = connection.execute(insert(table).values(**row)).inserted_primary_key or (0,)
    return int(key)


def _kept(connection: Connection, table: Table, row: Row) -> int:
    """The id of the row with this digest, entered or brought up to date."""
    known = table.c.digest == row["digest"]
    found = connection.scalar(select(table.c.id).where(known))
    if found is None:
        return entered(connection, table, row)
    connection.execute(update(table).where(known).values(**row))
    return int(found)


def _dataset_of(connection: Connection, source: int, report: Report) -> int:
    dataset = report.dataset
    row: Row = {
        "digest": digest(dataset.uri),
        "uri": storable(dataset.uri),
        "source_id": source,
        "kind": dataset.kind,
        "name": storable(dataset.name),
        "database_name": dataset.database and storable(dataset.database),
        "schema_name": dataset.schema and storable(dataset.schema),
        "comment": storable(dataset.comment),
    }
    return _kept(connection, schema.datasets, row)


def _column_ids(connection: Connection, dataset: int, paths: list[str]) -> dict[str, int]:
    """The id of each column by the digest of its path; new ones are entered."""
    table = schema.columns
    known = select(table.c.digest, table.c.id).where(table.c.dataset_id == dataset)
    ids = {row.digest: int(row.id) for row in connection.execute(known)}
    new = [
        {"dataset_id": dataset, "digest": digest(path), "path": storable(path)}
        for path in paths
        if digest(path) not in ids
    ]
    if new:
        connection.execute(insert(table), new)
        ids = {row.digest: int(row.id) for row in connection.execute(known)}
    return ids


def _columns_of(report: Report) -> dict[str, ColumnReport]:
    """The columns by path: those reported, then those only declared."""
    reported = {column.column.name: column for column in reversed(report.columns)}
    ordered = {path: reported[path] for path in dict.fromkeys(_names(report))}
    declared = {c.name: ColumnReport(c) for c in report.dataset.columns if c.name not in ordered}
    return ordered | declared


def _names(report: Report) -> Iterator[str]:
    return (column.column.name for column in report.columns)


def _dataset_row(report: Report) -> Row:
    dataset = report.dataset
    return {
        "status": report.status.value,
        "reason": storable(report.reason),
        "row_count": _whole(dataset.rows),
        "byte_size": _whole(dataset.size),
        "modified": dataset.modified,
        "sampled": int(report.sampled),
        "how": storable(report.how),
        "warnings": [storable(warning) for warning in report.warnings],
        "recorded": datetime.now(UTC),
    }


def _column_row(report: Report, column: ColumnReport) -> Row:
    said, profile = column.column, column.profile
    return {
        "declared_type": storable(said.type),
        "comment": storable(said.comment),
        "status": _status(report.status, column).value,
        "value_count": None if profile is None else int(profile.values),
        "null_count": None if profile is None else int(profile.nulls),
        "blank_count": None if profile is None else int(profile.blank),
        "distinct_count": None if profile is None else int(profile.distinct),
    }


def _status(dataset: Status, column: ColumnReport) -> Status:
    if column.profile is None:  # not looked at, though the dataset may have been
        return Status.SKIPPED if dataset is Status.READ else dataset
    return Status.READ if column.profile.given else Status.EMPTY


def _verdict_row(verdict: Verdict) -> Row:
    low, high = verdict.prevalence or (None, None)
    return {
        "kind": verdict.kind,
        "confidence": float(verdict.confidence),
        "level": verdict.level.value,
        "basis": verdict.basis,
        "prevalence_low": None if low is None else float(low),
        "prevalence_high": None if high is None else float(high),
        "state": verdict.state.value,
        "storage": storable(verdict.storage),
        "reasons": [[storable(reason.text), float(reason.weight)] for reason in verdict.reasons],
    }


def _whole(number: int | None) -> int | None:
    """A plain int: counts come from numpy, and no driver knows its numbers."""
    return None if number is None else int(number)
