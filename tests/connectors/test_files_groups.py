"""Files that a warehouse wrote as one table are one dataset, of one schema."""

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.base import Dataset, Reading, Sampling, UnreadableData
from connectors.files import merge
from connectors.files.base import Files
from connectors.files.groups import Series, keys, series
from tests.connectors.contract import ConnectorContract, ids, one_sentence, read

DAYS = [f"2026-01-{day:02d}" for day in range(1, 31)]
EACH = 50
TOTAL = len(DAYS) * EACH


def write(folder: Path) -> None:
    """A table by day, numbered through; and one of pieces."""
    for number, day in enumerate(DAYS):
        path = folder / f"orders/dt={day}/part-00000.csv"
        path.parent.mkdir(parents=True)
        rows = range(number * EACH, (number + 1) * EACH)
        path.write_text("id,name\n" + "".join(f"{i},客户{i:05d}\n" for i in rows))
    (folder / "pieces").mkdir()
    (folder / "pieces/_SUCCESS").touch()
    for piece in range(2):
        table = pa.table({"id": [piece], "name": ["某甲"]})
        pq.write_table(table, folder / f"pieces/part-0000{piece}-5f3a-c000.snappy.parquet")
    (folder / "vacant/dt=2026-01-01").mkdir(parents=True)
    (folder / "vacant/dt=2026-01-01/a.csv").write_text("id,name\n")


class TestContract(ConnectorContract):
    """A group is a dataset like others."""

    @pytest.fixture
    def source(self, tmp_path: Path) -> str:
        write(tmp_path)
        return str(tmp_path)

    @pytest.fixture
    def missing(self, tmp_path: Path) -> str:
        return str(tmp_path / "nowhere")

    @pytest.fixture
    def expected(self) -> dict[str, int]:
        return {
            "orders/dt=*/part-*.csv": TOTAL,
            "pieces/part-*.parquet": 2,
            "vacant/dt=*/a.csv": 0,
        }

    @pytest.fixture
    def numbered(self) -> str:
        return "orders/dt=*/part-*.csv"


