"""The demo's verdicts equal the truth in `sample_data/expected.csv`, column by column."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scanner.cli import exported, picensus

ROOT = Path(__file__).resolve().parents[2]
RANK = {"possible": 0, "likely": 1, "certain": 2}

Key = tuple[str, str]  # dataset, column


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, ROOT / "sample_data" / "make.py", "--out", folder / "out"]
    subprocess.run(command, check=True, capture_output=True)
    ran = picensus(
        *("scan", folder / "out" / "files", f"sqlite:///{folder}/out/shop.db"),
        *("--inventory", folder / "i.db"),
    )
    assert ran.code == 0, ran.err
    rows = exported(folder / "i.db")
    return [row for row in rows if row["table"] != "logo.png"]  # read where pictures are


@pytest.fixture(scope="module")
def truth() -> list[dict[str, str]]:
    with (ROOT / "sample_data" / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["column"]]  # the others have none


def test_every_column_and_no_other_is_there(
    export: list[dict[str, object]], truth: list[dict[str, str]]
) -> None:
    found = {(str(row["table"]), str(row["column"])) for row in export}
    assert found == {(row["dataset"], row["column"]) for row in truth}


def test_the_verdicts_equal_the_truth(
    export: list[dict[str, object]], truth: list[dict[str, str]]
) -> None:
    wanted: dict[Key, set[str]] = {(row["dataset"], row["column"]): set() for row in truth}
    possible: dict[Key, set[str]] = {key: set() for key in wanted}
    for row in truth:
        if row["kind"] != "none":
            sure = row["level_at_least"] != "possible"
            (wanted if sure else possible)[row["dataset"], row["column"]].add(row["kind"])
    wrong = []
    for line in export:
        key = str(line["table"]), str(line["column"])
        said = {v["kind"]: RANK[v["level"]] for v in line["verdicts"]}  # type: ignore[attr-defined]
        sure = {kind for kind, rank in said.items() if rank >= RANK["likely"]}
        missing = possible[key] - set(said)
        if sure != wanted[key] or missing:
            wrong.append(f"{'.'.join(key)}: said {said}, truth {wanted[key]} {possible[key]}")
    assert wrong == []


def test_the_states_equal_the_truth(
    export: list[dict[str, object]], truth: list[dict[str, str]]
) -> None:
    wanted = {(row["dataset"], row["column"], row["kind"]): row["state"] for row in truth}
    said = {
        (str(line["table"]), str(line["column"]), v["kind"]): v["state"]
        for line in export
        for v in line["verdicts"]  # type: ignore[attr-defined]
    }
    both = wanted.keys() & said.keys()
    assert {key: said[key] for key in both} == {key: wanted[key] for key in both}
