"""PostgreSQL: TABLESAMPLE, catalogue in bulk, read-only sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.expression import FromClause

from connectors.base import Column, Dataset, UnknownSource
from connectors.sql.dialect import BLOB_BYTES, CONNECT_SECONDS, LOCK_SECONDS, Cell, Dialect, whole
from connectors.sql.faults import Fault, by_words

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

# Tables, partitioned ones once with the sums of their leaves; sizes without taking a lock.
_TABLES = """
    SELECT n.nspname, c.relname, c.relkind::text, obj_description(c.oid, 'pg_class'),
        CASE WHEN c.relkind = 'p' THEN leaves.rows WHEN c.reltuples >= 0 AND c.relpages > 0
            THEN c.reltuples END::bigint,
        coalesce(leaves.pages, c.relpages)::bigint * current_setting('block_size')::bigint
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN LATERAL (
        SELECT sum(l.reltuples) FILTER (WHERE l.reltuples >= 0) AS rows, sum(l.relpages) AS pages
        FROM pg_partition_tree(c.oid) t JOIN pg_class l ON l.oid = t.relid WHERE t.isleaf
    ) leaves ON c.relkind = 'p'
    WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
        AND c.relpersistence <> 't' AND {where}
    ORDER BY n.nspname, c.relname"""
_COLUMNS = """
    SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        coalesce(col_description(c.oid, a.attnum), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm', 'f')
        AND NOT c.relispartition AND c.relpersistence <> 't' AND {where}
    ORDER BY n.nspname, c.relname, a.attnum"""
_WHERE = "n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_'"

# What a SELECT from the table reads, children and partitions included.
_EXTENT = """
    WITH RECURSIVE tree AS (
        SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = :schema AND c.relname = :name
        UNION ALL SELECT i.inhrelid FROM pg_inherits i JOIN tree ON tree.oid = i.inhparent)
    SELECT coalesce(sum(pg_relation_size(c.oid)), 0)::bigint
            / current_setting('block_size')::bigint,
        coalesce(sum(c.reltuples) FILTER (WHERE c.reltuples > 0), 0)::bigint,
        coalesce(sum(c.relpages) FILTER (WHERE c.reltuples > 0), 0)::bigint,
        current_setting('block_size')::bigint,
        coalesce(bool_or(row_security_active(c.oid)), false)
    FROM tree JOIN pg_class c ON c.oid = tree.oid"""

_FOREIGN = "a foreign table: scan the server that holds its rows"
_SPREAD_PAGES = 2_000  # so many pages give a sample its rows, where the table has them
_HASHES = 1 << 20

_FAULTS = MappingProxyType(
    {
        "22021": Fault.ENCODING,
        "22P05": Fault.ENCODING,
        "28000": Fault.LOGIN,
        "28P01": Fault.LOGIN,
        "3D000": Fault.DATABASE,
        "3F000": Fault.VANISHED,
        "40001": Fault.LOCKED,
        "42501": Fault.GRANT,
        "42703": Fault.VANISHED,
        "42P01": Fault.VANISHED,
        "53300": Fault.CROWDED,
        "55P03": Fault.LOCKED,
        "57014": Fault.SLOW,
        "57P01": Fault.LOST,
        "57P02": Fault.LOST,
        "57P03": Fault.UNREACHABLE,
        "XX001": Fault.DAMAGED,
        "XX002": Fault.DAMAGED,
    }
)


@dataclass
class Postgresql(Dialect):
    """One database, all schemas but the system's."""

    def connect_args(self) -> dict[str, Any]:
        """No prepared statements: poolers between us and the server lose them."""
        if not self.address.database:
            message = "the postgresql:// URL names no database: write postgresql://host:5432/NAME"
            raise UnknownSource(message)
        asked = self.address.url.query
        return {
            "connect_timeout": asked.get("connect_timeout", CONNECT_SECONDS),
            "application_name": "picensus",
            "prepare_threshold": None,
            "client_encoding": "utf8",
        }

    def begin(self, connection: sa.Connection, full: bool) -> None:
        """A read-only session, and a read-only transaction in it."""
        milliseconds = int(self.timeout * 1000)
        run = connection.exec_driver_sql
        run("SET TRANSACTION READ ONLY")
        run(
            "SET default_transaction_read_only = on; "
            f"SET statement_timeout = {milliseconds}; SET lock_timeout = '{LOCK_SECONDS}s'; "
            "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; "
            "SET synchronize_seqscans = off; SET max_parallel_workers_per_gather = 0"
        )

    def datasets(self, connection: sa.Connection) -> Iterator[Dataset]:
        """Tables and materialized views; views hold nothing of their own."""
        columns: dict[tuple[str, str], list[Column]] = {}
        for schema, table, *column in connection.exec_driver_sql(_COLUMNS.format(where=_WHERE)):
            columns.setdefault((schema, table), []).append(Column(*column))
        tables = connection.exec_driver_sql(_TABLES.format(where=_WHERE))
        for schema, name, kind, comment, rows, size in tables:
            yield Dataset(
                self.address.uri(schema, name),
                self.address.source,
                "view" if kind == "m" else "table",
                name,
                self.address.database,
                schema,
                comment or "",
                tuple(columns.get((schema, name), ())),
                rows,
                size or None,
                skip=_FOREIGN if kind == "f" else "",
            )

    def cell(self, column: Cell, declared: str, limit: int) -> Cell:
        """Every type has a text form; infinity, ranges, arrays and users' own types too."""
        if self.binary(declared):
            return sa.func.substring(column, 1, BLOB_BYTES)
        if declared in {"double precision", "real"}:
            return sa.func.coalesce(whole(column, sa.Text()), sa.cast(column, sa.Text()))
        return sa.func.left(sa.cast(column, sa.Text()), limit)

    def binary(self, declared: str) -> bool:
        """Does the declared type hold bytes?"""
        return declared == "bytea"

    def sample(self, reader: "Reader") -> Iterator[pa.RecordBatch]:
        """By TABLESAMPLE: of rows where the table is small, of pages where it is large."""
        pages, tuples, known, block, secured = reader.all(
            sa.text(_EXTENT).bindparams(schema=reader.dataset.schema, name=reader.dataset.name)
        )[0]
        if secured:
            reader.reading.warnings.append("row-level security may hide rows from this user")
        if pages * block <= self.scan_bytes:
            count = reader.count()
            reader.reading.rows = count
            if count <= reader.rows:
                yield from reader.few()
                return
            yield from _rows_at_random(reader, count)
            return
        density = tuples / known if tuples and known else _density(reader, pages)
        yield from _pages_at_random(reader, pages, density)

    def fault(self, error: BaseException) -> Fault | None:
        """By SQLSTATE; by words for a connection that did not come about, which has none."""
        state = getattr(error, "sqlstate", None)
        if state is None:
            return by_words(str(error))
        return _FAULTS.get(state) or (Fault.LOST if state.startswith("08") else None)


def _rows_at_random(reader: "Reader", count: int) -> Iterator[pa.RecordBatch]:
    wanted = reader.rows * 1.1 + 4 * sqrt(reader.rows) + 10
    percent = min(100.0, 100 * wanted / count)
    while True:
        drawn = reader.draw(reader.select(_sampled(reader, "bernoulli", percent)))
        if drawn.seen >= reader.rows or percent >= 100:
            break
        percent = min(100.0, percent * 2)
    reader.reading.how = f"{_words(reader, 'BERNOULLI', percent)}, then rows at random"
    yield from drawn.drawn()


def _pages_at_random(reader: "Reader", pages: int, density: float) -> Iterator[pa.RecordBatch]:
    """Rows of random pages; not all rows of a page, because neighbours are alike."""
    wanted = reader.rows * 1.1 + 4 * sqrt(reader.rows) + 10
    visited = max(wanted / density, min(reader.rows, _SPREAD_PAGES))
    while True:
        visited = min(visited, pages)
        kept = min(1.0, wanted / (visited * density))
        percent = 100 * visited / pages
        sampled = _sampled(reader, "system", percent)
        statement = reader.select(sampled)
        if kept < 1:
            statement = statement.where(_lucky(reader.sampling.seed, kept))
        drawn = reader.draw(statement)
        if drawn.seen >= reader.rows or (visited >= pages and kept >= 1):
            break
        density = max(drawn.seen / kept / visited, density / 8)
        visited *= 2
    share = f", {kept:.2g} of their rows" if kept < 1 else ""
    reader.reading.how = f"{_words(reader, 'SYSTEM', percent)}{share}, then rows at random"
    if visited >= pages and kept >= 1:
        reader.reading.rows = drawn.seen
        reader.reading.how = "all rows" if drawn.seen <= reader.rows else reader.reading.how
    yield from drawn.drawn()


def _density(reader: "Reader", pages: int) -> float:
    """Rows a page, from a few pages; the table was never analysed."""
    looked = min(pages, 400)
    sampled = _sampled(reader, "system", 100 * looked / pages)
    rows = int(reader.all(sa.select(sa.func.count()).select_from(sampled))[0][0])
    return max(0.1, rows / looked)


def _sampled(reader: "Reader", method: str, percent: float) -> FromClause:
    return reader.table.tablesample(
        getattr(sa.func, method)(sa.literal_column(f"{percent:.8f}")),
        name="t",
        seed=sa.literal_column(str(reader.sampling.seed)),
    )


def _lucky(seed: int, share: float) -> sa.ColumnElement[bool]:
    """True for a share of the rows, by where they lie; random() could not be repeated."""
    number: Cell = sa.literal_column(f"hashtextextended(t.ctid::text, {seed}) & {_HASHES - 1}")
    return number < sa.literal_column(str(int(share * _HASHES)))


def _words(reader: "Reader", method: str, percent: float) -> str:
    return f"TABLESAMPLE {method} ({percent:.3g}) REPEATABLE ({reader.sampling.seed})"
