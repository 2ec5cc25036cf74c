import pytest

from detectors.base import Proof
from detectors.cn.ethnicity import LETTERS, PEOPLES, Ethnicity
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("汉族", "汉族", CHECKED, id="the largest"),
    pytest.param("维吾尔族", "维吾尔族", CHECKED, id="three characters"),
    pytest.param(" 回族 ", "回族", CHECKED, id="spaces around"),
    pytest.param("维吾尔", "维吾尔", CHECKED, id="no other word"),
    pytest.param("汉", "汉", CHECKED, id="one character"),
    pytest.param("土", "土", SHAPE, id="a common word"),
    pytest.param("蒙古", "蒙古", SHAPE, id="a country too"),
    pytest.param("01", "01", SHAPE, id="two digits"),
    pytest.param("56", "56", SHAPE, id="the last"),
    pytest.param("97", "97", SHAPE, id="others"),
    pytest.param("HA", "HA", SHAPE, id="letters"),
    pytest.param("Uyghur", "Uyghur", SHAPE, id="romanised"),
    pytest.param("民族：回，", "回", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("57", id="no such number"),
    pytest.param("60", id="another"),
    pytest.param("100", id="three digits"),
    pytest.param("汉语", id="a language"),
    pytest.param("汉服", id="clothes"),
    pytest.param("回族自治县", id="a county"),
    pytest.param("汉族人", id="in a word"),
    pytest.param("民族", id="the header"),
    pytest.param("他是汉族", id="in a sentence"),
    pytest.param("HH", id="other letters"),
    pytest.param("贵族", id="nobles"),
    pytest.param("水果", id="fruit"),
    pytest.param("大和族", id="abroad"),
    pytest.param("H", id="one letter"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Ethnicity(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Ethnicity(), [text]) == [[]]


def test_there_are_56_peoples() -> None:
    assert len(PEOPLES) == len(set(PEOPLES)) == len(LETTERS) == 56


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(Ethnicity(), digits(1_000_000, 2))
    assert proven == 0
    assert found == pytest.approx(Ethnicity.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(Ethnicity(), han(1_000_000, 2))[0] <= Ethnicity.chance
