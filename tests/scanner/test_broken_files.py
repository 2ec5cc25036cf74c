"""A folder of broken files, of every sort that there is, beside a sound one: a whole scan."""

import os
from pathlib import Path

from tests.connectors import test_files, test_files_archives, test_files_documents
from tests.connectors.contract import one_sentence
from tests.scanner.cli import exported, kinds_of, picensus

LEAST = 40
TABLES = (test_files.BAD, test_files_archives.BROKEN, test_files_documents.BAD)


def broken(folder: Path) -> int:
    """Writes them, each into a folder of its own; how many there are."""
    count = 0
    for table in TABLES:
        for one in table:
            name, content, says = one.values
            if not says:
                continue  # what is empty is read as empty
            count += 1
            path = folder / f"{count:02d}/{name}"
            path.parent.mkdir()
            path.write_bytes(content)
    (folder / "links").mkdir()
    (folder / "links/a.csv").symlink_to(folder / "links/b.csv")
    (folder / "links/b.csv").symlink_to(folder / "links/a.csv")
    (folder / "gone.csv").symlink_to(folder / "nowhere.csv")
    os.mkfifo(folder / "pipe.csv")
    return count + 4


def test_each_has_one_clear_reason_and_stops_nothing(tmp_path: Path) -> None:
    folder, inventory = tmp_path / "files", tmp_path / "inventory.db"
    folder.mkdir()
    count = broken(folder)
    assert count >= LEAST
    (folder / "zz.csv").write_text("手机号\n" + "".join(f"139{i:08d}\n" for i in range(300)))
    ran = picensus("scan", folder, "--inventory", inventory)
    assert ran.code == 4, ran.err
    rows = {str(row["name"]): row for row in exported(inventory, "coverage")}
    assert rows.pop("zz.csv")["status"] == "read"
    assert len(rows) == count
    for row in rows.values():
        assert row["status"] in {"failed", "skipped"}, row
        assert "bug of picensus" not in str(row["reason"])
        one_sentence(f"{row['reason']:>21}")
    found = [row for row in exported(inventory) if str(row["dataset"]).endswith("zz.csv")]
    assert [kinds_of(row) for row in found] == [{"mobile"}]
