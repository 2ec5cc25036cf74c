"""CSV and JSON lines, and what holds for a file of any format."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.export.csv import guarded
from scanner.export.write import FORMATS, ExportError, check, write, write_lines
from scanner.inventory.engine import InventoryError
from scanner.inventory.store import Inventory
from scanner.model import Status
from tests.scanner import reports

NOBODY = 65534


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with Inventory(str(tmp_path / "inventory.db")) as opened:
        number = opened.begin({}, "0.1.0")
        note = reports.column(
            "note",
            reports.verdict("id_card", 0.99994, (0.5, 0.6)),
            reports.verdict("religion", 0.4, None),
            comment="=1+1",
        )
        opened.record(number, reports.report("t", reports.column("id", kind="bigint"), note))
        opened.record(
            number, reports.sheet("crm.xlsx/客户", reports.column("电话", reports.verdict()))
        )
        opened.record(number, reports.unread("u", Status.SKIPPED, columns=("a",)))
        opened.source_failed(number, "mysql://db.example/crm", "nobody answers")
        opened.finish(number, "incomplete")
        yield opened


def lines(inventory: Inventory, of: str) -> list[dict[str, object]]:
    stream = io.BytesIO()
    write_lines(inventory, stream, "jsonl", of)
    return [json.loads(line) for line in stream.getvalue().decode().splitlines()]


def test_json_lines_of_columns(inventory: Inventory) -> None:
    sheet, plain, note, unread = lines(inventory, "columns")
    assert note == {
        "source": reports.SOURCE,
        "dataset": f"{reports.SOURCE}/public/t",
        "database": "shop",
        "schema": "public",
        "table": "t",
        "column": "note",
        "type": "varchar(32)",
        "status": "read",
        "rows": 1000,
        "sampled": 100,
        "verdicts": [
            {
                "kind": "id_card",
                "confidence": 0.9999,
                "level": "certain",
                "basis": "both",
                "prevalence": [0.5, 0.6],
                "state": "clear",
                "storage": "clear",
            },
            {
                "kind": "religion",
                "confidence": 0.4,
                "level": "possible",
                "basis": "header",
                "prevalence": None,
                "state": "clear",
                "storage": "clear",
            },
        ],
    }
    assert (plain["verdicts"], unread["status"], unread["column"]) == ([], "skipped", "a")
    assert (sheet["database"], sheet["schema"], sheet["table"]) == (None, None, "crm.xlsx/客户")


def test_json_lines_of_datasets(inventory: Inventory) -> None:
    found = {row["name"]: row for row in lines(inventory, "datasets")}
    assert set(found) == {"crm.xlsx/客户", "t", "u"}
    assert found["t"]["kinds"] == {"id_card": 1}
    assert (found["t"]["columns"], found["t"]["holding"]) == (2, 1)
    assert found["t"]["modified"] == "2026-03-04T05:06:07+00:00"
    assert (found["u"]["status"], found["u"]["last_read"]) == ("skipped", None)


def test_json_lines_of_coverage(inventory: Inventory) -> None:
    found = {str(row["name"]): row for row in lines(inventory, "coverage")}
    source = found[""]
    assert (source["dataset"], source["status"]) == (None, "failed")
    assert (source["reason"], source["gap"]) == ("nobody answers", True)
    assert (found["crm.xlsx/客户"]["whole"], found["crm.xlsx/客户"]["gap"]) == (True, False)
    assert (found["t"]["whole"], found["t"]["gap"]) == (False, False)
    assert (found["u"]["whole"], found["u"]["gap"]) == (False, True)


def test_csv_has_a_line_for_each_verdict(inventory: Inventory, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write(inventory, path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfsource,dataset,")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 1 + 5
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [(row["column"], row["kind"]) for row in rows] == [
        ("电话", "mobile"),
        ("id", ""),
        ("note", "id_card"),
        ("note", "religion"),
        ("a", ""),
    ]
    first, second = rows[2:4]
    assert (first["kind_zh"], first["sensitive_pipl"]) == ("身份证号", "yes")
    assert (first["prevalence_low"], first["prevalence_high"]) == ("0.5", "0.6")
    assert (second["prevalence_low"], second["prevalence_high"]) == ("", "")
    assert {first["dataset"], second["dataset"]} == {f"{reports.SOURCE}/public/t"}
    assert (first["comment"], second["comment"]) == ("'=1+1", "'=1+1")
    assert (rows[4]["status"], rows[4]["last_read"]) == ("skipped", "")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+1", "'+1", id="plus"),
        pytest.param("-1", "'-1", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\t=1", "'\t=1", id="tab"),
        pytest.param("\r=1", "'\n=1", id="carriage return"),
        pytest.param("\x00=1", "'=1", id="NUL before it"),
        pytest.param("＝1+1", "'＝1+1", id="full width"),
        pytest.param("a=1", "a=1", id="inside"),
        pytest.param("手机📱𠀀", "手机📱𠀀", id="beyond the BMP"),
        pytest.param("", "", id="empty"),
        pytest.param(-1, -1, id="a number of ours"),
        pytest.param(None, None, id="none"),
    ],
)
def test_no_cell_of_a_csv_is_a_formula(cell: str | int | None, written: str | int | None) -> None:
    assert guarded(cell) == written


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_for_its_owner_alone_and_replaces_what_was_there(
    inventory: Inventory, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    path = folder / f"out.{form.upper()}"
    path.write_text("before")
    path.chmod(0o644)
    write(inventory, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() != b"before"
    assert [file.name for file in folder.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMATS)
def test_a_failure_leaves_what_was_there(inventory: Inventory, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    path = folder / f"out.{form}"
    path.write_text("before")
    with inventory._engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE column_scans RENAME TO elsewhere")
    with pytest.raises(InventoryError, match="no such table"):
        write(inventory, path)
    assert path.read_text() == "before"
    assert [file.name for file in folder.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        pytest.param("out.ods", r"out.ods does not say its format: end it in \.xlsx", id="ending"),
        pytest.param("out", "does not say its format", id="no ending"),
        pytest.param("folder.csv", "is a folder: give the file", id="folder"),
        pytest.param("absent/out.csv", "make the folder .*absent first", id="no such folder"),
        pytest.param("file/out.csv", "cannot be written", id="a file for a folder"),
    ],
)
def test_a_place_that_cannot_be_is_refused(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=sentence):
        check(tmp_path / name)


def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    privileged = os.geteuid() == 0
    if privileged:
        for parent in (tmp_path, *tmp_path.parents[:2]):
            parent.chmod(0o755)
        os.seteuid(NOBODY)
    try:
        with pytest.raises(ExportError, match=r"see to the permissions of .*closed, and close"):
            check(folder / "out.csv")
    finally:
        if privileged:
            os.seteuid(0)


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_said(inventory: Inventory, tmp_path: Path, form: str) -> None:
    limited = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from scanner.export.write import ExportError, write\n"
        "from scanner.inventory.store import Inventory\n"
        "inventory = Inventory(sys.argv[1], create=False)\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))\n"
        "try:\n"
        "    write(inventory, Path(sys.argv[2]))\n"
        "except ExportError as error:\n"
        "    print(error)\n"
    )
    folder = tmp_path / "exports"
    folder.mkdir()
    path = folder / f"out.{form}"
    said = subprocess.run(
        [sys.executable, "-c", limited, str(tmp_path / "inventory.db"), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    sentence = "cannot be written (File too large): make room or give another place"
    assert said.stdout == f"{path} {sentence}\n"
    assert said.stderr == ""
    assert list(folder.iterdir()) == []


def test_what_is_not_offered_is_said(inventory: Inventory) -> None:
    with pytest.raises(ExportError, match="csv of coverage is not offered"):
        write_lines(inventory, io.BytesIO(), "csv", "coverage")
