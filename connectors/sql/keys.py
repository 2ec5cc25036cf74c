"""Samples by an integer key: random ranges of it, evenly, without reading the table through.

The keys are cut into cells, and a share of the cells is drawn, so every row has the same chance
whatever gaps the keys have. ("The first key after a random point" would favour rows that stand
behind a gap.) Where keys lie densely cells are narrow, so that each holds about as many rows;
large stretches without keys are left out first. Keys made from the clock need that: they are
spread over 63 bits.
"""

import math
import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.sql.elements import quoted_name

from connectors.base import Dataset
from connectors.sql.faults import Fault, error_of
from connectors.sql.rows import Reservoir

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

Span = tuple[int, int]  # the first and the last key

SMALL = 50_000  # keys that are simply all fetched
_PIECES = 128  # into which the keys are cut to look for empty stretches
_LEVELS = 6
_PROBES = 64  # points where it is looked how densely keys lie
_STEPS = 16  # keys, from each of these points
_CELLS = 64  # at least, in a sample
_ROWS = 4  # about, in a cell: neighbours are alike
_SPREAD = 2_000  # so many cells give a sample its rows, more of them each where it is larger
_SHORT = 4_096  # bytes of a row
_ROUNDS = 12
_TERMS = 100  # ranges in one statement
_LOOKUPS = 500  # rows fetched by key in one statement
_INDEX, _FIRST, _LAST = "<\x01>", "<\x02>", "<\x03>"  # marks that no name holds


def by_key(reader: "Reader", name: str) -> Iterator[pa.RecordBatch]:
    """As many rows as asked for, drawn by the integer column `name`."""
    keys = _Keys(reader, name)
    ((low, high),) = keys.ends()
    how = f"(seed {reader.sampling.seed})"
    if high - low < SMALL:
        drawn = keys.within([(low, high)], low)
        reader.reading.rows = drawn.seen
        reader.reading.how = f"rows at random by {name} {how}"
    else:
        whole = _narrow(reader.dataset)
        drawn, cells = _from_cells(keys, reader, low, high, whole)
        reader.reading.how = f"rows at random from {cells} random ranges of {name} {how}"
        if whole:
            yield from drawn.drawn()
            return
    yield from keys.rows([low + key for b in drawn.drawn() for key in b.column(0).to_pylist()])


def _narrow(dataset: Dataset) -> bool:
    """Are rows so short that some too many cost less than to look for them twice?"""
    if not dataset.rows or dataset.size is None:
        return False
    return dataset.size / dataset.rows < _SHORT


def _from_cells(
    keys: "_Keys", reader: "Reader", low: int, high: int, whole: bool
) -> tuple[Reservoir, int]:
    """Keys, or whole rows, from a share of the cells; from more where too few were found."""
    each = max(_ROWS, math.ceil(1.5 * reader.rows / _SPREAD))
    choice = random.Random(reader.sampling.seed)
    spans = _occupied(keys, low, high)
    guesses = _guesses(keys, spans, choice)
    grid = Grid(spans, [max(1, round(guess / each)) for guess in guesses])
    wanted = max(_CELLS, math.ceil(1.5 * reader.rows / each))
    for _ in range(_ROUNDS):
        cells = choice.sample(range(len(grid)), min(wanted, len(grid)))
        drawn = keys.within([grid.cell(i) for i in sorted(cells)], low, whole)
        if drawn.seen >= reader.rows or wanted >= len(grid):
            break
        wanted = math.ceil(wanted * min(64, 1.5 * reader.rows / max(1, drawn.seen)))
    return drawn, len(cells)


