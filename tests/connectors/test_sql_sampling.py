"""Samples are even over where rows lie and over what they hold, whatever the table looks like."""

import math
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from connectors.base import Reading, Slice, UnreadableData
from connectors.sql.base import Sql
from connectors.sql.places import Places, raw, times, words
from tests.connectors.sql_tables import database, find, plain, run, table

ROWS = 40_000
PARTS = 20
SEEDS = range(3)

# Tables of a column `n` that counts the rows 0, 1, 2 ... in the order in which they lie.
PG_TABLES = {
    "gaps": "SELECT i * 1000 + (i / 20000) * 900000000 AS id, i AS n, 'x' AS t",
    "clustered": "SELECT i / 1000 AS id, i AS n, repeat('x', (i / 4000) * 40) AS t",
    "holes": "SELECT i AS id, i / 5 AS n, repeat('x', 50) AS t",
    "bloat": "SELECT i AS id, i / 20 AS n, repeat('x', 50) AS t",
}
MY_TABLES = {
    "hashed": ("CHAR(32) PRIMARY KEY", "md5(seq)"),
    "uuids": ("CHAR(36) PRIMARY KEY", "insert(insert(md5(seq), 9, 0, '-'), 14, 0, '-')"),
    "numbered": ("VARCHAR(20) PRIMARY KEY", "concat('ORD', lpad(seq * 7, 12, '0'))"),
    "upper": ("VARCHAR(40) COLLATE utf8mb4_bin PRIMARY KEY", "upper(md5(seq))"),
    "bytes": ("BINARY(16) PRIMARY KEY", "unhex(md5(seq))"),
    "moments": ("DATETIME NOT NULL, KEY (id)", "'2001-01-01' + INTERVAL seq * 61 SECOND"),
    "days": ("DATE, KEY (id)", "'1990-01-01' + INTERVAL seq DIV 10 DAY"),
    "repeated": ("INT NOT NULL, KEY (id)", "seq DIV 10"),
}
NOT_BY_INDEX = {
    "bare": ("INT", "seq"),
    "han": ("VARCHAR(20), KEY (id)", "concat(char(0xe4b880 + seq % 60 using utf8mb4), seq)"),
    "mixed": ("VARCHAR(40) COLLATE utf8mb4_bin, KEY (id)", "to_base64(unhex(md5(seq)))"),
    "few": ("INT NOT NULL, KEY (id)", "seq % 5"),
    "piled": ("INT NOT NULL, KEY (id)", "IF(seq < 20000, 7, seq)"),
}


