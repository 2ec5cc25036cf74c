"""Samples from PostgreSQL: TABLESAMPLE, of rows or of pages."""

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.expression import FromClause

from connectors.sql.dialect import Cell

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

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
        coalesce(bool_or(row_security_active(c.oid)), false),
        coalesce(bool_or(c.relkind IN ('v', 'f')), false)
    FROM tree JOIN pg_class c ON c.oid = tree.oid"""

_SPREAD_PAGES = 2_000  # so many pages give a sample its rows, where the table has them
_HASHES = 1 << 20


def sample(
    reader: "Reader", scan_bytes: int, plain: Iterator[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    """By TABLESAMPLE: of rows where the table is small, of pages where it is large.

    `plain` samples what holds no rows itself, views and foreign tables.
    """
    pages, tuples, known, block, secured, view = reader.all(
        sa.text(_EXTENT).bindparams(schema=reader.dataset.schema, name=reader.dataset.name)
    )[0]
    if secured:
        reader.reading.warnings.append("row-level security may hide rows from this user")
    if view:
        yield from plain
        return
    if pages * block <= scan_bytes:
        count = reader.count()
        reader.reading.rows = count
        if count <= reader.rows:
            yield from reader.few()
            return
        yield from _rows_at_random(reader, count)
        return
    density = tuples / known if tuples and known else _density(reader, pages)
    yield from _pages_at_random(reader, pages, density)


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