def _occupied(keys: "_Keys", low: int, high: int) -> list[Span]:
    """Short stretches that hold all keys, without the large empty ones between them."""
    spans: list[Span] = [(low, high)]
    for _ in range(_LEVELS):
        width = max(1, math.ceil(_room(spans) / _PIECES))
        pieces = Grid(spans, [-(-_room([span]) // width) for span in spans])
        tighter = keys.ends([pieces.cell(i) for i in range(len(pieces))])
        done = _room(tighter) > _room(spans) // 2
        spans = tighter
        if done:
            break
    return spans


def _guesses(keys: "_Keys", spans: Sequence[Span], choice: random.Random) -> list[float]:
    """About how many keys each span holds, by how far the next few are from random points."""
    points = max(2, _PROBES // len(spans))
    probes = [(choice.randint(*span), span[1]) for span in spans for _ in range(points)]
    densities = keys.densities(probes)
    return [
        max(1.0, _room([span]) * sum(densities[i * points : (i + 1) * points]) / points)
        for i, span in enumerate(spans)
    ]


def _room(spans: Sequence[Span]) -> int:
    return sum(last - first + 1 for first, last in spans)


class Grid:
    """Spans of keys, each cut into (at most) so many cells of one width; the last is narrower."""

    def __init__(self, spans: Sequence[Span], counts: Sequence[int]) -> None:
        self._spans = spans
        self._widths = [-(-_room([s]) // n) for s, n in zip(spans, counts, strict=True)]
        fits = (-(-_room([s]) // w) for s, w in zip(spans, self._widths, strict=True))
        self._starts = [0, *accumulate(fits)]

    def __len__(self) -> int:
        return self._starts[-1]

    def cell(self, index: int) -> Span:
        """The first and last key of a cell."""
        at = bisect_right(self._starts, index) - 1
        first = self._spans[at][0] + (index - self._starts[at]) * self._widths[at]
        return first, min(first + self._widths[at] - 1, self._spans[at][1])


def span_of(low: Any, high: Any, source: str, where: str) -> Span:  # noqa: ANN401
    """The first and last key that a database gives.

    Raises:
        UnreadableData: they are none, as a damaged index answers.
    """
    if low is None or high is None or low > high:
        raise error_of(Fault.DAMAGED, source, where, 0)
    return int(low), int(high)


class _Keys:
    """Questions about spans of the key column, many in one statement.

    Each kind of question is compiled once, with marks where the numbers go: SQLAlchemy takes
    longer over a union of a hundred parts than the database does.
    """

    def __init__(self, reader: "Reader", name: str) -> None:
        self._reader = reader
        names = [c.name for c in reader.columns]
        names += [] if name in names else [name]
        columns: list[sa.ColumnClause[Any]] = [sa.column(quoted_name(n, True)) for n in names]
        table = sa.table(reader.table.name, *columns, schema=reader.table.schema)
        self._source = table.alias("t")
        self._key = self._source.c[name]
        first: sa.ColumnElement[int] = sa.literal_column(_FIRST)
        last: sa.ColumnElement[int] = sa.literal_column(_LAST)
        self._inside = self._key.between(first, last)

    def ends(self, spans: Sequence[Span] | None = None) -> list[Span]:
        """The first and last key in each span, or of all; spans without a key are left out."""
        if spans is None:
            ends = sa.select(sa.func.min(self._key), sa.func.max(self._key))
            return [self._span(low, high) for low, high in self._reader.all(ends)]
        find = self._reader.sql(
            sa.select(  # databases see only in subqueries that the index has the answer
                sa.literal_column(_INDEX),
                sa.select(sa.func.min(self._key)).where(self._inside).scalar_subquery(),
                sa.select(sa.func.max(self._key)).where(self._inside).scalar_subquery(),
            )
        )
        answers = (row for part in _parts(find, spans) for row in sorted(self._reader.all(part)))
        return [self._span(low, high) for _, low, high in answers if low is not None]

    def _span(self, low: Any, high: Any) -> Span:  # noqa: ANN401 (what the driver gives)
        dataset = self._reader.dataset
        return span_of(low, high, dataset.source, dataset.uri)

    def densities(self, spans: Sequence[Span]) -> list[float]:
        """Keys for one step of the key, over the first few keys of each span."""
        few = sa.select(self._key.label("k")).where(self._inside).order_by(self._key)
        some = few.limit(sa.literal_column(str(_STEPS))).subquery("p")
        number: sa.ColumnElement[int] = sa.literal_column(_INDEX)
        find = self._reader.sql(sa.select(number, sa.func.count(), sa.func.max(some.c.k)))
        answers = (row for part in _parts(find, spans) for row in sorted(self._reader.all(part)))
        return [
            n / (int(far if n == _STEPS else last) - first + 1)
            for (_, n, far), (first, last) in zip(answers, spans, strict=True)
        ]

    def within(self, spans: Sequence[Span], low: int, whole: bool = False) -> Reservoir:
        """An even draw of the keys in the spans, each less `low`, or of the whole rows."""
        drawn = Reservoir(self._reader.rows, self._reader.sampling.seed)
        wanted = self._reader.select(self._source) if whole else sa.select(self._key)
        find = self._reader.sql(wanted.where(self._inside))
        for part in _parts(find, spans):
            found = self._reader.batches(part) if whole else self._reader.keys(part, low)
            for batch in found:
                drawn.add(batch)
        return drawn

    def rows(self, keys: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """The rows that have these keys."""
        statement = self._reader.select(self._source).order_by(self._key)
        for at in range(0, len(keys), _LOOKUPS):
            chunk = list(keys[at : at + _LOOKUPS])
            yield from self._reader.batches(statement.where(self._key.in_(chunk)))


def _parts(question: str, spans: Sequence[Span]) -> Iterator[str]:
    """The question for every span, in as few statements as databases take."""
    for at in range(0, len(spans), _TERMS):
        numbered = enumerate(spans[at : at + _TERMS])
        yield " UNION ALL ".join(
            question.replace(_INDEX, str(i)).replace(_FIRST, str(a)).replace(_LAST, str(b))
            for i, (a, b) in numbered
        )
