import pytest

from detectors.base import Proof
from detectors.cn.salary import Salary
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("8000", "8000", SHAPE, id="an amount"),
    pytest.param("8000.50", "8000.50", SHAPE, id="cents"),
    pytest.param("￥8500", "￥8500", SHAPE, id="a currency"),
    pytest.param("8k-15k", "8k-15k", SHAPE, id="from, to"),
    pytest.param("1.2万", "1.2万", SHAPE, id="ten thousands"),
    pytest.param("5000元/月", "5000元/月", SHAPE, id="a month"),
    pytest.param("10万以上", "10万以上", SHAPE, id="and more"),
    pytest.param("面议", "面议", SHAPE, id="to be agreed"),
    pytest.param("李雷的月薪：8000，", "8000", CHECKED, id="behind its word"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("12,000.00", "12,000.00", SHAPE, id="thousands"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("月薪", id="the header"),
    pytest.param("01234", id="a code"),
    pytest.param("1234567890123", id="too much"),
    pytest.param("8000个", id="a count"),
    pytest.param("50%", id="a share"),
    pytest.param("2024-01-01", id="a date"),
    pytest.param("8000号", id="a number"),
    pytest.param("k8000", id="a code with a letter"),
    pytest.param("12,00", id="thousands amiss"),
    pytest.param("月薪很高", id="a sentence"),
    pytest.param("1.2.3", id="a version"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Salary(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Salary(), [text]) == [[]]


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(Salary(), digits(1_000_000, 5))
    assert proven == 0 == Salary.chance
    assert found == pytest.approx(Salary.shape_chance, rel=0.1)
