"""Scans a PostgreSQL and a MariaDB database of 50 made-up tables each, and scores the export.

    python -m bench.databases [--score EVALUATION/score.py] [--rows 300] [--seed 5]

Both servers are private and gone at the end. Personal information lies in text, BIGINT and
NUMERIC columns under English, pinyin, Chinese and opaque names, beside look-alikes. Without
`--score` the verdicts are compared with the labels here, to the same rule: a column is found
where a verdict at `likely` is its kind, and any other verdict at `likely` is false.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from sample_data import identifiers, lookalikes, words
from sample_data.people import Person, people
from tests import servers

PREFIX = "census_"
TABLES = 50
NONE = "none"
NEVER = ""  # an opaque name


@dataclass(frozen=True, slots=True)
class Template:
    """A column: its kind, its names, its type, and a value of a person or of chance."""

    kind: str
    names: tuple[str, ...]
    type: sa.types.TypeEngine[object]
    value: Callable[[Person, random.Random], object]


def _text(length: int = 64) -> sa.String:
    return sa.String(length)


def _numeric_id(person: Person, rng: random.Random) -> int:
    """A number without X, for a BIGINT column."""
    body = person.id_card[:17]
    while identifiers.id_check(body) == "X":
        body = body[:14] + f"{rng.randrange(1000):03d}"
    return int(body + identifiers.id_check(body))


TEMPLATES = (
    Template("id_card", ("id_card", "sfzh", "身份证号", NEVER), _text(), lambda p, _: p.id_card),
    Template("id_card", ("id_no", "zjhm", NEVER), sa.BigInteger(), _numeric_id),
    Template("mobile", ("mobile", "sjhm", "手机号", NEVER), _text(), lambda p, _: p.mobile),
    Template("mobile", ("phone", "lxdh", NEVER), sa.BigInteger(), lambda p, _: int(p.mobile)),
    Template("name", ("real_name", "xm", "姓名", NEVER), _text(), lambda p, _: p.name),
    Template("address", ("address", "jtzz", "家庭住址", NEVER), _text(200), lambda p, _: p.address),
    Template("email", ("email", "dzyx", NEVER), _text(), lambda p, _: p.email),
    Template("bank_card", ("bank_card", "银行卡号", NEVER), _text(), lambda p, _: p.bank_card),
    Template("bank_card", ("yhkh", NEVER), sa.Numeric(19, 0), lambda p, _: int(p.bank_card)),
    Template("gender", ("gender", "xb", "性别"), _text(4), lambda p, _: p.sex),
    Template("date_of_birth", ("birthday", "csrq"), sa.Date(), lambda p, _: p.born),
    Template(NONE, ("order_no", NEVER), _text(), lambda _, r: lookalikes.order_number(r)),
    Template(NONE, ("trace_id", NEVER), sa.BigInteger(), lambda _, r: lookalikes.snowflake(r)),
    Template(NONE, ("ts", NEVER), sa.BigInteger(), lambda _, r: lookalikes.milliseconds(r)),
    Template(NONE, ("serial_no", NEVER), _text(), lambda _, r: lookalikes.identity_shaped(r)),
    Template(NONE, ("waybill_no",), _text(), lambda _, r: lookalikes.waybill(r)),
    Template(NONE, ("barcode", NEVER), sa.BigInteger(), lambda _, r: int(lookalikes.barcode(r))),
    Template(NONE, ("amount", NEVER), sa.Numeric(12, 2), lambda _, r: lookalikes.amount(r)),
    Template(NONE, ("status", NEVER), _text(), lambda _, r: r.choice(words.STATUSES)),
    Template(NONE, ("product_name", NEVER), _text(), lambda _, r: r.choice(words.PRODUCTS)),
    Template(NONE, ("dish", NEVER), _text(), lambda _, r: r.choice(words.DISHES)),
    Template(NONE, ("version",), _text(), lambda _, r: lookalikes.version(r)),
    Template(NONE, ("created_at",), sa.DateTime(), lambda _, r: lookalikes.moment(r)),
)  # fmt: skip
SUBJECTS = ("customer", "sys_user", "t_member", "hr_employee", "t", "ods_crm_customer", "xs_xsxx")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--score", type=Path)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=5)
    args = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.postgresql() as pg,
        servers.mariadb() as my,
    ):
        work = Path(folder)
        labels: list[dict[str, str]] = []
        urls = [_filled(url, app, args, labels) for app, url in (("pg", pg), ("my", my))]
        started = time.perf_counter()
        command = [sys.executable, "-m", "scanner.cli", "scan", *urls]
        command += ["--inventory", str(work / "i.db"), "--export", str(work / "export.jsonl")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        (work / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)))
        print(f"{2 * TABLES} tables, {len(labels)} columns, {seconds:.1f} s in all")
        if args.score:
            files = [str(work / "export.jsonl"), str(work / "labels.jsonl")]
            command = [sys.executable, str(args.score), *files, "--prefix", PREFIX]
            return subprocess.run(command, check=False).returncode
        return _compare(work / "export.jsonl", labels)


def _filled(url: str, app: str, args: argparse.Namespace, labels: list[dict[str, str]]) -> str:
    """The URL of a new database with the tables in it; their labels are added."""
    rng = random.Random(f"{args.seed} {app}")
    database = PREFIX + app
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"create database {database}"))
    admin.dispose()
    inside = make_url(url).set(database=database)
    engine = sa.create_engine(inside)
    with engine.begin() as connection:
        for table, kinds, rows in _tables(rng, args.rows):
            table.create(connection)
            connection.execute(table.insert(), rows)
            labels += [
                {"app": app, "table": table.name, "column": column, "label": kind, "values": "real"}
                for column, kind in kinds.items()
            ]
    engine.dispose()
    return inside.render_as_string(hide_password=False)


def _tables(
    rng: random.Random, count: int
) -> Iterator[tuple[sa.Table, dict[str, str], list[dict[str, object]]]]:
    for number in range(TABLES):
        chosen = rng.sample(TEMPLATES, rng.randint(6, 12))
        named = {rng.choice(t.names) or f"c{i}": t for i, t in enumerate(chosen)}
        columns = (sa.Column(name, t.type) for name, t in named.items())
        name = f"{rng.choice(SUBJECTS)}_{number:02d}"
        table = sa.Table(
            name, sa.MetaData(), sa.Column("id", sa.BigInteger, primary_key=True), *columns
        )
        rows = [
            {"id": n + 1, **{name: t.value(person, rng) for name, t in named.items()}}
            for n, person in enumerate(people(rng, count))
        ]
        yield table, {"id": NONE, **{name: t.kind for name, t in named.items()}}, rows


def _compare(export: Path, labels: list[dict[str, str]]) -> int:
    said = {}
    for line in export.read_text("utf-8").splitlines():
        row = json.loads(line)
        sure = {v["kind"] for v in row["verdicts"] if v["level"] != "possible"}
        said[row["database"], row["table"], row["column"]] = sure
    wrong = []
    for label in labels:
        found = said[PREFIX + label["app"], label["table"], label["column"]]
        wanted = set() if label["label"] == NONE else {label["label"]}
        if found != wanted:
            wrong.append(f"{label['table']}.{label['column']} is {label['label']}, said {found}")
    print(f"{len(labels) - len(wrong)} of {len(labels)} columns right", *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
