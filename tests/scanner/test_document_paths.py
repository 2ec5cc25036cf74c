"""Columns of documents from rows to reports: counts that add up, paths that are fit to be shown."""

import csv
import json
import random
import sqlite3
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.base import Column, Sampling
from detectors import registry
from scanner.documents.keys import MOST_PATHS
from scanner.documents.settled import bounded, settled
from scanner.examine import examine
from scanner.model import Level, Profile
from scanner.run.units import census
from scanner.verdict import verdicts
from tests.scanner import made
from tests.scanner.cli import exported, kinds_of, picensus
from tests.scanner.test_units import Given

DETECTORS = registry.load()
GIVEN = "明华丽强伟芳娜静敏军洋勇艳杰涛超霞平刚桂"


def person(rng: random.Random) -> str:
    return rng.choice("王李张刘陈杨赵黄周吴") + "".join(rng.choices(GIVEN, k=rng.choice((1, 2))))


def sent(rng: random.Random) -> dict[str, object]:
    """What a form sends: a user, and parcels with a telephone each."""
    return {
        "user": {"realName": person(rng), "idCard": made.identity_number(rng)},
        "items": [{"sku": f"S{rng.randrange(10**4)}", "tel": made.mobile(rng)}] * rng.randint(0, 3),
        "ext": json.dumps({"linkPhone": made.mobile(rng)}),
        "ok": True,
    }


