import pytest

from detectors.base import Proof
from detectors.cn.qq import Qq
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("10000", "10000", SHAPE, id="five digits"),
    pytest.param("10000000017", "10000000017", SHAPE, id="eleven"),
    pytest.param("QQ：100017，", "100017", CHECKED, id="behind its word"),
    pytest.param('{"qq": "100017"}', "100017", CHECKED, id="in JSON"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("1000", id="four digits"),
    pytest.param("010000", id="a zero first"),
    pytest.param("100000000017", id="twelve digits"),
    pytest.param("A10000", id="a letter"),
    pytest.param("号100017到", id="behind another word"),
    pytest.param("100017@example.com", id="an address"),
    pytest.param("1000-0017", id="split"),
    pytest.param("****17", id="masked"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Qq(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Qq(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(Qq(), digits(300_000, 9))
    assert proven == 0 == Qq.chance
    assert found == pytest.approx(Qq.shape_chance, rel=0.1)
