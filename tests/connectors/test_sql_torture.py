"""Every type there is, read as Arrow and through Python objects: the same cells, none lost."""

import math
from collections.abc import Iterator

import pyarrow as pa
import pytest
import sqlalchemy as sa

from connectors.base import Reading
from connectors.sql.base import Sql
from tests.connectors.sql_tables import database, find, plain, run, table

PG_VALUES = {
    "bool": ["true", "false"],
    "int2": ["-32768", "32767"],
    "int8": ["-9223372036854775808", "13800000000"],
    "float4": ["NaN", "-Infinity", "1e-30", "13800000000"],
    "float8": ["NaN", "Infinity", "-0", "1e300", "110105190001010011", "0.1"],
    "numeric": ["NaN", "Infinity", "1" * 60 + "." + "7" * 40, "0.00"],
    "numeric(20, 2)": ["110105190001010011.50"],
    "money": ["-12.50"],
    "text": ["", "甲\U0001f600\U0010ffff", "a\\b\tc\nd", "\x01", "x" * 70_000],
    "char(5)": ["ab"],
    "varchar(9)": ["％"],
    '"char"': ["c"],
    "name": ["n"],
    "bytea": ["\\x", "\\x00ff00", "\\xffd8ff"],
    "date": ["infinity", "-infinity", "4713-01-01 BC", "5874897-12-31"],
    "timestamp": ["infinity", "4713-01-01 BC", "294276-12-31 23:59:59.999999"],
    "timestamptz": ["-infinity", "2020-01-01 00:00:00.000001+08"],
    "time": ["24:00:00"],
    "timetz": ["00:00:00+15:59"],
    "interval": ["-1 year 2 mons -3 days 04:05:06.7", "178000000 years"],
    "uuid": ["00000000-0000-0000-0000-000000000001"],
    "json": ['{"k": "甲", "k": 1}', "null"],
    "jsonb": ['{"b": [1, 2.50]}'],
    "jsonpath": ["$.a[*]"],
    "xml": ["<a>甲</a>", "plain"],
    "inet": ["192.0.2.1", "2001:db8::1/64"],
    "cidr": ["192.0.2.0/24"],
    "macaddr": ["00:00:5e:00:53:01"],
    "macaddr8": ["00:00:5e:ff:fe:00:53:01"],
    "bit(3)": ["101"],
    "varbit": ["", "10101"],
    "point": ["(1,2)"],
    "line": ["{1,2,3}"],
    "lseg": ["[(1,2),(3,4)]"],
    "box": ["(3,4),(1,2)"],
    "path": ["[(1,2),(3,4)]"],
    "polygon": ["((1,2),(3,4))"],
    "circle": ["<(1,2),3>"],
    "tsvector": ["'a':1 'b':2"],
    "tsquery": ["'a' & 'b'"],
    "int4range": ["[1,5)", "empty"],
    "tstzrange": ["[2020-01-01 00:00+00,infinity)"],
    "nummultirange": ["{[1,2),[3,)}"],
    "text[]": ['{甲,"b c",NULL,""}', "{}"],
    "int8[]": ["{{13800000000,2},{3,4}}"],
    "mood": ["sad"],
    "mood[]": ["{sad,glad}"],
    "pair": ['(1,"甲 ,""")'],
    "pair[]": ['{"(1,a)"}'],
    "adult": ["42"],
    "words": ["{a,b}"],
    "oid": ["1"],
    "regclass": ["pg_class"],
    "pg_lsn": ["0/1"],
    "xid": ["3"],
    "tid": ["(0,1)"],
    "oidvector": ["1 2"],
    "txid_snapshot": ["10:20:10,14"],
}
MY_VALUES = {
    "BIGINT UNSIGNED": ["18446744073709551615"],
    "BIGINT": ["-9223372036854775808", "13800000000"],
    "TINYINT(1)": ["1", "-128"],
    "INT(8) ZEROFILL": ["42"],
    "DECIMAL(65, 30)": ["1" * 35 + "." + "7" * 30],
    "DOUBLE": ["1.7e308", "-0.0", "110105190001010016", "0.1"],
    "FLOAT": ["3.4e38", "1.5", "1e-30"],
    "DATE": ["'0000-00-00'", "'9999-12-31'", "'2020-00-31'"],
    "DATETIME(6)": ["'0000-00-00'", "'1900-02-00 00:00:00.000001'"],
    "TIMESTAMP(3) NULL": ["0", "'2020-01-01 00:00:00.123'"],
    "TIME(2)": ["'-838:59:59'", "'838:59:58.99'", "'-00:00:01'"],
    "YEAR": ["0", "2155"],
    "BIT(1)": ["b'1'"],
    "BIT(64)": ["0xFFFFFFFFFFFFFFFF"],
    "ENUM('甲', '乙', '')": ["'乙'", "''", "'nonesuch'"],
    "SET('a', 'b')": ["'a,b'", "''"],
    "JSON": ['\'{"k": "甲"}\''],
    "UUID": ["'00000000-0000-0000-0000-000000000001'"],
    "INET6": ["'2001:db8::1'"],
    "INET4": ["'192.0.2.1'"],
    "LONGBLOB": ["x'ffd8ff'", "''", "repeat(x'00', 70000)"],
    "BINARY(4)": ["x'00'"],
    "VARBINARY(20)": ["x'00ff00'"],
    "CHAR(5)": ["'ab '"],
    "VARCHAR(70000)": ["''", "repeat('x', 250)", "repeat('x', 251)", "repeat('x', 65535)"],
    "LONGTEXT": ["'\x01\\\\\n'", "repeat('长', 22000)", "repeat('😀', 70000)"],
    "VARCHAR(9) CHARACTER SET gbk": ["'张'"],
    "VARCHAR(9) CHARACTER SET gb2312": ["'张'"],
    "VARCHAR(9) CHARACTER SET big5": ["'張'"],
    "VARCHAR(9) CHARACTER SET latin1": ["'é'", "x'c2'"],
    "VARCHAR(9) CHARACTER SET utf16": ["'😀'"],
    "VARCHAR(9) CHARACTER SET ucs2": ["'张'"],
    "VARCHAR(9) CHARACTER SET binary": ["x'ff00'"],
    "TEXT CHARACTER SET utf8mb3": ["'张'"],
    "POINT": ["ST_PointFromText('POINT(1 2)')"],
    "POLYGON": ["ST_PolyFromText('POLYGON((0 0,0 1,1 1,0 0))')"],
    "GEOMETRYCOLLECTION": ["ST_GeomCollFromText('GEOMETRYCOLLECTION(POINT(1 2))')"],
}
GRINS = ", ".join(["repeat(_utf8mb4 x'f09f9880', 65536)"] * 70)  # more than 16 MB


