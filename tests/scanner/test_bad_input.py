"""Bad input gets one clear sentence and the right exit code, and the rest of the work goes on."""

import os
import socket
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from tests.scanner.cli import exported, kinds_of, picensus

GOOD = "mobile\n" + "".join(f"139{n * 7919 % 10**8:08d}\n" for n in range(1, 60))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good file, and every kind of bad one."""
    files = tmp_path / "files"
    files.mkdir()
    (files / "good.csv").write_text(GOOD)
    (files / "empty.csv").write_bytes(b"")
    pq.write_table(pa.table({"mobile": ["13900000001"] * 500}), files / "cut.parquet")
    whole = (files / "cut.parquet").read_bytes()
    (files / "cut.parquet").write_bytes(whole[: len(whole) // 2])
    (files / "ragged.csv").write_bytes(
        b"mobile,remark\n" + b"13900000003,a\x00b\n13900000004\n13900000005,x,y,z\n" * 30
    )
    (files / "book.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (files / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(100))
    os.mkfifo(files / "pipe.csv")
    return files


def coverage(inventory: Path) -> dict[str, dict[str, object]]:
    return {str(row["name"]).rsplit("/", 1)[-1]: row for row in exported(inventory, "coverage")}


def test_one_folder_with_all_of_it(folder: Path, tmp_path: Path) -> None:
    inventory = tmp_path / "i.db"
    ran = picensus("scan", folder, "--inventory", inventory)
    assert ran.code == 4, ran.err
    seen = {str(r["table"]): r for r in exported(inventory) if r["status"] == "read"}
    assert kinds_of(seen["good.csv"]) == {"mobile"}
    rows = coverage(inventory)
    assert rows["empty.csv"]["status"] == "empty"
    assert rows["film.mp4"]["status"] == "skipped"
    assert rows["cut.parquet"]["status"] == "failed"
    assert rows["book.xlsx"]["status"] == "failed"
    assert rows["ragged.csv"]["status"] == "read"
    assert rows["ragged.csv"]["warnings"]
    for name in ("cut.parquet", "book.xlsx", "film.mp4", "pipe.csv"):
        assert rows[name]["reason"]
        assert "unexpected" not in str(rows[name]["reason"])
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        pytest.param("{tmp}/nowhere", 1, "nowhere", id="missing file"),
        pytest.param("mongodb://db/shop", 2, "no connector for 'mongodb://'", id="unknown scheme"),
        pytest.param("sqlite:///{tmp}/none.db", 1, "none.db", id="missing database file"),
        pytest.param("mysql://scan@127.0.0.1:{port}/shop", 1, "127.0.0.1", id="MariaDB down"),
        pytest.param(
            "postgresql://scan@127.0.0.1:{port}/shop", 1, "127.0.0.1", id="PostgreSQL down"
        ),
        pytest.param("mysql://scan:${{NOT_SET}}@db/x", 1, "NOT_SET is not set", id="no variable"),
    ],
)
def test_one_source_that_cannot_be_opened(
    source: str, code: int, said: str, tmp_path: Path
) -> None:
    with socket.socket() as taken:  # bound, not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        url = source.format(tmp=tmp_path, port=taken.getsockname()[1])
        ran = picensus("scan", url, "--inventory", tmp_path / "i.db")
    assert ran.code == code, ran.err
    (line,) = [line for line in ran.err.splitlines() if said in line]
    assert "Traceback" not in ran.err
    assert not (tmp_path / "none.db").exists()
    (row,) = exported(tmp_path / "i.db", "coverage")
    assert row["status"] == "failed"
    assert str(row["reason"]) in line


@pytest.mark.parametrize("fixture", ["postgresql", "mariadb"])
def test_a_wrong_password_stops_nothing_else(
    fixture: str, request: pytest.FixtureRequest, folder: Path, tmp_path: Path
) -> None:
    url = make_url(request.getfixturevalue(fixture))
    wrong = url.set(username="nobody_known", password="hunter2hunter2")
    shown = wrong.render_as_string(hide_password=False)
    inventory = tmp_path / "i.db"
    ran = picensus("scan", shown, folder / "good.csv", "--inventory", inventory)
    assert ran.code == 4
    assert "hunter2" not in ran.out + ran.err + inventory.read_bytes().decode("latin-1")
    assert {"mobile"} in [kinds_of(row) for row in exported(inventory)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["scan"], "nothing to scan", id="no source"),
        pytest.param(["scan", "x", "--rows", "0"], "--rows", id="no rows"),
        pytest.param(["scan", "x", "--full", "--rows", "5"], "leave out --rows", id="both"),
        pytest.param(["export"], "give a FILE", id="nowhere to export to"),
        pytest.param(["export", "--format", "doc"], "--format", id="unknown format"),
        pytest.param(["export", "a.doc"], "end it in .xlsx", id="unknown ending"),
        pytest.param(["scan", "x", "--export", "a.doc"], "end it in .xlsx", id="scan into it"),
        pytest.param(["scan", "x", "--export", "a"], "end it in .xlsx", id="no ending"),
        pytest.param(["export", "a.csv", "--of", "rows"], "--of", id="of something else"),
        pytest.param(["export", "a.csv", "--of", "coverage"], "csv of coverage", id="CSV of it"),
        pytest.param(["scan", "--config", "no.yaml"], "does not exist", id="no such config"),
        pytest.param(["scan", "x", "--seed", "-1"], "--seed", id="seed below 0"),
        pytest.param(["scan", "x", "--sampel"], "--sampel", id="unknown option"),
        pytest.param(["scan", "x", "--inventory", "${NO_SUCH_VAR}"], "not set", id="variable"),
        pytest.param(["explain"], "DATASET", id="nothing to explain"),
        pytest.param(["kinds", "--check", "x"], "neither", id="nothing to check"),
        pytest.param(["detect", "--kind", "nobile"], "mobile", id="unknown kind"),
        pytest.param(["detect", "--detectors", "no.yaml"], "no such file", id="no detectors"),
        pytest.param(["detect", "--mask", "-f", "jsonl"], "leave out", id="mask and list"),
        pytest.param(["sacn"], "sacn", id="unknown command"),
    ],
)
def test_wrong_usage_is_one_sentence(words: list[str], said: str, tmp_path: Path) -> None:
    good = tmp_path / "i.db"
    (tmp_path / "a.csv").write_text(GOOD)
    assert picensus("scan", tmp_path / "a.csv", "--inventory", good).code == 0
    listed = words[0] in {"scan", "export"} and "--inventory" not in words
    ran = picensus(*words, *(["--inventory", str(good)] if listed else []))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.startswith("picensus: ")
    assert ran.err.count("\n") == 1


def test_no_words_show_the_help() -> None:
    ran = picensus()
    assert ran.code == 2
    assert "Commands:" in ran.err


def test_a_config_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("sources: [.]\nsampel: 3\n")
    ran = picensus("scan", "--config", tmp_path / "c.yaml", "--inventory", tmp_path / "i.db")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "sampel" in ran.err


def test_an_inventory_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "i.db").write_text("a shopping list, and no inventory" * 100)
    for words in (["show"], ["scan", "."], ["explain", "a", "b"], ["export", "x.csv"]):
        ran = picensus(*words, "--inventory", tmp_path / "i.db")
        assert ran.code == 1
        assert ran.err.count("\n") == 1
        assert "i.db" in ran.err


def test_no_inventory_yet(tmp_path: Path) -> None:
    ran = picensus("show", "--inventory", tmp_path / "i.db")
    assert ran.code == 1
    assert not (tmp_path / "i.db").exists()


def test_an_export_that_cannot_be_written_is_said_before_the_scan(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD)
    where = tmp_path / "no" / "such" / "folder" / "x.xlsx"
    ran = picensus("scan", tmp_path / "a.csv", "--inventory", tmp_path / "i.db", "--export", where)
    assert ran.code == 1
    assert "folder" in ran.err


def test_huge_cells(tmp_path: Path) -> None:
    big = "查无此人。" * 3_500_000  # 50 MB
    with (tmp_path / "big.csv").open("w") as file:
        file.write("id,remark\n")
        for n in range(4):
            file.write(f"{n},联系人电话139{n * 7919 + 1234567:08d}。{big}\n")
    ran = picensus("scan", tmp_path / "big.csv", "--inventory", tmp_path / "i.db")
    assert ran.code == 0, ran.err
    rows = {str(r["column"]): r for r in exported(tmp_path / "i.db")}
    assert rows["remark"]["status"] == "read"


def test_a_table_dropped_while_scanning(tmp_path: Path, postgresql: str) -> None:
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("create schema vanishing"))
        for name in ("a_gate", "b_doomed", "c_after"):
            connection.execute(text(f"create table vanishing.{name} (mobile text)"))
            connection.execute(
                text(
                    f"insert into vanishing.{name} "
                    "select '139' || lpad((n * 7919 % 100000000)::text, 8, '0') "
                    "from generate_series(1, 50) n"
                )
            )
        # A lock holds the scan at the first table until the second is gone.
        locker = engine.connect().execution_options(isolation_level="READ COMMITTED")
        locker.execute(text("lock table vanishing.a_gate in access exclusive mode"))
        inventory = tmp_path / "i.db"
        ran = _scan_while(
            lambda: connection.execute(text("drop table vanishing.b_doomed")),
            locker.rollback,
            lambda: _waiting(connection),
            ("scan", postgresql, "--include", "vanishing.*", "--inventory", inventory),
        )
        connection.execute(text("drop schema vanishing cascade"))
        locker.close()
    engine.dispose()
    assert ran.code == 4, ran.err
    status = {row["name"]: row["status"] for row in exported(inventory, "coverage")}
    assert status["b_doomed"] == "failed"
    assert status["a_gate"] == status["c_after"] == "read"
    assert len([line for line in ran.err.splitlines() if "b_doomed" in line]) == 1


def _waiting(connection) -> bool:  # type: ignore[no-untyped-def]  # noqa: ANN001
    query = text("select count(*) from pg_locks where not granted")
    return bool(connection.execute(query).scalar())


def _scan_while(change, release, ready, words):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Runs the command; once `ready`, makes the change and then releases the scan."""
    import threading  # noqa: PLC0415
    import time  # noqa: PLC0415

    ran = []
    thread = threading.Thread(target=lambda: ran.append(picensus(*words)))
    thread.start()
    deadline = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < deadline, "the scan never reached the locked table"
        time.sleep(0.05)
    change()
    release()
    thread.join()
    return ran[0]


def test_a_source_that_comes_back_is_no_gap_any_more(tmp_path: Path) -> None:
    inventory, source = tmp_path / "i.db", tmp_path / "late.csv"
    assert picensus("scan", source, "--inventory", inventory).code == 1
    (gap,) = exported(inventory, "coverage")
    assert gap["gap"]
    source.write_text(GOOD)
    assert picensus("scan", source, "--inventory", inventory).code == 0
    assert not any(row["gap"] for row in exported(inventory, "coverage"))
