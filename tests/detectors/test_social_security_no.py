import pytest

from detectors.base import Proof
from detectors.cn.social_security_no import SocialSecurityNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("A00000017", "A00000017", SHAPE, id="letter and eight digits"),
    pytest.param("a00000017", "a00000017", SHAPE, id="small letter"),
    pytest.param("0000000017", "0000000017", SHAPE, id="ten digits"),
    pytest.param("00000001X", "00000001X", SHAPE, id="an X last"),
    pytest.param("社保卡号：A00000017，", "A00000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("A000017", id="six digits"),
    pytest.param("AA0000017", id="two letters"),
    pytest.param("0000000000017", id="thirteen digits"),
    pytest.param("卡A00000017到", id="behind another word"),
    pytest.param("A0000-0017", id="split"),
    pytest.param("A****0017", id="masked"),
    pytest.param("A000.0017", id="a point"),
    pytest.param("无", id="none"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(SocialSecurityNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(SocialSecurityNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(SocialSecurityNo(), digits(100_000, 9))
    assert proven == 0 == SocialSecurityNo.chance
    assert found == pytest.approx(SocialSecurityNo.shape_chance, rel=0.06)