@pytest.fixture(scope="module")
def pg(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        columns = ", ".join(f'"c{i}" {kind}' for i, kind in enumerate(PG_VALUES))
        most = max(map(len, PG_VALUES.values()))
        rows = [
            ", ".join(
                f"'{v[i].replace(chr(39), chr(39) * 2)}'::{kind}" if i < len(v) else "NULL"
                for kind, v in PG_VALUES.items()
            )
            for i in range(most)
        ]
        run(
            url,
            "CREATE TYPE mood AS ENUM ('glad', 'sad')",
            "CREATE TYPE pair AS (a int, b text)",
            "CREATE DOMAIN adult AS int CHECK (value >= 18)",
            "CREATE DOMAIN words AS text[]",
            f"CREATE TABLE types ({columns})",
            *(f"INSERT INTO types VALUES ({row})" for row in rows),
            "CREATE TABLE broad (" + ", ".join(f"c{i} text" for i in range(1_599)) + ")",
            "INSERT INTO broad (c0, c1598) SELECT i::text, '尾' FROM generate_series(1, 50) i",
            """CREATE TABLE made (id int GENERATED ALWAYS AS IDENTITY, gone text,
            twice int GENERATED ALWAYS AS (3 * 2) STORED, "a""b %(x)s 100% :y" text)""",
            'INSERT INTO made ("a""b %(x)s 100% :y") VALUES (\'%s :z\'), (NULL)',
            "ALTER TABLE made DROP COLUMN gone",
            "CREATE TABLE none_at_all (i int, b bytea)",
        )  # fmt: skip
        yield url


@pytest.fixture(scope="module")
def my(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        columns = ", ".join(f"c{i} {kind}" for i, kind in enumerate(MY_VALUES))
        most = max(map(len, MY_VALUES.values()))
        narrow = ", ".join(f"c{i} SMALLINT" for i in range(1_016))
        rows = [
            ", ".join(v[i] if i < len(v) else "NULL" for v in MY_VALUES.values())
            for i in range(most)
        ]
        run(
            url,
            "SET sql_mode = ''",
            f"CREATE TABLE types ({columns})",
            *(f"INSERT INTO types VALUES ({row})" for row in rows),
            f"CREATE TABLE broad ({narrow}, c1016 TEXT)",
            "INSERT INTO broad (c0, c1016) SELECT seq, '尾' FROM seq_1_to_50",
            """CREATE TABLE made (id INT PRIMARY KEY, v INT AS (id * 2) VIRTUAL,
            s INT AS (id * 3) STORED, hidden VARCHAR(9) INVISIBLE DEFAULT '藏',
            `a``b %(x)s 100% :y` TEXT) WITH SYSTEM VERSIONING""",
            "INSERT INTO made (id, `a``b %(x)s 100% :y`) VALUES (1, '%s :z'), (2, NULL)",
            "CREATE TABLE none_at_all (i INT, b BLOB)",
            "CREATE TABLE huge (" + ", ".join(f"c{i} LONGTEXT" for i in range(70)) + ")",
            "INSERT INTO huge (c0) VALUES ('before')",
            f"INSERT INTO huge VALUES ({GRINS})",
            "INSERT INTO huge (c0) VALUES ('after')",
        )  # fmt: skip
        yield url


def both(url: sa.URL, name: str, rows: int | None) -> tuple[pa.Table, pa.Table, str]:
    """The table as Arrow, the same through Python objects, and how the first was read."""
    reading = Reading()
    with Sql(plain(url)) as quick, Sql(plain(url) + "?arrow=0") as slow:
        return (
            table(quick, name, reading, rows=rows),
            table(slow, find(slow, name), rows=rows),
            reading.how,
        )


@pytest.mark.parametrize("name", ["types", "broad", "made", "none_at_all"])
def test_postgresql_both_ways(pg: sa.URL, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.sql.postgresql_bulk.LEAST_BYTES", 0)
    quick, slow, how = both(pg, name, None)
    assert how == "all rows, through ADBC"
    assert quick.schema.equals(slow.schema, check_metadata=True)
    assert quick.to_pydict() == slow.to_pydict()


@pytest.mark.parametrize("name", ["types", "broad", "made", "none_at_all", "huge"])
@pytest.mark.parametrize("rows", [None, 100])
def test_mariadb_both_ways(my: sa.URL, name: str, rows: int | None) -> None:
    quick, slow, _ = both(my, name, rows)
    assert quick.schema.equals(slow.schema, check_metadata=True)
    assert quick.to_pydict() == slow.to_pydict()


def test_no_value_of_postgresql_is_lost(pg: sa.URL) -> None:
    with Sql(plain(pg)) as connector:
        got = table(connector, "types")
    for i, (kind, values) in enumerate(PG_VALUES.items()):
        filled = [v for v in got[f"c{i}"].to_pylist() if v is not None]
        assert len(filled) == len(values), kind
    assert got["c8"].to_pylist()[4] == "x" * 65_536


def test_no_value_of_mariadb_is_lost(my: sa.URL) -> None:
    with Sql(plain(my)) as connector:
        got = table(connector, "types")
        made = table(connector, "made")
        huge = table(connector, "huge")
    for i, (kind, values) in enumerate(MY_VALUES.items()):
        filled = [v for v in got[f"c{i}"].to_pylist() if v is not None]
        assert len(filled) == len(values), kind
    assert made["hidden"].to_pylist() == ["藏", "藏"]
    assert (made["v"].to_pylist(), made["s"].to_pylist()) == (["2", "4"], ["3", "6"])
    assert [len(c.to_pylist()[1]) for c in huge.columns] == [65_536] * 70
    assert sum(c.nbytes for c in huge.columns) > 1 << 24
    assert huge["c0"].to_pylist()[2] == "after"


def test_whole_numbers_kept_as_floats_are_read_as_such(pg: sa.URL, my: sa.URL) -> None:
    with Sql(plain(pg)) as one, Sql(plain(my)) as other:
        floats = table(one, "types")["c4"].to_pylist()
        doubles = table(other, "types")["c5"].to_pylist()
    assert floats[4] == "110105190001010011"[:-1] + "6" or math.isclose(float(floats[4]), 1.1e17)
    assert doubles[2] == "110105190001010016"
