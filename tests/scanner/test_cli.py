"""The command as a terminal sees it: exit codes, tables, faults of the output."""

import fcntl
import os
import pty
import random
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scanner.cli import cli
from scanner.errors import PicensusError
from scanner.inventory.store import Inventory
from scanner.model import Status
from tests.scanner.cli import picensus
from tests.scanner.made import mobile
from tests.scanner.reports import SOURCE, column, report, unread, verdict

COMMAND = (sys.executable, "-m", "scanner.cli")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One file with mobile numbers."""
    rng, files = random.Random(3), tmp_path / "files"
    files.mkdir()
    lines = "\n".join(mobile(rng) for _ in range(60))
    (files / "members.csv").write_text(f"mobile\n{lines}\n")
    return files


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    """A table that was read, one that failed since, one whose kind is a plug-in's."""
    path = tmp_path / "made.db"
    with Inventory(str(path)) as made:
        first = made.begin({}, "0")
        made.record(first, report("users", column("phone", verdict(confidence=0.99996))))
        made.record(first, report("old_users", column("phone", verdict())))
        made.record(first, report("badges", column("badge", verdict("made_up_badge"))))
        made.record(first, report("plain", column("remark")))
        made.finish(first, "done")
        second = made.begin({}, "0")
        made.record(second, unread("old_users", Status.FAILED))
        made.finish(second, "incomplete")
    return path


def ran(*words: object, given: bytes = b"") -> Result:
    """The command in this process; what it raises is raised, its code is the return value."""
    return CliRunner().invoke(
        cli,
        [str(word) for word in words],
        input=given,
        standalone_mode=False,
        catch_exceptions=False,
    )


