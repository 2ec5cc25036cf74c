"""Columns of made-up values under telling, silent and misleading headers."""

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import Level, State, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()
Make = Callable[[random.Random], object]


def judged(
    values: list[object], name: str = "c1", comment: str = "", kind: str = "text"
) -> dict[str, Verdict]:
    profile = examine(pa.table({name: pa.array(values)}), DETECTORS)
    (report,) = verdicts(profile, (Column(name, kind, comment),), DETECTORS, "t_42")
    return {verdict.kind: verdict for verdict in report.verdicts}


def column(make: Make, n: int = 1000) -> list[object]:
    rng = random.Random(20130410)
    return [make(rng) for _ in range(n)]


def named(found: dict[str, Verdict]) -> set[str]:
    return {kind for kind, verdict in found.items() if verdict.level is not Level.POSSIBLE}


BY_VALUES = [
    pytest.param("id_card", made.identity_number, id="identity numbers"),
    pytest.param("mobile", made.mobile, id="mobiles"),
    pytest.param("mobile", lambda r: int(made.mobile(r)), id="mobiles as integers"),
    pytest.param("mobile", lambda r: float(made.mobile(r)), id="mobiles as floats"),
    pytest.param("mobile", lambda r: f"+86{made.mobile(r)}", id="mobiles with the country's code"),
    pytest.param("mobile", lambda r: f"+86 {made.mobile(r)}", id="the same, apart"),
    pytest.param("bank_card", made.bank_card, id="cards"),
    pytest.param("email", lambda r: f"u{r.randrange(10**6)}@example.com", id="e-mail"),
]


@pytest.mark.parametrize(("kind", "make"), BY_VALUES)
def test_values_alone_name_a_column(kind: str, make: Make) -> None:
    found = judged(column(make))
    assert named(found) == {kind}
    assert found[kind].level is Level.CERTAIN
    assert found[kind].basis == "values"
    assert found[kind].state is State.CLEAR
    low, high = found[kind].prevalence or (0, 0)
    assert low > 0.99
    assert high == 1


LOOK_ALIKES = [
    pytest.param(lambda r: made.identity_number(r, valid=False), id="wrong check digits"),
    pytest.param(
        lambda r: made.identity_number(r)[:17] + str(r.randrange(10)), id="any check digit"
    ),
    pytest.param(lambda r: r.randrange(10**17, 10**18), id="random 18 digits"),
    pytest.param(lambda r: r.randrange(10**18, 9 * 10**18), id="snowflakes"),
    pytest.param(lambda r: r.randrange(10**10, 2 * 10**10), id="11 digits that begin with 1"),
    pytest.param(lambda r: 15_000_000_000 + r.randrange(10**6), id="product codes"),
    pytest.param(lambda r: 1_600_000_000_000 + r.randrange(10**11), id="milliseconds"),
    pytest.param(lambda r: r.randrange(10**15, 10**16), id="16 digits"),
    pytest.param(lambda r: 62 * 10**17 + r.randrange(10**17), id="19 digits behind 62"),
    pytest.param(
        lambda r: f"2024{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.randrange(10**10):010d}",
        id="order numbers",
    ),
    pytest.param(lambda r: f"{r.getrandbits(128):032x}", id="hashes of anything"),
    pytest.param(lambda r: f"¥{r.randrange(10**6) / 100}", id="amounts"),
    pytest.param(lambda r: r.choice(("待付款", "已发货", "已完成", "已取消")), id="statuses"),
    pytest.param(lambda r: r.randrange(13 * 10**9, 2 * 10**10), id="11 digits, 13 to 19 first"),
    pytest.param(lambda r: r.choice(("李宁", "张小泉", "周大福", "王致和", "老干妈")), id="brands"),
    pytest.param(lambda r: r.choice(("白班", "高班")), id="shifts"),
    pytest.param(lambda _: "赠品*", id="one masked word"),
]


@pytest.mark.parametrize("make", LOOK_ALIKES)
def test_look_alikes_are_left_alone(make: Make) -> None:
    assert named(judged(column(make))) == set()


def test_a_header_believes_numbers_whose_check_digit_fails() -> None:
    values = column(lambda r: made.identity_number(r, valid=False))
    found = judged(values, "sfzh", "身份证号")["id_card"]
    assert (found.level, found.basis) == (Level.CERTAIN, "both")
    assert any("fails in 100%" in reason.text for reason in found.reasons)


@pytest.mark.parametrize(
    ("name", "comment", "kind"),
    [("mobile", "", "mobile"), ("xb", "性别", "gender"), ("id_card_no", "", "id_card")],
)
def test_an_empty_column_is_at_most_likely(name: str, comment: str, kind: str) -> None:
    for values in ([], [None, None], ["", " "]):
        found = judged(pa.array(values, pa.string()).to_pylist(), name, comment)
        assert named(found) == {kind}
        assert found[kind].level is Level.LIKELY
        assert found[kind].state is State.EMPTY
        assert found[kind].prevalence is None


def test_one_hit_is_neither_lost_nor_the_columns_name() -> None:
    values = ["请尽快发货，谢谢"] * 9_999 + ["证件110101190001010014，请核对"]
    values = [f"{text}{n}" for n, text in enumerate(values)]
    found = judged(list(values))["id_card"]
    assert found.level is Level.POSSIBLE
    low, high = found.prevalence or (0, 0)
    assert 0 < low < 0.0001 < high < 0.001


