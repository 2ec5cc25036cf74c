import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import sqlalchemy as sa

from connectors.base import (
    ConnectorError,
    Reading,
    Sampling,
    Slice,
    UnknownSource,
    UnreadableData,
)
from connectors.sql.base import Sql
from connectors.sql.dialect import Dialect
from tests.connectors import sql_tables
from tests.connectors.sql_tables import (
    TablesContract,
    evenly_drawn,
    find,
    no_secret,
    table,
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "shop 店.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    sql_tables.fill(engine)
    engine.dispose()
    return path


class TestContract(TablesContract):
    @pytest.fixture
    def source(self, shop: Path) -> str:
        return f"sqlite:///{shop}"

    @pytest.fixture
    def missing(self, shop: Path) -> str:
        return f"sqlite:///{shop}.gone"


class _AnyDatabase(Dialect):
    """What a database without a dialect of its own gets."""


@pytest.fixture(params=["own dialect", "any database"])
def opened(request: pytest.FixtureRequest, shop: Path) -> Iterator[Sql]:
    dialect = _AnyDatabase if request.param == "any database" else None
    with Sql(f"sqlite:///{shop}", dialect=dialect) as connector:
        yield connector


def make(path: Path, *statements: str) -> str:
    with sqlite3.connect(path) as run:
        for statement in statements:
            run.execute(statement)
    run.close()
    return f"sqlite:///{path}"


def test_lists_names_types_and_exact_rows(shop: Path) -> None:
    with Sql(f"sqlite:///{shop}") as connector:
        found = find(connector, "客户 资料")
    assert found.uri == f"sqlite://{shop.parent}/shop%20店.db/客户%20资料"
    assert (found.database, found.schema, found.rows) == ("shop 店", None, 3)
    assert [c.name for c in found.columns] == ["select", "姓名", "50% off", ":a b"]
    assert found.columns[1].type == "VARCHAR(20)"
    assert found.modified is not None


def test_odd_names_and_numbers_are_read_as_text(opened: Sql) -> None:
    odd = table(opened, "客户 资料")
    assert odd.to_pylist()[2] == {"select": "2", "姓名": "甲2", "50% off": "2", ":a b": "2"}
    assert table(opened, "numbered", rows=None)["phone"].to_pylist()[0] == "10000000000"


def test_declared_types_travel_with_the_fields(opened: Sql) -> None:
    field = table(opened, "numbered", rows=3).schema.field("phone")
    assert field.metadata[b"type"] == b"BIGINT"


def test_a_table_without_a_key_is_sampled_too(opened: Sql) -> None:
    reading = Reading()
    ids = [int(i) for i in table(opened, "bare", reading, rows=400)["id"].to_pylist()]
    assert len(set(ids)) == 400
    evenly_drawn(ids, sql_tables.ROWS)
    assert reading.rows == sql_tables.ROWS


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """200,000 rows thrice: keys in a row, keys with gaps of all sizes, and no rowid."""
    path = tmp_path_factory.mktemp("sqlite") / "wide.db"
    numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199999)"
    make(
        path,
        "CREATE TABLE dense (id INTEGER PRIMARY KEY, n INT)",
        "CREATE TABLE sparse (id INTEGER PRIMARY KEY, n INT)",
        "CREATE TABLE rowless (id TEXT PRIMARY KEY, n INT) WITHOUT ROWID",
        f"INSERT INTO dense {numbers} SELECT i + 7, i FROM n",
        f"""INSERT INTO sparse {numbers} SELECT CASE WHEN i < 100 THEN i
            WHEN i < 100000 THEN 1700000000000000000 + i * 4194304 + i % 3
            ELSE 1800000000000000000 + i * 4194304000 + i % 977 END, i FROM n""",
        f"INSERT INTO rowless {numbers} SELECT printf('%08d', (i * 7919) % 200000), i FROM n",
    )
    return path


@pytest.mark.parametrize("name", ["dense", "sparse", "rowless"])
def test_samples_are_spread_over_the_whole_table(wide: Path, name: str) -> None:
    reading = Reading()
    with Sql(f"sqlite:///{wide}") as connector:
        drawn = table(connector, name, reading, rows=4_000, seed=3, columns=("n",))
    numbers = [int(n) for n in drawn["n"].to_pylist()]
    assert len(set(numbers)) == 4_000
    assert max(numbers) > 196_000
    assert "random" in reading.how or "every row in turn" in reading.how
    evenly_drawn(numbers, 200_000)


