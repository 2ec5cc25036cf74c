import pytest

from detectors.base import Proof
from detectors.cn.hk_id import HkId
from tests.detectors.lookalikes import digits, rates, spans, words

HITS = [
    pytest.param("A123456(3)", "A123456(3)", id="one letter"),
    pytest.param("AB987654(3)", "AB987654(3)", id="two letters"),
    pytest.param("G123456(A)", "G123456(A)", id="check A"),
    pytest.param("a123456(3)", "a123456(3)", id="small letter"),
    pytest.param("A1234563", "A1234563", id="no brackets"),
    pytest.param("G123456A", "G123456A", id="check A, no brackets"),
    pytest.param("证件：Ａ１２３４５６（３）。", "A123456(3)", id="full width in Han prose"),
    pytest.param("香港身份证：A1234563，", "A1234563", id="no brackets, behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("证A123456(4)，", id="wrong check character in prose"),
    pytest.param("A12345643", id="eight digits"),
    pytest.param("A12345(3)", id="five digits"),
    pytest.param("A1234567(3)", id="seven digits"),
    pytest.param("1123456(3)", id="a digit for the letter"),
    pytest.param("ABA123456(3)", id="three letters"),
    pytest.param("1A123456(3)", id="inside a longer code"),
    pytest.param("A123456(3", id="bracket left open"),
    pytest.param("A123456(B)", id="no check character"),
    pytest.param("A123456(3)B", id="goes on"),
    pytest.param("货号A1234563到货", id="no brackets in prose"),
    pytest.param("A12***6(3)", id="masked"),
]


@pytest.mark.parametrize(("text", "span"), HITS)
def test_hits(text: str, span: str) -> None:
    assert spans(HkId(), [text]) == [[(span, Proof.CHECKED)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(HkId(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(300_000, 8)
    letters[:, :1] = words(len(letters), 1, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    proven, found = rates(HkId(), letters)
    assert proven == pytest.approx(HkId.chance, rel=0.1)
    assert found == pytest.approx(HkId.shape_chance, rel=0.02)


def test_a_wrong_check_character_leaves_the_form() -> None:
    for value in ("A123456(4)", "A1234564"):
        assert spans(HkId(), [value]) == [[(value, Proof.SHAPE)]]
