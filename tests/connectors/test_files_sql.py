"""SQL dumps: every way in which rows are written, tables among many, cut and broken ones."""

import gzip
import sqlite3
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from connectors.base import Dataset, Reading, Sampling, UnreadableData, columns_of
from connectors.files import sql_scan
from connectors.files.base import Files
from connectors.files.sql_syntax import has_backslashes
from tests.connectors.contract import one_sentence, read

MYSQL = r"""-- MySQL dump 10.13  Distrib 8.0.36
/*!40101 SET NAMES utf8mb4 */;
DROP TABLE IF EXISTS `users`;
CREATE TABLE `users` (
  `id` int(11) NOT NULL AUTO_INCREMENT COMMENT '编号, it''s',
  `phone` varchar(20) CHARACTER SET utf8 DEFAULT NULL COMMENT '手机号(注册)', -- it's a note
  `kind` enum('a','b;c') DEFAULT 'a',
  `data` longblob,
  PRIMARY KEY (`id`),
  KEY `idx_phone` (`phone`)
) ENGINE=InnoDB COMMENT='用户';
LOCK TABLES `users` WRITE;
INSERT INTO `users` VALUES (1,'it\'s \\','a',0x6162),(2,NULL,'b;c',_binary 'a\0b'),
(3,'a;b),(','',NULL);
INSERT INTO `users` VALUES (4,'line\nbreak','a',0xFF00);
INSERT INTO `users` VALUES (5,'two ''marks''','a',X'6364');
INSERT INTO `users` (`phone`, `id`) VALUES ('q', 6) ON DUPLICATE KEY UPDATE phone=VALUES(phone);
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW BEGIN
INSERT INTO users VALUES (99,'no','a',NULL);
END ;;
DELIMITER ;
INSERT IGNORE INTO users(id,phone) VALUES (7,"say \"x\"");
REPLACE INTO users (id, phone) VALUES (8, CONCAT('a', 'b')) , (9, -1.50);
"""
MYSQL_ROWS = [
    {"id": "1", "phone": "it's \\", "kind": "a", "data": "ab"},
    {"id": "2", "phone": None, "kind": "b;c", "data": "ab"},
    {"id": "3", "phone": "a;b),(", "kind": "", "data": None},
    {"id": "4", "phone": "line\nbreak", "kind": "a", "data": "0xFF00"},
    {"id": "5", "phone": "two 'marks'", "kind": "a", "data": "cd"},
    {"id": "6", "phone": "q", "kind": None, "data": None},
    {"id": "7", "phone": 'say "x"', "kind": None, "data": None},
    {"id": "8", "phone": "CONCAT('a', 'b')", "kind": None, "data": None},
    {"id": "9", "phone": "-1.50", "kind": None, "data": None},
]
POSTGRES = r"""--
-- PostgreSQL database dump
--
\restrict made-up
SET standard_conforming_strings = on;
CREATE FUNCTION public.f() RETURNS void LANGUAGE sql AS $body$
INSERT INTO public.people VALUES (99, 'no', '');
$body$;
CREATE TABLE public.people (
    id integer NOT NULL,
    "姓名" character varying(50) DEFAULT 'x,y'::character varying,
    note text,
    CONSTRAINT people_pk PRIMARY KEY (id)
);
COMMENT ON TABLE public.people IS '人员';
COMMENT ON COLUMN public.people."姓名" IS '客户''姓名';
COPY public.people (id, "姓名", note) FROM stdin;
1	甲	tab\there
2	\N	back\\slash; INSERT INTO x VALUES (1)
3	乙	\x41\102

\.
INSERT INTO public.people VALUES (4, 'C:\', E'it\'s'), (5, '多
行', 'x');
COPY public.empty (a, b) FROM stdin;
\.
"""
SERVER = """USE [shop]
GO
SET ANSI_NULLS ON
GO
CREATE TABLE [dbo].[Users](
\t[Id] [int] IDENTITY(1,1) NOT NULL,
\t[Phone] [nvarchar](50) NULL,
\t[Made] [datetime] NULL,
 CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC) ON [PRIMARY]
) ON [PRIMARY]
GO
SET IDENTITY_INSERT [dbo].[Users] ON
INSERT [dbo].[Users] ([Id], [Phone], [Made]) VALUES (1, N'甲;''', CAST(N'1904-01-02' AS DateTime))
INSERT [dbo].[Users] ([Id], [Phone], [Made]) VALUES (2, NULL, NULL)
GO
INSERT [dbo].[Users] ([Id], [Phone], [Made]) VALUES (3, N'乙', NULL)
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'手机号' , @level0type=N'SCHEMA',\
@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Users', @level2type=N'COLUMN',\
@level2name=N'Phone'
GO
"""
ORACLE = """prompt Loading EMP...
set define off
create table EMP
(
  id    NUMBER(10) not null,
  name  VARCHAR2(20 CHAR) default 'x',
  born  DATE
)
;
comment on column EMP.name is '姓名';
insert into EMP (ID, NAME, BORN)
values (1, q'[it's ] (x]', to_date('02-01-1904', 'dd-mm-yyyy'));
insert into EMP (ID, NAME, BORN)
values (2, 'C:\\', null);
commit;
INSERT INTO "HR"."EMP"("ID", "NAME") VALUES ('3', TO_CHAR(UPPER(TRIM('z'))));
INSERT ALL
  INTO EMP (ID, NAME) VALUES (4, 'a')
  INTO EMP (ID, NAME) VALUES (5, 'b')
SELECT * FROM dual;
prompt Done.
"""


