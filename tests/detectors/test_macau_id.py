import pytest

from detectors.base import Proof
from detectors.cn.macau_id import MacauId
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("12345678", "12345678", SHAPE, id="eight digits"),
    pytest.param("1/234567/8", "1/234567/8", SHAPE, id="slashes"),
    pytest.param("5234567(8) ", "5234567(8)", SHAPE, id="brackets"),
    pytest.param("澳门身份证：12345678，", "12345678", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("1234567", id="seven digits"),
    pytest.param("123456789", id="nine"),
    pytest.param("22345678", id="2 first"),
    pytest.param("A2345678", id="a letter"),
    pytest.param("号12345678到", id="behind another word"),
    pytest.param("1-234567-8", id="hyphens"),
    pytest.param("1/23456/78", id="slashes elsewhere"),
    pytest.param("1234567(A)", id="a letter in brackets"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(MacauId(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(MacauId(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(MacauId(), digits(1_000_000, 8))
    assert proven == 0 == MacauId.chance
    assert found == pytest.approx(MacauId.shape_chance, rel=0.1)
