import itertools
import multiprocessing
import os
import shutil
import signal
import struct
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from connectors.base import (
    ConnectorError,
    Dataset,
    MissingDriver,
    Reading,
    Sampling,
    UnknownSource,
    UnreadableData,
)
from connectors.duckdb.base import DuckDb
from connectors.duckdb.file import File
from tests.connectors.sql_tables import (
    EXPECTED,
    PHONE,
    ROWS,
    TablesContract,
    evenly_drawn,
    find,
    no_secret,
    table,
)

WIDE = 1_500_000


def make(path: Path, *statements: str) -> str:
    with duckdb.connect(path) as run:
        for statement in statements:
            run.execute(statement)
    return f"duckdb:///{path}"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> str:
    numbers = f"FROM range({ROWS}) t(i)"
    return make(
        tmp_path_factory.mktemp("duckdb") / "shop 店.duckdb",
        "CREATE TABLE numbered (id INT PRIMARY KEY, phone BIGINT, note VARCHAR)",
        f"INSERT INTO numbered SELECT i, {PHONE} + i, 'note number ' || i {numbers}",
        "CREATE TABLE bare (id INT, rowid VARCHAR)",
        f"INSERT INTO bare SELECT i, 'same' {numbers}",
        'CREATE TABLE "客户 资料" ("select" INT, "姓""名" VARCHAR, "50% off" INT, ":a b" INT)',
        "INSERT INTO \"客户 资料\" SELECT i, '甲' || i, i, i FROM range(3) t(i)",
        "CREATE TABLE vacant (id INT PRIMARY KEY, note VARCHAR)",
        "CREATE VIEW shown AS SELECT * FROM numbered",
        "CREATE TEMP TABLE brief AS SELECT 1 AS id",
        "COMMENT ON TABLE numbered IS '客户'",
        "COMMENT ON COLUMN numbered.phone IS '手机号'",
    )


class TestContract(TablesContract):
    @pytest.fixture
    def source(self, shop: str) -> str:
        return shop

    @pytest.fixture
    def missing(self, shop: str) -> str:
        return f"{shop}.gone"


@pytest.fixture
def opened(shop: str) -> Iterator[DuckDb]:
    with DuckDb(shop) as connector:
        yield connector


def test_lists_names_comments_types_and_rows(opened: DuckDb, shop: str) -> None:
    found = find(opened, "numbered")
    assert found.uri.endswith("/shop%20店.duckdb/main/numbered")
    assert (found.database, found.schema, found.rows) == ("shop 店", "main", ROWS)
    assert found.comment == "客户"
    assert [(c.name, c.type, c.comment) for c in found.columns] == [
        ("id", "INTEGER", ""),
        ("phone", "BIGINT", "手机号"),
        ("note", "VARCHAR", ""),
    ]
    field = table(opened, found, rows=3).schema.field("phone")
    assert field.metadata == {b"type": b"BIGINT", b"comment": "手机号".encode()}


def test_a_view_is_listed_and_says_why_it_is_not_read(opened: DuckDb) -> None:
    shown = find(opened, "shown")
    assert shown.kind == "view"
    assert "the tables that it shows are scanned" in shown.skip


def test_odd_names_and_numbers_are_read_as_text(opened: DuckDb) -> None:
    for rows in (10, None):
        last = table(opened, "客户 资料", rows=rows).to_pylist()[2]
        assert last == {"select": "2", '姓"名': "甲2", "50% off": "2", ":a b": "2"}


def test_a_column_named_rowid_does_not_bend_the_sample(opened: DuckDb) -> None:
    ids = [int(i) for i in table(opened, "bare", rows=400)["id"].to_pylist()]
    evenly_drawn(ids, ROWS)


