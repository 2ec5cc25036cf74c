"""What is deleted from a source is gone from the census, and comes back with it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from detectors import registry
from scanner.config import Settings, Source
from scanner.export.tally import Tally
from scanner.inventory.rows import GONE
from scanner.inventory.store import Inventory
from scanner.model import Status
from scanner.outcome import Outcome
from scanner.run.local import scan

PHONES = "phone\n" + "".join(f"1380000{n:04d}\n" for n in range(200))


def census(inventory: Inventory, url: str, **more: tuple[str, ...]) -> Outcome:
    settings = Settings(sources=(Source(url=url),), **more)
    return scan(settings, inventory, registry.load(), "0.1.0")


def statuses(inventory: Inventory) -> dict[str, tuple[Status, str]]:
    return {row.name: (row.status, row.reason) for row in inventory.datasets()}


def test_a_deleted_file_is_gone_until_it_comes_back(tmp_path: Path) -> None:
    folder, read = tmp_path / "in", (Status.READ, "")
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(PHONES)
    with Inventory(str(tmp_path / "inventory.db")) as inventory:
        census(inventory, str(folder))
        (folder / "a.csv").unlink()
        assert census(inventory, str(folder), exclude=("b.csv",)).gone == 1
        assert statuses(inventory)["a.csv"] == (Status.SKIPPED, GONE)
        assert not statuses(inventory)["b.csv"][1].startswith("gone")
        assert census(inventory, str(folder)).gone == 0
        column, kept = inventory.columns()
        assert (column.status, column.reason, column.holds) == (Status.SKIPPED, GONE, False)
        assert column.verdicts
        assert kept.holds
        tally = Tally()
        for row in inventory.columns():
            tally.column(row)
        for covered in inventory.coverage():
            tally.coverage(covered)
        assert (tally.columns, tally.holding, tally.datasets, tally.gone) == (1, 1, 1, 1)
        assert [row.holding for row in inventory.datasets()] == [0, 1]
        assert not any(row.gap for row in inventory.coverage())
        (folder / "a.csv").write_text(PHONES)
        census(inventory, str(folder))
        assert statuses(inventory) == {"a.csv": read, "b.csv": read}


def test_a_dropped_table_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as shop, Inventory(str(tmp_path / "i.db")) as inventory:
        for name in ("kept", "dropped"):
            shop.execute(f"CREATE TABLE {name} (id INTEGER)")
        census(inventory, f"sqlite:///{path}")
        shop.execute("DROP TABLE dropped")
        assert census(inventory, f"sqlite:///{path}").gone == 1
        assert statuses(inventory)["dropped"] == (Status.SKIPPED, GONE)
        path.unlink()
        assert census(inventory, f"sqlite:///{path}").gone == 0  # it could not be listed
        assert statuses(inventory)["kept"][1] != GONE
