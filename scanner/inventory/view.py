"""Which scan speaks for each dataset, as SQL that every reading query starts from.

The current view shows each dataset as the newest scan that touched it left it; its columns
and verdicts are those of the newest scan that *read* it, so that a failure tonight neither
hides what is known nor passes for a clean table.
"""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, case, func, select

from scanner.inventory import schema
from scanner.inventory.rows import HELD, READ
from scanner.inventory.schema import digest

NEWEST = schema.dataset_scans.alias("newest")
LAST_READ = schema.dataset_scans.alias("last_read")


def view(scan: int | None, dataset: str | None = None) -> Subquery:
    """One row a dataset: the scan `seen` that touched it, `read` (or NULL) and `used`.

    `used` is the scan whose columns and verdicts are shown. `scan` limits to what that scan
    did, `dataset` (a URI) to one dataset.
    """
    d = schema.dataset_scans.c
    seen = func.max(d.scan_id)
    read = func.max(case((d.status.in_(READ), d.scan_id)))
    query = select(
        d.dataset_id,
        seen.label("seen"),
        read.label("read"),
        func.coalesce(read, seen).label("used"),
    ).group_by(d.dataset_id)
    if scan is not None:
        query = query.where(d.scan_id == scan)
    if dataset is not None:
        known = select(schema.datasets.c.id).where(schema.datasets.c.digest == digest(dataset))
        query = query.where(d.dataset_id.in_(known))
    return query.subquery("view")


def used(view: Subquery, table: FromClause) -> ColumnElement[bool]:
    """True for the rows of a scan's table that the view shows."""
    return (table.c.dataset_id == view.c.dataset_id) & (table.c.scan_id == view.c.used)


def joined(view: Subquery, *selected: ColumnElement[Any]) -> Select[Any]:
    """The selected columns of the view's datasets, their sources, newest and last readings."""
    datasets, sources = schema.datasets, schema.sources
    same, read = NEWEST.c.dataset_id == view.c.dataset_id, LAST_READ.c.scan_id == view.c.read
    return (
        select(*selected)
        .select_from(view)
        .join(datasets, datasets.c.id == view.c.dataset_id)
        .join(sources, sources.c.id == datasets.c.source_id)
        .join(NEWEST, same & (NEWEST.c.scan_id == view.c.seen))
        .outerjoin(LAST_READ, (LAST_READ.c.dataset_id == view.c.dataset_id) & read)
    )


def columns_of(view: Subquery) -> Select[Any]:
    """Columns by dataset."""
    c = schema.column_scans.c
    return (
        select(c.dataset_id, func.count())
        .join_from(view, schema.column_scans, used(view, schema.column_scans))
        .group_by(c.dataset_id)
    )


def found_of(view: Subquery) -> Select[Any]:
    """By dataset: columns with any verdict, and with one that counts as held."""
    v = schema.verdicts.c
    held = case((v.level.in_(HELD), v.column_id))
    return (
        select(v.dataset_id, func.count(v.column_id.distinct()), func.count(held.distinct()))
        .join_from(view, schema.verdicts, used(view, schema.verdicts))
        .group_by(v.dataset_id)
    )


def kinds_of(view: Subquery) -> Select[Any]:
    """By dataset: columns by held kind, most first."""
    v = schema.verdicts.c
    number = func.count(v.column_id.distinct())
    return (
        select(v.dataset_id, v.kind, number)
        .join_from(view, schema.verdicts, used(view, schema.verdicts))
        .where(v.level.in_(HELD))
        .group_by(v.dataset_id, v.kind)
        .order_by(v.dataset_id, number.desc(), v.kind)
    )
