"""What PostgreSQL's catalogue says: six queries for a database, however many tables it has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from connectors.base import Access, Column, Dataset, Reference, Safeguards
from connectors.sql.address import Address

LATERAL = 120_000  # server_version_num that has all of what is asked; forks have less

_FROM = """
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace {joins}
    WHERE c.relkind IN ('r', 'p', 'm', 'f', 'v') AND c.relpersistence <> 't'
        AND n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_'"""
_WHOLE = " AND NOT c.relispartition"
_NO_PARTITION = " AND c.oid NOT IN (SELECT parchildrelid FROM pg_partition_rule)"  # Greenplum 6
_ESTIMATE = "CASE WHEN c.reltuples >= 0 AND c.relpages > 0 THEN c.reltuples END"
# Partitioned tables come once with the sums of their leaves; sizes are had without a lock.
_LEAVES = """
    LEFT JOIN LATERAL (
        SELECT sum(l.reltuples) FILTER (WHERE l.reltuples >= 0) AS rows, sum(l.relpages) AS pages
        FROM pg_partition_tree(CASE WHEN c.relkind = 'p' THEN c.oid END) t CROSS JOIN LATERAL
            (SELECT reltuples, relpages FROM pg_class WHERE oid = t.relid OFFSET 0) l
        WHERE t.isleaf
    ) leaves ON true"""
_SUMS = (
    f"CASE WHEN c.relkind = 'p' THEN leaves.rows ELSE {_ESTIMATE} END",
    "coalesce(leaves.pages, c.relpages)",
)
_TABLES = """
    SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relkind::text, d.description,
        ({rows})::bigint, ({pages})::bigint * current_setting('block_size')::bigint
    {within} ORDER BY n.nspname, c.relname"""
_ABOUT = "LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = {sub} AND {of}"
_OF = "d.classoid = 'pg_class'::regclass"
_COLUMNS = """
    SELECT a.attrelid::bigint, a.attnum, a.attname::text, format_type(a.atttypid, a.atttypmod),
        coalesce(d.description, '')
    {within} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum"""
_KEYS = """
    SELECT k.conrelid::bigint, k.contype::text, k.conkey, k.confrelid::bigint, k.confkey
    {within} AND k.contype IN ('p', 'f') ORDER BY k.oid"""
_INDEXES = """
    SELECT i.indrelid::bigint, i.indkey[0] {within} AND i.indisvalid AND i.indpred IS NULL
    ORDER BY i.indexrelid"""
_ACCESS = """
    SELECT c.oid::bigint, bool_or(a.grantee = 0) AND bool_or(u.grantee = 0),
        count(DISTINCT a.grantee) FILTER (WHERE a.grantee <> 0)
    {within} AND a.privilege_type = 'SELECT' AND u.privilege_type = 'USAGE' GROUP BY c.oid"""
_GRANTS = """
    CROSS JOIN LATERAL aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
    CROSS JOIN LATERAL aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) u"""
_SSL = """
    SELECT ssl, version, inet_server_addr() IS NULL FROM pg_stat_ssl
    WHERE pid = pg_backend_pid()"""

_SKIPS = {
    "f": "a foreign table: scan the server that holds its rows",
    "v": "a view, whose rows are read in the tables they come from: ?views=1 in the URL reads it",
}


@dataclass(slots=True)
class _Known:
    """What the other queries said of one table."""

    columns: dict[int, Column] = field(default_factory=dict)
    key: Sequence[int] = ()
    foreign: list[tuple[Sequence[int], int, Sequence[int]]] = field(default_factory=list)
    indexed: list[int] = field(default_factory=list)
    access: Access = field(default_factory=Access)

    def names(self, numbers: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.columns[number].name for number in numbers if number in self.columns)


def version(connection: sa.Connection) -> tuple[int, str]:
    """The number that the server gives itself, and its name in full."""
    asked = "SELECT current_setting('server_version_num')::int, version()"
    number, name = connection.exec_driver_sql(asked).one()
    return int(number), str(name)


