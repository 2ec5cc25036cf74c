import pytest

from detectors.base import Proof
from detectors.cn.certificate_no import CertificateNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("000000017", "000000017", SHAPE, id="nine digits"),
    pytest.param("E00000017", "E00000017", SHAPE, id="a letter"),
    pytest.param("A123456(3) ", "A123456(3)", SHAPE, id="brackets"),
    pytest.param("某字第0000017号", "某字第0000017号", SHAPE, id="in words"),
    pytest.param("证件号码：E00000017，", "E00000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("00017", id="five digits"),
    pytest.param("ABCD000017", id="four letters"),
    pytest.param("00A00A017", id="letters inside"),
    pytest.param("号000000017到", id="behind another word"),
    pytest.param("0000-0017", id="split"),
    pytest.param("****000017", id="masked"),
    pytest.param("身份证", id="a kind of document"),
    pytest.param("无", id="none"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(CertificateNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(CertificateNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(CertificateNo(), digits(100_000, 10))
    assert proven == 0 == CertificateNo.chance
    assert found == pytest.approx(CertificateNo.shape_chance, rel=0.06)