UUID = "00000000-0000-0000-0000-000000000001"
TYPES = {
    "a": ("1::HUGEINT", "1"),
    "phone": ("13000000000.0::DOUBLE", "13000000000"),
    "real": ("'-1.5e300'::DOUBLE", "-1.5e+300"),
    "nan": ("'nan'::DOUBLE", "nan"),
    "id": (f"'{UUID}'::UUID", UUID),
    "bits": ("'101'::BIT", "101"),
    "span": ("INTERVAL '3 days'", "3 days"),
    "never": ("'infinity'::DATE", "infinity"),
    "at": ("'2020-01-02 03:04:05'::TIMESTAMP", "2020-01-02 03:04:05"),
    "daily": ("'12:00:00+08'::TIMETZ", "12:00:00+08"),
    "word": ("'b'::ENUM('a', 'b')", "b"),
    "j": ('\'{"k": "甲"}\'::JSON', '{"k": "甲"}'),
    "one_of": ("union_value(num := 2)", "2"),
    "money": ("12.50::DECIMAL(9, 2)", "12.50"),
    "most": ("18446744073709551615::UBIGINT", "18446744073709551615"),
    "yes": ("true", "true"),
    "nothing": ("NULL", None),
    "raw": ("'\\xFF\\xD8\\xFF\\x00'::BLOB", b"\xff\xd8\xff\x00"),
    "list": ("[13000000000, NULL]", ["13000000000", None]),
    "three": ("[1, 2, 3]::INT[3]", ["1", "2", "3"]),
    "person": (
        "{'n a\"me': '甲', 'tels': [{'no': 13000000000.0::DOUBLE}]}",
        {'n a"me': "甲", "tels": [{"no": 13000000000.0}]},
    ),
    "keyed": ("MAP {'a': [1]}", [("a", ["1"])]),
    "odd": (f"{{'u': '{UUID}'::UUID, 'b': 'ab'::BLOB}}", {"u": UUID, "b": b"ab"}),
}


def test_every_type_is_read(tmp_path: Path) -> None:
    columns = ", ".join(f'{sql} AS "{name}"' for name, (sql, _) in TYPES.items())
    url = make(tmp_path / "types.duckdb", f"CREATE TABLE types AS SELECT {columns}")
    with DuckDb(url) as connector:
        for rows in (10, None):
            (got,) = table(connector, "types", rows=rows).to_pylist()
            assert got == {name: value for name, (_, value) in TYPES.items()}


def test_long_texts_are_cut_inside_of_lists_too(tmp_path: Path) -> None:
    long = "repeat('长', 100000)"
    url = make(
        tmp_path / "long.duckdb",
        f"CREATE TABLE long AS SELECT {long} AS t, [{long}] AS l, {{'a': {long}}} AS s, "
        "repeat('x', 100000)::BLOB AS b FROM range(3)",
    )
    with DuckDb(url) as connector:
        got = table(connector, "long", cell=50).to_pylist()[0]
    assert got == {"t": "长" * 50, "l": ["长" * 50], "s": {"a": "长" * 50}, "b": b"x" * 50}


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> str:
    return make(
        tmp_path_factory.mktemp("duckdb") / "wide.duckdb",
        f"CREATE TABLE wide AS SELECT i AS n, 'n' || i AS note FROM range({WIDE}) t(i)",
        "DELETE FROM wide WHERE n < 300000 AND n % 3 = 0",
        "CREATE TABLE fives AS SELECT (random() * 1e6)::INT AS n FROM range(200000)",
    )


@pytest.mark.parametrize("rows", [1_000, 20_000])
def test_samples_of_a_large_table_are_spread_and_repeated(wide: str, rows: int) -> None:
    reading = Reading()
    with DuckDb(wide) as connector:
        drawn = table(connector, "wide", reading, rows=rows, seed=3)
        assert table(connector, "wide", rows=rows, seed=3) == drawn
        assert table(connector, "wide", rows=rows, seed=4) != drawn
    numbers = [int(n) for n in drawn["n"].to_pylist()]
    assert len(set(numbers)) == rows
    assert max(numbers) > WIDE * 0.99
    assert reading.rows == WIDE - 100_000
    assert "TABLESAMPLE SYSTEM (" in reading.how
    assert "REPEATABLE (3)" in reading.how


