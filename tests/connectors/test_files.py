"""The connector for files: the contract over every format, listing, and what bad input says."""

import gzip
import importlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from pyarrow import feather, orc

from connectors.base import (
    AccessDenied,
    ConnectorError,
    Dataset,
    Reading,
    Sampling,
    UnknownSource,
    UnreadableData,
)
from connectors.files.base import Files
from connectors.files.content import Content
from connectors.files.form import EXTENSIONS, FORMATS, has_reader
from tests.connectors.contract import ConnectorContract, ids, one_sentence, read
from tests.connectors.dbf_writer import write_dbf

ROWS = 2_000
MADE_UP = [(str(i), f"客户{i:05d}") for i in range(ROWS)]
JSON_LINES = "".join(json.dumps({"id": i, "name": n}) + "\n" for i, n in MADE_UP)
CSV = "id,name\n" + "".join(f"{i},{n}\n" for i, n in MADE_UP)


def workbook(path: Path, sheets: dict[str, list[list[Any]]]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


AVRO = {
    "type": "record",
    "name": "client",
    "fields": [{"name": "id", "type": "long"}, {"name": "name", "type": ["null", "string"]}],
}


def avro(path: Path, schema: Any, records: list[Any], codec: str = "deflate") -> None:
    with path.open("wb") as file:
        fastavro.writer(file, schema, records, codec, sync_interval=2_000)


# Datasets of `write_all` whose columns have names.
NAMED = [
    "a.csv",
    "b.tsv",
    "d.json",
    "e.parquet",
    "f.xlsx/客户",
    "h.csv.gz",
    "k.sql/t",
    "l.sql.gz/t",
    "m.html/table 1",
    "k.orc",
    "l.feather",
    "m.arrows",
    "n.avro",
    "o.txt",
    "p.dat",
    "q.xml",
    "r.yaml",
    "s.db/客户",
    "t.dbf",
    "子 目录/客户#1.jsonl",
]


def write_all(folder: Path) -> dict[str, int]:
    """A file of every format, each with the same rows; and how many each has."""
    (folder / "子 目录").mkdir(parents=True)
    (folder / "a.csv").write_text(CSV)
    (folder / "b.tsv").write_text(CSV.replace(",", "\t"))
    (folder / "子 目录/客户#1.jsonl").write_text(JSON_LINES)
    (folder / "d.json").write_text(json.dumps([{"id": r[0], "name": r[1]} for r in MADE_UP]))
    pq.write_table(
        pa.table({"id": range(ROWS), "name": [n for _, n in MADE_UP]}),
        folder / "e.parquet",
        row_group_size=300,
    )
    workbook(
        folder / "f.xlsx", {"客户": [["id", "name"], *map(list, MADE_UP)], "空": [["id", "name"]]}
    )
    typed = pa.table({"id": range(ROWS), "name": [n for _, n in MADE_UP]})
    orc.write_table(typed, folder / "k.orc")
    feather.write_feather(typed, folder / "l.feather")
    with pa.ipc.new_stream(folder / "m.arrows", typed.schema) as stream:
        stream.write_table(typed, max_chunksize=300)
    avro(folder / "n.avro", AVRO, [{"id": int(i), "name": n} for i, n in MADE_UP])
    (folder / "o.txt").write_text(CSV.replace(",", "|@|"))
    (folder / "p.dat").write_text(f"{'id':<8}name\n" + "".join(f"{i:<8}{n}\n" for i, n in MADE_UP))
    entries = "".join(f"<row><id>{i}</id><name>{n}</name></row>" for i, n in MADE_UP)
    (folder / "q.xml").write_text(f"<rows>{entries}</rows>")
    (folder / "r.yaml").write_text("".join(f"- id: {i}\n  name: {n}\n" for i, n in MADE_UP))
    write_dbf(folder / "t.dbf", [("id", "N", 10, 0), ("name", "C", 20, 0)], MADE_UP)
    with closing(sqlite3.connect(folder / "s.db")) as database:
        database.execute("CREATE TABLE 客户 (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("CREATE TABLE none (id INTEGER)")
        database.executemany("INSERT INTO 客户 VALUES (?, ?)", MADE_UP)
        database.commit()
    (folder / "g.log").write_text("".join(f"{i}\n" for i, _ in MADE_UP))
    for name, text in {"h.csv.gz": CSV, "i.ndjson.gz": JSON_LINES}.items():
        (folder / name).write_bytes(gzip.compress(text.encode()))
    (folder / "j.csv").write_text("id,name\n")
    rows = "".join(f"INSERT INTO `t` VALUES ({i},'{n}');\n" for i, n in MADE_UP)
    dump = f"CREATE TABLE `t` (id int, name varchar(9));\n{rows}CREATE TABLE `u` (id int);\n"
    (folder / "k.sql").write_text(dump)
    (folder / "l.sql.gz").write_bytes(gzip.compress(dump.encode()))
    cells = "".join(f"<tr><td>{i}<td>{n}</tr>" for i, n in MADE_UP)
    (folder / "m.html").write_text(f"<table><tr><th>id<th>name</tr>{cells}</table>")
    return dict.fromkeys((*NAMED, "g.log", "i.ndjson.gz"), ROWS) | {
        "f.xlsx/空": 0,
        "s.db/none": 0,
        "j.csv": 0,
        "k.sql/u": 0,
        "l.sql.gz/u": 0,
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    path = tmp_path_factory.mktemp("estate")
    return path, write_all(path)


@contextmanager
def nobody_special() -> Iterator[None]:
    """Permission bits do not bind root, who becomes somebody else here."""
    before = os.geteuid()
    os.seteuid(before or 65534)
    try:
        yield
    finally:
        os.seteuid(before)


class TestContract(ConnectorContract):
    """Every format that has names for its columns."""

    @pytest.fixture
    def source(self, folder: tuple[Path, dict[str, int]]) -> str:
        return str(folder[0])

    @pytest.fixture
    def missing(self, tmp_path: Path) -> str:
        return str(tmp_path / "nowhere")

    @pytest.fixture
    def expected(self, folder: tuple[Path, dict[str, int]]) -> dict[str, int]:
        return folder[1]

    @pytest.fixture(params=NAMED)
    def numbered(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


def only(path: Path | str) -> tuple[Files, Dataset]:
    files = Files(str(path))
    (dataset,) = files.datasets()
    return files, dataset


def table_of(path: Path, reading: Reading | None = None, **sampling: Any) -> pa.Table:
    return read(*only(path), reading, **({"rows": None} | sampling))


class TestListing:
    def test_a_file_says_what_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "客户 100%#1?.csv"
        path.write_text(CSV)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        _, dataset = only(path)
        assert dataset.uri == f"file://{tmp_path}/客户%20100%25%231%3F.csv"
        assert dataset.source == dataset.uri
        assert (dataset.name, dataset.kind) == (path.name, "file")
        assert dataset.size == len(CSV.encode())
        assert dataset.modified == datetime.fromtimestamp(1_700_000_000, UTC)
        assert read(Files(dataset.uri), dataset).num_rows == ROWS

    def test_sheets_are_datasets(self, tmp_path: Path) -> None:
        workbook(tmp_path / "book.xlsx", {"一 月": [["id"], [1]], "#2": [["id"], [2]]})
        listed = list(Files(str(tmp_path)).datasets())
        assert [(d.name, d.kind) for d in listed] == [
            ("book.xlsx/一 月", "sheet"),
            ("book.xlsx/#2", "sheet"),
        ]
        assert [d.uri.split("book.xlsx")[1] for d in listed] == ["#一%20月", "#%232"]
        assert [ids(read(Files(str(tmp_path)), d)) for d in listed] == [[1], [2]]

    def test_what_is_listed_and_what_is_skipped(self, tmp_path: Path) -> None:
        for name in ("b.csv", "a.mp4", ".git/config.csv", "z/.hidden.csv", "z/y.csv", "README"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("id\n1\n")
        (tmp_path / "~$book.xlsx").write_text("x")
        os.mkfifo(tmp_path / "pipe.csv")
        found = {d.name: d.skip for d in Files(str(tmp_path)).datasets()}
        assert list(found) == ["README", "a.mp4", "b.csv", "pipe.csv", "z/y.csv", "~$book.xlsx"]
        assert {name for name, skip in found.items() if not skip} == {"b.csv", "z/y.csv"}
        assert found["a.mp4"] == "no reader for '.mp4' files"

    def test_links_are_followed_once(self, tmp_path: Path) -> None:
        inside, outside = tmp_path / "in", tmp_path / "out"
        for folder in (inside / "sub", outside):
            folder.mkdir(parents=True)
            (folder / "a.csv").write_text("id\n1\n")
        (inside / "sub/loop").symlink_to(inside)
        (inside / "again.csv").symlink_to(inside / "sub/a.csv")
        (inside / "elsewhere").symlink_to(outside)
        (inside / "nothing.csv").symlink_to(tmp_path / "gone.csv")
        (inside / "elsewhere.csv").symlink_to(outside / "a.csv")
        skips = {d.name: d.skip for d in Files(str(inside)).datasets()}
        found = {name: bool(skip) for name, skip in skips.items()}
        assert found == {
            "again.csv": True,
            "elsewhere": True,
            "elsewhere.csv": True,
            "nothing.csv": False,
            "sub/a.csv": False,
            "sub/loop": True,
        }
        sentence = f"a link that leads out of '{inside}': give its target as a source of its own"
        assert skips["elsewhere"] == skips["elsewhere.csv"] == sentence
        assert [d.name for d in Files(str(inside / "elsewhere")).datasets()] == ["a.csv"]

    @pytest.mark.parametrize(
        ("glob", "names"),
        [
            ("*.csv", {"a.csv", "b.csv"}),
            ("?.csv", {"a.csv", "b.csv"}),
            ("**/*.csv", {"a.csv", "b.csv", "x/c.csv", "x/y/d.csv"}),
            ("x/*.csv", {"c.csv"}),
            ("*/y", {"x/y/d.csv"}),
            ("x*", {"x/c.csv", "x/y/d.csv", "x.log"}),
            ("x/**", {"c.csv", "y/d.csv"}),
        ],
    )
    def test_globs(self, tmp_path: Path, glob: str, names: set[str]) -> None:
        (tmp_path / "x/y").mkdir(parents=True)
        for name in ("a.csv", "b.csv", "x/c.csv", "x/y/d.csv", "x.log"):
            (tmp_path / name).write_text("id\n1\n")
        assert {d.name for d in Files(f"{tmp_path}/{glob}").datasets()} == names

    @pytest.mark.parametrize("where", ["{}/no", "{}/no/*.csv", "{}/*.csv", "file://host/x"])
    def test_nothing_there(self, tmp_path: Path, where: str) -> None:
        with pytest.raises(UnknownSource) as caught:
            Files(where.format(tmp_path))
        one_sentence(str(caught.value))

    def test_a_name_that_is_no_utf8(self, tmp_path: Path) -> None:
        path = os.fsdecode(os.fsencode(tmp_path) + b"/\xc3\xfb\xb5\xa5.csv")
        Path(path).write_text("id\n1\n")
        _, dataset = only(tmp_path)
        assert dataset.uri.endswith("/%C3%FB%B5%A5.csv")
        dataset.name.encode()
        assert ids(read(Files(str(tmp_path)), dataset)) == [1]

    def test_every_format_has_a_reader(self) -> None:
        for name, form in FORMATS.items():
            module = importlib.import_module(f"connectors.files.{name}")
            assert callable(module.read)
            assert hasattr(module, "parts") == bool(form.parts)
            assert list(form.extensions) == sorted(form.extensions)
        assert list(FORMATS) == sorted(FORMATS)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504  # the container of old workbooks
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
ENTITIES = (
    b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"""
)
ALIASES = b"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (i, i, b", ".join([b"*a%d" % (i - 1)] * 10)) for i in range(1, 12)
)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")


BAD = [
    pytest.param("a.parquet", b"PAR1 is not enough", "no whole Parquet", id="broken Parquet"),
    pytest.param("a.parquet", b"id,name\n1,2\n", "no whole Parquet", id="text named Parquet"),
    pytest.param("a.orc", b"ORC\x01 is not enough", "copy or write it again", id="broken ORC"),
    pytest.param("a.orc", b"id,name\n1,2\n", "copy or write it again", id="text named ORC"),
    pytest.param("a.feather", b"ARROW1\0\0and", "no whole Arrow", id="broken Feather"),
    pytest.param("a.feather", b"FEA1and", "copy or write it again", id="broken old Feather"),
    pytest.param("a.arrow", b"id,name\n1,2\n", "no whole Arrow", id="text named Arrow"),
    pytest.param("a.avro", b"Obj\x01\x04and", "cut-off Avro", id="broken Avro"),
    pytest.param("a.avro", b"id,name\n1,2\n", "cut-off Avro", id="text named Avro"),
    pytest.param("a.xlsx", b"PK\x03\x04 and no more", "copy it again", id="broken zip"),
    pytest.param("a.xls", OLE, "broken workbook", id="broken xls"),
    pytest.param("a.xlsx", LOCKED, "protected by a password", id="password"),
    pytest.param("a.csv.gz", gzip.compress(CSV.encode())[:-300], "cut-off gzip", id="cut gz"),
    pytest.param("a.csv.gz", b"\x1f\x8bnothing", "cut-off gzip", id="broken gz"),
    pytest.param("a.csv.gz", gzip.compress(b"PAR1...."), "not text inside", id="gz in gz"),
    pytest.param("a.csv", bytes(range(256)) * 20, "holds binary data", id="binary"),
    pytest.param("a.csv", b"\0" * 5000, "holds binary data", id="nothing but NUL"),
    pytest.param("a.csv", b"\0", "holds binary data", id="one NUL"),
    pytest.param("a.csv", b"%PDF-1.7 x", "cut-off PDF", id="PDF"),
    pytest.param("a.db", b"SQLite format 3\0", "damaged or no database", id="broken database"),
    pytest.param("a.db", b"no database", "is no database that can be read", id="text named db"),
    pytest.param("a.dbf", b"\x03 is not enough", "broken dBase", id="broken dBase"),
    pytest.param("a.dbf", b"id,name\n" * 20, "broken dBase", id="text named dBase"),
    pytest.param("a.xml", b"<a><b>1</b><b>", "no whole XML from line 1", id="cut XML"),
    pytest.param("a.xml", b"id,name\n1,2\n", "no whole XML", id="text named XML"),
    pytest.param("a.xml", ENTITIES, "defines entities", id="bomb of entities"),
    pytest.param("a.yaml", ALIASES, "as a bomb does", id="bomb of aliases"),
    pytest.param("a.json", b'[{"id": 1}, {"id": ', "breaks off", id="cut JSON"),
    pytest.param("a.jsonl", b"id is 1\nid is 2\n", "holds no JSON", id="no JSON"),
]


class TestBadInput:
    @pytest.mark.parametrize(("name", "content", "says"), BAD)
    def test_says_what_is_wrong(self, tmp_path: Path, name: str, content: bytes, says: str) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        for rows in (10, None):
            with pytest.raises(UnreadableData, match=says) as caught:
                table_of(path, rows=rows)
            one_sentence(str(caught.value))
            assert str(path) in str(caught.value)

    def test_an_archive_is_no_workbook(self, tmp_path: Path) -> None:
        zipped(tmp_path / "a.xlsx")
        with pytest.raises(UnreadableData, match="zip archive"):
            table_of(tmp_path / "a.xlsx")

    def test_what_was_read_before_the_fault_is_given(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv.gz"
        noise = "".join(f"{i},{os.urandom(50).hex()}\n" for i in range(200_000))
        path.write_bytes(gzip.compress(b"id,name\n" + noise.encode(), 1)[:-1000])
        files, dataset = only(path)
        for rows in (50, None):
            batches: list[pa.RecordBatch] = []
            with pytest.raises(UnreadableData):
                batches.extend(files.batches(dataset, Sampling(rows=rows), Reading()))
            seen = sum(batch.num_rows for batch in batches)
            assert seen == 50 if rows else seen > 1000

    def test_a_file_that_vanished(self, tmp_path: Path) -> None:
        path = tmp_path / "a.csv"
        path.write_text(CSV)
        files, dataset = only(path)
        path.unlink()
        with pytest.raises(UnreadableData, match="not there any more"):
            read(files, dataset)
        path.mkdir()
        with pytest.raises(UnreadableData, match="is a folder"):
            read(files, dataset)

    def test_a_sheet_that_vanished(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        workbook(path, {"一": [["id"], [1]]})
        files, dataset = only(path)
        workbook(path, {"二": [["id"], [1]]})
        with pytest.raises(UnreadableData, match="no sheet of that name"):
            read(files, dataset)

    @pytest.mark.parametrize("name", ["folder", "a.csv"])
    def test_permission(self, name: str) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            path = Path(folder) / name
            path.mkdir() if name == "folder" else path.write_text(CSV)
            path.chmod(0)
            with nobody_special():
                files, dataset = only(Path(folder))
                with pytest.raises(AccessDenied):
                    read(files, dataset)
            path.chmod(0o700)

    @pytest.mark.parametrize(
        ("error", "raised"),
        [(PermissionError(13, "no"), AccessDenied), (OSError(5, "I/O error"), UnreadableData)],
    )
    def test_what_the_system_refuses(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, raised: type
    ) -> None:
        """Root is never refused, so the refusal is made here."""
        (tmp_path / "sub").mkdir()
        (tmp_path / "a.csv").write_text(CSV)

        def refuse(*_: object) -> None:
            raise error

        files, dataset = only(tmp_path / "a.csv")
        monkeypatch.setattr(os, "scandir", refuse)
        monkeypatch.setattr(os, "listdir", refuse)
        unlisted = Files(str(tmp_path))
        (folder,) = unlisted.datasets()
        with pytest.raises(raised) as caught:
            read(unlisted, folder)
        one_sentence(str(caught.value))
        monkeypatch.setattr(Content, "local", refuse)
        with pytest.raises(raised):
            read(files, dataset)

    def test_empty_files_read_as_empty(self, tmp_path: Path) -> None:
        for name in EXTENSIONS:
            (tmp_path / f"a.{name}").touch()
        (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b""))
        files = Files(str(tmp_path))
        listed = [d for d in files.datasets() if not d.skip]
        assert len(listed) == sum(has_reader(f"a.{name}") for name in EXTENSIONS) + 1
        for dataset in listed:
            for rows in (10, None):
                assert read(files, dataset, rows=rows).num_rows == 0

    def test_no_error_shows_content(self, tmp_path: Path) -> None:
        canary = "13999900001"
        for name in EXTENSIONS:
            for content in (
                f'{{"{canary}": ',
                f"{canary}\x01\x02\x03\x04",
                f'"{canary}\n"{canary}',
            ):
                path = tmp_path / f"a.{name}"
                path.write_text(content)
                reading = Reading()
                try:
                    said = str(table_of(path, reading).column_names)
                except ConnectorError as error:
                    said = str(error)
                assert canary not in said + str(reading)
