import secrets
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import clickhouse_connect
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError
from clickhouse_connect.driver.models import SettingDef

from connectors.base import (
    AccessDenied,
    MissingDriver,
    Reading,
    Sampling,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.clickhouse.base import ClickHouse
from connectors.clickhouse.catalogue import skip
from connectors.clickhouse.native import settings
from tests import servers
from tests.connectors.sql_tables import (
    PHONE,
    ROWS,
    TablesContract,
    find,
    no_secret,
    table,
)

WIDE = 1_500_000
UUID = "00000000-0000-0000-0000-000000000001"


@pytest.fixture(scope="module")
def admin(clickhouse: str) -> Client:
    where = urlsplit(clickhouse)
    return clickhouse_connect.get_client(
        host=where.hostname,
        port=where.port,
        username=where.username,
        password=where.password or "",
        autogenerate_session_id=False,
    )


@pytest.fixture(scope="module")
def database(admin: Client, clickhouse: str) -> Iterator[Callable[..., str]]:
    """Makes a database of statements, in which `db` is its name; the URL of it."""
    made = []

    def make(*statements: str) -> str:
        name = f"census_{secrets.token_hex(4)}"
        made.append(name)
        admin.command(f"CREATE DATABASE {name}")
        for statement in statements:
            admin.command(statement.replace("db.", f"{name}."))
        return f"{clickhouse}/{name}"

    yield make
    for name in made:
        admin.command(f"DROP DATABASE {name}")


SHOP = [
    "CREATE TABLE db.numbered (id Int64, phone Int64 COMMENT '手机号', note String)"
    " ENGINE MergeTree ORDER BY id COMMENT '客户'",
    f"INSERT INTO db.numbered SELECT number, {PHONE} + number, concat('note number ',"
    f" toString(number)) FROM numbers({ROWS})",
    "CREATE TABLE db.bare (id Int32, note Nullable(String)) ENGINE Memory",
    f"INSERT INTO db.bare SELECT number, concat('n', toString(number)) FROM numbers({ROWS})",
    "CREATE TABLE db.`客户 资料` (`select` Int8, `姓``名` String, `50% off` Int8, `:a b` Int8)"
    " ENGINE TinyLog",
    "INSERT INTO db.`客户 资料` SELECT number, concat('甲', toString(number)), number, number"
    " FROM numbers(3)",
    "CREATE TABLE db.vacant (id Int32, note String) ENGINE MergeTree ORDER BY id",
]


@pytest.fixture(scope="module")
def shop(database: Callable[..., str]) -> str:
    return database(*SHOP)


class TestContract(TablesContract):
    @pytest.fixture
    def source(self, shop: str) -> str:
        return shop

    @pytest.fixture
    def missing(self, shop: str) -> str:
        return f"{shop}_gone"


@pytest.fixture
def opened(shop: str) -> Iterator[ClickHouse]:
    with ClickHouse(shop) as connector:
        yield connector


def test_lists_names_comments_types_and_rows(opened: ClickHouse) -> None:
    found = find(opened, "numbered")
    assert found.uri == f"{opened.source}/numbered"
    assert (found.database, found.rows, found.comment) == (opened.source[-15:], ROWS, "客户")
    assert [(c.name, c.type, c.comment) for c in found.columns] == [
        ("id", "Int64", ""),
        ("phone", "Int64", "手机号"),
        ("note", "String", ""),
    ]
    field = table(opened, found, rows=3).schema.field("phone")
    assert field.metadata == {b"type": b"Int64", b"comment": "手机号".encode()}


def test_odd_names_and_numbers_are_read_as_text(opened: ClickHouse) -> None:
    for rows in (10, None):
        last = table(opened, "客户 资料", rows=rows).to_pylist()[2]
        assert last == {"select": "2", "姓`名": "甲2", "50% off": "2", ":a b": "2"}


def test_all_databases_but_the_system_s(clickhouse: str, shop: str, opened: ClickHouse) -> None:
    with ClickHouse(clickhouse) as connector:
        listed = list(connector.datasets())
        assert {d.uri for d in opened.datasets()} <= {d.uri for d in listed}
        assert not {d.database for d in listed} & {"system", "information_schema"}
        one = next(d for d in listed if d.uri == f"{opened.source}/客户%20资料")
        assert table(connector, one).num_rows == 3


TYPES = {
    "n": ("Nullable(String)", "NULL", None),
    "lc": ("LowCardinality(Nullable(String))", "'甲'", "甲"),
    "e": ("Enum8('a' = 1, 'b' = 2)", "'b'", "b"),
    "phone": ("Float64", "13000000000", "13000000000"),
    "long": ("Float64", "110105190001010016", "110105190001010016"),
    "real": ("Nullable(Float32)", "1.5", "1.5"),
    "most": ("UInt64", "18446744073709551615", "18446744073709551615"),
    "big": ("UInt256", "123", "123"),
    "money": ("Decimal(18, 3)", "12.5", "12.5"),
    "day": ("Date32", "'2020-01-02'", "2020-01-02"),
    "at": ("DateTime64(3, 'UTC')", "'2020-01-02 03:04:05.6'", "2020-01-02 03:04:05.600"),
    "v4": ("IPv4", "'192.0.2.1'", "192.0.2.1"),
    "v6": ("IPv6", "'2001:db8::1'", "2001:db8::1"),
    "u": ("UUID", f"'{UUID}'", UUID),
    "fixed": ("FixedString(4)", "'ab'", "ab"),
    "yes": ("Bool", "true", "true"),
    "raw": ("String", "unhex('FFD8FF00')", b"\xff\xd8\xff\x00"),
    "list": ("Array(UInt64)", "[13000000000]", ["13000000000"]),
    "keyed": ("Map(String, Array(UInt8))", "map('k', [1])", [("k", ["1"])]),
    "person": (
        "Tuple(`na``me` String, tels Array(Tuple(no UInt64)))",
        "('甲', [tuple(13000000000)])",
        {"na`me": "甲", "tels": [{"no": "13000000000"}]},
    ),
    "free": ("Dynamic", "5", "5"),
    "json": ("JSON", '\'{"k": {"z": "甲"}}\'', '{"k":{"z":"甲"}}'),
    "one_of": ("Variant(UInt8, String)", "7", "7"),
    "kept": ("String MATERIALIZED concat(lc, '!')", None, "甲!"),
    "shown": ("String ALIAS lc", None, None),
}


def test_every_type_is_read(database: Callable[..., str]) -> None:
    columns = ", ".join(f"{name} {kind}" for name, (kind, _, _) in TYPES.items())
    given = {name: sql for name, (_, sql, _) in TYPES.items() if sql}
    url = database(
        f"CREATE TABLE db.types ({columns}) ENGINE MergeTree ORDER BY tuple()",
        f"INSERT INTO db.types ({', '.join(given)}) SELECT {', '.join(given.values())}",
    )
    wanted = {name: value for name, (_, _, value) in TYPES.items() if name != "shown"}
    with ClickHouse(url) as connector:
        for rows in (10, None):
            (got,) = table(connector, "types", rows=rows).to_pylist()
            assert got == wanted


def test_states_of_calculations_are_left_out_with_a_warning(database: Callable[..., str]) -> None:
    url = database(
        "CREATE TABLE db.sums (id UInt8, s AggregateFunction(uniq, UInt64))"
        " ENGINE AggregatingMergeTree ORDER BY id",
        "INSERT INTO db.sums SELECT 1, uniqState(number) FROM numbers(5)",
    )
    reading = Reading()
    with ClickHouse(url) as connector:
        assert table(connector, "sums", reading).to_pylist() == [{"id": "1", "s": None}]
    assert reading.warnings == ["states of calculations have no text: 's' not read"]


def test_bytes_that_are_no_text_neither_fail_nor_hide_the_others(
    database: Callable[..., str],
) -> None:
    url = database(
        "CREATE TABLE db.odd (id UInt32, t String, l Array(String)) ENGINE MergeTree ORDER BY id",
        "INSERT INTO db.odd SELECT number, if(number < 150000, 'ok', unhex('FF41')),"
        " if(number < 150000, ['ok'], [unhex('FF')]) FROM numbers(200000)",
    )
    reading = Reading()
    with ClickHouse(url) as connector:
        got = table(connector, "odd", reading, rows=None)
    assert got["t"].to_pylist()[-1] == "\ufffdA"
    assert got["l"].to_pylist()[0] == ["ok"]
    assert len(reading.warnings) == 1
    assert "'l'" in reading.warnings[0]


def test_long_texts_are_cut_in_the_server(database: Callable[..., str]) -> None:
    url = database(
        "CREATE TABLE db.long (t String, l Array(String), b String) ENGINE MergeTree"
        " ORDER BY tuple()",
        "INSERT INTO db.long SELECT repeat('长', 100000), [repeat('长', 100000)],"
        " repeat(unhex('FF'), 100000)",
    )
    with ClickHouse(url) as connector:
        (got,) = table(connector, "long", cell=50).to_pylist()
    assert (got["t"], got["l"]) == ("长" * 50, ["长" * 50])
    assert 50 <= len(got["b"]) <= 65_536


ENGINES = {
    "shown": ("CREATE VIEW db.shown AS SELECT 1 AS id", "a view holds nothing"),
    "into": (
        "CREATE MATERIALIZED VIEW db.into TO db.target AS SELECT id FROM db.origin",
        "a view holds nothing",
    ),
    "merged": ("CREATE TABLE db.merged (id UInt8) ENGINE Merge('db', '^target$')", "a view holds"),
    "buffered": (
        "CREATE TABLE db.buffered AS db.target"
        " ENGINE Buffer(db, target, 1, 10, 100, 10000, 1000000, 10000000, 100000000)",
        "ends up in another table",
    ),
    "nothing": ("CREATE TABLE db.nothing (id UInt8) ENGINE Null", "keeps nothing"),
    "elsewhere": ("CREATE TABLE db.elsewhere (id UInt8) ENGINE URL('http://h.invalid', CSV)",
                  "outside of this server"),
}  # fmt: skip


def test_what_others_hold_is_listed_and_not_read(database: Callable[..., str]) -> None:
    url = database(
        "CREATE TABLE db.target (id UInt8) ENGINE MergeTree ORDER BY id",
        "CREATE TABLE db.origin (id UInt8) ENGINE MergeTree ORDER BY id",
        *(statement for statement, _ in ENGINES.values()),
        "CREATE MATERIALIZED VIEW db.own ENGINE MergeTree ORDER BY id AS SELECT id FROM db.target",
        "INSERT INTO db.target SELECT number FROM numbers(5)",
    )
    with ClickHouse(url) as connector:
        found = {d.name: d.skip for d in connector.datasets()}
        assert table(connector, "own", rows=3).num_rows == 3
    assert found.keys() == {"target", "origin", "own", *ENGINES}
    assert found["target"] == found["own"] == ""
    assert all(said in found[name] for name, (_, said) in ENGINES.items())


def test_queues_and_clusters_are_never_read() -> None:
    assert "take messages" in skip("Kafka", inner=False)
    assert "shards" in skip("Distributed", inner=False)
    assert skip("ReplicatedReplacingMergeTree", inner=False) == ""
    assert "outside of this server" in skip("SomethingNew", inner=False)


@pytest.fixture(scope="module")
def wide(database: Callable[..., str]) -> str:
    return database(
        "CREATE TABLE db.wide (n UInt32, k UInt32, note String) ENGINE MergeTree ORDER BY k",
        f"INSERT INTO db.wide SELECT number, intHash32(number), 'x' FROM numbers({WIDE})",
    )


@pytest.mark.parametrize("rows", [1_000, 20_000])
def test_samples_of_a_large_table_are_spread_and_repeated(wide: str, rows: int) -> None:
    reading = Reading()
    with ClickHouse(wide) as connector:
        drawn = table(connector, "wide", reading, rows=rows, seed=3)
        assert table(connector, "wide", rows=rows, seed=3) == drawn
        assert table(connector, "wide", rows=rows, seed=4) != drawn
    assert len(set(drawn["n"].to_pylist())) == rows
    assert reading.rows == WIDE
    assert "of the granules by hash of their place" in reading.how
    assert "(seed 3)" in reading.how


def test_samples_of_large_tables_are_uniform_over_seeds(wide: str) -> None:
    """By the key that the table is sorted by, of which neighbours are drawn together."""
    with ClickHouse(wide) as connector:
        dataset = find(connector, "wide")
        drawn = [
            int(k)
            for seed in range(12)
            for k in table(connector, dataset, rows=1_000, seed=seed)["k"].to_pylist()
        ]
    fifths = [sum(k * 5 >> 32 == part for k in drawn) / len(drawn) for part in range(5)]
    assert fifths == pytest.approx([0.2] * 5, abs=0.03)


def test_full_reading_streams_in_batches(wide: str) -> None:
    with ClickHouse(wide) as connector:
        batches = connector.batches(find(connector, "wide"), Sampling(rows=None), Reading())
        sizes = [batch.num_rows for batch in batches]
    assert sum(sizes) == WIDE
    assert max(sizes) < WIDE / 20


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO bare (id) VALUES (1)", "DROP TABLE bare", "CREATE TABLE x (i Int8) ENGINE Log"],
)
def test_nothing_is_written(opened: ClickHouse, statement: str) -> None:
    with pytest.raises(DatabaseError, match="readonly mode"):
        opened._client.command(statement, settings=settings(opened._client, 60))


