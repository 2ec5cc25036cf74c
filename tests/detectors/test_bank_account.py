import pytest

from detectors.base import Proof
from detectors.cn.bank_account import BankAccount
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("1000000000017", "1000000000017", SHAPE, id="13 digits"),
    pytest.param("1000 0000 0000 17 ", "1000 0000 0000 17", SHAPE, id="in groups"),
    pytest.param("1000-0000-0017", "1000-0000-0017", SHAPE, id="hyphens"),
    pytest.param("银行账号：1000000000017，", "1000000000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("100000017", id="nine digits"),
    pytest.param("1111111111111111111111111111111", id="31 digits"),
    pytest.param("A1000000000017", id="a letter"),
    pytest.param("号1000000000017到", id="behind another word"),
    pytest.param("1000--00000017", id="two hyphens"),
    pytest.param("****00000017", id="masked"),
    pytest.param("1234567.89", id="an amount"),
    pytest.param("工商银行", id="a bank"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(BankAccount(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(BankAccount(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(BankAccount(), digits(100_000, 15))
    assert proven == 0 == BankAccount.chance
    assert found == pytest.approx(BankAccount.shape_chance, rel=0.06)
