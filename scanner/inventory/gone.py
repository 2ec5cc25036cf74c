"""Records what a source has no more: datasets that an earlier scan found and this one did not."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select

from scanner.inventory import schema
from scanner.inventory.record import source_of, touch_source
from scanner.inventory.rows import GONE, is_gone
from scanner.inventory.schema import digest
from scanner.model import Status


def record_gone(
    connection: Connection, scan: int, source: str, listed: Collection[str], closed: Collection[str]
) -> int:
    """How many datasets of a source that was wholly listed are newly gone from it.

    `listed` are the URIs of its datasets now; what lies within one of `closed` (a folder or
    workbook that could not be opened) is not known to be gone.
    """
    key = source_of(connection, source)
    touch_source(connection, scan, key)
    present = {digest(uri) for uri in listed}
    within = tuple(uri + mark for uri in closed for mark in "/#")
    rows = [
        _row(dataset, scan)
        for dataset, mark, uri, seen, status, reason in _known(connection, key)
        if mark not in present
        and seen != scan
        and not is_gone(Status(status), reason)
        and not uri.startswith(within)
    ]
    if rows:
        connection.execute(insert(schema.dataset_scans), rows)
    return len(rows)


def _known(connection: Connection, source: int) -> list[tuple[int, str, str, int, str, str]]:
    """The datasets of a source: id, digest, URI, and the newest scan with its status and reason."""
    datasets, scans = schema.datasets.c, schema.dataset_scans.c
    newest = (
        select(scans.dataset_id, func.max(scans.scan_id).label("seen"))
        .join(schema.datasets, datasets.id == scans.dataset_id)
        .where(datasets.source_id == source)
        .group_by(scans.dataset_id)
        .subquery()
    )
    query = (
        select(
            datasets.id, datasets.digest, datasets.uri, scans.scan_id, scans.status, scans.reason
        )
        .join(newest, newest.c.dataset_id == datasets.id)
        .join(
            schema.dataset_scans,
            (scans.dataset_id == newest.c.dataset_id) & (scans.scan_id == newest.c.seen),
        )
    )
    return list(map(tuple, connection.execute(query)))


def _row(dataset: int, scan: int) -> dict[str, object]:
    return {
        "dataset_id": dataset,
        "scan_id": scan,
        "status": Status.SKIPPED.value,
        "reason": GONE,
        "sampled": 0,
        "how": "",
        "warnings": [],
        "recorded": datetime.now(UTC),
    }
