import pytest

from detectors.base import Proof
from detectors.cn.housing_fund_no import HousingFundNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("000000000017", "000000000017", SHAPE, id="twelve digits"),
    pytest.param("A00000017", "A00000017", SHAPE, id="a letter"),
    pytest.param("公积金账号：000000000017，", "000000000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("0000017", id="seven digits"),
    pytest.param("ABC00000017", id="three letters"),
    pytest.param("0000A0000017", id="a letter inside"),
    pytest.param("号000000000017到", id="behind another word"),
    pytest.param("0000-0000-0017", id="split"),
    pytest.param("****00000017", id="masked"),
    pytest.param("1234.56", id="an amount"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(HousingFundNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(HousingFundNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(HousingFundNo(), digits(100_000, 12))
    assert proven == 0 == HousingFundNo.chance
    assert found == pytest.approx(HousingFundNo.shape_chance, rel=0.06)
