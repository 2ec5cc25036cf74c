from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa

from connectors.base import (
    AccessDenied,
    MissingDriver,
    Reading,
    Sampling,
    UnknownScheme,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.sql.base import Sql
from connectors.sql.dialect import Dialect
from tests import servers
from tests.connectors import sql_tables
from tests.connectors.sql_tables import (
    TablesContract,
    database,
    evenly_drawn,
    find,
    interrupted,
    no_secret,
    plain,
    run,
    table,
)

PASSWORD = "s3cret/@:%word"


@pytest.fixture(scope="module")
def shop(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        engine = sa.create_engine(url)
        sql_tables.fill(engine)
        engine.dispose()
        yield url


class TestContract(TablesContract):
    @pytest.fixture
    def source(self, shop: sa.URL) -> str:
        return plain(shop)

    @pytest.fixture
    def missing(self, shop: sa.URL) -> str:
        return plain(shop.set(database="no_such_database"))


@pytest.fixture(scope="module")
def zoo(postgresql: str) -> Iterator[sa.URL]:
    """A table of every type that drivers stumble over, and the kinds of tables there are."""
    with database(postgresql) as url:
        run(
            url,
            "CREATE TYPE mood AS ENUM ('glad', 'sad')",
            "CREATE TYPE pair AS (a int, b text)",
            """CREATE TABLE types (i bigint, n numeric, f float8, r real, d date, t timestamptz,
            s interval, m money, b bit(3), u uuid, j json, jb jsonb, x xml, a text[], ip inet,
            c cidr, rg int4range, e mood, p pair, by bytea, bo bool, big text)""",
            """INSERT INTO types VALUES (10000000001, 110105190001010011.50, 10000000001, 1.5,
            'infinity', '-infinity', '1 day', 12.5, '101',
            '00000000-0000-0000-0000-000000000001', '{"k": "甲"}', '{"k": [1, 2]}', '<a>甲</a>',
            '{甲,"b c"}', '192.0.2.1', '192.0.2.0/24', '[1,5)', 'sad', '(1,甲)', '\\xffd8ff', true,
            repeat('长', 20000000))""",
            "INSERT INTO types (d, f) VALUES ('4712-01-01 BC', 'nan')",
            "CREATE TABLE columnless ()",
            "INSERT INTO columnless SELECT FROM generate_series(1, 5)",
            'CREATE SCHEMA "数据 s"',
            'CREATE TABLE "数据 s"."a/b ""q"" 100%(x)s :y" ("order" int, "Case" int, "%(z)s" int)',
            'INSERT INTO "数据 s"."a/b ""q"" 100%(x)s :y" VALUES (1, 2, 3)',
            "COMMENT ON TABLE types IS '各种类型'",
            "COMMENT ON COLUMN types.i IS '手机号'",
            "CREATE TABLE parted (id int, note text) PARTITION BY RANGE (id)",
            "CREATE TABLE part1 PARTITION OF parted FOR VALUES FROM (0) TO (500)",
            "CREATE TABLE part2 PARTITION OF parted FOR VALUES FROM (500) TO (2000)",
            "INSERT INTO parted SELECT i, 'x' FROM generate_series(0, 1999) i",
            "CREATE MATERIALIZED VIEW held AS SELECT id FROM parted WHERE id < 7",
            "CREATE VIEW shown AS SELECT id FROM parted",
            "CREATE TEMP TABLE passing (i int)",
            "ANALYZE parted",
        )
        yield url


@pytest.fixture
def opened(zoo: sa.URL) -> Iterator[Sql]:
    with Sql(plain(zoo)) as connector:
        yield connector


def test_lists_what_holds_data_once_with_comments(opened: Sql, zoo: sa.URL) -> None:
    found = {d.name: d for d in opened.datasets() if not d.skip}
    assert list(found) == ["columnless", "held", "parted", "types", 'a/b "q" 100%(x)s :y']
    types = found["types"]
    assert (types.comment, types.schema, types.database) == ("各种类型", "public", zoo.database)
    assert types.uri == f"postgresql://127.0.0.1:{zoo.port}/{zoo.database}/public/types"
    assert (types.columns[0].type, types.columns[0].comment) == ("bigint", "手机号")
    assert (found["held"].kind, found["parted"].rows) == ("view", 2_000)
    assert (found["types"].rows, found["columnless"].columns) == (None, ())


def test_every_type_has_its_text(opened: Sql) -> None:
    first, second = table(opened, "types").to_pylist()
    first.pop("big")
    assert first == {
        "i": "10000000001",
        "n": "110105190001010011.50",
        "f": "10000000001",
        "r": "1.5",
        "d": "infinity",
        "t": "-infinity",
        "s": "1 day",
        "m": "$12.50",
        "b": "101",
        "u": "00000000-0000-0000-0000-000000000001",
        "j": '{"k": "甲"}',
        "jb": '{"k": [1, 2]}',
        "x": "<a>甲</a>",
        "a": '{甲,"b c"}',
        "ip": "192.0.2.1/32",
        "c": "192.0.2.0/24",
        "rg": "[1,5)",
        "e": "sad",
        "p": "(1,甲)",
        "by": b"\xff\xd8\xff",
        "bo": "true",
    }
    assert (second["d"], second["f"], second["i"]) == ("4712-01-01 BC", "NaN", None)


def test_odd_names(opened: Sql) -> None:
    odd = find(opened, 'a/b "q" 100%(x)s :y')
    assert odd.uri.endswith("/数据%20s/a%2Fb%20%22q%22%20100%25(x)s%20:y")
    for rows in (10, None):
        got = table(opened, odd, rows=rows).to_pylist()
        assert got == [{"order": "1", "Case": "2", "%(z)s": "3"}]


def test_a_table_without_columns_has_rows_all_the_same(opened: Sql) -> None:
    for rows in (10, None):
        reading = Reading()
        assert table(opened, "columnless", reading, rows=rows).num_columns == 0
        assert reading.rows == 5


def test_a_huge_cell_is_cut_in_the_database(opened: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    longest: list[int] = []
    fetch = psycopg.ServerCursor.fetchmany

    def seen(self: psycopg.ServerCursor[tuple[object]], size: int = 0) -> list[tuple[object]]:
        rows = fetch(self, size)
        longest.extend(len(v) for row in rows for v in row if isinstance(v, str))
        return rows

    monkeypatch.setattr(psycopg.ServerCursor, "fetchmany", seen)
    got = table(opened, "types", cell=50)
    assert got["big"].to_pylist()[0] == "长" * 50
    assert max(longest) <= 50


def test_a_parent_is_read_with_its_partitions(opened: Sql) -> None:
    reading = Reading()
    ids = [int(i) for i in table(opened, "parted", reading, rows=800)["id"].to_pylist()]
    assert (len(set(ids)), reading.rows) == (800, 2_000)
    evenly_drawn(ids, 2_000, 4)


@pytest.fixture(scope="module")
def wide(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        run(
            url,
            "CREATE TABLE wide (id int, note text)",
            "INSERT INTO wide SELECT i, repeat('y', 20) FROM generate_series(0, 199999) i",
            "CREATE TABLE analysed AS SELECT * FROM wide",
            "CREATE TABLE bloated AS SELECT * FROM wide",
            "DELETE FROM bloated WHERE id % 100 <> 0",
            "CREATE TABLE keyed (id int PRIMARY KEY, note text)",
            "INSERT INTO keyed SELECT id * 7, note FROM wide",
            "CREATE USER reader_of_some PASSWORD 'x'",
        )
        run(url, "ANALYZE analysed")
        yield url
        run(url, "DROP USER reader_of_some")


@pytest.mark.parametrize("name", ["wide", "analysed"])
@pytest.mark.parametrize(("scan_bytes", "method"), [(64 << 20, "BERNOULLI"), (1 << 20, "SYSTEM")])
def test_samples_are_spread_over_the_whole_table(
    wide: sa.URL, name: str, scan_bytes: int, method: str
) -> None:
    reading = Reading()
    with Sql(plain(wide), scan_bytes=scan_bytes) as connector:
        drawn = table(connector, name, reading, rows=4_000, seed=5)
        again = table(connector, name, rows=4_000, seed=5)
    ids = [int(i) for i in drawn["id"].to_pylist()]
    assert len(set(ids)) == 4_000
    assert max(ids) > 199_000
    assert f"TABLESAMPLE {method}" in reading.how
    assert "REPEATABLE (5)" in reading.how
    assert drawn == again
    assert reading.rows == (200_000 if method == "BERNOULLI" else None)
    evenly_drawn(ids, 200_000)


def test_a_sample_that_comes_out_too_small_is_enlarged(wide: sa.URL) -> None:
    """One row in a hundred is left of what the pages once held."""
    reading = Reading()
    with Sql(plain(wide), scan_bytes=1 << 20) as connector:
        ids = [int(i) for i in table(connector, "bloated", reading, rows=1_000)["id"].to_pylist()]
        assert len(set(ids)) == 1_000
        evenly_drawn(ids, 200_000, 4)
        assert table(connector, "bloated", reading, rows=5_000).num_rows == 2_000
    assert (reading.how, reading.rows) == ("all rows", 2_000)


def test_any_database_samples_by_primary_key(wide: sa.URL) -> None:
    """What a database without a dialect of its own gets, on a real server."""
    with Sql(plain(wide), dialect=Dialect) as connector:
        keyed = find(connector, "keyed")
        assert (keyed.schema, keyed.columns[0].type) == ("public", "INTEGER")
        reading = Reading()
        ids = [int(i) // 7 for i in table(connector, keyed, reading, rows=3_000)["id"].to_pylist()]
    assert "random ranges of id" in reading.how
    assert len(set(ids)) == 3_000
    evenly_drawn(ids, 200_000)


def test_full_reading_streams_in_batches(wide: sa.URL) -> None:
    reading = Reading()
    with Sql(plain(wide)) as connector:
        dataset = find(connector, "wide")
        sizes = [b.num_rows for b in connector.batches(dataset, Sampling(rows=None), reading)]
    assert sum(sizes) == reading.rows == 200_000
    assert max(sizes) == 10_000


def test_ctrl_c_leaves_the_connector_usable(wide: sa.URL) -> None:
    with Sql(plain(wide)) as connector:
        interrupted(connector, "wide")


def test_a_superuser_cannot_write_through_it(shop: sa.URL) -> None:
    with (
        Sql(plain(shop)) as connector,
        connector._reading("here") as connection,
        pytest.raises(sa.exc.InternalError, match="read-only"),
    ):
        connection.exec_driver_sql("DELETE FROM numbered")


def test_not_even_outside_a_transaction_of_ours(shop: sa.URL) -> None:
    with Sql(plain(shop)) as connector, connector._reading("here") as connection:
        assert connection.exec_driver_sql("SHOW application_name").scalar() == "picensus"
        connection.commit()
        with pytest.raises(sa.exc.InternalError, match="read-only"):
            connection.exec_driver_sql("DELETE FROM numbered")


@pytest.fixture
def guest(shop: sa.URL) -> Iterator[sa.URL]:
    """Somebody who may read `numbered` only."""
    run(
        shop,
        f"CREATE USER guest PASSWORD '{PASSWORD}'",
        "GRANT SELECT ON numbered TO guest",
    )
    yield shop.set(username="guest", password=PASSWORD)
    run(shop, "DROP OWNED BY guest", "DROP USER guest")


def test_no_right_to_a_table(guest: sa.URL) -> None:
    with Sql(plain(guest)) as connector:
        assert table(connector, "numbered", rows=5).num_rows == 5
        with pytest.raises(AccessDenied, match=r"public/bare: ask for SELECT") as caught:
            table(connector, "bare")
        assert table(connector, "numbered", rows=None).num_rows == sql_tables.ROWS
        assert "s3cret" not in repr(connector) + connector.source
    no_secret(caught, "s3cret", "guest")


def test_row_level_security_is_warned_of(guest: sa.URL, shop: sa.URL) -> None:
    run(shop, "ALTER TABLE numbered ENABLE ROW LEVEL SECURITY")
    reading = Reading()
    with Sql(plain(guest)) as connector:
        assert table(connector, "numbered", reading).num_rows == 0
    assert reading.warnings == ["row-level security may hide rows from this user"]
    run(shop, "ALTER TABLE numbered DISABLE ROW LEVEL SECURITY")


def test_wrong_password_unknown_user_and_database(guest: sa.URL) -> None:
    for url in (guest.set(password="Wr0ng"), guest.set(username="nobody-here")):
        with pytest.raises(AccessDenied, match="refused the user or the password") as caught:
            Sql(plain(url))
        no_secret(caught, "s3cret", "Wr0ng", "nobody-here")
    with pytest.raises(UnknownSource, match=r"no database postgresql://.*/gone") as missing:
        Sql(plain(guest.set(database="gone")))
    no_secret(missing, "s3cret", "guest")
    with pytest.raises(UnknownSource, match="names no database"):
        Sql(f"postgresql://guest@127.0.0.1:{guest.port}")


def test_nobody_answers() -> None:
    for host in (f"127.0.0.1:{servers.free_port()}", "no-such-host.invalid"):
        with pytest.raises(Unreachable, match="nobody answers") as caught:
            Sql(f"postgresql://guest:s3cret@{host}/shop")
        no_secret(caught, "s3cret", "guest")


def test_a_statement_that_takes_too_long(wide: sa.URL) -> None:
    with Sql(plain(wide) + "?timeout=30") as connector:
        dataset = find(connector, "wide")
        connector._dialect.timeout = connector._timeout = 0.001
        with pytest.raises(UnreadableData, match=r"longer than 0.001 s.*\?timeout=") as caught:
            table(connector, dataset, rows=100)
    no_secret(caught)


def test_a_table_locked_or_dropped_after_listing(shop: sa.URL) -> None:
    run(shop, "CREATE TABLE brief (a int, b int)")
    admin = sa.create_engine(shop)
    with Sql(plain(shop) + "?lock=0.1") as connector, admin.connect() as other:
        dataset = find(connector, "brief")
        other.exec_driver_sql("LOCK TABLE brief")
        assert "brief" in [d.name for d in connector.datasets()]
        for rows in (5, None):
            with pytest.raises(UnreadableData, match="locked"):
                table(connector, dataset, rows=rows)
        other.exec_driver_sql("ALTER TABLE brief DROP COLUMN b")
        other.commit()
        with pytest.raises(UnreadableData, match="gone or has changed"):
            table(connector, dataset)
        other.exec_driver_sql("DROP TABLE brief")
        other.commit()
        for rows in (5, None):
            with pytest.raises(UnreadableData, match="gone or has changed"):
                table(connector, dataset, rows=rows)
    admin.dispose()


def test_a_connection_that_breaks_off_is_made_again(wide: sa.URL) -> None:
    end = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE application_name = 'picensus' AND datname = current_database()"""
    with Sql(plain(wide) + "?arrow=0") as connector:
        dataset = find(connector, "wide")
        batches = connector.batches(dataset, Sampling(rows=None), Reading())
        next(batches)
        run(wide, end)
        with pytest.raises(Unreachable, match="broke off") as caught:
            list(batches)
        no_secret(caught)
        run(wide, end)
        assert table(connector, dataset, rows=10).num_rows == 10


def test_a_missing_driver_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(MissingDriver, match=r"pip install 'picensus\[postgresql\]'"):
        Sql("postgresql://u:s3cret@h/d")


def test_a_driver_of_no_such_name() -> None:
    with pytest.raises(UnknownScheme, match=r"leave out what follows the \+"):
        Sql("postgresql+nonesuch://u:p@h/d")
