import pytest

from detectors.base import Proof
from detectors.cn.hk_macau_permit import HkMacauPermit
from tests.detectors.lookalikes import digits, rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("H00000017", "H00000017", SHAPE, id="Hong Kong"),
    pytest.param("M0000001700", "M0000001700", SHAPE, id="Macau, with the count"),
    pytest.param("h0000001700", "h0000001700", SHAPE, id="small letter"),
    pytest.param("证H0000001700，", "H0000001700", SHAPE, id="in prose"),
    pytest.param("回乡证：H00000017，", "H00000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("H0000001", id="seven digits"),
    pytest.param("H000000170", id="nine digits"),
    pytest.param("H00000017000", id="eleven digits"),
    pytest.param("A00000017", id="another letter"),
    pytest.param("XH00000017", id="inside a longer code"),
    pytest.param("H00000017A", id="goes on"),
    pytest.param("H0000-0017", id="split"),
    pytest.param("H****0017", id="masked"),
    pytest.param("00000017", id="no letter"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(HkMacauPermit(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(HkMacauPermit(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(1_000_000, 9)
    letters[:, :1] = words(len(letters), 1, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    proven, found = rates(HkMacauPermit(), letters)
    assert proven == 0 == HkMacauPermit.chance
    assert found == pytest.approx(HkMacauPermit.shape_chance, rel=0.1)
