import pytest

from detectors.base import Proof
from detectors.cn.taiwan_id import TaiwanId
from tests.detectors.lookalikes import digits, rates, spans, words

HITS = [
    pytest.param("A123456789", "A123456789", id="the specimen"),
    pytest.param("A800000014", "A800000014", id="a resident since 2021"),
    pytest.param("AB00000010", "AB00000010", id="a resident before"),
    pytest.param("a123456789", "a123456789", id="small letter"),
    pytest.param(" A123456789 ", "A123456789", id="spaces around"),
    pytest.param("台湾身份证：Ａ123456789，", "A123456789", id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("证A123456788，", id="wrong check digit in prose"),
    pytest.param("A12345678", id="nine characters"),
    pytest.param("A1234567890", id="eleven characters"),
    pytest.param("A323456789", id="3 after the letter"),
    pytest.param("AE00000012", id="E for a second letter"),
    pytest.param("1123456789", id="no letter"),
    pytest.param("XA123456789", id="inside a longer code"),
    pytest.param("货号A123456789到货", id="in prose"),
    pytest.param("A123-456789", id="split"),
    pytest.param("A12***6789", id="masked"),
]


@pytest.mark.parametrize(("text", "span"), HITS)
def test_hits(text: str, span: str) -> None:
    assert spans(TaiwanId(), [text]) == [[(span, Proof.CHECKED)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(TaiwanId(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(1_000_000, 10)
    letters[:, :1] = words(len(letters), 1, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    proven, found = rates(TaiwanId(), letters)
    assert proven == pytest.approx(TaiwanId.chance, rel=0.1)
    assert found == pytest.approx(TaiwanId.shape_chance, rel=0.1)


def test_a_wrong_check_digit_leaves_the_form() -> None:
    assert spans(TaiwanId(), ["A123456788"]) == [[("A123456788", Proof.SHAPE)]]
