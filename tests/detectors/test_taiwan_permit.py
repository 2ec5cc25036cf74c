import pytest

from detectors.base import Proof
from detectors.cn.taiwan_permit import TaiwanPermit
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("00000017", "00000017", SHAPE, id="eight digits"),
    pytest.param("0000001701", "0000001701", SHAPE, id="with the count"),
    pytest.param("0000001701(A) ", "0000001701(A)", SHAPE, id="with the office"),
    pytest.param("台胞证：00000017，", "00000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("0000001", id="seven digits"),
    pytest.param("000000170", id="nine digits"),
    pytest.param("00000017011", id="eleven digits"),
    pytest.param("A0000017", id="a letter"),
    pytest.param("单号00000017到", id="behind another word"),
    pytest.param("0000-0017", id="split"),
    pytest.param("****0017", id="masked"),
    pytest.param("0000001.7", id="a fraction"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(TaiwanPermit(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(TaiwanPermit(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(TaiwanPermit(), digits(100_000, 8))
    assert proven == 0 == TaiwanPermit.chance
    assert found == pytest.approx(TaiwanPermit.shape_chance, rel=0.06)
