"""One dataset from listing to report: pieces, splits, faults, odd names."""

import hashlib
import random
from collections.abc import Iterator
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Column, Connector, Dataset, Reading, Sampling, UnreadableData
from detectors import registry
from scanner.examine import examine
from scanner.model import Level, Profile, Report, State, Status
from scanner.run.pieces import PIECE_BYTES, PIECE_ROWS, pieces
from scanner.run.units import census
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()
FULL = Sampling(rows=None)


class Given(Connector):
    """A connector that gives what it was given; `broken` says what ends it."""

    def __init__(self, table: pa.Table, broken: Exception | None = None) -> None:
        self.source, self.table, self.broken = "given://", table, broken
        self.asked: list[Sampling] = []

    @staticmethod
    def canonical(where: str) -> str:
        return where

    def datasets(self) -> Iterator[Dataset]:
        yield Dataset("given://t", self.source, "table", "t")

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        self.asked.append(sampling)
        table = self.table.select(sampling.columns) if sampling.columns else self.table
        reading.how = "the head"
        yield from table[: sampling.rows].to_batches()
        if self.broken:
            raise self.broken


def report(table: pa.Table, sampling: Sampling = FULL, broken: Exception | None = None) -> Report:
    connector = Given(table, broken)
    return census(connector, next(connector.datasets()), sampling, DETECTORS)


def said(table: pa.Table, cuts: int = 1) -> dict[str, set[str]]:
    """The kinds at likely or above by column, the rows examined in so many parts."""
    step = -(-table.num_rows // cuts)
    profile = Profile()
    for start in range(0, table.num_rows, step):
        profile += examine(table[start : start + step], DETECTORS)
    columns = [Column(name) for name in table.column_names]
    return {
        r.column.name: {v.kind for v in r.verdicts if v.level is not Level.POSSIBLE}
        for r in verdicts(profile, columns, DETECTORS, "t")
    }


def columns_to_split() -> pa.Table:
    rng = random.Random(3)
    sparse = [None] * 6000
    for n in range(0, 6000, 300):
        sparse[n] = made.identity_number(rng)
    codes = [f"1{rng.randrange(10**10):010d}" for _ in range(6000)]
    mixed = codes[:5980] + [made.mobile(rng) for _ in range(20)]
    remarks = [
        f"第{n}单" + (f"电话{made.mobile(rng)}" if n % 200 == 0 else "") for n in range(6000)
    ]
    return pa.table(
        {
            "ids": pa.array(sparse, pa.string()),
            "c5": mixed,
            "mobiles": [made.mobile(rng) for _ in range(6000)],
            "remarks": remarks,
            "cards": [made.bank_card(rng) for _ in range(6000)],
            "statuses": [rng.choice(("高级", "金牌", "白银", "张贴")) for _ in range(6000)],
        }
    )


def test_any_split_gives_the_verdicts_of_the_whole() -> None:
    table = columns_to_split()
    whole = said(table)
    assert whole["ids"] == {"id_card"}
    assert whole["c5"] == set()
    assert whole["remarks"] == whole["mobiles"] == {"mobile"}
    for cuts in (2, 7, 20, 100):
        assert said(table, cuts) == whole, f"{cuts} parts"


HASHED = {m: hashlib.md5(m.encode()).hexdigest() for m in map(str, range(13900000000, 13900000009))}
MIXED = (
    *HASHED, *("138****1234", "1888****888", "张*", "王某某", "无", "N/A", "", " ", None),
    *(" 王某某", "１３９００００００００", "13900000000"),
    *("0123456789abcdef", "1.38E+10", "******", "北京市海淀区中关村大街********"),
)  # fmt: skip
ADDING = (
    *(
        "values",
        "nulls",
        "blank",
        "placeholders",
        "forms",
        "states",
        "hows",
        "short",
        "seen",
        "stored",
    ),
    "distinct",
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(MIXED), max_size=40), st.lists(st.integers(0, 40), max_size=4))
def test_counts_add_up_over_any_cuts(values: list[str | None], cuts: list[int]) -> None:
    hashes = [HASHED.get(v or "") for v in values]
    text = pa.string()
    table = pa.table({"a": pa.array(values, text), "x": pa.array(hashes, text)})
    ends = sorted({0, *(min(cut, len(values)) for cut in cuts), len(values)})
    whole, parts = examine(table, DETECTORS), Profile()
    for start, end in pairwise(ends):
        parts += examine(table[start:end], DETECTORS)
    assert Profile() + whole == whole
    for path, held in parts.columns.items():
        one = whole.columns[path]
        assert [getattr(held, name) for name in ADDING] == [getattr(one, name) for name in ADDING]
        for key, agreement in held.unsalted.items():
            assert agreement.agreed <= one.unsalted[key].agreed == one.filled
            assert agreement.distinct <= one.unsalted[key].distinct