def datasets(connection: sa.Connection, address: Address) -> Iterator[Dataset]:
    """Tables, materialized and other views; partitions only within their table."""
    number, name = version(connection)
    modern = number >= LATERAL
    whole = _WHOLE if number >= 100_000 else _NO_PARTITION if "Greenplum" in name else ""
    within = _FROM + whole
    tables = _tables(connection, within, modern)
    known: dict[int, _Known] = {row[0]: _Known() for row in tables}
    joins = "JOIN pg_attribute a ON a.attrelid = c.oid " + _ABOUT.format(sub="a.attnum", of=_OF)
    for table, place, *said in _ask(connection, _COLUMNS, within, joins):
        known[table].columns[place] = Column(*said)
    _fill_keys(connection, within, known)
    uris = {row[0]: address.uri(row[1], row[2]) for row in tables}
    for table, schema, name, kind, comment, rows, size in tables:
        about = known[table]
        yield Dataset(
            uris[table],
            address.source,
            "view" if kind in ("m", "v") else "table",
            name,
            address.database,
            schema,
            comment or "",
            tuple(about.columns.values()),
            rows,
            size or None,
            skip="" if kind == "v" and address.options.views else _SKIPS.get(kind, ""),
            key=about.names(about.key),
            references=_references(about, known, uris),
            indexed=tuple(dict.fromkeys(about.names(about.indexed))),
            access=about.access,
        )


def safeguards(connection: sa.Connection) -> Safeguards:
    """TLS, which the server knows; of the disks it knows nothing."""
    found = _optional(connection, _SSL)
    disks = "PostgreSQL does not know whether its disks are encrypted: ask who runs it"
    if not found:
        return Safeguards(at_rest_note=disks)
    tls, how, local = found[0]
    if local and not tls:
        return Safeguards(None, None, "a socket of the same machine", disks)
    return Safeguards(bool(tls), None, how or "", disks)


def _tables(connection: sa.Connection, within: str, modern: bool) -> list[Any]:
    rows, pages = _SUMS if modern else (_ESTIMATE, "c.relpages")
    joins = _ABOUT.format(sub="0", of=_OF) + (_LEAVES if modern else "")
    where = within.format(joins=joins)
    asked = _TABLES.format(rows=rows, pages=pages, within=where)
    return list(connection.exec_driver_sql(asked).all())


def _fill_keys(connection: sa.Connection, within: str, known: Mapping[int, _Known]) -> None:
    """Keys, indexes and grants, as far as the server has such a catalogue."""
    joins = "JOIN pg_constraint k ON k.conrelid = c.oid"
    for table, kind, numbers, other, targets in _ask(connection, _KEYS, within, joins):
        if kind == "p":
            known[table].key = numbers
        else:
            known[table].foreign.append((numbers, other, targets))
    joins = "JOIN pg_index i ON i.indrelid = c.oid"
    for table, first in _ask(connection, _INDEXES, within, joins):
        known[table].indexed.append(first)
    for table, everyone, roles in _ask(connection, _ACCESS, within, _GRANTS, optional=True):
        known[table].access = Access(everyone, roles)


def _references(
    about: _Known, known: Mapping[int, _Known], uris: Mapping[int, str]
) -> tuple[Reference, ...]:
    return tuple(
        Reference(about.names(columns), uris[other], known[other].names(targets))
        for columns, other, targets in about.foreign
        if other in known
    )


def _ask(
    connection: sa.Connection, query: str, within: str, joins: str, optional: bool = False
) -> list[Any]:
    asked = query.format(within=within.format(joins=joins))
    return (
        _optional(connection, asked) if optional else list(connection.exec_driver_sql(asked).all())
    )


def _optional(connection: sa.Connection, query: str) -> list[Any]:
    """The answer, none where the server does not know what was asked for."""
    try:
        with connection.begin_nested():
            return list(connection.exec_driver_sql(query).all())
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return []