def opened(path: Path, text: str, codec: str = "utf-8") -> dict[str, tuple[Files, Dataset]]:
    path.write_bytes(text.encode(codec))
    files = Files(str(path))
    return {d.name.removeprefix(path.name).lstrip("/"): (files, d) for d in files.datasets()}


def rows_of(path: Path, text: str, name: str, **sampling: Any) -> list[dict[str, Any]]:
    return read(*opened(path, text)[name], **({"rows": None} | sampling)).to_pylist()


class TestDialects:
    @pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "utf-8-sig"])
    def test_mysql(self, tmp_path: Path, codec: str) -> None:
        found = opened(tmp_path / "a.sql", MYSQL, codec)
        assert list(found) == ["users"]
        table = read(*found["users"], rows=None)
        assert table.to_pylist() == MYSQL_ROWS
        assert [(c.name, c.type, c.comment) for c in columns_of(table.schema)] == [
            ("id", "int(11)", "编号, it's"),
            ("phone", "varchar(20)", "手机号(注册)"),
            ("kind", "enum('a','b;c')", ""),
            ("data", "longblob", ""),
        ]
        assert found["users"][1].kind == "table"

    def test_postgresql(self, tmp_path: Path) -> None:
        found = opened(tmp_path / "a.dump", POSTGRES)
        assert list(found) == ["people", "empty"]
        table = read(*found["people"], rows=None)
        assert table.to_pylist() == [
            {"id": "1", "姓名": "甲", "note": "tab\there"},
            {"id": "2", "姓名": None, "note": "back\\slash; INSERT INTO x VALUES (1)"},
            {"id": "3", "姓名": "乙", "note": "AB"},
            {"id": "", "姓名": None, "note": None},
            {"id": "4", "姓名": "C:\\", "note": "it's"},
            {"id": "5", "姓名": "多\n行", "note": "x"},
        ]
        assert [(c.type, c.comment) for c in columns_of(table.schema)] == [
            ("integer", ""),
            ("character varying(50)", "客户'姓名"),
            ("text", ""),
        ]
        empty = read(*found["empty"], rows=None)
        assert (empty.num_rows, empty.column_names) == (0, ["a", "b"])

    @pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
    def test_sql_server(self, tmp_path: Path, codec: str) -> None:
        found = opened(tmp_path / "a.sql", SERVER, codec)
        table = read(*found["Users"], rows=None)
        assert table.to_pylist() == [
            {"Id": "1", "Phone": "甲;'", "Made": "CAST(N'1904-01-02' AS DateTime)"},
            {"Id": "2", "Phone": None, "Made": None},
            {"Id": "3", "Phone": "乙", "Made": None},
        ]
        assert [(c.type, c.comment) for c in columns_of(table.schema)] == [
            ("int", ""),
            ("nvarchar(50)", "手机号"),
            ("datetime", ""),
        ]

    def test_oracle(self, tmp_path: Path) -> None:
        found = opened(tmp_path / "a.sql", ORACLE)
        assert list(found) == ["EMP"]
        table = read(*found["EMP"], rows=None)
        assert table.to_pylist() == [
            {"id": "1", "name": "it's ] (x", "born": "to_date('02-01-1904', 'dd-mm-yyyy')"},
            {"id": "2", "name": "C:\\", "born": None},
            {"id": "3", "name": "TO_CHAR(UPPER(TRIM('z')))", "born": None},
            {"id": "4", "name": "a", "born": None},
            {"id": "5", "name": "b", "born": None},
        ]
        assert [(c.type, c.comment) for c in columns_of(table.schema)] == [
            ("NUMBER(10)", ""),
            ("VARCHAR2(20 CHAR)", "姓名"),
            ("DATE", ""),
        ]

    def test_sqlite_writes_its_own(self, tmp_path: Path) -> None:
        connection = sqlite3.connect(":memory:")
        connection.execute(
            'CREATE TABLE "客户 表" (id INTEGER PRIMARY KEY, "name" TEXT, raw BLOB, n)'
        )
        made = [(i, f"a'b\\{i}\nz;", bytes([255, i % 256]), None) for i in range(300)]
        connection.executemany('INSERT INTO "客户 表" VALUES (?, ?, ?, ?)', made)
        text = "PRAGMA foreign_keys=OFF;\n" + "\n".join(connection.iterdump())
        connection.close()
        rows = rows_of(tmp_path / "a.sql", text, "客户 表")
        assert [(int(r["id"]), r["name"]) for r in rows] == [(i, n) for i, n, _, _ in made]
        assert rows[7]["raw"] == "X'FF07'"

    def test_navicat(self, tmp_path: Path) -> None:
        values = [r"it\'s" if i % 7 == 0 else str(i) for i in range(1000)]
        lines = "".join(f"INSERT INTO `t` VALUES ({i}, '{v}');\n" for i, v in enumerate(values))
        head = "/*\n Navicat Premium Data Transfer\n it's\n*/\nCREATE TABLE `t`  (\n  `id` int,\n"
        text = head + "  `v` text\n);\n" + lines + "SET FOREIGN_KEY_CHECKS = 1;\n"
        rows = rows_of(tmp_path / "a.sql", text, "t")
        assert [int(r["id"]) for r in rows] == list(range(1000))
        assert (rows[0]["v"], rows[1]["v"]) == ("it's", "1")

    @pytest.mark.parametrize(
        ("head", "escapes"),
        [
            (b"-- MySQL dump", True),
            (b"CREATE TABLE `a`", True),
            (b"Source Server Type : Oracle\nTarget Server Type    : MYSQL\n", True),
            (b"/*\nTarget Server Type : SQLServer\n*/ MySQL `a`", False),
            (b"VALUES ('it\\'s')", True),
            (b"VALUES ('C:\\', 1)", False),
            (b"-- PostgreSQL database dump\n`", False),
            (b"INSERT [dbo].[a]", False),
            (b"", False),
        ],
    )
    def test_what_a_backslash_means(self, head: bytes, escapes: bool) -> None:
        assert has_backslashes(head) == escapes


