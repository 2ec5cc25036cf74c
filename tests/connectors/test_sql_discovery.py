"""What catalogues say: keys, references, indexes, views, partitions, grants, encryption."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors.base import Access, Dataset, Reading, Reference
from connectors.sql.base import Sql
from connectors.sql.mysql_catalogue import Grants
from tests.connectors.sql_tables import database, find, plain, run, table

TABLES = [
    "CREATE TABLE owner (id INT, region INT, name VARCHAR(20), PRIMARY KEY (region, id))",
    """CREATE TABLE pet (id INT PRIMARY KEY, owner_id INT, owner_region INT, born DATE, note TEXT,
    FOREIGN KEY (owner_region, owner_id) REFERENCES owner (region, id))""",
    "CREATE INDEX by_birth ON pet (born, id)",
    "CREATE VIEW named AS SELECT id, name FROM owner",
    *(f"INSERT INTO owner VALUES ({i}, 1, 'n{i}')" for i in range(30)),
]


@contextmanager
def statements(connector: Sql) -> Iterator[list[str]]:
    """What the connector asks its database."""
    asked: list[str] = []

    def note(*said: object) -> None:
        asked.append(str(said[2]))

    sa.event.listen(connector._engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(connector._engine, "before_cursor_execute", note)


def declared(found: dict[str, Dataset]) -> None:
    pet, owner = found["pet"], found["owner"]
    assert (owner.key, pet.key) == (("region", "id"), ("id",))
    wanted = Reference(("owner_region", "owner_id"), owner.uri, ("region", "id"))
    assert (pet.references, owner.references) == ((wanted,), ())
    assert set(pet.indexed) >= {"id", "born"}
    assert "note" not in pet.indexed
    assert "id" not in owner.indexed


def views(url: str, joined: str = "?") -> None:
    """Listed, skipped unless asked for, and then sampled and read like tables."""
    with Sql(url) as connector:
        assert "?views=1" in find(connector, "named").skip
    with Sql(f"{url}{joined}views=1") as connector:
        named = find(connector, "named")
        assert (named.kind, named.skip, [c.name for c in named.columns]) == (
            "view",
            "",
            ["id", "name"],
        )
        for rows in (7, 1_000, None):
            assert table(connector, named, rows=rows).num_rows == min(rows or 30, 30)


@pytest.fixture(scope="module")
def pg(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        run(
            url,
            *TABLES,
            "CREATE ROLE clerk",
            "CREATE ROLE intern",
            "GRANT SELECT ON pet TO clerk, intern",
            "GRANT UPDATE ON owner TO clerk",
            "CREATE TABLE open_to_all (id int)",
            "GRANT SELECT ON open_to_all TO PUBLIC",
            "CREATE SCHEMA shut",
            "CREATE TABLE shut.in_vain (id int)",
            "GRANT SELECT ON shut.in_vain TO PUBLIC",
            "CREATE TABLE shut.referring (id int REFERENCES pet)",
            "CREATE TABLE days (day date, note text) PARTITION BY RANGE (day)",
            *(
                f"CREATE TABLE d{y} PARTITION OF days "
                f"FOR VALUES FROM ('{y}-01-01') TO ('{y + 1}-01-01') PARTITION BY RANGE (day)"
                for y in (2001, 2002, 2003)
            ),
            *(
                f"CREATE TABLE d{y}_{h} PARTITION OF d{y} FOR VALUES FROM ('{y}-{a}') TO ('{b}')"
                for y in (2001, 2002, 2003)
                for h, a, b in ((1, "01-01", f"{y}-07-01"), (2, "07-01", f"{y + 1}-01-01"))
            ),
            "INSERT INTO days SELECT '2001-01-01'::date + i % 1000, repeat('x', 300) "
            "FROM generate_series(1, 20000) i",
            "ANALYZE days",
        )
        yield url
        run(url, "DROP OWNED BY clerk, intern", "DROP ROLE clerk", "DROP ROLE intern")


def test_postgresql_in_few_questions(pg: sa.URL) -> None:
    with Sql(plain(pg)) as connector, statements(connector) as asked:
        found = {d.name: d for d in connector.datasets()}
    assert len(asked) < 15
    declared(found)
    assert found["referring"].references == (Reference(("id",), found["pet"].uri, ("id",)),)
    assert set(found) == {
        *("owner", "pet", "named", "open_to_all", "in_vain", "referring", "days"),
    }
    assert found["days"].rows == 20_000
    assert found["pet"].access == Access(everyone=False, roles=3)
    assert found["owner"].access == Access(everyone=False, roles=1)
    assert found["open_to_all"].access.everyone
    assert not found["in_vain"].access.everyone


def test_postgresql_before_version_12_and_10_is_asked_less(
    pg: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (110_000, 90_400):
        monkeypatch.setattr(
            "connectors.sql.postgresql_catalogue.version", lambda _, n=number: (n, "PostgreSQL")
        )
        with Sql(plain(pg)) as connector:
            found = {d.name: d for d in connector.datasets()}
        declared(found)
        assert ("d2001_1" in found) == (number < 100_000)


def test_a_server_without_tablesample_is_sampled_all_the_same(
    pg: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.postgresql.version", lambda _: (90_204, "openGauss"))
    reading = Reading()
    with Sql(plain(pg)) as connector:
        assert table(connector, "days", reading, rows=50).num_rows == 50
    assert reading.how == "drawn from every row in turn (seed 0)"


@pytest.mark.parametrize("scan_bytes", [0, 64 << 20])
def test_the_oldest_and_the_newest_partition_are_sampled(pg: sa.URL, scan_bytes: int) -> None:
    with Sql(plain(pg), scan_bytes=scan_bytes) as connector:
        days = [d for d in table(connector, "days", rows=500)["day"].to_pylist() if d]
    assert min(days) < "2001-04"
    assert max(days) > "2003-07"


def test_postgresql_views(pg: sa.URL) -> None:
    views(plain(pg))


def test_postgresql_safeguards(pg: sa.URL) -> None:
    with Sql(plain(pg)) as connector:
        said = connector.safeguards()
    assert (said.transit, said.at_rest) == (False, None)
    assert "ask who runs it" in said.at_rest_note


@pytest.fixture(scope="module")
def my(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        run(
            url,
            *TABLES,
            "CREATE TABLE cold (id INT) ENCRYPTED=NO",
            "CREATE USER clerk, intern@'192.0.2.%'",
            f"GRANT SELECT ON {url.database}.pet TO clerk, intern@'192.0.2.%'",
            f"GRANT UPDATE ON {url.database}.owner TO clerk",
            f"CREATE TABLE days (day DATE, n INT, KEY (day)) PARTITION BY RANGE (YEAR(day)) ("
            f"{', '.join(f'PARTITION p{y} VALUES LESS THAN ({y})' for y in range(2001, 2005))})",
            "INSERT INTO days SELECT '2001-01-01' + INTERVAL seq % 1000 DAY, seq "
            "FROM seq_1_to_20000",
        )
        yield url
        run(url, "DROP USER clerk, intern@'192.0.2.%'")


def test_mariadb_in_few_questions(my: sa.URL) -> None:
    with Sql(plain(my)) as connector, statements(connector) as asked:
        found = {d.name: d for d in connector.datasets()}
    assert len(asked) < 20
    declared(found)
    assert set(found) == {"owner", "pet", "named", "cold", "days"}
    assert found["cold"].encrypted is False
    assert found["pet"].encrypted is False
    alone = found["owner"].access.roles or 0
    assert found["pet"].access == Access(everyone=False, roles=alone + 2)
    assert found["owner"].modified is not None


def test_grants_of_others_are_not_seen_by_everybody(my: sa.URL) -> None:
    with Sql(plain(my.set(username="clerk", password=""))) as connector:
        assert find(connector, "pet").access == Access()


def test_patterns_of_databases_in_grants() -> None:
    grants = Grants(
        [
            ("'a'@'%'", "shop%", None),
            ("'b'@'%'", r"shop\_1", None),
            ("''@'localhost'", "open", None),
            ("'c'@'%'", "shop_1", "t"),
            ("'root'@'%'", None, None),
        ]
    )
    assert grants.of(("shop_1", "t")) == Access(everyone=False, roles=4)
    assert grants.of(("shopX1", "t")) == Access(everyone=False, roles=2)
    assert grants.of(("open", "t")) == Access(everyone=True, roles=1)


def test_references_to_another_database_name_it_from_the_server(mariadb: str) -> None:
    with database(mariadb) as one, database(mariadb) as two:
        run(one, "CREATE TABLE a (id INT PRIMARY KEY)")
        run(two, f"CREATE TABLE b (id INT, FOREIGN KEY (id) REFERENCES {one.database}.a (id))")
        with Sql(plain(one)) as connector:
            target = find(connector, "a").uri
        with Sql(plain(two)) as connector:
            (reference,) = find(connector, "b").references
        run(two, "DROP TABLE b")
    assert reference == Reference(("id",), target, ("id",))


def test_mariadb_views(my: sa.URL) -> None:
    views(plain(my))


def test_mariadb_safeguards(my: sa.URL) -> None:
    with Sql(plain(my)) as connector:
        said = connector.safeguards()
    assert (said.transit, said.at_rest) == (False, False)
    assert said.at_rest_note == "innodb_encrypt_log=OFF, innodb_encrypt_tables=OFF"


def test_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "pets.db"
    with sqlite3.connect(path) as file:
        for statement in (*TABLES, "CREATE VIEW torn AS SELECT x FROM nowhere"):
            file.execute(statement)
        file.execute("CREATE TABLE short (id INTEGER PRIMARY KEY, pet INT REFERENCES pet)")
    file.close()
    with Sql(f"sqlite://{path}") as connector:
        found = {d.name: d for d in connector.datasets()}
        assert connector.safeguards().transit is None
    declared(found)
    assert found["short"].references == (Reference(("pet",), found["pet"].uri, ("id",)),)
    assert found["short"].indexed == ("id",)
    views(f"sqlite://{path}")