def test_rows_behind_a_gap_are_not_drawn_more_often(wide: Path) -> None:
    """The 100 keys before the great gap get their share: 1 in 2,000."""
    with Sql(f"sqlite:///{wide}") as connector:
        dataset = find(connector, "sparse")
        ids = [
            int(i)
            for seed in range(10)
            for i in table(connector, dataset, rows=2_000, seed=seed, columns=("n",))[
                "n"
            ].to_pylist()
        ]
    assert sum(i < 100 for i in ids) < 60
    assert 0 < sum(100_000 <= i < 100_500 for i in ids) < 200


def test_values_of_every_type_in_one_column(tmp_path: Path) -> None:
    url = make(
        tmp_path / "mixed.db",
        "CREATE TABLE mixed (a, b TEXT, c BLOB, d REAL)",
        "INSERT INTO mixed VALUES (1, 'x', x'ffd8ff', 13800000000.0)",
        "INSERT INTO mixed VALUES ('甲', CAST(x'ff41' AS TEXT), 'text', 1.5)",
        "INSERT INTO mixed VALUES (NULL, x'41', NULL, -1e300)",
        "INSERT INTO mixed VALUES (x'89504e47', 2.0, 7, NULL)",
    )
    with Sql(url) as connector:
        got = table(connector, "mixed").to_pydict()
    assert got["a"] == [b"1", "甲".encode(), None, b"\x89PNG"]
    assert got["b"] == ["x", "\ufffdA", "A", "2.0"]
    assert got["c"] == [b"\xff\xd8\xff", b"text", None, b"7"]
    assert got["d"] == ["13800000000", "1.5", "-1.0e+300", None]


def test_generated_columns_virtual_tables_and_reserved_names(tmp_path: Path) -> None:
    url = make(
        tmp_path / "odd.db",
        'CREATE TABLE "a""b" (rowid TEXT, "order" INT, twice AS ("order" * 2))',
        'INSERT INTO "a""b" VALUES (\'own\', 4)',
        "CREATE VIRTUAL TABLE words USING fts5(body)",
        "INSERT INTO words VALUES ('你好 world')",
    )
    with Sql(url) as connector:
        assert table(connector, 'a"b').to_pylist() == [{"rowid": "own", "order": "4", "twice": "8"}]
        assert table(connector, "words")["body"].to_pylist() == ["你好 world"]


def test_a_huge_cell_is_cut_and_a_blob_shortened(tmp_path: Path) -> None:
    url = make(
        tmp_path / "huge.db",
        "CREATE TABLE huge (t TEXT, b BLOB)",
        "INSERT INTO huge VALUES (printf('%.*c', 5000000, 'x'), zeroblob(5000000))",
    )
    with Sql(url) as connector:
        (row,) = table(connector, "huge", cell=100).to_pylist()
    assert (len(row["t"]), len(row["b"])) == (100, 65_536)


def test_nothing_is_written_and_no_file_appears(shop: Path) -> None:
    before = (shop.read_bytes(), sorted(shop.parent.iterdir()))
    with Sql(f"sqlite:///{shop}") as connector:
        list(connector.datasets())
        connector._dialect.tick()
        with connector._engine.connect() as run, pytest.raises(sa.exc.OperationalError):
            run.exec_driver_sql("INSERT INTO vacant VALUES (1, 'x')")
    assert (shop.read_bytes(), sorted(shop.parent.iterdir())) == before


def test_a_missing_file_stays_missing(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="no file"):
        Sql(f"sqlite:///{tmp_path / 'none.db'}")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", [b"not a database, but long enough to be one" * 90, b"x"])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fake.db"
    path.write_bytes(content)
    with pytest.raises(UnreadableData, match="no database") as caught:
        Sql(f"sqlite:///{path}")
    no_secret(caught, "long enough")


