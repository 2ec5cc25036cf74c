import pytest

from detectors.base import Proof
from detectors.cn.driving_licence import DrivingLicence
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("110000000017", "110000000017", SHAPE, id="a file of Beijing"),
    pytest.param("440300000017", "440300000017", SHAPE, id="of Shenzhen"),
    pytest.param("驾驶证档案编号：110000000017，", "110000000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("11000000001", id="eleven digits"),
    pytest.param("1100000000177", id="thirteen"),
    pytest.param("990000000017", id="no province"),
    pytest.param("A10000000017", id="a letter"),
    pytest.param("单号110000000017到", id="behind another word"),
    pytest.param("1100-0000-0017", id="split"),
    pytest.param("****00000017", id="masked"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(DrivingLicence(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(DrivingLicence(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(DrivingLicence(), digits(1_000_000, 12))
    assert proven == 0 == DrivingLicence.chance
    assert found == pytest.approx(DrivingLicence.shape_chance, rel=0.1)
