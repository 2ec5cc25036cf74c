"""Verdicts do not depend on how rows are split into parts. Every value is made up."""

import random

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import Level, Profile, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()


def judged(values: list[str], cuts: int) -> tuple[Verdict, ...]:
    """The verdicts on a column whose name says nothing, examined in so many parts."""
    table, profile = pa.table({"line": values}), Profile()
    step = -(-len(values) // cuts)
    for start in range(0, len(values), step):
        profile += examine(table[start : start + step], DETECTORS)
    return verdicts(profile, [Column("line")], DETECTORS, "t")[0].verdicts


RNG = random.Random(8)
MOBILE, CARD_OF_A = made.mobile(RNG), made.identity_number(RNG)
ONE_PERSON = [
    pytest.param(MOBILE, "mobile", Level.POSSIBLE, id="mobile"),
    pytest.param(f"请拨打{MOBILE}联系", "mobile", Level.POSSIBLE, id="mobile in a text"),
    pytest.param(f"GET /login user={MOBILE} ok", "mobile", Level.POSSIBLE, id="mobile in a log"),
    pytest.param("someone@example.com", "email", Level.POSSIBLE, id="e-mail"),
    pytest.param(CARD_OF_A, "id_card", Level.LIKELY, id="identity number"),
    pytest.param(f"登记了{CARD_OF_A}一人", "id_card", Level.LIKELY, id="identity number in a text"),
]


@pytest.mark.parametrize(("line", "kind", "level"), ONE_PERSON)
def test_one_value_on_every_row_is_one_witness_in_any_split(
    line: str, kind: str, level: Level
) -> None:
    for cuts in (1, 3, 50):
        (verdict,) = judged([line] * 5000, cuts)
        assert (verdict.kind, verdict.level) == (kind, level), f"{cuts} parts"
        assert verdict.prevalence == (pytest.approx(1, abs=0.001), 1)
        said = " ".join(reason.text for reason in verdict.reasons)
        assert "one value, however often it comes" in said
        assert "100% of the rows hold it" in said


def test_one_number_in_many_different_texts_is_one_witness() -> None:
    lines = [f"第{n}单，退订请致电{MOBILE}" for n in range(5000)]
    for cuts in (1, 20):
        assert [v.level for v in judged(lines, cuts)] == [Level.POSSIBLE]


def test_one_value_among_others_in_every_part_names_no_column() -> None:
    lines = [f"第{n}单" if n % 100 else f"第{n}单{CARD_OF_A}" for n in range(5000)]
    for cuts in (1, 50):
        assert [v.level for v in judged(lines, cuts)] == [Level.POSSIBLE]


def test_a_few_peoples_numbers_that_come_again_name_a_column_in_any_split() -> None:
    rng = random.Random(8)
    numbers = [made.mobile(rng) for _ in range(40)]
    for count, level in ((12, Level.LIKELY), (40, Level.CERTAIN)):
        for cuts in (1, 7, 100):
            (verdict,) = judged([numbers[n % count] for n in range(6000)], cuts)
            assert (verdict.kind, verdict.level) == ("mobile", level), f"{count} in {cuts} parts"


FEW = [f"第{n}批货物已入库" for n in range(60)]
MANY = [f"第{n}批货物已入库" for n in range(300)]
AGAIN = [
    pytest.param(
        [*FEW, "写信给someone@example.com即可", "或者other@example.com吧"],
        id="two e-mails in texts",
    ),
    pytest.param([*FEW, "联系人：李小红，明天到", "收货人：王芳，请送到"], id="two names in texts"),
    pytest.param([*FEW, "患者性别：男，入院", "性别：女，检查正常"], id="terms of a list in texts"),
    pytest.param([*MANY, "患者性别：男，入院", "性别：女，检查正常"], id="terms amid many texts"),
    pytest.param([*MANY, *(made.mobile(RNG) for _ in range(10))], id="ten mobiles amid many texts"),
    pytest.param([v for text in FEW for v in (text, "138****1234")], id="one masked value"),
]


@pytest.mark.parametrize("values", AGAIN)
def test_values_that_come_again_in_every_part_weigh_the_same(values: list[str]) -> None:
    whole = [(v.kind, v.confidence) for v in judged(values * 20, 1)]
    for cuts in (2, 20):
        assert [(v.kind, v.confidence) for v in judged(values * 20, cuts)] == whole


def test_names_that_come_again_are_a_code_list_in_any_split_or_in_none() -> None:
    names = [f"联系人：{s}小红，明天到" for s in "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"]
    values = [*(f"第{n}批货物已入库" for n in range(400)), *names] * 4
    for cuts in (1, 4, 40):
        assert [v.level for v in judged(values, cuts)] == [Level.CERTAIN], f"{cuts} parts"