class TestLargeContract(TestContract):
    """The same where the files are too large to be read whole for a sample."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merge, "SMALL", 100)

    def test_a_sample_larger_than_the_data_is_all_of_it(self) -> None:  # type: ignore[override]
        """Not of so many files: only some of them are read."""

    def test_no_row_is_drawn_twice(self, source: str, numbered: str) -> None:  # type: ignore[override]
        with Files(source) as files:
            dataset = next(d for d in files.datasets() if d.name == numbered)
            reading = Reading()
            drawn = ids(read(files, dataset, reading, rows=500))
            assert len(drawn) == len(set(drawn))
            assert "24 of 30 files: the first, the last and others at random" in reading.how
            days = Counter(i // EACH for i in drawn)
            assert len(days) == 24
            assert {0, 29} <= set(days)
            assert max(days.values()) <= 2 * min(days.values())


def only(folder: Path) -> tuple[Files, Dataset]:
    files = Files(str(folder))
    (dataset,) = files.datasets()
    return files, dataset


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("/w/t/dt=1/a.csv", ("/w/t", "dt=*/a.csv")),
        ("/w/t/dt=1/hour=02/x_20260101.csv.gz", ("/w/t", "dt=*/hour=*/x_*.csv.gz")),
        ("/w/t/dt=1/sub/a.csv", ("/w/t", "dt=*/sub/a.csv")),
        ("/w/t/dt=1/000000_0", ("/w/t", "dt=*/*")),
        ("/w/t/part-00001-1b2c.c000.snappy.orc", ("/w/t", "part-*.orc")),
        ("/w/t/part-00001.csv.gz", ("/w/t", "part-*.csv.gz")),
        ("/w/t/000001_0.csv", ("/w/t", "*.csv")),
        ("/w/t/customers_2026.csv", None),
        ("/w/t/part-time.csv", None),
        ("/w/dt=1/book.xlsx", None),
        ("/w/t/2026.csv", None),
        ("/w/a=b.csv", None),
    ],
)
def test_which_files_belong_together(path: str, group: tuple[str, str] | None) -> None:
    assert series(path) == (Series(*group) if group else None)


def test_keys_of_a_path() -> None:
    path = "/w/省=%E6%B5%99%E6%B1%9F/dt=2026-01-01/none=__HIVE_DEFAULT_PARTITION__/a=b.csv"
    assert keys(path) == {"省": "浙江", "dt": "2026-01-01", "none": None}


def test_a_group_has_one_uri_whatever_files_it_has(tmp_path: Path) -> None:
    write(tmp_path)
    with Files(str(tmp_path)) as files:
        found = {d.name: d for d in files.datasets() if not d.skip}
    orders = found["orders/dt=*/part-*.csv"]
    assert orders.uri == f"file://{tmp_path}/orders/dt=*/part-*.csv"
    assert orders.size == sum(p.stat().st_size for p in tmp_path.glob("orders/*/*.csv"))
    single = found["vacant/dt=*/a.csv"]
    assert single.uri == f"file://{tmp_path}/vacant/dt=*/a.csv"


def test_the_keys_of_the_path_are_columns(tmp_path: Path) -> None:
    for region, number in (("浙江", 1), ("上海", 2)):
        path = tmp_path / f"省={region}/a.csv"
        path.parent.mkdir()
        path.write_text(f"id\n{number}\n")
    files, dataset = only(tmp_path)
    table = read(files, dataset, rows=None)
    assert dict(zip(table["省"].to_pylist(), ids(table), strict=True)) == {"浙江": 1, "上海": 2}
    assert read(files, dataset, rows=None, columns=("id",)).column_names == ["id"]
    assert read(files, dataset, rows=None, columns=("省",)).column_names == ["省"]


def test_a_column_of_the_file_wins_over_a_key_of_that_name(tmp_path: Path) -> None:
    path = tmp_path / "id=9/a.csv"
    path.parent.mkdir()
    path.write_text("id\n1\n")
    assert ids(read(*only(tmp_path), rows=None)) == [1]


def test_files_of_other_columns_and_types(tmp_path: Path) -> None:
    tables = [
        pa.table({"id": [1], "phone": [10_000_000_001]}),
        pa.table({"id": [2], "phone": ["10000000002"], "more": [{"a": 1}]}),
        pa.table({"id": [3], "more": ["text"]}),
    ]
    for number, table in enumerate(tables):
        path = tmp_path / f"dt={number}"
        path.mkdir()
        pq.write_table(table, path / "part-00000.parquet")
    for rows in (10, None):
        table = read(*only(tmp_path), rows=rows)
        assert table.select(["phone", "more", "dt"]).to_pylist() == [
            {"phone": "10000000001", "more": None, "dt": "0"},
            {"phone": "10000000002", "more": '{"a": 1}', "dt": "1"},
            {"phone": None, "more": "text", "dt": "2"},
        ]


@pytest.mark.parametrize("rows", [100, None])
@pytest.mark.parametrize("small", [100, 1 << 20])
def test_a_broken_file_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int | None, small: int
) -> None:
    monkeypatch.setattr(merge, "SMALL", small)
    for number in range(5):
        path = tmp_path / f"dt={number}/a.parquet"
        path.parent.mkdir()
        pq.write_table(pa.table({"id": [number]}), path)
    (tmp_path / "dt=2/a.parquet").write_bytes(b"PAR1 broken")
    files, dataset = only(tmp_path)
    batches: list[pa.RecordBatch] = []
    with pytest.raises(UnreadableData, match="1 of 5 files could not be read; the first: ") as said:
        batches.extend(files.batches(dataset, Sampling(rows=rows), Reading()))
    one_sentence(str(said.value))
    assert sorted(ids(pa.Table.from_batches(batches))) == [0, 1, 3, 4]


def test_a_group_that_vanished(tmp_path: Path) -> None:
    path = tmp_path / "dt=1/a.csv"
    path.parent.mkdir()
    path.write_text("id\n1\n")
    files, dataset = only(tmp_path)
    path.unlink()
    with pytest.raises(UnreadableData, match="no files"):
        read(files, dataset)


def test_a_star_in_a_name_is_no_group(tmp_path: Path) -> None:
    (tmp_path / "a*.csv").write_text("id\n1\n")
    (tmp_path / "a!").mkdir()
    (tmp_path / "a!/b.csv").write_text("id\n2\n")
    with Files(str(tmp_path)) as files:
        found = list(files.datasets())
        assert [d.uri.removeprefix(f"file://{tmp_path}") for d in found] == [
            "/a%21/b.csv",
            "/a%2A.csv",
        ]
        assert [ids(read(files, d)) for d in found] == [[2], [1]]
