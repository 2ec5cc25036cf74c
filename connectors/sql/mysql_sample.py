"""Samples from MySQL and MariaDB: by RAND(seed), or by stretches of any index."""

import random
from collections.abc import Iterator, Sequence
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

from connectors.base import Dataset
from connectors.sql.places import Places, raw, times, words
from connectors.sql.rows import Reservoir

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

_INDEXES = """
    SELECT s.index_name, s.column_name, c.data_type, s.nullable = 'YES'
    FROM information_schema.statistics s JOIN information_schema.columns c
        ON c.table_schema = s.table_schema AND c.table_name = s.table_name
        AND c.column_name = s.column_name
    WHERE s.table_schema = :schema AND s.table_name = :name AND s.seq_in_index = 1
        AND s.index_type = 'BTREE' AND s.sub_part IS NULL
    ORDER BY s.index_name <> 'PRIMARY', s.non_unique, s.cardinality DESC, s.index_name"""
_ROWS = 4  # about, in a stretch: neighbours are alike
_CELLS = 64  # at least, in a sample
_TERMS = 100  # stretches in one statement
_ROUNDS = 6
_FULL = 200  # rows in one stretch: too many of one value, or of values that begin alike
_HEAVY = 32  # rows in a stretch on average, where the server thinks that most rows are
_COARSE = 64
_SPREAD = 2_000  # so many stretches give a sample its rows
_FIRST, _LAST = "<\x01>", "<\x02>"  # marks that no name holds
_PEEKED = 200  # values looked at to learn which characters they have


def about(query: str, dataset: Dataset) -> sa.TextClause:
    """A question of the catalogue about one table."""
    return sa.text(query).bindparams(schema=dataset.database, name=dataset.name)


def by_chance(reader: "Reader", count: int) -> Iterator[pa.RecordBatch]:
    """Rows where RAND(seed) is small: the table is read, the rest stays in the server."""
    wanted = reader.rows * 1.1 + 4 * sqrt(reader.rows) + 10
    share = min(1.0, wanted / max(1, count))
    seed = reader.sampling.seed % 2**31
    while True:
        chance = sa.func.rand(sa.literal_column(str(seed)))
        lucky = chance < sa.literal_column(f"{share:.9f}")
        drawn = reader.draw(reader.select().where(lucky))
        if drawn.seen >= reader.rows or share >= 1.0:
            break
        share = min(1.0, share * (1.5 * reader.rows / drawn.seen if drawn.seen else 64))
    reader.reading.how = f"WHERE RAND({seed}) < {share:.3g}, then rows at random from those"
    yield from drawn.drawn()


def by_index(reader: "Reader", count: int) -> Iterator[pa.RecordBatch] | None:
    """Rows of random stretches of an index, of whatever type; None where no index is any help."""
    for name, column, kind, nullable in reader.all(about(_INDEXES, reader.dataset)):
        index = _Index(reader, name, column)
        if nullable and index.any_null():
            continue
        places = index.places(kind.lower())
        if places is None or places.most < _CELLS * _ROWS:
            continue
        drawn, cells = index.draw(places, count)
        if drawn is not None:
            seed = reader.sampling.seed
            reader.reading.how = (
                f"rows at random from {cells} random ranges of {column} (seed {seed})"
            )
            return drawn.drawn()
    return None