def test_samples_of_large_tables_are_uniform_over_seeds(wide: str) -> None:
    """Each stretch has its share, those with deleted rows two thirds of it."""
    with DuckDb(wide) as connector:
        dataset = find(connector, "wide")
        drawn = [
            int(n)
            for seed in range(30)
            for n in table(connector, dataset, rows=1_000, seed=seed)["n"].to_pylist()
        ]
    fifths = [sum(n * 5 // WIDE == part for n in drawn) / len(drawn) for part in range(5)]
    assert fifths[0] == pytest.approx(2 / 14, abs=0.03)
    assert all(part == pytest.approx(3 / 14, abs=0.03) for part in fifths[1:])


def test_full_reading_streams_in_batches(wide: str) -> None:
    with DuckDb(wide) as connector:
        batches = connector.batches(find(connector, "wide"), Sampling(rows=None), Reading())
        sizes = [batch.num_rows for batch in batches]
    assert sum(sizes) == WIDE - 100_000
    assert max(sizes) <= 10_000


def test_two_tables_may_be_read_at_once(wide: str) -> None:
    with DuckDb(wide) as connector:
        one, other = (
            connector.batches(find(connector, name), Sampling(rows=None), Reading())
            for name in ("wide", "fives")
        )
        pairs = list(itertools.islice(zip(one, other, strict=False), 20))
    assert all(a.schema != b.schema for a, b in pairs)


WRITES = {
    "insert": "INSERT INTO numbered VALUES (-1, 0, '')",
    "create": "CREATE TABLE made (id INT)",
    "copy out": "COPY numbered TO '{folder}/out.csv'",
    "other database": "ATTACH '{folder}/other.duckdb'",
    "other file": "SELECT * FROM read_text('{folder}/there.txt')",
    "extension": "INSTALL httpfs",
    "set free": "SET enable_external_access = true",
}


@pytest.mark.parametrize("statement", WRITES.values(), ids=WRITES)
def test_nothing_is_written_and_nothing_else_is_reached(
    opened: DuckDb, tmp_path: Path, statement: str
) -> None:
    (tmp_path / "there.txt").write_text("there")
    with pytest.raises(duckdb.Error):
        opened._file._connection.execute(statement.format(folder=tmp_path)).fetchall()
    assert [path.name for path in tmp_path.iterdir()] == ["there.txt"]


def test_a_statement_that_takes_too_long(wide: str) -> None:
    with DuckDb(f"{wide}?timeout=0.001") as connector:
        dataset = Dataset("here", connector.source, "table", "wide", schema="main")
        for rows in (100_000, None):
            with pytest.raises(UnreadableData, match=r"longer than 0.001 s.*\?timeout="):
                table(connector, dataset, rows=rows)
        connector._file._timeout = 60.0
        assert table(connector, dataset, rows=10).num_rows == 10


def test_ctrl_c_ends_what_runs(wide: str) -> None:
    """In a statement and between batches, and the connector can be used again."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with DuckDb(wide) as connector:
            dataset = find(connector, "wide")
            heavy = "SELECT count(*) FROM wide a, range(1000000) b WHERE a.n % 3 < b.range % 5"
            press = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
            press.start()
            with (
                pytest.raises(KeyboardInterrupt),
                connector._file._cursor("here") as (cursor, deadline),
                deadline.running(),
            ):
                cursor.execute(heavy).fetchall()
            assert table(connector, dataset, rows=10).num_rows == 10
    finally:
        signal.signal(signal.SIGINT, before)


def _hold(path: str, held: "multiprocessing.synchronize.Event", free: object) -> None:
    with duckdb.connect(path) as run:
        run.execute("CREATE TABLE IF NOT EXISTS t (id INT)")
        held.set()
        free.wait(30)  # type: ignore[attr-defined]


def test_a_file_that_another_process_writes_is_locked(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, free = context.Event(), context.Event()
    path = tmp_path / "held.duckdb"
    other = context.Process(target=_hold, args=(str(path), held, free))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(UnreadableData, match="locked by somebody else") as caught:
            DuckDb(f"duckdb:///{path}")
        no_secret(caught, str(other.pid))
    finally:
        free.set()
        other.join()
    with DuckDb(f"duckdb:///{path}") as connector:
        assert [d.name for d in connector.datasets()] == ["t"]


def test_rows_that_only_the_log_has_are_read_without_writing(tmp_path: Path) -> None:
    path = tmp_path / "logged.duckdb"
    run = duckdb.connect(path)
    run.execute("SET checkpoint_threshold = '1GB'")
    run.execute("CREATE TABLE t AS SELECT i AS id FROM range(1000) t(i)")
    shutil.copy(path, tmp_path / "copy.duckdb")
    shutil.copy(f"{path}.wal", tmp_path / "copy.duckdb.wal")
    run.close()
    before = sorted((p.name, p.stat().st_size) for p in tmp_path.iterdir())
    with DuckDb(f"duckdb:///{tmp_path}/copy.duckdb") as connector:
        assert table(connector, "t", rows=None).num_rows == 1_000
    assert sorted((p.name, p.stat().st_size) for p in tmp_path.iterdir()) == before


def _newer(path: Path) -> None:
    """Raises the version in the first header, and makes its checksum agree."""
    content = bytearray(path.read_bytes())

    def total() -> int:
        value = 5381
        for (word,) in struct.iter_unpack("<Q", content[8:4096]):
            value ^= word * 0xBF58476D1CE4E5B9 % 2**64
        return value

    assert struct.unpack_from("<Q", content)[0] == total()
    struct.pack_into("<Q", content, 12, 9_999)
    struct.pack_into("<Q", content, 0, total())
    path.write_bytes(content)


def _encrypted(path: Path) -> None:
    path.unlink()
    with duckdb.connect() as run:
        run.execute("SET force_mbedtls_unsafe = true")
        run.execute(f"ATTACH '{path}' AS e (ENCRYPTION_KEY 'made-up-key')")
        run.execute("CREATE TABLE e.t (id INT)")


BROKEN = {
    "text": (lambda path: path.write_bytes(b"hello" * 5_000), "damaged or no database"),
    "empty": (lambda path: path.write_bytes(b""), "damaged or no database"),
    "cut off": (lambda path: os.truncate(path, 6_000), "damaged or no database"),
    "scribbled": (
        lambda path: path.write_bytes(path.read_bytes()[:4_096] + b"\x07" * 500_000),
        "damaged or no database",
    ),
    "newer": (_newer, "newer version"),
    "encrypted": (_encrypted, "is encrypted"),
}


@pytest.mark.parametrize(("spoil", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_one_sentence(tmp_path: Path, spoil: object, said: str) -> None:
    path = tmp_path / "broken.duckdb"
    url = make(path, "CREATE TABLE t AS SELECT i FROM range(9000) t(i)")
    spoil(path)  # type: ignore[operator]
    with pytest.raises(UnreadableData, match=said) as caught, DuckDb(url) as connector:
        table(connector, "t", rows=None)
    no_secret(caught)


def test_an_unknown_file_or_url() -> None:
    for url in ("duckdb:////nowhere/at/all.duckdb", "duckdb://", "duckdb:///:memory:"):
        with pytest.raises(UnknownSource, match=r"duckdb|DuckDB"):
            DuckDb(url)


def test_a_missing_package_names_its_extra(shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(__import__("sys").modules, "connectors.duckdb.file")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(MissingDriver, match=r"pip install 'picensus\[duckdb\]'"):
        DuckDb(shop)
    assert DuckDb.canonical(shop).startswith("duckdb:///")


def test_a_file_may_be_read_by_its_path_alone(shop: str) -> None:
    with closing(File(shop.removeprefix("duckdb:///"), "a file")) as file:
        names = {t.name: t.skip == "" for t in file.tables()}
        assert names == {**dict.fromkeys(EXPECTED, True), "shown": False}
        reading = Reading()
        batches = list(file.batches("main", "numbered", "a file", Sampling(rows=7), reading))
        assert sum(batch.num_rows for batch in batches) == 7
        with pytest.raises(ConnectorError, match="a file is gone"):
            list(file.batches("main", "gone", "a file", Sampling(), Reading()))