def test_wal_at_rest_is_read_without_making_files(tmp_path: Path) -> None:
    path = tmp_path / "wal.db"
    url = make(path, "PRAGMA journal_mode = wal", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    assert list(tmp_path.iterdir()) == [path]
    with Sql(url) as connector:
        assert table(connector, "t")["a"].to_pylist() == ["1"]
        assert list(tmp_path.iterdir()) == [path]


def test_wal_in_use_gives_what_is_committed(tmp_path: Path) -> None:
    path = tmp_path / "wal.db"
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA journal_mode = wal")
    writer.execute("CREATE TABLE t (a)")
    writer.execute("INSERT INTO t VALUES (1)")
    writer.commit()
    with Sql(f"sqlite:///{path}") as connector:
        assert table(connector, "t")["a"].to_pylist() == ["1"]
    writer.close()


def test_an_unfinished_transaction_is_an_error_of_its_own(tmp_path: Path) -> None:
    path, copy = tmp_path / "hot.db", tmp_path / "copy.db"
    make(path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (zeroblob(100000))")
    writer = sqlite3.connect(path)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("UPDATE t SET a = randomblob(200000)")
    shutil.copy(path, copy)
    shutil.copy(f"{path}-journal", f"{copy}-journal")
    writer.close()
    with pytest.raises(ConnectorError, match="middle of a write") as caught:
        Sql(f"sqlite:///{copy}")
    no_secret(caught)


def test_a_locked_file_is_an_error_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.db"
    url = make(path, "CREATE TABLE t (a)")
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UnreadableData, match="locked"):
        Sql(url + "?lock=0.1")
    writer.close()


def test_a_slow_statement_is_stopped(wide: Path) -> None:
    with Sql(f"sqlite:///{wide}", timeout=1) as connector:
        connector._dialect.timeout = 0.001
        with pytest.raises(UnreadableData, match="timeout=") as caught:
            table(connector, "rowless", rows=10)
    no_secret(caught)


def test_a_table_dropped_after_listing(tmp_path: Path) -> None:
    path = tmp_path / "drop.db"
    url = make(path, "CREATE TABLE t (a, b)", "INSERT INTO t VALUES (1, 2)")
    with Sql(url) as connector:
        dataset = find(connector, "t")
        make(path, "ALTER TABLE t DROP COLUMN b")
        with pytest.raises(UnreadableData, match="has changed"):
            table(connector, dataset)
        make(path, "DROP TABLE t")
        with pytest.raises(UnreadableData, match="is gone"):
            table(connector, dataset)


def test_two_readings_at_once_are_refused_with_a_sentence(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.base.CONNECT_SECONDS", 0.1)
    with Sql(f"sqlite:///{shop}") as connector:
        dataset = find(connector, "numbered")
        first = connector.batches(dataset, Sampling(rows=None), Reading())
        next(first)
        with pytest.raises(ConnectorError, match="wait"):
            table(connector, dataset)


def test_a_stream_comes_in_batches(wide: Path) -> None:
    reading = Reading()
    with Sql(f"sqlite:///{wide}") as connector:
        dataset = find(connector, "dense")
        sizes = [b.num_rows for b in connector.batches(dataset, Sampling(rows=None), reading)]
    assert sum(sizes) == reading.rows == 200_000
    assert max(sizes) <= 10_000
    assert reading.how == "all rows, through ADBC"
    assert pa.total_allocated_bytes() < 64 << 20


def test_slices_of_texts_and_numbers(tmp_path: Path) -> None:
    url = make(
        tmp_path / "log.db",
        "CREATE TABLE log (id INTEGER PRIMARY KEY, at DATETIME, note TEXT)",
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999) "
        "INSERT INTO log SELECT i, datetime('2001-01-01', i || ' hours'), 'x' FROM n",
        "INSERT INTO log VALUES (1000, NULL, NULL)",
    )
    with Sql(url) as connector:
        log = find(connector, "log")
        assert connector.sliceable(log) == ("id", "at")
        for column in ("id", "at"):
            for at, first in (("oldest", 0), ("middle", 500), ("newest", 995)):
                got = table(connector, log, rows=5, slice=Slice(column, at))  # type: ignore[arg-type]
                ids = sorted(int(i) for i in got["id"].to_pylist())
                assert abs(ids[0] - first) <= 1
        with pytest.raises(UnreadableData, match="has no index"):
            table(connector, log, rows=5, slice=Slice("note", "newest"))
