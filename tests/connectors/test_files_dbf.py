"""dBase files, as Chinese authorities pass them on: GBK, deleted rows, numbers, damage."""

import datetime as dt
import gc
import struct
import warnings
from pathlib import Path

import dbf
import numpy as np
import pytest

from connectors.base import Reading, UnreadableData, columns_of
from connectors.files import dbf as dbf_module
from tests.connectors.contract import ids, one_sentence
from tests.connectors.dbf_writer import write_dbf
from tests.connectors.test_files import table_of

FIELDS = [("ID", "N", 10, 0), ("姓名", "C", 20, 0), ("SJH", "N", 11, 0), ("SR", "D", 8, 0)]
ROWS = [(i, f"王小明{i}", 19990000000 + i, "19040102") for i in range(300)]


@pytest.mark.parametrize("codec", ["gb18030", "utf-8"])
def test_rows(tmp_path: Path, codec: str) -> None:
    write_dbf(tmp_path / "a.dbf", FIELDS, ROWS, codec)
    reading = Reading()
    table = table_of(tmp_path / "a.dbf", reading)
    assert [tuple(row.values()) for row in table.to_pylist()] == [
        tuple(map(str, row)) for row in ROWS
    ]
    assert [(c.name, c.type) for c in columns_of(table.schema)] == [
        ("ID", "N(10)"),
        ("姓名", "C(20)"),
        ("SJH", "N(11)"),
        ("SR", "D(8)"),
    ]
    assert (reading.how, reading.rows, reading.warnings) == ("all rows", 300, [])
    few = table_of(tmp_path / "a.dbf", rows=20, columns=("姓名",), cell=2)
    assert few.to_pydict() == {"姓名": ["王小"] * 20}


@pytest.mark.parametrize("kind", ["db3", "vfp"])
def test_what_another_program_writes(tmp_path: Path, kind: str) -> None:
    table = dbf.Table(
        str(tmp_path / "a.dbf"), "id N(10,0); xm C(20)", codepage="cp936", dbf_type=kind
    )
    table.open(dbf.READ_WRITE)
    for i in range(50):
        table.append((i, f"王小明{i}"))
    table.close()
    del table
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it writes the rest when it is let go
        gc.collect()
    found = table_of(tmp_path / "a.dbf")
    assert found.to_pydict() == {
        "ID": [str(i) for i in range(50)],
        "XM": [f"王小明{i}" for i in range(50)],
    }


def test_deleted_rows_are_still_there(tmp_path: Path) -> None:
    write_dbf(tmp_path / "a.dbf", FIELDS, ROWS, deleted=7)
    reading = Reading()
    assert ids(table_of(tmp_path / "a.dbf", reading).rename_columns(["id", "b", "c", "d"]))[7] == 7
    assert reading.warnings == ["1 rows are marked as deleted but still there, and were read"]


def test_numbers_of_foxpro(tmp_path: Path) -> None:
    day = (dt.date(1904, 1, 2) - dt.date(1970, 1, 1)).days + 2_440_588
    fields = [
        ("I", "I", 4, 0),
        ("B", "B", 8, 0),
        ("Y", "Y", 8, 0),
        ("T", "T", 8, 0),
        ("M", "M", 4, 0),
    ]
    rows = [
        (
            struct.pack("<i", -7),
            struct.pack("<d", 1.5),
            struct.pack("<q", 12_500),
            struct.pack("<ii", day, 3_600_000),
            b"\1\0\0\0",
        ),
        (bytes(4), bytes(8), bytes(8), bytes(8), bytes(4)),
    ]
    write_dbf(tmp_path / "a.dbf", fields, rows, version=0x30)
    reading = Reading()
    assert table_of(tmp_path / "a.dbf", reading).to_pydict() == {
        "I": ["-7", "0"],
        "B": ["1.5", "0"],
        "Y": ["1.25", "0"],
        "T": ["1904-01-02 01:00:00.000", None],
    }
    assert reading.warnings == [
        "long texts are kept in another file (.dbt or .fpt), which is not read"
    ]


def test_odd_cells(tmp_path: Path) -> None:
    """A character cut in two at the end, line breaks, NULs, and nothing at all."""
    fields = [("id", "N", 3, 0), ("a", "C", 5, 0)]
    cells = ["甲乙丙".encode("gb18030"), b"a\nb", b"x\0\0\0\0", b"", "甲".encode("gb18030")]
    write_dbf(tmp_path / "a.dbf", fields, list(enumerate(cells)) + [(9, "甲乙")] * 20)
    table = table_of(tmp_path / "a.dbf")
    assert table["a"].to_pylist()[:5] == ["甲乙\ufffd", "a b", "x", None, "甲"]


def test_no_rows_and_a_long_field(tmp_path: Path) -> None:
    write_dbf(tmp_path / "a.dbf", FIELDS, [])
    assert table_of(tmp_path / "a.dbf").num_columns == 4
    write_dbf(tmp_path / "b.dbf", [("id", "C", 600, 0)], [("x" * 599,)])
    assert table_of(tmp_path / "b.dbf")["id"].to_pylist() == ["x" * 599]


def test_random_blocks_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_dbf(tmp_path / "a.dbf", [("id", "N", 10, 0)], [(i,) for i in range(20_000)])
    monkeypatch.setattr(dbf_module, "BUDGET", 40_000)
    monkeypatch.setattr(dbf_module, "_BLOCK", 2_000)
    reading, drawn = Reading(), list[int]()
    for seed in range(10):
        drawn += ids(table_of(tmp_path / "a.dbf", reading, rows=300, seed=seed))
    assert "20 random blocks of 111" in reading.how
    fifths = np.bincount(np.array(drawn) // 4_000, minlength=5)
    assert fifths.min() > 250
    assert fifths.max() < 1_000


@pytest.mark.parametrize("cut", [40, 200, -500])
def test_cut_off(tmp_path: Path, cut: int) -> None:
    write_dbf(tmp_path / "a.dbf", FIELDS, ROWS)
    data = (tmp_path / "a.dbf").read_bytes()
    (tmp_path / "a.dbf").write_bytes(data[:cut])
    with pytest.raises(UnreadableData) as caught:
        table_of(tmp_path / "a.dbf")
    one_sentence(str(caught.value))


@pytest.mark.parametrize("data", [b"\x03" * 400, b"\x03" + bytes(400), b"\x30" + b"\xff" * 400])
def test_headers_that_are_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.dbf").write_bytes(data)
    with pytest.raises(UnreadableData, match="broken dBase"):
        table_of(tmp_path / "a.dbf")
