"""The sample data: made from a seed, nobody in it, and a line of truth for every column."""

import csv
import hashlib
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.base import Dataset, Reading, Sampling
from connectors.registry import connect
from detectors.catalogue import kinds
from scanner.documents.leaves import documents
from scanner.examine import leaves
from scanner.model import Level, State
from tests.scanner.made import WEIGHTS, luhn

ROOT = Path(__file__).parents[2]
MAKE = ROOT / "sample_data" / "make.py"
EXPECTED = ROOT / "sample_data" / "expected.csv"
MEGABYTE = 1 << 20

# Numbers that somebody has, or that stand in a standard or on every form.
WELL_KNOWN = {
    *("13800138000", "13800000000", "13888888888", "18888888888", "13912345678", "13312345678"),
    *("11010519491231002X", "440524188001010014", "110101199003077758", "34052419800101001X"),
    *("6222021234567890123", "6228480402564890018", "4111111111111111", "6200000000000005"),
    *("91110000600037341L", "490154203237518", "4008008820", "4006065500"),
}


@dataclass(frozen=True, slots=True)
class Truth:
    dataset: str
    column: str
    kind: str
    level_at_least: str
    state: str
    why: str


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="module")
def columns(out: Path, truth: list[Truth]) -> dict[tuple[str, str], list[str]]:
    """Every value of every column as text, by dataset and path; no value is left out.

    Of the paths inside texts only those that the truth names: the column stands for the others.
    """
    named = {(t.dataset, t.column) for t in truth}
    held: dict[tuple[str, str], list[str]] = {}
    for source in (str(out / "files"), f"sqlite:///{out / 'shop.db'}"):
        with connect(source) as connector:
            for dataset in connector.datasets():
                none = dataset.skip or dataset.name == "logo.png"  # read where pictures are
                read = () if none else connector.batches(dataset, Sampling(None), Reading())
                for path, value, inner in texts(read):
                    if inner and (dataset.name, path) not in named:
                        continue
                    held.setdefault((dataset.name, path), []).extend(value)
    return held


@pytest.fixture(scope="module")
def truth() -> list[Truth]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(Truth.__dataclass_fields__)
    return [Truth(*row) for row in rows[1:]]