def test_a_user_who_may_not_change_settings_is_not_asked_to(opened: ClickHouse) -> None:
    known = opened._client.server_settings
    opened._client.server_settings = {
        name: SettingDef(name, found.value, 1) for name, found in known.items()
    }
    assert settings(opened._client, 60) == {}


def test_a_statement_that_takes_too_long(wide: str) -> None:
    with ClickHouse(f"{wide}?timeout=1") as connector:
        dataset = find(connector, "wide")
        slow = "SELECT count() FROM wide a, wide b WHERE a.n % 3 = b.n % 5"
        with (
            pytest.raises(UnreadableData, match=r"longer than 1 s.*\?timeout="),
            connector._explained(dataset.uri),
        ):
            connector._client.query(slow, settings=settings(connector._client, 1))
        assert table(connector, dataset, rows=10).num_rows == 10


def test_wrong_password_unknown_database_and_nobody_there(clickhouse: str) -> None:
    where = urlsplit(clickhouse)
    wrong = clickhouse.replace(f":{where.password}@", ":Wr0ng@")
    with pytest.raises(AccessDenied, match="refused the user or the password") as denied:
        ClickHouse(wrong)
    no_secret(denied, "Wr0ng", "census")
    with pytest.raises(UnknownSource, match=r"no database clickhouse://.*/gone:") as missing:
        ClickHouse(f"{clickhouse}/gone")
    no_secret(missing, str(where.password), "census")
    for host in (f"127.0.0.1:{servers.free_port()}", "no-such-host.invalid"):
        with pytest.raises(Unreachable, match="nobody answers") as silent:
            ClickHouse(f"clickhouse://guest:s3cret@{host}/shop")
        no_secret(silent, "s3cret", "guest")


def test_a_table_dropped_or_changed_after_listing(
    database: Callable[..., str], admin: Client
) -> None:
    url = database("CREATE TABLE db.brief (a Int8, b Int8) ENGINE MergeTree ORDER BY a")
    name = url.rpartition("/")[2]
    with ClickHouse(url) as connector:
        dataset = find(connector, "brief")
        admin.command(f"ALTER TABLE {name}.brief DROP COLUMN b")
        with pytest.raises(UnreadableData, match="gone or has changed"):
            table(connector, dataset, rows=None)
        admin.command(f"DROP TABLE {name}.brief")
        with pytest.raises(UnreadableData, match="gone since it was listed"):
            table(connector, dataset, rows=5)


def test_a_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = __import__("sys").modules
    monkeypatch.delitem(modules, "connectors.clickhouse.native")
    monkeypatch.setitem(modules, "clickhouse_connect", None)
    with pytest.raises(MissingDriver, match=r"pip install 'picensus\[clickhouse\]'"):
        ClickHouse("clickhouse://u:s3cret@h/d")
