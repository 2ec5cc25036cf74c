"""Samples by an integer key: random ranges of it, evenly, without reading the table through.

Ranges are cells of a grid over the keys, drawn without replacement, so every row has the same
chance whatever gaps the keys have. ("The first key after a random point" would favour rows
that stand behind a gap.) Stretches without keys are left out first: keys made from the time of
day are spread over 63 bits and hold next to nothing.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

from connectors.sql.rows import Reservoir

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

Spans = list[tuple[int, int]]  # first and last key

SMALL = 200_000  # keys that are simply all fetched
_PIECES = 128  # into which the keys are cut to look for empty stretches
_LEVELS = 6
_ROUNDS = 16
_TERMS = 100  # ranges in one statement
_LOOKUPS = 500  # rows fetched by key in one statement


def by_key(reader: "Reader", name: str, guess: int | None) -> Iterator[pa.RecordBatch]:
    """As many rows as asked for, drawn by the integer column `name`.

    `guess` is about how many rows there are; ranges are widened or narrowed where it is wrong.
    """
    keys = _Keys(reader, name)
    ((low, high),) = keys.ends()
    if high - low < SMALL:
        chosen = keys.within([(low, high)], low)
        reader.reading.rows = chosen.seen
        reader.reading.how = f"rows at random by {name} (seed {reader.sampling.seed})"
    else:
        chosen, cells = _from_cells(keys, reader, low, high, guess)
        reader.reading.how = (
            f"rows at random from {cells} random ranges of {name} (seed {reader.sampling.seed})"
        )
    yield from keys.rows([low + k for b in chosen.drawn() for k in b.column(0).to_pylist()])


def _from_cells(
    keys: "_Keys", reader: "Reader", low: int, high: int, guess: int | None
) -> tuple[Reservoir, int]:
    spans = _occupied(keys, low, high)
    room = _room(spans)
    share = min(1.0, 2 * reader.rows / min(room, max(guess or room, reader.rows)))
    cells: Spans = []
    chosen = Reservoir(reader.rows, reader.sampling.seed)
    for turn in range(_ROUNDS):
        wanted = max(64, reader.rows // 8)
        width = max(1, math.ceil(room * share / wanted))
        cells = _draw(Grid(spans, width), wanted, reader.sampling.seed + turn)
        chosen = keys.within(cells, low)
        if chosen.seen >= reader.rows or share >= 1.0:
            break
        share = min(1.0, share * (1.5 * reader.rows / chosen.seen if chosen.seen else 64))
    return chosen, len(cells)


def _room(spans: Spans) -> int:
    return sum(last - first + 1 for first, last in spans)


def _occupied(keys: "_Keys", low: int, high: int) -> Spans:
    """Stretches that hold all keys, with the large empty ones between them left out."""
    spans: Spans = [(low, high)]
    for _ in range(_LEVELS):
        pieces = Grid(spans, max(1, math.ceil(_room(spans) / _PIECES)))
        tighter = keys.ends([pieces.cell(i) for i in range(len(pieces))])
        done = _room(tighter) > _room(spans) // 2
        spans = tighter
        if done:
            break
    return spans


class Grid:
    """Cells of one width over the spans; the last of a span may be narrower."""

    def __init__(self, spans: Spans, width: int) -> None:
        self._spans, self._width = spans, width
        counts = [-(-(last - first + 1) // width) for first, last in spans]
        self._starts = [0, *accumulate(counts)]

    def __len__(self) -> int:
        return self._starts[-1]

    def cell(self, index: int) -> tuple[int, int]:
        """The first and last key of a cell."""
        at = bisect_right(self._starts, index) - 1
        first = self._spans[at][0] + (index - self._starts[at]) * self._width
        return first, min(first + self._width - 1, self._spans[at][1])


def _draw(grid: Grid, wanted: int, seed: int) -> Spans:
    chosen = random.Random(seed).sample(range(len(grid)), min(wanted, len(grid)))
    return [grid.cell(index) for index in sorted(chosen)]


class _Keys:
    """Statements over the key column."""

    def __init__(self, reader: "Reader", name: str) -> None:
        self._reader = reader
        named = [c.name for c in reader.columns]
        wanted = [*named, *([] if name in named else [name])]
        columns: list[sa.ColumnClause[int]] = [
            sa.column(quoted_name(column, True)) for column in wanted
        ]
        table = sa.table(reader.table.name, *columns, schema=reader.table.schema)
        self._source = table.alias("t")
        self._key = self._source.c[name]

    def ends(self, spans: Spans | None = None) -> Spans:
        """The first and last key in each span, or of all; spans without a key are left out."""
        if spans is None:
            return self._ends([sa.true()])
        conditions = [self._inside(span) for span in spans]
        return [
            end
            for at in range(0, len(conditions), _TERMS)
            for end in self._ends(conditions[at : at + _TERMS])
        ]

    def _ends(self, conditions: Sequence[sa.ColumnElement[bool]]) -> Spans:
        """Two look-ups in the index for each condition: databases see that in subqueries only."""
        found = self._reader.all(
            sa.union_all(
                *(
                    sa.select(
                        sa.literal_column(str(i)).label("i"),
                        sa.select(sa.func.min(self._key)).where(where).scalar_subquery(),
                        sa.select(sa.func.max(self._key)).where(where).scalar_subquery(),
                    )
                    for i, where in enumerate(conditions)
                )
            )
        )
        return [(int(low), int(high)) for _, low, high in sorted(found) if low is not None]

    def within(self, spans: Spans, low: int) -> Reservoir:
        """An even draw of the keys in the spans, each less `low`."""
        drawn = Reservoir(self._reader.rows, self._reader.sampling.seed)
        for at in range(0, len(spans), _TERMS):
            parts = [sa.select(self._key).where(self._inside(s)) for s in spans[at : at + _TERMS]]
            for batch in self._reader.keys(sa.union_all(*parts), low):
                drawn.add(batch)
        return drawn

    def rows(self, keys: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """The rows that have these keys."""
        statement = self._reader.select(self._source).order_by(self._key)
        for at in range(0, len(keys), _LOOKUPS):
            chunk = list(keys[at : at + _LOOKUPS])
            yield from self._reader.batches(statement.where(self._key.in_(chunk)))

    def _inside(self, span: tuple[int, int]) -> sa.ColumnElement[bool]:
        first: sa.ColumnElement[int] = sa.literal_column(str(span[0]))
        last: sa.ColumnElement[int] = sa.literal_column(str(span[1]))
        return self._key.between(first, last)
