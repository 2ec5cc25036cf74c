"""What a SQLite file says of its tables and views."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from connectors.base import Column, Dataset, Reference
from connectors.sql.address import Address

_TABLES = """
    SELECT name, type, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_master
    WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"""
_COLUMNS = """
    SELECT m.name, x.name, x.type, x.pk FROM sqlite_master m, pragma_table_xinfo(m.name) x
    WHERE m.type = 'table' AND x.hidden <> 1 AND m.sql NOT LIKE 'CREATE VIRTUAL%'
    ORDER BY m.name, x.cid"""
_FOREIGN = """
    SELECT m.name, f.id, f."table", f."from", f."to"
    FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY m.name, f.id, f.seq"""
_INDEXES = """
    SELECT m.name, x.name
    FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) x
    WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND x.seqno = 0
        AND NOT i.partial AND x.name IS NOT NULL ORDER BY m.name, i.seq"""
# One by one: a module that is not loaded, or a table that is gone, is an error.
_OTHER = "SELECT name, type FROM pragma_table_xinfo(:name) WHERE hidden <> 1 ORDER BY cid"
_VIEW = "a view, whose rows are read in the tables they come from: ?views=1 in the URL reads it"
_NO_MODULE = "a virtual table whose module is not loaded"


def datasets(
    connection: sa.Connection, address: Address, path: Path, count: Callable[[str], int] | None
) -> Iterator[Dataset]:
    """Every table and view; `count` says how many rows a table has."""
    run = connection.exec_driver_sql
    columns: dict[str, list[Column]] = {}
    keys: dict[str, list[tuple[int, str]]] = {}
    for table, name, kind, place in run(_COLUMNS):
        columns.setdefault(table, []).append(Column(name, kind))
        if place:
            keys.setdefault(table, []).append((place, name))
    key = {table: tuple(name for _, name in sorted(found)) for table, found in keys.items()}
    indexed = {table: list(found[:1]) for table, found in key.items()}
    for table, name in run(_INDEXES):
        indexed.setdefault(table, []).append(name)
    references = _references(connection, address, key)
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    views = address.options.views
    for name, kind, virtual in run(_TABLES).all():
        view = kind == "view"
        if virtual or (view and views):
            columns[name] = _other(connection, name)
        skip = _VIEW if view and not views else "" if view or columns.get(name) else _NO_MODULE
        counted = count is not None and not view and not virtual
        yield Dataset(
            address.uri(name),
            address.source,
            "view" if view else "table",
            name,
            path.stem,
            columns=tuple(columns.get(name, ())),
            rows=count(name) if count is not None and counted else None,
            modified=changed,
            skip=skip,
            key=key.get(name, ()),
            references=references.get(name, ()),
            indexed=tuple(dict.fromkeys(indexed.get(name, ()))),
        )


def _references(
    connection: sa.Connection, address: Address, key: dict[str, tuple[str, ...]]
) -> dict[str, tuple[Reference, ...]]:
    found: dict[tuple[str, int], tuple[str, list[str], list[str]]] = {}
    for table, number, other, column, target in connection.exec_driver_sql(_FOREIGN):
        _, columns, targets = found.setdefault((table, number), (other, [], []))
        columns.append(column)
        targets += [target] if target is not None else []
    out: dict[str, tuple[Reference, ...]] = {}
    for (table, _), (other, columns, targets) in found.items():
        ends = tuple(targets) or key.get(other, ())
        one = Reference(tuple(columns), address.uri(other), ends)
        out[table] = (*out.get(table, ()), one)
    return out


def _other(connection: sa.Connection, name: str) -> list[Column]:
    try:
        found = connection.execute(sa.text(_OTHER), {"name": name}).all()
    except OperationalError:
        return []
    return [Column(column, kind) for column, kind in found]
