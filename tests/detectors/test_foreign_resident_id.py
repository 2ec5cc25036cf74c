import numpy as np
import pytest

from detectors.base import Proof
from detectors.cn.foreign_resident_id import ForeignResidentId
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
ONE = "911840190001010017"
HITS = [
    pytest.param(ONE, ONE, CHECKED, id="2023"),
    pytest.param("91184019000101005X", "91184019000101005X", CHECKED, id="check X"),
    pytest.param("91184019000101005x", "91184019000101005x", CHECKED, id="check x"),
    pytest.param("911840190001010018", "911840190001010018", SHAPE, id="wrong check digit"),
    pytest.param("CAN110000010117", "CAN110000010117", SHAPE, id="2017"),
    pytest.param("can110000010117", "can110000010117", SHAPE, id="small letters"),
    pytest.param(f"证号{ONE}，", ONE, CHECKED, id="in prose"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param(ONE[:17], id="17 digits"),
    pytest.param(f"{ONE}0", id="19 digits"),
    pytest.param("1" + ONE[1:], id="does not begin with 9"),
    pytest.param("999840190001010017", id="no province"),
    pytest.param("911999190001010017", id="no country"),
    pytest.param("911840190013010017", id="no month"),
    pytest.param("911840170001010017", id="too long ago"),
    pytest.param("XXX110000010117", id="no country, 2017"),
    pytest.param("CAN990000010117", id="no province, 2017"),
    pytest.param("CAN110000130117", id="no month, 2017"),
    pytest.param("CAN11000001011", id="eleven digits, 2017"),
    pytest.param("CA110000010117", id="two letters"),
    pytest.param("XCAN110000010117", id="inside a longer code"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(ForeignResidentId(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(ForeignResidentId(), [text]) == [[]]


def test_chance_of_numbers_is_below_what_is_stated() -> None:
    letters = digits(1_000_000, 18)
    letters[:, 0] = ord("9")
    proven, found = rates(ForeignResidentId(), letters)
    assert proven < 20 * ForeignResidentId.chance
    assert found < ForeignResidentId.shape_chance


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(1_000_000, 15)
    letters[:, :3] = np.random.default_rng(3).integers(ord("A"), ord("Z") + 1, (len(letters), 3))
    proven, found = rates(ForeignResidentId(), letters)
    assert proven == 0
    assert found == pytest.approx(ForeignResidentId.shape_chance, rel=0.2)