def examined(table: pa.Table, cuts: int = 1) -> Profile:
    """The profile as a scan makes it, of so many parts."""
    step = -(-table.num_rows // cuts)
    profile = Profile()
    for start in range(0, table.num_rows, step):
        profile = bounded(profile + examine(table[start : start + step], DETECTORS), set())
    return settled(profile, set(table.column_names), DETECTORS)


def said(table: pa.Table, cuts: int = 1) -> dict[str, set[str]]:
    """The kinds at likely or above of each column and path."""
    columns = [Column(name) for name in table.column_names]
    return {
        r.column.name: {v.kind for v in r.verdicts if v.level is not Level.POSSIBLE}
        for r in verdicts(examined(table, cuts), columns, DETECTORS, "t_log")
    }


def mixed(rng: random.Random, rows: int) -> list[str | None]:
    """Documents, broken and nested ones, messages, forms, prose and nothing, in any order."""
    out: list[str | None] = []
    for n in range(rows):
        whole = json.dumps(sent(rng), ensure_ascii=n % 2 == 0)
        message = f"saved {n} rows: {whole}"
        form = f"userName={person(rng)}&phone={made.mobile(rng)}"
        again = out[rng.randrange(n)] if n else ""
        out.append(rng.choice((whole, whole[:150], message, form, "备注：无", None, "", again)))
    return out


def test_any_split_gives_the_counts_of_the_whole() -> None:
    table = pa.table({"c": mixed(random.Random(4), 600)})
    whole = examined(table)
    assert {"c.user.realName", "c.items[].tel", "c.ext.linkPhone", "c.phone"} <= set(whole.columns)
    for cuts in (2, 7, 60):
        parts = examined(table, cuts)
        assert set(parts.columns) == set(whole.columns)
        for path, one in whole.columns.items():
            other = parts.columns[path]
            assert (one.values, one.nulls, one.blank) == (other.values, other.nulls, other.blank)
            assert (one.forms, one.states) == (other.forms, other.states)
            rows = {kind: (e.rows, e.checked, e.whole) for kind, e in one.evidence.items()}
            assert rows == {k: (e.rows, e.checked, e.whole) for k, e in other.evidence.items()}


def test_counts_are_those_of_rows_and_items() -> None:
    texts = ['{"tel":"13900000001","list":[{"code":1},{"code":null}]}'] * 3 + [
        '{"tel":null}',
        '{"tel":" "}',
    ]
    held = examined(pa.table({"c": [*texts, "x", None]})).columns
    tel, items = held["c.tel"], held["c.list[].code"]
    assert (held["c"].values, tel.values, tel.nulls, tel.blank) == (7, 5, 1, 1)
    assert (tel.evidence["mobile"].rows, tel.distinct) == (3, 1)
    assert (items.values, items.nulls) == (6, 3)


def test_keys_of_many_batches_stay_bounded() -> None:
    letters = "abcdefghjkmnpqrstuvwxyz"
    keys = [f"q{a}{b}{c}" for a in letters[:9] for b in letters for c in letters[:9]]
    table = pa.table({"c": [json.dumps({"data": {key: {"tel": "1"}}}) for key in keys]})
    for cuts in (1, 12):
        held = examined(table, cuts)
        assert len(held.columns) <= MOST_PATHS
        assert held.columns["c.data.{}.tel"].values == pytest.approx(len(keys), abs=60)


@pytest.mark.parametrize(
    ("documents", "paths"),
    [
        pytest.param(
            [{"欧阳海棠": {"tel": "1"}, "诸葛麒麟": {"tel": "2"}}], {"c.{}.tel"}, id="persons"
        ),
        pytest.param([{"诸葛麒麟": "1"}], {"c.{}"}, id="one person"),
        pytest.param([{"13912340987": "1", "code": "1"}], {"c.{}", "c.code"}, id="a mobile"),
        pytest.param([{"canary.bird@example.com": {"no": 1}}], {"c.{}.no"}, id="an e-mail"),
        pytest.param([{"kanarek_0987": {"no": 1}}], {"c.{}.no"}, id="a user with a number"),
        pytest.param(
            [{"kanarek" + c: {"no": 1}} for c in "abcdefghjkmn"],
            {"c.{}.no"},
            id="users, once each",
        ),
        pytest.param(
            [{"电话": 1, "类型": 2, "备注": 3}], {"c.电话", "c.类型", "c.备注"}, id="words"
        ),
        *(
            pytest.param([{key: {"tel": "1"}}] * 20, {"c.{}.tel"}, id=f"often: {key}")
            for key in (
                "oKanarekKanarekKanarekKanar1",
                "京A12B4C",
                "北京市朝阳区建国路八十八号",
                "欧阳娜娜娜",
                "Kanarek Wei",
                "kanarekwei",
                "一三八一二三四五六七八",
                "138 123 456 78",
                "李秀英女士",
                "阿依古丽·买买提",
                "zqch",
            )
        ),
        pytest.param(
            [{"kind": "x", "电话": "1"}] * 12 + [{"kind": "x", "receiver_tel": "2", "odd": 1}],
            {"c.kind", "c.电话", "c.receiver_tel", "c.{}"},
            id="a rare key that names a kind",
        ),
    ],
)
def test_keys_that_are_values_are_no_names(
    documents: list[dict[str, object]], paths: set[str]
) -> None:
    table = pa.table({"c": [json.dumps(d, ensure_ascii=False) for d in documents]})
    assert set(examined(table).columns) - {"c"} == paths


def test_columns_of_documents_are_reported_by_path() -> None:
    rng = random.Random(6)
    held = said(pa.table({"oper_param": [json.dumps(sent(rng)) for _ in range(300)]}), 3)
    assert held == {
        "oper_param": {"id_card", "mobile", "name"},
        "oper_param.user.realName": {"name"},
        "oper_param.user.idCard": {"id_card"},
        "oper_param.items[].tel": {"mobile"},
        "oper_param.ext.linkPhone": {"mobile"},
    }


@pytest.mark.parametrize(
    ("column", "document", "kinds"),
    [
        pytest.param("oper_param", {"name": "", "gender": "男"}, {"name"}, id="beside a gender"),
        pytest.param("oper_param", {"data": {"name": "x", "idCard": ""}}, {"name"}, id="in data"),
        pytest.param("body", {"customer": {"name": "x"}}, {"name"}, id="below a customer"),
        pytest.param("user_info", {"name": "x"}, {"name"}, id="in a column about users"),
        pytest.param("body", {"goods": {"name": "x"}}, set(), id="below goods"),
        pytest.param("body", {"name": "x"}, set(), id="alone"),
    ],
)
def test_keys_are_read_among_the_keys_around_them(
    column: str, document: dict[str, object], kinds: set[str]
) -> None:
    paths = {".name", ".data.name", ".customer.name", ".goods.name"}
    table = pa.table({column: [json.dumps(document)] * 5})
    reports = verdicts(examined(table), [Column(column)], DETECTORS, "sys_log")
    named = [r for r in reports if r.column.name.removeprefix(column) in paths]
    assert {v.kind for r in named for v in r.verdicts if v.level is not Level.POSSIBLE} == kinds


def test_one_stray_document_names_no_path() -> None:
    rng = random.Random(7)
    texts = [f"第{n}单已送达" for n in range(400)] + [json.dumps({"number": made.mobile(rng)})]
    assert said(pa.table({"remark": texts})) == {"remark": set()}
    texts[-1] = json.dumps({"phone": made.mobile(rng)})  # a word before it says what it is
    assert said(pa.table({"remark": texts})) == {"remark": {"mobile"}}


def test_paths_do_not_take_the_names_of_columns() -> None:
    rng = random.Random(8)
    phones = [json.dumps({"tel": made.mobile(rng)}) for _ in range(50)]
    held = said(pa.table({"a": phones, "a.tel": [f"{n % 7}号" for n in range(50)]}))
    assert held["a.tel"] == set()
    assert held["a.tel (2)"] == {"mobile"}


def test_prose_holds_several_kinds_each_with_its_share() -> None:
    rng = random.Random(9)
    rows, shares = 1000, {"mobile": 300, "name": 200, "id_card": 30}
    texts = [f"第{n}次来访，要求尽快处理" for n in range(rows)]
    for n in rng.sample(range(rows), shares["mobile"]):
        texts[n] += f"，电话{made.mobile(rng)}"
    for n in rng.sample(range(rows), shares["name"]):
        texts[n] += f"，联系人：{person(rng)}"
    for n in rng.sample(range(rows), shares["id_card"]):
        texts[n] += f"，身份证{made.identity_number(rng)}"
    table = pa.table({"remark": texts})
    (report,) = verdicts(examined(table), [Column("remark")], DETECTORS, "tickets")
    found = {v.kind: v for v in report.verdicts if v.level is not Level.POSSIBLE}
    assert set(found) == set(shares)
    for kind, verdict in found.items():
        assert verdict.basis == "values"
        low, high = verdict.prevalence or (0, 0)
        assert low < shares[kind] / rows < high, kind
        assert high - low < 0.07


@pytest.mark.parametrize("kind", ["mobile", "id_card", "bank_card"])
def test_one_stray_hit_names_no_prose(kind: str) -> None:
    rng = random.Random(10)
    make = {"mobile": made.mobile, "id_card": made.identity_number, "bank_card": made.bank_card}
    texts = [f"第{n}次来访，要求尽快处理" for n in range(1000)]
    texts[500] += f"，号码{make[kind](rng)}"
    assert said(pa.table({"remark": texts})) == {"remark": set()}


def test_a_larger_sample_replaces_all_that_lies_in_a_column() -> None:
    rng = random.Random(12)
    texts = [json.dumps({"old": {"tel": made.mobile(rng)}}) for _ in range(1000)]
    texts += [json.dumps({"new": {"tel": made.mobile(rng)}}) for _ in range(2000)]
    connector = Given(pa.table({"id": range(3000), "body": texts}))
    dataset = next(connector.datasets())
    got = census(connector, dataset, Sampling(rows=2500), DETECTORS)
    assert [asked.columns for asked in connector.asked] == [None, ("body",)]
    seen = {c.column.name: c.profile.values for c in got.columns if c.profile}
    assert seen == {"id": 1000, "body": 2500, "body.old.tel": 1000, "body.new.tel": 1500}


def test_cells_that_are_cut_give_what_stands_before_the_cut(tmp_path: Path) -> None:
    rng = random.Random(13)
    filler = "查无此人" * 2_000_000  # 24 MB
    with (tmp_path / "big.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [{"tel": made.mobile(rng), "note": filler, "late": "x"} for _ in range(4)]
        cells = [[n, json.dumps(row, ensure_ascii=False)] for n, row in enumerate(rows)]
        csv.writer(file).writerows([["id", "body"], *cells])
    inventory = tmp_path / "i.db"
    ran = picensus("scan", tmp_path / "big.csv", "--full", "--inventory", inventory)
    assert ran.code == 0, ran.err
    held = {str(r["column"]): kinds_of(r) for r in exported(inventory)}
    assert held == {"id": set(), "body": {"mobile"}, "body.tel": {"mobile"}}


def test_a_scan_of_a_database_and_of_a_file(tmp_path: Path) -> None:
    rng = random.Random(11)
    rows = [(n, json.dumps(sent(rng)), f"request {json.dumps(sent(rng))}") for n in range(1500)]
    with sqlite3.connect(tmp_path / "app.db") as database:
        database.execute("create table sys_log (id integer, ext_json text, message text)")
        database.executemany("insert into sys_log values (?, ?, ?)", rows)
    database.close()
    with (tmp_path / "log.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "ext_json", "message"), *rows])
    source = f"sqlite:///{tmp_path}/app.db"
    inventory = tmp_path / "i.db"
    ran = picensus("scan", source, tmp_path / "log.csv", "--inventory", inventory)
    assert ran.code == 0, ran.err
    lines = exported(inventory)
    for table in ("sys_log", "log.csv"):
        held = {str(r["column"]): kinds_of(r) for r in lines if r["table"] == table}
        assert next(iter(held)) == "id"
        for column in ("ext_json", "message"):
            assert {"id_card", "mobile", "name"} <= held[column]
            assert held[f"{column}.user.realName"] == {"name"}
            assert held[f"{column}.items[].tel"] == {"mobile"}
            assert held[f"{column}.ext.linkPhone"] == {"mobile"}
            assert f"{column}.ok" not in held
    explained = picensus("explain", "sys_log", "ext_json.user.idCard", "--inventory", inventory)
    assert "id_card" in explained.out
