"""The switch `--ner`: in a scan, on a text, in a config, and without the extra."""

import json
import random
import sqlite3
from pathlib import Path

import pytest

from sample_data.people import people
from scanner.config import load
from tests.scanner.cli import exported, kinds_of, picensus

LINES = ("今天{}和小组一起去开会", "这个单子是{}负责的", "昨天给{}打电话没人接")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Sixty lines, each different, with names and no word beside them."""
    file = tmp_path / "notes.csv"
    names = (one.name for one in people(random.Random(3), 60))
    rows = (f"{n},{LINES[n % 3].format(name)}第{n}次" for n, name in enumerate(names))
    file.write_text("id,remark\n" + "\n".join(rows) + "\n", "utf-8")
    return file


def settings_of(inventory: Path) -> dict[str, object]:
    with sqlite3.connect(inventory) as connection:
        (kept,) = connection.execute("SELECT settings FROM scans").fetchone()
    found: dict[str, object] = json.loads(kept)
    return found


@pytest.mark.parametrize("switched", [False, True])
def test_a_scan_finds_names_in_sentences_where_it_is_on(
    notes: Path, tmp_path: Path, switched: bool
) -> None:
    inventory = tmp_path / "inventory.db"
    words = ["--ner"] if switched else []
    ran = picensus("scan", notes, "--inventory", inventory, *words)
    assert ran.code == 0, ran.err
    kinds = {str(row["column"]): kinds_of(row) for row in exported(inventory)}
    assert ("name" in kinds["remark"]) is switched
    assert settings_of(inventory)["ner"] is switched


def test_a_text_shows_names_where_it_is_on() -> None:
    given = "今天张伟来了\n".encode()
    assert picensus("detect", given=given).out == ""
    assert picensus("detect", "--ner", given=given).out == "1:3-4\tname\tshape\n"


def test_a_config_switches_it_on(tmp_path: Path) -> None:
    file = tmp_path / "picensus.yaml"
    file.write_text("ner: true\n", "utf-8")
    assert load(file).ner


@pytest.mark.parametrize("words", [("detect",), ("scan", ".")])
def test_without_the_extra_one_sentence_says_what_to_install(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    bare = tmp_path / "jieba"  # as it comes from those who leave the model out
    bare.mkdir()
    (bare / "__init__.py").write_text("", "utf-8")
    ran = picensus(*words, "--ner", env={"PYTHONPATH": str(tmp_path)})
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "pip install 'picensus[ner]'" in ran.err
