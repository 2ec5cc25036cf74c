"""Reads an inventory: the current view (see `scanner.inventory.view`), or what one scan did."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, exists, func, select

from scanner.inventory import schema
from scanner.inventory.rows import (
    READ,
    ColumnRow,
    CoverageRow,
    DatasetRow,
    ScanRow,
    SourceRow,
    is_gone,
)
from scanner.inventory.view import (
    LAST_READ,
    NEWEST,
    columns_of,
    found_of,
    joined,
    kinds_of,
    used,
    view,
)
from scanner.model import Level, Reason, State, Status, Verdict

_BATCH = 1000  # rows that a server sends at a time
_DATASET = (
    schema.datasets.c.uri,
    schema.sources.c.uri.label("source"),
    schema.datasets.c.kind,
    schema.datasets.c.name,
    schema.datasets.c.database_name.label("database"),
    schema.datasets.c.schema_name.label("schema"),
    schema.datasets.c.comment,
    NEWEST.c.status,
    NEWEST.c.reason,
    NEWEST.c.row_count.label("rows"),
    NEWEST.c.byte_size.label("size"),
    NEWEST.c.modified,
    NEWEST.c.sampled,
    NEWEST.c.how,
    NEWEST.c.warnings,
    NEWEST.c.scan_id.label("scan"),
    NEWEST.c.recorded.label("seen"),
    LAST_READ.c.recorded.label("last_read"),
)
_COLUMN = (
    schema.datasets.c.uri.label("dataset"),
    schema.sources.c.uri.label("source"),
    schema.datasets.c.kind,
    schema.datasets.c.database_name.label("database"),
    schema.datasets.c.schema_name.label("schema"),
    schema.datasets.c.name.label("table"),
    schema.columns.c.path,
    schema.column_scans.c.declared_type.label("type"),
    schema.column_scans.c.comment,
    case((NEWEST.c.status.in_(READ), schema.column_scans.c.status), else_=NEWEST.c.status).label(
        "status"
    ),
    NEWEST.c.reason,
    func.coalesce(NEWEST.c.row_count, LAST_READ.c.row_count).label("rows"),
    func.coalesce(LAST_READ.c.sampled, NEWEST.c.sampled).label("sampled"),
    schema.column_scans.c.value_count.label("values"),
    schema.column_scans.c.null_count.label("nulls"),
    schema.column_scans.c.blank_count.label("blank"),
    schema.column_scans.c.distinct_count.label("distinct"),
    schema.column_scans.c.scan_id.label("scan"),
    LAST_READ.c.recorded.label("last_read"),
)
_VERDICT = (
    schema.verdicts.c.kind,
    schema.verdicts.c.confidence,
    schema.verdicts.c.level,
    schema.verdicts.c.basis,
    schema.verdicts.c.prevalence_low,
    schema.verdicts.c.prevalence_high,
    schema.verdicts.c.state,
    schema.verdicts.c.reasons,
    schema.verdicts.c.storage,
)
_OF_COLUMN = and_(
    *(
        schema.verdicts.c[key] == schema.column_scans.c[key]
        for key in ("dataset_id", "scan_id", "column_id")
    )
)
_IN_ORDER = (schema.sources.c.uri, schema.datasets.c.uri, schema.datasets.c.id)


def scans(connection: Connection) -> Iterator[ScanRow]:
    """Every scan, newest first."""
    for row in connection.execute(select(schema.scans).order_by(schema.scans.c.id.desc())):
        yield ScanRow(*row)


def sources(connection: Connection, scan: int | None) -> Iterator[SourceRow]:
    """Each source as the newest scan that touched it, or the scan given, left it."""
    s = schema.source_scans.c
    touched = select(s.source_id, func.max(s.scan_id).label("seen")).group_by(s.source_id)
    newest = (touched if scan is None else touched.where(s.scan_id == scan)).subquery()
    query = (
        select(schema.sources.c.uri, s.status, s.reason, s.scan_id, schema.scans.c.started)
        .select_from(newest)
        .join(
            schema.source_scans, (s.source_id == newest.c.source_id) & (s.scan_id == newest.c.seen)
        )
        .join(schema.sources, schema.sources.c.id == s.source_id)
        .join(schema.scans, schema.scans.c.id == s.scan_id)
        .order_by(schema.sources.c.uri)
    )
    for uri, status, *rest in connection.execute(query):
        yield SourceRow(uri, Status(status), *rest)


def datasets(connection: Connection, scan: int | None) -> Iterator[DatasetRow]:
    """Every dataset, by source and URI."""
    shown = view(scan)
    numbers: dict[int, int] = {row[0]: row[1] for row in connection.execute(columns_of(shown))}
    kinds: dict[int, dict[str, int]] = defaultdict(dict)
    for dataset, kind, number in connection.execute(kinds_of(shown)):
        kinds[dataset][kind] = number
    found = {row[0]: row[1:] for row in connection.execute(found_of(shown))}
    query = joined(shown, schema.datasets.c.id, *_DATASET).order_by(*_IN_ORDER)
    for row in _stream(connection, query):
        key = row[0]
        said = _named(_DATASET, row[1:])
        said |= {"status": Status(said["status"]), "warnings": tuple(said["warnings"])}
        gone = is_gone(said["status"], said["reason"])
        some, held = (0, 0) if gone else found.get(key, (0, 0))
        yield DatasetRow(
            **said,
            columns=numbers.get(key, 0),
            holding=held,
            possible=some - held,
            kinds={} if gone else kinds.get(key, {}),
        )


def coverage(connection: Connection, scan: int | None) -> Iterator[CoverageRow]:
    """Every source that could not be listed, then every dataset: how far it was read."""
    for source in sources(connection, scan):
        if source.status is Status.FAILED:
            yield CoverageRow(
                source=source.uri,
                dataset=None,
                name="",
                status=source.status,
                reason=source.reason,
                rows=None,
                sampled=0,
                how="",
                warnings=(),
                scan=source.scan,
                seen=source.seen,
                last_read=None,
            )
    for row in datasets(connection, scan):
        yield CoverageRow(
            source=row.source,
            dataset=row.uri,
            name=row.name,
            status=row.status,
            reason=row.reason,
            rows=row.rows,
            sampled=row.sampled,
            how=row.how,
            warnings=row.warnings,
            scan=row.scan,
            seen=row.seen,
            last_read=row.last_read,
        )


def columns(
    connection: Connection, scan: int | None, dataset: str | None, found: bool | None
) -> Iterator[ColumnRow]:
    """Every column with its verdicts, by dataset and position.

    `dataset` is a URI; `found` limits to columns with a verdict (True) or without (False).
    """
    shown, c = view(scan, dataset), schema.column_scans.c
    query = (
        joined(shown, c.dataset_id, c.column_id, *_COLUMN, *_VERDICT)
        .join(schema.column_scans, used(shown, schema.column_scans))
        .join(schema.columns, schema.columns.c.id == c.column_id)
        .outerjoin(schema.verdicts, _OF_COLUMN)
        .order_by(*_IN_ORDER, c.position, schema.verdicts.c.place)
    )
    if found is not None:
        some = exists(
            select(schema.verdicts.c.place).where(_OF_COLUMN).correlate(schema.column_scans)
        )
        query = query.where(some if found else ~some)
    for _, lines in groupby(_stream(connection, query), key=lambda row: row[:2]):
        yield _column(list(lines))


def _column(lines: Sequence[Row[Any]]) -> ColumnRow:
    """One column from its lines, one a verdict, or one with NULLs where there is none."""
    start, end = 2, 2 + len(_COLUMN)
    said = _named(_COLUMN, lines[0][start:end])
    said["status"] = Status(said["status"])
    verdicts = tuple(_verdict(line[end:]) for line in lines if line[end] is not None)
    return ColumnRow(**said, verdicts=verdicts)


def _named(selected: Sequence[ColumnElement[Any]], values: Sequence[Any]) -> dict[str, Any]:
    return {str(column.key): value for column, value in zip(selected, values, strict=True)}


def _verdict(values: Sequence[Any]) -> Verdict:
    kind, confidence, level, basis, low, high, state, reasons, storage = values
    return Verdict(
        kind,
        confidence,
        Level(level),
        basis,
        None if low is None else (low, high),
        State(state),
        tuple(Reason(text, weight) for text, weight in reasons),
        storage,
    )


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    """The rows as they come, not all at once."""
    yield from connection.execution_options(yield_per=_BATCH).execute(query)