def test_pieces_are_bounded_by_rows_and_by_bytes() -> None:
    short = pa.record_batch({"a": pa.array(range(3 * PIECE_ROWS))})
    long = pa.record_batch({"a": ["x" * 65_536] * 600})
    for batch in (short, long):
        cut = list(pieces([batch]))
        assert sum(piece.num_rows for piece in cut) == batch.num_rows
        assert max(piece.num_rows for piece in cut) <= PIECE_ROWS
        assert max(piece.nbytes for piece in cut) <= PIECE_BYTES + 65_600


def test_small_batches_are_put_together_and_none_is_lost() -> None:
    batches = [pa.record_batch({"a": [n]}) for n in range(100)]
    (piece,) = pieces(batches)
    assert piece.column("a").to_pylist() == list(range(100))
    (empty,) = pieces([batches[0][:0]])
    assert (empty.num_rows, empty.column_names) == (0, ["a"])


@pytest.mark.parametrize(
    "name", ["手机号.1", "手机号(11位.必填)", "手机号.", "a[0]手机号", "手机号 (2)"]
)
def test_a_dot_in_a_flat_name_is_no_path(name: str) -> None:
    table = pa.table({name: pa.array(["", ""])})
    (column,) = report(table).columns
    assert column.column.name == name


def test_columns_of_one_path_stay_two() -> None:
    rows = pa.array([{"phone": made.mobile(random.Random(n))} for n in range(50)])
    table = pa.table([rows, pa.array(["x"] * 50)], names=["u", "u.phone"])
    found = {c.column.name: c for c in report(table).columns}
    assert set(found) == {"u.phone", "u.phone (2)"}
    assert {v.kind for c in found.values() for v in c.verdicts if v.basis != "header"} == {"mobile"}


def test_what_was_read_before_a_fault_is_kept() -> None:
    table = pa.table({"c1": [made.mobile(random.Random(n)) for n in range(200)]})
    got = report(table, broken=UnreadableData("the rest is gone: scan again"))
    assert (got.status, got.reason, got.sampled) == (
        Status.FAILED,
        "the rest is gone: scan again",
        200,
    )
    assert [v.kind for v in got.columns[0].verdicts] == ["mobile"]


def test_an_unforeseen_fault_tells_where_and_not_what() -> None:
    table = pa.table({"c1": ["x"]})
    got = report(table, broken=ValueError("13912345678"))
    assert got.status is Status.FAILED
    assert "ValueError at test_units.py" in got.reason
    assert "139" not in got.reason


def test_a_second_look_takes_only_what_is_undecided() -> None:
    rng = random.Random(1)
    table = pa.table(
        {
            "mobile": [made.mobile(rng) for _ in range(3000)],
            "remark": [f"请在第{n}天送到，谢谢您" for n in range(3000)],
        }
    )
    connector = Given(table)
    got = census(connector, next(connector.datasets()), Sampling(rows=2500), DETECTORS)
    assert [asked.columns for asked in connector.asked] == [None, ("remark",)]
    assert [asked.rows for asked in connector.asked] == [1000, 2500]
    assert got.sampled == 1000, "most columns saw no more"
    seen = {c.column.name: c.profile.values for c in got.columns if c.profile}
    assert seen == {"mobile": 1000, "remark": 2500}


def test_a_second_look_at_all_columns_counts_its_rows() -> None:
    table = pa.table({"line": [f"请在第{n}天送到，谢谢您" for n in range(2000)]})
    got = report(table, Sampling(rows=10_000))
    (column,) = got.columns
    assert (got.sampled, got.how) == (2000, "the head")
    assert column.profile
    assert column.profile.values == 2000


def test_a_second_look_keeps_what_the_first_proved() -> None:
    rng = random.Random(1)
    mobiles = [made.mobile(rng) for _ in range(3000)]
    hashes = [hashlib.md5(m.encode()).hexdigest() for m in mobiles]
    notes = [h if n % 4 else f"{h}，请在第{n}天送到" for n, h in enumerate(hashes)]
    table = pa.table({"mobile": mobiles, "remark": notes})
    connector = Given(table)
    got = census(connector, next(connector.datasets()), Sampling(rows=2500), DETECTORS)
    assert [asked.columns for asked in connector.asked] == [None, ("remark",)]
    (verdict,) = got.columns[1].verdicts
    assert (verdict.kind, verdict.state) == ("mobile", State.HASHED)
