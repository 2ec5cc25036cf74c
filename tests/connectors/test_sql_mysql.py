from collections.abc import Iterator

import pymysql
import pytest
import sqlalchemy as sa

from connectors.base import (
    AccessDenied,
    MissingDriver,
    Reading,
    Sampling,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.sql.base import Sql
from connectors.sql.mysql import _IMITATIONS, Mysql
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
def shop(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        engine = sa.create_engine(url)
        sql_tables.fill(engine)
        engine.dispose()
        yield url


class TestContract(TablesContract):
    @pytest.fixture(params=["mysql", "mariadb"])
    def source(self, request: pytest.FixtureRequest, shop: sa.URL) -> str:
        return plain(shop).replace("mysql://", f"{request.param}://")

    @pytest.fixture
    def missing(self, shop: sa.URL) -> str:
        return plain(shop.set(database="no_such_database"))


@pytest.fixture(scope="module")
def zoo(mariadb: str) -> Iterator[sa.URL]:
    """A table of every type that drivers stumble over."""
    with database(mariadb) as url:
        run(
            url,
            "SET sql_mode = ''",
            """CREATE TABLE types (i BIGINT UNSIGNED COMMENT '手机号', n DECIMAL(30, 2), f DOUBLE,
            r FLOAT, d DATE, dt DATETIME, ts TIMESTAMP NULL, t TIME, y YEAR, b BIT(3),
            e ENUM('甲', '乙'), s SET('a', 'b'), j JSON, u UUID, ip INET6, bl LONGBLOB,
            vb VARBINARY(20), z INT(8) ZEROFILL, g POINT, big LONGTEXT, odd VARCHAR(9)
            CHARACTER SET gbk) COMMENT '各种类型'""",
            """INSERT INTO types VALUES (18446744073709551615, 110105190001010011.50, 10000000001,
            1.5, '0000-00-00', '1900-02-00 00:00:00', 0, '-838:59:59', 0, b'101', '乙', 'a,b',
            '{"k": "甲"}', '00000000-0000-0000-0000-000000000001', '2001:db8::1', x'ffd8ff',
            x'00ff', 42, ST_PointFromText('POINT(1 2)'), repeat('长', 3000000), '张')""",
            "INSERT INTO types (f) VALUES (-1.5e300)",
            "INSERT INTO types (i, f) VALUES (10000000001, 110105190001010016)",
            "CREATE TABLE `a/b ``q`` 100%(x)s :y` (`order` INT, `Case` INT, `%(z)s` INT)",
            "INSERT INTO `a/b ``q`` 100%(x)s :y` VALUES (1, 2, 3)",
            "CREATE VIEW shown AS SELECT i FROM types",
            "CREATE SEQUENCE counter",
        )
        yield url


@pytest.fixture
def opened(zoo: sa.URL) -> Iterator[Sql]:
    with Sql(plain(zoo)) as connector:
        yield connector


def test_lists_tables_with_comments(opened: Sql, zoo: sa.URL) -> None:
    found = {d.name: d for d in opened.datasets() if not d.skip}
    assert list(found) == ["a/b `q` 100%(x)s :y", "types"]
    types = found["types"]
    assert (types.comment, types.schema, types.database) == ("各种类型", None, zoo.database)
    assert types.uri == f"mysql://127.0.0.1:{zoo.port}/{zoo.database}/types"
    assert (types.columns[0].type, types.columns[0].comment) == ("bigint(20) unsigned", "手机号")
    assert types.size is not None


def test_every_type_has_its_text(opened: Sql) -> None:
    first, second, third = table(opened, "types").to_pylist()
    first.pop("big")
    assert first == {
        "i": "18446744073709551615",
        "n": "110105190001010011.50",
        "f": "10000000001",
        "r": "1.5",
        "d": "0000-00-00",
        "dt": "1900-02-00 00:00:00",
        "ts": "0000-00-00 00:00:00",
        "t": "-838:59:59",
        "y": "0000",
        "b": "5",
        "e": "乙",
        "s": "a,b",
        "j": '{"k": "甲"}',
        "u": "00000000-0000-0000-0000-000000000001",
        "ip": "2001:db8::1",
        "bl": b"\xff\xd8\xff",
        "vb": b"\x00\xff",
        "z": "00000042",
        "g": "POINT(1 2)",
        "odd": "张",
    }
    assert (second["f"], second["i"]) == ("-1.5e300", None)
    assert (third["f"], third["i"]) == ("110105190001010016", "10000000001")


def test_odd_names(opened: Sql) -> None:
    odd = find(opened, "a/b `q` 100%(x)s :y")
    assert odd.uri.endswith("/a%2Fb%20%60q%60%20100%25(x)s%20:y")
    for rows in (10, None):
        got = table(opened, odd, rows=rows).to_pylist()
        assert got == [{"order": "1", "Case": "2", "%(z)s": "3"}]


@pytest.mark.parametrize("rows", [10, None])
def test_a_huge_cell_is_cut_in_the_database(
    opened: Sql, monkeypatch: pytest.MonkeyPatch, rows: int | None
) -> None:
    received: list[int] = []
    read = pymysql.connections.Connection._read_bytes

    def counted(self: pymysql.connections.Connection, number: int) -> bytes:
        received.append(number)
        return bytes(read(self, number))

    dataset = find(opened, "types")
    monkeypatch.setattr(pymysql.connections.Connection, "_read_bytes", counted)
    got = table(opened, dataset, cell=50, rows=rows)
    assert got["big"].to_pylist()[0] == "长" * 50
    assert 0 < sum(received) < 20_000


def test_without_a_database_all_but_the_system_s_are_listed(
    mariadb: str, shop: sa.URL, zoo: sa.URL
) -> None:
    with Sql(mariadb) as connector, Sql(plain(zoo)) as one:
        found = {d.uri: d for d in connector.datasets()}
        databases = {d.database for d in found.values()}
        assert {shop.database, zoo.database} <= databases
        assert not databases & {"mysql", "sys", "information_schema", "performance_schema"}
        assert {d.uri for d in one.datasets()} <= set(found)
        odd = next(d for d in found.values() if d.name == "客户 资料")
        assert table(connector, odd).num_rows == 3


@pytest.fixture(scope="module")
def wide(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        run(
            url,
            "CREATE TABLE dense (id INT PRIMARY KEY, n INT)",
            "INSERT INTO dense SELECT seq, seq FROM seq_0_to_199999",
            "CREATE TABLE sparse (id BIGINT UNSIGNED PRIMARY KEY, n INT)",
            """INSERT INTO sparse SELECT IF(n < 100000, 9300000000000000000 + n * 4194304 + n % 3,
            9400000000000000000 + n * 4194304000), n FROM dense WHERE n >= 100""",
            "INSERT INTO sparse SELECT id, n FROM dense WHERE n < 100",
            "CREATE TABLE keyless (id INT, n INT)",
            "INSERT INTO keyless SELECT * FROM dense",
            "CREATE TABLE texts (id CHAR(32) PRIMARY KEY, n INT)",
            "INSERT INTO texts SELECT md5(id), n FROM dense WHERE n < 20000",
        )
        yield url


@pytest.mark.parametrize(
    ("name", "scan_bytes", "how"),
    [
        ("dense", 64 << 20, "RAND(5)"),
        ("dense", 0, "random ranges of id"),
        ("sparse", 0, "random ranges of id"),
        ("keyless", 0, "RAND(5)"),
    ],
)
def test_samples_are_spread_over_the_whole_table(
    wide: sa.URL, name: str, scan_bytes: int, how: str
) -> None:
    reading = Reading()
    with Sql(plain(wide), scan_bytes=scan_bytes) as connector:
        drawn = table(connector, name, reading, rows=4_000, seed=5)
        again = table(connector, name, rows=4_000, seed=5)
    numbers = [int(n) for n in drawn["n"].to_pylist()]
    assert len(set(numbers)) == 4_000
    assert max(numbers) > 196_000
    assert how in reading.how
    assert drawn == again
    assert reading.rows == (200_000 if scan_bytes else None)
    evenly_drawn(numbers, 200_000)


def test_a_large_table_without_an_integer_key_is_sampled(wide: sa.URL) -> None:
    with Sql(plain(wide), scan_bytes=0) as connector:
        numbers = [int(n) for n in table(connector, "texts", rows=2_000)["n"].to_pylist()]
    assert len(set(numbers)) == 2_000
    evenly_drawn(numbers, 20_000)


def test_full_reading_streams_in_batches(wide: sa.URL) -> None:
    reading = Reading()
    with Sql(plain(wide)) as connector:
        dataset = find(connector, "dense")
        sizes = [b.num_rows for b in connector.batches(dataset, Sampling(rows=None), reading)]
    assert sum(sizes) == reading.rows == 200_000
    assert max(sizes) == 10_000


def test_a_reading_given_up_hangs_up(wide: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver on its own would read the table to its end first."""
    received: list[int] = []
    read = pymysql.connections.Connection._read_bytes

    def counted(self: pymysql.connections.Connection, number: int) -> bytes:
        received.append(number)
        return bytes(read(self, number))

    with Sql(plain(wide)) as connector:
        dataset = find(connector, "dense")
        monkeypatch.setattr(pymysql.connections.Connection, "_read_bytes", counted)
        batches = connector.batches(dataset, Sampling(rows=None), Reading())
        next(batches)
        before = len(received)
        batches.close()  # type: ignore[attr-defined]
        assert len(received) - before < 100
        assert table(connector, dataset, rows=10).num_rows == 10


def test_ctrl_c_leaves_the_connector_usable(wide: sa.URL) -> None:
    with Sql(plain(wide)) as connector:
        interrupted(connector, "dense")


def test_a_superuser_cannot_write_through_it(shop: sa.URL) -> None:
    with Sql(plain(shop)) as connector, connector._reading("here") as connection:
        with pytest.raises(sa.exc.OperationalError, match="READ ONLY"):
            connection.exec_driver_sql("DELETE FROM numbered")
        connection.commit()
        with pytest.raises(sa.exc.OperationalError, match="READ ONLY"):
            connection.exec_driver_sql("DELETE FROM numbered")


@pytest.fixture
def guest(shop: sa.URL) -> Iterator[sa.URL]:
    """Somebody who may read `numbered` only."""
    run(
        shop,
        f"CREATE USER guest IDENTIFIED BY '{PASSWORD}'",
        f"GRANT SELECT ON {shop.database}.numbered TO guest",
    )
    yield shop.set(username="guest", password=PASSWORD)
    run(shop, "DROP USER guest")


def test_no_right_to_a_table(guest: sa.URL, shop: sa.URL) -> None:
    with Sql(plain(shop)) as admin:
        bare = find(admin, "bare")
    with Sql(plain(guest)) as connector:
        assert [d.name for d in connector.datasets()] == ["numbered"]
        for rows in (5, None):
            with pytest.raises(AccessDenied, match=r"/bare: ask for SELECT") as caught:
                table(connector, bare, rows=rows)
            no_secret(caught, "s3cret", "guest")
        assert table(connector, "numbered", rows=None).num_rows == sql_tables.ROWS
        assert "s3cret" not in repr(connector) + connector.source


def test_wrong_password_unknown_user_and_database(guest: sa.URL, shop: sa.URL) -> None:
    for url in (guest.set(password="Wr0ng"), guest.set(username="nobody-here")):
        with pytest.raises(AccessDenied, match="refused the user or the password") as caught:
            Sql(plain(url))
        no_secret(caught, "s3cret", "Wr0ng", "nobody-here")
    with pytest.raises(AccessDenied, match=r"no right to read mysql://.*/mysql:") as denied:
        Sql(plain(guest.set(database="mysql")))
    no_secret(denied, "s3cret", "guest")
    with pytest.raises(UnknownSource, match=r"no database mysql://.*/gone:") as missing:
        Sql(plain(shop.set(database="gone")))
    no_secret(missing, "s3cret")


def test_nobody_answers() -> None:
    for host in (f"127.0.0.1:{servers.free_port()}", "no-such-host.invalid"):
        with pytest.raises(Unreachable, match="nobody answers") as caught:
            Sql(f"mysql://guest:s3cret@{host}/shop")
        no_secret(caught, "s3cret", "guest")


def test_a_statement_that_takes_too_long(wide: sa.URL) -> None:
    with Sql(plain(wide) + "?timeout=30") as connector:
        dataset = find(connector, "dense")
        connector._dialect.timeout = connector._timeout = 0.001
        with pytest.raises(UnreadableData, match=r"longer than 0.001 s.*\?timeout=") as caught:
            table(connector, dataset, rows=100_000)
    no_secret(caught)


def test_a_table_locked_or_dropped_after_listing(shop: sa.URL) -> None:
    run(shop, "CREATE TABLE brief (a INT, b INT)")
    admin = sa.create_engine(shop)
    with Sql(plain(shop) + "?lock=1") as connector, admin.connect() as other:
        dataset = find(connector, "brief")
        other.exec_driver_sql("LOCK TABLE brief WRITE")
        with pytest.raises(UnreadableData, match="locked"):
            table(connector, dataset, rows=5)
        other.exec_driver_sql("UNLOCK TABLES")
        other.exec_driver_sql("ALTER TABLE brief DROP COLUMN b")
        with pytest.raises(UnreadableData, match="gone or has changed"):
            table(connector, dataset)
        other.exec_driver_sql("DROP TABLE brief")
        for rows in (5, None):
            with pytest.raises(UnreadableData, match="gone or has changed"):
                table(connector, dataset, rows=rows)
    admin.dispose()


def test_a_connection_that_breaks_off_is_made_again(wide: sa.URL) -> None:
    admin = sa.create_engine(wide)
    with Sql(plain(wide)) as connector:
        dataset = find(connector, "dense")
        batches = connector.batches(dataset, Sampling(rows=None), Reading())
        next(batches)
        find_it = f"SELECT id FROM information_schema.processlist WHERE db = '{wide.database}'"
        with admin.connect() as run_it:
            for (number,) in run_it.exec_driver_sql(f"{find_it} AND id <> connection_id()").all():
                run_it.exec_driver_sql(f"KILL {number}")
        with pytest.raises(Unreachable, match="broke off") as caught:
            list(batches)
        no_secret(caught)
        assert table(connector, dataset, rows=10).num_rows == 10
    admin.dispose()


@pytest.mark.parametrize(
    ("version", "comment", "genuine"),
    [
        ("8.0.11-TiDB-v8.5.0", "TiDB Server (Apache License 2.0)", False),
        ("5.7.25-OceanBase-v4.2.1.0", "OceanBase_CE 4.2.1.0", False),
        ("5.7.99", "Doris version doris-2.1.0", False),
        ("8.0.33", "StarRocks version 3.3.0", False),
        ("10.11.19-MariaDB-0+deb12u1", "Debian 12", True),
        ("8.0.40", "MySQL Community Server - GPL", True),
    ],
)
def test_what_only_speaks_the_protocol_is_known(version: str, comment: str, genuine: bool) -> None:
    assert bool(_IMITATIONS.search(f"{version} {comment}")) is not genuine


def test_what_only_speaks_the_protocol_may_not_know_a_variable(shop: sa.URL) -> None:
    with Sql(plain(shop)) as connector, connector._reading("here") as connection:
        for statement in ("SET SESSION nonesuch = 1", "SET NONSENSE"):
            Mysql._set(connection, statement, strict=False)
            with pytest.raises(sa.exc.DBAPIError):
                Mysql._set(connection, statement, strict=True)
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1


@pytest.mark.parametrize("scheme", ["mysql", "mariadb"])
def test_a_missing_driver_names_its_extra(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymysql", None)
    with pytest.raises(MissingDriver, match=rf"pip install 'picensus\[{scheme}\]'"):
        Sql(f"{scheme}://u:s3cret@h/d")
