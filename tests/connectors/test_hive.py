import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from pyhive import hive

from connectors.base import (
    ConnectorError,
    MissingDriver,
    Reading,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.sql import hive_driver
from connectors.sql.base import Sql
from tests import servers
from tests.connectors import contract
from tests.connectors.contract import ConnectorContract
from tests.connectors.sql_tables import PHONE, ROWS, find, no_secret, table

WIDE = 60_000
DAYS = 24
SLOW = "SELECT sum(hash(id)) FROM range(1000000000000)"
heavy = pytest.mark.heavy


@pytest.fixture(scope="module")
def shop(spark: str) -> str:
    """The URL of a new database with tables in it."""
    where = spark.rpartition("@")[2].partition(":")
    name = f"census_{secrets.token_hex(4)}"
    with hive.Connection(host=where[0], port=int(where[2]), username="census") as admin:
        run = admin.cursor().execute
        run(f"CREATE DATABASE {name}")
        run(f"USE {name}")
        run(
            "CREATE TABLE numbered (id BIGINT, phone BIGINT COMMENT '手机号', note STRING)"
            " USING parquet COMMENT '客户'"
        )
        run(
            f"INSERT INTO numbered SELECT id, {PHONE} + id, concat('note number ', id)"
            f" FROM range({ROWS})"
        )
        run("CREATE TABLE vacant (id INT, note STRING) USING parquet")
        run(
            "CREATE TABLE daily (id BIGINT, note STRING, dt STRING, h INT) USING parquet"
            " PARTITIONED BY (dt, h)"
        )
        run(
            "INSERT INTO daily SELECT id, concat('n', id), concat('2026-01-', lpad(cast("
            f"id % {DAYS} + 1 AS STRING), 2, '0')), 7 FROM range({WIDE})"
        )
        run("CREATE VIEW shown AS SELECT * FROM numbered")
        run(
            "CREATE TABLE types USING parquet AS SELECT CAST(13000000000 AS DOUBLE) AS phone,"
            " CAST(1.5 AS FLOAT) AS real, CAST(12.50 AS DECIMAL(9, 2)) AS money,"
            " DATE'2020-01-02' AS day, TIMESTAMP'2020-01-02 03:04:05' AS at, true AS yes,"
            " CAST('ab' AS BINARY) AS raw, array(1, 2) AS list, map('k', array('甲')) AS keyed,"
            " named_struct('name', '甲', 'no', 13000000000) AS person, CAST(NULL AS STRING) AS none"
        )
    return f"{spark}/{name}"


@heavy
class TestContract(ConnectorContract):
    @pytest.fixture
    def source(self, shop: str) -> str:
        return shop

    @pytest.fixture
    def missing(self, shop: str) -> str:
        return f"{shop}_gone"

    @pytest.fixture
    def expected(self) -> dict[str, int]:
        return {"numbered": ROWS, "vacant": 0, "daily": WIDE, "types": 1}

    @pytest.fixture
    def numbered(self) -> str:
        return "numbered"


@pytest.fixture
def opened(shop: str) -> Iterator[Sql]:
    with Sql(shop) as connector:
        yield connector


@heavy
def test_lists_names_comments_types_and_views(opened: Sql) -> None:
    found = find(opened, "numbered")
    assert found.uri == f"{opened.source}/numbered"
    assert found.comment == "客户"
    assert [(c.name, c.type, c.comment) for c in found.columns] == [
        ("id", "bigint", ""),
        ("phone", "bigint", "手机号"),
        ("note", "string", ""),
    ]
    assert "the tables that it shows" in find(opened, "shown").skip
    assert [c.name for c in find(opened, "daily").columns] == ["id", "note", "dt", "h"]


@heavy
def test_without_a_database_all_are_listed(spark: str, opened: Sql) -> None:
    with Sql(spark) as connector:
        uris = {d.uri for d in connector.datasets()}
    assert {d.uri for d in opened.datasets()} <= uris


@heavy
def test_every_type_is_read(opened: Sql) -> None:
    for rows in (10, None):
        (got,) = table(opened, "types", rows=rows).to_pylist()
        assert got == {
            "phone": "13000000000",
            "real": "1.5",
            "money": "12.50",
            "day": "2020-01-02",
            "at": "2020-01-02 03:04:05",
            "yes": "true",
            "raw": b"ab",
            "list": "[1,2]",
            "keyed": '{"k":["甲"]}',
            "person": '{"name":"甲","no":13000000000}',
            "none": None,
        }


@heavy
def test_a_sample_reads_some_partitions_and_the_oldest_and_newest(opened: Sql) -> None:
    reading = Reading()
    drawn = table(opened, "daily", reading, rows=2_000, seed=3)
    assert drawn.num_rows == 2_000
    days = set(drawn["dt"].to_pylist())
    assert len(days) == 16
    assert {"2026-01-01", f"2026-01-{DAYS}"} <= days
    assert reading.how.startswith("16 of 24 partitions, the oldest and the newest among them, rand")
    assert reading.rows is None


@heavy
def test_a_statement_that_takes_too_long(opened: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened._reading("here") as connection:
        monkeypatch.setattr(connection.connection.dbapi_connection, "seconds", 1)
    with (
        pytest.raises(UnreadableData, match=r"longer than .* s.*\?timeout="),
        opened._reading("here") as connection,
    ):
        connection.exec_driver_sql(SLOW)
    assert table(opened, "numbered", rows=10).num_rows == 10


@heavy
def test_ctrl_c_ends_what_runs_on_the_server(opened: Sql) -> None:
    press = threading.Timer(2, os.kill, (os.getpid(), signal.SIGINT))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    began = time.monotonic()
    try:
        press.start()
        with pytest.raises(KeyboardInterrupt), opened._reading("here") as connection:
            connection.exec_driver_sql(SLOW)
    finally:
        signal.signal(signal.SIGINT, before)
    assert time.monotonic() - began < 60
    assert table(opened, "numbered", rows=10).num_rows == 10


@heavy
@pytest.mark.parametrize(
    "statement", ["INSERT INTO vacant VALUES (1, '')", "DROP TABLE vacant", "SET x = 1"]
)
def test_nothing_is_written_though_the_user_may(opened: Sql, statement: str) -> None:
    with (
        pytest.raises(UnreadableData, match="would not only read is not sent"),
        opened._reading("here") as connection,
    ):
        connection.exec_driver_sql(statement)
    assert table(opened, "vacant", rows=None).num_rows == 0


@heavy
def test_an_unknown_database_is_one_sentence(shop: str) -> None:
    with pytest.raises(UnknownSource, match=r"no database hive://.*_gone:") as caught:
        Sql(f"{shop}_gone")
    no_secret(caught, "census@")


def test_nobody_answers() -> None:
    for host in (f"127.0.0.1:{servers.free_port()}", "no-such-host.invalid"):
        with pytest.raises(Unreachable, match="nobody answers") as caught:
            Sql(f"hive://guest:s3cret@{host}/shop")
        no_secret(caught, "s3cret", "guest")


def test_a_port_of_another_kind_of_server(postgresql: str) -> None:
    where = postgresql.rpartition("@")[2].partition("/")[0]
    with pytest.raises(ConnectorError) as caught:
        Sql(f"hive://guest:s3cret@{where}/shop?timeout=5")
    contract.one_sentence(no_secret(caught, "s3cret", "guest"))


def test_a_missing_driver_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = __import__("sys").modules
    monkeypatch.delitem(modules, hive_driver.__name__)
    monkeypatch.setitem(modules, "pyhive", None)
    with pytest.raises(MissingDriver, match=r"pip install 'picensus\[hive\]'"):
        Sql("hive://u:s3cret@h/d")