def on_terminal(*words: object, columns: int = 80, lines: int = 24) -> tuple[str, str]:
    """What a command writes to standard output and error, each a terminal of that size."""
    said = []
    opened = [pty.openpty() for _ in range(2)]
    for _, inner in opened:
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    out, err = (inner for _, inner in opened)
    process = subprocess.Popen(
        [*COMMAND, *map(str, words)], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
        env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    assert process.wait(timeout=60) == 0
    for outer, inner in opened:
        os.close(inner)
        said.append(drained(outer))
        os.close(outer)
    return said[0], said[1]


def drained(terminal: int) -> str:
    """All that a terminal still holds; short enough never to have filled it."""
    read = b""
    try:
        while piece := os.read(terminal, 65_536):
            read += piece
    except OSError:  # how Linux says that nobody is left at the other end
        pass
    return read.decode()


def test_exit_codes_of_a_scan(folder: Path, tmp_path: Path) -> None:
    where = ("--inventory", tmp_path / "i.db")
    assert ran("scan", folder, *where).return_value == 0
    (tmp_path / "empty").mkdir()
    assert ran("scan", tmp_path / "empty", *where).return_value == 1
    assert ran("scan", "mongodb://db/shop", *where).return_value == 2
    (folder / "broken.parquet").write_bytes(b"PAR1 and no more")
    assert ran("scan", folder, *where).return_value == 4


@pytest.mark.parametrize("seed", ["-1", "2147483648", "x"])
def test_a_seed_that_no_database_takes_is_wrong_usage(seed: str) -> None:
    done = picensus("scan", "x", "--seed", seed)
    assert done.code == 2
    assert "--seed" in done.err


def test_the_summary_counts_read_columns_and_names_what_was_skipped(
    folder: Path, tmp_path: Path
) -> None:
    for n in range(7):
        (folder / f"film{n}.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(50))
    (folder / "unwanted.csv").write_text("a\n1\n")
    words = ("--inventory", tmp_path / "i.db", "--exclude", "unwanted*")
    done = ran("scan", folder, *words)
    assert "1 of 1 columns hold personal information, in 1 of 1 datasets read" in done.stdout
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("skipped: ")]
    assert line.count("film") == 5
    assert " and 2 more" in line
    assert "unwanted" not in done.stderr


def test_a_narrow_terminal_shows_every_figure(folder: Path, tmp_path: Path) -> None:
    (folder / "members.csv").rename(folder / f"{'long_name_' * 12}.csv")
    where = ("--inventory", tmp_path / "i.db")
    said, _ = on_terminal("scan", folder, *where)
    for heading in ("Kind", "Columns", "Datasets", "Where"):
        assert heading in said
    shown, _ = on_terminal("show", *where)
    for word in ("Dataset", "Column", "Kind", "Confidence", "Share", "State", "mobile", "clear"):
        assert word in shown
    assert "…" not in shown, "nothing is cut"
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize("lines", [24, 0])
def test_the_bar_is_drawn_on_a_terminal(folder: Path, tmp_path: Path, lines: int) -> None:
    out, err = on_terminal("scan", folder, "--inventory", tmp_path / "i.db", lines=lines)
    assert "0/1" in err
    assert "dataset/s" in err
    assert "0/1" not in out


def test_no_bar_where_standard_error_is_no_terminal(folder: Path, tmp_path: Path) -> None:
    done = picensus("scan", folder, "--inventory", tmp_path / "i.db")
    assert (done.code, done.err) == (0, "")


def test_show_says_what_is_old_and_does_not_know_every_kind(inventory: Path) -> None:
    lines = ran("show", "--inventory", inventory).stdout.splitlines()
    (old,) = [line for line in lines if "old_users" in line]
    assert "(not read since 2" in old
    assert [line for line in lines if "made_up_badge" in line and "not read" not in line]
    assert "certain 99.9%" in next(line for line in lines if line.startswith("users"))


def test_show_of_nothing_says_so(inventory: Path, tmp_path: Path) -> None:
    with pytest.raises(PicensusError, match="no dataset is called 'nothing\\*'"):
        ran("show", "nothing*", "--inventory", inventory)
    Inventory(str(tmp_path / "none.db")).close()
    done = ran("show", "--inventory", tmp_path / "none.db")
    assert done.stdout == "no personal information in the inventory\n"


def test_explain_says_one_figure_and_the_values_of_the_column(inventory: Path) -> None:
    said = ran("explain", "users", "phone", "--inventory", inventory).stdout
    assert "100 values looked at, 0 of them null" in said
    assert said.count("99.9%") == 2
    assert "100.0%" not in said
    assert "made_up_badge" in ran("explain", "badges", "badge", "--inventory", inventory).stdout
    old = ran("explain", f"{SOURCE}/public/old_users", "phone", "--inventory", inventory).stdout
    assert "failed (not read since " in old


def test_explain_of_a_column_without_verdict_says_what_was_considered(inventory: Path) -> None:
    with Inventory(str(inventory)) as made:
        scan = made.begin({}, "0")
        made.record(scan, report("orders", column("phone"), column("amount"), column("c7")))
        made.finish(scan, "done")
    for name, said in (
        ("phone", "The header speaks for mobile (the name says `phone`)"),
        ("amount", "The header names something else (the name says `amount`)"),
        ("c7", "The header names no kind"),
    ):
        lines = ran("explain", "--inventory", inventory, "orders", name).output.splitlines()
        assert "values looked at" in lines[1]
        assert lines[2].startswith("No kind of personal information reaches 'possible' (30%) by ")
        assert lines[3].startswith(said)


@pytest.mark.parametrize("empty", [True, False])
def test_a_source_that_fails_is_never_told_as_nothing(tmp_path: Path, empty: bool) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    words = [*([folder] if empty else []), "mysql://127.0.0.1:1/x"]
    done = ran("scan", *words, "--inventory", tmp_path / "i.db")
    assert done.return_value == 1
    assert "nothing was read: no source could be read" in done.output + done.stderr
    assert "nothing in the sources" not in done.output + done.stderr


def test_detect_counts_lines_at_line_feeds_alone() -> None:
    text = "a\x0bb\x0cc\u2028d\r\n电话 13912345678\r\n"
    lines = ran("detect", given=text.encode()).stdout.splitlines()
    assert [line.split("\t")[:2] for line in lines] == [["2:4-14", "mobile"]]


@pytest.mark.parametrize("words", [("kinds",), ("show", "--inventory", "{inventory}")])
def test_a_full_disk_is_one_sentence(words: tuple[str, ...], inventory: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *(word.format(inventory=inventory) for word in words)],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    said = "picensus: cannot write the output: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_an_ascii_output_is_written_all_the_same() -> None:
    done = picensus("kinds", env={"PYTHONIOENCODING": "ascii"})
    assert done.code == 0, done.err
    assert "\\u624b\\u673a\\u53f7" in done.out
