from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from connectors.base import UnreadableData
from connectors.sql.keys import Grid, span_of
from connectors.sql.rows import Pace, Reservoir, to_batch

SPANS = [
    ([(0, 99)], [7]),
    ([(0, 0), (5, 5), (10, 30)], [1, 3, 4]),
    ([(-50, -1), (2**63, 2**63 + 9)], [50, 3]),
    ([(0, 9)], [100]),
]


@pytest.mark.parametrize(("spans", "counts"), SPANS)
def test_cells_hold_every_key_once(spans: list[tuple[int, int]], counts: list[int]) -> None:
    grid = Grid(spans, counts)
    cells = [grid.cell(i) for i in range(len(grid))]
    held = [key for first, last in cells for key in range(first, last + 1)]
    assert held == [key for first, last in spans for key in range(first, last + 1)]
    assert all(first <= last for first, last in cells)


def numbers(first: int, last: int) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"n": np.arange(first, last)})


def test_a_draw_is_even_whatever_the_batches() -> None:
    times: Counter[int] = Counter()
    for seed in range(400):
        reservoir = Reservoir(10, seed)
        for first, last in ((0, 1), (1, 60), (60, 60), (60, 100)):
            reservoir.add(numbers(first, last))
        drawn = [n for batch in reservoir.drawn() for n in batch["n"].to_pylist()]
        assert len(drawn) == len(set(drawn)) == 10
        assert drawn == sorted(drawn)
        assert reservoir.seen == 100
        times.update(drawn)
    assert min(times[n] for n in range(100)) > 12
    assert max(times.values()) < 80


def test_a_draw_from_a_long_stream_holds_little() -> None:
    reservoir = Reservoir(100, 0)
    for at in range(0, 2_000_000, 50_000):
        reservoir.add(numbers(at, at + 50_000))
        assert sum(b.num_rows for b in reservoir._held) <= 2 * 100 + 60_000
    drawn = np.concatenate([batch["n"].to_numpy() for batch in reservoir.drawn()])
    assert len(drawn) == 100
    assert abs(drawn.mean() - 1_000_000) < 4 * 577_350 / 10


def test_a_draw_of_fewer_than_asked_is_all_and_of_none_a_schema() -> None:
    reservoir = Reservoir(10, 0)
    reservoir.add(numbers(0, 3))
    assert [b["n"].to_pylist() for b in reservoir.drawn()] == [[0, 1, 2]]
    empty = Reservoir(10, 0)
    empty.add(numbers(0, 0))
    assert [b.schema.names for b in empty.drawn()] == [["n"]]


def test_batches_get_smaller_where_rows_are_wide() -> None:
    schema = pa.schema([("t", pa.large_string())])
    pace = Pace()
    pace.after(to_batch([("x",)] * 500, schema))
    assert pace.rows == 10_000
    pace.after(to_batch([("x" * 65_536,)] * 500, schema))
    assert pace.rows < 300


def test_texts_that_are_none_are_made_some() -> None:
    schema = pa.schema([("t", pa.large_string()), ("b", pa.large_binary())])
    rows = [(b"\xff", "甲"), ("\ud800", b"\xff"), (None, None), (7, 7)]
    assert to_batch(rows, schema).to_pydict() == {
        "t": ["\ufffd", "?", None, "7"],
        "b": ["甲".encode(), b"\xff", None, b"7"],
    }


@pytest.mark.parametrize(("low", "high"), [(7, 3), (7, None), (None, 3)])
def test_ends_that_a_damaged_index_gives(low: int | None, high: int | None) -> None:
    assert span_of(3, 7, "source", "here") == (3, 7)
    with pytest.raises(UnreadableData, match="here is damaged"):
        span_of(low, high, "source", "here")
