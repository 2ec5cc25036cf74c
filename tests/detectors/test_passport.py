import pytest

from detectors.base import Proof
from detectors.cn.passport import Passport
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("E00000017", "E00000017", SHAPE, id="E and eight digits"),
    pytest.param("EA0000017", "EA0000017", SHAPE, id="E, letter, seven digits"),
    pytest.param("G00000017", "G00000017", SHAPE, id="G and eight digits"),
    pytest.param("e00000017", "e00000017", SHAPE, id="small letter"),
    pytest.param("Ｅ００００００１７", "E00000017", SHAPE, id="full width"),
    pytest.param("DE0000017", "DE0000017", SHAPE, id="diplomat"),
    pytest.param("S0000017", "S0000017", SHAPE, id="service"),
    pytest.param("KJ0000017", "KJ0000017", SHAPE, id="Hong Kong"),
    pytest.param("MA0000017", "MA0000017", SHAPE, id="Macau"),
    pytest.param("护照号：E00000017，", "E00000017", CHECKED, id="behind its word"),
    pytest.param("护照号码为E00000017", "E00000017", CHECKED, id="behind its word and a verb"),
    pytest.param('{"passport_no":"E00000017"}', "E00000017", CHECKED, id="in JSON"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("E0000001", id="seven digits"),
    pytest.param("E000000170", id="nine digits"),
    pytest.param("EI0000017", id="letter I is not used"),
    pytest.param("EO0000017", id="letter O is not used"),
    pytest.param("A00000017", id="another letter"),
    pytest.param("XE00000017", id="inside a longer code"),
    pytest.param("E00000017A", id="goes on"),
    pytest.param("E000-00017", id="split"),
    pytest.param("E0000001.7", id="a fraction"),
    pytest.param("140000017", id="fourteen, without a header"),
    pytest.param("E*****017", id="masked"),
    pytest.param("护照号：未提供", id="word without number"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Passport(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Passport(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(1_000_000, 9)
    letters[:, 0] = ord("A") + letters[:, 0] % 26
    proven, found = rates(Passport(), letters)
    assert proven == 0 == Passport.chance
    assert found == pytest.approx(Passport.shape_chance, rel=0.1)
