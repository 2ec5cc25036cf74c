"""SQLite files wherever they lie: in folders, under any name, in archives."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from connectors.base import ConnectorError, Reading, UnreadableData
from connectors.files.base import Files
from tests.connectors.contract import ids, one_sentence, read

ROWS = [(i, f"客户{i}") for i in range(500)]


def database(path: Path, wal: bool = False) -> None:
    with closing(sqlite3.connect(path)) as connection:
        if wal:
            connection.execute("PRAGMA journal_mode = wal")
        connection.execute('CREATE TABLE "客 户" (id INTEGER PRIMARY KEY, name TEXT)')
        connection.execute("CREATE TABLE a (id INTEGER, photo BLOB)")
        connection.executemany('INSERT INTO "客 户" VALUES (?, ?)', ROWS)
        connection.execute("INSERT INTO a VALUES (7, x'ffd8ff')")
        connection.commit()


@pytest.mark.parametrize("name", ["a.db", "a.sqlite", "a.sqlite3", "a.db3", "a", "a.csv"])
@pytest.mark.parametrize("wal", [False, True])
def test_tables_are_datasets(tmp_path: Path, name: str, wal: bool) -> None:
    database(tmp_path / name, wal)
    before = sorted(tmp_path.iterdir())
    files = Files(str(tmp_path))
    listed = list(files.datasets())
    assert [(d.name, d.kind) for d in listed] == [
        (f"{name}/a", "table"),
        (f"{name}/客 户", "table"),
    ]
    assert read(files, listed[0]).to_pydict() == {"id": ["7"], "photo": [b"\xff\xd8\xff"]}
    assert ids(read(files, listed[1], rows=None)) == list(range(500))
    reading = Reading()
    assert read(files, listed[1], reading, rows=50).num_rows == 50
    assert reading.how != "all rows"
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("wal", [False, True])
def test_in_an_archive(tmp_path: Path, wal: bool) -> None:
    database(tmp_path / "a.db", wal)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "a.db", "in/库.db")
    (tmp_path / "a.db").unlink()
    with Files(str(tmp_path)) as files:
        listed = list(files.datasets())
        assert [d.name for d in listed] == ["a.zip/in/库.db/a", "a.zip/in/库.db/客 户"]
        assert ids(read(files, listed[1], rows=None)) == list(range(500))
    assert [p.name for p in tmp_path.iterdir()] == ["a.zip"]


def test_no_tables(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE a (id)")
        connection.execute("DROP TABLE a")
    files = Files(str(tmp_path))
    (dataset,) = files.datasets()
    assert read(files, dataset).num_rows == 0


def test_a_table_that_vanished(tmp_path: Path) -> None:
    database(tmp_path / "a.db")
    files = Files(str(tmp_path))
    dataset, _ = files.datasets()
    (tmp_path / "a.db").unlink()
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        connection.execute("CREATE TABLE b (id)")
    with pytest.raises(UnreadableData, match="no table of that name"):
        read(files, dataset)


def test_damage_names_the_file(tmp_path: Path) -> None:
    database(tmp_path / "a.db")
    data = (tmp_path / "a.db").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.db", data[:5_000] + b"\xff" * (len(data) - 5_000))
    (tmp_path / "a.db").write_bytes(data[:5_000] + b"\xff" * (len(data) - 5_000))
    with Files(str(tmp_path)) as files:
        for dataset in files.datasets():
            with pytest.raises(ConnectorError) as caught:
                read(files, dataset, rows=None)
            one_sentence(str(caught.value))
            assert "/proc/" not in str(caught.value)
            assert ".db'" in str(caught.value)
