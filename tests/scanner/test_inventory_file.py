"""The file that an inventory is by default: who may read it, and what is wrong with others."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from scanner.inventory.engine import InventoryError
from scanner.inventory.settings import without_credentials
from scanner.inventory.store import Inventory
from tests.scanner import reports

NOBODY = 65534


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "inventory.db"
    before = os.umask(0)
    try:
        with Inventory(str(path)) as inventory:
            number = inventory.begin({}, "0.1.0")
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert number == 1
    assert set(modes) >= {"inventory.db", "inventory.db-wal"}
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        pytest.param(
            lambda path: path.write_text("name,phone\n"), "it is no SQLite file", id="text"
        ),
        pytest.param(lambda path: path.mkdir(), "is a folder: give the path", id="folder"),
        pytest.param(
            lambda path: sqlite3.connect(path).execute("create table t (a)").connection.close(),
            "holds other tables: give an empty or new database",
            id="another database",
        ),
    ],
)
def test_what_is_no_inventory_is_refused_and_left_as_it_is(
    tmp_path: Path, make: object, sentence: str
) -> None:
    path = tmp_path / "given.db"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(InventoryError, match=sentence):
        Inventory(str(path))
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert [file.name for file in tmp_path.iterdir()] == ["given.db"]


def test_an_empty_file_becomes_an_inventory(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with Inventory(str(tmp_path / "new.db")) as inventory:
        assert inventory.begin({}, "0.1.0") == 1


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InventoryError, match=r"cannot be made .*make its folder"):
        Inventory(str(tmp_path / "absent" / "inventory.db"))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("sqlite://", "give the path of a file"),
        ("sqlite:///:memory:", "give the path of a file"),
        ("oddity://host/db", "cannot be kept in 'oddity': use SQLite, PostgreSQL or MariaDB"),
        ("postgresql://host:port/db", "cannot be understood"),
        ("postgresql://u:hidden@127.0.0.1:1/db", "cannot be used"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, sentence: str) -> None:
    with pytest.raises(InventoryError, match=sentence) as caught:
        Inventory(url)
    assert "hidden" not in str(caught.value)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Runs the test as somebody who may not write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """An inventory that everybody may read, in a folder where everybody may write."""
    above = takewhile(lambda p: p.name.startswith(("pytest-", "popen-")), tmp_path.parents)
    for folder in (tmp_path, *above):
        folder.chmod(0o777)
    path = tmp_path / "inventory.db"
    with Inventory(str(path)) as inventory:
        number = inventory.begin({}, "0.1.0")
        inventory.record(number, reports.report("t", reports.column("a", reports.verdict())))
    path.chmod(0o444)
    return path


def test_one_that_cannot_be_written_can_be_read(others: Path, unprivileged: None) -> None:
    with Inventory(str(others), create=False) as inventory:
        assert [row.path for row in inventory.columns()] == ["a"]
        with pytest.raises(InventoryError, match="cannot be written here; see to the permissions"):
            inventory.begin({}, "0.1.0")


def test_a_folder_that_cannot_be_written_is_no_hindrance(others: Path, unprivileged: None) -> None:
    before = os.geteuid()
    os.seteuid(os.getuid())
    others.parent.chmod(0o555)
    os.seteuid(before)
    with Inventory(str(others), create=False) as inventory:
        assert [row.path for row in inventory.columns()] == ["a"]
    assert [file.name for file in others.parent.iterdir()] == [others.name]


def test_a_reader_and_several_writers_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "inventory.db")
    with Inventory(path) as one, Inventory(path) as other:
        number = one.begin({}, "0.1.0")
        made = list(reports.estate(40, 5))
        halves = ((one, made[::2]), (other, made[1::2]), (one, made[:10]))

        def work(inventory: Inventory, part: list[reports.Report]) -> None:
            for report in part:
                inventory.record(number, report)

        threads = [threading.Thread(target=work, args=half) for half in halves]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            assert all(row.columns == 5 for row in other.datasets())
        assert len(list(one.columns())) == 200


def test_credentials_are_not_kept(tmp_path: Path) -> None:
    given = {
        "sources": ["postgresql://scan:hunter2@db/shop", "mysql://db/x?password=hunter2&ssl=1"],
        "password": "hunter2",
        "s3": {"secret_access_key": "hunter2", "access-key": "hunter2", "region": "cn-north-1"},
        "keys": 3,
        "folder": Path("/data"),
        "full": True,
        "rows": None,
    }
    with Inventory(str(tmp_path / "inventory.db")) as inventory:
        inventory.begin(given, "0.1.0")
        (row,) = inventory.scans()
    assert row.settings == {
        "sources": ["postgresql://db/shop", "mysql://db/x?password=***&ssl=1"],
        "password": "***",
        "s3": {"secret_access_key": "***", "access-key": "***", "region": "cn-north-1"},
        "keys": 3,
        "folder": "/data",
        "full": True,
        "rows": None,
    }


def test_an_address_in_a_plain_text_is_left_alone() -> None:
    assert without_credentials("see https://example.com/a@b, then mail") == (
        "see https://example.com/a@b, then mail"
    )