def test_remarks_hold_what_people_write_into_them() -> None:
    rng = random.Random(1)
    values = [
        f"第{n}单：电话{made.mobile(rng)}" if n % 50 == 0 else f"第{n}单：请放门口"
        for n in range(1000)
    ]
    found = judged(list(values), "remark")["mobile"]
    assert found.level is Level.CERTAIN
    low, high = found.prevalence or (0, 0)
    assert low < 0.02 < high


def test_a_mixed_column_holds_both_kinds() -> None:
    values = column(lambda r: made.mobile(r) if r.random() < 0.5 else made.identity_number(r))
    found = judged(values)
    assert named(found) == {"mobile", "id_card"}
    assert all(
        (v.prevalence or (0, 1))[0] < 0.5 < (v.prevalence or (0, 0))[1] + 0.1
        for v in found.values()
    )


STORED = [
    pytest.param(
        lambda r: f"{made.mobile(r)[:3]}****{r.randrange(10**4):04d}",
        ("c1", ""),
        ("mobile", State.MASKED),
        id="masked mobiles say so by themselves",
    ),
    pytest.param(
        lambda r: f"{r.getrandbits(128):032x}",
        ("mobile_md5", ""),
        ("mobile", State.HASHED),
        id="hashes under a header",
    ),
    pytest.param(
        lambda r: f"v1:{r.getrandbits(80):x}",
        ("zjhm", "证件号码（加密）"),
        ("certificate_no", State.ENCRYPTED),
        id="what the header says is encrypted",
    ),
    pytest.param(
        lambda r: made.identity_number(r)[:15] + "000",
        ("sfzh", "身份证号"),
        ("id_card", State.DAMAGED),
        id="identity numbers that a spreadsheet rounded",
    ),
]


@pytest.mark.parametrize(("make", "header", "said"), STORED)
def test_how_values_are_stored(
    make: Make, header: tuple[str, str], said: tuple[str, State]
) -> None:
    found = judged(column(make), *header)
    assert {(kind, v.state) for kind, v in found.items() if kind in named(found)} == {said}


def test_an_absurd_header_is_not_believed() -> None:
    values = column(lambda r: f"https://example.com/{r.randrange(10**9)}")
    assert named(judged(values, "gender")) == set()


def test_values_outweigh_a_header_of_another_kind() -> None:
    assert named(judged(column(made.mobile), "email")) == {"mobile"}


def test_nested_columns_keep_their_path_and_the_parents_comment() -> None:
    rows = [{"o": [{"phone": made.mobile(random.Random(n))}]} for n in range(100)]
    profile = examine(pa.Table.from_pylist(rows), DETECTORS)
    (report,) = verdicts(profile, (Column("o", "list", ""),), DETECTORS, "orders")
    assert report.column.name == "o[].phone"
    assert [verdict.kind for verdict in report.verdicts] == ["mobile"]


def test_factors_add_up_to_the_confidence() -> None:
    import math  # noqa: PLC0415

    for name, values in {
        "mobile": column(made.mobile),
        "x": column(made.bank_card),
        "sfzh": [],
    }.items():
        for verdict in judged(values, name).values():
            total = sum(reason.weight for reason in verdict.reasons)
            assert verdict.confidence == pytest.approx(1 / (1 + math.exp(-total)), abs=0.005)


AMOUNTS = [
    pytest.param(13 * 10**9, 14 * 10**9, id="13e9 to 14e9"),
    pytest.param(15 * 10**9, 15_399_999_999, id="150 to 153"),
    pytest.param(18 * 10**9, 20 * 10**9, id="18e9 to 20e9"),
]
OF_SOMETHING_ELSE = [
    "amount_fen",
    "金额",
    "price",
    "total_count",
    "order_no",
    "create_time",
    "balance",
]


@pytest.mark.parametrize(("low", "high"), AMOUNTS)
@pytest.mark.parametrize("name", OF_SOMETHING_ELSE)
@pytest.mark.parametrize("n", [20, 1000])
def test_amounts_that_mobiles_would_fit_are_none(low: int, high: int, name: str, n: int) -> None:
    assert not judged(column(lambda r: r.randrange(low, high), n), name)


def test_a_comment_on_amounts_denies_mobiles_too() -> None:
    assert not judged(column(lambda r: r.randrange(13 * 10**9, 14 * 10**9)), "c1", "金额（分）")


@pytest.mark.parametrize("name", OF_SOMETHING_ELSE)
@pytest.mark.parametrize("n", [40, 1000])
def test_mobiles_that_begin_as_peoples_do_are_mobiles_under_any_header(name: str, n: int) -> None:
    assert named(judged(column(lambda r: int(made.mobile(r)), n), name)) == {"mobile"}


@pytest.mark.parametrize("name", OF_SOMETHING_ELSE)
def test_proven_identity_numbers_are_such_under_any_header(name: str) -> None:
    assert named(judged(column(made.identity_number, 20), name)) == {"id_card"}


def test_mobiles_inside_texts_are_found_whatever_the_header_says() -> None:
    texts = column(lambda r: f"请联系{r.randrange(13 * 10**9, 14 * 10**9)}，谢谢", 100)
    assert "mobile" in named(judged(texts, "remark", "备注"))


def test_a_column_that_is_declared_twice_is_reported_once() -> None:
    numbers = pa.array(column(made.mobile, 100))
    profile = examine(pa.table([numbers, numbers], names=["phone", "phone"]), DETECTORS)
    twice = (Column("phone", "text"), Column("phone", "text"), Column("c2"))
    reports = verdicts(profile, twice, DETECTORS, "t_42")
    assert [r.column.name for r in reports] == ["phone", "phone (2)", "c2"]
    assert [len(r.verdicts) for r in reports] == [1, 1, 0]