class _Index:
    """Stretches of the values of one index."""

    def __init__(self, reader: "Reader", name: str, column: str) -> None:
        self._reader = reader
        names = dict.fromkeys([*(c.name for c in reader.columns), column])
        columns: list[sa.ColumnClause[Any]] = [sa.column(quoted_name(n, True)) for n in names]
        table = sa.table(reader.table.name, *columns, schema=reader.table.schema)
        self._source = table.alias("t")
        self._value = self._source.c[column]
        quote = reader.connection.dialect.identifier_preparer.quote_identifier
        self._hint = f"FORCE INDEX ({quote(name)})"

    def any_null(self) -> bool:
        """Are there rows that no stretch holds?"""
        number: sa.ColumnElement[int] = sa.literal_column("1")
        one = sa.select(number).select_from(self._source)
        return bool(self._ask(one.where(self._value.is_(None)).limit(sa.literal_column("1"))))

    def places(self, kind: str) -> Places | None:
        """Where to cut, for values of that type."""
        low, high = self._ask(sa.select(sa.func.min(self._value), sa.func.max(self._value)))[0]
        if low is None or low == high:
            return None
        if kind.endswith("int"):
            return Places(int(low), int(high), str)
        if kind in {"date", "datetime", "timestamp"}:
            return times(str(low), str(high))
        if kind in {"binary", "varbinary"}:
            return raw(bytes(low), bytes(high))
        if kind in {"char", "varchar"}:
            peek = sa.select(self._value).limit(sa.literal_column(str(_PEEKED)))
            return words([low, high, *(v for (v,) in self._ask(peek) if v)])
        return None

    def draw(self, places: Places, count: int) -> tuple[Reservoir | None, int]:
        """Rows of random stretches, more of them where too few were found."""
        reader = self._reader
        choice = random.Random(reader.sampling.seed)
        each = max(_ROWS, ceil(1.5 * reader.rows / _SPREAD))
        parts = max(_CELLS, min(places.most, count // each))
        wanted = least = max(_CELLS, ceil(1.5 * reader.rows / each))
        for _ in range(0 if self._piled(places, parts) else _ROUNDS):
            cells = sorted(choice.sample(range(parts), min(wanted, parts)))
            counts = self._held(places, cells, parts)
            if counts is None:
                break
            held, filled = sum(counts), sum(map(bool, counts))
            if held >= reader.rows and filled >= min(least, parts):
                return self._rows(places, cells, parts), len(cells)
            if wanted >= parts:
                break
            short = max(reader.rows / max(1, held), least / max(1, filled))
            wanted = ceil(wanted * min(64, 1.5 * short))
        return None, 0

    def _piled(self, places: Places, parts: int) -> bool:
        """Does one stretch hold so many rows that a sample would have all of them or none?

        By the server's own estimates, which cost a look into the index: first of a few wide
        stretches, then of the parts of the one where most rows are.
        """
        coarse = min(_COARSE, parts)
        rows = self._estimates(places, range(coarse), coarse)
        most = rows.index(max(rows))
        if rows[most] > _HEAVY * parts / coarse:
            return True
        fine = coarse * _COARSE
        if fine > parts:
            return False
        rows = self._estimates(places, range(most * _COARSE, (most + 1) * _COARSE), fine)
        return max(rows) > max(_FULL, _HEAVY * parts / fine)

    def _estimates(self, places: Places, cells: Sequence[int], parts: int) -> list[int]:
        one: sa.Label[int] = sa.literal_column("1").label("one")
        found: list[int] = []
        for part in self._parts(sa.select(one), places, cells, parts):
            answer = self._reader.execute(f"EXPLAIN {part}", stream=False)
            found += [int(row["rows"] or 0) for row in answer.mappings()][:_TERMS]
        return found[: len(cells)]

    def _held(self, places: Places, cells: Sequence[int], parts: int) -> list[int] | None:
        """How many rows each stretch holds; None where one holds too many."""
        held: list[int] = []
        for part in self._parts(sa.select(sa.func.count()), places, cells, parts):
            counts = [number for (number,) in self._reader.all(part)]
            if max(counts) >= _FULL:
                return None
            held += counts
        return held

    def _rows(self, places: Places, cells: Sequence[int], parts: int) -> Reservoir:
        drawn = Reservoir(self._reader.rows, self._reader.sampling.seed)
        rows = self._reader.select(self._source)
        for part in self._parts(rows, places, cells, parts):
            for batch in self._reader.batches(part):
                drawn.add(batch)
        return drawn

    def _parts(
        self, statement: sa.Select[Any], places: Places, cells: Sequence[int], parts: int
    ) -> Iterator[str]:
        """The statement for every stretch, in as few as the server takes.

        The first stretch and the last have no end. SQLAlchemy compiles a statement only once,
        with marks where the values go.
        """
        first: sa.ColumnElement[Any] = sa.literal_column(_FIRST)
        last: sa.ColumnElement[Any] = sa.literal_column(_LAST)
        asked = statement.select_from(self._source).with_hint(self._source, self._hint, "*")
        lower = asked.where(self._value >= first)
        inside = self._reader.sql(lower.where(self._value < last))
        begin = self._reader.sql(asked.where(self._value < last))
        end = self._reader.sql(lower)
        for at in range(0, len(cells), _TERMS):
            yield " UNION ALL ".join(
                (end if cell == parts - 1 else inside if cell else begin)
                .replace(_FIRST, places.at(cell, parts))
                .replace(_LAST, places.at(cell + 1, parts))
                for cell in cells[at : at + _TERMS]
            )

    def _ask(self, statement: sa.SelectBase) -> list[Any]:
        return self._reader.all(self._reader.sql(statement))
