"""Planted values appear in no output: inventory bytes, exports, screen, errors, temp files."""

import json
import sqlite3
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from detectors import registry
from scanner.config import settings_of
from scanner.examine import examine
from scanner.inventory.store import Inventory
from scanner.run.local import scan
from tests.scanner.cli import picensus

ENDS: tuple[Literal["big", "little"], ...] = ("big", "little")

# Made up: births before 1905, numbers of no one's.
CANARIES = {
    "id_card": "110101190001010014",
    "mobile": "13912340987",
    "name": "诸葛麒麟",
    "email": "canary.bird@example.com",
    "bank_card": "6222020200112233440",
    "address": "北京市海淀区金丝雀路987号6栋543室",
    "password": "Kanarienvogel-2013",
    "remark": "金丝雀在矿井里唱歌",
    "username": "kanarek_0987",
    "token": "sk-kanarek09876543210987654321",
}
PIECES = (
    "12340987",
    "190001010014",
    "麒麟",
    "canary.bird",
    "112233440",
    "金丝雀",
    "anarek",
    "narienvogel",
    "海棠",
    "kanarekbird",
    "7654309",
)


def plant(folder: Path) -> None:
    """Every canary in every place that a scanner might let it slip from."""
    rows = [dict(CANARIES) for _ in range(30)]
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    (folder / "a.csv").write_text("\n".join(lines), "utf-8")
    (folder / "gb.csv").write_bytes("\n".join(lines).encode("gb18030"))
    (folder / "ragged.csv").write_text("\n".join([lines[0], *(x + ",更多,值" for x in lines[1:])]))
    (folder / "b.jsonl").write_text("\n".join(json.dumps({"o": row}) for row in rows))
    (folder / "bad.jsonl").write_text("\n".join(['{"name": "诸葛麒麟', *lines]))
    (folder / "c.log").write_text(
        "\n".join(f"user={row['name']} tel={row['mobile']}" for row in rows)
    )
    pq.write_table(pa.Table.from_pylist(rows), folder / "d.parquet")
    plant_in_names(folder)
    whole = (folder / "d.parquet").read_bytes()
    (folder / "cut.parquet").write_bytes(whole[:-50])
    with sqlite3.connect(folder / "e.db") as database:
        names = ", ".join(f'"{name}"' for name in CANARIES)
        database.execute(f"create table people ({names})")
        marks = ", ".join("?" * len(CANARIES))
        database.executemany(
            f"insert into people values ({marks})", [list(row.values()) for row in rows]
        )
    database.close()


def plant_in_names(folder: Path) -> None:
    """Canaries where names of columns are looked for."""
    row = "诸葛麒麟,13912340987,北京市海淀区金丝雀路987号6栋543室"
    texts = {
        "people.csv": "\n".join([row] * 3),
        "places.csv": "诸葛麒麟,上海市城市金丝雀12号\n欧阳海棠,上海市金丝雀花园3号",
        "unfilled.csv": "欧阳海棠,未填\n诸葛麒麟,13912340987",
        "over.csv": "欧阳海棠,数量\n诸葛麒麟,13912340987\n王小明,13912340987,金丝雀",
        "logins.csv": "kanarekbird,wangwu\nlisi,zhaoliu",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    people = {"诸葛麒麟": "13912340987", "欧阳海棠": "13912340987"}
    nested = {"id": 1, "contacts": {name: {"tel": tel} for name, tel in people.items()}}
    documents = {"map.json": people, "nested.json": nested, "keys.json": {"7654309": {"n": "1"}}}
    for name, document in documents.items():
        (folder / name).write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    plant_in_texts(folder, people)
    (folder / "lines.jsonl").write_text(
        "\n".join(json.dumps({name: tel}) for name, tel in people.items())
    )
    pq.write_table(
        pa.table({"诸葛麒麟": ["1"], "欧阳海棠": ["2"]}),
        folder / "names.parquet",
    )


def plant_in_texts(folder: Path, people: dict[str, str]) -> None:
    """Canaries as keys and values of documents inside the texts of a table."""
    by_key = {name: {"tel": tel} for name, tel in people.items()}
    by_key |= {value: {"tel": "1"} for kind, value in CANARIES.items() if kind != "username"}
    documents = [
        json.dumps({"contacts": by_key}),
        json.dumps({"data": json.dumps(by_key, ensure_ascii=False)}, ensure_ascii=False),
        json.dumps(by_key, ensure_ascii=False)[:-20],
        f"saved {json.dumps(by_key)}",
        f"诸葛麒麟={people['诸葛麒麟']}&phone={people['诸葛麒麟']}",
        f"<people><诸葛麒麟>{people['诸葛麒麟']}</诸葛麒麟></people>",
    ]
    with sqlite3.connect(folder / "documents.db") as database:
        database.execute("create table sys_log (a text, b text, c text, d text, e text, f text)")
        database.executemany("insert into sys_log values (?, ?, ?, ?, ?, ?)", [documents] * 30)
    database.close()


def test_no_planted_value_gets_out(tmp_path: Path) -> None:
    (source := tmp_path / "source").mkdir()
    (out := tmp_path / "out").mkdir()
    (temp := tmp_path / "temp").mkdir()
    plant(source)
    inventory = out / "i.db"
    env = {"TMPDIR": str(temp)}
    said = [
        picensus(
            *("scan", source, f"sqlite:///{source}/e.db"),
            *(f"sqlite:///{source}/documents.db", "--inventory", inventory),
            *("--export", out / "x.xlsx"),
            env=env,
        )
    ]
    assert said[0].code == 4, said[0].err
    said += [
        picensus("export", out / "x.csv", "--inventory", inventory, env=env),
        picensus("export", "--format", "jsonl", "--inventory", inventory, env=env),
        picensus("show", "--all", "--inventory", inventory, env=env),
        *(picensus("explain", "people", name, "--inventory", inventory) for name in CANARIES),
        picensus("detect", given="\n".join(CANARIES.values()).encode()),
    ]
    assert [ran.code for ran in said[1:]] == [0] * (len(said) - 1)
    printed = "\n".join(ran.out + ran.err for ran in said)
    assert "id_card" in printed  # the scan did see them
    for piece in PIECES:
        assert piece not in printed
    for path in (*out.rglob("*"), *temp.rglob("*")):
        if path.is_file():
            held = _unpacked(path)
            for piece in PIECES:
                assert piece.encode() not in held, (path, piece)


def _unpacked(path: Path) -> bytes:
    """The bytes of a file, and of what a workbook packs."""
    import zipfile  # noqa: PLC0415

    held = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as book:
            held += b"".join(book.read(name) for name in book.namelist())
    return held


def test_no_key_of_a_value_is_in_the_inventory(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "\n".join([",".join(CANARIES), *[",".join(CANARIES.values())] * 9])
    )
    target = tmp_path / "inventory.db"
    settings = settings_of({"sources": [str(tmp_path / "a.csv")]}, "a test")
    detectors = registry.load()
    with Inventory(str(target)) as inventory:
        scan(settings, inventory, detectors, "0")
    table = pa.table({name: [value] for name, value in CANARIES.items()})
    held = examine(table, detectors).columns["mobile"]
    keys = [*held.seen.keys, *held.evidence["mobile"].values.keys]
    assert keys, "the same process draws no other key"
    written = b"".join(path.read_bytes() for path in tmp_path.glob("inventory.db*"))
    assert b"mobile" in written
    for key in keys:
        shapes = (str(key).encode(), f"{key:x}".encode(), *(key.to_bytes(8, o) for o in ENDS))
        assert not any(shape in written for shape in shapes)
