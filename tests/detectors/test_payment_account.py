import pytest

from detectors.base import Proof
from detectors.cn.payment_account import PaymentAccount
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("2088000000000017", "2088000000000017", SHAPE, id="a user number"),
    pytest.param("用户2088000000000017，", "2088000000000017", SHAPE, id="in prose"),
    pytest.param("buyer_id=2088000000000017", "2088000000000017", SHAPE, id="in a log"),
    pytest.param(
        "支付宝账号：2088000000000017，", "2088000000000017", CHECKED, id="behind its word"
    ),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("208800000000001", id="15 digits"),
    pytest.param("20880000000000170", id="17 digits"),
    pytest.param("2089000000000017", id="another head"),
    pytest.param("A2088000000000017", id="a letter"),
    pytest.param("2088-0000-0000-0017", id="split"),
    pytest.param("2088************", id="masked"),
    pytest.param("2088000000000017.5", id="a fraction"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(PaymentAccount(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(PaymentAccount(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(PaymentAccount(), digits(1_000_000, 16))
    assert proven == 0 == PaymentAccount.chance
    assert found == pytest.approx(PaymentAccount.shape_chance, rel=0.3)
