import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Evidence, Proof
from detectors.checksum import luhn
from detectors.cn.bank_card import BankCard
from detectors.texts import Texts
from tests.detectors.lookalikes import digits, log_lines, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
UNION = "6200000000000005"


def completed(body: str) -> str:
    """The digits with their Luhn digit."""
    tried = np.array([[int(c) for c in f"{body}{d}"] for d in range(10)], np.uint8)
    return f"{body}{np.flatnonzero(luhn(tried))[0]}"


# Published test numbers, and issuer numbers filled up with zeros.
HITS = [
    pytest.param(UNION, UNION, CHECKED, id="UnionPay, 16"),
    pytest.param(completed("6222020000000000"), None, CHECKED, id="UnionPay, 17"),
    pytest.param(completed("62122600000000001"), None, CHECKED, id="UnionPay, 18"),
    pytest.param(completed("622202000000000000"), None, CHECKED, id="UnionPay, 19"),
    pytest.param(completed("940000000000000000"), None, CHECKED, id="city bank, 19"),
    pytest.param(completed("955880000000000000"), None, CHECKED, id="9558, 19"),
    pytest.param(completed("601382000000000000"), None, CHECKED, id="6013, 19"),
    pytest.param(completed("436742000000000000"), None, CHECKED, id="Visa debit, 19"),
    pytest.param("4111111111111111", None, CHECKED, id="Visa"),
    pytest.param("5555555555554444", None, CHECKED, id="Mastercard"),
    pytest.param("2223003122003222", None, CHECKED, id="Mastercard, 2 series"),
    pytest.param("3530111333300000", None, CHECKED, id="JCB"),
    pytest.param("6011111111111117", None, CHECKED, id="Discover"),
    pytest.param("378282246310005", None, CHECKED, id="American Express"),
    pytest.param("3782 822463 10005", None, CHECKED, id="American Express, groups"),
    pytest.param("6200 0000 0000 0005", None, CHECKED, id="groups by space"),
    pytest.param("6200-0000-0000-0005", None, CHECKED, id="groups by hyphen"),
    pytest.param("6222 0200 0000 0000 001", None, SHAPE, id="groups of 19 digits"),
    pytest.param(
        "６２００００００００００００００５"[:9] + "0000005", UNION, CHECKED, id="full width"
    ),
    pytest.param(f"卡号{UNION}开户行", UNION, CHECKED, id="in Han prose"),
    pytest.param("6200000000000004", None, SHAPE, id="UnionPay, Luhn fails"),
    pytest.param("9559900000000000001", None, SHAPE, id="9559, Luhn fails"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("4111111111111112", id="Visa, Luhn fails"),
    pytest.param("5555555555554445", id="Mastercard, Luhn fails"),
    pytest.param("1234567890123452", id="Luhn alone"),
    pytest.param("0000000000000000", id="zeros"),
    pytest.param("2088000000000005", id="Alipay user"),
    pytest.param("490154203237518", id="IMEI"),
    pytest.param("620000000000005", id="UnionPay, 15"),
    pytest.param("62000000000000000005", id="20 digits"),
    pytest.param("41111111111111113", id="Visa, 17"),
    pytest.param(f"a{UNION}", id="letter before"),
    pytest.param(f"{UNION}b", id="letter after"),
    pytest.param(f"0.{UNION}", id="decimals"),
    pytest.param("0.4111111111111111", id="decimals like Visa"),
    pytest.param(f"{UNION}.75", id="sum of money"),
    pytest.param("20240315120000001", id="time stamp"),
    pytest.param("1700000000000000", id="microseconds"),
    pytest.param("1234567890123456789", id="snowflake"),
    pytest.param("440524188001010014", id="identity number"),
    pytest.param("6200 0000 0000 0005 1234 5678", id="groups go on"),
    pytest.param("4111-1111-1111-1111-1", id="groups go on with one digit"),
    pytest.param("1234 6200 0000 0000 0005", id="groups began before"),
    pytest.param("6200 0000-0000 0005", id="separators differ"),
    pytest.param("620000 0000 000005", id="groups of other sizes"),
    pytest.param("6200 **** **** 0005", id="masked"),
    pytest.param("6.2E+15", id="scientific"),
    pytest.param("62000000-0000-0005-6200-000000000005", id="UUID"),
    pytest.param("6200000000000005abcdef0123456789", id="hash"),
    pytest.param("13800138000", id="mobile number"),
    pytest.param("62000000\n00000005", id="broken line"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str | None, proof: Proof) -> None:
    assert spans(BankCard(), [text]) == [[(span or text, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(BankCard(), [text]) == [[]]


def test_a_proven_card_wins_over_a_longer_reading() -> None:
    assert spans(BankCard(), ["6200 0000 0000 0005 12"]) == [[("6200 0000 0000 0005", CHECKED)]]


def test_every_wrong_digit_costs_the_proof() -> None:
    wrong = [
        UNION[:i] + d + UNION[i + 1 :] for i in range(16) for d in "0123456789" if UNION[i] != d
    ]
    found = spans(BankCard(), wrong)
    assert len(wrong) == 144
    assert not [f for f in found if f and f[0][1] is CHECKED]


def test_numbers_in_a_bigint_column() -> None:
    texts = Texts.of(pa.array([int(UNION), int(UNION), None, 5]))
    evidence = Evidence.of(texts, BankCard().find(texts))
    assert (evidence.whole_checked, evidence.distinct_whole) == (2, 1)


def test_chance_is_what_random_numbers_of_four_lengths_show() -> None:
    shares = np.array(
        [rates(BankCard(), digits(300_000, width, seed=width)) for width in range(16, 20)]
    )
    proven, found = shares.mean(axis=0)
    assert BankCard.chance / 2 < proven < BankCard.chance * 2
    assert BankCard.shape_chance / 2 < found < BankCard.shape_chance * 2


def test_identity_numbers_of_gansu_pass_luhn_in_one_of_ten() -> None:
    letters = digits(100_000, 18, seed=3)
    letters[:, :14] = np.frombuffer(b"62010219000315", np.uint8)
    proven, found = rates(BankCard(), letters)
    assert found == 1
    assert 0.095 < proven < 0.105


def test_log_lines_hold_few() -> None:
    texts = Texts(log_lines(50_000))
    share = len(BankCard().find(texts)) / len(texts)
    assert BankCard.text_chance / 2 < share < BankCard.text_chance * 2