@pytest.fixture(scope="module")
def pg(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        for name, select in PG_TABLES.items():
            more = 20 if name == "bloat" else 5 if name == "holes" else 1
            series = f"FROM generate_series(0, {ROWS * more - 1}) i"
            run(url, f"CREATE UNLOGGED TABLE {name} AS {select} {series}")
        run(
            url,
            "DELETE FROM bloat WHERE id % 20 <> 0",
            "DELETE FROM holes WHERE id % 5 <> 0",
            "CREATE UNLOGGED TABLE log (id int PRIMARY KEY, at timestamp, seen date, note text)",
            """INSERT INTO log SELECT i, '2001-01-01'::timestamp + i * interval '1 hour',
            '2001-01-01'::date + i / 24, 'x' FROM generate_series(0, 19999) i""",
            "INSERT INTO log VALUES (-1, 'infinity', '-infinity'), (-2, NULL, NULL)",
            "CREATE INDEX ON log (at)",
        )
        yield url


@pytest.fixture(scope="module")
def my(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        run(url, f"CREATE TABLE seqs AS SELECT seq FROM seq_0_to_{ROWS - 1}")
        for name, (kind, value) in (MY_TABLES | NOT_BY_INDEX).items():
            run(
                url,
                f"CREATE TABLE {name} (n INT, id {kind})",
                f"INSERT INTO {name} SELECT seq, {value} FROM seqs",
                f"ANALYZE TABLE {name}",
            )
        run(
            url,
            "SET sql_mode = ''",
            "CREATE TABLE log (id INT PRIMARY KEY, at DATETIME, seen DATE, note TEXT, KEY (at))",
            """INSERT INTO log SELECT seq, '2001-01-01' + INTERVAL seq HOUR,
            '2001-01-01' + INTERVAL seq DIV 24 DAY, 'x' FROM seq_0_to_19999""",
            "INSERT INTO log VALUES (-1, 0, 0, ''), (-2, NULL, NULL, '')",
        )
        yield url


def uneven(numbers: list[int]) -> float:
    """Chi-square of the rows over the parts of the table, in units of its own deviation.

    About three rows come from one stretch or page, and count as one.
    """
    fair = len(numbers) / PARTS
    counts = [0] * PARTS
    for number in numbers:
        counts[number * PARTS // ROWS] += 1
    chi = sum((count - fair) ** 2 for count in counts) / fair / 3
    return (chi - (PARTS - 1)) / math.sqrt(2 * (PARTS - 1))


def farthest(numbers: list[int]) -> float:
    """Kolmogorov's distance from an even draw, times the root of how many there are."""
    ordered = sorted(numbers)
    size = len(ordered)
    far = max(abs((i + 1) / size - (n + 1) / ROWS) for i, n in enumerate(ordered))
    return far * math.sqrt(size)


def even(url: sa.URL, name: str, scan_bytes: int, word: str) -> None:
    """The same table sampled by several seeds: no part is favoured, and no row comes twice."""
    together: list[int] = []
    with Sql(plain(url), scan_bytes=scan_bytes) as connector:
        dataset = find(connector, name)
        for seed in SEEDS:
            reading = Reading()
            drawn = table(connector, dataset, reading, rows=1_000, seed=seed)
            assert word in reading.how, reading.how
            numbers = [int(n) for n in drawn["n"].to_pylist()]
            assert len(set(numbers)) == 1_000
            assert max(numbers) > ROWS * 0.98
            together += numbers
    assert uneven(together) < 4
    assert farthest(together) < 3.2


@pytest.mark.parametrize("name", PG_TABLES)
@pytest.mark.parametrize(("scan_bytes", "word"), [(0, "SYSTEM"), (1 << 30, "BERNOULLI")])
def test_postgresql_is_sampled_evenly(pg: sa.URL, name: str, scan_bytes: int, word: str) -> None:
    even(pg, name, scan_bytes, word)


@pytest.mark.parametrize("name", MY_TABLES)
def test_mariadb_is_sampled_evenly_by_any_index(my: sa.URL, name: str) -> None:
    even(my, name, 0, "random ranges of id")


@pytest.mark.parametrize("name", NOT_BY_INDEX)
def test_where_no_index_helps_the_table_is_read(my: sa.URL, name: str) -> None:
    even(my, name, 0, "RAND(")


def test_a_sample_by_index_costs_few_rows(my: sa.URL) -> None:
    """Counted by the server: rows that its storage engine was asked for."""
    count = "SELECT sum(variable_value) FROM information_schema.session_status WHERE variable_name"
    count += " IN ('Handler_read_next', 'Handler_read_rnd_next', 'Handler_read_prev')"
    with Sql(plain(my), scan_bytes=0) as connector:
        for name, most in (("hashed", ROWS // 4), ("bare", None)):
            dataset = find(connector, name)
            with connector._reading("here") as connection:
                before = connection.exec_driver_sql(count).scalar_one()
            table(connector, dataset, rows=500)
            with connector._reading("here") as connection:
                read = connection.exec_driver_sql(count).scalar_one() - before
            assert (read < most) if most else (read >= ROWS), read


def test_no_stretch_is_missed_and_none_overlap() -> None:
    cuts: list[tuple[Places | None, type]] = [
        (Places(-5, 99_999, str), int),
        (times("2001-01-01", "2003-07-01 12:00:00"), str),
        (words(["ORD000", "ORD999", "ORD123"]), str),
        (words(["0a", "fF".lower(), "99"]), str),
        (words(["AB12", "AZ99", "AC00"]), str),
        (raw(b"\0\1", b"\0\xff\xff"), str),
    ]
    for places, kind in cuts:
        assert places is not None
        parts = min(places.most, 100)
        found = [kind(places.at(part, parts).strip("'")) for part in range(parts)]
        assert found == sorted(set(found))


@pytest.mark.parametrize(
    "seen", [["甲1", "甲9"], ["aB", "bA"], ["a'1", "a'9"], ["x", "x"], ["", ""]]
)
def test_values_of_uncertain_order_are_not_cut(seen: list[str]) -> None:
    assert words(seen) is None


@pytest.fixture(params=["pg", "my"])
def either(request: pytest.FixtureRequest) -> sa.URL:
    url: sa.URL = request.getfixturevalue(request.param)
    return url


@pytest.mark.parametrize(("column", "unit"), [("at", 1), ("id", 1), ("seen", 24)])
def test_slices(either: sa.URL, column: str, unit: int) -> None:
    """The oldest, the newest and the middle; what is null, infinite or no date is no time."""
    with Sql(plain(either)) as connector:
        log = find(connector, "log")
        assert {"id", "at", "seen"} <= set(connector.sliceable(log))
        for at, first in (("oldest", 0), ("middle", 10_000), ("newest", 19_951)):
            reading = Reading()
            where = Slice(column, at)  # type: ignore[arg-type]
            got = table(connector, log, reading, rows=48, slice=where)
            ids = sorted(int(i) for i in got["id"].to_pylist())
            assert reading.how == f"the {at} rows by {column}"
            assert len(ids) == 48
            assert abs(ids[0] - first) <= 24 + unit
            assert got.column_names == ["id", "at", "seen", "note"]
        narrow = table(connector, log, rows=5, columns=("id",), slice=Slice("at", "newest"))
        assert narrow.column_names == ["id"]


def test_slices_that_would_read_the_table_through_are_refused(either: sa.URL) -> None:
    with Sql(plain(either), scan_bytes=0) as connector:
        log = find(connector, "log")
        assert set(connector.sliceable(log)) == {"id", "at"}
        assert table(connector, log, rows=5, slice=Slice("at", "newest")).num_rows == 5
        for column in ("seen", "note", "nonesuch"):
            with pytest.raises(UnreadableData, match="has no index"):
                table(connector, log, rows=5, slice=Slice(column, "newest"))