class TestShapes:
    def test_names_of_columns_from_the_rows_alone(self, tmp_path: Path) -> None:
        text = "insert into t (b, a) values (1, 2);\ninsert into t (a, c) values (3, 4);\n"
        text += "insert into u values ('x', 'y');\n"
        found = opened(tmp_path / "a.sql", text)
        assert read(*found["t"]).to_pylist() == [
            {"b": "1", "a": "2", "c": None},
            {"b": None, "a": "3", "c": "4"},
        ]
        assert read(*found["u"]).to_pylist() == [{"column_1": "x", "column_2": "y"}]

    def test_comments_between_rows(self, tmp_path: Path) -> None:
        text = "INSERT INTO `t` VALUES (1, 'a'), -- it's (9, 'x'),\n /* (8, 'y'), */\n(2, 'b');\n"
        rows = rows_of(tmp_path / "a.sql", text, "t")
        assert [row["column_1"] for row in rows] == ["1", "2"]

    def test_schemas_tell_tables_of_one_name_apart(self, tmp_path: Path) -> None:
        text = "".join(
            f"USE `{name}`;\nCREATE TABLE `t` (`id` int);\nINSERT INTO `t` VALUES ({i});\n"
            for i, name in enumerate(("one", "two"))
        )
        found = opened(tmp_path / "a.sql", text)
        assert list(found) == ["one.t", "two.t"]
        assert [read(*d).to_pylist() for d in found.values()] == [[{"id": "0"}], [{"id": "1"}]]

    def test_a_script_without_tables_is_read_as_lines(self, tmp_path: Path) -> None:
        text = "SELECT 1;\nUPDATE t SET a = 'b';\n"
        ((files, dataset),) = opened(tmp_path / "a.sql", text).values()
        assert dataset.kind == "file"
        assert read(files, dataset)["line"].to_pylist() == text.splitlines()

    def test_rows_that_are_changed_elsewhere_are_told(self, tmp_path: Path) -> None:
        text = "CREATE TABLE t (a int);\nUPDATE t SET a = 'x;y';\nINSERT INTO t SELECT a FROM u;\n"
        reading = Reading()
        read(*opened(tmp_path / "a.sql", text)["t"], reading)
        said = "2 statements of the dump that change or copy rows were not read"
        assert reading.warnings == [said]

    def test_rows_of_the_wrong_width(self, tmp_path: Path) -> None:
        text = "CREATE TABLE t (a int, b int);\nINSERT INTO t VALUES (1), (1, 2, 3), (4, 5);\n"
        reading = Reading()
        table = read(*opened(tmp_path / "a.sql", text)["t"], reading)
        assert table.to_pydict() == {"a": ["1", "1", "4"], "b": [None, "2", "5"]}
        assert reading.warnings == ["some rows have more or fewer values than columns"]

    @pytest.mark.parametrize("ending", ["", ".gz"])
    def test_one_table_among_many_is_read_from_its_place(
        self, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In blocks far smaller than a statement, and one statement far larger than a block."""
        monkeypatch.setattr("connectors.files.sql_source._BLOCK", 1000)
        monkeypatch.setattr(sql_scan, "_AHEAD", 500)
        text = "-- MySQL dump\n"
        for table in range(20):
            text += f"CREATE TABLE `t{table}` (`id` int, `name` varchar(9));\n"
            many = ",".join(f"({i},'甲;\\'({i}')" for i in range(200))
            text += f"INSERT INTO `t{table}` VALUES {many};\n"
            text += "".join(f"INSERT INTO `t{table}` VALUES ({i},'乙');\n" for i in range(200, 300))
        path = tmp_path / f"a.sql{ending}"
        path.write_bytes(gzip.compress(text.encode()) if ending else text.encode())
        files = Files(str(path))
        datasets = list(files.datasets())
        assert [d.name for d in datasets] == [f"a.sql{ending}/t{i}" for i in range(20)]
        for dataset in reversed(datasets):
            table = read(files, dataset, rows=None)
            assert [int(v) for v in table["id"].to_pylist()] == list(range(300))
            assert table["name"][7].as_py() == "甲;'(7"

    def test_the_index_is_made_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[int] = []
        scan = sql_scan.Scan.index

        def counted(self: sql_scan.Scan) -> sql_scan.Index:
            made.append(1)
            return scan(self)

        monkeypatch.setattr(sql_scan.Scan, "index", counted)
        text = "".join(
            f"CREATE TABLE t{i} (a int);\nINSERT INTO t{i} VALUES (1);\n" for i in range(9)
        )
        found = opened(tmp_path / "a.sql", text)
        assert sum(read(*d).num_rows for d in found.values()) == 9
        assert len(made) == 1
        found = opened(tmp_path / "a.sql", text.replace("(1)", "(1),(2)"))
        assert sum(read(*d).num_rows for d in found.values()) == 18

    def test_long_values_are_cut(self, tmp_path: Path) -> None:
        long = "长\\'\\\\" * 60_000
        text = f"CREATE TABLE `t` (`a` text, `b` text);\nINSERT INTO `t` VALUES ('{long}', 'x');\n"
        for rows in (5, None):
            table = read(*opened(tmp_path / "a.sql", text)["t"], rows=rows, cell=10)
            assert table.to_pylist() == [{"a": "长'\\长'\\长'\\长", "b": "x"}]


CUT = [
    pytest.param("INSERT INTO t VALUES (1,'a'),(2,'b'),(3,'c", id="in a string"),
    pytest.param("INSERT INTO t VALUES (1,'a'),(2,'b'),(3,", id="in a row"),
    pytest.param("INSERT INTO t VALUES (1,'a'),(2,'b'),", id="between rows"),
    pytest.param("COPY t (id, v) FROM stdin;\n1\ta\n2\tb\n", id="in COPY"),
]


class TestBroken:
    @pytest.mark.parametrize("text", CUT)
    def test_what_was_read_is_given(self, tmp_path: Path, text: str) -> None:
        whole = "CREATE TABLE s (id int);\nINSERT INTO s VALUES (1);\n"
        whole += "CREATE TABLE t (id int, v text);\n"
        found = opened(tmp_path / "a.sql", whole + text)
        assert read(*found["s"]).num_rows == 1
        files, dataset = found["t"]
        for rows in (10, None):
            batches: list[pa.RecordBatch] = []
            with pytest.raises(UnreadableData, match="breaks off") as caught:
                batches.extend(files.batches(dataset, Sampling(rows=rows), Reading()))
            one_sentence(str(caught.value))
            assert pa.Table.from_batches(batches)["id"].to_pylist() == ["1", "2"]

    def test_a_gzip_file_that_breaks_off(self, tmp_path: Path) -> None:
        rows = "".join(f"INSERT INTO t VALUES ({i},'{hash(str(i))}');\n" for i in range(90_000))
        data = gzip.compress(("CREATE TABLE t (id int, v text);\n" + rows).encode(), 1)
        (tmp_path / "a.sql.gz").write_bytes(data[:-1000])
        files = Files(str(tmp_path))
        (dataset,) = files.datasets()
        batches: list[pa.RecordBatch] = []
        with pytest.raises(UnreadableData, match="cut-off gzip"):
            batches.extend(files.batches(dataset, Sampling(rows=None), Reading()))
        assert sum(batch.num_rows for batch in batches) > 10_000

    def test_one_damaged_statement_hides_no_other(self, tmp_path: Path) -> None:
        text = "CREATE TABLE t (id int, v text);\nINSERT INTO t VALUES (1, 'a';\n"
        text += (
            "INSERT INTO t VALUES (2, 'b');\nCREATE TABLE u (id int);\nINSERT INTO u VALUES (3);\n"
        )
        found = opened(tmp_path / "a.sql", text)
        assert read(*found["u"]).num_rows == 1
        files, dataset = found["t"]
        batches: list[pa.RecordBatch] = []
        with pytest.raises(UnreadableData, match="damaged"):
            batches.extend(files.batches(dataset, Sampling(), Reading()))
        assert pa.Table.from_batches(batches)["id"].to_pylist() == ["2"]

    @pytest.mark.parametrize(
        ("begin", "end"),
        [
            ("-- MySQL dump 10.13", "-- Dump completed on 2021-03-04"),
            ("-- PostgreSQL database dump", "-- PostgreSQL database dump complete"),
        ],
    )
    def test_one_cut_between_statements_is_told(self, tmp_path: Path, begin: str, end: str) -> None:
        text = f"{begin}\nCREATE TABLE a (id int);\nCREATE TABLE b (id int);\n"
        for whole in (True, False):
            found = opened(tmp_path / "a.sql", text + (end if whole else ""))
            for name, dataset in found.items():
                reading = Reading()
                read(*dataset, reading)
                assert len(reading.warnings) == (name == "b" and not whole)

    def test_one_cut_in_its_first_row(self, tmp_path: Path) -> None:
        text = "CREATE TABLE a (id int);\nINSERT INTO b VALUES ('x"
        found = opened(tmp_path / "a.sql", text)
        assert list(found) == ["a", "b"]
        with pytest.raises(UnreadableData, match="breaks off"):
            read(*found["b"])

    def test_a_damaged_description(self, tmp_path: Path) -> None:
        text = SERVER.replace("N'MS_Description'", "N'MS_Description") + "CREATE TABLE t (a int);\n"
        assert {"Users"} <= opened(tmp_path / "a.sql", text).keys()

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"PGDMP\x01\x0e" + bytes(99), "pg_restore"),
            (bytes(range(256)) * 9, "holds binary data"),
            (b"%PDF-1.4", "PDF|pdf"),
        ],
    )
    def test_what_is_no_text(self, tmp_path: Path, data: bytes, says: str) -> None:
        (tmp_path / "a.dump").write_bytes(data)
        files = Files(str(tmp_path))
        (dataset,) = files.datasets()
        with pytest.raises(UnreadableData, match=says) as caught:
            read(files, dataset)
        one_sentence(str(caught.value))

    def test_a_table_that_vanished(self, tmp_path: Path) -> None:
        found = opened(tmp_path / "a.sql", "CREATE TABLE t (id int);\n")
        opened(tmp_path / "a.sql", "CREATE TABLE other (id int);\n")
        with pytest.raises(UnreadableData, match="no table of that name"):
            read(*found["t"])
