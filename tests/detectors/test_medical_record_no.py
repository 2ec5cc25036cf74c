import pytest

from detectors.base import Proof
from detectors.cn.medical_record_no import MedicalRecordNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("000017", "000017", SHAPE, id="six digits"),
    pytest.param("MZ0000000017", "MZ0000000017", SHAPE, id="letters"),
    pytest.param("ZY-00000017", "ZY-00000017", SHAPE, id="letters and a hyphen"),
    pytest.param("病历号：000017，", "000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("017", id="three digits"),
    pytest.param("ABCDE00017", id="five letters"),
    pytest.param("0A0A0A", id="letters inside"),
    pytest.param("号000017到", id="behind another word"),
    pytest.param("0000-0017", id="split"),
    pytest.param("****0017", id="masked"),
    pytest.param("2024/0017", id="a slash"),
    pytest.param("无", id="none"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(MedicalRecordNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(MedicalRecordNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(MedicalRecordNo(), digits(100_000, 8))
    assert proven == 0 == MedicalRecordNo.chance
    assert found == pytest.approx(MedicalRecordNo.shape_chance, rel=0.06)
