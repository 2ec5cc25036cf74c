"""Values that refute what a header says, and those that do not."""

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import Level, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()
Make = Callable[[random.Random], str]


def judged(values: list[str], name: str) -> dict[str, Verdict]:
    profile = examine(pa.table({name: pa.array(values)}), DETECTORS)
    (report,) = verdicts(profile, (Column(name, "text"),), DETECTORS, "t_42")
    return {verdict.kind: verdict for verdict in report.verdicts}


def column(make: Make, n: int = 400) -> list[str]:
    rng = random.Random(20130410)
    return [make(rng) for _ in range(n)]


def of(*words: str) -> Make:
    return lambda rng: rng.choice(words)


def landline(rng: random.Random) -> str:
    return f"{rng.choice(('010', '021', '0571'))}{rng.randrange(2 * 10**7, 9 * 10**7)}"


def phone(rng: random.Random) -> str:
    return landline(rng) if rng.random() < 0.2 else made.mobile(rng)


FLAGS = [
    pytest.param("id_card", of("0", "1"), id="flags"),
    pytest.param("id_card", of("已认证", "未认证"), id="states"),
    pytest.param("bank_card", of("已绑定", "未绑定"), id="states of a card"),
    pytest.param("real_name", of("0", "1"), id="flags of a name"),
    pytest.param("email", of("Y", "N"), id="yes and no"),
    pytest.param("plate", lambda r: f"{r.randrange(1, 9)}*1200*4000", id="sizes"),
    pytest.param("tel", of("95588", "10086", "4008001234"), id="service numbers"),
    pytest.param("name_en", of("Apple", "Banana", "Pear"), id="goods"),
]


@pytest.mark.parametrize(("name", "make"), FLAGS)
def test_flags_and_lists_refute_a_header(name: str, make: Make) -> None:
    found = judged(column(make), name)
    assert [v.kind for v in found.values() if v.level is not Level.POSSIBLE] == []


def test_words_that_the_kind_may_take_leave_it_possible_at_most() -> None:
    found = judged(column(of("iOS", "Android")), "mobile")["mobile"]
    assert found.level is Level.POSSIBLE
    assert not any("a form that the kind can take" in r.text and r.weight for r in found.reasons)


def test_of_an_open_form_it_is_likely_at_most() -> None:
    found = judged(column(of("ERC20", "BEP20")), "token")["secret"]
    assert found.level is Level.LIKELY


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("姓名", ["张三", "test", "admin"], "name"),
        ("mobile", ["test", "1", "-1"], "mobile"),
        ("mobile", ["12345678901"] * 40, "mobile"),
        ("id_card", ["1" * 18] * 40, "id_card"),
        ("login_ip", ["127.0.0.1"] * 400, "ip"),
        ("receiver_name", ["大梨"] * 60, "name"),
    ],
)
def test_a_few_test_values_do_not(name: str, values: list[str], kind: str) -> None:
    assert judged(values, name)[kind].level is not Level.POSSIBLE


def test_landlines_are_no_evidence_against_mobiles() -> None:
    found = judged(column(phone), "c7")["mobile"]
    assert found.level is Level.CERTAIN
    low, high = found.prevalence or (0, 0)
    assert 0.7 < low < high < 0.9


def test_eleven_digits_of_any_sort_still_are() -> None:
    values = column(lambda r: str(r.randrange(10**10, 10**11)))
    assert judged(values, "c7") == {}


@pytest.mark.parametrize(
    ("name", "kinds"), [("cz_lxdh", {"mobile"}), ("固定电话", {"mobile", "landline"})]
)
def test_mobiles_are_landlines_only_where_the_header_is_sure(name: str, kinds: set[str]) -> None:
    assert set(judged(column(made.mobile), name)) == kinds