def made(out: Path, *words: str) -> Path:
    done = subprocess.run(
        [sys.executable, MAKE, "--out", out, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=out.parent,
    )
    assert done.returncode == 0, done.stderr
    return out


def texts(batches: Iterator[pa.RecordBatch]) -> Iterator[tuple[str, list[str], bool]]:
    """The values at each path, and whether it lies inside the texts of a column."""
    for batch in batches:
        for name, array in zip(batch.schema.names, batch.columns, strict=True):
            for path, leaf in leaves(name, array):
                yield path, filled(leaf), False
                for inner, values in documents(leaf):
                    yield path + inner, filled(values), True


def filled(array: pa.Array) -> list[str]:
    return [str(value) for value in array.to_pylist() if value not in (None, "")]


def listed(out: Path) -> dict[str, Dataset]:
    found = {}
    for source in (str(out / "files"), f"sqlite:///{out / 'shop.db'}"):
        with connect(source) as connector:
            found |= {dataset.name: dataset for dataset in connector.datasets()}
    return found


def digests(out: Path) -> dict[str, str]:
    paths = (path for path in out.rglob("*") if path.is_file())
    return {str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def agrees(number: str) -> bool:
    total = sum(int(d) * w for d, w in zip(number[:17], WEIGHTS, strict=True)) % 11
    return "10X98765432"[total] == number[17].upper()


def uscc_agrees(code: str) -> bool:
    """GB 32100: weights are the powers of 3 modulo 31."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * 3**i for i, c in enumerate(code[:17]))
    return (total + alphabet.index(code[17])) % 31 == 0


def vin_agrees(number: str) -> bool:
    """GB 16735: letters count as in 12345678 12345 7 9 23456789 (no I, O, Q), the ninth checks."""
    letters = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
    values = [int(letters.get(c, c)) for c in number]
    values[8] = 0
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    total = sum(v * w for v, w in zip(values, weights, strict=True))
    return number[8] == "0123456789X"[total % 11]


def of_kind(truth: list[Truth], kind: str, state: str = "clear") -> set[tuple[str, str]]:
    return {(t.dataset, t.column) for t in truth if t.kind == kind and t.state == state}


def test_the_same_seed_gives_the_same_bytes(out: Path, tmp_path: Path) -> None:
    assert digests(made(tmp_path / "again")) == digests(out)


def test_another_seed_gives_other_people(out: Path, tmp_path: Path) -> None:
    first, second = digests(out), digests(made(tmp_path / "other", "--seed", "2014"))
    same = {name for name in first if first[name] == second[name]}
    assert first.keys() == second.keys()
    assert same == {"files/empty.csv", "files/logo.png"}


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = subprocess.run(
        [sys.executable, MAKE, "--out", tmp_path / "taken"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "--out" in done.stderr


def test_is_small(out: Path) -> None:
    assert sum(path.stat().st_size for path in out.rglob("*")) < 15 * MEGABYTE


def test_counts(columns: dict[tuple[str, str], list[str]], out: Path) -> None:
    rows = Counter({name: 0 for name, _ in columns})
    for (name, _), values in columns.items():
        rows[name] = max(rows[name], len(values))
    assert len(listed(out)) >= 20
    assert len(columns) >= 200
    assert rows["orders"] == 20_000
    assert rows["leads"] == 0
    assert rows["board_members"] == 5
    assert sum(300 <= n <= 3000 for n in rows.values()) >= 20


def test_every_column_has_its_truth(
    columns: dict[tuple[str, str], list[str]], truth: list[Truth], out: Path
) -> None:
    assert {(t.dataset, t.column) for t in truth if t.column} == columns.keys()
    bare = {t.dataset for t in truth if not t.column}
    assert bare == listed(out).keys() - {name for name, _ in columns}


def test_the_truth_is_well_formed(truth: list[Truth]) -> None:
    keys = [(t.dataset, t.column, t.kind) for t in truth]
    assert len(set(keys)) == len(keys)
    none = {(t.dataset, t.column) for t in truth if t.kind == "none"}
    assert not none & {(t.dataset, t.column) for t in truth if t.kind != "none"}
    for t in truth:
        assert t.why
        if t.kind == "none":
            assert (t.level_at_least, t.state) == ("", "")
        else:
            assert t.kind in kinds()
            assert t.level_at_least in {Level.LIKELY, Level.POSSIBLE}
            assert t.state in set(State)


def test_empty_means_empty(columns: dict[tuple[str, str], list[str]], truth: list[Truth]) -> None:
    said = {(t.dataset, t.column) for t in truth if t.state == "empty"}
    assert said
    assert all(not columns[key] for key in said)
    held = {(t.dataset, t.column) for t in truth if t.kind != "none"} - said
    assert all(columns[key] for key in held)


def test_identity_numbers_agree_where_they_should(
    columns: dict[tuple[str, str], list[str]], truth: list[Truth]
) -> None:
    prose = {("logs/app.log", "line"), ("sys_oper_log", "oper_param"), ("tickets", "remark")}
    other = {("legacy_accounts", "old_id_card"), ("test_accounts", "id_card")}
    keys = of_kind(truth, "id_card") - prose - other
    assert len(keys) > 10
    for key in keys:
        assert all(re.fullmatch(r"\d{17}[\dXx]", n) and agrees(n) for n in columns[key]), key
        assert all("1880" <= n[6:10] <= "1904" for n in columns[key]), key


def test_identity_numbers_in_prose_agree(columns: dict[tuple[str, str], list[str]]) -> None:
    told = {
        ("logs/app.log", "line"): r"idCard=(\w+)",
        ("sys_oper_log", "oper_param"): r'"idCard": "(\w+)"',
        ("tickets", "remark"): r"证件号?：?([0-9X]+)",
    }
    for key, pattern in told.items():
        found = re.findall(pattern, "\n".join(columns[key]))
        assert found
        assert all(agrees(number) and number[6:10] < "1905" for number in found)


def test_identity_numbers_fail_where_they_should(
    columns: dict[tuple[str, str], list[str]],
) -> None:
    for key in (("test_accounts", "id_card"), ("products", "serial_no")):
        assert len(columns[key]) >= 60
        assert not any(agrees(number) for number in columns[key])
    rounded = columns["export/客户导出.csv", "身份证号"]
    assert all(re.fullmatch(r"\d{15}000", number) for number in rounded)
    old = columns["legacy_accounts", "old_id_card"]
    assert all(re.fullmatch(r"\d{6}0[0-4]\d{7}", number) for number in old)


def test_regions_on_cards_exist(columns: dict[tuple[str, str], list[str]]) -> None:
    text = (ROOT / "detectors" / "data" / "region_codes.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    codes = {line[0] + county for line in lines for county in line[1:]}
    assert {number[:6] for number in columns["t_0427", "c1"]} <= codes


def test_bank_cards_pass_luhn(
    columns: dict[tuple[str, str], list[str]], truth: list[Truth]
) -> None:
    keys = of_kind(truth, "bank_card")
    assert keys
    assert all(luhn(number) for key in keys for number in columns[key])


def test_other_check_digits_agree(columns: dict[tuple[str, str], list[str]]) -> None:
    assert uscc_agrees("91350100M000100Y43")
    assert vin_agrees("LDC613P23A1305189")
    assert all(map(uscc_agrees, columns["suppliers", "credit_code"]))
    assert all(map(vin_agrees, columns["vehicles", "vin"]))
    assert all(map(luhn, columns["app/events.jsonl", "device.imei"]))


def test_hashes_are_of_mobiles_and_stars_hide(
    columns: dict[tuple[str, str], list[str]],
) -> None:
    assert all(re.fullmatch("[0-9a-f]{32}", v) for v in columns["customers_hashed", "mobile_md5"])
    masked = columns["customers_masked", "mobile"]
    assert all(re.fullmatch(r"1\d{2}\*{4}\d{4}", value) for value in masked)


def test_one_remark_in_fifty_tells(columns: dict[tuple[str, str], list[str]]) -> None:
    remarks = columns["tickets", "remark"]
    mobiles = [r for r in remarks if re.search(r"(?<!\d)(?!15000000)1[3-9]\d{9}(?!\d)", r)]
    assert len(mobiles) == len(remarks) // 50


def test_no_well_known_number(out: Path, columns: dict[tuple[str, str], list[str]]) -> None:
    values = {value for held in columns.values() for value in held}
    assert not WELL_KNOWN & values
    digits = {run for value in values for run in re.findall(r"\d{10,19}[Xx]?", value)}
    assert not WELL_KNOWN & digits
    with closing(sqlite3.connect(out / "shop.db")) as connection:
        domains = connection.execute(
            "SELECT DISTINCT substr(email, instr(email, '@')) FROM customers"
        )
        assert all(re.search(r"@(\w+\.)?example\.\w+$", d) for (d,) in domains if d)
