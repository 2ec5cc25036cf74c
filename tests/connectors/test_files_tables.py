"""Workbooks and Parquet: cells as text, types as they are, samples of both."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors.base import Reading, UnreadableData, columns_of
from connectors.files import parquet as parquet_module
from connectors.files import workbook_bounds as workbook_module
from connectors.files.cells import cut, cut_batch
from connectors.files.content import Content
from connectors.files.probe import survives
from connectors.files.workbook import text
from tests.connectors.contract import ids, read
from tests.connectors.test_files import Files, table_of, workbook


class TestWorkbook:
    @pytest.mark.parametrize(
        ("cell", "shown"),
        [
            (10000000001.0, "10000000001"),
            (110101190001010000.0, "110101190001010000"),
            (1.5, "1.5"),
            (-3.0, "-3"),
            (7, "7"),
            ("00123", "00123"),
            ("", None),
            (True, "true"),
            (dt.datetime(1904, 2, 3, 4, 5, 6), "1904-02-03 04:05:06"),
            (dt.date(1904, 2, 3), "1904-02-03"),
            (dt.time(4, 5), "04:05:00"),
            (float("inf"), "inf"),
        ],
    )
    def test_cells_as_text(self, cell: object, shown: str | None) -> None:
        assert text(cell) == shown  # type: ignore[arg-type]

    def test_numbers_that_are_whole_are_written_so(self, tmp_path: Path) -> None:
        rows = [["id", "手机", "金额"], [1, 10000000001, 2.5], [2, "00123", ""]]
        workbook(tmp_path / "a.xlsx", {"一": rows})
        assert table_of(tmp_path / "a.xlsx").to_pydict() == {
            "id": ["1", "2"],
            "手机": ["10000000001", "00123"],
            "金额": ["2.5", None],
        }

    def test_a_header_below_a_title(self, tmp_path: Path) -> None:
        rows = [["客户名单"], [], ["编号", "姓名", "电话"], [1, "甲", 10000000001]]
        workbook(tmp_path / "a.xlsx", {"一": rows})
        reading = Reading()
        table = table_of(tmp_path / "a.xlsx", reading)
        assert table.to_pydict() == {"编号": ["1"], "姓名": ["甲"], "电话": ["10000000001"]}
        assert reading.warnings == ["2 rows above the header were not read as rows"]

    def test_sheets_without_header_and_without_rows(self, tmp_path: Path) -> None:
        sheets = {"无": [["甲", 10000000001], ["乙", 10000000002]], "空": []}
        workbook(tmp_path / "a.xlsx", sheets)
        files = Files(str(tmp_path))
        first, empty = (read(files, d) for d in files.datasets())
        assert first.to_pydict() == {
            "column_1": ["甲", "乙"],
            "column_2": ["10000000001", "10000000002"],
        }
        assert (empty.num_rows, empty.num_columns) == (0, 0)

    def test_content_wins_over_extension(self, tmp_path: Path) -> None:
        workbook(tmp_path / "a.xlsx", {"一": [["id"], [1]]})
        (tmp_path / "a.xlsx").rename(tmp_path / "a.csv")
        pq.write_table(pa.table({"id": [2]}), tmp_path / "b.csv")
        (tmp_path / "c.xls").write_text("id\tname\n3\t甲\n")
        files = Files(str(tmp_path))
        listed = list(files.datasets())
        assert [d.name for d in listed] == ["a.csv/一", "b.csv", "c.xls"]
        assert [ids(read(files, d)) for d in listed] == [[1], [2], [3]]

    def test_one_that_unpacks_to_too_much(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workbook(tmp_path / "a.xlsx", {"一": [["id"], [1]]})
        monkeypatch.setattr(workbook_module, "UNPACKED", 1000)
        with pytest.raises(UnreadableData, match="save its sheets as CSV"):
            table_of(tmp_path / "a.xlsx")

    def test_long_cells_are_cut(self, tmp_path: Path) -> None:
        workbook(tmp_path / "a.xlsx", {"一": [["id", "note"], [1, "长" * 100]]})
        assert table_of(tmp_path / "a.xlsx", cell=7)["note"].to_pylist() == ["长" * 7]


def test_a_workbook_that_would_never_be_read(tmp_path: Path) -> None:
    """Sector 0 is the allocation table, sector 1 the directory, and that is its own successor."""
    header = np.full(128, 0xFFFFFFFF, "<u4")
    header[:8] = (0xE011CFD0, 0xE11AB1A1, 0, 0, 0, 0, 0x0003003E, 9 << 16 | 0xFFFE)
    header[8:20] = (6, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    table = np.full(128, 0xFFFFFFFF, "<u4")
    table[:2] = (0xFFFFFFFD, 1)
    (tmp_path / "a.xls").write_bytes(header.tobytes() + table.tobytes() + bytes(512))
    workbook(tmp_path / "b.xlsx", {"一": [["id"], [1]]})
    assert not survives(Content.local(str(tmp_path / "a.xls"), "a.xls"))
    assert survives(Content.local(str(tmp_path / "b.xlsx"), "b.xlsx"))
    with pytest.raises(UnreadableData, match="broken workbook"):
        table_of(tmp_path / "a.xls")


class TestParquet:
    def test_columns_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        arrays = [pa.array([1, 2]), pa.array(["a", "b"]), pa.array(["c", None]), pa.array([5, 6])]
        names = ["id", "note", "note", "note.more"]
        pq.write_table(pa.table(arrays, names=names), tmp_path / "a.parquet")
        table = table_of(tmp_path / "a.parquet")
        assert table.to_pydict() == {
            "id": [1, 2],
            "note": ["a", "b"],
            "column_3": ["c", None],
            "note.more": [5, 6],
        }
        second = table_of(tmp_path / "a.parquet", columns=("column_3",))
        assert second.to_pydict() == {"column_3": ["c", None]}

    @pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
    @pytest.mark.parametrize("dictionary", [False, True])
    def test_texts_that_are_no_utf_8_are_read(
        self, tmp_path: Path, kind: pa.DataType, dictionary: bool
    ) -> None:
        raw = [b"ab\xff\xfecd", b"good", None, b"\xe4\xb8" * 50]
        binary = pa.large_binary() if kind == pa.large_string() else pa.binary()
        texts = pa.array(raw, binary).view(kind)
        given = texts.dictionary_encode() if dictionary else texts
        pq.write_table(pa.table({"t": given, "n": [1, 2, 3, 4]}), tmp_path / "a.parquet")
        for rows in (None, 3):
            table = table_of(tmp_path / "a.parquet", rows=rows, cell=10)
            held = table["t"].combine_chunks().cast(binary).to_pylist()
            assert set(held) <= {raw[0], raw[1], None, raw[3][:10]}
            assert table.num_rows == (rows or 4)

    def test_types_and_nesting_stay(self, tmp_path: Path) -> None:
        table = pa.table(
            {
                "id": pa.array([10000000001, None]),
                "price": pa.array([Decimal("1.20"), None]),
                "born": pa.array([dt.date(1904, 1, 2), None]),
                "orders": pa.array([[{"no": "a", "tel": ["1"]}], None]),
                "tags": pa.array(["x", "y"]).dictionary_encode(),
                "raw": pa.array([b"\xff", b""]),
            }
        )
        pq.write_table(table, tmp_path / "a.parquet")
        read_back = table_of(tmp_path / "a.parquet")
        assert read_back.to_pylist() == table.to_pylist()
        declared = {c.name: c.type for c in columns_of(read_back.schema)}
        assert declared["id"] == "int64"
        assert declared["price"] == "decimal128(3, 2)"
        assert declared["orders"].startswith("list<")

    def test_random_row_groups_of_a_large_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        total = 20_000
        pq.write_table(pa.table({"id": range(total)}), tmp_path / "a.parquet", row_group_size=200)
        monkeypatch.setattr(parquet_module, "BUDGET", 20_000)
        reading, drawn = Reading(), list[int]()
        for seed in range(20):
            table = table_of(tmp_path / "a.parquet", reading, rows=300, seed=seed)
            assert table.num_rows == 300
            assert "random row groups of 100" in reading.how
            assert reading.rows is None
            drawn += ids(table)
        fifths = np.bincount(np.array(drawn) * 5 // total, minlength=5)
        assert fifths.min() > 700
        assert fifths.max() < 1700

    def test_enough_row_groups_for_the_rows_asked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pq.write_table(pa.table({"id": range(1000)}), tmp_path / "a.parquet", row_group_size=10)
        monkeypatch.setattr(parquet_module, "BUDGET", 1)
        assert table_of(tmp_path / "a.parquet", rows=500).num_rows == 500

    def test_no_rows(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"id": pa.array([], pa.int64())}), tmp_path / "a.parquet")
        table = table_of(tmp_path / "a.parquet")
        assert (table.column_names, table.num_rows) == (["id"], 0)


LONG = "长" * 9
CUT = "长" * 4


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (pa.array([LONG, None, "a"]), [CUT, None, "a"]),
        (pa.array([LONG], pa.string_view()), [CUT]),
        (pa.array([LONG, LONG]).dictionary_encode(), [CUT, CUT]),
        (pa.array([b"123456789"]), [b"1234"]),
        (pa.array([[LONG, "a"], None, [], [None]]), [[CUT, "a"], None, [], [None]]),
        (pa.array([["x"], ["y"], None, [LONG]])[1:], [["y"], None, [CUT]]),
        (pa.array([{"a": [{"b": LONG}]}, None]), [{"a": [{"b": CUT}]}, None]),
        (pa.array([{"a": LONG}, {"a": "x"}])[1:], [{"a": "x"}]),
        (
            pa.array([[("k", LONG)], None], pa.map_(pa.string(), pa.string())),
            [[("k", CUT)], None],
        ),
        (pa.array([123456789, None]), [123456789, None]),
        (pa.array([], pa.string()), []),
    ],
)
def test_cut(array: pa.Array, expected: list[object]) -> None:
    assert cut(array, 4).to_pylist() == expected
    batch = pa.RecordBatch.from_arrays([array], names=["x"])
    assert cut_batch(batch, 4).column(0).to_pylist() == expected
