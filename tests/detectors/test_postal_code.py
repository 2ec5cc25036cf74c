import pytest

from detectors.base import Proof
from detectors.cn.postal_code import PostalCode
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("100000", "100000", SHAPE, id="Beijing"),
    pytest.param("010000", "010000", SHAPE, id="a zero first"),
    pytest.param("999077", "999077", SHAPE, id="Hong Kong"),
    pytest.param("邮编：518000，", "518000", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("10000", id="five digits"),
    pytest.param("1000000", id="seven"),
    pytest.param("000000", id="no province"),
    pytest.param("900000", id="another"),
    pytest.param("A00000", id="a letter"),
    pytest.param("号100000到", id="behind another word"),
    pytest.param("100-000", id="split"),
    pytest.param("100000.5", id="a fraction"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(PostalCode(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(PostalCode(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(PostalCode(), digits(1_000_000, 6))
    assert proven == 0 == PostalCode.chance
    assert found == pytest.approx(PostalCode.shape_chance, rel=0.1)
