import pytest

from detectors.base import Proof
from detectors.cn.medical_insurance_no import MedicalInsuranceNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("000000017", "000000017", SHAPE, id="nine digits"),
    pytest.param("A000000017", "A000000017", SHAPE, id="a letter"),
    pytest.param("110000A", "110000A", SHAPE, id="a letter last"),
    pytest.param("医保号：000000017，", "000000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("00017", id="five characters"),
    pytest.param("ABCDE000017", id="five letters"),
    pytest.param("0A0A0A0A", id="letters inside"),
    pytest.param("号000000017到", id="behind another word"),
    pytest.param("0000-0017", id="split"),
    pytest.param("****000017", id="masked"),
    pytest.param("无", id="none"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(MedicalInsuranceNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(MedicalInsuranceNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(MedicalInsuranceNo(), digits(100_000, 10))
    assert proven == 0 == MedicalInsuranceNo.chance
    assert found == pytest.approx(MedicalInsuranceNo.shape_chance, rel=0.06)
