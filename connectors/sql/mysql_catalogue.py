"""What MySQL's and MariaDB's catalogue says: a few queries, however many tables there are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from connectors.base import Access, Column, Dataset, Reference, Safeguards
from connectors.sql.address import Address

_SYSTEM = "'mysql', 'information_schema', 'performance_schema', 'sys'"
_WHERE = "({one} AND table_schema = DATABASE() OR NOT {one} AND lower(table_schema) NOT IN ({no}))"
_TABLES = """
    SELECT table_schema, table_name, table_type, table_comment, table_rows,
        data_length + index_length, unix_timestamp(update_time), engine, create_options
    FROM information_schema.tables
    WHERE table_type IN ('BASE TABLE', 'SYSTEM VERSIONED', 'VIEW') AND {where}
    ORDER BY table_schema, table_name"""
_COLUMNS = """
    SELECT table_schema, table_name, column_name, column_type, column_comment
    FROM information_schema.columns WHERE {where}
    ORDER BY table_schema, table_name, ordinal_position"""
_INDEXES = """
    SELECT table_schema, table_name, index_name, seq_in_index, column_name
    FROM information_schema.statistics
    WHERE (seq_in_index = 1 OR index_name = 'PRIMARY') AND {where}
    ORDER BY table_schema, table_name, index_name, seq_in_index"""
_FOREIGN = """
    SELECT table_schema, table_name, constraint_name, column_name, referenced_table_schema,
        referenced_table_name, referenced_column_name
    FROM information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND {where}
    ORDER BY table_schema, table_name, constraint_name, ordinal_position"""
# Only who may look into the system's tables sees the grants of others.
_MAY_SEE = "SELECT count(*) FROM mysql.db"
_GRANTS = """
    SELECT grantee, NULL, NULL FROM information_schema.user_privileges
    WHERE privilege_type = 'SELECT'
    UNION SELECT grantee, table_schema, NULL FROM information_schema.schema_privileges
    WHERE privilege_type = 'SELECT'
    UNION SELECT grantee, table_schema, table_name FROM information_schema.table_privileges
    WHERE privilege_type = 'SELECT'"""
_ANYBODY = re.compile(r"(?i)^(''@|'?PUBLIC'?$|'PUBLIC'@)")
_VARIABLES = """SHOW GLOBAL VARIABLES WHERE variable_name IN
    ('innodb_encrypt_tables', 'default_table_encryption', 'innodb_encrypt_log')"""
_TLS = "SHOW SESSION STATUS WHERE variable_name IN ('Ssl_version', 'Ssl_cipher')"
_ENCRYPTED = re.compile(r"(?i)\bencrypt(?:ed|ion)`?\s*=\s*['\"]?(\w+)")
_VIEW = "a view, whose rows are read in the tables they come from: ?views=1 in the URL reads it"

Place = tuple[str, str]  # database and table


@dataclass(slots=True)
class _Known:
    """What the other queries said of one table."""

    columns: list[Column] = field(default_factory=list)
    key: list[str] = field(default_factory=list)
    indexed: list[str] = field(default_factory=list)
    foreign: dict[str, tuple[list[str], Place, list[str]]] = field(default_factory=dict)


class Grants:
    """Who may read which table, where we may see the grants of others."""

    def __init__(self, rows: list[tuple[str, str | None, str | None]] | None) -> None:
        self._seen = rows is not None
        self._tables: dict[Place, set[str]] = {}
        self._schemas: dict[str, set[str]] = {}
        self._all: set[str] = set()
        for who, schema, table in rows or []:
            if schema is None:
                self._all.add(who)
            elif table is None:
                self._schemas.setdefault(schema, set()).add(who)
            else:
                self._tables.setdefault((schema, table), set()).add(who)
        self._within: dict[str, set[str]] = {}

    def of(self, place: Place) -> Access:
        """Who may read that table."""
        if not self._seen:
            return Access()
        if place[0] not in self._within:
            fits = (who for like, who in self._schemas.items() if _like(like).fullmatch(place[0]))
            self._within[place[0]] = self._all.union(*fits)
        who = self._within[place[0]] | self._tables.get(place, set())
        everyone = any(_ANYBODY.match(name) for name in who)
        return Access(everyone, sum(not _ANYBODY.match(name) for name in who))


def datasets(connection: sa.Connection, address: Address) -> Iterator[Dataset]:
    """The tables and views of the database in the URL, or of every one that the user may see."""
    where = _WHERE.format(one=int(bool(address.database)), no=_SYSTEM)
    known: dict[Place, _Known] = {}
    for database, table, *column in _ask(connection, _COLUMNS, where):
        known.setdefault((database, table), _Known()).columns.append(Column(*map(text, column)))
    _fill_keys(connection, where, known)
    grants = Grants(_grants(connection))
    variables = _pairs(connection, _VARIABLES)
    for row in _ask(connection, _TABLES, where):
        database, name, kind, comment, rows, size, changed, engine, options = row
        about = known.get((database, name), _Known())
        view = kind == "VIEW"
        yield Dataset(
            _uri(address, database, name),
            address.source,
            "view" if view else "table",
            name,
            database,
            comment="" if view else text(comment),
            columns=tuple(about.columns),
            rows=None if rows is None else int(rows),
            size=None if size is None else int(size),
            modified=None if changed is None else datetime.fromtimestamp(int(changed), UTC),
            skip=_VIEW if view and not address.options.views else "",
            key=tuple(about.key),
            references=_references(about, address),
            indexed=tuple(dict.fromkeys(about.indexed)),
            access=grants.of((database, name)),
            encrypted=None if view else _encrypted(text(engine), text(options), variables),
        )


def safeguards(connection: sa.Connection) -> Safeguards:
    """TLS of this connection, and whether tables are encrypted unless they say otherwise."""
    tls = _pairs(connection, _TLS)
    said = _pairs(connection, _VARIABLES)
    transit = bool(tls.get("ssl_cipher")) if tls else None
    notes = ", ".join(f"{name}={value}" for name, value in sorted(said.items()))
    default = said.get("innodb_encrypt_tables", said.get("default_table_encryption"))
    at_rest = None if default is None else default.upper() in ("ON", "FORCE")
    return Safeguards(transit, at_rest, tls.get("ssl_version", ""), notes)


def text(value: object) -> str:
    """What a catalogue holds, which some servers give as bytes."""
    return value.decode() if isinstance(value, bytes) else str(value or "")


def _fill_keys(connection: sa.Connection, where: str, known: Mapping[Place, _Known]) -> None:
    for database, table, index, place, column in _optional(connection, _INDEXES, where):
        about = known.get((database, table))
        if about is None or column is None:  # an index of an expression
            continue
        if index == "PRIMARY":
            about.key.append(column)
        if int(place) == 1:
            about.indexed.append(column)
    for database, table, name, column, *target in _optional(connection, _FOREIGN, where):
        about = known.get((database, table))
        if about is not None:
            of = about.foreign.setdefault(name, ([], (target[0], target[1]), []))
            of[0].append(column)
            of[2].append(target[2])


def _references(about: _Known, address: Address) -> tuple[Reference, ...]:
    return tuple(
        Reference(tuple(columns), _uri(address, *place), tuple(targets))
        for columns, place, targets in about.foreign.values()
    )


def _uri(address: Address, database: str, name: str) -> str:
    """As everybody calls the table; one of another database lies below the server."""
    if not address.database:
        return address.uri(database, name)
    if database == address.database:
        return address.uri(name)
    server = address.source[: address.source.rindex("/")]
    return "/".join([server, *address.uri(database, name).split("/")[-2:]])


def _encrypted(engine: str, options: str, variables: Mapping[str, str]) -> bool | None:
    """By what the table says, else by what the server does with tables that say nothing."""
    said = _ENCRYPTED.search(options)
    if said:
        return said[1].lower() in ("yes", "y")
    if engine.lower() != "innodb":
        return None
    if "default_table_encryption" in variables:  # MySQL 8 writes down who is encrypted
        return False
    default = variables.get("innodb_encrypt_tables")
    return None if default is None else default.upper() in ("ON", "FORCE")


def _grants(connection: sa.Connection) -> list[Any] | None:
    if not _optional(connection, _MAY_SEE, ""):
        return None
    return _optional(connection, _GRANTS, "")


def _pairs(connection: sa.Connection, query: str) -> dict[str, str]:
    return {text(n).lower(): text(v) for n, v in _optional(connection, query, "")}


def _ask(connection: sa.Connection, query: str, where: str) -> list[Any]:
    return list(connection.exec_driver_sql(query.format(where=where)).all())


def _optional(connection: sa.Connection, query: str, where: str) -> list[Any]:
    """The answer, none where the server does not know what was asked for or does not tell us."""
    try:
        return _ask(connection, query, where)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return []


def _like(pattern: str) -> re.Pattern[str]:
    """The names of databases that a grant is for."""
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    wild = {"%": ".*", "_": "."}
    return re.compile("".join(wild.get(p) or re.escape(p.removeprefix("\\")) for p in parts), re.I)
