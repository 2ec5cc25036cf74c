"""A table with clear, hashed, masked and picture columns, from the database to the screen."""

import csv
import hashlib
import io
import random
import sqlite3
from pathlib import Path

import pytest

from scanner import sm3
from tests.scanner import made
from tests.scanner.cli import exported, picensus

HEADERS = ("phone", "c_md5", "c_sha256", "c_sm3", "c_short", "masked_phone", "idno", "zp", "c_any")
STORED = {
    "phone": ("mobile", "clear"),
    "c_md5": ("mobile", "hashed: MD5, unsalted (proven against `phone`)"),
    "c_sha256": ("id_card", "hashed: SHA-256, unsalted (proven against `idno`)"),
    "c_sm3": ("mobile", "hashed: SM3, unsalted (proven against `phone`)"),
    "c_short": ("id_card", "hashed: MD5 (short form), unsalted (proven against `idno`)"),
    "masked_phone": (
        "mobile",
        "masked: 3+4 characters visible, 4 hidden; GB/T 41833 (waybills) asks for 6 hidden",
    ),
    "idno": ("id_card", "clear"),
    "zp": ("avatar_photo", "clear"),
}


def row(rng: random.Random) -> tuple[object, ...]:
    phone, number = made.mobile(rng), made.identity_number(rng)
    return (
        phone,
        hashlib.md5(phone.encode()).hexdigest().upper(),
        hashlib.sha256(number.encode()).hexdigest(),
        sm3.digest(phone.encode()).hex(),
        hashlib.md5(number.encode()).hexdigest()[8:24],
        f"{phone[:3]}****{phone[7:]}",
        number,
        b"\xff\xd8\xff\xe0" + rng.randbytes(40),
        hashlib.md5(rng.randbytes(9)).hexdigest(),
    )


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored")
    rng = random.Random(7)
    with sqlite3.connect(folder / "members.db") as database:
        database.execute(f"create table members ({', '.join(HEADERS)})")
        marks = ", ".join("?" * len(HEADERS))
        rows = [row(rng) for _ in range(300)]
        database.executemany(f"insert into members values ({marks})", rows)
    ran = picensus("scan", f"sqlite:///{folder}/members.db", "--inventory", folder / "i.db")
    assert ran.code == 0, ran.err
    kept = (folder / "i.db").read_bytes()
    texts = [text.encode() for line in rows[:50] for text in line if isinstance(text, str)]
    assert not [text for text in texts if text in kept]
    return folder / "i.db"


def test_the_export_says_how_each_column_is_stored(inventory: Path) -> None:
    said = {
        str(line["column"]): [(v["kind"], v["storage"]) for v in line["verdicts"]]  # type: ignore[attr-defined]
        for line in exported(inventory)
    }
    assert said == {**{column: [one] for column, one in STORED.items()}, "c_any": []}


def test_the_spreadsheet_too(inventory: Path) -> None:
    ran = picensus("export", "--inventory", inventory, "--format", "csv")
    lines = csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")))
    assert {line["column"]: line["storage"] for line in lines if line["kind"]} == {
        column: words for column, (_, words) in STORED.items()
    }


@pytest.mark.parametrize("column", STORED)
def test_explain_says_it(inventory: Path, column: str) -> None:
    ran = picensus("explain", "--inventory", inventory, "members", column)
    kind, words = STORED[column]
    assert f"({kind})" in ran.out
    assert f"; stored {words}; " in ran.out


def test_explain_gives_the_proof_as_a_reason(inventory: Path) -> None:
    ran = picensus("explain", "--inventory", inventory, "members", "c_sm3")
    assert "are the unsalted SM3 of `phone` in the same row" in ran.out
    assert "200 of 200 digests compared" in ran.out
